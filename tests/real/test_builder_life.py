#!/usr/bin/python3
"""The life of a docker-container builder, led by `layerline builder`, on both engines and by each one's own buildx.

Between the acts somebody watches: nothing starts unless it is told to.
"""
import json
import subprocess

import lab
from lab import Dialer, Lab, RealTest, layerline_binary, poll
from shim import push_shim

QUIET_S = 15  # so long a builder that does not run is watched; test_nodes.py does it for the two minutes


class Life(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node, cls.other = cls.lab.node("one", cls.suite), cls.lab.node("two", cls.suite)
        cls.env = {"PATH": cls.node.tools_path()}
        inner = Dialer(cls.node.engine)
        cls.addClassCleanup(inner.close)
        cls.image = push_shim(cls.lab, cls.node, inner.port)

    def builder(self, *arguments, status=0):
        """`layerline builder ...`; what it printed."""
        result = subprocess.run([layerline_binary(), "builder", *arguments], env=self.node.layerline_env(**self.env), capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=180, check=False)
        self.assertEqual(result.returncode, status, result.stderr[-800:])
        return result.stdout

    def nodes(self):
        """Nodes of the builder as `layerline builders` lists them, by name."""
        found = [b for b in self.node.layerline("builders", **self.env)["builders"] if b["name"] == "boxed"]
        return {n["name"]: n for b in found for n in b["nodes"]}

    def current(self):
        return [b["name"] for b in self.node.layerline("builders", **self.env)["builders"] if b["current"]]

    @staticmethod
    def containers(node):
        """Builders' containers on a node's engine: name to running."""
        names = node.engine.docker("ps", "--all", "--filter", "name=buildx_buildkit", "--format", "{{.Names}}").split()
        return {name: json.loads(node.engine.docker("inspect", name))[0]["State"]["Running"] for name in names}

    def watched(self, states):
        """Watches until each node has its state, and for a while after; what runs is the same before and after."""
        before = [self.containers(n) for n in (self.node, self.other)]
        watch = self.node.watch()
        try:
            for name, state in states.items():
                watch.wait_for(lambda e, name=name, state=state: e["event"] == "connection" and (e.get("builder"), e.get("node")) == ("boxed", name)
                               and e["state"] == state, f"{name} {state}")
            watch.quiet(QUIET_S, QUIET_S * 4)
        finally:
            watch.stop()
        self.assertEqual({name: n["state"] for name, n in self.nodes().items()}, states)
        self.node.layerline("builds", **self.env)
        self.assertEqual([self.containers(n) for n in (self.node, self.other)], before, "watching or listing changed what runs")

    def test_life(self):
        create = ("create", "boxed", "--driver-opt", f"image={self.image}", "--driver-opt", "network=host")
        shown = json.loads(self.builder(*create, "--dry-run", "--json"))["commands"][0]["command"]
        self.assertEqual(shown[1:], ["create", "--name", "boxed", "--driver", "docker-container", "--driver-opt", f"image={self.image}", "--driver-opt", "network=host"])
        self.assertEqual(self.nodes(), {})
        self.builder(*create)
        self.assertEqual(self.containers(self.node), {}, "made, not started")
        self.watched({"boxed0": "stopped"})

        self.builder("bootstrap", "boxed")
        self.assertEqual(self.containers(self.node), {"buildx_buildkit_boxed0": True})
        poll(lambda: self.nodes()["boxed0"]["state"] == "live", "the started builder live", 30)
        self.assertEqual(self.nodes()["boxed0"]["worker"], self.node.worker)

        self.builder("use", "boxed")
        self.assertEqual(self.current(), ["boxed"])
        self.builder("use", "default")
        self.assertEqual(self.current(), ["default"])

        self.builder("append", "boxed", self.other.engine.host, "--node", "second", "--platform", "linux/arm64", "--driver-opt", f"image={self.image}", "--driver-opt", "network=host")
        self.assertEqual(set(self.nodes()), {"boxed0", "second"})
        self.watched({"boxed0": "live", "second": "stopped"})
        self.assertEqual(self.containers(self.other), {}, "appended, not started")
        self.builder("bootstrap", "boxed")
        self.assertEqual(self.containers(self.other), {"buildx_buildkit_second": True})

        self.builder("remove", "boxed", "--node", "second")
        self.assertEqual(set(self.nodes()), {"boxed0"})
        self.assertEqual(self.containers(self.node), {"buildx_buildkit_boxed0": True}, "the other node goes on")

        self.builder("stop", "boxed")
        self.assertEqual(self.containers(self.node), {"buildx_buildkit_boxed0": False})
        self.watched({"boxed0": "stopped"})
        self.builder("bootstrap", "boxed")
        self.assertEqual(self.containers(self.node), {"buildx_buildkit_boxed0": True})

        self.builder("remove", "boxed")
        self.assertEqual(self.nodes(), {})
        self.assertEqual(self.containers(self.node), {})

    def test_gone(self):
        """What can't be done ends with buildx' own words and its status."""
        for verb in ("use", "bootstrap", "stop", "remove"):
            with self.subTest(verb):
                self.builder(verb, "nobody", status=1)


class LifeForky(Life):
    suite = "forky"


class LifeTrixie(Life):
    suite = "trixie"


del Life  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
