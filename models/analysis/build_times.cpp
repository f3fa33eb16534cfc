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

std::string builderOf(const Build& build)
{
    return build.records.empty() ? std::string() : build.records.front().info.builder;
}

} // namespace

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
