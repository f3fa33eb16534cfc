"""What a workflow does to the world, read with PyYAML and nothing of Layerline's: sets of words that a rewrite has to keep.

Deliberately small: legs of matrices are multiplied out, `env`, `matrix` and looked-up expressions are put in, shell variables of
known environments too; every other expression stays as it is written, which is equal before and after when nothing was lost.
"""
import itertools
import json
import re
import shlex

import yaml

SHELL = {"GITHUB_REF_NAME": "${{github.ref_name}}", "GITHUB_SHA": "${{github.sha}}"}
LOOK_UP = re.compile(r"fromJSON\('(\{.*?\})'\)\[matrix\.([\w-]+)\]")
CHOICE = re.compile(r"matrix\.([\w-]+)=='([^']*)'&&'([^']*)'\|\|'([^']*)'")
PROPERTIES = ("triggers", "permissions", "secrets", "registries", "images", "tag-rules", "platforms", "build-args", "labels")


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


class Facts(dict):
    """Property to a set of words; `platforms` of a bake without a setting are those `bake` (its files' text) names."""

    def __init__(self, text, bake=""):
        super().__init__((name, set()) for name in PROPERTIES)
        self.bake = bake
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

        machine = {}
        runner = value(str(job.get("runs-on", "")), {})
        machine["arch"] = "ARM64" if "arm" in runner else "X64"
        native = "linux/arm64" if "arm" in runner else "linux/amd64"
        if "uses" in job:
            self.read_call({name: value(text, {}) for name, text in job.get("with", {}).items()}, job.get("secrets"))
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
        elif action == "docker/bake-action":
            settings = dict(line.partition("=")[::2] for line in items(given.get("set")))
            self["platforms"] |= set(items(settings.pop("*.platform", ""), ",")) or set(re.findall(r"linux/[\w/]+", self.bake))
            self["build-args"] |= {f"{name}={text}" for name, text in settings.items() if ".args." in name}
            self.read_output(settings.get("*.output", ""))
        if "run" in step:
            self.read_script(value(step["run"], environment), {name: value(text, environment) for name, text in environment.items()})

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
