#include "analysis/announcer.h"

#include "domain/summary.h"

#include <algorithm>

namespace layerline {

namespace {

/// "arm64: RUN pip install" and the step itself, else the build's error.
void nameFailure(const Build& build, Announcement& news)
{
    const StepIndex failedStep = firstFailed(build);
    if (failedStep == noStep) {
        if (const BuildError* error = build.error())
            news.subject = error->message;
        return;
    }
    const Step& step = build.step(failedStep);
    news.step = step.digest;
    news.subject = step.parsed.text.empty() ? step.name : step.parsed.text;
    if (step.neededBy.size() == 1)
        news.subject = step.neededBy.front().shortName() + ": " + news.subject;
}

std::string keyOf(const Run& run)
{
    return "run " + run.key.repository + " " + std::to_string(run.key.id);
}

/// "build (linux/arm64): Build and push" of the job whose failing step ended first.
void nameFailure(const Run& run, Announcement& news)
{
    const RunJob* first = nullptr;
    const RunStep* failing = nullptr;
    OptionalTime earliest;
    for (const RunJob& job : run.jobs) {
        if (!failed(job.conclusion))
            continue;
        const auto step = std::find_if(job.steps.begin(), job.steps.end(), [](const RunStep& each) { return failed(each.conclusion); });
        const OptionalTime end = step != job.steps.end() && step->completed ? step->completed : job.completed;
        if (first && (!end || (earliest && *end >= *earliest)))
            continue;
        first = &job;
        failing = step == job.steps.end() ? nullptr : &*step;
        earliest = end;
    }
    if (!first)
        return;
    news.job = first->id;
    news.jobStep = failing ? failing->number : 0;
    news.subject = failing ? first->name + ": " + failing->name : first->name;
}

/// A list of runs tells a run's end before the list of its jobs is read again.
bool jobsEnded(const Run& run)
{
    return !run.jobs.empty() && std::all_of(run.jobs.begin(), run.jobs.end(), [](const RunJob& job) { return job.state == RunState::Completed; });
}

} // namespace

std::optional<Announcement> Announcer::consider(const Build& build)
{
    const BuildStatus status = build.status();
    if (status == BuildStatus::Running || status == BuildStatus::Lost) {
        if (build.source() == SourceKind::BuildKit)
            m_runningBuilds.insert(build.id);
        return {};
    }
    if (m_runningBuilds.erase(build.id) == 0 || status == BuildStatus::Canceled)
        return {}; // whoever cancels knows
    Announcement news;
    news.key = "build " + build.id.str();
    news.build = build.id;
    news.name = build.name();
    news.origin = build.records.empty() ? std::string() : build.records.front().info.builder;
    if (build.started() && build.completed())
        news.time = *build.completed() - *build.started();
    if (m_rules.muted.count(news.origin))
        return {};
    if (status == BuildStatus::Failed) {
        news.kind = Announcement::Kind::BuildFailed;
        nameFailure(build, news);
        return m_rules.failures ? std::optional(news) : std::nullopt;
    }
    news.kind = Announcement::Kind::BuildSucceeded;
    return m_rules.successes && news.time >= m_rules.shortest ? std::optional(news) : std::nullopt;
}

std::optional<Announcement> Announcer::endOf(const Run& run) const
{
    Announcement news;
    news.key = keyOf(run);
    news.run = run.key;
    news.name = run.title.empty() ? run.workflow : run.title;
    news.origin = run.key.repository;
    const OptionalTime begun = run.started ? run.started : run.created;
    if (begun && run.updated)
        news.time = std::max(*run.updated - *begun, Duration{});
    if (failed(run.conclusion)) {
        news.kind = Announcement::Kind::RunFailed;
        nameFailure(run, news);
        return m_rules.failures ? std::optional(news) : std::nullopt;
    }
    if (run.conclusion != Conclusion::Success)
        return {};
    news.kind = Announcement::Kind::RunSucceeded;
    return m_rules.successes && news.time >= m_rules.shortest ? std::optional(news) : std::nullopt;
}

std::optional<Announcement> Announcer::tooLong(const Run& run, Timestamp now)
{
    if (!m_rules.queued)
        return {};
    for (const RunJob& job : run.jobs) {
        if (job.state != RunState::Queued || !job.created || now - *job.created < m_rules.queueLimit)
            continue;
        if (!m_queuedSaid.emplace(run.key, job.id).second)
            continue;
        Announcement news;
        news.kind = Announcement::Kind::QueuedTooLong;
        news.key = keyOf(run);
        news.run = run.key;
        news.name = run.title.empty() ? run.workflow : run.title;
        news.origin = run.key.repository;
        news.subject = job.name;
        news.job = job.id;
        news.label = job.labels.empty() ? std::string() : job.labels.front();
        news.time = now - *job.created;
        return news;
    }
    return {};
}

bool Announcer::isSilent(const Run& run) const
{
    const bool others = m_rules.onlyMine && !m_rules.me.empty() && run.actor != m_rules.me;
    return others || m_rules.muted.count(run.key.repository) > 0;
}

/// Began and ended between two looks, or was run again meanwhile.
bool Announcer::isUnseenNews(const Run& run, Timestamp now) const
{
    const auto since = m_since.find(run.key.repository);
    const auto done = m_doneRuns.find(run.key);
    const OptionalTime begun = run.started ? run.started : run.created;
    if (since == m_since.end() || !begun || *begun < since->second || (done != m_doneRuns.end() && done->second >= run.attempt))
        return false;
    return m_ended.count(run.key) > 0 || !run.updated || now - *run.updated <= m_rules.stalest;
}

void Announcer::forget(const RunKey& run)
{
    m_runningRuns.erase(run);
    m_ended.erase(run);
    m_doneRuns.erase(run);
}

std::optional<Announcement> Announcer::consider(const Run& run, Timestamp now)
{
    if (run.state != RunState::Completed) {
        m_runningRuns[run.key] = run.attempt;
        m_ended.erase(run.key);
        return isSilent(run) ? std::nullopt : tooLong(run, now);
    }
    const auto seen = m_runningRuns.find(run.key);
    const bool watched = seen != m_runningRuns.end() && seen->second == run.attempt;
    if (!watched && !isUnseenNews(run, now))
        return {};
    if (!jobsEnded(run) && now - m_ended.emplace(run.key, now).first->second < m_rules.patience)
        return {};
    m_ended.erase(run.key);
    m_runningRuns.erase(run.key);
    m_doneRuns[run.key] = run.attempt;
    return isSilent(run) ? std::nullopt : endOf(run);
}

bool Announcer::expects(const Run& run) const
{
    if (m_ended.count(run.key))
        return true;
    return run.state != RunState::Completed && std::any_of(run.jobs.begin(), run.jobs.end(), [this, &run](const RunJob& job) {
        return job.state == RunState::Queued && !m_queuedSaid.count({run.key, job.id});
    });
}

} // namespace layerline
