#!/usr/bin/python3
"""layerline runs OWNER/REPO against the stand-in: everything there is, in valid requests, on one connection's worth of them."""
import datetime
import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from standin.script import Job, Step  # noqa: E402
from standin.state import Runner  # noqa: E402
from support import Case, Home, layerline, start  # noqa: E402

BUILDS = ("build (linux/amd64)", "build (linux/arm64)")


def seconds(text):
    """Since 1970, of a time as Layerline prints it; None of null."""
    return None if text is None else datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def expected_step(step):
    whole = [None if moment is None else int(moment) for moment in (step.started, step.completed)]
    return (step.number, step.name, step.status, step.conclusion, *whole)


class Runs(Case):
    def setUp(self):
        super().setUp()
        self.clock.freeze(int(self.clock.now()))
        self.shop = self.world.add_repository("octo/shop")
        self.home = Home(self)

    def runs(self, *options, status=0):
        done = layerline(self.home, "runs", "octo/shop", "--json", *options)
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        out = json.loads(done.stdout)
        self.assertEqual((out["schema"], out["repository"]), (1, "octo/shop"))
        return out

    def three_runs(self):
        now = self.clock.now()
        merge = Job("merge", [Step("Merge", 4)], needs=BUILDS, queued=3)
        good = [Job(BUILDS[0], queued=5), Job(BUILDS[1], labels=("ubuntu-24.04-arm",), queued=70), merge]
        bad = [Job(BUILDS[0], queued=5), Job(BUILDS[1], [Step("Set up job", 1), Step("Build", 9, "failure"), Step("Push", 5),
                                                         Step("Complete job", 1)], queued=8), Job("merge", needs=BUILDS)]
        again = self.shop.add_run(jobs=bad, created=now - 7200, title="Fails, then passes")
        again.rerun(now - 3600)
        again.attempts[1].jobs[1].steps = [Step("Build", 20)]
        done = self.shop.add_run(jobs=good, created=now - 3000, event="pull_request", branch="main")
        active = self.shop.add_run(jobs=[Job(BUILDS[0], queued=5), Job(BUILDS[1], labels=("ubuntu-24.04-arm64",), queued=None)],
                                   created=now - 9)
        return [active, done, again]

    def test_why_a_job_waits_and_what_runs_cost(self):
        self.three_runs()
        active, done, _ = self.runs()["runs"]
        waiting, = (job for job in active["jobs"] if job["labels"] == ["ubuntu-24.04-arm64"])
        self.assertEqual({name: waiting["queue"][name] for name in ("cause", "label", "nearest", "certain")},
                         {"cause": "unknown-label", "label": "ubuntu-24.04-arm64", "nearest": "ubuntu-24.04-arm", "certain": True})
        self.assertEqual([job["queue"] for job in done["jobs"]], [None] * len(done["jobs"]))
        cost = done["cost"]
        self.assertEqual((cost["minutes"], cost["unpriced_jobs"], cost["currency"]), (3, 0, "USD"))
        self.assertAlmostEqual(cost["amount"], 2 * 0.006 + 0.005)
        self.assertEqual(cost["platforms"], {"linux/amd64": 0.006, "linux/arm64": 0.005})
        self.assertIn("there is no runner ubuntu-24.04-arm64; ubuntu-24.04-arm exists", layerline(self.home, "runs", "octo/shop").stdout)

    def test_prices_of_ones_own(self):
        """The table is a file that can be edited: its prices and its date are those that count."""
        self.three_runs()
        table = json.loads((Path(__file__).resolve().parents[2] / "resources/data/runners.json").read_text(encoding="utf-8"))
        table["date"] = "2027-03"
        for label in table["labels"]:
            if label["label"] == "ubuntu-24.04-arm":
                label["price"] = 2.5
        folder = self.home.folder / "config" / "layerline"
        folder.mkdir()
        (folder / "runners.json").write_text(json.dumps(table), encoding="utf-8")
        cost = self.runs()["runs"][1]["cost"]
        self.assertEqual((cost["prices_of"], cost["minutes"]), ("2027-03", 3))
        self.assertAlmostEqual(cost["amount"], 2 * 0.006 + 2.5)
        (folder / "runners.json").write_text("{", encoding="utf-8")
        done = layerline(self.home, "runs", "octo/shop")
        self.assertIn("runners.json", done.stderr)

    def waiting(self, labels):
        """What is told of a job that waits for such a runner, and the sentence of it for people."""
        run = self.shop.add_run(jobs=[Job("waits", labels=labels, queued=None)], created=self.clock.now() - 60)
        queue = self.runs("--run", str(run.id))["runs"][0]["jobs"][0]["queue"]
        shown = [line for line in layerline(self.home, "runs", "octo/shop", "--run", str(run.id)).stdout.splitlines() if "!" in line]
        return {name: queue[name] for name in ("cause", "runners", "runners_known", "certain")}, "".join(shown)

    def test_who_could_take_a_job_that_waits(self):
        """Asked of the repository and its organisation, once a call, and of nobody while no job waits."""
        self.shop.organisation = "team"
        own = ("self-hosted", "arm")
        queue, said = self.waiting(own)
        self.assertEqual(queue, {"cause": "no-matching-runner", "runners": [], "runners_known": True, "certain": True})
        self.assertIn("no runner of this repository has the labels self-hosted, arm", said)
        self.assertEqual([self.front.count(fragment=path) for path in ("shop/actions/runners", "orgs/octo/actions/runners")], [2, 2], "once a call")
        self.world.organisation_runners.append(Runner("box", own, status="offline"))
        queue, said = self.waiting(own)
        self.assertEqual((queue["cause"], queue["runners"]), ("all-offline", ["box"]))
        self.assertIn("offline: box", said)
        self.shop.runners.append(Runner("shed", own, busy=True))
        queue, said = self.waiting(own)
        self.assertEqual((queue["cause"], queue["runners"]), ("all-busy", ["shed"]))
        self.assertIn("busy: shed", said)
        self.assertClean()

    def test_runners_that_nobody_tells(self):
        """What is known is told meanwhile: the runs do not wait for the server to give up."""
        slow = faults.Slow()
        self.front.faults.append(faults.Fault("/actions/runners", slow))
        run = self.shop.add_run(jobs=[Job("waits", labels=("self-hosted", "arm"), queued=None)], created=self.clock.now() - 60)
        running = start(self.home, "runs", "octo/shop", "--run", str(run.id), "--json")
        try:
            self.assertTrue(slow.begun.wait(30))
            out, _ = running.communicate(timeout=27)   # an answer that stands still is given up after 30
        finally:
            slow.release.set()
            running.kill()
        self.assertFalse(json.loads(out)["runs"][0]["jobs"][0]["queue"]["runners_known"])

    def test_the_plan_that_holds_a_job_back(self):
        self.shop.organisation = "free"
        self.shop.add_run(jobs=[Job(f"build {number}", [Step("Build", 86400)], queued=1) for number in range(20)], created=self.clock.now() - 600)
        run = self.shop.add_run(jobs=[Job("waits", queued=None)], created=self.clock.now() - 60)
        waits = next(job for each in self.runs()["runs"] if each["id"] == run.id for job in each["jobs"])
        queue = waits["queue"]
        self.assertEqual([queue[name] for name in ("cause", "plan", "running", "limit", "certain")], ["plan-limit", "free", 20, 20, True])
        self.assertIn("20 jobs run; the plan (free) allows 20 at once", layerline(self.home, "runs", "octo/shop").stdout)
        self.assertClean()

    def test_who_may_not_ask_is_told_so(self):
        self.world.add_account("reader", permissions={"actions": "read", "contents": "read", "metadata": "read"})
        self.home.environment["GH_TOKEN"] = "reader"
        queue, said = self.waiting(("self-hosted", "arm"))
        self.assertEqual((queue["cause"], queue["runners_known"], said), ("normal", False, ""))
        self.assertClean()

    def test_nobody_is_asked_for_runners_while_no_job_waits(self):
        self.shop.add_run(jobs=[Job("build")], created=self.clock.now() - 3600)
        self.runs()
        self.assertEqual(self.front.count(fragment="/actions/runners"), 0)

    def assertJob(self, run, state, shown):
        job = state.job
        self.assertEqual((shown["id"], shown["name"], shown["state"], shown["conclusion"]),
                         (job.id, job.name, state.status, state.conclusion))
        self.assertEqual(shown["labels"], list(job.labels))
        self.assertEqual(shown["url"], f"{self.github.base}/octo/shop/actions/runs/{run.id}/job/{job.id}")
        if state.conclusion == "skipped":
            return
        self.assertEqual(seconds(shown["created"]), int(state.created))
        if state.started is not None:
            self.assertEqual(seconds(shown["started"]), int(state.started))
            self.assertEqual(shown["queued_ms"], 1000 * (int(state.started) - int(state.created)))
            self.assertEqual(shown["runner"], f"GitHub Actions {job.id % 1000}")
        else:
            self.assertIsNone(shown["started"], "waiting is not running, though GitHub sends a start")
            self.assertIsNone(shown["runner"])
        if state.completed is not None:
            self.assertEqual(shown["duration_ms"], 1000 * (int(state.completed) - int(state.started)))
        self.assertEqual([(step["number"], step["name"], step["state"], step["conclusion"], seconds(step["started"]),
                           seconds(step["completed"])) for step in shown["steps"]], [expected_step(step) for step in state.steps])

    def test_all_runs_jobs_and_steps(self):
        wanted, now = self.three_runs(), self.clock.now()
        out = self.runs()
        self.assertEqual([run["id"] for run in out["runs"]], [run.id for run in wanted])
        for run, shown in zip(wanted, out["runs"]):
            status, conclusion, started, updated = run.state(now)
            self.assertEqual(
                [shown[key] for key in ("attempt", "number", "workflow", "path", "title", "event", "branch", "commit", "actor", "state")],
                [len(run.attempts), run.number, run.name, run.workflow, run.title, run.event, run.branch, run.sha, run.actor, status])
            self.assertEqual(shown["conclusion"], conclusion)
            self.assertEqual([seconds(shown[key]) for key in ("created", "started", "updated")],
                             [int(run.created), int(started), int(updated)])
            self.assertEqual(shown["url"], f"{self.github.base}/octo/shop/actions/runs/{run.id}")
            states = run.job_states(now)
            self.assertEqual(len(shown["jobs"]), len(states))
            for state, job in zip(states, shown["jobs"]):
                self.assertJob(run, state, job)
        self.assertEqual([run["conclusion"] for run in out["runs"]], [None, "success", "success"])
        self.assertEqual(out["requests"]["total"], self.front.count())
        self.assertEqual(out["requests"]["remaining"], 5000 - self.world.accounts[self.github.token].used)

    def test_platforms_are_recognised(self):
        self.three_runs()
        jobs = self.runs()["runs"][1]["jobs"]
        self.assertEqual([(job["platforms"], job["merges"]) for job in jobs], [(["linux/amd64"], False), (["linux/arm64"], False), ([], True)])

    def test_nothing_asked_is_outside_githubs_description(self):
        self.three_runs()
        self.runs()
        self.assertClean()
        self.assertEqual([seen.target for seen in self.front.seen if not (seen.versioned and seen.authorized and seen.agent)], [])
        self.assertEqual({seen.status for seen in self.front.seen}, {200})
        self.assertEqual(self.front.most_at_once, 1, "one request at a time")

    def test_one_run(self):
        run = self.three_runs()[1]
        out = self.runs("--run", str(run.id))
        self.assertEqual([shown["id"] for shown in out["runs"]], [run.id])
        asked = [seen.target.partition("?")[0] for seen in self.front.seen]
        self.assertEqual(len(asked), 3, "the run, its jobs and the workflow file that names their platforms: %s" % asked)
        self.assertIn("/contents/", asked[2])

    def test_a_failed_run_is_a_problem(self):
        run = self.shop.add_run(jobs=[Job("build", [Step("Build", 1, "failure")])], created=self.clock.now() - 60)
        self.assertEqual(self.runs("--run", str(run.id), status=1)["runs"][0]["conclusion"], "failure")

    def test_more_jobs_than_fit_on_a_page(self):
        run = self.shop.add_run(jobs=[Job(f"build {number}", [Step("Build", 1)]) for number in range(230)], created=self.clock.now() - 600)
        jobs = self.runs("--run", str(run.id))["runs"][0]["jobs"]
        self.assertEqual([job["id"] for job in jobs], [job.id for job in run.jobs])
        self.assertClean()

    def test_a_hundred_pages(self):
        """The server cuts as it likes: Link says where it goes on."""
        self.world.page_cap = 1
        for number in range(100):
            self.shop.add_run(jobs=[Job("build", [Step("Build", 1)])], created=self.clock.now() - 600 - number)
        out = self.runs("--limit", "1000")
        self.assertEqual([run["id"] for run in out["runs"]], [run.id for run in self.shop.runs])
        self.assertEqual([len(run["jobs"]) for run in out["runs"]], [1] * 100)
        self.assertEqual(self.front.count(fragment="actions/runs?"), 100)
        self.assertClean()

    def test_a_repository_without_runs(self):
        self.assertEqual(self.runs()["runs"], [])

    def test_for_people(self):
        self.three_runs()
        done = layerline(self.home, "runs", "octo/shop")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for word in (*BUILDS, "merge", "Fails, then passes", "images"):
            self.assertIn(word, done.stdout)

    def test_a_url_and_enterprises_address(self):
        self.three_runs()
        self.home.environment["GITHUB_API_URL"] = self.github.base + "/api/v3/"
        out = layerline(self.home, "runs", "https://github.com/octo/shop.git", "--json")
        self.assertEqual((out.returncode, len(json.loads(out.stdout)["runs"])), (0, 3), out.stderr)
        self.assertClean()


class StrangeAnswers(Case):
    """What GitHub may add, leave out or set to null breaks nothing."""

    def setUp(self):
        super().setUp()
        self.clock.freeze(int(self.clock.now()))
        self.shop = self.world.add_repository("octo/shop")
        self.run_ = self.shop.add_run(jobs=[Job("build")], created=self.clock.now() - 600)
        self.home = Home(self)

    def with_change(self, change, pattern=""):
        self.front.faults.append(faults.Fault(pattern, faults.changed(change)))
        done = layerline(self.home, "runs", "octo/shop", "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)["runs"][0]

    def each(self, value, change):
        """Applies `change` to each run and each job of an answer."""
        for key in ("workflow_runs", "jobs"):
            for item in value.get(key, []):
                change(item)

    def test_unknown_words(self):
        def change(item):
            item.update(status="hibernating", conclusion="shrugged", event="telepathy")
            for step in item.get("steps", []):
                step.update(status="levitating", conclusion="perhaps")
        run = self.with_change(lambda value: self.each(value, change))
        self.assertEqual((run["state"], run["jobs"][0]["state"], run["jobs"][0]["steps"][0]["state"]), ("unknown",) * 3)

    def test_null_and_missing_fields(self):
        keep = {"id", "workflow_runs", "jobs", "steps"}

        def strip(how):
            def change(item):
                for key in list(item):
                    if key not in keep:
                        how(item, key)
                for step in item.get("steps") or []:
                    for key in list(step):
                        how(step, key)
            return change
        for how in (lambda item, key: item.update({key: None}), lambda item, key: item.pop(key)):
            run = self.with_change(lambda value, how=how: self.each(value, strip(how)))
            self.assertEqual((run["id"], run["jobs"][0]["id"], len(run["jobs"][0]["steps"])), (self.run_.id, self.run_.jobs[0].id, 3))

    def test_steps_may_be_null(self):
        run = self.with_change(lambda value: self.each(value, lambda item: item.update(steps=None)))
        self.assertEqual(run["jobs"][0]["steps"], [])

    def test_fields_it_does_not_know(self):
        run = self.with_change(lambda value: self.each(value, lambda item: item.update(quantum={"entangled": [1, None, {}]})))
        self.assertEqual(run["conclusion"], "success")


if __name__ == "__main__":
    unittest.main()
