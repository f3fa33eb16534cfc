#include "domain/critical_path.h"

#include "domain/summary.h"

#include <algorithm>
#include <vector>

namespace layerline {

namespace {

OptionalTime endOf(const Step& step, Timestamp now)
{
    if (step.intervals.empty())
        return {};
    return step.intervals.back().completed.value_or(now);
}

/// The step that ended last, of those that ended no later than `limit` when there is one; of equals the last in order.
StepIndex lastEnded(const Build& build, OptionalTime limit, Timestamp now)
{
    StepIndex best = noStep;
    Timestamp bestEnd;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        const OptionalTime end = endOf(build.steps[i], now);
        if (!end || (limit && *end > *limit) || (best != noStep && *end < bestEnd))
            continue;
        best = StepIndex{i};
        bestEnd = *end;
    }
    return best;
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

/// Steps that ran, ordered by end.
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

} // namespace

bool edgesKnown(const Build& build)
{
    return std::any_of(build.steps.begin(), build.steps.end(), [](const Step& step) { return !step.inputSteps.empty(); });
}

CriticalPath criticalPath(const Build& build, Timestamp now)
{
    CriticalPath path;
    if (!edgesKnown(build))
        return path;
    std::vector<bool> seen(build.steps.size());
    // What was cancelled because something else failed ends later than the failure and explains nothing.
    const StepIndex failed = build.status() == BuildStatus::Failed ? firstFailed(build) : noStep;
    StepIndex at = failed != noStep ? failed : lastEnded(build, {}, now);
    while (at != noStep && !seen[raw(at)]) {
        seen[raw(at)] = true;
        path.steps.push_back(at);
        const Step& step = build.step(at);
        path.length = path.length + durationOf(build, step, now);
        const StepIndex input = lastInput(build, step, now);
        // Few steps have no inputs, so looking through all is cheaper than having them sorted.
        at = input != noStep || step.intervals.empty() ? input : lastEnded(build, step.intervals.front().started, now);
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
