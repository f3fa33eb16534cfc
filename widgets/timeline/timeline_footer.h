// Below the lanes: the whole build in small, to move in it, and the legend.
#pragma once

#include "items/timeline_model.h"
#include "widgets/timeline/timeline_geometry.h"

#include <QWidget>

namespace layerline {

class TimelineFooter : public QWidget {
    Q_OBJECT
public:
    TimelineFooter(const TimelineModel& model, QWidget* parent);

    void setRange(const TimeRange& full, const TimeRange& visible);
    QRect mapRect() const;
    /// The visible range's window on the map.
    QRect windowRect() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void rangeRequested(const layerline::TimeRange& range);
    void fitRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    enum class Drag { None, Window, Left, Right };
    Drag partAt(const QPoint& point) const;
    void paintMap(QPainter& painter);
    void paintLegend(QPainter& painter);
    TimeScale scale() const;

    const TimelineModel& m_model;
    TimeRange m_full;
    TimeRange m_visible;
    Drag m_drag = Drag::None;
    TimeRange m_dragRange; ///< visible range when the drag began
    int m_dragX = 0;
};

} // namespace layerline
