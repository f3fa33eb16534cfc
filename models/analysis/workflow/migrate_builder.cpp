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
    bool native = true, emulates = false;
    std::string mapping = "default=" + runnerFor(amd64, *legs[0], runners, options, native)[0];
    for (const Platform& platform : platforms) {
        const auto labels = runnerFor(platform, *legs[0], runners, options, native);
        emulates = emulates || !native;
        if (native && platform.arch != amd64.arch)
            mapping += "\n" + platform.str() + "=" + labels[0];
    }
    inputs.emplace_back("runner", mapping);
    if (known && (emulates || hasKey(job.with, "setup-qemu")))
        inputs.emplace_back("setup-qemu", emulates ? "true" : "false");
    setInputs(editing, job, inputs);
    warnAboutBuilderCaches(editing, EditKind::CacheApart, job, legs);
    return std::nullopt;
}

} // namespace layerline
