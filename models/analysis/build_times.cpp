#include "analysis/build_times.h"

#include "domain/summary.h"

#include <algorithm>

namespace layerline {

namespace {

/// A row of the history knows the platforms only.
bool hasAttributes(const Build& build)
{
    return std::any_of(build.records.begin(), build.records.end(), [](const Record& record) {
        const auto& attributes = record.info.frontendAttrs;
        return attributes.size() > attributes.count("platform");
    });
}

constexpr std::int64_t shortestCommand = 100'000'000; ///< ns; two that only touch do not run at the same time
constexpr std::int64_t shortestWait = 500'000'000;    ///< ns; the solver's own pause between two steps is shorter
constexpr std::int64_t queuedFor = 2'000'000'000;     ///< ns of waiting in all that tell of a limit

/// How many commands of a build ran at any time.
class Activity {
public:
    explicit Activity(const Build& build)
    {
        for (const Step& step : build.steps) {
            if (!isCommand(step) || !hasRun(step))
                continue;
            for (const Interval& interval : step.intervals) {
                if (!interval.completed || (*interval.completed - interval.started).ns < shortestCommand)
                    continue;
                m_begins.push_back(interval.started);
                m_ends.push_back(*interval.completed);
            }
        }
        std::sort(m_begins.begin(), m_begins.end());
        std::sort(m_ends.begin(), m_ends.end());
    }
    int at(Timestamp time) const
    {
        const auto upTo = [time](const std::vector<Timestamp>& times) { return std::upper_bound(times.begin(), times.end(), time) - times.begin(); };
        return int(upTo(m_begins) - upTo(m_ends));
    }
    int most() const
    {
        int most = 0;
        for (const Timestamp begin : m_begins)
            most = std::max(most, at(begin));
        return most;
    }

private:
    std::vector<Timestamp> m_begins, m_ends;
};

/// A builder with max-parallelism announces a step as started only when it has got a place.
bool waitedForAPlace(const Build& build, const Activity& activity, int most)
{
    std::int64_t waited = 0;
    for (const Step& step : build.steps) {
        if (!isCommand(step) || !hasRun(step))
            continue;
        OptionalTime ready;
        for (const StepIndex input : step.inputSteps) {
            const auto& intervals = build.step(input).intervals;
            if (!intervals.empty() && intervals.back().completed && (!ready || *intervals.back().completed > *ready))
                ready = intervals.back().completed;
        }
        const Duration gap = ready ? step.intervals.front().started - *ready : Duration{};
        if (gap.ns >= shortestWait && activity.at(*ready + Duration{gap.ns / 2}) >= most)
            waited += gap.ns;
    }
    return waited >= queuedFor;
}

} // namespace

std::string builderOf(const Build& build)
{
    return build.records.empty() ? std::string() : build.records.front().info.builder;
}

std::string requestedStage(const Build& build)
{
    for (const Record& record : build.records) {
        const auto at = record.info.frontendAttrs.find("target");
        if (at != record.info.frontendAttrs.end())
            return at->second;
    }
    return {};
}

std::string stepKey(const Step& step)
{
    return step.parsed.stage + '\n' + step.parsed.text;
}

std::string laneKey(const Step& step)
{
    std::string key = stepKey(step) + '\n';
    for (const Platform& platform : step.neededBy)
        key += platform.str() + ' ';
    return key;
}

bool isPlanned(const Step& step)
{
    return step.parsed.kind != StepKind::Export;
}

bool hasRun(const Step& step)
{
    return !step.intervals.empty() && !step.cachedFlag;
}

bool isCommand(const Step& step)
{
    return step.parsed.keyword == "RUN";
}

int commandsAt(const Build& build, Timestamp time)
{
    return int(std::count_if(build.steps.begin(), build.steps.end(), [time](const Step& step) {
        return isCommand(step) && hasRun(step) && std::any_of(step.intervals.begin(), step.intervals.end(), [time](const Interval& interval) {
            return interval.started <= time && (!interval.completed || *interval.completed > time);
        });
    }));
}

OptionalTime lastPlannedEnd(const Build& build)
{
    OptionalTime last;
    for (const Step& step : build.steps) {
        if (!isPlanned(step) || step.intervals.empty() || !step.intervals.back().completed)
            continue;
        if (!last || *step.intervals.back().completed > *last)
            last = step.intervals.back().completed;
    }
    return last;
}

BuildTimes buildTimesOf(const Build& build, Timestamp end)
{
    BuildTimes past;
    past.dockerfile = build.dockerfile();
    past.target = requestedStage(build);
    std::map<std::string, int> times;
    for (const Step& step : build.steps) {
        if (!isPlanned(step))
            continue;
        const std::string key = laneKey(step);
        if (step.cachedFlag) {
            ++past.cached[key];
        } else if (hasRun(step) && stateOf(build, step) == StepState::Completed) {
            past.ran[key] = past.ran[key] + durationOf(build, step, end);
            ++times[key];
        }
    }
    for (auto& [key, time] : past.ran)
        time.ns /= times[key];
    for (const Platform& platform : build.platforms) {
        if (const auto factor = emulationFactor(build, platform, end))
            past.factors[platform] = *factor;
    }
    if (const OptionalTime last = lastPlannedEnd(build); last && build.completed() && build.status() == BuildStatus::Completed)
        past.tail = std::max(Duration{}, *build.completed() - *last);
    const Activity activity(build);
    past.atOnce = activity.most();
    past.queued = past.atOnce > 0 && waitedForAPlace(build, activity, past.atOnce);
    return past;
}

bool comparable(const Build& a, const Build& b)
{
    if (a.contextName() != b.contextName() || builderOf(a) != builderOf(b))
        return false;
    return !hasAttributes(a) || !hasAttributes(b) || (a.dockerfile() == b.dockerfile() && requestedStage(a) == requestedStage(b));
}

bool fits(const BuildTimes& past, const Build& build)
{
    return past.dockerfile == build.dockerfile() && past.target == requestedStage(build);
}

} // namespace layerline
