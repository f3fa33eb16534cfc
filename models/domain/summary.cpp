#include "domain/summary.h"

#include "domain/secret_names.h"

#include <algorithm>
#include <cmath>

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

PlatformSummary summaryOf(const Build& build, const Platform& platform, Timestamp now)
{
    PlatformSummary summary;
    summary.platform = platform;
    std::vector<std::pair<Timestamp, Timestamp>> spans;
    bool any = false;
    for (const Step& step : build.steps) {
        if (std::find(step.neededBy.begin(), step.neededBy.end(), platform) == step.neededBy.end())
            continue;
        ++summary.steps;
        summary.completed += step.completedOnce;
        summary.cached += step.cachedFlag;
        const StepState state = stateOf(build, step);
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
    if (!any && !build.records.empty()) {
        if (const auto native = build.records.front().nativePlatform())
            summary.execution = executionOn(*native, platform);
    }
    summary.busy = unionOf(spans);
    if (summary.firstStart)
        summary.wall = *summary.lastEnd - *summary.firstStart;
    return summary;
}

bool ranItself(const Build& build, const Step& step)
{
    return !step.cachedFlag && !step.intervals.empty() && cacheOf(build, step) == CacheState::None;
}

} // namespace

std::vector<PlatformSummary> platformSummaries(const Build& build, Timestamp now)
{
    std::vector<PlatformSummary> summaries;
    for (const Platform& platform : build.platforms)
        summaries.push_back(summaryOf(build, platform, now));
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

std::optional<double> emulationFactor(const Build& build, const Platform& emulated, Timestamp now)
{
    Duration slow, fast;
    for (const Step& step : build.steps) {
        if (step.execution != Execution::Emulated || step.neededBy.size() != 1 || step.neededBy.front() != emulated
            || step.parsed.keyword != "RUN" || !ranItself(build, step) || !step.error.empty())
            continue;
        for (const Platform& platform : build.platforms) {
            if (platform == emulated)
                continue;
            const StepIndex index = StepIndex(std::uint32_t(&step - build.steps.data()));
            const StepIndex sibling = siblingOn(build, index, platform);
            if (sibling == noStep)
                continue;
            const Step& other = build.step(sibling);
            if (other.execution != Execution::Native || !ranItself(build, other) || !other.error.empty())
                continue;
            const Duration otherTime = durationOf(build, other, now);
            if (otherTime.ns < 100'000'000)
                continue;
            slow = slow + durationOf(build, step, now);
            fast = fast + otherTime;
            break;
        }
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
