// A matrix that only splits architectures, made one job again.
#pragma once

#include "analysis/workflow/edit_steps.h"

namespace layerline {

/// Turns the legs of `job` into one that builds every platform by QEMU on `runner`, and takes the job that merged their digests
/// away: its tags, its other steps and its followers move here. Gives the reason when that is not safe; nothing was edited then.
std::optional<std::string> combineLegs(Editing& editing, const WorkflowJob& job, const std::vector<std::string>& runner);

} // namespace layerline
