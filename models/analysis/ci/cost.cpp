#include "analysis/ci/cost.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::int64_t minute = std::int64_t(60) * 1'000'000'000;

JobCost costOfJob(const RunJob& job, const RunnerTable& table, Timestamp now)
{
    JobCost cost;
    cost.job = job.name;
    cost.platforms = job.platforms;
    const bool ran = job.started && job.runner && job.conclusion != Conclusion::Skipped;
    if (ran) {
        const Duration time = job.completed.value_or(now) - *job.started;
        cost.minutes = int((std::max<std::int64_t>(time.ns, 0) + minute - 1) / minute);
    }
    for (const std::string& label : job.labels) {
        if (const RunnerLabel* known = table.find(label)) {
            cost.label = known->label;
            cost.price = known->price;
        }
    }
    if (cost.price)
        cost.amount = *cost.price * cost.minutes;
    const auto native = runnerPlatform(job.labels, table);
    cost.emulated = native && std::any_of(job.platforms.begin(), job.platforms.end(), [&](const Platform& platform) {
        return executionOn(*native, platform) == Execution::Emulated;
    });
    return cost;
}

template <class T>
T medianOf(std::vector<T> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? T() : values[values.size() / 2];
}

struct Samples {
    std::vector<double> amounts, minutes;
    std::vector<Duration> times;

    WayCost way() const
    {
        return {int(amounts.size()), medianOf(amounts), medianOf(minutes), medianOf(times)};
    }
};

} // namespace

RunCost costOf(const Run& run, const RunnerTable& table, bool publicRepository, Timestamp now)
{
    RunCost result;
    result.currency = table.currency;
    result.date = table.date;
    result.billed = !(publicRepository && table.publicFree);
    for (const RunJob& job : run.jobs) {
        JobCost cost = costOfJob(job, table, now);
        result.minutes += cost.minutes;
        if (cost.amount) {
            result.amount += *cost.amount;
            for (const Platform& platform : cost.platforms) {
                if (!job.merges)
                    result.perPlatform[platform] += *cost.amount / double(cost.platforms.size());
            }
        } else if (cost.minutes > 0) {
            ++result.unpriced;
        }
        result.jobs.push_back(std::move(cost));
    }
    return result;
}

CostComparison compareCosts(const std::vector<Run>& runs, const RunnerTable& table)
{
    Samples native, emulated;
    for (const Run& run : runs) {
        if (run.conclusion != Conclusion::Success || run.jobs.empty())
            continue;
        OptionalTime begin, end;
        for (const RunJob& job : run.jobs) {
            if (job.created && (!begin || *job.created < *begin))
                begin = job.created;
            if (job.completed && (!end || *end < *job.completed))
                end = job.completed;
        }
        if (!begin || !end)
            continue;
        const RunCost cost = costOf(run, table, false, *end);
        const bool builds = std::any_of(cost.jobs.begin(), cost.jobs.end(), [](const JobCost& job) { return !job.platforms.empty(); });
        if (!builds)
            continue;
        const bool isEmulated = std::any_of(cost.jobs.begin(), cost.jobs.end(), [](const JobCost& job) { return job.emulated; });
        Samples& samples = isEmulated ? emulated : native;
        samples.amounts.push_back(cost.amount);
        samples.minutes.push_back(cost.minutes);
        samples.times.push_back(*end - *begin);
    }
    CostComparison result{native.way(), emulated.way(), std::nullopt, std::nullopt};
    if (result.native.runs > 0 && result.emulated.runs > 0) {
        if (result.native.medianAmount > 0)
            result.amountRatio = result.emulated.medianAmount / result.native.medianAmount;
        if (result.native.medianTime.ns > 0)
            result.timeRatio = double(result.emulated.medianTime.ns) / double(result.native.medianTime.ns);
    }
    return result;
}

} // namespace layerline
