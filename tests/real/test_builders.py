#!/usr/bin/python3
"""Many builders, some of them broken: the good ones live at once, the others with their reason."""
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import lab
from harness.dialer import Relay
from lab import Lab, RealTest

LIVE_LIMIT_S = 2
GOOD = 48


class Builders(RealTest):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(registry=False)
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node("engine")
        instances = cls.node.engine.state / "buildx/instances"
        instances.mkdir()
        cls.instances = instances
        for number in range(GOOD):
            relay = Relay(cls.node.engine, cls.lab.rig.dir / f"relay{number}.sock")
            cls.addClassCleanup(relay.close)
            cls.instance(f"good{number:02}", relay.address)
        # Accepts and never says a word.
        cls.hung = socket.socket(socket.AF_UNIX)
        cls.addClassCleanup(cls.hung.close)
        cls.hung.bind(str(cls.lab.rig.dir / "hung.sock"))
        cls.hung.listen(64)
        cls.instance("hung", f"unix://{cls.lab.rig.dir}/hung.sock")
        cls.instance("gone", f"unix://{cls.lab.rig.dir}/gone.sock")

    @classmethod
    def instance(cls, name, endpoint):
        """As `buildx create --driver remote` writes it, without waiting for its look at the endpoint."""
        (cls.instances / name).write_text(json.dumps({
            "Name": name, "Driver": "remote", "Dynamic": False,
            "Nodes": [{"Name": f"{name}0", "Endpoint": endpoint, "Platforms": None, "DriverOpts": None,
                       "Flags": None, "Files": None}]}), encoding="ascii")

    def test_one_hung_of_fifty(self):
        begun = time.monotonic_ns()
        watch = self.node.watch()
        self.addCleanup(watch.stop)
        good = {f"good{number:02}" for number in range(GOOD)} | {"default"}
        slowest = 0
        for name in good:
            arrived, _event = watch.wait_for(
                lambda e, name=name: e["event"] == "connection" and e.get("builder") == name and e["state"] == "live", name)
            slowest = max(slowest, (arrived - begun) / 1e9)
        print(f"{len(good)} nodes live after {slowest:.2f} s", flush=True)
        self.assertLessEqual(slowest, LIVE_LIMIT_S)
        for name, state in (("hung", "hung"), ("gone", "down")):
            _t, event = watch.wait_for(lambda e, name=name: e["event"] == "connection" and e.get("builder") == name
                                       and e["state"] not in ("connecting", "live"), name)
            self.assertEqual(event["state"], state)
            self.assertTrue(event["reason"])

    def test_each_build_once(self):
        """Forty-nine ways to one engine."""
        ref, = self.node.build(self.lab.context("scratch", "FROM scratch\nCOPY Dockerfile /\n"))
        builds = self.node.layerline("builds")["builds"]
        self.assertEqual([b["ref"] for b in builds].count(ref), 1)

    def test_forbidden(self):
        """Another user's engine: the state says forbidden, the reason is the system's, and nothing is shown of it."""
        nobody = 65534
        home = Path(tempfile.mkdtemp(prefix="layerline-nobody-"))
        self.addCleanup(shutil.rmtree, home)
        binary = shutil.copy(lab.layerline_binary(), home / "layerline")
        for path in (home, *home.iterdir()):
            os.chown(path, nobody, nobody)
        env = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "DOCKER_HOST": self.node.engine.host}
        result = subprocess.run([binary, "builders", "--json"], env=env, user=nobody, group=nobody, extra_groups=[],
                                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        builder, = json.loads(result.stdout)["builders"]
        node, = builder["nodes"]
        self.assertEqual(node["state"], "forbidden")
        self.assertIn("ermission denied", node["reason"])

    def test_listed(self):
        builders = {b["name"]: b for b in self.node.layerline("builders")["builders"]}
        self.assertEqual(len(builders), GOOD + 3)
        self.assertEqual(builders["good07"]["nodes"][0]["state"], "live")
        self.assertEqual(builders["good07"]["nodes"][0]["worker"], self.node.worker)
        self.assertIn({"platform": "linux/arm64", "execution": "emulated"}, builders["good07"]["nodes"][0]["platforms"])
        self.assertEqual(builders["hung"]["nodes"][0]["state"], "hung")
        self.assertEqual(builders["gone"]["nodes"][0]["state"], "down")

    def test_garbage_collection(self):
        """What the engine removes by itself, rule by rule, as buildx has it."""
        told = []
        units = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
        for text in self.node.engine.buildx("inspect", "default").stdout.split("GC Policy rule#")[1:]:
            rule = dict(re.findall(r"^ ([\w ]+): +(.*)$", text, re.MULTILINE))
            hours = re.match(r"(\d+)h0m0s", rule.get("Keep Duration", "0h0m0s"))[1]
            sizes = [re.match(r"([\d.]+)(\w+)", rule.get(name, "0B")).groups() for name in ("Reserved Space", "Max Used Space", "Min Free Space")]
            told.append((rule["All"] == "true", int(hours) * 3600, [float(n) * units[u] for n, u in sizes], rule["Filters"].split(",") if "Filters" in rule else []))
        default, = [b for b in self.node.layerline("builders")["builders"] if b["name"] == "default"]
        shown = default["nodes"][0]["gc_policies"]
        self.assertGreater(len(shown), 2)
        self.assertEqual([(p["all"], p["keep_seconds"]) for p in shown], [rule[:2] for rule in told])
        self.assertEqual([f.split(",") for p in shown for f in p["filters"]], [filters for *_rest, filters in told if filters])
        for policy, (_all, _keep, sizes, _filters) in zip(shown, told, strict=True):
            for name, size in zip(("reserved_bytes", "max_used_bytes", "min_free_bytes"), sizes, strict=True):
                self.assertLessEqual(abs(policy[name] - size), size * 0.001, name)  # buildx prints four digits


if __name__ == "__main__":
    lab.run_main()
