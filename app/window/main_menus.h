// The menu bar, and what the command palette makes of it.
#pragma once

#include "widgets/dialogs/command_palette.h"

namespace layerline {

class MainWindow;

/// Fills the window's menu bar; the pages must have been added.
void makeMenus(MainWindow& window);
/// Every action of the menus, then every build.
QList<CommandPalette::Entry> paletteEntries(MainWindow& window);

} // namespace layerline
