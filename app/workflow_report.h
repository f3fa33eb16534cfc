// What a rewriting of a workflow does, as JSON and as English lines.
#pragma once

#include "analysis/workflow/workflow_edit.h"

namespace layerline {

/// One sentence for the terminal.
std::string editSentence(const EditNote& note);
nlohmann::ordered_json notesJson(const std::vector<EditNote>& notes);
nlohmann::ordered_json differencesJson(const std::vector<PropertyDifference>& differences);
nlohmann::ordered_json summaryJson(const BuildSummary& summary); ///< {style, platforms, platforms_open, native, emulated, cross}

} // namespace layerline
