#include "app/tasks/run_builds.h"

#include "app/tasks/workflow_hints.h"
#include "app/tasks/workflow_tool.h"
#include "domain/post_to.h"
#include "sources/github/job_platforms.h"

namespace layerline {

RunBuilds::RunBuilds(GitHubApi& api, Run& run, std::function<void()> done) : m_run(run), m_workflows(api), m_loader(api), m_done(std::move(done))
{
    connect(&m_loader, &RunDetails::ready, this, &RunBuilds::take);
}

void RunBuilds::start()
{
    for (const RunJob& job : m_run.jobs) {
        if (job.state == RunState::Completed && job.conclusion != Conclusion::Skipped && job.started)
            m_open.insert(job.id);
    }
    // The workflow first: a job whose platform is known is told apart from its siblings by it.
    const auto runners = loadRunnerTable();
    fetchWorkflowKnowledge(m_workflows, m_run, runners ? runners.value() : RunnerTable{}, this, [this](Result<WorkflowKnowledge> got) {
        if (got)
            m_hints = std::move(got->hints);
        findPlatforms(m_run, m_hints);
        load();
    });
}

void RunBuilds::load()
{
    if (m_open.empty()) {
        postTo(this, [this] { finish(); });
        return;
    }
    for (const std::int64_t job : std::set<std::int64_t>(m_open))
        m_loader.load(m_run, job);
}

std::vector<std::shared_ptr<const JobDetails>> RunBuilds::details() const
{
    std::vector<std::shared_ptr<const JobDetails>> list;
    for (const RunJob& job : m_run.jobs) {
        if (const auto found = m_details.find(job.id); found != m_details.end())
            list.push_back(found->second);
    }
    return list;
}

void RunBuilds::take(const std::shared_ptr<const JobDetails>& details)
{
    m_details[details->job] = details;
    m_open.erase(details->job);
    if (m_open.empty())
        finish();
}

/// In the order of the jobs, so that the same run gives the same text however the answers came.
void RunBuilds::finish()
{
    for (const RunJob& job : m_run.jobs) {
        const auto found = m_details.find(job.id);
        if (found == m_details.end())
            continue;
        if (found->second->from == JobDetails::From::Record)
            m_hints[job.id].record = found->second->platforms;
        for (const EventBatch& batch : detailsOfJob(m_run, job, found->second->batches, DetailPlace::OwnBuild))
            m_set.apply(batch);
    }
    findPlatforms(m_run, m_hints);
    m_done();
}

} // namespace layerline
