#include "app/run_notices.h"

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
};

QTEST_GUILESS_MAIN(TestRunNotices)
#include "test_run_notices.moc"
