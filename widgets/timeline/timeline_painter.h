// Paints what the layout has placed.
#pragma once

#include "domain/estimate.h"
#include "items/timeline_model.h"
#include "widgets/timeline/timeline_labels.h"
#include "widgets/timeline/timeline_layout.h"
#include "widgets/timeline/timeline_spark.h"

#include <QColor>
#include <QRect>
#include <QString>

#include <map>
#include <vector>

class QPainter;

namespace layerline {

/// Everything a frame depends on. Coordinates are the viewport's.
struct TimelineScene {
    const TimelineModel* model = nullptr;
    const TimelineLayout* layout = nullptr;
    const TimelineLabels* labels = nullptr;
    const std::vector<Spark>* sparks = nullptr;          ///< per lane
    const std::vector<bool>* bright = nullptr;           ///< per step; empty = all
    const BuildEstimate* estimate = nullptr;             ///< null: none
    std::vector<Timestamp> ticks;
    QSize size;              ///< of the viewport
    int scrollY = 0;
    int nowX = -1;           ///< -1: the build has ended
    Timestamp now;
    StepIndex selected = noStep;
    StepIndex hovered = noStep;
    std::optional<Platform> platform;
};

class TimelinePainter {
public:
    TimelinePainter(QPainter& painter, const TimelineScene& scene);
    void paint();

private:
    void paintGrid();
    QColor laneColor(std::size_t index) const;
    void paintLaneBackground(std::size_t index);
    void paintLane(std::size_t index);
    void paintRow(std::size_t index, int row);
    void paintOneBar(const TimelineLane& lane, const PlacedBar& bar, const QRect& rect, int freeRight);
    void paintLabel(const TimelineSpan& span, const PlacedBar& bar, const QRect& rect, int freeRight);
    void paintInsideLabel(const TimelineSpan& span, const PlacedBar& bar, const QRect& rect, QString text);
    void paintBesideLabel(const TimelineSpan& span, const TimelineLabels::Label& label, const QRect& rect, int freeRight);
    /// How long it took, or takes and how far it is: "20.1 s", "2 m 48 s · 37 %".
    QString note(const TimelineSpan& span) const;
    /// Where a running step usually ends; a clock when it is far beyond that.
    void paintUsualEnd(const TimelineSpan& span, const QRect& rect);
    void paintGaps(std::size_t index);
    void paintPending(std::size_t index);
    void paintCriticalPath();
    void paintSpark(std::size_t index);
    void paintOutlines();
    bool isBright(const TimelineSpan& span) const;
    QRect trackRect() const;

    QPainter& m_painter;
    const TimelineScene& m_scene;
    QColor m_laneColor;
    std::vector<QRect> m_labelRects; ///< of the lane being painted
};

/// The fixed left column.
void paintTimelineGutter(QPainter& painter, const TimelineScene& scene);

/// What the gutter says of a lane, longest form first: "done 58 s · 74 % cached", "done 58 s".
QStringList laneSummaries(const TimelineModel& model, const TimelineLane& lane, Timestamp now);
/// "amd64", "shared", "export"
QString laneName(const TimelineLane& lane);
/// "native", "QEMU ×9.3", "cross" or "".
QString laneTag(const TimelineLane& lane);

} // namespace layerline
