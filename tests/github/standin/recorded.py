"""A run made of real builds (tests/data/github, by tests/real/record_demo.py --only jobs): the log of each job holds what the
client printed, its artifact the record of the very same build."""
import hashlib
import io
import re
import zipfile
from pathlib import Path

from . import joblog
from .script import Job, Step

DATA = Path(__file__).resolve().parents[2] / "data/github"
BEFORE = (("Set up job", 2), ("actions/checkout@v5", 1), ("docker/setup-qemu-action@v3", 2), ("docker/setup-buildx-action@v3", 3))


def record(name):
    """The bytes of the .dockerbuild file."""
    return (DATA / f"{name}.dockerbuild").read_bytes()


def lines(name):
    """What the client printed, each line with its time in front."""
    return (DATA / f"{name}.log").read_text(encoding="utf-8").splitlines()


def _times(name):
    stamps = [line.split(" ", 1)[0] for line in lines(name)]
    return joblog.read_time(stamps[0]), joblog.read_time(stamps[-1])


def _job(name, platform, created):
    """The job that did this build, with the times it had."""
    first, last = _times(name)
    failed = name.endswith("-failed")
    started = first - sum(seconds for _, seconds in BEFORE)
    begins, moment = [], started
    for step, seconds in BEFORE:
        begins.append((step, moment))
        moment += seconds
    steps = [Step("Set up job", BEFORE[0][1]), *(Step("Run " + step, seconds) for step, seconds in BEFORE[1:]),
             Step("Build and push by digest", last - first, "failure" if failed else "success"), Step("Complete job", 1)]
    log = joblog.of_build(lines(name), platform, begins, failed)
    return Job(f"build ({platform})", steps, queued=started - created, log=log)


def _said_of(artifact, moment):
    return joblog.lines([(moment, "Finalizing artifact upload"), (moment, f"Artifact successfully finalized ({artifact.id})")])[len(joblog.BOM):]


def add_joint_run(repository, names=("amd64", "arm64"), **more):
    """The run of one job that made these builds one after the other: one log, and a record of each, the last one first, for the
    actions' final steps run backwards."""
    created = int(_times(names[0])[0]) - 30
    steps, log = [], b""
    for name in names:
        first, last = _times(name)
        steps.append(Step(f"Build {name}", last - first))
        log += joblog.of_build(lines(name), "linux/" + name, [("Set up job", first - 1)])[0 if not log else len(joblog.BOM):]
    job = Job("images", [Step("Set up job", _times(names[0])[0] - created - 5), *steps, Step("Complete job", 5)], queued=5)
    run = repository.add_run(jobs=[job], created=created, **more)
    ended = _times(names[-1])[1]
    for name in reversed(names):
        artifact = repository.add_artifact(run, f"{repository.full_name.replace('/', '~')}~{name.upper()}.dockerbuild", record(name), created=ended, days=10000)
        log += _said_of(artifact, ended)
    job.log = log
    return run


def digest(name):
    """The manifest digest the build pushed, from its log."""
    found = re.search(r"pushing manifest for \S+@(sha256:[0-9a-f]{64})", "\n".join(lines(name)))
    return found[1] if found else None


def add_run(repository, builds=(("linux/amd64", "amd64"), ("linux/arm64", "arm64")), named=True, **more):
    """The run of these builds, one job each, and a job that merges them; long over, with records and digests as artifacts. `named`: the
    log says which artifact the record became, as that of docker/build-push-action does."""
    created = int(min(_times(name)[0] for _, name in builds)) - 30
    jobs = [_job(name, platform, created) for platform, name in builds]
    jobs.append(Job("merge", [Step("Set up job", 1), Step("Create manifest list and push", 3)], needs=tuple(job.name for job in jobs)))
    run = repository.add_run(jobs=jobs, created=created, **more)
    for platform, name in builds:
        ended = _times(name)[1]
        tail = hashlib.sha256(platform.encode()).hexdigest()[:6].upper()
        artifact = repository.add_artifact(run, f"{repository.full_name.replace('/', '~')}~{tail}.dockerbuild", record(name), created=ended, days=10000)
        if named:
            next(job for job in jobs if job.name == f"build ({platform})").log += _said_of(artifact, ended)
        if digest(name):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr(digest(name).removeprefix("sha256:"), "")
            repository.add_artifact(run, "digests-" + platform.replace("/", "-"), packed.getvalue(), created=ended, days=10000)
    return run
