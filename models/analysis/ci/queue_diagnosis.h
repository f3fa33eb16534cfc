// Why a job waits for a runner.
#pragma once

#include "analysis/ci/runner_labels.h"
#include "domain/pipeline.h"

#include <map>

namespace layerline {

/// A self-hosted runner as GET .../actions/runners lists it.
struct Runner {
    std::string name;
    std::vector<std::string> labels; ///< those GitHub gives included
    bool online = false;
    bool busy = false;
    std::string group;
};

enum class QueueCause {
    NotQueued,        ///< it runs, has ended, or waits for its jobs before it
    WaitsForApproval, ///< of an environment's reviewers
    UnknownLabel,     ///< no hosted runner and no runner of the repository has it: it waits for ever
    RetiredLabel,     ///< GitHub no longer offers it
    NoMatchingRunner, ///< self-hosted, and none has all labels
    AllOffline,       ///< those that would fit are
    AllBusy,          ///< those that would fit are
    PlanLimit,        ///< as many jobs run already as the plan allows
    SlowerThanUsual,  ///< beyond what 9 of 10 earlier jobs with these labels waited
    Normal,           ///< within its own history, or there is none
};
const char* toString(QueueCause cause); ///< "unknown-label"

struct QueueContext {
    /// Of the repository and its organisation; empty optional: not allowed to ask.
    std::optional<std::vector<Runner>> runners;
    bool allRunners = true;         ///< false: an organisation or enterprise may share others, which could not be asked for
    std::vector<Duration> usual;    ///< queue times of earlier jobs with the same labels
    std::string plan;               ///< "free", "pro"...; empty when not known
    int runningHosted = 0;          ///< hosted jobs of the account that are known to run
};

struct QueueDiagnosis {
    QueueCause cause = QueueCause::Normal;
    std::string label;              ///< the one that is the trouble
    std::string nearest;            ///< an existing one it most likely means
    std::vector<std::string> runners; ///< that would fit but are offline or busy
    std::vector<std::string> missing; ///< labels no single runner has together, nearest runner first in `runners`
    Duration waited;
    std::optional<Duration> median, ninetieth; ///< of history, with at least 5 samples
    std::optional<int> limit;       ///< jobs at once, of a hosted one: the plan's, or the smallest there is where that is reached
    int running = 0;                ///< hosted jobs of the account that are known to run; there may be others
    bool runnersKnown = true;       ///< false: runners that might take it could not be asked for
    bool certain = true;            ///< false when runners or the plan could not be asked for, or it is an estimate
};

/// Pure: `now` is the clock of GitHub's answers.
QueueDiagnosis diagnoseQueue(const RunJob& job, Timestamp now, const RunnerTable& table, const QueueContext& context);

/// How many of these run on GitHub's own runners now: they count against the plan of the owner.
int runningHosted(const std::vector<RunJob>& jobs, const RunnerTable& table);

/// Queue times of jobs with exactly these labels, in no order: what diagnoseQueue() takes for usual.
std::vector<Duration> queueTimes(const std::vector<RunJob>& jobs, const std::vector<std::string>& labels);

/// A value that so much of the samples stay below (0..1), by the nearest rank; empty for no samples.
std::optional<Duration> quantile(std::vector<Duration> samples, double share);

} // namespace layerline
