#include "app/tasks/workflow_hints.h"

#include <algorithm>

namespace layerline {

namespace {

/// Empty when the file does not tell.
std::vector<Platform> platformsOf(const JobLeg& leg)
{
    std::vector<Platform> platforms;
    for (const BuildCall& build : leg.builds) {
        const std::vector<Platform> some = platformsOf(leg, build);
        if (build.platformsOpen || some.empty())
            return {};
        for (const Platform& platform : some) {
            if (std::find(platforms.begin(), platforms.end(), platform) == platforms.end())
                platforms.push_back(platform);
        }
    }
    return platforms;
}

/// A leg of docker/github-builder, whose matrix only its own script knows.
bool isBuilderLeg(const JobLeg& leg) { return !leg.builds.empty() && !leg.builds.front().step; }

bool startsWith(const std::string& text, const std::string& start) { return text.compare(0, start.size(), start) == 0; }

/// "images / build (0, linux/arm64, ubuntu-24.04-arm)" is of the leg "images / build (linux/arm64)".
bool isOfBuilder(const RunJob& job, const JobLeg& leg)
{
    const std::string head = leg.name.substr(0, leg.name.rfind(" / build") + 8);
    if (!startsWith(job.name, head))
        return false;
    const std::vector<Platform> named = platformsInName(job.name.substr(head.size()));
    return named.empty() ? leg.name == head : named.size() == 1 && leg.builds.front().platforms == named;
}

bool mergesOnly(const JobLeg& leg) { return leg.merges && leg.builds.empty(); }

} // namespace

PlatformHints platformHintsOf(const Run& run, const Legs& legs)
{
    PlatformHints hints;
    for (const RunJob& job : run.jobs) {
        const auto its = [&job](const JobLeg& leg) { return isBuilderLeg(leg) ? isOfBuilder(job, leg) : leg.name == job.name; };
        const auto leg = std::find_if(legs.legs.begin(), legs.legs.end(), its);
        // The builder's last job puts its platforms together.
        const bool finalises = std::any_of(legs.legs.begin(), legs.legs.end(), [&job](const JobLeg& each) {
            return isBuilderLeg(each) && startsWith(job.name, each.name.substr(0, each.name.rfind(" / build")) + " / finalize");
        });
        if (finalises)
            hints[job.id].merges = true;
        // Two legs of one name: nobody can tell which of them the job is.
        if (leg == legs.legs.end() || std::count_if(legs.legs.begin(), legs.legs.end(), its) > 1)
            continue;
        if (mergesOnly(*leg))
            hints[job.id].merges = true;
        if (auto platforms = platformsOf(*leg); !platforms.empty())
            hints[job.id].workflow = std::move(platforms);
    }
    return hints;
}

void fetchWorkflowKnowledge(WorkflowReader& reader, const Run& run, RunnerTable runners, QObject* context, Reply<WorkflowKnowledge> reply)
{
    if (run.path.empty())
        return reply(Error{ErrorKind::NotFound, "the run does not name its workflow's file", false});
    reader.read(run.key.repository, run.path, run.commit, context, [run, runners = std::move(runners), reply = std::move(reply)](Result<WorkflowFilesPtr> got) {
        const auto legs = got ? (*got)->legs(runners) : Result<Legs>(got.error());
        if (!legs)
            return reply(legs.error());
        reply(WorkflowKnowledge{platformHintsOf(run, *legs), scopeCollisions(summarise(*legs).cacheWriters)});
    });
}

} // namespace layerline
