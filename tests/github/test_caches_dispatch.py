#!/usr/bin/python3
"""layerline caches and layerline dispatch against the stand-in: what they show, what --dry-run announces, what really happens."""
import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from standin.script import Job, Step  # noqa: E402
from support import CommandCase  # noqa: E402

MAIN, OTHER = "0a1b2c3d", "99887766"   # the first eight of sha256 of a ref, in a key
WORKFLOW = b"""\
name: images
on:
  workflow_dispatch:
    inputs:
      platform: {type: choice, options: [linux/amd64, linux/arm64], required: true}
      note: {type: string}
jobs: {build: {runs-on: ubuntu-24.04, steps: [{run: make}]}}
"""


SHARED = b"""\
on: push
jobs:
  build:
    strategy: {matrix: {platform: [linux/amd64, linux/arm64]}}
    uses: ./.github/workflows/image.yml
    with: {platform: "${{ matrix.platform }}"}
  own: {runs-on: ubuntu-24.04, steps: [{uses: docker/build-push-action@v6, with: {cache-to: "type=gha,scope=own"}}]}
"""
CALLED = b"""\
on: {workflow_call: {inputs: {platform: {type: string}}}}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - {uses: docker/setup-qemu-action@v3}
      - {uses: docker/build-push-action@v6, with: {platforms: "${{ inputs.platform }}", cache-to: "type=gha,mode=max,scope=all"}}
"""


class Caches(CommandCase):
    def setUp(self):
        super().setUp()
        now = int(self.clock.now())
        for scope, revision, size in (("amd64", 1, 10), ("amd64", 2, 20), ("linux/arm64-v8", 7, 30)):
            self.shop.add_cache(f"index-{scope}-1-{MAIN}#{revision}", size, created=now - 1000 + revision, used=now - 100 + revision)
        self.shop.add_cache(f"index-amd64-1-{OTHER}#1", 5, "refs/pull/7/merge")
        self.shop.add_cache("buildkit-blob-1-sha256:" + "ab" * 32, 4000)
        self.shop.add_cache("node-modules-linux", 600)

    def test_scopes(self):
        out = self.json("caches", "octo/shop")
        scopes = {scope["scope"]: scope for scope in out["scopes"]}
        self.assertEqual(set(scopes), {"amd64", "linux/arm64-v8"})
        refs = {ref["ref"]: ref for ref in scopes["amd64"]["refs"]}
        self.assertEqual(refs["refs/heads/main"]["revision"], 2)
        self.assertEqual(refs["refs/heads/main"]["live"], self.shop.caches[1].id)
        self.assertEqual(refs["refs/heads/main"]["stale"], [self.shop.caches[0].id])
        self.assertEqual((out["bytes"], out["blobs"], out["others"]),
                         (4665, {"count": 1, "bytes": 4000}, {"count": 1, "bytes": 600}))
        self.assertEqual({entry["id"] for entry in out["entries"]}, {cache.id for cache in self.shop.caches})
        self.assertNotIn("bytes", json.dumps(out["scopes"]), "nobody knows the bytes of a scope")
        self.assertClean()

    def test_quota(self):
        self.shop.cache_limit_gb = 25
        out = self.json("caches", "octo/shop")
        self.assertEqual((out["quota_bytes"], out["quota_by"], out["over_quota"]), (25 * 10**9, "repository", False))
        self.assertIn("of 25000.0 MB used", self.command("caches", "octo/shop"))
        self.assertClean()
        # It is told only to who administers the repository.
        self.front.faults.append(faults.Fault("storage-limit", faults.answers(403, "Resource not accessible by personal access token")))
        out = self.json("caches", "octo/shop")
        self.assertEqual((out["quota_bytes"], out["quota_by"]), (10 * 10**9, "default"))
        self.assertIn("GitHub's default", self.command("caches", "octo/shop"))

    def test_a_hundred_pages(self):
        self.world.page_cap = 1
        for number in range(94):
            self.shop.add_cache(f"other-{number}")
        self.assertEqual(len(self.json("caches", "octo/shop")["entries"]), 100)
        self.assertEqual(self.front.count(fragment="actions/caches?"), 100)

    def test_delete(self):
        cache = self.shop.caches[0]
        announced = self.command("caches", "octo/shop", "--delete", str(cache.id), "--dry-run")
        self.assertEqual((self.writes(), len(self.shop.caches)), ([], 6))
        self.assertIn(f"DELETE {self.github.base}/repos/octo/shop/actions/caches/{cache.id}", announced)
        self.assertEqual(self.json("caches", "octo/shop", "--delete", cache.key)["deleted"], 1)
        self.assertNotIn(cache, self.shop.caches)
        self.assertEqual(self.writes(), [f"DELETE /repos/octo/shop/actions/caches/{cache.id}"], "exactly what was announced")
        self.assertClean()

    def test_nothing_to_delete(self):
        self.refused("caches", "octo/shop", "--delete", "no-such-key")
        self.assertEqual(self.writes(), [])

    def test_a_token_that_may_only_read(self):
        self.world.add_account("reader", permissions={"actions": "read"})
        self.home.environment["GH_TOKEN"] = "reader"
        error = self.refused("caches", "octo/shop", "--delete", str(self.shop.caches[0].id))
        self.assertIn("403", error)
        self.assertIn("actions=write", error)
        self.assertEqual(len(self.shop.caches), 6)


class Collisions(CommandCase):
    """Two architectures on one scope: by the workflow files, and by how often the scope was written."""
    def setUp(self):
        super().setUp()
        now = int(self.clock.now())
        for scope in ("all", "own"):
            for revision, at in ((1, 0), (2, 240), (3, 9000), (4, 9200)):
                self.shop.add_cache(f"index-{scope}-1-{MAIN}#{revision}", 10, created=now - 20000 + at)

    def commit(self, name, content):
        self.shop.git.commit_file("main", ".github/workflows/" + name, content, name)

    def test_the_workflows_tell(self):
        self.commit("ci.yml", SHARED)
        self.commit("image.yml", CALLED)
        out = self.json("caches", "octo/shop")
        self.assertEqual((out["workflows"]["complete"], out["workflows"]["problems"]), (True, []))
        self.assertIn(".github/workflows/ci.yml", out["workflows"]["read"])
        self.assertEqual(len(out["collisions"]), 1, "a scope with one writer is none")
        found = out["collisions"][0]
        self.assertEqual((found["scope"], found["proven"], found["refs"]), ("all", True, ["refs/heads/main"]))
        self.assertEqual([(writer["workflow"], writer["job"], writer["platforms"]) for writer in found["writers"]],
                         [(".github/workflows/ci.yml", f"build ({platform}) / image", [platform]) for platform in ("linux/amd64", "linux/arm64")])
        self.assertEqual(found["rewrites"], [{"ref": "refs/heads/main", "revisions": [1, 2], "within_ms": 240000},
                                             {"ref": "refs/heads/main", "revisions": [3, 4], "within_ms": 200000}])
        for scope in out["scopes"]:
            self.assertNotIn("bytes", scope, "nobody knows the size of a scope")
        self.assertIn("all is written by several architectures", self.command("caches", "octo/shop"))
        self.assertClean()

    def test_entries_alone_only_hint(self):
        self.commit("ci.yml", b"on: push\njobs: 7\n")
        out = self.json("caches", "octo/shop")
        self.assertFalse(out["workflows"]["complete"])
        self.assertEqual(len(out["workflows"]["problems"]), 1)
        self.assertEqual([(each["scope"], each["proven"], each["writers"]) for each in out["collisions"]], [("all", False, []), ("own", False, [])])

    def test_without_the_permission_to_read_files(self):
        self.commit("ci.yml", SHARED)
        self.front.faults.append(faults.Fault("/contents/", faults.answers(403, "Resource not accessible by personal access token")))
        out = self.json("caches", "octo/shop")
        self.assertEqual((out["workflows"]["read"], out["workflows"]["complete"]), ([], False))
        self.assertEqual(len(out["scopes"]), 2, "the caches are shown all the same")


class Dispatch(CommandCase):
    def setUp(self):
        super().setUp()
        self.shop.git.commit_file("main", ".github/workflows/images.yml", WORKFLOW, "Images")
        self.shop.jobs_of[".github/workflows/images.yml"] = lambda inputs: [Job(f"build ({inputs['platform']})", [Step("Build", 600)], queued=0)]

    def dispatch(self, *more):
        return ("dispatch", "octo/shop", "images.yml", *more)

    def test_a_run_begins_and_is_shown(self):
        run = self.json(*self.dispatch("-f", "platform=linux/arm64", "-f", "note=a=b, \"c\""))["run"]
        mine = self.shop.runs[-1]
        self.assertEqual((run["id"], run["event"], run["branch"], run["commit"]),
                         (mine.id, "workflow_dispatch", "main", self.shop.git.resolve("main")))
        self.assertEqual(mine.inputs, {"platform": "linux/arm64", "note": 'a=b, "c"'})
        self.assertEqual(len(self.shop.runs), 1)
        self.assertClean()

    def test_another_branch(self):
        self.shop.git.commit_file("trial", "a.txt", b"a", "A", self.shop.git.resolve("main"))
        self.assertEqual(self.json(*self.dispatch("--ref", "trial", "-f", "platform=linux/amd64"))["run"]["branch"], "trial")

    def test_dry_run_says_exactly_what_would_be_sent(self):
        announced = self.command(*self.dispatch("-f", "platform=linux/arm64", "--dry-run")).splitlines()
        self.assertEqual((self.writes(), self.shop.runs), ([], []))
        self.assertEqual(announced[0], f"POST {self.github.base}/repos/octo/shop/actions/workflows/images.yml/dispatches")
        self.assertEqual(json.loads(announced[1])["inputs"], {"platform": "linux/arm64"})
        # With a branch nothing at all is asked.
        self.front.reset()
        self.assertEqual(self.command(*self.dispatch("--ref", "main", "-f", "platform=linux/arm64", "--dry-run")).splitlines(), announced)
        self.assertEqual(self.front.count(), 0)

    def test_refusals(self):
        for more, word in ((("-f", "platform=linux/s390x"), "not in the list"), ((), "platform"),
                           (("-f", "platform=linux/amd64", "-f", "x=1"), "x"), (("--ref", "gone", "-f", "platform=linux/amd64"), "gone")):
            with self.subTest(more):
                error = self.refused(*self.dispatch(*more))
                self.assertIn("422", error)
                self.assertIn(word, error)
        self.refused("dispatch", "octo/shop", "none.yml")
        self.refused(*self.dispatch("-f", "platform"))
        self.assertEqual(self.shop.runs, [])

    def test_refused_by_permission_and_by_conflict(self):
        for status, message in ((403, "Resource not accessible by personal access token"), (409, "Conflict"), (500, "Server Error")):
            with self.subTest(status):
                self.front.reset()
                self.front.faults.append(faults.Fault("POST", faults.answers(status, message)))
                self.assertIn(str(status), self.refused(*self.dispatch("-f", "platform=linux/amd64")))
                self.assertEqual(len(self.writes()), 1, "a write is not repeated")
        self.assertEqual(self.shop.runs, [])


if __name__ == "__main__":
    unittest.main()
