// Callers of docker/github-builder: there and back by its inputs.
#include "analysis/workflow/workflow_edit.h"

#include <QtTest>

#include "workflow_fixture.h"

using namespace layerline;
using test::runnerTable;
using test::workflowText;

class TestWorkflowBuilder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void builderInputsAreFlipped();
    void builderInputsGoNative();
    void runnersOfOnesOwnStay();
};

void TestWorkflowBuilder::builderInputsAreFlipped()
{
    const auto edit = flipBuilderInputs(workflowText("github-builder-bake.yml"), runnerTable());
    QVERIFY(edit.ok());
    const auto workflow = parseWorkflow(edit->after);
    const TextMap& with = workflow->jobs[0].with;
    QCOMPARE(valueOf(with, "distribute"), std::string("false"));
    QCOMPARE(valueOf(with, "setup-qemu"), std::string("true"));
    QCOMPARE(valueOf(with, "runner"), std::string("ubuntu-24.04"));
    QCOMPARE(edit->changes.size(), std::size_t(3));
    QCOMPARE(int(flipBuilderInputs(edit->after, runnerTable()).error().kind), int(ErrorKind::NotFound));
    QCOMPARE(int(flipBuilderInputs(workflowText("native-digests.yml"), runnerTable()).error().kind), int(ErrorKind::NotFound));
    // Its platforms' caches become one, which is told with what of each build it holds.
    std::string cached = workflowText("github-builder.yml");
    for (const char* mode : {"min", "max"}) {
        const auto flipped = flipBuilderInputs(cached, runnerTable());
        QVERIFY(flipped.ok());
        const auto told = std::find_if(flipped->warnings.begin(), flipped->warnings.end(), [](const EditNote& note) { return note.kind == EditKind::CacheTogether; });
        QVERIFY(told != flipped->warnings.end());
        QCOMPARE(told->detail + " " + told->other, std::string("service ") + mode);
        const auto caches = std::find_if(flipped->differences.begin(), flipped->differences.end(), [](const PropertyDifference& each) { return each.property == WorkflowProperty::Caches; });
        QVERIFY(caches != flipped->differences.end());
        const bool saysMode = std::any_of(caches->added.begin(), caches->added.end(), [](const std::string& text) { return text.find("mode=max") != std::string::npos; });
        QCOMPARE(saysMode, mode == std::string("max"));
        cached.replace(cached.find("      cache-scope:"), 0, "      cache-mode: max\n");
    }
    QVERIFY(std::none_of(edit->warnings.begin(), edit->warnings.end(), [](const EditNote& note) { return note.kind == EditKind::CacheTogether; })); // no cache asked for
    const auto bare = flipBuilderInputs("on: push\njobs:\n  a:\n    uses: docker/github-builder/.github/workflows/build.yml@v1\n", runnerTable());
    QVERIFY(bare.ok());
    QCOMPARE(valueOf(parseWorkflow(bare->after)->jobs[0].with, "setup-qemu"), std::string("true"));
}

void TestWorkflowBuilder::builderInputsGoNative()
{
    const auto back = flipBuilderInputs(workflowText("github-builder.yml"), runnerTable());
    QVERIFY(back.ok());
    const auto edit = migrateToNative(back->after, runnerTable());
    QVERIFY2(edit.ok(), edit.ok() ? "" : edit.error().detail.c_str());
    QCOMPARE(QByteArray(toString(edit->was.style)), QByteArray("qemu"));
    QCOMPARE(QByteArray(toString(edit->becomes.style)), QByteArray("native-matrix"));
    QVERIFY(edit->becomes.promised == edit->was.promised);
    std::vector<std::string> differ;
    for (const PropertyDifference& difference : edit->differences)
        differ.emplace_back(toString(difference.property));
    QCOMPARE(differ, (std::vector<std::string>{"caches", "runners"}));
    const auto workflow = parseWorkflow(edit->after);
    const TextMap& with = workflow->jobs[0].with;
    QCOMPARE(valueOf(with, "distribute"), std::string("true"));
    QCOMPARE(valueOf(with, "setup-qemu"), std::string("false"));
    QCOMPARE(textLines(valueOf(with, "runner")), (std::vector<std::string>{"default=ubuntu-24.04", "linux/arm64=ubuntu-24.04-arm"}));
    QVERIFY(std::any_of(edit->warnings.begin(), edit->warnings.end(), [](const EditNote& note) { return note.kind == EditKind::CacheApart && note.detail == "service" && note.other == "min"; }));
    QCOMPARE(int(migrateToNative(edit->after, runnerTable()).error().kind), int(ErrorKind::NotFound));
    // What no machine of GitHub's runs natively stays emulated; what its inputs can't do is refused.
    MigrateOptions options;
    options.extraPlatforms = {{"linux", "riscv64", {}}};
    options.runners = {{"arm64", "our-arm"}};
    const auto more = migrateToNative(back->after, runnerTable(), options);
    QVERIFY2(more.ok(), more.ok() ? "" : more.error().detail.c_str());
    const auto wider = parseWorkflow(more->after);
    QCOMPARE(valueOf(wider->jobs[0].with, "platforms"), std::string("linux/amd64,linux/arm64,linux/riscv64"));
    QCOMPARE(valueOf(wider->jobs[0].with, "setup-qemu"), std::string("true"));
    QVERIFY(valueOf(wider->jobs[0].with, "runner").find("linux/arm64=our-arm") != std::string::npos);
    options = {};
    options.warmCron = "17 3 * * *";
    QCOMPARE(int(migrateToNative(back->after, runnerTable(), options).error().kind), int(ErrorKind::Unsupported));
    // The platforms of a bake file that is not at hand: it distributes what there is, and keeps QEMU for the rest.
    const auto baked = flipBuilderInputs(workflowText("github-builder-bake.yml"), runnerTable());
    const auto native = migrateToNative(baked->after, runnerTable());
    QVERIFY2(native.ok(), native.ok() ? "" : native.error().detail.c_str());
    QCOMPARE(valueOf(parseWorkflow(native->after)->jobs[0].with, "setup-qemu"), std::string("true"));
}

void TestWorkflowBuilder::runnersOfOnesOwnStay()
{
    const auto runnerAfter = [](const std::string& runner, const MigrateOptions& options = {}) {
        const std::string text = "on: push\njobs:\n  a:\n    uses: docker/github-builder/.github/workflows/build.yml@v1\n    with:\n      distribute: false\n      setup-qemu: true\n"
                                 "      platforms: linux/amd64,linux/arm64,linux/s390x\n      runner: " + runner + "\n";
        const auto edit = migrateToNative(text, runnerTable(), options);
        return edit ? textLines(valueOf(parseWorkflow(edit->after)->jobs[0].with, "runner")) : std::vector<std::string>{edit.error().detail};
    };
    const std::vector<std::string> mine{"default=my-amd", "linux/arm64=my-arm", "linux/s390x=my-z"};
    QCOMPARE(runnerAfter("|\n        default=my-amd\n        linux/arm64=my-arm\n        linux/s390x=my-z"), mine);
    MigrateOptions options;
    options.runners = {{"arm64", "another"}};
    QCOMPARE(runnerAfter("|\n        default=my-amd\n        linux/arm64=my-arm", options), (std::vector<std::string>{"default=my-amd", "linux/arm64=another"}));
    QCOMPARE(runnerAfter("self-hosted"), (std::vector<std::string>{"default=self-hosted", "linux/arm64=ubuntu-24.04-arm"}));
    QCOMPARE(runnerAfter("amd64"), (std::vector<std::string>{"default=ubuntu-24.04", "linux/arm64=ubuntu-24.04-arm"}));
}

QTEST_APPLESS_MAIN(TestWorkflowBuilder)
#include "test_workflow_builder.moc"
