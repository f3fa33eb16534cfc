"""Job logs as GitHub writes them: a BOM, every line with the time the runner read it to 100 ns, groups and commands."""
import datetime

BOM = b"\xef\xbb\xbf"


def line_time(moment):
    """2025-12-04T08:20:57.3619920Z"""
    whole = datetime.datetime.fromtimestamp(int(moment), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{int((moment % 1) * 1e7):07d}Z"


def lines(pairs):
    """Bytes of (time, text) pairs; a text with line ends in it goes on without a time, as the runner writes it."""
    return BOM + "".join(f"{line_time(moment)} {text}\n" for moment, text in pairs).encode()


def of_step(step):
    """What a step of a scripted job says."""
    pairs = [(step.started, f"##[group]{step.name}"), (step.started, f"doing {step.name}"), (step.started, "##[endgroup]")]
    if step.conclusion == "failure":
        pairs.append((step.completed, "##[error]Process completed with exit code 1."))
    return lines(pairs)


def simple(state):
    """The log of a job that was given none: a few lines for each of its steps."""
    out = b"".join(of_step(step)[len(BOM):] for step in state.steps if step.started is not None and step.conclusion != "skipped")
    return BOM + out


def _group(moment, title, *inside):
    return [(moment, f"##[group]{title}"), *((moment, text) for text in inside), (moment, "##[endgroup]")]


def _step_title(moment, action, **inputs):
    return _group(moment, f"Run {action}", "with:", *(f"  {name.replace('_', '-')}: {value}" for name, value in inputs.items()))


def read_time(text):
    """Seconds of a time as `line_time` writes it."""
    moment = datetime.datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=datetime.timezone.utc).timestamp()
    return moment + float("0." + text[20:-1])


def of_build(recorded, platform, begins, failed=False):
    """The log of a job whose build step printed `recorded`: lines of a time and BuildKit's plain progress, of a real build.

    `begins`: [(step name, seconds since 1970)] of the steps before it. The lines of the build are passed on byte for byte.
    """
    first, last = (read_time(line.split(" ", 1)[0]) for line in (recorded[0], recorded[-1]))
    start = begins[0][1]
    head = [(start, "Current runner version: '2.329.0'"), *_group(start, "Runner Image", "Image: ubuntu-24.04", "Version: 20260110.1.0"),
            *_group(start, "GITHUB_TOKEN Permissions", "Actions: read", "Contents: read", "Metadata: read"),
            (start, "Complete job name: build (" + platform + ")")]
    for name, moment in begins[1:]:
        head += _step_title(moment, name)
    build = "docker/build-push-action@v6"
    head += _step_title(first, build, platforms=platform, push="true")
    head += _group(first, "Docker info", "[command]/usr/bin/docker version", "Client: Docker Engine - Community")
    head.append((first, "[command]/usr/bin/docker buildx build --platform " + platform + " --provenance mode=max --push ."))
    tail = [(last, "##[error]buildx failed with: ERROR: failed to build")] if failed else _group(last, "Reference", "builder/builder0/reference")
    tail += _group(last, "Post Run " + build) + [(last, "Cleaning up orphan processes")]
    body = "".join(line + "\n" for line in recorded).encode()
    return lines(head) + body + lines(tail)[len(BOM):]
