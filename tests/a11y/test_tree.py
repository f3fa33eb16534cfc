"""The window as assistive technology sees it: the real program with the demo, read over AT-SPI.

Started by itself it brings up a display (Xvfb) and a session bus of its own and runs again inside of them, so that it
neither needs nor disturbs those of the machine. LAYERLINE_BIN is the program. Needs xvfb, dbus, at-spi2-core and
python3-pyatspi.
"""

import os
import select
import subprocess
import sys
import tempfile
import time
import unittest

INSIDE = "LAYERLINE_A11Y_INSIDE"
PATIENCE = 60  # seconds for whatever should happen soon, on a busy machine too


def until(condition, what):
    """The first true value of condition(), asked again and again; AssertionError after PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE} s for {what}")
        time.sleep(0.05)


def run_inside():
    """Runs this file on a display and a bus that end with it; returns the exit status."""
    with tempfile.TemporaryDirectory() as home:
        reading, writing = os.pipe()
        display = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
                                   pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            if not select.select([reading], [], [], PATIENCE)[0]:
                raise RuntimeError("Xvfb did not start")
            number = os.read(reading, 16).decode().strip()
            environment = dict(os.environ, DISPLAY=f":{number}", HOME=home, XDG_RUNTIME_DIR=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home,
                               QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8", **{INSIDE: "1"})
            for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"):
                environment.pop(name, None)
            return subprocess.call(["dbus-run-session", "--", sys.executable, "-B", os.path.abspath(__file__), *sys.argv[1:]], env=environment)
        finally:
            os.close(reading)
            display.terminate()
            display.wait()


def walk(node):
    """The node and all below it; what vanishes meanwhile is left out."""
    if node is None:
        return
    yield node
    try:
        children = [node.getChildAtIndex(i) for i in range(node.childCount)]
    except (GLib.Error, LookupError):
        return
    for child in children:
        yield from walk(child)


class TheWindow(unittest.TestCase):
    """One program for all cases; they read, and one presses."""

    @classmethod
    def setUpClass(cls):
        cls.said = tempfile.TemporaryFile()
        cls.program = subprocess.Popen([os.environ["LAYERLINE_BIN"], "demo", "--at", "44", "--theme", "dark", "--lang", "en"], stderr=cls.said)
        cls.frame = until(cls.find_frame, "the window in the tree")
        until(lambda: cls.find(pyatspi.ROLE_LIST_ITEM, "backend"), "the builds in the tree")

    @classmethod
    def tearDownClass(cls):
        cls.program.terminate()
        cls.program.wait(PATIENCE)
        cls.said.close()

    @classmethod
    def find_frame(cls):
        if cls.program.poll() is not None:
            cls.said.seek(0)
            raise AssertionError(f"the program ended with {cls.program.returncode}: {cls.said.read().decode(errors='replace')}")
        try:
            for application in pyatspi.Registry.getDesktop(0):
                if application is not None and application.get_process_id() == cls.program.pid:
                    for window in application:
                        if window is not None and window.getRole() == pyatspi.ROLE_FRAME:
                            return window
        except GLib.Error:
            pass  # half of it is there: ask again
        return None

    @classmethod
    def all(cls, role, part=""):
        """Showing things of a role whose name contains `part`."""
        found = []
        for node in walk(cls.frame):
            if node.getRole() == role and part in node.name and node.getState().contains(pyatspi.STATE_SHOWING):
                found.append(node)
        return found

    @classmethod
    def find(cls, role, part=""):
        return next(iter(cls.all(role, part)), None)

    def lane(self, architecture):
        return until(lambda: self.find(pyatspi.ROLE_LIST, architecture), f"the lane of {architecture}")

    def test_builds_are_rows_with_their_state(self):
        names = [row.name for row in self.all(pyatspi.ROLE_LIST_ITEM, "backend:2.14.0")]
        self.assertEqual(len(names), 3, names)
        for word in ("failed", "completed"):
            self.assertTrue(any(word in name for name in names), names)
        self.assertTrue(all("amd64" in name and "arm64" in name for name in names), names)

    def test_lanes_name_platform_and_emulation(self):
        self.assertIn("native", self.lane("amd64").name)
        self.assertIn("QEMU", self.lane("arm64").name)
        self.assertGreater(self.lane("shared").childCount, 3)

    def test_bars_have_name_state_and_duration(self):
        bars = list(self.lane("arm64"))
        self.assertGreater(len(bars), 10)
        for bar in bars:
            self.assertTrue(bar.name, "a bar without a name")
        spoken = [bar.description for bar in bars]
        self.assertTrue(any("rebuilt" in text and "emulated" in text for text in spoken), spoken)
        self.assertTrue(any("critical path" in text for text in spoken), spoken)
        self.assertTrue(any(" s" in text for text in spoken), spoken)

    def test_pressing_a_bar_selects_its_step(self):
        bar = next(bar for bar in self.lane("arm64") if "apt-get" in bar.name)
        action = bar.queryAction()
        self.assertEqual(action.nActions, 1)
        self.assertFalse(bar.getState().contains(pyatspi.STATE_SELECTED))
        action.doAction(0)
        until(lambda: bar.getState().contains(pyatspi.STATE_SELECTED), "the bar to be selected")

    def test_layers_are_rows(self):
        tab = until(lambda: self.find(pyatspi.ROLE_PAGE_TAB, "Layers"), "the tab")
        tab.queryAction().doAction(0)
        try:
            rows = until(lambda: [node for role in (pyatspi.ROLE_TABLE_CELL, pyatspi.ROLE_LIST_ITEM, pyatspi.ROLE_TREE_ITEM)
                                  for node in self.all(role, "pip install")], "rows of the layers")
            self.assertTrue(any("RUN" in row.name for row in rows), [row.name for row in rows])
        finally:
            self.find(pyatspi.ROLE_PAGE_TAB, "Timeline").queryAction().doAction(0)
            self.lane("arm64")

    def test_whatever_takes_the_focus_has_a_name(self):
        nameless = []
        for node in walk(self.frame):
            state = node.getState()
            if state.contains(pyatspi.STATE_FOCUSABLE) and state.contains(pyatspi.STATE_SHOWING) and not node.name:
                nameless.append(f"{node.getRoleName()} below {node.parent.getRoleName()} '{node.parent.name}', first child "
                                f"{node.getChildAtIndex(0).name if node.childCount else None}")
        self.assertEqual(nameless, [])

    def test_pages_are_buttons_with_a_state(self):
        builds = self.find(pyatspi.ROLE_TOGGLE_BUTTON, "Builds") or self.find(pyatspi.ROLE_CHECK_BOX, "Builds") or self.find(pyatspi.ROLE_PUSH_BUTTON, "Builds")
        self.assertIsNotNone(builds)
        self.assertTrue(builds.getState().contains(pyatspi.STATE_CHECKED))


if __name__ == "__main__":
    if INSIDE not in os.environ:
        sys.exit(run_inside())
    import pyatspi
    from gi.repository import GLib
    unittest.main()
