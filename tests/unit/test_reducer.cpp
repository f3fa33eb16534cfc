#include "support/event_builder.h"

#include "domain/summary.h"

#include <QTest>
#include <random>

using namespace layerline;
using test::EventBuilder;

namespace {

/// Everything a person could see of a build, as text.
std::string print(const Build& build)
{
    std::string out = std::string(toString(build.status())) + "\n";
    std::map<std::string, const Step*> sorted;
    for (const Step& step : build.steps)
        sorted[step.digest.str()] = &step;
    for (const auto& [digest, step] : sorted) {
        out += digest + " " + toString(stateOf(build, *step)) + " " + toString(cacheOf(build, *step));
        for (const Interval& interval : step->intervals)
            out += " " + std::to_string(interval.started.ns) + "-" + std::to_string(interval.completed ? interval.completed->ns : 0);
        for (std::size_t i = 0; i < step->log->lineCount(); ++i)
            out += " '" + std::string(step->log->line(i).text) + "'";
        for (const Transfer& transfer : step->transfers)
            out += " " + transfer.id + "=" + std::to_string(transfer.current) + "/" + std::to_string(transfer.total);
        out += " " + step->error + "\n";
    }
    const Counters c = countersOf(build);
    return out + std::to_string(c.total) + "/" + std::to_string(c.completed) + "/" + std::to_string(c.cached);
}

EventBuilder sample()
{
    EventBuilder b;
    b.started(0);
    b.step("a", "[base 1/2] FROM x").run("a", 0.1, 0.2, true);
    b.step("b", "[base 2/2] RUN make", {"a"}).begin("b", 0.3).log("b", 0.4, "hello ").log("b", 0.5, "world\n").log("b", 0.5, "oops\n", 2);
    b.transfer("b", "blob", 10, 100, 0.5).transfer("b", "blob", 100, 100, 0.6);
    b.run("b", 0.3, 1.5);
    b.step("c", "exporting to image").run("c", 1.5, 2);
    b.completed(2.1);
    return b;
}

} // namespace

class TestReducer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void states()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("p", "[1/4] RUN p").step("r", "[2/4] RUN r").begin("r", 1);
        b.step("f", "[3/4] RUN f").run("f", 1, 2, false, "process \"/bin/sh -c false\" did not complete successfully: exit code: 1");
        b.step("k", "[4/4] RUN k").run("k", 1, 2, false, "process x: context canceled");
        b.step("c", "[5/4] COPY").run("c", 1, 1, true);
        const Build& build = b.into(set);
        const auto state = [&](const char* digest) { return std::string(toString(stateOf(build, build.step(build.find(0, StepDigest(digest)))))); };
        QCOMPARE(state("p"), std::string("pending"));
        QCOMPARE(state("r"), std::string("running"));
        QCOMPARE(state("f"), std::string("failed"));
        QCOMPARE(state("k"), std::string("canceled"));
        QCOMPARE(state("c"), std::string("cached"));
        QCOMPARE(build.status(), BuildStatus::Running);
    }
    void aRepeatedPendingAnnouncementDoesNotReset()
    {
        BuildSet set;
        const Build& build = EventBuilder().started(0).step("a", "[1/1] RUN x").run("a", 1, 2).step("a", "[1/1] RUN x").into(set);
        QCOMPARE(stateOf(build, build.steps[0]), StepState::Completed);
    }
    void aStepMayRunAgain()
    {
        BuildSet set;
        EventBuilder b;
        const Build& build = b.started(0).step("a", "[1/1] RUN x").run("a", 1, 2, false, "boom").begin("a", 3).into(set);
        QCOMPARE(build.steps[0].intervals.size(), std::size_t(2));
        QCOMPARE(stateOf(build, build.steps[0]), StepState::Running);
        QCOMPARE(durationOf(build, build.steps[0], EventBuilder::at(5)).ms(), std::int64_t(3000));
    }
    void joinedStepsAreClamped()
    {
        BuildSet set;
        const Build& build = EventBuilder().started(10).step("a", "[1/1] RUN x").run("a", 4, 12).into(set);
        QCOMPARE(cacheOf(build, build.steps[0]), CacheState::Joined);
        QCOMPARE(durationOf(build, build.steps[0], EventBuilder::at(20)).ms(), std::int64_t(2000));
    }
    void theEndCutsOffWhatRuns()
    {
        BuildSet set;
        const Build& build = EventBuilder().started(0).step("a", "[1/1] RUN x").begin("a", 1).completed(2, 1, "context canceled").into(set);
        QCOMPARE(build.status(), BuildStatus::Canceled);
        QCOMPARE(stateOf(build, build.steps[0]), StepState::Canceled);
    }
    void startedNeverReopens()
    {
        BuildSet set;
        EventBuilder b;
        b.completed(2).started(0); // COMPLETE came first
        const Build& build = b.into(set);
        QCOMPARE(build.status(), BuildStatus::Completed);
        QVERIFY(build.started());
    }
    void anOlderGenerationSaysNothingAboutTheEnd()
    {
        BuildSet set;
        EventBuilder b;
        ev::RecordUpdated newer;
        newer.complete = true;
        newer.generation = 3;
        newer.completed = EventBuilder::at(9);
        ev::RecordUpdated older = newer;
        older.generation = 2;
        older.completed = EventBuilder::at(1);
        older.error = BuildError{2, "old"};
        const Build& build = b.event(newer).event(older).into(set);
        QCOMPARE(build.status(), BuildStatus::Completed);
        QVERIFY(*build.completed() == EventBuilder::at(9));
    }
    void connectionLossShowsAndHeals()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("a", "[1/1] RUN x").begin("a", 1);
        QCOMPARE(b.event(ev::ConnectionChanged{true, "gone", 0}).into(set).status(), BuildStatus::Lost);
        QCOMPARE(b.event(ev::ConnectionChanged{false, {}, 5}).into(set).status(), BuildStatus::Running);
        QCOMPARE(b.event(ev::ConnectionChanged{true, "gone", 0}).completed(3).into(set).status(), BuildStatus::Completed);
    }
    void unknownDigestsAreSkipped()
    {
        BuildSet set;
        const Build& build = EventBuilder().started(0).log("nobody", 1, "x\n").transfer("nobody", "t", 1, 2, 1).into(set);
        QVERIFY(build.steps.empty());
    }
    void aFullReplayChangesNothing()
    {
        BuildSet set;
        const EventBuilder b = sample();
        const Build& build = b.into(set);
        const std::string before = print(build);
        const auto revision = build.revision;
        const auto [id, change] = set.apply(b.batch());
        QCOMPARE(print(build), before);
        QCOMPARE(build.revision, revision);
        QCOMPARE(change.flags, std::uint32_t(Change::None));
    }
    /// Any prefix may have been seen before the connection broke and everything came again.
    void everyBreakHeals()
    {
        const EventBatch all = sample().batch();
        BuildSet whole;
        const std::string expected = print(*whole.find(whole.apply(all).first));
        for (std::size_t cut = 0; cut <= all.events.size(); ++cut) {
            BuildSet set;
            EventBatch head{all.record, {all.events.begin(), all.events.begin() + long(cut)}};
            set.apply(head);
            const auto [id, change] = set.apply(all);
            QCOMPARE(print(*set.find(id)), expected);
        }
    }
    /// Vertices of one step may be told in any order once the step is known; the end state is the same.
    void orderOfStepMessagesDoesNotMatter()
    {
        const EventBatch all = sample().batch();
        BuildSet whole;
        const std::string expected = print(*whole.find(whole.apply(all).first));
        std::mt19937 random(1);
        for (int round = 0; round < 200; ++round) {
            EventBatch mixed = all;
            std::stable_partition(mixed.events.begin(), mixed.events.end(), [](const Event& e) { return std::holds_alternative<ev::StepUpdated>(e); });
            const auto steps = std::count_if(mixed.events.begin(), mixed.events.end(), [](const Event& e) { return std::holds_alternative<ev::StepUpdated>(e); });
            std::shuffle(mixed.events.begin(), mixed.events.begin() + steps, random);
            BuildSet set;
            const auto [id, change] = set.apply(mixed);
            QCOMPARE(print(*set.find(id)), expected);
        }
    }
    void capsHold()
    {
        Build build;
        build.records.emplace_back();
        build.stepByDigest.emplace_back();
        Caps caps;
        caps.steps = 2;
        caps.transfersPerStep = 1;
        caps.logBytes = 5;
        for (const char* digest : {"a", "b", "c"}) {
            ev::StepUpdated step;
            step.digest = StepDigest(digest);
            reduce(build, 0, step, caps);
        }
        QCOMPARE(build.steps.size(), std::size_t(2));
        for (const char* id : {"x", "y"}) {
            ev::TransferUpdated transfer;
            transfer.step = StepDigest("a");
            transfer.id = id;
            reduce(build, 0, transfer, caps);
        }
        QCOMPARE(build.steps[0].transfers.size(), std::size_t(1));
        QCOMPARE(build.steps[0].transfersFolded, std::uint64_t(1));
        reduce(build, 0, ev::LogAppended{StepDigest("a"), 1, 0, {}, "123456"}, caps);
        QVERIFY(build.steps[0].log->empty());
    }
};

QTEST_APPLESS_MAIN(TestReducer)
#include "test_reducer.moc"
