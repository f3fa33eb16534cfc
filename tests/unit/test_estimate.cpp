// When a build will end: from its own past, from its sibling architecture, or not at all.
#include "analysis/estimate.h"

#include "domain/build_set.h"
#include "support/event_builder.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace layerline;
using test::EventBuilder;

namespace {

const Platform amd64{"linux", "amd64", ""}, arm64{"linux", "arm64", ""};

constexpr std::int64_t second = 1'000'000'000;

Duration seconds(double value)
{
    return {std::int64_t(value * 1e9)};
}

/// base -> deps -> app on one platform, as a build of two platforms names them.
void announce(EventBuilder& builder, const std::string& platform)
{
    builder.step(platform + "-base", "[linux/" + platform + " stage-0 1/3] FROM base");
    builder.step(platform + "-deps", "[linux/" + platform + " stage-0 2/3] RUN deps", {platform + "-base"});
    builder.step(platform + "-app", "[linux/" + platform + " stage-0 3/3] RUN app", {platform + "-deps"});
}

/// A finished build whose steps took so long on both platforms; arm64 is `factor` times slower.
BuildTimes past(double deps, double app, double factor = 4, double tail = 3, bool depsCached = false)
{
    static int number = 0;
    EventBuilder builder("past" + std::to_string(++number));
    builder.started(0);
    double end = 0;
    for (const auto& [platform, slow] : {std::pair<std::string, double>{"amd64", 1.0}, {"arm64", factor}}) {
        announce(builder, platform);
        builder.run(platform + "-base", 0, 0.01, true);
        builder.run(platform + "-deps", 1, 1 + (depsCached ? 0.01 : deps * slow), depsCached);
        builder.run(platform + "-app", 1 + deps * slow, 1 + (deps + app) * slow);
        end = std::max(end, 1 + (deps + app) * slow);
    }
    builder.step("export", "exporting to image"); // BuildKit names no inputs
    builder.run("export", end, end + tail);
    builder.completed(end + tail);
    BuildSet set;
    const Build& build = builder.into(set);
    return buildTimesOf(build, *build.completed());
}

} // namespace

class TestEstimate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quantilesAreInterpolated();
    void restOfABuildFromItsPast();
    void aRunningStepCountsWhatItHasDone();
    void nothingWithoutEvidence();
    void emulatedLaneFromItsSibling();
    void cachedStepsTakeNoTimeUnlessSomethingBelowRan();
    void onlyTheTailIsLeft();
    void aStepFarBeyondItsRangeIsSlow();
    void twoSamplesAreNoRange();
    void finishedBuildsHaveNoEstimate();
    void stepsMovedInTheirStageAreTheSame();
    void comparableBuilds();
    void cyclesDoNotHang();
    void aSlowerStartSlowsTheRest();
    void moreCommandsThanPlacesTakeLonger();
    void aLimitOfTheBuilderIsSeen();
    void otherBuildsWidenTheRange();
    void fewPastBuildsWidenTheRange();
    void theRangeHoldsWithOnePastBuild();
    void loadingADockerfileIsNotNearlyTheEnd();
};

void TestEstimate::quantilesAreInterpolated()
{
    const std::vector<Duration> values{seconds(40), seconds(10), seconds(20), seconds(30)};
    QCOMPARE(quantileOf(values, 0.5), seconds(25));
    QCOMPARE(quantileOf(values, 0), seconds(10));
    QCOMPARE(quantileOf(values, 1), seconds(40));
    QCOMPARE(quantileOf({seconds(7)}, 0.9), seconds(7));
}

void TestEstimate::restOfABuildFromItsPast()
{
    EventBuilder builder("now");
    builder.started(0);
    for (const std::string platform : {"amd64", "arm64"}) {
        announce(builder, platform);
        builder.run(platform + "-base", 0, 0.01, true);
        builder.begin(platform + "-deps", 1);
    }
    BuildSet set;
    const Build& build = builder.into(set);
    // deps 10 s and app 5 s on amd64; 40 s and 20 s on arm64, then 3 s of export.
    const BuildEstimate estimate = estimateOf(build, {past(10, 5)}, EventBuilder::at(1));
    QVERIFY(estimate.left);
    QCOMPARE(estimate.left->median, seconds(63));
    // One past build says when, and little of how sure that is.
    QVERIFY(estimate.left->low > seconds(63 * 0.6) && estimate.left->low < seconds(63 * 0.8));
    QVERIFY(estimate.left->high > seconds(63 * 1.3) && estimate.left->high < seconds(63 * 1.6));
    QCOMPARE(estimate.lanes.at(amd64).median, seconds(15));
    QCOMPARE(estimate.lanes.at(arm64).median, seconds(60));
    QCOMPARE(estimate.basis, EstimateBasis::History);
    QCOMPARE(estimate.builds, 1);

    // Several past builds make a range, each of them played through as a whole.
    const BuildEstimate many = estimateOf(build, {past(10, 5), past(20, 5), past(30, 5)}, EventBuilder::at(1));
    QCOMPARE(many.left->median, seconds(103));
    QVERIFY(many.left->low < many.left->median && many.left->median < many.left->high);
    QVERIFY(many.left->low > seconds(63) && many.left->high < seconds(143));
}

void TestEstimate::loadingADockerfileIsNotNearlyTheEnd()
{
    EventBuilder builder("now");
    builder.started(0);
    builder.step("file", "[internal] load build definition from Dockerfile").run("file", 0, 0.1);
    for (const std::string platform : {"amd64", "arm64"})
        builder.step(platform, "[linux/" + platform + " internal] load metadata for base").run(platform, 0.1, 0.3);
    const auto estimate = [&builder] {
        BuildSet set;
        return estimateOf(builder.into(set), {past(10, 5)}, EventBuilder::at(1));
    };
    QVERIFY(!estimate().left && estimate().lanes.empty()); // not "3 s", which is the export
    announce(builder, "amd64");
    QVERIFY(!estimate().left);
    announce(builder, "arm64");
    QVERIFY(estimate().left);
    QCOMPARE(estimate().left->median, seconds(63));
}

void TestEstimate::aRunningStepCountsWhatItHasDone()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true);
    builder.begin("amd64-deps", 1);
    BuildSet set;
    const Build& build = builder.into(set);
    const std::vector<BuildTimes> history{past(10, 5)};
    QCOMPARE(estimateOf(build, history, EventBuilder::at(5)).left->median, seconds(6 + 5 + 3));
    // Beyond its time only what comes after it is left, by the past alone; that it is late says something of the rest.
    QCOMPARE(estimateOf(build, history, EventBuilder::at(50), {0, 0, false}).left->median, seconds(5 + 3));
    const Duration late = estimateOf(build, history, EventBuilder::at(50)).left->median;
    QVERIFY(late > seconds(5 + 3) && late < seconds(2 * (5 + 3)));
}

void TestEstimate::nothingWithoutEvidence()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true);
    builder.begin("amd64-deps", 1);
    BuildSet set;
    const BuildEstimate estimate = estimateOf(builder.into(set), {}, EventBuilder::at(5));
    QVERIFY(!estimate.left);
    QVERIFY(estimate.lanes.empty());
    QVERIFY(estimate.steps.empty());
}

void TestEstimate::emulatedLaneFromItsSibling()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    announce(builder, "arm64");
    builder.run("amd64-base", 0, 0.01, true).run("arm64-base", 0, 0.01, true);
    builder.run("amd64-deps", 0, 10).run("amd64-app", 10, 15);
    builder.run("arm64-deps", 0, 50).begin("arm64-app", 50);
    BuildSet set;
    // Five times slower in deps, so app's 5 s become 25 s, 10 of which are over.
    const BuildEstimate estimate = estimateOf(builder.into(set), {}, EventBuilder::at(60));
    QVERIFY(estimate.left);
    QCOMPARE(estimate.left->median, seconds(15));
    QCOMPARE(estimate.lanes.count(amd64), std::size_t(0));
    QCOMPARE(estimate.lanes.at(arm64).median, seconds(15));
    QCOMPARE(estimate.basis, EstimateBasis::Sibling);
}

void TestEstimate::cachedStepsTakeNoTimeUnlessSomethingBelowRan()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    const std::vector<BuildTimes> history{past(10, 5, 4, 3, true), past(10, 5)};
    BuildSet undecided;
    builder.begin("amd64-base", 0);
    // One past build had deps cached: then only app's 5 s; the other did not: 10 + 5 s.
    const Build& fresh = builder.into(undecided);
    EventBuilder ran = builder;
    // base has run: whatever stands on it will run, too, also as in the build that had it cached.
    ran.run("amd64-base", 0, 2);
    BuildSet set;
    QCOMPARE(estimateOf(ran.into(set), history, EventBuilder::at(2)).left->median, seconds(18));
    QVERIFY(fresh.status() == BuildStatus::Running);

    EventBuilder cached("cached");
    cached.started(0);
    announce(cached, "amd64");
    cached.run("amd64-base", 0, 0.01, true);
    BuildSet other;
    const auto left = estimateOf(cached.into(other), history, EventBuilder::at(1)).left;
    QVERIFY(left->low < seconds(18) && left->low >= seconds(8));
    QVERIFY(left->high > seconds(16) && left->high <= seconds(18));
}

void TestEstimate::onlyTheTailIsLeft()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true).run("amd64-deps", 0, 10).run("amd64-app", 10, 15);
    builder.step("export", "exporting to image");
    builder.begin("export", 15);
    BuildSet set;
    const Build& build = builder.into(set);
    QCOMPARE(estimateOf(build, {past(10, 5)}, EventBuilder::at(16)).left->median, seconds(2));
    QCOMPARE(estimateOf(build, {past(10, 5)}, EventBuilder::at(99)).left->median, Duration{});
    QVERIFY(!estimateOf(build, {}, EventBuilder::at(16)).left);
}

void TestEstimate::aStepFarBeyondItsRangeIsSlow()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true);
    builder.begin("amd64-deps", 0);
    BuildSet set;
    const Build& build = builder.into(set);
    const std::vector<BuildTimes> history{past(10, 5), past(11, 5), past(12, 5)};
    const StepIndex deps = build.find(0, StepDigest("amd64-deps"));
    QVERIFY(!estimateOf(build, history, EventBuilder::at(14)).anySlow());
    const BuildEstimate late = estimateOf(build, history, EventBuilder::at(30));
    QVERIFY(late.anySlow());
    QVERIFY(late.steps.at(deps).slow);
    QCOMPARE(late.steps.at(deps).samples, 3);
    QCOMPARE(late.steps.at(deps).time.median, seconds(11));
}

void TestEstimate::twoSamplesAreNoRange()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true);
    builder.begin("amd64-deps", 0);
    BuildSet set;
    QVERIFY(!estimateOf(builder.into(set), {past(10, 5), past(11, 5)}, EventBuilder::at(600)).anySlow());
}

void TestEstimate::finishedBuildsHaveNoEstimate()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 1).completed(1);
    BuildSet set;
    QCOMPARE(estimateOf(builder.into(set), {past(10, 5)}, EventBuilder::at(2)), BuildEstimate{});
}

void TestEstimate::stepsMovedInTheirStageAreTheSame()
{
    EventBuilder builder("now");
    builder.started(0);
    builder.step("a", "[linux/amd64 stage-0 4/9] RUN deps");
    builder.step("other", "[linux/arm64 stage-0 4/9] RUN other");
    builder.begin("a", 0);
    BuildSet set;
    const Build& build = builder.into(set);
    const BuildEstimate estimate = estimateOf(build, {past(10, 5)}, EventBuilder::at(1));
    QCOMPARE(estimate.steps.at(build.find(0, StepDigest("a"))).time.median, seconds(10));
    QCOMPARE(estimate.lanes.at(amd64).median, seconds(9));
    // The other lane has a step nobody has seen: no estimate for it, nor for the whole.
    QVERIFY(!estimate.left);
    QCOMPARE(estimate.lanes.count(arm64), std::size_t(0));
}

void TestEstimate::comparableBuilds()
{
    const auto build = [](BuildSet& set, const char* ref, const char* builder, const char* target, const char* context) -> const Build& {
        EventBuilder events(ref);
        events.started(0, builder);
        ev::RecordUpdated record;
        record.builder = builder;
        record.frontendAttrs = {{"target", target}, {"context", context}};
        events.event(record);
        return events.into(set);
    };
    BuildSet a, b, c, d;
    const Build& first = build(a, "1", "multi", "release", "https://x.org/a.git");
    QVERIFY(comparable(first, build(b, "2", "multi", "release", "https://x.org/a.git")));
    QVERIFY(!comparable(first, build(c, "3", "other", "release", "https://x.org/a.git")));
    QVERIFY(!comparable(first, build(d, "4", "multi", "debug", "https://x.org/a.git")));
}

void TestEstimate::cyclesDoNotHang()
{
    EventBuilder builder("now");
    builder.started(0);
    builder.step("a", "[linux/amd64 stage-0 1/2] RUN a", {"b"});
    builder.step("b", "[linux/amd64 stage-0 2/2] RUN b", {"a"});
    BuildSet set;
    const BuildEstimate estimate = estimateOf(builder.into(set), {past(1 * second / 1e9, 2)}, EventBuilder::at(1));
    Q_UNUSED(estimate);
}

void TestEstimate::aSlowerStartSlowsTheRest()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true).run("amd64-deps", 1, 31).begin("amd64-app", 31); // three times the usual
    BuildSet set;
    const Build& build = builder.into(set);
    const std::vector<BuildTimes> history{past(10, 5, 1)};
    QCOMPARE(estimateOf(build, history, EventBuilder::at(31), {0, 0, false}).left->median, seconds(5 + 3));
    const Duration left = estimateOf(build, history, EventBuilder::at(31)).left->median;
    QVERIFY2(left > seconds(2 * 8) && left < seconds(3 * 8), qPrintable(QString::number(left.seconds())));
}

/// Four commands where two were ever seen to run at once.
void TestEstimate::moreCommandsThanPlacesTakeLonger()
{
    const auto announceAll = [](EventBuilder& builder, bool ran) {
        for (int i = 0; i < 4; ++i) {
            const std::string name = std::to_string(i);
            builder.step(name, "[linux/amd64 stage-0 2/9] RUN " + name);
            if (ran)
                builder.run(name, 10 * (i / 2), 10 * (i / 2) + 10);
            else
                builder.begin(name, 0);
        }
    };
    EventBuilder before("past"), builder("now");
    before.started(0);
    announceAll(before, true);
    before.completed(20);
    builder.started(0);
    announceAll(builder, false);
    BuildSet first, second;
    const std::vector<BuildTimes> history{buildTimesOf(before.into(first), EventBuilder::at(20))};
    QCOMPARE(history.front().atOnce, 2);
    const Build& build = builder.into(second);
    QCOMPARE(estimateOf(build, history, EventBuilder::at(0)).left->median, seconds(20));
    QCOMPARE(estimateOf(build, history, EventBuilder::at(0), {4, 0}).left->median, seconds(10)); // the machine has cores for them
    QCOMPARE(estimateOf(build, history, EventBuilder::at(0), {0, 0, false}).left->median, seconds(10));
}

/// max-parallelism: a command whose inputs are there begins when another ends.
void TestEstimate::aLimitOfTheBuilderIsSeen()
{
    const auto timesOf = [](double begin) {
        EventBuilder builder("past" + std::to_string(begin));
        builder.started(0);
        builder.step("base", "[linux/amd64 stage-0 1/9] FROM base").run("base", 0, 0.1);
        for (const char* name : {"a", "b", "c"})
            builder.step(name, std::string("[linux/amd64 stage-0 2/9] RUN ") + name, {"base"});
        builder.run("a", 0.1, 10).run("b", 0.2, 12).run("c", begin, begin + 5).completed(20);
        BuildSet set;
        return buildTimesOf(builder.into(set), EventBuilder::at(20));
    };
    QVERIFY(timesOf(10).queued);
    QCOMPARE(timesOf(10).atOnce, 2);
    QVERIFY(!timesOf(0.3).queued);
    QCOMPARE(timesOf(0.3).atOnce, 3);
    QCOMPARE(placesOn({timesOf(10)}, {16, 0}), 2);
    QCOMPARE(placesOn({timesOf(0.3)}, {16, 0}), 16);
    QCOMPARE(placesOn({timesOf(0.3)}, {}), 3);
    QCOMPARE(placesOn({}, {}), 0);
}

void TestEstimate::otherBuildsWidenTheRange()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true).begin("amd64-deps", 1);
    BuildSet set;
    const Build& build = builder.into(set);
    const std::vector<BuildTimes> history{past(10, 5)}; // two at once
    const auto alone = *estimateOf(build, history, EventBuilder::at(1), {2, 0}).left;
    const auto crowded = *estimateOf(build, history, EventBuilder::at(1), {2, 5}).left;
    QCOMPARE(crowded.low, alone.low);
    QCOMPARE(crowded.median, alone.median);
    QCOMPARE(crowded.high, seconds(alone.median.seconds() * 3));
    QCOMPARE(estimateOf(build, history, EventBuilder::at(1), {16, 5}).left->high, alone.high); // room for all
}

void TestEstimate::fewPastBuildsWidenTheRange()
{
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true).begin("amd64-deps", 1);
    BuildSet set;
    const Build& build = builder.into(set);
    double before = 1000;
    for (const std::size_t count : {1, 2, 4, 12}) {
        const auto left = *estimateOf(build, std::vector<BuildTimes>(count, past(100, 50)), EventBuilder::at(1)).left;
        QCOMPARE(left.median, seconds(153));
        QVERIFY(left.low < left.median && left.median < left.high);
        const double width = (left.high - left.low).seconds();
        QVERIFY2(width < before, qPrintable(QString::number(width)));
        before = width;
    }
    QVERIFY(before < 153 * 0.25); // twelve that agree are sure of it
    // Over its usual time: nothing is left of it, and nobody knows how long it goes on.
    const auto late = *estimateOf(build, {past(100, 0.2, 4, 0.1)}, EventBuilder::at(200)).left;
    QVERIFY(late.low == Duration{} && late.high > seconds(30) && late.high < seconds(200));
    // Steps tell of the past as it was.
    QCOMPARE(estimateOf(build, {past(100, 50)}, EventBuilder::at(1)).steps.at(build.find(0, StepDigest("amd64-deps"))).time.high, seconds(100));
}

/// Times that differ by a seventh or so between builds of one target: the end is in the range of 80 % about as often as that.
void TestEstimate::theRangeHoldsWithOnePastBuild()
{
    std::mt19937 random{7};
    std::normal_distribution<double> apart(0, 0.15);
    EventBuilder builder("now");
    builder.started(0);
    announce(builder, "amd64");
    builder.run("amd64-base", 0, 0.01, true).begin("amd64-deps", 1);
    BuildSet set;
    const Build& build = builder.into(set);
    for (const std::size_t count : {1, 2}) {
        int inside = 0;
        constexpr int builds = 400;
        for (int i = 0; i < builds; ++i) {
            std::vector<BuildTimes> history;
            for (std::size_t each = 0; each < count; ++each)
                history.push_back(past(100 * std::exp(apart(random)), 0.2, 4, 0.1));
            const auto left = *estimateOf(build, history, EventBuilder::at(1)).left;
            const Duration took = seconds(100 * std::exp(apart(random)));
            inside += left.low <= took && took <= left.high;
        }
        QVERIFY2(inside > builds * 0.72 && inside < builds * 0.96, qPrintable(QStringLiteral("%1 with %2").arg(inside).arg(count)));
    }
}

QTEST_GUILESS_MAIN(TestEstimate)
#include "test_estimate.moc"
