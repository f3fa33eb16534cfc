#!/usr/bin/python3
"""What rollback and migrate write publishes what the workflow before it did: both are run here, step by step, on a real engine
with a real registry, on the newest and the oldest one. What is compared is what the builds are given and what ends up in the
registry; undo gives the old bytes."""
import json
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

import lab
from lab import Lab, layerline_binary
from workflow_runs import Run

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "workflows"
BAKE_FILES = Path(__file__).resolve().parents[1] / "data" / "bake"
DOCKERFILE = "FROM BASE\nARG VERSION=none\nARG MODE=none\nRUN --network=none uname -m >/machine\nRUN --network=none echo $VERSION $MODE NAME >/said\n"
# The base image is there for two platforms.
OTHER = re.compile(r",?linux/(riscv64|arm/v7)|^ +- linux/(riscv64|arm/v7)\n", re.M)
SHIM = """#!/bin/sh
case $1 in
login) cat >/dev/null; exit 0 ;;
run) exit 0 ;; # binfmt: there already
buildx) shift ;;
esac
exec "BUILDX" "$@"
"""


def lasting(given):
    """An input without the folder each run has for its own: only there the file of metadata-action is somewhere else."""
    return given and re.sub(r"cwd:///\S*/(?=docker-metadata-action-bake\.json)", "cwd://TEMP/", given)


class Workflows(lab.RealTest):
    suite = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node(cls.suite, cls.suite)
        cls.registry = cls.lab.rig.registry.address
        cls.node.add_far()
        cls.tools = cls.lab.rig.dir / "tools"
        cls.tools.mkdir()
        for name, script in (("docker", SHIM.replace("BUILDX", str(cls.node.engine.buildx_binary))), ("aws", "#!/bin/sh\nexit 0\n")):
            (cls.tools / name).write_text(script)
            (cls.tools / name).chmod(0o755)
        cls.checkout = cls.lab.context("checkout", DOCKERFILE.replace("NAME", "main"))
        for name in ("Dockerfile.backend", "Dockerfile.frontend", "services/api/Dockerfile", "services/worker/Dockerfile"):
            path = cls.checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(DOCKERFILE.replace("BASE", cls.lab.base).replace("NAME", name))
        shutil.copytree(BAKE_FILES, cls.checkout, dirs_exist_ok=True)

    def environment(self, **more):
        return self.node.engine.env(**{"PATH": f"{self.tools}:/usr/sbin:/usr/bin:/sbin:/bin", "BUILDX_BUILDER": "far", "LC_ALL": "C.UTF-8",
                                        "BUILDX_NO_DEFAULT_ATTESTATIONS": "1", **more})

    def layerline(self, command, clone, *options):
        done = subprocess.run([layerline_binary(), command, str(clone), "--workflow", "w.yml", *options], env=self.node.layerline_env(),
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)

    def rewritten(self, command, text, *options):
        """What the command writes; that --undo gives the old bytes is checked on the way."""
        clone = Path(tempfile.mkdtemp(dir=self.lab.rig.dir))
        path = clone / ".github/workflows/w.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text)
        shutil.copytree(BAKE_FILES, clone, dirs_exist_ok=True)
        before = path.read_bytes()
        self.layerline(command, clone, *options, "--write")
        after = path.read_text()
        self.layerline(command, clone, "--undo")
        self.assertEqual(path.read_bytes(), before)
        return after

    def published(self, namespace):
        """Image and tag below the namespace to platforms and their digests."""
        prefix = namespace.partition("/")[2] + "/"
        found = {}

        def asked(target):
            with urllib.request.urlopen(f"http://{self.registry}/v2/{target}", timeout=30) as answer:
                return json.load(answer)

        def tags_of(repository):
            try:
                return asked(f"{repository}/tags/list")["tags"] or []
            except urllib.error.HTTPError as problem:  # what nothing but digests were pushed to has no list
                self.assertEqual(problem.code, 404)
                return []

        for repository in (name for name in asked("_catalog?n=1000")["repositories"] if name.startswith(prefix)):
            for tag in tags_of(repository):
                raw = json.loads(self.node.engine.buildx("imagetools", "inspect", "--raw", f"{self.registry}/{repository}:{tag}").stdout)
                if tag.startswith("cache"):
                    continue
                found[f"{repository.removeprefix(prefix)}:{tag}"] = {"/".join((m["platform"]["os"], m["platform"]["architecture"])): m["digest"]
                                                                     for m in raw.get("manifests", []) if "platform" in m}
        return found

    def check(self, name, command, tags, only=list, single=(), amd64=()):
        # One machine runs all legs: what they keep in /tmp would meet.
        text = OTHER.sub("", (EXAMPLES / name).read_text()).replace("/tmp/digests", "${{ runner.temp }}/digests")
        texts = {"old": text, "new": self.rewritten(command, text)}
        if command == "migrate":
            texts["back"] = self.rewritten("rollback", texts["new"])
            texts["apart"] = self.rewritten("rollback", texts["new"], "--keep-matrix")
        else:
            texts["apart"] = self.rewritten(command, text, "--keep-matrix")
        published, inputs = {}, {}
        for which, each in texts.items():
            namespace = f"{self.registry}/{Path(name).stem}-{which}"
            run = Run(self, each, namespace, lambda jobs: [job for job in jobs if job in only(jobs)])
            published[which], inputs[which] = self.published(namespace), run.inputs
        self.assertEqual(sorted(published["old"]), sorted(tags))
        for tag, platforms in published["old"].items():
            self.assertEqual(set(platforms), set() if tag in single else {"linux/amd64"} if tag in amd64 else {"linux/amd64", "linux/arm64"}, tag)
        for which in texts:
            self.assertEqual({tag: platforms for tag, platforms in published[which].items() if tag not in single},
                             {tag: platforms for tag, platforms in published["old"].items() if tag not in single}, f"{name}, {which}")
            for kept in ("file", "context", "build-args", "labels", "target"):
                self.assertEqual({lasting(given.get(kept)) for given in inputs[which]}, {lasting(given.get(kept)) for given in inputs["old"]}, kept)

    # --- what pushes by digest and is merged elsewhere, or is called ---

    def platforms_of(self, image, digest):
        """Platform to digest of something pushed: an index, or one platform's manifest, whose configuration tells."""
        def asked(kind, what):
            wanted = urllib.request.Request(f"http://{self.registry}/v2/{image.partition('/')[2]}/{kind}/{what}", headers={"Accept": ", ".join((
                "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
                "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json"))})
            with urllib.request.urlopen(wanted, timeout=30) as answer:
                return json.load(answer)
        manifest = asked("manifests", digest)
        parts = [(part["platform"], part["digest"]) for part in manifest["manifests"]] if "manifests" in manifest else [(asked("blobs", manifest["config"]["digest"]), digest)]
        return {f"{platform['os']}/{platform['architecture']}": part for platform, part in parts}

    def check_pushed(self, name, tags=(), called=None, change=lambda text: text, options=(), back=False):
        """The builds of a workflow and of its rollback push the same: images, platforms, digests, and tags where it makes any.
        `called`: the workflow that it calls is the one rolled back. `back`: it is migrated again."""
        text = change((EXAMPLES / name).read_text())
        rolled_back = (EXAMPLES / called).read_text() if called else text
        texts = {"old": rolled_back, "new": self.rewritten("rollback", rolled_back, *options)}
        if back:
            texts["back"] = self.rewritten("migrate", texts["new"])
        self.assertNotEqual(texts["old"], texts["new"])
        pushed, published, inputs = {}, {}, {}
        for which, each in texts.items():
            namespace = f"{self.registry}/pushed-{Path(name).stem}-{which}"
            run = Run(self, text if called else each, namespace, files={f"./.github/workflows/{called}": each})
            pushed[which] = {}
            for image, digest in run.pushed:
                pushed[which].setdefault(image.removeprefix(namespace), {}).update(self.platforms_of(image, digest))
            published[which], inputs[which] = self.published(namespace), run.inputs
        self.assertEqual(len(pushed["old"]), 1, pushed)
        self.assertEqual([set(platforms) for platforms in pushed["old"].values()], [set(lab.BOTH.split(","))])
        self.assertEqual(sorted(published["old"]), sorted(tags))
        for which in texts:
            self.assertEqual(pushed[which], pushed["old"], which)
            self.assertEqual(published[which], published["old"], which)
            for kept in ("file", "context", "build-args", "labels", "target"):
                self.assertEqual({lasting(given.get(kept)) for given in inputs[which]}, {lasting(given.get(kept)) for given in inputs["old"]}, kept)

    def test_bake_on_native_runners(self):
        self.check_pushed("native-bake.yml")

    def test_runners_by_an_expression(self):
        self.check_pushed("native-expression.yml")

    def test_some_native_and_some_emulated(self):
        """The base image has no riscv64, which both workflows would emulate."""
        self.check_pushed("mixed.yml", change=lambda text: text.replace("          - platform: linux/riscv64\n            runs-on: ubuntu-24.04\n            qemu: true\n", ""))

    def test_a_called_workflow(self):
        """Its caller chooses platform and runner; both legs push one tag, so that the later one has it."""
        self.check_pushed("caller.yml", ["acme/called:c0ffee"], called="reusable.yml")

    def test_the_builder_of_docker(self):
        self.check_pushed("github-builder.yml", ["acme/service:1.2.3", "acme/service:main"], back=True)

    def test_the_builder_of_docker_that_bakes(self):
        self.check_pushed("github-builder-bake.yml", ["acme/tool:1.2.3", "acme/tool:main"], change=lambda text: text.replace("target: image", "target: app"), options=("--source", "inputs"), back=True)

    # --- what publishes tags ---

    def test_two_images_in_one_job(self):
        self.check("qemu-dockerhub.yml", "migrate", ["backend:latest", "backend:v1", "frontend:latest"])

    def test_metadata_conditions_and_followers(self):
        self.check("qemu-ghcr-metadata.yml", "migrate", ["octo/shop:main", "octo/shop:1.2.3"], lambda jobs: [job for job in jobs if job.startswith("image")])

    def test_a_matrix_of_services(self):
        tag = date.today().strftime("%Y%m%d")
        self.check("qemu-ecr-keys.yml", "migrate", [f"api:{tag}", f"worker:{tag}"])

    def test_ecr_by_oidc_and_its_cache(self):
        self.check("qemu-ecr-oidc.yml", "migrate", ["shop:c0ffee", "shop:latest"])

    def test_three_registries(self):
        self.check("qemu-registries.yml", "migrate", [f"acme/tool:{tag}" for tag in ("main", "1.2.3")])

    def test_a_table_of_images(self):
        self.check("qemu-include.yml", "migrate", ["acme/api:latest", "acme/worker:latest"])

    def test_a_script(self):
        self.check("qemu-shell.yml", "migrate", ["acme/shell:v1", "acme/shell:latest"])

    def test_a_script_on_one_line(self):
        self.check("qemu-script.yml", "migrate", ["acme/script:1"])

    def test_braces(self):
        self.check("qemu-braces.yml", "migrate", ["acme/api:v1", "acme/worker:v1"])

    def test_anchors(self):
        self.check("qemu-anchors.yml", "migrate", ["acme/anchors:latest"], lambda jobs: [job for job in jobs if job != "docs"])

    def test_a_matrix_that_emulates(self):
        self.check("qemu-distribute.yml", "migrate", ["user/app:latest"])

    def test_bake_with_metadata(self):
        self.check("qemu-bake.yml", "migrate", ["acme/app:main", "acme/app:1.2.3"])

    def test_bake_of_several_images_for_different_platforms(self):
        self.check("qemu-bake-services.yml", "migrate", ["acme/api:latest", "acme/api:v1", "acme/tool:v1", "acme/worker:v1"], single=("acme/tool:v1",))

    def test_native_runners_back_to_qemu(self):
        self.check("native-digests.yml", "rollback", ["acme/service:main", "acme/service:1.2.3"])

    def test_the_example_of_dockers_documentation(self):
        self.check("native-docs.yml", "rollback", ["acme/docs:main", "acme/docs:1.2.3"])

    def test_services_on_native_runners(self):
        self.check("native-services.yml", "rollback", [f"acme/{name}:{tag}" for name in ("api", "worker") for tag in ("latest", "v1")])

    def test_a_job_a_platform(self):
        self.check("native-jobs.yml", "rollback", ["acme/two:amd64", "acme/two:arm64", "acme/two:latest"], single=("acme/two:amd64", "acme/two:arm64"))


class WorkflowsForky(Workflows):
    suite = "forky"


class WorkflowsTrixie(Workflows):
    suite = "trixie"


del Workflows  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
