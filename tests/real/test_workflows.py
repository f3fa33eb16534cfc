#!/usr/bin/python3
"""What rollback and migrate write publishes what the workflow before it did: both are run here, step by step, on a real engine
with a real registry. Checkouts, logins and set-up steps have nothing to do, caches of GitHub's are left out, and all legs run on
one engine (arm64 by QEMU): what is compared is what the builds are given and what ends up in the registry."""
import fnmatch
import itertools
import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from datetime import date
from pathlib import Path

import lab
import yaml
from lab import Lab, layerline_binary

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "workflows"
DOCKERFILE = "FROM BASE\nARG VERSION=none\nARG MODE=none\nRUN --network=none uname -m >/machine\nRUN --network=none echo $VERSION $MODE NAME >/said\n"
STEP = re.compile(r"steps\.([\w-]+)\.outputs\.([\w-]+)")
NAME = re.compile(r"\b(matrix|env|secrets|vars|runner|github)\.([\w-]+)")


class Job:
    """One leg: evaluates expressions, runs steps."""

    def __init__(self, run, job, matrix):
        self.run, self.job, self.matrix = run, job, matrix
        self.outputs = {}
        self.temp = Path(tempfile.mkdtemp(dir=run.folder))

    def value(self, expression):
        """GitHub's expression as Python's: enough for what stands in the examples and in what is written."""
        def outputs(step, name):
            return self.outputs.get(step, {}).get(name, "")

        def named(context, name):
            known = {"matrix": self.matrix, "env": {**self.run.workflow.get("env", {}), **self.job.get("env", {})}, "secrets": self.run.secrets,
                     "vars": {}, "runner": {"temp": str(self.temp)}, "github": self.run.github}[context]
            found = known.get(name, "")
            return self.text(found) if isinstance(found, str) else found

        python = expression.replace("&&", " and ").replace("||", " or ")
        python = STEP.sub(r"outputs('\1', '\2')", python)
        python = NAME.sub(r"named('\1', '\2')", python)
        return eval(python.strip(), {"outputs": outputs, "named": named, "fromJSON": json.loads,  # noqa: S307
                                     "contains": lambda group, one: one in group})

    def text(self, template):
        if isinstance(template, bool):
            return str(template).lower()

        def printed(found):
            value = self.value(found.group(1))
            return {True: "true", False: "false", None: ""}.get(value, str(value)) if not isinstance(value, str) else value
        return re.sub(r"\$\{\{(.*?)\}\}", printed, str(template), flags=re.S)

    def wanted(self, condition):
        if condition is None:
            return True
        whole = re.fullmatch(r"\s*\$\{\{(.*)\}\}\s*", str(condition), re.S)
        return bool(self.value(whole.group(1) if whole else str(condition)))

    def go(self):
        for step in self.job["steps"]:
            if self.wanted(step.get("if")):
                self.outputs[step.get("id")] = self.step(step, {name: self.text(value) for name, value in step.get("with", {}).items()})

    def step(self, step, given):
        if "run" in step:
            return self.shell(step)
        action = step["uses"].partition("@")[0]
        if action == "docker/build-push-action":
            return self.build(given)
        if action == "docker/metadata-action":
            images = [image for image in given["images"].split() if image]
            return {"tags": "\n".join(f"{image.lower()}:{tag}" for image in images for tag in ("main", "1.2.3")), "labels": "made.by=test", "version": "1.2.3"}
        if action == "aws-actions/amazon-ecr-login":
            return {"registry": self.run.namespace}
        if action == "actions/upload-artifact":
            target = self.run.artifacts / given["name"]
            shutil.copytree(Path(given["path"].rstrip("*")), target)
        if action == "actions/download-artifact":
            for artifact in self.run.artifacts.iterdir():
                if fnmatch.fnmatch(artifact.name, given["pattern"]):
                    shutil.copytree(artifact, given["path"], dirs_exist_ok=True)
        return {}

    def environment(self, step=None):
        return {name: self.text(value) for part in (self.run.workflow, self.job, step or {}) for name, value in part.get("env", {}).items()}

    def shell(self, step):
        out = self.temp / "output"
        out.write_text("")
        script = self.temp / "script.sh"
        script.write_text(self.text(step["run"]))
        folder = self.text(step.get("working-directory", self.run.checkout))
        self.run.client(["bash", "-e", str(script)], folder, **self.environment(step), GITHUB_OUTPUT=str(out), RUNNER_TEMP=str(self.temp),
                        DOCKER_METADATA_OUTPUT_JSON=json.dumps({"tags": self.outputs.get("meta", {}).get("tags", "").split()}))
        return dict(line.partition("=")[::2] for line in out.read_text().splitlines())

    def build(self, given):
        """The command line the action makes of its inputs."""
        metadata = self.temp / "metadata.json"
        command = ["docker", "buildx", "build", "--builder", "far", "--provenance=false", "--metadata-file", str(metadata)]
        self.run.inputs.append(given)
        for platform in re.split(r"[,\s]+", given.get("platforms", "").strip()):
            command += ["--platform", platform] if platform else []
        for option, name in (("--build-arg", "build-args"), ("--label", "labels")):
            command += itertools.chain.from_iterable((option, line.strip()) for line in given.get(name, "").splitlines() if line.strip())
        command += itertools.chain.from_iterable(("--tag", tag) for tag in re.split(r"[,\s]+", given.get("tags", "")) if tag)
        command += ["--output", given["outputs"]] if given.get("outputs") else []
        command += ["--push"] if given.get("push") == "true" else []
        command += ["--file", given["file"]] if given.get("file") else []
        self.run.client([*command, given.get("context", ".")], self.run.checkout)
        return {"digest": json.loads(metadata.read_text())["containerimage.digest"]}


class Run:
    """A run of a workflow's jobs in their order, pushing below `namespace`."""

    github = {"event_name": "push", "ref": "refs/heads/main", "ref_name": "v1", "sha": "c0ffee", "repository": "octo/Shop", "actor": "mona"}

    def __init__(self, case, text, namespace, only):
        self.case, self.namespace = case, namespace
        self.workflow = yaml.safe_load(text.replace("ghcr.io", namespace).replace("acme/service", f"{namespace}/service"))
        self.secrets = {"DOCKERHUB_USERNAME": namespace}
        self.folder = Path(tempfile.mkdtemp(dir=case.lab.rig.dir))
        self.artifacts = self.folder / "artifacts"
        self.artifacts.mkdir()
        self.checkout = case.checkout
        self.inputs = []
        for name in only(self.workflow["jobs"]):
            job = self.workflow["jobs"][name]
            for matrix in self.legs(job.get("strategy", {}).get("matrix", {})):
                Job(self, job, matrix).go()

    @staticmethod
    def legs(matrix):
        lists = {key: values for key, values in matrix.items() if key != "include"}
        return [dict(zip(lists, row)) for row in itertools.product(*lists.values())] if lists else matrix.get("include", [{}])

    def client(self, command, folder, **environment):
        done = subprocess.run(command, cwd=folder, env=self.case.environment(**environment), capture_output=True, text=True, timeout=300,
                              stdin=subprocess.DEVNULL)
        self.case.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}")


class Workflows(lab.RealTest):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node("forky")
        cls.registry = cls.lab.rig.registry.address
        subprocess.run(cls.node.buildx_command("create", "--name", "far", "--driver", "remote", f"unix://{cls.node.socket}"),
                       env=cls.node.engine.env(), check=True, capture_output=True)
        cls.tools = cls.lab.rig.dir / "tools"
        cls.tools.mkdir()
        (cls.tools / "docker").write_text(f'#!/bin/sh\n[ "$1" = buildx ] && shift\nexec "{cls.node.engine.buildx_binary}" "$@"\n')
        (cls.tools / "docker").chmod(0o755)
        cls.checkout = cls.lab.context("checkout", DOCKERFILE.replace("NAME", "main"))
        for name in ("Dockerfile.backend", "Dockerfile.frontend", "services/api/Dockerfile", "services/worker/Dockerfile"):
            path = cls.checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(DOCKERFILE.replace("BASE", cls.lab.base).replace("NAME", name))

    def environment(self, **more):
        return self.node.engine.env(**{"PATH": f"{self.tools}:/usr/sbin:/usr/bin:/sbin:/bin", "BUILDX_BUILDER": "far", "LC_ALL": "C.UTF-8", **more})

    def rewritten(self, command, text):
        clone = Path(tempfile.mkdtemp(dir=self.lab.rig.dir))
        path = clone / ".github/workflows/w.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text)
        done = subprocess.run([layerline_binary(), command, str(clone), "--workflow", "w.yml", "--write"], env=self.node.layerline_env(),
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return path.read_text()

    def published(self, namespace):
        """Image and tag below the namespace to platforms and their digests."""
        prefix = namespace.partition("/")[2] + "/"
        found = {}

        def asked(target):
            with urllib.request.urlopen(f"http://{self.registry}/v2/{target}", timeout=30) as answer:
                return json.load(answer)

        for repository in (name for name in asked("_catalog?n=1000")["repositories"] if name.startswith(prefix)):
            for tag in asked(f"{repository}/tags/list")["tags"] or []:
                raw = json.loads(self.node.engine.buildx("imagetools", "inspect", "--raw", f"{self.registry}/{repository}:{tag}").stdout)
                found[f"{repository.removeprefix(prefix)}:{tag}"] = {"/".join((m["platform"]["os"], m["platform"]["architecture"])): m["digest"] for m in raw["manifests"]}
        return found

    def check(self, name, command, tags, only=list):
        text = (EXAMPLES / name).read_text()
        texts = {"old": text, "new": self.rewritten(command, text)}
        if command == "migrate":
            texts["back"] = self.rewritten("rollback", texts["new"])
        published, inputs = {}, {}
        for which, each in texts.items():
            namespace = f"{self.registry}/{Path(name).stem}-{which}"
            run = Run(self, each, namespace, lambda jobs: [job for job in jobs if job in only(jobs)])
            published[which], inputs[which] = self.published(namespace), run.inputs
        self.assertEqual(sorted(published["old"]), sorted(tags))
        for platforms in published["old"].values():
            self.assertEqual(set(platforms), {"linux/amd64", "linux/arm64"})
        for which in texts:
            self.assertEqual(published[which], published["old"], f"{name}, {which}")
            for kept in ("file", "context", "build-args", "labels", "target"):
                self.assertEqual({given.get(kept) for given in inputs[which]}, {given.get(kept) for given in inputs["old"]}, kept)

    def test_two_images_in_one_job(self):
        self.check("qemu-dockerhub.yml", "migrate", ["backend:latest", "backend:v1", "frontend:latest"])

    def test_metadata_conditions_and_followers(self):
        self.check("qemu-ghcr-metadata.yml", "migrate", ["octo/shop:main", "octo/shop:1.2.3"], lambda jobs: [job for job in jobs if job.startswith("image")])

    def test_a_matrix_of_services(self):
        tag = date.today().strftime("%Y%m%d")
        self.check("qemu-ecr-keys.yml", "migrate", [f"api:{tag}", f"worker:{tag}"])

    def test_native_runners_back_to_qemu(self):
        self.check("native-digests.yml", "rollback", ["service:main", "service:1.2.3"])


if __name__ == "__main__":
    lab.run_main()
