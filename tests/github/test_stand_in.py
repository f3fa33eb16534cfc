#!/usr/bin/python3
"""The stand-in itself: its answers are valid by GitHub's description, bad requests are refused, and the rules every client has
to live with (ETags, pages, budgets, permissions, redirects, the life of a run) hold."""
import http.client
import json
import socket
import ssl
import sys
import threading
import unittest
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlencode

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from standin.describe import escape_slashes  # noqa: E402
from standin.script import Job, Step  # noqa: E402
from support import Case, wait_until  # noqa: E402

REPO = "/repos/octo/shop"
DISPATCHABLE = b"""\
name: images
on:
  workflow_dispatch:
    inputs:
      platform: {type: choice, options: [linux/amd64, linux/arm64], required: true}
      push: {type: boolean, default: false}
jobs: {build: {runs-on: ubuntu-24.04, steps: [{run: make}]}}
"""


class StandInCase(Case):
    def setUp(self):
        super().setUp()
        self.clock.freeze()
        self.shop = self.world.add_repository("octo/shop")

    def two_platforms(self, **more):
        """A run of two build jobs (one of them 10 s behind) and one that merges what they made."""
        return self.shop.add_run(jobs=[
            Job("build (linux/amd64)", [Step("Set up job", 1), Step("Build", 4)], queued=2),
            Job("build (linux/arm64)", [Step("Set up job", 1), Step("Build", 14)], ("ubuntu-24.04-arm",), queued=2),
            Job("merge", [Step("Merge", 3)], needs=("build (linux/amd64)", "build (linux/arm64)"), queued=1)], **more)

    def run_now(self, run):
        return self.ask("GET", f"{REPO}/actions/runs/{run.id}").json

    def jobs_now(self, run, query=""):
        return self.ask("GET", f"{REPO}/actions/runs/{run.id}/jobs{query}").json["jobs"]


class Description(StandInCase):
    def test_every_answer_is_one_githubs_description_allows(self):
        run = self.two_platforms()
        job = run.jobs[0].id
        self.clock.advance(60)
        self.shop.organisation = "team"
        artifact = self.shop.add_artifact(run, "octo~shop~ABC123.dockerbuild", b"\x1f\x8b")
        self.shop.add_cache("index-arm64-1-0a1b2c3d#3")
        for target, status in {
            "/user": 200, "/rate_limit": 200, REPO: 200, "/repos/octo/none": 404,
            "/orgs/octo": 200, "/orgs/octo/actions/runners?per_page=100": 200, "/orgs/nobody": 404,
            f"{REPO}/actions/runs?per_page=100&branch=main&event=push": 200, f"{REPO}/actions/runs?status=in_progress": 200,
            f"{REPO}/actions/runs/{run.id}": 200, f"{REPO}/actions/runs/1": 404, f"{REPO}/actions/runs/{run.id}/attempts/1": 200,
            f"{REPO}/actions/runs/{run.id}/jobs?filter=latest&per_page=100": 200, f"{REPO}/actions/runs/{run.id}/attempts/1/jobs": 200,
            f"{REPO}/actions/jobs/{job}": 200, f"{REPO}/actions/jobs/{job}/logs": 302, f"{REPO}/actions/runs/{run.id}/logs": 302,
            f"{REPO}/actions/runs/{run.id}/attempts/1/logs": 302, f"{REPO}/actions/runs/{run.id}/timing": 200,
            f"{REPO}/actions/runs/{run.id}/artifacts": 200, f"{REPO}/actions/artifacts": 200,
            f"{REPO}/actions/artifacts/{artifact.id}": 200, f"{REPO}/actions/artifacts/{artifact.id}/zip": 302,
            f"{REPO}/actions/caches?key=index-": 200, f"{REPO}/actions/cache/usage": 200, f"{REPO}/actions/cache/storage-limit": 200,
            f"{REPO}/actions/runners": 200, f"{REPO}/actions/workflows": 200, f"{REPO}/actions/workflows/docker.yml": 200,
            f"{REPO}/actions/workflows/docker.yml/runs": 200, f"{REPO}/check-runs/{job}/annotations": 200,
        }.items():
            with self.subTest(target):
                self.assertEqual(self.ask("GET", target).status, status)
        self.assertClean()

    def test_bad_requests_are_refused_and_noted(self):
        for method, target, body in (("GET", f"{REPO}/actions/runs/latest", None), ("GET", f"{REPO}/actions/runs?page=x", None),
                                     ("POST", f"{REPO}/actions/workflows/docker.yml/dispatches", {"inputs": {}}),
                                     ("PUT", f"{REPO}/contents/a.txt", {"content": "eA=="}), ("GET", "/repos/octo/shop/nothing", None)):
            with self.subTest(target):
                before = len(self.front.violations())
                self.assertIn(self.ask(method, target, body).status, (404, 422))
                self.assertEqual(len(self.front.violations()), before + 1)

    def test_an_answer_that_is_not_githubs_is_noted(self):
        self.two_platforms().number = "forty-two"
        self.assertEqual(self.ask("GET", f"{REPO}/actions/runs").status, 500)
        self.assertIn("run_number", self.front.violations()[0])

    def test_slashes_of_parameters_reach_the_proxy_escaped(self):
        self.assertEqual(escape_slashes(f"{REPO}/contents/.github/workflows/a%20b.yml?ref=x/y"),
                         f"{REPO}/contents/.github%2Fworkflows%2Fa%20b.yml?ref=x/y")
        self.assertEqual(escape_slashes(f"{REPO}/git/ref/heads%2Fmain"), f"{REPO}/git/ref/heads%2Fmain")
        self.assertEqual(escape_slashes(f"{REPO}/actions/runs/5/jobs"), f"{REPO}/actions/runs/5/jobs")


class Rules(StandInCase):
    def test_unchanged_is_304_and_free(self):
        run = self.two_platforms()
        first = self.ask("GET", f"{REPO}/actions/runs/{run.id}")
        again = self.ask("GET", f"{REPO}/actions/runs/{run.id}", If_None_Match=first.headers["etag"])
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(again.headers["x-ratelimit-used"], first.headers["x-ratelimit-used"])
        self.clock.advance(2)
        self.assertEqual(self.ask("GET", f"{REPO}/actions/runs/{run.id}", If_None_Match=first.headers["etag"]).status, 200)
        self.assertEqual((self.front.count(), self.front.counted()), (3, 2))
        self.assertClean()

    def test_an_etag_belongs_to_its_token(self):
        self.world.add_account("other")
        tag = self.ask("GET", REPO).headers["etag"]
        self.assertEqual(self.ask("GET", REPO, token="other", If_None_Match=tag).status, 200)

    def test_pages_are_linked(self):
        for number in range(7):
            self.shop.add_run(created=self.clock.now() - number)
        seen, target = [], f"{REPO}/actions/runs?per_page=3"
        while target:
            page = self.ask("GET", target)
            self.assertEqual(page.json["total_count"], 7)
            seen += [run["id"] for run in page.json["workflow_runs"]]
            links = dict(reversed(part.split("; ")) for part in page.headers["link"].split(", "))
            target = links.get('rel="next"', "").strip("<>").removeprefix(self.github.base)
        self.assertEqual(seen, [run.id for run in self.shop.runs])

    def test_tokens_and_permissions(self):
        self.world.add_account("reader", permissions={"actions": "read", "contents": "write"})
        run = self.two_platforms()
        self.assertEqual(self.ask("GET", REPO, token="").status, 401)
        self.assertEqual(self.ask("GET", REPO, token="wrong").json["message"], "Bad credentials")
        self.assertEqual(self.ask("GET", f"{REPO}/actions/runs", token="reader").status, 200)
        refused = self.ask("POST", f"{REPO}/actions/runs/{run.id}/cancel", token="reader")
        self.assertEqual((refused.status, refused.headers["x-accepted-github-permissions"]), (403, "actions=write"))
        refused = self.ask("PUT", f"{REPO}/contents/.github/workflows/a.yml", {"message": "m", "content": "eA=="}, token="reader")
        self.assertEqual((refused.status, refused.headers["x-accepted-github-permissions"]), (403, "contents=write,workflows=write"))
        self.assertClean()

    def test_a_client_without_a_name_is_refused(self):
        self.assertEqual(self.ask("GET", REPO, User_Agent="").status, 403)

    def test_the_hours_budget_ends_and_comes_back(self):
        self.world.accounts[self.github.token].limit = 2
        self.assertEqual([self.ask("GET", REPO).status for _ in range(3)], [200, 200, 403])
        refused = self.ask("GET", REPO)
        self.assertEqual(refused.headers["x-ratelimit-remaining"], "0")
        self.clock.advance(int(refused.headers["x-ratelimit-reset"]) - self.clock.now() + 1)
        self.assertEqual(self.ask("GET", REPO).status, 200)

    def test_the_secondary_limit_counts_points_a_minute(self):
        self.github.fake.points = [(self.clock.now(), 900)]
        refused = self.ask("GET", REPO)
        self.assertEqual((refused.status, refused.headers["retry-after"]), (403, "60"))
        self.clock.advance(61)
        self.assertEqual(self.ask("GET", REPO).status, 200)

    def test_logs_and_artifacts_lie_on_another_host_for_a_minute(self):
        run = self.two_platforms()
        self.clock.advance(60)
        target = self.ask("GET", f"{REPO}/actions/jobs/{run.jobs[0].id}/logs").headers["location"]
        self.assertTrue(target.startswith(self.github.blobs.base))
        with urllib.request.urlopen(target) as answer:
            self.assertTrue(answer.read().startswith(b"\xef\xbb\xbf20"), "a BOM, then a time")
        request = urllib.request.Request(target, headers={"Authorization": "Bearer x"})
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        refused.exception.close()
        self.assertEqual((refused.exception.code, self.github.blobs.tokens), (400, ["Bearer x"]))
        self.clock.advance(61)
        with self.assertRaises(urllib.error.HTTPError) as late:
            urllib.request.urlopen(target)
        late.exception.close()
        self.assertEqual(late.exception.code, 403)

    def test_an_expired_artifact_is_gone(self):
        run = self.two_platforms()
        artifact = self.shop.add_artifact(run, "x", b"x", days=1)
        self.clock.advance(86401)
        self.assertTrue(self.ask("GET", f"{REPO}/actions/artifacts/{artifact.id}").json["expired"])
        self.assertEqual(self.ask("GET", f"{REPO}/actions/artifacts/{artifact.id}/zip").status, 410)
        self.assertClean()

    def test_caches_are_listed_and_deleted(self):
        for scope in ("amd64", "arm64"):
            self.shop.add_cache(f"index-{scope}-1-0a1b2c3d#1", 700)
        self.assertEqual(self.ask("GET", f"{REPO}/actions/cache/usage").json["active_caches_size_in_bytes"], 1400)
        self.assertEqual(self.ask("DELETE", f"{REPO}/actions/caches/{self.shop.caches[0].id}").status, 204)
        query = urlencode({"key": "index-arm64-1-0a1b2c3d#1"})
        self.assertEqual(self.ask("DELETE", f"{REPO}/actions/caches?{query}").json["total_count"], 1)
        self.assertEqual(self.ask("DELETE", f"{REPO}/actions/caches?{query}").status, 404)
        self.assertClean()

    def test_device_flow(self):
        def post(target, **form):
            connection = http.client.HTTPConnection("127.0.0.1", self.front.port)
            connection.request("POST", target, urlencode(form), {"Accept": "application/json", "User-Agent": "t",
                                                                 "Content-Type": "application/x-www-form-urlencoded"})
            with connection.getresponse() as answer:
                value = json.loads(answer.read())
            connection.close()
            return value
        code = post("/login/device/code", client_id="Iv1.x", scope="repo")
        poll = {"client_id": "Iv1.x", "device_code": code["device_code"], "grant_type": "urn:ietf:params:oauth:grant-type:device_code"}
        self.assertEqual(post("/login/oauth/access_token", **poll)["error"], "authorization_pending")
        self.assertEqual(post("/login/oauth/access_token", **poll), {"error": "slow_down", "interval": 10})
        self.world.devices[code["device_code"]]["token"] = "gho_new"
        self.clock.advance(10)
        self.assertEqual(post("/login/oauth/access_token", **poll)["access_token"], "gho_new")
        self.clock.advance(900)
        self.assertEqual(post("/login/oauth/access_token", **poll)["error"], "expired_token")


class PullRequests(StandInCase):
    """The refusals of pull requests, with the statuses of the description."""

    def test_refusals(self):
        pulls, wish = f"{REPO}/pulls", {"title": "Back to QEMU", "head": "back", "base": "main"}
        self.assertEqual(self.ask("POST", pulls, wish).json["errors"][0]["field"], "head")
        main = self.shop.git.resolve("main")
        self.assertEqual(self.ask("POST", f"{REPO}/git/refs", {"ref": "refs/heads/back", "sha": main}).status, 201)
        self.assertIn("No commits between", self.ask("POST", pulls, wish).json["errors"][0]["message"])
        self.shop.git.commit_file("back", "a.txt", b"a", "A file")
        self.assertEqual(self.ask("POST", pulls, wish).status, 201)
        self.assertIn("already exists", self.ask("POST", pulls, wish).json["errors"][0]["message"])
        self.assertEqual(self.ask("PUT", f"{pulls}/1/merge", {"sha": main}).status, 409)
        self.assertEqual(self.ask("PUT", f"{pulls}/1/merge", {}).status, 200)
        self.assertEqual(self.ask("PUT", f"{pulls}/1/merge", {}).status, 405)
        self.assertEqual([self.ask("DELETE", f"{REPO}/git/refs/heads/back").status for _ in range(2)], [204, 422])
        self.assertClean()

    def test_a_conflict_is_not_merged(self):
        self.shop.git.commit_file("back", "a.txt", b"theirs", "Theirs", self.shop.git.resolve("main"))
        self.shop.git.commit_file("main", "a.txt", b"ours", "Ours")
        self.assertEqual(self.ask("POST", f"{REPO}/pulls", {"title": "x", "head": "back", "base": "main"}).status, 201)
        self.assertEqual(self.ask("PUT", f"{REPO}/pulls/1/merge", {}).status, 405)


class LifeOfARun(StandInCase):
    def test_jobs_go_their_way(self):
        run = self.two_platforms()
        self.assertEqual((self.run_now(run)["status"], [job["status"] for job in self.jobs_now(run)]), ("queued", ["queued", "queued"]))
        self.assertEqual(self.jobs_now(run)[0]["runner_id"], None)
        self.clock.advance(4)
        job = self.jobs_now(run)[0]
        self.assertEqual((self.run_now(run)["status"], job["status"]), ("in_progress", "in_progress"))
        self.assertEqual([step["status"] for step in job["steps"]], ["completed", "in_progress"])
        self.assertEqual(self.ask("GET", f"{REPO}/actions/jobs/{job['id']}/logs").status, 404, "there is no live log")
        self.clock.advance(4)
        self.assertEqual(self.ask("GET", f"{REPO}/actions/jobs/{job['id']}/logs").status, 302, "its own end is enough")
        self.assertEqual(self.ask("GET", f"{REPO}/actions/runs/{run.id}/logs").status, 404)
        self.clock.advance(10)
        self.assertEqual([job["name"] for job in self.jobs_now(run)], ["build (linux/amd64)", "build (linux/arm64)", "merge"])
        self.clock.advance(4)
        done = self.run_now(run)
        self.assertEqual((done["status"], done["conclusion"]), ("completed", "success"))
        self.assertEqual(self.ask("POST", f"{REPO}/actions/runs/{run.id}/cancel").status, 409)
        self.assertClean()

    def test_cancel_and_run_again(self):
        run = self.two_platforms()
        self.clock.advance(8)
        self.assertEqual(self.ask("POST", f"{REPO}/actions/runs/{run.id}/rerun").status, 403)
        self.assertEqual(self.ask("POST", f"{REPO}/actions/runs/{run.id}/cancel").status, 202)
        self.assertEqual((self.run_now(run)["conclusion"], [job["conclusion"] for job in self.jobs_now(run)]),
                         ("cancelled", ["success", "cancelled", "skipped"]))
        self.assertEqual(self.ask("POST", f"{REPO}/actions/runs/{run.id}/rerun-failed-jobs").status, 201)
        self.clock.advance(1)
        again = self.run_now(run)
        self.assertEqual((again["status"], again["run_attempt"], again["head_sha"]), ("queued", 2, run.sha))
        self.assertEqual([(job["conclusion"], job["run_attempt"]) for job in self.jobs_now(run)], [("success", 1), (None, 2), ("skipped", 1)])
        self.clock.advance(60)
        self.assertEqual(self.run_now(run)["conclusion"], "success")
        self.assertEqual(len(self.jobs_now(run, "?filter=all")), 5)
        self.assertClean()

    def test_a_job_no_runner_takes_waits_for_ever(self):
        run = self.shop.add_run(jobs=[Job("build", labels=("ubuntu-24.04-arm64",), queued=None)])
        self.clock.advance(86400)
        self.assertEqual((self.run_now(run)["status"], self.jobs_now(run)[0]["status"]), ("queued", "queued"))

    def test_dispatch(self):
        path = ".github/workflows/images.yml"
        target = f"{REPO}/actions/workflows/images.yml/dispatches"
        self.assertEqual(self.ask("POST", target, {"ref": "main"}).status, 404)
        self.shop.git.commit_file("main", path, DISPATCHABLE, "Images")
        for body, message in (({"ref": "main", "inputs": {"platform": "linux/riscv64"}}, "not in the list"),
                              ({"ref": "main"}, "'platform' not provided"), ({"ref": "gone"}, "No ref found"),
                              ({"ref": "main", "inputs": {"platform": "linux/arm64", "x": "1"}}, "Unexpected inputs")):
            refused = self.ask("POST", target, body)
            self.assertEqual(refused.status, 422)
            self.assertIn(message, refused.json["message"])
        good = {"ref": "main", "inputs": {"platform": "linux/arm64"}}
        self.assertEqual(self.ask("POST", target, good).status, 204)
        details = self.ask("POST", target, {**good, "return_run_details": True})
        run = self.ask("GET", f"{REPO}/actions/runs/{details.json['workflow_run_id']}").json
        self.assertEqual((run["event"], run["path"], run["head_branch"], run["name"]), ("workflow_dispatch", path, "main", "images"))
        self.shop.git.commit_file("main", path, DISPATCHABLE.replace(b"workflow_dispatch", b"workflow_call"), "No dispatch")
        self.assertIn("workflow_dispatch", self.ask("POST", target, good).json["message"])
        self.assertClean()


class Broken(StandInCase):
    """Each fault is on the wire what it says."""

    def fault(self, act, pattern="", times=1):
        self.front.faults.append(faults.Fault(pattern, act, times))

    def test_statuses_limits_and_their_number(self):
        self.fault(faults.answers(502, body=b"<html>Unicorn!</html>"))
        self.fault(faults.secondary_limit(30))
        self.fault(faults.primary_limit(self.world, 40))
        answers = [self.ask("GET", REPO) for _ in range(4)]
        self.assertEqual([answer.status for answer in answers], [502, 429, 403, 200])
        self.assertEqual(answers[1].headers["retry-after"], "30")
        self.assertEqual((answers[2].headers["x-ratelimit-remaining"], int(answers[2].headers["x-ratelimit-reset"])),
                         ("0", int(self.clock.now() + 41)))

    def test_a_pattern_picks_requests(self):
        self.fault(faults.answers(404), "GET .*/jobs", None)
        run = self.two_platforms()
        self.assertEqual((self.ask("GET", f"{REPO}/actions/runs/{run.id}/jobs").status, self.ask("GET", REPO).status), (404, 200))

    def test_truncated_and_cut(self):
        self.fault(faults.truncated)
        with self.assertRaises((http.client.IncompleteRead, ConnectionError)):
            self.ask("GET", REPO)
        self.fault(faults.cut)
        with self.assertRaises((http.client.RemoteDisconnected, ConnectionError)):
            self.ask("GET", REPO)

    def test_slow(self):
        slow, got = faults.Slow(), []
        self.fault(slow)
        asking = threading.Thread(target=lambda: got.append(self.ask("GET", REPO)))
        asking.start()
        self.assertTrue(slow.begun.wait(30))
        self.assertEqual(got, [])
        slow.release.set()
        asking.join(30)
        self.assertEqual(got[0].status, 200)

    def test_changed_answers_go_round_the_description(self):
        run = self.two_platforms()

        def change(value):
            value.update(status="hibernating", head_branch=None)
            del value["path"]
        self.fault(faults.changed(change))
        strange = self.run_now(run)
        self.assertEqual((strange["status"], strange["head_branch"], "path" in strange), ("hibernating", None, False))
        self.assertClean()

    def test_offline_and_back(self):
        self.assertEqual(self.ask("GET", REPO).status, 200)
        self.front.go_offline()
        with self.assertRaises(ConnectionRefusedError):
            self.ask("GET", REPO)
        self.front.come_back()
        self.assertEqual(self.ask("GET", REPO).status, 200)

    def test_offline_breaks_open_connections(self):
        with socket.create_connection(("127.0.0.1", self.front.port)) as idle:
            wait_until(lambda: self.front.server.open, what="the connection's arrival")
            self.front.go_offline()
            self.assertEqual(idle.recv(1), b"")
            self.front.come_back()

    def test_a_certificate_nobody_trusts(self):
        port = self.front.listen_tls(self.github.folder)
        with socket.create_connection(("127.0.0.1", port)) as plain, self.assertRaises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(plain, server_hostname="127.0.0.1")

    def test_a_wrong_clock(self):
        self.front.skew = -7200
        date = parsedate_to_datetime(self.ask("GET", REPO).headers["date"]).timestamp()
        self.assertEqual(int(date), int(self.clock.now()) - 7200)


if __name__ == "__main__":
    unittest.main()
