"""Ways in which GitHub, or the way to it, can fail. Each is for requests that fit, a number of times or for ever."""
import json
import re
import socket
import struct
import threading

from .front import Reply


class Fault:
    """`pattern`: of "METHOD /target". `times`: None for ever. `act`: does something else than answering."""

    def __init__(self, pattern, act, times=None):
        self.pattern, self.act = re.compile(pattern), act
        self.left = float("inf") if times is None else times

    def fits(self, seen):
        return self.left > 0 and bool(self.pattern.search(f"{seen.method} {seen.target}"))


def answers(status, message="", headers=None, body=None):
    """An error of GitHub's kind, or with `body` exactly those bytes."""
    content = json.dumps({"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}).encode()
    kind = {"Content-Type": "application/json; charset=utf-8"} if body is None else {"Content-Type": "text/html"}
    return lambda handler: handler.reply(Reply(status, {**kind, **(headers or {})}, content if body is None else body))


def primary_limit(world, seconds):
    """403, nothing remaining until a reset so many seconds away."""
    def act(handler):
        headers = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Used": "5000",
                   "X-RateLimit-Reset": str(int(world.clock.now() + seconds + 1)), "X-RateLimit-Resource": "core"}
        answers(403, "API rate limit exceeded for user ID 1.", headers)(handler)
    return act


def secondary_limit(seconds, status=429):
    """Wait so many seconds, says Retry-After."""
    return answers(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                   {"Retry-After": str(seconds), "X-RateLimit-Remaining": "4000"})


def truncated(handler):
    """All headers, half of the body, then nothing more."""
    reply = handler.real()
    handler.head(reply)
    handler.wfile.write(reply.body[:len(reply.body) // 2])
    handler.wfile.flush()
    cut(handler)


def cut(handler):
    """The connection breaks (RST)."""
    handler.close_connection = True
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


class Slow:
    """Half of the body, the rest when `release` is set: a body that does not come to an end."""

    def __init__(self):
        self.release = threading.Event()
        self.begun = threading.Event()

    def __call__(self, handler):
        reply = handler.real()
        half = len(reply.body) // 2
        handler.head(reply)
        handler.wfile.write(reply.body[:half])
        handler.wfile.flush()
        self.begun.set()
        self.release.wait(120)
        handler.wfile.write(reply.body[half:])


def changed(change):
    """The real answer with its JSON changed: `change` gets it and may return another. The description has no say in this."""
    def act(handler):
        reply = handler.real()
        if reply.status == 200:
            value = json.loads(reply.body)
            other = change(value)
            reply.body = json.dumps(value if other is None else other).encode()
            reply.headers = {name: text for name, text in reply.headers.items() if name.lower() != "etag"}
        handler.reply(reply)
    return act


def redirects(address):
    """302 to somewhere else."""
    return lambda handler: handler.reply(Reply(302, {"Location": address}, b""))
