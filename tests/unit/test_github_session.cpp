// The session and the typed calls against a server that behaves in all the ways GitHub may.
#include "unit/github_rig.h"

#include <QSignalSpy>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

Answer json(const QByteArray& body, QList<QPair<QByteArray, QByteArray>> headers = {})
{
    headers.append(qMakePair(QByteArray("Content-Type"), QByteArray("application/json; charset=utf-8")));
    return {200, body, headers};
}

QByteArray runsPage(int first, int count, int total)
{
    QByteArray body = "{\"total_count\":" + QByteArray::number(total) + ",\"workflow_runs\":[";
    for (int i = 0; i < count; ++i)
        body += (i ? "," : "") + QByteArray("{\"id\":") + QByteArray::number(first + i) + ",\"status\":\"completed\",\"conclusion\":\"success\"}";
    return body + "]}";
}

} // namespace

class TestGithubSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksAsGitHubWants();
    void etagsSaveTheBody();
    void etagsBelongToTheToken();
    void tokenChangeInFlight();
    void followsEveryPage();
    void stopsAtTheLimit();
    void aCircleOfPagesEnds();
    void innerAddressesOfPages();
    void statuses_data();
    void statuses();
    void limitsAreWaitedFor();
    void patienceEnds();
    void brokenAnswers_data();
    void brokenAnswers();
    void nullsAndUnknownValues();
    void dispatching();
    void dispatchOnAnOldServer();
    void clockSkewIsSeen();
    void stoppedWhileWaiting();
    void theTokenIsNowhereElse();
};

void TestGithubSession::init()
{
    for (const char* name : {"http_proxy", "https_proxy", "all_proxy"})
        qunsetenv(name);
}

void TestGithubSession::asksAsGitHubWants()
{
    Rig rig([](const Request&) { return json(runsPage(1, 1, 1)); });
    Outcome<Listing<Run>> got;
    RunQuery query;
    query.branch = "feature/a b";
    rig.api.runs("octo/demo", query, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY2(got.ok, got.error.detail.c_str());
    const Request& asked = rig.server.requests().first();
    QCOMPARE(asked.target, QByteArray("/repos/octo/demo/actions/runs?branch=feature%2Fa%20b&per_page=30"));
    QCOMPARE(asked.headers.value("authorization"), "Bearer " + QByteArray::fromStdString(canary));
    QCOMPARE(asked.headers.value("x-github-api-version"), QByteArray("2022-11-28"));
    QCOMPARE(asked.headers.value("accept"), QByteArray("application/vnd.github+json"));
    QVERIFY(!asked.headers.value("user-agent").isEmpty());
    QCOMPARE(got.value.items.size(), std::size_t(1));
    QCOMPARE(got.value.items[0].key, (RunKey{"octo/demo", 1}));
}

void TestGithubSession::etagsSaveTheBody()
{
    Rig rig([](const Request& request) {
        if (request.headers.value("if-none-match") == "\"v1\"")
            return Answer{304, {}, {{"ETag", "\"v1\""}}};
        return json(runsPage(7, 2, 2), {{"ETag", "\"v1\""}});
    });
    for (int i = 0; i < 3; ++i) {
        Outcome<Listing<Run>> got;
        rig.api.runs("o/n", {}, &rig.context, got.reply());
        QTRY_VERIFY(got.done);
        QVERIFY2(got.ok, got.error.detail.c_str());
        QCOMPARE(got.value.items.size(), std::size_t(2));
        QCOMPARE(got.value.notModified, i > 0);
    }
    QCOMPARE(rig.session.counters().total, std::uint64_t(3));
    QCOMPARE(rig.session.counters().notModified, std::uint64_t(2));
}

void TestGithubSession::etagsBelongToTheToken()
{
    Rig rig([](const Request&) { return json(runsPage(1, 1, 1), {{"ETag", "\"v1\""}}); });
    for (int i = 0; i < 2; ++i) {
        Outcome<Listing<Run>> got;
        rig.api.runs("o/n", {}, &rig.context, got.reply());
        QTRY_VERIFY(got.done);
        rig.session.setToken("another");
    }
    QCOMPARE(rig.server.requests().size(), 2);
    QVERIFY(!rig.server.requests().last().headers.contains("if-none-match"));
}

void TestGithubSession::tokenChangeInFlight()
{
    Rig rig([](const Request& request) {
        if (request.headers.value("authorization").contains("canary"))
            return Answer{200, {}, {}, FaultServer::Fault::Silent};
        return json(runsPage(1, 1, 1));
    });
    // The old token's answer comes after the new token is there.
    std::unique_ptr<Outcome<Listing<Run>>> got = std::make_unique<Outcome<Listing<Run>>>();
    QList<QByteArray> tokens;
    rig.server.setHandler([&](const Request& request) {
        tokens.append(request.headers.value("authorization"));
        if (tokens.size() == 1)
            rig.session.setToken("second");
        return json(tokens.size() == 1 ? runsPage(1, 1, 1) : runsPage(2, 1, 1), {{"X-RateLimit-Limit", "5000"}, {"X-RateLimit-Remaining", QByteArray::number(100 * tokens.size())}});
    });
    rig.api.runs("o/n", {}, &rig.context, got->reply());
    QTRY_VERIFY(got->done);
    QVERIFY2(got->ok, got->error.detail.c_str());
    QCOMPARE(got->value.items[0].key.id, std::int64_t(2));
    QCOMPARE(tokens, (QList<QByteArray>{"Bearer " + QByteArray::fromStdString(canary), "Bearer second"}));
    QCOMPARE(rig.session.budget().remaining, 200); // the old one's quota is not ours
}

void TestGithubSession::followsEveryPage()
{
    std::unique_ptr<Rig> rig;
    rig = std::make_unique<Rig>([&](const Request& request) {
        const int page = std::max(1, request.query.split('=').last().toInt());
        const int number = request.query.contains("&page=") ? page : 1;
        QList<QPair<QByteArray, QByteArray>> headers;
        if (number < 100)
            headers.append(qMakePair(QByteArray("Link"), QByteArray("<" + rig->server.url(QStringLiteral("/repos/o/n/actions/runs?per_page=100&page=%1").arg(number + 1)).toUtf8() + ">; rel=\"next\"")));
        return json(runsPage(number * 100, 100, 10'000), headers);
    });
    Outcome<Listing<Run>> got;
    RunQuery query;
    query.limit = 0;
    rig->api.runs("o/n", query, &rig->context, got.reply());
    QTRY_VERIFY_WITH_TIMEOUT(got.done, 30'000);
    QVERIFY2(got.ok, got.error.detail.c_str());
    QCOMPARE(got.value.items.size(), std::size_t(10'000));
    QCOMPARE(got.value.total, std::int64_t(10'000));
    QVERIFY(got.value.complete);
    QCOMPARE(rig->server.requests().size(), 100);
    for (const Request& request : rig->server.requests())
        QVERIFY(request.headers.contains("authorization"));
}

void TestGithubSession::stopsAtTheLimit()
{
    Rig rig([](const Request&) { return json(runsPage(1, 100, 500), {{"Link", "</repos/o/n/actions/runs?page=2>; rel=\"next\""}}); });
    Outcome<Listing<Run>> got;
    RunQuery query;
    query.limit = 50;
    rig.api.runs("o/n", query, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QCOMPARE(got.value.items.size(), std::size_t(50));
    QVERIFY(!got.value.complete);
    QCOMPARE(rig.server.requests().size(), 1);
}

void TestGithubSession::aCircleOfPagesEnds()
{
    Rig rig([](const Request&) { return json(runsPage(1, 1, 3), {{"Link", "<https://api.github.com/resource?page=2>; rel=\"next\""}}); });
    Outcome<Listing<Run>> got;
    RunQuery query;
    query.limit = 0;
    rig.api.runs("o/n", query, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY(rig.server.requests().size() <= 3);
}

void TestGithubSession::innerAddressesOfPages()
{
    FaultServer stranger([](const Request&) { return json(runsPage(50, 1, 2)); });
    Rig rig([&](const Request& request) {
        if (request.query.contains("page=2"))
            return json(runsPage(2, 1, 2));
        return json(runsPage(1, 1, 2), {{"Link", "<" + stranger.url(QStringLiteral("/inner?page=2")).toUtf8() + ">; rel=\"next\""}});
    });
    Outcome<Listing<Run>> got;
    RunQuery query;
    query.limit = 0;
    rig.api.runs("o/n", query, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY2(got.ok, got.error.detail.c_str());
    QCOMPARE(got.value.items.size(), std::size_t(2));
    QVERIFY(stranger.requests().isEmpty());
}

void TestGithubSession::statuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("retryable");
    QTest::newRow("401") << 401 << ErrorKind::Permission << false;
    QTest::newRow("403") << 403 << ErrorKind::Permission << false;
    QTest::newRow("404") << 404 << ErrorKind::NotFound << false;
    QTest::newRow("409") << 409 << ErrorKind::BadInput << true;
    QTest::newRow("410") << 410 << ErrorKind::NotFound << false;
    QTest::newRow("422") << 422 << ErrorKind::BadInput << false;
    QTest::newRow("500") << 500 << ErrorKind::Unreachable << true;
    QTest::newRow("502") << 502 << ErrorKind::Unreachable << true;
    QTest::newRow("503") << 503 << ErrorKind::Unreachable << true;
}

void TestGithubSession::statuses()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    QFETCH(bool, retryable);
    Rig rig([status](const Request&) {
        return Answer{status, R"({"message":"Not so","errors":[{"field":"ref","code":"invalid"},"more"]})", {{"X-Accepted-GitHub-Permissions", "actions=write"}}};
    });
    QSignalSpy refused(&rig.session, &GitHubSession::tokenRefused);
    Outcome<Run> got;
    rig.api.run({"o/n", 3}, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY(!got.ok);
    const std::string& text = got.error.detail;
    QVERIFY2(got.error.kind == kind, text.c_str());
    QCOMPARE(got.error.retryable, retryable);
    QVERIFY2(text.find(std::to_string(status)) != std::string::npos, text.c_str());
    QVERIFY2(text.find("Not so; ref invalid; more") != std::string::npos, text.c_str());
    QCOMPARE(text.find("needs actions=write") != std::string::npos, status == 403 || status == 404);
    QCOMPARE(refused.size(), status == 401 ? 1 : 0);
    QCOMPARE(rig.server.requests().size(), 1);
}

void TestGithubSession::limitsAreWaitedFor()
{
    QList<qint64> times;
    QElapsedTimer timer;
    timer.start();
    Rig rig([&](const Request&) {
        times.append(timer.elapsed());
        if (times.size() == 1)
            return Answer{429, R"({"message":"secondary rate limit"})", {{"Retry-After", "2"}}};
        return json(runsPage(1, 1, 1), {{"X-RateLimit-Limit", "5000"}, {"X-RateLimit-Remaining", "4998"}, {"X-RateLimit-Reset", "1999999999"}});
    });
    QSignalSpy changes(&rig.session, &GitHubSession::budgetChanged);
    Outcome<Listing<Run>> first, second;
    rig.api.runs("o/n", {}, &rig.context, first.reply());
    QTRY_COMPARE(times.size(), 1);
    rig.api.runs("o/m", {}, &rig.context, second.reply());
    QTRY_VERIFY(first.done && second.done);
    QVERIFY(first.ok && second.ok);
    QCOMPARE(times.size(), 3);
    QVERIFY2(times[1] - times[0] >= 1990, qPrintable(QString::number(times[1] - times[0])));
    QCOMPARE(rig.session.budget().remaining, 4998);
    QCOMPARE(rig.session.budget().limit, 5000);
    QVERIFY(changes.size() >= 2);
}

void TestGithubSession::patienceEnds()
{
    Rig rig([](const Request&) { return Answer{403, R"({"message":"API rate limit exceeded"})", {{"Retry-After", "3000"}}}; });
    rig.session.setPatience(Duration{60'000'000'000});
    Outcome<Listing<Run>> first, second;
    rig.api.runs("o/n", {}, &rig.context, first.reply());
    QTRY_VERIFY(first.done);
    QVERIFY(first.error.kind == ErrorKind::Unreachable);
    QVERIFY(first.error.retryable);
    QVERIFY2(first.error.detail.find("rate limit") != std::string::npos, first.error.detail.c_str());
    rig.api.runs("o/n", {}, &rig.context, second.reply());
    QTRY_VERIFY(second.done);
    QVERIFY(!second.ok);
    QCOMPARE(rig.server.requests().size(), 1);
}

void TestGithubSession::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<FaultServer::Fault>("fault");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no json") << QByteArray("<html>") << FaultServer::Fault::None << ErrorKind::BadInput;
    QTest::newRow("an array") << QByteArray("[]") << FaultServer::Fault::None << ErrorKind::BadInput;
    QTest::newRow("deep") << QByteArray(500, '[') << FaultServer::Fault::None << ErrorKind::BadInput;
    QTest::newRow("bad utf-8") << QByteArray("{\"id\":1,\"name\":\"\xff\xfe\"}") << FaultServer::Fault::None << ErrorKind::BadInput;
    QTest::newRow("truncated") << QByteArray("{\"id\":1}") << FaultServer::Fault::Truncated << ErrorKind::Corrupt;
    QTest::newRow("hangup") << QByteArray() << FaultServer::Fault::Hangup << ErrorKind::Unreachable;
}

void TestGithubSession::brokenAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(FaultServer::Fault, fault);
    QFETCH(ErrorKind, kind);
    Rig rig([&](const Request&) { return Answer{200, body, {}, fault}; });
    Outcome<Run> got;
    rig.api.run({"o/n", 1}, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY(!got.ok);
    QVERIFY2(got.error.kind == kind, got.error.detail.c_str());
    // The queue goes on.
    rig.server.setHandler([](const Request&) { return json("{\"id\":1}"); });
    Outcome<Run> next;
    rig.api.run({"o/n", 1}, &rig.context, next.reply());
    QTRY_VERIFY(next.done);
    QVERIFY(next.ok);
}

void TestGithubSession::nullsAndUnknownValues()
{
    Rig rig([](const Request& request) {
        if (request.path.endsWith("/jobs"))
            return json(R"({"total_count":4,"jobs":[null,7,{},
                {"id":5,"name":null,"status":"levitating","conclusion":"unheard_of","started_at":null,"completed_at":"yesterday","labels":null,
                 "runner_id":0,"steps":[null,{"number":2,"name":"b","status":"pending"},{"name":"a","number":1,"status":"completed","conclusion":"success"}]}]})");
        return json(R"({"id":9007199254740993,"run_attempt":null,"status":"waiting","conclusion":null,"actor":null,"head_branch":null,
                        "path":".github/workflows/a.yml@refs/heads/main","created_at":"2026-11-18T10:00:00Z","run_number":"42"})");
    });
    Outcome<Run> run;
    Outcome<Listing<RunJob>> jobs;
    rig.api.run({"o/n", 1}, &rig.context, run.reply());
    rig.api.jobs({"o/n", 1}, 0, &rig.context, jobs.reply());
    QTRY_VERIFY(run.done && jobs.done);
    QVERIFY2(run.ok && jobs.ok, jobs.error.detail.c_str());
    QCOMPARE(run.value.key.id, std::int64_t(9007199254740993));
    QCOMPARE(run.value.attempt, 1);
    QCOMPARE(run.value.path, std::string(".github/workflows/a.yml"));
    QVERIFY(run.value.state == RunState::Waiting);
    QVERIFY(run.value.conclusion == Conclusion::None);
    QVERIFY(run.value.created);
    QCOMPARE(jobs.value.items.size(), std::size_t(2));
    const RunJob& job = jobs.value.items[1];
    QVERIFY(job.state == RunState::Unknown);
    QVERIFY(job.conclusion == Conclusion::Unknown);
    QVERIFY(!job.runner && !job.completed);
    QCOMPARE(job.steps.size(), std::size_t(2));
    QCOMPARE(job.steps[0].name, std::string("a"));
}

void TestGithubSession::dispatching()
{
    Rig rig([](const Request&) { return json(R"({"workflow_run_id":77,"run_url":"x","html_url":"https://github.com/o/n/actions/runs/77"})"); });
    Outcome<Dispatched> got;
    rig.api.dispatch("o/n", {".github/workflows/docker.yml", "main", {{"platforms", "linux/arm64"}}}, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY2(got.ok, got.error.detail.c_str());
    QCOMPARE(got.value.run.value_or(0), std::int64_t(77));
    const Request& asked = rig.server.requests().first();
    QCOMPARE(asked.target, QByteArray("/repos/o/n/actions/workflows/docker.yml/dispatches"));
    QCOMPARE(asked.body, QByteArray(R"({"ref":"main","inputs":{"platforms":"linux/arm64"},"return_run_details":true})"));
    QCOMPARE(asked.headers.value("content-type"), QByteArray("application/json"));
}

void TestGithubSession::dispatchOnAnOldServer()
{
    Rig rig([](const Request& request) {
        if (request.body.contains("return_run_details"))
            return Answer{422, R"({"message":"\"return_run_details\" is not a permitted key."})", {}};
        return Answer{204, {}, {}};
    });
    Outcome<Dispatched> got;
    rig.api.dispatch("o/n", {"1", "main", {}}, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY2(got.ok, got.error.detail.c_str());
    QVERIFY(!got.value.run);
    QCOMPARE(rig.server.requests().size(), 2);
}

void TestGithubSession::clockSkewIsSeen()
{
    Rig rig([](const Request&) { return json("{\"id\":1}", {{"Date", "Wed, 18 Nov 2020 10:57:50 GMT"}}); });
    Outcome<Run> got;
    rig.api.run({"o/n", 1}, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY(rig.session.clockSkew().seconds() < -3600);
}

void TestGithubSession::stoppedWhileWaiting()
{
    Rig rig([](const Request&) { return Answer{429, {}, {{"Retry-After", "500"}}}; });
    std::stop_source stop;
    bool done = false;
    ErrorKind kind = ErrorKind::Internal;
    ApiRequest request;
    request.target = "/user";
    rig.session.send(request, &rig.context, [&](Result<ApiResponse> got) {
        done = true;
        kind = got.error().kind;
    }, stop.get_token());
    QTRY_VERIFY(rig.session.blockedUntil().has_value());
    QVERIFY(!done);
    stop.request_stop();
    QTRY_VERIFY(done);
    QVERIFY(kind == ErrorKind::Cancelled);
}

void TestGithubSession::theTokenIsNowhereElse()
{
    // A server that repeats what it was told does not get it into an error text.
    Rig rig([](const Request& request) { return Answer{422, "{\"message\":\"bad header " + request.headers.value("authorization") + "\"}", {}}; });
    Outcome<Run> got;
    rig.api.run({"o/n", 1}, &rig.context, got.reply());
    QTRY_VERIFY(got.done);
    QVERIFY2(got.error.detail.find(canary) == std::string::npos, got.error.detail.c_str());
}

QTEST_GUILESS_MAIN(TestGithubSession)
#include "test_github_session.moc"
