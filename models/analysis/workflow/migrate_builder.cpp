// From QEMU to native runners where docker/github-builder does the work: it splits the platforms itself, by its inputs.
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/migrate_plan.h"

#include <algorithm>

namespace layerline {

namespace {

const Platform amd64{"linux", "amd64", {}};
const Platform arm64{"linux", "arm64", {}};

Error unsupported(const WorkflowJob& job, const std::string& what)
{
    return {ErrorKind::Unsupported, atPlace(*job.entry->key, "job '" + job.id + "' calls docker/github-builder: " + what), false};
}

/// Empty when only the run knows them.
std::vector<Platform> platformsOf(const std::vector<const JobLeg*>& legs)
{
    std::vector<Platform> platforms;
    for (const JobLeg* leg : legs) {
        for (const BuildCall& build : leg->builds) {
            if (build.platformsOpen)
                return {};
            for (const Platform& platform : build.platforms) {
                if (std::find(platforms.begin(), platforms.end(), platform) == platforms.end())
                    platforms.push_back(platform);
            }
        }
    }
    return platforms;
}

/// The runners its author has mapped already: "default=our-amd" and "linux/arm64=our-arm", a line each. A label alone is that
/// of all platforms; one that names an architecture (or asks the workflow to choose) is what is to be changed, so it is not among them.
TextMap mappedRunners(const WorkflowJob& job, const JobLeg& leg)
{
    TextMap mapped;
    for (const std::string& line : textLines(valueOf(job.with, "runner"))) {
        const std::size_t sign = line.find('=');
        if (sign != std::string::npos)
            mapped.emplace_back(line.substr(0, sign), line.substr(sign + 1));
        else if (!leg.runsOn.platform && line != "auto" && line.find("${{") == std::string::npos)
            mapped.emplace_back("default", line);
    }
    return mapped;
}

/// Of a caller: its own mapping, unless another runner was asked for, then what the table of runners says.
struct BuilderRunners {
    std::string mapping;
    bool emulates = false; ///< a platform without a native runner
};

BuilderRunners builderRunners(const WorkflowJob& job, const JobLeg& leg, const std::vector<Platform>& platforms, const RunnerTable& runners, const MigrateOptions& options)
{
    TextMap mapped = options.cheapest ? TextMap() : mappedRunners(job, leg);
    const auto take = [&](const std::string& key, const std::string& arch) {
        const auto found = std::find_if(mapped.begin(), mapped.end(), [&](const auto& entry) { return entry.first == key; });
        std::string label = found == mapped.end() || options.runners.count(arch) > 0 ? std::string() : found->second;
        if (found != mapped.end())
            mapped.erase(found);
        return label;
    };
    BuilderRunners result;
    bool native = true;
    const std::string usual = take("default", amd64.arch);
    result.mapping = "default=" + (usual.empty() ? runnerFor(amd64, leg, runners, options, native)[0] : usual);
    for (const Platform& platform : platforms) {
        std::string label = take(platform.str(), platform.arch);
        if (label.empty() && platform.arch == amd64.arch)
            continue; // the default one
        if (label.empty()) {
            label = runnerFor(platform, leg, runners, options, native)[0];
            result.emulates = result.emulates || !native;
            if (!native)
                continue;
        }
        result.mapping += "\n" + platform.str() + "=" + label;
    }
    for (const auto& [platform, label] : mapped) // of platforms that are not told here
        result.mapping += "\n" + platform + "=" + label;
    return result;
}

} // namespace

bool emulatesByBuilder(const WorkflowJob& job, const std::vector<const JobLeg*>& legs)
{
    return isGithubBuilder(job) && std::any_of(legs.begin(), legs.end(), [](const JobLeg* leg) {
        return leg->qemu && std::any_of(leg->builds.begin(), leg->builds.end(), [&](const BuildCall& build) {
            const bool foreign = std::any_of(build.platforms.begin(), build.platforms.end(), [&](const Platform& platform) { return executionOf(*leg, platform) == Execution::Emulated; });
            return foreign || (build.platforms.empty() && build.platformsOpen);
        });
    });
}

std::optional<Error> migrateBuilderInputs(Editing& editing, const WorkflowJob& job, const std::vector<const JobLeg*>& legs, const RunnerTable& runners, const MigrateOptions& options)
{
    if (!options.paths.empty() || !options.warmCron.empty())
        return unsupported(job, options.paths.empty() ? "it pushes in every run, so runs that only warm the cache can't be told" : "it builds all of its platforms in every run");
    std::vector<Platform> platforms = platformsOf(legs);
    const bool known = !platforms.empty();
    if (!known)
        platforms = {amd64, arm64};
    TextMap inputs{{"distribute", "true"}};
    if (!options.extraPlatforms.empty()) {
        const std::string present = valueOf(job.with, "platforms");
        if (!known || present.empty() || present.find("${{") != std::string::npos)
            return unsupported(job, "its platforms can't be told from the file, so add to them by hand");
        std::string list = present;
        while (!list.empty() && (list.back() == '\n' || list.back() == ' '))
            list.pop_back();
        const char* const between = list.find('\n') == std::string::npos ? "," : "\n";
        for (const Platform& platform : options.extraPlatforms) {
            if (std::find(platforms.begin(), platforms.end(), platform) != platforms.end())
                continue;
            platforms.push_back(platform);
            list += between + platform.str();
        }
        inputs.emplace_back("platforms", list);
    }
    const BuilderRunners chosen = builderRunners(job, *legs[0], platforms, runners, options);
    inputs.emplace_back("runner", chosen.mapping);
    if (known && (chosen.emulates || hasKey(job.with, "setup-qemu")))
        inputs.emplace_back("setup-qemu", chosen.emulates ? "true" : "false");
    setInputs(editing, job, inputs);
    warnAboutBuilderCaches(editing, EditKind::CacheApart, job, legs);
    return std::nullopt;
}

} // namespace layerline
