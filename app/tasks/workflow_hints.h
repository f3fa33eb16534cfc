// What a run's workflow file says about the platforms of its jobs.
#pragma once

#include "analysis/ci/runner_labels.h"
#include "app/tasks/workflow_reader.h"
#include "sources/github/job_platforms.h"

#include <map>
#include <string>

namespace layerline {

using PlatformHints = std::map<std::int64_t, PlatformHint>;

/// Jobs are found by their names, as the workflow's own expressions make them: "build (linux/arm64)", and "images / build"
/// for a job of a called workflow. docker/github-builder's jobs are found by the platform in their names. A job whose
/// platforms depend on what only the run knows gets no hint.
PlatformHints platformHintsOf(const Run& run, const Legs& legs);

/// What a workflow told about a run.
struct WorkflowKnowledge {
    PlatformHints hints;
    std::vector<ScopeCollision> collisions; ///< cache scopes several architectures write
};

/// The file as it was at the run's commit with what it calls: one request a file, none for a file that was read before.
/// Errors as WorkflowReader::read(); NotFound also for a run that names no file.
void fetchWorkflowKnowledge(WorkflowReader& reader, const Run& run, RunnerTable runners, QObject* context, Reply<WorkflowKnowledge> reply);

} // namespace layerline
