// What the workflows of the tests bake by default.
variable "VERSION" {
  default = "none"
}

group "default" {
  targets = ["app"]
}

// Its tags and labels come from metadata-action.
target "docker-metadata-action" {}

target "app" {
  inherits   = ["docker-metadata-action"]
  context    = "."
  dockerfile = "Dockerfile"
  platforms  = ["linux/amd64", "linux/arm64"]
  args = {
    VERSION = VERSION
  }
}
