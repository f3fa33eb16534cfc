// Paints the rows of the list of builds.
#pragma once

#include "domain/clock.h"
#include "items/build_list_model.h"

#include <QStyledItemDelegate>

namespace layerline {

class BuildListDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    BuildListDelegate(const BuildListModel& model, const Clock& clock, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// "✓ 1 m 02 s" without the glyph, in exact words, for the tooltip.
    static QString toolTip(const BuildListItem& item);

private:
    void paintSection(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintBuild(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option, const BuildListItem& item) const;
    void paintTitle(QPainter& painter, const QRect& line, const BuildListItem& item) const;
    void paintSubtitle(QPainter& painter, const QRect& line, const BuildListItem& item) const;
    void paintStrips(QPainter& painter, const QRect& rect, const BuildListItem& item) const;
    Duration elapsedOf(const BuildListItem& item) const;

    const BuildListModel& m_model;
    const Clock& m_clock;
};

} // namespace layerline
