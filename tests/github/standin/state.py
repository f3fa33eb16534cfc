"""What the stand-in knows: accounts, repositories with their workflows, runs, artifacts, caches, runners and pull requests."""
import hashlib
import itertools
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .git import Git
from .script import Job, Run

_ids = itertools.count(5000)
# What a fine-grained token may be given; "write" includes "read".
PERMISSIONS = ("actions", "contents", "workflows", "pull_requests", "administration", "metadata")


@dataclass
class Account:
    """Who a token stands for. permissions: {"actions": "read"|"write", ...}; None: a classic token that may do all of `scopes`."""
    login: str = "octocat"
    permissions: dict = None
    scopes: tuple = ("repo", "workflow")
    limit: int = 5000
    used: int = 0
    window: float = None     # when the current hour of the budget began

    def may(self, permission, write):
        if self.permissions is None:
            return permission != "workflows" or "workflow" in self.scopes
        have = self.permissions.get(permission)
        return have == "write" or (have == "read" and not write) or permission == "metadata"


@dataclass
class Artifact:
    name: str
    content: bytes
    run: Run
    created: float
    days: float = 90
    id: int = field(default_factory=lambda: next(_ids))

    @property
    def expires(self):
        return self.created + self.days * 86400

    def expired(self, now):
        return now >= self.expires

    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Cache:
    key: str
    ref: str
    size: int
    created: float
    used: float
    version: str = "693bb7016429d80366022f036f84856888c9f13e00145f5f6f4dce303a38d6f2"
    id: int = field(default_factory=lambda: next(_ids))


@dataclass
class Runner:
    name: str
    labels: tuple
    status: str = "online"
    busy: bool = False
    id: int = field(default_factory=lambda: next(_ids))


@dataclass
class Pull:
    number: int
    title: str
    body: str
    head: str
    base: str
    head_sha: str
    base_sha: str
    user: str
    created: float
    updated: float
    draft: bool = False
    state: str = "open"
    closed: float = None
    merge_sha: str = None
    id: int = field(default_factory=lambda: next(_ids))


class Repository:
    """One repository. The git side is a real bare repository; `jobs_of` makes the jobs of a dispatched run, by workflow path."""

    def __init__(self, full_name, folder, clock, private=False):
        self.full_name, self.clock, self.private = full_name, clock, private
        self.id = next(_ids)
        self.git = Git(folder, clock)
        self.runs, self.artifacts, self.caches, self.runners, self.pulls = [], [], [], [], []
        self.cache_limit_gb = 10
        self.organisation = ""   # the plan of the organisation that owns it; "" = a person does
        self.jobs_of = {}
        self._workflow_ids = {}
        self.git.commit_file("main", "README.md", b"# " + full_name.encode() + b"\n", "First commit")

    def workflow_id(self, path):
        return self._workflow_ids.setdefault(path, 160000 + len(self._workflow_ids))

    def workflow_file(self, path, ref="main"):
        """The bytes of a workflow at a ref; None when it is not there."""
        commit = self.git.resolve(ref)
        entry = self.git.entry(commit, path) if commit else None
        return self.git.blob(entry[1]) if entry else None

    def workflows(self):
        """{path: name} of the workflows on the default branch and of those that have run."""
        out = {}
        head = self.git.resolve("main")
        if self.git.entry(head, ".github/workflows"):
            for name, kind, sha, _ in self.git.listing(head, ".github/workflows"):
                if kind == "blob" and name.endswith((".yml", ".yaml")):
                    path = ".github/workflows/" + name
                    out[path] = _workflow(self.git.blob(sha)).get("name") or path
        for run in self.runs:
            out.setdefault(run.workflow, run.name)
        return out

    def add_run(self, workflow=".github/workflows/docker.yml", jobs=None, created=None, **more):
        """A run that begins at `created` (now unless told)."""
        number = 1 + sum(run.workflow == workflow for run in self.runs)
        run = Run(self.full_name, workflow, self.clock.now() if created is None else created, jobs if jobs is not None else [Job("build")],
                  **{"number": number, "sha": self.git.resolve(more.get("branch", "main")) or "0" * 40, **more})
        self.workflow_id(workflow)
        self.runs.append(run)
        return run

    def add_artifact(self, run, name, content, days=90, created=None):
        artifact = Artifact(name, content, run, self.clock.now() if created is None else created, days)
        self.artifacts.append(artifact)
        return artifact

    def add_cache(self, key, size=1000, ref="refs/heads/main", created=None, used=None):
        now = self.clock.now()
        cache = Cache(key, ref, size, now if created is None else created, now if used is None else used)
        self.caches.append(cache)
        return cache

    def dispatch_inputs(self, path, ref):
        """The inputs of the workflow's own workflow_dispatch at a ref; None when it has no such trigger."""
        events = _workflow(self.workflow_file(path, ref) or b"").get(True)  # YAML 1.1 reads the key `on` as true
        if isinstance(events, str):
            events = {events: None}
        elif isinstance(events, list):
            events = dict.fromkeys(events)
        if not isinstance(events, dict) or "workflow_dispatch" not in events:
            return None
        return (events["workflow_dispatch"] or {}).get("inputs") or {}


def _workflow(content):
    try:
        loaded = yaml.safe_load(content)
    except yaml.YAMLError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


class World:
    """All of it. `folder` holds the git repositories."""

    def __init__(self, folder, clock):
        self.folder, self.clock = Path(folder), clock
        self.repositories, self.accounts, self.devices = {}, {}, {}
        self.organisation_runners = []
        self.page_cap = 100   # items on a page, whatever the client asks for

    def add_repository(self, full_name, private=False):
        repository = Repository(full_name, self.folder / (full_name.replace("/", "+") + ".git"), self.clock, private)
        self.repositories[full_name.lower()] = repository
        return repository

    def add_account(self, token, **more):
        self.accounts[token] = Account(**more)
        return self.accounts[token]
