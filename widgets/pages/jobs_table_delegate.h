// Paints the rows of the table of jobs.
#pragma once

#include "items/jobs_model.h"
#include "items/step_look.h"

#include <QStyledItemDelegate>

namespace layerline {

/// Colour and shape of a job or of one of its steps.
Look lookOfJob(RunState state, Conclusion conclusion);

class JobsTableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    JobsTableDelegate(const JobsModel& model, const Clock& clock, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintName(QPainter& painter, const QRect& rect, const RunJob& job) const;
    void paintPlatform(QPainter& painter, const QRect& rect, const RunJob& job, const QString& text) const;
    /// Queue time as a hollow bar, then the steps, on the run's own time axis.
    void paintBars(QPainter& painter, const QRect& rect, const RunJob& job) const;

    const JobsModel& m_model;
    const Clock& m_clock;
};

} // namespace layerline
