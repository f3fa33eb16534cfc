#include "analysis/estimate.h"

#include "analysis/prediction.h"
#include "analysis/schedule.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <unordered_map>

namespace layerline {

namespace {

constexpr int fewestForSlow = 3;                       ///< a range of less says nothing about what is unusual
constexpr std::int64_t shortestCompared = 100'000'000; ///< ns; below it a factor is noise
constexpr std::int64_t slowMargin = 5'000'000'000;     ///< ns beyond the range that nobody calls stuck
constexpr double paceInertia = 0.1;                    ///< share of a past build's commands that counts as usual pace
constexpr double slowestPace = 4, fastestPace = 0.25;  ///< beyond it is another thing than a busy machine
constexpr double mostDoubt = 0.5;                      ///< share a range is widened at most because the pace may change
constexpr double mostOverdue = 2;                      ///< times its usual time a running step may count: it may be stuck

bool ended(StepState state)
{
    return state != StepState::Pending && state != StepState::Running;
}

Duration scaled(Duration time, double factor)
{
    return {std::int64_t(std::llround(double(time.ns) * factor))};
}

/// The platforms in a laneKey().
std::string neededByOf(const std::string& key)
{
    return key.substr(key.rfind('\n') + 1);
}

DurationRange rangeOf(const std::vector<Duration>& values)
{
    return {quantileOf(values, 0.1), quantileOf(values, 0.5), quantileOf(values, 0.9)};
}

/// The same with a doubt about all of them.
DurationRange rangeOf(const std::vector<Duration>& values, double doubt)
{
    DurationRange range = rangeOf(values);
    range.low = scaled(range.low, std::exp(-doubt));
    range.high = scaled(range.high, std::exp(doubt));
    return range;
}

DurationRange predicted(const std::vector<Duration>& ends, double doubt, Duration running)
{
    const DurationRange range = rangeOf(ends, doubt);
    return widened(range, ends.size(), range.median + running);
}

/// All that does not depend on which past build is looked at.
class Estimator {
public:
    Estimator(const Build& build, const std::vector<BuildTimes>& past, Timestamp now, const BuilderLoad& load);
    BuildEstimate estimate();

private:
    struct Known {
        StepState state = StepState::Pending;
        Duration elapsed;
        std::string key, plainKey;            ///< laneKey(), argumentlessKey()
        std::vector<Duration> samples;        ///< what it took in past builds
        std::optional<Duration> sibling;      ///< from another platform of this build
        bool willRun = false;                 ///< ran, runs, or something below it does
    };
    /// How much slower this build's commands are than the same ones of a past build.
    struct Pace {
        double factor = 1;
        double doubt = 0; ///< natural logarithm of how far it may be off: it differs between steps, and what slows may end
    };
    /// From now on, as in one past build.
    struct Run {
        std::vector<std::optional<Duration>> finish; ///< per step; empty: unknown
        std::optional<Duration> left;
        Pace pace;
        bool sibling = false;
    };

    /// stepKey() -> time of what ended on a native platform of this build.
    using NativeTimes = std::unordered_map<std::string, Duration>;
    void orderSteps();
    void gather();
    void findSiblings();
    void noteWhatRuns();
    std::optional<double> factorOf(const Platform& platform, const NativeTimes& native) const;
    Pace paceOf(const BuildTimes& past) const;
    std::optional<Duration> expected(std::size_t step, const BuildTimes* past, double pace, bool& sibling) const;
    bool announced(const BuildTimes& past) const;
    bool wants(const std::string& neededBy) const;
    Run run(const BuildTimes* past) const;
    std::optional<Duration> tailOf(const BuildTimes* past) const;
    Duration longestRunning(const Platform* platform) const;
    static double doubtOf(const std::vector<Run>& runs);
    void addLanes(const std::vector<Run>& runs, BuildEstimate& estimate) const;
    void addSteps(BuildEstimate& estimate) const;
    void widen(BuildEstimate& estimate) const;

    const Build& m_build;
    const std::vector<BuildTimes>& m_past;
    const Timestamp m_now;
    const BuilderLoad m_load;
    const int m_places; ///< commands at full speed; 0: any number
    std::vector<StepIndex> m_order; ///< inputs first; steps on a cycle (damaged input) are left out
    std::vector<Known> m_known;
    std::map<std::string, std::set<std::string>> m_keys; ///< of the steps there are, by whom they are for
    std::set<std::string> m_begun;                       ///< those of them with a step of the Dockerfile
};

Estimator::Estimator(const Build& build, const std::vector<BuildTimes>& past, Timestamp now, const BuilderLoad& load)
    : m_build(build), m_past(past), m_now(now), m_load(load), m_places(load.adapt ? placesOn(past, load) : 0)
{
    orderSteps();
    gather();
    findSiblings();
    noteWhatRuns();
}

void Estimator::orderSteps()
{
    std::vector<std::size_t> open(m_build.steps.size());
    for (std::size_t i = 0; i < m_build.steps.size(); ++i) {
        open[i] = m_build.steps[i].inputSteps.size();
        if (open[i] == 0)
            m_order.push_back(StepIndex(i));
    }
    for (std::size_t at = 0; at < m_order.size(); ++at) {
        for (const StepIndex dependent : m_build.step(m_order[at]).dependents) {
            if (--open[raw(dependent)] == 0)
                m_order.push_back(dependent);
        }
    }
}

void Estimator::gather()
{
    m_known.resize(m_build.steps.size());
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const Step& step = m_build.steps[i];
        Known& known = m_known[i];
        known.state = stateOf(m_build, step);
        known.elapsed = durationOf(m_build, step, m_now);
        known.key = laneKey(step);
        known.plainKey = argumentlessKey(m_build, step);
        m_keys[neededByOf(known.key)].insert(known.key);
        if (step.parsed.kind == StepKind::Instruction)
            m_begun.insert(neededByOf(known.key));
        for (const BuildTimes& past : m_past) {
            if (const auto time = timeIn(past, known.key, known.plainKey))
                known.samples.push_back(*time);
        }
    }
}

/// From steps that ended on both sides: one that still runs says nothing yet. What earlier builds measured comes first,
/// it is from more of them.
std::optional<double> Estimator::factorOf(const Platform& platform, const NativeTimes& native) const
{
    for (const BuildTimes& past : m_past) {
        if (const auto found = past.factors.find(platform); found != past.factors.end())
            return found->second;
    }
    double slow = 0, quick = 0;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const Step& step = m_build.steps[i];
        if (m_known[i].state != StepState::Completed || !hasRun(step) || step.execution != Execution::Emulated || step.neededBy != std::vector{platform})
            continue;
        const auto sibling = native.find(stepKey(step));
        if (sibling == native.end() || sibling->second.ns < shortestCompared || m_known[i].elapsed.ns < shortestCompared)
            continue;
        slow += m_known[i].elapsed.seconds();
        quick += sibling->second.seconds();
    }
    return quick > 0 ? std::optional(slow / quick) : std::nullopt;
}

void Estimator::findSiblings()
{
    NativeTimes native;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const Step& step = m_build.steps[i];
        if (m_known[i].state == StepState::Completed && hasRun(step) && step.neededBy.size() == 1 && step.execution == Execution::Native)
            native[stepKey(step)] = m_known[i].elapsed;
    }
    std::map<Platform, std::optional<double>> factors;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const Step& step = m_build.steps[i];
        if (!m_known[i].samples.empty() || ended(m_known[i].state) || step.neededBy.size() != 1)
            continue;
        const auto found = native.find(stepKey(step));
        if (found == native.end())
            continue;
        if (step.execution != Execution::Emulated) {
            m_known[i].sibling = found->second;
            continue;
        }
        const auto [factor, first] = factors.try_emplace(step.neededBy.front());
        if (first)
            factor->second = factorOf(step.neededBy.front(), native);
        if (factor->second)
            m_known[i].sibling = scaled(found->second, *factor->second);
    }
}

void Estimator::noteWhatRuns()
{
    for (const StepIndex index : m_order) {
        const Step& step = m_build.step(index);
        const auto below = [this](StepIndex input) { return m_known[raw(input)].willRun; };
        Known& known = m_known[raw(index)];
        known.willRun = ended(known.state) || known.state == StepState::Running ? hasRun(step) : std::any_of(step.inputSteps.begin(), step.inputSteps.end(), below);
    }
}

/// Drawn to 1 while few commands have ended.
Estimator::Pace Estimator::paceOf(const BuildTimes& past) const
{
    double usual = 0;
    for (const auto& [key, time] : past.ran)
        usual += time.seconds();
    double before = usual * paceInertia, now = before;
    double squares = 0, weight = 0;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const Known& known = m_known[i];
        const auto time = timeIn(past, known.key, known.plainKey);
        if (!time || time->ns <= 0 || !isCommand(m_build.steps[i]) || !hasRun(m_build.steps[i]))
            continue;
        const double took = time->seconds(), takes = known.elapsed.seconds();
        const bool overdue = known.state == StepState::Running && takes > took;
        if (known.state != StepState::Completed && !overdue)
            continue;
        before += took;
        now += overdue ? std::min(takes, took * mostOverdue) : takes;
        const double apart = std::log(std::clamp(takes / took, fastestPace, slowestPace));
        squares += took * apart * apart;
        weight += took;
    }
    if (before <= 0)
        return {};
    const double factor = std::clamp(now / before, fastestPace, slowestPace);
    // Both what differs between the steps and what all have in common may change.
    return {factor, weight > 0 ? std::min(mostDoubt, std::sqrt(squares / weight) / 2) : 0};
}

std::optional<Duration> Estimator::expected(std::size_t step, const BuildTimes* past, double pace, bool& sibling) const
{
    const Known& known = m_known[step];
    const bool willRun = known.willRun || known.state == StepState::Running;
    if (past) {
        if (const auto time = timeIn(*past, known.key, known.plainKey))
            return scaled(*time, pace);
        if (!willRun && past->cached.count(known.key))
            return Duration{};
    }
    if (!known.samples.empty())
        return scaled(quantileOf(known.samples, 0.5), pace);
    if (known.sibling) { // measured in this build, at its own pace
        sibling = true;
        return known.sibling;
    }
    // Never seen to run. Only what takes no time of its own may be left out.
    const std::string& keyword = m_build.steps[step].parsed.keyword;
    if (keyword == "COPY" || keyword == "ADD" || keyword == "WORKDIR")
        return Duration{};
    return {};
}

std::optional<Duration> Estimator::tailOf(const BuildTimes* past) const
{
    if (past && past->tail)
        return past->tail;
    std::vector<Duration> tails;
    for (const BuildTimes& other : m_past) {
        if (other.tail)
            tails.push_back(*other.tail);
    }
    return tails.empty() ? std::nullopt : std::optional(quantileOf(std::move(tails), 0.5));
}

/// In its first moments a build knows only that it loads its Dockerfile, and the steps of one platform may come before
/// those of another: what is there then says nothing about the rest. Those of the Dockerfile for a platform come at once.
bool Estimator::announced(const BuildTimes& past) const
{
    constexpr std::size_t part = 3; ///< of steps that only load, more than a third is enough: they come and go with the Dockerfile
    std::map<std::string, std::size_t> before;
    for (const auto& [key, time] : past.ran)
        ++before[neededByOf(key)];
    for (const auto& [key, times] : past.cached)
        before[neededByOf(key)] += past.ran.count(key) == 0;
    return std::all_of(before.begin(), before.end(), [this](const auto& lane) {
        const auto now = m_keys.find(lane.first);
        return lane.second < part || !wants(lane.first) || m_begun.count(lane.first) > 0 || (now != m_keys.end() && now->second.size() * part > lane.second);
    });
}

/// Whether the build is for all platforms of a laneKey(); as long as nobody knows, it is.
bool Estimator::wants(const std::string& neededBy) const
{
    std::istringstream names(neededBy);
    for (std::string name; names >> name;) {
        const auto named = [&name](const Platform& platform) { return platform.str() == name; };
        if (!m_build.platforms.empty() && std::none_of(m_build.platforms.begin(), m_build.platforms.end(), named))
            return false;
    }
    return true;
}

Estimator::Run Estimator::run(const BuildTimes* past) const
{
    Run run;
    if (past && !announced(*past)) {
        run.finish.resize(m_known.size());
        return run;
    }
    run.pace = past && m_load.adapt ? paceOf(*past) : Pace{};
    const double pace = run.pace.factor;
    std::vector<ScheduledStep> steps(m_known.size());
    bool working = false;
    for (const StepIndex index : m_order) {
        const std::size_t at = raw(index);
        ScheduledStep& step = steps[at];
        step.done = !isPlanned(m_build.steps[at]) || ended(m_known[at].state);
        if (step.done)
            continue;
        working = true;
        step.command = isCommand(m_build.steps[at]);
        if (const auto time = expected(at, past, pace, run.sibling))
            step.left = std::max(Duration{}, *time - m_known[at].elapsed);
    }
    run.finish = finishTimes(m_build, steps, m_places);
    Duration last;
    for (const StepIndex index : m_order) {
        const auto& finish = run.finish[raw(index)];
        if (!finish)
            return run;
        last = std::max(last, *finish);
    }
    const auto tail = tailOf(past);
    if (working) {
        run.left = last + scaled(tail.value_or(Duration{}), pace);
    } else if (const OptionalTime end = lastPlannedEnd(m_build); tail && end) {
        run.left = std::max(Duration{}, scaled(*tail, pace) - (m_now - *end));
    }
    return run;
}

/// How long the longest of the running steps has run; of one platform, when given.
Duration Estimator::longestRunning(const Platform* platform) const
{
    Duration longest;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const auto& neededBy = m_build.steps[i].neededBy;
        if (m_known[i].state == StepState::Running && (!platform || std::find(neededBy.begin(), neededBy.end(), *platform) != neededBy.end()))
            longest = std::max(longest, m_known[i].elapsed);
    }
    return longest;
}

/// The middle one: a single past build that was odd does not count.
double Estimator::doubtOf(const std::vector<Run>& runs)
{
    std::vector<double> doubts;
    for (const Run& run : runs)
        doubts.push_back(run.pace.doubt);
    std::sort(doubts.begin(), doubts.end());
    return doubts.empty() ? 0 : doubts[doubts.size() / 2];
}

void Estimator::addLanes(const std::vector<Run>& runs, BuildEstimate& estimate) const
{
    for (const Platform& platform : m_build.platforms) {
        std::vector<Duration> ends;
        for (const Run& run : runs) {
            std::optional<Duration> last;
            bool known = true;
            for (std::size_t i = 0; i < m_known.size() && known; ++i) {
                const Step& step = m_build.steps[i];
                if (!isPlanned(step) || ended(m_known[i].state) || std::find(step.neededBy.begin(), step.neededBy.end(), platform) == step.neededBy.end())
                    continue;
                known = run.finish[i].has_value();
                if (known)
                    last = std::max(last.value_or(Duration{}), *run.finish[i]);
            }
            if (known && last)
                ends.push_back(*last);
        }
        if (!ends.empty() && ends.size() == runs.size())
            estimate.lanes[platform] = predicted(ends, doubtOf(runs), longestRunning(&platform));
    }
}

void Estimator::addSteps(BuildEstimate& estimate) const
{
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const Known& known = m_known[i];
        StepEstimate step;
        if (!known.samples.empty()) {
            step.time = rangeOf(known.samples);
            step.samples = int(known.samples.size());
        } else if (known.sibling) {
            step.time = {*known.sibling, *known.sibling, *known.sibling};
            step.basis = EstimateBasis::Sibling;
        } else {
            continue;
        }
        step.slow = known.state == StepState::Running && step.samples >= fewestForSlow
            && known.elapsed.ns > step.time.high.ns + std::max(step.time.high.ns / 2, slowMargin);
        estimate.steps[StepIndex(i)] = step;
    }
}

/// What other builds do at this moment may go on or end at once.
void Estimator::widen(BuildEstimate& estimate) const
{
    if (!m_load.adapt || m_load.otherSteps <= 0 || m_places <= 0)
        return;
    int own = 0;
    for (std::size_t i = 0; i < m_known.size(); ++i)
        own += m_known[i].state == StepState::Running && isCommand(m_build.steps[i]);
    const double crowd = double(std::max(1, own) + m_load.otherSteps) / m_places;
    if (crowd <= 1)
        return;
    const auto shared = [crowd](DurationRange& range) { range.high = std::max(range.high, scaled(range.median, crowd)); };
    if (estimate.left)
        shared(*estimate.left);
    for (auto& [platform, range] : estimate.lanes)
        shared(range);
}

BuildEstimate Estimator::estimate()
{
    BuildEstimate estimate;
    estimate.builds = int(m_past.size());
    std::vector<Run> runs;
    for (const BuildTimes& past : m_past)
        runs.push_back(run(&past));
    if (m_past.empty())
        runs.push_back(run(nullptr));
    std::vector<Duration> lefts;
    for (const Run& each : runs) {
        if (each.left)
            lefts.push_back(*each.left);
        if (each.sibling)
            estimate.basis = EstimateBasis::Sibling;
    }
    if (!lefts.empty() && lefts.size() == runs.size())
        estimate.left = predicted(lefts, doubtOf(runs), longestRunning(nullptr));
    addLanes(runs, estimate);
    addSteps(estimate);
    widen(estimate);
    return estimate;
}

} // namespace

Duration quantileOf(std::vector<Duration> values, double share)
{
    std::sort(values.begin(), values.end());
    const double place = share * double(values.size() - 1);
    const auto below = std::size_t(place);
    const auto above = std::min(below + 1, values.size() - 1);
    return values[below] + scaled(values[above] - values[below], place - double(below));
}

int placesOn(const std::vector<BuildTimes>& past, const BuilderLoad& load)
{
    int seen = 0;
    bool queued = false;
    for (const BuildTimes& each : past) {
        seen = std::max(seen, each.atOnce);
        queued = queued || each.queued;
    }
    return queued ? seen : std::max(seen, load.cores);
}

BuildEstimate estimateOf(const Build& build, const std::vector<BuildTimes>& past, Timestamp now, const BuilderLoad& load)
{
    if (build.status() != BuildStatus::Running || build.steps.empty())
        return {};
    return Estimator(build, past, now, load).estimate();
}

} // namespace layerline
