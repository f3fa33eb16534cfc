// What is added to runs as they are printed: why a job waits, and what a run costs.
#pragma once

#include "analysis/ci/cost.h"
#include "analysis/ci/queue_diagnosis.h"

#include <nlohmann/json.hpp>

namespace layerline {

/// Adds `queue` to each job and `cost` to each run of runJson(). The queue times of all `runs` are the history.
void addAdvice(nlohmann::ordered_json& json, const Run& run, const std::vector<Run>& runs, const RunnerTable& table, Timestamp now);

/// Native runners and QEMU compared by those of `runs` that built and succeeded.
nlohmann::ordered_json waysJson(const CostComparison& ways);
/// One line for each waiting job that has more to say than that it waits, and what QEMU costs against native runners when both were
/// used; empty otherwise.
std::string adviceText(const std::vector<Run>& runs, const RunnerTable& table, Timestamp now);

} // namespace layerline
