#include "support/event_builder.h"

#include "domain/critical_path.h"
#include "domain/summary.h"

#include <QTest>

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
