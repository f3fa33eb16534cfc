#!/usr/bin/python3
"""layerline runs --rerun, --rerun-failed, --rerun-job, --cancel, --force-cancel: announced, done when GitHub shows it; and --attempt."""
import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from standin.script import Job, Step  # noqa: E402
from support import CommandCase, layerline  # noqa: E402

AMD64, ARM64 = "build (linux/amd64)", "build (linux/arm64)"


class RunActions(CommandCase):
    def setUp(self):
        super().setUp()
        now = self.clock.now()
        merge = Job("merge", [Step("Merge", 3)], needs=(AMD64, ARM64))
        self.failed = self.shop.add_run(jobs=[Job(AMD64), Job(ARM64, [Step("Build", 9, "failure")]), merge], created=now - 3600)
        self.active = self.shop.add_run(jobs=[Job(AMD64, [Step("Build", 3600)]), Job(ARM64, queued=None)], created=now - 60)

    def act(self, run, *options):
        return "runs", "octo/shop", "--run", str(run.id), *options

    def announced_and_done(self, run, *options):
        """The run as it is told after the action, of which --dry-run announced exactly the one call that was sent."""
        call = self.command(*self.act(run, *options), "--dry-run").splitlines()
        told = self.json(*self.act(run, *options), "--dry-run")
        self.assertEqual(self.writes(), [])
        self.assertEqual([f"{each['method']} {each['url']}" for each in told["calls"]], call)
        done = self.json(*self.act(run, *options))
        self.assertEqual([line.replace(self.github.base, "") for line in call], self.writes())
        self.assertEqual((done["action"], done["run"]["id"]), (options[0].removeprefix("--"), run.id))
        self.assertEqual(done["requests"]["total"], 4 if "--rerun-job" in options else 3)
        self.assertClean()
        return done["run"]

    def test_rerun(self):
        self.assertEqual(self.announced_and_done(self.failed, "--rerun")["attempt"], 2)
        self.assertEqual([job.name for job in self.failed.latest().jobs], [AMD64, ARM64, "merge"])

    def test_rerun_failed(self):
        self.assertEqual(self.announced_and_done(self.failed, "--rerun-failed")["attempt"], 2)
        self.assertEqual([job.name for job in self.failed.latest().jobs], [ARM64, "merge"])

    def test_rerun_of_a_job_by_id_or_name(self):
        self.assertEqual(self.announced_and_done(self.failed, "--rerun-job", str(self.failed.jobs[1].id))["attempt"], 2)
        self.assertEqual([job.name for job in self.failed.latest().jobs], [ARM64, "merge"], "with the one that needs it")
        self.clock.advance(3600)
        self.front.reset()
        self.assertEqual(self.announced_and_done(self.failed, "--rerun-job", AMD64)["attempt"], 3)

    def test_a_job_of_another_run_is_not_started(self):
        error = self.refused(*self.act(self.failed, "--rerun-job", str(self.active.jobs[0].id)))
        self.assertIn(f"{AMD64} ({self.failed.jobs[0].id})", error, "says which jobs there are")
        self.assertEqual(self.writes(), [])

    def test_cancel_and_force(self):
        for option in ("--cancel", "--force-cancel"):
            run = self.shop.add_run(jobs=[Job(AMD64, [Step("Build", 3600)])], created=self.clock.now() - 60)
            self.front.reset()
            done = self.announced_and_done(run, option)
            self.assertEqual((done["state"], done["conclusion"]), ("completed", "cancelled"))

    def test_for_people(self):
        self.assertIn(f"Run {self.active.id}, attempt 1: cancelled\n{self.github.base}/octo/shop/actions/runs/{self.active.id}",
                      self.command(*self.act(self.active, "--cancel")))

    def test_done_is_what_github_shows(self):
        """The first look after the call still shows the old attempt."""
        one = rf"GET .*/actions/runs/{self.failed.id}$"
        self.front.faults += [faults.Fault(one, lambda handler: handler.reply(handler.real()), 1),
                              faults.Fault(one, faults.changed(lambda run: run.update(run_attempt=1)), 1)]
        self.assertEqual(self.json(*self.act(self.failed, "--rerun"))["run"]["attempt"], 2)
        self.assertEqual([seen.method for seen in self.front.seen], ["GET", "POST", "GET", "GET"])

    def test_refusals(self):
        self.assertIn("409", self.refused(*self.act(self.failed, "--cancel")))
        self.assertIn("still in progress", self.refused(*self.act(self.active, "--rerun")))
        self.assertIn("404", self.refused("runs", "octo/shop", "--run", "1", "--rerun"))
        self.world.add_account("reader", permissions={"actions": "read"})
        self.home.environment["GH_TOKEN"] = "reader"
        self.assertIn("actions=write", self.refused(*self.act(self.failed, "--rerun-failed")))
        self.assertEqual([len(run.attempts) for run in self.shop.runs], [1, 1])

    def test_wishes_that_contradict(self):
        for arguments in (self.act(self.failed, "--rerun", "--cancel"), self.act(self.failed, "--rerun", "--rerun-job", "1"),
                          ("runs", "octo/shop", "--rerun"), self.act(self.failed, "--dry-run"), self.act(self.failed, "--watch", "--cancel"),
                          self.act(self.failed, "--rerun", "--attempt", "1"), ("runs", "octo/shop", "--attempt", "1"),
                          self.act(self.failed, "--attempt", "0"), self.act(self.failed, "--attempt", "1", "--watch")):
            with self.subTest(arguments):
                self.refused(*arguments)
        self.assertEqual(self.front.count(), 0, "nothing was asked")


class Attempts(CommandCase):
    def test_an_earlier_attempt(self):
        now = self.clock.now()
        run = self.shop.add_run(jobs=[Job(AMD64), Job(ARM64, [Step("Build", 9, "failure")])], created=now - 7200)
        run.rerun(now - 3600, {ARM64})
        run.latest().jobs[0].steps = [Step("Build", 20)]
        latest, = self.json("runs", "octo/shop", "--run", str(run.id))["runs"]
        self.assertEqual((latest["attempt"], latest["conclusion"]), (2, "success"))
        done = layerline(self.home, "runs", "octo/shop", "--run", str(run.id), "--attempt", "1", "--json")
        self.assertEqual((done.returncode, done.stderr), (1, ""), "that one failed")
        first, = json.loads(done.stdout)["runs"]
        self.assertEqual((first["id"], first["attempt"], first["conclusion"]), (run.id, 1, "failure"))
        self.assertEqual([(job["id"], job["name"], job["conclusion"], job["platforms"]) for job in first["jobs"]],
                         [(run.jobs[0].id, AMD64, "success", ["linux/amd64"]), (run.jobs[1].id, ARM64, "failure", ["linux/arm64"])])
        self.assertIn("404", self.refused("runs", "octo/shop", "--run", str(run.id), "--attempt", "3"))
        self.assertClean()


if __name__ == "__main__":
    unittest.main()
