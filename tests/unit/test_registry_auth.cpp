// Signing in to a registry: token service, Basic, docker's configuration and its helpers, and what must never get out.
#include "support/fake_registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

const QByteArray password = "canary-p4ssw0rd";
const QByteArray basic = "Basic " + QByteArray("me:" + password).toBase64();

bool write(const QString& path, const QByteArray& text, bool program = false)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return false;
    file.close();
    return !program || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

class TestRegistryAuth : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<FaultServer> m_tokens; ///< the token service, on its own origin
    std::unique_ptr<RegistryClient> m_client;
    Answer m_tokenAnswer{200, R"({"token":"tok-1"})", {}};
    QByteArray m_accepted;

    DockerPlaces places() const { return {m_folder->filePath(QStringLiteral("config.json")).toStdString(), m_folder->path().toStdString()}; }
    void configure(const QByteArray& text)
    {
        QVERIFY(write(m_folder->filePath(QStringLiteral("config.json")), text));
        m_client = std::make_unique<RegistryClient>(quickOptions(places()));
    }
    QByteArray auths() const { return QByteArray::fromStdString(json("{'auths':{'" + m_registry->host() + "':{'auth':'" + basic.mid(6).toStdString() + "'}}}")); }
    void demand(const QByteArray& challenge)
    {
        m_registry->fault = [this, challenge](const Request& request) -> std::optional<Answer> {
            if (request.headers.value("authorization") == m_accepted)
                return std::nullopt;
            return Answer{401, R"({"errors":[{"code":"UNAUTHORIZED"}]})", {{"WWW-Authenticate", challenge}}};
        };
    }
    QByteArray bearer() const { return "Bearer realm=\"" + m_tokens->url(QStringLiteral("/token")).toUtf8() + "\",service=\"reg\",scope=\"repository:someone/else:pull,push,delete\""; }
    Got<RawManifest> ask()
    {
        Got<RawManifest> got;
        m_client->manifest(m_registry->image("1.0"), this, got.callback());
        [&] { QTRY_VERIFY(got.done()); }();
        return got;
    }

private Q_SLOTS:
    void init()
    {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
        m_folder = std::make_unique<QTemporaryDir>();
        m_registry = std::make_unique<FakeRegistry>();
        m_registry->addPair("a", "1.0");
        m_tokenAnswer = {200, R"({"token":"tok-1"})", {}};
        m_tokens = std::make_unique<FaultServer>([this](const Request&) { return m_tokenAnswer; });
        m_accepted = "Bearer tok-1";
        m_client = std::make_unique<RegistryClient>(quickOptions(places()));
        demand(bearer());
    }
    void cleanup()
    {
        m_client.reset();
        m_registry.reset();
        m_tokens.reset();
    }

    void anonymousToken()
    {
        const auto got = ask();
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(m_tokens->requests().size(), 1);
        const Request& asked = m_tokens->requests().first();
        QVERIFY(!asked.headers.contains("authorization"));
        QCOMPARE(asked.query, QByteArray("service=reg&scope=repository%3Aacme%2Fshop%3Apull")); // ours, not what the challenge wants us to ask for
        // The token is kept for the next request of its kind.
        QVERIFY(ask().ok());
        QCOMPARE(m_tokens->requests().size(), 1);
    }

    void tokenWithPassword()
    {
        configure(auths());
        m_tokenAnswer.body = R"({"access_token":"tok-1"})";
        const auto got = ask();
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(m_tokens->requests().first().headers.value("authorization"), basic);
        for (const Request& request : m_registry->server.requests())
            QVERIFY2(request.headers.value("authorization") != basic, "the password is for the token service");
    }

    void identityToken()
    {
        configure(QByteArray::fromStdString(json("{'auths':{'" + m_registry->host() + "':{'auth':'MDA6','identitytoken':'canary/idt+'}}}")));
        const auto got = ask();
        QVERIFY2(got.ok(), got.problem().c_str());
        const Request& asked = m_tokens->requests().first();
        QCOMPARE(asked.method, QByteArray("POST"));
        QVERIFY(asked.query.isEmpty());
        QVERIFY(asked.body.contains("grant_type=refresh_token") && asked.body.contains("refresh_token=canary%2Fidt%2B") && asked.body.contains("scope=repository%3Aacme%2Fshop%3Apull"));
    }

    void basicSignIn()
    {
        configure(auths());
        demand("Basic realm=\"registry\"");
        m_accepted = basic;
        const auto got = ask();
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(m_tokens->requests().size(), 0);
    }

    void basicWithoutAPassword()
    {
        demand("Basic realm=\"registry\"");
        const auto got = ask();
        QCOMPARE(got.kind(), ErrorKind::Permission);
        QVERIFY2(got.problem().find("docker login " + m_registry->host()) != std::string::npos, got.problem().c_str());
    }

    void aRefusedPassword()
    {
        configure(auths());
        demand("Basic realm=\"registry\"");
        m_accepted = "never";
        const auto got = ask();
        QCOMPARE(got.kind(), ErrorKind::Permission);
        QVERIFY2(got.problem().find("does not take the credential") != std::string::npos, got.problem().c_str());
        QCOMPARE(m_registry->server.requests().size(), 2); // a wrong password is not sent again and again
    }

    void aTokenThatRanOut()
    {
        QVERIFY(ask().ok());
        m_accepted = "Bearer tok-2";
        m_tokenAnswer.body = R"({"token":"tok-2"})";
        const auto got = ask();
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(m_tokens->requests().size(), 2);
    }

    void manyAtOnceAskForOneToken()
    {
        std::vector<Got<RawManifest>> all(12);
        for (const auto& got : all)
            m_client->manifest(m_registry->image("1.0"), this, got.callback());
        QTRY_VERIFY(std::all_of(all.begin(), all.end(), [](const auto& got) { return got.done(); }));
        for (const auto& got : all)
            QVERIFY2(got.ok() && got.calls() == 1, got.problem().c_str());
        QCOMPARE(m_tokens->requests().size(), 1);
    }

    void writingAsksForMore()
    {
        QVERIFY(ask().ok());
        Got<void> got;
        m_client->put(m_registry->image("1.1"), {m_registry->tags["1.0"], ociIndex, m_registry->manifests[m_registry->tags["1.0"]].bytes}, this, got.callback());
        QTRY_VERIFY(got.done());
        QVERIFY2(got.ok(), got.problem().c_str());
        QVERIFY(m_tokens->requests().last().query.contains("scope=repository%3Aacme%2Fshop%3Apull%2Cpush"));
    }

    void tokenServiceFaults_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("part");
        QTest::newRow("401") << 401 << QByteArray() << QStringLiteral("gives no token to somebody who is not signed in");
        QTest::newRow("403") << 403 << QByteArray() << QStringLiteral("gives no token");
        QTest::newRow("429") << 429 << QByteArray() << QStringLiteral("token service of 127.0.0.1");
        QTest::newRow("500") << 500 << QByteArray() << QStringLiteral("answers 500");
        QTest::newRow("no token") << 200 << QByteArray("{}") << QStringLiteral("without a token");
        QTest::newRow("no JSON") << 200 << QByteArray("<html>") << QStringLiteral("without a token");
    }
    void tokenServiceFaults()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, part);
        m_tokenAnswer = {status, body, {}};
        const auto got = ask();
        QVERIFY(!got.ok());
        QVERIFY2(QString::fromStdString(got.problem()).contains(part), got.problem().c_str());
    }

    void oddChallenges_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QString>("part");
        QTest::newRow("unknown") << QByteArray("Negotiate") << QStringLiteral("neither Basic nor Bearer");
        QTest::newRow("no realm") << QByteArray("Bearer service=x") << QStringLiteral("no token service");
        QTest::newRow("a file") << QByteArray("Bearer realm=\"file:///etc/passwd\"") << QStringLiteral("no token service");
        QTest::newRow("without TLS") << QByteArray("Bearer realm=\"http://tokens.example/\"") << QStringLiteral("without TLS (http://tokens.example/): the credential stays here");
    }
    void oddChallenges()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(QString, part);
        configure(auths());
        demand(challenge);
        const auto got = ask();
        QVERIFY(!got.ok());
        QVERIFY2(QString::fromStdString(got.problem()).contains(part), got.problem().c_str());
    }

    void aHelperIsAskedOverItsStandardInput()
    {
        QVERIFY(write(m_folder->filePath(QStringLiteral("docker-credential-canary")),
                      "#!/bin/sh\nread server\nprintf '%s|%s|%s' \"$*\" \"$server\" \"$GH_TOKEN\" > \"$(dirname \"$0\")/seen\"\n"
                      "printf '{\"ServerURL\":\"x\",\"Username\":\"me\",\"Secret\":\"" + password + "\"}'\n", true));
        qputenv("GH_TOKEN", "ghp_canary0123456789");
        configure(R"({"credsStore":"canary"})");
        const auto got = ask();
        qunsetenv("GH_TOKEN");
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(m_tokens->requests().first().headers.value("authorization"), basic);
        QFile seen(m_folder->filePath(QStringLiteral("seen")));
        QVERIFY(seen.open(QIODevice::ReadOnly));
        QCOMPARE(seen.readAll(), "get|" + QByteArray::fromStdString(m_registry->host()) + "|");
    }

    void helpers_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<bool>("works");
        QTest::addColumn<QString>("part");
        QTest::newRow("knows nothing") << QByteArray("echo 'credentials not found in native keychain'; exit 1") << true << QString();
        QTest::newRow("fails") << QByteArray("echo 'the keyring is locked' >&2; exit 3") << false << QStringLiteral("docker-credential-x failed: the keyring is locked");
        QTest::newRow("babbles") << QByteArray("echo hello") << false << QStringLiteral("not a JSON object");
        QTest::newRow("floods") << QByteArray("head -c 3000000 /dev/zero") << false << QStringLiteral("more than 1 MiB");
    }
    void helpers()
    {
        QFETCH(QByteArray, script);
        QFETCH(bool, works);
        QFETCH(QString, part);
        QVERIFY(write(m_folder->filePath(QStringLiteral("docker-credential-x")), "#!/bin/sh\n" + script + "\n", true));
        DockerPlaces docker = places();
        QVERIFY(write(m_folder->filePath(QStringLiteral("config.json")), R"({"credsStore":"x"})"));
        docker.path += ":/usr/bin:/bin";
        m_client = std::make_unique<RegistryClient>(quickOptions(docker));
        const auto got = ask();
        QCOMPARE(got.ok(), works);
        QVERIFY2(QString::fromStdString(got.problem()).contains(part), got.problem().c_str());
    }

    void aMissingHelper()
    {
        configure(R"({"credsStore":"nowhere"})");
        const auto got = ask();
        QCOMPARE(got.kind(), ErrorKind::NotFound);
        QVERIFY(got.problem().find("docker-credential-nowhere, which is not in PATH") != std::string::npos);
    }

    void noErrorHoldsASecret()
    {
        configure(auths());
        m_tokenAnswer.body = R"({"token":"canary-token-123"})";
        const QByteArray leak = QByteArray::fromStdString(json("{'errors':[{'code':'X','message':'you sent " + (basic + " " + password).toStdString() + " canary-token-123'}]}"));
        m_registry->fault = [&](const Request& request) -> std::optional<Answer> {
            if (request.headers.value("authorization") != "Bearer canary-token-123")
                return Answer{401, {}, {{"WWW-Authenticate", bearer()}}};
            return Answer{403, leak, {}};
        };
        const auto got = ask();
        QVERIFY(!got.ok());
        QVERIFY2(got.problem().find("you sent") != std::string::npos, got.problem().c_str());
        for (const QByteArray& secret : {password, basic.mid(6), QByteArray("canary-token-123")})
            QVERIFY2(got.problem().find(secret.toStdString()) == std::string::npos, got.problem().c_str());
    }
};

QTEST_GUILESS_MAIN(TestRegistryAuth)
#include "test_registry_auth.moc"
