#!/usr/bin/python3
"""Releases on a real registry: the gate, and tags that go back without their digest changing. What the registry has is
checked with buildx imagetools, which knows nothing of Layerline."""
import json
import subprocess
import unittest

import lab
from lab import BOTH, Lab, layerline_binary

AMD, ARM = "linux/amd64", "linux/arm64"
LOSES_ATTESTATIONS = "the present index carries provenance or SBOMs, the target none"


class Release(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.node = cls.lab.node("engine")
        cls.image = f"{cls.lab.rig.registry.address}/acme/shop"
        cls.first = cls.push("1.0", "first", BOTH)
        cls.second = cls.push("1.0", "second", BOTH)
        cls.alone = cls.push("alone", "third", AMD)
        cls.plain = cls.push("plain", "fourth", AMD, "--provenance=false")

    @classmethod
    def push(cls, tag, salt, platforms, *options):
        """Builds and pushes; the digest the tag points at then, as buildx sees it."""
        context = cls.lab.context(salt, f'FROM BASE\nRUN --network=none echo {salt} > /salt\nCMD ["uname", "-m"]\n')
        cls.node.build(context, "--platform", platforms, "--push", "-t", f"{cls.image}:{tag}", *options)
        return cls.seen(tag)["digest"]

    @classmethod
    def seen(cls, tag):
        """Digest and media type of a tag, by buildx."""
        shown = cls.node.engine.buildx("imagetools", "inspect", f"{cls.image}:{tag}", "--format", "{{json .Manifest}}")
        return json.loads(shown.stdout)

    def run_layerline(self, *arguments, **env):
        result = subprocess.run([layerline_binary(), *arguments], env=self.node.layerline_env(**env), capture_output=True,
                                text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return result.returncode, result.stdout, result.stderr

    def ask(self, *arguments, **env):
        code, out, err = self.run_layerline(*arguments, "--json", **env)
        self.assertTrue(out, err)
        document = json.loads(out)
        self.assertEqual(document["schema"], 1)
        return code, document

    def move(self, tag, digest):
        code, document = self.ask("tag", f"{self.image}:{tag}", "--to", digest)
        self.assertEqual((code, document["read_back"]), (0, digest))
        self.assertEqual(self.seen(tag)["digest"], digest)
        return document

    def test_gate_met(self):
        code, document = self.ask("gate", f"{self.image}@{self.first}", "--platform", AMD, "--platform", ARM)
        self.assertEqual((code, document["met"], document["image"]), (0, True, self.image))
        tag, = document["tags"]
        self.assertEqual((tag["digest"], tag["index"], tag["attestations"]), (self.first, True, 2))
        raw = json.loads(self.node.engine.buildx("imagetools", "inspect", "--raw", f"{self.image}@{self.first}").stdout)
        expected = {f"{m['platform']['os']}/{m['platform']['architecture']}": m["digest"] for m in raw["manifests"]
                    if "vnd.docker.reference.type" not in m.get("annotations", {})}
        self.assertEqual({p["platform"]: p["published"] for p in tag["platforms"]}, expected)
        self.assertTrue(all(p["created"] for p in tag["platforms"]))

    def test_gate_names_what_is_missing(self):
        code, out, _err = self.run_layerline("gate", f"{self.image}:alone", "--platform", BOTH)
        self.assertEqual(code, 1)
        self.assertIn("linux/arm64 is promised by --platform and not published", out)
        code, document = self.ask("gate", f"{self.image}:plain", "--platform", BOTH)
        self.assertEqual(code, 1)
        self.assertEqual([(p["platform"], p["verdict"]) for p in document["tags"][0]["platforms"]],
                         [(AMD, "published"), (ARM, "missing")])

    def test_gate_of_a_bake_file(self):
        folder = self.lab.context("promised", "FROM BASE\n")
        bake = folder / "docker-bake.hcl"
        bake.write_text(f'target "default" {{\n  tags = ["{self.image}:1.0"]\n  platforms = ["{AMD}", "{ARM}"]\n}}\n', encoding="utf-8")
        code, document = self.ask("gate", f"{self.image}:alone", "--promised", str(bake))
        self.assertEqual((code, document["promised"], document["promised_by"]), (1, [AMD, ARM], "docker-bake.hcl"))

    def test_gate_compares_with_what_was_built(self):
        raw = json.loads(self.node.engine.buildx("imagetools", "inspect", "--raw", f"{self.image}@{self.first}").stdout)
        digests = {m["platform"]["architecture"]: m["digest"] for m in raw["manifests"]}
        folder = self.lab.rig.dir / "artifacts"
        for arch in ("amd64", "arm64"):
            (folder / f"digests-linux-{arch}").mkdir(parents=True)
            (folder / f"digests-linux-{arch}" / digests[arch].removeprefix("sha256:")).touch()
        code, document = self.ask("gate", f"{self.image}@{self.first}", "--platform", BOTH, "--built", str(folder))
        self.assertEqual(code, 0)
        self.assertEqual({p["built"] for p in document["tags"][0]["platforms"]}, {digests["amd64"], digests["arm64"]})
        code, document = self.ask("gate", f"{self.image}@{self.second}", "--platform", BOTH, "--built", str(folder))
        self.assertEqual((code, {p["verdict"] for p in document["tags"][0]["platforms"]}), (1, {"differs"}))
        # A job that pushed with attestations hands on the digest of an index.
        (folder / "digests-linux-amd64" / "digest.txt").write_text(self.alone, encoding="ascii")
        code, document = self.ask("gate", f"{self.image}:alone", "--platform", AMD, "--built", str(folder))
        self.assertEqual((code, document["tags"][0]["platforms"][0]["verdict"]), (0, "published"))

    def test_gate_starts_it_on_each_architecture(self):
        before = self.node.engine.docker("image", "ls", "--quiet", "--no-trunc")
        code, document = self.ask("gate", f"{self.image}@{self.first}", "--platform", BOTH, "--run")
        self.assertEqual(code, 0, document["runs"])
        self.assertEqual([(r["platform"], r["state"], r["detail"]) for r in document["runs"]],
                         [(AMD, "ran", "x86_64"), (ARM, "ran", "aarch64")])
        code, document = self.ask("gate", f"{self.image}@{self.first}", "--platform", AMD, "--run")
        self.assertEqual(code, 0)
        code, out, _err = self.run_layerline("gate", f"{self.image}@{self.first}", "--platform", AMD, "--run", "--", "sh", "-c", "echo broken; exit 3")
        self.assertEqual(code, 1)
        self.assertIn("failed     exit 3  broken", out)
        code, out, _err = self.run_layerline("gate", f"{self.image}@{self.first}", "--platform", AMD, "--run", "--timeout", "2", "--", "sleep", "600")
        self.assertEqual(code, 0)
        self.assertIn("still running after 2 s", out)
        self.assertEqual(self.node.engine.docker("ps", "--all", "--quiet"), "")
        self.assertEqual(self.node.engine.docker("image", "ls", "--quiet", "--no-trunc"), before)

    def test_no_engine_is_said(self):
        code, document = self.ask("gate", f"{self.image}@{self.first}", "--platform", AMD, "--run", DOCKER_HOST="unix:///nonexistent.sock")
        self.assertEqual((code, document["runs"][0]["state"]), (1, "not_tried"))
        self.assertTrue(document["runs"][0]["detail"])

    def test_a_tag_goes_back_to_an_index(self):
        self.move("1.0", self.second)
        code, out, _err = self.run_layerline("tag", f"{self.image}:1.0", "--to", self.first, "--dry-run")
        self.assertEqual(code, 0)
        self.assertIn(f"PUT http://{self.lab.rig.registry.address}/v2/acme/shop/manifests/1.0", out)
        self.assertEqual(self.seen("1.0")["digest"], self.second)
        document = self.move("1.0", self.first)
        self.assertEqual((document["from"]["digest"], document["to"]["digest"]), (self.second, self.first))
        _code, history = self.ask("tag", f"{self.image}:1.0", "--history")
        self.assertEqual([s["digest"] for s in history["history"]][-2:], [self.second, self.first])
        self.assertIn("plain", [t["tag"] for t in history["tags"]])
        # Known digests may be shortened.
        self.move("1.0", self.second)
        code, document = self.ask("tag", f"{self.image}:1.0", "--to", self.first[7:19])
        self.assertEqual((code, document["read_back"]), (0, self.first))

    def test_a_tag_goes_back_to_a_plain_manifest(self):
        self.assertIn("manifest.v", self.seen("plain")["mediaType"])
        document = self.move("stable", self.plain)
        self.assertIsNone(document["from"]["digest"])
        self.move("stable", self.first)
        # The index came with provenance, and the manifest was built without any: said before anything is sent, and by the move.
        code, out, _err = self.run_layerline("tag", f"{self.image}:stable", "--to", self.plain, "--dry-run")
        self.assertEqual(code, 0)
        self.assertIn(LOSES_ATTESTATIONS, out)
        self.assertEqual(self.seen("stable")["digest"], self.first)
        document = self.move("stable", self.plain)
        self.assertEqual(document["lost_platforms"], [ARM])
        self.assertEqual((document["from"]["attestations"], document["to"]["attestations"]), (2, 0))
        self.assertIn(LOSES_ATTESTATIONS, document["warnings"])
        # Nothing is lost on the way back.
        self.assertNotIn(LOSES_ATTESTATIONS, self.move("stable", self.first)["warnings"])
        self.move("stable", self.plain)
        self.assertIn("manifest.v", self.seen("stable")["mediaType"])

    def test_signatures_are_warned_about(self):
        self.move("signed", self.second)
        self.move(f"sha256-{self.second[7:]}.sig", self.plain)  # any manifest does: only its place counts
        self.addCleanup(self.move, "signed", self.second)
        code, out, _err = self.run_layerline("tag", f"{self.image}:signed", "--to", self.first, "--dry-run")
        self.assertEqual(code, 0)
        self.assertIn(f"sha256-{self.second[7:]}.sig stays with the present digest", out)
        self.assertIn("signed and the target is not", out)

    def test_faults_are_one_sentence(self):
        for arguments, code, part in (
                (("gate", f"{self.image}:nowhere", "--platform", AMD), 1, f"{self.image} has no tag nowhere"),
                (("gate", f"{self.lab.rig.registry.address}/no/such", "--platform", AMD), 1, "no"),
                (("gate", f"{self.image}:1.0"), 2, "nothing is promised"),
                (("tag", f"{self.image}:1.0", "--to", "sha256:" + 64 * "0"), 1, "has no sha256:000"),
                (("tag", f"{self.image}:1.0", "--to", "latest"), 2, "--to wants a digest")):
            got, _out, err = self.run_layerline(*arguments)
            self.assertEqual(got, code, arguments)
            self.assertIn(part, err)
            self.assertEqual(err.count("\n"), 1, err)


if __name__ == "__main__":
    lab.run_main()
