#include "buildkit_fixture.h"

#include "sources/fleet/fleet.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

using namespace layerline;
using namespace layerline::test;

/// Many nodes at once, found and watched together.
class TestBuildkitFleet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void oneHungOfFifty();
    void nothingThereSettles();
    void instancesAreWatched();
    void aContextIsTheChildsCurrentOne();
    void podsAreLookedIntoByKubectl();
    void nodesComeAndGo();
    void detailsArriveBeforeDone();
    void nothingIsSaidAfterStop();

private:
    FleetOptions emptyOptions() const;
    std::string socketPath(const QString& name) const { return m_folder->filePath(name).toStdString(); }
    static bool isLive(const Fleet& fleet, const std::string& builder);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBuildkitFleet::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

FleetOptions TestBuildkitFleet::emptyOptions() const
{
    FleetOptions options;
    options.environment = {};
    options.environment.home = m_folder->path().toStdString();
    options.environment.path = "/nowhere";
    options.environment.defaultSocket = m_folder->filePath(QStringLiteral("none.sock")).toStdString();
    options.runLs = false;
    return options;
}

bool TestBuildkitFleet::isLive(const Fleet& fleet, const std::string& builder)
{
    for (const NodeStatus& node : fleet.nodes()) {
        if (node.builder == builder)
            return node.state == NodeState::Live && node.listed;
    }
    return false;
}

void TestBuildkitFleet::oneHungOfFifty()
{
    const std::string deafPath = socketPath(QStringLiteral("deaf.sock"));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, deafPath.data(), deafPath.size());
    const int deaf = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    QCOMPARE(::bind(deaf, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    QCOMPARE(::listen(deaf, 4), 0);

    std::vector<std::unique_ptr<FakeBuildkitd>> engines;
    FleetOptions options = emptyOptions();
    options.addresses.push_back("unix://" + deafPath);
    for (int i = 0; i < 49; ++i) {
        engines.push_back(std::make_unique<FakeBuildkitd>(socketPath(QStringLiteral("e%1").arg(i)), "worker-" + std::to_string(i)));
        engines.back()->start();
        options.addresses.push_back(engines.back()->address());
    }
    Fleet fleet(options);
    const auto live = [&fleet] {
        int count = 0;
        for (const NodeStatus& node : fleet.nodes())
            count += node.state == NodeState::Live ? 1 : 0;
        return count;
    };
    QElapsedTimer timer;
    timer.start();
    fleet.start();
    QTRY_COMPARE_WITH_TIMEOUT(live(), 49, 20'000);
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
#endif
    QTRY_COMPARE(int(fleet.nodes().front().state), int(NodeState::Hung));
    QTRY_VERIFY(fleet.isSettled());
    QVERIFY(fleet.stop());
    ::close(deaf);
}

void TestBuildkitFleet::nothingThereSettles()
{
    Fleet fleet(emptyOptions());
    QSignalSpy settled(&fleet, &Fleet::settled);
    fleet.start();
    QTRY_COMPARE(settled.count(), 1);
    QVERIFY(fleet.nodes().empty());
    QVERIFY(fleet.stop());
}

void TestBuildkitFleet::instancesAreWatched()
{
    FakeBuildkitd first(socketPath(QStringLiteral("1.sock")), "worker-1");
    FakeBuildkitd second(socketPath(QStringLiteral("2.sock")), "worker-2");
    first.start();
    second.start();
    QDir(m_folder->path()).mkpath(QStringLiteral(".docker/buildx/instances"));
    QFile file(m_folder->filePath(QStringLiteral(".docker/buildx/instances/multi")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QStringLiteral(R"({"Name":"multi","Driver":"remote","Nodes":[{"Name":"multi0","Endpoint":"%1"},{"Name":"multi1","Endpoint":"%2"}]})")
                   .arg(QString::fromStdString(first.address()), QString::fromStdString(second.address()))
                   .toUtf8());
    file.close();
    // What the client noted about the build.
    QDir(m_folder->path()).mkpath(QStringLiteral(".docker/buildx/refs/multi/multi0"));
    QFile note(m_folder->filePath(QStringLiteral(".docker/buildx/refs/multi/multi0/same")));
    QVERIFY(note.open(QIODevice::WriteOnly));
    note.write(R"({"Target":"default","LocalPath":"/src","DockerfilePath":"Dockerfile","GroupRef":"g"})");
    note.close();

    Collector seen;
    Fleet fleet(emptyOptions());
    fleet.setEventSink(seen.sinks().events);
    QSignalSpy settled(&fleet, &Fleet::settled);
    fleet.start();
    QTRY_COMPARE(settled.count(), 1);
    const std::vector<NodeStatus> nodes = fleet.nodes();
    QCOMPARE(nodes.size(), std::size_t(2));
    QCOMPARE(nodes[0].workerId, std::string("worker-1"));
    QCOMPARE(nodes[1].workerId, std::string("worker-2"));
    // Equal platforms on both, and both show their part of the same build.
    first.publish(bk::STARTED, record("same"));
    second.publish(bk::STARTED, record("same"));
    QVERIFY(seen.wait([&] { return seen.build("same") && seen.build("same")->records.size() == 2; }));
    const Build* build = seen.build("same");
    QCOMPARE(build->records[0].info.builder, std::string("multi"));
    const auto noted = std::find_if(build->records.begin(), build->records.end(), [](const Record& part) { return part.info.localState.has_value(); });
    QVERIFY(noted != build->records.end());
    QCOMPARE(noted->info.localState->localPath, std::string("/src"));
    QVERIFY(fleet.stop());
}

/// buildx refuses every context but the current one, and DOCKER_HOST would come before all of them.
void TestBuildkitFleet::aContextIsTheChildsCurrentOne()
{
    const QDir home(m_folder->path());
    home.mkpath(QStringLiteral("bin"));
    home.mkpath(QStringLiteral(".docker/contexts/meta/1"));
    const auto write = [&home](const QString& name, const QByteArray& text) {
        QFile file(home.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    };
    write(QStringLiteral(".docker/contexts/meta/1/meta.json"), R"({"Name":"far","Metadata":{},"Endpoints":{"docker":{"Host":"ssh://far"}}})");
    write(QStringLiteral("bin/docker-buildx"), "#!/bin/sh\necho \"$*: context=$DOCKER_CONTEXT host=$DOCKER_HOST\" >>\"$HOME/asked\"\n");
    FleetOptions options = emptyOptions();
    options.environment.path = home.filePath(QStringLiteral("bin")).toStdString() + ":/usr/bin:/bin";
    options.environment.dockerHost = "ssh://elsewhere";
    options.environment.dockerContext = "another";
    Fleet fleet(options);
    fleet.start();
    const auto asked = [&home] {
        QFile file(home.filePath(QStringLiteral("asked")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY2(asked().contains("dial-stdio --builder far: context=far host=\n"), asked().constData());
    QTRY_VERIFY2(asked().contains("dial-stdio --builder default: context= host=ssh://elsewhere\n"), asked().constData());
    QVERIFY(fleet.stop());
}

/// The whole way from an instance file: kubectl looks into the pod, buildx is asked for its list and for nothing else, and without
/// kubectl nobody looks at all.
void TestBuildkitFleet::podsAreLookedIntoByKubectl()
{
    FakeBuildkitd engine(socketPath(QStringLiteral("pod.sock")), "worker-of-the-pod");
    engine.start();
    const QDir home(m_folder->path());
    home.mkpath(QStringLiteral("bin"));
    home.mkpath(QStringLiteral(".docker/buildx/instances"));
    const auto write = [&home](const QString& name, const QByteArray& text) {
        QFile file(home.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    };
    write(QStringLiteral(".docker/buildx/instances/kube"),
          R"({"Name":"kube","Driver":"kubernetes","Nodes":[{"Name":"kube0","Endpoint":"kubernetes:///kube?kubeconfig=%2Fk","DriverOpts":{"namespace":"ci","replicas":"2"}}]})");
    write(QStringLiteral("bin/docker-buildx"), "#!/bin/sh\necho \"$*\" >>\"$HOME/asked-of-buildx\"\n"
          "echo '{\"Name\":\"kube\",\"Driver\":\"kubernetes\",\"Nodes\":[{\"Name\":\"kube0\",\"Status\":\"running\"}]}'\n");
    write(QStringLiteral("bin/kubectl"), "#!/bin/sh\necho \"$*\" >>\"$HOME/asked-of-kubectl\"\n"
          "[ -e \"$HOME/stopped\" ] && { echo 'error: timed out waiting for the condition' >&2; exit 1; }\n" + joinWith(engine.socketPath()));
    const auto linesOf = [&home](const QString& name) {
        QFile file(home.filePath(name));
        QStringList lines = file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts) : QStringList();
        lines.removeDuplicates();
        return lines;
    };
    FleetOptions options = emptyOptions();
    options.environment.path = home.filePath(QStringLiteral("bin")).toStdString() + ":/usr/bin:/bin";
    options.runLs = true;
    {
        Fleet fleet(options);
        fleet.start();
        const auto node = [&fleet] {
            const auto nodes = fleet.nodes();
            const auto at = std::find_if(nodes.begin(), nodes.end(), [](const NodeStatus& status) { return status.builder == "kube"; });
            return at == nodes.end() ? NodeStatus() : *at;
        };
        QTRY_VERIFY(isLive(fleet, "kube"));
        QCOMPARE(node().workerId, std::string("worker-of-the-pod"));
        QCOMPARE(node().reason, std::string("one of 2 pods is shown"));
        write(QStringLiteral("stopped"), {});
        engine.kill(); // buildx ls goes on saying that it runs
        QTRY_COMPARE_WITH_TIMEOUT(int(node().state), int(NodeState::Stopped), 30'000);
        QTRY_VERIFY(linesOf(QStringLiteral("asked-of-buildx")).size() > 0);
        QVERIFY(fleet.stop());
    }
    QCOMPARE(linesOf(QStringLiteral("asked-of-kubectl")),
             QStringList{"--kubeconfig=/k --namespace=ci exec -i --pod-running-timeout=5s deployment/kube0 --container=buildkitd -- buildctl dial-stdio"});
    QVERIFY(QFile::remove(home.filePath(QStringLiteral("bin/kubectl"))));
    options.environment.path = home.filePath(QStringLiteral("bin")).toStdString();
    Fleet fleet(options);
    fleet.start();
    const auto reason = [&fleet] {
        const auto nodes = fleet.nodes();
        return nodes.empty() ? std::string() : nodes.front().reason;
    };
    QTRY_COMPARE(reason(), std::string("it runs as far as buildx ls knows; to watch pods takes kubectl, which is not on the PATH"));
    QVERIFY(fleet.stop());
    QCOMPARE(linesOf(QStringLiteral("asked-of-buildx")), QStringList{"ls --format json"});
}

void TestBuildkitFleet::nodesComeAndGo()
{
    FakeBuildkitd engine(socketPath(QStringLiteral("1.sock")));
    engine.start();
    Fleet fleet(emptyOptions());
    fleet.start();
    QTRY_VERIFY(fleet.isSettled());
    fleet.addAddress(engine.address());
    QTRY_VERIFY(isLive(fleet, engine.address()));
    fleet.addAddress("nonsense");
    QTRY_COMPARE(fleet.nodes().size(), std::size_t(2));
    QCOMPARE(int(fleet.nodes()[1].state), int(NodeState::Down));
    QVERIFY(!fleet.nodes()[1].reason.empty());
    fleet.removeAddress(engine.address());
    fleet.removeAddress("nonsense");
    QTRY_VERIFY(fleet.nodes().empty());
    QTRY_COMPARE(engine.listeners(), 0);
    QVERIFY(fleet.stop());
}

void TestBuildkitFleet::detailsArriveBeforeDone()
{
    FakeBuildkitd engine(socketPath(QStringLiteral("1.sock")));
    engine.addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    engine.endStatus("r1");
    engine.publish(bk::COMPLETE, record("r1", 1, 4, 1));
    engine.start();
    FleetOptions options = emptyOptions();
    options.addresses = {engine.address()};
    options.backgroundHistory = false;
    Collector seen;
    Fleet fleet(options);
    fleet.setEventSink(seen.sinks().events);
    fleet.start();
    QTRY_VERIFY(fleet.isSettled());
    QVERIFY(seen.with([&] { return seen.build("r1") && seen.build("r1")->steps.empty(); }));
    bool done = false;
    fleet.loadDetails({"worker-1", "r1"}, [&](Result<void> result) { done = result.ok(); });
    QTRY_VERIFY(done);
    QCOMPARE(seen.with([&] { return seen.build("r1")->steps.size(); }), std::size_t(1));
    ErrorKind kind = ErrorKind::Internal;
    fleet.loadDetails({"worker-9", "r1"}, [&](Result<void> result) { kind = result.ok() ? ErrorKind::Internal : result.error().kind; });
    QTRY_COMPARE(int(kind), int(ErrorKind::NotFound));
    QVERIFY(fleet.stop());
}

void TestBuildkitFleet::nothingIsSaidAfterStop()
{
    FakeBuildkitd engine(socketPath(QStringLiteral("1.sock")));
    engine.start();
    FleetOptions options = emptyOptions();
    options.addresses = {engine.address()};
    std::atomic<bool> stopped{false};
    std::atomic<int> late{0}, early{0};
    {
        Fleet fleet(options);
        fleet.setEventSink([&](const EventBatchPtr&) { ++(stopped ? late : early); });
        fleet.start();
        QTRY_VERIFY(isLive(fleet, engine.address()));
        engine.addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
        engine.publish(bk::STARTED, record("r1"));
        for (int i = 0; i < 2000; ++i)
            engine.addStatus("r1", logLines("sha256:a", i, 1));
        QTRY_VERIFY(early > 10);
        QVERIFY(fleet.stop());
        stopped = true;
    }
    QCOMPARE(late.load(), 0);
}

QTEST_GUILESS_MAIN(TestBuildkitFleet)
#include "test_buildkit_fleet.moc"
