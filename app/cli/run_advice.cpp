#include "app/cli/run_advice.h"

#include "analysis/report.h"

#include <cstdio>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

QueueDiagnosis diagnosis(const RunJob& job, const std::vector<Run>& runs, const RunnerTable& table, Timestamp now)
{
    QueueContext context;
    for (const Run& run : runs) {
        const auto times = queueTimes(run.jobs, job.labels);
        context.usual.insert(context.usual.end(), times.begin(), times.end());
        context.runningHosted += runningHosted(run.jobs, table);
    }
    return diagnoseQueue(job, now, table, context);
}

Json queueJson(const QueueDiagnosis& queue)
{
    const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
    const auto ms = [](const std::optional<Duration>& value) { return value ? Json(value->ms()) : Json(nullptr); };
    return {{"cause", toString(queue.cause)}, {"label", text(queue.label)}, {"nearest", text(queue.nearest)}, {"median_ms", ms(queue.median)},
            {"ninetieth_ms", ms(queue.ninetieth)}, {"running", queue.running}, {"limit", queue.limit ? Json(*queue.limit) : Json(nullptr)}, {"runners_known", queue.runnersKnown}, {"certain", queue.certain}};
}

Json costJson(const RunCost& cost)
{
    Json platforms = Json::object();
    for (const auto& [platform, amount] : cost.perPlatform)
        platforms[platform.str()] = amount;
    return {{"minutes", cost.minutes}, {"amount", cost.amount}, {"currency", cost.currency}, {"prices_of", cost.date}, {"unpriced_jobs", cost.unpriced},
            {"platforms", platforms}};
}

std::string sentence(const RunJob& job, const QueueDiagnosis& queue)
{
    const std::string name = printableLine(job.name) + ": ";
    const std::string instead = queue.nearest.empty() ? "" : "; " + queue.nearest + " exists";
    switch (queue.cause) {
    case QueueCause::UnknownLabel:
        return name + (queue.certain ? "there is no runner " : "there may be no runner ") + printableLine(queue.label) + instead;
    case QueueCause::RetiredLabel: return name + "GitHub no longer offers " + printableLine(queue.label) + instead;
    case QueueCause::WaitsForApproval: return name + "waits for an approval";
    case QueueCause::PlanLimit:
        return name + "may wait because " + std::to_string(queue.running) + " jobs run; the smallest plan allows " + std::to_string(*queue.limit) + " at once";
    case QueueCause::SlowerThanUsual:
        return name + "waits for " + std::to_string(queue.waited.ms() / 1000) + " s; 9 of 10 waited less than " + std::to_string(queue.ninetieth->ms() / 1000) + " s";
    default: return {};
    }
}

} // namespace

void addAdvice(Json& json, const Run& run, const std::vector<Run>& runs, const RunnerTable& table, Timestamp now)
{
    for (std::size_t i = 0; i < run.jobs.size() && i < json["jobs"].size(); ++i) {
        const bool waits = run.jobs[i].state == RunState::Queued || run.jobs[i].state == RunState::Waiting;
        json["jobs"][i]["queue"] = waits ? queueJson(diagnosis(run.jobs[i], runs, table, now)) : Json(nullptr);
    }
    json["cost"] = costJson(costOf(run, table, false, now));
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

std::string adviceText(const std::vector<Run>& runs, const RunnerTable& table, Timestamp now)
{
    std::string text;
    for (const Run& run : runs) {
        for (const RunJob& job : run.jobs) {
            const bool waits = job.state == RunState::Queued || job.state == RunState::Waiting;
            const std::string line = waits ? sentence(job, diagnosis(job, runs, table, now)) : std::string();
            if (!line.empty())
                text += "  ! " + line + "\n";
        }
    }
    const CostComparison ways = compareCosts(runs, table);
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
