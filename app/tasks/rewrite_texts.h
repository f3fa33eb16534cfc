// What a rollback or a migration writes into a repository's history: English, as the commits of most projects are.
#pragma once

#include "app/tasks/workflow_tool.h"

namespace layerline {

std::string pullTitle(const WorkflowRequest& request, const WorkflowPlan& plan);
/// Markdown: what it does, what to look at, what differs.
std::string pullBody(const WorkflowPlan& plan);
std::string commitMessage(const WorkflowRequest& request, const WorkflowPlan& plan);
std::string undoMessage(const WorkflowPlan& plan);

} // namespace layerline
