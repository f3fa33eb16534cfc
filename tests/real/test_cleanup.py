#!/usr/bin/python3
"""The rig itself: nothing of it survives, however its owner ends, and its engines do not reach the machine."""
import os
import signal
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from harness import rootfs  # noqa: E402
from harness.rig import Rig, leftovers, poll  # noqa: E402

OWNER = """
import os, sys
sys.path.insert(0, sys.argv[1])
from harness.rig import Rig
rig = Rig()
rig.enable_arm64()
engine = rig.engine("doomed")
rig.start_registry()
print(rig.dir, engine.cgroup, rig._binfmt, flush=True)
sys.stdin.read()
"""


class Cleanup(unittest.TestCase):
    def owner(self):
        process = subprocess.Popen([sys.executable, "-B", "-c", OWNER, str(HERE)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        return process, process.stdout.readline().split()

    def check_gone(self, number):
        process, (directory, cgroup, entry) = self.owner()
        self.assertTrue(leftovers(directory, [cgroup], [entry]), "there must be something to clean up")
        os.kill(process.pid, number)
        process.wait(60)
        poll(lambda: not leftovers(directory, [cgroup], [entry]), "everything gone", 60)

    def test_owner_killed(self):
        self.check_gone(signal.SIGKILL)

    def test_owner_terminated(self):
        self.check_gone(signal.SIGTERM)

    def test_closed_in_order(self):
        with Rig() as rig:
            rig.enable_arm64()
            rig.engine("one")
        rig.assert_clean()

    def test_engine_on_its_own(self):
        """A command run in a container sees the container, not the machine under the engine."""
        with Rig() as rig:
            engine = rig.engine("one")
            context = rig.dir / "context"
            context.mkdir()
            subprocess.run(["cp", "-a", f"{rootfs.base_roots()}/root-amd64/.", str(context / "root")], check=True)
            (context / "Dockerfile").write_text("FROM scratch\nCOPY root/ /\n", encoding="ascii")
            engine.buildx("build", "-t", "busybox", context)
            engine.docker("run", "--detach", "--network", "none", "--name", "box", "busybox", "/bin/sleep", "600")
            inside = engine.docker("exec", "box", "/bin/ls", "/").split()
            self.assertIn("bin", inside)
            self.assertNotIn("boot", inside)
        rig.assert_clean()

    def test_crash_and_return(self):
        """A killed engine leaves nothing running, and comes back on its own state."""
        with Rig() as rig:
            engine = rig.engine("one")
            engine.freeze()
            self.assertFalse(engine.ping())
            engine.thaw()
            poll(engine.ping, "the thawed engine answers")
            engine.kill()
            self.assertFalse(engine.ping())
            engine.start()
            self.assertTrue(engine.ping())
            engine.stop()
        rig.assert_clean()


if __name__ == "__main__":
    unittest.main(verbosity=2)
