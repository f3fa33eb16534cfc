#include "sources/buildkit/back_off.h"
#include "sources/buildkit/node_watcher.h"

#include <QTest>

using namespace layerline;

class TestBackOff : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromOneSecondToThirty()
    {
        const WatchOptions usual;
        QCOMPARE(usual.shortestBackOff, std::chrono::milliseconds(1'000));
        QCOMPARE(usual.longestBackOff, std::chrono::milliseconds(30'000));
        std::vector<qint64> middle;
        for (int failures = 0; failures < 8; ++failures)
            middle.push_back(backOff(failures, usual.shortestBackOff, usual.longestBackOff, 0.5).count());
        QCOMPARE(middle, (std::vector<qint64>{1'000, 2'000, 4'000, 8'000, 16'000, 30'000, 30'000, 30'000}));
    }
    void nodesDoNotKnockInStep()
    {
        using std::chrono::milliseconds;
        QCOMPARE(backOff(3, milliseconds(1'000), milliseconds(30'000), 0.0), milliseconds(6'000));
        QCOMPARE(backOff(3, milliseconds(1'000), milliseconds(30'000), 1.0), milliseconds(10'000));
    }
    void neverBeyondTheEnds()
    {
        using std::chrono::milliseconds;
        for (const int failures : {-1, 0, 5, 31, 1'000'000}) {
            for (const double chance : {0.0, 0.3, 1.0}) {
                const milliseconds delay = backOff(failures, milliseconds(1'000), milliseconds(30'000), chance);
                QVERIFY(delay >= milliseconds(1'000) && delay <= milliseconds(30'000));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestBackOff)
#include "test_back_off.moc"
