#include "analysis/run_report.h"

#include "analysis/report.h"

#include <algorithm>
#include <cstdio>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

Json timeJson(const OptionalTime& time) { return time ? Json(formatRfc3339(*time)) : Json(nullptr); }

Json conclusionJson(Conclusion conclusion) { return conclusion == Conclusion::None ? Json(nullptr) : Json(toString(conclusion)); }

Json msJson(const std::optional<Duration>& duration) { return duration ? Json(duration->ms()) : Json(nullptr); }

/// Until a runner took the job, else until now; empty when GitHub does not tell.
std::optional<Duration> queueTime(const RunJob& job, Timestamp now)
{
    if (!job.created || job.conclusion == Conclusion::Skipped)
        return {};
    const Timestamp until = job.started ? *job.started : job.completed ? *job.completed : now;
    return Duration{std::max<std::int64_t>(0, (until - *job.created).ns)};
}

/// On the runner; empty before it started.
std::optional<Duration> runTime(const RunJob& job, Timestamp now)
{
    if (!job.started)
        return {};
    return Duration{std::max<std::int64_t>(0, (job.completed.value_or(now) - *job.started).ns)};
}

Json stepJson(const RunStep& step)
{
    return {{"number", step.number},
            {"name", step.name},
            {"state", toString(step.state)},
            {"conclusion", conclusionJson(step.conclusion)},
            {"started", timeJson(step.started)},
            {"completed", timeJson(step.completed)}};
}

Json jobJson(const RunJob& job, Timestamp now)
{
    Json platforms = Json::array(), steps = Json::array();
    for (const Platform& platform : job.platforms)
        platforms.push_back(platform.str());
    for (const RunStep& step : job.steps)
        steps.push_back(stepJson(step));
    return {{"id", job.id},
            {"name", job.name},
            {"state", toString(job.state)},
            {"conclusion", conclusionJson(job.conclusion)},
            {"created", timeJson(job.created)},
            {"started", timeJson(job.started)},
            {"completed", timeJson(job.completed)},
            {"queued_ms", msJson(queueTime(job, now))},
            {"duration_ms", msJson(runTime(job, now))},
            {"labels", job.labels},
            {"runner", job.runner ? Json(job.runnerName) : Json(nullptr)},
            {"platforms", platforms},
            {"evidence", toString(job.evidence)},
            {"merges", job.merges},
            {"url", job.url},
            {"steps", steps}};
}

std::string seconds(const std::optional<Duration>& duration)
{
    if (!duration)
        return "-";
    const std::int64_t s = std::max<std::int64_t>(0, duration->ms()) / 1000;
    char text[32];
    if (s >= 3600)
        std::snprintf(text, sizeof text, "%lldh%02lldm", (long long)(s / 3600), (long long)(s / 60 % 60));
    else
        std::snprintf(text, sizeof text, "%lldm%02llds", (long long)(s / 60), (long long)(s % 60));
    return text;
}

std::string word(RunState state, Conclusion conclusion)
{
    return conclusion == Conclusion::None || state != RunState::Completed ? toString(state) : toString(conclusion);
}

std::string padded(std::string text, std::size_t width)
{
    return text.size() < width ? text + std::string(width - text.size(), ' ') : text + " ";
}

std::string jobLine(const RunJob& job, Timestamp now)
{
    std::string platforms;
    for (const Platform& platform : job.platforms)
        platforms += (platforms.empty() ? "" : ",") + platform.shortName();
    return "    " + padded(word(job.state, job.conclusion), 13) + padded("queued " + seconds(queueTime(job, now)), 15)
        + padded("ran " + seconds(runTime(job, now)), 13) + padded(job.merges ? "merge" : platforms.empty() ? "-" : platforms, 14) + printableLine(job.name) + "\n";
}

} // namespace

const char* toString(PlatformEvidence evidence)
{
    switch (evidence) {
    case PlatformEvidence::BuildRecord: return "build_record";
    case PlatformEvidence::WorkflowPlatforms: return "workflow_platforms";
    case PlatformEvidence::RunnerLabel: return "runner_label";
    case PlatformEvidence::JobName: return "job_name";
    case PlatformEvidence::None: break;
    }
    return "none";
}

Json runJson(const Run& run, Timestamp now)
{
    Json jobs = Json::array();
    for (const RunJob& job : run.jobs)
        jobs.push_back(jobJson(job, now));
    return {{"id", run.key.id},
            {"attempt", run.attempt},
            {"number", run.number},
            {"workflow", run.workflow},
            {"path", run.path},
            {"title", run.title},
            {"event", run.event},
            {"branch", run.branch},
            {"commit", run.commit},
            {"actor", run.actor},
            {"state", toString(run.state)},
            {"conclusion", conclusionJson(run.conclusion)},
            {"created", timeJson(run.created)},
            {"started", timeJson(run.started)},
            {"updated", timeJson(run.updated)},
            {"url", run.url},
            {"jobs", jobs}};
}

std::string runsText(const std::vector<Run>& runs, Timestamp now, bool jobs)
{
    std::string text;
    for (const Run& run : runs) {
        text += padded(std::to_string(run.key.id), 13) + padded(word(run.state, run.conclusion), 13) + padded(printableLine(run.workflow), 20)
            + padded("#" + std::to_string(run.number) + (run.attempt > 1 ? "." + std::to_string(run.attempt) : ""), 8) + padded(printableLine(run.branch), 16)
            + printableLine(run.title) + "\n";
        for (const RunJob& job : run.jobs) {
            if (jobs)
                text += jobLine(job, now);
        }
    }
    return text;
}

} // namespace layerline
