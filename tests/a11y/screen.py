"""A display and a session bus of a test's own, and programs read over AT-SPI on them.

A test file calls run_inside(__file__) when INSIDE is not in its environment, and is run again with a display. Needs xvfb,
dbus, at-spi2-core and python3-pyatspi. Nothing of AT-SPI is touched before a Program is made.
"""

import os
import select
import subprocess
import sys
import tempfile
import time

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


def run_inside(file):
    """Runs the file again, with this one's arguments, on a display and a bus that end with it; returns the exit status."""
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
            return subprocess.call(["dbus-run-session", "--", sys.executable, "-B", os.path.abspath(file), *sys.argv[1:]], env=environment)
        finally:
            os.close(reading)
            display.terminate()
            display.wait()


def screen_environment():
    """What a program needs to appear here, for those that are given an environment of their own."""
    return {name: os.environ[name] for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "QT_QPA_PLATFORM")}


def walk(node):
    """The node and all below it; what vanishes meanwhile is left out."""
    from gi.repository import GLib
    if node is None:
        return
    yield node
    try:
        children = [node.getChildAtIndex(i) for i in range(node.childCount)]
    except (GLib.Error, LookupError):
        return
    for child in children:
        yield from walk(child)


class Program:
    """A program on the display, with what it shows. `roles` of pyatspi are given by name: "PUSH_BUTTON"."""

    def __init__(self, command, **options):
        import pyatspi
        self._spi = pyatspi
        self._said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stderr=self._said, **options)

    def windows(self):
        """Its top-level windows, main and dialogs; AssertionError with what it said when it has ended."""
        from gi.repository import GLib
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}: {self.said()}")
        try:
            for application in self._spi.Registry.getDesktop(0):
                if application is not None and application.get_process_id() == self.process.pid:
                    return [window for window in application if window is not None]
        except GLib.Error:
            pass  # half of it is there: ask again
        return []

    def said(self):
        self._said.seek(0)
        return self._said.read().decode(errors="replace")

    def window(self, role="FRAME", name=""):
        """Waits for a top-level window."""
        wanted = getattr(self._spi, f"ROLE_{role}")
        return until(lambda: next((w for w in self.windows() if w.getRole() == wanted and name in w.name), None), f"the {role} {name}")

    def all(self, role, part="", below=None, showing=True):
        """Things of a role whose name contains `part`, in all windows unless one is given."""
        from gi.repository import GLib
        wanted, found = getattr(self._spi, f"ROLE_{role}"), []
        for top in [below] if below is not None else self.windows():
            for node in walk(top):
                try:
                    if node.getRole() == wanted and part in node.name and (not showing or node.getState().contains(self._spi.STATE_SHOWING)):
                        found.append(node)
                except (GLib.Error, LookupError):
                    continue
        return found

    def find(self, role, part="", below=None, showing=True):
        return next(iter(self.all(role, part, below, showing)), None)

    def wait_for(self, role, part="", below=None, showing=True):
        return until(lambda: self.find(role, part, below, showing), f"{role} '{part}'")

    def has(self, node, state):
        """`state` by name: "CHECKED"."""
        return node.getState().contains(getattr(self._spi, f"STATE_{state}"))

    def press(self, role, part, below=None, showing=True):
        """What a screen reader's user does: the thing's own action, once it can be done."""
        node = self.wait_for(role, part, below, showing)
        until(lambda: self.has(node, "SENSITIVE") or self.has(node, "ENABLED"), f"{part} to be possible")
        node.queryAction().doAction(0)

    # --- as a hand would; there is no window manager, so the focus has to be given ---

    def give_focus(self, node):
        """Clicks into the middle of it, with the keyboard going to its window."""
        box = node.queryComponent().getExtents(self._spi.DESKTOP_COORDS)
        xdotool("mousemove", box.x + box.width // 2, box.y + box.height // 2)
        number = next(line for line in xdotool("getmouselocation", "--shell").splitlines() if line.startswith("WINDOW=")).split("=")[1]
        xdotool("windowfocus", "--sync", number)
        xdotool("click", "1")

    def keys(self, *names):
        """"ctrl+a", "space": to whatever has the focus."""
        xdotool("key", "--clearmodifiers", *names)

    def close(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self._said.close()


def xdotool(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], check=True, capture_output=True, text=True, timeout=PATIENCE).stdout


def clipboard():
    """What was copied last, as text; "" before anything was."""
    return subprocess.run(["xclip", "-out", "-selection", "clipboard"], check=False, capture_output=True, text=True, timeout=PATIENCE).stdout
