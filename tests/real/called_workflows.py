"""Workflows that a job calls (`uses:` of a whole workflow): one of the repository's own, and docker/github-builder's two, of which
only what their documentation promises is done here: `distribute` (the default) builds each platform on its own runner by digest
and merges them, without it one runner builds all; `runner` is one label, or one for each platform.
"""
import itertools
import json
import re

BUILDER = re.compile(r"docker/github-builder/\.github/workflows/(build|bake)\.yml@")


def inputs_of(workflow, given):
    """What the called workflow sees as `inputs`: its defaults below what the caller gives. YAML reads the key `on` as true."""
    declared = (workflow.get("on") or workflow[True])["workflow_call"]["inputs"]
    unknown = set(given) - set(declared)
    missing = {name for name, one in declared.items() if one.get("required") and name not in given}
    if unknown or missing:
        raise AssertionError(f"the call gives {unknown} too much and {missing} too little")
    return {**{name: one["default"] for name, one in declared.items() if "default" in one}, **given}


def runners_of(text, platforms):
    """Platform to the label of the machine that builds it: github-builder's default for arm64 is GitHub's arm64 machine."""
    rows = dict(row.strip().split("=", 1) for row in text.splitlines() if "=" in row)
    if rows:
        return {platform: rows.get(platform, rows.get("default")) for platform in platforms}
    if text.strip():
        return {platform: text.strip() for platform in platforms}
    return {platform: "ubuntu-24.04-arm" if "arm" in platform else "ubuntu-24.04" for platform in platforms}


class BuilderCall:
    """One job of docker/github-builder: `job` is the caller's leg, `given` its inputs."""

    def __init__(self, job, kind, given):
        self.job, self.run, self.kind, self.given = job, job.run, kind, given
        tags = [f"{image}:{tag}" for image in given["meta-images"].split() for tag in ("main", "1.2.3")]
        platforms = self.platforms()
        distributes = given.get("distribute", "true") == "true" and len(platforms) > 1
        runners = runners_of(given.get("runner", ""), platforms)
        emulates = given.get("setup-qemu", "true") == "true"
        for platform, label in runners.items():
            native = "linux/arm64" if "arm" in label else "linux/amd64"
            if platform != native and not emulates:
                raise AssertionError(f"{label} can't build for {platform} without QEMU")
        if not distributes:
            self.build(platforms, "type=image,push=true", tags)
            return
        parts = []
        for platform in platforms:
            name = given["meta-images"].split()[0]
            parts.append(f"{name}@{self.build([platform], f'type=image,name={name},push-by-digest=true,name-canonical=true,push=true', [])}")
        self.run.client(["docker", "buildx", "imagetools", "create", *itertools.chain.from_iterable(("-t", tag) for tag in tags), *parts], self.run.checkout)

    def platforms(self):
        if self.kind == "build":
            return [platform.strip() for platform in self.given["platforms"].split(",")]
        printed = self.run.client(["docker", "buildx", "bake", "--print", self.given["target"]], self.run.checkout)
        return json.loads(printed)["target"][self.given["target"]]["platforms"]

    def build(self, platforms, output, tags):
        if self.kind == "build":
            return self.job.build({**{name: self.given[name] for name in ("file", "context", "build-args", "labels", "target") if name in self.given},
                                   "platforms": ",".join(platforms), "outputs": output, "tags": ",".join(tags)})["digest"]
        names = f',"name={",".join(tags)}"' if tags else ""  # 0.13 sets one of `tags` only
        settings = [f"*.platform={','.join(platforms)}", f"*.output={output}{names}"]
        return json.loads(self.job.bake({"targets": self.given["target"], "set": "\n".join(settings)}, {})["metadata"])[self.given["target"]]["containerimage.digest"]


def call(job, uses, given):
    """Runs what a job calls."""
    builder = BUILDER.match(uses)
    if builder:
        BuilderCall(job, builder.group(1), given)
    else:
        job.run.called(uses, given)
