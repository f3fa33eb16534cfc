// Secrets and ssh keys a build needs again, asked for in the terminal.
#pragma once

#include "analysis/rebuild_plan.h"
#include "domain/result.h"

#include <string>

namespace layerline {

/// One line from the terminal; without `echo` nothing of it is shown. Cancelled on Ctrl+C or Ctrl+D, Unsupported when
/// stdin is no terminal. The terminal is as before however it ends; SIGTERM and SIGHUP do their work after that.
Result<std::string> askLine(const std::string& prompt, bool echo);

/// True when somebody sits there to ask.
bool canAsk();

/// Asks for each secret and key among the obstacles. A typed value joins the hand-over as a variable of the client's
/// environment and is kept nowhere; an empty line leaves the obstacle. Cancelled when the answer is Ctrl+C.
Result<void> askNeeded(const std::vector<Obstacle>& obstacles, BuildPlan& plan, HandOver& handOver);

} // namespace layerline
