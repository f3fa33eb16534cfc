#include "domain/summary.h"

#include "domain/secret_names.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace layerline {

Counters countersOf(const Build& build)
{
    Counters counters;
    counters.total = int(build.steps.size());
    for (const Step& step : build.steps) {
        counters.completed += step.completedOnce;
        counters.cached += step.cachedFlag;
        const StepState state = stateOf(build, step);
        counters.failed += state == StepState::Failed;
        counters.running += state == StepState::Running;
    }
    return counters;
}

namespace {

Execution worse(Execution a, Execution b)
{
    // Emulated says most about a platform, then cross, then unknown; native only when nothing else applies.
    const auto rank = [](Execution e) {
        switch (e) {
        case Execution::Emulated: return 3;
        case Execution::Cross: return 2;
        case Execution::Unknown: return 1;
        case Execution::Native: return 0;
        }
        return 0;
    };
    return rank(a) >= rank(b) ? a : b;
}

Duration unionOf(std::vector<std::pair<Timestamp, Timestamp>>& spans)
{
    std::sort(spans.begin(), spans.end());
    Duration sum;
    OptionalTime reached;
    for (const auto& [begin, end] : spans) {
        const Timestamp from = reached ? std::max(begin, *reached) : begin;
        if (end > from)
            sum = sum + (end - from);
        reached = reached ? std::max(end, *reached) : end;
    }
    return sum;
}

/// A summary while its steps are gone through.
struct Tally {
    PlatformSummary summary;
    std::vector<std::pair<Timestamp, Timestamp>> spans;
    bool any = false; ///< a step of its own told how it runs

    void add(const Build& build, const Step& step, StepState state, Timestamp now)
    {
        ++summary.steps;
        summary.completed += step.completedOnce;
        summary.cached += step.cachedFlag;
        summary.failed += state == StepState::Failed;
        summary.running += state == StepState::Running;
        if (step.neededBy.size() == 1 && step.parsed.kind == StepKind::Instruction) {
            summary.execution = any ? worse(summary.execution, step.execution) : step.execution;
            any = true;
        }
        const OptionalTime created = build.records[step.record].info.created;
        for (const Interval& interval : step.intervals) {
            const Timestamp begin = created && !step.cachedFlag ? std::max(interval.started, *created) : interval.started;
            const Timestamp end = std::max(begin, interval.completed.value_or(now));
            spans.emplace_back(begin, end);
            summary.firstStart = summary.firstStart ? std::min(*summary.firstStart, begin) : begin;
            summary.lastEnd = summary.lastEnd ? std::max(*summary.lastEnd, end) : end;
        }
    }
    void finish(const Build& build)
    {
        if (!any && !build.records.empty()) {
            if (const auto native = build.records.front().nativePlatform())
                summary.execution = executionOn(*native, summary.platform);
        }
        summary.busy = unionOf(spans);
        if (summary.firstStart)
            summary.wall = *summary.lastEnd - *summary.firstStart;
    }
};

bool ranItself(const Build& build, const Step& step)
{
    return !step.cachedFlag && !step.intervals.empty() && cacheOf(build, step) == CacheState::None;
}

} // namespace

std::vector<PlatformSummary> platformSummaries(const Build& build, Timestamp now)
{
    std::vector<Tally> tallies(build.platforms.size());
    for (const Step& step : build.steps) {
        if (step.neededBy.empty())
            continue;
        const StepState state = stateOf(build, step);
        auto wanted = step.neededBy.begin(); // both are sorted
        for (std::size_t i = 0; i < tallies.size() && wanted != step.neededBy.end(); ++i) {
            while (wanted != step.neededBy.end() && *wanted < build.platforms[i])
                ++wanted;
            if (wanted != step.neededBy.end() && *wanted == build.platforms[i])
                tallies[i].add(build, step, state, now);
        }
    }
    std::vector<PlatformSummary> summaries;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        tallies[i].summary.platform = build.platforms[i];
        tallies[i].finish(build);
        summaries.push_back(std::move(tallies[i].summary));
    }
    return summaries;
}

StepIndex siblingOn(const Build& build, StepIndex index, const Platform& platform)
{
    const Step& step = build.step(index);
    if (step.parsed.kind != StepKind::Instruction)
        return noStep;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        const Step& other = build.steps[i];
        if (StepIndex{i} != index && other.parsed.index == step.parsed.index && other.parsed.stage == step.parsed.stage
            && other.parsed.keyword == step.parsed.keyword && other.neededBy.size() == 1 && other.neededBy.front() == platform)
            return StepIndex{i};
    }
    return noStep;
}

namespace {

/// Where a step stands in its Dockerfile, whatever the platform: the same for it and its siblings.
std::string placeOf(const Step& step)
{
    return step.parsed.stage + '\n' + std::to_string(step.parsed.index) + '\n' + step.parsed.keyword;
}

struct NativeTime {
    Platform platform;
    Duration time;
};

/// How long the RUN at each place takes on the first platform that runs it natively and long enough to tell.
std::unordered_map<std::string, NativeTime> nativeTimes(const Build& build, const Platform& emulated, Timestamp now)
{
    constexpr std::int64_t tellingNs = 100'000'000; // below, the noise is as long as the step
    std::set<std::pair<Platform, std::string>> met;
    std::unordered_map<std::string, NativeTime> times;
    for (const Step& step : build.steps) {
        if (step.parsed.kind != StepKind::Instruction || step.parsed.keyword != "RUN" || step.neededBy.size() != 1 || step.neededBy.front() == emulated)
            continue;
        const Platform& platform = step.neededBy.front();
        const std::string place = placeOf(step);
        if (!met.emplace(platform, place).second || step.execution != Execution::Native || !ranItself(build, step) || !step.error.empty())
            continue;
        const Duration time = durationOf(build, step, now);
        const auto known = times.find(place);
        if (time.ns >= tellingNs && (known == times.end() || platform < known->second.platform))
            times[place] = {platform, time};
    }
    return times;
}

} // namespace

std::optional<double> emulationFactor(const Build& build, const Platform& emulated, Timestamp now)
{
    std::vector<const Step*> slowSteps;
    for (const Step& step : build.steps) {
        if (step.execution == Execution::Emulated && step.neededBy.size() == 1 && step.neededBy.front() == emulated
            && step.parsed.keyword == "RUN" && ranItself(build, step) && step.error.empty())
            slowSteps.push_back(&step);
    }
    if (slowSteps.empty())
        return {};
    const auto times = nativeTimes(build, emulated, now);
    Duration slow, fast;
    for (const Step* step : slowSteps) {
        const auto native = times.find(placeOf(*step));
        if (native == times.end())
            continue;
        const Duration time = durationOf(build, *step, now);
        if (stateOf(build, *step) == StepState::Running && time <= native->second.time)
            continue; // it has only begun: that says nothing yet
        slow = slow + time;
        fast = fast + native->second.time;
    }
    if (fast.ns <= 0)
        return {};
    return double(slow.ns) / double(fast.ns);
}

StepIndex firstFailed(const Build& build)
{
    StepIndex first = noStep;
    const auto endOf = [&](StepIndex index) {
        const Step& step = build.step(index);
        return step.intervals.empty() ? Timestamp{} : step.intervals.back().completed.value_or(step.intervals.back().started);
    };
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        if (stateOf(build, build.steps[i]) == StepState::Failed && (first == noStep || endOf(StepIndex{i}) < endOf(first)))
            first = StepIndex{i};
    }
    return first;
}

std::vector<std::string> secretValues(const Build& build)
{
    constexpr std::string_view prefix = "build-arg:";
    std::vector<std::string> out;
    for (const Record& record : build.records) {
        for (const auto& [name, value] : record.info.frontendAttrs) {
            if (name.starts_with(prefix) && looksSecret(std::string_view(name).substr(prefix.size()), value))
                out.push_back(value);
        }
    }
    return out;
}

} // namespace layerline
