#include "widgets/log/log_colors.h"

namespace layerline {

namespace {

/// The 16 named colours take the theme's hues, so that a log looks like the rest of the window.
QColor named(std::uint32_t index, const Palette& colors)
{
    const bool bright = index >= 8;
    const auto lift = [&](const QColor& color) { return bright ? mixed(color, colors.text, 0.72) : color; };
    switch (index % 8) {
    case 0: return bright ? colors.muted : mixed(colors.text, colors.panel, 0.35);
    case 1: return lift(colors.failed);
    case 2: return lift(colors.cached);
    case 3: return lift(colors.rebuilt);
    case 4: return lift(colors.accent);
    case 5: return lift(QColor(0xb57bd6));
    case 6: return lift(colors.imported);
    default: return bright ? colors.text : mixed(colors.text, colors.muted, 0.7);
    }
}

/// xterm's cube and grey ramp.
QColor indexed(std::uint32_t index, const Palette& colors)
{
    if (index < 16)
        return named(index, colors);
    if (index >= 232) {
        const int grey = 8 + 10 * int(index - 232);
        return QColor(grey, grey, grey);
    }
    const auto level = [](std::uint32_t step) { return step == 0 ? 0 : int(55 + 40 * step); };
    const std::uint32_t cube = index - 16;
    return QColor(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

QColor colorOf(const TextColor& color, const Palette& colors, const QColor& fallback)
{
    switch (color.kind) {
    case TextColor::Kind::Indexed: return indexed(color.value & 0xFF, colors);
    case TextColor::Kind::Rgb: return QColor(QRgb(0xFF000000 | color.value));
    case TextColor::Kind::Default: break;
    }
    return fallback;
}

} // namespace

QColor readable(const QColor& wanted, const QColor& paper, double least)
{
    const QColor white(Qt::white), black(Qt::black);
    const QColor pole = contrastRatio(white, paper) >= contrastRatio(black, paper) ? white : black;
    for (double share = 1; share > 0; share -= 0.05) {
        const QColor tried = mixed(wanted, pole, share);
        if (contrastRatio(tried, paper) >= least)
            return tried;
    }
    return pole;
}

LogInk logInk(const TextStyle& style, const Palette& colors, const QColor& paper)
{
    QColor front = colorOf(style.foreground, colors, colors.text);
    QColor back = colorOf(style.background, colors, QColor());
    if (style.inverse) {
        const QColor ground = back.isValid() ? back : paper;
        back = front;
        front = ground;
    }
    const QColor ground = back.isValid() ? back : paper;
    if (style.faint)
        front = mixed(front, ground, 0.62);
    return {readable(front, ground), back};
}

} // namespace layerline
