#!/usr/bin/python3
"""Builders that are not on this machine, or ask who is there: docker contexts over ssh and TLS, remote builders over
TLS, and builders on Kubernetes, of which there is no cluster here: what can be known of them without one."""
import contextlib
import http.server
import json
import shutil
import ssl
import threading

import lab
from harness import rootfs
from harness.remote import Certificates, SshServer, TlsBuildkit, tls_listener
from harness.rig import free_port
from kinds import rebuilt, same_steps
from lab import Lab, RealTest, poll
from shim import push_shim

NOWHERE = {"DOCKER_HOST": "unix:///nonexistent/docker.sock"}


class Remote(RealTest):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.certificates = Certificates(cls.lab.rig.dir / "certificates")
        cls.port = free_port()
        # Inside, the engine sees nothing but its own folder: its certificates are put there before it starts.
        inside = cls.lab.rig.dir / "far" / "certificates"
        inside.mkdir(parents=True)
        for name in ("ca.pem", "server.pem", "server.key"):
            shutil.copy(cls.certificates.path(name), inside)
        cls.node = cls.lab.node("far", layer=rootfs.ssh_layer(), listen=tls_listener("/srv/ll/certificates", cls.port))
        cls.ssh = SshServer(cls.node.engine)
        cls.tls = TlsBuildkit(cls.node.engine, cls.certificates)
        cls.addClassCleanup(cls.tls.close)

    def context_builder(self, name, endpoint):
        self.node.engine.docker("context", "create", name, "--docker", endpoint)
        self.addCleanup(self.node.engine.docker, "context", "rm", "--force", name)

    def tls_context(self, name, identity, authority="ca"):
        # Docker wants the keys in readable files of their own.
        self.context_builder(name, f"host=tcp://127.0.0.1:{self.port},ca={self.certificates.path(authority + '.pem')},"
                             f"cert={self.certificates.path(identity + '.pem')},key={self.certificates.path(identity + '.key')}")

    def remote_builder(self, name, identity, authority="ca"):
        path = self.certificates.path
        self.node.engine.buildx("create", "--name", name, "--driver", "remote", "--driver-opt",
                                f"cacert={path(authority + '.pem')},cert={path(identity + '.pem')},key={path(identity + '.key')},servername=localhost",
                                self.tls.address)
        self.addCleanup(self.node.engine.buildx, "rm", name)

    def builder_node(self, name, **env):
        """The one node of a builder, as Layerline lists it when no other way to the engine works."""
        builders = {b["name"]: b for b in self.node.layerline("builders", **{**NOWHERE, **env})["builders"]}
        self.assertIn(name, builders)
        node, = builders[name]["nodes"]
        return node

    def check_reached(self, name, remote=False, **env):
        """The node is live and really this engine; a build made through it is seen live and complete, once."""
        watch = lab.Watch([lab.layerline_binary(), "watch", "--json"], self.node.layerline_env(**{**NOWHERE, **env}), self.lab)
        self.addCleanup(watch.stop)
        _t, event = watch.wait_for(lambda e: e["event"] == "connection" and e.get("builder") == name and e.get("state") != "connecting", name, 60)
        self.assertEqual((event["state"], event["worker"]), ("live", self.node.worker), event["reason"])
        context = self.lab.context(f"through-{name}", f"FROM BASE\nRUN --network=none echo {name}\n")
        # buildx takes no context but the current one.
        ref, = self.node.build(context, env=env, builder=name) if remote else self.node.build(
            context, env=env or {"DOCKER_CONTEXT": name, "DOCKER_HOST": ""})
        _t, event = watch.wait_for(lambda e: e["event"] == "log" and e["build"] == ref and name in e["text"], "its output")
        self.assertEqual(event["build"], ref)
        watch.wait_for(lambda e: e["event"] == "build-completed" and e["build"] == ref, "its end")
        shown = self.slowly_shown(ref, **{**NOWHERE, **env})
        self.assertEqual([r["builder"] for r in shown["records"]], [name])
        self.check_steps(shown, lab.recount(self.node.reader, ref))
        listed = [b["ref"] for b in self.node.layerline("builds", **env)["builds"]]
        self.assertEqual(listed.count(ref), 1, "one engine, several ways to it")
        for pruned in (False, True):
            if pruned:
                self.node.engine.buildx("prune", "-af")
            # By the same way, whichever context is the current one.
            same_steps(self, self.node, ref, rebuilt(self.node, ref, **{**NOWHERE, **env}))

    def slowly_shown(self, ref, **env):
        """`show` waits five seconds for the builders: on a busy machine ssh may need several goes to be there by then."""
        for _again in range(5):
            with contextlib.suppress(AssertionError):
                return self.node.shown(ref, **env)
        return self.node.shown(ref, **env)

    def check_refused(self, name, state, *words):
        """Not live, with the reason in words."""
        watch = lab.Watch([lab.layerline_binary(), "watch", "--json"], self.node.layerline_env(**NOWHERE), self.lab)
        self.addCleanup(watch.stop)
        _t, event = watch.wait_for(lambda e: e["event"] == "connection" and e.get("builder") == name and e["state"] != "connecting",
                                   f"{name} refused", 60)
        self.assertEqual(event["state"], state, event["reason"])
        self.assertTrue(any(word in event["reason"] for word in words), event["reason"])

    def test_bare_addresses(self):
        """As somebody types them: no builder of buildx, no engine, only where a buildkitd listens."""
        listener = lab.Dialer(self.node.engine)
        self.addCleanup(listener.close)
        addresses = [f"unix://{self.node.socket}", listener.address]
        given = [part for address in addresses for part in ("--address", address)]
        ref, = self.node.build(self.lab.context("bare", "FROM BASE\nRUN --network=none echo bare\n"))
        builders = {b["name"]: b for b in self.node.layerline("builders", *given, **NOWHERE)["builders"]}
        for address in addresses:
            node, = builders[address]["nodes"]
            self.assertEqual((node["state"], node["worker"]), ("live", self.node.worker), node["reason"])
        listed = [b["ref"] for b in self.node.layerline("builds", *given, **NOWHERE)["builds"]]
        self.assertEqual(listed.count(ref), 1)

    def test_ssh_context(self):
        self.context_builder("by-ssh", "host=ssh://engine.test")
        self.check_reached("by-ssh")

    def test_ssh_key_refused(self):
        self.context_builder("ssh-stranger", "host=ssh://stranger.test")
        self.check_refused("ssh-stranger", "down", "Permission denied")

    def test_tls_context(self):
        self.tls_context("by-tls", "client")
        self.check_reached("by-tls")

    def test_tls_context_refused(self):
        self.tls_context("tls-stranger", "stranger")
        self.check_refused("tls-stranger", "forbidden", "refused our certificate")

    def test_tls_by_environment(self):
        """DOCKER_HOST with DOCKER_TLS_VERIFY, as docker itself takes it; and without the keys."""
        host = {"DOCKER_HOST": f"tcp://127.0.0.1:{self.port}"}
        self.check_reached("default", **host, DOCKER_TLS_VERIFY="1", DOCKER_CERT_PATH=self.certificates.client_folder())
        node = self.builder_node("default", **host)
        self.assertIn(node["state"], ("down", "forbidden"))
        self.assertTrue(node["reason"])

    def test_tls_remote_builder(self):
        self.remote_builder("remote-tls", "client")
        self.check_reached("remote-tls", remote=True)

    def test_tls_remote_builder_refused(self):
        """buildx goes on trying, and says nothing of the certificate for longer than we wait: our own handshake tells."""
        self.remote_builder("remote-stranger", "stranger")
        self.check_refused("remote-stranger", "forbidden", "refused our certificate")

    def test_tls_remote_builder_not_trusted(self):
        self.remote_builder("remote-unknown", "client", authority="stranger-ca")
        self.check_refused("remote-unknown", "forbidden", "its certificate is not trusted")

    def test_tls_context_not_trusted(self):
        self.tls_context("tls-unknown", "client", authority="stranger-ca")
        self.check_refused("tls-unknown", "forbidden", "its certificate is not trusted")


    def only_dialling(self):
        """A PATH whose buildx never ends its `ls`, and the file it notes its calls in."""
        folder = self.lab.rig.dir / "only-dialling"
        folder.mkdir()
        script, calls = folder / "docker-buildx", folder / "calls"
        script.write_text(f'#!/bin/sh\necho "$*" >>{calls}\n[ "$1" != ls ] || exec sleep 600\nexec {self.node.engine.buildx_binary} "$@"\n')
        script.chmod(0o755)
        calls.touch()
        return f"{folder}:{self.lab.rig.bin}:/usr/sbin:/usr/bin:/sbin:/bin", calls

    def boxed(self, name, endpoint, image):
        self.node.engine.buildx("create", "--name", name, "--driver", "docker-container", "--driver-opt", f"image={image},network=host", "--bootstrap", endpoint)
        self.addCleanup(self.node.engine.buildx, "rm", "--force", name)

    def runs(self, name):
        return json.loads(self.node.engine.docker("inspect", f"buildx_buildkit_{name}0"))[0]["State"]["Running"]

    def test_containers_behind_ssh_and_tls(self):
        """Docker's own client looks into the container: nobody waits for `buildx ls`, and one that is stopped stays so."""
        inner = lab.Dialer(self.node.engine)
        self.addCleanup(inner.close)
        image = push_shim(self.lab, self.node, inner.port)
        self.context_builder("far-ssh", "host=ssh://engine.test")
        self.tls_context("far-tls", "client")
        path, calls = self.only_dialling()
        for name in ("ssh", "tls"):
            self.boxed(f"boxed-{name}", f"far-{name}", image)

        def seen(name, state):
            node = self.builder_node(name, PATH=path)
            return node if node["state"] == state else None
        for name in ("boxed-ssh", "boxed-tls"):
            with self.subTest(name=name):
                node = poll(lambda name=name: seen(name, "live"), f"{name} live", 90)
                self.assertEqual(node["worker"], self.node.worker)
                self.node.engine.docker("stop", "--time", "5", f"buildx_buildkit_{name}0")
                node = poll(lambda name=name: seen(name, "stopped"), f"{name} stopped", 90)
                self.assertIn("is started by the next build", node["reason"])
                self.assertFalse(self.runs(name), "looking started it")
        self.assertNotIn("boxed", calls.read_text(), "buildx, which would start them, was asked to dial")


class ApiServer:
    """A Kubernetes API that has nothing and notes what it was asked."""

    def __init__(self, certificates):
        self.asked = asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                asked.append((self.command, self.path))
                body = json.dumps({"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404,
                                   "message": "there is nothing here"}).encode()
                self.send_response(404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, *_arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificates.path("server.pem"), certificates.path("server.key"))
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.address = f"https://localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Kubernetes(RealTest):
    """A builder made by the real buildx; a cluster is not to be had from Debian's packages, so no pod is ever reached."""

    def test_only_looked_at(self):
        self.lab = Lab(registry=False)
        self.addCleanup(self.lab.close)
        node = self.lab.node("engine")
        certificates = Certificates(self.lab.rig.dir / "certificates")
        api = ApiServer(certificates)
        self.addCleanup(api.close)
        config = self.lab.rig.dir / "kubeconfig"
        config.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "c", "preferences": {},
            "clusters": [{"name": "c", "cluster": {"server": api.address, "certificate-authority": certificates.path("ca.pem")}}],
            "users": [{"name": "u", "user": {"token": "canary-of-the-cluster"}}],
            "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u", "namespace": "ci"}}]}), encoding="ascii")
        env = {"KUBECONFIG": str(config)}
        client = node.start("create", "--name", "kube", "--driver", "kubernetes", "--driver-opt", "namespace=ci,replicas=2", env=env)
        node.finish(client)
        made = len(api.asked)
        # Whether this machine has a kubectl must not matter: one that notes what it was asked and finds nothing, then none.
        tools = self.lab.rig.dir / "tools"
        tools.mkdir()
        (tools / "docker-buildx").symlink_to(node.engine.rig.buildx_binary)
        kubectl = tools / "kubectl"
        asked = self.lab.rig.dir / "asked-of-kubectl"
        kubectl.write_text(f"""#!/bin/sh
echo "$*" >>{asked}
echo 'Error from server (NotFound): deployments.apps "kube0" not found' >&2
exit 1
""", encoding="ascii")
        kubectl.chmod(0o755)
        for has_kubectl in (True, False):
            if not has_kubectl:
                kubectl.unlink()
            text = json.dumps(node.layerline("builders", PATH=str(tools), **env))
            builders = {b["name"]: b for b in json.loads(text)["builders"]}
            self.assertEqual(builders["kube"]["driver"], "kubernetes")
            shown, = builders["kube"]["nodes"]
            self.assertEqual(shown["state"], "stopped")
            self.assertIn("made by the first build" if has_kubectl else "takes kubectl", shown["reason"])
            self.assertNotIn("canary-of-the-cluster", text)
            # Looked at, if at all: making a deployment or running a command in a pod would be a POST.
            self.assertEqual({verb for verb, _path in api.asked[made:]} - {"GET"}, set(), api.asked)
            self.assertEqual(builders["default"]["nodes"][0]["state"], "live")
        self.assertEqual(set(asked.read_text().splitlines()), {
            f"--kubeconfig={config} --namespace=ci exec -i --pod-running-timeout=5s deployment/kube0 --container=buildkitd -- buildctl dial-stdio"})
        # The same API does see who dials: that is what watching must not do.
        node.start("dial-stdio", "--builder", "kube", env=env).wait(60)
        self.assertIn("POST", {verb for verb, _path in api.asked[made:]})


if __name__ == "__main__":
    lab.run_main()
