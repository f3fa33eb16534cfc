#include "app/tasks/cache_writers.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::size_t mostWorkflows = 30;

/// Does no event of its own start it?
bool onlyCalled(const Workflow& workflow)
{
    return std::all_of(workflow.triggers.begin(), workflow.triggers.end(), [](const WorkflowTrigger& trigger) { return trigger.event == "workflow_call"; });
}

/// The files of one repository on their way, one after the other.
struct Reading : std::enable_shared_from_this<Reading> {
    WorkflowReader& reader;
    std::string repository;
    RunnerTable runners;
    QPointer<QObject> context;
    Reply<CacheWriters> reply;
    std::vector<std::string> left; ///< paths, the next one last
    CacheWriters found;

    Reading(WorkflowReader& reader_, std::string repository_, RunnerTable runners_, QObject* context_, Reply<CacheWriters> reply_)
        : reader(reader_), repository(std::move(repository_)), runners(std::move(runners_)), context(context_), reply(std::move(reply_))
    {
        found.complete = true;
    }

    void problem(const std::string& path, const std::string& why)
    {
        found.problems.push_back(path + ": " + why);
        found.complete = false;
    }

    void add(const std::string& path, const Legs& legs)
    {
        found.workflows.push_back(path);
        for (CacheWriter& writer : summarise(legs).cacheWriters) {
            writer.workflow = path;
            found.writers.push_back(std::move(writer));
        }
        // What a bake file or only the run knows may write anything.
        const bool bakes = std::any_of(legs.legs.begin(), legs.legs.end(), [](const JobLeg& leg) {
            return std::any_of(leg.builds.begin(), leg.builds.end(), [](const BuildCall& build) {
                const bool told = build.bake && !build.bake->open
                                  && std::none_of(build.bake->targets.begin(), build.bake->targets.end(), [](const BakeFileTarget& target) { return target.cacheTo.open; });
                return build.kind == ActionKind::Bake && build.cacheTo.empty() && !told;
            });
        });
        found.complete = found.complete && !legs.open && legs.unread.empty() && !bakes;
    }

    void next()
    {
        if (left.empty())
            return reply(std::move(found));
        const std::string path = std::move(left.back());
        left.pop_back();
        reader.read(repository, path, {}, context, [self = shared_from_this(), path](Result<WorkflowFilesPtr> got) {
            const auto legs = got ? (*got)->legs(self->runners) : Result<Legs>(got.error());
            if (legs && onlyCalled(*(*got)->workflow))
                self->found.workflows.push_back(path); // it runs as a part of its callers, and there it is looked at
            else
                legs ? self->add(path, *legs) : self->problem(path, legs.error().detail);
            for (std::size_t i = 0; got && i < (*got)->unread.size(); ++i)
                self->problem(path, (*got)->unread[i]);
            self->next();
        });
    }
};

} // namespace

void readCacheWriters(GitHubApi& api, WorkflowReader& reader, const std::string& repository, RunnerTable runners, QObject* context, Reply<CacheWriters> reply)
{
    const auto reading = std::make_shared<Reading>(reader, repository, std::move(runners), context, std::move(reply));
    api.workflows(repository, context, [reading](Result<Listing<WorkflowInfo>> got) {
        if (!got)
            return reading->reply(got.error());
        for (const WorkflowInfo& workflow : got->items) {
            // GitHub's own ("dynamic/...") have no file; what is switched off writes nothing.
            if (workflow.path.rfind(".github/", 0) == 0 && workflow.state == "active")
                reading->left.push_back(workflow.path);
        }
        if (reading->left.size() > mostWorkflows) {
            reading->problem(reading->repository, "only " + std::to_string(mostWorkflows) + " of its workflows are read");
            reading->left.resize(mostWorkflows);
        }
        std::reverse(reading->left.begin(), reading->left.end());
        reading->next();
    });
}

void readCacheLimits(GitHubApi& api, const std::string& repository, QObject* context, std::function<void(CacheLimits)> reply)
{
    api.cacheLimit(repository, context, [reply = std::move(reply)](Result<std::int64_t> got) {
        CacheLimits limits;
        if (got) {
            limits.quotaBytes = *got;
            limits.told = true;
        }
        reply(limits);
    });
}

CacheEntry cacheEntryOf(const StoredCache& cache)
{
    return {cache.id, cache.key, cache.ref, cache.version, cache.bytes, cache.created, cache.lastUsed};
}

std::vector<CacheEntry> cacheEntriesOf(const std::vector<StoredCache>& caches)
{
    std::vector<CacheEntry> entries;
    for (const StoredCache& cache : caches)
        entries.push_back(cacheEntryOf(cache));
    return entries;
}

} // namespace layerline
