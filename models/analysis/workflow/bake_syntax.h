// The text of a bake file, HCL or JSON, as blocks and expressions. Nothing is evaluated here.
#pragma once

#include "domain/result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layerline {

enum class BakeTerm {
    Unknown,  ///< a form that is not understood: its value is not to be told
    Value,    ///< `value`
    Text,     ///< the parts' texts one behind the other: "app-${TAG}"
    Name,     ///< of a variable: `text`
    Call,     ///< of the function `text` with the parts
    List,     ///< the parts
    Choice,   ///< condition, then, else
    Operator, ///< `text` ("==") with one part or two
};

struct BakeExpression {
    BakeTerm term = BakeTerm::Unknown;
    nlohmann::json value;
    std::string text;
    std::vector<BakeExpression> parts;
};

/// `target "app" { ... }`, and the file itself, which has neither type nor label.
struct BakeBlock {
    std::string type;
    std::vector<std::string> labels;
    std::vector<std::pair<std::string, BakeExpression>> attributes;
    std::vector<BakeBlock> blocks;

    /// Null when it has none of that name.
    const BakeExpression* find(std::string_view name) const;
};

/// The syntax goes by the name: "x.json" is JSON, anything else HCL. Errors: TooLarge (1 MiB, 64 levels), BadInput with the line.
Result<BakeBlock> parseBakeFile(std::string_view name, std::string_view text);

} // namespace layerline
