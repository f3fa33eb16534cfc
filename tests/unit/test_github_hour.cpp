// The watcher itself, its session and a server with ETags, for a simulated hour: only the clock is not real.
#include "sources/github/run_watcher.h"
#include "support/fault_server/fault_server.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

constexpr std::int64_t second = 1'000'000'000;
const Timestamp start{1'795'000'000 * second};

Timestamp at(double seconds) { return start + Duration{std::int64_t(seconds * double(second))}; }
QByteArray stamp(double seconds) { return QByteArray::fromStdString(formatRfc3339(at(seconds))); }

/// Repositories with one run each that changes at given times.
class HourRig {
public:
    static constexpr int quota = 5000;

    FixedClock clock{start};
    FaultServer server;
    HttpClient http;
    GitHubSession session;
    GitHubApi api;
    RunWatcher watcher;
    std::map<std::string, std::vector<double>> changes; ///< by repository, seconds
    std::string active;                                 ///< its run is under way all the time; "" = none is
    int requests = 0, free = 0, unasked = 0;            ///< `unasked`: told anew although nothing had changed since

    HourRig() : server([this](const Request& request) { return answer(request); }), session(http, clock, server.url().toStdString()), api(session, RequestPriority::Poll), watcher(api, clock)
    {
        session.setToken("t1");
    }

    double now() const { return double((clock.now() - start).ns) / double(second); }
    int version(const std::string& repository) const
    {
        const auto& times = changes.at(repository);
        return int(std::count_if(times.begin(), times.end(), [this](double time) { return time <= now(); }));
    }

    /// Lets the time pass, in steps of a second, and waits at each for the looks that are due. False when one does not end.
    bool pass(double until)
    {
        for (; now() <= until; clock.set(clock.now() + Duration{second})) {
            watcher.wake();
            while (!idle()) {
                if (!m_looked.wait(60'000))
                    return false;
            }
        }
        return true;
    }

private:
    bool idle() const
    {
        const auto names = watcher.repositories();
        return std::all_of(names.begin(), names.end(), [this](const std::string& name) { return watcher.status(name).nextLook.has_value(); });
    }

    QByteArray run(int version, bool underWay) const
    {
        return "{\"id\":7,\"name\":\"images\",\"run_number\":3,\"run_attempt\":1,\"status\":\"" + QByteArray(underWay ? "in_progress" : "completed") + "\",\"conclusion\":"
            + (underWay ? "null" : "\"success\"") + ",\"created_at\":\"" + stamp(-9) + "\",\"updated_at\":\"" + stamp(version) + "\"}";
    }

    static QByteArray jobs(int version, bool underWay)
    {
        const QByteArray state = underWay ? "\"in_progress\",\"conclusion\":null" : "\"completed\",\"conclusion\":\"success\"";
        return "{\"total_count\":1,\"jobs\":[{\"id\":70,\"name\":\"build (linux/arm64)\",\"status\":" + state + ",\"created_at\":\"" + stamp(-9) + "\",\"started_at\":\"" + stamp(-5)
            + "\",\"steps\":[{\"name\":\"Step\",\"number\":" + QByteArray::number(version + 1) + ",\"status\":" + state + "}]}]}";
    }

    Answer answer(const Request& request)
    {
        ++requests;
        const QList<QByteArray> parts = request.path.split('/'); // "", repos, octo, NAME, actions, runs...
        const std::string repository = parts.at(2).toStdString() + "/" + parts.at(3).toStdString();
        const int current = version(repository);
        const bool underWay = repository == active;
        const QByteArray body = request.path.endsWith("/jobs") ? jobs(current, underWay) : "{\"total_count\":1,\"workflow_runs\":[" + run(current, underWay) + "]}";
        const QByteArray etag = "\"" + request.path + QByteArray::number(current) + "\"";
        const QList<QPair<QByteArray, QByteArray>> headers{{"ETag", etag}, {"X-RateLimit-Limit", QByteArray::number(quota)},
                                                           {"X-RateLimit-Remaining", QByteArray::number(quota - (requests - free))}};
        const bool known = std::exchange(m_told[request.target], etag) == etag;
        if (request.headers.value("if-none-match") == etag) {
            ++free;
            return {304, {}, headers};
        }
        unasked += known;
        return {200, body, headers};
    }

    QSignalSpy m_looked{&watcher, &RunWatcher::repositoryChanged};
    std::map<QByteArray, QByteArray> m_told; ///< the last ETag by URL
};

} // namespace

class TestGithubHour : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twentyIdleRepositories();
    void anActiveRunIsSeenToChangeWithinTenSeconds();
};

void TestGithubHour::twentyIdleRepositories()
{
    HourRig rig;
    for (int i = 0; i < 20; ++i)
        rig.changes["octo/r" + std::to_string(i)] = {900.0 + i, 2700.0 + i};
    double longest = 0;
    int seen = 0;
    QObject::connect(&rig.watcher, &RunWatcher::runChanged, this, [&](const RunPtr& run) {
        const int version = rig.version(run->key.repository);
        if (version == 0 || run->updated != at(version))
            return;
        ++seen;
        longest = std::max(longest, rig.now() - rig.changes.at(run->key.repository)[std::size_t(version - 1)]);
    });
    for (const auto& [name, times] : rig.changes)
        rig.watcher.watch(name);
    QVERIFY(rig.pass(3600));
    const int counted = rig.requests - rig.free;
    qInfo("hour of 20 idle repositories: %d requests, %d of them free (304), %d counted: %.1f %% of %d; a change seen after %.0f s at most", rig.requests, rig.free, counted,
          100.0 * counted / HourRig::quota, HourRig::quota, longest);
    QVERIFY2(seen >= 40, qPrintable(QString::number(seen))); // each change of each
    QVERIFY2(longest <= 60, qPrintable(QString::number(longest)));
    QCOMPARE(rig.unasked, 0); // whatever was known was asked for with its ETag
    // Each repository costs its list and its jobs, three times: at first and after each change. All else is free.
    QCOMPARE(counted, 20 * 2 * 3);
    QVERIFY(counted <= HourRig::quota / 10);
    QVERIFY2(rig.requests >= 20 * 60 && rig.requests <= 20 * 100, qPrintable(QString::number(rig.requests)));
}

void TestGithubHour::anActiveRunIsSeenToChangeWithinTenSeconds()
{
    HourRig rig;
    for (int i = 0; i < 20; ++i)
        rig.changes["octo/r" + std::to_string(i)] = {};
    rig.active = "octo/r7";
    std::vector<double>& times = rig.changes.at(rig.active);
    for (double time = 5; time < 600; time += 7)
        times.push_back(time);
    std::size_t seen = 0;
    double longest = 0;
    QObject::connect(&rig.watcher, &RunWatcher::runChanged, this, [&](const RunPtr& run) {
        if (run->key.repository != rig.active || run->jobs.empty())
            return;
        for (const auto now = std::size_t(run->jobs[0].steps.at(0).number - 1); seen < now; ++seen)
            longest = std::max(longest, rig.now() - times[seen]);
    });
    for (const auto& [name, unused] : rig.changes)
        rig.watcher.watch(name);
    QVERIFY(rig.pass(620));
    const int counted = rig.requests - rig.free;
    qInfo("ten minutes of one active run among 20 repositories: %d requests, %d of them free (304), %d counted; a step seen after %.0f s at most", rig.requests, rig.free, counted, longest);
    QCOMPARE(seen, times.size());
    QVERIFY2(longest <= 10, qPrintable(QString::number(longest)));
    QCOMPARE(rig.unasked, 0);
    QVERIFY(rig.free > 0);
}

QTEST_GUILESS_MAIN(TestGithubHour)
#include "test_github_hour.moc"
