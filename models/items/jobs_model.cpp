#include "items/jobs_model.h"

#include <QStringList>

#include <algorithm>
#include <numeric>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// "1 m 20 s" belongs to the widgets; an accessible table needs a number all the same.
QString seconds(const std::optional<Duration>& span)
{
    if (!span)
        return QStringLiteral("–");
    const std::int64_t whole = std::max<std::int64_t>(span->ns, 0) / 1'000'000'000;
    if (whole < 60)
        return JobsModel::tr("%1 s").arg(whole);
    if (whole < 3600)
        return JobsModel::tr("%1 m %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    return JobsModel::tr("%1 h %2 m").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0'));
}

QString platformNames(const RunJob& job)
{
    QStringList names;
    for (const Platform& platform : job.platforms)
        names << qt(platform.shortName());
    return names.join(QStringLiteral(" "));
}

std::vector<std::size_t> ordered(const Run& run)
{
    std::vector<std::size_t> order(run.jobs.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_partition(order.begin(), order.end(), [&](std::size_t i) { return !run.jobs[i].merges; });
    return order;
}

} // namespace

std::optional<Duration> queueTime(const RunJob& job, Timestamp now)
{
    if (!job.created || job.conclusion == Conclusion::Skipped)
        return {};
    const Timestamp end = job.started ? *job.started : job.completed ? *job.completed : now;
    return std::max(end - *job.created, Duration{}); // two clocks may disagree by a second
}

std::optional<Duration> runTime(const RunJob& job, Timestamp now)
{
    if (!job.started || job.state == RunState::Queued || job.state == RunState::Waiting || job.conclusion == Conclusion::Skipped)
        return {};
    return std::max(job.completed.value_or(now) - *job.started, Duration{});
}

RunSpan spanOf(const Run& run, Timestamp now)
{
    OptionalTime begin, end;
    const auto widen = [&](const OptionalTime& time) {
        if (!time)
            return;
        begin = begin ? std::min(*begin, *time) : *time;
        end = end ? std::max(*end, *time) : *time;
    };
    for (const RunJob& job : run.jobs) {
        widen(job.created);
        widen(job.started);
        widen(job.completed);
    }
    if (!begin)
        begin = run.started ? run.started : run.created ? run.created : OptionalTime(now);
    if (run.state != RunState::Completed)
        end = std::max(end.value_or(now), now);
    return {*begin, std::max(end.value_or(*begin), *begin + Duration{1'000'000'000})};
}

JobsModel::JobsModel(const Clock& clock, QObject* parent) : QAbstractTableModel(parent), m_clock(clock) {}

void JobsModel::setRun(const std::shared_ptr<const Run>& run)
{
    const bool sameJobs = run && m_run && run->key == m_run->key && run->jobs.size() == m_run->jobs.size()
        && std::equal(run->jobs.begin(), run->jobs.end(), m_run->jobs.begin(), [](const RunJob& a, const RunJob& b) { return a.id == b.id && a.merges == b.merges; });
    if (!sameJobs) {
        beginResetModel();
        m_run = run;
        m_order = run ? ordered(*run) : std::vector<std::size_t>{};
        endResetModel();
        return;
    }
    const auto before = m_run;
    m_run = run;
    for (int row = 0; row < rowCount(); ++row) {
        const std::size_t i = m_order[std::size_t(row)];
        if (before->jobs[i] != run->jobs[i])
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const RunJob* JobsModel::job(int row) const
{
    return m_run && row >= 0 && row < int(m_order.size()) ? &m_run->jobs[m_order[std::size_t(row)]] : nullptr;
}

int JobsModel::rowOf(std::int64_t id) const
{
    for (int row = 0; row < int(m_order.size()); ++row) {
        if (job(row)->id == id)
            return row;
    }
    return -1;
}

RunSpan JobsModel::span() const
{
    return m_run ? spanOf(*m_run, m_clock.now()) : RunSpan{};
}

bool JobsModel::running() const
{
    return m_run && m_run->state != RunState::Completed;
}

void JobsModel::timePassed()
{
    if (running() && rowCount() > 0)
        Q_EMIT dataChanged(index(0, BarColumn), index(rowCount() - 1, RunColumn));
}

int JobsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_order.size());
}

int JobsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString JobsModel::text(const RunJob& job, int column) const
{
    switch (column) {
    case NameColumn: return qt(job.name);
    case PlatformColumn: return job.merges && job.platforms.empty() ? tr("merge") : platformNames(job);
    case QueueColumn: return seconds(queueTime(job, m_clock.now()));
    case RunColumn: return seconds(runTime(job, m_clock.now()));
    default: return stateWord(job.state, job.conclusion);
    }
}

QString JobsModel::toolTip(const RunJob& job) const
{
    QStringList lines{qt(job.name), stateWord(job.state, job.conclusion)};
    if (!job.labels.empty()) {
        QStringList labels;
        for (const std::string& label : job.labels)
            labels << qt(label);
        lines << tr("Asked for a runner labelled %1").arg(labels.join(QStringLiteral(", ")));
    }
    if (!job.runnerName.empty())
        lines << tr("Ran on %1").arg(qt(job.runnerName));
    switch (job.evidence) {
    case PlatformEvidence::BuildRecord: lines << tr("Platform: from the build's own record"); break;
    case PlatformEvidence::WorkflowPlatforms: lines << tr("Platform: from the workflow's platforms"); break;
    case PlatformEvidence::RunnerLabel: lines << tr("Platform: from the runner's label"); break;
    case PlatformEvidence::JobName: lines << tr("Platform: guessed from the job's name"); break;
    case PlatformEvidence::None: break;
    }
    return lines.join(QLatin1Char('\n'));
}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RunJob& row = *job(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::ToolTipRole: return toolTip(row);
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn ? QStringLiteral("%1, %2").arg(qt(row.name), stateWord(row.state, row.conclusion)) : text(row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() >= QueueColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    case JobRole: return qint64(row.id);
    default: return {};
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= QueueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Job");
    case PlatformColumn: return tr("Platform");
    case BarColumn: return tr("Queue and steps");
    case QueueColumn: return tr("Waited");
    case RunColumn: return tr("Ran");
    default: return {};
    }
}

QString JobsModel::stateWord(RunState state, Conclusion conclusion)
{
    switch (conclusion) {
    case Conclusion::Success: return tr("succeeded");
    case Conclusion::Failure: return tr("failed");
    case Conclusion::Cancelled: return tr("cancelled");
    case Conclusion::Skipped: return tr("skipped");
    case Conclusion::TimedOut: return tr("timed out");
    case Conclusion::ActionRequired: return tr("waits for approval");
    case Conclusion::Neutral: return tr("neutral");
    case Conclusion::Stale: return tr("given up by GitHub");
    case Conclusion::StartupFailure: return tr("could not start");
    case Conclusion::Unknown: return tr("ended");
    case Conclusion::None: break;
    }
    switch (state) {
    case RunState::Queued: return tr("queued");
    case RunState::Waiting: return tr("waiting");
    case RunState::InProgress: return tr("running");
    case RunState::Completed: return tr("ended");
    case RunState::Unknown: break;
    }
    return tr("unknown");
}

} // namespace layerline
