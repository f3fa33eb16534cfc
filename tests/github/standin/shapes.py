"""What GitHub's answers look like: the examples of its own description, with the values that matter here put in.

Everything a test does not care about (counters, the forty URLs of a repository) stays as GitHub shows it, moved to the
repository and host at hand.
"""
import base64
import copy
import json

from . import describe
from .clock import stamp

_SOURCES = ("octo-org/octo-repo", "octo-org/octo-docs", "octocat/Hello-World", "octocat/hello-world", "octocat/HelloWorld")


class Shapes:
    """`base` is the API's address as the client sees it, `site` that of the pages. The rest are functions of state to JSON."""

    _examples = None

    def __init__(self, base, repository=None):
        if Shapes._examples is None:
            Shapes._examples = {name: entry["value"] for name, entry in describe.load()["components"]["examples"].items()}
        self.base, self.repository = base, repository
        self.site = base.replace("://api.", "://").removesuffix("/api/v3")
        self.full = repository.full_name if repository else ""

    def example(self, name):
        text = json.dumps(Shapes._examples[name])
        for source in _SOURCES:
            text = text.replace(source, self.full)
        text = text.replace("https://api.github.com", self.base).replace("https://github.com/", self.site + "/")
        return json.loads(text)

    def api(self, rest):
        return f"{self.base}/repos/{self.full}/{rest}"

    def page(self, rest):
        return f"{self.site}/{self.full}/{rest}"

    def user(self, login):
        out = copy.deepcopy(self.example("workflow-run")["actor"])
        return json.loads(json.dumps(out).replace("octocat", login))

    def minimal_repository(self):
        out = self.example("workflow-run")["repository"]
        owner, name = self.full.split("/")
        out.update(id=self.repository.id, name=name, full_name=self.full, owner=self.user(owner), private=self.repository.private)
        return out

    def full_repository(self, permissions):
        out = self.example("full-repository-default-response")
        owner, name = self.full.split("/")
        out.update(id=self.repository.id, name=name, full_name=self.full, owner=self.user(owner), private=self.repository.private,
                   visibility="private" if self.repository.private else "public", default_branch="main", permissions=permissions,
                   language=None)
        if self.repository.organisation:
            out["owner"]["type"] = "Organization"
        for key in ("template_repository", "parent", "source", "organization"):
            out.pop(key, None)
        return out

    def run(self, run, now, attempt=None):
        status, conclusion, started, updated = run.state(now, attempt)
        number = attempt or len(run.attempts)
        out = self.example("workflow-run")
        repository = self.minimal_repository()
        here = f"actions/runs/{run.id}"
        out.update(
            id=run.id, name=run.name, head_branch=run.branch, head_sha=run.sha, path=run.workflow, run_number=run.number,
            event=run.event, display_title=run.title, status=status, conclusion=conclusion,
            workflow_id=self.repository.workflow_id(run.workflow), url=self.api(here), html_url=self.page(here),
            created_at=stamp(run.created), updated_at=stamp(updated), run_started_at=stamp(started), run_attempt=number,
            actor=self.user(run.actor), triggering_actor=self.user(run.actor), referenced_workflows=[],
            jobs_url=self.api(here + "/jobs"), logs_url=self.api(here + "/logs"), artifacts_url=self.api(here + "/artifacts"),
            cancel_url=self.api(here + "/cancel"), rerun_url=self.api(here + "/rerun"),
            previous_attempt_url=self.api(f"{here}/attempts/{number - 1}") if number > 1 else None,
            workflow_url=self.api(f"actions/workflows/{self.repository.workflow_id(run.workflow)}"),
            repository=repository, head_repository=repository)
        out["head_commit"].update(id=run.sha, message=run.title, timestamp=stamp(run.created))
        return out

    def job(self, run, state):
        job = state.job
        out = self.example("job")
        here = f"actions/jobs/{job.id}"
        took = state.started is not None and state.conclusion != "skipped"
        steps = [{"name": step.name, "status": step.status, "conclusion": step.conclusion, "number": step.number,
                  "started_at": stamp(step.started), "completed_at": stamp(step.completed)} for step in state.steps]
        out.update(
            id=job.id, run_id=run.id, run_url=self.api(f"actions/runs/{run.id}"), head_sha=run.sha, head_branch=run.branch,
            url=self.api(here), html_url=self.page(f"actions/runs/{run.id}/job/{job.id}"), status=state.status,
            conclusion=state.conclusion, created_at=stamp(state.created),
            # GitHub sends a start even for a job that waits: the moment it was queued.
            started_at=stamp(state.started if state.started is not None else state.created), completed_at=stamp(state.completed),
            name=job.name, steps=steps, check_run_url=self.api(f"check-runs/{job.id}"), labels=list(job.labels),
            runner_id=job.id % 1000 if took else None, runner_name=f"{job.group} {job.id % 1000}" if took else None,
            runner_group_id=0 if took else None, runner_group_name=job.group if took else None, run_attempt=job.attempt,
            workflow_name=run.name)
        return out

    def artifact(self, artifact, now):
        out = self.example("artifact")
        here = f"actions/artifacts/{artifact.id}"
        out.update(id=artifact.id, name=artifact.name, size_in_bytes=len(artifact.content), url=self.api(here),
                   archive_download_url=self.api(here + "/zip"), expired=artifact.expired(now), created_at=stamp(artifact.created),
                   expires_at=stamp(artifact.expires), updated_at=stamp(artifact.created), digest="sha256:" + artifact.sha256())
        out["workflow_run"].update(id=artifact.run.id, repository_id=self.repository.id, head_repository_id=self.repository.id,
                                   head_branch=artifact.run.branch, head_sha=artifact.run.sha)
        return out

    def cache(self, cache):
        return {"id": cache.id, "ref": cache.ref, "key": cache.key, "version": cache.version, "size_in_bytes": cache.size,
                "last_accessed_at": stamp(cache.used).replace("Z", ".000000Z"), "created_at": stamp(cache.created).replace("Z", ".000000Z")}

    def workflow(self, path, name):
        out = self.example("workflow")
        number = self.repository.workflow_id(path)
        out.update(id=number, name=name, path=path, url=self.api(f"actions/workflows/{number}"), html_url=self.page(f"blob/main/{path}"),
                   badge_url=self.page(f"actions/workflows/{path.rsplit('/', 1)[-1]}/badge.svg"))
        return out

    def content(self, path, ref, kind, sha, size, data=None):
        """A file or folder of the contents API; with `data` the file's bytes too."""
        name = path.rsplit("/", 1)[-1]
        file = kind == "blob"
        links = {"self": self.api(f"contents/{path}?ref={ref}"), "git": self.api(f"git/{'blobs' if file else 'trees'}/{sha}"),
                 "html": self.page(f"{'blob' if file else 'tree'}/{ref}/{path}")}
        out = {"name": name, "path": path, "sha": sha, "size": size, "url": links["self"], "html_url": links["html"],
               "git_url": links["git"], "download_url": self.page(f"raw/{ref}/{path}") if file else None,
               "type": "file" if file else "dir", "_links": links}
        if data is not None:
            out.update(content=base64.encodebytes(data).decode(), encoding="base64")
        return out

    def _git_commit(self, info):
        who = {"name": info["name"], "email": info["email"], "date": info["date"]}
        return {"author": who, "committer": dict(who), "message": info["message"],
                "tree": {"sha": info["tree"], "url": self.api("git/trees/" + info["tree"])},
                "url": self.api("git/commits/" + info["sha"]), "comment_count": 0,
                "verification": {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}}

    def commit(self, info):
        """As commits and branches show it."""
        out = self.example("commit")
        out.update(sha=info["sha"], url=self.api("commits/" + info["sha"]), html_url=self.page("commit/" + info["sha"]),
                   comments_url=self.api(f"commits/{info['sha']}/comments"), commit=self._git_commit(info),
                   author=self.user("octocat"), committer=self.user("octocat"),
                   parents=[{"sha": sha, "url": self.api("commits/" + sha), "html_url": self.page("commit/" + sha)} for sha in info["parents"]])
        return out

    def file_commit(self, content, info):
        """The answer to a write through contents."""
        inner = self._git_commit(info)
        inner.update(sha=info["sha"], node_id="C_stand_in", html_url=self.page("commit/" + info["sha"]),
                     parents=[{"sha": sha, "url": self.api("git/commits/" + sha), "html_url": self.page("commit/" + sha)}
                              for sha in info["parents"]])
        return {"content": content, "commit": inner}

    def ref(self, name, sha):
        return {"ref": name, "node_id": "REF_stand_in", "url": self.api("git/" + name),
                "object": {"sha": sha, "type": "commit", "url": self.api("git/commits/" + sha)}}

    def branch(self, name, info):
        here = self.api("branches/" + name)
        return {"name": name, "commit": self.commit(info), "_links": {"self": here, "html": self.page("tree/" + name)},
                "protected": False, "protection": {"enabled": False}, "protection_url": here + "/protection"}

    def pull(self, pull, git):
        """A pull request; the list shows a part of the same fields."""
        out = self.example("pull-request")
        here = f"pulls/{pull.number}"
        full = self.full_repository({"admin": True, "push": True, "pull": True})
        owner = self.full.split("/")[0]
        head, base = git.resolve(pull.head) or pull.head_sha, git.resolve(pull.base) or pull.base_sha
        for side, name, sha in (("head", pull.head, head), ("base", pull.base, base)):
            out[side] = {"label": f"{owner}:{name}", "ref": name, "sha": sha, "user": self.user(owner), "repo": full}
        links = {"self": self.api(here), "html": self.page(f"pull/{pull.number}")}
        out.update(
            id=pull.id, number=pull.number, url=links["self"], html_url=links["html"], diff_url=links["html"] + ".diff",
            patch_url=links["html"] + ".patch", issue_url=self.api(f"issues/{pull.number}"), state=pull.state, title=pull.title,
            body=pull.body, user=self.user(pull.user), created_at=stamp(pull.created), updated_at=stamp(pull.updated),
            closed_at=stamp(pull.closed), merged_at=stamp(pull.closed if pull.merge_sha else None), merged=bool(pull.merge_sha),
            merge_commit_sha=pull.merge_sha, mergeable=None if pull.state == "closed" else True, draft=pull.draft, labels=[],
            merged_by=self.user(pull.user) if pull.merge_sha else None, milestone=None, assignee=None, assignees=[],
            requested_reviewers=[], requested_teams=[], active_lock_reason=None, locked=False,
            commits=git.count(base, head) if not pull.merge_sha else 1)
        out["_links"]["self"]["href"], out["_links"]["html"]["href"] = links["self"], links["html"]
        return out
