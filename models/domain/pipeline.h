// GitHub Actions as the domain sees it: runs, jobs and steps. Plain values; whoever fetched them is no concern here.
#pragma once

#include "domain/platform.h"
#include "domain/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// `status` of a run, job or step. Values GitHub adds later read as Unknown and break nothing.
enum class RunState { Unknown, Queued, Waiting, InProgress, Completed };
/// `conclusion`; None while it is not completed.
enum class Conclusion { None, Success, Failure, Cancelled, Skipped, TimedOut, ActionRequired, Neutral, Stale, StartupFailure, Unknown };

const char* toString(RunState state);        ///< GitHub's own word: "in_progress"; "unknown"
const char* toString(Conclusion conclusion); ///< "timed_out"; "" for None
RunState parseRunState(const std::string& text);         ///< also "requested" and "pending" (Queued / Waiting)
Conclusion parseConclusion(const std::string& text);     ///< "" is None
bool failed(Conclusion conclusion);          ///< Failure, TimedOut, StartupFailure

struct RunStep {
    int number = 0; ///< 1-based, as on the page
    std::string name;
    RunState state = RunState::Unknown;
    Conclusion conclusion = Conclusion::None;
    OptionalTime started, completed;
    friend bool operator==(const RunStep&, const RunStep&) = default;
};

/// How a job's platform was found, the most trustworthy first.
enum class PlatformEvidence { BuildRecord, WorkflowPlatforms, RunnerLabel, JobName, None };

struct RunJob {
    std::int64_t id = 0;
    std::string name;
    RunState state = RunState::Unknown;
    Conclusion conclusion = Conclusion::None;
    OptionalTime created;   ///< when it was queued
    OptionalTime started;   ///< when a runner took it; queue time = started - created
    OptionalTime completed;
    std::vector<std::string> labels;          ///< runs-on, as asked for
    std::optional<std::int64_t> runner;       ///< empty while none took it
    std::string runnerName, runnerGroup;
    std::string url;                          ///< the job's page
    std::vector<RunStep> steps;
    std::vector<Platform> platforms;          ///< what it builds; empty = unknown
    PlatformEvidence evidence = PlatformEvidence::None;
    bool merges = false;                      ///< puts the platforms' digests together
    friend bool operator==(const RunJob&, const RunJob&) = default;
};

struct RunKey {
    std::string repository; ///< "owner/name"
    std::int64_t id = 0;
    friend bool operator==(const RunKey&, const RunKey&) = default;
    friend auto operator<=>(const RunKey&, const RunKey&) = default;
};

struct Run {
    RunKey key;
    int attempt = 1;        ///< a re-run keeps the id and the commit
    int number = 0;         ///< "#42"
    std::string workflow;   ///< the workflow's name
    std::string path;       ///< ".github/workflows/docker.yml"
    std::string title;      ///< display_title
    std::string event;      ///< "push", "workflow_dispatch"...
    std::string branch;
    std::string commit;
    std::string actor;
    RunState state = RunState::Unknown;
    Conclusion conclusion = Conclusion::None;
    OptionalTime created, started, updated;
    std::string url;
    std::vector<RunJob> jobs;
    friend bool operator==(const Run&, const Run&) = default;
};

} // namespace layerline
