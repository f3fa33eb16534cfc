"""The stateful fake: answers like api.github.com from the state of a World. It sits behind the validating proxy.

What it keeps for every route: a token is needed, its permissions, User-Agent, ETags that belong to the token, 304, the hourly
budget and its headers, the secondary limit of points a minute.
"""
import hashlib
import json
import socket
import ssl
import sys
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from . import accounts_api, actions_api, git_api  # noqa: F401  (they register their routes)
from .answers import ROUTES, Answer, Refusal, Request, missing
from .shapes import Shapes

API_VERSION = "2022-11-28"


class Fake:
    """`handle` is a function of a request and the world; the server below only moves bytes."""

    def __init__(self, world, blobs):
        self.world, self.blobs = world, blobs
        self.lock = threading.Lock()
        self.points = []   # (moment, points) of the last minute
        self.crashes = []  # tracebacks: a test fails when there is one

    def account(self, headers):
        scheme, _, token = headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in ("bearer", "token") or not token:
            raise Refusal(401, "Requires authentication")
        account = self.world.accounts.get(token.strip())
        if account is None:
            raise Refusal(401, "Bad credentials")
        return account

    def spend(self, account, method, now):
        """Points of the secondary limit; the hourly budget is counted when the answer is known not to be a 304."""
        if account.window is None or now >= account.window + 3600:
            account.window, account.used = now, 0
        self.points = [(moment, points) for moment, points in self.points if now - 60 < moment <= now]
        if sum(points for _, points in self.points) >= 900:
            raise Refusal(403, "You have exceeded a secondary rate limit.", headers={"Retry-After": "60"})
        if account.used >= account.limit:
            raise Refusal(403, "API rate limit exceeded for user.")
        self.points.append((now, 1 if method == "GET" else 5))

    def handle(self, method, target, headers, body):
        """The Answer, with all headers, for one request."""
        now, account = self.world.clock.now(), None
        try:
            if not headers.get("User-Agent"):
                raise Refusal(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.")
            if headers.get("X-GitHub-Api-Version", API_VERSION) != API_VERSION:
                raise Refusal(400, "This API version is not supported.")
            account = self.account(headers)
            self.spend(account, method, now)
            answer = self.dispatch(method, target, headers, body, account, now)
        except Refusal as refusal:
            answer = refusal.answer()
        return self.finish(answer, method, target, headers, account, now)

    def dispatch(self, method, target, headers, body, account, now):
        parts = urlsplit(target)
        path = unquote(parts.path)
        base = headers.get("X-Stand-In-Base", "https://api.github.com")
        request = Request(method, path, dict(parse_qsl(parts.query, keep_blank_values=True)), self.parsed(body), headers, self.world,
                          account, now, Shapes(base), blobs=self.blobs)
        for wanted, pattern, permission, function in ROUTES:
            match = pattern.match(path)
            if not match or wanted != method:
                continue
            request.args = match.groups()
            if path.startswith("/repos/"):
                request.repository = self.world.repositories.get("/".join(request.args[:2]).lower())
                if request.repository is None:
                    raise missing()
                request.shapes = Shapes(base, request.repository)
            if permission and not account.may(*permission):
                name, write = permission
                raise Refusal(403, "Resource not accessible by personal access token",
                              headers={"X-Accepted-GitHub-Permissions": f"{name}={'write' if write else 'read'}"})
            return function(request)
        raise missing()

    @staticmethod
    def parsed(body):
        if not body:
            return None
        try:
            return json.loads(body)
        except ValueError:
            raise Refusal(400, "Problems parsing JSON") from None

    def finish(self, answer, method, target, headers, account, now):
        """Turns a GET that has not changed into a 304, and adds what every answer carries."""
        content = answer.body
        if content is not None and not isinstance(content, bytes):
            content = json.dumps(content, separators=(",", ":")).encode()
        if method == "GET" and answer.status == 200:
            owner = headers.get("Authorization", "")
            tag = 'W/"' + hashlib.sha256(owner.encode() + target.encode() + content).hexdigest() + '"'
            answer.headers.update({"ETag": tag, "Cache-Control": "private, max-age=60, s-maxage=60"})
            if tag in [given.strip() for given in headers.get("If-None-Match", "").split(",")]:
                answer.status, content = 304, None
        answer.body = content
        if account is not None:
            if answer.status != 304 and not target.startswith("/rate_limit") and account.used < account.limit:
                account.used += 1
            answer.headers.update({
                "X-RateLimit-Limit": str(account.limit), "X-RateLimit-Used": str(account.used), "X-RateLimit-Resource": "core",
                "X-RateLimit-Remaining": str(max(account.limit - account.used, 0)), "X-RateLimit-Reset": str(int(account.window + 3600))})
            if account.permissions is None:
                answer.headers["X-OAuth-Scopes"] = ", ".join(account.scopes)
        answer.headers["X-GitHub-Api-Version-Selected"] = API_VERSION
        answer.headers["X-GitHub-Media-Type"] = "github.v3; format=json"
        return answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent apart
    fake = None

    def version_string(self):
        return "github.com"

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.fake.lock:
            try:
                answer = self.fake.handle(self.command, self.path, self.headers, body)
            except Exception:  # a fault of the stand-in, not of who asks
                self.fake.crashes.append(f"{self.command} {self.path}\n{traceback.format_exc()}")
                answer = Answer(b'{"message":"the stand-in broke"}', 500)
        self.send_response(answer.status)
        content = answer.body or b""
        if content:
            answer.headers.setdefault("Content-Type", answer.kind)
        if answer.status not in (204, 304):
            answer.headers["Content-Length"] = str(len(content))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = answer


class Server(ThreadingHTTPServer):
    """On a free port of loopback, in a thread of its own until `close`."""
    daemon_threads = True
    block_on_close = False

    def __init__(self, handler, port=0, **attributes):
        self.open = set()
        super().__init__(("127.0.0.1", port), type(handler.__name__, (handler,), attributes))
        self.port = self.server_address[1]
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def handle_error(self, request, client_address):
        """A peer that goes away in mid-answer is none of our business; anything else is printed."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError, ssl.SSLError)):
            super().handle_error(request, client_address)

    def process_request(self, request, client_address):
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        self.open.discard(request)
        super().shutdown_request(request)

    def close(self):
        """Stops listening and breaks the connections that are still open."""
        self.shutdown()
        self.server_close()
        self.thread.join()
        for request in list(self.open):
            try:
                request.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it has ended by itself


def serve(world, blobs):
    """(Fake, Server)"""
    fake = Fake(world, blobs)
    return fake, Server(_Handler, fake=fake)
