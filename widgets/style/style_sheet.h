// The small application style sheet: what Fusion can't be told by its palette.
#pragma once

#include <QString>

namespace layerline {

struct Palette;

/// Roles widgets choose by dynamic property: QPushButton[primary="true"|flat], QLabel[chip="true"], [tone="run|bad|warn|good"],
/// QLabel[role="title"|"muted"|"faint"|"section"|"kbd"], QFrame[role="panel"|"raised"|"line"], QToolButton[rail="true"].
QString styleSheetFor(const Palette& palette);

} // namespace layerline
