// Forms of workflows that need more than a word changed: a matrix made one job, tables multiplied, scripts, braces, anchors.
#include "analysis/workflow/shell_text.h"
#include "analysis/workflow/workflow_edit.h"

#include <QtTest>

#include "workflow_fixture.h"

using namespace layerline;
using test::runnerTable;
using test::workflowText;

class TestWorkflowForms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneJobAgain();
    void stepsOfTheMergingJobMove();
    void otherKeysStay();
    void matricesThatStay_data();
    void matricesThatStay();
    void tablesAreMultiplied();
    void scripts();
    void scriptsThatStay_data();
    void scriptsThatStay();
    void braces();
    void anchors();
    void words();
};

namespace {

using Names = std::vector<std::string>;

std::string after(const Result<WorkflowEdit>& edit)
{
    return edit ? edit->after : "refused: " + edit.error().detail;
}

bool holds(const std::string& text, const std::string& what)
{
    return text.find(what) != std::string::npos;
}

const EditNote* noteOf(const std::vector<EditNote>& notes, EditKind kind)
{
    const auto found = std::find_if(notes.begin(), notes.end(), [&](const EditNote& note) { return note.kind == kind; });
    return found == notes.end() ? nullptr : &*found;
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? "not there: " + what : text.replace(at, what.size(), with);
}

} // namespace

void TestWorkflowForms::oneJobAgain()
{
    const auto edit = rollbackToQemu(workflowText("native-digests.yml"), runnerTable());
    QVERIFY2(edit.ok(), after(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    QCOMPARE(workflow->jobs.size(), std::size_t(1));
    const WorkflowJob& job = workflow->jobs[0];
    QVERIFY(!job.strategy);
    QVERIFY(!holds(edit->after, "matrix") && !holds(edit->after, "artifact") && !holds(edit->after, "imagetools"));
    const WorkflowStep& build = job.steps.back();
    QCOMPARE(valueOf(build.with, "platforms"), std::string("linux/amd64,linux/arm64"));
    QCOMPARE(valueOf(build.with, "push"), std::string("true"));
    QCOMPARE(valueOf(build.with, "tags"), std::string("${{ steps.meta-tags.outputs.tags }}"));
    QCOMPARE(valueOf(build.with, "outputs"), std::string());
    // What the legs kept is read, what is kept now is on its own.
    QCOMPARE(textLines(valueOf(build.with, "cache-from")), (Names{"type=gha,scope=build-amd64", "type=gha,scope=build-arm64", "type=gha,scope=build"}));
    QCOMPARE(valueOf(build.with, "cache-to"), std::string("type=gha,mode=max,scope=build"));
    for (const EditKind kind : {EditKind::MatrixRemoved, EditKind::MergeJobRemoved, EditKind::PushedByTag, EditKind::StepsMoved})
        QVERIFY2(noteOf(edit->changes, kind), toString(kind));
    QVERIFY(!noteOf(edit->warnings, EditKind::MatrixKept));
}

void TestWorkflowForms::stepsOfTheMergingJobMove()
{
    const auto edit = rollbackToQemu(workflowText("native-docs.yml"), runnerTable());
    QVERIFY2(edit.ok(), after(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    const WorkflowJob& job = *workflow->job("build");
    QVERIFY(!workflow->job("merge"));
    QCOMPARE(job.name, std::string("Build"));
    QCOMPARE(workflow->job("deploy")->needs, Names{"build"});
    QVERIFY2(!holds(edit->after, "PLATFORM_PAIR"), "it was for the artifact's name alone");
    const WorkflowStep& build = *std::find_if(job.steps.begin(), job.steps.end(), [](const WorkflowStep& step) { return step.id == "build"; });
    // What pull requests do not push they still do not; what else the output was told stays.
    QCOMPARE(valueOf(build.with, "outputs"), std::string("type=image,compression=zstd,push=${{ github.event_name != 'pull_request' }}"));
    QCOMPARE(valueOf(build.with, "build-args"), std::string("VERSION=1.2.3\n"));
    QCOMPARE(job.steps.back().name, std::string("Inspect image"));
    QCOMPARE(job.steps.back().condition, std::string("${{ github.event_name != 'pull_request' }}"));
    QVERIFY(holds(job.steps.back().run, "steps.meta-tags.outputs.version"));
    QVERIFY(holds(edit->after, "permissions: &rights # one list for both jobs\n"));
}

void TestWorkflowForms::otherKeysStay()
{
    const auto edit = rollbackToQemu(workflowText("native-services.yml"), runnerTable());
    QVERIFY2(edit.ok(), after(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    QCOMPARE(workflow->jobs.size(), std::size_t(1));
    const auto legs = expandJobs(*workflow, runnerTable());
    QCOMPARE(legs->legs.size(), std::size_t(2));
    QCOMPARE(legs->legs[1].builds[0].tags, (Names{"ghcr.io/acme/worker:latest", "ghcr.io/acme/worker:${{ github.ref_name }}"}));
    QVERIFY(holds(edit->after, "cache-to: type=gha,mode=max,scope=${{ matrix.service }}\n"));
    QVERIFY(holds(edit->after, "built: ${{ matrix.service }}"));
}

void TestWorkflowForms::matricesThatStay_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("why");
    const std::string seeds = workflowText("native-digests.yml"), docs = workflowText("native-docs.yml");
    const auto row = [](const char* name, const std::string& text, const char* why) { QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(why); };
    row("no merge", workflowText("native-expression.yml"), "no job of this file merges");
    row("bake", workflowText("native-bake.yml"), "no job of this file merges");
    row("file by platform", replaced(seeds, "          labels:", "          file: Dockerfile.${{ matrix.arch }}\n          labels:"), "line 43 (Build and push by digest): 'file' differs by matrix.arch");
    row("tests on each machine", replaced(seeds, "      - name: Metadata\n", "      - run: make test-${{ runner.arch }}\n      - name: Metadata\n"), "line 28 depends on runner.arch");
    row("asks for its machine", replaced(seeds, "      - name: Metadata\n", "      - run: make test-$(uname -m)\n      - name: Metadata\n"), "line 28 asks the machine");
    row("rights", replaced(docs, "    permissions: *rights\n", "    permissions: {packages: write}\n"), "the job that merges has 'permissions' of its own");
    row("environment", replaced(seeds, "    needs: build\n", "    needs: build\n    environment: production\n"), "the job that merges has 'environment' of its own");
    row("always", replaced(docs, "04\n    if: github.event_name != 'pull_request'\n", "04\n    if: ${{ !cancelled() }}\n"), "the condition of the job that merges asks");
    row("shell's tag", replaced(seeds, "$(jq -cr '.tags | map(\"-t \" + .) | join(\" \")' <<< \"$DOCKER_METADATA_OUTPUT_JSON\")", "-t acme/service:$TODAY"),
        "line 96 (Create manifest list and push) can't be carried over: its tag acme/service:$TODAY");
    row("more in the script", replaced(seeds, "          docker buildx imagetools create", "          cosign sign it\n          docker buildx imagetools create"),
        "line 96 (Create manifest list and push) can't be carried over: it runs 'cosign' too");
    row("other readers", replaced(docs, "      - run: echo deployed", "      - uses: actions/download-artifact@v4\n      - run: echo deployed") + "", "");
}

void TestWorkflowForms::matricesThatStay()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, why);
    const auto edit = rollbackToQemu(text.toStdString(), runnerTable());
    QVERIFY2(edit.ok(), after(edit).c_str());
    const EditNote* kept = noteOf(edit->warnings, EditKind::MatrixKept);
    if (why.isEmpty()) { // it waits for the merging job only: nothing it could read is there either way
        QVERIFY(!kept);
        return;
    }
    QVERIFY2(kept, edit->after.c_str());
    QVERIFY2(QByteArray::fromStdString(kept->detail).startsWith(why), kept->detail.c_str());
    QVERIFY(parseWorkflow(edit->after)->jobs[0].matrix);
    QCOMPARE(int(edit->becomes.style), int(BuildStyle::Qemu));
}

void TestWorkflowForms::tablesAreMultiplied()
{
    MigrateOptions options;
    const auto edit = migrateToNative(workflowText("qemu-include.yml"), runnerTable(), options);
    QVERIFY2(edit.ok(), after(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    const auto legs = expandJobs(*workflow, runnerTable());
    Names built;
    for (const JobLeg& leg : legs->legs) {
        for (const BuildCall& build : leg.builds)
            built.push_back(leg.matrix["image"].get<std::string>() + " " + build.platforms.at(0).str() + " " + leg.runsOn.choices.at(0).at(0));
    }
    QCOMPARE(built, (Names{"api linux/amd64 ubuntu-latest", "api linux/arm64 ubuntu-24.04-arm", "worker linux/amd64 ubuntu-latest",
                           "worker linux/arm64 ubuntu-24.04-arm", "worker linux/riscv64 ubuntu-latest"}));
    // Each image is merged once, of the platforms it has.
    const WorkflowJob& merge = *workflow->job("merge");
    QCOMPARE(toJson(*merge.matrix), toJson(*parseWorkflow(edit->before)->jobs[0].matrix));
    QVERIFY(holds(edit->after, "PLATFORMS: ${{ matrix.platforms }}\n"));
    QVERIFY(holds(edit->after, "name: digests-build.${{ matrix.image }}.${{ matrix.arch }}\n"));
    const auto refused = migrateToNative(replaced(workflowText("qemu-include.yml"), "- image: api\n", "- image: api\n            runner: x\n"), runnerTable());
    QCOMPARE(QByteArray::fromStdString(after(refused)), QByteArray("refused: line 17, column 13: the matrix has 'runner' already: give it another name"));
    options.paths = {{{"linux", "arm64", {}}, {"arm/**"}}};
    QVERIFY(!migrateToNative(workflowText("qemu-include.yml"), runnerTable(), options).ok());
}

void TestWorkflowForms::scripts()
{
    const auto edit = migrateToNative(workflowText("qemu-shell.yml"), runnerTable());
    QVERIFY2(edit.ok(), after(edit).c_str());
    QVERIFY(holds(edit->after, "          # both machines at once\n"
                               "          docker buildx build \\\n"
                               "            --platform ${{ matrix.platform }} \\\n"
                               "            --build-arg VERSION=2 \\\n"
                               "            --label made.by=hand \\\n"
                               "            --output 'type=image,name=${{ env.IMAGE }},push-by-digest=true,name-canonical=true,push=true' --metadata-file \"$RUNNER_TEMP/build.json\" \\\n"
                               "            .\n"));
    const auto workflow = parseWorkflow(edit->after);
    const WorkflowJob& merge = *workflow->job("merge");
    const WorkflowStep& merging = *std::find_if(merge.steps.begin(), merge.steps.end(), [](const WorkflowStep& step) { return hasKey(step.env, "DIGESTS"); });
    QCOMPARE(textLines(valueOf(merging.env, "TAGS")), (Names{"${{ env.IMAGE }}:${{ github.ref_name }}", "${{ env.IMAGE }}:latest"}));
    QVERIFY2(std::any_of(merge.steps.begin(), merge.steps.end(), [](const WorkflowStep& step) { return holds(step.run, "docker login"); }), "it pushes, so it logs in");
    QVERIFY(!holds(edit->after, "binfmt"));
    QCOMPARE(workflow->job("notify")->needs, Names{"merge"});
}

void TestWorkflowForms::scriptsThatStay_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("with");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* what, const char* with, const char* says) { QTest::newRow(says) << QByteArray(what) << QByteArray(with) << QByteArray(says); };
    row("            .\n", "            .\n          docker buildx imagetools inspect $IMAGE:latest\n", "commands follow the build in the same script");
    row("            .\n", "            . && echo done\n", "other commands stand on the build's line");
    row("$IMAGE:latest", "$IMAGE:$(date)", "the tag $IMAGE:$(date) is known to this script alone");
    row("$IMAGE:latest", "$NAME:latest", "the tag $NAME:latest is known to this script alone");
    row("--push", "--push --load", "the build's option --load can't be carried over");
    row("          # both machines at once\n", "          docker buildx build -t other --push .\n", "a script with several builds");
    row("run: |\n          # both", "run: >\n          # both", "a script in quotes or folded");
}

void TestWorkflowForms::scriptsThatStay()
{
    QFETCH(QByteArray, what);
    QFETCH(QByteArray, with);
    QFETCH(QByteArray, says);
    const auto edit = migrateToNative(replaced(workflowText("qemu-shell.yml"), what.toStdString(), with.toStdString()), runnerTable());
    QVERIFY2(!edit.ok(), after(edit).c_str());
    QCOMPARE(int(edit.error().kind), int(ErrorKind::Unsupported));
    QVERIFY2(edit.error().detail.find("line 18, column 9: " + says.toStdString()) == 0, edit.error().detail.c_str());
}

void TestWorkflowForms::braces()
{
    const std::string before = workflowText("qemu-braces.yml");
    const auto edit = migrateToNative(before, runnerTable());
    QVERIFY2(edit.ok(), after(edit).c_str());
    QCOMPARE(edit->before, before);
    QVERIFY(holds(edit->after, "on: {push: {branches: [main]}}\n"));
    QVERIFY(holds(edit->after, "      - uses: docker/setup-buildx-action@v3 # the builder\n"));
    QVERIFY(holds(edit->after, "          context: \"services/${{ matrix.service }}\"\n"));
    QVERIFY(holds(edit->after, "      fail-fast: false\n      matrix:\n        service: [api, worker]\n"));
    for (const EditNote& note : edit->changes)
        QVERIFY2(note.line <= int(std::count(before.begin(), before.end(), '\n')), toString(note.kind));
    QVERIFY(noteOf(edit->changes, EditKind::WrittenOut));
}

void TestWorkflowForms::anchors()
{
    const auto edit = migrateToNative(workflowText("qemu-anchors.yml"), runnerTable());
    QVERIFY2(edit.ok(), after(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    // What the other job shared with the changed one it keeps as it was.
    QCOMPARE(workflow->job("docs")->runsOn->scalar, std::string("ubuntu-22.04"));
    QVERIFY(holds(edit->after, "    runs-on: &runner ${{ matrix.runner }}\n"));
    const WorkflowJob& docs = *workflow->job("docs");
    QCOMPARE(valueOf(docs.steps[1].with, "registry"), std::string("ghcr.io"));
    QVERIFY(holds(edit->after, "name: Log in # once for all\n"));
    for (const char* anchor : {"&rights", "&login", "&checkout", "&runner"})
        QVERIFY2(edit->after.find(anchor) == edit->after.rfind(anchor), anchor);
    QCOMPARE(valueOf(workflow->job("image-merge")->permissions.scopes, "packages"), std::string("write"));
    // An edit that touches nothing shared leaves anchors and aliases alone.
    const auto trial = withDispatch(workflowText("qemu-anchors.yml"), runnerTable());
    QVERIFY2(trial.ok(), after(trial).c_str());
    QCOMPARE(trial->after, replaced(workflowText("qemu-anchors.yml"), "on: push", "on: [push, workflow_dispatch]"));
}

void TestWorkflowForms::words()
{
    QCOMPARE(shellWords("a 'b c' \"d\"e $(f g) ${{ h i }}"), (Names{"a", "b c", "de", "$(f g)", "${{ h i }}"}));
    QCOMPARE(shellCommands("# no\na \\\n  b\n\nc\n"), (Names{"a  b", "c"}));
    QCOMPARE(shellToExpression("x/$A:${GITHUB_SHA}-${{ b }}", {"A"}), std::string("x/${{ env.A }}:${{ github.sha }}-${{ b }}"));
    for (const char* unknown : {"$B", "${A:-x}", "$(date)", "`date`", "$1", "a*"})
        QVERIFY2(shellToExpression(unknown, {"A"}).empty(), unknown);
}

QTEST_APPLESS_MAIN(TestWorkflowForms)
#include "test_workflow_forms.moc"
