// What a handshake of our own says about a builder behind TLS, against a real server.
#include "buildkit_fixture.h"

#include "sources/buildkit/tls_check.h"
#include "support/fault_server/tls_server.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace layerline;
using namespace layerline::test;

namespace {
constexpr auto patience = std::chrono::seconds(10);
}

class TestTlsCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theyGetOn_data();
    void theyGetOn();
    void oursIsRefused_data();
    void oursIsRefused();
    void theirsIsNotTrusted_data();
    void theirsIsNotTrusted();
    void nobodyThere();
    void noTelling();
    void wordsOfOtherClients_data();
    void wordsOfOtherClients();
    void theNodeSaysSo_data();
    void theNodeSaysSo();
    void aClientThatGetsThroughIsBelieved();

private:
    std::string path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)).toStdString(); }
    void write(const char* name, const QByteArray& text);
    TlsIdentity identity(const char* client = "ours") const;
    std::optional<TlsRefusal> ask(const TlsServer& server, const TlsIdentity& as) const;

    QTemporaryDir m_folder;
    const TestCertificate m_ours = makeTestCertificate();
    const TestCertificate m_stranger = makeTestCertificate();
    Interrupt m_interrupt;
};

void TestTlsCheck::write(const char* name, const QByteArray& text)
{
    QFile file(m_folder.filePath(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

void TestTlsCheck::initTestCase()
{
    write("server.pem", testCertificate().certificate);
    write("ours.pem", m_ours.certificate);
    write("ours.key", m_ours.key);
    write("stranger.pem", m_stranger.certificate);
    write("stranger.key", m_stranger.key);
}

TlsIdentity TestTlsCheck::identity(const char* client) const
{
    TlsIdentity as;
    as.authority = path("server.pem");
    if (*client) {
        as.certificate = path((std::string(client) + ".pem").c_str());
        as.key = path((std::string(client) + ".key").c_str());
    }
    return as;
}

std::optional<TlsRefusal> TestTlsCheck::ask(const TlsServer& server, const TlsIdentity& as) const
{
    return askByTls(server.address(), as, std::chrono::steady_clock::now() + patience, m_interrupt);
}

void TestTlsCheck::theyGetOn_data()
{
    QTest::addColumn<bool>("tls12");
    QTest::addColumn<bool>("asks");
    QTest::newRow("TLS 1.3") << false << true;
    QTest::newRow("TLS 1.2") << true << true;
    QTest::newRow("asks for nothing") << false << false;
}

void TestTlsCheck::theyGetOn()
{
    QFETCH(bool, tls12);
    QFETCH(bool, asks);
    const TlsServer server({testCertificate(), asks ? m_ours.certificate : QByteArray(), tls12});
    const auto refusal = ask(server, identity(asks ? "ours" : ""));
    QVERIFY2(!refusal, refusal ? refusal->reason.c_str() : "");
    QTRY_COMPARE(server.letIn(), 1);
}

void TestTlsCheck::oursIsRefused_data()
{
    QTest::addColumn<bool>("tls12");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("why");
    for (const bool tls12 : {false, true}) {
        const QByteArray version = tls12 ? " by TLS 1.2" : " by TLS 1.3";
        QTest::newRow("a stranger's" + version) << tls12 << QByteArray("stranger") << QByteArray("an authority it does not know");
    }
    // An older one may only say that shaking hands has failed.
    QTest::newRow("none") << false << QByteArray() << QByteArray("none is configured");
}

void TestTlsCheck::oursIsRefused()
{
    QFETCH(bool, tls12);
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, why);
    const TlsServer server({testCertificate(), m_ours.certificate, tls12});
    const auto refusal = ask(server, identity(client.constData()));
    QVERIFY(refusal);
    QCOMPARE(int(refusal->state), int(NodeState::Forbidden));
    QVERIFY2(refusal->reason.find("it refused our certificate: ") == 0, refusal->reason.c_str());
    QVERIFY2(QByteArray::fromStdString(refusal->reason).contains(why), refusal->reason.c_str());
    QTRY_COMPARE(server.turnedAway(), 1);
}

void TestTlsCheck::theirsIsNotTrusted_data()
{
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("signed by nobody we know") << QByteArray("stranger.pem") << QByteArray() << QByteArray("self");
    QTest::newRow("nor the system") << QByteArray() << QByteArray() << QByteArray("self");
    QTest::newRow("another host's") << QByteArray("server.pem") << QByteArray("elsewhere.test") << QByteArray("hostname mismatch");
    QTest::newRow("another address's") << QByteArray("server.pem") << QByteArray("192.0.2.1") << QByteArray("IP address mismatch");
}

void TestTlsCheck::theirsIsNotTrusted()
{
    QFETCH(QByteArray, authority);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, why);
    const TlsServer server({testCertificate(), m_ours.certificate, false});
    TlsIdentity as = identity();
    as.authority = authority.isEmpty() ? std::string() : path(authority.constData());
    as.serverName = name.toStdString();
    const auto refusal = ask(server, as);
    QVERIFY(refusal);
    QCOMPARE(int(refusal->state), int(NodeState::Forbidden));
    QVERIFY2(refusal->reason.find("its certificate is not trusted: ") == 0, refusal->reason.c_str());
    QVERIFY2(QByteArray::fromStdString(refusal->reason).contains(why), refusal->reason.c_str());
    as.verify = false; // as a docker context may say
    QVERIFY(!ask(server, as));
}

void TestTlsCheck::nobodyThere()
{
    const auto refusal = askByTls("tcp://127.0.0.1:1", identity(), std::chrono::steady_clock::now() + patience, m_interrupt);
    QVERIFY(refusal);
    QCOMPARE(int(refusal->state), int(NodeState::Down));
    QVERIFY2(refusal->reason.find("certificate") == std::string::npos, refusal->reason.c_str());
}

void TestTlsCheck::noTelling()
{
    const TlsServer server({testCertificate(), m_ours.certificate, false});
    TlsIdentity as = identity();
    as.key = path("no.key"); // buildx says so itself
    QVERIFY(!ask(server, as));
    as.key = path("stranger.key");
    QVERIFY(!ask(server, as));
    Interrupt leaving;
    leaving.raise();
    QVERIFY(!askByTls(server.address(), identity(), std::chrono::steady_clock::now() + patience, leaving));
}

void TestTlsCheck::wordsOfOtherClients_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("says");
    const QByteArray ours = "refused our", theirs = "is not trusted", none;
    QTest::newRow("unknown authority") << QByteArray("error during connect: remote error: tls: unknown certificate authority") << ours;
    QTest::newRow("required") << QByteArray("remote error: tls: certificate required") << ours;
    QTest::newRow("bad") << QByteArray("remote error: tls: bad certificate") << ours;
    QTest::newRow("theirs") << QByteArray("tls: failed to verify certificate: x509: certificate signed by unknown authority") << theirs;
    QTest::newRow("theirs, older Go") << QByteArray("x509: certificate is valid for a.test, not b.test") << theirs;
    QTest::newRow("another quarrel") << QByteArray("remote error: tls: handshake failure") << none;
    QTest::newRow("nothing of the kind") << QByteArray("dial tcp: connection refused") << none;
}

void TestTlsCheck::wordsOfOtherClients()
{
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, says);
    const auto refusal = refusalIn(words.toStdString());
    QCOMPARE(refusal.has_value(), !says.isEmpty());
    if (!refusal)
        return;
    QCOMPARE(int(refusal->state), int(NodeState::Forbidden));
    QVERIFY2(refusal->reason.find(says.toStdString()) != std::string::npos && refusal->reason.find(words.toStdString()) != std::string::npos, refusal->reason.c_str());
}

void TestTlsCheck::theNodeSaysSo_data()
{
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("ours refused") << QByteArray("stranger") << QByteArray("server.pem") << QByteArray("it refused our certificate");
    QTest::newRow("theirs not trusted") << QByteArray("ours") << QByteArray("stranger.pem") << QByteArray("its certificate is not trusted");
}

/// The client goes on trying and says nothing, as buildx does.
void TestTlsCheck::theNodeSaysSo()
{
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, authority);
    QFETCH(QByteArray, says);
    const TlsServer server({testCertificate(), m_ours.certificate, false});
    write("buildx", "#!/bin/sh\nexec sleep 1000\n");
    QFile::setPermissions(QString::fromStdString(path("buildx")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    DialTarget target = bareTarget(server.address());
    target.driver = "remote";
    target.secured = true;
    target.tls = identity(client.constData());
    target.tls.authority = path(authority.constData());
    target.buildxCommand = {path("buildx")};
    target.childEnvironment = {"PATH=/usr/bin:/bin"};
    Collector seen;
    NodeWatcher watcher(target, seen.sinks(), std::make_shared<WorkerRegistry>(), quickOptions());
    watcher.start();
    QVERIFY(seen.wait([&] { return seen.hasState(target.key, NodeState::Forbidden); }));
    const NodeStatus status = seen.with([&] { return seen.states[target.key]; });
    QVERIFY2(status.reason.find(says.toStdString()) == 0, status.reason.c_str());
    const auto states = seen.with([&] { return seen.history[target.key]; });
    QVERIFY(std::find(states.begin(), states.end(), NodeState::Hung) == states.end());
    QVERIFY(watcher.stop());
}

/// Whom we would not trust buildx may: the way it has through counts, not our opinion.
void TestTlsCheck::aClientThatGetsThroughIsBelieved()
{
    FakeBuildkitd engine(path("b.sock"));
    engine.start();
    const TlsServer server({testCertificate(), m_ours.certificate, false});
    write("buildx", "#!/usr/bin/python3\n"
                    "import os, socket, threading\n"
                    "s = socket.socket(socket.AF_UNIX); s.connect('" + QByteArray::fromStdString(engine.socketPath()) + "')\n"
                    "def up():\n"
                    "    while True:\n"
                    "        d = os.read(0, 65536)\n"
                    "        if not d: os._exit(0)\n"
                    "        s.sendall(d)\n"
                    "threading.Thread(target=up, daemon=True).start()\n"
                    "while True:\n"
                    "    d = s.recv(65536)\n"
                    "    if not d: break\n"
                    "    os.write(1, d)\n");
    QFile::setPermissions(QString::fromStdString(path("buildx")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    DialTarget target = bareTarget(server.address());
    target.driver = "remote";
    target.secured = true;
    target.tls = identity("stranger");
    target.buildxCommand = {path("buildx")};
    target.childEnvironment = {"PATH=/usr/bin:/bin"};
    Collector seen;
    NodeWatcher watcher(target, seen.sinks(), std::make_shared<WorkerRegistry>(), quickOptions());
    watcher.start();
    QVERIFY(seen.wait([&] { return seen.hasState(target.key, NodeState::Live); }));
    QVERIFY(seen.with([&] { return seen.states[target.key].reason.empty(); }));
    QVERIFY(watcher.stop());
}

QTEST_GUILESS_MAIN(TestTlsCheck)
#include "test_tls_check.moc"
