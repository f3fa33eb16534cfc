// From plans to jobs a BuildRunner starts, and what people and scripts read about them.
#pragma once

#include "analysis/build_plan.h"
#include "analysis/keep_going.h"
#include "analysis/rebuild_plan.h"
#include "sources/buildx/environment.h"
#include "sources/runner/job.h"
#include "sources/runner/job_store.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// A job and what it is handed over.
struct JobRequest {
    BuildJob job;
    JobSecrets secrets;
};

/// One client for the whole plan. `buildx`: program and first arguments.
JobRequest jobOf(const BuildPlan& plan, const HandOver& handOver, const std::vector<std::string>& buildx);
/// One client a platform, merged and verified when all have passed.
JobRequest jobOf(const KeepGoing& split, const BuildPlan& whole, const HandOver& handOver, const std::vector<std::string>& buildx);

/// One job for a plan: a client for all of it, or one a platform. BadInput when it can't be split.
Result<JobRequest> requestFor(const BuildPlan& plan, const HandOver& handOver, bool keepGoing, const BuildxEnvironment& environment);

/// Exactly what would run, as people would type it: one command a line, remarks behind '#'. Without the options of the
/// bookkeeping, which a remark names.
std::string dryRunText(const JobRequest& request, const std::vector<Missing>& missing = {});
/// {"schema":1,"commands":[..],"variables":[..],"merge":..,"notes":[..],"missing":[..],"obstacles":[..]}
nlohmann::ordered_json dryRunJson(const JobRequest& request, const std::vector<Missing>& missing, const std::vector<Obstacle>& obstacles);

/// {"id":..,"state":..,"lanes":[..],"merge":..} with the paths of the logs.
nlohmann::ordered_json jobReport(const BuildJob& job, const JobStore& store);
/// One line for a list, or several for one job: state, platforms with their digests, the first error.
std::string jobText(const BuildJob& job);

/// The command line of the lane that made `ref`, for rebuilding it; empty when the job has no such lane.
std::optional<ClientCommand> clientOf(const BuildJob& job, const std::string& ref);
/// What a handed-over variable is for: the id of a secret ("npm"), else the variable's own name (a build argument).
std::string subjectOf(const BuildJob& job, const std::string& variable);
/// What a retry of these lanes (all that are not Done when empty) would run, for dryRunText().
JobRequest retryOf(const BuildJob& job, const std::vector<std::string>& lanes);

const char* toString(Gap gap);         ///< "cache-exports"
const char* toString(Refusal refusal); ///< "context-gone"

} // namespace layerline
