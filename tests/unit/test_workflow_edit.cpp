#include "analysis/workflow/action_table.h"
#include "analysis/workflow/workflow_edit.h"

#include <QDir>
#include <QtTest>

#include "workflow_fixture.h"

using namespace layerline;
using test::runnerTable;
using test::workflowText;

class TestWorkflowEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rollbacks_data();
    void rollbacks();
    void migrations_data();
    void migrations();
    void refusals_data();
    void refusals();
    void nothingElseChanges();
    void commentsStay();
    void andBackAgain();
    void trialsPublishNothing();
    void dispatchInEveryForm_data();
    void dispatchInEveryForm();
    void migrationKeepsTheFollowers();
    void migrationOptions();
    void warmingPublishesNothing();
    void warningsComeFirst();
    void permissions();
};

namespace {

using Property = WorkflowProperty;
using Names = std::vector<std::string>;

QByteArray differing(const WorkflowEdit& edit)
{
    QByteArray text;
    for (const PropertyDifference& difference : edit.differences)
        text += (text.isEmpty() ? "" : " ") + QByteArray(toString(difference.property));
    return text;
}

std::string platforms(const BuildSummary& summary)
{
    std::string text;
    for (const Platform& platform : summary.promised)
        text += (text.empty() ? "" : " ") + platform.shortName();
    return text;
}

bool has(const std::vector<EditNote>& notes, EditKind kind, const std::string& detail = {})
{
    return std::any_of(notes.begin(), notes.end(), [&](const EditNote& note) { return note.kind == kind && (detail.empty() || note.detail == detail); });
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    for (const QByteArray& line : QByteArray::fromStdString(text).split('\n'))
        lines.push_back(line.toStdString());
    return lines;
}

WorkflowEdit migrated(const char* file, const MigrateOptions& options = {})
{
    auto edit = migrateToNative(workflowText(file), runnerTable(), options);
    return edit ? *edit : WorkflowEdit();
}

} // namespace

void TestWorkflowEdit::rollbacks_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("differs");
    const auto row = [](const char* file, const char* before, const char* after, const char* differs) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(before) << QByteArray(after) << QByteArray(differs);
    };
    row("native-digests.yml", "native-matrix", "qemu", "triggers caches runners");
    row("native-docs.yml", "native-matrix", "qemu", "triggers runners");
    row("native-services.yml", "native-matrix", "qemu", "triggers caches runners");
    row("native-expression.yml", "native-matrix", "qemu", "triggers runners");
    row("native-jobs.yml", "native-matrix", "qemu", "triggers runners");
    row("native-crlf.yml", "native-matrix", "qemu", "triggers runners");
    row("native-bake.yml", "native-matrix", "qemu", "triggers runners");
    row("mixed.yml", "mixed", "qemu", "triggers runners");
    row("github-builder.yml", "native-matrix", "qemu", "triggers caches runners");
    row("github-builder-bake.yml", "unknown", "unknown", "");
    row("reusable.yml", "unknown", "unknown", "runners");
}

void TestWorkflowEdit::rollbacks()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, differs);
    const std::string text = workflowText(file);
    const auto edit = rollbackToQemu(text, runnerTable());
    QVERIFY2(edit.ok(), edit.ok() ? "" : edit.error().detail.c_str());
    QCOMPARE(edit->before, text);
    QVERIFY(edit->after != text);
    QCOMPARE(QByteArray(toString(edit->was.style)), before);
    QCOMPARE(QByteArray(toString(edit->becomes.style)), after);
    QCOMPARE(platforms(edit->becomes), platforms(edit->was));
    QCOMPARE(differing(*edit), differs);
    QVERIFY(edit->becomes.unknownLabels.empty());
    QVERIFY(!edit->changes.empty());
    for (const EditNote& note : edit->changes)
        QVERIFY(!isWarning(note.kind));
    for (const EditNote& note : edit->warnings)
        QVERIFY(isWarning(note.kind));
    QVERIFY(!rollbackToQemu(edit->after, runnerTable()).ok() || after == "unknown");
}

void TestWorkflowEdit::migrations_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("differs");
    const auto row = [](const char* file, const char* after, const char* differs) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(after) << QByteArray(differs);
    };
    row("qemu-dockerhub.yml", "native-matrix", "caches runners");
    row("qemu-ghcr-metadata.yml", "native-matrix", "caches runners");
    row("qemu-distribute.yml", "mixed", "caches runners");
    row("qemu-ecr-oidc.yml", "native-matrix", "caches runners");
    row("qemu-ecr-keys.yml", "native-matrix", "caches runners");
    row("qemu-registries.yml", "mixed", "runners");
    row("qemu-include.yml", "mixed", "caches runners");
    row("qemu-shell.yml", "native-matrix", "runners");
    row("qemu-script.yml", "native-matrix", "caches runners");
    row("qemu-braces.yml", "native-matrix", "runners");
    row("qemu-anchors.yml", "native-matrix", "runners");
    row("qemu-bake.yml", "native-matrix", "caches runners");
    row("qemu-bake-services.yml", "native-matrix", "caches runners");
}

void TestWorkflowEdit::migrations()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, differs);
    const std::string text = workflowText(file);
    MigrateOptions options;
    options.bake = test::bakeSources();
    const auto edit = migrateToNative(text, runnerTable(), options);
    QVERIFY2(edit.ok(), edit.ok() ? "" : edit.error().detail.c_str());
    QCOMPARE(edit->before, text);
    QCOMPARE(QByteArray(toString(edit->becomes.style)), after);
    QCOMPARE(platforms(edit->becomes), platforms(edit->was));
    QCOMPARE(differing(*edit), differs);
    QVERIFY(scopeCollisions(edit->becomes.cacheWriters).empty());
    QVERIFY(edit->after.find("fail-fast: false") != std::string::npos);
    const auto workflow = parseWorkflow(edit->after);
    const auto legs = expandJobs(*workflow, runnerTable());
    QVERIFY(std::any_of(legs->legs.begin(), legs->legs.end(), [](const JobLeg& leg) { return leg.merges; }));
    for (const JobLeg& leg : legs->legs) {
        for (const BuildCall& build : leg.builds) {
            QCOMPARE(build.platforms.size(), std::size_t(1));
            QVERIFY(build.pushByDigest);
        }
    }
}

void TestWorkflowEdit::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("rollback");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("says");
    const auto file = [](const char* name, bool rollback, ErrorKind kind, const char* says) {
        QTest::newRow(qPrintable(QString::fromLatin1(name) + (rollback ? QStringLiteral(" back") : QStringLiteral(" over"))))
            << QByteArray::fromStdString(workflowText(name)) << rollback << int(kind) << QByteArray(says);
    };
    file("qemu-dockerhub.yml", true, ErrorKind::NotFound, "no build of this workflow runs on a native runner");
    file("cross.yml", true, ErrorKind::NotFound, "no build");
    file("caller.yml", true, ErrorKind::NotFound, "the builds are in ./.github/workflows/reusable.yml");
    file("native-digests.yml", false, ErrorKind::NotFound, "no build of this workflow is emulated");
    const auto text = [](const char* name, const std::string& yaml, bool rollback, const char* says) {
        QTest::newRow(name) << QByteArray::fromStdString(yaml) << rollback << int(ErrorKind::Unsupported) << QByteArray(says);
    };
    text("script without a platform",
         "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        r: [ubuntu-latest, ubuntu-24.04-arm]\n    runs-on: ${{ matrix.r }}\n    steps:\n      - run: docker build . -t x\n", true,
         "line 9, column 9: this build takes its platform from the runner");
    text("braces with comments",
         "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - {uses: docker/setup-qemu-action@v3}\n      - uses: docker/build-push-action@v6\n        with: {platforms: "
         "'linux/amd64,linux/arm64', # both\n               push: true, tags: a/b:c}\n", false, "line 8, column 15: a map in braces");
    text("no tags",
         "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/setup-qemu-action@v3\n      - uses: docker/build-push-action@v6\n        with:\n          platforms: "
         "linux/amd64,linux/arm64\n          push: true\n", false, "line 7, column 9: a build that is pushed without tags");
    text("platforms of a run",
         "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/setup-qemu-action@v3\n      - uses: docker/build-push-action@v6\n        with:\n          platforms: "
         "linux/arm64,${{ vars.MORE }}\n          push: true\n          tags: a/b:c\n      - uses: docker/build-push-action@v6\n        with:\n          platforms: linux/arm64\n", false,
         "line 3, column 3: the platforms of job 'a'");
}

void TestWorkflowEdit::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, rollback);
    QFETCH(int, kind);
    QFETCH(QByteArray, says);
    const auto edit = rollback ? rollbackToQemu(text.toStdString(), runnerTable()) : migrateToNative(text.toStdString(), runnerTable());
    QVERIFY2(!edit.ok(), edit.ok() ? edit->after.c_str() : "");
    QVERIFY2(QByteArray::fromStdString(edit.error().detail).startsWith(says), edit.error().detail.c_str());
    QCOMPARE(int(edit.error().kind), kind);
}

/// Every line of the old text that is not named by a change is in the new one, in the old order.
void TestWorkflowEdit::nothingElseChanges()
{
    RollbackOptions apart;
    apart.keepMatrix = true;
    const auto edit = rollbackToQemu(workflowText("native-digests.yml"), runnerTable(), apart);
    std::string expected = edit->before;
    const auto replace = [&](const char* what, const char* with) {
        const std::size_t at = expected.find(what);
        QVERIFY(at != std::string::npos);
        expected.replace(at, std::string(what).size(), with);
    };
    replace("      - main\n", "      - main\n  workflow_dispatch:\n");
    replace("    runs-on: ${{ matrix.runner }}\n", "    runs-on: ubuntu-latest\n");
    replace("      - name: Set up Docker Buildx\n",
            "      - name: Set up QEMU\n        uses: docker/setup-qemu-action@v3\n        with:\n          platforms: arm64\n\n      - name: Set up Docker Buildx\n");
    QCOMPARE(QByteArray::fromStdString(edit->after), QByteArray::fromStdString(expected));
    const std::string windows = rollbackToQemu(workflowText("native-crlf.yml"), runnerTable())->after;
    QCOMPARE(std::count(windows.begin(), windows.end(), '\n'), std::count(windows.begin(), windows.end(), '\r'));
}

void TestWorkflowEdit::commentsStay()
{
    const QDir folder(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/workflows"));
    int comments = 0;
    for (const QString& name : folder.entryList({QStringLiteral("*.yml")}, QDir::Files)) {
        const std::string text = workflowText(qPrintable(name));
        RollbackOptions apart; // what stood in a matrix that goes, goes with it
        apart.keepMatrix = true;
        for (const auto& edit : {rollbackToQemu(text, runnerTable(), apart), migrateToNative(text, runnerTable())}) {
            if (!edit)
                continue;
            for (const std::string& line : linesOf(text)) {
                const std::size_t sign = line.find("# ");
                if (sign == std::string::npos)
                    continue;
                ++comments;
                QVERIFY2(edit->after.find(line.substr(sign)) != std::string::npos, line.c_str());
            }
        }
    }
    QVERIFY(comments >= 5);
}

void TestWorkflowEdit::andBackAgain()
{
    for (const char* file : {"qemu-dockerhub.yml", "qemu-ghcr-metadata.yml", "qemu-ecr-oidc.yml", "qemu-ecr-keys.yml", "qemu-registries.yml", "qemu-distribute.yml"}) {
        const WorkflowEdit native = migrated(file);
        const auto back = rollbackToQemu(native.after, runnerTable());
        QVERIFY2(back.ok(), file);
        QCOMPARE(int(back->becomes.style), int(BuildStyle::Qemu));
        QCOMPARE(platforms(back->becomes), platforms(native.was));
        for (const PropertyDifference& difference : back->differences)
            QVERIFY2(difference.property == Property::Triggers || difference.property == Property::Runners || difference.property == Property::Caches, toString(difference.property));
    }
}

void TestWorkflowEdit::trialsPublishNothing()
{
    const QDir folder(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/workflows"));
    int switchedOff = 0;
    for (const QString& name : folder.entryList({QStringLiteral("*.yml")}, QDir::Files)) {
        const auto trial = withoutPublishing(workflowText(qPrintable(name)), runnerTable());
        QVERIFY2(trial.ok(), qPrintable(name + QStringLiteral(": ") + QString::fromStdString(trial.ok() ? "" : trial.error().detail)));
        const auto workflow = parseWorkflow(trial->after);
        const auto legs = expandJobs(*workflow, runnerTable());
        for (const JobLeg& leg : legs->legs) {
            for (const BuildCall& build : leg.builds)
                QVERIFY2(!build.pushes, qPrintable(name));
        }
        QCOMPARE(platforms(trial->becomes), platforms(trial->was));
        switchedOff += has(trial->changes, EditKind::PublishingOff);
        if (name == QLatin1String("caller.yml"))
            QVERIFY(has(trial->warnings, EditKind::PublishesAnyway));
    }
    QVERIFY(switchedOff >= 14);
}

void TestWorkflowEdit::dispatchInEveryForm_data()
{
    QTest::addColumn<QByteArray>("on");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* on, const char* after) { QTest::newRow(on) << QByteArray(on) << QByteArray(after); };
    row("on: push\n", "on: [push, workflow_dispatch]\n");
    row("on: [push, pull_request]\n", "on: [push, pull_request, workflow_dispatch]\n");
    row("on:\n  - push\n  - release\n", "on:\n  - push\n  - release\n  - workflow_dispatch\n");
    row("on:\n  push:\n", "on:\n  push:\n  workflow_dispatch:\n");
    row("on:\n    push:\n        branches: [a]   # c\n\n", "on:\n    push:\n        branches: [a]   # c\n    workflow_dispatch:\n\n");
    row("on: {push: {tags: [v]}}\n", "on: {push: {tags: [v]}, workflow_dispatch: null}\n");
    row("'on': push\n", "'on': [push, workflow_dispatch]\n");
    row("on: workflow_dispatch\n", "on: workflow_dispatch\n");
}

void TestWorkflowEdit::dispatchInEveryForm()
{
    QFETCH(QByteArray, on);
    QFETCH(QByteArray, after);
    const std::string rest = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: x\n";
    const auto edit = withDispatch(on.toStdString() + rest, runnerTable());
    QVERIFY2(edit.ok(), edit.ok() ? "" : edit.error().detail.c_str());
    QCOMPARE(QByteArray::fromStdString(edit->after), after + QByteArray::fromStdString(rest));
    QVERIFY(parseWorkflow(edit->after)->trigger("workflow_dispatch"));
    QCOMPARE(has(edit->changes, EditKind::DispatchAdded), on != after);
}

void TestWorkflowEdit::migrationKeepsTheFollowers()
{
    const WorkflowEdit edit = migrated("qemu-ghcr-metadata.yml");
    const auto workflow = parseWorkflow(edit.after);
    QVERIFY(workflow.ok());
    const WorkflowJob& merge = *workflow->job("image-merge");
    QCOMPARE(merge.needs, (Names{"image", "test"}));
    QCOMPARE(workflow->job("deploy")->needs, (Names{"test", "image-merge"}));
    QVERIFY(edit.after.find("needs.image.") == std::string::npos);
    QVERIFY(edit.after.find("${{ needs.image-merge.outputs.digest }}") != std::string::npos);
    // The job is awaited: in pull requests it runs, its steps do not.
    QVERIFY(merge.condition.empty());
    const auto step = [&](const char* id) {
        return *std::find_if(merge.steps.begin(), merge.steps.end(), [&](const WorkflowStep& s) { return s.id == id; });
    };
    QCOMPARE(step("push").condition, std::string("${{ github.event_name != 'pull_request' }}"));
    QCOMPARE(valueOf(step("push").env, "TAGS"), std::string("${{ steps.meta.outputs.tags }}"));
    QCOMPARE(merge.steps.back().name, std::string("Attest"));
    QCOMPARE(valueOf(merge.permissions.scopes, "attestations"), std::string("write"));
    QVERIFY(!workflow->job("image")->entry->value->find("outputs"));
    QVERIFY(merge.entry->value->find("outputs")->find("version"));
    // A job nobody waits for is skipped as a whole.
    std::string alone = workflowText("qemu-ghcr-metadata.yml");
    alone.erase(alone.find("\n  deploy:"));
    alone.erase(alone.find("    outputs:"), std::string("    outputs:\n      digest: ${{ steps.push.outputs.digest }}\n      version: ${{ steps.meta.outputs.version }}\n").size());
    const auto skipped = migrateToNative(alone, runnerTable());
    QVERIFY2(skipped.ok(), skipped.ok() ? "" : skipped.error().detail.c_str());
    QCOMPARE(parseWorkflow(skipped->after)->job("image-merge")->condition, std::string("${{ github.event_name != 'pull_request' }}"));
}

void TestWorkflowEdit::migrationOptions()
{
    MigrateOptions options;
    options.extraPlatforms = {{"linux", "riscv64", {}}, {"linux", "arm", "v7"}};
    options.runners["arm64"] = "our-arm";
    const WorkflowEdit edit = migrated("qemu-ecr-oidc.yml", options);
    QCOMPARE(platforms(edit.becomes), std::string("amd64 arm/v7 arm64 riscv64"));
    QVERIFY(edit.after.find("runner: our-arm\n") != std::string::npos);
    QVERIFY(edit.after.find("        if: ${{ matrix.qemu }}\n") != std::string::npos);
    QVERIFY(edit.after.find("platforms: riscv64,arm/v7\n") != std::string::npos);
    QVERIFY(edit.after.find("arch: arm-v7\n") != std::string::npos);
    options = {};
    options.paths = {{{"linux", "arm64", {}}, {"docker/arm64/**"}}};
    const WorkflowEdit paths = migrated("qemu-ghcr-metadata.yml", options);
    const auto workflow = parseWorkflow(paths.after);
    QCOMPARE(workflow->job("image")->needs, (Names{"changes", "test"}));
    QCOMPARE(platforms(paths.becomes), std::string("amd64 arm64"));
    QVERIFY(paths.becomes.promisedOpen);
    const std::string pushing = "on: [push, pull_request]\n" + workflowText("qemu-dockerhub.yml").substr(workflowText("qemu-dockerhub.yml").find("jobs:"));
    QCOMPARE(int(migrateToNative(pushing, runnerTable(), options).error().kind), int(ErrorKind::Unsupported));
    options = {};
    options.cheapest = true;
    RunnerTable dear = runnerTable();
    for (RunnerLabel& label : dear.labels) {
        if (label.label == "ubuntu-24.04-arm")
            label.price = 1;
    }
    QVERIFY(migrateToNative(workflowText("qemu-dockerhub.yml"), dear, options)->after.find("runner: ubuntu-22.04-arm\n") != std::string::npos);
}

void TestWorkflowEdit::warmingPublishesNothing()
{
    MigrateOptions options;
    options.warmCron = "17 3 * * 1-5";
    const auto edit = migrateToNative(workflowText("qemu-dockerhub.yml"), runnerTable(), options);
    QVERIFY(edit.ok());
    QVERIFY(edit->after.find("  schedule:\n    - cron: '17 3 * * 1-5'\n") != std::string::npos);
    QVERIFY(edit->after.find("push=${{ github.event_name != 'schedule' }}") != std::string::npos);
    QCOMPARE(parseWorkflow(edit->after)->job("merge")->condition, std::string("${{ github.event_name != 'schedule' }}"));
    QCOMPARE(int(migrateToNative(workflowText("qemu-registries.yml"), runnerTable(), options).error().kind), int(ErrorKind::Unsupported));
    std::string list = workflowText("qemu-distribute.yml");
    const auto turned = migrateToNative(workflowText("qemu-ecr-keys.yml"), runnerTable(), options);
    QVERIFY(turned.ok() && parseWorkflow(turned->after)->trigger("schedule"));
    // Events in every form, and both at once.
    options.addDispatch = true;
    const std::string jobs = workflowText("qemu-anchors.yml").substr(workflowText("qemu-anchors.yml").find("jobs:"));
    for (const char* on : {"on: push\n", "on: [push, release]\n", "on: {push: {branches: [main]}}\n", "on:\n  push:\n"}) {
        const auto timed = migrateToNative(on + jobs, runnerTable(), options);
        QVERIFY2(timed.ok(), on);
        const auto workflow = parseWorkflow(timed->after);
        QCOMPARE(workflow->trigger("schedule")->config.dump(), std::string(R"([{"cron":"17 3 * * 1-5"}])"));
        QVERIFY(workflow->trigger("workflow_dispatch") && workflow->trigger("push"));
    }
    options.addDispatch = false;
    // Of a matrix that was there already, too.
    const auto fromList = migrateToNative(list, runnerTable(), options);
    QVERIFY2(fromList.ok(), fromList.ok() ? "" : fromList.error().detail.c_str());
    QVERIFY(fromList->after.find("push=${{ github.event_name != 'schedule' }}") != std::string::npos);
    QCOMPARE(parseWorkflow(fromList->after)->job("merge")->condition, std::string("${{ github.event_name != 'schedule' }}"));
    options.paths = {{{"linux", "arm64", {}}, {"docker/arm64/**"}}};
    QCOMPARE(int(migrateToNative(list, runnerTable(), options).error().kind), int(ErrorKind::Unsupported));
}

void TestWorkflowEdit::warningsComeFirst()
{
    const auto dead = rollbackToQemu(workflowText("native-crlf.yml"), runnerTable());
    QVERIFY(has(dead->warnings, EditKind::DeadAction, "actions/upload-artifact@v3"));
    QVERIFY(has(dead->warnings, EditKind::NotPinned));
    QVERIFY(has(migrated("qemu-dockerhub.yml").warnings, EditKind::OldAction, "actions/checkout@v3"));
    QVERIFY(has(migrated("qemu-ecr-keys.yml").warnings, EditKind::ProtectedTwice, "production"));
    QVERIFY(has(rollbackToQemu(workflowText("native-expression.yml"), runnerTable())->warnings, EditKind::ArchInScript, "uname -m"));
    const Workflow seeds = *parseWorkflow(workflowText("native-digests.yml"));
    const auto notes = workflowWarnings(seeds, *expandJobs(seeds, runnerTable()), runnerTable());
    QVERIFY(has(notes, EditKind::UnknownLabel, "ubuntu-24.04-arm64"));
    QCOMPARE(std::find_if(notes.begin(), notes.end(), [](const EditNote& n) { return n.kind == EditKind::UnknownLabel; })->other, std::string("ubuntu-24.04-arm"));
    QCOMPARE(int(judgeAction(parseActionRef("actions/cache@v2")).state), int(ActionState::Dead));
    QCOMPARE(int(judgeAction(parseActionRef("actions/cache@main")).state), int(ActionState::Fine));
    QCOMPARE(int(judgeAction(parseActionRef("actions/upload-artifact@v4.6.2")).state), int(ActionState::Fine));
    const Workflow newer = *parseWorkflow("on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: docker/setup-buildx-action@v4\n");
    QCOMPARE(actionToUse(newer, "docker/setup-qemu-action"), std::string("docker/setup-qemu-action@v4"));
    QCOMPARE(actionToUse(newer, "actions/upload-artifact"), std::string("actions/upload-artifact@v4"));
}

void TestWorkflowEdit::permissions()
{
    const auto notesOf = [](std::string text) {
        const Workflow workflow = *parseWorkflow(std::move(text));
        return workflowWarnings(workflow, *expandJobs(workflow, runnerTable()), runnerTable());
    };
    const std::string oidc = workflowText("qemu-ecr-oidc.yml");
    QVERIFY(notesOf(oidc).empty());
    std::string without = oidc;
    without.erase(without.find("      id-token: write\n"), 22);
    QVERIFY(has(notesOf(without), EditKind::MissingPermission, "id-token: write"));
    std::string unstated = oidc;
    unstated.erase(unstated.find("    permissions:\n"), 60);
    QVERIFY(has(notesOf(unstated), EditKind::MissingPermission, "id-token: write"));
    std::string ghcr = workflowText("qemu-registries.yml");
    QVERIFY(notesOf(ghcr).empty());
    ghcr.replace(ghcr.find("packages: write"), 15, "packages: read");
    QVERIFY(has(notesOf(ghcr), EditKind::MissingPermission, "packages: write"));
    QVERIFY(has(notesOf(workflowText("native-bake.yml")), EditKind::PermissionUnknown, "packages: write"));
}

QTEST_APPLESS_MAIN(TestWorkflowEdit)
#include "test_workflow_edit.moc"
