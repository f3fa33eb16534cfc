"""Ways to an engine that want to know who is there: ssh, and TLS with certificates on both sides."""
import contextlib
import select
import socket
import socketserver
import ssl
import subprocess
import threading
from pathlib import Path

from .dialer import upgraded
from .rig import free_port, poll

DAYS = "2"


def _run(command, **kwargs):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False,
                            stdin=subprocess.DEVNULL, **kwargs)
    if result.returncode:
        raise RuntimeError(f"{command[0]}: {result.stderr.strip()[-500:]}")


class Certificates:
    """An authority of our own, made by openssl, and what it has signed: NAME.pem and NAME.key in `folder`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.authority("ca")
        self.sign("server", "ca", "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
        self.sign("client", "ca", "extendedKeyUsage=clientAuth\n")
        # As good as the others, but signed by somebody nobody trusts.
        self.authority("stranger-ca")
        self.sign("stranger", "stranger-ca", "extendedKeyUsage=clientAuth\n")

    def path(self, name):
        return str(self.folder / name)

    def authority(self, name):
        _run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", DAYS,
              "-subj", f"/CN=layerline test {name}", "-keyout", self.path(f"{name}.key"), "-out", self.path(f"{name}.pem")])

    def sign(self, name, authority, extensions):
        request, text = self.path(f"{name}.csr"), Path(self.path(f"{name}.ext"))
        text.write_text(extensions, encoding="ascii")
        _run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
              "-subj", f"/CN={name}", "-keyout", self.path(f"{name}.key"), "-out", request])
        _run(["openssl", "x509", "-req", "-in", request, "-CA", self.path(f"{authority}.pem"), "-CAkey", self.path(f"{authority}.key"),
              "-CAcreateserial", "-days", DAYS, "-extfile", text, "-out", self.path(f"{name}.pem")])

    def client_folder(self, name="client"):
        """As DOCKER_CERT_PATH wants it: ca.pem, cert.pem, key.pem."""
        folder = self.folder / f"{name}-folder"
        folder.mkdir(exist_ok=True)
        for link, target in (("ca.pem", "ca.pem"), ("cert.pem", f"{name}.pem"), ("key.pem", f"{name}.key")):
            (folder / link).unlink(missing_ok=True)
            (folder / link).symlink_to(self.folder / target)
        return str(folder)


class _TlsHandler(socketserver.BaseRequestHandler):
    """Shakes hands, then hands the bytes on to the engine's BuildKit."""

    def handle(self):
        with contextlib.suppress(OSError):  # a client that is not let in hears why from the alert
            with self.server.tls.wrap_socket(self.request, server_side=True) as client:
                with upgraded(self.server.engine_socket) as engine:
                    self.pump(client, engine)

    @staticmethod
    def pump(client, engine):
        """Both directions on one thread: OpenSSL's objects must not be read and written at once."""
        while True:
            ready = [client] if client.pending() else select.select([client, engine], [], [])[0]
            for source, target in ((client, engine), (engine, client)):
                if source in ready:
                    data = source.recv(65536)
                    if not data:
                        return
                    target.sendall(data)


class _TlsServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads, block_on_close, allow_reuse_address, request_queue_size = True, False, True, 64


class TlsBuildkit:
    """A buildkitd that asks for a certificate: TLS on loopback before the engine's own BuildKit."""

    def __init__(self, engine, certificates):
        self.server = _TlsServer(("127.0.0.1", 0), _TlsHandler)
        self.server.engine_socket = str(engine.socket)
        self.server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.tls.load_cert_chain(certificates.path("server.pem"), certificates.path("server.key"))
        self.server.tls.load_verify_locations(certificates.path("ca.pem"))
        self.server.tls.verify_mode = ssl.CERT_REQUIRED
        self.server.tls.set_alpn_protocols(["h2"])
        self.address = f"tcp://localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def tls_listener(certificates_inside, port):
    """daemon.json's part for an engine that listens with TLS; the folder as seen from inside."""
    return {"hosts": [f"tcp://127.0.0.1:{port}"], "tlsverify": True, "tlscacert": f"{certificates_inside}/ca.pem",
            "tlscert": f"{certificates_inside}/server.pem", "tlskey": f"{certificates_inside}/server.key"}


class SshServer:
    """OpenSSH beside an engine (made with rootfs.ssh_layer()), and an `ssh` in the clients' PATH that knows it.

    The hosts `engine.test` (with a key the server takes) and `stranger.test` (with one it does not) lead there.
    """

    CONFIG = """ListenAddress 127.0.0.1
Port {port}
HostKey /srv/ll/ssh/host
AuthorizedKeysFile /srv/ll/ssh/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
SetEnv DOCKER_HOST=unix:///srv/ll/docker.sock
"""
    CLIENT = """Host engine.test stranger.test
  HostName 127.0.0.1
  Port {port}
  User root
  HostKeyAlias engine.test
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  IdentitiesOnly yes
  IdentityAgent none
  BatchMode yes
Host engine.test
  IdentityFile {folder}/user
Host stranger.test
  IdentityFile {folder}/stranger
"""

    def __init__(self, engine):
        self.port = free_port()
        folder = engine.state / "ssh"
        folder.mkdir()
        for name in ("host", "user", "stranger"):
            _run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name])
        (folder / "authorized_keys").write_text((folder / "user.pub").read_text(), encoding="ascii")
        (folder / "known_hosts").write_text("engine.test " + (folder / "host.pub").read_text(), encoding="ascii")
        (folder / "sshd_config").write_text(self.CONFIG.format(port=self.port), encoding="ascii")
        (folder / "client").write_text(self.CLIENT.format(port=self.port, folder=folder), encoding="ascii")
        # OpenSSH reads the home folder of the password file, not $HOME: what a user would write there is given here.
        client = engine.rig.bin / "ssh"
        client.write_text(f'#!/bin/sh\nexec /usr/bin/ssh -F {folder}/client "$@"\n', encoding="ascii")
        client.chmod(0o755)
        engine.run_inside(["mkdir", "-p", "/run/sshd"])
        self.log = folder / "sshd.log"
        with open(self.log, "ab") as log:
            self.process = engine.spawn_inside(["/usr/sbin/sshd", "-D", "-e", "-f", "/srv/ll/ssh/sshd_config"], stdout=log, stderr=log)
        poll(self._answers, f"sshd on port {self.port} (see {self.log})", 20)

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"sshd ended at once: {self.log.read_text(errors='replace')[-300:]}")
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0 and probe.recv(4) == b"SSH-"
