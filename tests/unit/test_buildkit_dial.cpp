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
    void whatWouldStartIsNeverDialled_data();
    void whatWouldStartIsNeverDialled();
    void buildxDialsNothingItCouldBoot();
    void lookedInto_data();
    void lookedInto();
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
    watcher->setListed(Listed::Running); // even when ls, which is older, says otherwise
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

void TestBuildkitDial::whatWouldStartIsNeverDialled_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QString>("endpoint");
    QTest::newRow("pods, no kubectl") << "kubernetes" << "kubernetes:///b?deployment=n";
    QTest::newRow("a container behind ssh, no docker") << "docker-container" << "ssh://builds@far";
    QTest::newRow("a driver we never heard of") << "cloud" << "cloud://somewhere";
}

/// What `buildx ls` says is shown with what is missing; what runs may have stopped since, so that changes nothing.
void TestBuildkitDial::whatWouldStartIsNeverDialled()
{
    QFETCH(QString, driver);
    QFETCH(QString, endpoint);
    DialTarget node = target(driver.toStdString());
    node.endpoint = endpoint.toStdString();
    node.secured = endpoint.startsWith(QLatin1String("ssh"));
    node.needsRunningCheck = true;
    node.noWay = "something is missing";
    node.buildxCommand = {writeScript(QStringLiteral("buildx"), "touch \"$0.called\"\n")};
    const auto watcher = watch(node);
    const auto isSaid = [this](const char* start) {
        return m_seen->with([&] {
            const std::string reason = m_seen->states[m_key].reason;
            return reason.find(start) == 0 && reason.find("; something is missing") != std::string::npos;
        });
    };
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Connecting) && m_seen->statusAsked == 1; })); // nobody knows yet
    watcher->setListed(Listed::Stopped);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    QVERIFY(isSaid("not running as far as buildx ls knows"));
    watcher->setListed(Listed::Running);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Unwatched); }));
    QVERIFY(isSaid("it runs as far as buildx ls knows"));
    watcher->setListed(Listed::Stopped);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Stopped); }));
    watcher->setListed(Listed::Unknown);
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Unwatched); }));
    QVERIFY(isSaid("buildx ls does not tell whether it runs"));
    QVERIFY(m_seen->with([&] { return m_seen->statusAsked >= 5; })); // so that the next news come, too
    QVERIFY(watcher->stop());
    QVERIFY(!QFile::exists(QString::fromStdString(node.buildxCommand.front() + ".called")));
}

/// dial() itself is the last to refuse, whatever its caller believes about the node.
void TestBuildkitDial::buildxDialsNothingItCouldBoot()
{
    DialTarget node = target("kubernetes");
    node.endpoint = "kubernetes:///b";
    node.needsRunningCheck = false;
    node.buildxCommand = {writeScript(QStringLiteral("buildx"), "touch \"$0.called\"\n")};
    const Interrupt interrupt;
    const DialOutcome outcome = dial(node, Listed::Running, std::chrono::seconds(2), interrupt);
    QVERIFY(!outcome.connection);
    QCOMPARE(int(outcome.state), int(NodeState::Unwatched));
    QVERIFY(outcome.reason.find("could start it") != std::string::npos);
}

void TestBuildkitDial::lookedInto_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words"); // docker's 28, kubectl's 1.32, as recorded
    QTest::addColumn<QString>("reason");
    const QStringList docker{"--host", "ssh://builds@far", "exec", "-i", "buildx_buildkit_n"};
    const QStringList kubectl{"--namespace=ci", "exec", "-i", "deployment/n", "--"};
    QTest::newRow("stopped container") << "docker-container" << "ssh://builds@far" << docker
        << QByteArray("Error response from daemon: container 0f3a is not running") << "its container is stopped";
    QTest::newRow("no container") << "docker-container" << "ssh://builds@far" << docker
        << QByteArray("Error response from daemon: No such container: buildx_buildkit_n") << "its container does not exist";
    QTest::newRow("no workload") << "kubernetes" << "kubernetes:///b" << kubectl
        << QByteArray("Error from server (NotFound): deployments.apps \"n\" not found") << "the cluster has nothing of it";
    QTest::newRow("no pod") << "kubernetes" << "kubernetes:///b" << kubectl
        << QByteArray("error: timed out waiting for the condition") << "none of its pods runs";
    QTest::newRow("pending pod") << "kubernetes" << "kubernetes:///b" << kubectl
        << QByteArray("Error from server (BadRequest): pod n-1 does not have a host assigned") << "none of its pods runs";
    QTest::newRow("ended pod") << "kubernetes" << "kubernetes:///b" << kubectl
        << QByteArray("error: cannot exec into a container in a completed pod; current phase is Succeeded") << "none of its pods runs";
}

/// A container behind ssh, a pod: a client that can only run something in them is asked, and buildx never. One that stops
/// while it is watched is not woken either.
void TestBuildkitDial::lookedInto()
{
    QFETCH(QString, driver);
    QFETCH(QString, endpoint);
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    QFETCH(QString, reason);
    DialTarget node = target(driver.toStdString());
    node.endpoint = endpoint.toStdString();
    node.secured = driver == QLatin1String("docker-container");
    const QString folder = m_folder->path();
    node.buildxCommand = {writeScript(QStringLiteral("buildx"), "touch \"$0.called\"\n")};
    node.execCommand = {writeScript(QStringLiteral("client"),
        "echo \"$@\" >> " + folder.toUtf8() + "/arguments\n"
        "[ -e " + folder.toUtf8() + "/runs ] || { echo '" + words + "' >&2; exit 1; }\n" + joinWith(m_engine->socketPath()))};
    for (const QString& argument : arguments)
        node.execCommand.push_back(argument.toStdString());
    const auto watcher = watch(node);
    const auto stands = [this] { return m_seen->wait([this] { return m_seen->hasState(m_key, NodeState::Stopped); }); };
    QVERIFY(stands());
    QVERIFY2(m_seen->with([&] { return m_seen->states[m_key].reason.find(reason.toStdString()) == 0; }), m_seen->states[m_key].reason.c_str());
    QFile runs(folder + QStringLiteral("/runs"));
    QVERIFY(runs.open(QIODevice::WriteOnly));
    watcher->retryNow();
    QVERIFY(m_seen->wait([&] { return m_seen->hasState(m_key, NodeState::Live) && m_seen->states[m_key].listed; })); // whatever ls says
    QVERIFY(runs.remove());
    m_engine->kill(); // stopped in between: the very moment in which buildx would boot it
    QVERIFY(stands());
    QVERIFY(watcher->stop());
    QVERIFY(!QFile::exists(QString::fromStdString(node.buildxCommand.front() + ".called")));
    QFile asked(folder + QStringLiteral("/arguments"));
    QVERIFY(asked.open(QIODevice::ReadOnly));
    while (!asked.atEnd())
        QCOMPARE(QString::fromUtf8(asked.readLine()).trimmed(), arguments.join(QLatin1Char(' ')) + QLatin1String(" buildctl dial-stdio"));
}

void TestBuildkitDial::childIsTheLastResort()
{
    m_docker->setGrpcSupported(false);
    DialTarget engine = target("docker");
    const QString log = m_folder->filePath(QStringLiteral("arguments"));
    engine.buildxCommand = {writeScript(QStringLiteral("buildx"),
        "echo \"$@ $(ls \"$BUILDX_CONFIG/instances\")\" >> " + log.toUtf8() + "\n" + joinWith(m_engine->socketPath()))};
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
