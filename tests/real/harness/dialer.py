"""Listeners that give every connection its own `docker-buildx dial-stdio`.

Through one of these, things that can only open a socket (Python's gRPC, a builder of the remote driver, the
shim inside a docker-container builder) reach an engine's BuildKit.
"""
import contextlib
import socket
import socketserver
import subprocess
import threading


class _Handler(socketserver.BaseRequestHandler):
    def handle(self):
        # The process talks on the socket itself: nothing here copies, delays or buffers. It must not outlive
        # this thread, and does not: --pdeathsig goes by thread.
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *self.server.command],
            stdin=self.request.fileno(), stdout=self.request.fileno(),
            stderr=subprocess.DEVNULL, env=self.server.env)
        self.server.processes.add(process)
        try:
            process.wait()
        finally:
            self.server.processes.discard(process)


class _Mixin(socketserver.ThreadingMixIn):
    daemon_threads = True
    block_on_close = False


class _Unix(_Mixin, socketserver.UnixStreamServer):
    request_queue_size = 64


class _Tcp(_Mixin, socketserver.TCPServer):
    request_queue_size = 64
    allow_reuse_address = True


class Dialer:
    """Listens on a unix path, or (path None) on a free loopback port, for one builder of one engine."""

    def __init__(self, engine, path=None, builder="default"):
        self.server = _Unix(str(path), _Handler) if path else _Tcp(("127.0.0.1", 0), _Handler)
        self.server.command = [str(engine.rig.buildx_binary), "dial-stdio", "--builder", builder]
        # Its own configuration: `buildx ls` and `create` dial while holding the lock on theirs.
        self.server.env = engine.env(BUILDX_CONFIG=str(engine.state / "dialer"))
        self.server.processes = set()
        self.address = f"unix://{path}" if path else "tcp://127.0.0.1:%d" % self.server.server_address[1]
        self.port = None if path else self.server.server_address[1]
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05},
                                        daemon=True)
        self._thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        for process in list(self.server.processes):
            process.kill()


def upgraded(engine_socket):
    """A connection to an engine's BuildKit, made by the engine's API."""
    engine = socket.socket(socket.AF_UNIX)
    try:
        engine.connect(engine_socket)
        engine.sendall(b"POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += engine.recv(1)  # not a byte more: what follows belongs to the client
    except BaseException:
        engine.close()
        raise
    return engine


class _RelayHandler(socketserver.BaseRequestHandler):
    """The engine's own way from its API socket to BuildKit: an HTTP upgrade on /grpc."""

    def handle(self):
        with contextlib.suppress(OSError), upgraded(self.server.engine_socket) as engine:
            threading.Thread(target=self.pump, args=(engine, self.request), daemon=True).start()
            self.pump(self.request, engine)

    @staticmethod
    def pump(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Relay:
    """Listens on a unix path as a bare buildkitd would; light enough to have dozens."""

    def __init__(self, engine, path):
        self.server = _Unix(str(path), _RelayHandler)
        self.server.engine_socket = str(engine.socket)
        self.address = f"unix://{path}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
