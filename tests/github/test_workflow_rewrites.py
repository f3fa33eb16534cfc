#!/usr/bin/python3
"""rollback and migrate on local clones: what they write is a workflow for GitHub's own parser, and undo gives the old bytes."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "data" / "workflows"
LAYERLINE = os.environ.get("LAYERLINE_BIN", str(HERE.parents[1] / "build/release/app/layerline"))

# Everything that can be taken back or over, each with options of its own. The others are refused with a reason.
ROLLBACKS = {"native-digests.yml": [], "native-expression.yml": [], "native-jobs.yml": [], "native-crlf.yml": [], "native-bake.yml": [],
             "native-docs.yml": [], "native-services.yml": [], "native-digests.yml#apart": ["--keep-matrix"],
             "mixed.yml": [], "github-builder.yml": [], "github-builder-bake.yml": ["--source", "inputs"], "reusable.yml": []}
MIGRATIONS = {"qemu-dockerhub.yml": [], "qemu-ghcr-metadata.yml": ["--cheapest"], "qemu-distribute.yml": [], "qemu-ecr-oidc.yml": [],
              "qemu-ecr-keys.yml": [], "qemu-registries.yml": [], "qemu-script.yml": [], "qemu-shell.yml": [], "qemu-braces.yml": [],
              "qemu-anchors.yml": [], "qemu-include.yml#table": [], "qemu-bake.yml": [], "qemu-bake-services.yml": [],
              "qemu-ghcr-metadata.yml#warm": ["--warm", "17 3 * * 1-5", "--dispatch"],
              "qemu-ecr-oidc.yml#more": ["--platform", "linux/riscv64", "--platform", "linux/arm/v7", "--runner", "arm64=our-arm"],
              "qemu-dockerhub.yml#paths": ["--paths", "linux/arm64=docker/arm64/**,*.arm64", "--platform", "linux/riscv64"]}
REFUSED = {"rollback": {"qemu-dockerhub.yml": 1, "cross.yml": 1, "caller.yml": 1},
           "migrate": {"native-digests.yml": 1, "native-bake.yml": 1, "cross.yml": 1}}
# Every option of a migration, on every workflow that can be migrated. What an option can't do is refused with a reason.
OPTIONS = {"extra": ["--platform", "linux/riscv64", "--platform", "linux/arm/v7"], "runner": ["--runner", "arm64=our-arm"], "cheapest": ["--cheapest"],
           "warm": ["--warm", "17 3 * * 1-5"], "paths": ["--paths", "linux/arm64=docker/arm64/**"], "dispatch": ["--dispatch"],
           "all": ["--platform", "linux/riscv64", "--cheapest", "--warm", "17 3 * * *", "--dispatch"]}
# Of "warm" and "all": has a schedule already, is a script. Of "paths": pushes in pull requests, has a leg a platform, is a table. Of "extra":
# its own matrix lists the platforms, its bake file has targets for different ones.
STARTABLE = {"qemu-ghcr-metadata.yml", "qemu-script.yml"}
UNFIT = {"warm": {"qemu-registries.yml", "qemu-script.yml", "qemu-shell.yml"}, "paths": {"qemu-distribute.yml", "qemu-include.yml"},
         "extra": {"qemu-distribute.yml", "qemu-bake-services.yml"},
         "all": {"qemu-registries.yml", "qemu-script.yml", "qemu-shell.yml", "qemu-distribute.yml", "qemu-bake-services.yml"}}


# A comment goes only with the job it speaks of: the one that puts single platforms together.
GONE = {"native-docs.yml": {"# Puts the platforms together."}}


class Rewrites(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.clone = Path(folder.name, "clone")
        self.workflows = self.clone / ".github" / "workflows"
        self.workflows.mkdir(parents=True)
        for example in EXAMPLES.glob("*.yml"):
            shutil.copy(example, self.workflows)
        shutil.copytree(EXAMPLES.parent / "bake", self.clone, dirs_exist_ok=True)
        self.environment = dict(os.environ, XDG_DATA_HOME=str(Path(folder.name, "data")), XDG_CONFIG_HOME=str(Path(folder.name, "config")),
                                GIT_CONFIG_GLOBAL="/dev/null", GH_TOKEN="ghp_canary0123456789")

    def layerline(self, *arguments):
        return subprocess.run([LAYERLINE, *map(str, arguments)], capture_output=True, env=self.environment, timeout=60)

    def rewrite(self, command, name, *options):
        done = self.layerline(command, self.clone, "--workflow", name, "--json", *options)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""), name)
        return json.loads(done.stdout)

    def parsed(self, *files):
        """What GitHub's parser has against the files, and how it reads them."""
        done = subprocess.run(["node", str(HERE / "check_workflow.mjs"), "--model", *map(str, files)], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.stderr, "")
        return json.loads(done.stdout)["files"]

    def test_every_example_is_one_for_github(self):
        for checked in self.parsed(*sorted(self.workflows.glob("*.yml"))):
            self.assertEqual(checked["errors"], [], checked["file"])

    def check_all(self, command, table, style):
        for key, options in table.items():
            name = key.partition("#")[0]
            with self.subTest(command=command, key=key):
                file = self.workflows / name
                before = file.read_bytes()
                told = self.rewrite(command, name, *options)
                self.assertEqual(file.read_bytes(), before, "nothing may be written without --write")
                self.assertFalse(told["written"])
                written = self.rewrite(command, name, *options, "--write")
                self.assertEqual(written["diff"], told["diff"])
                if style is not None and name != "github-builder-bake.yml" and name != "reusable.yml":
                    self.assertEqual(written["becomes"]["style"], style)
                    self.assertGreaterEqual(set(written["becomes"]["platforms"]), set(written["was"]["platforms"]))
                self.assertEqual(self.parsed(file)[0]["errors"], [], file.read_text())
                self.patch_agrees(before, file.read_bytes(), written["diff"], name)
                after = file.read_bytes()
                self.keeps_the_users_words(before.decode(), after.decode(), GONE.get(name, set()) if command == "rollback" else set())
                announced = self.layerline(command, self.clone, "--workflow", name, "--undo", "--dry-run", "--json")
                self.assertEqual((announced.returncode, json.loads(announced.stdout)["undone"]), (0, False), announced.stderr)
                self.assertEqual(file.read_bytes(), after, "--dry-run writes nothing")
                self.patch_agrees(after, before, json.loads(announced.stdout)["diff"], name)
                undone = self.layerline(command, self.clone, "--workflow", name, "--undo")
                self.assertEqual(undone.returncode, 0, undone.stderr)
                self.assertEqual(file.read_bytes(), before)
                self.trial_is_read_too(command, name, options)

    def keeps_the_users_words(self, before, after, gone):
        """Every comment is there, in its order; what stands above the jobs loses nothing, and only `on` written in one line is extended."""
        comments = [line.strip() for line in before.splitlines() if line.strip().startswith("#") and line.strip() not in gone]
        # A job made after another one may bring its comment along a second time.
        self.assertEqual(list(dict.fromkeys(line.strip() for line in after.splitlines() if line.strip() in comments)), list(dict.fromkeys(comments)))
        head = iter(after.partition("\njobs:")[0].splitlines())
        for line in before.partition("\njobs:")[0].splitlines():
            if not line.startswith("on: "):
                self.assertIn(line, head)  # an iterator: only further down than the line before

    def trial_is_read_too(self, command, name, options):
        file = self.workflows / ("trial-" + name)
        told = self.rewrite(command, name, *options, "--trial", "--as", file.name, "--write")
        self.assertEqual(self.parsed(file)[0]["errors"], [], file.read_text())
        self.assertIn("runs-twice", [warning["kind"] for warning in told["warnings"]])
        self.assertEqual(self.layerline(command, self.clone, "--workflow", name, "--as", file.name, "--undo").returncode, 0)
        self.assertFalse(file.exists())

    def patch_agrees(self, before, after, diff, name):
        """git applies the printed difference to the same result."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, ".github", "workflows", name)
            target.parent.mkdir(parents=True)
            target.write_bytes(before)
            subprocess.run(["git", "apply", "-"], input=diff.encode(), cwd=folder, check=True, capture_output=True)
            self.assertEqual(target.read_bytes(), after)

    def test_rollbacks(self):
        self.check_all("rollback", ROLLBACKS, "qemu")

    def test_migrations(self):
        self.check_all("migrate", {k: v for k, v in MIGRATIONS.items() if "registries" not in k and "#" not in k and "distribute" not in k}, "native-matrix")

    def test_migrations_that_keep_emulating_some(self):
        self.check_all("migrate", {k: v for k, v in MIGRATIONS.items() if "registries" in k or "#" in k or "distribute" in k}, None)

    def test_every_option_on_every_workflow(self):
        names = sorted({key.partition("#")[0] for key in MIGRATIONS})
        self.assertGreaterEqual(len(names), 11)
        written = []
        for option, arguments in OPTIONS.items():
            for name in names:
                with self.subTest(option=option, name=name):
                    target = self.workflows / f"{option}-{name}"
                    done = self.layerline("migrate", self.clone, "--workflow", name, *arguments, "--as", target.name, "--write", "--json")
                    if name in UNFIT.get(option, ()):
                        self.assertEqual(done.returncode, 1, done.stdout)
                        self.assertRegex(done.stderr.decode(), r"^layerline: .+\n$")
                        continue
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.keeps_its_promises(option, name, target.read_text(), json.loads(done.stdout))
                    written.append(target)
        for checked in self.parsed(*written):
            self.assertEqual(checked["errors"], [], checked["file"])

    def keeps_its_promises(self, option, name, text, told):
        """fail-fast off, digests as artifacts, a job that merges and verifies; tag rules, images, registries as before."""
        self.assertIn("fail-fast: false", text)
        self.assertIn("actions/upload-artifact@v4", text)
        if name != "qemu-distribute.yml":  # has a merging job of its own
            self.assertIn("Merge the platforms and push their tags", text)
            self.assertIn("Check that every platform is published", text)
        changed = {difference["property"] for difference in told["differences"]}
        allowed = {"caches", "runners", "triggers", "platforms"} | ({"permissions"} if option == "paths" else set())
        self.assertLessEqual(changed, allowed, told["differences"])
        for difference in told["differences"]:  # the job that looks at the change reads the repository
            if difference["property"] == "permissions":
                self.assertEqual((difference["removed"], difference["added"]), ([], ["contents: read"]))
        self.assertEqual("triggers" in changed, option in ("warm", "all") or (option == "dispatch" and name not in STARTABLE), told["differences"])
        if option in ("extra", "all"):
            self.assertIn("linux/riscv64", told["becomes"]["emulated"])
        if option == "runner":
            self.assertIn("our-arm", text)
        if option in ("warm", "all"):
            self.assertIn("github.event_name != 'schedule'", text)
        if option == "paths":
            self.assertIn("needs: changes" if "needs: [changes" not in text else "needs: [changes", text)

    def test_refusals_have_a_reason_and_write_nothing(self):
        for command, table in REFUSED.items():
            for name, status in table.items():
                with self.subTest(command=command, name=name):
                    before = (self.workflows / name).read_bytes()
                    done = self.layerline(command, self.clone, "--workflow", name, "--write")
                    self.assertEqual(done.returncode, status, done.stdout)
                    self.assertRegex(done.stderr.decode(), r"^layerline: .+\n$")
                    self.assertEqual((self.workflows / name).read_bytes(), before)

    def scripts(self, name, *options):
        """The `run` texts of what migrate writes, by the steps' names, as GitHub's parser reads them."""
        self.rewrite("migrate", name, *options, "--write")
        model = self.parsed(self.workflows / name)[0]["model"]
        return {step.get("name"): step["run"] for job in model["jobs"] for step in job["steps"] if "run" in step}

    def run_script(self, script, **environment):
        """As GitHub runs it (`bash -e`), with a docker that notes its arguments and has one index of amd64 and arm64/v8."""
        folder = Path(tempfile.mkdtemp(dir=self.clone))
        docker = folder / "docker"
        docker.write_text("""#!/bin/bash
printf '%s\\n' "$*" >>"$(dirname "$0")/calls"
case $* in
*--format*) echo sha256:feed ;;
*--raw*) echo '{"manifests": [{"platform": {"os": "linux", "architecture": "amd64"}}, {"platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}},
  {"platform": {"os": "unknown", "architecture": "unknown"}}]}' ;;
esac
[ "$*" != "$FAIL" ]
""")
        docker.chmod(0o755)
        (folder / "script").write_text(script)
        done = subprocess.run(["bash", "-e", str(folder / "script")], cwd=folder, capture_output=True, text=True, timeout=30,
                              env={"PATH": f"{folder}:{os.environ['PATH']}", "RUNNER_TEMP": str(folder), "GITHUB_OUTPUT": str(folder / "out"), **environment})
        read = lambda name: (folder / name).read_text().splitlines() if (folder / name).exists() else []  # noqa: E731
        return done.returncode, read("calls"), read("out"), done.stdout + done.stderr, folder

    def test_the_scripts_that_are_written_do_what_they_say(self):
        scripts = self.scripts("qemu-ecr-oidc.yml")
        tags = "  reg:5000/shop:1\n  reg:5000/shop:latest,ghcr.io/a/b:1\n"
        status, _, out, said, _ = self.run_script(scripts["Names of the images, without their tags"], TAGS=tags)
        self.assertEqual((status, out), (0, ["names=ghcr.io/a/b,reg:5000/shop"]), said)
        status, _, _, said, folder = self.run_script(scripts["Keep the digest"], DIGEST="sha256:aa")
        self.assertEqual((status, [path.name for path in (folder / "digests-build").iterdir()]), (0, ["aa"]), said)

        merge, digests = scripts["Merge the platforms and push their tags"], self.clone / "digests"
        digests.mkdir()
        (digests / "aa").touch()
        given = {"TAGS": tags, "PLATFORMS": "linux/amd64,linux/arm64", "DIGESTS": str(digests)}
        status, calls, _, said, _ = self.run_script(merge, **given)
        self.assertEqual((status, calls), (1, []), "one digest for two platforms")
        self.assertIn("::error::1 digests for 2 platforms", said)
        (digests / "bb").touch()
        status, calls, out, said, _ = self.run_script(merge, **given)
        self.assertEqual(status, 0, said)
        self.assertEqual(calls[:3], [f"buildx imagetools create --tag {image}:{tag} {image}@sha256:aa {image}@sha256:bb"
                                     for image, tag in (("reg:5000/shop", "1"), ("reg:5000/shop", "latest"), ("ghcr.io/a/b", "1"))])
        self.assertEqual(out, ["digest=sha256:feed"])
        status, calls, *_ = self.run_script(merge, **given, FAIL=calls[0])
        self.assertEqual((status != 0, len(calls)), (True, 1), "a tag that can't be pushed ends it")
        status, _, _, said, _ = self.run_script(merge, **{**given, "DIGESTS": "/nowhere"})
        self.assertEqual(status, 1)
        self.assertIn("::error::no digest", said)

        verify = scripts["Check that every platform is published"]
        status, _, _, said, _ = self.run_script(verify, **given)
        self.assertEqual(status, 0, said)
        status, _, _, said, _ = self.run_script(verify, **{**given, "PLATFORMS": "linux/amd64,linux/riscv64"})
        self.assertEqual(status, 1)
        self.assertIn("::error::reg:5000/shop:1 lacks linux/riscv64", said)

    def test_pull_requests_build_what_a_change_needs(self):
        script = self.scripts("qemu-ghcr-metadata.yml", "--paths", "linux/arm64=docker/arm64/**,*.arm64")["Find the architectures this change needs"]
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-qm", "base")
        base = subprocess.run(["git", "rev-parse", "HEAD"], cwd=self.clone, check=True, capture_output=True, text=True).stdout.strip()

        def excluded(*files, base=base):
            self.git("checkout", "-q", "-B", "change", base or "HEAD")
            for file in files:
                Path(self.clone, file).parent.mkdir(parents=True, exist_ok=True)
                Path(self.clone, file).write_text("changed")
            self.git("add", "-f", *files)
            self.git("commit", "-qm", "change")
            environment = dict(self.environment, BASE=base or "", PLATFORMS="linux/amd64,linux/arm64", RULES="linux/arm64 docker/arm64/** *.arm64\n",
                               GITHUB_OUTPUT=str(Path(self.clone, "..", "out")))
            Path(self.clone, "..", "out").unlink(missing_ok=True)
            subprocess.run(["bash", "-ec", script], cwd=self.clone, check=True, env=environment, capture_output=True)
            return Path(self.clone, "..", "out").read_text().strip()

        self.assertEqual(excluded("docker/arm64/x/y"), 'exclude=[{"platform":"linux/amd64"}]')
        self.assertEqual(excluded("a.arm64"), 'exclude=[{"platform":"linux/amd64"}]')
        self.assertEqual(excluded("a.arm64", "main.c"), "exclude=[]")
        self.assertEqual(excluded("main.c"), "exclude=[]")
        self.assertEqual(excluded("b.arm64", base=""), "exclude=[]")

    def git(self, *arguments):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", *arguments], cwd=self.clone,
                       check=True, capture_output=True, env=self.environment)

    def test_the_last_qemu_version_comes_back_from_history(self):
        file = self.workflows / "image.yml"
        self.git("init", "-q")
        for example in ("cross.yml", "qemu-dockerhub.yml", "native-digests.yml", "native-expression.yml"):
            shutil.copy(EXAMPLES / example, file)
            self.git("add", "-A")
            self.git("commit", "-qm", example)
        wanted = subprocess.run(["git", "rev-parse", "HEAD~2"], cwd=self.clone, check=True, capture_output=True, text=True).stdout.strip()
        told = self.rewrite("rollback", "image.yml", "--source", "history", "--as", "image_qemu.yml", "--write")
        self.assertEqual(told["commit"], wanted)
        self.assertEqual(told["becomes"]["style"], "qemu")
        self.assertIn("dispatch-added", [change["kind"] for change in told["changes"]])
        self.assertIn("old-action", [warning["kind"] for warning in told["warnings"]])
        self.assertIn("registries", [*(d["property"] for d in told["differences"]), "registries"])
        text = (self.workflows / "image_qemu.yml").read_text()
        self.assertEqual(text.replace("  workflow_dispatch:\n", ""), (EXAMPLES / "qemu-dockerhub.yml").read_text())
        self.assertEqual(self.parsed(self.workflows / "image_qemu.yml")[0]["errors"], [])

    def test_an_existing_qemu_workflow_is_found(self):
        told = self.rewrite("rollback", "native-digests.yml", "--source", "existing")
        self.assertEqual(told["target"], told["existing"][0])
        self.assertIn(".github/workflows/qemu-dockerhub.yml", told["existing"])

    def test_undo_leaves_later_changes_alone(self):
        self.rewrite("rollback", "native-digests.yml", "--write")
        file = self.workflows / "native-digests.yml"
        file.write_text(file.read_text() + "# mine\n")
        done = self.layerline("rollback", self.clone, "--workflow", "native-digests.yml", "--undo")
        self.assertNotEqual(done.returncode, 0)
        self.assertTrue(file.read_text().endswith("# mine\n"))

    def test_a_matrix_becomes_one_job_or_says_why_not(self):
        told = self.rewrite("rollback", "native-docs.yml", "--write")
        model = self.parsed(self.workflows / "native-docs.yml")[0]["model"]
        self.assertEqual([job["id"] for job in model["jobs"]], ["build", "deploy"])
        self.assertIn("matrix-removed", [change["kind"] for change in told["changes"]])
        kept = [warning for warning in self.rewrite("rollback", "native-bake.yml")["warnings"] if warning["kind"] == "matrix-kept"]
        self.assertIn("no job of this file merges its digests", kept[0]["text"])

    def test_the_builder_of_docker_goes_native_again(self):
        """By its inputs, there and back; what happens to its caches is told."""
        for name, options, gone in (("github-builder.yml", (), "cache-together"), ("github-builder-bake.yml", ("--source", "inputs"), None)):
            with self.subTest(name):
                file = self.workflows / name
                native = file.read_bytes()
                told = self.rewrite("rollback", name, *options, "--write")
                self.assertEqual([w["kind"] for w in told["warnings"] if w["kind"].startswith("cache-")], [gone] if gone else [])
                emulated = file.read_bytes()
                told = self.rewrite("migrate", name, "--write")
                self.assertEqual([w["kind"] for w in told["warnings"] if w["kind"].startswith("cache-")], ["cache-apart"] if gone else [])
                self.assertLessEqual({d["property"] for d in told["differences"]}, {"caches", "runners"})
                self.assertEqual(self.parsed(file)[0]["errors"], [], file.read_text())
                self.patch_agrees(emulated, file.read_bytes(), told["diff"], name)
                self.assertIn("linux/arm64=ubuntu-24.04-arm", file.read_text())
                self.assertEqual(self.layerline("migrate", self.clone, "--workflow", name, "--undo").returncode, 0)
                self.assertEqual(file.read_bytes(), emulated)
                self.assertNotEqual(emulated, native)

    def test_a_trial_pushes_only_when_that_is_confirmed(self):
        quiet = self.rewrite("rollback", "native-docs.yml", "--trial")
        self.assertNotIn("github.event_name != 'pull_request' }}\n", [line for line in quiet["diff"].splitlines() if line.startswith("+          push")])
        self.assertIn("publishing-off", [change["kind"] for change in quiet["changes"]])
        loud = self.rewrite("rollback", "native-docs.yml", "--trial", "--publish")
        self.assertNotIn("publishing-off", [change["kind"] for change in loud["changes"]])
        self.assertEqual(loud["diff"], self.rewrite("rollback", "native-docs.yml")["diff"])

    def test_bad_usage(self):
        for arguments in (["rollback"], ["rollback", self.clone], ["rollback", self.clone, "--workflow"], ["migrate", self.clone, "--workflow", "../../x.yml"],
                          ["rollback", self.clone, "--workflow", "nothing.yml", "--source", "dream"],
                          ["migrate", self.clone, "--workflow", "x.yml", "--source", "inputs"], ["rollback", self.clone, "--workflow", "x.yml", "--direct"], ["rollback", self.clone, "--workflow", "x.yml", "--write", "--dry-run"],
                          ["rollback", self.clone, "--workflow", "x.yml", "--publish"], ["migrate", self.clone, "--workflow", "x.yml", "--keep-matrix"],
                          ["rollback", self.clone, "--workflow", "x.yml", "--dry-run", "--write"], ["migrate", self.clone, "--workflow", "x.yml", "--platform", "z80"],
                          ["rollback", self.clone, "--workflow", "x.yml", "--frobnicate", "1"], ["rollback", "/nowhere", "--workflow", "x.yml"],
                          ["migrate", self.clone, "--workflow", "qemu-dockerhub.yml", "--warm", "now"],
                          ["migrate", self.clone, "--workflow", "qemu-dockerhub.yml", "--paths", "linux/arm64=$(reboot)"]):
            done = self.layerline(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertRegex(done.stderr.decode(), r"^layerline: .+\n$")


if __name__ == "__main__":
    unittest.main()
