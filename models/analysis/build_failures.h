// Why a build failed, as far as its errors and the logs of its failed steps are recognised.
#pragma once

#include "analysis/ci/failures.h"
#include "domain/build.h"

#include <vector>

namespace layerline {

struct BuildFailure {
    RecognisedFailure failure;     ///< of valid UTF-8 with the build's secrets masked; `number` is the line in the step's log, 0 for an error's text
    StepIndex step = noStep;       ///< the failed step it was read from; noStep for the build's own error
};

/// At most `most`, what errors say before what logs say; empty for a build that has not failed. Of each failed step only the
/// last 1,000 lines are read: what ended it is there, and 100 MB of log cost no more than that.
std::vector<BuildFailure> failuresOf(const Build& build, std::size_t most = 4);

/// Whose remedies fit: those of CI for a build read from a pipeline, else those for somebody at a terminal.
FailurePlace placeOf(const Build& build);

} // namespace layerline
