// What is to be said about a run: who waits for what, what failed and why, what it cost.
#pragma once

#include "analysis/ci/cache_keys.h"
#include "analysis/ci/failures.h"
#include "analysis/ci/queue_diagnosis.h"
#include "analysis/ci/rollback_hint.h"
#include "analysis/ci/runner_labels.h"
#include "domain/pipeline.h"
#include "items/pipeline_values.h"
#include "sources/github/run_details.h"

#include <QString>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace layerline {

/// What is known besides the run itself.
struct RunKnowledge {
    std::map<std::int64_t, std::vector<RecognisedFailure>> failures; ///< by failed job, as far as its log was read
    std::map<std::int64_t, std::vector<JobDetails::Missed>> missed;  ///< by job: what of it could not be had
    bool fromLog = false;                                            ///< some job's steps were read from its log alone
    std::optional<std::vector<Runner>> runners;                      ///< self-hosted ones; empty: not allowed to ask
    bool allRunners = false;                                         ///< nobody else's can take its jobs
    std::string plan;                                                ///< of the owner; "" = not told
    int runningHosted = 0;                                           ///< of the owner's jobs that are known to run, those on GitHub's runners
    int latestAttempt = 0;                                           ///< of the run, as far as known
    std::vector<RunJob> earlier;                                     ///< jobs of earlier runs, for what is usual
    std::vector<ScopeCollision> collisions;                          ///< cache scopes its workflow lets several architectures write
    Timestamp now;                                                   ///< by GitHub's clock
    Duration queueLimit{RollbackLimits().queued};                    ///< a job that waits longer is reason to go back to QEMU
};

std::vector<RunNotice> runNotices(const Run& run, const RunnerTable& table, const RunKnowledge& known);
/// Whether going back to QEMU would help the workflow of a run. `runs`: those of that workflow, newest first, the run among them.
/// Empty for a run that does not show it.
std::optional<RunNotice> rollbackNotice(const Run& run, const std::vector<Run>& runs, const RunnerTable& table, const RunKnowledge& known);
/// "12 min billed, about 0.07 USD (prices of 2026-01) · amd64 0.040 · arm64 0.030"; empty while nothing has run.
QString costLine(const Run& run, const RunnerTable& table, Timestamp now);
/// What QEMU costs in time and money against native runners, by all runs of a repository; empty while it has used one of them only.
QString waysLine(const std::vector<Run>& runs, const RunnerTable& table);
/// The table that came with the program.
const RunnerTable& builtInRunnerTable();

} // namespace layerline
