// What a bar means, shown beside the pointer.
#pragma once

#include "domain/estimate.h"
#include "items/timeline_model.h"

#include <QFrame>

class QLabel;

namespace layerline {

/// Rich text of a step for the card (and, without tags, for screen readers).
QString stepCardHtml(const TimelineModel& model, StepIndex step, Timestamp now, const BuildEstimate* estimate = nullptr);

/// Never takes the mouse. Lives inside its parent and keeps within it.
class TimelineHoverCard : public QFrame {
    Q_OBJECT
public:
    explicit TimelineHoverCard(QWidget* parent);
    /// Shows `html` near `anchor` (the bar, in the parent's coordinates) but never over `point`.
    void showNear(const QString& html, const QRect& anchor, const QPoint& point);
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_label;
};

} // namespace layerline
