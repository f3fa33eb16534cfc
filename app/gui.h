// Window, demo and screenshots.
#pragma once

#include "app/cli/command_line.h"

namespace layerline {

/// Runs the window (or draws one page, for shot). Returns the exit status.
int runGui(int argc, char** argv, const Command& command);

/// "0.1.0"
const char* versionText();

} // namespace layerline
