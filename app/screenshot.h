// layerline shot: a page as a PNG, without a display.
#pragma once

#include "app/cli/command_line.h"

class QApplication;

namespace layerline {

/// Draws the page into command.output. Returns the exit status.
int takeShot(QApplication& app, const Command& command);

} // namespace layerline
