// Shapes and bars: what makes a state readable without its colour.
#include "widgets/style/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {

constexpr int hatchPeriod = 11; ///< pixels between two stripes, along a row
constexpr double hatchWidth = 4.2;
constexpr int glyphSize = 9;
constexpr int glyphGap = 4;
constexpr int labelPadding = 6;
constexpr double barRadius = 3;

QPen strokePen(const QColor& color, double width)
{
    return QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

/// One period of stripes leaning like "/", drawn at the painter's scale so that edges stay sharp.
QPixmap hatchTile(double scale)
{
    const QString key = QStringLiteral("ll:hatch:%1").arg(scale);
    QPixmap tile;
    if (QPixmapCache::find(key, &tile))
        return tile;
    const int pixels = int(std::lround(hatchPeriod * scale));
    tile = QPixmap(pixels, pixels);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 58));
    const double width = hatchWidth * scale;
    for (int shift = -1; shift <= 1; ++shift) {
        const double x = double(shift) * pixels;
        painter.drawPolygon(QPolygonF({{x + pixels, 0.0}, {x + pixels + width, 0.0}, {x + width, double(pixels)}, {x, double(pixels)}}));
    }
    painter.end();
    tile.setDevicePixelRatio(scale);
    QPixmapCache::insert(key, tile);
    return tile;
}

QPainterPath chainPath(const QRectF& r)
{
    const double w = r.width(), h = r.height();
    QPainterPath path;
    path.addRoundedRect(QRectF(r.left() + w * 0.28, r.top(), w * 0.44, h * 0.46), w * 0.2, w * 0.2);
    path.addRoundedRect(QRectF(r.left() + w * 0.28, r.top() + h * 0.54, w * 0.44, h * 0.46), w * 0.2, w * 0.2);
    path.moveTo(r.left() + w * 0.5, r.top() + h * 0.3);
    path.lineTo(r.left() + w * 0.5, r.top() + h * 0.7);
    return path;
}

QPainterPath arrowPath(const QRectF& r)
{
    QPainterPath path;
    path.moveTo(r.center().x(), r.top());
    path.lineTo(r.center().x(), r.bottom());
    path.moveTo(r.left() + r.width() * 0.12, r.top() + r.height() * 0.58);
    path.lineTo(r.center().x(), r.bottom());
    path.lineTo(r.right() - r.width() * 0.12, r.top() + r.height() * 0.58);
    return path;
}

void paintStrokes(QPainter& painter, const QRectF& r, Look look)
{
    switch (look) {
    case Look::Cached:
        painter.drawPolyline(QPolygonF({{r.left(), r.top() + r.height() * 0.55}, {r.left() + r.width() * 0.36, r.top() + r.height() * 0.9}, {r.right(), r.top() + r.height() * 0.14}}));
        break;
    case Look::Imported:
        painter.drawPath(arrowPath(r));
        break;
    case Look::Invalidated:
        painter.drawPath(chainPath(r));
        break;
    case Look::Failed: {
        const QRectF x = r.adjusted(r.width() * 0.08, r.height() * 0.08, -r.width() * 0.08, -r.height() * 0.08);
        painter.drawLine(x.topLeft(), x.bottomRight());
        painter.drawLine(x.topRight(), x.bottomLeft());
        break;
    }
    case Look::Canceled:
        painter.drawEllipse(r);
        painter.drawLine(QPointF(r.left() + r.width() * 0.15, r.bottom() - r.height() * 0.15), QPointF(r.right() - r.width() * 0.15, r.top() + r.height() * 0.15));
        break;
    default:
        break;
    }
}

void paintSolid(QPainter& painter, const QRectF& r, Look look, const QColor& color)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (look == Look::Running) {
        painter.drawPolygon(QPolygonF({{r.left() + r.width() * 0.18, r.top() + r.height() * 0.06}, {r.right(), r.center().y()}, {r.left() + r.width() * 0.18, r.bottom() - r.height() * 0.06}}));
    } else if (look == Look::Joined) {
        const double dot = r.width() * 0.3;
        painter.drawEllipse(QPointF(r.left() + dot / 2, r.center().y()), dot * 0.62, dot * 0.62);
        painter.drawEllipse(QPointF(r.right() - dot / 2, r.center().y()), dot * 0.62, dot * 0.62);
        painter.drawRect(QRectF(r.left() + dot / 2, r.center().y() - 0.6, r.width() - dot, 1.2));
    } else {
        painter.drawEllipse(r.center(), r.width() * 0.36, r.height() * 0.36);
    }
}

bool hasBarGlyph(Look look)
{
    return look == Look::Cached || look == Look::Imported || look == Look::Invalidated || look == Look::Failed || look == Look::Canceled;
}

/// The bar's outline; an invalidated bar has a notch in its left edge.
QPainterPath barShape(const QRectF& r, Look look)
{
    QPainterPath path;
    path.addRoundedRect(r, barRadius, barRadius);
    if (look != Look::Invalidated || r.width() < 10)
        return path;
    QPainterPath notch;
    const double depth = std::min(4.0, r.height() * 0.22);
    notch.addPolygon(QPolygonF({{r.left() - 1, r.center().y() - depth - 1}, {r.left() + depth, r.center().y()}, {r.left() - 1, r.center().y() + depth + 1}}));
    return path.subtracted(notch);
}

void paintBarEdge(QPainter& painter, const QRectF& r, Look look)
{
    const Palette& p = Theme::palette();
    if (contrastRatio(p.of(look), p.panel) < 3) { // a pale bar on white needs an edge to be seen
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(mixed(p.of(look), Qt::black, 0.72), 1));
        painter.drawPath(barShape(r.adjusted(0.5, 0.5, -0.5, -0.5), look));
    }
    if (look == Look::Failed) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(mixed(p.failed, p.text, 0.55), 1.6));
        painter.drawRoundedRect(r.adjusted(0.8, 0.8, -0.8, -0.8), barRadius, barRadius);
    } else if (look == Look::Joined) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(p.textOn(look));
        for (double y = r.top() + 3; y < r.bottom() - 1; y += 4)
            painter.drawEllipse(QPointF(r.left() + 2.5, y), 1.1, 1.1);
    } else if (look == Look::Running && r.width() >= 16) {
        painter.fillRect(QRectF(r.right() - 2, r.top() + 1, 2, r.height() - 2), mixed(p.running, p.text, 0.4));
    }
}

} // namespace

void paintLookGlyph(QPainter& painter, const QRect& rect, Look look, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = std::min(rect.width(), rect.height());
    const double line = std::max(1.3, side / 6.5);
    QRectF box(0, 0, side - line, side - line);
    box.moveCenter(QRectF(rect).center());
    painter.setPen(strokePen(color, line));
    painter.setBrush(Qt::NoBrush);
    if (look == Look::Pending || look == Look::Waiting) {
        painter.setPen(QPen(color, 1.2, Qt::DashLine, Qt::FlatCap));
        painter.drawRoundedRect(box, side / 5, side / 5);
    } else if (look == Look::Running || look == Look::Joined || look == Look::Rebuilt) {
        paintSolid(painter, box, look, color);
    } else {
        paintStrokes(painter, box, look);
    }
    painter.restore();
}

void paintLookBadge(QPainter& painter, const QRect& rect, Look look)
{
    const Palette& p = Theme::palette();
    if (look == Look::Pending || look == Look::Waiting) {
        paintLookGlyph(painter, rect.adjusted(1, 1, -1, -1), look, p.pending);
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(p.of(look));
    painter.drawRoundedRect(rect, 4, 4);
    painter.restore();
    const int inset = rect.width() / 4;
    paintLookGlyph(painter, rect.adjusted(inset, inset, -inset, -inset), look, p.textOn(look));
}

void paintHatch(QPainter& painter, const QRect& rect)
{
    const double scale = painter.device() ? painter.device()->devicePixelRatio() : 1.0;
    painter.drawTiledPixmap(rect, hatchTile(scale));
}

void paintBar(QPainter& painter, const QRect& rect, Look look, bool emulated)
{
    if (rect.isEmpty())
        return;
    const Palette& p = Theme::palette();
    if (rect.width() < 8 || rect.height() < 8) { // many of these: no antialiasing, no paths
        painter.fillRect(rect, p.of(look));
        if (emulated)
            paintHatch(painter, rect);
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPainterPath shape = barShape(rect, look);
    if (look == Look::Pending || look == Look::Waiting) {
        painter.setPen(QPen(p.pending, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), barRadius, barRadius);
        painter.restore();
        return;
    }
    painter.fillPath(shape, p.of(look));
    if (emulated) {
        painter.setClipPath(shape, Qt::IntersectClip);
        paintHatch(painter, rect);
    }
    paintBarEdge(painter, rect, look);
    painter.restore();
}

int barLabelWidth(const QFont& font, Look look, const QString& text)
{
    const int glyph = hasBarGlyph(look) ? glyphSize : 0;
    if (text.isEmpty())
        return glyph == 0 ? 0 : glyph + 2 * (labelPadding - 1);
    const int words = int(std::ceil(QFontMetricsF(font).horizontalAdvance(text)));
    return words + (glyph > 0 ? glyph + glyphGap : 0) + 2 * labelPadding;
}

void paintBarLabel(QPainter& painter, const QRect& bar, Look look, bool emulated, const QString& text, const QString& second)
{
    const Palette& p = Theme::palette();
    const bool glyph = hasBarGlyph(look);
    const int needed = std::max(barLabelWidth(painter.font(), look, text), second.isEmpty() ? 0 : barLabelWidth(painter.font(), look, second));
    if (needed == 0)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = p.textOn(look);
    const bool hollow = look == Look::Pending || look == Look::Waiting;
    QColor plateColor = hollow ? p.panel : p.of(look);
    if (contrastRatio(ink, plateColor) < 4.5)
        plateColor = plateColor.darker(112);
    if (emulated || plateColor != p.of(look)) {
        const QRectF plate(bar.left() + 3, bar.top() + 3, needed - 6, bar.height() - 6);
        painter.setPen(Qt::NoPen);
        painter.setBrush(plateColor);
        painter.drawRoundedRect(plate, 3, 3);
    }
    // With two lines the first stands above the middle.
    const int lineHeight = second.isEmpty() ? bar.height() : bar.height() / 2 - 1;
    const QRect first(bar.left(), bar.top() + (second.isEmpty() ? 0 : 2), bar.width(), lineHeight);
    int x = bar.left() + (text.isEmpty() ? labelPadding - 1 : labelPadding);
    if (glyph) {
        paintLookGlyph(painter, QRect(x, first.center().y() - glyphSize / 2, glyphSize, glyphSize), look, ink);
        x += glyphSize + glyphGap;
    }
    painter.setPen(ink);
    if (!text.isEmpty())
        painter.drawText(QRect(x, first.top(), bar.right() - x + 1, lineHeight), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    if (!second.isEmpty())
        painter.drawText(QRect(x, first.bottom(), bar.right() - x + 1, lineHeight), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, second);
    painter.restore();
}

int paintTag(QPainter& painter, const QPoint& topLeft, int height, const QString& text, const QColor& color, bool paint)
{
    painter.save();
    painter.setFont(Theme::uiFont(-1.9, 600));
    const int width = int(std::ceil(painter.fontMetrics().horizontalAdvance(text))) + 12;
    if (paint) {
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(topLeft.x(), topLeft.y(), width, height).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(mixed(color, Theme::palette().panelRaised, 0.55), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame, 4, 4);
        painter.setPen(color);
        painter.drawText(frame, Qt::AlignCenter, text);
    }
    painter.restore();
    return width;
}

} // namespace layerline
