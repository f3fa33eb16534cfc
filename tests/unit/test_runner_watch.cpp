// Who could take a waiting job, asked of a server: what is known, and when it is asked again.
#include "app/tasks/runner_watch.h"
#include "support/fault_server/fault_server.h"

#include <QTest>

#include <map>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

constexpr Duration seconds(int count) { return {std::int64_t(count) * 1'000'000'000}; }

struct Rig {
    std::map<QByteArray, Answer> answers; ///< by path; else 404
    std::map<QByteArray, int> asked;
    FaultServer server;
    FixedClock clock{Timestamp{1'795'000'000'000'000'000}};
    HttpClient http;
    GitHubSession session;
    GitHubApi api;
    RunnerWatch watch;

    Rig() : server([this](const Request& request) { return answer(request); }), session(http, clock, server.url().toStdString()), api(session), watch(api, clock)
    {
        session.setToken("t1");
    }

    Answer answer(const Request& request)
    {
        ++asked[request.path];
        const auto known = answers.find(request.path);
        return known == answers.end() ? Answer{404, R"({"message":"Not Found"})", {}} : known->second;
    }

    /// Asks, and waits until nothing more comes of it.
    bool ask(const std::string& repository)
    {
        m_turns = 0;
        watch.ask(repository);
        return QTest::qWaitFor([this] { return http.pending() == 0 && quiet(); }, 20'000);
    }

private:
    /// An answer may lead to further questions: none has for a few turns of the event loop.
    bool quiet()
    {
        const int now = int(session.counters().total);
        m_turns = now == m_seen && http.pending() == 0 ? m_turns + 1 : 0;
        m_seen = now;
        return m_turns > 5;
    }
    int m_seen = -1, m_turns = 0;
};

Answer runners(const char* name, const char* labels)
{
    return {200, QByteArray(R"({"total_count":1,"runners":[{"id":1,"name":")") + name + R"(","status":"online","busy":false,"labels":[{"name":")" + labels + R"("}]}]})", {}};
}
Answer json(const char* text) { return {200, text, {}}; }

} // namespace

class TestRunnerWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOrganisationSharesItsRunners()
    {
        Rig rig;
        rig.answers = {{"/repos/octo/shop/actions/runners", runners("own", "gpu")},
                       {"/repos/octo/shop", json(R"({"full_name":"octo/shop","owner":{"login":"octo","type":"Organization"}})")},
                       {"/orgs/octo", json(R"({"login":"octo","plan":{"name":"team"}})")},
                       {"/orgs/octo/actions/runners", runners("shared", "arm")}};
        QVERIFY(rig.ask("octo/shop"));
        const auto known = rig.watch.of("octo/shop");
        QVERIFY(known.runners && known.runners->size() == 2 && known.all);
        QCOMPARE(known.runners->at(1).name, std::string("shared"));
        QCOMPARE(known.plan, std::string("team"));
        const auto other = rig.watch.of("octo/other"); // nobody asked for that one's own
        QVERIFY(other.runners && other.runners->size() == 1 && !other.all);
        // An enterprise may share further ones.
        rig.answers["/orgs/octo"] = json(R"({"login":"octo","plan":{"name":"enterprise"}})");
        rig.watch.forget();
        QVERIFY(!rig.watch.of("octo/shop").runners);
        QVERIFY(rig.ask("octo/shop"));
        QVERIFY(!rig.watch.of("octo/shop").all);
    }

    void whatAnOrganisationKeepsToItselfIsNotKnown()
    {
        Rig rig;
        rig.answers = {{"/repos/octo/shop/actions/runners", runners("own", "gpu")},
                       {"/repos/octo/shop", json(R"({"full_name":"octo/shop","owner":{"login":"octo","type":"Organization"}})")},
                       {"/orgs/octo", json(R"({"login":"octo"})")}};
        QVERIFY(rig.ask("octo/shop"));
        const auto known = rig.watch.of("octo/shop");
        QVERIFY(known.runners && known.runners->size() == 1 && !known.all && known.plan.empty());
    }

    void aPersonHasNoOthers()
    {
        Rig rig;
        rig.answers = {{"/repos/mona/shop/actions/runners", runners("own", "gpu")}, {"/repos/mona/shop", json(R"({"owner":{"login":"mona","type":"User"}})")},
                       {"/user", json(R"({"login":"mona","plan":{"name":"pro"}})")}};
        QVERIFY(rig.ask("mona/shop"));
        QVERIFY(rig.watch.of("mona/shop").all);
        QCOMPARE(rig.watch.of("mona/shop").plan, std::string("pro"));
        // Somebody else's plan is not ours to know.
        rig.answers["/user"] = json(R"({"login":"octocat","plan":{"name":"pro"}})");
        rig.watch.forget();
        QVERIFY(rig.ask("mona/shop"));
        QVERIFY(rig.watch.of("mona/shop").all && rig.watch.of("mona/shop").plan.empty());
    }

    void whoWasRefusedIsNotAskedAgainForAnHour()
    {
        Rig rig;
        const QByteArray own = "/repos/octo/shop/actions/runners", shared = "/orgs/octo/actions/runners";
        rig.answers = {{"/repos/octo/shop", json(R"({"owner":{"login":"octo","type":"Organization"}})")}, {shared, runners("shared", "arm")}};
        rig.answers[own] = {403, R"({"message":"Resource not accessible by personal access token"})", {}};
        QVERIFY(rig.ask("octo/shop"));
        QVERIFY(rig.watch.of("octo/shop").runners && !rig.watch.of("octo/shop").all);
        rig.clock.set(rig.clock.now() + seconds(59));
        QVERIFY(rig.ask("octo/shop"));
        QCOMPARE(rig.asked[own], 1);
        QCOMPARE(rig.asked[shared], 1); // a minute is not over
        rig.clock.set(rig.clock.now() + seconds(3'600 - 59 - 1));
        QVERIFY(rig.ask("octo/shop"));
        QCOMPARE(rig.asked[own], 1);
        QCOMPARE(rig.asked[shared], 2);
        rig.answers[own] = runners("own", "gpu");
        rig.clock.set(rig.clock.now() + seconds(1));
        QVERIFY(rig.ask("octo/shop"));
        QCOMPARE(rig.asked[own], 2);
        QCOMPARE(rig.watch.of("octo/shop").runners->size(), std::size_t(2));
        // Another token may be told more, at once.
        rig.watch.forget();
        QVERIFY(rig.ask("octo/shop"));
        QCOMPARE(rig.asked[own], 3);
    }

    void aFaultThatMayPassTakesNothingAway()
    {
        Rig rig;
        const QByteArray own = "/repos/octo/shop/actions/runners";
        rig.answers = {{own, runners("own", "gpu")}};
        QVERIFY(rig.ask("octo/shop"));
        rig.answers[own] = {502, {}, {}};
        rig.clock.set(rig.clock.now() + seconds(60));
        QVERIFY(rig.ask("octo/shop"));
        QCOMPARE(rig.asked[own], 2);
        QVERIFY(rig.watch.of("octo/shop").runners && rig.watch.of("octo/shop").runners->size() == 1);
    }
};

QTEST_GUILESS_MAIN(TestRunnerWatch)
#include "test_runner_watch.moc"
