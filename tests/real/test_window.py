#!/usr/bin/python3
"""The real window on a display of its own: a build it starts outlives it, and is there again at the next start.

On both engines, each by its own buildx. What a screen reader may press is pressed as a screen reader does; the rest gets
real keys. Needs, beside the rig, what tests/a11y needs, and xdotool and xclip.
"""
import base64
import os
import re
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "a11y"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import lab  # noqa: E402
from lab import BOTH, Lab, RealTest, layerline_binary, poll  # noqa: E402
from screen import INSIDE, Program, clipboard, run_inside, screen_environment, until  # noqa: E402

LINES = 60
# Seconds from the signal to when the window says that it no longer sees the build.
KILLED_LIMIT_S = 2
FROZEN_LIMIT_S = 5
# Tells its lines slowly, so that there is a middle to be killed in.
SLOW = """FROM BASE
ARG TARGETARCH
RUN --network=none for i in $(seq 1 LINES); do echo NAME $TARGETARCH line $i; usleep 200000; done
""".replace("LINES", str(LINES))


class Windows(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node(cls.suite, cls.suite)
        cls.env = {"PATH": cls.node.tools_path(), "XDG_STATE_HOME": str(cls.lab.rig.dir / "state"),
                   "LAYERLINE_HISTORY": str(cls.lab.rig.dir / "home/window-history")}

    def window(self):
        """The program started anew, with all it had before."""
        program = Program([layerline_binary(), "--lang", "en"], env=self.node.layerline_env(**{**self.env, **screen_environment()}))
        self.addCleanup(program.close)
        self.lab.clients.append(program.process)
        program.window()
        return program

    def job(self, ref):
        """The job the window made of the build with this reference."""
        found = [j for j in self.node.layerline("jobs", **self.env)["jobs"] if any(ref in lane["refs"] for lane in j["lanes"])]
        return found[0] if found else None

    def start_in_window(self, window, context):
        """New build, the folder, both platforms, Start: as far as the button that is pressed."""
        window.press("MENU_ITEM", "New build", showing=False)
        dialog = window.window("DIALOG", "New build")
        folder = window.wait_for("TEXT", "Build", dialog)
        folder.queryEditableText().setTextContents(str(context))
        for platform in BOTH.split(","):
            self.choose_platform(window, dialog, platform)
        command = window.wait_for("TEXT", "What will run", dialog)
        until(lambda: f"--platform {BOTH}" in text_of(command) and str(context) in text_of(command), "the command of both platforms")
        window.press("PUSH_BUTTON", "Start the build", dialog)

    @staticmethod
    def choose_platform(window, dialog, platform):
        """Space on its row, as often as it takes: the rows are made anew when the folder has been read."""
        pressed = 0

        def chosen():
            nonlocal pressed
            cell = window.wait_for("TABLE_CELL", platform, dialog)
            if window.has(cell, "CHECKED"):
                return True
            if time.monotonic() - pressed > 3:  # so long the last press may take to show
                window.give_focus(cell)
                window.keys("space")
                pressed = time.monotonic()
            return False
        until(chosen, f"{platform} to be chosen")

    def start_and_kill(self, name):
        """Builds from the window until both platforms have said something, then kills the window; the reference."""
        context = self.lab.context(f"{name}-{self.suite}", SLOW.replace("NAME", name))
        follow = self.node.bare_follow("--active-only")
        self.addCleanup(follow.stop)
        window = self.window()
        self.start_in_window(window, context)
        for architecture in ("amd64", "arm64"):
            said = f"{name} {architecture} line".encode()
            _t, event = follow.wait_for(lambda e, said=said: any(said in base64.b64decode(g["msg"]) for g in e.get("logs", ())), said, 120)
        window.process.send_signal(signal.SIGKILL)
        window.process.wait(10)
        return event["ref"]

    def lines(self, name):
        """What the build says in all, per platform."""
        return {a: [f"{name} {a} line {i}" for i in range(1, LINES + 1)] for a in ("amd64", "arm64")}

    def test_killed_in_the_middle(self):
        ref = self.start_and_kill("killed")
        self.assertFalse(self.node.reader.records()[ref].HasField("completed_at"), "the middle of the build")
        self.assertEqual(self.job(ref)["state"], "running", "the build goes on without the window")
        poll(lambda: self.node.reader.records()[ref].HasField("completed_at"), "the end of the build", 120)
        poll(lambda: self.job(ref)["state"] == "done", "the end of its client", 30)
        count, shown = self.check(self.node, ref, "completed")
        logs = [s.log.decode().splitlines() for s in count.by_name("RUN")]
        self.assertEqual(sorted(logs), sorted(self.lines("killed").values()))
        spool, = self.node.layerline("show", self.job(ref)["lanes"][0]["log"])["builds"]
        self.assertEqual([s["log_lines"] for s in spool["steps"] if s["name"].endswith("done") and "RUN" in s["name"]], [LINES] * 2,
                         "the client's own log is whole, too")

        window = self.window()
        self.choose(window, "killed", "completed")
        self.assertEqual(self.shown_log(window, "killed"), self.lines("killed"))
        self.assertEqual(shown["total_steps"], count.total)

    def choose(self, window, name, state):
        """Clicks the build in the list, which says how it stands, and so does the head of its page."""
        row = window.wait_for("LIST_ITEM", f"{name}-{self.suite}")
        until(lambda: state in row.name, f"{row.name} to be {state}")
        window.give_focus(row)
        window.wait_for("LABEL", f"{name}-{self.suite}")
        window.wait_for("LABEL", state)

    def shown_log(self, window, name, at_least=LINES):
        """The whole build's log as the window has it, selected and copied; lines per architecture, without what stands before them."""
        window.press("PAGE_TAB", "Log")
        log = until(lambda: max(window.all("TERMINAL"), key=lambda n: n.queryComponent().getSize()[1], default=None), "the log")

        def copied():
            window.give_focus(log)
            window.keys("ctrl+a", "ctrl+c")
            return {a: re.findall(f"{name} {a} line \\d+(?=\n|$)", clipboard()) for a in ("amd64", "arm64")}
        until(lambda: all(len(found) >= at_least for found in copied().values()), "the log's lines")
        return copied()

    def test_record_kept_and_deleted(self):
        """The builder's own record, through the button beside the build: nothing happens before it is confirmed."""
        ref, = self.node.build(self.lab.context(f"kept-{self.suite}", "FROM BASE\nRUN --network=none true\n"))
        window = self.window()
        self.choose(window, "kept", "completed")
        for keys, button, done in ((("Down", "Return"), "Keep it", lambda: self.node.reader.records()[ref].pinned),
                                   (("Down", "Down", "Return"), "Delete the record", lambda: ref not in self.node.reader.records())):
            self.assertFalse(done())
            window.give_focus(window.wait_for("PUSH_BUTTON", "The record on its builder"))
            window.keys(*keys)  # Qt leaves open menus out of the tree
            dialog = window.wait_for("DIALOG", "kept-")
            self.assertFalse(done())
            window.press("PUSH_BUTTON", button, dialog)
            poll(done, button, 30)
            until(lambda: not window.all("DIALOG"), "the dialog to close")
        window.wait_for("LIST_ITEM", f"kept-{self.suite}")  # Layerline's own copy stays

    def test_picked_up_and_cancelled(self):
        """A window that comes back in the middle shows the build running, and still may cancel it: it is Layerline's own."""
        ref = self.start_and_kill("back")
        window = self.window()
        self.choose(window, "back", "running")
        window.press("PUSH_BUTTON", "Cancel")
        dialog = window.window("DIALOG", "Cancel")
        window.press("PUSH_BUTTON", "Cancel the build", dialog)
        poll(lambda: self.job(ref)["state"] == "canceled", "the job cancelled", 30)
        window.wait_for("LABEL", "cancel")
        self.check(self.node, ref, "canceled")

    # --- the engine goes away under an open window ---

    def begin_and_choose(self, window, name):
        """Somebody's build, chosen in the window, of which both platforms have said something; its client and reference."""
        follow = self.node.bare_follow("--active-only")
        self.addCleanup(follow.stop)
        client = self.node.start("build", "--progress", "plain", "--platform", BOTH,
                                 self.lab.context(f"{name}-{self.suite}", SLOW.replace("NAME", name)))
        for architecture in ("amd64", "arm64"):
            said = f"{name} {architecture} line".encode()
            _t, event = follow.wait_for(lambda e, said=said: any(said in base64.b64decode(g["msg"]) for g in e.get("logs", ())), said, 120)
        self.choose(window, name, "running")
        return client, event["ref"]

    def row_says(self, window, name, state):
        """The build in the list: found anew each time, for it moves when its state changes."""
        until(lambda: any(state in row.name for row in window.all("LIST_ITEM", f"{name}-{self.suite}")), f"{name} to be {state}")

    def check_lost(self, window, name, reason, builder):
        """List, head and lanes say that the build can't be seen, and why; the builder's card says how that one stands; all
        while the window does what it is told."""
        self.row_says(window, name, "connection lost")
        until(lambda: any(reason in chip.description for chip in window.all("LABEL", "connection lost")), f"the reason: {reason}")
        standing = self.lanes(window)
        self.assertEqual(set(standing), {"amd64", "arm64"})
        for tab in ("Layers", "Timeline"):
            window.press("PAGE_TAB", tab)
            until(lambda tab=tab: bool(window.find("TABLE", "Timeline")) == (tab == "Timeline"), f"{tab} in front")
        if builder:
            window.keys("ctrl+7")
            window.wait_for("LABEL", builder)
            window.keys("ctrl+1")
            window.wait_for("PAGE_TAB", "Timeline")
        self.assertEqual(self.lanes(window), standing, "the clocks of the lanes stand still")

    def lost_within(self, window, limit, act):
        """What `act` does to the engine shows at the head of the build's page in time. The clock runs from before the signal to
        after the answer of a window asked twenty times a second; only what the kernel made the program and this test wait for a
        processor is taken off, for that says how busy the machine is and nothing of the program."""
        chips = window.all("LABEL", "running")  # asked for their names one by one: to look for them anew takes a second

        def lost():
            return any("connection lost" in chip.name for chip in chips)
        self.assertTrue(chips and not lost())
        before = [kept_waiting(pid) for pid in (window.process.pid, os.getpid())]
        with ThreadPoolExecutor(1) as executor:
            begun = time.monotonic()
            done = executor.submit(act)  # it also waits for the engine's end
            until(lost, "connection lost")
            took = time.monotonic() - begun
            done.result()
        waits = [late(pid, then) for pid, then in zip((window.process.pid, os.getpid()), before)]
        print(f"{self.id()}: connection lost after {took:.2f} s, of which {sum(waits):.2f} s without a processor", flush=True)
        self.assertLessEqual(took - sum(waits), limit)

    @staticmethod
    def lanes(window):
        """What each platform's lane of the timeline says of itself."""
        return until(lambda: {lane.name.split()[0]: lane.description for lane in window.all("LIST") if lane.name.startswith(("amd64", "arm64"))}, "the lanes")

    def test_engine_frozen_under_the_window(self):
        """Nothing is known while it is frozen, and nothing is missing or said twice once it goes on."""
        window = self.window()
        client, ref = self.begin_and_choose(window, "frozen")
        try:
            self.lost_within(window, FROZEN_LIMIT_S, self.node.engine.freeze)
            self.check_lost(window, "frozen", "it has not answered", "takes the connection but does not answer")
        finally:
            self.node.engine.thaw()
        self.row_says(window, "frozen", "running")
        self.node.finish(client)
        self.row_says(window, "frozen", "completed")
        self.choose(window, "frozen", "completed")
        self.assertEqual(self.shown_log(window, "frozen"), self.lines("frozen"))
        self.check(self.node, ref, "completed")

    def test_engine_killed_under_the_window(self):
        """The build ended with its engine: it stays as it was last seen, and the next one is whole."""
        window = self.window()
        client, ref = self.begin_and_choose(window, "crashed")
        self.lost_within(window, KILLED_LIMIT_S, self.node.engine.kill)
        self.check_lost(window, "crashed", "", "Nobody answers at")
        client.wait(60)
        self.node.engine.start()
        self.node.reconnect()
        self.assertNotIn(ref, self.node.reader.records())
        self.check_lost(window, "crashed", "it ended with the engine", None)
        for architecture, lines in self.shown_log(window, "crashed", 1).items():
            self.assertEqual(lines, self.lines("crashed")[architecture][:len(lines)], "no line twice and none missing")
        after, = self.node.build(self.lab.context(f"after-{self.suite}", SLOW.replace("NAME", "after").replace("usleep 200000", "usleep 20000")), "--platform", BOTH)
        self.row_says(window, "after", "completed")
        self.choose(window, "after", "completed")
        self.assertEqual(self.shown_log(window, "after"), self.lines("after"))
        self.check(self.node, after, "completed")


def kept_waiting(pid):
    """{thread: seconds it was ready to run and had no processor}, since each began."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found[int(task.name)] = int((task / "schedstat").read_text().split()[1]) / 1e9
        except OSError:
            pass  # it ended; or a kernel that does not tell: then nothing is taken off
    return found


def late(pid, before):
    """How long a chain of the main thread and one other of the process was kept waiting since `before`."""
    waits = {thread: now - before.get(thread, 0) for thread, now in kept_waiting(pid).items()}
    return waits.pop(pid, 0) + max(waits.values(), default=0)


def text_of(node):
    return node.queryText().getText(0, -1)


class WindowForky(Windows):
    suite = "forky"


class WindowTrixie(Windows):
    suite = "trixie"


del Windows  # or unittest would run it, too

if __name__ == "__main__":
    if INSIDE not in os.environ:
        sys.exit(run_inside(__file__))
    lab.run_main()
