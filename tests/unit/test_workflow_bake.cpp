// Migrating workflows that bake, and the way back.
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/build_images.h"
#include "analysis/workflow/workflow_edit.h"

#include <QtTest>

#include <algorithm>

#include "workflow_fixture.h"

using namespace layerline;
using layerline::test::runnerTable;
using layerline::test::workflowText;

class TestWorkflowBake : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asDockersDocumentation();
    void severalTargetsForDifferentPlatforms();
    void tagsOfTheWorkflow();
    void buildsThatAreNotPushed();
    void splitAlready();
    void refusals_data();
    void refusals();
    void thereAndBack_data();
    void thereAndBack();
    void dockersExampleBack();
    void matricesThatStay_data();
    void matricesThatStay();
    void filesNeeded();
};

namespace {

Result<WorkflowEdit> migrated(const std::string& text, MigrateOptions options = {})
{
    options.bake = test::bakeSources();
    return migrateToNative(text, runnerTable(), options);
}

std::string told(const Result<WorkflowEdit>& edit) { return edit ? edit->after : edit.error().detail; }

bool holds(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? std::string() : text.replace(at, what.size(), with);
}

std::string bakeStep(const std::string& inputs)
{
    return "on: push\njobs:\n  bake:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: docker/setup-qemu-action@v3\n      - uses: docker/bake-action@v6\n        with:\n" + inputs;
}

const WorkflowStep& stepOf(const Workflow& workflow, const char* job, ActionKind kind)
{
    const auto& steps = workflow.job(job)->steps;
    return *std::find_if(steps.begin(), steps.end(), [&](const WorkflowStep& step) { return step.kind == kind; });
}

} // namespace

void TestWorkflowBake::asDockersDocumentation()
{
    const auto edit = migrated(workflowText("qemu-bake.yml"));
    QVERIFY2(edit.ok(), told(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    QCOMPARE(valueOf(stepOf(*workflow, "bake", ActionKind::Bake).with, "set"),
             std::string("app.args.MODE=fast\n*.cache-from=type=gha,scope=app-${{ matrix.arch }}\n*.cache-to=type=gha,mode=max,scope=app-${{ matrix.arch }}\n"
                         "*.platform=${{ matrix.platform }}\n*.tags=ghcr.io/acme/app\n"
                         "*.output=type=image,push-by-digest=true,name-canonical=true,push=${{ github.event_name != 'pull_request' }}\n"));
    QVERIFY(!hasKey(stepOf(*workflow, "bake", ActionKind::Bake).with, "push"));
    QVERIFY(holds(edit->after, "      # The bake file says for which platforms.\n      - name: Build and push\n"));
    QVERIFY(holds(edit->after, "            cwd://${{ steps.meta.outputs.bake-file }}\n          targets: app\n"));
    QVERIFY(!holds(edit->after, "setup-qemu-action") && holds(edit->after, "fail-fast: false"));
    // The merging job has the bake files and the metadata, and asks bake for the tags.
    const WorkflowJob& merge = *workflow->job("bake-merge");
    QCOMPARE(merge.condition, std::string());
    QVERIFY(holds(edit->after, "docker buildx bake --print"));
    QCOMPARE(stepOf(*workflow, "bake-merge", ActionKind::Metadata).id, std::string("meta"));
    QVERIFY(std::any_of(merge.steps.begin(), merge.steps.end(), [](const WorkflowStep& step) { return step.kind == ActionKind::Checkout; }));
    QCOMPARE(workflow->job("deploy")->needs, std::vector<std::string>{"bake-merge"});
    const auto legs = expandJobs(*workflow, runnerTable());
    QCOMPARE(promisedOf(*legs, "ghcr.io/acme/app")->size(), std::size_t(2));
}

void TestWorkflowBake::severalTargetsForDifferentPlatforms()
{
    const auto edit = migrated(workflowText("qemu-bake-services.yml"));
    QVERIFY2(edit.ok(), told(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    const WorkflowStep& bake = stepOf(*workflow, "images", ActionKind::Bake);
    QCOMPARE(valueOf(bake.with, "targets"), std::string("${{ steps.build-names.outputs.targets }}"));
    QVERIFY(holds(valueOf(bake.with, "set"), "${{ steps.build-names.outputs.set }}\n"));
    QCOMPARE(bake.env, (TextMap{{"TAG", "${{ github.ref_name }}"}}));
    const auto& steps = workflow->job("images")->steps;
    const auto names = std::find_if(steps.begin(), steps.end(), [](const WorkflowStep& step) { return step.id == "build-names"; });
    QVERIFY(names != steps.end());
    QCOMPARE(names->env, (TextMap{{"ARCH", "${{ matrix.arch }}"}, {"PLATFORM", "${{ matrix.platform }}"}, {"TAG", "${{ github.ref_name }}"}, {"FILES", "services.hcl"}}));
    QVERIFY(names != steps.begin() && std::prev(names)->kind == ActionKind::Checkout); // there was none: the action read from git
    QVERIFY(holds(edit->after, "  REGISTRY: \"ghcr.io\" # of all images\n"));
    // Without the file its platforms are unknown, and it says so.
    const auto blind = migrateToNative(workflowText("qemu-bake-services.yml"), runnerTable());
    QVERIFY(!blind.ok());
    QVERIFY2(holds(blind.error().detail, "line 27, column 9: the platforms that job 'images' bakes can't be told"), blind.error().detail.c_str());
}

void TestWorkflowBake::tagsOfTheWorkflow()
{
    const std::string text = bakeStep("          push: true\n          targets: api,worker\n          set: |\n            *.platform=linux/amd64,linux/arm64\n            api.tags=ghcr.io/me/api:1\n"
                                      "            api.tags=ghcr.io/me/api:latest\n            worker.tags=ghcr.io/me/worker:${{ github.sha }}\n            *.args.X=1\n            *.output=type=image,compression=zstd,push=true\n"
                                      "            *.cache-to=type=registry,ref=ghcr.io/me/cache\n          files: services.hcl\n");
    const auto edit = migrated(text);
    QVERIFY2(edit.ok(), told(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    QCOMPARE(valueOf(stepOf(*workflow, "bake", ActionKind::Bake).with, "set"),
             std::string("*.args.X=1\n*.cache-to=type=registry,ref=ghcr.io/me/cache:cache-${{ matrix.arch }}\n*.platform=${{ matrix.platform }}\n"
                         "api.tags=ghcr.io/me/api\nworker.tags=ghcr.io/me/worker\n*.output=type=image,push-by-digest=true,name-canonical=true,push=true,compression=zstd\n"));
    QVERIFY(!holds(edit->after, "-names"));
    for (const PropertyDifference& difference : edit->differences)
        QVERIFY2(difference.property == WorkflowProperty::Caches || difference.property == WorkflowProperty::Runners, toString(difference.property));
    QVERIFY(std::any_of(edit->changes.begin(), edit->changes.end(), [](const EditNote& note) { return note.kind == EditKind::CacheScoped; }));
    MigrateOptions options;
    options.extraPlatforms = {{"linux", "riscv64", {}}};
    const auto more = migrated(text, options);
    QVERIFY2(more.ok(), told(more).c_str());
    QVERIFY(holds(more->after, "*.platform=linux/amd64,linux/arm64,linux/riscv64\n"));
}

void TestWorkflowBake::buildsThatAreNotPushed()
{
    const auto edit = migrated(bakeStep("          set: |\n            *.platform=linux/amd64,linux/arm64\n            *.cache-from=type=gha\n"));
    QVERIFY2(edit.ok(), told(edit).c_str());
    const auto workflow = parseWorkflow(edit->after);
    QCOMPARE(workflow->jobs.size(), std::size_t(1));
    QCOMPARE(valueOf(stepOf(*workflow, "bake", ActionKind::Bake).with, "set"), std::string("*.cache-from=type=gha,scope=bake-${{ matrix.arch }}\n*.platform=${{ matrix.platform }}\n"));
}

/// A leg a platform, all on one machine: it only moves.
void TestWorkflowBake::splitAlready()
{
    const std::string text = replaced(replaced(replaced(workflowText("native-bake.yml"), "            os: ubuntu-24.04-arm\n", "            os: ubuntu-24.04\n"),
                                               "      - uses: docker/setup-buildx-action@v3\n", "      - uses: docker/setup-qemu-action@v3\n      - uses: docker/setup-buildx-action@v3\n"),
                                      "scope=bake-${{ matrix.platform }}", "scope=bake");
    const auto edit = migrated(replaced(text, "scope=bake-${{ matrix.platform }}", "scope=bake"));
    QVERIFY2(edit.ok(), told(edit).c_str());
    QCOMPARE(QByteArray(toString(edit->becomes.style)), QByteArray("native-matrix"));
    QVERIFY(scopeCollisions(edit->becomes.cacheWriters).empty());
    MigrateOptions options;
    options.warmCron = "1 2 * * *";
    QVERIFY(!migrated(text, options));
}

void TestWorkflowBake::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const std::string& inputs, const char* says) {
        QTest::newRow(name) << QByteArray::fromStdString(bakeStep(inputs)) << QByteArray("line 8, column 9: ") + says;
    };
    const std::string both = "            *.platform=linux/amd64,linux/arm64\n", push = "          push: true\n", set = push + "          set: |\n" + both;
    row("another repository's", "          source: https://github.com/other/repo.git\n" + set, "the bake file is another repository's");
    row("a file of the run", "          files: |\n            cwd://${{ runner.temp }}/made.json\n" + set, "the bake file cwd://${{ runner.temp }}/made.json is made while the job runs");
    row("another output", set + "            *.output=type=local,dest=out\n", "the output type=local,dest=out besides a pushed image");
    row("an output for one", set + "            api.output=type=registry\n", "an output for some targets only: give 'api' a step of its own");
    row("no setting", set + "            nonsense\n", "'nonsense' among `set`");
    row("no tags", "          targets: _service\n          files: services.hcl\n" + push, "target '_service' is pushed without tags");
    row("no such target", "          targets: gone\n" + push, "the platforms that job 'bake' bakes can't be told (there is no target 'gone')");
    row("no platforms", "          files: some.hcl\n" + push, "target 'docs' names no platforms and others do: name its platforms in the bake file");
    row("platforms of one by a setting", "          files: some.hcl\n" + push + "          set: app.platform=linux/amd64,linux/arm64\n", "the platforms that job 'bake' bakes can't be told");
    row("targets of the run", "          targets: ${{ inputs.target }}\n" + push, "the platforms that job 'bake' bakes can't be told");
    row("a file that is not there", "          files: other.hcl\n" + push, "the platforms that job 'bake' bakes can't be told (other.hcl is not at hand)");
    QTest::newRow("warming by a script") << QByteArray("on: push\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/setup-qemu-action@v3\n      - run: docker buildx bake --push\n")
                                         << QByteArray("line 7, column 9: bake in a script");
}

void TestWorkflowBake::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    BakeSources files = test::bakeSources();
    files["some.hcl"] = "group \"default\" { targets = [\"app\", \"docs\"] }\ntarget \"app\" {\n  tags = [\"me/app\"]\n  platforms = [\"linux/amd64\", \"linux/arm64\"]\n}\ntarget \"docs\" { tags = [\"me/docs\"] }\n";
    MigrateOptions options;
    options.bake = files;
    const auto edit = migrateToNative(text.toStdString(), runnerTable(), options);
    QVERIFY2(!edit.ok(), told(edit).c_str());
    QVERIFY(edit.error().kind == ErrorKind::Unsupported);
    QVERIFY2(QByteArray::fromStdString(edit.error().detail).startsWith(says), edit.error().detail.c_str());
}

void TestWorkflowBake::thereAndBack_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("set");
    QTest::addColumn<QByteArray>("targets");
    QTest::newRow("metadata") << QByteArray::fromStdString(workflowText("qemu-bake.yml"))
                              << QByteArray("*.platform=linux/amd64,linux/arm64\napp.args.MODE=fast\n*.cache-from=type=gha,scope=app-amd64\n*.cache-from=type=gha,scope=app-arm64\n"
                                            "*.cache-from=type=gha,scope=app\n*.cache-to=type=gha,mode=max,scope=app\n")
                              << QByteArray("app");
    QTest::newRow("services") << QByteArray::fromStdString(workflowText("qemu-bake-services.yml")) << QByteArray() << QByteArray();
    QTest::newRow("own tags") << QByteArray::fromStdString(bakeStep("          push: true\n          files: services.hcl\n          targets: api, worker\n          set: |\n            *.platform=linux/amd64,linux/arm64\n"
                                                                    "            *.tags=ghcr.io/me/all:1\n"))
                              << QByteArray("*.platform=linux/amd64,linux/arm64\n*.tags=ghcr.io/me/all:1\n") << QByteArray("api, worker");
}

void TestWorkflowBake::thereAndBack()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, set);
    QFETCH(QByteArray, targets);
    const auto there = migrated(text.toStdString());
    QVERIFY2(there.ok(), told(there).c_str());
    RollbackOptions options;
    options.addDispatch = false;
    const auto back = rollbackToQemu(there->after, runnerTable(), options);
    QVERIFY2(back.ok(), told(back).c_str());
    const auto before = parseWorkflow(text.toStdString()), workflow = parseWorkflow(back->after);
    for (const EditNote& note : back->warnings)
        QVERIFY2(note.kind != EditKind::MatrixKept, note.detail.c_str());
    QVERIFY(workflow.ok());
    QCOMPARE(workflow->jobs.size(), before->jobs.size());
    const std::string job = before->jobs[0].id;
    const WorkflowStep& bake = stepOf(*workflow, job.c_str(), ActionKind::Bake);
    QCOMPARE(QByteArray::fromStdString(valueOf(bake.with, "set")), set);
    QCOMPARE(QByteArray::fromStdString(valueOf(bake.with, "targets")), targets);
    QCOMPARE(valueOf(bake.with, "push"), valueOf(stepOf(*before, job.c_str(), ActionKind::Bake).with, "push"));
    QVERIFY(!holds(back->after, "bake --print") && !holds(back->after, "push-by-digest") && holds(back->after, "setup-qemu-action"));
    // No step is left that only the migration had a use for.
    for (const WorkflowStep& step : workflow->jobs[0].steps) {
        const auto& old = before->jobs[0].steps;
        QVERIFY2(std::any_of(old.begin(), old.end(), [&](const WorkflowStep& each) { return each.kind == step.kind; }), step.uses ? step.uses->name.c_str() : step.run.c_str());
    }
    QCOMPARE(workflow->jobs[0].steps.size(), before->jobs[0].steps.size());
    // With its bake files it is what it was.
    const BakeSources files = test::bakeSources();
    const auto oldLegs = expandJobs(*before, runnerTable(), {}, &files), newLegs = expandJobs(*workflow, runnerTable(), {}, &files);
    QVERIFY(summarise(*oldLegs).promised == summarise(*newLegs).promised);
    QCOMPARE(QByteArray(toString(summarise(*newLegs).style)), QByteArray("qemu"));
    QCOMPARE(newLegs->legs[0].builds[0].tags, oldLegs->legs[0].builds[0].tags);
}

namespace {

/// The form of docker's documentation, with tags for the merging job to give.
std::string documented(const std::string& files, const std::string& merge)
{
    return "on: push\njobs:\n  build:\n    runs-on: ${{ matrix.runner }}\n    strategy:\n      fail-fast: false\n      matrix:\n        include:\n"
           "          - platform: linux/amd64\n            runner: ubuntu-24.04\n          - platform: linux/arm64\n            runner: ubuntu-24.04-arm\n    steps:\n      - uses: actions/checkout@v4\n"
           "      - id: meta\n        uses: docker/metadata-action@v5\n        with:\n          images: user/app\n"
           "      - name: Build\n        id: bake\n        uses: docker/bake-action@v6\n        with:\n          files: |\n            ./docker-bake.hcl\n" + files +
           "          targets: app\n          set: |\n            *.tags=user/app\n            *.platform=${{ matrix.platform }}\n            *.output=type=image,push-by-digest=true,name-canonical=true,push=true\n"
           "      - name: Export digest\n        run: |\n          mkdir -p /tmp/digests\n          digest=\"${{ fromJSON(steps.bake.outputs.metadata).app['containerimage.digest'] }}\"\n"
           "          touch \"/tmp/digests/${digest#sha256:}\"\n      - uses: actions/upload-artifact@v4\n        with:\n          name: digests-${{ matrix.runner }}\n          path: /tmp/digests/*\n"
           "  merge:\n    runs-on: ubuntu-latest\n    needs: build\n    steps:\n      - uses: actions/download-artifact@v4\n        with:\n          path: /tmp/digests\n          pattern: digests-*\n          merge-multiple: true\n"
           + merge;
}

const char* const ownTag = "      - name: Create manifest list and push\n        working-directory: /tmp/digests\n        run: |\n          docker buildx imagetools create -t user/app:latest $(printf 'user/app@sha256:%s ' *)\n";
const char* const metadataTags = "      - id: meta\n        uses: docker/metadata-action@v5\n        with:\n          images: user/app\n      - name: Create manifest list and push\n        working-directory: /tmp/digests\n        run: |\n"
                                 "          docker buildx imagetools create $(jq -cr '.tags | map(\"-t \" + .) | join(\" \")' <<< \"$DOCKER_METADATA_OUTPUT_JSON\") $(printf 'user/app@sha256:%s ' *)\n";
const char* const metadataFile = "            cwd://${{ steps.meta.outputs.bake-file }}\n";

} // namespace

void TestWorkflowBake::dockersExampleBack()
{
    const auto own = rollbackToQemu(documented("", ownTag), runnerTable());
    QVERIFY2(own.ok() && own->after.find("strategy") == std::string::npos, told(own).c_str());
    const auto workflow = parseWorkflow(own->after);
    QCOMPARE(workflow->jobs.size(), std::size_t(1));
    const WorkflowStep& bake = stepOf(*workflow, "build", ActionKind::Bake);
    QCOMPARE(valueOf(bake.with, "set"), std::string("*.platform=linux/amd64,linux/arm64\n*.tags=user/app:latest\n"));
    QCOMPARE(valueOf(bake.with, "push"), std::string("true"));
    const auto metadata = rollbackToQemu(documented(metadataFile, metadataTags), runnerTable());
    QVERIFY2(metadata.ok(), told(metadata).c_str());
    const auto read = parseWorkflow(metadata->after);
    QCOMPARE(read->jobs.size(), std::size_t(1));
    QCOMPARE(valueOf(stepOf(*read, "build", ActionKind::Bake).with, "set"), std::string("*.platform=linux/amd64,linux/arm64\n"));
    QVERIFY(!holds(metadata->after, "upload-artifact") && !holds(metadata->after, "Export digest"));
}

void TestWorkflowBake::matricesThatStay_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const std::string& text, const char* why) { QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(why); };
    row("no metadata in the bake", documented("", metadataTags), "the tags are those of a metadata step whose file is not baked");
    row("other metadata", replaced(documented(metadataFile, metadataTags), "          images: user/app\n      - name: Create", "          images: user/app\n          tags: type=sha\n      - name: Create"),
        "the metadata steps of the two jobs differ");
    row("a file by platform", replaced(documented("", ownTag), "./docker-bake.hcl", "./${{ matrix.platform }}.hcl"), "line 19: 'files' differs by matrix.platform");
    row("arguments by platform", replaced(documented("", ownTag), "            *.tags", "            *.args.P=${{ matrix.runner }}\n            *.tags"),
        "line 19: '*.args.P=${{ matrix.runner }}' differs by matrix.runner");
    row("several names", replaced(documented("", ownTag), "            *.tags=user/app\n", "            app.tags=user/app\n            tool.tags=user/tool\n"), "line 19: it can't be told which target");
}

void TestWorkflowBake::matricesThatStay()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, why);
    const auto edit = rollbackToQemu(text.toStdString(), runnerTable());
    QVERIFY2(edit.ok(), told(edit).c_str());
    const auto kept = std::find_if(edit->warnings.begin(), edit->warnings.end(), [](const EditNote& note) { return note.kind == EditKind::MatrixKept; });
    QVERIFY(kept != edit->warnings.end());
    QVERIFY2(QByteArray::fromStdString(kept->detail).startsWith(why), kept->detail.c_str());
}

void TestWorkflowBake::filesNeeded()
{
    BakeSources known;
    QCOMPARE(bakeFilesNeeded(workflowText("qemu-bake.yml"), known), std::vector<std::string>{"docker-bake.hcl"});
    const std::string inFolder = bakeStep("          workdir: images\n          push: true\n");
    QCOMPARE(bakeFilesNeeded(inFolder, known), std::vector<std::string>{"images/"});
    known["images/"] = "docker-bake.json\nother.txt";
    QCOMPARE(bakeFilesNeeded(inFolder, known), std::vector<std::string>{"images/docker-bake.json"});
    known["images/docker-bake.json"] = std::nullopt;
    QVERIFY(bakeFilesNeeded(inFolder, known).empty());
    QVERIFY(bakeFilesNeeded(bakeStep("          files: ../../etc/passwd\n"), {}).empty());
    QVERIFY(bakeFilesNeeded("no workflow", {}).empty());
}

QTEST_GUILESS_MAIN(TestWorkflowBake)
#include "test_workflow_bake.moc"
