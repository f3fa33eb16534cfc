// Which server is asked, with which token, for which repositories; and what happens when it or the keyring does not answer.
#include "sources/github/github_account.h"
#include "sources/github/repository_name.h"
#include "support/fault_server/fault_server.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;
using Phase = AccountState::Phase;

namespace {

const std::string first = "tok-first-0123456789abcdefghij", second = "tok-second-0123456789abcdefghij";

/// A keyring that does what it is told to.
class MoodyStore final : public TokenStore {
public:
    std::map<std::string, std::string> tokens;
    std::optional<Error> reading, writing, removing;

    void read(const std::string& host, QObject* context, Read reply) override
    {
        Result<std::string> found = Error{ErrorKind::NotFound, "none", false};
        if (reading)
            found = *reading;
        else if (tokens.count(host))
            found = tokens.at(host);
        QMetaObject::invokeMethod(context, [reply, found] { reply(found); }, Qt::QueuedConnection);
    }
    void write(const std::string& host, const std::string& token, QObject* context, Written reply) override
    {
        if (!writing)
            tokens[host] = token;
        QMetaObject::invokeMethod(context, [reply, writing = writing] { reply(writing ? Result<void>(*writing) : Result<void>()); }, Qt::QueuedConnection);
    }
    void remove(const std::string& host, QObject* context, Written reply) override
    {
        if (!removing)
            tokens.erase(host);
        QMetaObject::invokeMethod(context, [reply, removing = removing] { reply(removing ? Result<void>(*removing) : Result<void>()); }, Qt::QueuedConnection);
    }
};

/// Two servers; each takes the tokens it is told to.
struct Rig {
    QByteArrayList taken{QByteArray::fromStdString(first)};
    bool away = false;
    FaultServer server, other;
    SystemClock clock;
    HttpClient http;
    GitHubSession session;
    GitHubApi api;
    MoodyStore store;
    std::unique_ptr<GitHubAccount> account;

    Rig()
        : server([this](const Request& request) { return answer(request, taken); }), other([this](const Request& request) { return answer(request, {QByteArray::fromStdString(second)}); }),
          session(http, clock), api(session)
    {
    }
    Answer answer(const Request& request, const QByteArrayList& tokens) const
    {
        if (away)
            return {503, {}, {}};
        const QByteArray token = request.headers.value("authorization").mid(7);
        return tokens.contains(token) ? Answer{200, R"({"login":"octocat"})", {}} : Answer{401, "{\"message\":\"Bad credentials: " + token + "\"}", {}};
    }
    GitHubAccount& open(const QString& host, GitHubEnvironment environment = {})
    {
        AccountOptions options{host.toStdString(), "client1"};
        options.firstRetry = std::chrono::milliseconds(20);
        account = std::make_unique<GitHubAccount>(http, api, store, std::move(environment), options);
        return *account;
    }
    /// What the keyring calls the server.
    static std::string hostOf(const FaultServer& which) { return "127.0.0.1:" + std::to_string(which.port()); }
};

} // namespace

class TestGithubServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesOfServers()
    {
        for (const char* same : {"github.com", "git.example.org", "octo.ghe.com", "http://127.0.0.1:80", "https://git.example.org/other/api"})
            QCOMPARE(serverName(apiUrlOf(same)), std::string(same));
        QCOMPARE(serverName("https://git.example.org/api/v3"), std::string("git.example.org"));
        QCOMPARE(hostOfApi("https://api.octo.ghe.com"), std::string("octo.ghe.com"));
        for (const char* bad : {"https://user:pass@git.example.org/api/v3", "https://ghp_0123456789abcdef/api/v3", "https://git example org/api/v3"})
            QVERIFY2(!checkedApiUrl(bad), bad);
    }

    void repositoriesOnAServer_data()
    {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("found");
        const auto row = [](const char* server, const char* text, const char* found) {
            QTest::newRow(qPrintable(QLatin1String(server) + QLatin1Char(' ') + QLatin1String(text))) << QByteArray(server) << QByteArray(text) << QByteArray(found);
        };
        row("github.com", "octo/shop", "octo/shop");
        row("github.com", "https://github.com/octo/shop/actions/runs/7?pr=1", "octo/shop");
        row("github.com", "git@github.com:octo/shop.git", "octo/shop");
        row("github.com", "ssh://git@ssh.github.com:443/octo/shop.git", "octo/shop");
        row("github.com", "work:octo/shop.git", "octo/shop"); // an alias of ~/.ssh/config
        row("github.com", "https://git.example.org/octo/shop", "");
        row("github.com", "git@git.example.org:octo/shop.git", "");
        row("git.example.org", "octo/shop", "git.example.org/octo/shop");
        row("git.example.org:8443", "https://git.example.org:8443/octo/shop.git", "git.example.org/octo/shop");
        row("git.example.org", "https://GIT.example.org/octo/shop", "git.example.org/octo/shop");
        row("git.example.org", "git@git.example.org:octo/shop.git", "git.example.org/octo/shop");
        row("git.example.org", "ssh://git@git.example.org:2222/octo/shop.git", "git.example.org/octo/shop");
        row("git.example.org", "https://github.com/octo/shop", "");
        row("octo.ghe.com", "octo@octo.ghe.com:octo/shop.git", "octo.ghe.com/octo/shop");
        row("127.0.0.1:4010", "https://github.com/octo/shop", "octo/shop"); // a stand-in
        row("github.com", "nonsense", "");
        row("github.com", "", "");
    }
    void repositoriesOnAServer()
    {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, found);
        const auto named = repositoryOn(server.toStdString(), text.toStdString());
        QCOMPARE(named ? QByteArray::fromStdString(keptName(named.value())) : QByteArray(), found);
        if (named) {
            const auto read = fromKeptName(keptName(named.value()));
            QVERIFY(read && read.value() == named.value());
        }
    }

    void aFolderGivesTheRemoteOnTheServer()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("clone/.git")));
        QFile config(folder.filePath(QStringLiteral("clone/.git/config")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("[remote \"origin\"]\n\turl = git@git.example.org:team/shop.git\n[remote \"public\"]\n\turl = https://x:y@github.com/octo/shop\n");
        config.close();
        const std::string path = folder.filePath(QStringLiteral("clone")).toStdString();
        QCOMPARE(keptName(repositoryOn("github.com", path).value()), std::string("octo/shop"));
        QCOMPARE(keptName(repositoryOn("git.example.org", path).value()), std::string("git.example.org/team/shop"));
        const auto nowhere = repositoryOn("third.example.org", path);
        QVERIFY(!nowhere && nowhere.error().kind == ErrorKind::BadInput);
        QVERIFY2(nowhere.error().detail.find("git.example.org") != std::string::npos, "it says where the repository is");
        qputenv("HOME", folder.path().toLocal8Bit());
        QCOMPARE(keptName(repositoryOn("github.com", "~/clone").value()), std::string("octo/shop"));
    }

    void startingOfflineGoesOnByItself()
    {
        Rig rig;
        rig.away = true;
        rig.store.tokens[Rig::hostOf(rig.server)] = first;
        GitHubAccount& account = rig.open(rig.server.url());
        account.restore();
        QTRY_VERIFY(account.state().phase == Phase::Offline);
        QTRY_VERIFY(rig.server.requests().size() >= 3); // asked again, and not in a hurry
        QVERIFY(account.state().phase == Phase::Offline);
        rig.away = false;
        QTRY_VERIFY(account.state().phase == Phase::SignedIn);
        QCOMPARE(account.state().origin, std::string("keyring"));
    }

    void aNewTokenGivenOfflineIsKeptOnceItWorks()
    {
        Rig rig;
        rig.away = true;
        GitHubAccount& account = rig.open(rig.server.url());
        account.signIn(first, rig.server.url().toStdString());
        QTRY_VERIFY(account.state().phase == Phase::Offline);
        QVERIFY(rig.store.tokens.empty());
        rig.away = false;
        QTRY_COMPARE(account.state().origin, std::string("keyring"));
        QCOMPARE(rig.store.tokens.at(Rig::hostOf(rig.server)), first);
    }

    void aWrongNewTokenLosesNothing()
    {
        Rig rig;
        GitHubAccount& account = rig.open(rig.server.url());
        account.signIn(first, rig.server.url().toStdString());
        QTRY_COMPARE(account.state().origin, std::string("keyring"));
        account.signIn(second, rig.server.url().toStdString());
        QTRY_VERIFY(account.state().phase == Phase::Refused);
        QVERIFY2(account.state().problem.find(second) == std::string::npos, "the server repeats the token");
        QCOMPARE(rig.store.tokens.at(Rig::hostOf(rig.server)), first);
        account.restore(); // "Back to the earlier token"
        QTRY_VERIFY(account.state().phase == Phase::SignedIn);
    }

    void eachServerHasItsOwnToken()
    {
        Rig rig;
        rig.store.tokens[Rig::hostOf(rig.server)] = first;
        rig.store.tokens[Rig::hostOf(rig.other)] = second;
        GitHubAccount& account = rig.open(rig.server.url());
        account.restore();
        QTRY_VERIFY(account.state().phase == Phase::SignedIn);
        account.setServer(rig.other.url().toStdString());
        QTRY_VERIFY(account.state().phase == Phase::SignedIn && account.state().host == Rig::hostOf(rig.other));
        QCOMPARE(account.state().server, rig.other.url().toStdString());
        for (const Request& request : rig.other.requests())
            QCOMPARE(request.headers.value("authorization"), "Bearer " + QByteArray::fromStdString(second));
        for (const Request& request : rig.server.requests())
            QCOMPARE(request.headers.value("authorization"), "Bearer " + QByteArray::fromStdString(first));
        account.signOut();
        QTRY_VERIFY(!rig.store.tokens.count(Rig::hostOf(rig.other)));
        QVERIFY2(rig.store.tokens.count(Rig::hostOf(rig.server)), "the other server's stays");
    }

    void whatWasUnderWayDoesNotTakeTheNewTokenToTheOldServer()
    {
        Rig rig;
        rig.session.setApiUrl(rig.server.url().toStdString());
        rig.session.setToken(first);
        rig.server.setHandler([&](const Request&) {
            rig.session.setToken({});
            rig.session.setApiUrl(rig.other.url().toStdString());
            rig.session.setToken(second);
            return Answer{200, "{}", {}};
        });
        int ended = 0;
        const auto count = [&ended](Result<ApiResponse> got) {
            ended += !got && got.error().kind == ErrorKind::Cancelled;
        };
        ApiRequest flying, waiting; // one at a time: the second stands in the queue
        flying.target = "/repos/o/n";
        waiting.target = "/repos/o/m";
        rig.session.send(flying, this, count);
        rig.session.send(waiting, this, count);
        QTRY_COMPARE(ended, 2);
        QCOMPARE(rig.server.requests().size(), 1);
        QCOMPARE(rig.server.requests()[0].headers.value("authorization"), "Bearer " + QByteArray::fromStdString(first));
        QVERIFY(rig.other.requests().isEmpty());
    }

    void theEnvironmentsServerGoesBeforeTheSettings()
    {
        Rig rig;
        GitHubEnvironment environment;
        environment.apiUrl = rig.server.url().toStdString();
        rig.store.tokens[Rig::hostOf(rig.server)] = first;
        GitHubAccount& account = rig.open(QStringLiteral("git.example.org"), environment);
        account.restore();
        QTRY_VERIFY(account.state().phase == Phase::SignedIn);
        QVERIFY(account.state().serverFixed);
        account.setServer(rig.other.url().toStdString());
        QVERIFY(account.state().phase == Phase::SignedIn && rig.other.requests().isEmpty());
    }

    void aCodeThatIsNeverTypedTakesNothingAway()
    {
        Rig rig;
        rig.store.tokens[Rig::hostOf(rig.server)] = first;
        GitHubAccount& account = rig.open(rig.server.url());
        account.restore();
        QTRY_VERIFY(account.state().phase == Phase::SignedIn);
        account.startDeviceSignIn(rig.other.url().toStdString());
        account.cancelDeviceSignIn();
        QCOMPARE(rig.session.apiUrl(), rig.server.url().toStdString());
        QVERIFY(rig.session.hasToken() && account.state().phase == Phase::SignedIn);
    }

    void whatTheKeyringDoesNotDoIsSaid()
    {
        Rig rig;
        rig.store.reading = Error{ErrorKind::Permission, "the keyring refuses", false};
        GitHubAccount& account = rig.open(rig.server.url());
        account.restore();
        QTRY_VERIFY(account.state().phase == Phase::None);
        QVERIFY2(account.state().keyring, "there is one");
        QCOMPARE(account.state().keyringProblem, std::string("the keyring refuses"));
        rig.store.writing = rig.store.reading;
        account.signIn(first, rig.server.url().toStdString());
        QTRY_VERIFY(account.state().phase == Phase::SignedIn);
        QTRY_COMPARE(account.state().keyringProblem, std::string("the keyring refuses"));
        QCOMPARE(account.state().origin, std::string("memory"));
        rig.store.writing.reset();
        account.signIn(first, rig.server.url().toStdString());
        QTRY_COMPARE(account.state().origin, std::string("keyring"));
        QVERIFY(account.state().keyringProblem.empty());
        rig.store.removing = rig.store.reading;
        account.signOut();
        QTRY_COMPARE(account.state().keyringProblem, std::string("the keyring refuses")); // it is still there
        QVERIFY(!rig.session.hasToken());
    }
};

QTEST_GUILESS_MAIN(TestGithubServer)
#include "test_github_server.moc"
