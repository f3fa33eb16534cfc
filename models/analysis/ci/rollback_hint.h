// When going back to QEMU for a while would help.
#pragma once

#include "analysis/ci/queue_diagnosis.h"

namespace layerline {

enum class RollbackReason {
    QueuedTooLong,   ///< a foreign build waits beyond the limit
    LabelUnusable,   ///< its label does not exist or is retired: it waits for ever
    NoRunner,        ///< no runner of one's own fits, or all are offline
    FailsRepeatedly, ///< the foreign build failed in the newest runs, the others of those runs did not
};
const char* toString(RollbackReason reason); ///< "queued-too-long"

struct RollbackHint {
    RollbackReason reason = RollbackReason::QueuedTooLong;
    RunKey run;                 ///< the newest it shows in
    std::string job;
    std::vector<Platform> platforms;
    QueueDiagnosis queue;       ///< of a job that waits
    int failures = 0;           ///< runs in a row
};

struct RollbackLimits {
    Duration queued{std::int64_t(15) * 60 * 1'000'000'000};
    int failures = 2;
};

/// `runs` are those of one workflow, newest first. A build is foreign when it runs natively on something else than amd64, or would
/// if its label existed. Empty when nothing speaks for it.
std::optional<RollbackHint> rollbackHint(const std::vector<Run>& runs, Timestamp now, const RunnerTable& table, const QueueContext& context,
                                         const RollbackLimits& limits = {});

} // namespace layerline
