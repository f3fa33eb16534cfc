#!/usr/bin/python3
"""Makes the demo's recordings: real two-platform builds (arm64 under QEMU) of demo-project/shop-backend.

  record_demo.py [--only cold,warm,failed,trixie,jobs]

Writes resources/recordings/{cold,warm,failed}.dockerbuild, and what the client of the cold and the failed
build printed (rawjson and plain), as well as trixie's, into tests/data/recordings/. "jobs" are builds of one
platform each, as the jobs of a matrix make them: the record, and what the client printed with the time each line was
read, as a GitHub runner writes it, of the very same build, into tests/data/github/.
The client runs inside the engine's view of the file system, so that the recordings name /src/shop-backend
and nothing of the machine they were made on.
"""
import argparse
import json
import shutil
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from harness import rootfs  # noqa: E402
from harness.rig import Rig  # noqa: E402

REPO = HERE.parents[1]
RECORDINGS = REPO / "resources/recordings"
LOGS = REPO / "tests/data/recordings"
JOBS = REPO / "tests/data/github"
PROJECT = "/src/shop-backend"
PORT = 5000
IMAGE = f"localhost:{PORT}/shop/backend"
GIT = ("git init -qb main . && git add . && "
       "git -c user.name=dev -c user.email=dev@example.org commit -qm 'Prices in minor units' "
       "--date 2025-01-15T10:00:00Z && "
       "git remote add origin https://git.example.org/shop/shop-backend.git")


# Puts the time in front of each line the moment it arrives.
STAMP = r"""perl -MTime::HiRes=time -MPOSIX=strftime -ne 'BEGIN { $| = 1 }
my $t = time; printf "%s.%07dZ %s", strftime("%Y-%m-%dT%H:%M:%S", gmtime(int $t)), ($t - int $t) * 1e7, $_'"""


class Recorder:
    def __init__(self, rig, suite):
        self.engine = rig.engine(suite, suite)
        self.root = self.engine.inner_root()
        shutil.copytree(HERE / "demo-project/shop-backend", f"{self.root}{PROJECT}")
        self.run("git", f"cd {PROJECT} && {GIT}")

    def run(self, what, script, check=True):
        """A shell script where the engine lives; a machine name of its own keeps ours out of traces."""
        result = self.engine.run_inside(["unshare", "--uts", "sh", "-ec", "hostname build01\n" + script])
        if check and result.returncode:
            raise RuntimeError(f"{what} failed: {result.stderr[-2000:]}")
        return result

    def push_base(self):
        context = f"{self.root}/src/base"
        shutil.copytree(HERE / "demo-project/base", context)
        for arch in rootfs.ARCHITECTURES:
            shutil.copytree(rootfs.base_roots() / f"root-{arch}", f"{context}/root-{arch}", symlinks=True)
        self.run("base image", "docker buildx build --network none --platform linux/amd64,linux/arm64 "
                 f"--provenance=false --push -t localhost:{PORT}/platform/base:12.8 /src/base")
        shutil.rmtree(context)
        self.forget_history()

    def forget_history(self):
        self.run("history", "docker buildx history rm --all || true")

    def build(self, progress, extra="", ok=True):
        """One build; returns (ref, stdout+stderr of the client)."""
        result = self.run("build", f"""
            rm -f /tmp/metadata
            export PIP_INDEX_TOKEN=not-a-real-token
            docker buildx build --network none --platform linux/amd64,linux/arm64 --progress {progress} \\
              --provenance mode=max --build-arg APP_VERSION=2.14.0 --build-arg SENTRY_AUTH_TOKEN=not-a-real-token \\
              --secret id=pip_index_token,env=PIP_INDEX_TOKEN \\
              --label org.opencontainers.image.vendor=Shop \\
              -t {IMAGE}:2.14.0 -t {IMAGE}:latest --push --metadata-file /tmp/metadata {extra} {PROJECT} 2>&1
            """, check=False)
        if (result.returncode == 0) != ok:
            raise RuntimeError(f"build ended with {result.returncode}: {result.stdout[-3000:]}")
        return result.stdout

    def forget_layers(self):
        """A cold start: no build cache, no cache mounts."""
        self.run("prune", "docker buildx prune -af > /dev/null")

    def job(self, name, platform, ok=True):
        """The build step of one job of a matrix: its record and its log with times."""
        log = self.run("job", f"""
            set +e
            export PIP_INDEX_TOKEN=not-a-real-token
            {{ docker buildx build --network none --platform {platform} --progress plain --provenance mode=max \\
                --build-arg APP_VERSION=2.14.1 --secret id=pip_index_token,env=PIP_INDEX_TOKEN \\
                -t {IMAGE}:2.14.1-{platform.rpartition("/")[2]} --push {PROJECT} 2>&1
              echo $? > /tmp/status; }} | {STAMP}
            exit $(cat /tmp/status)
            """, check=False)
        if (log.returncode == 0) != ok:
            raise RuntimeError(f"{name} ended with {log.returncode}: {log.stdout[-3000:]}")
        JOBS.mkdir(parents=True, exist_ok=True)
        (JOBS / f"{name}.log").write_text(log.stdout, encoding="utf-8")
        self.export(name, JOBS)

    def export(self, name, folder=RECORDINGS):
        """The newest record, as `buildx history export` writes it."""
        newest = json.loads(self.run("ls", "docker buildx history ls --format json").stdout.splitlines()[0])
        ref = newest["ref"].rpartition("/")[2]
        self.run("export", f"docker buildx history export --finalize -o /tmp/{name}.dockerbuild {ref}")
        shutil.copyfile(f"{self.root}/tmp/{name}.dockerbuild", folder / f"{name}.dockerbuild")
        print(f"{name}.dockerbuild: {newest['total_steps']} steps, {newest['cached_steps']} cached, "
              f"{(folder / f'{name}.dockerbuild').stat().st_size} bytes", flush=True)

    def write_log(self, name, text):
        (LOGS / name).write_text(text, encoding="utf-8")

    def edit(self, path, old, new):
        file = Path(f"{self.root}{PROJECT}/{path}")
        text = file.read_text(encoding="utf-8")
        if old not in text:
            raise RuntimeError(f"{path} has no {old!r}")
        file.write_text(text.replace(old, new), encoding="utf-8")


# A wheel of this exists for amd64 only, and the base image has no Rust compiler.
NEW_REQUIREMENT = "\norjson==3.10.7\n", "\norjson==3.10.7\ncryptography==43.0.1 #sdist\n"


def record_forky(rig, only):
    recorder = Recorder(rig, "forky")
    recorder.push_base()
    cache = f"type=registry,ref={IMAGE}:buildcache"
    if "cold" in only:
        recorder.write_log("cold.plain.txt", recorder.build("plain"))
        recorder.forget_layers()
        recorder.write_log("cold.rawjson", recorder.build("rawjson", f"--cache-to {cache},mode=max"))
        recorder.export("cold")
    if "warm" in only:
        recorder.edit("shop/pricing.py", "rounded once at the end", "rounded once, half to even")
        recorder.edit("pyproject.toml", "2.14.0", "2.14.1")
        recorder.build("rawjson", f"--cache-from {cache} --cache-to {cache},mode=max")
        recorder.export("warm")
    if "failed" in only:
        recorder.edit("requirements.txt", *NEW_REQUIREMENT)
        recorder.write_log("failed.rawjson", recorder.build("rawjson", f"--cache-from {cache}", ok=False))
        recorder.export("failed")
        recorder.write_log("failed.plain.txt", recorder.build("plain", f"--cache-from {cache}", ok=False))


def record_jobs(rig):
    """A release built again after one line changed: most steps from the cache; then one that fails on arm64."""
    recorder = Recorder(rig, "forky")
    recorder.push_base()
    recorder.build("plain")
    recorder.edit("shop/pricing.py", "rounded once at the end", "rounded once, half to even")
    for arch in ("amd64", "arm64"):
        recorder.job(arch, f"linux/{arch}")
    recorder.edit("requirements.txt", *NEW_REQUIREMENT)
    recorder.job("arm64-failed", "linux/arm64", ok=False)


def record_trixie(rig):
    recorder = Recorder(rig, "trixie")
    recorder.push_base()
    recorder.write_log("trixie-cold.rawjson", recorder.build("rawjson"))
    recorder.forget_layers()
    recorder.write_log("trixie-cold.plain.txt", recorder.build("plain"))
    recorder.edit("requirements.txt", *NEW_REQUIREMENT)
    recorder.write_log("trixie-failed.rawjson", recorder.build("rawjson", ok=False))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="cold,warm,failed,trixie,jobs")
    only = set(parser.parse_args().only.split(","))
    RECORDINGS.mkdir(parents=True, exist_ok=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    with Rig() as rig:
        rig.enable_arm64()
        rig.start_registry(PORT)
        if only & {"cold", "warm", "failed"}:
            record_forky(rig, only)
        if "trixie" in only:
            record_trixie(rig)
        if "jobs" in only:
            record_jobs(rig)
    rig.assert_clean()


if __name__ == "__main__":
    main()
