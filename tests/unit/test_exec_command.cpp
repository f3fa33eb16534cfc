#include "sources/buildx/config_reader.h"
#include "sources/buildx/exec_command.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;

using Words = std::vector<std::string>;

/// With what and where a builder's container or pod is looked into.
class TestExecCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void recordedPod();
    void pods_data();
    void pods();
    void containers_data();
    void containers();
    void missingPrograms_data();
    void missingPrograms();
    void othersNeedNone();

private:
    BuilderInfo parsed(const QString& driver, const QByteArray& node) const;
    ExecCommand of(const BuilderInfo& builder) const { return execCommandOf(builder, builder.nodes.front(), m_tools); }
    QTemporaryDir m_folder;
    BuildxEnvironment m_tools;   ///< has kubectl and docker
    BuildxEnvironment m_noTools;
    std::string m_kubectl, m_docker;
};

void TestExecCommand::initTestCase()
{
    for (const auto& [name, path] : {std::pair{"kubectl", &m_kubectl}, std::pair{"docker", &m_docker}}) {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        *path = file.fileName().toStdString();
    }
    m_tools.home = m_noTools.home = m_folder.path().toStdString();
    m_tools.path = m_folder.path().toStdString();
    m_noTools.path = "/nowhere";
}

BuilderInfo TestExecCommand::parsed(const QString& driver, const QByteArray& node) const
{
    const std::vector<DockerContext> contexts{{"far", "ssh://builds@far", true}, {"default", "tcp://there:2376", true}};
    return *parseInstance((QStringLiteral("{\"Name\":\"b\",\"Driver\":\"%1\",\"Nodes\":[").arg(driver).toUtf8() + node + "]}").toStdString(), contexts);
}

/// The instance file that buildx 0.29 wrote for `create --driver kubernetes --driver-opt namespace=ci,replicas=2`.
void TestExecCommand::recordedPod()
{
    QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/builders/kubernetes.instance.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const ExecCommand exec = of(*parseInstance(file.readAll().toStdString(), {}));
    QCOMPARE(exec.command, (Words{m_kubectl, "--kubeconfig=/home/user/kubeconfig", "--namespace=ci", "exec", "-i",
                                  "--pod-running-timeout=5s", "deployment/kube0", "--container=buildkitd", "--"}));
    QCOMPARE(exec.missing, std::string());
}

void TestExecCommand::pods_data()
{
    QTest::addColumn<QByteArray>("node");
    QTest::addColumn<QStringList>("before"); // of "exec"
    QTest::addColumn<QString>("workload");
    QTest::newRow("whatever kubectl would take") << QByteArray(R"({"Name":"n","Endpoint":"kubernetes:///b?deployment=x&kubeconfig="})") << QStringList() << "deployment/n";
    QTest::newRow("no query") << QByteArray(R"({"Name":"n","Endpoint":"kubernetes:///b"})") << QStringList() << "deployment/n";
    QTest::newRow("a path with signs") << QByteArray(R"({"Name":"n","Endpoint":"kubernetes:///b?kubeconfig=%2Fa%20%26%3D%2Bb"})") << QStringList{"--kubeconfig=/a &=+b"} << "deployment/n";
    QTest::newRow("a path with a blank as buildx writes it") << QByteArray(R"({"Name":"n","Endpoint":"kubernetes:///b?kubeconfig=%2Fa+b%2B+c"})") << QStringList{"--kubeconfig=/a b+ c"} << "deployment/n";
    QTest::newRow("buildx's own name for it") << QByteArray(R"({"Name":"loving_mendeleev0","Endpoint":"kubernetes:///b"})") << QStringList() << "deployment/loving-mendeleev0";
    QTest::newRow("with a disk of its own") << QByteArray(R"({"Name":"n","Endpoint":"kubernetes:///b","DriverOpts":{"persistent-volume-claim.requests.storage":"10Gi"}})")
        << QStringList() << "statefulset/n";
    QTest::newRow("nothing is an option of its own") << QByteArray(R"({"Name":"--n","Endpoint":"kubernetes:///b?kubeconfig=--k","DriverOpts":{"namespace":"-x"}})")
        << QStringList{"--kubeconfig=--k", "--namespace=-x"} << "deployment/--n";
}

void TestExecCommand::pods()
{
    QFETCH(QByteArray, node);
    QFETCH(QStringList, before);
    QFETCH(QString, workload);
    Words expected{m_kubectl};
    for (const QString& argument : before + QStringList{"exec", "-i", "--pod-running-timeout=5s", workload, "--container=buildkitd", "--"})
        expected.push_back(argument.toStdString());
    QCOMPARE(of(parsed(QStringLiteral("kubernetes"), node)).command, expected);
}

void TestExecCommand::containers_data()
{
    QTest::addColumn<QByteArray>("endpoint");
    QTest::addColumn<QStringList>("where");
    QTest::newRow("ssh") << QByteArray("ssh://me@far") << QStringList{"--host", "ssh://me@far"};
    QTest::newRow("a context") << QByteArray("far") << QStringList{"--context", "far"};
    QTest::newRow("the default context") << QByteArray("default") << QStringList{"--host", "tcp://there:2376"};
    QTest::newRow("a context only docker can read") << QByteArray("desktop-linux") << QStringList{"--context", "desktop-linux"};
}

void TestExecCommand::containers()
{
    QFETCH(QByteArray, endpoint);
    QFETCH(QStringList, where);
    const ExecCommand exec = of(parsed(QStringLiteral("docker-container"), R"({"Name":"n","Endpoint":")" + endpoint + "\"}"));
    QCOMPARE(exec.command, (Words{m_docker, where[0].toStdString(), where[1].toStdString(), "exec", "-i", "buildx_buildkit_n"}));
}

void TestExecCommand::missingPrograms_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QByteArray>("node");
    QTest::addColumn<QString>("missing");
    QTest::newRow("kubectl") << "kubernetes" << QByteArray(R"({"Name":"n","Endpoint":"kubernetes:///b"})") << "takes kubectl";
    QTest::newRow("docker") << "docker-container" << QByteArray(R"({"Name":"n","Endpoint":"ssh://far"})") << "takes the docker command";
    QTest::newRow("the cluster") << "kubernetes" << QByteArray(R"({"Name":"n","Endpoint":"default"})") << "in which cluster";
    QTest::newRow("the driver") << "cloud" << QByteArray(R"({"Name":"n","Endpoint":"cloud://x"})") << "driver \"cloud\"";
}

void TestExecCommand::missingPrograms()
{
    QFETCH(QString, driver);
    QFETCH(QByteArray, node);
    QFETCH(QString, missing);
    const BuilderInfo builder = parsed(driver, node);
    QVERIFY(builder.nodes.front().needsRunningCheck);
    const ExecCommand exec = execCommandOf(builder, builder.nodes.front(), m_noTools);
    QVERIFY(exec.command.empty());
    QVERIFY2(exec.missing.find(missing.toStdString()) != std::string::npos, exec.missing.c_str());
}

void TestExecCommand::othersNeedNone()
{
    for (const auto& [driver, endpoint] : {std::pair{"docker", "unix:///d.sock"}, std::pair{"remote", "ssh://far"}, std::pair{"docker-container", "unix:///d.sock"}}) {
        const ExecCommand exec = of(parsed(QLatin1String(driver), R"({"Name":"n","Endpoint":")" + QByteArray(endpoint) + "\"}"));
        QVERIFY(exec.command.empty() && exec.missing.empty());
    }
    // Listed by `buildx ls` and by no file: nobody says in which namespace.
    BuilderInfo listed;
    listed.driver = "kubernetes";
    listed.nodes.push_back({});
    listed.nodes.back().endpoint = "kubernetes:///b";
    QVERIFY(of(listed).command.empty() && !of(listed).missing.empty());
}

QTEST_GUILESS_MAIN(TestExecCommand)
#include "test_exec_command.moc"
