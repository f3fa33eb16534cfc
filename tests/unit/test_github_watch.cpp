// Watching: the plan when the quota is small, and the watcher itself against a server.
#include "sources/github/run_actions.h"
#include "sources/github/run_watcher.h"
#include "support/fault_server/fault_server.h"

#include <QSignalSpy>
#include <QTest>

#include <map>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

constexpr std::int64_t second = 1'000'000'000;
const Timestamp start{1'795'000'000 * second};

Timestamp at(double seconds) { return start + Duration{std::int64_t(seconds * double(second))}; }

/// A repository that changes at given times; its ETag tells the version.
struct Simulated {
    std::vector<double> changes;
    int known = -1;
    int version(double t) const { return int(std::count_if(changes.begin(), changes.end(), [t](double change) { return change <= t; })); }
};

struct HourResult {
    int requests = 0, free = 0;
    double longestUnseen = 0; ///< seconds from a change to the look that saw it
};

/// Runs the plan and the scheduler for an hour; a request takes 150 ms.
HourResult hour(std::map<std::string, Simulated> repositories, int active, RateBudget budget = {5000, 5000, {}})
{
    WatchPlan plan;
    RequestScheduler scheduler;
    for (const auto& [name, simulated] : repositories)
        plan.add(name, start);
    HourResult result;
    for (double t = 0; t < 3600; t += 0.1) {
        for (const std::string& name : plan.due(at(t))) {
            Simulated& repository = repositories.at(name);
            scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
            while (!scheduler.next(at(t)))
                t += 0.1;
            t += 0.15;
            ++result.requests;
            const int now = repository.version(t);
            const bool same = now == repository.known;
            if (same)
                ++result.free;
            else
                --budget.remaining;
            if (!same && repository.known >= 0)
                result.longestUnseen = std::max(result.longestUnseen, t - repository.changes[std::size_t(repository.known)]);
            repository.known = now;
            scheduler.finished(at(t), same ? 304 : 200, {}, {});
            plan.setBudget(budget);
            plan.looked(name, at(t), same ? LookOutcome::Same : LookOutcome::Changed, active, 1);
        }
    }
    return result;
}

std::map<std::string, Simulated> idle(int count, int changesEach)
{
    std::map<std::string, Simulated> repositories;
    for (int i = 0; i < count; ++i) {
        Simulated simulated;
        for (int k = 0; k < changesEach; ++k)
            simulated.changes.push_back(3600.0 * (k + 0.5) / changesEach + i);
        repositories["octo/r" + std::to_string(i)] = simulated;
    }
    return repositories;
}

QByteArray stamp(int seconds) { return QByteArray::fromStdString(formatRfc3339(at(seconds))); }

/// A server with one run whose state the test sets.
struct Rig {
    FaultServer server;
    SystemClock clock;
    HttpClient http;
    GitHubSession session;
    GitHubApi api;
    RunWatcher watcher;
    QByteArray state = "in_progress", conclusion = "null";
    int attempt = 1, updated = 1;
    int broken = 0; ///< status to answer with instead, 0 = none

    static RunWatchOptions quick()
    {
        RunWatchOptions options;
        options.pace = {Duration{second / 20}, Duration{second / 10}, Duration{second / 10}, Duration{second}, Duration{second / 10}, Duration{second / 2}, Duration{600 * second}};
        return options;
    }

    Rig() : server([this](const Request& request) { return answer(request); }), session(http, clock, server.url().toStdString()),
            api(session, RequestPriority::Poll), watcher(api, clock, quick())
    {
        session.setToken("t1");
    }

    QByteArray run() const
    {
        return "{\"id\":7,\"name\":\"images\",\"run_number\":3,\"run_attempt\":" + QByteArray::number(attempt) + ",\"status\":\"" + state + "\",\"conclusion\":" + conclusion
            + ",\"created_at\":\"" + stamp(0) + "\",\"updated_at\":\"" + stamp(updated) + "\"}";
    }
    QByteArray jobs() const
    {
        return "{\"total_count\":1,\"jobs\":[{\"id\":70,\"name\":\"build (linux/arm64)\",\"status\":\"" + state + "\",\"conclusion\":" + conclusion + ",\"created_at\":\""
            + stamp(0) + "\",\"started_at\":\"" + stamp(1) + "\",\"completed_at\":" + (state == "completed" ? "\"" + stamp(updated) + "\"" : QByteArray("null")) + ",\"steps\":[]}]}";
    }
    Answer answer(const Request& request)
    {
        if (broken)
            return {broken, "{\"message\":\"no\"}", {}};
        if (request.method == "POST") {
            const bool rerun = request.path.contains("rerun");
            if (rerun)
                ++attempt;
            state = rerun ? "queued" : "completed";
            conclusion = rerun ? "null" : "\"cancelled\"";
            ++updated;
            return {201, "{}", {}};
        }
        const QByteArray body = request.path.endsWith("/jobs") ? jobs() : request.path.endsWith("/runs") ? "{\"total_count\":1,\"workflow_runs\":[" + run() + "]}" : run();
        const QByteArray etag = "\"" + QByteArray::number(qHash(body)) + "\"";
        if (request.headers.value("if-none-match") == etag)
            return {304, {}, {}};
        return {200, body, {{"ETag", etag}, {"X-RateLimit-Limit", "5000"}, {"X-RateLimit-Remaining", "4321"}}};
    }
};

} // namespace

class TestGithubWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anActiveRunIsSeenSoon();
    void withoutATokenTheQuotaLasts();
    void aLowQuotaSlowsDown();
    void failuresBackOff();
    void aRunIsWatchedToItsEnd();
    void anOldRunStillUnderWay();
    void offlineAndBack();
    void refusedUntilTheTokenChanges();
    void hintsChangeTheRun();
    void rerunIsConfirmed();
    void cancelIsConfirmed();
    void whatIsNotShownIsNotDone();
    void dispatchFindsTheRun();
    void deletedCachesAreGone();
};

void TestGithubWatch::anActiveRunIsSeenSoon()
{
    const HourResult result = hour(idle(3, 200), 1);
    QVERIFY2(result.longestUnseen <= 10, qPrintable(QString::number(result.longestUnseen)));
}

void TestGithubWatch::withoutATokenTheQuotaLasts()
{
    const HourResult result = hour(idle(3, 10), 1, {60, 60, {}});
    QVERIFY2(result.requests <= 60, qPrintable(QString::number(result.requests))); // without a token a 304 counts too
    QVERIFY(result.requests >= 20);
}

void TestGithubWatch::aLowQuotaSlowsDown()
{
    const int plenty = hour(idle(5, 0), 0).requests;
    const int half = hour(idle(5, 0), 0, {5000, 2000, {}}).requests;
    const int little = hour(idle(5, 0), 0, {5000, 400, {}}).requests;
    QVERIFY2(half < plenty * 6 / 10 && little < plenty * 2 / 10, qPrintable(QStringLiteral("%1 %2 %3").arg(plenty).arg(half).arg(little)));
}

void TestGithubWatch::failuresBackOff()
{
    WatchPlan plan;
    plan.add("a", start);
    Timestamp now = start;
    for (const int seconds : {10, 20, 40, 80, 160, 300, 300}) {
        QCOMPARE(plan.due(now).size(), std::size_t(1));
        QVERIFY(plan.due(now).empty()); // under way
        plan.looked("a", now, LookOutcome::Failed, 0, 1);
        QCOMPARE(plan.next().value().ns, (now + Duration{seconds * second}).ns);
        now = plan.next().value();
    }
    plan.due(now);
    plan.hurry("a", now);
    plan.looked("a", now, LookOutcome::Refused, 0, 1);
    QCOMPARE(plan.next().value().ns, now.ns); // asked for meanwhile
    plan.remove("a");
    QVERIFY(!plan.next());
}

void TestGithubWatch::aRunIsWatchedToItsEnd()
{
    Rig rig;
    QSignalSpy changed(&rig.watcher, &RunWatcher::runChanged), ended(&rig.watcher, &RunWatcher::jobEnded);
    rig.watcher.watch("o/n");
    QTRY_VERIFY(rig.watcher.run({"o/n", 7}) && !rig.watcher.run({"o/n", 7})->jobs.empty());
    const RunPtr running = rig.watcher.run({"o/n", 7});
    QVERIFY(running->state == RunState::InProgress);
    QCOMPARE(running->jobs[0].platforms.size(), std::size_t(1));
    QTRY_COMPARE(rig.watcher.status("o/n").activeRuns, 1);
    QCOMPARE(rig.watcher.budget().remaining, 4321);

    // Nothing new: looks go on, all of them free, and nobody is told.
    const auto before = rig.session.counters();
    const auto told = changed.size();
    QTRY_VERIFY(rig.session.counters().total >= before.total + 8);
    QCOMPARE(changed.size(), told);
    QVERIFY(rig.session.counters().notModified - before.notModified >= 7);

    rig.state = "completed";
    rig.conclusion = "\"success\"";
    rig.updated = 90;
    QTRY_VERIFY(rig.watcher.run({"o/n", 7})->state == RunState::Completed && !rig.watcher.run({"o/n", 7})->jobs.empty()
                && rig.watcher.run({"o/n", 7})->jobs[0].state == RunState::Completed);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0][1].toLongLong(), 70);
    QVERIFY(running->state == RunState::InProgress); // a snapshot stays what it was
    QTRY_COMPARE(rig.watcher.status("o/n").activeRuns, 0);
    // An ended run costs its list only.
    const auto jobsBefore = std::count_if(rig.server.requests().begin(), rig.server.requests().end(), [](const Request& r) { return r.path.endsWith("/jobs"); });
    const auto total = rig.session.counters().total;
    QTRY_VERIFY(rig.session.counters().total >= total + 3);
    QCOMPARE(std::count_if(rig.server.requests().begin(), rig.server.requests().end(), [](const Request& r) { return r.path.endsWith("/jobs"); }), jobsBefore);

    QSignalSpy forgotten(&rig.watcher, &RunWatcher::runForgotten);
    rig.watcher.unwatch("o/n");
    QCOMPARE(forgotten.size(), 1);
    QVERIFY(rig.watcher.repositories().empty());
}

void TestGithubWatch::anOldRunStillUnderWay()
{
    Rig rig;
    rig.watcher.watch("o/n");
    QTRY_VERIFY(rig.watcher.run({"o/n", 7}) && !rig.watcher.run({"o/n", 7})->jobs.empty());
    // Newer runs push it off the list: it is read by itself until it ends.
    bool gone = false;
    rig.server.setHandler([&](const Request& request) {
        if (request.path.endsWith("/runs"))
            return Answer{200, R"({"workflow_runs":[{"id":9,"status":"completed","conclusion":"success"}]})", {}};
        if (request.path.contains("/runs/9/"))
            return Answer{200, R"({"jobs":[]})", {}};
        return gone ? Answer{404, R"({"message":"Not Found"})", {}} : rig.answer(request);
    });
    rig.state = "completed";
    rig.conclusion = "\"success\"";
    rig.updated = 60;
    QTRY_VERIFY(rig.watcher.run({"o/n", 7})->state == RunState::Completed);
    QTRY_COMPARE(rig.watcher.status("o/n").activeRuns, 0);
    QTRY_VERIFY(rig.watcher.run({"o/n", 7})->jobs[0].state == RunState::Completed);
    // The one on screen is read by itself as well; that it is not there is no trouble of the repository's.
    gone = true;
    rig.watcher.setFocus(RunKey{"o/n", 8});
    QTRY_VERIFY(std::any_of(rig.server.requests().begin(), rig.server.requests().end(), [](const Request& r) { return r.path.endsWith("/runs/8"); }));
    QTRY_VERIFY(rig.watcher.status("o/n").nextLook.has_value());
    QVERIFY(!rig.watcher.run({"o/n", 8}));
    QVERIFY(!rig.watcher.status("o/n").problem);
}

void TestGithubWatch::offlineAndBack()
{
    Rig rig;
    QSignalSpy offline(&rig.watcher, &RunWatcher::offlineChanged);
    rig.watcher.watch("o/n");
    QTRY_VERIFY(rig.watcher.run({"o/n", 7}));
    rig.server.setHandler([](const Request&) { return Answer{200, {}, {}, FaultServer::Fault::Hangup}; });
    QTRY_VERIFY(rig.watcher.offline());
    QVERIFY(rig.watcher.status("o/n").problem);
    QVERIFY(rig.watcher.run({"o/n", 7})); // what was known stays
    rig.server.setHandler([&rig](const Request& request) { return rig.answer(request); });
    QTRY_VERIFY(!rig.watcher.offline());
    QTRY_VERIFY(!rig.watcher.status("o/n").problem);
    QCOMPARE(offline.size(), 2);
    // A server that answers with an error is no lost network.
    rig.broken = 502;
    QTRY_VERIFY(rig.watcher.status("o/n").problem);
    QVERIFY(!rig.watcher.offline());
}

void TestGithubWatch::refusedUntilTheTokenChanges()
{
    Rig rig;
    rig.broken = 401;
    rig.watcher.watch("o/n");
    QTRY_VERIFY(rig.watcher.status("o/n").problem);
    QVERIFY(rig.watcher.status("o/n").problem->kind == ErrorKind::Permission);
    QCOMPARE(rig.server.requests().size(), 1);
    rig.broken = 0;
    rig.session.setToken("t2");
    QTRY_VERIFY(rig.watcher.run({"o/n", 7}));
    QTRY_VERIFY(!rig.watcher.status("o/n").problem);
}

void TestGithubWatch::hintsChangeTheRun()
{
    Rig rig;
    rig.watcher.watch("o/n");
    QTRY_VERIFY(rig.watcher.run({"o/n", 7}) && !rig.watcher.run({"o/n", 7})->jobs.empty());
    rig.watcher.setPlatformHints({"o/n", 7}, {{70, {{*parsePlatform("linux/s390x")}, {}}}});
    QVERIFY(rig.watcher.run({"o/n", 7})->jobs[0].evidence == PlatformEvidence::BuildRecord);
    rig.watcher.refresh("o/n");
    QTRY_VERIFY(rig.watcher.status("o/n").nextLook.has_value());
    QVERIFY(rig.watcher.run({"o/n", 7})->jobs[0].evidence == PlatformEvidence::BuildRecord);
}

void TestGithubWatch::rerunIsConfirmed()
{
    Rig rig;
    rig.state = "completed";
    RunActions actions(rig.api, rig.clock, {std::chrono::milliseconds(20), std::chrono::milliseconds(2000)});
    int attempt = 0;
    bool done = false;
    actions.change({RunAction::RerunFailed, {"o/n", 7}}, this, [&](Result<Run> got) {
        done = true;
        attempt = got ? got->attempt : -1;
    });
    QTRY_VERIFY(done);
    QCOMPARE(attempt, 2);
    const auto& requests = rig.server.requests();
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests[1].target, QByteArray("/repos/o/n/actions/runs/7/rerun-failed-jobs"));
    QCOMPARE(requests[2].method, QByteArray("GET"));
}

void TestGithubWatch::cancelIsConfirmed()
{
    Rig rig;
    RunActions actions(rig.api, rig.clock, {std::chrono::milliseconds(20), std::chrono::milliseconds(2000)});
    Conclusion conclusion = Conclusion::None;
    actions.change({RunAction::Cancel, {"o/n", 7}}, this, [&](Result<Run> got) { conclusion = got ? got->conclusion : Conclusion::Unknown; });
    QTRY_VERIFY(conclusion != Conclusion::None);
    QVERIFY(conclusion == Conclusion::Cancelled);
}

void TestGithubWatch::whatIsNotShownIsNotDone()
{
    Rig rig;
    RunActions actions(rig.api, rig.clock, {std::chrono::milliseconds(20), std::chrono::milliseconds(100)});
    rig.server.setHandler([&](const Request& request) { return request.method == "POST" ? Answer{202, "{}", {}} : rig.answer(request); });
    std::optional<Error> error;
    bool done = false;
    actions.change({RunAction::ForceCancel, {"o/n", 7}}, this, [&](Result<Run> got) {
        done = true;
        if (!got)
            error = got.error();
    });
    QTRY_VERIFY(done);
    QVERIFY(error && error->kind == ErrorKind::Timeout);
    // And a refusal is one at once.
    rig.server.setHandler([&](const Request& request) { return request.method == "POST" ? Answer{409, "{\"message\":\"Cannot cancel a workflow run that is completed.\"}", {}} : rig.answer(request); });
    done = false;
    actions.change({RunAction::Cancel, {"o/n", 7}}, this, [&](Result<Run> got) {
        done = true;
        if (!got)
            error = got.error();
    });
    QTRY_VERIFY(done);
    QVERIFY(error->kind == ErrorKind::BadInput);
}

void TestGithubWatch::dispatchFindsTheRun()
{
    Rig rig;
    RunActions actions(rig.api, rig.clock, {std::chrono::milliseconds(20), std::chrono::milliseconds(3000)});
    int lists = 0;
    // A server that tells nothing, and shows the run with a delay, beside somebody else's.
    rig.server.setHandler([&](const Request& request) {
        if (request.method == "POST")
            return Answer{204, {}, {}};
        ++lists;
        QByteArray runs = R"({"id":5,"head_branch":"main"})";
        if (lists > 2)
            runs = R"({"id":9,"head_branch":"other"},{"id":8,"head_branch":"main","html_url":"u"},)" + runs;
        return Answer{200, "{\"workflow_runs\":[" + runs + "]}", {}};
    });
    std::int64_t found = 0;
    actions.dispatch("o/n", {"docker.yml", "main", {}}, this, [&](Result<Run> got) { found = got ? got->key.id : -1; });
    QTRY_VERIFY(found != 0);
    QCOMPARE(found, std::int64_t(8));
}

void TestGithubWatch::deletedCachesAreGone()
{
    Rig rig;
    RunActions actions(rig.api, rig.clock);
    QSet<QByteArray> left{"1", "2", "3"};
    rig.server.setHandler([&](const Request& request) {
        if (request.method == "DELETE") {
            left.remove(request.path.split('/').last());
            return Answer{204, {}, {}};
        }
        QByteArray list;
        for (const QByteArray& id : left)
            list += (list.isEmpty() ? "" : ",") + ("{\"id\":" + id + "}");
        return Answer{200, "{\"actions_caches\":[" + list + "]}", {}};
    });
    int deleted = 0;
    actions.deleteCaches("o/n", {1, 3}, this, [&](Result<int> got) { deleted = got ? got.value() : -1; });
    QTRY_COMPARE(deleted, 2);
    QCOMPARE(left, QSet<QByteArray>{"2"});
}

QTEST_GUILESS_MAIN(TestGithubWatch)
#include "test_github_watch.moc"
