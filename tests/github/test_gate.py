#!/usr/bin/python3
"""layerline gate OWNER/REPO: one small server is GitHub and the registry at once, as neither the description of GitHub's
API nor a real registry alone knows what a run pushed where."""
import base64
import hashlib
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin.script import Job, Step  # noqa: E402
from support import Case, Home, layerline  # noqa: E402

AMD, ARM = "linux/amd64", "linux/arm64"
CANARY = "ghp_canary0123456789"
WORKFLOW = f"""name: images
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/setup-qemu-action@v3
      - uses: docker/build-push-action@v6
        with: {{push: true, platforms: "{AMD},{ARM}", tags: "acme/shop:1"}}
"""


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class World(http.server.ThreadingHTTPServer):
    def __init__(self, published):
        super().__init__(("127.0.0.1", 0), Handler)
        self.blobs, self.manifests, self.seen = {}, {}, []
        entries = [{"digest": self.image(p), "platform": {"os": "linux", "architecture": p.split("/")[1]}} for p in published]
        index = self.keep(self.manifests, {"schemaVersion": 2, "manifests": entries})
        self.manifests["1"] = self.manifests[index]
        self.pushed = index
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @staticmethod
    def keep(store, document):
        data = json.dumps(document).encode()
        store[digest(data)] = data
        return digest(data)

    def image(self, platform):
        config = self.keep(self.blobs, {"os": "linux", "architecture": platform.split("/")[1]})
        return self.keep(self.manifests, {"schemaVersion": 2, "config": {"digest": config}, "layers": []})

    def answer(self, path):
        run = {"id": 7, "path": ".github/workflows/images.yml", "head_sha": "abc", "status": "completed", "conclusion": "success"}
        github = "/repos/octo/shop/"
        known = {
            github + "actions/runs": {"total_count": 1, "workflow_runs": [run]},
            github + "actions/runs/7": run,
            github + "actions/runs/7/artifacts": {"total_count": 0, "artifacts": []},
            github + "actions/runs/7/jobs": {"total_count": 1, "jobs": [{"id": 70, "run_id": 7, "name": "build", "status": "completed"}]},
            github + "actions/jobs/70/logs": f"#9 pushing manifest for localhost:{self.server_port}/acme/shop:1@{self.pushed} done\n".encode(),
            github + "contents/.github/workflows/images.yml": {"type": "file", "encoding": "base64", "sha": "1", "path": "images.yml",
                                                               "content": base64.b64encode(WORKFLOW.encode()).decode()},
            "/v2/acme/shop/tags/list": {"tags": ["1"]},
        }
        if path in known:
            return known[path] if isinstance(known[path], bytes) else json.dumps(known[path]).encode()
        kind, _, name = path.removeprefix("/v2/acme/shop/").partition("/")
        return {"manifests": self.manifests, "blobs": self.blobs}.get(kind, {}).get(name)


class TwoImages(World):
    """A run of three jobs and two images; `api` has a job for each architecture, `web` lacks one it promises."""
    FILE = f"""on: push
jobs:
  api:
    strategy: {{matrix: {{platform: [{AMD}, {ARM}]}}}}
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@v6
        with: {{push: true, platforms: "${{{{ matrix.platform }}}}", tags: "localhost:PORT/acme/api:1"}}
  web:
    uses: ./.github/workflows/web.yml
"""
    CALLED = f"""on: workflow_call
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - {{uses: docker/build-push-action@v6, with: {{push: true, platforms: "{AMD},{ARM}", tags: "localhost:PORT/acme/web:1"}}}}
"""

    def __init__(self, published):
        super().__init__([AMD, ARM])
        self.api = self.pushed
        self.web = self.keep(self.manifests, {"schemaVersion": 2, "manifests": [{"digest": self.image(p), "platform": {"os": "linux", "architecture": p.split("/")[1]}} for p in published]})

    def answer(self, path):
        host, run = f"localhost:{self.server_port}", "/repos/octo/shop/actions/runs/7"
        known = {
            run + "/jobs": {"total_count": 2, "jobs": [{"id": 70, "run_id": 7, "name": "api (linux/arm64)", "status": "completed"},
                                                       {"id": 71, "run_id": 7, "name": "web / image", "status": "completed"}]},
            "/repos/octo/shop/actions/jobs/70/logs": f"#9 pushing manifest for {host}/acme/api:1@{self.api} done\n#9 pushing manifest for {host}/acme/api:latest@{self.api} done\n".encode(),
            "/repos/octo/shop/actions/jobs/71/logs": f"#9 pushing manifest for {host}/acme/web:1@{self.web} done\n".encode(),
            "/v2/acme/api/tags/list": {"tags": ["1", "latest"]}, "/v2/acme/web/tags/list": {"tags": ["1"]},
            "/v2/acme/api/manifests/1": self.manifests[self.api], "/v2/acme/api/manifests/latest": self.manifests[self.api],
            "/v2/acme/web/manifests/1": self.manifests[self.web],
        }
        for name, text in (("images", self.FILE), ("web", self.CALLED)):
            content = base64.b64encode(text.replace("PORT", str(self.server_port)).encode()).decode()
            known[f"/repos/octo/shop/contents/.github/workflows/{name}.yml"] = {"type": "file", "encoding": "base64", "sha": "1", "path": name, "content": content}
        if path in known:
            return known[path] if isinstance(known[path], bytes) else json.dumps(known[path]).encode()
        return super().answer(path.replace("/v2/acme/api/", "/v2/acme/shop/").replace("/v2/acme/web/", "/v2/acme/shop/"))


class Baked(World):
    """The workflow names no platform and no image: its bake file does."""
    FILES = {".github/workflows/images.yml": "on: push\njobs: {build: {runs-on: ubuntu-24.04, steps: [{uses: docker/bake-action@v6, with: {push: true, files: images.json}}]}}\n",
             "images.json": json.dumps({"variable": {"HOST": {"default": "localhost:PORT"}}, "group": {"default": {"targets": ["shop"]}},
                                        "target": {"shop": {"platforms": [AMD, ARM], "tags": ["${HOST}/acme/shop:1"]}}})}

    def answer(self, path):
        name = path.removeprefix("/repos/octo/shop/contents/")
        if name not in self.FILES:
            return super().answer(path)
        content = base64.b64encode(self.FILES[name].replace("PORT", str(self.server_port)).encode()).decode()
        return json.dumps({"type": "file", "encoding": "base64", "sha": "1", "path": name, "content": content}).encode()


class TwoReleases(World):
    """Two runs of tags: what is asked about, 1, was built by the older one."""
    def __init__(self, published):
        super().__init__(published)
        self.newer = self.keep(self.manifests, {"schemaVersion": 2, "manifests": [{"digest": self.keep(self.manifests, {"schemaVersion": 2, "other": p}),
                                                                                   "platform": {"os": "linux", "architecture": p.split("/")[1]}} for p in published]})

    def answer(self, path):
        if path.endswith("/actions/runs"):
            run = {"path": ".github/workflows/images.yml", "head_sha": "abcd" * 10, "event": "push", "status": "completed", "conclusion": "success"}
            return json.dumps({"total_count": 2, "workflow_runs": [run | {"id": 8, "head_branch": "v2"}, run | {"id": 7, "head_branch": "v1"}]}).encode()
        if path.endswith("/actions/runs/8/artifacts"):
            return b'{"total_count": 0, "artifacts": []}'
        if path.endswith("/actions/runs/8/jobs"):
            return json.dumps({"total_count": 1, "jobs": [{"id": 80, "run_id": 8, "name": "build", "status": "completed"}]}).encode()
        if path.endswith("/actions/jobs/80/logs"):
            return f"#9 pushing manifest for localhost:{self.server_port}/acme/shop:2@{self.newer} done\n".encode()
        if path == "/v2/acme/shop/manifests/other":
            return self.manifests["1"]
        return super().answer(path)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = urllib.parse.unquote(self.path.partition("?")[0])
        self.server.seen.append((path, self.headers.get("Authorization", "")))
        body = self.server.answer(path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_arguments):
        pass


class Described(Case):
    """What is asked of GitHub, against GitHub's own description: the small server is the registry only."""

    def test_every_request_is_one_of_githubs(self):
        images = World([AMD, ARM])
        self.addCleanup(images.server_close)
        self.addCleanup(images.shutdown)
        shop = self.world.add_repository("octo/shop")
        shop.git.commit_file("main", ".github/workflows/docker.yml", WORKFLOW.replace("acme/shop:1", f"localhost:{images.server_port}/acme/shop:1").encode(), "Images")
        told = f"#9 pushing manifest for localhost:{images.server_port}/acme/shop:1@{images.pushed} done\n"
        shop.add_run(jobs=[Job("build", [Step("Build", 1)], queued=0, log=told.encode())])
        self.clock.advance(60)
        done = layerline(Home(self), "gate", "octo/shop", "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        out = json.loads(done.stdout)
        self.assertEqual((out["promised"], out["promised_by"]), ([AMD, ARM], ".github/workflows/docker.yml"))
        for fragment in ("/actions/runs?", "/jobs", "/artifacts", "/contents/"):
            self.assertTrue(self.front.count(status=200, fragment=fragment), fragment)
        self.assertClean()


class Gate(unittest.TestCase):
    def gate(self, published, *arguments, world=World):
        world = world(published)
        self.addCleanup(world.server_close)
        self.addCleanup(world.shutdown)
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        env = {"PATH": os.environ["PATH"], "HOME": home.name, "GH_TOKEN": CANARY, "GITHUB_API_URL": f"http://127.0.0.1:{world.server_port}"}
        done = subprocess.run([os.environ["LAYERLINE_BIN"], "gate", "octo/shop", "--json", *(a.replace("PORT", str(world.server_port)) for a in arguments)], env=env, capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(done.stderr, "")
        return world, done.returncode, json.loads(done.stdout)

    def verdicts(self, document):
        return {cell["platform"]: cell["verdict"] for cell in document["tags"][0]["platforms"]}

    def test_a_bake_file_promises(self):
        world, status, out = self.gate([AMD], world=Baked)
        self.assertEqual((out["promised"], out["promised_by"]), ([AMD, ARM], ".github/workflows/images.yml"))
        self.assertEqual((status, self.verdicts(out)), (1, {AMD: "published", ARM: "missing"}))
        self.assertIn("/repos/octo/shop/contents/images.json", [path for path, _ in world.seen])

    def test_the_workflow_promises_and_the_log_names_the_image(self):
        world, status, out = self.gate([AMD, ARM])
        self.assertEqual((status, out["image"], out["promised_by"]), (0, f"localhost:{world.server_port}/acme/shop", ".github/workflows/images.yml"))
        self.assertEqual(self.verdicts(out), {AMD: "published", ARM: "published"})
        self.assertEqual(out["compared_with"], "run 7 of octo/shop")

    def test_a_missing_architecture_fails(self):
        _world, status, out = self.gate([AMD], "--of-run", "7")
        self.assertEqual((status, self.verdicts(out)), (1, {AMD: "published", ARM: "missing"}))

    def test_what_is_stated_wins(self):
        _world, status, out = self.gate([AMD], "--platform", AMD)
        self.assertEqual((status, out["promised"], out["promised_by"]), (0, [AMD], "--platform"))

    def test_several_images_of_one_run(self):
        world, status, out = self.gate([AMD], world=TwoImages)
        self.assertEqual((status, out["met"], out["compared_with"]), (1, False, "run 7 of octo/shop"))
        host = f"localhost:{world.server_port}"
        found = {image["image"]: image for image in out["images"]}
        self.assertEqual(set(found), {host + "/acme/api", host + "/acme/web"})
        api, web = found[host + "/acme/api"], found[host + "/acme/web"]
        self.assertEqual((api["met"], api["promised"], [tag["tag"] for tag in api["tags"]]), (True, [AMD, ARM], ["1", "latest"]))
        self.assertEqual((web["met"], web["promised"], self.verdicts(web)), (False, [AMD, ARM], {AMD: "published", ARM: "missing"}), "promised by a called workflow")
        _world, status, out = self.gate([AMD, ARM], world=TwoImages)
        self.assertEqual((status, out["met"]), (0, True))

    def test_a_tag_is_compared_with_the_run_that_built_it(self):
        # The image is named when the port is known: GITHUB_API_URL's own server is the registry.
        world, status, out = self.gate([AMD, ARM], "--image", "localhost:PORT/acme/shop:1", world=TwoReleases)
        self.assertEqual((status, out["compared_with"], out["not_compared"]), (0, "run 7 of octo/shop", None))
        self.assertEqual((out["tags"][0]["built_by"], self.verdicts(out)), ("run 7 of octo/shop", {AMD: "published", ARM: "published"}))
        paths = [path for path, _ in world.seen if path.startswith("/repos/")]
        self.assertEqual(sorted(paths), sorted(set(paths)), "nothing is asked twice")
        self.assertLessEqual(len(paths), 11, paths)
        # Under a tag neither run speaks of, no other run's digests are shown as its own.
        _world, status, out = self.gate([AMD, ARM], "--image", "localhost:PORT/acme/shop:other", world=TwoReleases)
        self.assertEqual((status, out["compared_with"], out["tags"][0]["built_by"]), (0, None, None))
        self.assertIn("which run of octo/shop built", out["not_compared"])
        self.assertEqual([cell["built"] for cell in out["tags"][0]["platforms"]], [None, None])

    def test_the_token_is_for_github_alone(self):
        world, _status, out = self.gate([AMD])
        self.assertNotIn(CANARY, json.dumps(out))
        for path, sent in world.seen:
            self.assertEqual(CANARY in sent, path.startswith("/repos/"), path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
