#!/usr/bin/python3
"""What rollback and migrate keep, by another reader than their own: triggers, permissions, secrets, registries, images, tag rules,
platforms, build arguments and labels of every example before and after, as PyYAML and workflow_facts.py read them. They are equal
but for what the options ask for, and what differs is what Layerline says does."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from test_workflow_rewrites import EXAMPLES, LAYERLINE, MIGRATIONS, OPTIONS, ROLLBACKS, UNFIT
from workflow_facts import PROPERTIES, Facts

BAKE_FILES = EXAMPLES.parent / "bake"
# Option to what it may add; a rollback may be started by hand, which is how it is tried.
MAY_ADD = {"--platform": "platforms", "--warm": "triggers", "--dispatch": "triggers", "--paths": "permissions"}
# A line that is lost, and where that is seen.
LOSSES = {"  pull_request:\n": "triggers", "      packages: write\n": "permissions", "            type=sha\n": "tag-rules",
          "          password: ${{ secrets.GITHUB_TOKEN }}\n": "secrets", "          registry: ${{ env.REGISTRY }}\n": "registries",
          "  IMAGE_NAME: ${{ github.repository }}\n": "images", "          labels: ${{ steps.meta.outputs.labels }}\n": "labels",
          "            VERSION=${{ steps.meta.outputs.version }}\n": "build-args", "            linux/arm64\n": "platforms"}


class FactsKept(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bake = "".join(file.read_text() for file in sorted(BAKE_FILES.glob("*")))

    def rewritten(self, command, name, options):
        """The text after the rewrite, and what Layerline says is different: property to (removed, added)."""
        with tempfile.TemporaryDirectory() as folder:
            clone = Path(folder, "clone")
            workflows = clone / ".github" / "workflows"
            shutil.copytree(EXAMPLES, workflows)
            shutil.copytree(BAKE_FILES, clone, dirs_exist_ok=True)
            done = subprocess.run([LAYERLINE, command, str(clone), "--workflow", name, "--write", "--json", *options], capture_output=True, text=True, timeout=60,
                                  env=dict(os.environ, XDG_DATA_HOME=f"{folder}/data", XDG_CONFIG_HOME=f"{folder}/config", GIT_CONFIG_GLOBAL="/dev/null"))
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)
            told = {each["property"]: (set(each["removed"]), set(each["added"])) for each in json.loads(done.stdout)["differences"]}
            return (workflows / name).read_text(), told

    def check(self, command, name, options):
        before = Facts((EXAMPLES / name).read_text(), self.bake)
        text, told = self.rewritten(command, name, options)
        after = Facts(text, self.bake)
        self.assertTrue(before["platforms"], "a reader that sees nothing proves nothing")
        changed = {name: (before[name] - after[name], after[name] - before[name]) for name in PROPERTIES if before[name] != after[name]}
        self.assertEqual(changed, {name: both for name, both in told.items() if name in PROPERTIES}, "what differs is what is said to")
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

    def test_the_reader_sees_what_is_lost(self):
        text = (EXAMPLES / "qemu-ghcr-metadata.yml").read_text()
        whole = Facts(text)
        for lost, prop in LOSSES.items():
            with self.subTest(lost=lost):
                self.assertIn(lost, text)
                self.assertNotEqual(Facts(text.replace(lost, "", 1))[prop], whole[prop])


if __name__ == "__main__":
    unittest.main()
