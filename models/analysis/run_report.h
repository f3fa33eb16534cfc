// Runs as JSON (packaging/docs/json.md) and as text for a terminal.
#pragma once

#include "domain/pipeline.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace layerline {

/// "build_record", "workflow_platforms", "runner_label", "job_name" or "none".
const char* toString(PlatformEvidence evidence);

/// `now` ends what is still under way.
nlohmann::ordered_json runJson(const Run& run, Timestamp now);

/// One line a run, newest first as given, jobs below it when `jobs`.
std::string runsText(const std::vector<Run>& runs, Timestamp now, bool jobs);

} // namespace layerline
