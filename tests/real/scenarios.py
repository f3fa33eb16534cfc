"""The builds every engine must get right; test_forky.py and test_trixie.py run them."""
import base64
import gzip
import hashlib
import io
import json
import signal
import tarfile

from lab import BOTH, Lab, RealTest, recount

# What check_platforms reads: where a step really ran, and for whom.
PROOF = "echo proof runs-on=$(uname -m) needed-by="

TWO_PLATFORMS = f"""
FROM BASE AS deps
ARG TARGETPLATFORM
RUN --network=none {PROOF}$TARGETPLATFORM; seq 1 200
FROM deps AS app
ARG TARGETPLATFORM
RUN --network=none echo app >/app; {PROOF}$TARGETPLATFORM
FROM BASE
ARG TARGETPLATFORM
COPY --from=app /app /app
RUN --network=none {PROOF}$TARGETPLATFORM >&2
"""

# `tools` is shared as a whole, `cross` up to its ARG; the last stage runs on each platform.
CROSS = f"""
FROM --platform=$BUILDPLATFORM BASE AS tools
RUN --network=none echo tool >/tool; {PROOF}{BOTH}
FROM --platform=$BUILDPLATFORM BASE AS cross
RUN --network=none echo modules >/modules; {PROOF}{BOTH}
ARG TARGETPLATFORM
COPY --from=tools /tool /tool
RUN --network=none echo $TARGETPLATFORM >/out; {PROOF}$TARGETPLATFORM
FROM BASE
ARG TARGETPLATFORM
COPY --from=cross /out /out
RUN --network=none cat /out; {PROOF}$TARGETPLATFORM
"""

# The same above FROM scratch, where BuildKit gives RUN no platform in its name at all.
SCRATCH = f"""
FROM --platform=$BUILDPLATFORM BASE AS native
RUN --network=none echo native >/native; {PROOF}{BOTH}
FROM scratch AS root
COPY --from=BASE / /
FROM root
ARG TARGETPLATFORM
RUN --network=none {PROOF}$TARGETPLATFORM
COPY --from=native /native /native
RUN --network=none cat /native; {PROOF}$TARGETPLATFORM
"""


def many_steps():
    """300 steps in ten chains, a fifth of them commands."""
    chains = [f"FROM BASE AS c{c}\n" + "".join(
        f"RUN --network=none echo {c}.{i}\n" if i % 5 == 0 else f"COPY Dockerfile /f{i}\n" for i in range(29))
        for c in range(10)]
    return "".join(chains) + "FROM BASE\n" + "".join(f"COPY --from=c{c} /f28 /f{c}\n" for c in range(10))


def zeroed(archive):
    """A copy of a .dockerbuild whose record has lost its counters, as older engines wrote them."""
    source = tarfile.open(fileobj=io.BytesIO(gzip.decompress(archive)))
    blobs = {m.name: source.extractfile(m).read() for m in source.getmembers() if m.isfile()}

    def stored(name):
        return "blobs/" + name.replace(":", "/")

    def replace(document, descriptor):
        data = json.dumps(document).encode()
        del blobs[stored(descriptor["digest"])]
        descriptor["digest"] = "sha256:" + hashlib.sha256(data).hexdigest()
        descriptor["size"] = len(data)
        blobs[stored(descriptor["digest"])] = data

    index = json.loads(blobs["index.json"])
    entry = index["manifests"][0]
    manifest = json.loads(blobs[stored(entry["digest"])])
    config = json.loads(blobs[stored(manifest["config"]["digest"])])
    for counter in ("numTotalSteps", "numCompletedSteps", "numCachedSteps"):
        config.pop(counter, None)
    replace(config, manifest["config"])
    replace(manifest, entry)
    blobs["index.json"] = json.dumps(index).encode()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as target:
        for name, data in blobs.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return out.getvalue()


class Scenarios(RealTest):
    """Not run itself: subclasses name the suite."""
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node(cls.suite, cls.suite)

    def build(self, name, dockerfile, *arguments, **options):
        """Builds a fresh context to its end; the one ref. No step is shared with another scenario's."""
        dockerfile = dockerfile.replace("--network=none ", f"--network=none : {name}; ")
        context = self.lab.context(f"{name}-{self.suite}", dockerfile)
        refs = self.node.build(context, *arguments, **options)
        self.assertEqual(len(refs), 1)
        return refs[0]

    def test_success(self):
        ref = self.build("success", "FROM BASE\nCOPY Dockerfile /\nRUN --network=none printf 'a\\nb'; echo c >&2\n")
        count, shown = self.check(self.node, ref, "completed", steps=5)
        self.assertEqual([p["platform"] for p in shown["platforms"]], ["linux/amd64"])
        self.assertEqual(shown["platforms"][0]["execution"], "native")
        self.assertEqual(shown["name"], f"success-{self.suite}")
        self.assertEqual(len(count.by_name("RUN")), 1)

    def test_failure(self):
        ref = self.build("failure", "FROM BASE\nRUN --network=none echo ok\n"
                         "RUN --network=none for i in $(seq 1 30); do echo line $i; done; echo broken >&2; exit 3\n"
                         "RUN --network=none echo never\n", "--platform", BOTH, ok=False)
        count, shown = self.check(self.node, ref, "failed")
        failed = [s for s in shown["steps"] if s["state"] == "failed"]
        self.assertIn("exit code: 3", shown["error"]["message"])
        self.assertIn(shown["error"]["step"], [s["digest"] for s in failed])
        # Which of two streams comes first is up to BuildKit; both readers have it the same way.
        log = count.steps[shown["error"]["step"]].log.decode().splitlines()
        self.assertEqual(len(log), 31)
        self.assertEqual(shown["error"]["log_tail"], log[-20:])
        if self.suite != "trixie":  # 26.1 keeps no Dockerfile excerpt
            excerpt = shown["error"]["excerpt"]
            marked = excerpt["lines"][excerpt["ranges"][0][0] - excerpt["first_line"]]
            self.assertIn("exit 3", marked)
        self.assertEqual([s["state"] for s in shown["steps"] if "never" in s["name"]], ["pending"] * 2)
        self.assertEqual(shown["failures"], [])  # nothing is guessed from an exit code

    def test_recognised_failure(self):
        """What the engine says of a failure is recognised in its own words."""
        ref = self.build("missing", "FROM BASE\nCOPY no-such-file.txt /\n", ok=False)
        self.node.settled(ref)
        shown = self.node.shown(ref)
        self.assertEqual([(f["kind"], f["detail"], f["log_line"]) for f in shown["failures"]], [("missing-file", "/no-such-file.txt", None)], shown["error"])
        self.assertIn(shown["failures"][0]["step"], [s["digest"] for s in shown["steps"] if s["state"] == "failed"])
        self.assertTrue(shown["failures"][0]["cause"] and shown["failures"][0]["remedies"][0]["text"])

    def test_cancel(self):
        """A build looked at while one step is held open, then cancelled by its client."""
        context = self.lab.context(f"cancel-{self.suite}", "FROM BASE\nRUN --network=none seq 1 50\n"
                                   "RUN --network=none echo holding; sleep 600\nRUN --network=none echo never\n")
        follow, watch = self.node.bare_follow("--active-only"), self.node.watch()
        try:
            watch.wait_for(lambda e: e["event"] == "connection" and e.get("state") == "live", "the node live")
            client = self.node.start("build", "--progress", "plain", context)
            _t, event = follow.wait_for(lambda e: any("holding" in _text(g) for g in e.get("logs", ())),
                                        "the held step's log")
            follow.quiet()
            self.check_running(event["ref"], follow)
            client.send_signal(signal.SIGINT)
            self.node.settled(event["ref"])
            client.wait(30)
            # The end may be announced without its reason first: the last word counts.
            watch.wait_for(lambda e: e["event"] == "build-completed" and e["build"] == event["ref"]
                           and e["error"] and e["error"]["code"] == 1, "the build's end, cancelled")
        finally:
            follow.stop()
            watch.stop()
        count, shown = self.check(self.node, event["ref"], "canceled")
        self.assertEqual([s.state() for s in count.by_name("sleep 600")], ["canceled"])
        self.assertTrue(shown["error"]["message"])

    def check_running(self, ref, follow):
        """In the middle of a build the counters are those of the stream so far."""
        steps = {}
        for _t, event in follow.events():
            if event["event"] == "status" and event["ref"] == ref:
                for vertex in event["vertexes"]:
                    known = steps.setdefault(vertex["digest"], {"completed": None, "cached": False})
                    known["completed"] = vertex["completed"] or known["completed"]
                    known["cached"] |= vertex["cached"]
        shown = self.node.shown(ref)
        self.assertEqual(shown["status"], "running")
        self.assertIsNone(shown["completed"])
        self.assertEqual((shown["total_steps"], shown["completed_steps"], shown["cached_steps"]),
                         (len(steps), sum(s["completed"] is not None for s in steps.values()),
                          sum(s["cached"] for s in steps.values())))
        self.assertEqual([s["state"] for s in shown["steps"] if "sleep 600" in s["name"]], ["running"])
        # Layerline takes a build for lost when its engine's listing, asked for it alone, ends without naming it.
        self.assertEqual([(e.record.ref, e.record.HasField("completed_at")) for e in self.node.reader.history(ref=ref, early_exit=True)], [(ref, False)])
        self.assertEqual(list(self.node.reader.history(ref="a" * 25, early_exit=True)), [])

    def test_all_cached(self):
        dockerfile = "FROM BASE\nRUN --network=none echo once\nRUN --network=none echo twice\nCOPY Dockerfile /\n"
        self.build("cached", dockerfile, "--platform", BOTH)
        context = self.lab.rig.dir / "contexts" / f"cached-{self.suite}"
        ref, = self.node.build(context, "--platform", BOTH)
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(count.cached, 6)
        for step in shown["steps"]:
            if step["instruction"] and not step["instruction"].startswith("FROM"):
                self.assertEqual((step["state"], step["cache"]), ("cached", "cached"), step["name"])

    def test_imported_cache(self):
        """Steps found in a registry's cache after the engine forgot its own. The engine still holds what it imported, so
        each of them is proved; once that is pruned nothing proves it, and they are merely cached."""
        cache = f"type=registry,ref={self.lab.rig.registry.address}/cache-{self.suite}:1"
        dockerfile = "FROM BASE\nRUN --network=none echo imported >/one\nRUN --network=none echo two >/two\n"
        made = self.build("imported", dockerfile, "--platform", BOTH, "--cache-to", f"{cache},mode=max")
        self.assertEqual(self.caches(self.node.shown(made)), ["none"] * 4)
        self.node.engine.buildx("prune", "-af")
        ref, = self.node.build(self.lab.rig.dir / "contexts" / f"imported-{self.suite}", "--platform", BOTH,
                               "--cache-from", cache)
        count, shown = self.check(self.node, ref, "completed")
        self.assertGreaterEqual(count.cached, 4)
        self.assertTrue(count.by_name("importing cache manifest"))
        self.assertEqual(self.node.engine.buildx("du", "--verbose").stdout.count("imported sha256:"), 6, "the evidence")
        self.assertEqual(self.caches(shown), ["imported"] * 4)
        self.assertEqual({s["state"] for s in shown["steps"] if s["cache"] == "imported"}, {"cached"})
        self.node.engine.buildx("prune", "-af")
        self.assertEqual(self.caches(self.node.shown(ref)), ["cached"] * 4)

    @staticmethod
    def caches(shown):
        """How the RUN steps were found."""
        return [s["cache"] for s in shown["steps"] if s["instruction"] and s["instruction"].startswith("RUN")]

    def test_two_platforms(self):
        ref = self.build("two", TWO_PLATFORMS, "--platform", BOTH)
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.check_platforms(count, shown), 6)
        self.assertEqual([(p["platform"], p["execution"]) for p in shown["platforms"]],
                         [("linux/amd64", "native"), ("linux/arm64", "emulated")])

    def test_build_platform_shared_stages(self):
        ref = self.build("cross", CROSS, "--platform", BOTH)
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.check_platforms(count, shown), 6)
        executions = {s["execution"] for s in shown["steps"] if "->arm64" in s["name"]}
        self.assertEqual(executions, {"cross"})

    def test_names_without_platforms(self):
        ref = self.build("scratch", SCRATCH, "--platform", BOTH)
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.check_platforms(count, shown), 5)

    def test_arm64_only(self):
        ref = self.build("arm", TWO_PLATFORMS, "--platform", "linux/arm64")
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.check_platforms(count, shown), 3)
        self.assertEqual([(p["platform"], p["execution"]) for p in shown["platforms"]], [("linux/arm64", "emulated")])

    def test_arm64_only_with_native_stages(self):
        """Of one platform, names say nothing at all: where a step ran is known from the provenance alone."""
        ref = self.build("arm-cross", CROSS.replace(BOTH, "linux/arm64"), "--platform", "linux/arm64")
        count, shown = self.check(self.node, ref, "completed")
        self.assertEqual(self.check_platforms(count, shown), 4)

    def test_bake_group(self):
        context = self.lab.context(f"bake-{self.suite}", TWO_PLATFORMS.replace("echo proof", ": bake; echo proof"))
        (context / "docker-bake.json").write_text(json.dumps({
            "group": {"default": {"targets": ["alpha", "beta"]}},
            "target": {"alpha": {"platforms": BOTH.split(",")},
                       "beta": {"target": "deps", "platforms": BOTH.split(","), "tags": ["beta:1"]}}}), encoding="ascii")
        with self.node.new_records() as refs:
            self.node.finish(self.node.start("bake", "--progress", "plain", cwd=context))
        self.assertEqual(len(refs), 2)
        groups = set()
        for ref in refs:
            count, shown = self.check(self.node, ref, "completed")
            self.check_platforms(count, shown)
            state = self.node.engine.state / "buildx/refs/default/default" / ref
            self.assertEqual(shown["group_ref"] or "", json.loads(state.read_text()).get("GroupRef", ""))
            groups.add(shown["group_ref"])
        self.assertEqual(len(groups), 1)
        self.assertNotIn(None, groups)

    def test_300_steps(self):
        ref = self.build("many", many_steps())
        count, _shown = self.check(self.node, ref, "completed", steps=300)
        self.assertEqual(len(count.by_name("RUN")), 60)

    def test_dockerbuild_with_zeroed_counters(self):
        ref = self.build("exported", TWO_PLATFORMS + "RUN --network=none echo exported\n", "--platform", BOTH)
        count = recount(self.node.reader, ref)
        whole = self.lab.rig.dir / f"{self.suite}-whole.dockerbuild"
        self.node.history("export", "-o", whole, ref)
        bare = self.lab.rig.dir / f"{self.suite}-zeroed.dockerbuild"
        bare.write_bytes(zeroed(whole.read_bytes()))
        for path in (whole, bare):
            with self.subTest(file=path.name):
                shown = self.node.shown(path)
                self.assertEqual(shown["source"], "record")
                self.assertEqual((shown["total_steps"], shown["completed_steps"], shown["cached_steps"]),
                                 (count.total, count.completed, count.cached))
                self.assertEqual(shown["status"], "completed")
                self.check_steps(shown, count)
                self.assertEqual(self.check_platforms(count, shown), 6)


def _text(log):
    return base64.b64decode(log["msg"]).decode(errors="replace")
