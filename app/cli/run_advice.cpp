#include "app/cli/run_advice.h"

#include "analysis/report.h"

#include <algorithm>
#include <cstdio>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

bool waits(const RunJob& job) { return job.state == RunState::Queued || job.state == RunState::Waiting; }

QueueDiagnosis diagnosis(const RunJob& job, const QueueWorld& world)
{
    QueueContext context;
    context.runners = world.runners.runners;
    context.allRunners = world.runners.all;
    context.plan = world.runners.plan;
    for (const Run& run : world.runs) {
        const auto times = queueTimes(run.jobs, job.labels);
        context.usual.insert(context.usual.end(), times.begin(), times.end());
        context.runningHosted += runningHosted(run.jobs, world.table);
    }
    return diagnoseQueue(job, world.now, world.table, context);
}

Json queueJson(const QueueDiagnosis& queue, const std::string& plan)
{
    const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
    const auto ms = [](const std::optional<Duration>& value) { return value ? Json(value->ms()) : Json(nullptr); };
    return {{"cause", toString(queue.cause)}, {"label", text(queue.label)}, {"nearest", text(queue.nearest)}, {"median_ms", ms(queue.median)},
            {"ninetieth_ms", ms(queue.ninetieth)}, {"running", queue.running}, {"limit", queue.limit ? Json(*queue.limit) : Json(nullptr)}, {"plan", text(plan)}, {"runners", queue.runners}, {"runners_known", queue.runnersKnown},
            {"certain", queue.certain}};
}

Json costJson(const RunCost& cost)
{
    Json platforms = Json::object();
    for (const auto& [platform, amount] : cost.perPlatform)
        platforms[platform.str()] = amount;
    return {{"minutes", cost.minutes}, {"amount", cost.amount}, {"currency", cost.currency}, {"prices_of", cost.date}, {"unpriced_jobs", cost.unpriced},
            {"platforms", platforms}};
}

std::string listed(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + printableLine(name);
    return list;
}

std::string planSentence(const QueueDiagnosis& queue, const std::string& plan)
{
    const std::string running = std::to_string(queue.running) + " jobs run", limit = std::to_string(*queue.limit) + " at once";
    return queue.certain ? "waits because " + running + "; the plan (" + printableLine(plan) + ") allows " + limit : "may wait because " + running + "; the smallest plan allows " + limit;
}

std::string sentence(const RunJob& job, const QueueDiagnosis& queue, const std::string& plan)
{
    const std::string name = printableLine(job.name) + ": ";
    const std::string instead = queue.nearest.empty() ? "" : "; " + queue.nearest + " exists";
    const std::string others = queue.runnersKnown ? "" : "; those of its organisation are not known";
    switch (queue.cause) {
    case QueueCause::UnknownLabel:
        return name + (queue.certain ? "there is no runner " : "there may be no runner ") + printableLine(queue.label) + instead;
    case QueueCause::RetiredLabel: return name + "GitHub no longer offers " + printableLine(queue.label) + instead;
    case QueueCause::WaitsForApproval: return name + "waits for an approval";
    case QueueCause::NoMatchingRunner: return name + "no runner of this repository has the labels " + listed(job.labels) + others;
    case QueueCause::AllOffline: return name + "the runners with its labels are offline: " + listed(queue.runners) + others;
    case QueueCause::AllBusy: return name + "the runners with its labels are busy: " + listed(queue.runners) + others;
    case QueueCause::PlanLimit: return name + planSentence(queue, plan);
    case QueueCause::SlowerThanUsual:
        return name + "waits for " + std::to_string(queue.waited.ms() / 1000) + " s; 9 of 10 waited less than " + std::to_string(queue.ninetieth->ms() / 1000) + " s";
    default: return {};
    }
}

} // namespace

bool anyJobWaits(const std::vector<Run>& runs)
{
    return std::any_of(runs.begin(), runs.end(), [](const Run& run) {
        return std::any_of(run.jobs.begin(), run.jobs.end(), [](const RunJob& job) { return job.state == RunState::Queued; });
    });
}

void addAdvice(Json& json, const Run& run, const QueueWorld& world)
{
    for (std::size_t i = 0; i < run.jobs.size() && i < json["jobs"].size(); ++i)
        json["jobs"][i]["queue"] = waits(run.jobs[i]) ? queueJson(diagnosis(run.jobs[i], world), world.runners.plan) : Json(nullptr);
    json["cost"] = costJson(costOf(run, world.table, false, world.now));
}

Json waysJson(const CostComparison& ways)
{
    const auto way = [](const WayCost& cost) {
        if (cost.runs == 0)
            return Json(nullptr);
        return Json{{"runs", cost.runs}, {"amount", cost.medianAmount}, {"minutes", cost.medianMinutes}, {"duration_ms", cost.medianTime.ms()}};
    };
    const auto ratio = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
    return {{"native", way(ways.native)}, {"qemu", way(ways.emulated)}, {"amount_ratio", ratio(ways.amountRatio)}, {"time_ratio", ratio(ways.timeRatio)}};
}

std::string queueText(const Run& run, const QueueWorld& world)
{
    std::string text;
    for (const RunJob& job : run.jobs) {
        const std::string line = waits(job) ? sentence(job, diagnosis(job, world), world.runners.plan) : std::string();
        if (!line.empty())
            text += "  ! " + line + "\n";
    }
    return text;
}

std::string adviceText(const QueueWorld& world)
{
    std::string text;
    for (const Run& run : world.runs)
        text += queueText(run, world);
    const CostComparison ways = compareCosts(world.runs, world.table);
    if (ways.timeRatio) {
        char line[160];
        std::snprintf(line, sizeof line, "With QEMU x%.1f the time", *ways.timeRatio);
        text += line;
        if (ways.amountRatio) {
            std::snprintf(line, sizeof line, " and x%.1f the cost", *ways.amountRatio);
            text += line;
        }
        text += " of native runners (medians of " + std::to_string(ways.emulated.runs) + " and " + std::to_string(ways.native.runs) + " runs that succeeded)\n";
    }
    return text;
}

} // namespace layerline
