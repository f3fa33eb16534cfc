#!/usr/bin/env python3
"""Cleans up after its parent, however the parent ended.

Started with a pipe as standard input. Each line names something the parent has made:
    process PID    a process group leader (killed with its pid namespace)
    cgroup NAME    a top-level cgroup, in every hierarchy
    binfmt NAME    a binfmt_misc entry
    dir PATH       a directory tree
On end of file (the parent closed it, or died) all of it goes away, newest first, and the guardian exits.
"""
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

DEADLINE_S = 20


def children_of(pid):
    try:
        return [int(p) for task in Path(f"/proc/{pid}/task").iterdir()
                for p in (task / "children").read_text().split()]
    except OSError:
        return []


def start_time(pid):
    """Tells a process from a later one of the same number; None when there is none (or a zombie)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def wait_until(condition):
    end = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def descendants(pid):
    found = []
    for child in children_of(pid):
        found += [child] + descendants(child)
    return found


def end_process(argument):
    """PID:START of a process; it and everything below it is killed and awaited."""
    pid, _, started = argument.partition(":")
    pid = int(pid)
    if start_time(pid) != started:
        return
    everyone = {p: start_time(p) for p in [pid] + descendants(pid)}
    for process in everyone:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
    wait_until(lambda: all(s is None or start_time(p) != s for p, s in everyone.items()))


def cgroup_paths(name):
    base = Path("/sys/fs/cgroup")
    tops = [base] + [p for p in base.iterdir() if p.is_dir()] if base.is_dir() else []
    return [top / name for top in tops if (top / name).is_dir()]


def end_cgroup(name):
    def gone():
        for path in cgroup_paths(name):
            for folder, _dirs, _files in os.walk(path, topdown=False):
                try:
                    os.rmdir(folder)
                except OSError:
                    pass
        return not cgroup_paths(name)
    wait_until(gone)


# Shell: binfmt_misc is mounted at $B afterwards, at least in the caller's own namespace.
BINFMT_MOUNTED = ("B=/proc/sys/fs/binfmt_misc\n"
                  "test -e $B/register || mount -t binfmt_misc none $B\n")


def in_binfmt(script, *arguments, **kwargs):
    """Runs a shell script in a namespace where binfmt_misc is mounted at $B; nothing stays mounted."""
    return subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-ec",
         BINFMT_MOUNTED + script,
         "binfmt", *arguments], check=False, text=True, capture_output=True, **kwargs)


def end_binfmt(name):
    in_binfmt('test ! -e "$B/$1" || echo -1 > "$B/$1"', name)


def end_dir(path):
    wait_until(lambda: shutil.rmtree(path, ignore_errors=True) or not os.path.lexists(path))


ENDINGS = {"process": end_process, "cgroup": end_cgroup, "binfmt": end_binfmt, "dir": end_dir}


def main():
    # The terminal's ^C and the parent's supervisor must not end the one process that cleans up.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    made = []
    for line in sys.stdin:
        verb, _, argument = line.rstrip("\n").partition(" ")
        if verb == "forget":
            made = [m for m in made if f"{m[0]} {m[1]}" != argument]
        else:
            made.append((verb, argument))
    for verb, argument in reversed(made):
        ENDINGS[verb](argument)


if __name__ == "__main__":
    main()
