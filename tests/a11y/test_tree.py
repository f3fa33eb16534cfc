"""The window as assistive technology sees it: the real program with the demo, read over AT-SPI.

Started by itself it brings up a display (Xvfb) and a session bus of its own and runs again inside of them, so that it
neither needs nor disturbs those of the machine. LAYERLINE_BIN is the program. Needs xvfb, dbus, at-spi2-core and
python3-pyatspi.
"""

import os
import sys
import unittest

from screen import INSIDE, Program, run_inside, until, walk


class TheWindow(unittest.TestCase):
    """One program for all cases; they read, and one presses."""

    @classmethod
    def setUpClass(cls):
        cls.program = Program([os.environ["LAYERLINE_BIN"], "demo", "--at", "44", "--theme", "dark", "--lang", "en"])
        cls.addClassCleanup(cls.program.close)
        cls.frame = cls.program.window()
        cls.program.wait_for("LIST_ITEM", "backend", cls.frame)

    def all(self, role, part=""):
        """Showing things of a role whose name contains `part`."""
        return self.program.all(role, part, self.frame)

    def find(self, role, part=""):
        return next(iter(self.all(role, part)), None)

    def lane(self, architecture):
        return until(lambda: self.find("LIST", architecture), f"the lane of {architecture}")

    def test_builds_are_rows_with_their_state(self):
        names = [row.name for row in self.all("LIST_ITEM", "backend:2.14.0")]
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
        tab = until(lambda: self.find("PAGE_TAB", "Layers"), "the tab")
        tab.queryAction().doAction(0)
        try:
            rows = until(lambda: [node for role in ("TABLE_CELL", "LIST_ITEM", "TREE_ITEM")
                                  for node in self.all(role, "pip install")], "rows of the layers")
            self.assertTrue(any("RUN" in row.name for row in rows), [row.name for row in rows])
        finally:
            self.find("PAGE_TAB", "Timeline").queryAction().doAction(0)
            self.lane("arm64")

    def test_the_log_is_text(self):
        """What is in sight of it; a reader scrolls for more."""
        self.program.press("PAGE_TAB", "Log", self.frame)
        try:
            until(lambda: any(len(node.queryText().getText(0, -1).splitlines()) > 5 for node in self.all("TERMINAL")), "lines of the log")
        finally:
            self.program.press("PAGE_TAB", "Timeline", self.frame)
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
        builds = self.find("TOGGLE_BUTTON", "Builds") or self.find("CHECK_BOX", "Builds") or self.find("PUSH_BUTTON", "Builds")
        self.assertIsNotNone(builds)
        self.assertTrue(builds.getState().contains(pyatspi.STATE_CHECKED))


if __name__ == "__main__":
    if INSIDE not in os.environ:
        sys.exit(run_inside(__file__))
    import pyatspi
    unittest.main()
