// Replay: order and time of what is told, speed, seeking, the recording's clock; ticked by hand, never by sleeping.
#include "domain/summary.h"
#include "sources/files/build_file.h"
#include "sources/replay/replay.h"
#include "support/event_builder.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <optional>
#include <set>

using namespace layerline;
using test::EventBuilder;

namespace {

constexpr Duration sec(double s) { return {std::int64_t(s * 1e9)}; }

/// A build of 10 s: a runs 0-2, b (after a) 3-8 with logs at 4 and 6 and a transfer, c is cached at 1.
EventBatch sample()
{
    EventBuilder builder("ref", "file:x");
    builder.started(0).step("a", "[linux/amd64 1/2] FROM x").step("b", "[linux/amd64 2/2] RUN y", {"a"}).step("c", "[linux/arm64 1/2] FROM x");
    builder.run("a", 0, 2).run("c", 1, 1, true).begin("b", 3).log("b", 4, "one\n").transfer("b", "blob", 5, 10, 5).log("b", 6, "two\n").run("b", 3, 8);
    builder.completed(10);
    return builder.batch();
}

/// A store driven by a replay, and every batch it told.
struct Listener {
    Listener(const std::vector<EventBatch>& batches, Timestamp wall = EventBuilder::at(1'000'000)) : clock(wall), replay(batches, clock)
    {
        QObject::connect(&replay, &Replay::batch, &replay, [this](const EventBatchPtr& batch) {
            for (const Event& event : batch->events)
                told.push_back(event);
            set.apply(*batch);
        });
        QObject::connect(&replay, &Replay::restarted, &replay, [this] {
            ++restarts;
            told.clear();
            set = BuildSet();
        });
    }
    void pass(double seconds)
    {
        clock.set(clock.now() + sec(seconds));
        replay.advanceTo(clock.now());
    }
    const Build& build() const { return *set.find(set.ids().front()); }
    StepState state(const char* digest) const { return stateOf(build(), build().step(build().find(0, StepDigest(digest)))); }
    std::size_t lines(const char* digest) const { return build().step(build().find(0, StepDigest(digest))).log->lineCount(); }

    FixedClock clock;
    Replay replay;
    BuildSet set;
    std::vector<Event> told;
    int restarts = 0;
};

/// What the reducer made of a build, as text, to compare two of them.
std::string print(const Build& build)
{
    std::map<std::string, std::string> steps;
    for (const Step& step : build.steps) {
        std::string text = step.name + "|" + toString(stateOf(build, step)) + "|" + toString(cacheOf(build, step)) + "|" + step.error;
        for (const Interval& interval : step.intervals)
            text += "|" + std::to_string(interval.started.ns) + "-" + std::to_string(interval.completed.value_or(Timestamp{}).ns);
        for (const StepDigest& input : step.inputs)
            text += "<" + input.str();
        for (std::size_t i = 0; i < step.log->lineCount(); ++i)
            text += "\n" + std::string(step.log->line(i).text);
        for (const Transfer& transfer : step.transfers)
            text += "\n" + transfer.id + " " + std::to_string(transfer.current) + "/" + std::to_string(transfer.total);
        text += step.runsOn ? " on " + step.runsOn->str() : "";
        for (const Platform& platform : step.neededBy)
            text += " for " + platform.str();
        steps[step.digest.str()] = text;
    }
    std::string all = std::string(toString(build.status())) + " " + build.name() + " warnings " + std::to_string(build.warnings.size()) + "\n";
    for (const auto& [digest, text] : steps)
        all += digest + " " + text + "\n";
    return all;
}

} // namespace

class TestReplay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysNothingByItself();
    void tellsInTime();
    void pendingBeforeRunning();
    void speed_data();
    void speed();
    void seeksForwards();
    void seeksBackwards();
    void pauses();
    void endsAndBeginsAgain();
    void movesTheClock();
    void joinedStepsBeginWithTheBuild();
    void buildsFarApartMoveTogether();
    void unendedRecordingStaysLost();
    void emptyRecording();
    void timerRuns();
    void recordings_data();
    void recordings();
};

void TestReplay::saysNothingByItself()
{
    Listener listener({sample()});
    QCOMPARE(listener.replay.length(), sec(10));
    QCOMPARE(listener.replay.position(), Duration{});
    QVERIFY(!listener.replay.isPlaying());
    QVERIFY(listener.told.empty());
    listener.replay.seek({});
    QCOMPARE(listener.build().status(), BuildStatus::Running);
    QVERIFY(!listener.build().error());
}

void TestReplay::tellsInTime()
{
    Listener listener({sample()});
    listener.replay.play();
    listener.pass(0.5);
    QCOMPARE(listener.state("a"), StepState::Running);
    listener.pass(1);
    QCOMPARE(listener.state("c"), StepState::Cached);
    listener.pass(1);
    QCOMPARE(listener.state("a"), StepState::Completed);
    listener.pass(1);
    QCOMPARE(listener.state("b"), StepState::Running);
    QCOMPARE(listener.lines("b"), std::size_t(0));
    listener.pass(1);
    QCOMPARE(listener.lines("b"), std::size_t(1));
    listener.pass(3.2); // 7.7
    QCOMPARE(listener.lines("b"), std::size_t(2));
    QCOMPARE(listener.build().step(listener.build().find(0, StepDigest("b"))).transfers.size(), std::size_t(1));
    listener.pass(1); // 8.7
    QCOMPARE(listener.state("b"), StepState::Completed);
    QCOMPARE(listener.build().status(), BuildStatus::Running);
    listener.pass(2);
    QCOMPARE(listener.build().status(), BuildStatus::Completed);
    QVERIFY(!listener.replay.isPlaying());
    BuildSet direct;
    direct.apply(sample());
    QCOMPARE(print(listener.build()), print(*direct.find(direct.ids().front())));
}

void TestReplay::pendingBeforeRunning()
{
    // Announced for the first time when already complete, as a file's last word may be.
    EventBuilder builder;
    builder.started(0);
    ev::StepUpdated step;
    step.digest = StepDigest("x");
    step.name = "late";
    step.started = EventBuilder::at(2);
    step.completed = EventBuilder::at(4);
    builder.event(step).completed(5);
    Listener listener({builder.batch()});
    listener.replay.seek(sec(5));
    int stage = 0; // 1 pending, 2 running, 3 completed
    for (const Event& event : listener.told) {
        const auto* update = std::get_if<ev::StepUpdated>(&event);
        if (!update)
            continue;
        QCOMPARE(update->completed ? 3 : update->started ? 2 : 1, ++stage);
    }
    QCOMPARE(stage, 3);
    QVERIFY(std::holds_alternative<ev::RecordUpdated>(listener.told.front()));
    QVERIFY(!std::get<ev::RecordUpdated>(listener.told.front()).complete);
    QVERIFY(std::get<ev::RecordUpdated>(listener.told.back()).complete);
}

void TestReplay::speed_data()
{
    QTest::addColumn<double>("wanted");
    QTest::addColumn<double>("real");
    QTest::newRow("quarter") << 0.25 << 0.25;
    QTest::newRow("one") << 1.0 << 1.0;
    QTest::newRow("four") << 4.0 << 4.0;
    QTest::newRow("too slow") << 0.01 << 0.25;
    QTest::newRow("too fast") << 1000.0 << 64.0;
}

void TestReplay::speed()
{
    QFETCH(double, wanted);
    QFETCH(double, real);
    Listener listener({sample()});
    listener.replay.setSpeed(wanted);
    QCOMPARE(listener.replay.speed(), real);
    listener.replay.play();
    listener.pass(0.125);
    QCOMPARE(listener.replay.position(), sec(0.125 * real));
    // A change of speed counts from where it happens.
    listener.clock.set(listener.clock.now() + sec(0.0625));
    listener.replay.setSpeed(1);
    QCOMPARE(listener.replay.position(), sec(0.1875 * real > 10 ? 10 : 0.1875 * real));
}

void TestReplay::seeksForwards()
{
    Listener listener({sample()});
    QSignalSpy moved(&listener.replay, &Replay::positionChanged);
    listener.replay.seek(sec(4.5));
    QCOMPARE(listener.restarts, 0);
    QCOMPARE(moved.count(), 1);
    QCOMPARE(listener.state("b"), StepState::Running);
    QCOMPARE(listener.lines("b"), std::size_t(1));
    listener.replay.seek(sec(100));
    QCOMPARE(listener.replay.position(), sec(10));
    QCOMPARE(listener.build().status(), BuildStatus::Completed);
}

void TestReplay::seeksBackwards()
{
    Listener listener({sample()});
    listener.replay.seek(sec(10));
    listener.replay.seek(sec(3.5));
    QCOMPARE(listener.restarts, 1);
    QCOMPARE(listener.build().status(), BuildStatus::Running);
    QCOMPARE(listener.state("b"), StepState::Running);
    QCOMPARE(listener.state("a"), StepState::Completed);
    QCOMPARE(listener.lines("b"), std::size_t(0));
    listener.replay.seek(sec(-5));
    QCOMPARE(listener.replay.position(), Duration{});
}

void TestReplay::pauses()
{
    Listener listener({sample()});
    QSignalSpy playing(&listener.replay, &Replay::playingChanged);
    listener.replay.play();
    listener.replay.play();
    listener.pass(1.5);
    listener.replay.pause();
    listener.replay.pause();
    QCOMPARE(playing.count(), 2);
    listener.pass(60);
    QCOMPARE(listener.replay.position(), sec(1.5));
    listener.replay.play();
    listener.pass(1);
    QCOMPARE(listener.replay.position(), sec(2.5));
}

void TestReplay::endsAndBeginsAgain()
{
    Listener listener({sample()});
    QSignalSpy finished(&listener.replay, &Replay::finished);
    listener.replay.play();
    listener.pass(100);
    QCOMPARE(finished.count(), 1);
    QVERIFY(!listener.replay.isPlaying());
    listener.replay.play();
    QCOMPARE(listener.restarts, 1);
    QCOMPARE(listener.replay.position(), Duration{});
    QVERIFY(listener.replay.isPlaying());
    QCOMPARE(listener.build().status(), BuildStatus::Running);
}

void TestReplay::movesTheClock()
{
    Listener listener({sample()});
    listener.replay.setSpeed(2);
    listener.replay.play();
    for (int i = 1; i <= 4; ++i) {
        listener.pass(1);
        QCOMPARE(nowOf(listener.build(), listener.clock.now()), EventBuilder::at(2 * i));
    }
    listener.replay.pause();
    listener.pass(7);
    QCOMPARE(nowOf(listener.build(), listener.clock.now()), EventBuilder::at(8));
    listener.replay.seek(sec(1));
    QCOMPARE(nowOf(listener.build(), listener.clock.now()), EventBuilder::at(1));
    // At the recorded pace the distance of the clocks is constant: nothing to say, nothing to repaint.
    listener.replay.setSpeed(1);
    listener.replay.play();
    listener.pass(0.1);
    const std::size_t said = listener.told.size();
    listener.pass(0.1);
    QCOMPARE(listener.told.size(), said);
}

void TestReplay::joinedStepsBeginWithTheBuild()
{
    EventBuilder builder;
    builder.started(5).step("j", "[1/1] RUN x").run("j", 1, 7).completed(9);
    Listener listener({builder.batch()});
    QCOMPARE(listener.replay.length(), sec(4));
    listener.replay.seek(sec(1));
    QCOMPARE(listener.state("j"), StepState::Running);
    QCOMPARE(cacheOf(listener.build(), listener.build().steps.front()), CacheState::Joined);
}

void TestReplay::buildsFarApartMoveTogether()
{
    EventBuilder first("one"), second("two"), third("three");
    first.started(0).step("a", "x").run("a", 0, 5).completed(5);
    second.started(3600).step("a", "x").run("a", 3600, 3605).completed(3605);
    third.started(3602).step("a", "x").run("a", 3602, 3610).completed(3610);
    Listener listener({first.batch(), third.batch(), second.batch()});
    QCOMPARE(listener.replay.length(), sec(5 + 2 + 10));
    listener.replay.seek(sec(6));
    QCOMPARE(listener.set.size(), std::size_t(1));
    listener.replay.seek(sec(10));
    QCOMPARE(listener.set.size(), std::size_t(3));
    QCOMPARE(nowOf(*listener.set.findByRef("two"), listener.clock.now()), EventBuilder::at(3603));
    QCOMPARE(nowOf(*listener.set.findByRef("three"), listener.clock.now()), EventBuilder::at(3603));
}

void TestReplay::unendedRecordingStaysLost()
{
    EventBuilder builder;
    builder.started(0).step("a", "x").begin("a", 1).log("a", 4, "text\n").event(ev::ConnectionChanged{true, "cut", 0});
    Listener listener({builder.batch()});
    listener.replay.seek(sec(2));
    QCOMPARE(listener.build().status(), BuildStatus::Running);
    listener.replay.play();
    listener.pass(3);
    QCOMPARE(listener.build().status(), BuildStatus::Lost);
}

void TestReplay::emptyRecording()
{
    Listener listener(std::vector<EventBatch>{});
    QCOMPARE(listener.replay.length(), Duration{});
    listener.replay.play();
    listener.pass(1);
    QVERIFY(!listener.replay.isPlaying());
    EventBatch bare;
    bare.record = {"w", "r"};
    bare.events.emplace_back(ev::RecordUpdated{});
    Listener timeless({bare});
    timeless.replay.seek({});
    QCOMPARE(timeless.set.size(), std::size_t(1));
}

void TestReplay::timerRuns()
{
    // The only test with a running clock: it waits for a signal, not for a time.
    SystemClock clock;
    Replay replay({sample()}, clock);
    QSignalSpy finished(&replay, &Replay::finished);
    replay.seek(sec(9.9));
    replay.setSpeed(64);
    replay.play();
    QVERIFY(finished.wait(5000));
}

void TestReplay::recordings_data()
{
    QTest::addColumn<QString>("path");
    for (const char* folder : {"/resources/recordings", "/tests/data/recordings"}) {
        const QDir dir(QStringLiteral(LAYERLINE_SOURCE_DIR) + QLatin1String(folder));
        for (const QString& name : dir.entryList({QStringLiteral("*.dockerbuild"), QStringLiteral("*.rawjson"), QStringLiteral("*.txt")}, QDir::Files))
            QTest::newRow(qPrintable(name)) << dir.filePath(name);
    }
}

/// Played in small portions, a recording leaves the same build as opened at once; on the way nothing runs that was
/// not pending before, and the counters never fall.
void TestReplay::recordings()
{
    QFETCH(QString, path);
    const auto file = openBuildFile(path.toStdString());
    QVERIFY2(file.ok(), file.ok() ? "" : file.error().detail.c_str());
    BuildSet direct;
    for (const EventBatch& batch : file->batches)
        direct.apply(batch);
    Listener listener(file->batches);
    listener.replay.play();
    Counters last;
    std::set<StepDigest> pending, running;
    std::size_t checked = 0;
    while (listener.replay.isPlaying()) {
        listener.pass(listener.replay.length().seconds() / 200);
        for (; checked < listener.told.size(); ++checked) {
            const auto* update = std::get_if<ev::StepUpdated>(&listener.told[checked]);
            if (!update)
                continue;
            if (!update->started)
                pending.insert(update->digest);
            else
                QVERIFY2(pending.count(update->digest), update->name.c_str());
        }
        const Counters now = countersOf(listener.build());
        QVERIFY(now.total >= last.total && now.completed >= last.completed && now.cached >= last.cached);
        last = now;
    }
    QCOMPARE(listener.set.size(), direct.size());
    for (const BuildId& id : direct.ids())
        QCOMPARE(print(*listener.set.find(id)), print(*direct.find(id)));
}

QTEST_GUILESS_MAIN(TestReplay)
#include "test_replay.moc"
