"""What the routes of the fake are made of: requests, answers, refusals, pages."""
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

ROUTES = []   # (method, pattern, permission, function); permission is (name, write) or None

DOCUMENTATION = "https://docs.github.com/rest"


@dataclass
class Request:
    method: str
    path: str          # below the API's base, unescaped
    query: dict
    body: object       # what the JSON said; None without a body
    headers: object
    world: object
    account: object
    now: float
    shapes: object = None
    repository: object = None
    blobs: object = None
    args: tuple = ()


@dataclass
class Answer:
    body: object = None      # JSON, or bytes with a type of their own
    status: int = 200
    headers: dict = field(default_factory=dict)
    kind: str = "application/json; charset=utf-8"


class Refusal(Exception):
    """An error answer. `errors`: GitHub's list for a 422."""

    def __init__(self, status, message, errors=None, headers=None):
        super().__init__(message)
        self.status, self.message, self.errors, self.headers = status, message, errors, headers or {}

    def answer(self):
        body = {"message": self.message, "documentation_url": DOCUMENTATION, "status": str(self.status)}
        if self.errors is not None:
            body["errors"] = self.errors
        return Answer(body, self.status, self.headers)


def missing():
    return Refusal(404, "Not Found")


def route(method, pattern, permission=None):
    """Registers a function of a Request. `{}` in the pattern is one segment without slashes, `{*}` the rest."""
    expression = "^" + re.escape(pattern).replace(r"\{\}", "([^/]+)").replace(r"\{\*\}", "(.+)") + "$"
    write = method != "GET"

    def register(function):
        ROUTES.append((method, re.compile(expression), (permission, write) if permission else None, function))
        return function
    return register


def number(text):
    """A path parameter that is a number; anything else is not found."""
    if not text.isdigit():
        raise missing()
    return int(text)


def paged(request, items, shape, key=None):
    """One page of items as GitHub cuts it: per_page up to 100 (or the world's own cap), Link to the others. With `key` under it and a total_count."""
    size = min(max(int(request.query.get("per_page", 30)), 1), request.world.page_cap)
    page = max(int(request.query.get("page", 1)), 1)
    last = max((len(items) + size - 1) // size, 1)
    relations = []
    for name, target, wanted in (("prev", page - 1, page > 1), ("next", page + 1, page < last), ("last", last, page < last),
                                 ("first", 1, page > 1)):
        if wanted:
            query = urlencode({**request.query, "page": target})
            relations.append(f'<{request.shapes.base}{request.path}?{query}>; rel="{name}"')
    shown = [shape(item) for item in items[(page - 1) * size:page * size]]
    headers = {"Link": ", ".join(relations)} if relations else {}
    return Answer({"total_count": len(items), key: shown} if key else shown, headers=headers)


def found(items, wanted):
    """The item with this id; a refusal when there is none."""
    for item in items:
        if item.id == wanted:
            return item
    raise missing()
