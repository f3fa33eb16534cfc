"""What the tests of this folder share: one stand-in a file, cleared before each test, and ways to ask it and to run Layerline."""
import atexit
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from collections import namedtuple
from pathlib import Path

from standin.front import wait_until  # noqa: F401  (for the tests)
from standin.stand_in import StandIn

LAYERLINE = os.environ.get("LAYERLINE_BIN") or str(Path(__file__).resolve().parents[2] / "build/release/app/layerline")

FAKE_ENGINE = os.environ.get("LAYERLINE_FAKE_ENGINE") or str(Path(__file__).resolve().parents[2] / "build/release/tests/support/fake_buildkitd/fake_engine")

# Ended from outside, a test still cleans up behind itself.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

Answered = namedtuple("Answered", "status headers body json")


class Case(unittest.TestCase):
    """`github` is the stand-in. Every test ends with the fake unbroken and nothing said against its answers."""

    github = None
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        if Case.github is None:
            Case.github = StandIn()
            atexit.register(shutil.rmtree, Case.github.folder, ignore_errors=True)
            unittest.addModuleCleanup(Case.github.close)

    def setUp(self):
        self.github.clear()
        self.front, self.world, self.clock = self.github.front, self.github.world, self.github.clock

    def tearDown(self):
        self.assertEqual(self.github.fake.crashes, [], "the fake broke")

    def ask(self, method, target, body=None, token=None, **headers):
        """One request, no redirect followed. `token`: "" for none. Header names are lower case in the answer."""
        address = self.github.base.removeprefix("http://")
        connection = http.client.HTTPConnection(address, timeout=30)
        sent = {"User-Agent": "test", "Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        token = self.github.token if token is None else token
        if token:
            sent["Authorization"] = "Bearer " + token
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        try:
            connection.request(method, target, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        kind = answer.getheader("Content-Type") or ""
        parsed = json.loads(content) if content and "json" in kind else None
        return Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content, parsed)

    def assertClean(self, agent=""):
        """Nothing in GitHub's description speaks against what was asked and answered."""
        self.assertEqual(self.front.violations(agent), [])


class Home:
    """A user's home of its own, with all XDG folders, and the environment that leads there and to the stand-in."""

    def __init__(self, case, token=None, **more):
        self.folder = Path(tempfile.mkdtemp(prefix="layerline-home-"))
        case.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.environment = {
            "HOME": str(self.folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(self.folder / "config"), "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CACHE_HOME": str(self.folder / "cache"), "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"), "GITHUB_API_URL": case.github.base,
            "GH_TOKEN": case.github.token if token is None else token, **more}
        for name in ("config", "data", "cache", "state", "run"):
            (self.folder / name).mkdir(mode=0o700)

    def files(self):
        return [path for path in self.folder.rglob("*") if path.is_file()]


def layerline(home, *arguments, timeout=60):
    """The finished process: returncode, stdout, stderr as text."""
    return subprocess.run([LAYERLINE, *arguments], env=home.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=timeout)


def start(home, *arguments):
    """Layerline, running; the caller ends it."""
    return subprocess.Popen([LAYERLINE, *arguments], env=home.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


class CommandCase(Case):
    """A home, the repository octo/shop, and the commands about it."""

    def setUp(self):
        super().setUp()
        self.shop = self.world.add_repository("octo/shop")
        self.home = Home(self)

    def command(self, *arguments, status=0):
        done = layerline(self.home, *arguments)
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        return done.stdout

    def json(self, *arguments):
        out = json.loads(self.command(*arguments, "--json"))
        self.assertEqual((out["schema"], out["repository"]), (1, "octo/shop"))
        return out

    def refused(self, *arguments):
        done = layerline(self.home, *arguments)
        self.assertEqual((done.returncode, done.stdout, len(done.stderr.splitlines())), (2, "", 1), done.stderr)
        return done.stderr

    def writes(self):
        return [f"{seen.method} {seen.target}" for seen in self.front.seen if seen.method != "GET"]
