"""What the real tests share: engines with a bare reader each, contexts, builds, and Layerline's own answers.

Every check compares three independent things: the record and stream as the bare reader sees them, what
buildx says (`history inspect`, `history logs`), and what Layerline prints.
"""
import base64
import collections
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest
from datetime import datetime, timezone
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import bare_reader  # noqa: E402
from bare_reader import BareReader, recount  # noqa: E402
from harness import rootfs  # noqa: E402
from harness.dialer import Dialer  # noqa: E402
from harness.rig import Rig, poll  # noqa: E402

BOTH = "linux/amd64,linux/arm64"
MACHINE = {"x86_64": "linux/amd64", "aarch64": "linux/arm64"}

__all__ = ["BOTH", "MACHINE", "BareReader", "Dialer", "Lab", "Node", "RealTest", "Watch", "layerline_binary", "nanoseconds", "poll", "recount"]


def layerline_binary():
    path = os.environ.get("LAYERLINE_BIN")
    if not path or not os.access(path, os.X_OK):
        raise RuntimeError("LAYERLINE_BIN must name the layerline binary to test")
    return path


def nanoseconds(text):
    """RFC 3339 as Layerline prints it, in nanoseconds UTC; None stays None."""
    if text is None:
        return None
    whole, _, fraction = text.rstrip("Z").partition(".")
    seconds = int(datetime.fromisoformat(whole).replace(tzinfo=timezone.utc).timestamp())
    return seconds * 1_000_000_000 + int(fraction.ljust(9, "0") or 0)


class Node:
    """An engine, a listener that leads to its BuildKit, and a bare reader on it."""

    def __init__(self, lab, name, suite, **options):
        self.lab, self.name = lab, name
        self.engine = lab.rig.engine(name, suite, **options)
        self.dialer = Dialer(self.engine, lab.rig.dir / f"{name}.sock")
        self.socket = lab.rig.dir / f"{name}.sock"
        self.reader = BareReader(self.socket)

    def close(self):
        self.reader.close()
        self.dialer.close()

    def reconnect(self):
        """A new bare connection, after the engine was away."""
        self.reader.close()
        self.reader = BareReader(self.socket)

    @property
    def worker(self):
        return self.reader.workers()[0].id

    # --- builds ---

    def buildx_command(self, *arguments, suite=None):
        """The engine's own buildx (0.13 for trixie), or another suite's."""
        binary = rootfs.buildx_of(suite) if suite else self.engine.buildx_binary
        return [str(binary), *map(str, arguments)]

    def start(self, *arguments, builder=None, env=None, cwd=None, suite=None):
        """Starts buildx in the background; its output goes to a file, see the returned process' .log."""
        log = self.lab.rig.dir / f"client-{time.monotonic_ns()}.log"
        choice = {"BUILDX_BUILDER": builder} if builder else {}
        with open(log, "wb") as out:
            process = subprocess.Popen(self.buildx_command(*arguments, suite=suite), env=self.engine.env(**choice, **(env or {})),
                                       stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=cwd)
        process.log = log
        self.lab.clients.append(process)
        return process

    def build(self, context, *arguments, ok=True, **options):
        """Runs one build to its end; returns the refs it left on this node, oldest first."""
        with self.new_records() as new:
            process = self.start("build", "--progress", "plain", *arguments, context, **options)
            self.finish(process, ok)
        return new

    def finish(self, process, ok=True, timeout=300):
        code = process.wait(timeout)
        if (code == 0) != ok:
            raise AssertionError(f"buildx ended with {code}:\n{process.log.read_text(errors='replace')[-3000:]}")

    @contextlib.contextmanager
    def new_records(self):
        """Yields a list that holds, after the block, the refs of the builds made in it, all completed."""
        before = set(self.reader.records())
        new = []
        yield new
        for ref in set(self.reader.records()) - before:
            self.settled(ref)
        fresh = [r for ref, r in self.reader.records().items() if ref not in before]
        new += [r.ref for r in sorted(fresh, key=lambda r: (r.created_at.seconds, r.created_at.nanos))]

    def settled(self, ref):
        """The record of a build that has ended. 26.1 announces the end of a cancelled build once before it has
        counted its steps and noted the error; one cancelled before its first step has the error only."""
        def record():
            found = self.reader.records().get(ref)  # between running and kept it is neither for a moment
            return found if found and found.HasField("completed_at") and (found.num_total_steps or found.HasField("error")) else None
        return poll(record, f"the record of {ref} complete", 60)

    def kept(self, ref):
        """Whether a build that has ended has a record in the end; false for one the engine has lost."""
        try:
            self.settled(ref)
        except TimeoutError:
            if ref in self.reader.records():
                raise
            return False
        return True

    def history(self, *arguments):
        """forky's `buildx history`, which reads any engine."""
        return self.engine.buildx("history", *arguments)

    # --- Layerline ---

    def tools_path(self):
        """A PATH on which `docker-buildx` is the suite's own, which is what its users have, and not the machine's."""
        tools = self.lab.rig.dir / "tools"
        tools.mkdir(exist_ok=True)
        if not (tools / "docker-buildx").is_symlink():
            (tools / "docker-buildx").symlink_to(self.engine.buildx_binary)
        return f"{tools}:/usr/sbin:/usr/bin:/sbin:/bin"

    def add_far(self):
        """The same engine as a remote builder, "far": pushing by digest is beyond the docker driver."""
        subprocess.run(self.buildx_command("create", "--name", "far", "--driver", "remote", f"unix://{self.socket}"),
                       env=self.engine.env(), check=True, capture_output=True)

    def layerline_env(self, **extra):
        home = self.lab.rig.dir / "home"
        return self.engine.env(**{
            "HOME": str(home), "XDG_CONFIG_HOME": f"{home}/config", "XDG_DATA_HOME": f"{home}/data",
            "XDG_CACHE_HOME": f"{home}/cache", "XDG_RUNTIME_DIR": f"{home}/run", "QT_QPA_PLATFORM": "offscreen",
            "LAYERLINE_HISTORY": f"{home}/history-{self.name}", **extra})

    def layerline(self, *arguments, codes=(0, 1), timeout=60, **env):
        """One command of Layerline's, its JSON parsed."""
        command = [layerline_binary(), *map(str, arguments), "--json"]
        result = subprocess.run(command, env=self.layerline_env(**env), capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=timeout, check=False)
        if result.returncode not in codes:
            raise AssertionError(f"{' '.join(command)} ended with {result.returncode}: {result.stderr.strip()[-500:]} {result.stdout[-1500:]}")
        document = json.loads(result.stdout)
        if document.get("schema") != 1:
            raise AssertionError(f"{' '.join(command)}: schema {document.get('schema')}")
        return document

    def shown(self, ref, **env):
        builds = self.layerline("show", ref, **env)["builds"]
        if len(builds) != 1:
            raise AssertionError(f"show {ref} printed {len(builds)} builds")
        return builds[0]

    def watch(self):
        return Watch([layerline_binary(), "watch", "--json"], self.layerline_env(), self.lab)

    def bare_follow(self, *arguments):
        return Watch([sys.executable, "-B", bare_reader.__file__, "--socket", str(self.socket), *arguments], None, self.lab)


class Watch:
    """A program that prints JSON lines, read as they come with the monotonic time of each one's arrival."""

    def __init__(self, command, env, lab):
        self.errors = lab.rig.dir / f"watch-{time.monotonic_ns()}.err"
        with open(self.errors, "wb") as errors:
            self._process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                             stderr=errors)
        lab.clients.append(self._process)
        self.lines = []  # (monotonic ns, object), append-only
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        for line in self._process.stdout:
            self.lines.append((time.monotonic_ns(), line))

    def events(self, since=0):
        return [(t, json.loads(line)) for t, line in self.lines[since:]]

    def wait_for(self, wanted, what, timeout=30, since=0):
        """The first (time, event) for which wanted(event), also among those already read."""
        position = since
        end = time.monotonic() + timeout
        while True:
            while position < len(self.lines):
                arrived, line = self.lines[position]
                position += 1
                event = json.loads(line)
                if wanted(event):
                    return arrived, event
            if self._process.poll() is not None and not self._thread.is_alive() and position == len(self.lines):
                raise AssertionError(f"{what}: the watching program ended with {self._process.returncode}: "
                                     f"{self.errors.read_text(errors='replace')[-500:]}")
            if time.monotonic() > end:
                raise AssertionError(f"{what}: not seen within {timeout} s among {position} lines")
            time.sleep(0.002)

    def quiet(self, seconds=0.5, timeout=30):
        """Waits until nothing has come for `seconds`."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            last = self.lines[-1][0] if self.lines else 0
            if time.monotonic_ns() - last > seconds * 1e9 and self.lines:
                return
            time.sleep(0.02)
        raise AssertionError(f"not quiet for {seconds} s within {timeout} s")

    def stop(self):
        """Ends the program in order; its exit status."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(10)
        finally:
            self._process.kill()
        self._thread.join(10)
        self._process.stdout.close()
        return code


class Lab:
    """A rig, its registry with a two-platform base image, and the nodes under test."""

    def __init__(self, registry=True):
        layerline_binary()  # nothing is worth starting without it
        self.rig = Rig()
        self.clients, self.nodes = [], {}
        try:
            self.rig.enable_arm64()
            if registry:
                self.rig.start_registry()
            self.base = f"{self.rig.registry.address}/base:1" if registry else None
            self._base_pushed = False
        except BaseException:
            self.close()
            raise

    def node(self, name, suite="forky", **options):
        node = Node(self, name, suite, **options)
        self.nodes[name] = node
        if self.base and not self._base_pushed and options.get("containerd_store", True):
            self._push_base(node)
        return node

    def _push_base(self, node):
        context = self.context("base-image", "FROM scratch\nARG TARGETARCH\nCOPY root-${TARGETARCH}/ /\nENV PATH=/bin\n")
        for arch in rootfs.ARCHITECTURES:
            shutil.copytree(rootfs.base_roots() / f"root-{arch}", context / f"root-{arch}", symlinks=True)
        node.build(context, "--platform", BOTH, "--provenance=false", "--push", "-t", self.base)
        self._base_pushed = True

    def context(self, name, dockerfile, **files):
        """A fresh build context; `dockerfile` may say BASE for the base image."""
        folder = self.rig.dir / "contexts" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "Dockerfile").write_text(dockerfile.replace("BASE", self.base or "BASE"), encoding="utf-8")
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder

    def close(self):
        for client in self.clients:
            if client.poll() is None:
                client.kill()
            client.wait()
        for node in self.nodes.values():
            node.close()
        self.rig.close()
        self.rig.assert_clean()


COUNTERS = ("total_steps", "completed_steps", "cached_steps")


def counters(count):
    return count.total, count.completed, count.cached


def own_counters(record):
    """BuildKit's own."""
    return record.num_total_steps, record.num_completed_steps, record.num_cached_steps


class RealTest(unittest.TestCase):
    """Checks of one build against everything else that knows it."""
    maxDiff = None

    def check(self, node, ref, status, steps=None):
        """The full comparison; returns (bare count, Layerline's build)."""
        record = node.settled(ref)
        count = recount(node.reader, ref)
        self.check_bare(record, count, steps)
        self.check_buildx(node, record, count)
        shown = node.shown(ref)
        self.check_build(shown, record, count, status)
        self.check_steps(shown, count)
        with self.subTest("builds --json"):
            self.check_listed(node, shown)
        return count, shown

    def check_bare(self, record, count, steps):
        """BuildKit's own counters agree with its stream: without this the rest proves nothing."""
        self.assertEqual(own_counters(record), counters(count), f"record and stream of {record.ref}")
        if steps is not None:
            self.assertGreaterEqual(count.total, steps)

    def check_buildx(self, node, record, count):
        """buildx knows the same build: counters, state, and every byte of the logs."""
        seen = json.loads(node.history("inspect", record.ref, "--format", "json").stdout)
        self.assertEqual((seen["NumTotalSteps"], seen["NumCompletedSteps"], seen["NumCachedSteps"]),
                         own_counters(record), "buildx history inspect")
        self.assertEqual(seen["Status"], {0: "completed", 1: "canceled"}.get(record.error.code, "failed"))
        logs = collections.defaultdict(list)
        for line in node.history("logs", record.ref, "--progress", "rawjson").stderr.splitlines():
            for log in json.loads(line).get("logs") or []:
                logs[log["vertex"]].append(base64.b64decode(log["data"]))
        for digest, parts in logs.items():
            # Not assertEqual: its report on a difference in 100 MB would never end.
            self.assertTrue(b"".join(parts) == count.steps[digest].log, f"buildx history logs of {digest}")
        self.assertEqual(set(logs), {s.digest for s in count.steps.values() if s.log}, "buildx history logs")

    def check_build(self, shown, record, count, status):
        self.assertEqual(shown["ref"], record.ref)
        self.assertEqual(shown["source"], "buildkit")
        self.assertEqual(tuple(shown[f] for f in COUNTERS), counters(count), "layerline's counters")
        self.assertEqual(shown["status"], status)
        self.assertEqual(nanoseconds(shown["started"]), bare_reader.nanos(record.created_at))
        self.assertEqual(nanoseconds(shown["completed"]), bare_reader.nanos(record.completed_at))
        self.assertEqual(shown["duration_ms"],
                         (nanoseconds(shown["completed"]) - nanoseconds(shown["started"])) // 1_000_000)
        self.assertEqual(bool(shown["error"]), record.HasField("error"))
        self.assertEqual(len(shown["warnings"]), count.warnings)

    def check_steps(self, shown, count):
        self.assertEqual({s["digest"] for s in shown["steps"]}, set(count.steps))
        for step in shown["steps"]:
            bare = count.steps[step["digest"]]
            with self.subTest(step=bare.name):
                self.assertEqual(step["name"], bare.name)
                self.assertEqual(step["inputs"], bare.inputs)
                self.assertEqual(step["state"], bare.state(shown["completed"] is not None))
                self.assertEqual(step["error"] or "", bare.error)
                self.assertEqual((step["log_lines"], step["log_bytes"]), (bare.log_lines, len(bare.log)))
                ran = [(nanoseconds(i["started"]), nanoseconds(i["completed"])) for i in step["intervals"]]
                if bare.started is not None and not bare.cached:
                    self.assertIn((bare.started, bare.completed), ran)

    def check_listed(self, node, shown):
        listed = [b for b in node.layerline("builds")["builds"] if b["ref"] == shown["ref"]]
        self.assertEqual(len(listed), 1, "layerline builds lists it once")
        for field in ("status", "started", "completed", "duration_ms"):
            self.assertEqual(listed[0][field], shown[field], f"builds and show agree on {field}")
        self.assertEqual(tuple(listed[0][f] for f in COUNTERS), tuple(shown[f] for f in COUNTERS))

    def check_platforms(self, count, shown, shared=()):
        """needed_by and runs_on of each step that printed `uname -m` and what it is built for.

        Steps print `proof runs-on=$(uname -m) needed-by=PLATFORM[,PLATFORM]`.
        """
        proved = 0
        for step in shown["steps"]:
            log = count.steps[step["digest"]].log.decode()
            if "proof runs-on=" not in log:
                continue
            fields = dict(f.split("=", 1) for f in log.split("proof ", 1)[1].split("\n", 1)[0].split())
            with self.subTest(step=step["name"]):
                self.assertEqual(step["runs_on"], MACHINE[fields["runs-on"]])
                self.assertEqual(sorted(step["needed_by"]), sorted(fields["needed-by"].split(",")))
            proved += 1
        return proved


def run_main():
    unittest.main(verbosity=2)
