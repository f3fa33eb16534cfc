// When steps end that wait for each other and share a machine.
#include "analysis/schedule.h"

#include "domain/build_set.h"
#include "support/event_builder.h"

#include <QTest>

using namespace layerline;
using test::EventBuilder;

namespace {

Duration seconds(double value) { return {std::int64_t(value * 1e9)}; }

/// Steps "0", "1", ... with the inputs given for each.
const Build& graph(BuildSet& set, const std::vector<std::vector<std::string>>& inputs)
{
    EventBuilder builder("graph");
    builder.started(0);
    for (std::size_t i = 0; i < inputs.size(); ++i)
        builder.step(std::to_string(i), "[stage-0 " + std::to_string(i + 1) + "/9] RUN " + std::to_string(i), inputs[i]);
    return builder.into(set);
}

ScheduledStep command(double left) { return {seconds(left), false, true}; }

} // namespace

class TestSchedule : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anyNumberAtOnceIsTheLongestWay();
    void moreThanThePlacesShareThem();
    void whoEndsFirstLeavesItsShare();
    void waitingForTheNetworkTakesNoPlace();
    void whatIsNotKnownHoldsUpWhatNeedsIt();
    void cyclesNeverEnd();
};

void TestSchedule::anyNumberAtOnceIsTheLongestWay()
{
    BuildSet set;
    const Build& build = graph(set, {{}, {"0"}, {}, {"1", "2"}});
    const auto ends = finishTimes(build, {command(10), command(5), command(7), command(1)}, 0);
    QCOMPARE(*ends[1], seconds(15));
    QCOMPARE(*ends[2], seconds(7));
    QCOMPARE(*ends[3], seconds(16));
}

void TestSchedule::moreThanThePlacesShareThem()
{
    BuildSet set;
    const Build& build = graph(set, {{}, {}, {}, {}});
    for (const auto& end : finishTimes(build, {command(10), command(10), command(10), command(10)}, 2))
        QCOMPARE(*end, seconds(20));
    for (const auto& end : finishTimes(build, {command(10), command(10), command(10), command(10)}, 4))
        QCOMPARE(*end, seconds(10));
}

void TestSchedule::whoEndsFirstLeavesItsShare()
{
    BuildSet set;
    const Build& build = graph(set, {{}, {}, {"0"}});
    // Two on one place: after 8 s the first has its 4 s; then 1 s more of it and the other's 6 s share again.
    const auto ends = finishTimes(build, {command(4), command(10), command(1)}, 1);
    QCOMPARE(*ends[0], seconds(8));
    QCOMPARE(*ends[2], seconds(10));
    QCOMPARE(*ends[1], seconds(15));
}

void TestSchedule::waitingForTheNetworkTakesNoPlace()
{
    BuildSet set;
    const Build& build = graph(set, {{}, {}, {}});
    const ScheduledStep pull{seconds(10), false, false};
    const auto ends = finishTimes(build, {pull, pull, command(10)}, 1);
    for (const auto& end : ends)
        QCOMPARE(*end, seconds(10));
}

void TestSchedule::whatIsNotKnownHoldsUpWhatNeedsIt()
{
    BuildSet set;
    const Build& build = graph(set, {{}, {"0"}, {}, {"2"}});
    const ScheduledStep unknown{std::nullopt, false, true}, done{std::nullopt, true, true};
    const auto ends = finishTimes(build, {unknown, command(1), done, command(3)}, 1);
    QVERIFY(!ends[0] && !ends[1]);
    QCOMPARE(*ends[2], Duration{});
    QCOMPARE(*ends[3], seconds(3));
}

void TestSchedule::cyclesNeverEnd()
{
    BuildSet set;
    const Build& build = graph(set, {{"1"}, {"0"}, {}});
    const auto ends = finishTimes(build, {command(1), command(1), command(2)}, 1);
    QVERIFY(!ends[0] && !ends[1]);
    QCOMPARE(*ends[2], seconds(2));
}

QTEST_GUILESS_MAIN(TestSchedule)
#include "test_schedule.moc"
