#!/usr/bin/python3
"""The git half of the fake against another fake of GitHub, npm's `emulate`, written by people who never saw ours: the same
requests in the same order must give the same statuses and the same git facts (shas of blobs, histories, refs, merges).

Not compared, because `emulate` 0.11.2 does there what GitHub's description excludes: it opens pull requests of branches that do
not exist, have nothing to merge or have one already, answers a merge that can't be with 422 instead of 405 and 409, and the
removal of a missing ref with 404 instead of 422."""
import base64
import http.client
import json
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin.stand_in import dies_with_parent, free_port  # noqa: E402
from support import Case  # noqa: E402

REPO = "/repos/octocat/shop"
QEMU = b"on: push\njobs: {build: {runs-on: ubuntu-24.04, steps: [{uses: docker/setup-qemu-action@v3}]}}\n"
NATIVE = b"on: push\njobs: {build: {runs-on: ubuntu-24.04-arm, steps: [{run: make}]}}\n"
PATH = ".github/workflows/docker.yml"


def file_of(body):
    return [body["path"], body["sha"], base64.b64decode(body["content"])]


def written(body):
    return [body["content"]["path"], body["content"]["sha"], body["commit"]["message"], len(body["commit"]["parents"])]


def pull_of(body):
    return [body["number"], body["state"], body["title"], body["merged"], body["head"]["ref"], body["base"]["ref"], body["draft"]]


class AgainstEmulate(Case):
    def setUp(self):
        super().setUp()
        self.world.add_repository("octocat/shop")
        port = free_port()
        other = subprocess.Popen(["node", str(Path(__file__).with_name("emulate.mjs")), str(port), self.github.token],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=dies_with_parent)
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        self.addCleanup(other.stdin.close)
        self.addCleanup(other.stdout.close)
        self.assertTrue(other.stdout.readline().startswith("http"))
        self.ports = {"ours": self.front.port, "emulate": port}

    def one(self, side, method, target, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[side], timeout=30)
        connection.request(method, target, None if body is None else json.dumps(body), {
            "Authorization": "Bearer " + self.github.token, "User-Agent": "test", "Accept": "application/vnd.github+json",
            "Content-Type": "application/json"})
        with connection.getresponse() as answer:
            content = answer.read()
        connection.close()
        return answer.status, json.loads(content) if content else None

    def both(self, status, method, target, body=None, look=None):
        """Asks both; the status must be this one and `look` at the answers give the same. `body` may be a function of the side."""
        with self.subTest(f"{method} {target} {status}"):
            answers = {side: self.one(side, method, target, body(side) if callable(body) else body) for side in self.ports}
            self.assertEqual({side: answer[0] for side, answer in answers.items()}, dict.fromkeys(self.ports, status), answers)
            if look:
                self.assertEqual(look(answers["ours"][1]), look(answers["emulate"][1]))
            return {side: answer[1] for side, answer in answers.items()}

    def put(self, status, content, message, look=written, **more):
        body = {"message": message, "content": base64.b64encode(content).decode(), **more}
        return self.both(status, "PUT", f"{REPO}/contents/{PATH}", body, look if status < 300 else None)

    def test_the_rollback_of_a_workflow(self):
        """History, old content, branch, commit, pull request, merge, way back; with each refusal on the way."""
        first = self.put(201, QEMU, "Build with QEMU")["ours"]["content"]["sha"]
        self.put(422, NATIVE, "no sha")
        self.put(409, NATIVE, "stale sha", sha="0" * 40)
        second = self.put(200, NATIVE, "Build on native runners", sha=first)["ours"]["content"]["sha"]
        self.both(200, "GET", f"{REPO}/contents/{PATH}", look=file_of)
        self.both(200, "GET", f"{REPO}/contents/{PATH}?ref=main", look=file_of)
        self.both(404, "GET", f"{REPO}/contents/.github/workflows/none.yml")
        self.both(404, "GET", f"{REPO}/contents/{PATH}?ref=no-such-branch")
        self.both(200, "GET", f"{REPO}/contents/.github/workflows", look=lambda rows: [(row["name"], row["type"], row["sha"]) for row in rows])

        history = self.both(200, "GET", f"{REPO}/commits?path={PATH}", look=lambda rows: [row["commit"]["message"] for row in rows])
        old = {side: rows[-1]["sha"] for side, rows in history.items()}
        for side, sha in old.items():
            self.assertEqual(file_of(self.one(side, "GET", f"{REPO}/contents/{PATH}?ref={sha}", None)[1])[2], QEMU, side)
        head = {side: rows[0]["sha"] for side, rows in history.items()}

        branch = "refs/heads/layerline/rollback"
        self.both(201, "POST", f"{REPO}/git/refs", lambda side: {"ref": branch, "sha": head[side]}, lambda ref: ref["ref"])
        self.both(422, "POST", f"{REPO}/git/refs", lambda side: {"ref": branch, "sha": head[side]})
        self.both(422, "POST", f"{REPO}/git/refs", {"ref": branch + "-2", "sha": "1" * 40})
        self.both(200, "GET", f"{REPO}/git/ref/heads/layerline/rollback", look=lambda ref: [ref["ref"], ref["object"]["type"]])
        self.both(404, "GET", f"{REPO}/git/ref/heads/layerline/nothing")
        self.put(200, QEMU, "Back to QEMU", sha=second, branch="layerline/rollback")

        wish = {"title": "Back to QEMU", "head": "layerline/rollback", "base": "main", "body": "The runners are gone."}
        self.both(201, "POST", f"{REPO}/pulls", wish, pull_of)
        self.both(200, "GET", f"{REPO}/pulls?state=open", look=lambda rows: [(row["number"], row["title"]) for row in rows])
        self.both(200, "PATCH", f"{REPO}/pulls/1", {"title": "Back to emulation"}, pull_of)
        self.both(200, "PUT", f"{REPO}/pulls/1/merge", {}, lambda body: body["merged"])
        self.both(200, "GET", f"{REPO}/pulls/1", look=pull_of)
        self.both(200, "GET", f"{REPO}/contents/{PATH}", look=file_of)
        self.both(204, "DELETE", f"{REPO}/git/refs/heads/layerline/rollback")
        self.assertClean()

    def test_moving_a_branch(self):
        self.put(201, QEMU, "one")
        shas = {side: rows for side, rows in self.both(200, "GET", f"{REPO}/commits").items()}
        self.both(200, "PATCH", f"{REPO}/git/refs/heads/main", lambda side: {"sha": shas[side][1]["sha"], "force": True}, lambda ref: ref["ref"])
        self.both(404, "GET", f"{REPO}/contents/{PATH}")
        self.both(200, "PATCH", f"{REPO}/git/refs/heads/main", lambda side: {"sha": shas[side][0]["sha"]})
        self.both(422, "PATCH", f"{REPO}/git/refs/heads/main", lambda side: {"sha": shas[side][1]["sha"]})
        self.both(200, "GET", f"{REPO}/branches", look=lambda rows: [row["name"] for row in rows])
        self.both(200, "GET", f"{REPO}/branches/main", look=lambda branch: branch["name"])
        self.both(404, "GET", f"{REPO}/branches/none")
        self.assertClean()


if __name__ == "__main__":
    unittest.main()
