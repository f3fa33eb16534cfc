// Colours, metrics and glyphs of the two themes (visual.md). Widgets ask here and nowhere else.
#pragma once

#include "domain/build.h"
#include "domain/estimate.h"
#include "items/step_look.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QString>

class QApplication;
class QPainter;
class QRect;
class QRectF;

namespace layerline {

struct Palette {
    QColor background, panel, panelRaised, line, text, muted, faint, accent, selection, barText;
    QColor cached, imported, joined, rebuilt, invalidated, running, failed, canceled, pending;
    const QColor& of(Look look) const;
    /// Text that stays readable (4.5:1) on a bar of this look.
    QColor textOn(Look look) const;
    /// The look's colour for words on a panel, deepened until they are readable (4.5:1).
    QColor inkOf(Look look) const;
};

enum class ThemeKind { System, Light, Dark };

/// Emits nothing: a change of theme comes to widgets as QEvent::PaletteChange.
class Theme {
public:
    /// Sets Fusion, the palette, the style sheet and the fonts of the application. May be called again.
    static void apply(QApplication& app, ThemeKind kind);
    /// The palette that goes with the widget palette in force (dark when its window colour is).
    static const Palette& palette();
    static bool dark();
    /// `pointDelta` is in points: visual sizes of the mock are 13 px = 9.75 pt = delta 0.
    static QFont uiFont(double pointDelta = 0, int weight = 400);
    static QFont monoFont(double pointDelta = 0);
    /// Monochrome SVG icon of resources/icons in the given colour; sharp at any size and scale.
    static QIcon icon(const QString& name, const QColor& color);
    /// In the muted text colour, in the text colour when active or checked.
    static QIcon icon(const QString& name);
    /// Paints an icon of resources/icons straight into `rect`.
    static void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color);
    /// Name of the icon of an architecture ("arch-arm64", else "arch-generic").
    static QString archIcon(const Platform& platform);
};

/// Linear mix of two colours: `share` of `a`, the rest of `b`.
QColor mixed(const QColor& a, const QColor& b, double share);
/// WCAG contrast ratio, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

/// Translated word of a look ("cached").
QString lookName(Look look);
/// Paints the state's shape (tick, arrow, chain, cross, slash, ...) into `rect`.
void paintLookGlyph(QPainter& painter, const QRect& rect, Look look, const QColor& color);
/// The glyph on a rounded square of the state's colour (dashed outline when pending): the state at a glance in lists.
void paintLookBadge(QPainter& painter, const QRect& rect, Look look);
/// Fills a bar: colour, then the hatch when emulated, then the shape of its left edge (notch, dots) or outline.
/// Rectangles below 8 px are filled plainly. No glyph: see barGlyphWidth().
void paintBar(QPainter& painter, const QRect& rect, Look look, bool emulated);
/// The diagonal hatch alone, anchored at the top left of `rect`.
void paintHatch(QPainter& painter, const QRect& rect);
/// Text in a bar with the state's glyph before it, on a plate of the bar's colour so that hatching never runs
/// through letters. `text` must fit (see barLabelWidth). A high bar has room for a quieter second line.
void paintBarLabel(QPainter& painter, const QRect& bar, Look look, bool emulated, const QString& text, const QString& second = {});
/// Bars of at least this height take a second line.
constexpr int twoLineBar = 32;
/// Pixels paintBarLabel needs for `text` (may be empty: the glyph alone), 0 when there would be nothing to paint.
int barLabelWidth(const QFont& font, Look look, const QString& text);
/// A small rounded tag ("native", "QEMU ×9.3"); returns its width. `paint` false only measures.
int paintTag(QPainter& painter, const QPoint& topLeft, int height, const QString& text, const QColor& color, bool paint = true);

/// "4.2 s", "3 m 07 s", "1 h 04 m"; "0.3 s" below a second with one decimal; "<0.1 s" for a positive shorter one.
QString humanDuration(Duration duration);
/// The same without tenths, for a clock that ticks: "41 s", "3 m 07 s".
QString humanElapsed(Duration duration);
/// "1–4 m", "40 s – 2 m", "about 3 m"; no more digits than an estimate deserves.
QString humanRange(const DurationRange& range);
/// "2–4 m (14 times)", or that it is guessed from the other architecture; "" when nothing is known about the step.
QString usualTime(const BuildEstimate& estimate, StepIndex step);
/// "12.4 MB" (SI).
QString humanBytes(qint64 bytes);
/// "×9.3" from 9.3, "×12" from 12.4.
QString humanFactor(double factor);

/// Width of a text whose digits all take the width of the widest, so that a ticking number stands still.
double tabularWidth(const QFont& font, const QString& text);
/// Paints such a text; `alignment` as for QPainter::drawText.
void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text);

} // namespace layerline
