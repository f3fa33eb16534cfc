// The part of Pipelines that asks GitHub for more than the watcher tells: for a run on screen only.
#include "app/pipelines.h"

#include "app/workflow_hints.h"

#include <algorithm>

namespace layerline {

/// GitHub takes a while to store the log of a job that has just ended, and nothing tells when it is there.
void Pipelines::askForLogAgain(const RunKey& run, const RunJob& job)
{
    constexpr Duration patience{600'000'000'000}; // of an older job there is none to wait for
    constexpr int tries = 6;
    if (!job.completed || m_clock.now() + m_session.clockSkew() - *job.completed > patience)
        return;
    const int before = m_logTries[job.id]++;
    if (before >= tries)
        return;
    QTimer::singleShot(m_logWait * (1 << before), this, [this, run, id = job.id] {
        m_asked.erase(id);
        if (const RunPtr shown = selectedRun(); shown && shown->key == run)
            loadEnded(shown);
    });
}

/// The workflow file names the platforms more reliably than labels and job names do. A request or a few for a run on screen.
void Pipelines::askForWorkflow(const Run& run)
{
    if (run.jobs.empty() || !m_workflowAsked.insert(run.key).second)
        return;
    fetchWorkflowKnowledge(m_workflows, run, m_runnerTable, this, [this, key = run.key](Result<WorkflowKnowledge> got) {
        if (!got) {
            if (got.error().retryable)
                m_workflowAsked.erase(key); // asked again with the next news
            return;
        }
        auto& hints = m_hints[key];
        for (const auto& [job, hint] : got->hints) {
            hints[job].workflow = hint.workflow;
            hints[job].merges = hint.merges;
        }
        m_collisions[key] = std::move(got->collisions);
        m_watcher.setPlatformHints(key, hints);
        refreshRun();
    });
}

/// Self-hosted runners matter only to a job that waits; not everybody may ask for them. They come and go: what is known is a minute old
/// at most. Who was refused is not asked again for an hour.
void Pipelines::askForRunners(const Run& run)
{
    constexpr Duration minute{60'000'000'000}, hour{3'600'000'000'000};
    const std::string& repository = run.key.repository;
    if (std::none_of(run.jobs.begin(), run.jobs.end(), [](const RunJob& job) { return job.state == RunState::Queued; }))
        return;
    const auto [at, unknown] = m_runners.try_emplace(repository);
    if (!unknown && m_clock.now() - at->second.asked < (at->second.refused ? hour : minute))
        return;
    at->second.asked = m_clock.now();
    m_pollApi.runners(repository, this, [this, repository](Result<Listing<RunnerInfo>> got) {
        const auto known = m_runners.find(repository);
        if (known == m_runners.end() || (!got && got.error().retryable))
            return;
        known->second.refused = !got;
        known->second.list.reset();
        if (got)
            known->second.list.emplace();
        for (const RunnerInfo& info : got ? got->items : std::vector<RunnerInfo>{})
            known->second.list->push_back({info.name, info.labels, info.online, info.busy, {}});
        refreshRun();
    });
}

} // namespace layerline
