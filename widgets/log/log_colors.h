// The colours programs ask for, made readable on both themes.
#pragma once

#include "items/log_text.h"
#include "widgets/style/theme.h"

#include <QColor>

namespace layerline {

/// `wanted`, moved towards black or white until its contrast to `paper` is at least `least`.
QColor readable(const QColor& wanted, const QColor& paper, double least = 4.5);

struct LogInk {
    QColor text;
    QColor paper; ///< invalid when the style sets none
};

/// Colours of a style on `paper`, the view's background. The text reads (4.5:1) on what it stands on, whatever was asked.
LogInk logInk(const TextStyle& style, const Palette& colors, const QColor& paper);

} // namespace layerline
