"""What clients talk to: counts and notes every request, breaks the answers a test wants broken, and passes the rest to the
validating proxy. Faults are made here, in front of the proxy, for the description knows none of them."""
import http.client
import json
import socketserver
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl

from . import accounts_api
from .describe import escape_slashes
from .fake import Server

_NOT_PASSED = {"host", "connection", "accept-encoding", "content-length", "transfer-encoding", "keep-alive", "server", "date"}


@dataclass
class Seen:
    """One request and what became of it. `moment`: the stand-in's clock when it arrived."""
    method: str
    target: str
    agent: str
    conditional: bool
    authorized: bool
    versioned: bool
    moment: float
    status: int = 0
    fault: bool = False
    violations: list = field(default_factory=list)


@dataclass
class Reply:
    status: int
    headers: dict
    body: bytes


class Front:
    def __init__(self, world, upstream_port):
        self.world, self.upstream = world, upstream_port
        self.seen, self.faults, self.skew = [], [], 0.0
        self.lock = threading.Lock()
        self.active = self.most_at_once = 0
        self.server = Server(_Handler, front=self)
        self.port = self.server.port
        self.others = []

    base = property(lambda self: f"http://127.0.0.1:{self.port}")

    def listen_unix(self, path):
        """Also on a unix socket, where clients believe they speak TLS to api.github.com (gh's http_unix_socket)."""
        self.others.append(_UnixServer(str(path), type("_UnixHandler", (_Handler,), {"front": self, "scheme": "https", "disable_nagle_algorithm": False})))

    def listen_tls(self, folder):
        """Also with a certificate that nobody trusts; returns the port."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "2", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"],
                       check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
        server = Server(_Handler, front=self, scheme="https", tls=context)
        self.others.append(server)
        return server.port

    def go_offline(self):
        """Connections are refused until `come_back`."""
        self.server.close()

    def come_back(self):
        self.server = Server(_Handler, self.port, front=self)

    def reset(self):
        """Forgets what was seen and repairs what was broken."""
        with self.lock:
            self.seen, self.faults, self.skew, self.most_at_once = [], [], 0.0, 0

    def fault_for(self, seen):
        with self.lock:
            for fault in self.faults:
                if fault.fits(seen):
                    fault.left -= 1
                    return fault
        return None

    def violations(self, agent=""):
        """Everything the description has against the requests and answers so far, of clients whose User-Agent holds `agent`."""
        return [f"{seen.method} {seen.target}: {text}" for seen in self.seen if agent in seen.agent for text in seen.violations]

    def count(self, agent="", status=None, fragment=""):
        """How many requests were answered: all, or those with this status."""
        return sum(1 for seen in list(self.seen) if agent in seen.agent and fragment in seen.target and seen.status
                   and (status is None or seen.status == status))

    def counted(self, agent=""):
        """How many cost something: all but the 304s."""
        return self.count(agent) - self.count(agent, 304)

    def fetch(self, method, target, headers, body, base):
        """The answer of the proxy, as a Reply, and what the description has against the exchange."""
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        try:
            passed = {name: value for name, value in headers.items() if name.lower() not in _NOT_PASSED}
            passed["X-Stand-In-Base"] = base
            if body:
                passed["Content-Length"] = str(len(body))
            connection.putrequest(method, escape_slashes(target), skip_host=False, skip_accept_encoding=True)
            for name, value in passed.items():
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        kept, violations = {}, []
        for name, value in answer.getheaders():
            if name.lower() == "sl-violations" or "problem+json" in value:
                violations.append(value if name.lower() == "sl-violations" else content.decode(errors="replace"))
            elif name.lower() == "x-stand-in-location":
                kept["Location"] = value
            elif name.lower() not in _NOT_PASSED and not name.lower().startswith("access-control-"):
                kept[name] = value
        return Reply(answer.status, kept, content), violations

    def close(self):
        for server in self.others:
            server.shutdown()
            server.server_close()
        self.server.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent apart
    front, scheme, tls = None, "http", None

    def setup(self):
        if self.tls:
            self.request = self.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def log_message(self, *_):
        pass

    def serve(self):
        front = self.front
        self.content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/_control"):
            return self.control()
        target = self.path.removeprefix("/api/v3")
        self.base = f"{self.scheme}://{self.headers.get('Host', '127.0.0.1')}" + ("/api/v3" if target != self.path else "")
        self.target = target
        self.note = Seen(self.command, target, self.headers.get("User-Agent", ""), "If-None-Match" in self.headers,
                         "Authorization" in self.headers, "X-GitHub-Api-Version" in self.headers, front.world.clock.now())
        with front.lock:
            front.seen.append(self.note)
            front.active += 1
            front.most_at_once = max(front.most_at_once, front.active)
        try:
            fault = front.fault_for(self.note)
            if fault:
                self.note.fault = True
                fault.act(self)
            else:
                self.reply(self.real())
        finally:
            with front.lock:
                front.active -= 1

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = serve

    def real(self):
        """What the fake says to this request."""
        if self.target.startswith("/login/"):
            return self.device_flow()
        reply, self.note.violations = self.front.fetch(self.command, self.target, self.headers, self.content, self.base)
        return reply

    def device_flow(self):
        kind = self.headers.get("Content-Type", "")
        form = json.loads(self.content) if "json" in kind else dict(parse_qsl(self.content.decode()))
        world, now = self.front.world, self.front.world.clock.now()
        answers = {"/login/device/code": lambda: accounts_api.device_code(world, form, self.base, now),
                   "/login/oauth/access_token": lambda: accounts_api.access_token(world, form, now)}
        if self.command != "POST" or self.target not in answers:
            return Reply(404, {}, b"")
        kind, body = accounts_api.encode(answers[self.target](), self.headers.get("Accept"))
        return Reply(200, {"Content-Type": kind}, body)

    def head(self, reply, length=None):
        """Status line and headers; the length is that of the body unless told otherwise."""
        self.note.status = reply.status
        self.send_response_only(reply.status)
        self.send_header("Date", formatdate(self.front.world.clock.now() + self.front.skew, usegmt=True))
        self.send_header("Server", "github.com")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status not in (204, 304):
            self.send_header("Content-Length", str(len(reply.body) if length is None else length))
        self.end_headers()

    def reply(self, reply):
        self.head(reply)
        if reply.status not in (204, 304):
            self.wfile.write(reply.body)

    def control(self):
        """GET: counters. POST {"advance": seconds, "freeze": true, "run": true, "reset": true}: the clock and the counters."""
        front, clock = self.front, self.front.world.clock
        if self.command == "POST":
            wish = json.loads(self.content or b"{}")
            if wish.get("freeze"):
                clock.freeze()
            if wish.get("run"):
                clock.run()
            if wish.get("reset"):
                front.reset()
            clock.advance(wish.get("advance", 0))
        body = json.dumps({"now": clock.now(), "requests": front.count(), "not_modified": front.count(status=304),
                           "violations": front.violations()}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, path, handler):
        super().__init__(path, handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def get_request(self):
        request, _ = super().get_request()
        return request, ("unix", 0)

    def handle_error(self, request, client_address):
        pass


def wait_until(condition, seconds=30, what="that"):
    """The condition's value once it is true; AssertionError when it has not come about in time."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)
