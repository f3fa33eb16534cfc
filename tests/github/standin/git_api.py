"""Contents, commits, branches, refs and pull requests of the fake, on real git repositories."""
import base64
import binascii

from .answers import Answer, Refusal, missing, number, paged, route
from .git import GitError
from .state import Pull

REPO = "/repos/{}/{}/"


def _commit_of(request, name):
    commit = request.repository.git.resolve(name)
    if commit is None:
        raise Refusal(404, f"No commit found for the ref {name}")
    return commit


@route("GET", REPO + "contents/{*}", "contents")
def get_contents(request):
    path, git = request.args[2].strip("/"), request.repository.git
    ref = request.query.get("ref", "main")
    commit = _commit_of(request, ref)
    entry = git.entry(commit, path)
    if entry is None:
        raise missing()
    kind, sha, size = entry
    if kind == "tree":
        return Answer([request.shapes.content(f"{path}/{name}", ref, *rest) for name, *rest in git.listing(commit, path)])
    data = git.blob(sha)
    if "raw" in request.headers.get("Accept", ""):
        return Answer(data, kind="application/vnd.github.raw+json; charset=utf-8")
    return Answer(request.shapes.content(path, ref, kind, sha, size, data))


def _target(request, path):
    """(branch, head, entry) of a write; refusals as GitHub gives them."""
    git, branch = request.repository.git, request.body.get("branch", "main").removeprefix("refs/heads/")
    try:
        head = git.run("rev-parse", "--verify", "-q", f"refs/heads/{branch}")
    except GitError:
        raise Refusal(404, f"Branch {branch} not found") from None
    if path.startswith(".github/workflows/") and not request.account.may("workflows", True):
        raise _forbidden(request, "contents=write,workflows=write")
    return branch, head, git.entry(head, path)


def _forbidden(request, needed):
    if request.account.permissions is None:
        return Refusal(404, "Not Found", headers={"X-Accepted-OAuth-Scopes": "repo, workflow"})
    return Refusal(403, "Resource not accessible by personal access token", headers={"X-Accepted-GitHub-Permissions": needed})


def _check_sha(entry, path, sha):
    if entry and not sha:
        raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if entry and sha != entry[1]:
        raise Refusal(409, f"{path} does not match {sha}")


@route("PUT", REPO + "contents/{*}", "contents")
def put_contents(request):
    path, git = request.args[2].strip("/"), request.repository.git
    branch, head, entry = _target(request, path)
    _check_sha(entry, path, request.body.get("sha"))
    try:
        data = base64.b64decode(request.body["content"].replace("\n", ""), validate=True)
    except binascii.Error:
        raise Refusal(422, "content is not valid Base64") from None
    commit = git.commit_file(branch, path, data, request.body["message"], head)
    kind, sha, size = git.entry(commit, path)
    answer = request.shapes.file_commit(request.shapes.content(path, branch, kind, sha, size), git.describe(commit))
    return Answer(answer, 200 if entry else 201)


@route("DELETE", REPO + "contents/{*}", "contents")
def delete_contents(request):
    path, git = request.args[2].strip("/"), request.repository.git
    if request.body is None:
        raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    branch, head, entry = _target(request, path)
    if entry is None:
        raise missing()
    _check_sha(entry, path, request.body.get("sha"))
    commit = git.commit_file(branch, path, None, request.body["message"], head)
    return Answer(request.shapes.file_commit(None, git.describe(commit)))


@route("GET", REPO + "commits", "contents")
def list_commits(request):
    git = request.repository.git
    start = _commit_of(request, request.query.get("sha", "main"))
    shas = git.log(start, request.query.get("path"), limit=100000)
    return paged(request, shas, lambda sha: request.shapes.commit(git.describe(sha)))


@route("GET", REPO + "commits/{*}", "contents")
def get_commit(request):
    git = request.repository.git
    commit = git.resolve(request.args[2])
    if commit is None:
        raise Refusal(422, f"No commit found for SHA: {request.args[2]}")
    return Answer(request.shapes.commit(git.describe(commit)))


@route("GET", REPO + "branches", "contents")
def list_branches(request):
    def shape(row):
        return {"name": row[0].removeprefix("refs/heads/"), "commit": {"sha": row[1], "url": request.shapes.api("commits/" + row[1])},
                "protected": False}
    return paged(request, request.repository.git.refs("heads/"), shape)


@route("GET", REPO + "branches/{*}", "contents")
def get_branch(request):
    git = request.repository.git
    rows = dict(git.refs("heads/" + request.args[2]))
    sha = rows.get("refs/heads/" + request.args[2])
    if sha is None:
        raise Refusal(404, "Branch not found")
    return Answer(request.shapes.branch(request.args[2], git.describe(sha)))


@route("GET", REPO + "git/ref/{*}", "contents")
def get_ref(request):
    name = "refs/" + request.args[2]
    sha = dict(request.repository.git.refs(request.args[2])).get(name)
    if sha is None:
        raise missing()
    return Answer(request.shapes.ref(name, sha))


@route("GET", REPO + "git/trees/{*}", "contents")
def get_tree(request):
    """One level of a commit's, branch's or tag's root."""
    commit = _commit_of(request, request.args[2])
    rows = request.repository.git.listing(commit, "")
    api = request.shapes.api
    return Answer({"sha": commit, "url": api(f"git/trees/{commit}"), "truncated": False,
                   "tree": [{"path": name, "mode": "040000" if kind == "tree" else "100644", "type": kind, "sha": sha, "url": api(f"git/{kind}s/{sha}"),
                             **({"size": size} if kind == "blob" else {})} for name, kind, sha, size in rows]})


@route("GET", REPO + "git/matching-refs/{*}", "contents")
def matching_refs(request):
    return Answer([request.shapes.ref(*row) for row in request.repository.git.refs(request.args[2])])


@route("POST", REPO + "git/refs", "contents")
def create_ref(request):
    name, sha, git = request.body["ref"], request.body["sha"], request.repository.git
    if not name.startswith("refs/") or name.count("/") < 2:
        raise Refusal(422, "Reference name must start with 'refs/' and contain at least two slashes.")
    if dict(git.refs(name[5:])).get(name):
        raise Refusal(422, "Reference already exists")
    try:
        git.run("cat-file", "-e", sha + "^{commit}")
    except GitError:
        raise Refusal(422, "Object does not exist") from None
    try:
        git.run("update-ref", name, sha, "0" * 40)
    except GitError:
        raise Refusal(422, "Reference update failed") from None
    return Answer(request.shapes.ref(name, sha), 201, {"Location": request.shapes.api("git/" + name)})


def _existing_ref(request):
    name = "refs/" + request.args[2]
    sha = dict(request.repository.git.refs(request.args[2])).get(name)
    if sha is None:
        raise Refusal(422, "Reference does not exist")
    return name, sha


@route("PATCH", REPO + "git/refs/{*}", "contents")
def move_ref(request):
    name, old = _existing_ref(request)
    new, git = request.body["sha"], request.repository.git
    if git.resolve(new) != new:
        raise Refusal(422, "Object does not exist")
    if not request.body.get("force") and not git.is_ancestor(old, new):
        raise Refusal(422, "Update is not a fast forward")
    git.run("update-ref", name, new)
    return Answer(request.shapes.ref(name, new))


@route("DELETE", REPO + "git/refs/{*}", "contents")
def delete_ref(request):
    name, _ = _existing_ref(request)
    request.repository.git.run("update-ref", "-d", name)
    for pull in request.repository.pulls:
        if pull.state == "open" and name == "refs/heads/" + pull.head:
            pull.state, pull.closed = "closed", request.now
    return Answer(None, 204)


@route("GET", REPO + "git/blobs/{}", "contents")
def get_blob(request):
    try:
        data = request.repository.git.blob(request.args[2])
    except GitError:
        raise missing() from None
    sha = request.args[2]
    return Answer({"sha": sha, "node_id": "B_stand_in", "size": len(data), "url": request.shapes.api("git/blobs/" + sha),
                   "content": base64.encodebytes(data).decode(), "encoding": "base64"})


def _pull(request):
    wanted = number(request.args[2])
    for pull in request.repository.pulls:
        if pull.number == wanted:
            return pull
    raise missing()


def _simple(request, pull):
    """A list shows less of each."""
    out = request.shapes.pull(pull, request.repository.git)
    for key in ("merged", "mergeable", "rebaseable", "mergeable_state", "merged_by", "comments", "review_comments",
                "maintainer_can_modify", "commits", "additions", "deletions", "changed_files"):
        out.pop(key, None)
    return out


@route("GET", REPO + "pulls", "pull_requests")
def list_pulls(request):
    query = request.query
    owner = request.repository.full_name.split("/")[0]
    chosen = [p for p in request.repository.pulls if query.get("state", "open") in ("all", p.state)
              and query.get("head", f"{owner}:{p.head}") == f"{owner}:{p.head}" and query.get("base", p.base) == p.base]
    return paged(request, chosen[::-1], lambda pull: _simple(request, pull))


@route("POST", REPO + "pulls", "pull_requests")
def create_pull(request):
    git, body, repository = request.repository.git, request.body, request.repository
    owner = repository.full_name.split("/")[0]
    head = body["head"].removeprefix(owner + ":")
    shas = {}
    for side, name in (("head", head), ("base", body["base"])):
        shas[side] = git.resolve(name)
        if shas[side] is None:
            raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "field": side, "code": "invalid"}])
    if any(p.state == "open" and (p.head, p.base) == (head, body["base"]) for p in repository.pulls):
        raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "code": "custom",
                                                  "message": f"A pull request already exists for {owner}:{head}."}])
    if git.count(shas["base"], shas["head"]) == 0:
        raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "code": "custom",
                                                  "message": f"No commits between {body['base']} and {head}"}])
    pull = Pull(1 + len(repository.pulls), body.get("title", head), body.get("body"), head, body["base"], shas["head"], shas["base"],
                request.account.login, request.now, request.now, bool(body.get("draft")))
    repository.pulls.append(pull)
    answer = request.shapes.pull(pull, git)
    return Answer(answer, 201, {"Location": answer["url"]})


@route("GET", REPO + "pulls/{}", "pull_requests")
def get_pull(request):
    return Answer(request.shapes.pull(_pull(request), request.repository.git))


@route("PATCH", REPO + "pulls/{}", "pull_requests")
def edit_pull(request):
    pull, body = _pull(request), request.body or {}
    if body.get("state") == "open" and pull.merge_sha:
        raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "field": "state", "code": "invalid"}])
    pull.title, pull.body = body.get("title", pull.title), body.get("body", pull.body)
    if body.get("state", pull.state) != pull.state:
        pull.state = body["state"]
        pull.closed = request.now if pull.state == "closed" else None
    pull.updated = request.now
    return Answer(request.shapes.pull(pull, request.repository.git))


@route("PUT", REPO + "pulls/{}/merge", "contents")
def merge_pull(request):
    pull, git, body = _pull(request), request.repository.git, request.body or {}
    head, base = git.resolve(pull.head), git.resolve(pull.base)
    if pull.state != "open" or head is None:
        raise Refusal(405, "Pull Request is not mergeable")
    if body.get("sha", head) != head:
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    try:
        merged = git.merge(base, head, body.get("commit_title", f"Merge pull request #{pull.number}"))
    except GitError:
        raise Refusal(405, "Pull Request is not mergeable") from None
    git.run("update-ref", "refs/heads/" + pull.base, merged)
    pull.head_sha, pull.base_sha, pull.merge_sha = head, base, merged
    pull.state, pull.closed, pull.updated = "closed", request.now, request.now
    return Answer({"sha": merged, "merged": True, "message": "Pull Request successfully merged"})
