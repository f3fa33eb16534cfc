// When requests may go: GitHub's limits, by a clock that the test moves.
#include "sources/github/etag_cache.h"
#include "sources/github/link_header.h"
#include "sources/github/request_scheduler.h"

#include <QTest>

#include <map>
#include <random>

using namespace layerline;

namespace {

constexpr std::int64_t second = 1'000'000'000;
const Timestamp start{1'795'000'000 * second}; ///< 2026-11-18

Timestamp after(double seconds) { return start + Duration{std::int64_t(seconds * double(second))}; }

HttpHeaders quota(int remaining, double resetsAfter)
{
    return {{"x-ratelimit-limit", "5000"}, {"x-ratelimit-remaining", std::to_string(remaining)},
            {"x-ratelimit-reset", std::to_string(after(resetsAfter).ns / second)}, {"x-ratelimit-resource", "core"}};
}

using Verdict = RequestScheduler::Verdict;

} // namespace

class TestGithubScheduler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneAtATimeByPriority();
    void writesKeepASecondApart();
    void pointsAMinute();
    void writesAMinute();
    void retryAfterIsKept_data();
    void retryAfterIsKept();
    void primaryLimitWaitsForTheReset();
    void anEmptyQuotaStopsBeforeARefusal();
    void otherQuotasAreNotOurs();
    void secondaryLimitBacksOff();
    void aPlain403IsNoLimit();
    void givesUpAfterSomeRefusals();
    void aWrongClockDoesNoHarm();
    void hostileNumbers();
    void tokenChange();
    void removedRequestsDoNotGo();
    void anHourOfLimits();
    void links();
    void etags();
};

void TestGithubScheduler::oneAtATimeByPriority()
{
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    scheduler.add(2, RequestKind::Read, RequestPriority::Fetch);
    scheduler.add(3, RequestKind::Read, RequestPriority::Action);
    scheduler.add(4, RequestKind::Read, RequestPriority::Action);
    for (const RequestScheduler::Id wanted : {3, 4, 2, 1}) {
        QCOMPARE(scheduler.wakeAt(start).value().ns, start.ns);
        QCOMPARE(scheduler.next(start).value_or(0), wanted);
        QVERIFY(!scheduler.next(start));
        QVERIFY(!scheduler.wakeAt(start));
        QVERIFY(scheduler.finished(start, 200, {}, {}) == Verdict::Deliver);
    }
    QVERIFY(!scheduler.next(start));
    QCOMPARE(scheduler.counters().total, std::uint64_t(4));
}

void TestGithubScheduler::writesKeepASecondApart()
{
    RequestScheduler scheduler;
    for (int i = 1; i <= 3; ++i)
        scheduler.add(RequestScheduler::Id(i), RequestKind::Write, RequestPriority::Action);
    QVERIFY(scheduler.next(start));
    scheduler.finished(start, 202, {}, {});
    QVERIFY(!scheduler.next(after(0.999)));
    QCOMPARE(scheduler.wakeAt(after(0.5)).value().ns, after(1).ns);
    QVERIFY(scheduler.next(after(1)));
    scheduler.failed(); // it may have arrived all the same
    QVERIFY(!scheduler.next(after(1.5)));
    scheduler.add(9, RequestKind::Read, RequestPriority::Action);
    scheduler.remove(3);
    QCOMPARE(scheduler.next(after(1.5)).value_or(0), RequestScheduler::Id(9)); // reading need not wait
}

void TestGithubScheduler::pointsAMinute()
{
    RequestScheduler scheduler;
    for (int i = 1; i <= 1000; ++i)
        scheduler.add(RequestScheduler::Id(i), RequestKind::Read, RequestPriority::Poll);
    int sent = 0;
    while (scheduler.next(after(sent * 0.01))) {
        scheduler.finished(after(sent * 0.01), 200, {}, {});
        ++sent;
    }
    QCOMPARE(sent, 900);
    QCOMPARE(scheduler.wakeAt(after(9)).value().ns, after(60).ns);
    QVERIFY(!scheduler.next(after(59.9)));
    QVERIFY(scheduler.next(after(60)));
}

void TestGithubScheduler::writesAMinute()
{
    RequestScheduler scheduler({.betweenWrites = Duration{second / 10}});
    for (int i = 1; i <= 200; ++i)
        scheduler.add(RequestScheduler::Id(i), RequestKind::Write, RequestPriority::Action);
    int sent = 0;
    for (double t = 0; t < 59.9; t += 0.1) {
        if (scheduler.next(after(t))) {
            scheduler.finished(after(t), 200, {}, {});
            ++sent;
        }
    }
    QCOMPARE(sent, 80);
}

void TestGithubScheduler::retryAfterIsKept_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("seconds");
    QTest::newRow("429") << 429 << QByteArray("120") << 120;
    QTest::newRow("403") << 403 << QByteArray("1") << 1;
    QTest::newRow("longer than the reset") << 403 << QByteArray("4000") << 4000;
    QTest::newRow("date") << 429 << QByteArray("Wed, 18 Nov 2026 11:08:10 GMT") << -1;
}

void TestGithubScheduler::retryAfterIsKept()
{
    QFETCH(int, status);
    QFETCH(QByteArray, value);
    QFETCH(int, seconds);
    if (seconds < 0)
        seconds = int(httpDate(value.toStdString()).value().ns / second - start.ns / second);
    QVERIFY(seconds > 0);
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    scheduler.add(2, RequestKind::Read, RequestPriority::Action);
    QVERIFY(scheduler.next(start));
    HttpHeaders headers = quota(4000, 1800);
    headers.emplace_back("retry-after", value.toStdString());
    QVERIFY(scheduler.finished(start, status, headers, {}) == Verdict::Again);
    QCOMPARE(scheduler.waiting(), std::size_t(2));
    for (int t = 0; t < seconds; ++t)
        QVERIFY(!scheduler.next(after(t)));
    QCOMPARE(scheduler.blockedUntil(start).value().ns, after(seconds).ns);
    QCOMPARE(scheduler.next(after(seconds)).value_or(0), RequestScheduler::Id(2));
    QVERIFY(!scheduler.blockedUntil(after(seconds)));
}

void TestGithubScheduler::primaryLimitWaitsForTheReset()
{
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    QVERIFY(scheduler.next(start));
    QVERIFY(scheduler.finished(start, 403, quota(0, 900), R"({"message":"API rate limit exceeded"})") == Verdict::Again);
    QVERIFY(!scheduler.next(after(900)));
    QVERIFY(scheduler.next(after(901))); // the reset's second has passed
    QVERIFY(scheduler.finished(after(901), 200, quota(4999, 4500), {}) == Verdict::Deliver);
    QCOMPARE(scheduler.budget().remaining, 4999);
}

void TestGithubScheduler::anEmptyQuotaStopsBeforeARefusal()
{
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    scheduler.add(2, RequestKind::Read, RequestPriority::Poll);
    QVERIFY(scheduler.next(start));
    QVERIFY(scheduler.finished(start, 200, quota(0, 60), {}) == Verdict::Deliver);
    QVERIFY(!scheduler.next(after(60)));
    QVERIFY(scheduler.next(after(61)));
}

void TestGithubScheduler::otherQuotasAreNotOurs()
{
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    scheduler.add(2, RequestKind::Read, RequestPriority::Poll);
    QVERIFY(scheduler.next(start));
    HttpHeaders headers{{"x-ratelimit-limit", "30"}, {"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "99999999999"}, {"x-ratelimit-resource", "search"}};
    scheduler.finished(start, 200, headers, {});
    QCOMPARE(scheduler.budget().limit, 0);
    QVERIFY(scheduler.next(start));
}

void TestGithubScheduler::secondaryLimitBacksOff()
{
    RequestScheduler scheduler({.attempts = 100});
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    Timestamp now = start;
    for (const int seconds : {60, 120, 240, 480, 960, 1920, 3600, 3600}) {
        QVERIFY(scheduler.next(now));
        QVERIFY(scheduler.finished(now, 403, quota(3000, 3000), R"({"message":"You have exceeded a secondary rate limit"})") == Verdict::Again);
        QVERIFY(!scheduler.next(now + Duration{(seconds - 1) * second}));
        now = now + Duration{seconds * second};
    }
    QVERIFY(scheduler.next(now));
    QVERIFY(scheduler.finished(now, 200, {}, {}) == Verdict::Deliver);
    scheduler.add(2, RequestKind::Read, RequestPriority::Poll);
    QVERIFY(scheduler.next(now));
    scheduler.finished(now, 429, {}, {});
    QVERIFY(scheduler.next(now + Duration{60 * second})); // a success ended the row
}

void TestGithubScheduler::aPlain403IsNoLimit()
{
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Action);
    QVERIFY(scheduler.next(start));
    QVERIFY(scheduler.finished(start, 403, quota(4000, 100), R"({"message":"Resource not accessible by personal access token"})") == Verdict::Deliver);
    QVERIFY(!scheduler.blockedUntil(start));
    QVERIFY(!isRateLimit(404, {}, "rate limit"));
}

void TestGithubScheduler::givesUpAfterSomeRefusals()
{
    RequestScheduler scheduler({.attempts = 3});
    scheduler.add(1, RequestKind::Read, RequestPriority::Action);
    Timestamp now = start;
    int again = 0;
    for (;;) {
        now = scheduler.wakeAt(now).value();
        QVERIFY(scheduler.next(now));
        if (scheduler.finished(now, 429, {}, {}) == Verdict::Deliver)
            break;
        ++again;
    }
    QCOMPARE(again, 2);
    QVERIFY(scheduler.blockedUntil(now)); // for the others it still holds
}

void TestGithubScheduler::aWrongClockDoesNoHarm()
{
    for (const double wrong : {-7200.0, 7200.0, 86400.0 * 400}) {
        RequestScheduler scheduler;
        scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
        const Timestamp ours = after(wrong); // the server's clock says `start`
        QVERIFY(scheduler.next(ours));
        HttpHeaders headers = quota(0, 300);
        headers.emplace_back("date", "Wed, 18 Nov 2026 11:06:40 GMT");
        const std::int64_t until = start.ns / second + 300 - httpDate("Wed, 18 Nov 2026 11:06:40 GMT").value().ns / second;
        QVERIFY(scheduler.finished(ours, 403, headers, {}) == Verdict::Again);
        QVERIFY(!scheduler.next(ours + Duration{until * second}));
        QVERIFY(scheduler.next(ours + Duration{(until + 1) * second}));
    }
}

void TestGithubScheduler::hostileNumbers()
{
    for (const char* value : {"-5", "abc", "99999999999999999999", "1e9", "0", ""}) {
        RequestScheduler scheduler;
        scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
        QVERIFY(scheduler.next(start));
        const HttpHeaders headers{{"retry-after", value}, {"x-ratelimit-limit", value}, {"x-ratelimit-remaining", value}, {"x-ratelimit-reset", value}};
        scheduler.finished(start, 429, headers, {});
        QVERIFY2(!scheduler.next(after(59)), value); // no time was told: the floor holds
        QVERIFY2(scheduler.next(after(61)), value);
    }
}

void TestGithubScheduler::tokenChange()
{
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    QVERIFY(scheduler.next(start));
    scheduler.finished(start, 429, quota(0, 3000), {});
    QVERIFY(scheduler.blockedUntil(start));
    scheduler.tokenChanged();
    QVERIFY(!scheduler.blockedUntil(start));
    QCOMPARE(scheduler.budget(), RateBudget());
    QCOMPARE(scheduler.next(start).value_or(0), RequestScheduler::Id(1));
}

void TestGithubScheduler::removedRequestsDoNotGo()
{
    RequestScheduler scheduler;
    scheduler.add(1, RequestKind::Read, RequestPriority::Poll);
    QVERIFY(scheduler.remove(1));
    QVERIFY(!scheduler.remove(1));
    QVERIFY(!scheduler.next(start));
}

/// A server that limits at random, for an hour: nothing goes before it may.
void TestGithubScheduler::anHourOfLimits()
{
    std::mt19937 random(7);
    RequestScheduler scheduler;
    Timestamp now = start, notBefore = start, lastWrite{0};
    RequestScheduler::Id id = 0;
    std::map<RequestScheduler::Id, RequestKind> kinds;
    int remaining = 5000, sent = 0;
    while (now < after(3600)) {
        if (scheduler.waiting() < 3) {
            kinds[++id] = random() % 4 == 0 ? RequestKind::Write : RequestKind::Read;
            scheduler.add(id, kinds[id], RequestPriority(random() % 3));
        }
        const auto next = scheduler.next(now);
        if (!next) {
            now = scheduler.wakeAt(now).value();
            continue;
        }
        ++sent;
        QVERIFY2(now >= notBefore, "sent before it was allowed");
        if (kinds[*next] == RequestKind::Write) {
            QVERIFY(now - lastWrite >= Duration{second});
            lastWrite = now;
        }
        remaining = std::max(0, remaining - 1);
        const unsigned luck = random() % 100;
        if (luck == 0) {
            notBefore = now + Duration{37 * second};
            scheduler.finished(now, 429, {{"retry-after", "37"}}, {});
        } else if (luck == 1) {
            notBefore = now + Duration{60 * second};
            scheduler.finished(now, 403, {}, "secondary rate limit");
        } else {
            scheduler.finished(now, luck < 50 ? 304 : 200, quota(remaining, 3600), {});
        }
        now = now + Duration{std::int64_t(random() % 900 + 100) * 1'000'000};
    }
    QVERIFY(sent > 300);
}

void TestGithubScheduler::links()
{
    QCOMPARE(nextPage(R"(<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last")").value(),
             std::string("https://api.github.com/x?page=2"));
    QCOMPARE(nextPage(R"(<https://h/x?a=1,2&page=1>; rel="prev", <https://h/x?a=1,2&page=3>; rel=next)").value(), std::string("https://h/x?a=1,2&page=3"));
    QVERIFY(!nextPage(R"(<https://h/x>; rel="last")"));
    QVERIFY(!nextPage(R"(<https://h/rel="next">; rel="nextish")"));
    QVERIFY(!nextPage(""));
    QVERIFY(!nextPage("<https://h/x; rel=\"next\""));
}

void TestGithubScheduler::etags()
{
    EtagCache cache(1000);
    const auto body = [](std::size_t size) { return std::make_shared<const std::string>(size, 'x'); };
    for (int i = 0; i < 5; ++i)
        cache.store(std::to_string(i), {"\"e\"", body(200), {}});
    QVERIFY(cache.find("0"));
    cache.store("5", {"\"e\"", body(200), {}}); // the one not used for longest goes
    QVERIFY(cache.find("0"));
    QVERIFY(!cache.find("1"));
    QCOMPARE(cache.bytes(), std::size_t(1000));
    cache.store("big", {"\"e\"", body(251), {}});
    QVERIFY(!cache.find("big"));
    cache.store("0", {"", body(10), {}}); // without a tag there is nothing to ask about
    QVERIFY(!cache.find("0"));
    cache.clear();
    QCOMPARE(cache.bytes(), std::size_t(0));
    QVERIFY(!cache.find("5"));
}

QTEST_GUILESS_MAIN(TestGithubScheduler)
#include "test_github_scheduler.moc"
