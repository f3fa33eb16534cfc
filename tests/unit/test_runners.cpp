#include "analysis/ci/cost.h"
#include "analysis/ci/rollback_hint.h"

#include <QtTest>

#include "workflow_fixture.h"

using namespace layerline;
using test::runnerTable;

class TestRunners : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableIsDated();
    void brokenTables_data();
    void brokenTables();
    void nearestLabels_data();
    void nearestLabels();
    void platformsAndPrices();
    void unknownLabelIsNamedAtOnce();
    void retiredLabel();
    void selfHostedRunners();
    void queueTimeAgainstItsHistory();
    void planLimits();
    void otherStates();
    void costsRoundUp();
    void nativeAgainstEmulated();
    void whenToRollBack();
};

namespace {

constexpr std::int64_t second = 1'000'000'000;
const Platform amd64{"linux", "amd64", {}}, arm64{"linux", "arm64", {}};

Timestamp at(double seconds)
{
    return {std::int64_t(1'700'000'000) * second + std::int64_t(seconds * double(second))};
}

RunJob queued(std::vector<std::string> labels)
{
    RunJob job;
    job.state = RunState::Queued;
    job.created = at(0);
    job.labels = std::move(labels);
    return job;
}

RunJob ran(const char* name, const char* label, double seconds, std::vector<Platform> platforms, double start = 0)
{
    RunJob job;
    job.name = name;
    job.state = RunState::Completed;
    job.conclusion = Conclusion::Success;
    job.created = at(0);
    job.started = at(start);
    job.completed = at(start + seconds);
    job.runner = 1;
    job.labels = {label};
    job.platforms = std::move(platforms);
    return job;
}

} // namespace

void TestRunners::theTableIsDated()
{
    const RunnerTable& table = runnerTable();
    QVERIFY(!table.date.empty());
    QVERIFY(table.find("ubuntu-24.04-arm"));
    QVERIFY(!table.find("ubuntu-24.04-arm64"));
    QVERIFY(table.find("ubuntu-26.04-arm")->state == LabelState::Preview);
    QCOMPARE(*table.find("ubuntu-latest")->price, 0.006);
    QCOMPARE(*table.find("ubuntu-24.04-arm")->price, 0.005);
}

void TestRunners::brokenTables_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* json : {"", "[]", "{}", R"({"labels": {}})", R"({"labels": [1]})", R"({"labels": [{"label": "x"}]})", R"({"labels": [{"label": "x", "os": "linux", "arch": "z80"}]})",
                             R"({"labels": [{"label": "x", "os": "linux", "arch": "amd64", "price": -1}]})", R"({"labels": [{"label": "x", "os": "linux", "arch": "amd64", "state": "odd"}]})",
                             R"({"labels": [{"label": "x", "os": "linux", "arch": "amd64"}, {"label": "X", "os": "linux", "arch": "amd64"}]})"})
        QTest::newRow(*json ? json : "empty") << QByteArray(json);
}

void TestRunners::brokenTables()
{
    QFETCH(QByteArray, json);
    const auto table = parseRunnerTable(json.toStdString());
    QVERIFY(!table.ok());
    QCOMPARE(int(table.error().kind), int(ErrorKind::BadInput));
}

void TestRunners::nearestLabels_data()
{
    QTest::addColumn<QByteArray>("label");
    QTest::addColumn<QByteArray>("nearest");
    const auto row = [](const char* label, const char* nearest) { QTest::newRow(label) << QByteArray(label) << QByteArray(nearest); };
    row("ubuntu-24.04-arm64", "ubuntu-24.04-arm");
    row("ubuntu-22.04-arm64", "ubuntu-22.04-arm");
    row("ubuntu-latest-arm", "ubuntu-24.04-arm");
    row("ubuntu-24.04-aarch64", "ubuntu-24.04-arm");
    row("ubuntu-24", "ubuntu-24.04");
    row("ubuntu-lastest", "ubuntu-latest");
    row("ubutnu-latest", "ubuntu-latest");
    row("windows-lates", "windows-latest");
    row("macos-16", "macos-15");
    row("our-build-farm", "");
    row("gpu", "");
}

void TestRunners::nearestLabels()
{
    QFETCH(QByteArray, label);
    QFETCH(QByteArray, nearest);
    QCOMPARE(QByteArray::fromStdString(nearestLabel(label.toStdString(), runnerTable()).value_or("")), nearest);
}

void TestRunners::platformsAndPrices()
{
    QCOMPARE(*runnerPlatform({"self-hosted", "Linux", "ARM64"}, runnerTable()), arm64);
    QVERIFY(!runnerPlatform({"self-hosted", "linux"}, runnerTable()));
    QVERIFY(!runnerPlatform({"big-one"}, runnerTable()));
    QCOMPARE(*cheapestLabel(arm64, runnerTable(), "ubuntu-22.04"), std::string("ubuntu-22.04-arm"));
    QCOMPARE(*cheapestLabel(arm64, runnerTable(), "ubuntu-24.04"), std::string("ubuntu-24.04-arm"));
    QCOMPARE(*cheapestLabel(amd64, runnerTable(), "ubuntu-latest"), std::string("ubuntu-latest"));
    QVERIFY(!cheapestLabel({"linux", "riscv64", {}}, runnerTable()));
}

void TestRunners::unknownLabelIsNamedAtOnce()
{
    const auto found = diagnoseQueue(queued({"ubuntu-24.04-arm64"}), at(1), runnerTable(), {});
    QCOMPARE(toString(found.cause), "unknown-label");
    QCOMPARE(found.nearest, std::string("ubuntu-24.04-arm"));
    QVERIFY(found.certain);
    // A name of somebody's own may be a larger runner: without the list nobody knows.
    QVERIFY(!diagnoseQueue(queued({"build-farm"}), at(1), runnerTable(), {}).certain);
    QueueContext own;
    own.runners = {{"farm", {"build-farm"}, true, true, ""}};
    QCOMPARE(toString(diagnoseQueue(queued({"build-farm"}), at(1), runnerTable(), own).cause), "all-busy");
    own.runners = std::vector<Runner>{};
    QVERIFY(diagnoseQueue(queued({"build-farm"}), at(1), runnerTable(), own).certain);
    own.allRunners = false; // its organisation may have one
    QVERIFY(!diagnoseQueue(queued({"build-farm"}), at(1), runnerTable(), own).certain);
    QVERIFY(diagnoseQueue(queued({"ubuntu-24.04-arm64"}), at(1), runnerTable(), own).certain);
}

void TestRunners::retiredLabel()
{
    const auto found = diagnoseQueue(queued({"ubuntu-20.04"}), at(1), runnerTable(), {});
    QCOMPARE(toString(found.cause), "retired-label");
    QCOMPARE(found.nearest, std::string("ubuntu-24.04"));
}

void TestRunners::selfHostedRunners()
{
    const auto causeWith = [](std::vector<Runner> runners) {
        QueueContext context;
        context.runners = std::move(runners);
        return diagnoseQueue(queued({"self-hosted", "linux", "arm64"}), at(1), runnerTable(), context);
    };
    const auto none = causeWith({{"x64", {"self-hosted", "Linux", "X64"}, true, false, ""}, {"win", {"self-hosted", "Windows", "X64"}, true, false, ""}});
    QCOMPARE(toString(none.cause), "no-matching-runner");
    QCOMPARE(none.runners, std::vector<std::string>{"x64"});
    QCOMPARE(none.missing, std::vector<std::string>{"arm64"});
    QCOMPARE(causeWith({}).missing.size(), std::size_t(3));
    const Runner fit{"fit", {"self-hosted", "Linux", "ARM64", "extra"}, true, false, ""};
    Runner offline = fit, busy = fit;
    offline.online = false;
    busy.busy = true;
    QCOMPARE(toString(causeWith({offline}).cause), "all-offline");
    QCOMPARE(toString(causeWith({offline, busy}).cause), "all-busy");
    QCOMPARE(causeWith({offline, busy}).runners.size(), std::size_t(1));
    QCOMPARE(toString(causeWith({offline, busy, fit}).cause), "normal");
    QueueContext part; // those of the organisation are not known
    part.allRunners = false;
    for (const std::vector<Runner>& runners : {std::vector<Runner>{}, {offline}, {busy}}) {
        part.runners = runners;
        const auto found = diagnoseQueue(queued({"self-hosted", "linux", "arm64"}), at(1), runnerTable(), part);
        QVERIFY(!found.certain && !found.runnersKnown);
    }
    const auto unasked = diagnoseQueue(queued({"self-hosted", "linux"}), at(1), runnerTable(), {});
    QCOMPARE(toString(unasked.cause), "normal");
    QVERIFY(!unasked.certain);
}

void TestRunners::queueTimeAgainstItsHistory()
{
    QueueContext context;
    for (int i = 1; i <= 10; ++i)
        context.usual.push_back({i * 10 * second});
    const RunJob job = queued({"ubuntu-24.04-arm"});
    QCOMPARE(toString(diagnoseQueue(job, at(60), runnerTable(), context).cause), "normal");
    const auto slow = diagnoseQueue(job, at(91), runnerTable(), context);
    QCOMPARE(toString(slow.cause), "slower-than-usual");
    QCOMPARE(slow.ninetieth->ns, 90 * second);
    QCOMPARE(slow.median->ns, 50 * second);
    QCOMPARE(slow.waited.ns, 91 * second);
    context.usual.resize(4);
    QCOMPARE(toString(diagnoseQueue(job, at(5000), runnerTable(), context).cause), "normal");
    context.usual.assign(20, Duration{second});
    QCOMPARE(toString(diagnoseQueue(job, at(20), runnerTable(), context).cause), "normal"); // nobody wonders yet
    const std::vector<RunJob> earlier{ran("a", "Ubuntu-24.04-arm", 10, {}, 4), ran("b", "ubuntu-latest", 10, {}, 5), queued({"ubuntu-24.04-arm"})};
    QCOMPARE(queueTimes(earlier, {"ubuntu-24.04-arm"}), std::vector<Duration>{Duration{4 * second}});
}

void TestRunners::planLimits()
{
    QueueContext context;
    context.plan = "free";
    context.runningHosted = 20;
    const auto found = diagnoseQueue(queued({"ubuntu-latest"}), at(60), runnerTable(), context);
    QCOMPARE(toString(found.cause), "plan-limit");
    QCOMPARE(*found.limit, 20);
    context.runningHosted = 19;
    QCOMPARE(toString(diagnoseQueue(queued({"ubuntu-latest"}), at(60), runnerTable(), context).cause), "normal");
    QVERIFY(found.certain);
    // Without the plan the smallest there is may be the reason; a runner of one's own counts against none.
    context = {};
    context.runningHosted = 19;
    QCOMPARE(toString(diagnoseQueue(queued({"ubuntu-latest"}), at(60), runnerTable(), context).cause), "normal");
    context.runningHosted = 20;
    const auto maybe = diagnoseQueue(queued({"ubuntu-latest"}), at(60), runnerTable(), context);
    QCOMPARE(toString(maybe.cause), "plan-limit");
    QVERIFY(!maybe.certain);
    QCOMPARE(*maybe.limit, 20);
    QCOMPARE(maybe.running, 20);
    context.runners = std::vector<Runner>{{"fit", {"self-hosted", "Linux", "ARM64"}, true, false, ""}};
    QCOMPARE(toString(diagnoseQueue(queued({"self-hosted", "linux", "arm64"}), at(60), runnerTable(), context).cause), "normal");
}

void TestRunners::otherStates()
{
    RunJob job = queued({"nowhere-arm64"});
    job.state = RunState::Waiting;
    QCOMPARE(toString(diagnoseQueue(job, at(1), runnerTable(), {}).cause), "waits-for-approval");
    job.state = RunState::InProgress;
    QCOMPARE(toString(diagnoseQueue(job, at(1), runnerTable(), {}).cause), "not-queued");
    job = queued({});
    job.created.reset();
    QCOMPARE(toString(diagnoseQueue(job, at(1), runnerTable(), {}).cause), "normal");
    QCOMPARE(diagnoseQueue(queued({"ubuntu-latest"}), at(-5), runnerTable(), {}).waited.ns, std::int64_t(0)); // clocks differ
}

void TestRunners::costsRoundUp()
{
    Run run;
    run.jobs = {ran("amd64", "ubuntu-latest", 61, {amd64}), ran("arm64", "ubuntu-24.04-arm", 60, {arm64}), ran("both", "ubuntu-latest", 1, {amd64, arm64}),
                ran("own", "build-farm", 600, {arm64}), queued({"ubuntu-latest"})};
    run.jobs.push_back(ran("merge", "ubuntu-latest", 10, {amd64, arm64}));
    run.jobs.back().merges = true;
    const RunCost cost = costOf(run, runnerTable(), false, at(1000));
    QCOMPARE(cost.jobs[0].minutes, 2);
    QCOMPARE(cost.jobs[1].minutes, 1);
    QCOMPARE(cost.jobs[4].minutes, 0);
    QVERIFY(!cost.jobs[1].emulated);
    QVERIFY(cost.jobs[2].emulated);
    QCOMPARE(cost.unpriced, 1);
    QCOMPARE(cost.amount, 2 * 0.006 + 0.005 + 0.006 + 0.006);
    QCOMPARE(cost.perPlatform.at(amd64), 2 * 0.006 + 0.003);
    QCOMPARE(cost.perPlatform.at(arm64), 0.005 + 0.003);
    QVERIFY(cost.billed);
    QVERIFY(!costOf(run, runnerTable(), true, at(0)).billed);
    Run running;
    running.jobs = {ran("x", "ubuntu-latest", 0, {amd64})};
    running.jobs[0].completed.reset();
    QCOMPARE(costOf(running, runnerTable(), false, at(125)).minutes, 3);
}

void TestRunners::nativeAgainstEmulated()
{
    std::vector<Run> runs(3);
    runs[0].jobs = {ran("amd64", "ubuntu-latest", 110, {amd64}), ran("arm64", "ubuntu-24.04-arm", 120, {arm64})};
    runs[1].jobs = {ran("both", "ubuntu-latest", 1200, {amd64, arm64})};
    runs[2].jobs = {ran("failed", "ubuntu-latest", 9999, {amd64, arm64})};
    for (Run& run : runs)
        run.conclusion = Conclusion::Success;
    runs[2].conclusion = Conclusion::Failure;
    const CostComparison found = compareCosts(runs, runnerTable());
    QCOMPARE(found.native.runs, 1);
    QCOMPARE(found.emulated.runs, 1);
    QCOMPARE(found.native.medianTime.ns, 120 * second);
    QCOMPARE(*found.timeRatio, 10.0);
    QCOMPARE(*found.amountRatio, (20 * 0.006) / (2 * 0.006 + 2 * 0.005));
    QVERIFY(!compareCosts({runs[0]}, runnerTable()).timeRatio);
}

void TestRunners::whenToRollBack()
{
    const auto runWith = [](RunJob job, Conclusion conclusion) {
        Run run;
        run.state = conclusion == Conclusion::None ? RunState::InProgress : RunState::Completed;
        run.conclusion = conclusion;
        run.jobs = {ran("amd64", "ubuntu-latest", 60, {amd64}), std::move(job)};
        return run;
    };
    const auto hintOf = [](const std::vector<Run>& runs, double seconds) { return rollbackHint(runs, at(seconds), runnerTable(), {}); };
    RunJob waiting = queued({"ubuntu-24.04-arm"});
    waiting.platforms = {arm64};
    QVERIFY(!hintOf({runWith(waiting, Conclusion::None)}, 900));
    QCOMPARE(toString(hintOf({runWith(waiting, Conclusion::None)}, 901)->reason), "queued-too-long");
    RunJob unknown = waiting;
    unknown.labels = {"ubuntu-24.04-arm64"};
    const auto atOnce = hintOf({runWith(unknown, Conclusion::None)}, 1);
    QCOMPARE(toString(atOnce->reason), "label-unusable");
    QCOMPARE(atOnce->queue.nearest, std::string("ubuntu-24.04-arm"));
    RunJob home = waiting;
    home.labels = {"ubuntu-latest"};
    QVERIFY(!hintOf({runWith(home, Conclusion::None)}, 5000));
    RunJob own = waiting;
    own.labels = {"self-hosted", "arm64"};
    QueueContext context;
    context.runners = {{"pi", {"self-hosted", "ARM64"}, false, false, ""}};
    QCOMPARE(toString(rollbackHint({runWith(own, Conclusion::None)}, at(1), runnerTable(), context)->reason), "no-runner");

    RunJob broken = ran("arm64", "ubuntu-24.04-arm", 60, {arm64});
    broken.conclusion = Conclusion::Failure;
    const Run bad = runWith(broken, Conclusion::Failure), good = runWith(ran("arm64", "ubuntu-24.04-arm", 60, {arm64}), Conclusion::Success);
    Run cancelled = good, both = bad;
    cancelled.conclusion = Conclusion::Cancelled;
    both.jobs[0].conclusion = Conclusion::Failure;
    QVERIFY(!hintOf({bad, good}, 0));
    QCOMPARE(hintOf({bad, cancelled, bad, good, bad}, 0)->failures, 2);
    QCOMPARE(toString(hintOf({bad, bad}, 0)->reason), "fails-repeatedly");
    QVERIFY(!hintOf({bad, both}, 0)); // amd64 fails as well: QEMU would not help
    QVERIFY(!hintOf({good, bad, bad}, 0));
    QVERIFY(!hintOf({}, 0));
}

QTEST_APPLESS_MAIN(TestRunners)
#include "test_runners.moc"
