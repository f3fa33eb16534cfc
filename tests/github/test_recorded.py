#!/usr/bin/python3
"""Real builds as jobs of a run: what the stand-in serves is what the build printed and recorded, and Layerline reads from the
job's log alone the steps, times and cache states that the record of the very same build has."""
import gzip
import json
import sys
import unittest
import urllib.request
from collections import Counter
from datetime import datetime
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import recorded  # noqa: E402
from support import Case, Home, layerline  # noqa: E402

REPO = "/repos/octo/shop"
FAILING = (("linux/amd64", "amd64"), ("linux/arm64", "arm64-failed"))
# ms. BuildKit prints a step's duration to 0.1 s: it is the record's, rounded.
ROUNDED = 51
# ms. Nor does a log hold when a step began and ended. One that printed something says how long it had run by then, to 1 ms, in a line
# that is stamped when it is printed.
PRINTED = 100
# ms. Of the others (cached ones, and those without output) there is only the moment at which the printer came to say so: it collects what
# happens for about 0.15 s, after the engine has collected it for about 0.1 s. Up to 0.25 s are lost in these builds, 0.05 s more by rounding;
# which part of them passed before a step's beginning nothing in the log tells.
PRINTED_LATE = 300


def moment(text):
    """Milliseconds since the epoch."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    return int(datetime.fromisoformat(whole + "+00:00").timestamp()) * 1000 + int(fraction.ljust(3, "0")[:3])


class Recorded(Case):
    def setUp(self):
        super().setUp()
        self.shop = self.world.add_repository("octo/shop")
        self.home = Home(self)

    def download(self, target):
        with urllib.request.urlopen(self.ask("GET", target).headers["location"]) as answer:
            return answer.read()

    def save(self, name, content):
        path = self.home.folder / name
        path.write_bytes(content)
        return path

    def show(self, path, status=0):
        done = layerline(self.home, "show", str(path), "--json")
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        return json.loads(done.stdout)["builds"][0]

    def test_what_is_served(self):
        run = recorded.add_run(self.shop)
        jobs = self.ask("GET", f"{REPO}/actions/runs/{run.id}/jobs").json["jobs"]
        self.assertEqual([(job["name"], job["conclusion"]) for job in jobs],
                         [("build (linux/amd64)", "success"), ("build (linux/arm64)", "success"), ("merge", "success")])
        for job, name in zip(jobs, ("amd64", "arm64")):
            log = self.download(f"{REPO}/actions/jobs/{job['id']}/logs")
            self.assertTrue(log.startswith(b"\xef\xbb\xbf20"), "a BOM and a time")
            self.assertIn(("\n".join(recorded.lines(name)) + "\n").encode(), log)
            times = [line.split(b" ")[0] for line in log[3:].splitlines()]
            self.assertEqual(times, sorted(times))
        artifacts = self.ask("GET", f"{REPO}/actions/runs/{run.id}/artifacts").json["artifacts"]
        records = [artifact for artifact in artifacts if artifact["name"].endswith(".dockerbuild")]
        self.assertEqual(len(records), 2)
        for artifact, name in zip(records, ("amd64", "arm64")):
            content = self.download(f"{REPO}/actions/artifacts/{artifact['id']}/zip")
            self.assertEqual(content, recorded.record(name), "a record comes as it is: gzip, no zip around it")
            gzip.decompress(content)
        self.assertClean()

    def compare(self, name, log, status=0):
        of_log, of_record = self.show(log, status), self.show(self.save(f"{name}.dockerbuild", recorded.record(name)), status)

        # A log says nothing of steps that were never begun: a failed build's record has some.
        of_record["steps"] = [step for step in of_record["steps"] if step["state"] != "pending"]

        def facts(build):
            return Counter((step["name"], step["state"], step["cache"] != "none") for step in build["steps"])
        self.assertEqual(facts(of_log), facts(of_record))
        self.assertEqual(of_log["total_steps"], len(of_record["steps"]))
        self.assertEqual([of_log[key] for key in ("completed_steps", "cached_steps", "status")],
                         [of_record[key] for key in ("completed_steps", "cached_steps", "status")])
        for measure in ("duration", "start", "end"):
            self.compare_times(measure, of_log, of_record)
        return of_log, of_record

    def compare_times(self, measure, of_log, of_record):
        times = {}
        for build in (of_log, of_record):
            for step in build["steps"]:
                intervals = step["intervals"]
                times.setdefault((step["name"], step["state"], step["log_lines"] > 0), []).append(
                    step["duration_ms"] if measure == "duration" else
                    moment(intervals[0]["started"] if measure == "start" else intervals[-1]["completed"]))
        for (step, state, printed), found in times.items():
            self.assertEqual(len(found) % 2, 0, step)
            tolerance = ROUNDED if measure == "duration" else PRINTED if printed else PRINTED_LATE
            if state not in ("completed", "cached") and measure != "start":
                tolerance = 500   # BuildKit prints no time for a step that failed or was cancelled: the last line it wrote has to do
            half = len(found) // 2
            for mine, theirs in zip(sorted(found[:half]), sorted(found[half:])):
                self.assertLessEqual(abs(mine - theirs), tolerance, f"{measure} of {step}: {mine} ms from the log, {theirs} ms in the record")

    def test_the_log_alone_tells_the_same(self):
        run = recorded.add_run(self.shop)
        for job, name in zip(run.jobs, ("amd64", "arm64")):
            with self.subTest(name):
                log = self.save(f"{name}.txt", self.download(f"{REPO}/actions/jobs/{job.id}/logs"))
                self.compare(name, log)

    def test_a_failed_job(self):
        run = recorded.add_run(self.shop, FAILING)
        log = self.save("failed.txt", self.download(f"{REPO}/actions/jobs/{run.jobs[1].id}/logs"))
        of_log, of_record = self.compare("arm64-failed", log, 1)

        def blamed(build):
            return [step["name"] for step in build["steps"] if step["digest"] == build["error"]["step"]]
        self.assertEqual(blamed(of_log), blamed(of_record))
        self.assertEqual(len(blamed(of_log)), 1)


if __name__ == "__main__":
    unittest.main()
