#include "items/long_wait.h"

#include "domain/summary.h"

#include <algorithm>

namespace layerline {

namespace {

bool onlyFor(const Step& step, const Platform& platform)
{
    return step.neededBy.size() == 1 && step.neededBy.front() == platform;
}

const DurationRange* laneOf(const BuildEstimate* estimate, const Platform& platform)
{
    if (!estimate)
        return nullptr;
    const auto found = estimate->lanes.find(platform);
    return found == estimate->lanes.end() ? nullptr : &found->second;
}

const StepEstimate* slowOf(const BuildEstimate* estimate, StepIndex step)
{
    if (!estimate)
        return nullptr;
    const auto found = estimate->steps.find(step);
    return found != estimate->steps.end() && found->second.slow ? &found->second : nullptr;
}

std::optional<DurationRange> present(const DurationRange* range)
{
    return range ? std::optional(*range) : std::nullopt;
}

DurationRange divided(const DurationRange& range, Duration more, double factor)
{
    const auto by = [&](Duration time) { return Duration{std::int64_t(double(time.ns + more.ns) / factor)}; };
    return {by(range.low), by(range.median), by(range.high)};
}

/// What the step took on the native platform, when it has ended there.
std::optional<Duration> nativeTime(const Build& build, StepIndex step, Timestamp now)
{
    for (const Platform& platform : build.platforms) {
        const StepIndex index = siblingOn(build, step, platform);
        if (index == noStep || index == step)
            continue;
        const Step& sibling = build.step(index);
        if (sibling.execution == Execution::Native && stateOf(build, sibling) == StepState::Completed)
            return durationOf(build, sibling, now);
    }
    return {};
}

/// The running emulated step of the lane that has run longest.
StepIndex longestRunning(const Build& build, const Platform& platform, Timestamp now)
{
    StepIndex longest = noStep;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        const Step& step = build.steps[i];
        if (stateOf(build, step) != StepState::Running || step.execution != Execution::Emulated || !onlyFor(step, platform))
            continue;
        if (longest == noStep || durationOf(build, step, now) > durationOf(build, build.step(longest), now))
            longest = StepIndex{i};
    }
    return longest;
}

/// The native lane that ends last: without it nothing is a choice.
bool findNative(const Build& build, const BuildEstimate* estimate, const std::vector<PlatformSummary>& lanes, LongWait& wait)
{
    bool found = false;
    for (const PlatformSummary& lane : lanes) {
        if (lane.execution != Execution::Native || found)
            continue;
        found = true;
        wait.native = lane.platform;
        // Steps it shares with the emulated one count in both.
        const auto open = [&](const Step& step) {
            const StepState state = stateOf(build, step);
            return step.parsed.kind != StepKind::Export && (state == StepState::Pending || state == StepState::Running)
                && std::find(step.neededBy.begin(), step.neededBy.end(), lane.platform) != step.neededBy.end();
        };
        wait.nativeDone = lane.steps > 0 && std::none_of(build.steps.begin(), build.steps.end(), open);
        if (!wait.nativeDone)
            wait.nativeLeft = present(laneOf(estimate, lane.platform));
    }
    return found;
}

/// Whether the quickest of what is known to be possible beats waiting by `least`.
bool worthIt(const LongWait& wait, Duration least)
{
    const Duration left = wait.left->median;
    const bool alone = (wait.nativeDone && left >= least) || (wait.nativeLeft && left - wait.nativeLeft->median >= least);
    return alone || (wait.onNode && left - wait.onNode->median >= least);
}

/// Finds the reason to ask about the lane; false when there is none.
bool findReason(const Build& build, const BuildEstimate* estimate, Timestamp now, Duration least, LongWait& wait)
{
    const StepIndex step = longestRunning(build, wait.platform, now);
    if (step != noStep)
        wait.running = durationOf(build, build.step(step), now);
    const StepEstimate* slow = step == noStep ? nullptr : slowOf(estimate, step);
    const bool alternative = wait.nativeDone || wait.nativeLeft;
    if (slow && alternative && wait.running - slow->time.high >= longOverdue) {
        wait.reason = LongWait::Reason::SlowStep;
        wait.usual = slow->time;
        wait.step = step;
        return true;
    }
    if (wait.left)
        return worthIt(wait, least);
    if (step == noStep || !wait.nativeDone || wait.running < longRunning)
        return false;
    wait.sibling = nativeTime(build, step, now);
    if (!wait.sibling || wait.sibling->ns * quickSibling > wait.running.ns)
        return false;
    wait.reason = LongWait::Reason::LongRunning;
    wait.step = step;
    return true;
}

} // namespace

std::optional<LongWait> longWaitOf(const Build& build, const BuildEstimate* estimate, Timestamp now, Duration least)
{
    if (build.status() != BuildStatus::Running || build.platforms.size() < 2)
        return {};
    const std::vector<PlatformSummary> lanes = platformSummaries(build, now);
    LongWait shared;
    if (!findNative(build, estimate, lanes, shared))
        return {};
    std::optional<LongWait> longest;
    for (const PlatformSummary& lane : lanes) {
        if (lane.execution != Execution::Emulated)
            continue;
        LongWait wait = shared;
        wait.platform = lane.platform;
        wait.left = present(laneOf(estimate, lane.platform));
        wait.factor = emulationFactor(build, lane.platform, now);
        if (wait.left && wait.factor && *wait.factor > 1 && lane.firstStart)
            wait.onNode = divided(*wait.left, now - *lane.firstStart, *wait.factor);
        const auto left = [](const LongWait& each) { return each.left ? each.left->median : each.running; };
        if (findReason(build, estimate, now, least, wait) && (!longest || left(wait) > left(*longest)))
            longest = std::move(wait);
    }
    return longest;
}

} // namespace layerline
