#include "buildkit_fixture.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

using namespace layerline;
using namespace layerline::test;

namespace bkv1 = moby::buildkit::v1;

namespace {

/// Listens and never answers.
class DeafListener {
public:
    explicit DeafListener(const std::string& path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        m_socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::listen(m_socket, 16);
    }
    ~DeafListener() { ::close(m_socket); }

private:
    int m_socket = -1;
};

} // namespace

/// Engines that die, freeze, come back, refuse, or are the same one twice.
class TestBuildkitFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void diesInTheMiddleAndContinues();
    void endsWhileWeWereAway();
    void buildThatEndedWithTheEngine();
    void anotherEngineAtTheSameAddress();
    void freezesAndThaws();
    void deafSocketIsHung();
    void missingSocketIsDownThenLive();
    void refusalIsForbidden();
    void oneEngineUnderTwoNames();
    void theOtherNameTakesOver();
    void stopsQuicklyInEveryState();

private:
    std::unique_ptr<NodeWatcher> watch(const std::string& name = "bare", const std::string& address = {});
    bool isListed() { return m_seen->wait([&] { return m_seen->states[m_key].listed && m_seen->hasState(m_key, NodeState::Live); }); }
    const NodeKey m_key{"bare", "bare0"};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeBuildkitd> m_engine;
    std::unique_ptr<Collector> m_seen;
    std::shared_ptr<WorkerRegistry> m_registry;
};

void TestBuildkitFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeBuildkitd>(m_folder->filePath(QStringLiteral("b.sock")).toStdString());
    m_seen = std::make_unique<Collector>();
    m_registry = std::make_shared<WorkerRegistry>();
}

void TestBuildkitFaults::cleanup()
{
    m_engine.reset();
    m_seen.reset();
}

std::unique_ptr<NodeWatcher> TestBuildkitFaults::watch(const std::string& name, const std::string& address)
{
    auto watcher = std::make_unique<NodeWatcher>(bareTarget(address.empty() ? m_engine->address() : address, name), m_seen->sinks(),
                                                 m_registry, quickOptions());
    watcher->start();
    return watcher;
}

void TestBuildkitFaults::diesInTheMiddleAndContinues()
{
    m_engine->start();
    const auto watcher = watch();
    QVERIFY(isListed());
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->addStatus("r1", logLines("sha256:a", 0, 30));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 30; }));

    QElapsedTimer timer;
    timer.start();
    m_engine->kill();
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Lost); }));
    QVERIFY2(timer.elapsed() < 2000, "a killed engine is told as lost within 2 s");
    QVERIFY(m_seen->with([&] { return !m_seen->build("r1")->records.front().lostReason.empty(); }));

    // It comes back with the build still running (a proxy died, not the builder): all of it is sent again.
    m_engine->addStatus("r1", logLines("sha256:a", 30, 30));
    m_engine->start();
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running) && m_seen->logLines("r1") == 60; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Completed) && m_seen->count<ev::StatusEnded>("r1") == 1; }));
    m_seen->with([&] {
        const Step& step = m_seen->build("r1")->steps.front();
        QCOMPARE(step.log->lineCount(), std::size_t(60));
        for (std::size_t line = 0; line < 60; ++line)
            QCOMPARE(std::string(step.log->line(line).text), "line " + std::to_string(line));
        QCOMPARE(step.intervals.size(), std::size_t(1));
    });
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::endsWhileWeWereAway()
{
    m_engine->start();
    const auto watcher = watch();
    QVERIFY(isListed());
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->addStatus("r1", logLines("sha256:a", 0, 5));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 5; }));
    m_engine->kill();
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Lost); }));
    m_engine->addStatus("r1", logLines("sha256:a", 5, 5));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    m_engine->start();
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Completed) && m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QCOMPARE(m_seen->with([&] { return m_seen->logLines("r1"); }), std::size_t(10));
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::buildThatEndedWithTheEngine()
{
    m_engine->start();
    const auto watcher = watch();
    QVERIFY(isListed());
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running); }));
    m_engine->kill();
    m_engine->forget("r1");
    m_engine->start();
    QVERIFY(m_seen->wait([&] {
        const Build* build = m_seen->build("r1");
        return build->status() == BuildStatus::Lost && build->records.front().lostReason.find("ended with the engine") != std::string::npos;
    }));
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live) && m_seen->states[m_key].runningBuilds == 0; }));
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::anotherEngineAtTheSameAddress()
{
    m_engine->start();
    const auto watcher = watch();
    QVERIFY(isListed());
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running); }));
    m_engine->kill();
    m_engine->forget("r1");
    m_engine->setWorker("worker-2");
    m_engine->publish(bkv1::COMPLETE, record("r2", 1, 4, 1));
    m_engine->start();
    QVERIFY(m_seen->wait([&] { return m_seen->build("r2") && m_seen->build("r2")->records.front().key.worker == "worker-2"; }));
    QVERIFY(m_seen->with([&] { return m_seen->isStatus("r1", BuildStatus::Lost); }));
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::freezesAndThaws()
{
    m_engine->start();
    const auto watcher = watch();
    QVERIFY(isListed());
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running) && m_seen->states[m_key].runningBuilds == 1; }));
    QElapsedTimer timer;
    timer.start();
    m_engine->freeze(true);
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Lost); }));
    QVERIFY2(timer.elapsed() < 5000, "a frozen engine is told as lost within 5 s");
    QVERIFY(m_seen->with([&] { return m_seen->hasState(m_key, NodeState::Hung); }));
    m_engine->addStatus("r1", logLines("sha256:a", 0, 9));
    m_engine->freeze(false);
    QVERIFY(m_seen->wait([&] { return m_seen->isStatus("r1", BuildStatus::Running) && m_seen->logLines("r1") == 9; }));
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live); }));
    QCOMPARE(m_engine->statusCalls("r1"), 1); // the same stream went on
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::deafSocketIsHung()
{
    const std::string path = m_folder->filePath(QStringLiteral("deaf.sock")).toStdString();
    const DeafListener deaf(path);
    const auto watcher = watch("bare", "unix://" + path);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Hung); }));
    QVERIFY(m_seen->with([&] { return !m_seen->states[m_key].reason.empty(); }));
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::missingSocketIsDownThenLive()
{
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Down); }));
    const std::string reason = m_seen->with([&] { return m_seen->states[m_key].reason; });
    QVERIFY2(reason.find("No such file or directory") != std::string::npos, reason.c_str());
    m_engine->start();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live); }));
    QVERIFY(m_seen->with([&] { return m_seen->states[m_key].reason.empty(); }));
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::refusalIsForbidden()
{
    m_engine->setInfoStatus(7); // PERMISSION_DENIED
    m_engine->start();
    const auto watcher = watch();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Forbidden); }));
    QCOMPARE(m_seen->with([&] { return m_seen->states[m_key].reason; }), std::string("told to"));
    QVERIFY(watcher->stop());
}

void TestBuildkitFaults::oneEngineUnderTwoNames()
{
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, record("r1", 1, 4, 1));
    m_engine->start();
    const auto first = watch("one");
    QVERIFY(m_seen->wait([&] { return m_seen->states[{"one", "one0"}].listed; }));
    const auto second = watch("two");
    QVERIFY(m_seen->wait([&] { return m_seen->states[{"two", "two0"}].listed && m_seen->states[{"one", "one0"}].reachedBy.size() == 2; }));
    m_seen->with([&] {
        const NodeStatus& one = m_seen->states[{"one", "one0"}];
        const NodeStatus& two = m_seen->states[{"two", "two0"}];
        QVERIFY(one.primary);
        QVERIFY(!two.primary);
        QCOMPARE(two.reachedBy, (std::vector<std::string>{"one", "two"}));
        QCOMPARE(one.reachedBy, (std::vector<std::string>{"one", "two"}));
        QCOMPARE(m_seen->set.size(), std::size_t(1));
    });
    QVERIFY(m_seen->wait([&] { return m_seen->build("r1")->records.front().reachedBy.size() == 2; }));
    QCOMPARE(m_seen->with([&] { return m_seen->build("r1")->records.front().info.builder; }), std::string("one"));
    QTRY_COMPARE(m_engine->listeners(), 1);
    QVERIFY(first->stop());
    QVERIFY(second->stop());
}

void TestBuildkitFaults::theOtherNameTakesOver()
{
    m_engine->start();
    const auto first = watch("one");
    QVERIFY(m_seen->wait([&] { return m_seen->states[{"one", "one0"}].listed; }));
    const auto second = watch("two");
    QVERIFY(m_seen->wait([&] { return m_seen->states[{"two", "two0"}].listed; }));
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->addStatus("r1", logLines("sha256:a", 0, 3));
    m_engine->publish(bkv1::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 3; }));
    QVERIFY(first->stop());
    QVERIFY(m_seen->wait([&] { return m_seen->states[{"two", "two0"}].primary; }));
    m_engine->addStatus("r1", logLines("sha256:a", 3, 3));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 6; }));
    QVERIFY(m_seen->with([&] { return m_seen->isStatus("r1", BuildStatus::Running); }));
    QCOMPARE(m_seen->with([&] { return m_seen->set.size(); }), std::size_t(1));
    QVERIFY(second->stop());
}

void TestBuildkitFaults::stopsQuicklyInEveryState()
{
    const auto quickly = [](NodeWatcher& watcher) {
        QElapsedTimer timer;
        timer.start();
        return watcher.stop() && timer.elapsed() < 2000;
    };
    const std::string path = m_folder->filePath(QStringLiteral("deaf.sock")).toStdString();
    const DeafListener deaf(path);
    const auto atOnce = watch("a", "unix://" + path);
    QVERIFY(quickly(*atOnce));
    const auto hung = watch("b", "unix://" + path);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState({"b", "b0"}, NodeState::Hung); }));
    QVERIFY(quickly(*hung));
    const auto down = watch("c");
    QVERIFY(m_seen->wait([&] { return m_seen->hasState({"c", "c0"}, NodeState::Down); }));
    QVERIFY(quickly(*down));
    m_engine->start();
    const auto frozen = watch("d");
    QVERIFY(m_seen->wait([&] { return m_seen->states[{"d", "d0"}].listed; }));
    m_engine->freeze(true);
    QVERIFY(quickly(*frozen));
    QVERIFY(quickly(*frozen)); // and again
    NodeWatcher never(bareTarget(m_engine->address()), m_seen->sinks(), m_registry);
    QVERIFY(quickly(never));
}

QTEST_GUILESS_MAIN(TestBuildkitFaults)
#include "test_buildkit_faults.moc"
