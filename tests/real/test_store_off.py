#!/usr/bin/python3
"""An engine as Docker still installs it: without the containerd image store, one platform at a time."""
import lab
from kinds import rebuilt, same_steps
from lab import Lab, RealTest
from scenarios import PROOF


class StoreOff(RealTest):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.lab.node("pusher")  # pushes the base image, which this engine cannot build for two platforms
        cls.node = cls.lab.node("plain", containerd_store=False)

    def test_image_of_the_classic_store(self):
        context = self.lab.context("moby", f"FROM BASE\nRUN --network=none {PROOF}linux/amd64\n")
        ref, = self.node.build(context, "-t", "moby:1")
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.node.engine.docker("info", "--format", "{{.Driver}}"), "overlay2")
        self.assertEqual(self.check_platforms(count, shown), 1)
        self.assertEqual(shown["name"], "moby:1")

    def test_built_again(self):
        """The image by its id: from the cache it is the same one."""
        context = self.lab.context("moby-again", "FROM BASE\nRUN --network=none echo again >/again\n")
        ref, = self.node.build(context, "-t", "moby-again:1")
        image = self.node.engine.docker("image", "inspect", "--format", "{{.Id}}", "moby-again:1")
        self.node.engine.docker("image", "rm", "moby-again:1")
        same_steps(self, self.node, ref, rebuilt(self.node, ref))
        self.assertEqual(self.node.engine.docker("image", "inspect", "--format", "{{.Id}}", "moby-again:1"), image)
        self.node.engine.buildx("prune", "-af")
        same_steps(self, self.node, ref, rebuilt(self.node, ref))

    def test_arm64(self):
        context = self.lab.context("moby-arm", f"FROM BASE\nRUN --network=none {PROOF}linux/arm64\n")
        ref, = self.node.build(context, "--platform", "linux/arm64")
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.check_platforms(count, shown), 1)
        self.assertEqual([(p["platform"], p["execution"]) for p in shown["platforms"]], [("linux/arm64", "emulated")])

    def test_two_platforms_refused(self):
        """buildx refuses before a build exists: Layerline lists what there is and nothing else."""
        before = {b["ref"] for b in self.node.layerline("builds")["builds"]}
        context = self.lab.context("moby-two", "FROM BASE\nRUN --network=none true\n")
        refs = self.node.build(context, "--platform", lab.BOTH, ok=False)
        after = {b["ref"] for b in self.node.layerline("builds")["builds"]}
        self.assertEqual(after - before, set(refs))


if __name__ == "__main__":
    lab.run_main()
