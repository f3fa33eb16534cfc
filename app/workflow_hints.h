// What a run's workflow file says about the platforms of its jobs.
#pragma once

#include "analysis/ci/runner_labels.h"
#include "sources/github/github_api.h"
#include "sources/github/job_platforms.h"

#include <map>
#include <string>

namespace layerline {

using PlatformHints = std::map<std::int64_t, PlatformHint>;

/// Jobs are found by their names, as the workflow's own expressions make them. A job whose platforms depend on what only
/// the run knows gets no hint; nor does anything when the text is no workflow.
PlatformHints platformHintsOf(const Run& run, const std::string& workflow, const RunnerTable& runners);

/// The same with the file as it was at the run's commit: one request. Errors as GitHubApi::content().
void fetchPlatformHints(GitHubApi& api, const Run& run, RunnerTable runners, QObject* context, Reply<PlatformHints> reply);

} // namespace layerline
