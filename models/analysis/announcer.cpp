#include "analysis/announcer.h"

#include "domain/summary.h"

#include <algorithm>

namespace layerline {

namespace {

std::string stepText(const Build& build)
{
    const StepIndex failedStep = firstFailed(build);
    if (failedStep == noStep) {
        const BuildError* error = build.error();
        return error ? error->message : std::string();
    }
    const Step& step = build.step(failedStep);
    std::string text = step.parsed.text.empty() ? step.name : step.parsed.text;
    if (step.neededBy.size() == 1)
        text = step.neededBy.front().shortName() + ": " + text;
    return text;
}

std::string keyOf(const Run& run)
{
    return "run " + run.key.repository + " " + std::to_string(run.key.id);
}

/// "build (linux/arm64): Build and push" of the job that failed first.
std::string failedJob(const Run& run)
{
    const RunJob* first = nullptr;
    for (const RunJob& job : run.jobs) {
        if (failed(job.conclusion) && (!first || job.completed.value_or(Timestamp{}) < first->completed.value_or(Timestamp{})))
            first = &job;
    }
    if (!first)
        return {};
    const auto step = std::find_if(first->steps.begin(), first->steps.end(), [](const RunStep& each) { return failed(each.conclusion); });
    return step == first->steps.end() ? first->name : first->name + ": " + step->name;
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
    news.name = build.name();
    news.origin = build.records.empty() ? std::string() : build.records.front().info.builder;
    if (build.started() && build.completed())
        news.time = *build.completed() - *build.started();
    if (m_rules.muted.count(news.origin))
        return {};
    if (status == BuildStatus::Failed) {
        news.kind = Announcement::Kind::BuildFailed;
        news.subject = stepText(build);
        return m_rules.failures ? std::optional(news) : std::nullopt;
    }
    news.kind = Announcement::Kind::BuildSucceeded;
    return m_rules.successes && news.time >= m_rules.shortest ? std::optional(news) : std::nullopt;
}

std::optional<Announcement> Announcer::endOf(const Run& run) const
{
    Announcement news;
    news.key = keyOf(run);
    news.name = run.title.empty() ? run.workflow : run.title;
    news.origin = run.key.repository;
    const OptionalTime begun = run.started ? run.started : run.created;
    if (begun && run.updated)
        news.time = std::max(*run.updated - *begun, Duration{});
    if (failed(run.conclusion)) {
        news.kind = Announcement::Kind::RunFailed;
        news.subject = failedJob(run);
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
        news.name = run.title.empty() ? run.workflow : run.title;
        news.origin = run.key.repository;
        news.subject = job.name;
        news.label = job.labels.empty() ? std::string() : job.labels.front();
        news.time = now - *job.created;
        return news;
    }
    return {};
}

std::optional<Announcement> Announcer::consider(const Run& run, Timestamp now)
{
    const bool others = m_rules.onlyMine && !m_rules.me.empty() && run.actor != m_rules.me;
    const bool silent = others || m_rules.muted.count(run.key.repository) > 0;
    if (run.state != RunState::Completed) {
        m_runningRuns[run.key] = run.attempt;
        return silent ? std::nullopt : tooLong(run, now);
    }
    const auto seen = m_runningRuns.find(run.key);
    if (seen == m_runningRuns.end() || seen->second != run.attempt)
        return {};
    m_runningRuns.erase(seen);
    return silent ? std::nullopt : endOf(run);
}

} // namespace layerline
