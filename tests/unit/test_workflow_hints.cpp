// A run's jobs get their platforms from the workflow file, by name.
#include "app/workflow_hints.h"

#include <QFile>
#include <QTest>

using namespace layerline;

namespace {

const char* const workflow = R"(
on: push
jobs:
  build:
    strategy:
      matrix:
        include:
          - {platform: linux/amd64, runner: ubuntu-24.04}
          - {platform: linux/arm64, runner: ubuntu-24.04-arm}
    runs-on: ${{ matrix.runner }}
    name: image for ${{ matrix.runner }}
    steps:
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ matrix.platform }}", push: true}
  emulated:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/setup-qemu-action@v3
      - uses: docker/build-push-action@v6
        with: {platforms: "linux/amd64,linux/s390x", push: true}
  asked:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ inputs.platforms }}", push: true}
  test:
    runs-on: ubuntu-latest
    steps: [{run: make test}]
)";

RunnerTable table()
{
    QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/resources/data/runners.json"));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    auto parsed = parseRunnerTable(text.toStdString());
    return parsed ? std::move(parsed.value()) : RunnerTable{};
}

Run runOf(const std::vector<const char*>& names)
{
    Run run;
    for (const char* name : names) {
        RunJob job;
        job.id = std::int64_t(run.jobs.size()) + 1;
        job.name = name;
        job.labels = {"ubuntu-latest"};
        run.jobs.push_back(job);
    }
    return run;
}

} // namespace

class TestWorkflowHints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jobsAreFoundByName();
    void whatIsNoWorkflowGivesNothing();
};

void TestWorkflowHints::jobsAreFoundByName()
{
    Run run = runOf({"image for ubuntu-24.04", "image for ubuntu-24.04-arm", "emulated", "asked", "test", "no such job"});
    const PlatformHints hints = platformHintsOf(run, workflow, table());
    QCOMPARE(hints.size(), std::size_t(3));
    findPlatforms(run, hints);
    QCOMPARE(run.jobs[0].platforms, parsePlatformList("linux/amd64"));
    QCOMPARE(run.jobs[1].platforms, parsePlatformList("linux/arm64"));
    QCOMPARE(run.jobs[2].platforms, parsePlatformList("linux/amd64,linux/s390x"));
    QVERIFY(run.jobs[2].evidence == PlatformEvidence::WorkflowPlatforms);
    for (std::size_t i : {3, 4, 5})
        QVERIFY(run.jobs[i].evidence == PlatformEvidence::None);
}

void TestWorkflowHints::whatIsNoWorkflowGivesNothing()
{
    const Run run = runOf({"build"});
    for (const char* text : {"", "[", "just text", "jobs: 7", "on: push"})
        QVERIFY(platformHintsOf(run, text, table()).empty());
}

QTEST_GUILESS_MAIN(TestWorkflowHints)
#include "test_workflow_hints.moc"
