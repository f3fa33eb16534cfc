#!/usr/bin/python3
"""`layerline watch` on both engines: how soon it prints, and what it says when the engine is killed or frozen in mid-build."""
import base64
import collections
import json
import statistics
import time

import lab
from lab import BOTH, Lab, RealTest, nanoseconds, recount

LATENCY_LIMIT_MS = 100
KILLED_LIMIT_S = 2
FROZEN_LIMIT_S = 5

# Two platforms printing line by line, steps that come and go, and one burst.
CHATTY = """FROM BASE AS a
RUN --network=none for i in $(seq 1 150); do echo a $i; usleep 20000; done
FROM BASE AS b
RUN --network=none for i in $(seq 1 150); do echo b $i >&2; usleep 20000; done
FROM BASE
COPY --from=a /etc/passwd /a
COPY --from=b /etc/passwd /b
""" + "".join(f"RUN --network=none echo step {i}\n" for i in range(10)) + "RUN --network=none seq 1 2000\n"

SLOW = """FROM BASE
RUN --network=none for i in $(seq 1 %d); do echo tick $i; usleep 50000; done
RUN --network=none echo end
"""


def log_pieces(events):
    """{(build, digest, stream): [(arrival, offset, text bytes)]} of Layerline's log events."""
    pieces = collections.defaultdict(list)
    for arrived, event in events:
        if event["event"] == "log":
            pieces[event["build"], event["digest"], event["stream"]].append(
                (arrived, event["offset"], event["text"].encode()))
    return pieces


class Watches(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node("watched", cls.suite)

    def watching(self):
        """`watch --json`, connected."""
        watch = self.node.watch()
        self.addCleanup(watch.stop)
        watch.wait_for(lambda e: e["event"] == "connection" and e.get("state") == "live", "the node live")
        return watch

    def check_whole(self, watch, ref):
        """Every byte of the build's log was printed once, in order, and every step's last word is right."""
        count = recount(self.node.reader, ref)
        pieces = log_pieces(watch.events())
        for step in count.steps.values():
            mine = {key: parts for key, parts in pieces.items() if key[:2] == (ref, step.digest)}
            for (_ref, _digest, stream), parts in mine.items():
                position = 0
                for _t, offset, text in parts:
                    self.assertEqual(offset, position, f"stream {stream} of {step.name}: a gap or a line twice")
                    position += len(text)
            self.assertEqual(sorted(b"".join(t for _a, _o, t in p) for p in mine.values()),
                             sorted(s for s in self.streams(ref, step.digest) if s), step.name)
        said = [e for _t, e in watch.events() if e["event"] == "step" and e["build"] == ref]
        last = {e["digest"]: e for e in said}
        self.assertEqual(set(last), set(count.steps))
        ends = self.ends(ref)
        for digest, step in count.steps.items():
            # A step that runs several times at once (26.1 looks up a base once for each FROM) ends in one order live and in another
            # in what is stored: the last word is one of them.
            self.assertIn(nanoseconds(last[digest]["completed"]), ends[digest] or {None}, step.name)
            self.assertEqual(last[digest]["cached"], step.cached, step.name)

    def ends(self, ref):
        """Every moment at which each step was told to have ended, by digest."""
        ends = collections.defaultdict(set)
        for message in self.node.reader.status(ref):
            for vertex in message.vertexes:
                if vertex.HasField("completed"):
                    ends[vertex.digest].add(lab.bare_reader.nanos(vertex.completed))
        return ends

    def streams(self, ref, digest):
        """stdout and stderr of a step as the bare reader has them."""
        parts = collections.defaultdict(bytes)
        for message in self.node.reader.status(ref):
            for log in message.logs:
                if log.vertex == digest:
                    parts[log.stream] += log.msg
        return list(parts.values())

    def test_latency(self):
        watch, bare = self.watching(), self.node.bare_follow("--active-only")
        self.addCleanup(bare.stop)
        # A first build warms both up: the first answer of a fresh process is not the stream's latency.
        self.node.build(self.lab.context("warm-up", "FROM BASE\nRUN --network=none echo warm\n"))
        ref, = self.node.build(self.lab.context("chatty", CHATTY), "--platform", BOTH)
        watch.wait_for(lambda e: e["event"] == "build-completed" and e["build"] == ref, "the build's end")
        bare.wait_for(lambda e: e["event"] == "end" and e["ref"] == ref, "the bare stream's end")
        watch.quiet()
        delays = self.delays(watch, bare, ref)
        self.assertGreater(len(delays), 600, "enough events to speak of a 99th percentile")
        ordered = sorted(delays)
        p99 = ordered[int(len(ordered) * 0.99)]
        print(f"latency over {len(delays)} events: median {statistics.median(delays):.1f} ms, p99 {p99:.1f} ms, "
              f"max {ordered[-1]:.1f} ms", flush=True)
        self.assertLessEqual(p99, LATENCY_LIMIT_MS)
        self.check_whole(watch, ref)
        self.assertEqual(watch.stop(), 0)

    def test_secrets(self):
        """A secret that a step prints, in one piece and in two with a pause between them, is printed by no line of `watch`."""
        token = "opensesame-opensesame"
        watch = self.watching()
        ref, = self.node.build(self.lab.context("secrets", """FROM BASE
ARG NPM_TOKEN
RUN --network=none echo "whole $NPM_TOKEN"; printf 'half %s' "${NPM_TOKEN%-*}"; usleep 300000; echo "-${NPM_TOKEN#*-}"
"""), "--build-arg", f"NPM_TOKEN={token}")
        watch.wait_for(lambda e: e["event"] == "build-completed" and e["build"] == ref, "the build's end")
        watch.quiet()
        self.assertEqual(watch.stop(), 0)
        mask = "\u2022" * 4
        pieces = sorted((offset, text.decode()) for parts in log_pieces(watch.events()).values() for _t, offset, text in parts)
        self.assertEqual("".join(text for _o, text in pieces), f"whole {mask}\nhalf {mask}\n")
        self.assertEqual(pieces[0][0], 0)
        self.assertNotIn(token, json.dumps([e for _t, e in watch.events()], ensure_ascii=False))
        step, = recount(self.node.reader, ref).by_name("RUN")
        self.assertEqual(step.log.decode(), f"whole {token}\nhalf {token}\n", "the secret was really printed")

    def delays(self, watch, bare, ref):
        """Milliseconds from the bare reader's receipt of each record, vertex change, transfer and log piece to Layerline's line."""
        printed, ends = {}, collections.defaultdict(list)
        told, transfers = {}, {}
        for arrived, event in watch.events():
            if event.get("build") == ref:
                told.setdefault(event["event"], arrived)
                if event["event"] == "transfer":
                    transfers.setdefault((event["digest"], event["id"], event["current"]), arrived)
            if event["event"] == "step" and event["build"] == ref:
                key = event["digest"], nanoseconds(event["started"]), nanoseconds(event["completed"])
                printed.setdefault(key, arrived)
        for key, parts in log_pieces(watch.events()).items():
            if key[0] == ref:
                ends[key[1:]] = [(offset + len(text), arrived) for arrived, offset, text in parts]
        result, position = [], collections.Counter()
        for _t, event in bare.events():
            if event["event"] == "history" and event["record"]["ref"] == ref:
                name = {"STARTED": "build-started", "COMPLETE": "build-completed"}.get(event["type"])
                if name in told:  # the first of its kind is what was reported
                    result.append((told.pop(name) - event["t"]) / 1e6)
            if event["event"] != "status" or event["ref"] != ref:
                continue
            for vertex in event["vertexes"]:
                key = vertex["digest"], vertex["started"], vertex["completed"]
                self.assertIn(key, printed, f"{vertex['name']} was not printed")
                result.append((printed.pop(key) - event["t"]) / 1e6 if key in printed else 0)
            for status in event["statuses"]:
                key = status["vertex"], status["id"], status["current"]
                self.assertIn(key, transfers, "a transfer was not printed")
                result.append((transfers[key] - event["t"]) / 1e6)
            for log in event["logs"]:
                key = log["vertex"], log["stream"]
                position[key] += len(base64.b64decode(log["msg"]))
                arrived = next((t for end, t in ends[key] if end >= position[key]), None)
                self.assertIsNotNone(arrived, "a log piece was not printed")
                result.append((arrived - event["t"]) / 1e6)
        self.assertFalse({"build-started", "build-completed"} & set(told), "the bare reader did not hear of the build's start or end")
        return result

    def started(self, name, ticks):
        """A slow build that has begun to print, its ref and its client."""
        watch = self.watching()
        client = self.node.start("build", "--progress", "plain", self.lab.context(name, SLOW % ticks))
        _t, event = watch.wait_for(lambda e: e["event"] == "log" and "tick 5" in e["text"], "the build's fifth tick")
        return watch, client, event["build"]

    def connection(self, watch, wanted, since, timeout, what):
        return watch.wait_for(lambda e: e["event"] == "connection" and wanted(e), what, timeout, since)

    def lost_within(self, watch, since, moment, limit, what):
        arrived, event = self.connection(
            watch, lambda e: e.get("builder") == "default" and e.get("state") not in ("live", "connecting"),
            since, limit + 10, what)
        self.assertLessEqual((arrived - moment) / 1e9, limit, what)
        self.assertTrue(event["reason"])
        shown = self.connection(watch, lambda e: e.get("lost") is True, since, limit, "the build's own connection-lost")
        self.assertLessEqual((shown[0] - moment) / 1e9, limit)

    def test_frozen(self):
        watch, client, ref = self.started("frozen", 200)
        since = len(watch.lines)
        moment = time.monotonic_ns()
        self.node.engine.freeze()
        try:
            self.lost_within(watch, since, moment, FROZEN_LIMIT_S, "connection lost after SIGSTOP")
        finally:
            self.node.engine.thaw()
        self.connection(watch, lambda e: e.get("builder") == "default" and e.get("state") == "live", since, 45, "live again")
        self.node.finish(client)
        watch.wait_for(lambda e: e["event"] == "build-completed" and e["build"] == ref, "the build's end", 60)
        watch.quiet()
        self.check_whole(watch, ref)
        self.check(self.node, ref, "completed")

    def test_killed(self):
        watch, client, ref = self.started("killed", 2000)
        since = len(watch.lines)
        moment = time.monotonic_ns()
        self.node.engine.kill()
        self.lost_within(watch, since, moment, KILLED_LIMIT_S, "connection lost after SIGKILL")
        client.wait(30)
        self.node.engine.start()
        self.node.reconnect()
        self.connection(watch, lambda e: e.get("builder") == "default" and e.get("state") == "live", since, 45, "live again")
        # The engine lost the build with its memory; it must not be taken for running, nor its lines come again.
        self.assertNotIn(ref, self.node.reader.records())
        watch.quiet()
        positions = collections.Counter()
        for key, parts in log_pieces(watch.events()).items():
            for _t, offset, text in parts:
                self.assertEqual(offset, positions[key], "a gap or a line twice")
                positions[key] += len(text)
        self.assertNotIn("running", [b["status"] for b in self.node.layerline("builds")["builds"] if b["ref"] == ref])
        after, = self.node.build(self.lab.context("after", "FROM BASE\nRUN --network=none echo after\n"))
        watch.wait_for(lambda e: e["event"] == "build-completed" and e["build"] == after, "a build after the return")
        watch.quiet()
        self.check_whole(watch, after)
        self.check(self.node, after, "completed")


class WatchForky(Watches):
    suite = "forky"


class WatchTrixie(Watches):
    suite = "trixie"


del Watches  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
