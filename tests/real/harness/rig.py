"""Private engines, a registry and QEMU for real tests; see Rig."""
import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import guardian, rootfs

_HERE = Path(__file__).resolve().parent
_BINFMT_CONF = "/usr/lib/binfmt.d/qemu-aarch64.conf"
# What every engine's client sees; the caller's own settings (proxies, contexts, tokens) must not leak in.
_CLIENT_ENV = {"LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "TERM": "dumb"}


def poll(condition, what, timeout=30.0, interval=0.02):
    """Returns condition()'s first true value; raises TimeoutError naming `what` when there is none in time."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {timeout:g} s")
        time.sleep(interval)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers_get(family, address, path):
    """True when an HTTP server there answers 200 within a second."""
    with socket.socket(family) as connection, contextlib.suppress(OSError):
        connection.settimeout(1.0)
        connection.connect(address)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return connection.recv(64).split(b" ")[1:2] == [b"200"]
    return False


def _all_threads_stopped(pid):
    """True when the kernel shows every thread of the process as stopped (state T, proc_pid_stat(5))."""
    states = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread may end while we look
            states.append((task / "stat").read_text().rpartition(")")[2].split()[0])
    return bool(states) and all(state == "T" for state in states)


class Engine:
    """One dockerd in its own namespaces. `root` is its root file system, `state` its own directory.

    `layer`: one more layer of an overlay above the root. `listen`: more of daemon.json (a TCP address with its
    certificates); "hosts" in it come after the socket.
    """

    def __init__(self, rig, name, suite, containerd_store=True, log_limits=None, layer=None, listen=None):
        self.rig, self.name, self.suite = rig, name, suite
        self.root = rootfs.engine_root(suite)
        self._layers = f"{layer}:{self.root}" if layer else str(self.root)
        self._listen = listen or {}
        self.state = rig.dir / name
        self.socket = self.state / "docker.sock"
        self.host = f"unix://{self.socket}"
        self.cgroup = f"layerline-{os.getpid()}-{name}"
        self._containerd_store = containerd_store
        # None keeps BuildKit's own log limits; -1 lifts them.
        self._env = [] if log_limits is None else [f"BUILDKIT_STEP_LOG_MAX_SIZE={log_limits}",
                                                   f"BUILDKIT_STEP_LOG_MAX_SPEED={log_limits}"]
        self._process = None
        self._prepare()

    def _prepare(self):
        (self.state / "config/cli-plugins").mkdir(parents=True)
        (self.state / "buildx").mkdir()
        plugin = self.state / "config/cli-plugins/docker-buildx"
        plugin.symlink_to(self.buildx_binary)
        (self.state / "config/config.json").write_text("{}", encoding="ascii")
        self.rig.guard("cgroup", self.cgroup)
        (self.state / "daemon.json").write_text(json.dumps({
            **self._listen,
            "hosts": ["unix:///srv/ll/docker.sock", *self._listen.get("hosts", ())], "data-root": "/srv/ll/data",
            # In memory, gone with the namespace: a pid found there again would be another process.
            "exec-root": "/run/ll-exec", "pidfile": "/run/ll.pid", "cgroup-parent": f"/{self.cgroup}",
            "features": {"containerd-snapshotter": self._containerd_store},
            # No bridge and no rules: the machine's network stays as it is, builds use --network=none.
            "bridge": "none", "iptables": False, "ip6tables": False, "ip-forward": False, "ip-masq": False,
        }), encoding="ascii")

    @property
    def buildx_binary(self):
        return rootfs.buildx_of(self.suite)

    def env(self, **extra):
        """Environment of a client of this engine."""
        return {**_CLIENT_ENV, "PATH": f"{self.rig.bin}:/usr/sbin:/usr/bin:/sbin:/bin",
                "DOCKER_HOST": self.host, "DOCKER_CONFIG": str(self.state / "config"),
                "BUILDX_CONFIG": str(self.state / "buildx"), **extra}

    def start(self):
        """Starts the engine (again) on its own state and waits until it answers."""
        self.socket.unlink(missing_ok=True)
        with open(self.state / "engine.log", "ab") as log:
            self._process = self.rig.spawn(
                ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private",
                 str(_HERE / "inside.sh"), self._layers, str(self.state), *self._env],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        poll(self._answers, f"engine {self.name} up (see {self.state}/engine.log)", 60)
        return self

    def _answers(self):
        if self._process.poll() is not None:
            tail = (self.state / "engine.log").read_text(errors="replace").splitlines()[-3:]
            raise RuntimeError(f"engine {self.name} ended while starting: {' | '.join(tail)}")
        return self.ping()

    def ping(self):
        """True when the engine answers within a second."""
        return _answers_get(socket.AF_UNIX, str(self.socket), "/_ping")

    def _engine_pid(self):
        for pid in guardian.descendants(self._process.pid):
            with contextlib.suppress(OSError):
                if Path(f"/proc/{pid}/comm").read_text().strip() == "dockerd":
                    return pid
        raise RuntimeError(f"engine {self.name} is not running")

    def freeze(self):
        """SIGSTOP, returning when no thread of the engine runs any more: the signal only asks for it."""
        pid = self._engine_pid()
        os.kill(pid, signal.SIGSTOP)
        poll(lambda: _all_threads_stopped(pid), f"engine {self.name} frozen", 10)

    def thaw(self):
        os.kill(self._engine_pid(), signal.SIGCONT)

    def kill(self):
        """SIGKILL: as a crash; containers and runc go with the pid namespace. start() brings it back."""
        os.kill(self._engine_pid(), signal.SIGKILL)
        self._process.wait(30)

    def stop(self):
        """An orderly shutdown, awaited."""
        os.kill(self._engine_pid(), signal.SIGTERM)
        self._process.wait(60)

    def _first_process(self):
        return poll(lambda: guardian.children_of(self._process.pid), f"engine {self.name}'s namespace", 5)[0]

    def inner_root(self):
        """The root directory the engine sees, as reachable from outside while it runs."""
        return f"/proc/{self._first_process()}/root"

    def run_inside(self, command, timeout=900):
        """Runs a command where the engine lives (its file system, its docker CLI and buildx)."""
        env = {**_CLIENT_ENV, "HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
               "DOCKER_HOST": "unix:///srv/ll/docker.sock"}
        return subprocess.run(["nsenter", "--target", str(self._first_process()), "--mount", "--pid",
                               *command], env=env, capture_output=True, text=True,
                              check=False, timeout=timeout, stdin=subprocess.DEVNULL)

    def spawn_inside(self, command, **kwargs):
        """Starts a command where the engine lives; it dies with the engine."""
        return self.rig.spawn(["nsenter", "--target", str(self._first_process()), "--mount", "--pid", *command],
                              stdin=subprocess.DEVNULL, **kwargs)

    def buildx(self, *arguments, check=True, timeout=300, **kwargs):
        """Runs buildx (a standalone one, of forky) against this engine; returns the CompletedProcess."""
        result = subprocess.run([str(self.rig.buildx_binary), *map(str, arguments)], env=self.env(),
                                capture_output=True, text=True, check=False, timeout=timeout,
                                stdin=subprocess.DEVNULL, **kwargs)
        if check and result.returncode:
            raise RuntimeError(f"buildx {' '.join(map(str, arguments))}: {result.stderr.strip()[-800:]}")
        return result

    def docker(self, *arguments, timeout=120):
        """Runs forky's docker CLI against this engine; its output without the last newline."""
        result = subprocess.run([str(self.rig.bin / "docker"), *map(str, arguments)], env=self.env(),
                                capture_output=True, text=True, check=False, timeout=timeout,
                                stdin=subprocess.DEVNULL)
        if result.returncode:
            raise RuntimeError(f"docker {' '.join(map(str, arguments))}: {result.stderr.strip()[-800:]}")
        return result.stdout.rstrip("\n")


class Registry:
    """Debian's docker-registry on loopback."""

    def __init__(self, rig, port=None):
        if not shutil.which("docker-registry", path="/usr/sbin:/usr/bin"):
            raise RuntimeError("docker-registry is missing: install the Debian package docker-registry")
        self.port = port or free_port()
        self.address = f"localhost:{self.port}"
        state = rig.dir / "registry"
        state.mkdir()
        config = state / "config.yml"
        config.write_text(f"version: 0.1\nlog: {{level: warn}}\n"
                          f"storage: {{filesystem: {{rootdirectory: {state}/data}}, delete: {{enabled: true}}}}\n"
                          f"http: {{addr: 127.0.0.1:{self.port}}}\n", encoding="ascii")
        with open(state / "registry.log", "ab") as log:
            self.process = rig.spawn(["/usr/bin/docker-registry", "serve", str(config)], stdout=log, stderr=log,
                                     stdin=subprocess.DEVNULL, env={"PATH": "/usr/bin:/bin"})
        poll(self._answers, f"registry on {self.address}", 20)

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"docker-registry ended at once; is port {self.port} taken?")
        return _answers_get(socket.AF_INET, ("127.0.0.1", self.port), "/v2/")


class Rig:
    """Everything a real test needs, gone when it is closed or when the process that made it ends.

    Not thread-safe; spawn() must be called on the main thread, whose death would end the children.
    """

    def __init__(self, directory=None):
        if os.geteuid() != 0:
            raise RuntimeError("the real tests start engines in their own namespaces: run them as root")
        self._guardian = subprocess.Popen([sys.executable, str(_HERE / "guardian.py")], stdin=subprocess.PIPE,
                                          text=True, start_new_session=True)
        if directory is None:
            # Not /tmp: where that is memory, engines would fill it.
            directory = tempfile.mkdtemp(prefix="layerline-real-", dir="/var/tmp")
        else:
            Path(directory).mkdir(parents=True)
        self.dir = Path(directory)
        self.guard("dir", str(self.dir))
        self.bin = self.dir / "bin"
        self.bin.mkdir()
        newest = rootfs.engine_root("forky")
        self.buildx_binary = self.bin / "docker-buildx"
        self.buildx_binary.symlink_to(rootfs.buildx_of("forky"))
        (self.bin / "docker").symlink_to(newest / "usr/bin/docker")
        self.engines, self.registry, self._binfmt, self._holder = {}, None, None, None
        self._spawned, self._closed = [], False
        atexit.register(self.close)

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def guard(self, verb, argument):
        """Names something for the guardian to remove."""
        self._guardian.stdin.write(f"{verb} {argument}\n")
        self._guardian.stdin.flush()

    def spawn(self, command, **kwargs):
        """Starts a process that dies with this one."""
        process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *command], **kwargs)
        self.guard("process", f"{process.pid}:{guardian.start_time(process.pid)}")
        self._spawned.append(process)
        return process

    def engine(self, name, suite="forky", **options):
        """A started engine; see Engine for the options."""
        engine = Engine(self, name, suite, **options)
        self.engines[name] = engine
        return engine.start()

    def start_registry(self, port=None):
        self.registry = Registry(self, port)
        return self.registry

    def enable_arm64(self):
        """Registers Debian's qemu-user-static for arm64 under a name of our own."""
        try:
            line = Path(_BINFMT_CONF).read_text(encoding="ascii").strip()
        except OSError as problem:
            raise RuntimeError(f"{_BINFMT_CONF} is missing: install the Debian package qemu-user-static") from problem
        self._binfmt = f"layerline-arm64-{os.getpid()}"
        # Announced first: an entry without a guardian would outlive a crash between the two.
        self.guard("binfmt", self._binfmt)
        rest = line.split(":", 2)[2]
        # The entry lives only while binfmt_misc is mounted somewhere, and on a machine without systemd that
        # is nowhere: the holder keeps a mount of it in its own namespace.
        holder = self.spawn(["unshare", "--mount", "--propagation", "private", "sh", "-ec",
                             guardian.BINFMT_MOUNTED + 'printf %s "$1" > "$B/register"; test -e "$B/$2"; echo\n'
                             'exec cat > /dev/null', "holder", f":{self._binfmt}:{rest}", self._binfmt],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if not holder.stdout.readline():
            raise RuntimeError(f"the kernel refuses to register QEMU for arm64: {holder.stderr.read().strip()}")
        self._holder = holder

    def close(self):
        """Ends everything and waits until it is gone."""
        if self._closed:
            return
        self._closed = True
        atexit.unregister(self.close)
        self._guardian.stdin.close()
        self._guardian.wait(120)
        for process in self._spawned:
            process.wait()
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe:
                    pipe.close()

    def assert_clean(self):
        """After close(): nothing left mounted, registered, running, or on disk."""
        left = leftovers(self.dir, [e.cgroup for e in self.engines.values()],
                         [self._binfmt] if self._binfmt else [])
        if left:
            raise AssertionError("left behind: " + "; ".join(left))


def leftovers(directory, cgroups, entries):
    """One sentence for each thing of a rig that still exists."""
    found = []
    if Path(directory).exists():
        found.append(f"directory {directory}")
    mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
    found += [f"mount {line.split()[4]}" for line in mounts.splitlines()
              if str(directory) in line or str(rootfs.cache_dir()) in line]
    for name in cgroups:
        found += [f"cgroup {path}" for path in guardian.cgroup_paths(name)]
    for name in entries:
        if guardian.in_binfmt('test ! -e "$B/$1"', name).returncode:
            found.append(f"binfmt_misc entry {name}")
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if f"{directory}/" in command and int(process.name) != os.getpid():
                found.append(f"process {process.name}: {command.strip()}")
    return found
