// The HTTP client against a server that misbehaves in every way an API, a proxy or a blob host may.
#include "http_fixture.h"
#include "support/fault_server/test_certificate.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

using namespace layerline;
using namespace layerline::test;
using Fault = FaultServer::Fault;

namespace {

QByteArray gzip(const QByteArray& plain)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(plain.size()))) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

} // namespace

class TestHttp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anAnswerComesOnTheCallersThread();
    void anErrorStatusIsAnAnswer();
    void methodsAndBodies_data();
    void methodsAndBodies();
    void faults_data();
    void faults();
    void tooLarge();
    void aPackedBombIsTooLarge();
    void aPackedBodyIsUnpacked();
    void tlsNeedsATrustedCertificate();
    void sink();
    void sinkOfABrokenBody();
    void stopToken();
    void contextGone();
    void clientGone();
    void headersCannotBeSplit();
    void proxyOfTheEnvironment();
    void manyAtOnce();
};

void TestHttp::init()
{
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "SSL_CERT_FILE"})
        qunsetenv(name);
}

void TestHttp::anAnswerComesOnTheCallersThread()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{200, "hello", {{"X-RateLimit-Remaining", "12"}}}; });
    HttpClient client;
    QObject context;
    Reply reply;
    QThread* thread = nullptr;
    client.send(get(server.url(QStringLiteral("/a?b=c"))), &context, [&](Result<HttpResponse> got) {
        thread = QThread::currentThread();
        reply.callback()(std::move(got));
    });
    QVERIFY(!reply.done);
    QCOMPARE(client.pending(), 1);
    QTRY_VERIFY(reply.done);
    QVERIFY2(reply.ok, reply.error.detail.c_str());
    QCOMPARE(thread, QThread::currentThread());
    QCOMPARE(reply.response.status, 200);
    QCOMPARE(reply.response.body, std::string("hello"));
    QCOMPARE(reply.response.header("x-ratelimit-remaining"), std::string("12"));
    QCOMPARE(client.pending(), 0);
    QCOMPARE(server.requests().size(), 1);
    const auto& asked = server.requests().first();
    QCOMPARE(asked.target, QByteArray("/a?b=c"));
    QCOMPARE(asked.headers.value("authorization"), canary);
    QCOMPARE(asked.headers.value("user-agent"), QByteArray("Layerline"));
}

void TestHttp::anErrorStatusIsAnAnswer()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{503, "{\"message\":\"busy\"}", {{"Retry-After", "7"}}}; });
    HttpClient client;
    Reply reply;
    client.send(get(server.url()), this, reply.callback());
    QTRY_VERIFY(reply.done);
    QVERIFY(reply.ok);
    QCOMPARE(reply.response.status, 503);
    QCOMPARE(reply.response.header("Retry-After"), std::string("7"));
    QVERIFY(!reply.response.success());
}

void TestHttp::methodsAndBodies_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("get") << QByteArray("GET") << QByteArray();
    QTest::newRow("head") << QByteArray("HEAD") << QByteArray();
    QTest::newRow("post") << QByteArray("POST") << QByteArray("{\"ref\":\"main\"}");
    QTest::newRow("post nothing") << QByteArray("POST") << QByteArray();
    QTest::newRow("put") << QByteArray("PUT") << QByteArray("{}");
    QTest::newRow("patch") << QByteArray("PATCH") << QByteArray("{}");
    QTest::newRow("delete") << QByteArray("DELETE") << QByteArray();
}

void TestHttp::methodsAndBodies()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{204, {}, {}}; });
    HttpClient client;
    Reply reply;
    HttpRequest request = get(server.url());
    request.method = method.toStdString();
    request.body = body.toStdString();
    client.send(request, this, reply.callback());
    QTRY_VERIFY(reply.done);
    QVERIFY2(reply.ok, reply.error.detail.c_str());
    QCOMPARE(reply.response.status, 204);
    QCOMPARE(server.requests().first().method, method);
    QCOMPARE(server.requests().first().body, body);
    QVERIFY(!server.requests().first().headers.contains("content-type"));
    QVERIFY(!server.requests().first().headers.contains("expect"));
}

void TestHttp::faults_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("retryable");
    QTest::newRow("truncated") << Fault::Truncated << ErrorKind::Corrupt << true;
    QTest::newRow("stalled") << Fault::Stalled << ErrorKind::Timeout << true;
    QTest::newRow("silent") << Fault::Silent << ErrorKind::Timeout << true;
    QTest::newRow("garbage") << Fault::Garbage << ErrorKind::Corrupt << true;
    QTest::newRow("hangup") << Fault::Hangup << ErrorKind::Unreachable << true;
}

void TestHttp::faults()
{
    QFETCH(Fault, fault);
    QFETCH(ErrorKind, kind);
    QFETCH(bool, retryable);
    FaultServer server([fault](const FaultServer::Request&) { return FaultServer::Answer{200, QByteArray(1000, 'x'), {}, fault}; });
    HttpClient client;
    Reply reply;
    HttpRequest request = get(server.url(QStringLiteral("/path?sig=verysecret")));
    request.stallTimeout = std::chrono::seconds(1);
    client.send(request, this, reply.callback());
    QTRY_VERIFY_WITH_TIMEOUT(reply.done, 30'000); // libcurl averages over five seconds
    QVERIFY(!reply.ok);
    const Error& error = reply.error;
    QVERIFY2(error.kind == kind, error.detail.c_str());
    QCOMPARE(error.retryable, retryable);
    QVERIFY2(error.detail.find("/path") != std::string::npos, error.detail.c_str());
    QVERIFY(error.detail.find("verysecret") == std::string::npos);
    QVERIFY(error.detail.find("canary") == std::string::npos);
}

void TestHttp::tooLarge()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{200, QByteArray(10'001, 'x'), {}}; });
    HttpClient client;
    for (const bool announced : {true, false}) {
        Reply reply;
        HttpRequest request = get(server.url());
        request.maxBody = announced ? 10'000 : 10'001;
        client.send(request, this, reply.callback());
        QTRY_VERIFY(reply.done);
        QCOMPARE(reply.ok, !announced);
        if (announced)
            QVERIFY(reply.error.kind == ErrorKind::TooLarge);
    }
}

void TestHttp::aPackedBombIsTooLarge()
{
    const QByteArray bomb = gzip(QByteArray(20'000'000, '\0'));
    QVERIFY(bomb.size() < 100'000);
    FaultServer server([&](const FaultServer::Request&) { return FaultServer::Answer{200, bomb, {{"Content-Encoding", "gzip"}}}; });
    HttpClient client;
    Reply reply;
    HttpRequest request = get(server.url());
    request.maxBody = 1'000'000;
    client.send(request, this, reply.callback());
    QTRY_VERIFY(reply.done);
    QVERIFY(!reply.ok);
    QVERIFY(reply.error.kind == ErrorKind::TooLarge);
}

void TestHttp::aPackedBodyIsUnpacked()
{
    const QByteArray text(5000, 'y');
    FaultServer server([&](const FaultServer::Request& request) {
        if (request.headers.value("accept-encoding").contains("gzip"))
            return FaultServer::Answer{200, gzip(text), {{"Content-Encoding", "gzip"}}};
        return FaultServer::Answer{200, "plain", {}};
    });
    HttpClient client;
    Reply packed, plain;
    client.send(get(server.url()), this, packed.callback());
    HttpRequest request = get(server.url());
    request.compressed = false;
    client.send(request, this, plain.callback());
    QTRY_VERIFY(packed.done && plain.done);
    QCOMPARE(packed.response.body, text.toStdString());
    QCOMPARE(plain.response.body, std::string("plain"));
}

void TestHttp::tlsNeedsATrustedCertificate()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{200, "safe", {}}; }, true);
    {
        HttpClient client;
        Reply reply;
        client.send(get(server.url()), this, reply.callback());
        QTRY_VERIFY(reply.done);
        QVERIFY(!reply.ok);
        QVERIFY(reply.error.kind == ErrorKind::Permission);
        QVERIFY2(reply.error.detail.rfind("TLS: ", 0) == 0, reply.error.detail.c_str());
        QVERIFY(server.requests().isEmpty());
    }
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
    QVERIFY2(reply.ok, reply.error.detail.c_str());
    QCOMPARE(reply.response.body, std::string("safe"));
}

void TestHttp::sink()
{
    FaultServer server([](const FaultServer::Request& request) {
        return request.path == "/gone" ? FaultServer::Answer{410, "expired", {}} : FaultServer::Answer{200, QByteArray(300'000, 'z'), {}};
    });
    QTemporaryDir folder;
    HttpClient client;
    Reply good, again, gone;
    HttpRequest request = get(server.url(QStringLiteral("/x")));
    request.sinkPath = folder.filePath(QStringLiteral("a")).toStdString();
    client.send(request, this, good.callback());
    QTRY_VERIFY(good.done);
    QVERIFY(good.ok);
    QVERIFY(good.response.body.empty());
    QCOMPARE(good.response.bytes, std::uint64_t(300'000));
    QFile file(folder.filePath(QStringLiteral("a")));
    QCOMPARE(file.size(), 300'000);
    QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());

    client.send(request, this, again.callback());
    QTRY_VERIFY(again.done);
    QVERIFY(!again.ok);
    QVERIFY(again.error.kind == ErrorKind::BadInput);
    QCOMPARE(file.size(), 300'000); // what was there stays

    request.url = server.url(QStringLiteral("/gone")).toStdString();
    request.sinkPath = folder.filePath(QStringLiteral("b")).toStdString();
    client.send(request, this, gone.callback());
    QTRY_VERIFY(gone.done);
    QCOMPARE(gone.response.status, 410);
    QCOMPARE(gone.response.body, std::string("expired"));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("b"))));
}

void TestHttp::sinkOfABrokenBody()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{200, QByteArray(1000, 'z'), {}, Fault::Truncated}; });
    QTemporaryDir folder;
    HttpClient client;
    Reply reply;
    HttpRequest request = get(server.url());
    request.sinkPath = folder.filePath(QStringLiteral("a")).toStdString();
    client.send(request, this, reply.callback());
    QTRY_VERIFY(reply.done);
    QVERIFY(!reply.ok);
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("a"))));
}

void TestHttp::stopToken()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{200, {}, {}, Fault::Silent}; });
    HttpClient client;
    Reply running, before;
    std::stop_source source, stopped;
    stopped.request_stop();
    client.send(get(server.url()), this, running.callback(), source.get_token());
    client.send(get(server.url()), this, before.callback(), stopped.get_token());
    QTRY_VERIFY(before.done);
    QVERIFY(before.error.kind == ErrorKind::Cancelled);
    QTRY_COMPARE(server.requests().isEmpty(), false);
    QVERIFY(!running.done);
    source.request_stop();
    QTRY_VERIFY(running.done);
    QVERIFY(running.error.kind == ErrorKind::Cancelled);
}

void TestHttp::contextGone()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{200, {}, {}, Fault::Silent}; });
    HttpClient client;
    Reply reply, other;
    auto context = std::make_unique<QObject>();
    client.send(get(server.url()), context.get(), reply.callback());
    QTRY_COMPARE(server.requests().size(), 1);
    context.reset();
    QCOMPARE(client.pending(), 0);
    server.setHandler([](const FaultServer::Request&) { return FaultServer::Answer{200, "x", {}}; });
    client.send(get(server.url()), this, other.callback());
    QTRY_VERIFY(other.done);
    QVERIFY(!reply.done);
}

void TestHttp::clientGone()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{200, QByteArray(100'000, 'x'), {}, Fault::Stalled}; });
    Reply reply;
    auto client = std::make_unique<HttpClient>();
    for (int i = 0; i < 4; ++i)
        client->send(get(server.url()), this, reply.callback());
    QTRY_COMPARE(server.requests().size(), 4);
    QElapsedTimer timer;
    timer.start();
    client.reset();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!reply.done);
}

void TestHttp::headersCannotBeSplit()
{
    FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{}; });
    HttpClient client;
    Reply split, address;
    HttpRequest request = get(server.url());
    request.headers.emplace_back("X-Note", "a\r\nX-Evil: 1");
    client.send(request, this, split.callback());
    client.send(get(QStringLiteral("file:///etc/passwd")), this, address.callback());
    QTRY_VERIFY(split.done && address.done);
    QVERIFY(split.error.kind == ErrorKind::BadInput);
    QVERIFY(address.error.kind == ErrorKind::BadInput);
    QVERIFY(server.requests().isEmpty());
}

void TestHttp::proxyOfTheEnvironment()
{
    FaultServer proxy([](const FaultServer::Request&) { return FaultServer::Answer{200, "by proxy", {}}; });
    qputenv("http_proxy", proxy.url().toUtf8());
    HttpClient client;
    Reply reply;
    client.send(get(QStringLiteral("http://api.invalid/x")), this, reply.callback());
    QTRY_VERIFY(reply.done);
    qunsetenv("http_proxy");
    QVERIFY2(reply.ok, reply.error.detail.c_str());
    QCOMPARE(proxy.requests().first().target, QByteArray("http://api.invalid/x"));
}

void TestHttp::manyAtOnce()
{
    FaultServer server([](const FaultServer::Request& request) { return FaultServer::Answer{200, request.path, {}}; });
    HttpClient client;
    int right = 0;
    for (int i = 0; i < 200; ++i) {
        client.send(get(server.url(QStringLiteral("/%1").arg(i))), this, [&right, i](Result<HttpResponse> got) {
            right += got.ok() && got->body == "/" + std::to_string(i);
        });
    }
    QTRY_COMPARE(right, 200);
}

QTEST_GUILESS_MAIN(TestHttp)
#include "test_http.moc"
