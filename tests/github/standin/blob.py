"""The blob host that logs and artifacts are redirected to: another port, so another host to any client. No token belongs there."""
import secrets
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from .fake import Server


class Blobs:
    """`tokens` is what must stay empty: the Authorization headers that arrived."""

    def __init__(self, clock):
        self.clock, self.tokens, self.requests, self._held = clock, [], [], {}
        self.fault = None     # a function of the handler that answers instead, for the tests of faults
        self.server = Server(_Handler, blobs=self)
        self.base = f"http://127.0.0.1:{self.server.port}"

    def publish(self, content, kind, until):
        """The address where the content can be had until then."""
        name = secrets.token_urlsafe(24)
        self._held[name] = (content, kind, until)
        return f"{self.base}/signed/{name}?sv=2025-11-05&sig={secrets.token_urlsafe(16)}"

    def held(self, name):
        return self._held.get(name)

    def close(self):
        self.server.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent apart
    blobs = None

    def version_string(self):
        return "Windows-Azure-Blob/1.0"

    def log_message(self, *_):
        pass

    def do_GET(self):
        blobs = self.blobs
        blobs.requests.append(self.path)
        if self.headers.get("Authorization"):
            blobs.tokens.append(self.headers["Authorization"])
        if blobs.fault and blobs.fault(self):
            return
        name = urlsplit(self.path).path.rpartition("/")[2]
        held = blobs.held(name)
        if self.headers.get("Authorization"):
            self.answer(400, b"<Error><Code>InvalidAuthenticationInfo</Code></Error>", "application/xml")
        elif held is None:
            self.answer(404, b"<Error><Code>BlobNotFound</Code></Error>", "application/xml")
        elif blobs.clock.now() > held[2]:
            self.answer(403, b"<Error><Code>AuthenticationFailed</Code></Error>", "application/xml")
        else:
            self.answer(200, held[0], held[1])

    def answer(self, status, content, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
