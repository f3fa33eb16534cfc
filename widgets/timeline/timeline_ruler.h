// The time ruler above the lanes, with the zoom buttons in its corner.
#pragma once

#include "widgets/timeline/timeline_geometry.h"

#include <QWidget>

class QToolButton;

namespace layerline {

class TimelineRuler : public QWidget {
    Q_OBJECT
public:
    explicit TimelineRuler(QWidget* parent);

    /// `nowX` is -1 when the build has ended; `origin` is the build's start.
    void setTime(const TimeScale& scale, const TimeRange& range, Timestamp origin, int nowX);
    /// Time of day instead of time since the start.
    void setWallClock(bool wall);
    bool wallClock() const { return m_wall; }
    /// Where lines belong, for the grid below.
    const std::vector<Timestamp>& ticks() const { return m_ticks; }
    QString tickText(Timestamp tick) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void zoomRequested(double factor); ///< below 1: nearer
    void fitRequested();
    void wallClockToggled(bool wall);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QToolButton* addButton(const QString& icon, const QString& name, const QString& tip);
    void refreshIcons();

    TimeScale m_scale;
    TimeRange m_range;
    Timestamp m_origin;
    Duration m_step{1'000'000'000};
    std::vector<Timestamp> m_ticks;
    int m_nowX = -1;
    bool m_wall = false;
    std::vector<std::pair<QToolButton*, QString>> m_buttons;
};

} // namespace layerline
