#!/usr/bin/python3
"""Much at once, on both engines: twenty builds that share their steps, and logs of a hundred megabytes."""
import lab
from kinds import rebuilt, same_steps
from lab import Lab, RealTest, recount

LINES = 1_250_000
LINE = "x" * 79  # and its newline: 80 bytes a line, 100 MB in all


class Loads(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.limited = cls.lab.node("limited", cls.suite)
        cls.unlimited = cls.lab.node("unlimited", cls.suite, log_limits=-1)

    def test_twenty_at_once(self):
        """The first one's step is still running when the others come: they join it."""
        node = self.limited
        context = self.lab.context("twenty", "FROM BASE\nRUN --network=none echo slow; for i in $(seq 1 60); do "
                                   "echo $i; usleep 100000; done\nRUN --network=none echo last\n")
        follow = node.bare_follow("--active-only")
        try:
            with node.new_records() as refs:
                clients = [node.start("build", "--progress", "plain", context)]
                follow.wait_for(lambda e: any("slow" in v["name"] and v["started"] for v in e.get("vertexes", ())),
                                "the shared step's start")
                clients += [node.start("build", "--progress", "plain", context) for _ in range(19)]
                for client in clients:
                    node.finish(client)
        finally:
            follow.stop()
        self.assertEqual(len(refs), 20)
        joined = 0
        for ref in refs:
            count, shown = self.check(node, ref, "completed")
            record = node.reader.records()[ref]
            created = lab.bare_reader.nanos(record.created_at)
            for step in shown["steps"]:
                bare = count.steps[step["digest"]]
                joins = bare.started is not None and bare.started < created and not bare.cached
                self.assertEqual(step["cache"] == "joined", joins, f"{ref} {step['name']}")
                joined += joins
                if joins:
                    length = max(0, bare.completed - created)  # 0: over before this build began, and still held by the other
                    self.assertLessEqual(abs(step["duration_ms"] - length / 1e6), 1, "clamped to the build's start")
        self.assertGreaterEqual(joined, 15, "the scenario must really join steps")
        # One that joined is the same build when it is alone.
        same_steps(self, node, refs[-1], rebuilt(node, refs[-1]))
        node.engine.buildx("prune", "-af")
        same_steps(self, node, refs[-1], rebuilt(node, refs[-1]))

    def big_log(self, node, name):
        ref, = node.build(self.lab.context(name, f"FROM BASE\nRUN --network=none yes {LINE} | head -n {LINES}\n"))
        return ref

    def test_100_megabytes_whole(self):
        ref = self.big_log(self.unlimited, "whole")
        count, shown = self.check(self.unlimited, ref, "completed")
        step, = [s for s in shown["steps"] if "yes" in s["name"]]
        self.assertEqual((step["log_lines"], step["log_bytes"]), (LINES, LINES * 80))
        self.assertEqual(len(count.steps[step["digest"]].log), LINES * 80)
        same_steps(self, self.unlimited, ref, rebuilt(self.unlimited, ref))
        # Built again, and not from the cache: all of it goes through the client's own log, too.
        again = rebuilt(self.unlimited, ref, "--no-cache")
        same_steps(self, self.unlimited, ref, again)
        self.assertTrue(recount(self.unlimited.reader, again).steps[step["digest"]].log == count.steps[step["digest"]].log, "the log once more")
        job = next(j for j in self.unlimited.layerline("jobs")["jobs"] if again in j["lanes"][0]["refs"])
        spool, = self.unlimited.layerline("show", job["lanes"][0]["log"])["builds"]
        self.assertEqual([(s["log_lines"], s["log_bytes"]) for s in spool["steps"] if "yes" in s["name"]], [(LINES, LINES * 80)])

    def test_100_megabytes_clipped(self):
        ref = self.big_log(self.limited, "clipped")
        count, shown = self.check(self.limited, ref, "completed")
        step, = [s for s in shown["steps"] if "yes" in s["name"]]
        self.assertIn(b"[output clipped, log limit", count.steps[step["digest"]].log)
        self.assertLess(step["log_bytes"], 3 << 20)


class LoadForky(Loads):
    suite = "forky"


class LoadTrixie(Loads):
    suite = "trixie"


del Loads  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
