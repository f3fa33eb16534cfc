// The part of Pipelines that asks GitHub for more than the watcher tells: for a run on screen only, earlier attempts of it among that.
#include "app/window/pipelines.h"

#include "app/tasks/workflow_hints.h"
#include "sources/github/run_events.h"

#include <algorithm>

namespace layerline {

/// The workflow file names the platforms more reliably than labels and job names do. A request or a few for a run on screen.
void Pipelines::askForWorkflow(const Run& run)
{
    const RunAttempt of{run.key, run.attempt};
    if (run.jobs.empty() || !m_workflowAsked.insert(of).second)
        return;
    fetchWorkflowKnowledge(m_workflows, run, m_runnerTable, this, [this, of](Result<WorkflowKnowledge> got) {
        if (!got) {
            if (got.error().retryable)
                m_workflowAsked.erase(of); // asked again with the next news
            return;
        }
        auto& hints = m_hints[of.run];
        for (const auto& [job, hint] : got->hints) {
            hints[job].workflow = hint.workflow;
            hints[job].merges = hint.merges;
        }
        m_collisions[of.run] = std::move(got->collisions);
        useHints(of);
        refreshRun();
    });
}

/// What QEMU costs against native runners is told by other runs of the repository: by the newest few whose jobs do not name platforms.
void Pipelines::askForOthers(const Run& shown)
{
    constexpr int most = 5;
    int count = 0;
    for (const RunPtr& each : runsOf(shown.key.repository)) {
        const bool silent = each->conclusion == Conclusion::Success && !each->jobs.empty()
            && std::all_of(each->jobs.begin(), each->jobs.end(), [](const RunJob& job) { return job.platforms.empty(); });
        if (silent && ++count <= most)
            askForWorkflow(*each);
    }
}

void Pipelines::keep(const RunPtr& run)
{
    for (const EventBatch& batch : runToBatches(*run))
        m_store.apply(std::make_shared<const EventBatch>(batch));
    if (const Build* build = m_store.builds().owner(recordKeyOf(*run)))
        m_runOf[build->id] = {run->key, run->attempt};
    m_attempts[{run->key, run->attempt}] = run;
}

RunPtr Pipelines::runOf(const RunAttempt& wanted) const
{
    const RunPtr latest = m_watcher.run(wanted.run);
    if (!latest || latest->attempt == wanted.attempt)
        return latest;
    const auto earlier = m_attempts.find(wanted);
    return earlier == m_attempts.end() ? nullptr : earlier->second;
}

int Pipelines::latestAttempt(const RunKey& run) const
{
    const RunPtr latest = m_watcher.run(run);
    return latest ? latest->attempt : 0;
}

/// Of an earlier attempt: it was not seen to its end.
bool Pipelines::unfinished(const RunAttempt& wanted) const
{
    const RunPtr run = runOf(wanted);
    return wanted.attempt < latestAttempt(wanted.run) && (!run || run->state != RunState::Completed || run->jobs.empty());
}

void Pipelines::selectAttempt(int attempt)
{
    const RunPtr shown = selectedRun();
    if (!shown || attempt == shown->attempt)
        return;
    const RunAttempt wanted{shown->key, attempt};
    if (unfinished(wanted))
        return askForAttempt(wanted);
    for (const auto& [build, of] : m_runOf) {
        if (of == wanted)
            return m_selection.setBuild(BuildId(build));
    }
}

/// The list of runs and their jobs tell of the latest attempt alone. Two requests for one that a person wants to see.
void Pipelines::askForAttempt(const RunAttempt& wanted)
{
    if (!m_attemptsAsked.insert(wanted).second)
        return;
    const auto failed = [this, wanted](const Error& error) {
        m_attemptsAsked.erase(wanted);
        Q_EMIT attemptFailed(wanted.attempt, error);
    };
    m_api.attempt(wanted.run, wanted.attempt, this, [this, wanted, failed](Result<Run> got) {
        if (!got)
            return failed(got.error());
        m_api.jobs(wanted.run, wanted.attempt, this, [this, wanted, failed, run = std::move(got.value())](Result<Listing<RunJob>> jobs) mutable {
            if (!jobs)
                return failed(jobs.error());
            run.attempt = wanted.attempt;
            run.jobs = std::move(jobs->items);
            m_attemptsAsked.erase(wanted);
            takeAttempt(std::move(run));
        });
    });
}

/// Shows it, unless something else is looked at by now.
void Pipelines::takeAttempt(Run run)
{
    const RunAttempt of{run.key, run.attempt};
    if (!m_watcher.run(of.run))
        return; // no longer watched
    findPlatforms(run, m_hints[of.run]);
    keep(std::make_shared<const Run>(std::move(run)));
    m_store.flush();
    const RunPtr shown = selectedRun();
    if (!shown || shown->key != of.run)
        return;
    selectAttempt(of.attempt);
    m_jobs.load(*m_attempts.at(of));
    refreshRun();
}

/// What was found out about an attempt's jobs: the watcher announces the latest one again, an earlier one is ours.
void Pipelines::useHints(const RunAttempt& of)
{
    const auto& hints = m_hints[of.run];
    if (of.attempt == latestAttempt(of.run))
        return m_watcher.setPlatformHints(of.run, hints);
    const RunPtr before = runOf(of);
    if (!before)
        return;
    Run after = *before;
    findPlatforms(after, hints);
    if (after != *before)
        keep(std::make_shared<const Run>(std::move(after)));
}

} // namespace layerline
