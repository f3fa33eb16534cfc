#include "sources/buildx/config_reader.h"
#include "sources/buildx/discovery.h"
#include "sources/buildx/local_state.h"
#include "sources/buildx/tls_files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <sys/stat.h>

using namespace layerline;

/// Builders from files and from `buildx ls`, each in a home of its own.
class TestDiscovery : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingThere();
    void instancesAndContexts();
    void aBuilderOnKubernetes();
    void buildxConfigWins();
    void brokenFilesAreShown();
    void hostileFiles();
    void tooManyNodes();
    void currentBuilder_data();
    void currentBuilder();
    void cutToOneNode();
    void bareAddresses_data();
    void bareAddresses();
    void lsOutput();
    void lsIsMerged();
    void lsThatHangs();
    void lsThatFails();
    void newInstancesAreNoticed();
    void toolIsFound();
    void localState();

private:
    void write(const QString& path, const QByteArray& text, bool program = false) const;
    void writeInstance(const QString& folder, const QString& name, const QByteArray& driver, const QByteArray& nodes) const;
    void writeContext(const QString& id, const QByteArray& name, const QByteArray& host) const;
    static const BuilderInfo* find(const std::vector<BuilderInfo>& builders, const std::string& name);
    std::unique_ptr<QTemporaryDir> m_folder;
    BuildxEnvironment m_environment;
};

void TestDiscovery::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment = {};
    m_environment.home = m_folder->path().toStdString();
    m_environment.path = m_folder->filePath(QStringLiteral("bin")).toStdString();
    m_environment.defaultSocket = m_folder->filePath(QStringLiteral("docker.sock")).toStdString();
}

void TestDiscovery::write(const QString& path, const QByteArray& text, bool program) const
{
    const QString full = m_folder->filePath(path);
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(text);
    if (program)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void TestDiscovery::writeInstance(const QString& folder, const QString& name, const QByteArray& driver, const QByteArray& nodes) const
{
    write(folder + QStringLiteral("/instances/") + name, "{\"Name\":\"" + name.toUtf8() + "\",\"Driver\":\"" + driver + "\",\"Nodes\":[" + nodes + "]}");
}

void TestDiscovery::writeContext(const QString& id, const QByteArray& name, const QByteArray& host) const
{
    write(QStringLiteral(".docker/contexts/meta/%1/meta.json").arg(id),
          "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\",\"SkipTLSVerify\":false}}}");
}

const BuilderInfo* TestDiscovery::find(const std::vector<BuilderInfo>& builders, const std::string& name)
{
    const auto at = std::find_if(builders.begin(), builders.end(), [&name](const BuilderInfo& builder) { return builder.name == name; });
    return at == builders.end() ? nullptr : &*at;
}

void TestDiscovery::nothingThere()
{
    QVERIFY(readBuilders(m_environment).empty());
    QVERIFY(m_environment.buildxCommand().empty() || QFile::exists(QString::fromStdString(m_environment.buildxCommand().front())));
}

void TestDiscovery::instancesAndContexts()
{
    writeContext(QStringLiteral("abc"), "remote-engine", "ssh://me@far");
    writeContext(QStringLiteral("def"), "plain", "unix:///run/other.sock");
    // Docker's id of a context is its name's digest.
    const QString id = QString::fromLatin1(QCryptographicHash::hash("by-tls", QCryptographicHash::Sha256).toHex());
    writeContext(id, "by-tls", "tcp://far:2376");
    write(QStringLiteral(".docker/contexts/tls/%1/docker/ca.pem").arg(id), "a certificate");
    write(QStringLiteral(".docker/contexts/meta/bad/meta.json"), "{not json");
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("multi"), "docker-container",
                  R"({"Name":"multi0","Endpoint":"plain","Platforms":[{"os":"linux","architecture":"arm64","variant":"v8"}]},{"Name":"multi1","Endpoint":"remote-engine"})");
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("tls"), "remote",
                  R"({"Name":"tls0","Endpoint":"tcp://far:1234","DriverOpts":{"cacert":"/ca.pem","servername":"x86.far"}})");
    const auto builders = readBuilders(m_environment);
    QCOMPARE(builders.size(), std::size_t(6));
    const BuilderInfo* multi = find(builders, "multi");
    QVERIFY(multi);
    QCOMPARE(multi->nodes.size(), std::size_t(2));
    QCOMPARE(multi->nodes[0].endpoint, std::string("unix:///run/other.sock"));
    QCOMPARE(multi->nodes[0].context, std::string("plain"));
    QCOMPARE(multi->nodes[0].container, std::string("buildx_buildkit_multi0"));
    QCOMPARE(multi->nodes[0].platforms, std::vector<std::string>{"linux/arm64/v8"});
    QVERIFY(multi->nodes[0].needsRunningCheck);
    QVERIFY(!multi->nodes[0].secured);
    QVERIFY(multi->nodes[1].secured);
    QVERIFY(find(builders, "tls")->nodes[0].secured);
    const TlsFiles given = tlsFilesOf(*find(builders, "tls"), find(builders, "tls")->nodes[0], m_environment);
    QCOMPARE(given, (TlsFiles{"/ca.pem", {}, {}, "x86.far", true}));
    const BuilderNode& byTls = find(builders, "by-tls")->nodes[0];
    QVERIFY(byTls.secured);
    const std::string kept = m_environment.dockerFolder() + "/contexts/tls/" + id.toStdString() + "/docker/";
    QCOMPARE(tlsFilesOf(*find(builders, "by-tls"), byTls, m_environment), (TlsFiles{kept + "ca.pem", {}, {}, {}, true}));
    QVERIFY(!find(builders, "tls")->nodes[0].needsRunningCheck);
    QCOMPARE(find(builders, "plain")->driver, std::string("docker"));
    QVERIFY(find(builders, "default")); // there is a docker client's folder, so its default is there as well
}

/// As recorded from the real buildx.
void TestDiscovery::aBuilderOnKubernetes()
{
    const auto recorded = [](const char* name) {
        QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/builders/") + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    write(QStringLiteral(".docker/buildx/instances/kube"), recorded("kubernetes.instance.json"));
    auto builders = readBuilders(m_environment);
    const BuilderInfo* kube = find(builders, "kube");
    QVERIFY(kube);
    QCOMPARE(kube->driver, std::string("kubernetes"));
    QCOMPARE(kube->nodes.size(), std::size_t(1));
    QVERIFY(kube->nodes[0].needsRunningCheck); // dialling would make a deployment
    QCOMPARE(podsOf(kube->instanceJson, "kube0"), 2);
    QCOMPARE(podsOf(kube->instanceJson, "nobody"), 1);
    QCOMPARE(kube->nodes[0].runState, InstanceState::Unknown);
    mergeLs(builders, parseLs(recorded("kubernetes.ls.json").toStdString()));
    kube = find(builders, "kube");
    QCOMPARE(kube->nodes[0].runState, InstanceState::Stopped);
    QCOMPARE(find(builders, "default")->error.substr(0, 14), std::string("Cannot connect"));
    // Nobody's number of pods is too odd to be read.
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("odd"), "kubernetes", R"({"Name":"odd0","Endpoint":"kubernetes:///odd","DriverOpts":{"replicas":"-3x"}})");
    QCOMPARE(podsOf(find(readBuilders(m_environment), "odd")->instanceJson, "odd0"), 1);
    QCOMPARE(podsOf("not json", "odd0"), 1);
}

void TestDiscovery::buildxConfigWins()
{
    m_environment.buildxConfig = m_folder->filePath(QStringLiteral("own")).toStdString();
    writeInstance(QStringLiteral("own"), QStringLiteral("same"), "remote", R"({"Name":"a","Endpoint":"unix:///a"})");
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("same"), "remote", R"({"Name":"b","Endpoint":"unix:///b"})");
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("other"), "remote", R"({"Name":"c","Endpoint":"unix:///c"})");
    const auto builders = readBuilders(m_environment);
    QCOMPARE(builders.size(), std::size_t(2));
    QCOMPARE(find(builders, "same")->nodes[0].endpoint, std::string("unix:///a"));
    QVERIFY(find(builders, "other"));
}

void TestDiscovery::brokenFilesAreShown()
{
    write(QStringLiteral(".docker/buildx/instances/broken"), "{");
    write(QStringLiteral(".docker/buildx/instances/list"), "[1,2]");
    write(QStringLiteral(".docker/buildx/instances/odd"), R"({"Name":"odd","Nodes":[3,{"Name":7},{"Name":"n","Endpoint":{}}]})");
    write(QStringLiteral(".docker/buildx/instances/empty"), R"({"Name":"empty","Driver":"remote","Nodes":null})");
    const auto builders = readBuilders(m_environment);
    QVERIFY(!find(builders, "broken")->error.empty());
    QVERIFY(!find(builders, "list")->error.empty());
    QCOMPARE(find(builders, "odd")->nodes.size(), std::size_t(1));
    QVERIFY(!find(builders, "empty")->error.empty());
}

/// Pipes, links, devices, folders, sizes and depths in place of every file there is: an answer, at once.
void TestDiscovery::hostileFiles()
{
    const QString docker = m_folder->filePath(QStringLiteral(".docker")), instances = docker + QStringLiteral("/buildx/instances/");
    write(QStringLiteral(".docker/buildx/instances/good"), R"({"Name":"good","Driver":"remote","Nodes":[{"Name":"n","Endpoint":"unix:///n"}]})");
    const QByteArray deep = QByteArray(200'000, '[') + QByteArray(200'000, ']');
    write(QStringLiteral(".docker/buildx/instances/deep"), R"({"Name":"deep","Driver":"remote","Nodes":)" + deep + "}");
    write(QStringLiteral(".docker/buildx/instances/huge"), QByteArray(40'000'000, ' '));
    write(QStringLiteral(".docker/buildx/instances/noutf8"), "{\"Name\":\"\xff\xfe\",\"Nodes\":[]}");
    QVERIFY(::mkfifo(qPrintable(instances + QStringLiteral("pipe")), 0600) == 0);
    QVERIFY(QFile::link(QStringLiteral("/dev/zero"), instances + QStringLiteral("zero")));
    QVERIFY(QFile::link(instances + QStringLiteral("loop"), instances + QStringLiteral("loop")));
    QVERIFY(QDir().mkpath(instances + QStringLiteral("folder")));
    const char* const files[] = {"config.json", "buildx/current", "contexts/meta/x/meta.json"};
    for (const char* kind : {"pipe", "zero", "loop", "folder", "deep", "huge", "types"}) {
        for (const char* name : files) {
            const QString path = docker + QLatin1Char('/') + QString::fromLatin1(name);
            QVERIFY(QDir().mkpath(QFileInfo(path).path()));
            QDir(path).removeRecursively();
            QFile::remove(path);
            const QByteArray what(kind);
            if (what == "pipe")
                QVERIFY(::mkfifo(qPrintable(path), 0600) == 0);
            else if (what == "zero" || what == "loop")
                QVERIFY(QFile::link(what == "zero" ? QStringLiteral("/dev/zero") : path, path));
            else if (what == "folder")
                QVERIFY(QDir().mkpath(path));
            else
                write(QStringLiteral(".docker/") + QString::fromLatin1(name), what == "deep" ? deep : what == "huge" ? QByteArray(40'000'000, ' ') : QByteArray(R"({"currentContext":[],"Name":{},"Key":1,"Global":"x","Endpoints":{"docker":7}})"));
        }
        const auto builders = readBuilders(m_environment);
        QVERIFY2(find(builders, "good"), kind);
        QCOMPARE(find(builders, "good")->nodes.size(), std::size_t(1));
        for (const char* broken : {"huge", "pipe", "zero", "loop"})
            QVERIFY2(find(builders, broken) && !find(builders, broken)->error.empty(), broken);
        QVERIFY(!find(builders, "deep")->error.empty());
    }
}

void TestDiscovery::tooManyNodes()
{
    QByteArray nodes;
    for (int i = 0; i < 1000; ++i)
        nodes += (i == 0 ? "" : ",") + QByteArray(R"({"Name":"n)") + QByteArray::number(i) + R"(","Endpoint":"unix:///n"})";
    write(QStringLiteral(".docker/buildx/instances/most"), R"({"Name":"most","Driver":"remote","Nodes":[)" + nodes + "]}");
    write(QStringLiteral(".docker/buildx/instances/more"), R"({"Name":"more","Driver":"remote","Nodes":[)" + nodes + R"(,{"Name":"one"}]})");
    const auto builders = readBuilders(m_environment);
    QCOMPARE(find(builders, "most")->nodes.size(), std::size_t(1000));
    QVERIFY(find(builders, "more")->nodes.empty());
    QVERIFY(find(builders, "more")->error.find("1000") != std::string::npos);
}

void TestDiscovery::currentBuilder_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no file") << QByteArray() << QString() << QStringLiteral("default");
    QTest::newRow("this endpoint") << QByteArray(R"({"Key":"unix:///e","Name":"multi","Global":false})") << QString() << QStringLiteral("multi");
    QTest::newRow("another endpoint") << QByteArray(R"({"Key":"unix:///x","Name":"multi","Global":false})") << QString() << QStringLiteral("default");
    QTest::newRow("global") << QByteArray(R"({"Key":"unix:///x","Name":"multi","Global":true})") << QString() << QStringLiteral("multi");
    QTest::newRow("variable") << QByteArray(R"({"Key":"unix:///e","Name":"other","Global":true})") << QStringLiteral("multi") << QStringLiteral("multi");
    QTest::newRow("broken") << QByteArray("]") << QString() << QStringLiteral("default");
}

void TestDiscovery::currentBuilder()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, variable);
    QFETCH(QString, expected);
    m_environment.dockerHost = "unix:///e";
    m_environment.buildxBuilder = variable.toStdString();
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("multi"), "remote", R"({"Name":"a","Endpoint":"unix:///a"})");
    if (!file.isEmpty())
        write(QStringLiteral(".docker/buildx/current"), file);
    for (const BuilderInfo& builder : readBuilders(m_environment))
        QCOMPARE(builder.current, builder.name == expected.toStdString());
}

void TestDiscovery::cutToOneNode()
{
    const std::string both = R"({"Name":"m","Driver":"remote","Extra":1,"Nodes":[{"Name":"a","Endpoint":"x"},{"Name":"b","Endpoint":"y"}]})";
    const auto cut = cutInstance(both, "b");
    QVERIFY(cut.ok());
    const auto parsed = parseInstance(*cut, {});
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->nodes.size(), std::size_t(1));
    QCOMPARE(parsed->nodes[0].name, std::string("b"));
    QVERIFY(cut->find("Extra") != std::string::npos);
    QVERIFY(!cutInstance(both, "c").ok());
    QVERIFY(!cutInstance("{", "a").ok());
}

void TestDiscovery::bareAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("good");
    QTest::newRow("unix") << QStringLiteral("unix:///run/b.sock") << true;
    QTest::newRow("tcp") << QStringLiteral("tcp://host:1234") << true;
    QTest::newRow("ipv6") << QStringLiteral("tcp://[::1]:1234") << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("relative") << QStringLiteral("unix://b.sock") << false;
    QTest::newRow("no port") << QStringLiteral("tcp://host") << false;
    QTest::newRow("empty port") << QStringLiteral("tcp://host:") << false;
    QTest::newRow("path") << QStringLiteral("/run/b.sock") << false;
}

void TestDiscovery::bareAddresses()
{
    QFETCH(QString, address);
    QFETCH(bool, good);
    QCOMPARE(bareBuilder(address.toStdString()).ok(), good);
}

void TestDiscovery::lsOutput()
{
    // 0.13 prints a builder once per row of its table.
    const auto builders = parseLs(R"({"Name":"m","Driver":"docker-container","Current":true,"Nodes":[{"Name":"a","Endpoint":"e","Status":"running","Version":"v1","Platforms":["linux/amd64"]},{"Name":"b","Status":"stopped"}]}
not json
{"Name":"m","Driver":"docker-container","Nodes":[{"Name":"a"},{"Name":"b"}]}
{"Driver":"nameless"}
{"Name":"bad","Nodes":"none","Err":"it broke"})");
    QCOMPARE(builders.size(), std::size_t(2));
    QCOMPARE(builders[0].nodes.size(), std::size_t(2));
    QCOMPARE(int(builders[0].nodes[0].runState), int(InstanceState::Running));
    QCOMPARE(int(builders[0].nodes[1].runState), int(InstanceState::Stopped));
    QCOMPARE(builders[1].error, std::string("it broke"));
    QVERIFY(parseLs("").empty());
}

void TestDiscovery::lsIsMerged()
{
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("m"), "docker-container", R"({"Name":"a","Endpoint":"unix:///a"})");
    write(QStringLiteral("bin/docker-buildx"),
          "#!/bin/sh\n[ \"$*\" = 'ls --format json' ] || exit 1\n"
          "echo '{\"Name\":\"m\",\"Driver\":\"docker-container\",\"Nodes\":[{\"Name\":\"a\",\"Status\":\"running\",\"Version\":\"v9\"}]}'\n"
          "echo '{\"Name\":\"sky\",\"Driver\":\"cloud\",\"Nodes\":[{\"Name\":\"sky0\",\"Status\":\"inactive\"}]}'\n", true);
    Discovery discovery(m_environment, {});
    QSignalSpy finished(&discovery, &Discovery::lsFinished);
    discovery.start();
    QVERIFY(find(discovery.builders(), "m")); // at once, from the file
    QVERIFY(!discovery.lsAnswered());
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(discovery.lsError(), std::string());
    QCOMPARE(find(discovery.builders(), "m")->nodes[0].version, std::string("v9"));
    QCOMPARE(int(find(discovery.builders(), "m")->nodes[0].runState), int(InstanceState::Running));
    QVERIFY(find(discovery.builders(), "sky")->nodes[0].needsRunningCheck);
}

void TestDiscovery::lsThatHangs()
{
    write(QStringLiteral("bin/docker-buildx"), "#!/bin/sh\nexec /bin/sleep 1000\n", true);
    Discovery::Options options;
    options.lsLimit = std::chrono::milliseconds(200);
    Discovery discovery(m_environment, options);
    QSignalSpy finished(&discovery, &Discovery::lsFinished);
    discovery.start();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!discovery.lsError().empty());
    discovery.runLs();
    discovery.stop(); // with a child running
}

void TestDiscovery::lsThatFails()
{
    write(QStringLiteral("bin/docker-buildx"), "#!/bin/sh\necho 'ERROR: no' >&2\nexit 1\n", true);
    Discovery discovery(m_environment, {});
    QSignalSpy finished(&discovery, &Discovery::lsFinished);
    discovery.start();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(discovery.lsError(), std::string("ERROR: no"));
    discovery.runLs();
    discovery.runLs(); // asked for while it runs: once more after it
    QTRY_COMPARE(finished.count(), 3);
}

void TestDiscovery::newInstancesAreNoticed()
{
    QDir(m_folder->path()).mkpath(QStringLiteral(".docker/buildx/instances"));
    Discovery::Options options;
    options.runLs = false;
    options.rescanEvery = std::chrono::hours(1); // the folder's own notice has to do
    Discovery discovery(m_environment, options);
    QSignalSpy changed(&discovery, &Discovery::changed);
    discovery.start();
    QCOMPARE(changed.count(), 1);
    QVERIFY(discovery.lsAnswered());
    writeInstance(QStringLiteral(".docker/buildx"), QStringLiteral("fresh"), "remote", R"({"Name":"a","Endpoint":"unix:///a"})");
    QTRY_VERIFY(find(discovery.builders(), "fresh"));
    discovery.setAddresses({"unix:///x", "rubbish"});
    QCOMPARE(find(discovery.builders(), "unix:///x")->driver, std::string("bare"));
    QVERIFY(!find(discovery.builders(), "rubbish")->error.empty());
}

void TestDiscovery::toolIsFound()
{
    write(QStringLiteral("bin/docker"), "#!/bin/sh\n", true);
    write(QStringLiteral(".docker/cli-plugins/docker-buildx"), "#!/bin/sh\n", true);
    QCOMPARE(m_environment.buildxCommand(), std::vector<std::string>{m_environment.home + "/.docker/cli-plugins/docker-buildx"});
    write(QStringLiteral("bin/buildx"), "#!/bin/sh\n", true);
    QCOMPARE(m_environment.buildxCommand(), std::vector<std::string>{m_environment.path + "/buildx"});
    m_environment.path = "relative:" + m_environment.path + ":";
    QCOMPARE(m_environment.findProgram("docker"), m_folder->filePath(QStringLiteral("bin/docker")).toStdString());
    QCOMPARE(m_environment.findProgram("nothing"), std::string());
}

void TestDiscovery::localState()
{
    write(QStringLiteral(".docker/buildx/refs/m/m0/ref1"), R"({"Target":"t","LocalPath":"/src","DockerfilePath":"D","GroupRef":"g1"})");
    write(QStringLiteral(".docker/buildx/refs/__group__/g1"), R"({"Targets":["one","two"],"Refs":["m/m0/ref1"]})");
    write(QStringLiteral(".docker/buildx/refs/m/m0/bad"), "]");
    const auto exact = readLocalState(m_environment, "m", "m0", "ref1");
    QVERIFY(exact.has_value());
    QCOMPARE(exact->state, (LocalState{"t", "/src", "D", "g1"}));
    const auto elsewhere = readLocalState(m_environment, "default", "default", "ref1");
    QVERIFY(elsewhere.has_value());
    QCOMPARE(elsewhere->builder, std::string("m"));
    QVERIFY(!readLocalState(m_environment, "m", "m0", "bad").has_value());
    QVERIFY(!readLocalState(m_environment, "m", "m0", "../m0/ref1").has_value());
    QVERIFY(!readLocalState(m_environment, "m", "m0", "").has_value());
    QCOMPARE(readGroupTargets(m_environment, "g1"), (std::vector<std::string>{"one", "two"}));
    QVERIFY(readGroupTargets(m_environment, "../x").empty());
    QCOMPARE(readGroupDefinition(m_environment, "g1"), std::string());
    write(QStringLiteral(".docker/buildx/refs/__group__/g2"), R"({"Definition":"eyJ0YXJnZXQiOnt9fQ==","Targets":["one"],"Refs":["m/m0/ref1"]})");
    QCOMPARE(readGroupDefinition(m_environment, "g2"), std::string(R"({"target":{}})"));
    QCOMPARE(readGroupDefinition(m_environment, "../x"), std::string());
}

QTEST_GUILESS_MAIN(TestDiscovery)
#include "test_discovery.moc"
