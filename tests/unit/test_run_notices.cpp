#include "analysis/ci/cost.h"
#include "app/run_advice.h"
#include "app/run_notices.h"

#include <QLocale>
#include <QTest>

using namespace layerline;

namespace {

Duration minutes(int count) { return {std::int64_t(count) * 60 * 1'000'000'000}; }

/// An arm64 build on a real label that nobody takes.
Run waitingRun()
{
    RunJob job;
    job.id = 7;
    job.name = "build (linux/arm64)";
    job.state = RunState::Queued;
    job.created = Timestamp{0};
    job.labels = {"ubuntu-24.04-arm"};
    job.platforms = {{"linux", "arm64", ""}};
    Run run;
    run.key = {"o/r", 1};
    run.state = RunState::Queued;
    run.created = Timestamp{0};
    run.jobs = {job};
    return run;
}

RunJob ranFor(int count, const char* label, std::vector<Platform> platforms)
{
    RunJob job;
    job.state = RunState::Completed;
    job.conclusion = Conclusion::Success;
    job.created = job.started = Timestamp{0};
    job.completed = Timestamp{} + minutes(count);
    job.runner = 1;
    job.labels = {label};
    job.platforms = std::move(platforms);
    return job;
}

Run succeeded(std::vector<RunJob> jobs)
{
    Run run;
    run.key = {"o/r", 1};
    run.state = RunState::Completed;
    run.conclusion = Conclusion::Success;
    run.jobs = std::move(jobs);
    return run;
}

const Platform amd64{"linux", "amd64", ""}, arm64{"linux", "arm64", ""};

} // namespace

class TestRunNotices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// The limit of the notification is the limit of the offer to roll back.
    void theWayBackIsOfferedAfterTheLimit()
    {
        const Run run = waitingRun();
        RunKnowledge known;
        const auto offered = [&](int waited) {
            known.now = Timestamp{} + minutes(waited);
            const auto notice = rollbackNotice(run, {run}, builtInRunnerTable(), known);
            return notice && notice->kind == RunNotice::Kind::RollbackQueued && notice->time == minutes(waited);
        };
        known.queueLimit = minutes(10);
        QVERIFY(!offered(9));
        QVERIFY(offered(11));
        known.queueLimit = minutes(30);
        QVERIFY(!offered(11));
        QVERIFY(offered(31));
    }

    void theCostIsToldByArchitecture()
    {
        const Run run = succeeded({ranFor(10, "ubuntu-latest", {amd64}), ranFor(4, "ubuntu-24.04-arm", {arm64})});
        const RunCost cost = costOf(run, builtInRunnerTable(), false, {});
        const QString line = costLine(run, builtInRunnerTable(), {});
        for (const Platform& platform : {amd64, arm64})
            QVERIFY2(line.contains(QString::fromStdString(platform.arch) + QLatin1Char(' ') + QLocale().toString(cost.perPlatform.at(platform), 'f', 3)), qPrintable(line));
        QVERIFY(!costLine(succeeded({ranFor(10, "ubuntu-latest", {amd64})}), builtInRunnerTable(), {}).contains(QLatin1String("amd64")));
    }

    void qemuIsComparedWithNativeRunners()
    {
        const Run native = succeeded({ranFor(2, "ubuntu-latest", {amd64}), ranFor(4, "ubuntu-24.04-arm", {arm64})});
        const Run qemu = succeeded({ranFor(30, "ubuntu-latest", {amd64, arm64})});
        const CostComparison ways = compareCosts({native, qemu}, builtInRunnerTable());
        const QString line = waysLine({native, qemu}, builtInRunnerTable());
        QVERIFY2(line.contains(QStringLiteral("×7.5 the time")), qPrintable(line));
        QVERIFY2(line.contains(QStringLiteral("×%1 the cost").arg(QLocale().toString(*ways.amountRatio, 'f', 1))), qPrintable(line));
        QVERIFY(waysLine({native}, builtInRunnerTable()).isEmpty());
        QVERIFY(waysLine({qemu}, builtInRunnerTable()).isEmpty());
        const auto json = waysJson(ways);
        QCOMPARE(json["native"]["runs"].get<int>(), 1);
        QCOMPARE(json["qemu"]["duration_ms"].get<std::int64_t>(), std::int64_t(30 * 60'000));
        QCOMPARE(json["time_ratio"].get<double>(), 7.5);
        QVERIFY(waysJson(compareCosts({native}, builtInRunnerTable()))["qemu"].is_null());
        QVERIFY(adviceText({native, qemu}, builtInRunnerTable(), {}).find("With QEMU x7.5 the time") != std::string::npos);
        QVERIFY(adviceText({native}, builtInRunnerTable(), {}).empty());
    }
};

QTEST_GUILESS_MAIN(TestRunNotices)
#include "test_run_notices.moc"
