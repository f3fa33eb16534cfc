#!/usr/bin/python3
"""Engines as Docker still installs them: without the containerd image store, one platform at a time; newest and oldest."""
import lab
from kinds import rebuilt, same_steps
from lab import Lab, RealTest
from scenarios import PROOF


class StoresOff(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.lab.node("pusher", cls.suite)  # pushes the base image, which this engine cannot build for two platforms
        cls.node = cls.lab.node("plain", cls.suite, containerd_store=False)

    def test_image_of_the_classic_store(self):
        """26.1 records no exports, so that there the folder has to name the build."""
        context = self.lab.context("moby", f"FROM BASE\nRUN --network=none {PROOF}linux/amd64\n")
        ref, = self.node.build(context, "-t", "moby:1")
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.node.engine.docker("info", "--format", "{{.Driver}}"), "overlay2")
        self.assertEqual(self.check_platforms(count, shown), 1)
        self.assertEqual(shown["name"], "moby:1" if self.suite == "forky" else "moby")

    def test_built_again(self):
        """The image by its id: from the cache it is the same one. Its name has to be given again where the engine (26.1)
        records no exports, which the plan says."""
        context = self.lab.context("moby-again", "FROM BASE\nRUN --network=none echo again >/again\n")
        ref, = self.node.build(context, "-t", "moby-again:1")
        image = self.node.engine.docker("image", "inspect", "--format", "{{.Id}}", "moby-again:1")
        self.node.engine.docker("image", "rm", "moby-again:1")
        missing = [m["kind"] for m in self.node.layerline("rebuild", ref, "--dry-run")["missing"]]
        self.assertEqual("exports" in missing, self.suite == "trixie", missing)
        name = ("-t", "moby-again:1") if self.suite == "trixie" else ()
        same_steps(self, self.node, ref, rebuilt(self.node, ref, *name))
        self.assertEqual(self.node.engine.docker("image", "inspect", "--format", "{{.Id}}", "moby-again:1"), image)
        self.node.engine.buildx("prune", "-af")
        same_steps(self, self.node, ref, rebuilt(self.node, ref, *name))

    def test_arm64(self):
        context = self.lab.context("moby-arm", f"FROM BASE\nRUN --network=none {PROOF}linux/arm64\n")
        ref, = self.node.build(context, "--platform", "linux/arm64")
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.check_platforms(count, shown), 1)
        self.assertEqual([(p["platform"], p["execution"]) for p in shown["platforms"]], [("linux/arm64", "emulated")])
        for pruned in (False, True):
            with self.subTest(pruned=pruned):
                if pruned:
                    self.node.engine.buildx("prune", "-af")
                again = rebuilt(self.node, ref)
                same_steps(self, self.node, ref, again)
                self.assertEqual([(p["platform"], p["execution"]) for p in self.node.shown(again)["platforms"]], [("linux/arm64", "emulated")])

    def test_two_platforms_refused(self):
        """buildx refuses before a build exists: Layerline lists what there is and nothing else."""
        before = {b["ref"] for b in self.node.layerline("builds")["builds"]}
        context = self.lab.context("moby-two", "FROM BASE\nRUN --network=none true\n")
        refs = self.node.build(context, "--platform", lab.BOTH, ok=False)
        after = {b["ref"] for b in self.node.layerline("builds")["builds"]}
        self.assertEqual(after - before, set(refs))


class StoreOffForky(StoresOff):
    suite = "forky"


class StoreOffTrixie(StoresOff):
    suite = "trixie"


del StoresOff  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
