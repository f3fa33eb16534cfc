"""What a workflow does to the world, read with PyYAML and nothing of Layerline's: sets of words that a rewrite has to keep.

Deliberately small: legs of matrices are multiplied out, `env`, `matrix` and looked-up expressions are put in, shell variables of
known environments too; every other expression stays as it is written, which is equal before and after when nothing was lost.
Caches are the words `from` or `to` and the settings in the order of the alphabet. A script that asks bake for them is run.
"""
import itertools
import json
import os
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

import yaml

SHELL = {"GITHUB_REF_NAME": "${{github.ref_name}}", "GITHUB_SHA": "${{github.sha}}"}
LOOK_UP = re.compile(r"fromJSON\('(\{.*?\})'\)\[matrix\.([\w-]+)\]")
CHOICE = re.compile(r"matrix\.([\w-]+)=='([^']*)'&&'([^']*)'\|\|'([^']*)'")
PROPERTIES = ("triggers", "permissions", "secrets", "registries", "images", "tag-rules", "platforms", "build-args", "labels", "caches")
# A docker that prints what bake printed for each --file, by the name of the file.
PRINTING_DOCKER = """#!/bin/bash
for word; do [ ! -f "$PRINTED/$word" ] || cat "$PRINTED/$word"; done
"""


def legs_of(matrix):
    """GitHub's rules for `include`: added where it overwrites nothing, else a leg of its own."""
    if not isinstance(matrix, dict):
        return [{}]
    lists = {key: values for key, values in matrix.items() if key not in ("include", "exclude") and isinstance(values, list)}
    legs = [dict(zip(lists, row)) for row in itertools.product(*lists.values())] if lists else []
    first = [dict(leg) for leg in legs]
    for entry in matrix.get("include", []):
        fitting = [leg for leg, was in zip(legs, first) if all(was.get(key, value) == value for key, value in entry.items())]
        for leg in fitting:
            leg.update(entry)
        if not fitting:
            legs.append(dict(entry))
    return legs or [{}]


def strings_in(node):
    if isinstance(node, dict):
        for key, value in node.items():
            yield str(key)
            yield from strings_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings_in(value)
    elif node is not None:
        yield str(node)


def items(text, separators="\n"):
    return [part.strip() for part in re.split(f"[{separators}]+", text or "") if part.strip()]


def cache(direction, text):
    """The settings in one order: buildx prints those of a bake file in another one than they are written in."""
    return f"{direction} {','.join(sorted(items(text, ',')))}"


class Facts(dict):
    """Property to a set of words; `platforms` of a bake without a setting are those `bake` (its files' text) names, its caches
    those of `printed`, a bake file's name to what `buildx bake --print` says about it."""

    def __init__(self, text, bake="", printed=None):
        super().__init__((name, set()) for name in PROPERTIES)
        self.bake, self.printed, self.scripts = bake, printed or {}, {}
        self.workflow = yaml.safe_load(text)
        self.read_triggers(self.workflow.get("on", self.workflow.get(True)))
        for name in itertools.chain.from_iterable(re.findall(r"\bsecrets\.([A-Za-z_]\w*)", each) for each in strings_in(self.workflow)):
            self["secrets"].add(name)
        for job in self.workflow["jobs"].values():
            granted = job.get("permissions", self.workflow.get("permissions", {}))
            self["permissions"] |= {f"{scope}: {level}" for scope, level in granted.items()} if isinstance(granted, dict) else {granted}
            for leg in legs_of(job.get("strategy", {}).get("matrix")):
                self.read_leg(job, leg)

    def read_triggers(self, on):
        table = {on: None} if isinstance(on, str) else dict.fromkeys(on) if isinstance(on, list) else on
        self["triggers"] |= {f"{event} {json.dumps(settings, separators=(',', ':'))}" if settings else event for event, settings in table.items()}

    def read_leg(self, job, leg):
        def value(text, environment):
            def put(found):
                inner = re.sub(r"\s+", "", found.group(1))
                looked, chosen = LOOK_UP.fullmatch(inner), CHOICE.fullmatch(inner)
                if looked:
                    return str(json.loads(looked.group(1)).get(str(leg.get(looked.group(2)))))
                if chosen:
                    return chosen.group(3) if str(leg.get(chosen.group(1))) == chosen.group(2) else chosen.group(4)
                context, _, name = inner.partition(".")
                known = {"matrix": leg, "env": environment, "runner": machine}.get(context, {})
                return value(str(known[name]), environment) if name in known else "${{" + inner + "}}"
            return re.sub(r"\$\{\{(.*?)\}\}(?!\))", put, str(text), flags=re.S)

        machine, self.scripts = {}, {}
        runner = value(str(job.get("runs-on", "")), {})
        machine["arch"] = "ARM64" if "arm" in runner else "X64"
        native = "linux/arm64" if "arm" in runner else "linux/amd64"
        if "uses" in job:
            given = {name: value(str(text).lower() if isinstance(text, bool) else text, {}) for name, text in job.get("with", {}).items()}
            self.read_call(given, job.get("secrets"))
            if job["uses"].startswith("docker/github-builder/"):
                self.read_builder_caches(given)
        for step in job.get("steps", []):
            environment = {**self.workflow.get("env", {}), **job.get("env", {}), **step.get("env", {})}
            given = {name: value(str(text).lower() if isinstance(text, bool) else text, environment) for name, text in step.get("with", {}).items()}
            self.read_step(step, given, environment, native, value)

    def read_call(self, given, secrets):
        """docker/github-builder's inputs; of other workflows what they are given."""
        self["platforms"] |= set(items(given.get("platforms", given.get("platform", "")), ",\n")) or set(re.findall(r"linux/[\w/]+", self.bake))
        self["images"] |= set(items(given.get("meta-images", given.get("image", "")), ",\n"))
        self["tag-rules"] |= set(items(given.get("meta-tags")))
        auths = secrets.get("registry-auths", "") if isinstance(secrets, dict) else ""
        self["registries"] |= set(re.findall(r"registry: (\S+)", auths))

    def read_builder_caches(self, given):
        """What docker/github-builder makes of its inputs, as far as they say: no cache unless asked for, each platform's apart when
        it distributes them, the target's name for a scope that isn't given. The mode is told when it is given."""
        if given.get("cache") != "true":
            return
        scope = given.get("cache-scope") or given.get("target") or "buildkit"
        platforms = items(given.get("platforms"), ",\n") if given.get("distribute") != "false" else []
        for suffix in ["-" + platform.replace("/", "-") for platform in platforms] or [""]:
            mode = f",mode={given['cache-mode']}" if "cache-mode" in given else ""
            self["caches"] |= {cache("from", f"type=gha,scope={scope}{suffix}"), cache("to", f"type=gha,scope={scope}{suffix}{mode}")}

    def read_step(self, step, given, environment, native, value):
        action = step.get("uses", "").partition("@")[0]
        if action == "docker/login-action":
            self["registries"].add(given.get("registry", "docker.io"))
        elif action == "aws-actions/amazon-ecr-login":
            self["registries"].add("ECR")
        elif action == "docker/metadata-action":
            self["images"] |= set(items(given.get("images"), ",\n"))
            self["tag-rules"] |= set(items(given.get("tags"))) | set(items(given.get("flavor")))
            self["labels"] |= set(items(given.get("labels")))
        elif action == "docker/build-push-action":
            self["platforms"] |= set(items(given.get("platforms", native), ",\n"))
            self["build-args"] |= set(items(given.get("build-args")))
            self["labels"] |= set(items(given.get("labels")))
            self.read_tags(items(given.get("tags"), ",\n"))
            self.read_output(given.get("outputs", ""))
            for direction in ("from", "to"):
                self["caches"] |= {cache(direction, line) for line in items(given.get(f"cache-{direction}"))}
        elif action == "docker/bake-action":
            lines = list(self.answered(items(given.get("set"))))
            self.read_bake_caches(lines, items(given.get("files"), ",\n"))
            settings = dict(line.partition("=")[::2] for line in lines)
            self["platforms"] |= set(items(settings.pop("*.platform", ""), ",")) or set(re.findall(r"linux/[\w/]+", self.bake))
            self["build-args"] |= {f"{name}={text}" for name, text in settings.items() if ".args." in name}
            self.read_output(settings.get("*.output", ""))
        if "run" in step:
            script = value(step["run"], environment), {name: value(text, environment) for name, text in environment.items()}
            self.scripts[step.get("id")] = script
            self.read_script(*script)

    def answered(self, lines):
        """The settings of a bake, with the lines another step's script answers for a line that asks for them."""
        for line in lines:
            asked = re.fullmatch(r"\$\{\{steps\.([\w-]+)\.outputs\.(\w+)\}\}", line)
            script, environment = self.scripts.get(asked.group(1), ("", {})) if asked else ("", {})
            if "bake --print" in script:
                yield from self.output_of(script, environment, asked.group(2))
            else:
                yield line

    def output_of(self, script, environment, name):
        """The lines of an output, of the script run as GitHub does with a docker that can only print."""
        with tempfile.TemporaryDirectory() as folder:
            for file, text in {**self.printed, "docker": PRINTING_DOCKER, "script": script, "output": ""}.items():
                Path(folder, file).write_text(text)
            Path(folder, "docker").chmod(0o755)
            subprocess.run(["bash", "-e", f"{folder}/script"], cwd=folder, check=True, capture_output=True, timeout=60,
                           env={**environment, "PATH": f"{folder}:{os.environ['PATH']}", "PRINTED": folder, "RUNNER_TEMP": folder,
                                "GITHUB_OUTPUT": f"{folder}/output"})
            found = re.search(rf"^{name}<<(\w+)\n(.*?)^\1$", Path(folder, "output").read_text(), re.M | re.S)
        return items(found.group(2)) if found else []

    def read_bake_caches(self, lines, files):
        """Those that are set, which replace those of the files' targets."""
        targets = [target for file in files if file in self.printed for target in json.loads(self.printed[file])["target"].values()]
        for key in ("cache-from", "cache-to"):
            texts = [text for name, _, text in (line.partition("=") for line in lines) if name.endswith("." + key)]
            for each in texts or itertools.chain.from_iterable(target.get(key, []) for target in targets):
                text = each if isinstance(each, str) else ",".join(f"{name}={setting}" for name, setting in each.items())
                self["caches"].add(cache(key.removeprefix("cache-"), text))

    def read_tags(self, tags):
        for tag in tags:
            if "${{steps." in tag and tag.endswith("outputs.tags}}") or re.search(r"\$(?!\{\{)", tag):
                continue  # metadata-action's own, or a loop's variable
            if re.search(r":[^:/]+$", tag):  # else a name to push digests to
                self["tag-rules"].add(tag)
            self["images"].add(re.sub(r":[^:/]+$", "", tag))

    def read_output(self, output):
        for name in re.findall(r'name=([^",]+)', output):
            if ".outputs.names" not in name:  # of the tags of metadata-action
                self["images"].add(name)

    def read_script(self, script, environment):
        if "imagetools create" in script:
            self.read_tags(items(environment.get("TAGS", ""), ",\n"))
        known = {**SHELL, **environment}
        for line in script.replace("\\\n", " ").splitlines():
            line = re.sub(r"\$\{?([A-Z_]+)\}?(?![{\w])", lambda found: known.get(found.group(1), found.group(0)), line)
            for registry in re.findall(r"docker login (?!-)(\S+)", line):
                self["registries"].add(registry)
            if re.search(r"\bdocker (buildx )?build\b|imagetools create", line):
                self.read_command(line)

    def read_command(self, line):
        try:
            words = shlex.split(line)
        except ValueError:
            return
        words = list(itertools.chain.from_iterable(word.split("=", 1) if word.startswith("--") and "=" in word else [word] for word in words))
        for option, text in zip(words, words[1:]):
            if option in ("-t", "--tag"):
                self.read_tags([text])
            elif option == "--platform":
                self["platforms"] |= set(text.split(","))
            elif option == "--build-arg":
                self["build-args"].add(text)
            elif option == "--label":
                self["labels"].add(text)
            elif option in ("-o", "--output"):
                self.read_output(text)
            elif option in ("--cache-from", "--cache-to"):
                self["caches"].add(cache(option.removeprefix("--cache-"), text))
