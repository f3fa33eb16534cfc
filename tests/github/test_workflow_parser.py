#!/usr/bin/python3
"""check_workflow.mjs: that GitHub's own parser really judges, before anyone trusts its "no errors"."""
import json
import subprocess
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent

GOOD = """\
name: images
on:
  push: {tags: ["v*"]}
  workflow_dispatch:
    inputs:
      platform: {type: choice, options: [linux/amd64, linux/arm64]}
jobs:
  build:
    strategy:
      fail-fast: false
      matrix:
        include:
          - {platform: linux/amd64, runner: ubuntu-24.04}
          - {platform: linux/arm64, runner: ubuntu-24.04-arm}
    runs-on: ${{ matrix.runner }}
    steps:
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ matrix.platform }}"}
"""
CALLED = """\
on:
  workflow_call:
    inputs:
      platforms: {type: string, required: true}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps: [{run: "echo ${{ inputs.platforms }}"}]
"""
CALLER = """\
on: push
jobs:
  images:
    uses: ./.github/workflows/called.yml
    with: {%s: linux/arm64}
"""


class WorkflowParser(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.workflows = Path(folder.name, ".github", "workflows")
        self.workflows.mkdir(parents=True)

    def check(self, *texts, options=()):
        """The exit status and the object printed for files that hold these texts."""
        files = []
        for number, text in enumerate(texts):
            files.append(self.workflows / f"{number}.yml")
            files[-1].write_text(text, encoding="utf-8")
        done = subprocess.run(["node", str(HERE / "check_workflow.mjs"), *options, *map(str, files)],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stderr, "")
        return done.returncode, json.loads(done.stdout)

    def test_a_good_workflow_has_no_errors_and_is_modelled(self):
        status, out = self.check(GOOD, options=["--model"])
        self.assertEqual((status, out["schema"], out["files"][0]["errors"]), (0, 1, []))
        model = out["files"][0]["model"]
        self.assertEqual(set(model["events"]), {"push", "workflow_dispatch"})
        self.assertEqual([job["id"] for job in model["jobs"]], ["build"])

    def test_faults_are_found_with_their_place(self):
        faults = {
            "no such context": (GOOD.replace("matrix.runner", "matrx.runner"), 15),
            "no such key": (GOOD.replace("fail-fast", "fail-slow"), 10),
            "broken YAML": (GOOD.replace("push: {", "push: {{"), 4),
            "job without a runner": (GOOD.replace("    runs-on: ${{ matrix.runner }}\n", ""), 9),
            "unknown event": (GOOD.replace("push:", "pushed:"), 3),
        }
        status, out = self.check(*(text for text, _ in faults.values()))
        self.assertEqual(status, 1)
        for (name, (_, line)), found in zip(faults.items(), out["files"]):
            with self.subTest(name):
                self.assertIn(line, [error["line"] for error in found["errors"]], found["errors"])

    def test_calls_within_the_repository_are_followed(self):
        (self.workflows / "called.yml").write_text(CALLED, encoding="utf-8")
        self.assertEqual(self.check(CALLER % "platforms")[0], 0)
        status, out = self.check(CALLER % "platform")
        self.assertEqual(status, 1)
        self.assertIn("platforms is required", out["files"][0]["errors"][0]["message"])

    def test_calls_elsewhere_are_left_alone(self):
        other = "docker/github-builder/.github/workflows/build.yml@v1"
        self.assertEqual(self.check((CALLER % "platforms").replace("./.github/workflows/called.yml", other))[0], 0)

    def test_an_unreadable_file_is_no_verdict(self):
        for arguments in ([str(self.workflows / "none.yml")], [], ["--modle", "x.yml"]):
            done = subprocess.run(["node", str(HERE / "check_workflow.mjs"), *arguments], capture_output=True, text=True, timeout=60)
            self.assertEqual((done.returncode, done.stdout, len(done.stderr.splitlines())), (2, "", 1), arguments)


if __name__ == "__main__":
    unittest.main()
