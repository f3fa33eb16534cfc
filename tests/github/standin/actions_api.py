"""Runs, jobs, logs, artifacts, caches, workflows and runners of the fake."""
import io
import re
import zipfile

from . import joblog
from .answers import Answer, Refusal, found, missing, number, paged, route
from .script import Job, Step

REPO = "/repos/{}/{}/"


def _run(request):
    return found(request.repository.runs, number(request.args[2]))


def _attempt(request, run):
    wanted = number(request.args[3])
    if not 1 <= wanted <= len(run.attempts):
        raise missing()
    return wanted


def _chosen_runs(request, runs):
    query, now = request.query, request.now
    out = []
    for run in runs:
        status, conclusion, _, _ = run.state(now)
        if query.get("branch", run.branch) != run.branch or query.get("event", run.event) != run.event:
            continue
        if query.get("status") and query["status"] not in (status, conclusion):
            continue
        if query.get("actor", run.actor) != run.actor or query.get("head_sha", run.sha) != run.sha:
            continue
        if run.created <= now:
            out.append(run)
    return sorted(out, key=lambda run: (-run.created, -run.id))


@route("GET", REPO + "actions/runs", "actions")
def list_runs(request):
    runs = _chosen_runs(request, request.repository.runs)
    return paged(request, runs, lambda run: request.shapes.run(run, request.now), "workflow_runs")


@route("GET", REPO + "actions/runs/{}", "actions")
def get_run(request):
    return Answer(request.shapes.run(_run(request), request.now))


@route("GET", REPO + "actions/runs/{}/attempts/{}", "actions")
def get_attempt(request):
    run = _run(request)
    return Answer(request.shapes.run(run, request.now, _attempt(request, run)))


@route("GET", REPO + "actions/runs/{}/jobs", "actions")
def list_jobs(request):
    run = _run(request)
    if request.query.get("filter", "latest") == "all":
        states = [state for attempt in run.attempts for state in attempt.states(request.now)]
    else:
        states = run.job_states(request.now)
    return paged(request, states, lambda state: request.shapes.job(run, state), "jobs")


@route("GET", REPO + "actions/runs/{}/attempts/{}/jobs", "actions")
def list_attempt_jobs(request):
    run = _run(request)
    states = run.job_states(request.now, _attempt(request, run))
    return paged(request, states, lambda state: request.shapes.job(run, state), "jobs")


def _job(request):
    wanted = number(request.args[2])
    for run in request.repository.runs:
        for attempt in run.attempts:
            for state in attempt.states(request.now):
                if state.job.id == wanted:
                    return run, state
    raise missing()


@route("GET", REPO + "actions/jobs/{}", "actions")
def get_job(request):
    run, state = _job(request)
    return Answer(request.shapes.job(run, state))


def _redirect(request, content, kind):
    """To the blob host, for one minute. The proxy would follow a Location of its own accord: the front makes it one."""
    return Answer(None, 302, {"X-Stand-In-Location": request.blobs.publish(content, kind, request.now + 60)})


@route("GET", REPO + "actions/jobs/{}/logs", "actions")
def job_log(request):
    _, state = _job(request)
    # Not before the job has ended, and never for one that no runner took.
    if state.status != "completed" or state.conclusion == "skipped" or not state.steps:
        raise missing()
    return _redirect(request, state.job.log if state.job.log is not None else joblog.simple(state), "text/plain; charset=utf-8")


def _log_zip(states):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number_of_job, state in enumerate(states):
            name = re.sub(r"[/:]", "_", state.job.name)[:90]
            text = state.job.log if state.job.log is not None else joblog.simple(state)
            archive.writestr(f"{number_of_job}_{name}.txt", text)
            if state.job.log is None:
                for step in state.steps:
                    archive.writestr(f"{name}/{step.number}_{re.sub(r'[/:]', '_', step.name)[:90]}.txt", joblog.of_step(step))
    return packed.getvalue()


@route("GET", REPO + "actions/runs/{}/logs", "actions")
def run_logs(request):
    run = _run(request)
    if run.state(request.now)[0] != "completed":
        raise missing()
    return _redirect(request, _log_zip([s for s in run.job_states(request.now) if s.steps]), "application/zip")


@route("GET", REPO + "actions/runs/{}/attempts/{}/logs", "actions")
def attempt_logs(request):
    run = _run(request)
    attempt = _attempt(request, run)
    if run.state(request.now, attempt)[0] != "completed":
        raise missing()
    return _redirect(request, _log_zip([s for s in run.job_states(request.now, attempt) if s.steps]), "application/zip")


@route("GET", REPO + "actions/runs/{}/artifacts", "actions")
def run_artifacts(request):
    run = _run(request)
    chosen = [a for a in request.repository.artifacts if a.run is run and a.created <= request.now
              and request.query.get("name", a.name) == a.name]
    return paged(request, chosen, lambda a: request.shapes.artifact(a, request.now), "artifacts")


@route("GET", REPO + "actions/artifacts", "actions")
def all_artifacts(request):
    chosen = [a for a in request.repository.artifacts if request.query.get("name", a.name) == a.name]
    return paged(request, chosen, lambda a: request.shapes.artifact(a, request.now), "artifacts")


@route("GET", REPO + "actions/artifacts/{}", "actions")
def get_artifact(request):
    artifact = found(request.repository.artifacts, number(request.args[2]))
    return Answer(request.shapes.artifact(artifact, request.now))


@route("GET", REPO + "actions/artifacts/{}/zip", "actions")
def artifact_zip(request):
    artifact = found(request.repository.artifacts, number(request.args[2]))
    if artifact.expired(request.now):
        raise Refusal(410, "Artifact has expired")
    return _redirect(request, artifact.content, "application/zip")


@route("GET", REPO + "actions/runs/{}/timing", "actions")
def timing(request):
    run = _run(request)
    _, _, started, updated = run.state(request.now)
    return Answer({"billable": {}, "run_duration_ms": int(1000 * (updated - started))})


def _rerun(request, run, names):
    if run.state(request.now)[0] != "completed":
        raise Refusal(403, "This workflow run cannot be re-run because it is still in progress" if names is None
                      else "The workflow run containing this job is already running")
    run.rerun(request.now, names)
    return Answer({}, 201)


@route("POST", REPO + "actions/runs/{}/rerun", "actions")
def rerun(request):
    return _rerun(request, _run(request), None)


@route("POST", REPO + "actions/runs/{}/rerun-failed-jobs", "actions")
def rerun_failed(request):
    run = _run(request)
    failed = {state.job.name for state in run.job_states(request.now) if state.conclusion != "success"}
    if not failed and run.state(request.now)[0] == "completed":
        raise Refusal(403, "This workflow run has no failed jobs to re-run")
    return _rerun(request, run, failed)


@route("POST", REPO + "actions/jobs/{}/rerun", "actions")
def rerun_job(request):
    run, state = _job(request)
    names = {state.job.name}
    while True:   # with those that need it
        more = {job.name for job in run.jobs if names & set(job.needs)} - names
        if not more:
            return _rerun(request, run, names)
        names |= more


@route("POST", REPO + "actions/runs/{}/cancel", "actions")
def cancel(request):
    run = _run(request)
    if run.state(request.now)[0] == "completed":
        raise Refusal(409, "Cannot cancel a workflow run that is completed.")
    run.latest().cancelled = request.now
    return Answer({}, 202)


@route("POST", REPO + "actions/runs/{}/force-cancel", "actions")
def force_cancel(request):
    return cancel(request)


@route("GET", REPO + "actions/caches", "actions")
def list_caches(request):
    query = request.query
    chosen = [c for c in request.repository.caches if c.key.startswith(query.get("key", "")) and query.get("ref", c.ref) == c.ref]
    orders = {"created_at": lambda c: c.created, "last_accessed_at": lambda c: c.used, "size_in_bytes": lambda c: c.size}
    chosen.sort(key=orders[query.get("sort", "last_accessed_at")], reverse=query.get("direction", "desc") == "desc")
    return paged(request, chosen, request.shapes.cache, "actions_caches")


@route("DELETE", REPO + "actions/caches/{}", "actions")
def delete_cache(request):
    request.repository.caches.remove(found(request.repository.caches, number(request.args[2])))
    return Answer(None, 204)


@route("DELETE", REPO + "actions/caches", "actions")
def delete_caches(request):
    query = request.query
    chosen = [c for c in request.repository.caches if c.key == query["key"] and query.get("ref", c.ref) == c.ref]
    if not chosen:
        raise missing()
    for cache in chosen:
        request.repository.caches.remove(cache)
    return Answer({"total_count": len(chosen), "actions_caches": [request.shapes.cache(c) for c in chosen]})


@route("GET", REPO + "actions/cache/usage", "actions")
def cache_usage(request):
    caches = request.repository.caches
    return Answer({"full_name": request.repository.full_name, "active_caches_size_in_bytes": sum(c.size for c in caches),
                   "active_caches_count": len(caches)})


@route("GET", REPO + "actions/cache/storage-limit", "actions")
def storage_limit(request):
    return Answer({"max_cache_size_gb": request.repository.cache_limit_gb})


@route("GET", REPO + "actions/workflows", "actions")
def list_workflows(request):
    return paged(request, list(request.repository.workflows().items()), lambda entry: request.shapes.workflow(*entry), "workflows")


def _workflow_path(request):
    """By number, file name or path; only those GitHub lists."""
    wanted = request.args[2]
    for path in request.repository.workflows():
        if wanted in (path, path.rsplit("/", 1)[-1], str(request.repository.workflow_id(path))):
            return path
    raise missing()


@route("GET", REPO + "actions/workflows/{}", "actions")
def get_workflow(request):
    path = _workflow_path(request)
    return Answer(request.shapes.workflow(path, request.repository.workflows()[path]))


@route("GET", REPO + "actions/workflows/{}/runs", "actions")
def workflow_runs(request):
    path = _workflow_path(request)
    runs = _chosen_runs(request, [run for run in request.repository.runs if run.workflow == path])
    return paged(request, runs, lambda run: request.shapes.run(run, request.now), "workflow_runs")


def _checked_inputs(declared, given):
    unknown = [name for name in given if name not in declared]
    if unknown:
        raise Refusal(422, f"Unexpected inputs provided: {unknown}".replace("'", '"'))
    if len(given) > 25:
        raise Refusal(422, "Only 25 inputs are allowed")
    values = {}
    for name, options in declared.items():
        options = options or {}
        value = given.get(name, options.get("default"))
        if options.get("required") and value in (None, ""):
            raise Refusal(422, f"Required input '{name}' not provided")
        if options.get("type") == "choice" and value is not None and str(value) not in map(str, options.get("options", [])):
            raise Refusal(422, f"Provided value '{value}' for input '{name}' not in the list of allowed values")
        values[name] = value
    return values


@route("POST", REPO + "actions/workflows/{}/dispatches", "actions")
def dispatch(request):
    repository, wanted = request.repository, request.args[2]
    path = _workflow_path(request)
    if repository.workflow_file(path) is None:
        raise missing()   # it must be on the default branch, whatever the ref
    ref = request.body["ref"].removeprefix("refs/heads/").removeprefix("refs/tags/")
    if repository.git.resolve(ref) is None:
        raise Refusal(422, f"No ref found for: {ref}")
    declared = repository.dispatch_inputs(path, ref)
    if declared is None:
        raise Refusal(422, "Workflow does not have 'workflow_dispatch' trigger")
    inputs = _checked_inputs(declared, request.body.get("inputs") or {})
    jobs = repository.jobs_of.get(path, lambda _: [Job("build", [Step("Set up job", 1), Step(f"Build {wanted}", 3)])])(inputs)
    run = repository.add_run(path, jobs, event="workflow_dispatch", branch=ref, name=repository.workflows()[path], inputs=inputs,
                             actor=request.account.login, title=repository.workflows()[path], sha=repository.git.resolve(ref))
    if not request.body.get("return_run_details"):
        return Answer(None, 204)
    here = f"actions/runs/{run.id}"
    return Answer({"workflow_run_id": run.id, "run_url": request.shapes.api(here), "html_url": request.shapes.page(here)})


@route("GET", "/orgs/{}/actions/runners", "organization_self_hosted_runners")
def list_organisation_runners(request):
    owned = [repository for name, repository in request.world.repositories.items() if name.startswith(request.args[0].lower() + "/") and repository.organisation]
    if not owned:
        raise missing()
    return _runners(request, request.world.organisation_runners)


@route("GET", REPO + "actions/runners", "administration")
def list_runners(request):
    return _runners(request, request.repository.runners)


def _runners(request, runners):
    def shape(runner):
        labels = [{"id": i, "name": name, "type": "read-only" if name == "self-hosted" else "custom"} for i, name in enumerate(runner.labels, 1)]
        return {"id": runner.id, "name": runner.name, "os": "linux", "status": runner.status, "busy": runner.busy, "labels": labels}
    return paged(request, runners, shape, "runners")


@route("GET", REPO + "check-runs/{}/annotations")
def annotations(request):
    _job(request)
    return paged(request, [], None)
