// Braces and aliases written out, where a job can't be edited in place otherwise.
#pragma once

#include "analysis/workflow/workflow_edit.h"

#include <functional>

namespace layerline {

struct WrittenOut {
    std::string text;
    std::vector<int> oldLine; ///< of each line of the text, from index 1
    std::vector<EditNote> changes;
};

/// The jobs that build or merge images with their maps in braces as lines and their aliases as what they stand for. Values and
/// comments stay as they are; what can't be written out line by line stays too. The result reads as the same values, or it is an error.
Result<WrittenOut> writeOut(const std::string& text, const RunnerTable& runners);

/// Edits the text, or when it is refused for how it is written, the text written out.
Result<WorkflowEdit> editWrittenOut(const std::string& text, const RunnerTable& runners, const std::function<Result<WorkflowEdit>(const std::string&)>& edit);

} // namespace layerline
