#include "support/event_builder.h"

#include "domain/critical_path.h"
#include "domain/summary.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace layerline;
using test::EventBuilder;

namespace {

EventBuilder twoPlatforms()
{
    EventBuilder b;
    b.started(0);
    b.step("ctx", "[internal] load build context").run("ctx", 0, 1);
    b.step("from-amd64", "[linux/amd64 1/3] FROM x").run("from-amd64", 0, 0.5, true);
    b.step("from-arm64", "[linux/arm64 1/3] FROM x").run("from-arm64", 0, 0.5, true);
    b.step("run-amd64", "[linux/amd64 2/3] RUN make", {"from-amd64", "ctx"}).run("run-amd64", 1, 3);
    b.step("run-arm64", "[linux/arm64 2/3] RUN make", {"from-arm64", "ctx"}).run("run-arm64", 1, 19);
    b.step("t-amd64", "[linux/amd64 3/3] RUN test", {"run-amd64"}).run("t-amd64", 3, 4);
    b.step("t-arm64", "[linux/arm64 3/3] RUN test", {"run-arm64"}).run("t-arm64", 19, 29);
    b.step("export", "exporting to image").run("export", 29.5, 31);
    b.completed(31);
    return b;
}

/// A build of random steps on three platforms, the second emulated: joined chains, cached, failed and unfinished ones.
EventBuilder randomBuild(std::mt19937& random)
{
    const auto upTo = [&random](int most) { return int(random() % std::uint32_t(most + 1)); };
    static const char* const platforms[] = {"linux/amd64", "linux/arm64", "linux/386"};
    EventBuilder b;
    b.started(0, "default", {{"linux", "amd64", ""}, {"linux", "386", ""}});
    std::vector<std::string> names;
    const int steps = 2 + upTo(30);
    for (int i = 0; i < steps; ++i) {
        const std::string name = "s" + std::to_string(i);
        std::vector<std::string> inputs;
        for (int n = names.empty() ? 0 : upTo(2); n > 0; --n)
            inputs.push_back(names[std::size_t(upTo(int(names.size()) - 1))]);
        b.step(name, std::string("[") + platforms[upTo(2)] + " app " + std::to_string(1 + upTo(6)) + "/7] " + (upTo(3) ? "RUN make" : "COPY . ."), inputs);
        const double from = upTo(200) / 10.0;
        if (const int fate = upTo(9); fate == 0)
            b.begin(name, from);
        else if (fate > 1)
            b.run(name, from, from + upTo(100) / 10.0, fate == 2, fate == 3 ? "exit code: 1" : "");
        names.push_back(name);
    }
    if (upTo(1))
        b.completed(40, upTo(1) ? 2 : 0, "exit code: 1");
    return b;
}

OptionalTime endOf(const Step& step, Timestamp now)
{
    return step.intervals.empty() ? OptionalTime{} : OptionalTime(step.intervals.back().completed.value_or(now));
}

/// criticalPath() as its description says, without care for time.
std::vector<StepIndex> plainCriticalPath(const Build& build, Timestamp now)
{
    if (!edgesKnown(build))
        return {};
    std::vector<StepIndex> order;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        if (endOf(build.steps[i], now))
            order.push_back(StepIndex{i});
    }
    std::stable_sort(order.begin(), order.end(), [&](StepIndex a, StepIndex b) { return *endOf(build.step(a), now) < *endOf(build.step(b), now); });
    StepIndex at = build.status() == BuildStatus::Failed ? firstFailed(build) : noStep;
    if (at == noStep && !order.empty())
        at = order.back();
    std::vector<StepIndex> path;
    while (at != noStep && std::find(path.begin(), path.end(), at) == path.end()) {
        path.push_back(at);
        StepIndex next = noStep;
        for (const StepIndex input : build.step(at).inputSteps) {
            const OptionalTime end = endOf(build.step(input), now);
            if (end && (next == noStep || *end > *endOf(build.step(next), now)))
                next = input;
        }
        if (next == noStep && !build.step(at).intervals.empty()) {
            for (const StepIndex other : order) {
                if (*endOf(build.step(other), now) <= build.step(at).intervals.front().started)
                    next = other;
            }
        }
        at = next;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

/// emulationFactor() with each sibling looked for on its own.
std::optional<double> plainFactor(const Build& build, const Platform& emulated, Timestamp now)
{
    const auto ran = [&](const Step& step) {
        return !step.cachedFlag && !step.intervals.empty() && cacheOf(build, step) == CacheState::None && step.error.empty();
    };
    Duration slow, fast;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        const Step& step = build.steps[i];
        if (step.execution != Execution::Emulated || step.neededBy != std::vector{emulated} || step.parsed.keyword != "RUN" || !ran(step))
            continue;
        for (const Platform& platform : build.platforms) {
            const StepIndex index = platform == emulated ? noStep : siblingOn(build, StepIndex{i}, platform);
            if (index == noStep || build.step(index).execution != Execution::Native || !ran(build.step(index)))
                continue;
            const Duration time = durationOf(build, build.step(index), now);
            if (time.ns < 100'000'000)
                continue;
            const Duration here = durationOf(build, step, now);
            if (stateOf(build, step) != StepState::Running || here > time) {
                slow = slow + here;
                fast = fast + time;
            }
            break;
        }
    }
    return fast.ns > 0 ? std::optional(double(slow.ns) / double(fast.ns)) : std::nullopt;
}

} // namespace

class TestSummary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void counters()
    {
        BuildSet set;
        const Counters c = countersOf(twoPlatforms().into(set));
        QCOMPARE(c.total, 8);
        QCOMPARE(c.completed, 8);
        QCOMPARE(c.cached, 2);
        QCOMPARE(c.failed, 0);
    }
    void aStepThatHasOnlyBegunSaysNothing()
    {
        EventBuilder events;
        events.started(0);
        for (const std::string arch : {"amd64", "arm64"})
            events.step(arch + "1", "[linux/" + arch + " 1/2] RUN deps").step(arch + "2", "[linux/" + arch + " 2/2] RUN make", {arch + "1"});
        events.run("amd641", 0, 10).run("amd642", 10, 110).run("arm641", 0, 90).begin("arm642", 90);
        BuildSet set;
        const Build& build = events.into(set);
        const Platform arm64 = *parsePlatform("linux/arm64");
        QCOMPARE(*emulationFactor(build, arm64, EventBuilder::at(120)), 9.0);
        QCOMPARE(*emulationFactor(build, arm64, EventBuilder::at(310)), (90.0 + 220) / (10 + 100)); // at least that
    }
    void platforms()
    {
        BuildSet set;
        const Build& build = twoPlatforms().into(set);
        const auto summaries = platformSummaries(build, EventBuilder::at(40));
        QCOMPARE(summaries.size(), std::size_t(2));
        QCOMPARE(summaries[0].platform.arch, std::string("amd64"));
        QCOMPARE(summaries[0].execution, Execution::Native);
        QCOMPARE(summaries[1].execution, Execution::Emulated);
        QCOMPARE(summaries[1].steps, 5); // three of its own, the context, the export
        QCOMPARE(summaries[1].busy.ms(), std::int64_t(30500));
        QCOMPARE(summaries[1].wall.ms(), std::int64_t(31000));
    }
    void factorIsMeasuredOnStepsThatRanOnBothSides()
    {
        BuildSet set;
        const auto factor = emulationFactor(twoPlatforms().into(set), *parsePlatform("linux/arm64"), EventBuilder::at(40));
        QVERIFY(factor);
        QVERIFY(qAbs(*factor - 28.0 / 3.0) < 1e-6);
        BuildSet none;
        QVERIFY(!emulationFactor(EventBuilder().started(0).into(none), *parsePlatform("linux/arm64"), EventBuilder::at(40)));
    }
    void criticalPathGoesThroughWhatEndedLast()
    {
        BuildSet set;
        const Build& build = twoPlatforms().into(set);
        const CriticalPath path = criticalPath(build, EventBuilder::at(40));
        std::string names;
        for (const StepIndex index : path.steps)
            names += build.step(index).digest.str() + " ";
        QCOMPARE(names, std::string("ctx run-arm64 t-arm64 export "));
        QCOMPARE(path.length.ms(), std::int64_t(30500));
    }
    void aFailedBuildsPathEndsAtTheFailure()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("from", "[linux/arm64 1/2] FROM x").run("from", 0, 1);
        b.step("fails", "[linux/arm64 2/2] RUN false", {"from"}).run("fails", 1, 9, false, "exit code: 1");
        b.step("cut-short", "[linux/amd64 2/2] RUN sleep", {"from"}).run("cut-short", 1, 10, false, "context canceled");
        b.completed(10, 2, "exit code: 1");
        const Build& build = b.into(set);
        const CriticalPath path = criticalPath(build, EventBuilder::at(40));
        QCOMPARE(build.step(path.steps.back()).digest.str(), std::string("fails"));
    }
    void withoutEdgesThereIsNoPath()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("a", "[1/2] RUN a").run("a", 0, 5).step("b", "[2/2] RUN b").run("b", 5, 9).completed(9);
        const Build& build = b.into(set);
        QVERIFY(!edgesKnown(build));
        QVERIFY(criticalPath(build, EventBuilder::at(40)).steps.empty());
    }
    void parallelismNumbers()
    {
        BuildSet set;
        const Parallelism p = parallelism(twoPlatforms().into(set), EventBuilder::at(40));
        QCOMPARE(p.wall.ms(), std::int64_t(31000));
        QCOMPARE(p.busy.ms(), std::int64_t(34500));
        QCOMPARE(p.unlimited.ms(), std::int64_t(29000));
    }
    void randomBuildsSumUpAsAPlainReadingDoes()
    {
        std::mt19937 random(20261121);
        int paths = 0, factors = 0;
        for (int round = 0; round < 2000; ++round) {
            BuildSet set;
            const Build& build = randomBuild(random).into(set);
            const Timestamp now = EventBuilder::at(50);
            const auto path = criticalPath(build, now).steps;
            QCOMPARE(path, plainCriticalPath(build, now));
            paths += path.size() > 2;
            for (const PlatformSummary& summary : platformSummaries(build, now)) {
                int steps = 0, cached = 0, completed = 0;
                for (const Step& step : build.steps) {
                    const bool needed = std::count(step.neededBy.begin(), step.neededBy.end(), summary.platform) > 0;
                    steps += needed;
                    cached += needed && step.cachedFlag;
                    completed += needed && step.completedOnce;
                }
                QCOMPARE(summary.steps, steps);
                QCOMPARE(summary.cached, cached);
                QCOMPARE(summary.completed, completed);
                const auto factor = emulationFactor(build, summary.platform, now), plain = plainFactor(build, summary.platform, now);
                QCOMPARE(factor.has_value(), plain.has_value());
                QVERIFY(!factor || qAbs(*factor - *plain) < 1e-9);
                factors += factor.has_value();
            }
        }
        QVERIFY2(paths > 500 && factors > 100, "too few builds had something to compare");
    }
    void firstFailureByTime()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("a", "[1/2] RUN a").run("a", 1, 5, false, "late").step("b", "[2/2] RUN b").run("b", 1, 3, false, "early");
        const Build& build = b.into(set);
        QCOMPARE(build.step(firstFailed(build)).digest.str(), std::string("b"));
    }
};

QTEST_APPLESS_MAIN(TestSummary)
#include "test_summary.moc"
