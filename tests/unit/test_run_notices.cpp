#include "analysis/ci/cost.h"
#include "app/cli/run_advice.h"
#include "app/window/log_failures.h"
#include "app/window/run_notices.h"
#include "widgets/pages/run_notices.h"

#include <QLocale>
#include <QTest>

#include <algorithm>

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

    /// Each cause of waiting, with what is not known said as such.
    void whyAJobWaits()
    {
        Run run = waitingRun();
        RunKnowledge known;
        known.allRunners = true;
        const auto notice = [&](int waited) {
            known.now = Timestamp{} + minutes(waited);
            const auto all = runNotices(run, builtInRunnerTable(), known);
            return all.size() == 1 ? all.front() : RunNotice{RunNotice::Kind::NoLiveLog, {}, {}, {}, {}, {}};
        };
        QVERIFY(runNotices(run, builtInRunnerTable(), known).empty()); // it has only begun to wait
        QVERIFY(notice(3).kind == RunNotice::Kind::LongQueue);
        QCOMPARE(notice(3).time, minutes(3));
        QCOMPARE(notice(3).limit, 0);
        known.plan = "free";
        known.runningHosted = 7;
        QVERIFY(notice(3).kind == RunNotice::Kind::LongQueue && notice(3).limit == 20 && notice(3).count == 7);
        QVERIFY2(noticeText(notice(3)).contains(QStringLiteral("The plan (free) may be the reason")), qPrintable(noticeText(notice(3))));
        known.runningHosted = 20;
        QVERIFY(notice(0).kind == RunNotice::Kind::PlanLimit && notice(0).certain);
        known.plan.clear();
        QVERIFY(notice(0).kind == RunNotice::Kind::PlanLimit && !notice(0).certain);
        QVERIFY2(noticeText(notice(0)).contains(QStringLiteral("may wait")), qPrintable(noticeText(notice(0))));

        run.jobs[0].labels = {"self-hosted", "linux", "arm64"};
        known.runners.reset();
        known.allRunners = false;
        QVERIFY(notice(3).kind == RunNotice::Kind::LongQueue);
        QVERIFY2(noticeText(notice(3)).contains(QStringLiteral("not known")), qPrintable(noticeText(notice(3))));
        const Runner fit{"box", {"self-hosted", "Linux", "ARM64"}, true, false, ""};
        Runner busy = fit, offline = fit;
        busy.busy = true;
        offline.online = false;
        const std::vector<std::pair<std::vector<Runner>, RunNotice::Kind>> cases{
            {{}, RunNotice::Kind::NoMatchingRunner}, {{offline}, RunNotice::Kind::RunnersOffline}, {{offline, busy}, RunNotice::Kind::RunnersBusy}};
        for (const auto& [runners, kind] : cases) {
            known.runners = runners;
            for (const bool all : {true, false}) {
                known.allRunners = all;
                const RunNotice found = notice(1);
                QVERIFY(found.kind == kind && found.certain == all && found.job == "build (linux/arm64)");
                QCOMPARE(noticeText(found).contains(QStringLiteral("organisation")), !all);
            }
        }
        known.runners = {fit};
        QVERIFY(runNotices(run, builtInRunnerTable(), known).empty() || notice(1).kind == RunNotice::Kind::NoLiveLog);

        run.jobs[0].labels = {"build-farm"};
        known.allRunners = true;
        QVERIFY(noticeText(notice(1)).contains(QStringLiteral("There is no such runner")));
        known.allRunners = false;
        QVERIFY2(!noticeText(notice(1)).contains(QStringLiteral("There is no such runner")), qPrintable(noticeText(notice(1))));
    }

    /// Too few earlier jobs to say what is usual are no reason to say nothing of one that waits.
    void aShortHistoryHidesNoLongQueue()
    {
        const Run run = waitingRun();
        RunKnowledge known;
        known.runners.emplace();
        known.allRunners = true;
        for (int count = 0; count <= 6; ++count) {
            const bool enough = count >= 5; // of jobs that waited an hour, each: that is usual then
            for (const int waited : {1, 3, 59}) {
                known.now = Timestamp{} + minutes(waited);
                const auto all = runNotices(run, builtInRunnerTable(), known);
                QCOMPARE(all.size(), std::size_t(waited > 2 && !enough));
                QVERIFY(all.empty() || (all[0].kind == RunNotice::Kind::LongQueue && all[0].time == minutes(waited)));
            }
            known.now = Timestamp{} + minutes(61);
            QCOMPARE(runNotices(run, builtInRunnerTable(), known).size(), std::size_t(1));
            RunJob earlier = ranFor(3, "ubuntu-24.04-arm", {arm64});
            earlier.started = Timestamp{} + minutes(60);
            earlier.completed = Timestamp{} + minutes(63);
            known.earlier.push_back(earlier);
        }
    }

    void onlyACertainLackOfRunnersIsReasonToGoBackAtOnce()
    {
        Run run = waitingRun();
        run.jobs[0].labels = {"self-hosted", "linux", "arm64"};
        RunKnowledge known;
        known.runners.emplace();
        known.now = Timestamp{} + minutes(1);
        known.allRunners = true;
        const auto sure = rollbackNotice(run, {run}, builtInRunnerTable(), known);
        QVERIFY(sure && sure->kind == RunNotice::Kind::RollbackNoRunner);
        known.allRunners = false;
        QVERIFY(!rollbackNotice(run, {run}, builtInRunnerTable(), known));
    }

    void failuresAreReadFromTheLogsOfFailedJobs()
    {
        Run run = succeeded({ranFor(3, "ubuntu-24.04", {arm64}), ranFor(3, "ubuntu-24.04", {amd64})});
        run.jobs[0].id = 1;
        run.jobs[0].name = "arm";
        run.jobs[0].conclusion = run.conclusion = Conclusion::Failure;
        run.jobs[1].id = 2;
        const auto log = std::make_shared<const std::string>("2026-11-18T11:07:02.0000000Z #9 0.103 exec /bin/sh: exec format error\n"
                                                             "2026-11-18T11:07:03.0000000Z #9 0.104 write /x: no space left on device");
        RunKnowledge known;
        LogFailures failures;
        failures.of(1, log);
        QTRY_VERIFY_WITH_TIMEOUT(failures.of(1, log), 20'000);
        known.failures = {{1, *failures.of(1, log)}, {2, *failures.of(1, log)}};
        auto notices = runNotices(run, builtInRunnerTable(), known);
        QCOMPARE(notices.size(), std::size_t(2)); // of the job that failed, not of the other
        for (const RunNotice& notice : notices)
            QVERIFY(notice.kind == RunNotice::Kind::LogFailure && notice.job == "arm" && !notice.label.empty() && !notice.other.empty());
        QVERIFY2(noticeText(notices[0]).contains(QStringLiteral("docker/setup-qemu-action")), qPrintable(noticeText(notices[0])));
        known.failures.clear();
        QVERIFY(runNotices(run, builtInRunnerTable(), known).empty());
    }

    void aLogIsReadThroughOnce()
    {
        LogFailures failures;
        std::vector<qint64> told;
        connect(&failures, &LogFailures::found, this, [&](qint64 job) { told.push_back(job); });
        auto log = std::make_shared<const std::string>("write /x: no space left on device\n");
        QVERIFY(!failures.of(1, log)); // beside the window, not now
        QTRY_COMPARE_WITH_TIMEOUT(told, std::vector<qint64>{1}, 20'000);
        const auto* first = &failures.of(1, log)->at(0);
        QVERIFY(first->kind == FailureKind::DiskFull);
        failures.of(2, log);
        QTRY_COMPARE_WITH_TIMEOUT(told, (std::vector<qint64>{1, 2}), 20'000);
        QCOMPARE(&failures.of(1, log)->at(0), first); // the very same, not found again
        log = std::make_shared<const std::string>("nothing\n");
        QVERIFY(!failures.of(1, log)); // what came instead of it
        QTRY_VERIFY_WITH_TIMEOUT(failures.of(1, log) && failures.of(1, log)->empty(), 20'000);
        QVERIFY(failures.of(1, nullptr)->empty());
    }

    void aLogThatIsBeingReadKeepsNobody()
    {
        const auto log = std::make_shared<const std::string>(32u << 20, '\n');
        auto failures = std::make_unique<LogFailures>();
        failures->of(1, log);
        failures.reset(); // joins its thread, which stops at once
        QCOMPARE(log.use_count(), 1L);
    }

    void whatCouldNotBeFetchedIsSaid()
    {
        Run run = succeeded({ranFor(3, "ubuntu-24.04", {amd64}), ranFor(3, "ubuntu-24.04-arm", {arm64})});
        using What = JobDetails::Missed::What;
        const Error broke{ErrorKind::Unreachable, "GitHub answers 502: not today", true};
        RunKnowledge known;
        for (RunJob& job : run.jobs) {
            job.id = &job - run.jobs.data() + 1;
            job.name = "job " + std::to_string(job.id);
            known.missed[job.id] = {{What::ArtifactList, {}, broke}};
        }
        auto notices = runNotices(run, builtInRunnerTable(), known);
        QCOMPARE(notices.size(), std::size_t(1)); // one reason, said once
        QCOMPARE(notices[0].job, std::string("job 1, job 2"));
        QVERIFY(notices[0].again && noticeText(notices[0]).contains(QStringLiteral("502")));
        known.missed = {{1, {{What::Log, {}, broke}}}, {2, {{What::Record, "octo~shop~1.dockerbuild", {ErrorKind::NotFound, "the artifact has expired", false}, true}}}};
        notices = runNotices(run, builtInRunnerTable(), known);
        QCOMPARE(notices.size(), std::size_t(2));
        QVERIFY(notices[0].kind == RunNotice::Kind::LogMissing && notices[0].again && noticeText(notices[0]).contains(QStringLiteral("job 1")));
        QVERIFY(notices[1].kind == RunNotice::Kind::RecordExpired && !notices[1].again && noticeText(notices[1]).contains(QStringLiteral("job 2")));
        QVERIFY(noticeTone(RunNotice::Kind::RecordExpired).isEmpty() && noticeTone(RunNotice::Kind::RecordMissing) == QStringLiteral("warn"));
    }

    void remarks()
    {
        Run run = succeeded({ranFor(3, "ubuntu-24.04", {amd64})});
        RunKnowledge known;
        QVERIFY(runNotices(run, builtInRunnerTable(), known).empty());
        known.fromLog = true;
        known.collisions = {{"shared", {{"shared", "build (linux/amd64)", {amd64}, {}}, {"shared", "build (linux/arm64)", {arm64}, {}}}}};
        known.latestAttempt = 3;
        const auto notices = runNotices(run, builtInRunnerTable(), known);
        const auto find = [&](RunNotice::Kind kind) {
            const auto at = std::find_if(notices.begin(), notices.end(), [kind](const RunNotice& each) { return each.kind == kind; });
            return at == notices.end() ? QString() : noticeText(*at);
        };
        QCOMPARE(notices.size(), std::size_t(3));
        QVERIFY(find(RunNotice::Kind::FromLogOnly).contains(QStringLiteral("read from the log")));
        QVERIFY(find(RunNotice::Kind::SharedCacheScope).contains(QStringLiteral("shared")));
        QVERIFY(find(RunNotice::Kind::EarlierAttempt).contains(QStringLiteral("attempt 1 of 3")));
        run.attempt = 3;
        QCOMPARE(runNotices(run, builtInRunnerTable(), known).size(), std::size_t(2));
        run.jobs[0].state = RunState::InProgress;
        QVERIFY(runNotices(run, builtInRunnerTable(), known).front().kind == RunNotice::Kind::NoLiveLog);
        QCOMPARE(runningHosted(run.jobs, builtInRunnerTable()), 1);
        run.jobs[0].labels = {"self-hosted", "linux"};
        QCOMPARE(runningHosted(run.jobs, builtInRunnerTable()), 0);
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
        QVERIFY(adviceText(QueueWorld{{native, qemu}, builtInRunnerTable(), {}, {}}).find("With QEMU x7.5 the time") != std::string::npos);
        QVERIFY(adviceText(QueueWorld{{native}, builtInRunnerTable(), {}, {}}).empty());
    }
};

QTEST_GUILESS_MAIN(TestRunNotices)
#include "test_run_notices.moc"
