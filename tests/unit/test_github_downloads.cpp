// Logs and artifacts, which GitHub hands over by a redirect to another server.
#include "unit/github_rig.h"

#include "support/fault_server/test_certificate.h"

#include <QTemporaryFile>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestGithubDownloads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy"})
            qunsetenv(name);
    }

    void downloadsLeaveTheTokenBehind()
    {
        FaultServer blobs([](const Request&) { return Answer{200, "the log", {{"Content-Type", "text/plain"}}}; });
        Rig rig([&](const Request&) { return Answer{302, {}, {{"Location", blobs.url(QStringLiteral("/x?sig=secret")).toUtf8()}}}; });
        Outcome<std::string> log;
        rig.api.jobLog("o/n", 4, &rig.context, log.reply());
        QTRY_VERIFY(log.done);
        QVERIFY2(log.ok, log.error.detail.c_str());
        QCOMPARE(log.value, std::string("the log"));
        QVERIFY(!blobs.requests().first().headers.contains("authorization"));
        QVERIFY(!blobs.requests().first().headers.contains("x-github-api-version"));
        QCOMPARE(rig.session.counters().total, std::uint64_t(1));
    }

    void downloadsStayEncrypted()
    {
        FaultServer blobs([](const Request&) { return Answer{200, "anybody's log", {}}; }), safe([](const Request&) { return Answer{200, "the log", {}}; }, true);
        FaultServer server([&](const Request& request) {
            const QString to = request.path.contains("/jobs/4/") ? blobs.url(QStringLiteral("/x?sig=secret")) : safe.url(QStringLiteral("/x"));
            return Answer{302, {}, {{"Location", to.toUtf8()}}};
        }, true);
        QTemporaryFile trusted;
        QVERIFY(trusted.open() && trusted.write(testCertificate().certificate) > 0 && trusted.flush());
        SystemClock clock;
        HttpClient http(HttpOptions{.caFile = trusted.fileName().toStdString()});
        GitHubSession session(http, clock, server.url().toStdString());
        GitHubApi api(session);
        QObject context;
        Outcome<std::string> plain, encrypted;
        api.jobLog("o/n", 4, &context, plain.reply());
        api.jobLog("o/n", 5, &context, encrypted.reply());
        QTRY_VERIFY(plain.done && encrypted.done);
        QVERIFY(!plain.ok && plain.error.kind == ErrorKind::BadInput);
        QCOMPARE(plain.error.detail, std::string("GitHub redirects a download from https to http"));
        QVERIFY(blobs.requests().isEmpty());
        QVERIFY2(encrypted.ok, encrypted.error.detail.c_str());
        QCOMPARE(encrypted.value, std::string("the log"));
    }

    void expiredDownload()
    {
        FaultServer blobs([](const Request&) { return Answer{403, "<Error>Signature expired</Error>", {}}; });
        Rig rig([&](const Request& request) {
            if (request.path.contains("/artifacts/1/"))
                return Answer{410, R"({"message":"Artifact has expired"})", {}};
            return Answer{302, {}, {{"Location", blobs.url().toUtf8()}}};
        });
        Outcome<std::string> gone, late;
        rig.api.artifact("o/n", 1, 1000, &rig.context, gone.reply());
        rig.api.artifact("o/n", 2, 1000, &rig.context, late.reply());
        QTRY_VERIFY(gone.done && late.done);
        QVERIFY(gone.error.kind == ErrorKind::NotFound);
        QVERIFY(gone.error.detail.find("410") != std::string::npos);
        QVERIFY(late.error.kind == ErrorKind::Permission);
    }
};

QTEST_GUILESS_MAIN(TestGithubDownloads)
#include "test_github_downloads.moc"
