// What is known about versions of actions, as of a date.
#pragma once

#include "analysis/workflow/workflow.h"

namespace layerline {

/// When the table was true.
extern const char* const actionTableDate;

enum class ActionState { Fine, Old, Dead };

struct ActionVerdict {
    ActionState state = ActionState::Fine;
    std::string since;      ///< date it stopped working: "2025-01-30"
    int workingMajor = 0;   ///< the first major that works (Dead) or is maintained (Old)
};

/// Dead: GitHub refuses it or its service is gone. Old: made for a Node version GitHub no longer ships, runs on a newer one.
ActionVerdict judgeAction(const ActionRef& action);

/// The reference to write for an action that is added: the major the file already uses for it or its siblings, when that works.
std::string actionToUse(const Workflow& workflow, const std::string& name);

} // namespace layerline
