// Signing in, the device flow, permissions; and the token, which must stay where it belongs.
#include "sources/github/github_account.h"
#include "support/fault_server/fault_server.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <cstdlib>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;
using Phase = AccountState::Phase;

namespace {

const std::string canary = "ghp_canary0123456789abcdefghijklmnopqrst";

struct Rig {
    FaultServer server;
    SystemClock clock;
    HttpClient http;
    GitHubSession session;
    GitHubApi api;
    MemoryStore store;
    std::unique_ptr<GitHubAccount> account;

    explicit Rig(bool keyring = true, GitHubEnvironment environment = {})
        : server([this](const Request& request) { return answer(request); }), session(http, clock, server.url().toStdString()), api(session), store(keyring)
    {
        if (environment.apiUrl.empty())
            environment.apiUrl = server.url().toStdString();
        account = std::make_unique<GitHubAccount>(http, api, store, environment, AccountOptions{"github.com", "client1"});
    }
    Answer answer(const Request& request) const
    {
        if (request.headers.value("authorization") != "Bearer " + QByteArray::fromStdString(canary))
            return {401, R"({"message":"Bad credentials"})", {}};
        return {200, R"({"login":"octocat","name":"Octo"})", {}};
    }
};

} // namespace

class TestGithubAccount : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEnvironmentGivesItsTokenOnce();
    void theEnvironmentsTokenIsUsed();
    void signInIsKept();
    void withoutAKeyringInMemory();
    void aRefusedTokenIsNotKept();
    void offlineIsNotRefused();
    void signOutForgets();
    void anotherServerDoesNotGetTheToken();
    void anEnterpriseServerDoesNotGetTheVariable();
    void deviceSignIn();
    void deviceSignInEnds_data();
    void deviceSignInEnds();
    void addresses();
    void permissions_data();
    void permissions();
    void permissionsAreAsked();
};

void TestGithubAccount::theEnvironmentGivesItsTokenOnce()
{
    // As at the start of a program: the memory that /proc shows is overwritten, no child inherits the variable.
    qputenv("GH_TOKEN", QByteArray::fromStdString(" " + canary + "\n"));
    qputenv("GITHUB_TOKEN", "second");
    qputenv("GITHUB_API_URL", "https://ghe.example.org/api/v3/");
    const GitHubEnvironment& environment = gitHubEnvironment();
    QCOMPARE(environment.token, canary);
    QCOMPARE(environment.tokenOrigin, std::string("GH_TOKEN"));
    QCOMPARE(environment.apiUrl, std::string("https://ghe.example.org/api/v3"));
    QCOMPARE(environment.variables.size(), std::size_t(2));
    QVERIFY(!std::getenv("GH_TOKEN") && !std::getenv("GITHUB_TOKEN"));
    QCOMPARE(gitHubEnvironment().token, canary);
    qunsetenv("GITHUB_API_URL");
}

void TestGithubAccount::theEnvironmentsTokenIsUsed()
{
    GitHubEnvironment environment;
    environment.token = canary;
    environment.tokenOrigin = "GH_TOKEN";
    Rig rig(true, environment);
    rig.account->restore();
    QTRY_VERIFY(rig.account->state().phase == Phase::SignedIn);
    QCOMPARE(rig.account->state().login, std::string("octocat"));
    QCOMPARE(rig.account->state().origin, std::string("GH_TOKEN"));
    QVERIFY(rig.store.tokens().empty()); // it is kept by whoever set it
}

void TestGithubAccount::signInIsKept()
{
    Rig rig;
    rig.account->signIn(canary, rig.server.url().toStdString());
    QVERIFY(rig.account->state().phase == Phase::Checking);
    QTRY_COMPARE(rig.account->state().origin, std::string("keyring"));
    QVERIFY(rig.account->state().phase == Phase::SignedIn);
    QCOMPARE(rig.store.tokens().size(), std::size_t(1));
    // The next start finds it.
    rig.session.setToken({});
    rig.account->restore();
    QTRY_VERIFY(rig.account->state().phase == Phase::SignedIn);
    QCOMPARE(rig.account->state().origin, std::string("keyring"));
}

void TestGithubAccount::withoutAKeyringInMemory()
{
    Rig rig(false);
    rig.account->restore();
    QTRY_VERIFY(rig.account->state().phase == Phase::None);
    QVERIFY(!rig.account->state().keyring);
    rig.account->signIn(canary, rig.server.url().toStdString());
    QTRY_VERIFY(rig.account->state().phase == Phase::SignedIn);
    QTRY_VERIFY(!rig.account->state().keyring);
    QCOMPARE(rig.account->state().origin, std::string("memory"));
    QVERIFY(rig.session.hasToken());
}

void TestGithubAccount::aRefusedTokenIsNotKept()
{
    Rig rig;
    rig.account->signIn("ghp_wrong", rig.server.url().toStdString());
    QTRY_VERIFY(rig.account->state().phase == Phase::Refused);
    QVERIFY(rig.store.tokens().empty());
    QVERIFY(rig.account->state().problem.find("ghp_wrong") == std::string::npos);
}

void TestGithubAccount::offlineIsNotRefused()
{
    Rig rig;
    rig.server.setHandler([](const Request&) { return Answer{503, {}, {}}; });
    rig.account->signIn(canary, rig.server.url().toStdString());
    QTRY_VERIFY(rig.account->state().phase == Phase::Offline);
    QVERIFY(rig.session.hasToken());
    QVERIFY(rig.store.tokens().empty());
}

void TestGithubAccount::signOutForgets()
{
    Rig rig;
    rig.account->signIn(canary, rig.server.url().toStdString());
    QTRY_COMPARE(rig.account->state().origin, std::string("keyring"));
    rig.account->signOut();
    QVERIFY(rig.account->state().phase == Phase::None);
    QVERIFY(!rig.session.hasToken());
    QVERIFY(rig.store.tokens().empty());
}

void TestGithubAccount::anotherServerDoesNotGetTheToken()
{
    FaultServer other([](const Request&) { return Answer{401, "{}", {}}; });
    Rig rig;
    rig.account->signIn(canary, rig.server.url().toStdString());
    QTRY_VERIFY(rig.account->state().phase == Phase::SignedIn);
    rig.account->signIn("other", other.url().toStdString());
    QTRY_VERIFY(rig.account->state().phase == Phase::Refused);
    for (const Request& request : other.requests())
        QCOMPARE(request.headers.value("authorization"), QByteArray("Bearer other"));
    // In the clear to another machine: not at all.
    rig.account->signIn(canary, "http://192.0.2.1");
    QVERIFY(rig.account->state().phase == Phase::Refused);
    QVERIFY(rig.account->state().problem.find("https") != std::string::npos);
}

void TestGithubAccount::anEnterpriseServerDoesNotGetTheVariable()
{
    Rig rig;
    GitHubEnvironment environment;
    environment.token = canary;
    environment.tokenOrigin = "GH_TOKEN";
    GitHubAccount account(rig.http, rig.api, rig.store, environment, AccountOptions{rig.server.url().toStdString(), {}});
    account.restore();
    QTRY_VERIFY(account.state().phase == Phase::None);
    QVERIFY(!rig.session.hasToken());
    QVERIFY(rig.server.requests().isEmpty());
}

void TestGithubAccount::deviceSignIn()
{
    Rig rig;
    int polls = 0;
    QList<QByteArray> bodies;
    rig.server.setHandler([&](const Request& request) {
        if (request.path == "/login/device/code") {
            bodies.append(request.body);
            return Answer{200, R"({"device_code":"d1","user_code":"WDJB-MJHT","verification_uri":"https://github.com/login/device","expires_in":900,"interval":1})", {}};
        }
        if (request.path == "/login/oauth/access_token") {
            bodies.append(request.body);
            switch (++polls) {
            case 1: return Answer{200, R"({"error":"authorization_pending"})", {}};
            case 2: return Answer{200, R"({"error":"slow_down","interval":7})", {}};
            case 3: return Answer{502, "<html>", {}}; // a moment without an answer
            default: return Answer{200, "{\"access_token\":\"" + QByteArray::fromStdString(canary) + "\",\"token_type\":\"bearer\"}", {}};
            }
        }
        return rig.answer(request);
    });
    DeviceFlow flow(rig.http, rig.server.url().toStdString(), "client1");
    flow.setSecond(std::chrono::milliseconds(10));
    QString code;
    std::string token;
    connect(&flow, &DeviceFlow::codeReady, this, [&](const DeviceCode& ready) { code = QString::fromStdString(ready.userCode + " " + ready.page); });
    connect(&flow, &DeviceFlow::tokenReady, this, [&](const std::string& ready) { token = ready; });
    flow.start();
    QTRY_COMPARE(token, canary);
    QCOMPARE(code, QStringLiteral("WDJB-MJHT https://github.com/login/device"));
    QCOMPARE(polls, 4);
    QCOMPARE(bodies[0], QByteArray("client_id=client1&scope=repo%20workflow"));
    QVERIFY(bodies[1].contains("device_code=d1"));
    QVERIFY(!flow.running());
    for (const Request& request : rig.server.requests())
        QVERIFY(!request.headers.contains("authorization"));

    // The same by the account: it ends signed in.
    polls = 10;
    rig.account->startDeviceSignIn(rig.server.url().toStdString());
    QTRY_VERIFY(rig.account->state().phase == Phase::SignedIn);
    QTRY_COMPARE(rig.account->state().origin, std::string("keyring"));
}

void TestGithubAccount::deviceSignInEnds_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray code = R"({"device_code":"d","user_code":"U","verification_uri":"https://github.com/login/device","expires_in":30,"interval":1})";
    QTest::newRow("denied") << code << QByteArray(R"({"error":"access_denied"})") << ErrorKind::Permission;
    QTest::newRow("expired") << code << QByteArray(R"({"error":"expired_token"})") << ErrorKind::Timeout;
    QTest::newRow("never typed") << code << QByteArray(R"({"error":"authorization_pending"})") << ErrorKind::Timeout;
    QTest::newRow("no device flow") << QByteArray(R"({"error":"device_flow_disabled"})") << QByteArray() << ErrorKind::BadInput;
    QTest::newRow("no json") << QByteArray("<html>") << QByteArray() << ErrorKind::BadInput;
    QTest::newRow("incomplete") << QByteArray("{}") << QByteArray() << ErrorKind::BadInput;
    QTest::newRow("a page that is none") << QByteArray(R"({"device_code":"d","user_code":"U","verification_uri":"file:///etc/passwd"})") << QByteArray() << ErrorKind::BadInput;
}

void TestGithubAccount::deviceSignInEnds()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(ErrorKind, kind);
    FaultServer server([&](const Request& request) { return Answer{200, request.path == "/login/device/code" ? first : second, {}}; });
    HttpClient http;
    DeviceFlow flow(http, server.url().toStdString(), "client1");
    flow.setSecond(std::chrono::milliseconds(20));
    std::optional<ErrorKind> ended;
    connect(&flow, &DeviceFlow::failed, this, [&](const Error& error) { ended = error.kind; });
    flow.start();
    QTRY_VERIFY(ended.has_value());
    QVERIFY(ended == kind);
    QVERIFY(!flow.running());
}

void TestGithubAccount::addresses()
{
    QCOMPARE(apiUrlOf("github.com"), std::string("https://api.github.com"));
    QCOMPARE(apiUrlOf("git.example.org"), std::string("https://git.example.org/api/v3"));
    QCOMPARE(apiUrlOf("octo.ghe.com"), std::string("https://api.octo.ghe.com"));
    QCOMPARE(apiUrlOf("http://127.0.0.1:80/api/v3/"), std::string("http://127.0.0.1:80/api/v3"));
    QCOMPARE(webUrlOf("https://api.github.com"), std::string("https://github.com"));
    QCOMPARE(webUrlOf("https://git.example.org/api/v3"), std::string("https://git.example.org"));
    QVERIFY(checkedApiUrl("https://git.example.org/api/v3").ok());
    QVERIFY(checkedApiUrl("http://localhost:4010").ok());
    for (const char* bad : {"http://git.example.org", "http://127.0.0.1.example.org", "ftp://x", "", "nonsense"})
        QVERIFY2(!checkedApiUrl(bad), bad);
}

void TestGithubAccount::permissions_data()
{
    QTest::addColumn<QByteArray>("scopes"); ///< "-" = fine-grained, "none" = no token
    QTest::addColumn<bool>("isPrivate");
    QTest::addColumn<bool>("mayPush");
    QTest::addColumn<QList<int>>("statuses"); ///< actions, caches, runners, contents
    QTest::addColumn<QByteArray>("missing");
    const auto row = [](const char* name, const char* scopes, bool isPrivate, bool mayPush, QList<int> statuses, const char* missing) {
        QTest::newRow(name) << QByteArray(scopes) << isPrivate << mayPush << statuses << QByteArray(missing);
    };
    row("classic, everything", "repo, workflow", true, true, {200, 200, 200, 200}, "");
    row("classic, no workflow", "repo", true, true, {200, 200, 403, 200}, "administrator of the repository:runners workflow:rollback");
    row("classic, nothing", "", true, false, {404, 404, 404, 404}, "repo:watch repo:logs repo:caches repo:actions repo:runners repo:rollback");
    row("classic, public", "public_repo,workflow", false, true, {200, 200, 200, 200}, "");
    row("fine-grained, everything", "-", true, true, {200, 200, 200, 200}, "");
    row("fine-grained, read", "-", true, false, {200, 200, 403, 200}, "administration=read:runners actions=write:actions contents=write:rollback");
    row("fine-grained, no actions", "-", true, true, {403, 403, 403, 200}, "actions=read:watch actions=read:logs actions=read:caches administration=read:runners");
    row("no token, public", "none", false, false, {200, 401, 401, 200}, "actions=read:logs actions=write:actions administration=read:runners contents=write:rollback");
}

void TestGithubAccount::permissions()
{
    QFETCH(QByteArray, scopes);
    QFETCH(bool, isPrivate);
    QFETCH(bool, mayPush);
    QFETCH(QList<int>, statuses);
    QFETCH(QByteArray, missing);
    PermissionProbes probes;
    probes.authenticated = scopes != "none";
    if (probes.authenticated && scopes != "-")
        probes.scopes = scopes.toStdString();
    probes.isPrivate = isPrivate;
    probes.mayPush = mayPush;
    probes.actions = statuses[0];
    probes.caches = statuses[1];
    probes.runners = statuses[2];
    probes.contents = statuses[3];
    const PermissionReport report = judgePermissions(probes);
    QByteArray found;
    for (const MissingPermission& each : report.missing)
        found += (found.isEmpty() ? "" : " ") + QByteArray::fromStdString(each.name) + ":" + toString(each.disables);
    QCOMPARE(found, missing);
    QCOMPARE(report.classic, probes.scopes.has_value());
    QCOMPARE(report.unknown.empty(), !(scopes == "-" && mayPush));
}

void TestGithubAccount::permissionsAreAsked()
{
    Rig rig;
    rig.session.setToken(canary);
    rig.server.setHandler([&](const Request& request) {
        if (request.path.endsWith("/runners"))
            return Answer{403, R"({"message":"Resource not accessible"})", {{"X-Accepted-GitHub-Permissions", "administration=read"}}};
        if (request.path == "/repos/o/n")
            return Answer{200, R"({"full_name":"o/n","private":true,"permissions":{"push":true}})", {}};
        return rig.answer(request);
    });
    bool done = false;
    PermissionReport report;
    checkPermissions(rig.api, "o/n", this, [&](Result<PermissionReport> got) {
        done = true;
        if (got)
            report = got.value();
    });
    QTRY_VERIFY(done);
    QCOMPARE(report.login, std::string("octocat"));
    QCOMPARE(report.missing.size(), std::size_t(1));
    QCOMPARE(report.missing[0].name, std::string("administration=read"));
    for (const Request& request : rig.server.requests())
        QCOMPARE(request.method, QByteArray("GET"));
}

QTEST_GUILESS_MAIN(TestGithubAccount)
#include "test_github_account.moc"
