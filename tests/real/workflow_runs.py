"""A run of a GitHub workflow, as far as building and merging images goes: jobs in their order, matrices multiplied out, expressions
evaluated, docker/build-push-action and docker/bake-action as the command lines they make, scripts by bash. Checkouts, logins and set-up steps have nothing
to do, caches of GitHub's are left out, and all legs run on one engine (what is not its own by QEMU)."""
import fnmatch
import itertools
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import yaml

from called_workflows import call, inputs_of

STEP = re.compile(r"steps\.([\w-]+)\.outputs\.([\w-]+)")
NAME = re.compile(r"\b(matrix|env|secrets|vars|runner|github|strategy|inputs)\.([\w-]+)")


class Job:
    """One leg: evaluates expressions, runs steps."""

    def __init__(self, run, job, matrix, index=0):
        self.run, self.job, self.matrix = run, job, matrix
        self.index = index
        self.outputs, self.exported = {}, {}
        self.temp = Path(tempfile.mkdtemp(dir=run.folder))

    def value(self, expression):
        """GitHub's expression as Python's: enough for what stands in the examples and in what is written."""
        def outputs(step, name):
            return self.outputs.get(step, {}).get(name, "")

        def named(context, name):
            if context == "runner":
                found = str(self.temp) if name == "temp" else "ARM64" if self.native() == "linux/arm64" else "X64"
            else:
                known = {"matrix": self.matrix, "env": {**self.run.workflow.get("env", {}), **self.job.get("env", {}), **self.exported},
                         "secrets": self.run.secrets, "strategy": {"job-index": self.index}, "github": self.run.github,
                         "inputs": self.run.given}
                found = known.get(context, {}).get(name, "")
            return self.text(found) if isinstance(found, str) else found

        python = expression.replace("&&", " and ").replace("||", " or ")
        python = STEP.sub(r"outputs('\1', '\2')", python)
        python = NAME.sub(r"named('\1', '\2')", python)
        return eval(python.strip(), {"outputs": outputs, "named": named, "fromJSON": json.loads,  # noqa: S307
                                     "contains": lambda group, one: one in group})

    def native(self):
        """The platform of the runner: by its label, which an expression may choose."""
        return "linux/arm64" if "arm" in self.text(str(self.job["runs-on"])) else "linux/amd64"

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
        if "uses" in self.job:
            call(self, self.job["uses"], {name: self.text(value) for name, value in self.job.get("with", {}).items()})
            return
        for step in self.job["steps"]:
            if self.wanted(step.get("if")):
                self.outputs[step.get("id")] = self.step(step, {name: self.text(value) for name, value in step.get("with", {}).items()})

    def step(self, step, given):
        if "run" in step:
            return self.shell(step)
        action = step["uses"].partition("@")[0]
        if action == "docker/build-push-action":
            return self.build(given)
        if action == "docker/bake-action":
            return self.bake(given, step)
        if action == "docker/metadata-action":
            images = [image for image in given["images"].split() if image]
            tags = [f"{image.lower()}:{tag}" for image in images for tag in ("main", "1.2.3")]
            bake_file = self.temp / "docker-metadata-action-bake.json"
            bake_file.write_text(json.dumps({"target": {"docker-metadata-action": {"tags": tags, "labels": {"made.by": "test"}}}}))
            return {"tags": "\n".join(tags), "labels": "made.by=test", "version": "1.2.3", "bake-file": str(bake_file)}
        if action == "aws-actions/amazon-ecr-login":
            return {"registry": self.run.namespace}
        if action == "actions/upload-artifact":
            target = self.run.artifacts / given["name"]
            if Path(given["path"].rstrip("*")).is_dir():
                shutil.copytree(Path(given["path"].rstrip("*")), target)
            else:  # of the checkout, which other legs have one of their own of
                target.mkdir()
                for file in self.run.checkout.glob(given["path"]):
                    shutil.move(file, target)
        if action == "actions/download-artifact":
            for artifact in self.run.artifacts.iterdir():
                if fnmatch.fnmatch(artifact.name, given["pattern"]):
                    shutil.copytree(artifact, given["path"], dirs_exist_ok=True)
        return {}

    def environment(self, step=None):
        return {name: self.text(value) for part in (self.run.workflow, self.job, {"env": self.exported}, step or {})
                for name, value in part.get("env", {}).items()}

    def shell(self, step):
        out, exported = self.temp / "output", self.temp / "environment"
        out.write_text("")
        exported.write_text("")
        script = self.temp / "script.sh"
        script.write_text(self.text(step["run"]))
        folder = self.text(step.get("working-directory", self.run.checkout))
        self.run.client(["bash", "-e", str(script)], folder, **self.environment(step), GITHUB_OUTPUT=str(out), GITHUB_ENV=str(exported), RUNNER_TEMP=str(self.temp),
                        GITHUB_REF_NAME=self.run.github["ref_name"], GITHUB_SHA=self.run.github["sha"],
                        DOCKER_METADATA_OUTPUT_JSON=json.dumps({"tags": self.outputs.get("meta", {}).get("tags", "").split()}))
        self.exported.update(line.partition("=")[::2] for line in exported.read_text().splitlines())
        return self.written(out.read_text())

    @staticmethod
    def written(text):
        """What a script wrote to GITHUB_OUTPUT: "name=value", or lines between "name<<END" and "END"."""
        outputs, lines = {}, iter(text.splitlines())
        for line in lines:
            name, _, end = line.partition("<<")
            if end and "=" not in name:
                outputs[name] = "\n".join(itertools.takewhile(lambda each: each != end, lines))
            else:
                outputs.update([line.partition("=")[::2]])
        return outputs

    def bake(self, given, step):
        """The same of bake: its files as they are, relative to the checkout."""
        metadata = self.temp / "metadata.json"
        command = ["docker", "buildx", "bake", "--builder", "far", "--provenance=false", "--metadata-file", str(metadata)]
        self.run.inputs.append({"file": given.get("files")})
        items = {name: [item.strip() for item in re.split(separators, given.get(name, "")) if item.strip()]
                 for name, separators in (("files", "[,\n]"), ("targets", "[,\n]"), ("set", "\n"))}
        for file in items["files"]:
            command += ["--file", file.removeprefix("cwd://")]
        for setting in items["set"]:
            command += ["--set", setting]
        command += ["--push"] if given.get("push") == "true" else []
        self.run.client([*command, *items["targets"]], self.run.checkout, **self.environment(step))
        for target in json.loads(metadata.read_text()).values():
            self.run.note(target)
        return {"metadata": metadata.read_text()}

    def build(self, given):
        """The command line the action makes of its inputs."""
        metadata = self.temp / "metadata.json"
        command = ["docker", "buildx", "build", "--builder", "far", "--provenance=false", "--metadata-file", str(metadata)]
        self.run.inputs.append({**given, "context": given.get("context", ".")})
        # Without any it is the runner's.
        for platform in re.split(r"[,\s]+", given.get("platforms", "").strip() or self.native()):
            command += ["--platform", platform]
        for option, name in (("--build-arg", "build-args"), ("--label", "labels")):
            command += itertools.chain.from_iterable((option, line.strip()) for line in given.get(name, "").splitlines() if line.strip())
        command += itertools.chain.from_iterable(("--tag", tag) for tag in re.split(r"[,\s]+", given.get("tags", "")) if tag)
        command += ["--output", given["outputs"]] if given.get("outputs") else []
        command += ["--push"] if given.get("push") == "true" else []
        command += ["--file", given["file"]] if given.get("file") else []
        self.run.client([*command, given.get("context", ".")], self.run.checkout)
        self.run.note(json.loads(metadata.read_text()))
        return {"digest": json.loads(metadata.read_text())["containerimage.digest"]}


class Run:
    """A run of a workflow's jobs in their order, pushing below `namespace`. `files`: the repository's workflows that it calls, by
    what `uses` says; `given`: the inputs of a called one. `pushed`: (image, digest) of each build, in their order."""

    github = {"event_name": "push", "ref": "refs/heads/main", "ref_name": "v1", "sha": "c0ffee", "repository": "octo/Shop", "actor": "mona"}

    def __init__(self, case, text, namespace, only=list, files=None, given=None):
        self.case, self.namespace = case, namespace
        self.files, self.given = files or {}, given or {}
        self.pushed = []
        text = re.sub(r"\b(ghcr|quay)\.io\b", namespace, text)
        # Names without a registry are Docker Hub's.
        self.workflow = yaml.safe_load(re.sub(r"(?<![\w./:-])(acme|user)/(?=[a-z])", rf"{namespace}/\1/", text))
        self.secrets = {"DOCKERHUB_USERNAME": namespace}
        self.folder = Path(tempfile.mkdtemp(dir=case.lab.rig.dir))
        self.artifacts = self.folder / "artifacts"
        self.artifacts.mkdir()
        self.checkout = case.checkout
        self.inputs = []
        for name in only(self.workflow["jobs"]):
            job = self.workflow["jobs"][name]
            for index, matrix in enumerate(self.legs(job.get("strategy", {}).get("matrix", {}))):
                Job(self, job, matrix, index).go()

    def called(self, uses, given):
        """A workflow of the repository's own, run with these inputs: its builds are this run's."""
        workflow = yaml.safe_load(self.files[uses])
        nested = Run(self.case, self.files[uses], self.namespace, given=inputs_of(workflow, given))
        self.inputs += nested.inputs
        self.pushed += nested.pushed

    def note(self, metadata):
        """What a build pushed, by the metadata of its client."""
        name = (metadata.get("image.name") or "").split(",")[0]
        image, _, tag = name.rpartition(":")
        self.pushed.append((image if image and "/" not in tag else name, metadata.get("containerimage.digest")))

    @staticmethod
    def legs(matrix):
        """GitHub's rules: an entry of `include` is added where it overwrites nothing, else it is a leg of its own."""
        lists = {key: values for key, values in matrix.items() if key not in ("include", "exclude")}
        legs = [dict(zip(lists, row)) for row in itertools.product(*lists.values())] if lists else []
        original = [dict(leg) for leg in legs]
        for entry in matrix.get("include", []):
            fitting = [leg for leg, first in zip(legs, original) if all(first.get(key, value) == value for key, value in entry.items())]
            for leg in fitting:
                leg.update(entry)
            if not fitting:
                legs.append(dict(entry))
        return legs or [{}]

    def client(self, command, folder, **environment):
        done = subprocess.run(command, cwd=folder, env=self.case.environment(**environment), capture_output=True, text=True, timeout=300,
                              stdin=subprocess.DEVNULL)
        self.case.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}\n{Path(command[-1]).read_text() if command[0] == 'bash' else ''}")
        return done.stdout
