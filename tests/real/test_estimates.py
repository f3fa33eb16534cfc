#!/usr/bin/python3
"""When a build ends, said while it runs, on both engines: by watch and show of live builds, and by backtest over the same ones afterwards.

The steps mostly sleep, so that a busy machine adds little to what they take, and what is asserted holds on any: that there is
an estimate at all from the second build on, what it is made of, that it is no clock running backwards, and that it is not
further off than GENEROUS times. How good it was is printed.
"""
import json
import subprocess

import lab
from lab import BOTH, Lab, RealTest, layerline_binary

ROUNDS = 3
GENEROUS = 6         # times, and SLACK seconds: ten seconds of sleep can't become a minute by chance
SLACK = 10
PROJECT = """FROM BASE AS setup
COPY round /round
RUN --network=none sleep 2; seq 1 20000 | sha256sum
FROM setup AS deps
RUN --network=none sleep 4; seq 1 20000 | sha256sum
FROM setup AS assets
RUN --network=none sleep 2; seq 1 20000 | sha256sum
FROM setup
COPY --from=deps /etc/passwd /deps
COPY --from=assets /etc/passwd /assets
RUN --network=none sleep 4; seq 1 20000 | sha256sum
"""


class Estimated(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node("estimated", cls.suite)
        cls.context = cls.lab.context("estimated", PROJECT)

    def build_once(self, watch, number):
        """One build, the shape of the others and none of it in the cache; its ref, and what `show` told in its middle."""
        since = len(watch.lines)
        shown = None
        (self.context / "round").write_text(str(number), encoding="utf-8")
        with self.node.new_records() as refs:
            client = self.node.start("build", "--progress", "plain", "--platform", BOTH, "--provenance=false", self.context)
            if number > 0:
                said = watch.wait_for(lambda e: e["event"] == "estimate", f"an estimate of build {number}", 120, since)[1]
                shown = self.node.shown(said["build"])
            self.node.finish(client)
        self.assertEqual(len(refs), 1)
        return refs[0], shown

    def check_event(self, said, past):
        self.assertEqual((said["basis"], said["builds"]), ("history", past))
        self.assertLessEqual({p["platform"] for p in said["platforms"]}, set(BOTH.split(",")))
        for each in (said, *said["platforms"]):
            self.assertLessEqual(0, each["low_ms"])
            self.assertLessEqual(each["low_ms"], each["remaining_ms"])
            self.assertLessEqual(each["remaining_ms"], each["high_ms"])

    def check_generously(self, said, left):
        """`left`: ms that it really took from the moment it was said."""
        self.assertLess(left, GENEROUS * said["high_ms"] + 1000 * SLACK)
        self.assertLess(said["low_ms"], GENEROUS * left + 1000 * SLACK)

    def test_live_and_backtest(self):
        watch = self.node.watch()
        self.addCleanup(watch.stop)
        watch.wait_for(lambda e: e["event"] == "connection" and e.get("state") == "live", "the node live")
        refs = []
        for number in range(ROUNDS):
            with self.subTest(build=number):
                ref, shown = self.build_once(watch, number)
                refs.append(ref)
                ended = watch.wait_for(lambda e, ref=ref: e["event"] == "build-completed" and e["build"] == ref, f"the end of build {number}")[0]
                said = [(arrived, event) for arrived, event in watch.events() if event["event"] == "estimate" and event["build"] == ref]
                self.follow(number, said, ended)
                self.check_shown(number, shown, ref)
        self.check_backtest(refs)

    def follow(self, number, said, ended):
        if number == 0:  # at most from its own other platform: there was nothing before it
            self.assertEqual({(e["basis"], e["builds"]) for _, e in said} - {("sibling", 0)}, set())
            return
        self.assertTrue(said)
        for arrived, event in said:
            left = (ended - arrived) / 1e6
            within = "inside" if event["low_ms"] <= left <= event["high_ms"] else "outside"
            print(f"build {number}: said {event['remaining_ms']} ms ({event['low_ms']} to {event['high_ms']}), it took {left:.0f} ms, {within}", flush=True)
            self.check_event(event, number)
            if arrived <= ended:  # what was under way when it ended may come after it
                self.check_generously(event, left)

    def check_shown(self, number, shown, ref):
        """`show` is a process of its own, that has seen nothing of the builds before."""
        if shown and shown["status"] == "running" and shown["estimate"]:  # else the machine was quicker than the command
            self.assertLessEqual(shown["estimate"]["builds"], number)
            self.assertLessEqual(shown["estimate"]["low_ms"], shown["estimate"]["high_ms"])
            print(f"build {number}: show said {shown['estimate']['remaining_ms']} ms, of {shown['estimate']['builds']} builds", flush=True)
        after = self.node.shown(ref)
        self.assertEqual(after["status"], "completed")
        self.assertIsNone(after["estimate"])

    def check_backtest(self, refs):
        files = []
        for ref in refs:
            files.append(str(self.lab.rig.dir / f"{ref}.dockerbuild"))
            self.node.history("export", "-o", files[-1], ref)
        result = subprocess.run([layerline_binary(), "backtest", "--json", *files], env=self.node.layerline_env(), capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=60, check=True)
        document = json.loads(result.stdout)
        self.assertEqual((document["schema"], document["builds"]), (1, ROUNDS))
        self.assertEqual([p["share"] for p in document["points"]], [0.25, 0.5, 0.75])
        for point in document["points"]:
            print(f"at {point['share']:.0%}: off by {point['median_error_ms']} ms, by the past alone {point['past_alone']['median_error_ms']} ms", flush=True)
            self.assertEqual(point["asked"], ROUNDS)
            self.assertGreaterEqual(point["estimated"], ROUNDS - 1)  # the first has no past
            self.assertLess(point["median_error_share"], GENEROUS)


class EstimatesForky(Estimated):
    suite = "forky"


class EstimatesTrixie(Estimated):
    suite = "trixie"


del Estimated  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
