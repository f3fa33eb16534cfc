"""Root file systems for the private engines and the base image, from Debian packages only.

Everything is made once into $LAYERLINE_TEST_CACHE (default /var/cache/layerline-test) under a name that
carries a hash of its recipe, built aside and renamed into place, so a half-made one is never used.
"""
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from . import apt

# Debian 12's debootstrap does not know forky; every newer suite is bootstrapped by sid's script.
_SCRIPT = "/usr/share/debootstrap/scripts/sid"
_INCLUDE = "docker.io,docker-cli,docker-buildx,ca-certificates,iptables,git"
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_BASE_SUITE = "forky"
ARCHITECTURES = ("amd64", "arm64")
# Bind-mounted over with each engine's own state, so one root file system serves several engines.
STATE_MOUNTPOINT = "srv/ll"


def cache_dir():
    path = Path(os.environ.get("LAYERLINE_TEST_CACHE", "/var/cache/layerline-test"))
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def _locked(name):
    """Only one process makes a cache entry; the others wait for it."""
    with open(cache_dir() / f".lock-{name}", "w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _isolated(command, log, **kwargs):
    """Runs in its own mount and pid namespace: an interrupted bootstrap leaves no /proc mounted.

    It dies with its caller, whose lock on the cache entry would be gone while it went on writing.
    """
    prefix = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
    result = subprocess.run(prefix + command, stdout=log, stderr=subprocess.STDOUT,
                            stdin=subprocess.DEVNULL, check=False, **kwargs)
    if result.returncode:
        raise RuntimeError(f"{command[0]} failed ({result.returncode}), see {log.name}")


def _environment():
    env = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
           "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive", "HOME": "/root"}
    proxy = apt.proxy()
    if proxy:
        env["http_proxy"] = proxy
    return env


def _entry(name, recipe, make):
    """The cache entry `name`, made by make(tmp, log) if this recipe's is missing."""
    digest = hashlib.sha256(recipe.encode()).hexdigest()[:12]
    final = cache_dir() / f"{name}-{digest}"
    with _locked(name):
        if final.is_dir():
            return final
        tmp = cache_dir() / f"{name}.tmp"
        shutil.rmtree(tmp, ignore_errors=True)
        log_path = cache_dir() / f"{name}.log"
        with open(log_path, "w", encoding="utf-8") as log:
            make(tmp, log)
        tmp.rename(final)
        for old in cache_dir().glob(f"{name}-*"):
            if old != final:
                shutil.rmtree(old, ignore_errors=True)
    return final


def engine_root(suite):
    """A root file system of `suite` (trixie, forky) with docker.io and buildx; 40 s the first time."""
    for tool, package in (("debootstrap", "debootstrap"), ("gpgv", "gpgv")):
        if not shutil.which(tool, path=_environment()["PATH"]):
            raise RuntimeError(f"{tool} is missing: install the Debian package {package}")

    def make(tmp, log):
        _isolated(["debootstrap", "--variant=minbase", f"--include={_INCLUDE}", f"--keyring={_KEYRING}",
                   suite, str(tmp), apt.mirror_for(suite), _SCRIPT], log, env=_environment())
        shutil.rmtree(tmp / "var/cache/apt/archives", ignore_errors=True)
        (tmp / STATE_MOUNTPOINT).mkdir(parents=True)

    return _entry(suite, f"1 {suite} {_INCLUDE}", make)


def buildx_of(suite):
    """The suite's own buildx: 0.13 of trixie, 0.29 of forky; it also runs outside."""
    return engine_root(suite) / "usr/libexec/docker/cli-plugins/docker-buildx"


_FETCH = f"""set -e
mount -t proc proc "$1/proc"
chroot "$1" sh -ec '
dpkg --add-architecture arm64
apt-get -qq -o Acquire::Check-Valid-Until=false update
cd /srv
apt-get -qq download {' '.join(f'busybox-static:{a}' for a in ARCHITECTURES)}
for deb in busybox-static_*.deb; do
    arch=${{deb##*_}}; arch=${{arch%.deb}}
    dpkg -x "$deb" "unpacked-$arch"
done'
"""


@contextlib.contextmanager
def _changed_view(engine, name, script, log):
    """The layer `script` (called with the root as its argument) adds to a throw-away view of `engine`'s root file system."""
    work = cache_dir() / f"{name}.work"
    shutil.rmtree(work, ignore_errors=True)
    for part in ("upper", "overlay", "merged"):
        (work / part).mkdir(parents=True)
    overlay = f"lowerdir={engine},upperdir={work}/upper,workdir={work}/overlay"
    try:
        _isolated(["bash", "-ec", f'mount -t overlay overlay -o "{overlay}" "{work}/merged"\n'
                   "cp -L /etc/resolv.conf \"$1/etc/resolv.conf\"\n" + script, name, str(work / "merged")], log, env=_environment())
        yield work / "upper"
    finally:
        shutil.rmtree(work, ignore_errors=True)


def base_roots():
    """A directory holding root-amd64/ and root-arm64/: busybox root file systems for FROM scratch.

    The packages are fetched by apt inside a throw-away view of the engine's root file system, so their
    signatures are checked and the machine's own dpkg never learns of a foreign architecture. A frozen
    mirror's Release file may be past its date; debootstrap does not look at that either.
    """
    engine = engine_root(_BASE_SUITE)

    def make(tmp, log):
        with _changed_view(engine, "base", _FETCH, log) as upper:
            _fill_bases(tmp, upper / "srv")

    return _entry("base", f"2 {_FETCH} {engine.name}", make)


_INSTALL_SSH = """set -e
mount -t proc proc "$1/proc"
printf '#!/bin/sh\nexit 101\n' > "$1/usr/sbin/policy-rc.d"
chmod 755 "$1/usr/sbin/policy-rc.d"
chroot "$1" sh -ec '
apt-get -qq -o Acquire::Check-Valid-Until=false update
apt-get -qq install -y --no-install-recommends openssh-server
apt-get -qq clean
rm -rf /var/lib/apt/lists /etc/ssh/ssh_host_*'
"""


def ssh_layer():
    """What OpenSSH's server adds to forky's root file system, as an overlay's layer to put above it.

    Not on the machine itself: there Debian's package would start a server for everybody.
    """
    engine = engine_root(_BASE_SUITE)

    def make(tmp, log):
        with _changed_view(engine, "ssh", _INSTALL_SSH, log) as upper:
            upper.rename(tmp)

    return _entry("ssh", f"1 {_INSTALL_SSH} {engine.name}", make)


def _fill_bases(tmp, unpacked):
    native = next((unpacked / "unpacked-amd64").rglob("bin/busybox"))
    names = subprocess.run([str(native), "--list"], capture_output=True, text=True, check=True).stdout.split()
    for arch in ARCHITECTURES:
        root = tmp / f"root-{arch}"
        for folder in ("bin", "etc", "root", "tmp", "var/cache", "usr/share"):
            (root / folder).mkdir(parents=True)
        shutil.copyfile(next((unpacked / f"unpacked-{arch}").rglob("bin/busybox")), root / "bin/busybox")
        (root / "bin/busybox").chmod(0o755)
        for name in names:
            if name != "busybox":
                (root / "bin" / name).symlink_to("busybox")
        (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/srv:/bin/sh\n",
                                         encoding="ascii")
        (root / "etc/group").write_text("root:x:0:\napp:x:1000:\n", encoding="ascii")
