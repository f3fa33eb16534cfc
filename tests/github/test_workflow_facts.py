#!/usr/bin/python3
"""What rollback and migrate keep, by another reader than their own: triggers, permissions, secrets, registries, images, tag rules,
platforms, build arguments, labels and caches of every example before and after, as PyYAML and workflow_facts.py read them. They are
equal but for what the options ask for, and what differs is what Layerline says does. Caches are the same ones, kept apart or not."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from test_workflow_rewrites import EXAMPLES, LAYERLINE, MIGRATIONS, OPTIONS, ROLLBACKS, UNFIT
from workflow_facts import PROPERTIES, Facts, cache

BAKE_FILES = EXAMPLES.parent / "bake"
# What buildx 0.13.1 and 0.29.1 print for `bake --print --file services.hcl`: caches as text and as objects.
PRINTS = sorted((EXAMPLES.parent / "bake-print").glob("services-buildx-*.json"))
# A scope or a tag of a platform's own.
APART = re.compile(r"(scope=[^,]*?|ref=[^,]*:[^,/]*?)-(?:linux[/-])?(amd64|arm64|arm-v7|riscv64)(?=,|$)")
# Option to what it may add; a rollback may be started by hand, which is how it is tried.
MAY_ADD = {"--platform": "platforms", "--warm": "triggers", "--dispatch": "triggers", "--paths": "permissions"}
# A line that is lost, and where that is seen.
LOSSES = {"  pull_request:\n": "triggers", "      packages: write\n": "permissions", "            type=sha\n": "tag-rules",
          "          password: ${{ secrets.GITHUB_TOKEN }}\n": "secrets", "          registry: ${{ env.REGISTRY }}\n": "registries",
          "  IMAGE_NAME: ${{ github.repository }}\n": "images", "          labels: ${{ steps.meta.outputs.labels }}\n": "labels",
          "            VERSION=${{ steps.meta.outputs.version }}\n": "build-args", "            linux/arm64\n": "platforms",
          "          cache-from: type=gha,scope=app\n": "caches", "          cache-to: type=gha,scope=app,mode=max\n": "caches"}
# Where else caches are written.
LOST_CACHES = {"qemu-bake.yml": "            *.cache-from=type=gha,scope=app\n", "qemu-script.yml": "--cache-to type=gha,scope=script ",
               "github-builder.yml": "      cache: true\n", "qemu-bake-services.yml": "services.hcl"}


class FactsKept(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bake = "".join(file.read_text() for file in sorted(BAKE_FILES.glob("*")))
        cls.printed = {"services.hcl": PRINTS[0].read_text()}

    def rewritten(self, command, name, options, text=None):
        """The text after the rewrite, and what Layerline says is different: property to (removed, added)."""
        with tempfile.TemporaryDirectory() as folder:
            clone = Path(folder, "clone")
            workflows = clone / ".github" / "workflows"
            shutil.copytree(EXAMPLES, workflows)
            shutil.copytree(BAKE_FILES, clone, dirs_exist_ok=True)
            if text:
                (workflows / name).write_text(text)
            done = subprocess.run([LAYERLINE, command, str(clone), "--workflow", name, "--write", "--json", *options], capture_output=True, text=True, timeout=60,
                                  env=dict(os.environ, XDG_DATA_HOME=f"{folder}/data", XDG_CONFIG_HOME=f"{folder}/config", GIT_CONFIG_GLOBAL="/dev/null"))
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)
            told = {each["property"]: (set(each["removed"]), set(each["added"])) for each in json.loads(done.stdout)["differences"]}
            if "caches" in told:
                told["caches"] = tuple({self.spelled(each) for each in side} for side in told["caches"])
            return (workflows / name).read_text(), told

    @staticmethod
    def spelled(told):
        return cache(*re.sub(r"\$\{\{\s*(.*?)\s*\}\}", r"${{\1}}", told).split(" ", 1))

    def check_caches(self, command, before, after):
        """Nothing is cached elsewhere: without what keeps the platforms apart they are the same. After a migration each has its own."""
        def whole(each):
            words = APART.sub(r"\1", each)  # a cache without a scope gets the job's name
            return words if "type=gha" not in words or "scope=" in words else words.replace("type=gha", "scope=build,type=gha")
        self.assertEqual({whole(each) for each in after["caches"]}, {whole(each) for each in before["caches"]})
        if command == "migrate" and before["caches"]:
            found = {(APART.search(each) or [None] * 3)[2] for each in after["caches"]}
            self.assertEqual(found, {platform.removeprefix("linux/").replace("/", "-") for platform in after["platforms"]})

    def check(self, command, name, options):
        before = Facts((EXAMPLES / name).read_text(), self.bake, self.printed)
        text, told = self.rewritten(command, name, options)
        after = Facts(text, self.bake, self.printed)
        self.assertTrue(before["platforms"], "a reader that sees nothing proves nothing")
        changed = {name: (before[name] - after[name], after[name] - before[name]) for name in PROPERTIES if before[name] != after[name]}
        self.assertEqual(changed, {name: both for name, both in told.items() if name in PROPERTIES}, "what differs is what is said to")
        self.check_caches(command, before, after)
        changed.pop("caches", None)
        asked = {MAY_ADD[option] for option in options if option in MAY_ADD}
        for prop, (removed, added) in changed.items():
            self.assertEqual(removed, set(), prop)
            if command == "rollback":
                self.assertEqual((prop, added), ("triggers", {"workflow_dispatch"}))
            else:
                self.assertIn(prop, asked)

    def test_rollbacks(self):
        for key, options in ROLLBACKS.items():
            with self.subTest(key):
                self.check("rollback", key.partition("#")[0], options)

    def test_migrations(self):
        for key, options in MIGRATIONS.items():
            with self.subTest(key):
                self.check("migrate", key.partition("#")[0], options)

    def test_every_option_of_a_migration(self):
        for option, options in OPTIONS.items():
            for name in sorted({key.partition("#")[0] for key in MIGRATIONS} - UNFIT.get(option, set())):
                with self.subTest(option=option, name=name):
                    self.check("migrate", name, options)

    def test_the_builder_of_docker_goes_native_again(self):
        """From the rollback's text; with the mode of its caches given and not."""
        name = "github-builder.yml"
        for mode in ("", "      cache-mode: max\n"):
            with self.subTest(mode=mode):
                native = (EXAMPLES / name).read_text().replace("      cache-scope:", f"{mode}      cache-scope:")
                emulated, _ = self.rewritten("rollback", name, [], native)
                text, told = self.rewritten("migrate", name, [], emulated)
                before, after = Facts(emulated), Facts(text)
                changed = {prop: (before[prop] - after[prop], after[prop] - before[prop]) for prop in PROPERTIES if before[prop] != after[prop]}
                self.assertEqual(changed, {prop: both for prop, both in told.items() if prop in PROPERTIES})
                self.assertEqual(set(changed), {"caches"})
                self.check_caches("migrate", before, after)
                self.assertEqual({each for each in after["caches"] if "mode=max" in each} != set(), bool(mode))
                self.assertEqual({prop: after[prop] for prop in PROPERTIES if prop != "triggers"}, {prop: Facts(native)[prop] for prop in PROPERTIES if prop != "triggers"})

    def test_caches_of_a_bake_file_by_any_buildx(self):
        self.assertEqual(len(PRINTS), 2)
        name = "qemu-bake-services.yml"
        text, told = self.rewritten("migrate", name, [])
        for print_ in PRINTS:
            with self.subTest(print_.name):
                printed = {"services.hcl": print_.read_text()}
                before, after = (Facts(each, self.bake, printed)["caches"] for each in ((EXAMPLES / name).read_text(), text))
                self.assertEqual((before - after, after - before), told["caches"])

    def test_the_reader_sees_what_is_lost(self):
        text = (EXAMPLES / "qemu-ghcr-metadata.yml").read_text()
        whole = Facts(text)
        for lost, prop in LOSSES.items():
            with self.subTest(lost=lost):
                self.assertIn(lost, text)
                self.assertNotEqual(Facts(text.replace(lost, "", 1))[prop], whole[prop])
        for name, lost in LOST_CACHES.items():
            with self.subTest(name=name, lost=lost):
                text = (EXAMPLES / name).read_text()
                self.assertIn(lost, text)
                self.assertLess(Facts(text.replace(lost, "", 1), self.bake, self.printed)["caches"], Facts(text, self.bake, self.printed)["caches"])


if __name__ == "__main__":
    unittest.main()
