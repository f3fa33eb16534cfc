// Estimates against the real end, over many builds on a simulated machine of few cores that others use, too.
#include "analysis/backtest.h"

#include "domain/build_set.h"
#include "support/event_builder.h"

#include <QTest>

#include <random>

using namespace layerline;
using test::EventBuilder;

namespace {

const std::vector<double> shares{0.25, 0.5, 0.75};

/// A build of three stages on two platforms, arm64 emulated: what its commands would take on an idle machine.
struct Job {
    std::string ref;
    double begin = 0;
    double slow = 1;        ///< what else the machine does all the time
    bool setupCached = false;
    double noise = 0;
};

struct Command {
    std::string digest, name;
    std::vector<std::size_t> after;
    double left;
    double begin = -1, end = -1;
    bool cached = false;
};

std::vector<Command> commandsOf(const Job& job, std::mt19937& random)
{
    std::uniform_real_distribution<double> spread(1 - job.noise, 1 + job.noise);
    std::vector<Command> commands;
    for (const auto& [arch, factor] : {std::pair<std::string, double>{"amd64", 1}, {"arm64", 5}}) {
        const std::size_t first = commands.size();
        const auto add = [&, arch = arch, factor = factor](const char* name, double work, std::vector<std::size_t> after) {
            commands.push_back({arch + name, "[linux/" + arch + " stage-0 2/5] RUN " + name, std::move(after), work * factor * job.slow * spread(random)});
        };
        add("setup", 2, {});
        add("deps", 8, {first});
        add("assets", 6, {first});
        add("docs", 4, {first});
        add("app", 5, {first + 1, first + 2, first + 3});
        commands[first].cached = job.setupCached;
    }
    return commands;
}

/// Processor sharing in small steps of time, all jobs on one machine.
void simulate(BuildSet& set, const std::vector<Job>& jobs, int cores, std::mt19937& random)
{
    std::vector<std::vector<Command>> all;
    for (const Job& job : jobs)
        all.push_back(commandsOf(job, random));
    constexpr double tick = 0.02;
    bool busy = true;
    for (double time = jobs.front().begin; busy; time += tick) {
        std::vector<Command*> running;
        busy = false;
        for (std::size_t j = 0; j < jobs.size(); ++j) {
            for (Command& command : all[j]) {
                if (command.end >= 0)
                    continue;
                busy = true;
                const bool ready = jobs[j].begin <= time && std::all_of(command.after.begin(), command.after.end(), [&](std::size_t input) { return all[j][input].end >= 0; });
                if (!ready)
                    continue;
                if (command.begin < 0)
                    command.begin = time;
                if (command.cached)
                    command.end = time;
                else
                    running.push_back(&command);
            }
        }
        for (Command* command : running) {
            command->left -= tick * std::min(1.0, double(cores) / double(running.size()));
            if (command->left <= 0)
                command->end = time + tick;
        }
    }
    for (std::size_t j = 0; j < jobs.size(); ++j) {
        EventBuilder builder(jobs[j].ref);
        builder.started(jobs[j].begin, "multi");
        double end = 0;
        for (const Command& command : all[j]) {
            std::vector<std::string> inputs;
            for (const std::size_t input : command.after)
                inputs.push_back(all[j][input].digest);
            builder.step(command.digest, command.name, inputs).run(command.digest, command.begin, command.end, command.cached);
            end = std::max(end, command.end);
        }
        builder.completed(end + 0.5).into(set);
    }
}

std::vector<const Build*> all(const BuildSet& set)
{
    std::vector<const Build*> builds;
    for (const BuildId& id : set.ids())
        builds.push_back(set.find(id));
    return builds;
}

/// The first build teaches, it is not asked.
PredictionQuality quality(const BuildSet& set, bool adapt, double share = -1)
{
    return qualityOf(backtest(all(set), shares, 0, adapt), share);
}

void report(const char* what, const BuildSet& set)
{
    for (const double share : shares) {
        const auto before = quality(set, false, share), after = quality(set, true, share);
        qInfo("%-28s at %2.0f %%: median error %5.1f s (%4.1f %%) as in the past, %5.1f s (%4.1f %%) now; in the range %d and %d of %d", what, share * 100, before.error.seconds(),
              100 * before.relative, after.error.seconds(), 100 * after.relative, before.within, after.within, after.said);
    }
}

} // namespace

class TestBacktest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asItWas();
    void likeThePastStaysExact();
    void aBusyMachineEndsLater();
    void buildsBesideEachOther();
    void qualityCounts();
};

void TestBacktest::asItWas()
{
    BuildSet set;
    EventBuilder builder("one");
    builder.started(0);
    builder.step("a", "[stage-0 1/3] RUN a").step("b", "[stage-0 2/3] RUN b", {"a"}).step("c", "[stage-0 3/3] RUN c", {"b"});
    builder.run("a", 0, 10).run("b", 10, 20, true).run("c", 20, 30).completed(30);
    const Build& build = builder.into(set);
    const Build early = asOf(build, EventBuilder::at(5));
    QCOMPARE(early.status(), BuildStatus::Running);
    QCOMPARE(stateOf(early, early.steps[0]), StepState::Running);
    QCOMPARE(stateOf(early, early.steps[1]), StepState::Pending);
    QCOMPARE(durationOf(early, early.steps[0], EventBuilder::at(5)), Duration{5'000'000'000});
    const Build later = asOf(build, EventBuilder::at(25));
    QCOMPARE(stateOf(later, later.steps[0]), StepState::Completed);
    QCOMPARE(stateOf(later, later.steps[1]), StepState::Cached);
    QCOMPARE(stateOf(later, later.steps[2]), StepState::Running);
    QCOMPARE(build.status(), BuildStatus::Completed);
    QCOMPARE(commandsAt(build, EventBuilder::at(25)), 1);
    QCOMPARE(commandsAt(build, EventBuilder::at(35)), 0);
}

void TestBacktest::likeThePastStaysExact()
{
    BuildSet set;
    std::mt19937 random(1);
    for (int i = 0; i < 6; ++i)
        simulate(set, {{"same" + std::to_string(i), 1000.0 * i}}, 2, random);
    const auto after = quality(set, true);
    QCOMPARE(after.asked, 18);
    QCOMPARE(after.said, 17); // nothing to go by for the first, until amd64 has told of arm64
    QVERIFY2(after.relative < 0.03, qPrintable(QString::number(after.relative)));
}

/// The machine is two to four times slower on some days: the first steps tell, the past does not.
void TestBacktest::aBusyMachineEndsLater()
{
    BuildSet set;
    std::mt19937 random(2);
    std::uniform_real_distribution<double> load(1, 4);
    for (int i = 0; i < 40; ++i)
        simulate(set, {{"busy" + std::to_string(i), 2000.0 * i, load(random), i % 3 == 2, 0.1}}, 2, random);
    report("busy machine", set);
    for (const double share : {0.5, 0.75})
        QVERIFY(quality(set, true, share).relative < 0.6 * quality(set, false, share).relative);
    QVERIFY(quality(set, true, 0.25).relative < quality(set, false, 0.25).relative);
}

/// Up to three builds on two cores, after a past in which each was alone.
void TestBacktest::buildsBesideEachOther()
{
    BuildSet set;
    std::mt19937 random(3);
    for (int i = 0; i < 30; ++i) {
        std::vector<Job> jobs;
        for (int j = 0; j <= i % 3; ++j)
            jobs.push_back({"beside" + std::to_string(i) + '-' + std::to_string(j), 2000.0 * i + 10 * j, 1, false, 0.1});
        simulate(set, jobs, 2, random);
    }
    report("builds beside each other", set);
    const auto before = quality(set, false), after = quality(set, true);
    QVERIFY(after.relative < before.relative);
    QVERIFY2(after.within > before.within + before.said / 10, "the range must know that others are there");
}

void TestBacktest::qualityCounts()
{
    const auto seconds = [](double value) { return Duration{std::int64_t(value * 1e9)}; };
    const DurationRange range{seconds(8), seconds(10), seconds(12)};
    const std::vector<Prediction> predictions{{0, 0.5, seconds(11), range}, {1, 0.5, seconds(20), range}, {2, 0.5, seconds(10), {}}, {3, 0.75, seconds(10), range}};
    const auto half = qualityOf(predictions, 0.5);
    QCOMPARE(half.asked, 3);
    QCOMPARE(half.said, 2);
    QCOMPARE(half.within, 1);
    QCOMPARE(half.error, seconds(5.5));
    QCOMPARE(qualityOf(predictions, -1).asked, 4);
    QCOMPARE(qualityOf({}, -1).error, Duration{});
}

QTEST_GUILESS_MAIN(TestBacktest)
#include "test_backtest.moc"
