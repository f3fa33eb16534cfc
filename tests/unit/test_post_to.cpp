#include "domain/post_to.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace layerline;

/// Work that changes threads. Under ThreadSanitizer this is also the proof that what is handed over is handed over: none
/// of the values below is an atomic or behind a lock.
class TestPostTo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromManyThreadsToOne();
    void laterEvenOnTheSameThread();
    void nobodyIsThereAnyMore();
    void toAPoolAndBack();
    void aClearedPoolDropsIt();
    void whatIsMovedInIsNotCopied();
};

void TestPostTo::fromManyThreadsToOne()
{
    constexpr int threads = 4, posts = 500;
    QObject receiver;
    std::vector<std::vector<int>> got(threads);
    int total = 0;
    {
        std::vector<std::jthread> senders;
        for (int thread = 0; thread < threads; ++thread) {
            senders.emplace_back([&receiver, &got, &total, thread] {
                for (int post = 0; post < posts; ++post) {
                    postTo(&receiver, [&got, &total, thread, payload = std::vector<int>(8, post)] {
                        QCOMPARE(payload, std::vector<int>(8, payload.front()));
                        got[std::size_t(thread)].push_back(payload.front());
                        ++total;
                    });
                }
            });
        }
    }
    QTRY_COMPARE(total, threads * posts);
    for (const std::vector<int>& each : got) {
        QCOMPARE(each.size(), std::size_t(posts));
        QVERIFY(std::is_sorted(each.begin(), each.end())); // each sender's calls in their order
    }
}

void TestPostTo::laterEvenOnTheSameThread()
{
    bool called = false;
    postTo(this, [&called] { called = true; });
    QVERIFY(!called);
    QTRY_VERIFY(called);
}

void TestPostTo::nobodyIsThereAnyMore()
{
    auto receiver = std::make_unique<QObject>();
    auto kept = std::make_shared<int>(1);
    bool called = false;
    postTo(receiver.get(), [&called, kept] { called = true; });
    QCOMPARE(kept.use_count(), 2);
    receiver.reset();
    QCOMPARE(kept.use_count(), 1); // the call was dropped, and what it held with it
    QVERIFY(!called);
}

void TestPostTo::toAPoolAndBack()
{
    QThreadPool pool;
    std::vector<std::thread::id> ran;
    std::vector<int> sums;
    for (int round = 0; round < 50; ++round) {
        startOn(pool, [this, &ran, &sums, input = std::vector<int>{round, 2, 3}] {
            auto sum = std::make_unique<int>(input[0] + input[1] + input[2]);
            postTo(this, [&ran, &sums, thread = std::this_thread::get_id(), sum = std::move(sum)] {
                ran.push_back(thread);
                sums.push_back(*sum);
            });
        });
    }
    QTRY_COMPARE(sums.size(), std::size_t(50));
    std::sort(sums.begin(), sums.end());
    QCOMPARE(sums.front(), 5);
    QCOMPARE(sums.back(), 54);
    QVERIFY(std::find(ran.begin(), ran.end(), std::this_thread::get_id()) == ran.end());
}

void TestPostTo::aClearedPoolDropsIt()
{
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    std::atomic<bool> go{false}, called{false};
    startOn(pool, [&go] {
        while (!go)
            std::this_thread::yield();
    });
    auto kept = std::make_shared<int>(1);
    startOn(pool, [&called, kept] { called = true; });
    pool.clear();
    QCOMPARE(kept.use_count(), 1);
    go = true;
    pool.waitForDone();
    QVERIFY(!called);
}

void TestPostTo::whatIsMovedInIsNotCopied()
{
    std::vector<int> payload(1000, 7);
    const int* where = payload.data();
    const int* arrived = nullptr;
    postTo(this, [&arrived, payload = std::move(payload)] { arrived = payload.data(); });
    QTRY_COMPARE(arrived, where);
}

QTEST_GUILESS_MAIN(TestPostTo)
#include "test_post_to.moc"
