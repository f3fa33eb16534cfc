// The options of `layerline rollback` and `layerline migrate`, for their help; apart from workflow_tool.h, which the window
// includes too.
#pragma once

#include "app/command_options.h"

namespace layerline {

OptionTable rollbackCommandOptions();
OptionTable migrateCommandOptions();

} // namespace layerline
