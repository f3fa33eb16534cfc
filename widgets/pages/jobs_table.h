// The jobs of a run: who waits, who runs, for how long, on which platform.
#pragma once

#include "items/jobs_model.h"

#include <QTableView>
#include <QTimer>

namespace layerline {

/// As high as its rows, up to a limit. Times tick once a second while the run goes on.
class JobsTable : public QTableView {
    Q_OBJECT
public:
    explicit JobsTable(const Clock& clock, QWidget* parent = nullptr);

    JobsModel& model() const { return *m_model; }
    void setRun(const std::shared_ptr<const Run>& run);
    /// Nothing can be done with a job, for this reason; "" lifts it.
    void setReadOnly(const QString& why) { m_readOnly = why; }
    /// No job can be run again, for this reason; "" lifts it.
    void setEarlier(const QString& why) { m_earlier = why; }
    /// Job of the current row; 0 when none is chosen.
    std::int64_t currentJob() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, 60}; }

Q_SIGNALS:
    void jobChosen(qint64 job);
    void rerunJobRequested(qint64 job);
    void jobPageRequested(const QUrl& page);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitColumns();

    JobsModel* m_model;
    QTimer m_second;
    QString m_readOnly, m_earlier;
};

} // namespace layerline
