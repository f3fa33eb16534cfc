"""Acting on builds, on one engine: builds that outlive their starter, keep-going, prune, records; kinds.py builds again.

Each suite is driven by its own engine's buildx; test_act.py runs them.
"""
import base64
import contextlib
import json
import os
import signal
import sqlite3
import subprocess

from lab import BOTH, Lab, RealTest, layerline_binary, nanoseconds, poll
from scenarios import TWO_PLATFORMS

# amd64 always builds; arm64 only with a good flag. Neither depends on the other's.
LANES = """FROM BASE
ARG TARGETARCH
COPY flag-${TARGETARCH} /flag
RUN --network=none grep -q good /flag
"""


def platform_time(build, platform):
    """Milliseconds from the build's start to the platform's last step, and what came after the last platform's: what all
    platforms share at the end, their export, is not waited for by one platform because of the others."""
    started, completed = nanoseconds(build["started"]), nanoseconds(build["completed"])
    ends = {}
    for step in build["steps"]:
        shared_export = len(step["needed_by"]) != 1 and not step["name"].startswith("[")
        if shared_export or not step["intervals"] or not step["intervals"][-1]["completed"]:
            continue
        end = max(started, nanoseconds(step["intervals"][-1]["completed"]))
        for needed_by in ("any", *step["needed_by"]):
            ends[needed_by] = max(ends.get(needed_by, started), end)
    return (ends[platform] - started + max(0, completed - ends["any"])) / 1e6


class ActBase(RealTest):
    """An engine, its own buildx, a second way to it, and `layerline` as its users call it. Subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node(cls.suite, cls.suite)
        cls.env = {"PATH": cls.node.tools_path(), "XDG_STATE_HOME": str(cls.lab.rig.dir / "state")}
        cls.registry = cls.lab.rig.registry.address
        cls.node.add_far()

    # --- helpers ---

    def act(self, *arguments, codes=(0,), **env):
        return self.node.layerline(*arguments, codes=codes, timeout=180, **{**self.env, **env})

    def plain(self, *arguments, **env):
        """A command without --json; the CompletedProcess."""
        return subprocess.run([layerline_binary(), *map(str, arguments)], env=self.node.layerline_env(**{**self.env, **env}),
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False)

    def context(self, name, dockerfile, **files):
        return self.lab.context(f"{name}-{self.suite}", dockerfile.replace("--network=none ", f"--network=none : {name}; "), **files)

    def build(self, context, *arguments, **options):
        """The one ref of a build started by buildx."""
        ref, = self.node.build(context, *arguments, **options)
        return ref

    def manifests(self, image):
        """Platform to digest of an image in the registry."""
        raw = json.loads(self.node.engine.buildx("imagetools", "inspect", "--raw", image).stdout)
        return {"/".join(filter(None, (m["platform"]["os"], m["platform"]["architecture"]))): m["digest"]
                for m in raw["manifests"] if m["platform"]["os"] != "unknown"}

    def rebuild(self, ref, *arguments, codes=(0,), **env):
        """Rebuilds by the record; the new ref."""
        with self.node.new_records() as new:
            job = self.act("rebuild", ref, *arguments, codes=codes, **env)["job"]
        self.assertEqual([r for lane in job["lanes"] for r in lane["refs"]], new, "the job knows its record")
        return new[0]

    @contextlib.contextmanager
    def window_open(self, history):
        """The window, offscreen, with a history of its own; yields what waits until the clients of some builds are kept."""
        window = subprocess.Popen([layerline_binary()], env=self.node.layerline_env(**{**self.env, "LAYERLINE_HISTORY": str(history)}),
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.lab.clients.append(window)
        try:
            earlier = {ref for ref, record in self.node.reader.records().items() if record.HasField("completed_at")}
            poll(lambda: earlier <= self.stored(history, "SELECT ref FROM builds"), "the window's first look", 60)
            yield lambda refs: poll(lambda: refs <= self.stored(history, "SELECT ref FROM blobs WHERE kind = 'clientCommand'"), "the command lines kept", 60)
        finally:
            window.kill()
            window.wait()

    @staticmethod
    def stored(folder, query):
        """First column of a query on a history that may not exist yet."""
        files = list(folder.glob("*.db")) + list(folder.glob("*.sqlite"))
        if not files:
            return set()
        with contextlib.closing(sqlite3.connect(f"file:{files[0]}?mode=ro", uri=True)) as database, contextlib.suppress(sqlite3.OperationalError):
            return {row[0] for row in database.execute(query)}
        return set()


class Acts(ActBase):
    """Not run itself."""

    # --- refusing ---

    def test_refusals(self):
        """What stands in the way is said, with what helps; nothing is started."""
        context = self.context("refused", "FROM BASE\nRUN --mount=type=secret,id=npm --network=none true\n")
        secret = self.lab.rig.dir / "refused-secret"
        secret.write_text("hunter4")
        ref = self.build(context, "--secret", f"id=npm,src={secret}", "--provenance=mode=max")
        with self.node.new_records() as new:
            def kinds(*arguments):
                plan = self.act("rebuild", ref, "--dry-run", *arguments, codes=(1,))
                self.assertFalse(plan["possible"])
                for obstacle in plan["obstacles"]:
                    self.assertTrue(obstacle["text"] and obstacle["help"])
                return {o["kind"] for o in plan["obstacles"]}
            self.assertEqual(kinds(), {"secret-needed"})
            self.assertEqual(kinds("--builder", "nobody"), {"secret-needed", "builder-gone"})
            (context / "Dockerfile").rename(context / "Other.Dockerfile")
            self.assertEqual(kinds(), {"secret-needed", "dockerfile-gone"})
            context.rename(context.with_name("moved-away"))
            self.assertEqual(kinds(), {"secret-needed", "context-gone"})
        self.assertEqual(new, [])

    # --- running ---

    def job(self, ident):
        job, = self.act("jobs", ident)["jobs"]
        return job

    def start(self, *arguments):
        """Layerline in the background, in a session of its own, as a terminal would run it."""
        process = subprocess.Popen([layerline_binary(), *map(str, arguments)], env=self.node.layerline_env(**self.env), text=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        self.lab.clients.append(process)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        ident = process.stderr.readline().split()[-1]
        self.assertRegex(ident, "^ll-")
        return process, ident

    def running_ref(self, ident):
        def found():
            lane = self.job(ident)["lanes"][0]
            self.assertIn(lane["state"], ("queued", "running"))
            return lane["refs"][:1]
        return poll(found, "the reference of the running build", 60)[0]

    def test_starter_killed(self):
        context = self.context("killed", "FROM BASE\nRUN --network=none for i in $(seq 1 40); do echo line $i; usleep 100000; done\n")
        follow = self.node.bare_follow("--active-only")
        self.addCleanup(follow.stop)
        process, ident = self.start("build", context, "--follow")
        ref = self.running_ref(ident)
        follow.wait_for(lambda e: e.get("ref") == ref and any(b"line" in base64.b64decode(g["msg"]) for g in e.get("logs", ())), "the first line", 60)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        self.assertEqual(self.job(ident)["state"], "running", "the build goes on without its starter")
        poll(lambda: self.job(ident)["state"] != "running", "the end of the build", 60)
        job = self.job(ident)
        self.assertEqual(job["state"], "done", job)
        self.assertEqual(job["lanes"][0]["refs"], [ref])
        _count, shown = self.check(self.node, ref, "completed")
        self.assertEqual([s["log_lines"] for s in shown["steps"] if "line" in s["name"]], [40])
        self.assertEqual(self.node.layerline("show", ident, **self.env)["builds"][0]["ref"], ref)
        spool, = self.node.layerline("show", job["lanes"][0]["log"])["builds"]
        self.assertEqual([s["log_lines"] for s in spool["steps"] if "line" in s["name"]], [40], "the client's own log is whole, too")
        self.assertEqual(os.stat(job["lanes"][0]["log"]).st_mode & 0o077, 0)

    def test_cancel(self):
        """In the middle of a step: the client is interrupted, and the record says so with all its steps."""
        context = self.context("cancelled", "FROM BASE\nRUN --network=none echo holding; sleep 600\n")
        follow = self.node.bare_follow("--active-only")
        self.addCleanup(follow.stop)
        process, ident = self.start("build", context)
        ref = self.running_ref(ident)
        follow.wait_for(lambda e: e.get("ref") == ref and any(b"holding" in base64.b64decode(g["msg"]) for g in e.get("logs", ())), "the held step", 60)
        self.assertEqual(self.plain("cancel", ref).returncode, 0)
        self.assertEqual(process.wait(60), 1)
        self.assertEqual(self.job(ident)["state"], "canceled")
        count, _shown = self.check(self.node, ref, "canceled")
        self.assertEqual([s.state() for s in count.by_name("sleep 600")], ["canceled"])

    def test_cancel_at_once(self):
        """As soon as the builder knows the build: it may have no step at all then, on both engines and for ever.

        The step is a short one: an engine can miss the interrupt of a container it is just starting, and then runs the
        step to its end before it calls the build cancelled. 26.1 can also lose the record of such a build."""
        for number in range(3):
            process, ident = self.start("build", self.context(f"hasty{number}", "FROM BASE\nRUN --network=none sleep 5\n"))
            ref = self.running_ref(ident)
            self.assertEqual(self.plain("cancel", ref).returncode, 0)
            self.assertEqual(process.wait(60), 1)
            self.assertEqual(self.job(ident)["state"], "canceled")
            if self.node.kept(ref):
                self.check(self.node, ref, "canceled")
            else:
                listed = self.node.layerline("builds", **self.env)["builds"]
                self.assertNotIn(ref, [b["ref"] for b in listed], "what the engine has lost is nobody's running build")

    def test_builds_of_others(self):
        ref = self.build(self.context("others", "FROM BASE\nRUN --network=none true\n"))
        answer = self.plain("cancel", ref)
        self.assertEqual(answer.returncode, 1)
        self.assertIn("did not start", answer.stderr)

    def test_error_before_the_builder(self):
        """A client that fails before any builder saw a build: its own words are kept."""
        job = self.act("build", self.context("early", "FROM BASE\n"), "--allow", "nonsense.entitlement", codes=(1,))["job"]
        self.assertEqual((job["state"], job["lanes"][0]["refs"]), ("failed", []))
        self.assertIn("nonsense", job["lanes"][0]["error"])

    # --- keep going ---

    def keep_going(self, builder):
        name = f"lanes-{builder}"
        context = self.context(name, LANES, **{"flag-amd64": "good\n", "flag-arm64": "bad\n"})
        image = f"{self.registry}/{name}-{self.suite}"
        failed = self.act("build", context, "--builder", builder, "--platform", BOTH, "--push", "-t", f"{image}:1", "--keep-going", codes=(1,))["job"]
        lanes = {lane["name"]: lane for lane in failed["lanes"]}
        self.assertEqual({n: lane["state"] for n, lane in lanes.items()}, {"linux/amd64": "done", "linux/arm64": "failed"})
        self.assertIn("exit code: 1", lanes["linux/arm64"]["error"])
        digest = lanes["linux/amd64"]["digest"]
        self.node.engine.buildx("imagetools", "inspect", "--raw", f"{image}@{digest}")  # it is there
        self.assertNotEqual(self.node.engine.buildx("imagetools", "inspect", f"{image}:1", check=False).returncode, 0, "no tag before all have passed")
        (context / "flag-arm64").write_text("good\n")
        again = self.act("retry", failed["id"], "--platform", "linux/arm64")["job"]
        self.assertEqual([lane["attempt"] for lane in again["lanes"]], [1, 2], "only the red lane ran again")
        self.assertEqual(again["lanes"][0]["digest"], digest)
        self.assertTrue(again["merge"]["verified"])
        return context, image, again

    def test_keep_going(self):
        context, image, job = self.keep_going("far")
        merged = self.manifests(f"{image}:1")
        self.assertEqual(sorted(f"{p} {d}" for p, d in merged.items()), sorted(job["merge"]["platforms"]))
        # A clean push of both in one go is the same image.
        self.build(context, "--builder", "far", "--platform", BOTH, "--push", "-t", f"{image}:2")
        self.assertEqual(merged, self.manifests(f"{image}:2"))

    def test_keep_going_of_the_docker_driver(self):
        context, image, _job = self.keep_going("default")
        self.build(context, "--platform", BOTH, "--push", "-t", f"{image}:2")
        self.assertEqual(self.manifests(f"{image}:1"), self.manifests(f"{image}:2"))

    # --- builders ---

    def test_prune_preview(self):
        """What the preview names is gone after the prune, and nothing else."""
        self.build(self.context("pruned", "FROM BASE\nRUN --network=none head -c 1000000 /dev/urandom >/x\n"))
        before, = self.act("prune", "default", "--dry-run")["nodes"]
        self.assertGreater(before["bytes"], 1_000_000)
        named = {r["id"] for r in before["records"]}

        def gone():
            self.assertEqual(self.plain("prune", "default").returncode, 0)
            after, = self.act("prune", "default", "--dry-run")["nodes"]
            return not named & {r["id"] for r in after["records"]} and not after["records"]
        # On a busy machine the engine may still hold a folder of the build that has just ended: the next prune takes it.
        poll(gone, "what was named to be gone", 30)

    def test_builders(self):
        endpoint = f"unix://{self.node.socket}"
        create = ("builder", "create", "made", endpoint, "--driver", "remote")
        command = self.act(*create, "--dry-run")["commands"][0]["command"]
        self.assertEqual(command[1:], ["create", "--name", "made", "--driver", "remote", endpoint])
        self.assertNotIn("made", self.names())
        self.assertEqual(self.plain(*create).returncode, 0)
        self.assertIn("made", self.names())
        self.assertEqual(self.plain("builder", "use", "made").returncode, 0)
        self.assertEqual(self.plain("builder", "use", "default").returncode, 0)
        self.assertEqual(self.plain("builder", "remove", "made").returncode, 0)
        self.assertNotIn("made", self.names())

    def test_costs(self):
        """Where each platform runs, its usual time from the project's own builds, and what they added."""
        context = self.context("costs", TWO_PLATFORMS)
        refs = [self.build(context, "--platform", BOTH, "--no-cache") for _ in range(3)]
        shown = [self.node.shown(ref) for ref in refs]
        table = self.act("build", context, "--platform", f"{BOTH},linux/s390x", "--costs")
        rows = {r["platform"]: r for r in table["platforms"]}
        self.assertEqual([rows[p]["where"] for p in (*BOTH.split(","), "linux/s390x")], ["native", "emulated", "unavailable"])
        for platform in BOTH.split(","):
            times = sorted(platform_time(b, platform) for b in shown)
            self.assertEqual(rows[platform]["samples"], 3)
            self.assertAlmostEqual(rows[platform]["usual_ms"], times[1], delta=1)
        self.assertEqual(table["disk"]["samples"], 3)
        self.assertGreater(table["disk"]["most_bytes"], 0)

    def test_warm(self):
        """The layers of a project's base are in the cache, unpacked, before it is built."""
        context = self.context("warmed", "FROM BASE AS one\nRUN --network=none true\n")

        def layers():
            records = self.act("prune", "default", "--all", "--dry-run")["nodes"][0]["records"]
            return {r["id"] for r in records if r["type"] == "regular" and "COPY" not in r["description"]}
        self.node.engine.buildx("prune", "-af")
        self.assertEqual(layers(), set())
        self.assertEqual(self.plain("builder", "warm", "default", context, "--platform", BOTH).returncode, 0)
        # One a platform; an engine that holds the base's image already lists the layer once.
        self.assertTrue(layers(), "the base's layers")

    def names(self):
        return [b["name"] for b in self.act("builders")["builders"]]

    def test_records(self):
        ref = self.build(self.context("kept", "FROM BASE\nRUN --network=none true\n"))
        for verb, pinned in (("pin", True), ("unpin", False)):
            self.assertEqual(self.plain("builder", verb, ref).returncode, 0)
            poll(lambda pinned=pinned: self.node.reader.records()[ref].pinned == pinned, verb)
        self.assertEqual(self.plain("builder", "forget", ref, "--dry-run").returncode, 0)
        self.assertIn(ref, self.node.reader.records())
        self.assertEqual(self.plain("builder", "forget", ref).returncode, 0)
        poll(lambda: ref not in self.node.reader.records(), "the record gone")

    # --- the client's own words ---

    def test_client_command(self):
        """The window, open while somebody builds, keeps what no record holds: the cache export."""
        earlier = self.build(self.context("earlier", "FROM BASE\nRUN --network=none true\n"))
        history = self.lab.rig.dir / "home/window-history"
        with self.window_open(history) as kept:
            self.assertIn(earlier, self.stored(history, "SELECT ref FROM builds"))
            context = self.context("client", "FROM BASE\nRUN --network=none for i in $(seq 1 10); do echo $i; usleep 100000; done\n")
            cache = f"type=registry,ref={self.registry}/client-cache:1,mode=max"
            ref = self.build(context, "--cache-to", cache, "--build-arg", "NPM_TOKEN=hunter2hunter2")
            baked, target = self.bake_slowly()
            kept({ref, target})
        self.check_whole_call(baked, target, history)
        plan = self.act("rebuild", ref, "--dry-run", LAYERLINE_HISTORY=str(history))
        command = plan["commands"][0]["command"]
        self.assertEqual(command[command.index("--cache-to") + 1], cache)
        self.assertEqual(plan["variables"], ["NPM_TOKEN"])
        self.assertNotIn("hunter2hunter2", json.dumps(plan))
        self.assertNotIn("cache-exports", [m["kind"] for m in plan["missing"]])
        blind = self.act("rebuild", ref, "--dry-run")
        self.assertIn("cache-exports", [m["kind"] for m in blind["missing"]])

    def bake_slowly(self):
        """A bake call of somebody else's, long enough to be seen; its folder and the reference of its one target."""
        baked = self.context("client-baked", "FROM BASE\nRUN --network=none for i in $(seq 1 10); do echo $i; usleep 100000; done\n")
        (baked / "docker-bake.json").write_text(json.dumps({"target": {"one": {}, "two": {}}}), encoding="ascii")
        with self.node.new_records() as refs:
            self.node.finish(self.node.start("bake", "--progress", "plain", "--set", "*.labels.seen=yes", "one", cwd=baked))
        target, = refs
        return baked, target

    def check_whole_call(self, baked, target, history):
        """Its own words can be repeated as a whole; nobody who did not see it can."""
        plan = self.act("rebuild", target, "--whole-call", "--dry-run", LAYERLINE_HISTORY=str(history))
        self.assertEqual(plan["directory"], str(baked))
        self.assertEqual(plan["commands"][0]["command"][-3:], ["--set", "*.labels.seen=yes", "one"])
        self.assertEqual([m["kind"] for m in plan["missing"]], ["bake-now"])
        with self.node.new_records() as again:
            self.act("rebuild", target, "--whole-call", LAYERLINE_HISTORY=str(history))
        first, second = (self.node.reader.records()[ref].frontend_attrs for ref in (target, *again))
        self.assertEqual(first["label:seen"], second["label:seen"])
        alone = self.act("rebuild", target, "--dry-run", LAYERLINE_HISTORY=str(history))
        self.assertNotIn("bake-file", [m["kind"] for m in alone["missing"]])
        self.assertNotIn("entitlements", [m["kind"] for m in alone["missing"]])
        self.act("rebuild", target, "--whole-call", "--dry-run", codes=(1,))
