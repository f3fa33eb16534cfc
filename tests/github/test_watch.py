#!/usr/bin/python3
"""`layerline runs --watch` beside `gh run watch`: the same runs on the same stand-in for a minute, requests counted, freshness
measured. Ten jobs; of one run a step changes every 2 s, of the other nothing. And what it does when something comes between."""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from standin.script import Job, Step  # noqa: E402
from standin.state import Runner  # noqa: E402
from support import LAYERLINE as LAYERLINE_BIN  # noqa: E402
from support import Case, Home, wait_until  # noqa: E402

WINDOW = 60.0   # seconds
JOBS, EVERY = 10, 2.0
GH, LAYERLINE = "GitHub CLI", "Layerline"


class Watch(Case):
    def setUp(self):
        super().setUp()
        begun = self.clock.now() - 60
        changing = [Job(f"build {number}", [Step("Set up job", 30 + EVERY * number), *(Step(f"Step {step}", EVERY * JOBS) for step in range(30))],
                        queued=1) for number in range(JOBS)]
        still = [Job(f"build {number}", [Step("Set up job", 30), Step("Build", 86400)], queued=1) for number in range(JOBS)]
        self.runs = {"active": self.world.add_repository("octo/active").add_run(jobs=changing, created=begun),
                     "still": self.world.add_repository("octo/still").add_run(jobs=still, created=begun)}
        self.home = Home(self)
        self.watchers = []   # (process, its output)

    def watcher(self, command, environment):
        """Started with its output in a file: nobody reads along, and a full pipe would stop it."""
        output = open(self.home.folder / f"output-{len(self.watchers)}", "w+", encoding="utf-8")
        self.addCleanup(output.close)
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.watchers.append((process, output))

    def gh(self, repository):
        """gh on the stand-in: by its unix socket, believing it speaks with api.github.com."""
        folder = self.home.folder / "gh"
        if not folder.exists():
            folder.mkdir()
            self.front.listen_unix(folder / "socket")
            (folder / "config.yml").write_text(f"http_unix_socket: {folder}/socket\n", encoding="utf-8")
        environment = {"HOME": str(self.home.folder), "PATH": os.environ["PATH"], "GH_CONFIG_DIR": str(folder), "GH_TOKEN": self.github.token,
                       "GH_NO_UPDATE_NOTIFIER": "1"}
        run = self.runs[repository.split("/")[1]]
        self.watcher(["gh", "run", "watch", str(run.id), "-R", repository], environment)

    def layerline(self, repository):
        run = self.runs[repository.split("/")[1]]
        self.watcher([LAYERLINE_BIN, "runs", repository, "--watch", "--json", "--run", str(run.id)], self.home.environment)

    def lag(self, agent, begun, ended):
        """Mean seconds from a step's change to the first question for jobs that came after it."""
        asked = [seen.moment for seen in self.front.seen if agent in seen.agent and "octo/active" in seen.target and "/jobs" in seen.target]
        first = self.runs["active"].created + 31
        changes = [first + EVERY * number for number in range(1000) if begun <= first + EVERY * number <= ended - 15]
        self.assertGreater(len(changes), 15)
        return sum(min(moment for moment in asked if moment >= change) - change for change in changes) / len(changes)

    def test_requests_at_equal_freshness(self):
        for name in self.runs:
            self.gh(f"octo/{name}")
            self.layerline(f"octo/{name}")
        for agent in (GH, LAYERLINE):
            for name in self.runs:
                wait_until(lambda agent=agent, name=name: self.front.count(agent, 200, f"octo/{name}/actions/runs"), what=f"{agent}'s start")
        begun = self.clock.now()
        with self.assertRaises(subprocess.TimeoutExpired):  # what is measured is what they do in this time
            self.watchers[0][0].wait(timeout=WINDOW)
        ended = self.clock.now()
        self.assertEqual([process.poll() for process, _ in self.watchers], [None] * 4, "all of them are still watching")
        for process, _ in self.watchers:
            process.kill()
            process.wait()
        total = {agent: self.front.count(agent, fragment="octo/active") for agent in (GH, LAYERLINE)}
        counted = {agent: self.front.count(agent, fragment="octo/still") - self.front.count(agent, 304, "octo/still") for agent in (GH, LAYERLINE)}
        lags = {agent: self.lag(agent, begun, ended) for agent in (GH, LAYERLINE)}
        print(f"\n  a step change every {EVERY:g} s for {WINDOW:g} s: requests gh {total[GH]}, Layerline {total[LAYERLINE]}"
              f" ({total[LAYERLINE] / total[GH]:.3f}x); seen after gh {lags[GH]:.1f} s, Layerline {lags[LAYERLINE]:.1f} s (mean)"
              f"\n  nothing changing: counted requests gh {counted[GH]}, Layerline {counted[LAYERLINE]} ({counted[LAYERLINE] / counted[GH]:.3f}x)",
              file=sys.stderr)
        self.assertLessEqual(total[LAYERLINE], 0.25 * total[GH])
        self.assertLessEqual(counted[LAYERLINE], 0.05 * counted[GH])
        self.assertLessEqual(lags[LAYERLINE], lags[GH] + 0.5)
        shown = self.watchers[1][1]
        shown.seek(0)
        lines = [json.loads(line) for line in shown.read().splitlines()]
        self.assertGreater(len(lines), 0.5 * WINDOW / lags[GH], "each look at the changing run is printed")
        self.assertClean(LAYERLINE)


class TheWay(Case):
    """What a watcher does when the run ends, the network goes and comes back, the token is withdrawn."""

    def watch(self, run):
        home = Home(self)
        self.output, self.errors = (open(home.folder / name, "w+", encoding="utf-8") for name in ("output", "errors"))
        self.addCleanup(self.output.close)
        self.addCleanup(self.errors.close)
        process = subprocess.Popen([LAYERLINE_BIN, "runs", "octo/shop", "--watch", "--json", "--run", str(run.id)], env=home.environment,
                                   stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.errors)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def said(self, file):
        return Path(file.name).read_text(encoding="utf-8").splitlines()

    def run_of(self, *steps):
        return self.world.add_repository("octo/shop").add_run(jobs=[Job("build", list(steps), queued=0)])

    def test_it_ends_with_the_run(self):
        for conclusion, status in (("success", 0), ("failure", 1)):
            with self.subTest(conclusion):
                self.github.clear()
                process = self.watch(self.run_of(Step("Set up job", 1), Step("Build", 2, conclusion)))
                self.assertEqual(process.wait(timeout=60), status)
                lines = [json.loads(line) for line in self.said(self.output)]
                self.assertEqual((lines[-1]["run"]["state"], lines[-1]["run"]["conclusion"]), ("completed", conclusion))
                self.assertEqual(self.said(self.errors), [])

    def test_who_could_take_a_job_that_waits(self):
        """What the run is shown with changes when the runners are known, and they are asked for once a minute at most."""
        shop = self.world.add_repository("octo/shop")
        shop.runners.append(Runner("shed", ("self-hosted", "arm"), busy=True))
        self.watch(shop.add_run(jobs=[Job("waits", labels=("self-hosted", "arm"), queued=None)], created=self.clock.now() - 60))
        def causes():
            return [job["queue"]["cause"] for line in self.said(self.output) for job in json.loads(line)["run"]["jobs"]]
        wait_until(lambda: len(causes()) >= 2, 60, what="a second look at it")
        self.assertEqual(causes(), ["normal", "all-busy"])
        self.assertEqual(self.front.count(fragment="/actions/runners"), 1)
        self.assertClean()

    def test_offline_and_back(self):
        process = self.watch(self.run_of(Step("Build", 86400)))
        wait_until(lambda: self.front.count(status=200, fragment="/jobs"), what="a look at the jobs")
        self.front.go_offline()
        try:
            wait_until(lambda: self.said(self.errors), what="a word about it")
        finally:
            self.front.come_back()
        before = self.front.count()
        wait_until(lambda: self.front.count() >= before + 2, 60, what="its return")
        self.assertIsNone(process.poll())
        self.assertEqual(len(self.said(self.errors)), 1, "said once")

    def test_a_withdrawn_token_is_said_and_ends_it(self):
        process = self.watch(self.run_of(Step("Build", 86400)))
        wait_until(lambda: self.front.count(status=200, fragment="/jobs"), what="a look at the jobs")
        self.world.accounts.clear()
        self.assertEqual(process.wait(timeout=60), 2)
        self.assertEqual(len(self.said(self.errors)), 1)
        self.assertIn("401", self.said(self.errors)[0])

    def test_a_limit_in_the_middle_is_waited_out(self):
        process = self.watch(self.run_of(Step("Build", 86400)))
        wait_until(lambda: self.front.count(status=200, fragment="/jobs"), what="a look at the jobs")
        self.front.faults.append(faults.Fault("", faults.secondary_limit(4), 1))
        wait_until(lambda: self.front.count(status=429), what="the limit")
        refused = [seen.moment for seen in self.front.seen if seen.status == 429][0]
        later = wait_until(lambda: [seen.moment for seen in self.front.seen if seen.moment > refused], 60, what="the next request")
        self.assertGreaterEqual(later[0] - refused, 4.0)
        self.assertIsNone(process.poll())


if __name__ == "__main__":
    unittest.main()
