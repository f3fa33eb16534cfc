// Icons drawn from the SVG files of resources/icons in one colour.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QPainter;
class QRectF;

namespace layerline {

/// `normal` is used for idle icons, `active` when hovered, checked or selected; disabled ones fade.
/// An unknown name gives an empty icon.
QIcon tintedSvgIcon(const QString& name, const QColor& normal, const QColor& active);
/// The same with colours asked for at each painting, so that the icon follows a change of theme.
QIcon tintedSvgIcon(const QString& name, QColor (*normal)(), QColor (*active)());

/// Paints the icon at the painter's own scale; nothing when the name is unknown.
void paintTintedSvg(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color);

} // namespace layerline
