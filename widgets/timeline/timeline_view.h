// The timeline of the selected build: a lane per platform, a bar per run of a step.
#pragma once

#include "items/timeline_model.h"
#include "widgets/timeline/timeline_labels.h"
#include "widgets/timeline/timeline_layout.h"
#include "widgets/timeline/timeline_painter.h"
#include "widgets/timeline/timeline_spark.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <map>

namespace layerline {

class EstimateBoard;
class TimelineFooter;
class TimelineHoverCard;
class TimelineRuler;

/// Reads the store through its model and speaks through the selection only: a click selects the step, a click in the
/// gutter the platform, zoom and pan set the range (empty = the whole build).
class TimelineView : public QAbstractScrollArea {
    Q_OBJECT
public:
    TimelineView(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);
    ~TimelineView() override;

    const TimelineModel& model() const { return m_model; }
    const TimelineLayout& layoutState() const { return m_layout; }
    /// What is left of the lanes and how long steps usually take; the board must outlive the view.
    void setEstimates(const EstimateBoard& board);
    /// Time of day instead of time since the start in the ruler.
    void setWallClock(bool wall);
    TimeRange visibleRange() const;
    /// Rectangle of a step's bar in viewport coordinates; empty when it never ran.
    QRect stepRect(StepIndex step) const;
    /// The "now" line is being moved: only while the view is seen and the build runs.
    bool nowMoves() const { return m_nowTimer.isActive(); }
    StepIndex selectedStep() const { return m_selection.step(); }
    void selectStep(StepIndex step) { m_selection.setStep(step); }
    /// Lays out at once (screenshots, tests).
    void refresh();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void fit();
    void selectNextStep();
    void selectPreviousStep();
    void selectNextError();
    void zoomToStep();
    /// Opens or closes the group of the selected step.
    void toggleGroup();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void onModelChanged();
    void onSelectionChanged();
    void updateLayout();
    void updateBright();
    void updateNowTimer();
    void onTick();
    void followNow();
    TimelineScene scene() const;
    int trackLeft() const { return timeline::gutterWidth + timeline::trackInset; }
    int trackWidth() const;
    int nowX() const;
    void requestRange(const TimeRange& range);
    void zoomBy(double factor, double x);
    void panBy(double pixels);
    void stepTo(int direction);
    void reveal(StepIndex step);
    StepIndex stepAt(const QPoint& point) const;
    void hover(const QPoint& point);
    void paintEmpty(QPainter& painter);
    bool pinched(QEvent* event);

    SelectionState& m_selection;
    TimelineModel m_model;
    TimelineLayout m_layout;
    TimelineLabels m_labels;
    std::vector<Spark> m_sparks;
    bool m_sparksStale = true;
    std::vector<bool> m_bright;
    const BuildEstimate* estimate() const;
    const EstimateBoard* m_estimates = nullptr;
    TimelineRuler* m_ruler;
    TimelineFooter* m_footer;
    TimelineHoverCard* m_card;
    StepIndex m_hovered = noStep;
    QPoint m_hoverPoint;
    QTimer m_nowTimer;
    QTimer m_hoverTimer;
    int m_paintedNowX = -1;
    bool m_pressed = false;
    bool m_dragging = false;
    QPoint m_pressPoint;
    TimeRange m_pressRange;
    int m_pressScroll = 0;
};

} // namespace layerline
