#!/usr/bin/python3
"""rollback and migrate on GitHub, end to end: search, branch, commit, pull request, trial run; each step failing in turn leaves
nothing half done that is not shown, and the same command takes it up."""
import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from support import Case, Home, layerline  # noqa: E402

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "workflows"
PATH = ".github/workflows/image.yml"
REPO = "/repos/octo/shop"


def example(name):
    return (EXAMPLES / name).read_bytes()


class Remote(Case):
    def setUp(self):
        super().setUp()
        self.shop = self.world.add_repository("octo/shop")
        self.home = Home(self)
        self.git = self.shop.git

    def put(self, name, path=PATH):
        return self.git.commit_file("main", path, example(name), name)

    def rewrite(self, command, *options, status=0, workflow="image.yml"):
        done = layerline(self.home, command, "octo/shop", "--workflow", workflow, "--json", *options)
        self.assertEqual(done.returncode, status, done.stderr + done.stdout[:300])
        return json.loads(done.stdout) if done.stdout else done.stderr

    def states(self, told):
        return {step["step"]: step["state"] for step in told["steps"]}

    def file(self, branch, path=PATH):
        entry = self.git.entry(self.git.resolve(branch), path)
        return self.git.blob(entry[1]) if entry else None

    def branches(self):
        return self.git.run("for-each-ref", "--format=%(refname:short)", "refs/heads").split()

    def test_without_write_nothing_is_asked_for_but_reading(self):
        self.put("native-digests.yml")
        told = self.rewrite("rollback")
        self.assertFalse(told["written"])
        self.assertEqual(self.states(told), {"branch": "pending", "commit": "pending", "pull-request": "pending"})
        self.assertIn("+    runs-on: ubuntu-latest", told["diff"])
        self.assertEqual({seen.method for seen in self.front.seen}, {"GET"})
        self.assertEqual(self.branches(), ["main"])
        self.assertClean()

    def test_rollback_end_to_end_and_the_way_back(self):
        self.put("native-digests.yml")
        told = self.rewrite("rollback", "--write", "--trial")
        self.assertEqual(set(self.states(told).values()), {"done"})
        branch = told["branch"]
        self.assertEqual(sorted(self.branches()), sorted(["main", branch, branch + "-trial"]))
        self.assertEqual(self.file("main"), example("native-digests.yml"))
        self.assertIn(b"    runs-on: ubuntu-latest\n    steps:", self.file(branch))
        trial = self.file(branch + "-trial")
        self.assertIn(b"push: false", trial)
        self.assertNotIn(b"push: true", trial)
        self.assertIn(b"push: true", self.file(branch))
        pulls = self.ask("GET", f"{REPO}/pulls?state=open").json
        self.assertEqual([(pull["head"]["ref"], pull["base"]["ref"]) for pull in pulls], [(branch, "main")])
        self.assertIn("sets up QEMU for arm64", pulls[0]["body"])
        runs = self.ask("GET", f"{REPO}/actions/runs").json["workflow_runs"]
        self.assertEqual([(run["event"], run["head_branch"]) for run in runs], [("workflow_dispatch", branch + "-trial")])
        again = self.states(self.rewrite("rollback", "--write"))
        self.assertEqual(set(again.values()), {"existed"})
        undone = self.rewrite("rollback", "--undo")
        self.assertEqual([(step["step"], step["state"]) for step in undone["steps"]], [("delete-branch", "done"), ("delete-branch", "done"), ("original", "done")])
        self.assertEqual(self.branches(), ["main"])
        self.assertEqual(self.file("main"), example("native-digests.yml"))
        self.assertClean()

    def test_only_a_trial(self):
        self.put("native-digests.yml")
        told = self.rewrite("rollback", "--write", "--trial-only")
        self.assertEqual(self.states(told), {"trial-branch": "done", "trial-commit": "done", "trial-run": "done"})
        self.assertEqual(sorted(self.branches()), sorted(["main", told["branch"] + "-trial"]))
        self.assertNotIn(b"push: true", self.file(told["branch"] + "-trial"))
        self.assertEqual(self.ask("GET", f"{REPO}/pulls?state=all").json, [])
        # The same trial runs already: it is not started twice.
        self.assertEqual(set(self.states(self.rewrite("rollback", "--write", "--trial-only")).values()), {"existed"})
        self.assertEqual(len(self.ask("GET", f"{REPO}/actions/runs").json["workflow_runs"]), 1)
        self.assertClean()

    def test_a_trial_publishes_only_when_that_is_said(self):
        self.put("native-digests.yml")
        told = self.rewrite("rollback", "--write", "--trial-only", "--publish")
        self.assertIn(b"push: true", self.file(told["branch"] + "-trial"))
        self.assertEqual(layerline(self.home, "rollback", "octo/shop", "--workflow", "image.yml", "--publish").returncode, 2)

    def test_a_migration_can_be_tried_though_the_file_lacks_the_trigger(self):
        self.put("qemu-dockerhub.yml")
        told = self.rewrite("migrate", "--write", "--trial-only")
        self.assertEqual(self.states(told)["trial-run"], "done")
        self.assertIn(b"workflow_dispatch", self.file(told["branch"] + "-trial"))

    def test_another_branch_and_a_chosen_version(self):
        for name in ("qemu-distribute.yml", "qemu-dockerhub.yml", "native-digests.yml"):
            commit = self.put(name)
            wanted = commit if name == "qemu-distribute.yml" else locals().get("wanted")
        self.git.run("branch", "release", "main")
        told = self.rewrite("rollback", "--source", "history", "--from", wanted[:10], "--branch", "release", "--write")
        self.assertEqual((told["commit"], told["base"]), (wanted, "release"))
        self.assertIn(b"setup-qemu-action", self.file(told["branch"]))
        pulls = self.ask("GET", f"{REPO}/pulls?state=open").json
        self.assertEqual([pull["base"]["ref"] for pull in pulls], ["release"])
        self.assertClean()

    def test_offline_between_two_steps(self):
        """After each change that went through the network is gone: what is shown as done is done, and nothing is done twice."""
        for passed in range(6):
            with self.subTest(passed=passed):
                name = f"octo/shop{passed}"
                shop = self.world.add_repository(name)
                shop.git.commit_file("main", PATH, example("native-digests.yml"), "native")
                left = [passed]

                def act(handler):
                    if left[0] < 0 or (handler.command != "GET" and left[0] == 0):
                        left[0] = -1
                        return faults.cut(handler)
                    left[0] -= handler.command != "GET"
                    return handler.reply(handler.real())

                fault = faults.Fault(rf"/repos/{name}", act)
                self.front.faults.append(fault)
                done = layerline(self.home, "rollback", name, "--workflow", "image.yml", "--write", "--trial", "--json")
                self.front.faults.remove(fault)
                told = json.loads(done.stdout)
                states = [step["state"] for step in told["steps"]]
                self.assertEqual((done.returncode, states), (1, ["done"] * passed + ["failed"] + ["pending"] * (5 - passed)))
                told = json.loads(layerline(self.home, "rollback", name, "--workflow", "image.yml", "--write", "--trial", "--json").stdout)
                self.assertEqual([step["state"] for step in told["steps"]], ["existed"] * passed + ["done"] * (6 - passed))
                self.assertEqual(len(self.ask("GET", f"/repos/{name}/pulls?state=all").json), 1)
                self.assertEqual(len(self.ask("GET", f"/repos/{name}/actions/runs").json["workflow_runs"]), 1)

    def test_a_run_that_was_started_and_not_seen_is_not_started_again(self):
        self.put("native-digests.yml")
        started = []

        def act(handler):
            if started:
                return faults.answers(403, "no more")(handler)
            started.extend([1] if handler.command == "POST" else [])
            return handler.reply(handler.real())

        fault = faults.Fault(r"(POST .*/dispatches|GET .*/actions/runs/)", act)
        self.front.faults.append(fault)
        told = self.rewrite("rollback", "--write", "--trial-only", status=1)
        self.front.faults.remove(fault)
        self.assertEqual(self.states(told)["trial-run"], "failed")
        told = self.rewrite("rollback", "--write", "--trial-only")
        self.assertEqual(self.states(told)["trial-run"], "existed")
        self.assertEqual(len(self.ask("GET", f"{REPO}/actions/runs").json["workflow_runs"]), 1)

    def test_a_trial_that_may_push_is_the_branch_itself(self):
        self.put("native-digests.yml")
        told = self.rewrite("rollback", "--write", "--trial", "--publish")
        self.assertEqual(set(self.states(told).values()), {"done"})
        self.assertEqual(self.file(told["branch"] + "-trial"), self.file(told["branch"]))
        self.assertClean()

    def test_the_last_qemu_version_of_the_history(self):
        for name in ("cross.yml", "qemu-dockerhub.yml", "native-expression.yml", "native-digests.yml"):
            commit = self.put(name)
            wanted = commit if name == "qemu-dockerhub.yml" else locals().get("wanted")
        told = self.rewrite("rollback", "--source", "history", "--write")
        self.assertEqual((told["commit"], told["becomes"]["style"]), (wanted, "qemu"))
        self.assertEqual(self.file(told["branch"]), example("qemu-dockerhub.yml").replace(b"      - 'v*'\n", b"      - 'v*'\n  workflow_dispatch:\n"))
        self.assertClean()

    def test_a_merged_rollback_has_a_way_back(self):
        self.put("native-digests.yml")
        told = self.rewrite("rollback", "--write", "--direct")
        self.assertEqual((self.states(told), self.branches()), ({"commit": "done"}, ["main"]))
        self.assertIn(b"    runs-on: ubuntu-latest\n    steps:", self.file("main"))
        self.assertEqual(self.rewrite("rollback", status=1)[:10], "layerline:")
        back = self.rewrite("migrate", "--source", "history", "--write", "--direct")
        self.assertEqual((back["source"], back["becomes"]["style"]), ("history", "native-matrix"))
        self.assertEqual(self.file("main"), example("native-digests.yml"))
        self.assertClean()

    def test_a_direct_commit_is_taken_back(self):
        self.put("cross.yml")
        self.put("native-digests.yml")
        self.rewrite("rollback", "--write", "--direct")
        committed = self.git.resolve("main")
        told = self.rewrite("rollback", "--undo", "--direct", "--dry-run")
        self.assertEqual((self.states(told), told["written"], self.git.resolve("main")), ({"restore": "pending", "original": "pending"}, False, committed))
        told = self.rewrite("rollback", "--undo", "--direct")
        self.assertEqual((self.states(told), told["branch"]), ({"restore": "done", "original": "done"}, "main"))
        self.assertEqual(self.file("main"), example("native-digests.yml"))
        undone = self.git.resolve("main")
        self.assertEqual(self.states(self.rewrite("rollback", "--undo", "--direct")), {"restore": "existed", "original": "done"})
        self.assertEqual(self.git.resolve("main"), undone)
        self.assertClean()

    def test_a_file_that_was_committed_directly_goes_again(self):
        self.put("qemu-dockerhub.yml")
        options = ("--as", "native.yml", "--direct")
        self.rewrite("migrate", *options, "--write")
        self.assertIsNotNone(self.file("main", ".github/workflows/native.yml"))
        self.rewrite("migrate", *options, "--undo")
        self.assertIsNone(self.file("main", ".github/workflows/native.yml"))
        self.assertClean()

    def test_what_is_no_commit_of_ours_is_left(self):
        self.put("native-digests.yml")
        self.assertIn("no commit changed", self.rewrite("rollback", "--undo", "--direct", status=1, workflow="other.yml"))
        self.rewrite("rollback", "--write", "--direct")
        self.git.commit_file("main", PATH, self.file("main") + b"# mine\n", "by hand")
        mine = self.git.resolve("main")
        self.assertIn("is not this change", self.rewrite("rollback", "--undo", "--direct", status=1))
        self.put("native-digests.yml")  # by hand as well: the commit before it leads elsewhere
        self.assertNotEqual(self.git.resolve("main"), mine)
        self.assertIn("is not this change", self.rewrite("rollback", "--undo", "--direct", status=1))
        self.assertEqual(self.file("main"), example("native-digests.yml"))
        self.assertClean()

    def test_an_existing_workflow_is_started(self):
        self.put("native-digests.yml")
        self.git.commit_file("main", ".github/workflows/qemu.yml", example("qemu-ghcr-metadata.yml"), "qemu")
        told = self.rewrite("rollback", "--source", "existing", "--write")
        self.assertEqual((told["target"], self.states(told)), (".github/workflows/qemu.yml", {"run": "done"}))
        self.assertClean()

    def test_migrate_to_another_file(self):
        self.put("qemu-dockerhub.yml")
        told = self.rewrite("migrate", "--as", "native.yml", "--write")
        self.assertEqual(told["becomes"]["style"], "native-matrix")
        self.assertEqual(self.file(told["branch"]), example("qemu-dockerhub.yml"))
        self.assertIn(b"matrix.runner", self.file(told["branch"], ".github/workflows/native.yml"))
        self.assertClean()

    def test_every_step_failing_in_turn_is_shown_and_taken_up(self):
        steps = (("branch", r"^POST .*/git/refs"), ("commit", r"^PUT .*/contents/"), ("pull-request", r"^POST .*/pulls$"),
                 ("trial-branch", r"^POST .*/git/refs"), ("trial-commit", r"^PUT .*/contents/"), ("trial-run", r"^POST .*/dispatches$"))
        self.put("native-digests.yml")
        done = []
        for name, pattern in steps:
            refusals = [faults.answers(each, "refused on purpose") for each in (409, 422, 403)]
            for act in (*refusals, faults.cut):
                with self.subTest(step=name):
                    fault = faults.Fault(pattern, act)
                    self.front.faults.append(fault)
                    told = self.rewrite("rollback", "--write", "--trial", status=1)
                    self.front.faults.remove(fault)
                    self.assertFalse(told["written"])
                    states = self.states(told)
                    self.assertEqual(states[name], "failed", states)
                    self.assertEqual({states[step] for step in done}, {"existed"} if done else set())
                    self.assertEqual({states[step] for step, *_ in steps[len(done) + 1:]}, {"pending"} if len(done) + 1 < len(steps) else set())
                    if act is not faults.cut:
                        self.assertIn("refused on purpose", [s["detail"] for s in told["steps"] if s["step"] == name][0])
            # The step itself goes through once what follows it is made to fail.
            done.append(name)
            if name != "trial-run":
                following = steps[len(done)]
                blocker = faults.Fault(following[1], faults.answers(422, "not yet"))
                if name == "pull-request" or following[1] != pattern:
                    self.front.faults.append(blocker)
                    self.rewrite("rollback", "--write", "--trial", status=1)
                    self.front.faults.remove(blocker)
        finished = self.rewrite("rollback", "--write", "--trial")
        self.assertTrue(finished["written"])
        self.assertEqual(len(self.ask("GET", f"{REPO}/pulls?state=open").json), 1)

    def test_the_history_search_failing_writes_nothing(self):
        for name in ("qemu-dockerhub.yml", "native-digests.yml"):
            self.put(name)
        head = self.git.resolve("main")
        searches = ((r"^GET .*/commits\?", f"{PATH}: its history can't be read: "),
                    (r"^GET .*/contents/.*ref=[0-9a-f]{40}", f"{PATH}: its version of commit {head[:10]} can't be read: "))
        for pattern, said in searches:
            for status in (409, 422, 403, None):
                with self.subTest(search=pattern, status=status):
                    fault = faults.Fault(pattern, faults.answers(status, "refused on purpose") if status else faults.cut)
                    self.front.faults.append(fault)
                    done = layerline(self.home, "rollback", "octo/shop", "--workflow", "image.yml", "--source", "history", "--write", "--json")
                    self.front.faults.remove(fault)
                    self.assertNotEqual(done.returncode, 0)
                    self.assertEqual(done.stdout, "")
                    self.assertIn(said, done.stderr)
                    if status:
                        self.assertIn(f"GitHub answers {status}: refused on purpose", done.stderr)
                    self.assertEqual((self.branches(), self.git.resolve("main")), (["main"], head))
        self.assertEqual({seen.method for seen in self.front.seen}, {"GET"})
        told = self.rewrite("rollback", "--source", "history", "--write")
        self.assertEqual(set(self.states(told).values()), {"done"})

    def test_a_token_without_the_scope_leaves_no_branch_behind(self):
        self.put("native-digests.yml")
        self.world.add_account("narrow", scopes=("repo",))
        self.home = Home(self, token="narrow")
        self.assertEqual(self.rewrite("rollback")["permissions"], {"missing": ["workflow"], "unknown": []})
        text = layerline(self.home, "rollback", "octo/shop", "--workflow", "image.yml", "--dry-run")
        self.assertEqual(text.returncode, 0)
        self.assertIn("the token lacks the permission workflow, which writing a workflow file needs", text.stdout)
        for options in (["--write"], ["--write", "--trial-only"], ["--write", "--direct"]):
            with self.subTest(options=options):
                done = layerline(self.home, "rollback", "octo/shop", "--workflow", "image.yml", *options)
                self.assertEqual(done.returncode, 1)
                self.assertIn("the token lacks the permission workflow", done.stderr)
                self.assertIn("Nothing was written.", done.stdout)
        self.assertEqual({seen.method for seen in self.front.seen}, {"GET"})
        self.assertEqual(self.branches(), ["main"])
        # Starting what is there needs no scope.
        self.git.commit_file("main", ".github/workflows/qemu.yml", example("qemu-ghcr-metadata.yml"), "qemu")
        self.assertEqual(self.states(self.rewrite("rollback", "--source", "existing", "--write")), {"run": "done"})
        self.assertClean()

    def test_the_way_back_without_the_scope_says_so_first(self):
        self.put("native-digests.yml")
        self.rewrite("rollback", "--write", "--direct")
        written = self.file("main")
        self.world.add_account("narrow", scopes=("repo",))
        self.home = Home(self, token="narrow")
        asked = len(self.front.seen)
        told = self.rewrite("rollback", "--undo", "--direct", status=1)
        self.assertEqual(self.states(told), {"restore": "failed", "original": "pending"})
        self.assertEqual(told["steps"][0]["detail"], "the token lacks the permission workflow, which writing a workflow file needs")
        self.assertEqual({seen.method for seen in self.front.seen[asked:]}, {"GET"})
        self.assertEqual(self.file("main"), written)
        # Taking branches away needs no scope.
        self.home = Home(self)
        self.rewrite("rollback", "--undo", "--direct")
        branch = self.rewrite("rollback", "--write")["branch"]
        self.home = Home(self, token="narrow")
        self.rewrite("rollback", "--undo")
        self.assertNotIn(branch, self.branches())

    def test_what_is_left_may_need_less_than_the_whole(self):
        """Everything but the pull request was done with another token."""
        self.put("native-digests.yml")
        self.rewrite("rollback", "--write")
        self.shop.pulls.clear()
        self.world.add_account("narrow", scopes=("repo",))
        self.home = Home(self, token="narrow")
        self.assertEqual(self.states(self.rewrite("rollback", "--write")), {"branch": "existed", "commit": "existed", "pull-request": "done"})

    def test_what_shows_only_in_use_is_a_warning(self):
        self.put("native-digests.yml")
        self.world.add_account("fine", permissions={"actions": "write", "contents": "write", "pull_requests": "write", "metadata": "read"})
        self.home = Home(self, token="fine")
        told = self.rewrite("rollback")
        self.assertEqual(told["permissions"], {"missing": [], "unknown": ["contents=write", "workflows=write", "pull_requests=write"]})

    def test_somebody_elses_change_on_the_branch_is_kept(self):
        self.put("native-digests.yml")
        branch = self.rewrite("rollback", "--write")["branch"]
        self.git.commit_file(branch, PATH, b"on: push\njobs: {}\n", "mine")
        told = self.rewrite("rollback", "--write", status=1)
        self.assertEqual(self.states(told)["commit"], "failed")
        self.assertEqual(self.file(branch), b"on: push\njobs: {}\n")

    def test_what_cannot_be_done_is_said_at_once(self):
        self.put("qemu-dockerhub.yml")
        for arguments, status in ((["rollback"], 1), (["rollback", "--source", "history"], 0), (["rollback", "--source", "existing"], 1)):
            done = layerline(self.home, arguments[0], "octo/shop", "--workflow", "image.yml", *arguments[1:])
            self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertEqual(layerline(self.home, "rollback", "octo/none", "--workflow", "x.yml").returncode, 1)
        self.world.add_account("reader", permissions={"actions": "read", "contents": "read", "metadata": "read"})
        self.put("native-digests.yml")
        home = Home(self, token="reader")
        done = layerline(home, "rollback", "octo/shop", "--workflow", "image.yml", "--write", "--json")
        self.assertEqual(done.returncode, 1)
        self.assertIn("contents", done.stderr)
        self.assertNotIn(self.github.token, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
