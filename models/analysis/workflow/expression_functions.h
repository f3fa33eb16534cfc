// What GitHub's operators and functions do with values.
#pragma once

#include "analysis/workflow/expression.h"

namespace layerline {

bool isComparison(std::string_view op);
/// "==" and its likes: strings without regard to case, different types as numbers.
bool compareValues(const std::string& op, const nlohmann::ordered_json& a, const nlohmann::ordered_json& b);

/// A function's value; "discarded" when only a run could tell (hashFiles, success...). Errors: no such function, wrong arguments.
Result<nlohmann::ordered_json> callFunction(const std::string& name, const std::vector<nlohmann::ordered_json>& arguments);
/// Is the function's value true or false?
bool answersYesOrNo(const std::string& name);

/// A property or element; null when there is none.
const nlohmann::ordered_json* memberOf(const nlohmann::ordered_json& value, const nlohmann::ordered_json& key);

} // namespace layerline
