// Lanes, gaps, looks and order of the timeline.
#include "items/step_label.h"
#include "items/timeline_model.h"
#include "support/event_builder.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

void add(BuildStore& store, const EventBuilder& events)
{
    store.apply(std::make_shared<const EventBatch>(events.batch()));
    store.flush();
}

/// Two platforms, a shared context, an export; arm64 runs emulated.
EventBuilder twoPlatforms()
{
    EventBuilder events;
    events.started(0);
    events.step("ctx", "[internal] load build context").run("ctx", 0.5, 3).transfer("ctx", "transferring context:", 12'400'000, 0, 3);
    events.step("a1", "[linux/amd64 app 1/2] FROM docker.io/library/alpine:3").run("a1", 2, 3, true);
    events.step("a2", "[linux/amd64 app 2/2] RUN make", {"a1", "ctx"}).run("a2", 5, 15);
    events.step("b1", "[linux/arm64 app 1/2] FROM docker.io/library/alpine:3").run("b1", 2, 3, true);
    events.step("b2", "[linux/arm64 app 2/2] RUN make", {"b1", "ctx"}).begin("b2", 5);
    events.step("x", "exporting to image");
    return events;
}

const TimelineLane* laneNamed(const TimelineModel& model, const std::string& arch)
{
    for (const TimelineLane& lane : model.lanes()) {
        if (lane.kind == LaneKind::Platform && lane.platform.arch == arch)
            return &lane;
    }
    return nullptr;
}

} // namespace

class TestTimelineModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingSelectedShowsNothing()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        const TimelineModel model(store, selection, clock);
        QVERIFY(model.lanes().empty());
        QVERIFY(!model.build());
        QVERIFY(!model.running());
        QVERIFY(model.fullRange().end > model.fullRange().begin);
        QVERIFY(model.order().empty());
        QCOMPARE(model.nextError(noStep), noStep);
    }

    void aProgressGroupIsOneBarUntilItIsOpened()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        EventBuilder events = twoPlatforms();
        events.step("a3", "[linux/amd64 app 3/4] RUN first", {"a2"}).group("a3", "[linux/amd64 app 3/4] RUN both").run("a3", 15, 16);
        events.step("a4", "[linux/amd64 app 4/4] RUN second", {"a3"}).group("a4", "[linux/amd64 app 3/4] RUN both").run("a4", 17, 18, false, "exit code: 1");
        add(store, events);
        selection.setBuild(store.builds().ids().front());
        const Build& build = *store.find(selection.build());
        const StepIndex first = build.find(0, StepDigest("a3")), second = build.find(0, StepDigest("a4"));
        const TimelineLane* lane = laneNamed(model, "amd64");
        QCOMPARE(lane->steps, 4); // counted one by one
        QCOMPARE(lane->spans.size(), std::size_t(3));
        const TimelineSpan bar = lane->spans.back();
        QCOMPARE(bar.folded, (std::vector<StepIndex>{first, second}));
        QCOMPARE(bar.begin, EventBuilder::at(15));
        QCOMPARE(bar.end, OptionalTime{EventBuilder::at(18)});
        QCOMPARE(bar.look, Look::Failed); // what failed is not hidden
        const ProgressGroup* group = model.groupOf(second);
        QVERIFY(group && model.folded(*group) && !model.groupOf(StepIndex{0}));
        QCOMPARE(stepTitle(stepForGroup(*group), BuildText(build)), QStringLiteral("app 3/4 RUN both"));

        const ProgressGroup copy = *group; // the model's go when it rebuilds
        model.setFolded(copy, false);
        lane = laneNamed(model, "amd64");
        QCOMPARE(lane->spans.size(), std::size_t(4));
        QVERIFY(lane->spans.back().folded.empty());
        QCOMPARE(lane->steps, 4);
        model.setFolded(copy, true);
        QCOMPARE(laneNamed(model, "amd64")->spans.size(), std::size_t(3));
    }

    void aRunningMemberKeepsTheBarOpen()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        EventBuilder events = twoPlatforms();
        events.step("a3", "[linux/amd64 app 3/4] RUN first", {"a2"}).group("a3", "both").run("a3", 15, 16);
        events.step("a4", "[linux/amd64 app 4/4] RUN second", {"a3"}).group("a4", "both").begin("a4", 17);
        add(store, events);
        selection.setBuild(store.builds().ids().front());
        QVERIFY(!laneNamed(model, "amd64")->spans.back().end);
    }

    void laneForEachPlatformThenSharedThenExport()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        add(store, twoPlatforms());
        selection.setBuild(store.builds().ids().front());
        QCOMPARE(int(model.lanes().size()), 4);
        QCOMPARE(model.lanes()[0].platform.arch, std::string("amd64"));
        QCOMPARE(model.lanes()[1].platform.arch, std::string("arm64"));
        QVERIFY(model.lanes()[2].kind == LaneKind::Shared);
        QVERIFY(model.lanes()[3].kind == LaneKind::Export);
        QCOMPARE(model.lanes()[2].contextBytes, std::int64_t(12'400'000));
        QCOMPARE(int(model.lanes()[0].spans.size()), 2);
        QCOMPARE(model.lanes()[0].cached, 1);
        QCOMPARE(model.lanes()[3].pending, 1);
    }

    void runningStepIsAnOpenSpanAndEmulationIsMarked()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        add(store, twoPlatforms());
        selection.setBuild(store.builds().ids().front());
        const TimelineLane* arm = laneNamed(model, "arm64");
        QVERIFY(arm);
        QVERIFY(!arm->lastEnd);
        QVERIFY(!arm->spans.back().end);
        QVERIFY(arm->spans.back().look == Look::Running);
        QVERIFY(arm->spans.back().emulated);
        QVERIFY(arm->execution == Execution::Emulated);
        const TimelineLane* amd = laneNamed(model, "amd64");
        QVERIFY(amd->lastEnd && *amd->lastEnd == EventBuilder::at(15));
        QVERIFY(!amd->spans.back().emulated);
        QVERIFY(arm->spans.back().critical);
    }

    void gapsTellWaitingFromIdling()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        add(store, twoPlatforms());
        selection.setBuild(store.builds().ids().front());
        const TimelineLane* amd = laneNamed(model, "amd64");
        QCOMPARE(int(amd->gaps.size()), 2);
        QVERIFY(amd->gaps[0].queue);
        QVERIFY((amd->gaps[0] == TimelineGap{EventBuilder::at(0), EventBuilder::at(2), true}));
        QVERIFY((amd->gaps[1] == TimelineGap{EventBuilder::at(3), EventBuilder::at(5), false}));
    }

    void aFinishedBuildLeavesNothingOpen()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(500));
        TimelineModel model(store, selection, clock);
        EventBuilder events = twoPlatforms();
        events.completed(30, 1, "context canceled");
        add(store, events);
        selection.setBuild(store.builds().ids().front());
        for (const TimelineLane& lane : model.lanes()) {
            for (const TimelineSpan& span : lane.spans)
                QVERIFY(span.end);
        }
        QVERIFY(laneNamed(model, "arm64")->spans.back().look == Look::Canceled);
        QVERIFY(!model.running());
        QVERIFY(model.fullRange().end >= EventBuilder::at(30));
        QVERIFY(model.fullRange().end < EventBuilder::at(40));
    }

    void rangeOfARunningBuildStandsStillWhileNowMoves()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(33));
        TimelineModel model(store, selection, clock);
        add(store, twoPlatforms());
        selection.setBuild(store.builds().ids().front());
        const TimeRange at33 = model.fullRange();
        clock.set(EventBuilder::at(38));
        QCOMPARE(model.fullRange(), at33);
        int changes = 0;
        TimeRange last = at33;
        for (int second = 38; second < 7200; ++second) {
            clock.set(EventBuilder::at(second));
            const TimeRange range = model.fullRange();
            QVERIFY(range.end > EventBuilder::at(second));
            changes += !(range == last);
            last = range;
        }
        QVERIFY2(changes < 25, qPrintable(QString::number(changes)));
    }

    void orderAndErrors()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        EventBuilder events;
        events.started(0).step("late", "[app 2/2] RUN b").run("late", 5, 6, false, "exit code: 1").step("early", "[app 1/2] RUN a").run("early", 1, 2).step("never", "[app 3/3] RUN c");
        events.step("worse", "[app 4/4] RUN d").run("worse", 7, 8, false, "exit code: 2");
        add(store, events);
        selection.setBuild(store.builds().ids().front());
        QCOMPARE(model.order(), (std::vector<StepIndex>{StepIndex{1}, StepIndex{0}, StepIndex{3}, StepIndex{2}}));
        QCOMPARE(model.nextError(noStep), StepIndex{0});
        QCOMPARE(model.nextError(StepIndex{0}), StepIndex{3});
        QCOMPARE(model.nextError(StepIndex{3}), StepIndex{0});
    }

    void outputIsCountedOnceAndBySecond()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        EventBuilder events = twoPlatforms();
        events.log("b2", 6.1, "one\ntwo\n").log("b2", 6.5, "three\n").log("b2", 9, "four\npart");
        add(store, events);
        selection.setBuild(store.builds().ids().front());
        const StepIndex step = model.build()->find(0, StepDigest("b2"));
        QCOMPARE(int(model.output(step).size()), 2);
        QCOMPARE(model.output(step)[0].lines, 3u);
        QCOMPARE(model.output(step)[1].lines, 1u);
        QCOMPARE(model.output(step)[1].second - model.output(step)[0].second, std::int64_t(3));
    }

    void logsAloneDoNotRebuildLanes()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        EventBuilder events = twoPlatforms();
        add(store, events);
        selection.setBuild(store.builds().ids().front());
        QSignalSpy changed(&model, &TimelineModel::changed), output(&model, &TimelineModel::outputChanged);
        add(store, events.log("b2", 6, "hello\n"));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(output.count(), 1);
    }

    void afterRandomChangesEqualToAFreshModel()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(100'000));
        TimelineModel model(store, selection, clock);
        QRandomGenerator random(3);
        EventBuilder events;
        events.started(0);
        for (int i = 0; i < 10'000; ++i) {
            const std::string id = "s" + std::to_string(random.bounded(120));
            const std::string platform = random.bounded(2) ? "linux/amd64" : "linux/arm64";
            switch (random.bounded(4)) {
            case 0: events.step(id, "[" + platform + " app " + std::to_string(i % 9 + 1) + "/9] RUN step"); break;
            case 1: events.step(id, "[" + platform + " app 1/9] RUN x").begin(id, i); break;
            case 2: events.step(id, "[" + platform + " app 1/9] RUN x").run(id, i, i + random.bounded(30), random.bounded(2)); break;
            default: events.log(id, i, "line\n"); break;
            }
            add(store, events);
            if (i == 0)
                selection.setBuild(store.builds().ids().front());
            EventBuilder next;
            events = next; // only what is new: the record is the same
        }
        model.refresh();
        const TimelineModel fresh(store, selection, clock);
        QCOMPARE(model.lanes().size(), fresh.lanes().size());
        for (std::size_t i = 0; i < fresh.lanes().size(); ++i) {
            QCOMPARE(model.lanes()[i].spans.size(), fresh.lanes()[i].spans.size());
            QVERIFY(model.lanes()[i].spans == fresh.lanes()[i].spans);
            QVERIFY(model.lanes()[i].gaps == fresh.lanes()[i].gaps);
        }
        QCOMPARE(model.criticalPath(), fresh.criticalPath());
    }

    void aRemovedBuildEmptiesTheTimeline()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        TimelineModel model(store, selection, clock);
        add(store, twoPlatforms());
        const BuildId id = store.builds().ids().front();
        selection.setBuild(id);
        QVERIFY(!model.lanes().empty());
        store.remove(id);
        model.refresh();
        QVERIFY(model.lanes().empty());
    }

    void labels_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("labels");
        QTest::newRow("image") << "[linux/arm64 base 1/3] FROM docker.io/library/python:3.12-slim@sha256:1f0e" << QStringList{"FROM python:3.12-slim", "python:3.12-slim", "python"};
        QTest::newRow("image of a registry with a port") << "[base 1/3] FROM localhost:5000/platform/base:12.8" << QStringList{"FROM localhost:5000/platform/base:12.8", "localhost:5000/platform/base:12.8", "base:12.8", "base"};
        QTest::newRow("run") << "[deps 4/6] RUN --mount=type=cache,target=/root pip install -r requirements.txt" << QStringList{"RUN pip install -r requirements.txt", "RUN pip install -r…", "RUN pip install", "pip install", "pip"};
        QTest::newRow("copy from") << "[release 2/5] COPY --from=assets /app/dist ./static" << QStringList{"COPY --from=assets /app/dist ./static", "COPY --from=assets /app/dist", "COPY --from=assets", "assets"};
        QTest::newRow("copy") << "[release 2/5] COPY src/requirements.txt ." << QStringList{"COPY src/requirements.txt .", "COPY src/requirements.txt", "requirements.txt"};
        QTest::newRow("context") << "[internal] load build context" << QStringList{"load build context", "context"};
        QTest::newRow("queue of a GitHub job") << "[linux/arm64 build 1/9] Waiting for a runner: ubuntu-24.04-arm" << QStringList{"Waiting for a runner: ubuntu-24.04-arm", "ubuntu-24.04-arm", "queue"};
        QTest::newRow("queue without a label") << "[linux/arm64 build 1/9] Waiting for a runner" << QStringList{"Waiting for a runner", "queue"};
        QTest::newRow("export") << "exporting to image" << QStringList{"export to image", "export"};
    }

    void labels()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, labels);
        Step step;
        step.name = name.toStdString();
        step.parsed = parseStepName(step.name);
        QCOMPARE(stepLabels(step, BuildText(Build{})), labels);
    }

    void aJobInTheQueueIsNotAtWork()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        EventBuilder events;
        events.started(0);
        events.step("q1", "[linux/amd64 build 1/2] Waiting for a runner: ubuntu-24.04").run("q1", 0, 5);
        events.step("m1", "[linux/amd64 build 2/2] make", {"q1"}).begin("m1", 5);
        events.step("q2", "[linux/arm64 build 1/2] Waiting for a runner: ubuntu-24.04-arm").begin("q2", 0);
        events.step("r", "[linux/arm64 app 1/1] RUN Waiting for a runner").begin("r", 1);
        add(store, events);
        const BuildId id = store.builds().ids().front();
        selection.setBuild(id);
        const TimelineModel model(store, selection, clock);
        const TimelineLane* amd = laneNamed(model, "amd64");
        const TimelineLane* arm = laneNamed(model, "arm64");
        QVERIFY(amd->spans[0].look == Look::Waiting);
        QVERIFY(amd->spans[1].look == Look::Running);
        QVERIFY(arm->spans[0].look == Look::Waiting);
        QVERIFY(arm->spans[1].look == Look::Running); // an instruction's words are nobody's queue
        QVERIFY(strongerLook(Look::Waiting, Look::Rebuilt) == Look::Rebuilt);
    }

    void labelsOfHostileNamesAreShortAndOnOneLine()
    {
        for (const std::string& name : {std::string(), std::string(5'000'000, 'x'), std::string("[app 1/2] RUN <<EOF\nset -e\nmake\nEOF"), std::string("\xff\xfe" "bad"), std::string("[app 1/1] RUN "), std::string("[app 1/1] COPY --from=")}) {
            Step step;
            step.name = name;
            step.parsed = parseStepName(name);
            for (const QString& label : stepLabels(step, BuildText(Build{}))) {
                QVERIFY(label.size() <= 160);
                QVERIFY(!label.contains(QLatin1Char('\n')));
                QVERIFY(!label.isEmpty());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTimelineModel)
#include "test_timeline_model.moc"
