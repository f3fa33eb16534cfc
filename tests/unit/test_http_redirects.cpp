// Redirects: the token stays where it was sent to.
#include "http_fixture.h"
#include "sources/http/http_url.h"
#include "support/fault_server/test_certificate.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestHttpRedirects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void redirectsKeepTheTokenAtHome();
    void redirectsThereAndBackAgain();
    void redirectsThatAreRefused_data();
    void redirectsThatAreRefused();
    void httpsStaysHttps();
    void redirectChangesTheMethod();
    void urls();
};

void TestHttpRedirects::redirectsKeepTheTokenAtHome()
{
    FaultServer blobs([](const FaultServer::Request&) { return FaultServer::Answer{200, "blob", {}}; });
    FaultServer api([&](const FaultServer::Request& request) {
        if (request.path == "/same")
            return FaultServer::Answer{302, "moved", {{"Location", "/here?x=1"}}};
        if (request.path == "/here")
            return FaultServer::Answer{200, "here", {}};
        return FaultServer::Answer{302, "moved", {{"Location", blobs.url(QStringLiteral("/log?sig=abc")).toUtf8()}}};
    });
    HttpClient client;
    Reply away, same;
    HttpRequest request = get(api.url(QStringLiteral("/away")));
    request.headers.emplace_back("cookie", "session=1");
    client.send(request, this, away.callback());
    client.send(get(api.url(QStringLiteral("/same"))), this, same.callback());
    QTRY_VERIFY(away.done && same.done);
    QVERIFY2(away.ok, away.error.detail.c_str());
    QCOMPARE(away.response.body, std::string("blob"));
    QCOMPARE(away.response.redirects, 1);
    QCOMPARE(same.response.body, std::string("here"));
    QCOMPARE(blobs.requests().size(), 1);
    QVERIFY(!blobs.requests().first().headers.contains("authorization"));
    QVERIFY(!blobs.requests().first().headers.contains("cookie"));
    QCOMPARE(blobs.requests().first().headers.value("accept"), QByteArray("application/json"));
    for (const auto& each : api.requests())
        QCOMPARE(each.headers.value("authorization"), canary);
}

void TestHttpRedirects::redirectsThereAndBackAgain()
{
    std::unique_ptr<FaultServer> api;
    FaultServer other([&](const FaultServer::Request&) {
        return FaultServer::Answer{302, {}, {{"Location", api->url(QStringLiteral("/back")).toUtf8()}}};
    });
    api = std::make_unique<FaultServer>([&](const FaultServer::Request& request) {
        if (request.path == "/back")
            return FaultServer::Answer{200, "end", {}};
        return FaultServer::Answer{307, {}, {{"Location", other.url().toUtf8()}}};
    });
    HttpClient client;
    Reply reply;
    client.send(get(api->url(QStringLiteral("/start"))), this, reply.callback());
    QTRY_VERIFY(reply.done);
    QVERIFY(reply.ok);
    QCOMPARE(api->requests().size(), 2);
    QVERIFY(!api->requests().last().headers.contains("authorization"));
}

void TestHttpRedirects::redirectsThatAreRefused_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/x");
    QTest::newRow("circle") << QByteArray("/again");
}

void TestHttpRedirects::redirectsThatAreRefused()
{
    QFETCH(QByteArray, location);
    FaultServer server([&](const FaultServer::Request&) { return FaultServer::Answer{302, {}, {{"Location", location}}}; });
    HttpClient client;
    Reply reply;
    client.send(get(server.url()), this, reply.callback());
    QTRY_VERIFY(reply.done);
    QVERIFY(!reply.ok);
    QVERIFY(reply.error.kind == ErrorKind::BadInput);
    QVERIFY(server.requests().size() <= 6);
}

void TestHttpRedirects::httpsStaysHttps()
{
    FaultServer plain([](const FaultServer::Request&) { return FaultServer::Answer{200, "overheard", {}}; });
    FaultServer server([&](const FaultServer::Request&) { return FaultServer::Answer{302, {}, {{"Location", plain.url().toUtf8()}}}; }, true);
    QTemporaryDir folder;
    QFile ca(folder.filePath(QStringLiteral("ca.pem")));
    QVERIFY(ca.open(QIODevice::WriteOnly));
    ca.write(testCertificate().certificate);
    ca.close();
    HttpOptions options;
    options.caFile = ca.fileName().toStdString();
    HttpClient client(options);
    Reply reply;
    client.send(get(server.url()), this, reply.callback());
    QTRY_VERIFY(reply.done);
    QVERIFY(!reply.ok);
    QVERIFY(reply.error.kind == ErrorKind::BadInput);
    QVERIFY(plain.requests().isEmpty());
}

void TestHttpRedirects::redirectChangesTheMethod()
{
    FaultServer server([&](const FaultServer::Request& request) {
        if (request.path == "/start")
            return FaultServer::Answer{request.query == "keep" ? 307 : 303, {}, {{"Location", "/end"}}};
        return FaultServer::Answer{200, request.method + ":" + request.body, {}};
    });
    HttpClient client;
    Reply keep, change;
    for (auto* reply : {&keep, &change}) {
        HttpRequest request = get(server.url(reply == &keep ? QStringLiteral("/start?keep") : QStringLiteral("/start")));
        request.method = "POST";
        request.body = "data";
        client.send(request, this, reply->callback());
    }
    QTRY_VERIFY(keep.done && change.done);
    QCOMPARE(keep.response.body, std::string("POST:data"));
    QCOMPARE(change.response.body, std::string("GET:"));
}

void TestHttpRedirects::urls()
{
    QCOMPARE(originOf("HTTPS://API.github.com/x"), originOf("https://api.github.com:443"));
    QVERIFY(originOf("https://api.github.com") != originOf("https://api.github.com:444"));
    QVERIFY(originOf("https://api.github.com") != originOf("http://api.github.com:443"));
    QVERIFY(!originOf("ftp://a/b"));
    QVERIFY(!originOf("nonsense"));
    QCOMPARE(speakableUrl("https://me:pw@host:8443/a/b?sig=1#f"), std::string("https://host:8443/a/b"));
    QCOMPARE(resolvedUrl("http://a/b/c?d", "../e?f").value(), std::string("http://a/e?f"));
    QVERIFY(!resolvedUrl("http://a/b", "file:///x"));
    QCOMPARE(encodedComponent("a/b c~"), std::string("a%2Fb%20c~"));
}

QTEST_GUILESS_MAIN(TestHttpRedirects)
#include "test_http_redirects.moc"
