#!/usr/bin/python3
"""The canary: a token that comes in by the environment appears nowhere else."""
import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from standin.script import Job, Step  # noqa: E402
from support import FAKE_ENGINE, LAYERLINE as LAYERLINE_BIN  # noqa: E402
from support import Case, Home, layerline, start, wait_until  # noqa: E402

OTHER = "ghp_" + "AnotherBirdOfTheSamePlumage0123456789"
SOMEBODYS = "ghp_" + "ThisOneIsSomebodyElses0123456789abcd"
RECORD = Path(__file__).resolve().parents[1] / "data/github/amd64.dockerbuild"
CANARY = "ghp_" + "CanaryInTheCoalMine9876543210zyxwvut"
# Every program Layerline might start: each notes its arguments and environment, then fails.
PROGRAMS = ("docker", "docker-buildx", "buildx", "git", "secret-tool", "xdg-open", "gh", "dbus-send", "kwallet-query", "ssh")
NOTE = """#!/bin/sh
{ printf '%s\\n' "$0" "$@"; env; printf '%s\\n' ---; } >> "$NOTES"
exit 1
"""


class Token(Case):
    def setUp(self):
        super().setUp()
        self.world.add_account(CANARY)
        self.shop = self.world.add_repository("octo/shop")
        self.shop.git.commit_file("main", ".github/workflows/docker.yml", b"name: images\non: workflow_dispatch\njobs: {}\n", "Images")
        self.run_ = self.shop.add_run(jobs=[Job("build", [Step("Build", 600)], queued=1)])
        self.shop.add_cache("index-arm64-1-0a1b2c3d#2")
        self.home = Home(self, CANARY)
        bin_folder = self.home.folder / "bin"
        bin_folder.mkdir()
        for name in PROGRAMS:
            (bin_folder / name).write_text(NOTE, encoding="utf-8")
            (bin_folder / name).chmod(stat.S_IRWXU)
        self.notes = self.home.folder / "notes"
        self.home.environment.update(PATH=f"{bin_folder}:{os.environ['PATH']}", NOTES=str(self.notes))

    def tearDown(self):
        self.assertClean()
        super().tearDown()

    def assertNowhere(self, *outputs):
        for output in outputs:
            self.assertNotIn(CANARY, output)
        for path in self.home.files():
            self.assertNotIn(CANARY.encode(), path.read_bytes(), f"{path} holds the token")

    def assertNotInProcess(self, running):
        """Neither its arguments nor the environment that the kernel shows of it."""
        for name in ("cmdline", "environ"):
            self.assertNotIn(CANARY.encode(), Path(f"/proc/{running.pid}/{name}").read_bytes(), name)

    def commands(self):
        return [("runs", "octo/shop"), ("runs", "octo/shop", "--json"), ("runs", "octo/shop", "--run", "1"), ("runs", "octo/none"),
                ("runs", "--none"), ("caches", "octo/shop"), ("caches", "octo/shop", "--json"), ("caches", "octo/shop", "--delete", "1"),
                ("caches", "octo/shop", "--delete", str(self.shop.caches[0].id), "--dry-run"),
                ("dispatch", "octo/shop", "docker.yml", "--dry-run"), ("dispatch", "octo/shop", "docker.yml", "--json"),
                ("dispatch", "octo/shop", "none.yml"), ("builders",), ("builds", "--json")]

    def test_commands_leave_no_trace(self):
        for arguments in self.commands():
            with self.subTest(arguments):
                done = layerline(self.home, *arguments)
                self.assertNowhere(done.stdout, done.stderr)
        self.assertTrue(any(seen.authorized and seen.status == 200 for seen in self.front.seen), "the token was used at all")

    def test_a_refusal_that_repeats_it_is_masked(self):
        self.front.faults.append(faults.Fault("", faults.answers(403, f"Token {CANARY} may not do this")))
        done = layerline(self.home, "runs", "octo/shop")
        self.assertEqual(done.returncode, 2)
        self.assertNowhere(done.stdout, done.stderr)

    def test_not_in_the_command_line_of_the_process(self):
        slow = faults.Slow()
        self.front.faults.append(faults.Fault("", slow, 1))
        running = start(self.home, "runs", "octo/shop", "--json")
        try:
            self.assertTrue(slow.begun.wait(30))
            self.assertNotInProcess(running)
        finally:
            slow.release.set()
            out, err = running.communicate(timeout=60)
        self.assertEqual(running.returncode, 0)
        self.assertNowhere(out, err)

    def test_watching(self):
        with open(self.home.folder / "watched", "w", encoding="utf-8") as output:
            running = subprocess.Popen([LAYERLINE_BIN, "runs", "octo/shop", "--watch", "--json"], env=self.home.environment,
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            wait_until(lambda: self.front.count(status=200, fragment="/jobs"), what="a look at the jobs")
            self.assertNotInProcess(running)
            self.world.accounts.clear()   # withdrawn: what it says then must not name it either
            wait_until(lambda: self.front.count(status=401), what="the refusal")
        finally:
            running.kill()
            running.wait()
        self.assertNowhere()

    def test_no_child_inherits_it(self):
        self.home.environment["GITHUB_TOKEN"] = CANARY
        running = start(self.home, "watch", "--json")
        try:
            wait_until(lambda: self.notes.exists() and "---" in self.notes.read_text(encoding="utf-8"), what="a child's note")
        finally:
            running.kill()
            self.assertNowhere(*running.communicate())
        self.assertIn(f"HOME={self.home.folder}", self.notes.read_text(encoding="utf-8"), "the environment is noted")

    def test_the_window(self):
        """Its children, its files and what it prints while it watches a repository, and what it leaves behind."""
        folder = self.home.folder / "config" / "layerline"
        folder.mkdir()
        (folder / "layerline.conf").write_text("[github]\nrepositories=octo/shop\nclientId=Iv1.0123\n", encoding="utf-8")
        # A job that no runner takes: whose runners there are, and how many the plan lets run, is asked of its organisation.
        self.shop.organisation = "team"
        self.shop.add_run(jobs=[Job("waits", [Step("Build", 600)], ("our-arm",), queued=None)])
        running = start(self.home)
        try:
            wait_until(lambda: self.notes.exists() and "---" in self.notes.read_text(encoding="utf-8"), what="a child's note")
            wait_until(lambda: self.front.count(status=200, fragment="/jobs"), what="a look at the jobs")
            wait_until(lambda: self.front.count(fragment="/actions/runners"), what="the check of the permissions")
            wait_until(lambda: self.front.count(fragment="/orgs/octo/actions/runners"), what="the organisation's runners")
            wait_until(lambda: self.front.count(status=200, fragment="/orgs/octo"), what="the organisation's plan")
            self.world.accounts.clear()   # withdrawn: what it keeps of that must not name it either
            wait_until(lambda: self.front.count(status=401), what="the refusal")
            self.assertNotInProcess(running)
        finally:
            running.terminate()
            self.assertNowhere(*running.communicate(timeout=30))

    @contextlib.contextmanager
    def builder(self, ref):
        """The address of a builder that has finished one build."""
        engine = subprocess.Popen([FAKE_ENGINE, str(self.home.folder / "run" / "engine"), ref], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield engine.stdout.readline().strip()
        finally:
            engine.communicate(timeout=30)

    def kept(self):
        """The refs of the builds in the history's database."""
        for database in self.home.folder.rglob("history.db"):
            with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as history:
                return [ref for ref, in history.execute("SELECT ref FROM builds")]
        return []

    def test_the_database(self):
        """A build that is kept while runs are watched with the token: neither the history nor what is read from it knows of it."""
        folder = self.home.folder / "config" / "layerline"
        folder.mkdir()
        with self.builder("kept-ref") as address:
            (folder / "layerline.conf").write_text(f"[github]\nrepositories=octo/shop\n[builders]\naddresses={address}\n", encoding="utf-8")
            running = start(self.home)
            try:
                wait_until(lambda: self.front.count(status=200, fragment="/jobs"), what="a look at the jobs")
                wait_until(lambda: self.kept() == ["kept-ref"], 60, what="the build in the history")
                self.assertNowhere()   # the log that is written ahead of the database, too
            finally:
                running.terminate()
                outputs = running.communicate(timeout=30)
        searched = {path.name: path.read_bytes() for path in self.home.files() if path.name.startswith("history.db")}
        self.assertTrue(searched["history.db"].startswith(b"SQLite format 3\0"), "a database is among the files that are searched")
        self.assertTrue(any(b"kept-ref" in content for content in searched.values()), "and the build in it or in what is written ahead of it")
        self.assertNowhere(*outputs)
        for arguments in (("builds", "--json"), ("show", "kept-ref", "--json")):
            with self.subTest(arguments):
                done = layerline(self.home, *arguments)
                self.assertIn("kept-ref", done.stdout, done.stderr)
                self.assertNowhere(done.stdout, done.stderr)

    def test_pictures(self):
        """Of every page; the ones of GitHub are asked for with the token."""
        sources = {"builds": "demo", "layers": "demo", "log": "demo", "details": "demo", "builders": "demo", "releases": "demo",
                   "settings": "demo", "empty": "demo", "pipelines": "octo/shop"}
        for page, source in sources.items():
            with self.subTest(page):
                picture = self.home.folder / f"{page}.png"
                done = layerline(self.home, "shot", page, "--from", source, "-o", str(picture))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertGreater(picture.stat().st_size, 0)
                self.assertNowhere(done.stdout, done.stderr)
        self.assertTrue(self.front.count(status=200, fragment="/runs"), "the page of the runs asked with the token")

    def picture(self, page, source, token):
        """The PNG's bytes: one encoder, no dates in it, so equal pixels are equal bytes."""
        self.home.environment.pop("GH_TOKEN", None)
        if token:
            self.home.environment["GH_TOKEN"] = token
        for account in self.world.accounts.values():   # what is left of the budget is shown
            account.used, account.window = 0, self.begun
        path = self.home.folder / "picture.png"
        path.unlink(missing_ok=True)
        done = layerline(self.home, "shot", page, "--from", str(source), "-o", str(path))
        self.assertEqual(done.returncode, 0, done.stderr)
        return path.read_bytes()

    def same_picture(self, page, source, *tokens):
        """On a busy machine a layout may not have settled when it is drawn; a picture with the token in it would never be the same."""
        first = {self.picture(page, source, CANARY)}
        for token in tokens:
            for _ in range(4):
                if self.picture(page, source, token) in first:
                    break
                first.add(self.picture(page, source, CANARY))
            else:
                return False
        return True

    def test_no_pixel_of_a_picture_comes_from_the_token(self):
        """Of each page: drawn with one token, with another and with none. What GitHub was asked for shows the account, not its token."""
        self.begun = self.clock.now()
        self.world.add_account(OTHER)
        sources = {**dict.fromkeys(("builds", "layers", "log", "details"), RECORD), **dict.fromkeys(("releases", "settings", "empty"), "demo")}
        for page, source in sources.items():
            with self.subTest(page):
                self.assertTrue(self.same_picture(page, source, OTHER, None))
        old = self.world.add_repository("octo/old")   # all of it is over: nothing on the page counts on
        old.add_run(jobs=[Job("build", [Step("Build", 600)], queued=1)], created=self.clock.now() - 3 * 86400)
        self.assertTrue(self.same_picture("pipelines", "octo/old", OTHER))
        self.world.add_account(SOMEBODYS, login="hubot")
        self.assertFalse(self.same_picture("pipelines", "octo/old", SOMEBODYS), "who signed in is not on the page: nothing was compared")

    def test_what_is_written_for_others(self):
        """Exports: reports as JSON, a workflow rewritten, and the requests that were only shown."""
        for arguments in (("show", "demo", "--json"), ("runs", "octo/shop", "--json", "--run", str(self.run_.id)),
                          ("migrate", "octo/shop", "--workflow", "docker.yml", "--json"), ("rollback", "octo/shop", "--workflow", "docker.yml")):
            with self.subTest(arguments):
                done = layerline(self.home, *arguments)
                self.assertNowhere(done.stdout, done.stderr)

    def test_a_build_that_names_it_as_a_secret_gets_it(self):
        """The one hand-over there is: to the client of a build that asks for the variable, and nowhere else."""
        project = self.home.folder / "project"
        project.mkdir()
        (project / "Dockerfile").write_text("FROM scratch\n", encoding="utf-8")
        secret = ("build", str(project), "--secret", "id=token,env=GH_TOKEN")
        announced = layerline(self.home, *secret, "--dry-run")
        self.assertEqual((announced.returncode, announced.stderr), (0, ""))
        self.assertIn("GH_TOKEN is handed over by the environment", announced.stdout)
        done = layerline(self.home, *secret)
        wait_until(lambda: self.notes.exists() and "buildx\nbuild\n" in self.notes.read_text(encoding="utf-8"), what="the build's client")
        wait_until(lambda: "running" not in layerline(self.home, "jobs").stdout, what="the build's end")
        noted = self.notes.read_text(encoding="utf-8").split("---\n")
        self.notes.unlink()
        self.assertNowhere(announced.stdout, done.stdout, done.stderr)
        with_token = [note for note in noted if CANARY in note]
        self.assertTrue(with_token)
        self.assertTrue(all("\nbuild\n" in note and f"GH_TOKEN={CANARY}" in note for note in with_token), noted)

    def test_used_by_both_names(self):
        for name in ("GH_TOKEN", "GITHUB_TOKEN"):
            self.home.environment.pop("GH_TOKEN", None)
            self.home.environment[name] = CANARY
            self.assertEqual(layerline(self.home, "runs", "octo/shop").returncode, 0)
            del self.home.environment[name]


if __name__ == "__main__":
    unittest.main()
