// The registry client against a registry that misbehaves.
#include "support/fake_registry.h"
#include "support/fault_server/test_certificate.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;
using Fault = FaultServer::Fault;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

class TestRegistryClient : public QObject {
    Q_OBJECT
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistryClient> m_client;

    Got<RawManifest> ask(const ImageReference& at)
    {
        Got<RawManifest> got;
        m_client->manifest(at, this, got.callback());
        [&] { QTRY_VERIFY(got.done()); }();
        return got;
    }

private Q_SLOTS:
    void init()
    {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
        m_registry = std::make_unique<FakeRegistry>();
        m_client = std::make_unique<RegistryClient>(quickOptions());
    }
    void cleanup()
    {
        m_client.reset();
        m_registry.reset();
    }

    void anIndexByTagAndByDigest()
    {
        const std::string digest = m_registry->addPair("a", "1.0");
        const auto byTag = ask(m_registry->image("1.0"));
        QVERIFY2(byTag.ok(), byTag.problem().c_str());
        QCOMPARE(byTag.value().digest, digest);
        QCOMPARE(byTag.value().mediaType, std::string(ociIndex));
        QCOMPARE(byTag.value().bytes, m_registry->manifests[digest].bytes);
        const auto byDigest = ask(m_registry->image("x").withDigest(digest));
        QCOMPARE(byDigest.value().digest, digest);
        const auto& asked = m_registry->server.requests().first();
        QCOMPARE(asked.target, QByteArray("/v2/acme/shop/manifests/1.0"));
        QVERIFY(!asked.headers.contains("authorization"));
    }

    void head()
    {
        const std::string digest = m_registry->addPair("a", "1.0");
        Got<RegistryClient::ManifestHead> got;
        m_client->head(m_registry->image("1.0"), this, got.callback());
        QTRY_VERIFY(got.done());
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(got.value().digest, digest);
        QCOMPARE(m_registry->server.requests().first().method, QByteArray("HEAD"));
    }

    void refusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, int status, const char* body, ErrorKind kind, const char* part) {
            QTest::newRow(name) << status << QByteArray(body) << int(kind) << QString::fromLatin1(part);
        };
        row("401 without a challenge", 401, "", ErrorKind::Permission, "wants a sign-in for acme/shop");
        row("403", 403, R"({"errors":[{"code":"DENIED","message":"not yours"}]})", ErrorKind::Permission, "does not allow reading acme/shop (not yours)");
        row("404 tag", 404, R"({"errors":[{"code":"MANIFEST_UNKNOWN"}]})", ErrorKind::NotFound, "/acme/shop has no tag 1.0");
        row("404 name", 404, R"({"errors":[{"code":"NAME_UNKNOWN"}]})", ErrorKind::NotFound, "has no repository acme/shop");
        row("404 without words", 404, "<html>", ErrorKind::NotFound, "has no tag 1.0");
        row("418", 418, "", ErrorKind::BadInput, "answers 418 for acme/shop");
        row("500", 500, "oh", ErrorKind::Unreachable, "answers 500");
        row("503", 503, R"({"errors":[{"code":"UNAVAILABLE","message":"line one\nline two"}]})", ErrorKind::Unreachable, "answers 503 for acme/shop (line one line two)");
        row("429 without a word", 429, R"({"errors":[{"code":"TOOMANYREQUESTS","message":"pull rate limit"}]})", ErrorKind::Unreachable, "too many requests from here (pull rate limit)");
    }
    void refusals()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        QFETCH(QString, part);
        m_registry->fault = [&](const Request&) { return Answer{status, body, {}}; };
        const auto got = ask(m_registry->image("1.0"));
        QVERIFY(!got.ok());
        QCOMPARE(int(got.kind()), kind);
        QVERIFY2(QString::fromStdString(got.problem()).contains(part), got.problem().c_str());
        QVERIFY(got.problem().find('\n') == std::string::npos);
        // Trouble of the registry's is tried again, what it means is not.
        QCOMPARE(m_registry->server.requests().size(), qsizetype(status >= 500 ? 3 : 1));
    }

    void troubleThatPasses()
    {
        m_registry->addPair("a", "1.0");
        int left = 2;
        m_registry->fault = [&](const Request&) -> std::optional<Answer> { return left-- > 0 ? std::optional(Answer{502, {}, {}}) : std::nullopt; };
        const auto got = ask(m_registry->image("1.0"));
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(m_registry->server.requests().size(), 3);
    }

    void retryAfterIsObeyed()
    {
        m_registry->addPair("a", "1.0");
        QElapsedTimer since;
        qint64 second = -1;
        m_registry->fault = [&](const Request&) -> std::optional<Answer> {
            if (m_registry->server.requests().size() == 1) {
                since.start();
                return Answer{429, {}, {{"Retry-After", "1"}}};
            }
            second = since.elapsed();
            return std::nullopt;
        };
        const auto got = ask(m_registry->image("1.0"));
        QVERIFY2(got.ok(), got.problem().c_str());
        QVERIFY2(second >= 990, qPrintable(QString::number(second)));
    }

    void aLongRetryAfterIsAnError()
    {
        m_registry->fault = [](const Request&) { return Answer{429, {}, {{"Retry-After", "3600"}}}; };
        const auto got = ask(m_registry->image("1.0"));
        QVERIFY2(got.problem().find("asked again in 3600 s") != std::string::npos, got.problem().c_str());
        QCOMPARE(m_registry->server.requests().size(), 1);
    }

    void wrongDigest()
    {
        const std::string good = m_registry->addPair("a", "1.0");
        m_registry->manifests[good].bytes += " ";
        for (const auto& at : {m_registry->image("1.0"), m_registry->image("1.0").withDigest(good)}) {
            const auto got = ask(at);
            QCOMPARE(got.kind(), ErrorKind::Corrupt);
            QVERIFY2(got.problem().find("should be " + good) != std::string::npos, got.problem().c_str());
        }
        const std::string blob = m_registry->addBlob("hello");
        m_registry->blobs[blob] = "hullo";
        Got<std::string> got;
        m_client->blob(m_registry->image("1.0"), blob, 1000, this, got.callback());
        QTRY_VERIFY(got.done());
        QCOMPARE(got.kind(), ErrorKind::Corrupt);
    }

    void brokenTransfers_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("kind");
        QTest::newRow("truncated") << int(Fault::Truncated) << int(ErrorKind::Corrupt);
        QTest::newRow("hangup") << int(Fault::Hangup) << int(ErrorKind::Unreachable);
        QTest::newRow("garbage") << int(Fault::Garbage) << int(ErrorKind::Corrupt);
    }
    void brokenTransfers()
    {
        QFETCH(int, fault);
        QFETCH(int, kind);
        m_registry->fault = [&](const Request&) { return Answer{200, "{\"manifests\":[]}", {}, Fault(fault)}; };
        const auto got = ask(m_registry->image("1.0"));
        QVERIFY(!got.ok());
        QCOMPARE(int(got.kind()), kind);
    }

    void tooLarge()
    {
        m_registry->fault = [](const Request&) { return Answer{200, QByteArray((4 << 20) + 1, ' '), {}}; };
        QCOMPARE(ask(m_registry->image("1.0")).kind(), ErrorKind::TooLarge);
    }

    void nobodyThere()
    {
        const quint16 port = FaultServer([](const Request&) { return Answer{}; }).port();
        QCOMPARE(ask({"127.0.0.1:" + std::to_string(port), "a", "b", {}}).kind(), ErrorKind::Unreachable);
    }

    void tagsPageAfterPage()
    {
        const QByteArray root = "/v2/acme/shop/tags/list";
        m_registry->fault = [&](const Request& request) -> std::optional<Answer> {
            if (request.query.contains("last=b"))
                return Answer{200, R"({"tags":["c", 5, "not a tag", "d"]})", {}};
            return Answer{200, R"({"tags":["a","b"]})", {{"Link", "<" + root + "?last=b&n=2>; rel=\"next\""}}};
        };
        Got<std::vector<std::string>> got;
        m_client->tags(m_registry->image("x"), this, got.callback());
        QTRY_VERIFY(got.done());
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(got.value(), (std::vector<std::string>{"a", "b", "c", "d"}));
    }

    void tagsThatNeverEnd_data()
    {
        QTest::addColumn<QByteArray>("link");
        QTest::addColumn<QString>("part");
        QTest::newRow("in circles") << QByteArray("</v2/acme/shop/tags/list?x>; rel=\"next\"") << QStringLiteral("does not come to an end");
        QTest::newRow("elsewhere") << QByteArray("<http://127.0.0.1:1/v2/acme/shop/tags/list>; rel=\"next\"") << QStringLiteral("on another host");
        QTest::newRow("nowhere") << QByteArray("<file:///etc/passwd>; rel=\"next\"") << QStringLiteral("on another host");
    }
    void tagsThatNeverEnd()
    {
        QFETCH(QByteArray, link);
        QFETCH(QString, part);
        m_registry->fault = [&](const Request&) { return Answer{200, R"({"tags":["a"]})", {{"Link", link}}}; };
        Got<std::vector<std::string>> got;
        m_client->tags(m_registry->image("x"), this, got.callback());
        QTRY_VERIFY(got.done());
        QVERIFY(!got.ok());
        QVERIFY2(QString::fromStdString(got.problem()).contains(part), got.problem().c_str());
    }

    void tagsThatAreNone()
    {
        for (const char* body : {"[]", "no", R"({"tags":5})"}) {
            m_registry->fault = [&](const Request&) { return Answer{200, body, {}}; };
            Got<std::vector<std::string>> got;
            m_client->tags(m_registry->image("x"), this, got.callback());
            QTRY_VERIFY(got.done());
            QCOMPARE(got.kind(), ErrorKind::BadInput);
        }
        m_registry->fault = [&](const Request&) { return Answer{200, R"({"name":"acme/shop","tags":null})", {}}; }; // an emptied repository
        Got<std::vector<std::string>> got;
        m_client->tags(m_registry->image("x"), this, got.callback());
        QTRY_VERIFY(got.done());
        QVERIFY(got.ok() && got.value().empty());
    }

    void referrersOfAnOldRegistry()
    {
        const std::string digest = m_registry->addPair("a", "1.0");
        m_registry->referrersKnown = false;
        Got<std::vector<ContentDescriptor>> got;
        m_client->referrers(m_registry->image("").withDigest(digest), this, got.callback());
        QTRY_VERIFY(got.done());
        QVERIFY2(got.ok() && got.value().empty(), got.problem().c_str());
    }

    void aGoneContextHearsNothing()
    {
        m_registry->addPair("a", "1.0");
        auto context = std::make_unique<QObject>();
        bool called = false;
        m_client->manifest(m_registry->image("1.0"), context.get(), [&](Result<RawManifest>) { called = true; });
        context.reset();
        Got<RawManifest> other;
        m_client->manifest(m_registry->image("1.0"), this, other.callback());
        QTRY_VERIFY(other.done());
        QVERIFY(!called);
    }

    void theClientGoesInTheMiddle()
    {
        m_registry->fault = [](const Request&) { return Answer{200, "{}", {}, Fault::Silent}; };
        bool called = false;
        m_client->manifest(m_registry->image("1.0"), this, [&](Result<RawManifest>) { called = true; });
        QTRY_COMPARE(m_registry->server.requests().size(), 1);
        m_client.reset();
        QVERIFY(!called);
    }

    /// Behind a proxy, so that there can be a registry of any name.
    void registriesWithoutTls()
    {
        QByteArrayList asked;
        bool challenge = false;
        FaultServer proxy([&](const Request& request) -> Answer {
            asked << request.method + ' ' + request.target + (request.headers.contains("authorization") ? " signed" : "");
            if (request.method == "CONNECT")
                return {502, {}, {}};
            if (challenge && !request.headers.contains("authorization"))
                return {401, {}, {{"WWW-Authenticate", "Basic realm=\"x\""}}};
            return {200, "{}", {{"Content-Type", ociIndex}}};
        });
        QTemporaryDir folder;
        QFile config(folder.filePath(QStringLiteral("config.json")));
        QVERIFY(config.open(QIODevice::WriteOnly) && config.write(json("{'auths':{'10.1.2.3:5000':{'auth':'bWU6cHc='}}}").c_str()) > 0);
        config.close();
        qputenv("http_proxy", proxy.url().toUtf8());
        qputenv("https_proxy", proxy.url().toUtf8());
        RegistryOptions options = quickOptions({config.fileName().toStdString(), {}});
        options.retries = 0;
        options.plain = {{"buildkit.internal:8080"}, {"docker.internal:5000", "10.1.0.0/16"}};
        m_client = std::make_unique<RegistryClient>(options);
        const auto read = [&](const char* registry) {
            asked.clear();
            return ask({registry, "acme/shop", "1.0", {}}).ok();
        };
        QVERIFY(read("buildkit.internal:8080"));
        QCOMPARE(asked, QByteArrayList{"GET http://buildkit.internal:8080/v2/acme/shop/manifests/1.0"});
        QVERIFY(read("docker.internal:5000")); // TLS first, as docker tries it
        QCOMPARE(asked, (QByteArrayList{"CONNECT docker.internal:5000", "GET http://docker.internal:5000/v2/acme/shop/manifests/1.0"}));
        QVERIFY(read("docker.internal:5000")); // and once
        QCOMPARE(asked.size(), 1);
        QVERIFY(!read("other.internal:5000"));
        QCOMPARE(asked, QByteArrayList{"CONNECT other.internal:5000"});
        QCOMPARE(m_client->manifestUrl({"docker.internal:5000", "a/b", "1", {}}), std::string("http://docker.internal:5000/v2/a/b/manifests/1"));
        QCOMPARE(m_client->manifestUrl({"ghcr.io", "a/b", "1", {}}), std::string("https://ghcr.io/v2/a/b/manifests/1"));
        challenge = true;
        QVERIFY(read("10.1.2.3:5000"));
        QCOMPARE(asked.last(), QByteArray("GET http://10.1.2.3:5000/v2/acme/shop/manifests/1.0 signed"));
        QVERIFY(!asked.at(1).endsWith("signed"));
        qunsetenv("http_proxy");
        qunsetenv("https_proxy");
    }

    /// A certificate of its own that nobody has signed, on a real TLS server. 2130706433 is 127.0.0.1, and no name of this machine
    /// to docker's rule.
    void certificatesOfItsOwn()
    {
        FaultServer tls([](const Request&) { return Answer{200, "{}", {{"Content-Type", ociIndex}}}; }, true);
        const std::string port = std::to_string(tls.port()), far = "2130706433:" + port;
        RegistryOptions options = quickOptions();
        options.retries = 0;
        options.plain = {};
        const auto read = [&](const std::string& registry) {
            m_client = std::make_unique<RegistryClient>(options);
            return ask({registry, "acme/shop", "1.0", {}});
        };
        const auto refused = read(far);
        QVERIFY2(!refused.ok() && refused.problem().rfind("TLS: ", 0) == 0, refused.problem().c_str());
        QVERIFY(refused.kind() == ErrorKind::Permission);
        QVERIFY(tls.requests().isEmpty());
        // Insecure by docker's daemon: any certificate, and those of others are checked as ever.
        options.plain.insecure = {far};
        const auto insecure = read(far);
        QVERIFY2(insecure.ok(), insecure.problem().c_str());
        QCOMPARE(m_client->manifestUrl({far, "a/b", "1", {}}), "https://" + far + "/v2/a/b/manifests/1");
        options.plain.insecure = {"other:" + port, "10.0.0.0/8"};
        QVERIFY(!read(far).ok());
        // Signed by who docker's certs.d names for it, and nobody else.
        QTemporaryDir folder;
        const auto writeCa = [&](const std::string& registry, const char* name, const QByteArray& bytes) {
            QDir().mkpath(folder.filePath(QString::fromStdString(registry)));
            QFile file(folder.filePath(QString::fromStdString(registry + "/" + name)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        };
        options.plain.certificates = {"/nonexistent", folder.path().toStdString()};
        writeCa("other:" + port, "ca.crt", testCertificate().certificate);
        QVERIFY(!read(far).ok());
        writeCa(far, "ca.crt", testCertificate().certificate);
        writeCa(far, "another.crt", "rubbish");
        const auto trusted = read(far);
        QVERIFY2(trusted.ok(), trusted.problem().c_str());
    }

    /// localhost and 127.0.0.0/8 are insecure to docker without being told.
    void thisMachinesRegistriesMayHaveTls()
    {
        FaultServer tls([](const Request&) { return Answer{200, "{}", {{"Content-Type", ociIndex}}}; }, true);
        RegistryOptions options = quickOptions();
        options.retries = 0;
        options.plain = {};
        m_client = std::make_unique<RegistryClient>(options);
        const std::string registry = "127.0.0.1:" + std::to_string(tls.port());
        const auto got = ask({registry, "acme/shop", "1.0", {}});
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(m_client->manifestUrl({registry, "a/b", "1", {}}), "https://" + registry + "/v2/a/b/manifests/1");
        QVERIFY(ask({registry, "acme/shop", "1.0", {}}).ok());
        QCOMPARE(tls.requests().size(), 2);
        // Nobody there at all: the next question begins anew, without TLS.
        const std::string gone = "127.0.0.1:9";
        QVERIFY(!ask({gone, "acme/shop", "1.0", {}}).ok());
        QCOMPARE(m_client->manifestUrl({gone, "a/b", "1", {}}), "http://" + gone + "/v2/a/b/manifests/1");
    }

    void aRedirectTakesNoTrustAlong()
    {
        FaultServer elsewhere([](const Request&) { return Answer{200, "{}", {{"Content-Type", ociIndex}}}; }, true);
        FaultServer tls([&](const Request&) { return Answer{307, {}, {{"Location", "https://2130706433:" + QByteArray::number(elsewhere.port()) + "/x"}}}; }, true);
        RegistryOptions options = quickOptions();
        options.retries = 0;
        options.plain = {};
        const std::string registry = "2130706433:" + std::to_string(tls.port());
        options.plain.certificates = {};
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(QString::fromStdString(registry));
        QFile file(folder.filePath(QString::fromStdString(registry + "/ca.crt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(testCertificate().certificate) > 0);
        file.close();
        options.plain.certificates = {folder.path().toStdString()};
        m_client = std::make_unique<RegistryClient>(options);
        const auto got = ask({registry, "acme/shop", "1.0", {}});
        QVERIFY2(!got.ok() && got.problem().rfind("TLS: ", 0) == 0, got.problem().c_str());
        QCOMPARE(tls.requests().size(), 1);
        QVERIFY(elsewhere.requests().isEmpty());
    }

    void whoDoesWithoutTls()
    {
        QCOMPARE(insecureRegistries(json("{'insecure-registries': ['a:5000', 'http://b', 5, '10.0.0.0/8', '']}")), (std::vector<std::string>{"a:5000", "b", "10.0.0.0/8"}));
        for (const char* text : {"", "[", "[]", "{'insecure-registries': {}}"})
            QVERIFY(insecureRegistries(json(text)).empty());
        const char* toml = "debug = true\n[registry.\"docker.io\"]\n  mirrors = [\"m:5000\"]\n[registry.\"m:5000\"]\n  http = true # inside\n  insecure = true\n"
                           "[registry.'single']\r\n http=true\r\n[registry.\"tls\"]\nhttp = false\n[registry.\"x\".keypair]\nhttp = true\n[worker.oci]\nhttp = true\n";
        QCOMPARE(httpRegistries(toml), (std::vector<std::string>{"m:5000", "single"}));
        const PlainRegistries plain{{"m:5000"}, {"10.1.0.0/16", "bad/99", "1.2.3.4/x"}};
        QVERIFY(plain.isHttp("m:5000") && !plain.isHttp("m") && plain.isInsecure("10.1.255.1:5000") && plain.isInsecure("10.1.0.0"));
        QVERIFY(!plain.isInsecure("10.2.0.1") && !plain.isInsecure("10.1.0.1.evil.example") && !plain.isInsecure("300.1.1.1") && !plain.any("ghcr.io"));
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("daemon.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(json("{'insecure-registries':['r:1']}").c_str()) > 0);
        file.close();
        QVERIFY(PlainRegistries::read({{file.fileName().toStdString(), "/nonexistent"}, {"/nonexistent"}}).isInsecure("r:1"));
    }
};

QTEST_GUILESS_MAIN(TestRegistryClient)
#include "test_registry_client.moc"
