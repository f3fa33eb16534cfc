#include "domain/critical_path.h"

#include "domain/summary.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

OptionalTime endOf(const Step& step, Timestamp now)
{
    if (step.intervals.empty())
        return {};
    return step.intervals.back().completed.value_or(now);
}

/// Steps that ran, ordered by end, to find "who ended last before".
std::vector<StepIndex> byEnd(const Build& build, Timestamp now)
{
    std::vector<StepIndex> order;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        if (!build.steps[i].intervals.empty())
            order.push_back(StepIndex{i});
    }
    std::stable_sort(order.begin(), order.end(), [&](StepIndex a, StepIndex b) { return *endOf(build.step(a), now) < *endOf(build.step(b), now); });
    return order;
}

StepIndex lastInput(const Build& build, const Step& step, Timestamp now)
{
    StepIndex best = noStep;
    for (const StepIndex input : step.inputSteps) {
        const OptionalTime end = endOf(build.step(input), now);
        if (end && (best == noStep || *end > *endOf(build.step(best), now)))
            best = input;
    }
    return best;
}

StepIndex lastBefore(const Build& build, const std::vector<StepIndex>& order, Timestamp start, Timestamp now)
{
    const auto after = std::upper_bound(order.begin(), order.end(), start, [&](Timestamp time, StepIndex index) { return time < *endOf(build.step(index), now); });
    return after == order.begin() ? noStep : *(after - 1);
}

} // namespace

bool edgesKnown(const Build& build)
{
    return std::any_of(build.steps.begin(), build.steps.end(), [](const Step& step) { return !step.inputSteps.empty(); });
}

CriticalPath criticalPath(const Build& build, Timestamp now)
{
    CriticalPath path;
    const std::vector<StepIndex> order = byEnd(build, now);
    if (order.empty() || !edgesKnown(build))
        return path;
    std::set<StepIndex> seen;
    // What was cancelled because something else failed ends later than the failure and explains nothing.
    const StepIndex failed = build.status() == BuildStatus::Failed ? firstFailed(build) : noStep;
    StepIndex at = failed != noStep ? failed : order.back();
    while (at != noStep && seen.insert(at).second) {
        path.steps.push_back(at);
        const Step& step = build.step(at);
        path.length = path.length + durationOf(build, step, now);
        const StepIndex input = lastInput(build, step, now);
        at = input != noStep ? input : lastBefore(build, order, step.intervals.front().started, now);
    }
    std::reverse(path.steps.begin(), path.steps.end());
    return path;
}

Parallelism parallelism(const Build& build, Timestamp now)
{
    Parallelism result;
    const std::vector<StepIndex> order = byEnd(build, now);
    OptionalTime first, last;
    std::vector<Duration> chain(build.steps.size());
    // In order of end every input comes before its dependents, which is all a longest path needs.
    for (const StepIndex index : order) {
        const Step& step = build.step(index);
        const Duration own = durationOf(build, step, now);
        result.busy = result.busy + own;
        Duration below;
        for (const StepIndex input : step.inputSteps)
            below = std::max(below, chain[raw(input)]);
        chain[raw(index)] = below + own;
        result.unlimited = std::max(result.unlimited, chain[raw(index)]);
        if (!first || step.intervals.front().started < *first)
            first = step.intervals.front().started;
        last = endOf(step, now);
    }
    if (first && last)
        result.wall = *last - *first;
    return result;
}

} // namespace layerline
