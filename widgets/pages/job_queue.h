// Builds of ours that wait for a place on their builder: no builder knows them yet, so no list of builds shows them.
#pragma once

#include "items/plan_values.h"

#include <QFrame>

#include <vector>

class QVBoxLayout;

namespace layerline {

/// Below the list of builds; hidden while nothing waits.
class JobQueue : public QFrame {
    Q_OBJECT
public:
    explicit JobQueue(QWidget* parent = nullptr);

    /// In the order in which they will start.
    void setJobs(const std::vector<WaitingJob>& jobs);

Q_SIGNALS:
    void cancelRequested(const QString& id);

private:
    std::vector<WaitingJob> m_jobs;
    QVBoxLayout* m_column;
    QWidget* m_rows = nullptr;
};

} // namespace layerline
