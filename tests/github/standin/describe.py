"""GitHub's own OpenAPI description (@octokit/openapi), cut down to what Layerline and gh ask for.

The whole description has 13 MB and more than a thousand operations; a proxy that has to load it takes half a minute. What
is changed beside the cut is only what GitHub documents for the API as a whole instead of for each operation:
 - the media type application/vnd.github+json, which everybody is told to ask for, is an alias of application/json;
 - any GET may answer 304, any operation 401, 403, 404, 410, 422 or 429 with an error object;
 - contents may be asked for raw;
 - where exactly one of several forms is wanted, any will do: a plain error fits all forms of errors, and a number in a URL
   is a string as well.
Parameters that may hold a slash (a path, a ref) keep their one template segment: whoever sends such a request to the proxy
writes %2F (`escape_slashes` does that).
"""
import copy
import json
import os
import re
from pathlib import Path
from urllib.parse import quote, unquote

REPOSITORY = "/repos/{owner}/{repo}"
METHODS = ("get", "post", "put", "patch", "delete")
# Below REPOSITORY unless they begin with a slash of their own; "METHODS" as in the description.
USED = {
    "/user": "get", "/rate_limit": "get", "/meta": "get",
    "/orgs/{org}": "get",
    "/orgs/{org}/actions/runners": "get",
    "": "get",
    "actions/runs": "get",
    "actions/runs/{run_id}": "get",
    "actions/runs/{run_id}/attempts/{attempt_number}": "get",
    "actions/runs/{run_id}/attempts/{attempt_number}/jobs": "get",
    "actions/runs/{run_id}/attempts/{attempt_number}/logs": "get",
    "actions/runs/{run_id}/jobs": "get",
    "actions/runs/{run_id}/logs": "get",
    "actions/runs/{run_id}/artifacts": "get",
    "actions/runs/{run_id}/timing": "get",
    "actions/runs/{run_id}/rerun": "post",
    "actions/runs/{run_id}/rerun-failed-jobs": "post",
    "actions/runs/{run_id}/cancel": "post",
    "actions/runs/{run_id}/force-cancel": "post",
    "actions/jobs/{job_id}": "get",
    "actions/jobs/{job_id}/logs": "get",
    "actions/jobs/{job_id}/rerun": "post",
    "actions/artifacts": "get",
    "actions/artifacts/{artifact_id}": "get",
    "actions/artifacts/{artifact_id}/{archive_format}": "get",
    "actions/caches": "get delete",
    "actions/caches/{cache_id}": "delete",
    "actions/cache/usage": "get",
    "actions/cache/storage-limit": "get",
    "actions/workflows": "get",
    "actions/workflows/{workflow_id}": "get",
    "actions/workflows/{workflow_id}/runs": "get",
    "actions/workflows/{workflow_id}/dispatches": "post",
    "actions/runners": "get",
    "contents/{path}": "get put delete",
    "commits": "get",
    "commits/{ref}": "get",
    "branches": "get",
    "branches/{branch}": "get",
    "git/ref/{ref}": "get",
    "git/matching-refs/{ref}": "get",
    "git/refs": "post",
    "git/refs/{ref}": "patch delete",
    "git/blobs/{file_sha}": "get",
    "git/trees/{tree_sha}": "get",
    "pulls": "get post",
    "pulls/{pull_number}": "get patch",
    "pulls/{pull_number}/merge": "put",
    "check-runs/{check_run_id}/annotations": "get",  # gh asks for these, Layerline does not
}
# Parameters with slashes in them; the second group of each is the parameter.
SLASHED = [re.compile(r"^(/repos/[^/]+/[^/]+/(?:contents|branches|commits|git/ref|git/refs|git/matching-refs|git/trees)/)(.+)$")]


def package_root():
    """Where ensure_npm of packaging/lib.sh put the packages."""
    return Path(os.environ.get("LAYERLINE_NPM") or Path(__file__).resolve().parents[3] / "build" / "npm") / "node_modules"


def load():
    """The whole description. FileNotFoundError when the packages are not installed."""
    path = package_root() / "@octokit/openapi/generated/api.github.com.json"
    return json.loads(path.read_text(encoding="utf-8"))


def escape_slashes(target):
    """A request target as the proxy wants it: one segment for each parameter."""
    path, mark, query = target.partition("?")
    for pattern in SLASHED:
        found = pattern.match(path)
        if found:
            path = found[1] + quote(unquote(found[2]), safe="")
    return path + mark + query


def _references(node, found):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            found.add(node["$ref"])
        for value in node.values():
            _references(value, found)
    elif isinstance(node, list):
        for value in node:
            _references(value, found)


def _close(trimmed, description):
    """Adds the components that are referred to, and what those refer to."""
    wanted = set()
    _references(trimmed["paths"], wanted)
    done = set()
    while wanted - done:
        for reference in wanted - done:
            done.add(reference)
            _, _, kind, name = reference.split("/")
            component = copy.deepcopy(description["components"][kind][name])
            component.pop("examples", None)
            trimmed["components"].setdefault(kind, {})[name] = component
            _references(component, wanted)


def _alias(content):
    if "application/json" in content:
        content["application/vnd.github+json"] = content["application/json"]


def _any_of(schema):
    if "oneOf" in schema:
        schema["anyOf"] = schema.pop("oneOf")


def _widen(path, method, operation):
    responses = operation["responses"]
    error = {"description": "error", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/basic-error"}}}}
    for status in ("401", "403", "404", "410", "422", "429"):
        responses.setdefault(status, copy.deepcopy(error))
    if method == "get":
        responses.setdefault("304", {"description": "not modified"})
    for status, response in responses.items():
        for content in response.get("content", {}).values() if status >= "400" else ():
            _any_of(content["schema"])
    if path.endswith("/contents/{path}") and method == "get":
        raw = {"schema": {"type": "string"}}
        responses["200"]["content"].update({"application/vnd.github.raw+json": raw, "application/vnd.github.raw": raw})


def trim(description):
    """The part of the description that is used, as a description of its own."""
    trimmed = {"openapi": description["openapi"], "info": description["info"], "paths": {}, "components": {}}
    for name, methods in USED.items():
        path = name if name.startswith("/") else f"{REPOSITORY}/{name}".rstrip("/")
        entry = trimmed["paths"][path] = {}
        for method in methods.split():
            operation = copy.deepcopy(description["paths"][path][method])
            for key in ("externalDocs", "x-github", "description", "tags"):
                operation.pop(key, None)
            _widen(path, method, operation)
            entry[method] = operation
    trimmed["components"] = {"schemas": {"basic-error": description["components"]["schemas"]["basic-error"]}}
    _close(trimmed, description)
    for parameter in trimmed["components"].get("parameters", {}).values():
        _any_of(parameter.get("schema", {}))
    for response in trimmed["components"].get("responses", {}).values():
        _alias(response.get("content", {}))
    for operations in trimmed["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                _alias(response.get("content", {}))
    _drop_examples(trimmed)
    return trimmed


def _drop_examples(node):
    """Examples are not looked at by a proxy and are most of the size."""
    if isinstance(node, dict):
        for value in node.values():
            _drop_examples(value)
        if "schema" in node:
            node.pop("examples", None)
            node.pop("example", None)
    elif isinstance(node, list):
        for value in node:
            _drop_examples(value)


def main():
    """Prints the trimmed description."""
    print(json.dumps(trim(load())))


if __name__ == "__main__":
    main()
