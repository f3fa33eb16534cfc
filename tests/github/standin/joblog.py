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
