#!/usr/bin/python3
"""A finished multi-arch run of real builds, opened from its records and from its logs alone, against the local builds they were
recorded from."""
import json
import sys
import unittest
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults, recorded  # noqa: E402
from standin.script import Job, Step  # noqa: E402
from support import Case, Home, layerline  # noqa: E402

NAMES = ("amd64", "arm64")
COUNTERS = ("total_steps", "completed_steps", "cached_steps")

WORKFLOW = b"""\
on: push
jobs:
  build:
    strategy: {matrix: {platform: [linux/amd64, linux/arm64]}}
    runs-on: ubuntu-latest
    steps:
      - uses: docker/setup-qemu-action@v3
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ matrix.platform }}", push: true}
  merge: {needs: build, runs-on: ubuntu-latest, steps: [{run: docker buildx imagetools create}]}
"""


class RunBuilds(Case):
    def setUp(self):
        super().setUp()
        self.shop = self.world.add_repository("octo/shop")
        self.home = Home(self)

    def opened(self, run, status=0):
        done = layerline(self.home, "runs", "octo/shop", "--run", str(run.id), "--builds", "--json")
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        self.assertClean()
        return json.loads(done.stdout)

    def local(self, name, status=0):
        path = self.home.folder / f"{name}.dockerbuild"
        path.write_bytes(recorded.record(name))
        done = layerline(self.home, "show", str(path), "--json")
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        return json.loads(done.stdout)["builds"][0]

    def facts(self, *builds):
        return Counter((step["name"], step["state"], step["cache"] != "none") for build in builds for step in build["steps"] if step["state"] != "pending")

    def test_from_records(self):
        out, local = self.opened(recorded.add_run(self.shop)), [self.local(name) for name in NAMES]
        self.assertEqual([each["from"] for each in out["details"]], ["record", "record", "nothing"])
        self.assertEqual(len(out["builds"]), 1, "the jobs' records are one build")
        build = out["builds"][0]
        for key in COUNTERS:
            self.assertEqual(build[key], sum(each[key] for each in local), key)
        self.assertEqual(sorted(platform["platform"] for platform in build["platforms"]), ["linux/amd64", "linux/arm64"])
        self.assertEqual(build["platforms"], [each["platforms"][0] for each in local])
        self.assertEqual(self.facts(build), self.facts(*local))
        edges = [sorted(len(step["inputs"]) for each in builds for step in each["steps"]) for builds in ([build], local)]
        self.assertEqual(*edges)
        jobs = out["runs"][0]["jobs"]
        self.assertEqual([(job["platforms"], job["evidence"]) for job in jobs],
                         [(["linux/amd64"], "build_record"), (["linux/arm64"], "build_record"), ([], "none")])

    def test_from_logs_alone(self):
        run = recorded.add_run(self.shop)
        self.shop.artifacts.clear()
        out, local = self.opened(run), [self.local(name) for name in NAMES]
        self.assertEqual([each["from"] for each in out["details"]], ["log", "log", "nothing"])
        build = out["builds"][0]
        self.assertEqual(self.facts(build), self.facts(*local))
        for key in COUNTERS:
            self.assertEqual(build[key], sum(each[key] for each in local), key)
        self.assertEqual(sorted(platform["platform"] for platform in build["platforms"]), ["linux/amd64", "linux/arm64"])

    def test_two_builds_of_one_job(self):
        run, (amd64, arm64) = recorded.add_joint_run(self.shop), [self.local(name) for name in NAMES]
        out = self.opened(run)
        self.assertEqual([(each["from"], each["missed"]) for each in out["details"]], [("record", [])])
        self.assertEqual(len(out["builds"]), 2)
        for build, local in zip(out["builds"], (amd64, arm64)):
            self.assertEqual(self.facts(build), self.facts(local))
            self.assertEqual([build[key] for key in COUNTERS], [local[key] for key in COUNTERS])
            self.assertEqual(build["platforms"], local["platforms"])
        job = out["runs"][0]["jobs"][0]
        self.assertEqual((job["platforms"], job["evidence"]), (["linux/amd64", "linux/arm64"], "build_record"))

    def test_two_builds_in_one_log(self):
        run = recorded.add_joint_run(self.shop)
        self.shop.artifacts.clear()
        out = self.opened(run)
        self.assertEqual([self.facts(build) for build in out["builds"]], [self.facts(self.local(name)) for name in NAMES])

    def test_an_expired_record_is_not_asked_for(self):
        """The log stands in for it, and that is said."""
        run = recorded.add_run(self.shop)
        for artifact in self.shop.artifacts:
            artifact.days = 0.001
        out = self.opened(run)
        self.assertEqual([each["from"] for each in out["details"]], ["log", "log", "nothing"])
        self.assertEqual(self.front.count(fragment="/zip"), 0)
        self.assertEqual(self.facts(out["builds"][0]), self.facts(*(self.local(name) for name in NAMES)))
        names = [artifact.name for artifact in self.shop.artifacts if artifact.name.endswith(".dockerbuild")]
        silent = recorded.add_run(self.shop, named=False)   # then it may be that of any job that ran at the time and built something
        for artifact in self.shop.artifacts:
            artifact.days = 0.001
        self.assertEqual([[missed["expired"] for missed in each["missed"]] for each in self.opened(silent)["details"]], [[True], [True, True], []])
        self.assertEqual([[(missed["what"], missed["name"], missed["expired"], missed["retryable"]) for missed in each["missed"]] for each in out["details"]],
                         [[("record", names[0], True, False)], [("record", names[1], True, False)], []])

    def test_a_record_that_expires_meanwhile(self):
        run = recorded.add_run(self.shop)
        self.front.faults.append(faults.Fault("/zip", faults.answers(410, "Artifact has expired")))
        out = self.opened(run)
        self.assertEqual([(each["from"], [missed["expired"] for missed in each["missed"]]) for each in out["details"]], [("log", [True]), ("log", [True]), ("nothing", [])])

    def test_what_can_not_be_fetched_is_said(self):
        """Neither the list of artifacts nor a record: the log stands in, with the reason."""
        run = recorded.add_run(self.shop)
        for pattern, what in (("/artifacts.per_page", "artifact_list"), ("/zip", "record")):
            with self.subTest(what):
                self.front.faults[:] = [faults.Fault(pattern, faults.answers(502, "not today"))]
                out = self.opened(run)
                self.assertEqual([each["from"] for each in out["details"]][:2], ["log", "log"])
                for each in out["details"][:2]:
                    missed, = each["missed"]
                    self.assertEqual((missed["what"], missed["retryable"], missed["expired"]), (what, True, False))
                    self.assertIn("502", missed["reason"])
                shown = layerline(self.home, "runs", "octo/shop", "--run", str(run.id), "--builds")
                self.assertEqual((shown.returncode, shown.stderr, shown.stdout.count("could not be had")), (0, "", 3 if what == "artifact_list" else 2), shown.stdout)

    def test_platforms_by_the_workflow_file(self):
        """Without a record the file at the run's commit tells; names and labels come after it."""
        self.shop.git.commit_file("main", ".github/workflows/docker.yml", WORKFLOW, "Images")
        run = recorded.add_run(self.shop)
        self.shop.artifacts.clear()
        jobs = self.opened(run)["runs"][0]["jobs"]
        self.assertEqual([(job["platforms"], job["evidence"]) for job in jobs],
                         [(["linux/amd64"], "workflow_platforms"), (["linux/arm64"], "workflow_platforms"), ([], "none")])

    def test_platforms_by_called_workflows(self):
        """`caller / job` of a file in the same repository and of one in another, each asked for once; no record, no label tells it."""
        called = b"on: {workflow_call: {inputs: {to: {type: string}}}}\njobs: {image: {runs-on: ubuntu-24.04, steps: [{uses: docker/build-push-action@v6, " \
                 b"with: {push: true, platforms: '${{ inputs.to }}'}}]}}\n"
        other = self.world.add_repository("octo/ci")
        other.git.commit_file("main", ".github/workflows/image.yml", called, "Image")
        self.shop.git.commit_file("main", ".github/workflows/image.yml", called, "Image")
        sha = self.shop.git.commit_file("main", ".github/workflows/docker.yml", b"on: push\njobs:\n  here: {uses: ./.github/workflows/image.yml, with: {to: linux/s390x}}\n"
                                        b"  there: {uses: octo/ci/.github/workflows/image.yml@main, with: {to: linux/riscv64}}\n", "Images")
        jobs = [Job(name, [Step("Build", 5)], queued=1) for name in ("here / image", "there / image", "lint")]
        run = self.shop.add_run(jobs=jobs, created=int(self.clock.now()) - 100, sha=sha if isinstance(sha, str) else self.shop.git.resolve("main"))
        done = layerline(self.home, "runs", "octo/shop", "--run", str(run.id), "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual([(job["platforms"], job["evidence"]) for job in json.loads(done.stdout)["runs"][0]["jobs"]],
                         [(["linux/s390x"], "workflow_platforms"), (["linux/riscv64"], "workflow_platforms"), ([], "none")])
        self.assertEqual(self.front.count(fragment="/contents/"), 3)
        self.assertClean()

    def bakes(self, inputs, **files):
        """A run of a workflow that bakes with these inputs, at a commit with these bake files; its one job as the command shows it."""
        for name, text in files.items():
            self.shop.git.commit_file("main", name.replace("__", "/").replace("_", "-", 1) + ".hcl", text, "Bake")
        text = b"on: push\njobs: {images: {runs-on: ubuntu-24.04, steps: [{uses: docker/bake-action@v6, with: {push: true, %s}}]}}\n" % inputs
        self.shop.git.commit_file("main", ".github/workflows/docker.yml", text, "Images")
        run = self.shop.add_run(jobs=[Job("images", [Step("Bake", 5)], queued=1)], created=int(self.clock.now()) - 100, sha=self.shop.git.resolve("main"))
        # What comes later is not what this run built.
        self.shop.git.commit_file("main", "docker-bake.hcl", b'target "default" { platforms = ["linux/386"] }', "Later")
        done = layerline(self.home, "runs", "octo/shop", "--run", str(run.id), "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertClean()
        job = json.loads(done.stdout)["runs"][0]["jobs"][0]
        return job["platforms"], job["evidence"]

    def test_platforms_by_a_bake_file_at_the_runs_commit(self):
        hcl = b'variable "ARCH" { default = "s390x" }\ngroup "default" { targets = ["app"] }\ntarget "app" { platforms = ["linux/${ARCH}"] }\n'
        self.assertEqual(self.bakes(b"source: .", docker_bake=hcl), (["linux/s390x"], "workflow_platforms"))
        # The workflow, the list of files and the one that is there.
        self.assertEqual([self.front.count(fragment=fragment) for fragment in ("/contents/", "/git/trees/")], [2, 1])

    def test_platforms_by_a_named_bake_file_in_a_folder(self):
        self.assertEqual(self.bakes(b"workdir: images, targets: tool", images__docker_bake=b'target "tool" { platforms = ["linux/riscv64"] }'), (["linux/riscv64"], "workflow_platforms"))

    def test_a_bake_file_that_can_not_be_understood_tells_nothing(self):
        self.assertEqual(self.bakes(b"source: .", docker_bake=b'target "default" { platforms = [for p in ["amd64"] : "linux/${p}"] }'), ([], "none"))

    def test_a_bake_file_that_is_not_there(self):
        self.assertEqual(self.bakes(b"files: gone.hcl, targets: app"), ([], "none"))

    def test_a_failed_job(self):
        run = recorded.add_run(self.shop, (("linux/amd64", "amd64"), ("linux/arm64", "arm64-failed")))
        out = self.opened(run, 1)
        self.assertEqual(out["builds"][0]["status"], "failed")
        self.assertEqual(out["builds"][0]["error"]["message"], self.local("arm64-failed", 1)["error"]["message"])


if __name__ == "__main__":
    unittest.main()
