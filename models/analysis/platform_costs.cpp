#include "analysis/platform_costs.h"

#include "analysis/build_times.h"
#include "domain/summary.h"

#include <algorithm>
#include <map>

namespace layerline {

namespace {

bool contains(const std::vector<Platform>& list, const Platform& platform)
{
    return std::find(list.begin(), list.end(), platform) != list.end();
}

std::string withDefault(const std::string& dockerfile, const std::string& context)
{
    return dockerfile.empty() ? context + "/Dockerfile" : dockerfile;
}

/// The path where local state has one: Build::dockerfile() is the name alone.
std::string dockerfileOf(const Build& build)
{
    for (const Record& record : build.records) {
        if (record.info.localState && !record.info.localState->dockerfilePath.empty())
            return record.info.localState->dockerfilePath;
    }
    return {};
}

/// What comes after all platforms, for all of them: packing the image for several of them, and the client's end.
bool sharedExport(const Step& step)
{
    return !isPlanned(step) && step.neededBy.size() != 1;
}

/// From the build's start to the end of the last step the platform needs, and the time after the last platform.
void addTimes(const Build& build, std::vector<PastTime>& times)
{
    const auto started = build.started(), completed = build.completed();
    if (!started || !completed)
        return;
    if (build.platforms.size() == 1)
        return times.push_back({build.platforms.front(), *completed - *started});
    std::map<Platform, Timestamp> ends;
    Timestamp last = *started;
    for (const Step& step : build.steps) {
        if (sharedExport(step) || step.intervals.empty() || !step.intervals.back().completed)
            continue;
        const Timestamp end = std::max(*started, *step.intervals.back().completed); // one from the cache may tell an old time
        last = std::max(last, end);
        for (const Platform& platform : step.neededBy)
            ends[platform] = std::max(ends.try_emplace(platform, end).first->second, end);
    }
    const Duration tail = std::max(Duration{}, *completed - last);
    for (const auto& [platform, end] : ends)
        times.push_back({platform, end - *started + tail});
}

/// Native anywhere beats emulated, here beats elsewhere; among equals the first node, as buildx does.
void place(const std::vector<BuilderPlace>& places, PlatformCost& cost)
{
    for (const BuilderPlace& candidate : places) {
        if (!candidate.live || !candidate.native)
            continue;
        const bool native = executionOn(*candidate.native, cost.platform) == Execution::Native;
        if (!native && !contains(candidate.platforms, cost.platform))
            continue;
        const auto where = !native ? PlatformCost::Where::Emulated : candidate.here ? PlatformCost::Where::NativeHere : PlatformCost::Where::NativeOnNode;
        if (cost.node.empty() || where < cost.where) {
            cost.where = where;
            cost.node = candidate.node;
        }
    }
}

std::optional<Duration> usualOf(const std::vector<PastTime>& past, const Platform& platform, int& samples)
{
    std::vector<Duration> values;
    for (const PastTime& time : past) {
        if (time.platform == platform)
            values.push_back(time.wall);
    }
    samples = int(values.size());
    return medianOf(std::move(values));
}

} // namespace

std::optional<Duration> medianOf(std::vector<Duration> values)
{
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : Duration{values[middle - 1].ns + (values[middle].ns - values[middle - 1].ns) / 2};
}

std::vector<const Build*> buildsOf(const std::vector<const Build*>& builds, const std::string& context, const std::string& dockerfile, const std::string& target)
{
    std::vector<const Build*> same;
    for (const Build* build : builds) {
        if (build->status() == BuildStatus::Completed && build->contextName() == context && requestedStage(*build) == target
            && withDefault(dockerfileOf(*build), context) == withDefault(dockerfile, context))
            same.push_back(build);
    }
    std::stable_sort(same.begin(), same.end(), [](const Build* a, const Build* b) { return a->started().value_or(Timestamp{}) > b->started().value_or(Timestamp{}); });
    return same;
}

std::vector<PastTime> pastTimes(const std::vector<const Build*>& builds, const std::string& context, const std::string& dockerfile,
                                const std::string& target, int most)
{
    auto same = buildsOf(builds, context, dockerfile, target);
    if (same.size() > std::size_t(most))
        same.resize(std::size_t(most));
    std::vector<PastTime> times;
    for (const Build* build : same)
        addTimes(*build, times);
    return times;
}

void addFactors(std::vector<PlatformCost>& costs, const std::vector<const Build*>& newestFirst)
{
    for (PlatformCost& cost : costs) {
        if (cost.where != PlatformCost::Where::Emulated)
            continue;
        for (const Build* build : newestFirst) {
            if (!cost.factor)
                cost.factor = emulationFactor(*build, cost.platform, build->completed().value_or(Timestamp{}));
        }
    }
}

std::vector<PastTime> pastTimes(const std::vector<const Build*>& builds, const Build& like, int most)
{
    return pastTimes(builds, like.contextName(), dockerfileOf(like), requestedStage(like), most);
}

std::vector<PlatformCost> platformCosts(const std::vector<BuilderPlace>& places, const std::vector<Platform>& wanted, const std::vector<PastTime>& past)
{
    std::vector<Platform> all = wanted;
    for (const BuilderPlace& candidate : places) {
        for (const Platform& platform : candidate.platforms) {
            if (!contains(all, platform))
                all.push_back(platform);
        }
    }
    const bool anyKnown = std::any_of(places.begin(), places.end(), [](const BuilderPlace& candidate) { return candidate.live && candidate.native; });
    std::vector<PlatformCost> costs;
    for (const Platform& platform : all) {
        PlatformCost cost;
        cost.platform = platform;
        if (!anyKnown)
            cost.where = PlatformCost::Where::Unknown;
        place(places, cost);
        cost.usual = usualOf(past, platform, cost.samples);
        costs.push_back(std::move(cost));
    }
    std::stable_sort(costs.begin(), costs.end(), [](const PlatformCost& a, const PlatformCost& b) { return std::pair(a.where, a.platform) < std::pair(b.where, b.platform); });
    return costs;
}

std::vector<std::vector<std::string>> emulationHelp(const Platform& platform)
{
    return {{"apt-get", "install", "qemu-user-static", "binfmt-support"},
            {"docker", "run", "--privileged", "--rm", "tonistiigi/binfmt", "--install", platform.arch}};
}

} // namespace layerline
