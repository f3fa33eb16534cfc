// When it is worth asking whether one wants to wait for an emulated platform.
#include "items/long_wait.h"

#include "domain/build_set.h"
#include "support/event_builder.h"

#include <QTest>

using namespace layerline;
using test::EventBuilder;

namespace {

const Platform amd64{"linux", "amd64", ""}, arm64{"linux", "arm64", ""};

Duration minutes(double value) { return {std::int64_t(value * 60e9)}; }
DurationRange range(double low, double median, double high) { return {minutes(low), minutes(median), minutes(high)}; }

/// amd64 natively, done after 20 s; arm64 emulated, in its second step since second 90.
EventBuilder twoLanes(std::vector<Platform> worker = {amd64, arm64})
{
    EventBuilder builder("now");
    builder.started(0, "multi", std::move(worker));
    for (const std::string arch : {"amd64", "arm64"}) {
        builder.step(arch + "1", "[linux/" + arch + " 2/3] RUN one");
        builder.step(arch + "2", "[linux/" + arch + " 3/3] RUN two", {arch + "1"});
    }
    return builder.run("amd641", 0, 10).run("amd642", 10, 20).run("arm641", 0, 90).begin("arm642", 90);
}

} // namespace

class TestLongWait : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void muchToGainMatters()
    {
        BuildSet set;
        const Build& build = twoLanes().into(set);
        BuildEstimate estimate;
        estimate.lanes[arm64] = range(3, 4, 9);
        QVERIFY(!longWaitOf(build, &estimate, EventBuilder::at(100)));
        estimate.lanes[arm64] = range(8, 12, 20);
        const auto wait = longWaitOf(build, &estimate, EventBuilder::at(100));
        QVERIFY(wait && wait->reason == LongWait::Reason::LongLeft);
        QCOMPARE(wait->platform, arm64);
        QCOMPARE(wait->native, amd64);
        QCOMPARE(wait->left->median, minutes(12));
        QCOMPARE(qRound(*wait->factor), 9);
        QVERIFY(wait->nativeDone && !wait->nativeLeft);
        QCOMPARE(wait->onNode->median.ms(), std::int64_t((720 + 100) * 1000 / 9)); // all of the lane, not what is left
    }
    void aQuestionStaysWhileLittleIsLeftOfTheGain()
    {
        BuildSet set;
        const Build& build = twoLanes().into(set);
        BuildEstimate estimate;
        estimate.lanes[arm64] = range(2, 4, 6);
        QVERIFY(longWaitOf(build, &estimate, EventBuilder::at(100), littleGain));
        estimate.lanes[arm64] = range(1, 1.5, 2);
        QVERIFY(!longWaitOf(build, &estimate, EventBuilder::at(100), littleGain));
    }
    void aStuckStepMatters()
    {
        BuildSet set;
        const Build& build = twoLanes().into(set);
        BuildEstimate estimate;
        estimate.lanes[arm64] = range(0, 0, 0);
        StepEstimate& step = estimate.steps[build.find(0, StepDigest("arm642"))];
        step.slow = true;
        step.time = range(0.1, 0.2, 1);
        QVERIFY(!longWaitOf(build, &estimate, EventBuilder::at(90 + 179))); // two minutes beyond it
        const auto wait = longWaitOf(build, &estimate, EventBuilder::at(90 + 181));
        QVERIFY(wait && wait->reason == LongWait::Reason::SlowStep);
        QCOMPARE(wait->running.ms(), 181'000);
        QCOMPARE(wait->usual->high, minutes(1));
        step.slow = false;
        QVERIFY(!longWaitOf(build, &estimate, EventBuilder::at(90 + 181)));
    }
    void onlyTheNativeTimeIsKnown()
    {
        BuildSet set;
        const Build& build = twoLanes().into(set);
        QVERIFY(!longWaitOf(build, nullptr, EventBuilder::at(90 + 599)));
        const auto wait = longWaitOf(build, nullptr, EventBuilder::at(90 + 601));
        QVERIFY(wait && wait->reason == LongWait::Reason::LongRunning && !wait->left);
        QCOMPARE(wait->step, build.find(0, StepDigest("arm642")));
        QCOMPARE(wait->sibling->ms(), 10'000);
    }
    void nothingKnownIsNoReason()
    {
        BuildSet set;
        EventBuilder alone = twoLanes(); // no such step on amd64, so nobody knows whether ten minutes are long
        alone.step("arm643", "[linux/arm64 4/4] RUN three", {"arm641"}).run("arm642", 90, 95).begin("arm643", 95);
        QVERIFY(!longWaitOf(alone.into(set), nullptr, EventBuilder::at(5000)));
        BuildSet other;
        EventBuilder similar("similar"); // natively it takes nearly as long
        similar.started(0, "multi");
        similar.step("amd641", "[linux/amd64 2/2] RUN one").step("arm641", "[linux/arm64 2/2] RUN one").run("amd641", 0, 500).begin("arm641", 0);
        QVERIFY(!longWaitOf(similar.into(other), nullptr, EventBuilder::at(700)));
    }
    void nativePlatformsAreWaitedFor()
    {
        BuildSet set;
        const Build& build = twoLanes({}).into(set); // nothing says that arm64 is emulated
        BuildEstimate estimate;
        estimate.lanes[arm64] = range(60, 60, 60);
        QVERIFY(!longWaitOf(build, &estimate, EventBuilder::at(100)));
    }
    void aNativeLaneThatStillRunsSaysHowLong()
    {
        EventBuilder builder = twoLanes();
        builder.step("amd643", "[linux/amd64 4/4] RUN three", {"amd642"}).begin("amd643", 20);
        BuildSet set;
        const Build& build = builder.into(set);
        BuildEstimate estimate;
        estimate.lanes[arm64] = range(60, 60, 60);
        estimate.lanes[amd64] = range(1, 2, 3);
        const auto wait = longWaitOf(build, &estimate, EventBuilder::at(100));
        QVERIFY(wait && !wait->nativeDone);
        QCOMPARE(wait->nativeLeft->median, minutes(2));
        estimate.lanes[amd64] = range(50, 57, 60); // as long: there is nothing to gain by leaving arm64 out
        estimate.steps.clear();
        const auto node = longWaitOf(build, &estimate, EventBuilder::at(100));
        QVERIFY(node && node->onNode->median < minutes(8)); // but by a machine that runs it itself
        estimate.lanes[arm64] = range(5.5, 5.5, 5.5);
        estimate.lanes[amd64] = range(5, 5, 5);
        QVERIFY(!longWaitOf(build, &estimate, EventBuilder::at(100)));
    }
    void endedBuildsAskNothing()
    {
        BuildSet set;
        BuildEstimate estimate;
        estimate.lanes[arm64] = range(60, 60, 60);
        QVERIFY(!longWaitOf(twoLanes().completed(200).into(set), &estimate, EventBuilder::at(300)));
    }
};

QTEST_GUILESS_MAIN(TestLongWait)
#include "test_long_wait.moc"
