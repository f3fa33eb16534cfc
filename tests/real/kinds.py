"""One build of every kind the real tests know, and each built again from its record."""
import base64
import collections
import contextlib
import dataclasses
import hashlib
import json
import signal
import subprocess

from acts import ActBase
from harness.rig import free_port
from lab import BOTH, poll, recount
from scenarios import CROSS, SCRATCH, TWO_PLATFORMS, many_steps

EPOCH = "SOURCE_DATE_EPOCH=1700000000"
# The first time it holds until it is cancelled; with the cache mount `go` it ends.
HOLDING = """FROM BASE
RUN --mount=type=cache,id=hold,target=/c --network=none if [ -e /c/go ]; then echo went; else echo holding; sleep 600; fi
"""
GO = """FROM BASE
ARG WHEN
RUN --mount=type=cache,id=hold,target=/c --network=none echo $WHEN >/c/go
"""


@dataclasses.dataclass
class Kind:
    ref: str
    needs: tuple = ()            # options a rebuild has to be given again
    image: str = None            # what it pushed
    platforms: tuple = ()        # of the image
    reproducible: bool = False   # the same digests also after a prune
    ok: bool = True
    whole: bool = True           # False: the build did not come to all of its steps
    prepare: object = None       # called before each rebuild


def step_shapes(count):
    """Steps as comparable values: the digest where it says what is done, else what the step does and needs.

    A step above the client's own files carries the client's session in its digest, exports a random id: those are
    compared by name and by the shapes of their inputs.
    """
    shapes = {}

    def shape(digest):
        if digest not in shapes:
            step = count.steps.get(digest)
            if step is None:
                shapes[digest] = ("input", digest)
                return shapes[digest]
            inputs = tuple(sorted(shape(i) for i in step.inputs))
            own = step.name.startswith(("[internal]", "[context", "exporting", "importing", "pushing", "sending"))
            sessions = own or any(i[0] == "named" for i in inputs)
            text = hashlib.sha256(repr((step.name, inputs)).encode()).hexdigest()
            shapes[digest] = ("named", text) if sessions else ("digest", digest)
        return shapes[digest]
    return collections.Counter(shape(d) for d in count.steps)


def rebuilt(node, ref, *arguments, **env):
    """Builds again from the record, for test cases without the rest of this file; the new reference on the node."""
    with node.new_records() as new:
        node.layerline("rebuild", ref, *arguments, codes=(0,), timeout=180, **env)
    again, = new
    return again


def same_steps(test, node, first, second):
    """Fails the test unless two builds of a node have the same steps, some of them known by their digest."""
    a, b = (step_shapes(recount(node.reader, ref)) for ref in (first, second))
    test.assertEqual(a, b)
    test.assertIn("digest", {kind for kind, _value in a})


def attributes(record):
    """What the frontend was told, without the ids of the client's sessions."""
    return {name: value for name, value in record.frontend_attrs.items() if not name.startswith("local-sessionid:")}


class Rebuilds(ActBase):
    """Not run itself: subclasses name the suite."""

    def test_rebuild(self):
        """Every kind of build there is, from its record: from the cache, and again after a prune.

        26.1 records no exports: there the window watched the builds being made, and their clients' command lines tell.
        """
        history = self.lab.rig.dir / "home/kinds-history"
        with self.window_open(history) if self.suite == "trixie" else contextlib.nullcontext() as watched:
            made = self.make_kinds()
            if watched:
                watched({kind.ref for kind in made.values()})
        self.add_lanes()  # Layerline's own builds, which it knows by itself
        before = {name: self.manifests(kind.image) for name, kind in made.items() if kind.image}
        for cached in (True, False):
            if not cached:
                self.node.engine.buildx("prune", "-af")
            for name, kind in made.items():
                with self.subTest(name, cached=cached):
                    self.check_again(name, kind, cached, before.get(name), {"LAYERLINE_HISTORY": str(history)} if self.suite == "trixie" else {})

    def check_again(self, name, kind, cached, before, env):
        if kind.prepare:
            kind.prepare()
        again = self.rebuild(kind.ref, *kind.needs, codes=(0 if kind.ok else 1,), AGAIN="hunter3", **env)
        self.assertGreater(self.check_same_steps(kind, again, name), 0, "steps compared by their digest")
        a, b = (self.node.reader.records()[r] for r in (kind.ref, again))
        self.assertEqual(attributes(a), attributes(b))
        self.assertEqual([(e.type, dict(e.attrs)) for e in a.exporters], [(e.type, dict(e.attrs)) for e in b.exporters])
        self.assertEqual(b.HasField("error"), not kind.ok)
        if not kind.image:
            return
        after = self.manifests(kind.image)
        self.assertEqual(set(after), set(kind.platforms))
        if cached or kind.reproducible:
            self.assertEqual(after, before, "digests")

    def check_same_steps(self, kind, again, what):
        """Both builds have the same steps; how many of them were compared by digest."""
        a, b = (step_shapes(recount(self.node.reader, ref)) for ref in (kind.ref, again))
        if kind.whole:
            self.assertEqual(a, b, f"steps of {what}")
        else:
            self.assertEqual(a - b, collections.Counter(), f"steps of {what}")
        return sum(n for (shape, _value), n in a.items() if shape == "digest")

    def test_bake_calls(self):
        """`build BAKEFILE` does what `buildx bake` does; `rebuild --whole-call` does all of it again, from any of its records, as
        long as the bake file is known: of somebody else's call it is not, which is all that stands in the way."""
        names = ("one", "two")
        # Nothing of the client's that both targets copy: which of them then does it, and which is told of it twice, is a race.
        context = self.context("whole", "FROM BASE\nARG WHO=nobody\nRUN --network=none echo $WHO >/who\n")
        output = {name: f"{self.registry}/{self.suite}-whole-{name}:1" for name in names}
        (context / "docker-bake.json").write_text(json.dumps({"group": {"default": {"targets": names}}, "target": {
            name: {"platforms": BOTH.split(","), "args": {"WHO": name, **dict([EPOCH.split("=")])},
                   "output": [f"type=image,name={output[name]},push=true,rewrite-timestamp=true"]} for name in names}}), encoding="ascii")
        first = self.bake_call(context, "build", context / "docker-bake.json", "--builder", "far")
        images = {name: self.manifests(image) for name, image in output.items()}
        self.assertEqual([set(image) for image in images.values()], [set(BOTH.split(","))] * 2)

        with self.node.new_records() as refs:
            self.node.finish(self.node.start("bake", "--progress", "plain", builder="far", cwd=context))
        theirs = self.by_target(refs)
        self.same_call(first, theirs)
        plan = self.act("rebuild", theirs["one"], "--whole-call", "--dry-run", codes=(1,))
        self.assertEqual([(o["kind"], o["subject"]) for o in plan["obstacles"]], [("context-unknown", "the bake file")])

        alone = self.bake_call(context, "build", context / "docker-bake.json", "two", "--builder", "far", names=("two",))
        same_steps(self, self.node, first["two"], alone["two"])
        for pruned in (False, True):
            with self.subTest(pruned=pruned):
                if pruned:
                    self.node.engine.buildx("prune", "-af")
                self.same_call(first, self.bake_call(context, "rebuild", first["two" if pruned else "one"], "--whole-call"))
                self.assertEqual({name: self.manifests(image) for name, image in output.items()}, images)

    def bake_call(self, context, *arguments, names=("one", "two")):
        """A call of Layerline's with the folder's bake file, which is what it says it will run; reference by target."""
        planned, = self.act(*arguments, "--dry-run")["commands"]
        self.assertEqual(planned["command"][1:2] + planned["command"][-1:], ["bake", "two"] if names == ("two",) else ["bake", f"{context}/docker-bake.json"])
        with self.node.new_records() as refs:
            job = self.act(*arguments)["job"]
        self.assertEqual((job["state"], sorted(job["lanes"][0]["refs"])), ("done", sorted(refs)))
        self.assertEqual(job["lanes"][0]["command"], planned["command"])
        found = self.by_target(refs)
        self.assertEqual(set(found), set(names))
        return found

    def by_target(self, refs):
        return {self.node.shown(ref)["build_args"]["WHO"]: ref for ref in refs}

    def same_call(self, first, second):
        self.assertEqual(set(first), set(second))
        for name, ref in first.items():
            same_steps(self, self.node, ref, second[name])

    def make_kinds(self):
        """name -> Kind"""
        self.made = {}
        self.add_with_cache()  # first: it prunes, and the others are to be found in the cache
        self.add_plain()
        self.add_pushed()
        self.add_unfinished()
        self.add_with_sources()
        self.add_baked()
        return self.made

    def add(self, name, context, *arguments, **options):
        fields = {key: options.pop(key) for key in list(options) if key in Kind.__dataclass_fields__}
        ref = self.build(context, *arguments, ok=fields.get("ok", True), **options)
        self.made[name] = Kind(ref, **fields)

    def add_reproducible(self, name, context, *arguments, platforms=tuple(BOTH.split(",")), **options):
        """Pushed with times that do not depend on when it was made; beyond the docker driver, which unpacks what it exports."""
        image = f"{self.registry}/{self.suite}-{name}:1"
        output = f"type=image,name={image},push=true,rewrite-timestamp=true"
        choice = ("--platform", ",".join(platforms)) if platforms != ("linux/amd64",) else ()
        self.add(name, context, "--builder", "far", *choice, "--build-arg", EPOCH, "--output", output, *arguments,
                 image=image, platforms=platforms, reproducible=True, **options)

    def add_plain(self):
        self.add("plain", self.context("plain", "FROM BASE\nCOPY Dockerfile /\nRUN --network=none echo a\n"), "--label", "a=b c")
        self.add("tagged", self.context("tagged", "FROM BASE\nRUN --network=none echo tagged\n"), "-t", f"tagged-{self.suite}:1", "--no-cache")
        success = self.context("success", "FROM BASE\nCOPY Dockerfile /\nRUN --network=none printf 'a\\nb'; echo c >&2; echo made >/made\n")
        self.add_reproducible("success", success, platforms=("linux/amd64",))
        self.add_reproducible("success-cached", success, platforms=("linux/amd64",))
        self.add("arm-args", self.context("arm-args", "FROM BASE AS deps\nARG X=1\nRUN --network=none echo $X\nFROM deps AS unused\n"),
                 "--platform", "linux/arm64", "--target", "deps", "--build-arg", "X=2", "--build-arg", "NPM_TOKEN=hunter2hunter2")

    def add_pushed(self):
        for name, dockerfile in (("two", TWO_PLATFORMS), ("cross", CROSS)):  # as most people push: by the docker driver
            image = f"{self.registry}/{self.suite}-{name}-docker:1"
            self.add(f"{name} of the docker driver", self.context(f"{name}-docker", dockerfile), "--platform", BOTH, "--push", "-t", image,
                     image=image, platforms=tuple(BOTH.split(",")))
        for name, dockerfile in (("two", TWO_PLATFORMS), ("cross", CROSS), ("scratch", SCRATCH), ("many", many_steps())):
            self.add_reproducible(name, self.context(name, dockerfile))
        self.add_reproducible("all-cached", self.lab.rig.dir / f"contexts/two-{self.suite}")
        for name, dockerfile in (("arm", TWO_PLATFORMS), ("arm-cross", CROSS.replace(BOTH, "linux/arm64"))):
            self.add_reproducible(name, self.context(name, dockerfile), platforms=("linux/arm64",))

    def add_unfinished(self):
        self.add("failing", self.context("failing", "FROM BASE\nRUN --network=none echo ok\nRUN --network=none exit 3\nRUN --network=none echo never\n"),
                 "--platform", BOTH, ok=False)
        context = self.context("holding", HOLDING)
        follow = self.node.bare_follow("--active-only")
        try:
            client = self.node.start("build", context)
            _t, event = follow.wait_for(lambda e: any(base64.b64decode(g["msg"]).startswith(b"holding") for g in e.get("logs", ())), "the held step")
            client.send_signal(signal.SIGINT)
            client.wait(30)
        finally:
            follow.stop()
        self.node.settled(event["ref"])

        def let_go():
            self.build(self.context("go", GO), "--build-arg", f"WHEN={len(self.node.reader.records())}")
        self.made["cancelled"] = Kind(event["ref"], whole=False, prepare=let_go)

    def add_with_cache(self):
        cache = f"type=registry,ref={self.registry}/cache-act-{self.suite}:1"
        imported = self.context("imported", "FROM BASE\nRUN --network=none echo i >/i\n")
        recorded = self.suite == "trixie"  # there the client's own words are at hand
        self.add_reproducible("cache-export", imported, "--cache-to", f"{cache},mode=max", needs=() if recorded else ("--cache-to", f"{cache},mode=max"))
        self.node.engine.buildx("prune", "-af")
        self.add_reproducible("imported", imported, "--cache-from", cache)

    def add_with_sources(self):
        secret = self.lab.rig.dir / "secret"
        secret.write_text("hunter3")
        data = self.context("data", "FROM scratch")
        self.add_reproducible(
            "secret", self.context("secret", "FROM BASE\nRUN --mount=type=secret,id=npm --network=none wc -c /run/secrets/npm\nCOPY --from=data /Dockerfile /d\n"),
            "--secret", f"id=npm,src={secret}", "--build-context", f"data={data}", "--provenance=mode=max",
            needs=("--secret", "id=npm,env=AGAIN", "--build-context", f"data={data}"))
        folder = f"type=local,dest={self.lab.rig.dir / ('out-' + self.suite)}"
        self.add("files", self.context("files", "FROM BASE AS made\nRUN --network=none echo out >/out\nFROM scratch\nCOPY --from=made /out /\n"),
                 "--output", folder, needs=() if self.suite == "trixie" else ("--output", folder))
        self.add_reproducible("git", self.git_address(self.context("git", "FROM BASE\nCOPY file /\nRUN --network=none cat /file\n", file="from git\n")))

    def add_baked(self):
        """Two targets of one call, each to be built again by itself. What 26.1 did not record its buildx (0.13) noted of the call."""
        context = self.context("bake", TWO_PLATFORMS)
        image, names = f"{self.registry}/{self.suite}-baked", ("alpha", "beta")
        output = {name: f"type=image,name={image}-{name}:1,push=true,rewrite-timestamp=true" for name in names}
        target = {"platforms": BOTH.split(","), "args": dict([EPOCH.split("=")])}
        (context / "docker-bake.json").write_text(json.dumps({
            "group": {"default": {"targets": names}},
            "target": {"alpha": {**target, "output": [output["alpha"]]}, "beta": {**target, "target": "deps", "output": [output["beta"]]}}}), encoding="ascii")
        with self.node.new_records() as refs:
            self.node.finish(self.node.start("bake", "--progress", "plain", builder="far", cwd=context))
        records = self.node.reader.records()
        for ref in refs:
            name = "beta" if dict(records[ref].frontend_attrs).get("target") == "deps" else "alpha"
            self.made[f"baked {name}"] = Kind(ref, (), f"{image}-{name}:1", tuple(BOTH.split(",")), True)
        self.assertEqual(len(refs), 2)

    def add_lanes(self):
        """Each platform of a keep-going build by itself: pushed by digest, as it was."""
        job = self.act("build", self.context("lanes", TWO_PLATFORMS), "--builder", "far", "--platform", BOTH, "--push", "-t",
                       f"{self.registry}/{self.suite}-lanes-again:1", "--keep-going")["job"]
        for lane in job["lanes"]:
            self.made[f"lane {lane['name']}"] = Kind(*lane["refs"])

    def git_address(self, work):
        """Makes the folder a repository behind git's own protocol; the remote context."""
        def git(*arguments):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *map(str, arguments)], check=True, capture_output=True, cwd=work,
                           env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})
        git("init", "-q", "-b", "main")
        git("add", ".")
        git("commit", "-qm", "one")
        port = free_port()
        self.lab.rig.spawn(["git", "daemon", "--reuseaddr", "--listen=127.0.0.1", f"--port={port}", "--export-all", f"--base-path={work.parent}", str(work.parent)],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"PATH": "/usr/bin:/bin:/usr/lib/git-core"})
        url = f"git://127.0.0.1:{port}/{work.name}/.git#main"
        poll(lambda: subprocess.run(["git", "ls-remote", url.split("#")[0]], capture_output=True, check=False).returncode == 0, "git daemon up")
        return url
