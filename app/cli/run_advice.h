// What is added to runs as they are printed: why a job waits, and what a run costs.
#pragma once

#include "analysis/ci/cost.h"
#include "analysis/ci/queue_diagnosis.h"
#include "app/tasks/runner_watch.h"

#include <nlohmann/json.hpp>

namespace layerline {

/// What the queues of a repository's runs are judged by.
struct QueueWorld {
    std::vector<Run> runs;       ///< their queue times are the history
    const RunnerTable& table;
    RunnerWatch::Known runners;
    Timestamp now;               ///< by GitHub's clock
};

/// Who could take it matters to no other.
bool anyJobWaits(const std::vector<Run>& runs);
/// Adds `queue` to each job and `cost` to each run of runJson().
void addAdvice(nlohmann::ordered_json& json, const Run& run, const QueueWorld& world);

/// Native runners and QEMU compared by those of `runs` that built and succeeded.
nlohmann::ordered_json waysJson(const CostComparison& ways);
/// One line for each waiting job that has more to say than that it waits, and what QEMU costs against native runners when both were
/// used; empty otherwise.
std::string adviceText(const QueueWorld& world);
/// Of the waiting jobs of one run alone.
std::string queueText(const Run& run, const QueueWorld& world);

} // namespace layerline
