#!/usr/bin/python3
"""The whole stand-in: fake, validating proxy, front and blob host, on free ports of loopback, gone when its owner ends.

    with StandIn() as github:
        shop = github.world.add_repository("octo/shop")
        shop.add_run(jobs=[...])
        ... GITHUB_API_URL=github.base GH_TOKEN=github.token ...
"""
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from . import describe, fake
from .blob import Blobs
from .clock import Clock
from .front import Front, wait_until
from .state import World

TOKEN = "ghp_" + "StandInToken0123456789abcdefghijklmn"[:36]


def dies_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """Stoplight's prism between front and fake: requests and answers that GitHub's description does not allow become errors."""

    def __init__(self, folder, upstream_port):
        description = Path(folder, "description.json")
        description.write_text(json.dumps(describe.trim(describe.load())), encoding="utf-8")
        self.log = Path(folder, "prism.log")
        for _ in range(3):
            self.port = free_port()
            self.process = self.start(description, upstream_port)
            try:
                wait_until(self.settled, 60, "prism's start")
            except AssertionError:
                self.close()
                raise
            if self.process.poll() is None:
                return
        raise AssertionError("prism does not start:\n" + self.log.read_text(encoding="utf-8")[-2000:])

    def start(self, description, upstream_port):
        program = describe.package_root() / "@stoplight/prism-cli/dist/index.js"
        if not program.exists():
            raise AssertionError(f"{program} is not there: packaging/check --stage github installs it")
        command = ["node", str(program), "proxy", str(description), f"http://127.0.0.1:{upstream_port}", "--errors", "-h", "127.0.0.1",
                   "-p", str(self.port), "--verboseLevel", "warn"]
        with open(self.log, "wb") as log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=dies_with_parent,
                                    env={"PATH": os.environ["PATH"], "HOME": str(description.parent)})

    def settled(self):
        """Whether it listens or has ended."""
        if self.process.poll() is not None:
            return True
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self):
        self.process.kill()
        self.process.wait()


class StandIn:
    """`base` is what GITHUB_API_URL is set to, `token` one that may do everything."""

    token = TOKEN

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="layerline-github-")
        self.parts = []
        try:
            self.clock = Clock()
            self.world = World(self.folder, self.clock)
            self.world.add_account(self.token)
            self.blobs = self._keep(Blobs(self.clock))
            self.fake, server = fake.serve(self.world, self.blobs)
            self._keep(server)
            self.proxy = self._keep(Proxy(self.folder, server.port))
            self.front = self._keep(Front(self.world, self.proxy.port))
        except BaseException:
            self.close()
            raise

    base = property(lambda self: self.front.base)

    def _keep(self, part):
        self.parts.append(part)
        return part

    def clear(self):
        """As new, but for the servers: no repositories, one account, nothing seen, the clock right."""
        with self.fake.lock:
            for repository in self.world.repositories.values():
                shutil.rmtree(repository.git.folder)
            self.world.repositories.clear()
            self.world.accounts.clear()
            self.world.devices.clear()
            self.world.organisation_runners.clear()
            self.world.page_cap = 100
            self.world.add_account(self.token)
            self.fake.points.clear()
            self.fake.crashes.clear()
            self.clock.__init__()
        self.blobs.tokens.clear()
        self.blobs.requests.clear()
        self.blobs.fault = None
        self.front.reset()

    def close(self):
        for part in reversed(self.parts):
            part.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
