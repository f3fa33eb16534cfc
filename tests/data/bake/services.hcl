variable "REGISTRY" {
  default = "docker.io"
}

variable "TAG" {
  default = "dev"
}

all = ["linux/amd64", "linux/arm64"]

group "default" {
  targets = ["services", "tool"]
}

group "services" {
  targets = ["api", "worker"]
}

target "_service" {
  platforms  = all
  cache-from = ["type=gha,scope=services"]
  cache-to   = ["type=gha,mode=max,scope=services"]
}

target "api" {
  inherits   = ["_service"]
  dockerfile = "services/api/Dockerfile"
  tags       = ["${REGISTRY}/acme/api:${TAG}", "${REGISTRY}/acme/api:latest"]
}

target "worker" {
  inherits   = ["_service"]
  dockerfile = "services/worker/Dockerfile"
  tags       = ["${REGISTRY}/acme/worker:${TAG}"]
  args = {
    MODE = "worker"
  }
}

# Runs where it is built, nowhere else.
target "tool" {
  dockerfile = "Dockerfile.backend"
  platforms  = ["linux/amd64"]
  tags       = ["${REGISTRY}/acme/tool:${TAG}"]
}
