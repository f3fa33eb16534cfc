// GitHub's ${{ }} expressions, evaluated as far as a file alone allows.
#pragma once

#include "domain/result.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// What an expression may come to: every value in `values`, and more when `open`.
/// "github.ref_type == 'tag' && 'big' || 'small'" is {"big", "small"}, "vars.RUNNER" is nothing known, open.
struct Outcomes {
    std::vector<nlohmann::ordered_json> values;
    bool open = false;      ///< anything else is possible too
    bool openFalsy = false; ///< something falsy that is not known ("" or null or 0)

    bool known() const { return values.size() == 1 && !open && !openFalsy; }
    static Outcomes of(nlohmann::ordered_json value) { return {{std::move(value)}, false, false}; }
    static Outcomes unknown() { return {{}, true, false}; }
};

/// Contexts by name. A property that is missing in a complete context is null, in another one it is unknown.
struct ExpressionContext {
    std::map<std::string, nlohmann::ordered_json> values;
    std::set<std::string> complete;
};

/// An expression without the ${{ }} around it. Errors are BadInput with the position in the expression.
Result<Outcomes> evaluateExpression(std::string_view expression, const ExpressionContext& context);

/// Text with any number of ${{ }} in it. A text that is one expression keeps the value's type, else it is a string.
Result<Outcomes> evaluateTemplate(std::string_view text, const ExpressionContext& context);

/// The text with every expression whose value is known replaced by it; the others stay, with one blank on either side.
std::string resolvedText(std::string_view text, const ExpressionContext& context);

/// Is there a ${{ }} in it?
bool hasExpression(std::string_view text);

/// Every dotted path in the expressions of a text, in order: "secrets.TOKEN", "steps.meta.outputs.tags". An index by a
/// literal reads like a property.
std::vector<std::string> expressionReferences(std::string_view text);
/// The same of text that is an expression as a whole, like the value of `if:`, with or without ${{ }}.
std::vector<std::string> conditionReferences(std::string_view text);

/// GitHub's idea of a value as text: true, 1.5, "" for null; objects and arrays as JSON.
std::string expressionText(const nlohmann::ordered_json& value);
/// False for false, 0, "" and null.
bool truthy(const nlohmann::ordered_json& value);

} // namespace layerline
