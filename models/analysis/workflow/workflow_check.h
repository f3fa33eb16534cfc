// What every workflow file must have, checked before it is read.
#pragma once

#include "analysis/workflow/yaml_tree.h"

#include <optional>

namespace layerline {

/// The first thing that is wrong, with its line and column; empty when the file can be read.
std::optional<Error> checkWorkflow(const YamlNode& root);

} // namespace layerline
