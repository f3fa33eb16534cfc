#!/usr/bin/python3
"""Several nodes, of the newest and of the oldest engine: one build over two of them, two that look alike, and one inside a
container that may be stopped. Each suite is driven by its own buildx, and its engines once by the other's."""
import json
import subprocess
import time

import lab
from kinds import same_steps
from lab import BOTH, COUNTERS, Dialer, Lab, RealTest, nanoseconds, recount
from scenarios import PROOF, TWO_PLATFORMS
from shim import push_shim

# So long a stopped builder must stay stopped while being watched: the issue's own number for one engine; Layerline does the
# same on the other, where a glance is enough.
STOPPED_S = {"forky": 120, "trixie": 20}
OTHER = {"forky": "trixie", "trixie": "forky"}


class Nodes(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.one = cls.lab.node("one", cls.suite)
        cls.two = cls.lab.node("two", cls.suite)
        cls.path = cls.one.tools_path()
        # Layerline knows `one` and `pair`; `two` can only be reached as a second node.
        cls.create("pair", ("amd64", cls.one, "linux/amd64"), ("arm64", cls.two, "linux/arm64"))

    @classmethod
    def create(cls, name, *nodes):
        for position, (node_name, node, platform) in enumerate(nodes):
            cls.buildx(cls.one, "create", "--name", name, "--node", node_name, "--driver", "remote",
                                  *(["--append"] if position else []),
                                  *(["--platform", platform] if platform else []), f"unix://{node.socket}")

    @staticmethod
    def buildx(node, *arguments):
        """The suite's own buildx manages its builders, too."""
        subprocess.run(node.buildx_command(*arguments), env=node.engine.env(), check=True, capture_output=True, timeout=120)

    def check_merged(self, shown, parts, inferred):
        """One build of several records: counters are sums, each part keeps its own platform."""
        self.assertEqual(sorted((r["worker"], r["ref"]) for r in shown["records"]),
                         sorted((node.worker, ref) for node, ref in parts))
        self.assertEqual(shown["inferred_group"], inferred)
        counts = [recount(node.reader, ref) for node, ref in parts]
        for node, ref in parts:
            self.check_bare(node.reader.records()[ref], recount(node.reader, ref), None)
        self.assertEqual((shown["total_steps"], shown["completed_steps"], shown["cached_steps"]),
                         tuple(sum(getattr(c, f) for c in counts) for f in ("total", "completed", "cached")))
        records = [node.reader.records()[ref] for node, ref in parts]
        self.assertEqual(nanoseconds(shown["started"]), min(lab.bare_reader.nanos(r.created_at) for r in records))
        self.assertEqual(nanoseconds(shown["completed"]), max(lab.bare_reader.nanos(r.completed_at) for r in records))
        self.assertEqual([p["platform"] for p in shown["platforms"]], BOTH.split(","))
        for node, ref in parts:
            position = [r["worker"] for r in shown["records"]].index(node.worker)
            own = {**shown, "steps": [s for s in shown["steps"] if s["record"] == position]}
            count = recount(node.reader, ref)
            self.check_steps(own, count)
            self.assertEqual(self.check_platforms(count, own), 3)

    def multi_node(self, name, suite):
        # Steps of its own: cached ones would print nothing to prove anything with.
        context = self.lab.context(name, TWO_PLATFORMS.replace("echo proof", f": {name}; echo proof"))
        # Pushed to the registry: an index needs somewhere to be put together.
        image = f"{self.lab.rig.registry.address}/{name}:1"
        with self.one.new_records() as first, self.two.new_records() as second:
            self.one.finish(self.one.start("build", "--progress", "plain", "--platform", BOTH, "--push", "-t", image,
                                           context, builder="pair", suite=suite))
        self.assertEqual((len(first), len(second)), (1, 1))
        return first[0], second[0]

    def check_multi_node(self, name, suite):
        """0.29 gives the parts one reference, 0.13 each its own, whatever the engine."""
        same_ref = suite == "forky"
        first, second = self.multi_node(name, suite)
        self.assertEqual(first == second, same_ref)
        # Once as seen through `pair` alone, once with its first node also being the default builder.
        for case, extra in (("one way", {"DOCKER_HOST": "unix:///nonexistent/docker.sock"}), ("two ways", {})):
            with self.subTest(case):
                shown = self.one.shown(first, **extra)
                self.check_merged(shown, [(self.one, first), (self.two, second)], inferred=not same_ref)
                listed = [b for b in self.one.layerline("builds", **extra)["builds"] if b["ref"] in (first, second)]
                self.assertEqual(len(listed), 1)
        self.check_buildx_pair(shown, [(self.one, first), (self.two, second)])
        self.check_buildx_nodes("pair")
        return first, second

    def check_buildx_pair(self, shown, parts):
        """buildx lists a multi-node build once a node and merges nothing (asked for a common reference, it shows one part): each
        part is what it says, and ours is their sum, from the first start to the last end."""
        answer = self.one.engine.buildx("--builder", "pair", "history", "ls", "--format", "json").stdout
        refs = {ref for _node, ref in parts}
        rows = [row for row in map(json.loads, answer.splitlines()) if row["ref"].rpartition("/")[2] in refs]
        self.assertEqual(sorted(row["ref"] for row in rows), sorted("/".join((r["builder"], r["node"], r["ref"])) for r in shown["records"]))
        self.assertEqual({(row["name"], row["status"].lower()) for row in rows}, {(shown["name"], shown["status"])})
        for field in COUNTERS:
            self.assertEqual(sum(row[field] for row in rows), shown[field], field)
        self.assertEqual(min(row["created_at"] for row in rows), shown["started"])
        self.assertEqual(max(row["completed_at"] for row in rows), shown["completed"])
        for node, ref in parts:
            self.check_buildx(node, node.reader.records()[ref], recount(node.reader, ref))

    def check_buildx_nodes(self, name):
        """The builder and its nodes as `buildx ls` has them; it names the platforms the user pinned first."""
        listed = next(b for b in map(json.loads, self.one.engine.buildx("ls", "--format", "json").stdout.splitlines()) if b["Name"] == name)
        ours = next(b for b in self.one.layerline("builders")["builders"] if b["name"] == name)
        self.assertEqual((listed["Driver"], listed["Current"]), (ours["driver"], ours["current"]))
        self.assertEqual([(n["Name"], n["Endpoint"], n["IDs"], n["Version"], sorted(n["Platforms"])) for n in listed["Nodes"]],
                         [(n["name"], n["endpoint"], [n["worker"]], n["version"], sorted(p["platform"] for p in n["platforms"])) for n in ours["nodes"]])
        self.assertEqual({n["Status"] for n in listed["Nodes"]}, {"running"})
        self.assertEqual({n["state"] for n in ours["nodes"]}, {"live"})

    def check_built_again(self, name, parts):
        """From the records of both nodes; the tag is in neither (in 26.1's no export is at all), and is said to be missing."""
        image = f"{self.lab.rig.registry.address}/{name}:1"
        before = self.manifests(image)
        plan = self.one.layerline("rebuild", parts[0], "--dry-run")
        self.assertIn({"forky": "image-tag", "trixie": "exports"}[self.suite], [m["kind"] for m in plan["missing"]])
        for pruned in (False, True):
            with self.subTest(pruned=pruned):
                if pruned:
                    for node in (self.one, self.two):
                        node.engine.buildx("prune", "-af")
                with self.one.new_records() as first, self.two.new_records() as second:
                    self.one.layerline("rebuild", parts[0], "-t", image, "--push", codes=(0,), timeout=180, PATH=self.path)
                for node, ref, (again,) in ((self.one, parts[0], first), (self.two, parts[1], second)):
                    same_steps(self, node, ref, again)
                after = self.manifests(image)
                self.assertEqual(set(after), set(BOTH.split(",")))
                if not pruned:
                    self.assertEqual(after, before)

    def manifests(self, image):
        raw = json.loads(self.one.engine.buildx("imagetools", "inspect", "--raw", image).stdout)
        return {f"linux/{m['platform']['architecture']}": m["digest"] for m in raw["manifests"] if m["platform"]["os"] != "unknown"}

    def test_multi_node(self):
        self.check_built_again("split", self.check_multi_node("split", self.suite))

    def test_multi_node_by_the_other_buildx(self):
        """0.13 on the newest engine, 0.29 on the oldest."""
        self.check_built_again("split-other", self.check_multi_node("split-other", OTHER[self.suite]))

    def test_equal_platforms(self):
        """dial-stdio alone would reach the first node twice."""
        self.create("twins", ("first", self.one, None), ("second", self.two, None))
        self.addCleanup(self.one.engine.buildx, "rm", "twins")
        refs = {}
        for node in (self.one, self.two):
            context = self.lab.context(f"alone-{node.name}", f"FROM BASE\nRUN --network=none echo {node.name}\n")
            refs[node.name], = node.build(context)
        listed = {b["ref"]: b for b in self.one.layerline("builds")["builds"]}
        for node in (self.one, self.two):
            self.assertIn(refs[node.name], listed)
            self.assertEqual([r["worker"] for r in listed[refs[node.name]]["records"]], [node.worker])
        builders = {(b["name"], n["name"]): n
                    for b in self.one.layerline("builders")["builders"] for n in b["nodes"]}
        self.assertEqual(builders["twins", "first"]["worker"], self.one.worker)
        self.assertEqual(builders["twins", "second"]["worker"], self.two.worker)

    def test_one_engine_many_builders(self):
        """`default`, `pair` and `twins` all lead to the first engine: each build once."""
        ref, = self.one.build(self.lab.context("once", "FROM BASE\nRUN --network=none echo once\n"))
        listed = [b["ref"] for b in self.one.layerline("builds")["builds"]]
        self.assertEqual(listed.count(ref), 1)

    def make_boxed(self):
        """A docker-container builder on the second engine whose container leads to a third one's BuildKit."""
        three = self.lab.nodes.get("three") or self.lab.node("three", self.suite)
        inner = Dialer(three.engine)
        self.addCleanup(inner.close)
        image = push_shim(self.lab, self.two, inner.port)
        self.buildx(self.two, "create", "--name", "boxed", "--driver", "docker-container",
                    "--driver-opt", f"image={image},network=host", "--bootstrap")
        return three

    def container(self):
        return json.loads(self.two.engine.docker("inspect", "buildx_buildkit_boxed0"))[0]["State"]

    def test_container_builder(self):
        three = self.make_boxed()
        context = self.lab.context("boxed", f"FROM BASE\nRUN --network=none {PROOF}linux/amd64\n")
        with three.new_records() as refs:
            self.two.finish(self.two.start("build", "--progress", "plain", context, builder="boxed"))
        ref, = refs
        shown = self.two.shown(ref)
        self.assertEqual([(r["builder"], r["worker"]) for r in shown["records"]], [("boxed", three.worker)])
        record, count = three.settled(ref), recount(three.reader, ref)
        self.check_bare(record, count, 5)
        self.check_buildx(three, record, count)
        self.check_build(shown, record, count, "completed")
        self.check_steps(shown, count)
        self.check_listed(self.two, shown)
        self.assertEqual(self.check_platforms(count, shown), 1)
        row = json.loads(self.two.engine.buildx("--builder", "boxed", "history", "ls", "--format", "json").stdout)
        self.assertEqual((row["ref"], row["name"], row["created_at"], row["completed_at"]), (f"boxed/boxed0/{ref}", shown["name"], shown["started"], shown["completed"]))
        self.assertEqual([row[field] for field in COUNTERS], [shown[field] for field in COUNTERS])
        self.built_again_in_the_box(three, ref)
        self.stays_stopped()

    def built_again_in_the_box(self, three, ref):
        """The rebuild goes to the same builder: its container leads to the same engine."""
        for pruned in (False, True):
            with self.subTest(pruned=pruned):
                if pruned:
                    three.engine.buildx("prune", "-af")
                with three.new_records() as new:
                    self.two.layerline("rebuild", ref, codes=(0,), timeout=180, PATH=self.path)
                again, = new
                same_steps(self, three, ref, again)
                self.assertEqual([(r["builder"], r["ref"]) for r in self.two.shown(again)["records"]], [("boxed", again)])

    def stays_stopped(self):
        self.two.engine.docker("stop", "--time", "5", "buildx_buildkit_boxed0")
        before = self.container()
        self.assertFalse(before["Running"])
        activity = self.two.engine.state / "buildx/activity/boxed"
        touched = activity.stat().st_mtime_ns
        watch = self.two.watch()
        try:
            _t, seen = watch.wait_for(lambda e: e["event"] == "connection" and e.get("builder") == "boxed"
                                      and e["state"] != "connecting", "the stopped builder's state")
            self.assertEqual(seen["state"], "stopped")
            end = time.monotonic() + STOPPED_S[self.suite]
            # Nothing to wait for but time itself: the condition is that nothing happens in it.
            while time.monotonic() < end:
                self.assertEqual(self.container(), before, "watching woke the builder")
                time.sleep(5)
        finally:
            watch.stop()
        for command in ("builders", "builds"):
            self.two.layerline(command)
        self.assertEqual(self.container(), before, "listing woke the builder")
        self.assertEqual(activity.stat().st_mtime_ns, touched, "watching counted as activity")


class NodesForky(Nodes):
    suite = "forky"


class NodesTrixie(Nodes):
    suite = "trixie"


del Nodes  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
