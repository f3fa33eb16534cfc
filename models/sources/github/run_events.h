// A run as the domain's events, so that the same timeline shows it as a local build. Pure.
#pragma once

#include "domain/events.h"
#include "domain/pipeline.h"
#include "domain/result.h"
#include "sources/files/build_file.h"

#include <string>
#include <vector>

namespace layerline {

/// The record of one attempt of a run: worker "github:owner/name", ref "ID.ATTEMPT".
RecordKey recordKeyOf(const Run& run);
/// What all records of runs name as their builder.
extern const char* const gitHubBuilder;

/// The step that stands for step `number` of a job; 0: its time in the queue.
StepDigest jobStepDigest(std::int64_t job, int number);
/// The step that stands for the end of a job of which no step failed.
StepDigest jobEndDigest(std::int64_t job);

/// One record for the run; its steps are, for each job, the time in the queue and then the job's own steps, each the
/// input of the next. A step is named "[linux/arm64 JOB 3/9] NAME" when the job builds one platform, "[JOB 3/9] NAME"
/// when it builds several or none (the lane all share). Jobs are not chained: GitHub does not tell who needs whom.
///
/// The digests are "job:ID/queue" and "job:ID/NUMBER": the same run again changes nothing, a newer state moves on.
/// Without jobs there is the record alone. The batch is complete when the run is.
std::vector<EventBatch> runToBatches(const Run& run);

/// Where the builds of a job's record or log belong.
enum class DetailPlace {
    InRun,    ///< further records of the run's own build: its lanes gain the steps
    OwnBuild, ///< one build of all jobs' records, without the jobs' own steps: equal to the local build they were made of
};

/// The batches of a job's `.dockerbuild` records or log (openBuildBytes), renamed so that the builds of one attempt form one
/// build as the nodes of a local one do. A job with several builds adds all of them to its run; by themselves they are as many
/// builds, the first ones of all jobs one, the second ones another.
std::vector<EventBatch> detailsOfJob(const Run& run, const RunJob& job, std::vector<EventBatch> batches, DetailPlace place);

/// The platforms a job's record or log says it built: evidence of the first rank when `batches` come from a record.
std::vector<Platform> platformsOf(const std::vector<EventBatch>& batches);

} // namespace layerline
