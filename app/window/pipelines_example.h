// A recorded example for the Pipelines page: what GitHub's API would say about a repository that does not exist.
#pragma once

#include "domain/result.h"
#include "sources/github/run_details.h"
#include "sources/github/run_watcher.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

struct PipelinesExample {
    std::vector<RunPtr> runs; ///< the newest first, with jobs and their platforms
    std::vector<std::shared_ptr<const JobDetails>> details; ///< of the jobs that have a log
};

/// `json` is {"recorded_at", "repository", "workflow_runs": [as GitHub lists them, each with "jobs": [..]], "logs": {"job id": ["line", ..]}}.
/// All times are moved so that it was recorded at `now`. BadInput with one sentence.
Result<PipelinesExample> readPipelinesExample(std::string_view json, Timestamp now);

} // namespace layerline
