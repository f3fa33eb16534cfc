#include "items/layers_model.h"

#include "domain/summary.h"
#include "items/row_diff.h"

#include <QElapsedTimer>

#include <algorithm>

namespace layerline {

namespace {
constexpr qint64 shortRebuildMs = 4;
constexpr std::int64_t shortestForRatio = 100'000'000;

bool ran(Look look)
{
    return look == Look::Rebuilt || look == Look::Invalidated || look == Look::Running;
}

QString seconds(Duration duration)
{
    return QString::number(duration.seconds(), 'f', 1) + QStringLiteral(" s");
}
} // namespace

LayersModel::LayersModel(const BuildStore& store, const Clock& clock, QObject* parent)
    : QAbstractTableModel(parent), m_store(store), m_clock(clock)
{
    m_rebuild.setSingleShot(true);
    connect(&m_rebuild, &QTimer::timeout, this, &LayersModel::rebuild);
    connect(&store, &BuildStore::changed, this, &LayersModel::onChanged);
}

void LayersModel::setBuild(const BuildId& build)
{
    if (m_build == build)
        return;
    m_build = build;
    m_toggled.clear();
    Q_EMIT aboutToArrange();
    beginResetModel();
    m_rows.clear();
    m_rowOfStep.clear();
    endResetModel();
    rebuild();
}

void LayersModel::onChanged(const ChangeSet& changes)
{
    const auto found = changes.builds.find(m_build);
    if (found == changes.builds.end())
        return;
    const std::uint32_t flags = found->second.flags;
    if ((flags & (Change::Added | Change::Removed)) != 0) {
        rebuild();
    } else if ((flags & Change::Structure) != 0) {
        // A build of 100,000 steps takes long to arrange: then not more than an eighth of the time goes into it.
        if (m_rebuildMs < shortRebuildMs)
            rebuild();
        else if (!m_rebuild.isActive())
            m_rebuild.start(int(m_rebuildMs * 8));
    }
    // A step's look depends on its inputs and on the record: one signal for all is cheaper than finding out.
    std::uint32_t visible = Change::Steps | Change::Summary | Change::Structure | Change::Transfers | Change::Connection;
    if (build() && build()->status() == BuildStatus::Lost)
        visible |= Change::Log; // its last sign of life is its present
    if ((flags & visible) != 0 && !m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void LayersModel::flush()
{
    if (m_rebuild.isActive())
        rebuild();
}

Timestamp LayersModel::now() const
{
    const Build* shown = build();
    const Timestamp wall = m_clock.now();
    if (!shown)
        return wall;
    // A lost build's present takes a look at all its steps: once a revision is enough.
    if (m_now.revision != shown->revision || m_now.wall != wall || m_now.build != shown)
        m_now = {shown, shown->revision, wall, nowOf(*shown, wall)};
    return m_now.now;
}

void LayersModel::updatePlatforms()
{
    std::vector<Platform> platforms;
    std::vector<Execution> executions;
    if (const Build* shown = build()) {
        auto summaries = platformSummaries(*shown, now());
        std::stable_sort(summaries.begin(), summaries.end(), [](const PlatformSummary& a, const PlatformSummary& b) {
            return (a.execution == Execution::Native) > (b.execution == Execution::Native);
        });
        for (const PlatformSummary& summary : summaries) {
            platforms.push_back(summary.platform);
            executions.push_back(summary.execution);
        }
    }
    if (platforms.empty()) {
        platforms.emplace_back();
        executions.push_back(Execution::Unknown);
    }
    if (platforms == m_platforms) {
        if (executions != m_executions) {
            m_executions = std::move(executions);
            Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        }
        return;
    }
    beginResetModel();
    m_rows.clear();
    m_rowOfStep.clear();
    m_platforms = std::move(platforms);
    m_executions = std::move(executions);
    endResetModel();
}

void LayersModel::rebuild()
{
    m_rebuild.stop();
    m_now = {};
    QElapsedTimer timer;
    timer.start();
    Q_EMIT aboutToArrange();
    updatePlatforms();
    std::vector<LayerRow> visible;
    if (const Build* shown = build()) {
        bool open = true, foldOpen = true;
        for (LayerRow& row : layerRows(*shown, m_platforms)) {
            if (row.isGroup)
                open = isOpen(row);
            if (row.fold)
                foldOpen = isOpen(row);
            const bool part = !row.fold && !row.foldKey.empty();
            if (row.isGroup || (open && (!part || foldOpen)))
                visible.push_back(std::move(row));
        }
    }
    replaceRows(std::move(visible));
    Q_EMIT arranged();
    m_rebuildMs = timer.elapsed();
}

/// Turns the rows into others by removing and inserting only where they differ.
void LayersModel::replaceRows(std::vector<LayerRow> rows)
{
    const auto same = [](const LayerRow& a, const LayerRow& b) { return a.key == b.key; };
    const RowDiff diff = rowDiff(m_rows, rows, same);
    if (diff.removed > 0) {
        beginRemoveRows({}, diff.first, diff.first + diff.removed - 1);
        m_rows.erase(m_rows.begin() + diff.first, m_rows.begin() + diff.first + diff.removed);
        endRemoveRows();
    }
    if (diff.inserted > 0) {
        beginInsertRows({}, diff.first, diff.first + diff.inserted - 1);
        m_rows.insert(m_rows.begin() + diff.first, rows.begin() + diff.first, rows.begin() + diff.first + diff.inserted);
        endInsertRows();
    }
    if (m_rows != rows) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    indexSteps();
}

void LayersModel::indexSteps()
{
    const Build* shown = build();
    m_rowOfStep.assign(shown ? shown->steps.size() : 0, -1);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        for (const StepIndex step : m_rows[i].steps)
            m_rowOfStep[raw(step)] = int(i); // a step's own row comes after its group's
    }
}

bool LayersModel::isOpen(const LayerRow& row) const
{
    const bool initially = row.isGroup && row.group != LayerGroup::Internal;
    return initially != (m_toggled.count(row.key) > 0);
}

bool LayersModel::expanded(int row) const
{
    return expandable(row) && isOpen(m_rows[std::size_t(row)]);
}

void LayersModel::setExpanded(int row, bool expanded)
{
    if (row < 0 || row >= rowCount() || !expandable(row) || isOpen(m_rows[std::size_t(row)]) == expanded)
        return;
    const std::string key = m_rows[std::size_t(row)].key;
    if (m_toggled.erase(key) == 0)
        m_toggled.insert(key);
    rebuild();
    Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void LayersModel::setAllExpanded(bool expanded)
{
    m_toggled.clear();
    for (const LayerRow& row : m_rows) {
        if (row.isGroup && isOpen(row) != expanded)
            m_toggled.insert(row.key);
    }
    rebuild();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int LayersModel::rowOf(StepIndex step) const
{
    return raw(step) < m_rowOfStep.size() ? m_rowOfStep[raw(step)] : -1;
}

int LayersModel::reveal(StepIndex step)
{
    const int row = rowOf(step);
    if (row < 0 || !m_rows[std::size_t(row)].isGroup)
        return row;
    const auto& cells = m_rows[std::size_t(row)].cells;
    if (std::find(cells.begin(), cells.end(), step) == cells.end())
        setExpanded(row, true);
    return rowOf(step);
}

LayerCell LayersModel::stepCell(StepIndex index) const
{
    LayerCell cell;
    const Build* shown = build();
    if (!shown || raw(index) >= shown->steps.size())
        return cell;
    const Step& step = shown->step(index);
    cell.step = index;
    cell.empty = false;
    cell.look = lookOf(*shown, step);
    cell.emulated = step.execution == Execution::Emulated;
    cell.duration = durationOf(*shown, step, now());
    std::int64_t done = 0, known = 0;
    for (const Transfer& transfer : step.transfers) {
        cell.bytes += std::max(transfer.current, transfer.total);
        if (transfer.total > 0) {
            done += std::min(transfer.current, transfer.total);
            known += transfer.total;
        }
    }
    if (cell.look == Look::Running && known > 0)
        cell.percent = int(done * 100 / known);
    return cell;
}

/// What a closed group amounts to on one platform.
LayerCell LayersModel::sumCell(const LayerRow& row, int platform) const
{
    LayerCell sum;
    const Build* shown = build();
    if (!shown)
        return sum;
    const Platform& wanted = m_platforms[std::size_t(platform)];
    for (const StepIndex index : row.steps) {
        if (raw(index) >= shown->steps.size())
            continue;
        const auto& needed = shown->step(index).neededBy;
        if (!needed.empty() && std::find(needed.begin(), needed.end(), wanted) == needed.end())
            continue;
        const LayerCell one = stepCell(index);
        sum.look = sum.empty ? one.look : strongerLook(sum.look, one.look);
        sum.steps = sum.empty ? 1 : sum.steps + 1;
        sum.empty = false;
        sum.emulated = sum.emulated || one.emulated;
        sum.duration = sum.duration + one.duration;
        sum.bytes += one.bytes;
    }
    return sum;
}

LayerCell LayersModel::cell(int number, int platform) const
{
    const LayerRow& shown = m_rows[std::size_t(number)];
    if (shown.fold || (shown.isGroup && !isOpen(shown)))
        return sumCell(shown, platform);
    return stepCell(shown.cells[std::size_t(platform)]);
}

bool LayersModel::shared(int number) const
{
    const Build* shown = build();
    const auto& steps = m_rows[std::size_t(number)].steps;
    return shown && !steps.empty() && std::all_of(steps.begin(), steps.end(), [&](StepIndex index) {
        const auto& needed = shown->step(index).neededBy;
        return needed.empty() || needed.size() == shown->platforms.size();
    });
}

std::optional<double> LayersModel::ratio(int number, const std::vector<int>& platforms) const
{
    const LayerRow& shown = m_rows[std::size_t(number)];
    const Build* whole = build();
    if (!whole || shown.fold || (shown.isGroup && !isOpen(shown)))
        return {};
    std::optional<Duration> slow, fast;
    for (const int platform : platforms) {
        const LayerCell one = cell(number, platform);
        if (one.empty || !ran(one.look) || one.duration.ns < shortestForRatio)
            continue;
        // Only RUN runs the image's own programs: a COPY or a pull is never emulated, whatever its platform.
        const Step& step = whole->step(one.step);
        if (step.neededBy.size() != 1 || step.parsed.keyword != "RUN")
            continue;
        if (one.emulated)
            slow = slow ? std::max(*slow, one.duration) : one.duration;
        else if (step.execution == Execution::Native && one.look != Look::Running)
            fast = fast ? std::min(*fast, one.duration) : one.duration;
    }
    if (!slow || !fast)
        return {};
    return slow->seconds() / fast->seconds();
}

Duration LayersModel::longest() const
{
    Duration longest;
    if (const Build* shown = build()) {
        const Timestamp time = now();
        for (const Step& step : shown->steps) {
            if (step.parsed.kind != StepKind::Internal)
                longest = std::max(longest, durationOf(*shown, step, time));
        }
    }
    return longest;
}

int LayersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LayersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_platforms.size()) + 2;
}

QString LayersModel::cellText(const LayerCell& cell) const
{
    if (cell.empty)
        return {};
    switch (cell.look) {
    case Look::Pending: return tr("pending");
    case Look::Waiting: return tr("waiting, %1").arg(seconds(cell.duration));
    case Look::Cached: return tr("cached");
    case Look::Imported: return tr("imported");
    case Look::Joined: return tr("joined, %1").arg(seconds(cell.duration));
    case Look::Running: return tr("running, %1").arg(seconds(cell.duration));
    case Look::Rebuilt: return seconds(cell.duration);
    case Look::Invalidated: return tr("%1, invalidated by its parent").arg(seconds(cell.duration));
    case Look::Failed: return tr("failed after %1").arg(seconds(cell.duration));
    case Look::Canceled: return tr("cancelled after %1").arg(seconds(cell.duration));
    }
    return {};
}

QVariant LayersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LayerRow& shown = m_rows[std::size_t(index.row())];
    const int platform = index.column() - 1;
    const bool isCell = platform >= 0 && platform < int(m_platforms.size());
    if (role == GroupRole)
        return shown.isGroup;
    if (role == ExpandedRole)
        return expanded(index.row());
    if (role == StepRole) {
        const StepIndex step = isCell ? shown.cells[std::size_t(platform)] : shown.steps.empty() ? noStep : shown.steps.front();
        return quint32(raw(step));
    }
    if (role != Qt::DisplayRole)
        return {};
    if (isCell)
        return cellText(cell(index.row(), platform));
    if (index.column() == 0) {
        QStringList parts{shown.keyword, shown.title, shown.detail};
        parts.removeAll(QString());
        return parts.join(QLatin1Char(' '));
    }
    std::vector<int> all(m_platforms.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = int(i);
    const auto factor = ratio(index.row(), all);
    return factor ? QStringLiteral("×%1").arg(*factor, 0, 'f', 1) : QString();
}

QVariant LayersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("Stage › step");
    if (section == columnCount() - 1)
        return tr("Ratio");
    if (section < 0 || section >= columnCount())
        return {};
    const Platform& platform = m_platforms[std::size_t(section - 1)];
    const QString name = platform.empty() ? tr("Build") : QString::fromStdString(platform.shortName());
    switch (executionOf(section - 1)) {
    case Execution::Native: return tr("%1 · native").arg(name);
    case Execution::Emulated: return tr("%1 · QEMU").arg(name);
    case Execution::Cross: return tr("%1 · cross-compiled").arg(name);
    case Execution::Unknown: break;
    }
    return name;
}

} // namespace layerline
