#!/usr/bin/python3
"""Ratios of our speed to that of others, each pair taken in turns in one run on this machine.

bench.py LL_BENCH [--lines N]: prints a table, and one JSON object with all single times behind it (--json FILE). A ratio
below 1 means that we are faster. Files are read once before they are timed, so that all find them in the page cache.
Peers that are not installed (lnav, ripgrep) are named as missing, not guessed. Absolute times are shown to give the ratios
a scale; they mean nothing on another machine.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7


def timed(command):
    """Seconds from start to end of a process that must succeed, and what it printed."""
    begin = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    seconds = time.monotonic() - begin
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[:500]}")
    return seconds, done.stdout


def in_turns(ours, peer):
    """Seconds of both commands, taken one after the other ROUNDS times after one round that does not count."""
    timed(ours), timed(peer)
    pairs = [(timed(ours)[0], timed(peer)[0]) for _ in range(ROUNDS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def write_log(path, lines):
    """A plain progress log of one step with so many lines of about 90 bytes."""
    with open(path, "w", encoding="ascii") as out:
        out.write("#1 [linux/amd64 app 1/1] RUN make -j8 all\n")
        for i in range(lines):
            out.write(f"#1 {i / 1000:.3f} [{i % 100:3d}%] Building CXX object src/part{i % 977}/CMakeFiles/part.dir/file{i}.cpp.o\n")
        out.write(f"#1 DONE {lines / 1000:.1f}s\n")


def write_steps(path, steps):
    """A plain progress log of so many steps on two platforms, each with two lines."""
    with open(path, "w", encoding="ascii") as out:
        for i in range(1, steps + 1):
            out.write(f"#{i} [linux/{'arm64' if i % 2 else 'amd64'} stage-{i // 20} {i % 20 + 1}/20] RUN make part-{i}\n")
            out.write(f"#{i} 0.100 compiling\n#{i} 0.200 linking\n#{i} DONE 0.3s\n\n")


def write_graph(path, steps):
    """A rawjson log of so many finished steps on two platforms, with edges: chains of 20 that are joined here and there."""
    def digest(i):
        return f"sha256:{i + 1:064x}"

    def at(seconds):
        return f"2026-01-01T{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}:{seconds % 60:09.6f}Z"

    with open(path, "w", encoding="ascii") as out:
        for i in range(steps):
            inputs = [digest(i - 2)] if i >= 2 else []
            if i % 40 == 38 and i > 80:
                inputs.append(digest(i - 41))
            vertex = {"digest": digest(i), "inputs": inputs, "started": at(i * 0.05), "completed": at(i * 0.05 + 0.4),
                      "name": f"[linux/{'arm64' if i % 2 else 'amd64'} stage-{i // 40} {i % 40 // 2 + 1}/20] RUN make part-{i}"}
            log = {"vertex": digest(i), "stream": 1, "data": "Y29tcGlsaW5nCg==", "timestamp": at(i * 0.05 + 0.1)}
            out.write(json.dumps({"vertexes": [vertex], "logs": [log]}) + "\n")


class Report:
    def __init__(self):
        self.rows, self.data = [], {}

    def add(self, name, ours, peer_name, peer):
        ratios = sorted(a / b for a, b in zip(ours, peer))
        self.rows.append((name, statistics.median(ours), peer_name, statistics.median(peer), statistics.median(ratios), ratios[-1]))
        self.data[name] = {"ours_s": ours, "peer": peer_name, "peer_s": peer, "ratio_median": statistics.median(ratios), "ratio_worst": ratios[-1]}

    def missing(self, name, peer_name):
        self.data[name] = {"peer": peer_name, "missing": True}
        print(f"{name}: {peer_name} is not installed, nothing to compare with")

    def show(self):
        print(f"{'what':34} {'ours':>9} {'peer':>26} {'':>9} {'ratio':>7} {'worst':>7}")
        for name, ours, peer_name, peer, median, worst in self.rows:
            print(f"{name:34} {ours * 1000:6.0f} ms {peer_name:>26} {peer * 1000:6.0f} ms {median:7.2f} {worst:7.2f}")


def against(report, name, ours, peer_name, peer):
    if shutil.which(peer[0]) is None:
        return report.missing(name, peer_name)
    mine, theirs = in_turns(ours, peer)
    return report.add(name, mine, peer_name, theirs)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("ll_bench")
    arguments.add_argument("--lines", type=int, default=1_000_000, help="of the log that is opened and parsed")
    arguments.add_argument("--json", help="also write every single time into this file")
    given = arguments.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "build.log")
        write_log(log, given.lines)
        log.read_bytes()
        print(f"log of {given.lines} lines, {log.stat().st_size / 1e6:.0f} MB")
        against(report, "open and show a log", [given.ll_bench, "open", str(log)],
                "lnav, headless, to its end", ["lnav", "-n", "-I", folder, "-c", ":goto 100%", "-c", ":switch-to-view help", str(log)])
        against(report, "parse plain progress", [given.ll_bench, "parse", str(log)],
                "rg, the same pattern", ["rg", "-c", r"^#\d+ (\d+\.\d+) ", str(log)])
        many = Path(folder, "many.log")
        write_steps(many, 20_000)
        graph = Path(folder, "many.json")
        write_graph(graph, 20_000)
        for name, arguments in (("opening that log", ["window", str(log)]), ("opening 20,000 steps", ["window", str(many)]),
                                ("opening 20,000 steps with edges", ["window", str(graph)]),
                                ("playing the demo", ["demo", "-"]), ("listing 500 builds of the history", ["history", "500"])):
            turns = json.loads(timed([given.ll_bench, *arguments])[1])["longest_turns_ms"]
            print(f"the GUI thread's longest turns while {name}: {', '.join(f'{ms:.1f}' for ms in turns)} ms of CPU")
            report.data[f"longest GUI turns while {name}, ms of CPU"] = turns
    stream = json.loads(timed([given.ll_bench, "reduce", "20000"])[1])
    print(f"status stream of {stream['events']} events, {stream['bytes'] / 1e6:.0f} MB")
    report.add("read, translate and reduce", [ms / 1000 for ms in stream["whole_ms"]], "protobuf alone", [ms / 1000 for ms in stream["bare_ms"]])
    print(f"  {stream['events'] / statistics.median(stream['whole_ms']) * 1000:,.0f} events/s")
    spans = json.loads(timed([given.ll_bench, "timeline", "50000"])[1])
    bare = [ms / 1000 for ms in spans["bare_ms"]]
    report.add("timeline, 50,000 bars, first frame", [ms / 1000 for ms in spans["load_ms"]], "plain rectangles", bare)
    zoom = [statistics.median(spans["zoom_ms"][i * 5:i * 5 + 5]) / 1000 for i in range(len(bare))]
    report.add("timeline, zoomed frame", zoom, "plain rectangles", bare)
    report.show()
    if given.json:
        Path(given.json).write_text(json.dumps({"schema": 1, "measured": report.data}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
