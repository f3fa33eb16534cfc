#include "analysis/ci/queue_diagnosis.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace layerline {

namespace {

constexpr std::size_t enoughSamples = 5;
/// Below this nobody wonders, whatever was usual.
constexpr Duration shortWait{std::int64_t(30) * 1'000'000'000};

std::set<std::string> lowered(const std::vector<std::string>& labels)
{
    std::set<std::string> result;
    for (std::string label : labels) {
        std::transform(label.begin(), label.end(), label.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        result.insert(std::move(label));
    }
    return result;
}

std::vector<std::string> missingOn(const Runner& runner, const std::set<std::string>& wanted)
{
    const auto has = lowered(runner.labels);
    std::vector<std::string> missing;
    std::set_difference(wanted.begin(), wanted.end(), has.begin(), has.end(), std::back_inserter(missing));
    return missing;
}

/// The runner that lacks least.
void nearestRunner(const std::vector<Runner>& runners, const std::set<std::string>& wanted, QueueDiagnosis& to)
{
    const Runner* best = nullptr;
    for (const Runner& runner : runners) {
        auto missing = missingOn(runner, wanted);
        if (!best || missing.size() < to.missing.size()) {
            best = &runner;
            to.missing = std::move(missing);
        }
    }
    if (best)
        to.runners = {best->name};
    else
        to.missing.assign(wanted.begin(), wanted.end());
}

void diagnoseSelfHosted(const RunJob& job, const QueueContext& context, QueueDiagnosis& to)
{
    to.runnersKnown = context.runners && context.allRunners;
    to.certain = to.runnersKnown;
    if (!context.runners)
        return;
    const auto wanted = lowered(job.labels);
    std::vector<const Runner*> fitting, online;
    for (const Runner& runner : *context.runners) {
        if (missingOn(runner, wanted).empty())
            fitting.push_back(&runner);
    }
    std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(online), [](const Runner* runner) { return runner->online; });
    for (const Runner* runner : online.empty() ? fitting : online)
        to.runners.push_back(runner->name);
    if (fitting.empty()) {
        to.cause = QueueCause::NoMatchingRunner;
        nearestRunner(*context.runners, wanted, to);
    } else if (online.empty()) {
        to.cause = QueueCause::AllOffline;
    } else if (std::all_of(online.begin(), online.end(), [](const Runner* runner) { return runner->busy; })) {
        to.cause = QueueCause::AllBusy;
    } else {
        to.runners.clear();
        to.certain = true;
    }
}

/// A label that is no hosted one. A runner of the repository may still have it, or a larger runner nobody lists.
void diagnoseUnknown(const RunJob& job, const std::string& label, const RunnerTable& table, const QueueContext& context, QueueDiagnosis& to)
{
    const auto wanted = lowered(job.labels);
    const bool own = context.runners && std::any_of(context.runners->begin(), context.runners->end(), [&](const Runner& runner) {
        return missingOn(runner, wanted).empty();
    });
    if (own) {
        diagnoseSelfHosted(job, context, to);
        return;
    }
    to.cause = QueueCause::UnknownLabel;
    to.label = label;
    to.nearest = nearestLabel(label, table).value_or("");
    // One that looks like GitHub's own is a slip even when nobody could be asked.
    to.runnersKnown = context.runners && context.allRunners;
    to.certain = to.runnersKnown || !to.nearest.empty();
}

/// Only jobs on GitHub's own runners count against the plan.
void diagnosePlan(const RunnerTable& table, const QueueContext& context, QueueDiagnosis& to)
{
    to.running = context.runningHosted;
    to.limit = table.concurrentLimit(context.plan);
    const bool known = to.limit.has_value();
    if (!known && table.leastConcurrentLimit() && to.running >= *table.leastConcurrentLimit())
        to.limit = table.leastConcurrentLimit();
    if (!to.limit || to.running < *to.limit)
        return;
    to.cause = QueueCause::PlanLimit;
    to.certain = known;
}

void diagnoseTime(QueueDiagnosis& to)
{
    if (to.ninetieth && to.waited > *to.ninetieth && to.waited > shortWait) {
        to.cause = QueueCause::SlowerThanUsual;
        to.certain = false;
    }
}

} // namespace

const char* toString(QueueCause cause)
{
    switch (cause) {
    case QueueCause::NotQueued: return "not-queued";
    case QueueCause::WaitsForApproval: return "waits-for-approval";
    case QueueCause::UnknownLabel: return "unknown-label";
    case QueueCause::RetiredLabel: return "retired-label";
    case QueueCause::NoMatchingRunner: return "no-matching-runner";
    case QueueCause::AllOffline: return "all-offline";
    case QueueCause::AllBusy: return "all-busy";
    case QueueCause::PlanLimit: return "plan-limit";
    case QueueCause::SlowerThanUsual: return "slower-than-usual";
    case QueueCause::Normal: break;
    }
    return "normal";
}

QueueDiagnosis diagnoseQueue(const RunJob& job, Timestamp now, const RunnerTable& table, const QueueContext& context)
{
    QueueDiagnosis result;
    if (job.created)
        result.waited = std::max(Duration{}, (job.started && job.state != RunState::Queued ? *job.started : now) - *job.created);
    if (context.usual.size() >= enoughSamples) {
        result.median = quantile(context.usual, 0.5);
        result.ninetieth = quantile(context.usual, 0.9);
    }
    if (job.state == RunState::Waiting) {
        result.cause = QueueCause::WaitsForApproval;
        return result;
    }
    if (job.state != RunState::Queued || job.runner) {
        result.cause = QueueCause::NotQueued;
        return result;
    }
    for (const std::string& label : job.labels) {
        const RunnerLabel* known = table.find(label);
        if (known && known->state == LabelState::Retired) {
            result.cause = QueueCause::RetiredLabel;
            result.label = label;
            result.nearest = nearestLabel(label, table).value_or("");
            return result;
        }
    }
    const bool hosted = job.labels.size() == 1 && table.find(job.labels[0]);
    if (!hosted && selfHosted(job.labels, table))
        diagnoseSelfHosted(job, context, result);
    else if (!hosted && !job.labels.empty())
        diagnoseUnknown(job, job.labels[0], table, context, result);
    if (hosted)
        diagnosePlan(table, context, result);
    if (result.cause == QueueCause::Normal)
        diagnoseTime(result);
    return result;
}

int runningHosted(const std::vector<RunJob>& jobs, const RunnerTable& table)
{
    return int(std::count_if(jobs.begin(), jobs.end(), [&](const RunJob& job) {
        return job.state == RunState::InProgress && job.labels.size() == 1 && table.find(job.labels[0]);
    }));
}

std::vector<Duration> queueTimes(const std::vector<RunJob>& jobs, const std::vector<std::string>& labels)
{
    std::vector<Duration> times;
    const auto wanted = lowered(labels);
    for (const RunJob& job : jobs) {
        if (job.created && job.started && job.runner && lowered(job.labels) == wanted && *job.started >= *job.created)
            times.push_back(*job.started - *job.created);
    }
    return times;
}

std::optional<Duration> quantile(std::vector<Duration> samples, double share)
{
    if (samples.empty())
        return std::nullopt;
    std::sort(samples.begin(), samples.end());
    const auto rank = std::size_t(std::ceil(std::clamp(share, 0.0, 1.0) * double(samples.size())));
    return samples[std::max<std::size_t>(rank, 1) - 1];
}

} // namespace layerline
