// What a rewriting of a workflow does, as JSON and as English lines.
#pragma once

#include "app/tasks/workflow_tool.h"

namespace layerline {

/// The sentence of a kind, English, with %j for the job, %d for the detail and %o for the other; translated in the context
/// WorkflowReport.
const char* editPattern(EditKind kind);
/// One sentence for the terminal.
std::string editSentence(const EditNote& note);
nlohmann::ordered_json notesJson(const std::vector<EditNote>& notes);
nlohmann::ordered_json differencesJson(const std::vector<PropertyDifference>& differences);
/// Of the file that is written, as `diff -u` prints it.
std::string workflowDiff(const WorkflowPlan& plan);
nlohmann::ordered_json summaryJson(const BuildSummary& summary); ///< {style, platforms, platforms_open, native, emulated, cross}

} // namespace layerline
