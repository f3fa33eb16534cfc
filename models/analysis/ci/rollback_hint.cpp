#include "analysis/ci/rollback_hint.h"

#include <algorithm>

namespace layerline {

namespace {

bool foreign(const RunJob& job, const RunnerTable& table)
{
    auto runner = runnerPlatform(job.labels, table);
    if (!runner && job.labels.size() == 1) {
        const auto nearest = nearestLabel(job.labels[0], table);
        if (nearest)
            runner = table.find(*nearest)->platform;
    }
    const bool builds = !job.platforms.empty() && !job.merges;
    return builds && runner && runner->arch != "amd64";
}

std::optional<RollbackReason> reasonOf(const QueueDiagnosis& queue, const RollbackLimits& limits)
{
    switch (queue.cause) {
    case QueueCause::UnknownLabel:
    case QueueCause::RetiredLabel: return RollbackReason::LabelUnusable;
    case QueueCause::NoMatchingRunner:
    case QueueCause::AllOffline:
        if (queue.certain)
            return RollbackReason::NoRunner;
        break; // a runner nobody could list may still come
    case QueueCause::NotQueued:
    case QueueCause::WaitsForApproval: return std::nullopt;
    default: break;
    }
    return queue.waited > limits.queued ? std::optional(RollbackReason::QueuedTooLong) : std::nullopt;
}

/// The foreign build that failed while every other build of the run went through.
const RunJob* onlyForeignFailure(const Run& run, const RunnerTable& table)
{
    const RunJob* found = nullptr;
    for (const RunJob& job : run.jobs) {
        if (job.platforms.empty() || job.merges || !failed(job.conclusion))
            continue;
        if (!foreign(job, table))
            return nullptr;
        found = &job;
    }
    return found;
}

} // namespace

const char* toString(RollbackReason reason)
{
    switch (reason) {
    case RollbackReason::QueuedTooLong: return "queued-too-long";
    case RollbackReason::LabelUnusable: return "label-unusable";
    case RollbackReason::NoRunner: return "no-runner";
    case RollbackReason::FailsRepeatedly: return "fails-repeatedly";
    }
    return "unknown";
}

std::optional<RollbackHint> rollbackHint(const std::vector<Run>& runs, Timestamp now, const RunnerTable& table, const QueueContext& context,
                                         const RollbackLimits& limits)
{
    for (const Run& run : runs) {
        for (const RunJob& job : run.jobs) {
            if (job.state != RunState::Queued || !foreign(job, table))
                continue;
            QueueDiagnosis queue = diagnoseQueue(job, now, table, context);
            if (const auto reason = reasonOf(queue, limits))
                return RollbackHint{*reason, run.key, job.name, job.platforms, std::move(queue), 0};
        }
    }
    RollbackHint hint;
    hint.reason = RollbackReason::FailsRepeatedly;
    for (const Run& run : runs) {
        if (run.state != RunState::Completed || run.conclusion == Conclusion::Cancelled || run.conclusion == Conclusion::Skipped)
            continue;
        const RunJob* job = onlyForeignFailure(run, table);
        if (!job)
            break;
        if (hint.failures++ == 0) {
            hint.run = run.key;
            hint.job = job->name;
            hint.platforms = job->platforms;
        }
    }
    return hint.failures >= limits.failures ? std::optional(std::move(hint)) : std::nullopt;
}

} // namespace layerline
