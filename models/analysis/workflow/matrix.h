// A job's matrix, multiplied out.
#pragma once

#include "analysis/workflow/expression.h"
#include "analysis/workflow/yaml_tree.h"

namespace layerline {

struct MatrixLegs {
    std::vector<nlohmann::ordered_json> legs; ///< objects; one empty one for a job without a matrix
    bool open = false; ///< an expression only a run can evaluate: the legs are those that are known
};

/// GitHub's rules: the product of the lists, less `exclude`, with `include` added where it overwrites nothing and as a leg of its
/// own elsewhere. At most 256 legs (TooLarge). `matrix` may be null.
Result<MatrixLegs> expandMatrix(const YamlNode* matrix, const ExpressionContext& context);

} // namespace layerline
