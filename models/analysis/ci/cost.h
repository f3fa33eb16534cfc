// What runs cost: minutes of each job rounded up, times a dated price.
#pragma once

#include "analysis/ci/runner_labels.h"
#include "domain/pipeline.h"

#include <map>

namespace layerline {

struct JobCost {
    std::string job;
    std::vector<Platform> platforms;  ///< what it builds; empty when it builds nothing or is not known
    std::string label;                ///< whose price it is; empty when none of its labels has one
    int minutes = 0;                  ///< begun ones, as GitHub bills them
    std::optional<double> price;      ///< a minute; empty for self-hosted runners and unknown labels
    std::optional<double> amount;     ///< what it would cost in a private repository
    bool emulated = false;            ///< it builds a platform that is not its runner's
};

struct RunCost {
    std::vector<JobCost> jobs;
    int minutes = 0;
    double amount = 0;                ///< of the jobs whose price is known
    int unpriced = 0;                 ///< jobs that are not in the amount
    std::map<Platform, double> perPlatform; ///< a job of several platforms is shared equally; merging is not in it
    std::string currency, date;
    bool billed = true;               ///< false: a public repository, where standard runners cost nothing
};

/// Jobs that never ran cost nothing. A job without an end is counted up to `now`.
RunCost costOf(const Run& run, const RunnerTable& table, bool publicRepository, Timestamp now);

/// Two ways to build compared by their runs: median cost and time from first start to last end.
struct WayCost {
    int runs = 0;
    double medianAmount = 0;
    double medianMinutes = 0;     ///< billed
    Duration medianTime;          ///< that people wait, queue included
};
struct CostComparison {
    WayCost native, emulated;
    /// emulated / native; empty while one of them has no run.
    std::optional<double> amountRatio, timeRatio;
};

/// Runs that succeeded only; a run counts as emulated when one of its jobs does.
CostComparison compareCosts(const std::vector<Run>& runs, const RunnerTable& table);

} // namespace layerline
