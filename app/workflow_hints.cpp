#include "app/workflow_hints.h"

#include "analysis/workflow/job_legs.h"

#include <algorithm>

namespace layerline {

namespace {

/// Empty when the file does not tell.
std::vector<Platform> platformsOf(const JobLeg& leg)
{
    std::vector<Platform> platforms;
    const auto add = [&](const Platform& platform) {
        if (std::find(platforms.begin(), platforms.end(), platform) == platforms.end())
            platforms.push_back(platform);
    };
    for (const BuildCall& build : leg.builds) {
        if (build.platformsOpen || (build.platforms.empty() && (!leg.runsOn.platform || leg.runsOn.open)))
            return {};
        for (const Platform& platform : build.platforms)
            add(platform);
        if (build.platforms.empty())
            add(*leg.runsOn.platform);
    }
    return platforms;
}

} // namespace

PlatformHints platformHintsOf(const Run& run, const std::string& text, const RunnerTable& runners)
{
    const auto workflow = parseWorkflow(text);
    if (!workflow)
        return {};
    const auto legs = expandJobs(*workflow, runners);
    if (!legs)
        return {};
    PlatformHints hints;
    for (const RunJob& job : run.jobs) {
        const auto named = [&job](const JobLeg& leg) { return leg.name == job.name; };
        const auto leg = std::find_if(legs->legs.begin(), legs->legs.end(), named);
        // Two legs of one name: nobody can tell which of them the job is.
        if (leg == legs->legs.end() || std::count_if(legs->legs.begin(), legs->legs.end(), named) > 1)
            continue;
        if (auto platforms = platformsOf(*leg); !platforms.empty())
            hints[job.id].workflow = std::move(platforms);
    }
    return hints;
}

void fetchPlatformHints(GitHubApi& api, const Run& run, RunnerTable runners, QObject* context, Reply<PlatformHints> reply)
{
    if (run.path.empty())
        return reply(Error{ErrorKind::NotFound, "the run does not name its workflow's file", false});
    api.content(run.key.repository, run.path, run.commit, context, [run, runners = std::move(runners), reply = std::move(reply)](Result<FileContent> got) {
        if (!got)
            return reply(got.error());
        reply(platformHintsOf(run, got->text, runners));
    });
}

} // namespace layerline
