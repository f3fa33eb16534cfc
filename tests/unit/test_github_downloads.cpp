// Downloads GitHub redirects to somebody else's server: encrypted all the way when GitHub itself is.
#include "domain/clock.h"
#include "sources/github/github_api.h"
#include "support/fault_server/fault_server.h"
#include "support/fault_server/test_certificate.h"

#include <QTemporaryFile>
#include <QTest>

#include <optional>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

class TestGithubDownloads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theyStayEncrypted()
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
        std::optional<Result<std::string>> plain, encrypted;
        api.jobLog("o/n", 4, &context, [&](Result<std::string> got) { plain.emplace(std::move(got)); });
        api.jobLog("o/n", 5, &context, [&](Result<std::string> got) { encrypted.emplace(std::move(got)); });
        QTRY_VERIFY(plain && encrypted);
        QVERIFY(!*plain && plain->error().kind == ErrorKind::BadInput);
        QCOMPARE(plain->error().detail, std::string("GitHub redirects a download from https to http"));
        QVERIFY(blobs.requests().isEmpty());
        QVERIFY2(encrypted->ok(), encrypted->ok() ? "" : encrypted->error().detail.c_str());
        QCOMPARE(encrypted->value(), std::string("the log"));
    }
};

QTEST_GUILESS_MAIN(TestGithubDownloads)
#include "test_github_downloads.moc"
