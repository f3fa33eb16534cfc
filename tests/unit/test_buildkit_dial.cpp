#include "buildkit_fixture.h"

#include "sources/buildkit/child_stream.h"
#include "sources/buildkit/docker_api.h"
#include "support/fake_buildkitd/fake_docker.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <csignal>

using namespace layerline;
using namespace layerline::test;

/// The ways to a node, and above all the ones that must not be taken.
class TestBuildkitDial : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void engineOverItsOwnApi();
    void runningContainer();
    void stoppedContainerIsOnlyLookedAt();
    void missingContainerIsOnlyLookedAt();
    void containerIsFoundWhenItStarts();
    void kubernetesWaitsForLs();
    void distantContainer();
    void childIsTheLastResort();
    void childSaysWhyItFailed();
    void childEndsWithItsConnection();
    void noToolIsSaid();
    void badAddresses_data();
    void badAddresses();

private:
    DialTarget target(const std::string& driver) const;
    std::string writeScript(const QString& name, const QByteArray& text) const;
    std::unique_ptr<NodeWatcher> watch(const DialTarget& target);
    bool onlyLooks() const;
    QByteArray joinWithEngine() const;
    const NodeKey m_key{"b", "n"};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeBuildkitd> m_engine;
    std::unique_ptr<FakeDocker> m_docker;
    std::unique_ptr<Collector> m_seen;
};

void TestBuildkitDial::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeBuildkitd>(m_folder->filePath(QStringLiteral("b.sock")).toStdString());
    m_docker = std::make_unique<FakeDocker>(m_folder->filePath(QStringLiteral("d.sock")).toStdString(), m_engine->socketPath());
    m_seen = std::make_unique<Collector>();
    m_engine->start();
}

void TestBuildkitDial::cleanup()
{
    m_engine.reset();
    m_docker.reset();
    m_seen.reset();
}

DialTarget TestBuildkitDial::target(const std::string& driver) const
{
    DialTarget target;
    target.key = m_key;
    target.driver = driver;
    target.endpoint = m_docker->address();
    target.container = "buildx_buildkit_n";
    target.needsRunningCheck = driver == "docker-container" || driver == "kubernetes";
    target.childEnvironment = {"PATH=/usr/bin:/bin"};
    return target;
}

std::string TestBuildkitDial::writeScript(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("#!/bin/sh\n" + text);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return file.fileName().toStdString();
}

std::unique_ptr<NodeWatcher> TestBuildkitDial::watch(const DialTarget& target)
{
    auto watcher = std::make_unique<NodeWatcher>(target, m_seen->sinks(), std::make_shared<WorkerRegistry>(), quickOptions());
    watcher->start();
    return watcher;
}

bool TestBuildkitDial::onlyLooks() const
{
    const auto requests = m_docker->requests();
    return std::all_of(requests.begin(), requests.end(), [](const std::string& request) { return request == "GET /containers/buildx_buildkit_n/json"; });
}

void TestBuildkitDial::engineOverItsOwnApi()
{
    const auto watcher = watch(target("docker"));
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live) && m_seen->states[m_key].listed; }));
    QCOMPARE(m_docker->requests(), std::vector<std::string>{"POST /grpc"});
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::runningContainer()
{
    const auto watcher = watch(target("docker-container"));
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live) && m_seen->states[m_key].listed; }));
    bk::StatusResponse big = logLines("sha256:a", 0, 1);
    big.mutable_logs(0)->set_msg(std::string(3u << 20, 'x') + "\n"); // many frames
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2));
    m_engine->addStatus("r1", big);
    m_engine->publish(bk::STARTED, record("r1"));
    QVERIFY(m_seen->wait([&] { return m_seen->logLines("r1") == 1; }));
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::stoppedContainerIsOnlyLookedAt()
{
    m_docker->setContainer(FakeDocker::Container::Stopped);
    DialTarget stopped = target("docker-container");
    stopped.buildxCommand = {writeScript(QStringLiteral("buildx"), "touch \"$0.called\"\n")};
    const auto watcher = watch(stopped);
    watcher->setListedRunning(true); // even when ls, which is older, says otherwise
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    QTRY_VERIFY(m_docker->requests().size() > 10);
    QVERIFY(onlyLooks());
    QVERIFY(!QFile::exists(QString::fromStdString(stopped.buildxCommand.front() + ".called")));
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::missingContainerIsOnlyLookedAt()
{
    m_docker->setContainer(FakeDocker::Container::Missing);
    const auto watcher = watch(target("docker-container"));
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    QTRY_VERIFY(m_docker->requests().size() > 3);
    QVERIFY(onlyLooks());
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::containerIsFoundWhenItStarts()
{
    m_docker->setContainer(FakeDocker::Container::Stopped);
    const auto watcher = watch(target("docker-container"));
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    m_docker->setContainer(FakeDocker::Container::Running);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live); }));
    m_docker->setContainer(FakeDocker::Container::Stopped);
    m_engine->kill();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::kubernetesWaitsForLs()
{
    DialTarget pods = target("kubernetes");
    pods.endpoint = "kubernetes:///b?deployment=n";
    const std::string marker = m_folder->filePath(QStringLiteral("called")).toStdString();
    pods.buildxCommand = {writeScript(QStringLiteral("buildx"), "touch " + QByteArray::fromStdString(marker) + "\n")};
    const auto watcher = watch(pods);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Connecting) && m_seen->statusAsked == 1; })); // nobody knows yet
    QVERIFY(!m_seen->hasState(m_key, NodeState::Stopped));
    watcher->setListedRunning(false);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    QVERIFY(!QFile::exists(QString::fromStdString(marker)));
    watcher->setListedRunning(true);
    QTRY_VERIFY(QFile::exists(QString::fromStdString(marker)));
    // That dial failed, so what ls said is void and ls is asked again.
    QVERIFY(m_seen->wait([&] { return m_seen->statusAsked >= 2; }));
    QVERIFY(watcher->stop());
}

/// For a shell script: any program that joins its stdin and stdout with the socket will do.
QByteArray TestBuildkitDial::joinWithEngine() const
{
    return
        "exec python3 -c '\n"
        "import os, socket, sys, threading\n"
        "s = socket.socket(socket.AF_UNIX); s.connect(\"" + QByteArray::fromStdString(m_engine->socketPath()) + "\")\n"
        "def up():\n"
        "    while True:\n"
        "        d = os.read(0, 65536)\n"
        "        if not d: os._exit(0)\n"
        "        s.sendall(d)\n"
        "threading.Thread(target=up, daemon=True).start()\n"
        "while True:\n"
        "    d = s.recv(65536)\n"
        "    if not d: break\n"
        "    os.write(1, d)\n"
        "'\n";
}

/// A container on an engine behind ssh: docker's own client looks into it, and only into it.
void TestBuildkitDial::distantContainer()
{
    DialTarget distant = target("docker-container");
    distant.endpoint = "ssh://builds@far";
    distant.secured = distant.needsRunningCheck = true;
    distant.container = "buildx_buildkit_n";
    const QString folder = m_folder->path();
    distant.buildxCommand = {writeScript(QStringLiteral("buildx"), "touch \"$0.called\"\n")};
    distant.dockerCommand = {writeScript(QStringLiteral("docker"),
        "echo \"$@\" >> " + folder.toUtf8() + "/arguments\n"
        "[ -e " + folder.toUtf8() + "/runs ] || { echo 'Error response from daemon: container 0f3a is not running' >&2; exit 1; }\n" + joinWithEngine()),
        "--host", distant.endpoint};
    const auto watcher = watch(distant);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    QVERIFY(m_seen->states[m_key].reason.find("its container is stopped") == 0);
    QFile runs(folder + QStringLiteral("/runs"));
    QVERIFY(runs.open(QIODevice::WriteOnly));
    watcher->retryNow();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live); })); // whatever ls says, and before it does
    QVERIFY(!QFile::exists(QString::fromStdString(distant.buildxCommand.front() + ".called")));
    QFile arguments(folder + QStringLiteral("/arguments"));
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    while (!arguments.atEnd())
        QCOMPARE(arguments.readLine().trimmed(), QByteArray("--host ssh://builds@far exec -i buildx_buildkit_n buildctl dial-stdio"));
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::childIsTheLastResort()
{
    m_docker->setGrpcSupported(false);
    DialTarget engine = target("docker");
    const QString log = m_folder->filePath(QStringLiteral("arguments"));
    engine.buildxCommand = {writeScript(QStringLiteral("buildx"),
        "echo \"$@ $(ls \"$BUILDX_CONFIG/instances\")\" >> " + log.toUtf8() + "\n" + joinWithEngine())};
    engine.instanceJson = R"({"Name":"b","Driver":"docker","Nodes":[{"Name":"n"}]})";
    const auto watcher = watch(engine);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live) && m_seen->states[m_key].listed; }));
    QFile arguments(log);
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    QCOMPARE(arguments.readAll().trimmed(), QByteArray("dial-stdio --builder b b"));
    QVERIFY(watcher->stop());
    const QStringList left = QDir(QDir::tempPath()).entryList({QStringLiteral("layerline-dial-*")});
    QVERIFY2(left.isEmpty() || qEnvironmentVariableIsSet("XDG_RUNTIME_DIR"), qPrintable(left.join(QLatin1Char(' '))));
}

void TestBuildkitDial::childSaysWhyItFailed()
{
    DialTarget remote = target("remote");
    remote.endpoint = "ssh://nowhere";
    remote.secured = true;
    remote.buildxCommand = {writeScript(QStringLiteral("buildx"), "echo 'ERROR: no route to host' >&2; exit 1\n")};
    const auto watcher = watch(remote);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Down); }));
    const std::string reason = m_seen->with([&] { return m_seen->states[m_key].reason; });
    QVERIFY2(reason.find("no route to host") != std::string::npos, reason.c_str());
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::childEndsWithItsConnection()
{
    pid_t pid = -1;
    {
        auto child = ChildStream::start({writeScript(QStringLiteral("sleeper"), "sleep 1000 & sleep 1000\n")}, {"PATH=/usr/bin:/bin"});
        QVERIFY(child.ok());
        pid = child->pid();
        QVERIFY(::kill(pid, 0) == 0);
    }
    QVERIFY(::kill(pid, 0) != 0);
    QTRY_VERIFY(::kill(-pid, 0) != 0); // its group as well
}

void TestBuildkitDial::noToolIsSaid()
{
    DialTarget remote = target("remote");
    remote.secured = true;
    const auto watcher = watch(remote);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Down); }));
    QVERIFY(m_seen->with([&] { return m_seen->states[m_key].reason.find("buildx") != std::string::npos; }));
    QVERIFY(watcher->stop());
}

void TestBuildkitDial::badAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("empty") << QString();
    QTest::newRow("no path") << QStringLiteral("unix://");
    QTest::newRow("no port") << QStringLiteral("tcp://localhost");
    QTest::newRow("other scheme") << QStringLiteral("ftp://localhost:1");
    QTest::newRow("long path") << QStringLiteral("unix:///") + QString(500, QLatin1Char('x'));
    QTest::newRow("refused") << QStringLiteral("tcp://127.0.0.1:1");
}

void TestBuildkitDial::badAddresses()
{
    QFETCH(QString, address);
    const Interrupt interrupt;
    const DialOutcome outcome = dial(bareTarget(address.toStdString()), Listed::NotYet, std::chrono::seconds(2), interrupt);
    QVERIFY(!outcome.connection);
    QCOMPARE(int(outcome.state), int(NodeState::Down));
    QVERIFY(!outcome.reason.empty());
}

QTEST_GUILESS_MAIN(TestBuildkitDial)
#include "test_buildkit_dial.moc"
