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
    static QString toolTip(const BuildGroupItem& group);
    /// "✓ 1 m 02 s" without the glyph, in exact words, for the tooltip.
    static QString toolTip(const BuildListItem& item);

private:
    void paintSection(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintRowBackground(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option) const;
    void paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const BuildGroupItem& group, bool expanded) const;
    void paintBuild(QPainter& painter, const QStyleOptionViewItem& option, const BuildListItem& item, bool member) const;
    /// Status, glyph and time at the right end of a line; returns the room left for a title.
    QRect paintStatus(QPainter& painter, const QRect& line, BuildStatus status, const QString& time) const;
    void paintTitle(QPainter& painter, const QRect& line, const BuildListItem& item) const;
    void paintSubtitle(QPainter& painter, const QRect& line, const BuildListItem& item) const;
    void paintStrips(QPainter& painter, const QRect& rect, const std::vector<BuildStrip>& strips) const;
    /// "3 m 12 s" of something that runs, "3 m 12.4 s" of what has ended; empty when it never began.
    QString timeText(BuildStatus status, OptionalTime started, Duration elapsed, std::int64_t clockSkewNs) const;

    const BuildListModel& m_model;
    const Clock& m_clock;
};

} // namespace layerline
