// A GitHub run of two architectures and a merge, as tests need it.
#pragma once

#include "domain/pipeline.h"

#include <memory>

namespace layerline::test {

inline constexpr std::int64_t runEpoch = 1'764'835'200'000'000'000; // 2025-12-04T08:00:00Z

inline Timestamp runTimeAt(double seconds) { return {runEpoch + std::int64_t(seconds * 1e9)}; }

inline RunJob sampleJob(std::int64_t id, const std::string& name, double created, std::optional<double> started, std::optional<double> completed,
                        Conclusion conclusion = Conclusion::Success)
{
    RunJob job;
    job.id = id;
    job.name = name;
    job.created = runTimeAt(created);
    job.url = "https://github.com/acme/shop/actions/runs/77/job/" + std::to_string(id);
    if (started)
        job.started = runTimeAt(*started);
    if (completed)
        job.completed = runTimeAt(*completed);
    job.state = completed ? RunState::Completed : started ? RunState::InProgress : RunState::Queued;
    job.conclusion = completed ? conclusion : Conclusion::None;
    return job;
}

inline RunStep sampleStep(int number, const std::string& name, double from, std::optional<double> to, Conclusion conclusion = Conclusion::Success)
{
    return {number, name, to ? RunState::Completed : RunState::InProgress, to ? conclusion : Conclusion::None, runTimeAt(from), to ? OptionalTime(runTimeAt(*to)) : OptionalTime()};
}

/// merge comes first in GitHub's list, amd64 ended, arm64 waits for a label that does not exist.
inline Run sampleRun()
{
    Run run;
    run.key = {"acme/shop", 77};
    run.number = 42;
    run.workflow = "image";
    run.path = ".github/workflows/image.yml";
    run.title = "Speed up the checkout";
    run.branch = "main";
    run.state = RunState::InProgress;
    run.created = runTimeAt(0);
    run.url = "https://github.com/acme/shop/actions/runs/77";
    RunJob merge = sampleJob(3, "merge", 1, {}, {});
    merge.merges = true;
    merge.state = RunState::Waiting;
    RunJob amd64 = sampleJob(1, "build (linux/amd64)", 1, 6, 96);
    amd64.labels = {"ubuntu-24.04"};
    amd64.platforms = {{"linux", "amd64", ""}};
    amd64.evidence = PlatformEvidence::WorkflowPlatforms;
    amd64.steps = {sampleStep(1, "Set up job", 6, 9), sampleStep(2, "Build", 9, 90), sampleStep(3, "Complete job", 90, 96)};
    RunJob arm64 = sampleJob(2, "build (linux/arm64)", 1, {}, {});
    arm64.labels = {"ubuntu-24.04-arm64"};
    arm64.platforms = {{"linux", "arm64", ""}};
    arm64.evidence = PlatformEvidence::WorkflowPlatforms;
    run.jobs = {merge, amd64, arm64};
    return run;
}

} // namespace layerline::test
