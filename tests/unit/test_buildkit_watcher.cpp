#include "buildkit_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace bkv1 = moby::buildkit::v1;

/// One node, watched over a real socket, told everything a sound engine tells and some of what it does not.
class TestBuildkitWatcher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void followsALiveBuild();
    void readsWhatWasThereBefore();
    void completeMayComeBeforeStarted();
    void repeatedEventsAreSaidOnce();
    void deletedRecordsStay();
    void brokenStreamIsReadAgainWithoutDuplicates();
    void tailAfterCompleteIsKept();
    void statusOfAJobThatIsNotThereYet();
    void buildItsEngineLoses();
    void buildItsEngineLosesBeforeItsFirstStep();
    void endAfterItWasTakenForLost();
    void buildThatTakesLongAfterItsLastStep();
    void endThatWasMissed();
    void messagesBeyondFourMegabytes();
    void clockSkewIsMeasured();
    void oldEngineWithoutHistory();
    void detailsOnDemand();
    void detailsOfAnUnknownBuild();

private:
    std::unique_ptr<NodeWatcher> watch(WatchOptions options = quickOptions());
    const NodeKey m_key{"bare", "bare0"};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeBuildkitd> m_engine;
    std::unique_ptr<Collector> m_seen;
    std::shared_ptr<WorkerRegistry> m_registry;
};

void TestBuildkitWatcher::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeBuildkitd>(m_folder->filePath(QStringLiteral("b.sock")).toStdString());
    m_seen = std::make_unique<Collector>();
    m_registry = std::make_shared<WorkerRegistry>();
    m_engine->start();
}

void TestBuildkitWatcher::cleanup()
{
    m_engine.reset();
    m_seen.reset();
}

std::unique_ptr<NodeWatcher> TestBuildkitWatcher::watch(WatchOptions options)
{
    auto watcher = std::make_unique<NodeWatcher>(bareTarget(m_engine->address()), m_seen->sinks(), m_registry, options);
    watcher->start();
    return watcher;
}

void TestBuildkitWatcher::followsALiveBuild()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live) && m_seen->states[m_key].listed; }));
    QCOMPARE(m_seen->with([&] { return m_seen->states[m_key].workerId; }), std::string("worker-1"));
    QCOMPARE(m_seen->with([&] { return m_seen->states[m_key].native->str(); }), std::string("linux/amd64"));
    QCOMPARE(m_seen->with([&] { return m_seen->states[m_key].version; }), std::string("v0.99.0-fake"));

    m_engine->addStatus("r1", vertex("sha256:a", "[1/2] RUN make", 2));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running) && !m_seen->build("r1")->steps.empty(); }));
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].runningBuilds == 1; }));
    m_engine->addStatus("r1", logLines("sha256:a", 0, 3));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 3; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/2] RUN make", 2, 3));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Completed) && m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].runningBuilds == 0; }));
    const Build* build = m_seen->build("r1");
    QCOMPARE(build->records.front().info.builder, std::string("bare"));
    QCOMPARE(build->records.front().info.workerPlatforms.size(), std::size_t(2));
    QVERIFY(build->steps.front().completedOnce);
    QVERIFY(watcher->stop());
    QCOMPARE(m_engine->statusCalls("r1"), 1);
}

void TestBuildkitWatcher::readsWhatWasThereBefore()
{
    for (int i = 0; i < 5; ++i) {
        const std::string ref = "old" + std::to_string(i);
        m_engine->addStatus(ref, vertex("sha256:a", "[1/1] RUN x", 2, 3));
        m_engine->addStatus(ref, layerline::test::logLines("sha256:a", 0, 4));
        m_engine->endStatus(ref);
        m_engine->publish(bkv1::COMPLETE, record(ref, 1, 4, 1));
    }
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live) && m_seen->states[m_key].listed; }));
    QCOMPARE(m_seen->with([&] { return m_seen->set.size(); }), std::size_t(5));
    for (int i = 0; i < 5; ++i) {
        const std::string ref = "old" + std::to_string(i);
        QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>(ref) == 1; }));
        QCOMPARE(m_seen->with([&] { return m_seen->logLines(ref); }), std::size_t(4));
        QCOMPARE(m_seen->with([&] { return m_seen->count<ev::RecordUpdated>(ref); }), 1);
    }
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::completeMayComeBeforeStarted()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QVERIFY(m_seen->with([&] { return m_seen->isStatus("r1", BuildStatus::Completed); }));
    QCOMPARE(m_seen->with([&] { return m_seen->states[m_key].runningBuilds; }), 0);
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::repeatedEventsAreSaidOnce()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    QTRY_COMPARE(m_engine->listeners(), 1); // one that came later would hear the newest only
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->endStatus("r1");
    for (int i = 0; i < 3; ++i)
        m_engine->publish(bkv1::STARTED, record("r1"));
    for (int i = 0; i < 3; ++i)
        m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    bkv1::BuildHistoryRecord pinned = record("r1", 1, 4, 2);
    pinned.set_pinned(true);
    m_engine->publish(bkv1::COMPLETE, pinned);
    QVERIFY(m_seen->wait([&] { return m_seen->build("r1") && m_seen->build("r1")->records.front().info.pinned; }));
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QCOMPARE(m_seen->with([&] { return m_seen->count<ev::RecordUpdated>("r1"); }), 3); // started, complete, pinned
    QCOMPARE(m_engine->statusCalls("r1"), 1);
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::deletedRecordsStay()
{
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    QTRY_COMPARE(m_engine->listeners(), 1); // the listing ends before the endless stream may be there
    m_engine->publish(bkv1::DELETED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->build("r1") && m_seen->build("r1")->records.front().removed; }));
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::brokenStreamIsReadAgainWithoutDuplicates()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->addStatus("r1", logLines("sha256:a", 0, 50));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 50; }));
    m_engine->breakStatus("r1");
    m_engine->addStatus("r1", logLines("sha256:a", 50, 50));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 100; }));
    QCOMPARE(m_engine->statusCalls("r1"), 2);
    m_seen->with([&] {
        const Step& step = m_seen->build("r1")->steps.front();
        for (std::size_t line = 0; line < 100; ++line)
            QCOMPARE(std::string(step.log->line(line).text), "line " + std::to_string(line));
        QCOMPARE(step.log->missingBytes(), std::uint64_t(0));
    });
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::tailAfterCompleteIsKept()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->publish(bkv1::STARTED, record("r1"));
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Completed); }));
    m_engine->addStatus("r1", logLines("sha256:a", 0, 7));
    m_engine->endStatus("r1");
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QCOMPARE(m_seen->with([&] { return m_seen->logLines("r1"); }), std::size_t(7));
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::statusOfAJobThatIsNotThereYet()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running); }));
    QTRY_VERIFY(m_engine->statusCalls("r1") >= 2);
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    QVERIFY(m_seen->wait([&] { return !m_seen->build("r1")->steps.empty(); }));
    QVERIFY(watcher->stop());
}

/// As BuildKit 0.13 does with a build that is cancelled in the moment its container starts: no end is told, none is kept.
void TestBuildkitWatcher::buildItsEngineLoses()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN sleep", 2));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running) && !m_seen->build("r1")->steps.empty(); }));
    m_engine->endStatus("r1");
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QVERIFY(m_seen->with([&] { return m_seen->isStatus("r1", BuildStatus::Running); })); // its engine still says so
    m_engine->forget("r1");
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Lost) && m_seen->states[m_key].runningBuilds == 0; }));
    m_seen->with([&] {
        QVERIFY(QString::fromStdString(m_seen->build("r1")->records.front().lostReason).contains(QStringLiteral("no longer knows this build")));
        QVERIFY(m_seen->hasState(m_key, NodeState::Live));
    });
    // Nothing more is asked about it; the engine's other builds go on.
    m_engine->publish(bkv1::COMPLETE, record("r2", 1, 4, 1));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r2", BuildStatus::Completed); }));
    QCOMPARE(m_engine->statusCalls("r1"), 1);
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::buildItsEngineLosesBeforeItsFirstStep()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running); }));
    m_engine->forget("r1"); // "no such job" is all its status says
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Lost); }));
    QCOMPARE(m_seen->with([&] { return m_seen->count<ev::ConnectionChanged>("r1"); }), 2); // begun, and lost
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::endAfterItWasTakenForLost()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    QTRY_COMPARE(m_engine->listeners(), 1);
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running); }));
    m_engine->forget("r1");
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Lost); }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Completed) && m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QVERIFY(watcher->stop());
}

/// An export: the steps' stream has ended, the engine names the build as running, however often it is asked.
void TestBuildkitWatcher::buildThatTakesLongAfterItsLastStep()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    const int before = m_engine->historyCalls();
    QTRY_VERIFY(m_engine->historyCalls() >= before + 5);
    QVERIFY(m_seen->with([&] { return m_seen->isStatus("r1", BuildStatus::Running); }));
    QCOMPARE(m_engine->statusCalls("r1"), 1);
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Completed); }));
    QCOMPARE(m_seen->with([&] { return m_seen->count<ev::ConnectionChanged>("r1"); }), 1);
    QVERIFY(watcher->stop());
}

/// The engine keeps the build but never told its end to those who listened.
void TestBuildkitWatcher::endThatWasMissed()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    QTRY_COMPARE(m_engine->listeners(), 1);
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running) && !m_seen->build("r1")->steps.empty(); }));
    m_engine->keep(record("r1", 1, 4, 1));
    m_engine->endStatus("r1");
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Completed) && m_seen->states[m_key].runningBuilds == 0; }));
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::messagesBeyondFourMegabytes()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    bkv1::StatusResponse big = logLines("sha256:a", 0, 1);
    big.mutable_logs(0)->set_msg(std::string(12u << 20, 'x') + "\n");
    m_engine->addStatus("r1", big);
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 1; }));
    QCOMPARE(m_seen->with([&] { return m_seen->build("r1")->steps.front().log->byteCount(); }), std::uint64_t((12u << 20) + 1));
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::clockSkewIsMeasured()
{
    m_engine->setClockOffset(std::chrono::hours(-2));
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    const double seconds = m_seen->with([&] { return double(m_seen->states[m_key].clockSkewNs) / 1e9; });
    QVERIFY2(seconds < -7195 && seconds > -7205, qPrintable(QString::number(seconds)));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->build("r1") && m_seen->build("r1")->records.front().clockSkewNs != 0; }));
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::oldEngineWithoutHistory()
{
    m_engine->setHistorySupported(false);
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed && !m_seen->states[m_key].reason.empty(); }));
    QVERIFY(m_seen->with([&] { return m_seen->hasState(m_key, NodeState::Live); }));
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::detailsOnDemand()
{
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->addStatus("r1", layerline::test::logLines("sha256:a", 0, 4));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    WatchOptions options = quickOptions();
    options.backgroundHistory = false;
    const auto watcher = watch(options);
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    QCOMPARE(m_engine->statusCalls("r1"), 0);
    bool done = false, ok = false;
    watcher->loadDetails("r1", [&](Result<void> result) {
        const std::lock_guard lock(m_seen->mutex);
        done = true;
        ok = result.ok();
        m_seen->changed.notify_all();
    });
    QVERIFY(m_seen->wait([&] { return done; }));
    QVERIFY(ok);
    QCOMPARE(m_seen->with([&] { return m_seen->logLines("r1"); }), std::size_t(4));
    QVERIFY(watcher->stop());
}

void TestBuildkitWatcher::detailsOfAnUnknownBuild()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    bool done = false;
    ErrorKind kind = ErrorKind::Internal;
    const auto answer = [&](Result<void> result) {
        const std::lock_guard lock(m_seen->mutex);
        done = true;
        kind = result.ok() ? ErrorKind::Internal : result.error().kind;
        m_seen->changed.notify_all();
    };
    watcher->loadDetails("nobody", answer);
    QVERIFY(m_seen->wait([&] { return done; }));
    QCOMPARE(int(kind), int(ErrorKind::NotFound));
    QVERIFY(watcher->stop());
    done = false;
    watcher->loadDetails("r1", answer); // answered even when nobody is there any more
    QVERIFY(done);
    QCOMPARE(int(kind), int(ErrorKind::Cancelled));
}

QTEST_GUILESS_MAIN(TestBuildkitWatcher)
#include "test_buildkit_watcher.moc"
