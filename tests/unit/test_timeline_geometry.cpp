// Time to pixels and back, zoom, ticks, packing and folding.
#include "widgets/timeline/timeline_geometry.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace layerline;

namespace {

constexpr std::int64_t s = 1'000'000'000;
constexpr std::int64_t epoch = 1'700'000'000 * s;

TimeRange range(double begin, double end)
{
    return {Timestamp{epoch + std::int64_t(begin * s)}, Timestamp{epoch + std::int64_t(end * s)}};
}

PlacedBar bar(int left, int right, Look look = Look::Rebuilt)
{
    PlacedBar placed;
    placed.left = left;
    placed.right = right;
    placed.look = look;
    return placed;
}

} // namespace

class TestTimelineGeometry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timeAndPixelsRoundTrip()
    {
        const TimeScale scale = scaleFor(range(0, 240), 190, 852);
        QCOMPARE(scale.x(Timestamp{epoch}), 190.0);
        QVERIFY(std::abs(scale.x(Timestamp{epoch + 240 * s}) - 1042.0) < 1e-6);
        for (double x = 190; x < 1042; x += 7.3)
            QVERIFY(std::abs(scale.x(scale.time(x)) - x) < 1e-3);
    }

    void emptyRangeAndWidthAreSafe()
    {
        const TimeScale scale = scaleFor({Timestamp{epoch}, Timestamp{epoch}}, 0, 0);
        QVERIFY(std::isfinite(scale.x(Timestamp{epoch + s})));
        QVERIFY(scale.nsPerPixel > 0);
    }

    void zoomKeepsThePointUnderTheCursor()
    {
        const TimeRange whole = range(0, 100);
        const Timestamp about{epoch + 30 * s};
        const TimeRange near = zoomedAbout(whole, about, 0.5, Duration{s});
        QCOMPARE(near.end - near.begin, Duration{50 * s});
        const double before = scaleFor(whole, 0, 1000).x(about), after = scaleFor(near, 0, 1000).x(about);
        QVERIFY(std::abs(before - after) < 0.01);
        QCOMPARE(zoomedAbout(whole, about, 1e-9, Duration{s}).end - zoomedAbout(whole, about, 1e-9, Duration{s}).begin, Duration{s});
    }

    void clampingMovesBeforeItCuts()
    {
        const TimeRange limits = range(0, 100);
        QCOMPARE(clampedTo(range(-10, 20), limits), range(0, 30));
        QCOMPARE(clampedTo(range(90, 120), limits), range(70, 100));
        QCOMPARE(clampedTo(range(-50, 150), limits), limits);
        QCOMPARE(clampedTo(range(20, 30), limits), range(20, 30));
    }

    void ticks_data()
    {
        QTest::addColumn<double>("secondsPerPixel");
        QTest::addColumn<double>("step");
        QTest::newRow("ms") << 0.00001 << 0.001;
        QTest::newRow("1 s") << 0.0125 << 1.0;
        QTest::newRow("15 s") << 0.17 << 15.0;
        QTest::newRow("30 s") << 0.28 << 30.0;
        QTest::newRow("1 min") << 0.6 << 60.0;
        QTest::newRow("1 h") << 40.0 << 3600.0;
        QTest::newRow("days") << 5000.0 << 86400.0 * 5;
    }

    void ticks()
    {
        QFETCH(double, secondsPerPixel);
        QFETCH(double, step);
        QCOMPARE(tickStep(secondsPerPixel * s, 80).seconds(), step);
    }

    void ticksAreAnchoredAtTheOrigin()
    {
        const auto found = ticksIn(range(12, 61), Timestamp{epoch}, Duration{15 * s});
        QCOMPARE(int(found.size()), 4);
        QCOMPARE(found.front(), Timestamp{epoch + 15 * s});
        QCOMPARE(found.back(), Timestamp{epoch + 60 * s});
        const auto before = ticksIn(range(-31, 1), Timestamp{epoch}, Duration{15 * s});
        QCOMPARE(before.front(), Timestamp{epoch - 30 * s});
        QVERIFY(ticksIn(range(0, 1e6), Timestamp{epoch}, Duration{1}).size() <= 1000);
        QVERIFY(ticksIn(range(0, 1), Timestamp{epoch}, Duration{0}).empty());
    }

    void packingOpensRowsForLabelsOnlyWithinTheBudget()
    {
        const std::vector<PackItem> items{{0, 10, 60}, {12, 20, 70}, {22, 30, 80}};
        QCOMPARE(packRows(items, 1), (std::vector<int>{0, 0, 0}));
        QCOMPARE(packRows(items, 2), (std::vector<int>{0, 1, 0}));
        QCOMPARE(packRows(items, 9), (std::vector<int>{0, 1, 2}));
    }

    void barsNeverOverlapWhateverTheBudget()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            std::vector<PackItem> items;
            for (int i = 0; i < 60; ++i) {
                const double begin = random.bounded(400.0), end = begin + random.bounded(60.0);
                items.push_back({begin, end, end + random.bounded(90.0)});
            }
            std::sort(items.begin(), items.end(), [](const PackItem& a, const PackItem& b) { return a.begin < b.begin; });
            const auto rows = packRows(items, 1 + round % 8);
            QCOMPARE(rows.size(), items.size());
            for (std::size_t i = 0; i < items.size(); ++i) {
                for (std::size_t j = i + 1; j < items.size(); ++j)
                    QVERIFY(rows[i] != rows[j] || items[i].end <= items[j].begin);
            }
        }
    }

    void foldingBoundsTheNumberOfRectangles()
    {
        std::vector<PlacedBar> bars;
        for (int i = 0; i < 1'000'000; ++i)
            bars.push_back(bar(i / 1000, i / 1000 + 1, i == 500'500 ? Look::Failed : Look::Cached));
        const auto folded = foldRow(bars, 0, 1000);
        QVERIFY(int(folded.size()) <= 1000 / foldPixels + 1);
        std::uint64_t count = 0;
        int failed = 0;
        for (const PlacedBar& placed : folded) {
            count += placed.count;
            failed += placed.look == Look::Failed;
        }
        QCOMPARE(count, std::uint64_t(bars.size()));
        QCOMPARE(failed, 1); // the one that matters is not hidden, and does not swallow its neighbours
    }

    void foldedBarsNeverOverlap()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 100; ++round) {
            std::vector<PlacedBar> bars;
            int x = -50;
            while (x < 900) {
                const int width = random.bounded(3) == 0 ? random.bounded(80) : random.bounded(3);
                bars.push_back(bar(x, x + width));
                x += width + random.bounded(6);
            }
            const auto folded = foldRow(bars, 0, 800);
            QVERIFY(int(folded.size()) <= 800 / foldPixels + 2);
            for (std::size_t i = 1; i < folded.size(); ++i)
                QVERIFY2(folded[i].left >= folded[i - 1].right, qPrintable(QString::number(i)));
        }
    }

    void clippedBarsAreLeftOut()
    {
        const auto folded = foldRow({bar(-100, -50), bar(-20, 30), bar(40, 60), bar(900, 950)}, 0, 800);
        QCOMPARE(int(folded.size()), 2);
        QCOMPARE(folded[0].left, -20);
    }
};

QTEST_APPLESS_MAIN(TestTimelineGeometry)
#include "test_timeline_geometry.moc"
