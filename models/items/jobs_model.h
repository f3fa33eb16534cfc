// The jobs of one run as a table.
#pragma once

#include "domain/clock.h"
#include "domain/pipeline.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace layerline {

/// From the run's beginning to its end, or to now.
struct RunSpan {
    Timestamp begin;
    Timestamp end;
};

/// How long a job waited for a runner; up to `now` while none took it. Empty when it never waited (skipped).
std::optional<Duration> queueTime(const RunJob& job, Timestamp now);
/// How long it ran, up to `now` while it runs. Empty before it started.
std::optional<Duration> runTime(const RunJob& job, Timestamp now);
/// The range all jobs fit in; at least a second long.
RunSpan spanOf(const Run& run, Timestamp now);

/// Rows in GitHub's order, except that merging jobs come last. One signal per changed row.
class JobsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, PlatformColumn, BarColumn, QueueColumn, RunColumn, ColumnCount };
    enum Role { JobRole = Qt::UserRole }; ///< qint64, the job's id

    explicit JobsModel(const Clock& clock, QObject* parent = nullptr);

    /// Null empties it.
    void setRun(const std::shared_ptr<const Run>& run);
    const Run* run() const { return m_run.get(); }
    const RunJob* job(int row) const;
    int rowOf(std::int64_t job) const;
    RunSpan span() const;
    bool running() const;
    /// Queue and run times of unfinished jobs have grown.
    void timePassed();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Translated: "queued", "running", "failed" ...
    static QString stateWord(RunState state, Conclusion conclusion);

private:
    QString text(const RunJob& job, int column) const;
    QString toolTip(const RunJob& job) const;

    const Clock& m_clock;
    std::shared_ptr<const Run> m_run;
    std::vector<std::size_t> m_order; ///< row -> position in Run::jobs
};

} // namespace layerline
