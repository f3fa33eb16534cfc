#include "items/builders_model.h"

#include "items/log_text.h"

#include <QLocale>

#include <algorithm>
#include <map>

namespace layerline {

namespace {
bool sameNode(const NodeRow& a, const NodeRow& b) { return a.builder == b.builder && a.node == b.node; }

DiskAge ageClass(double days)
{
    return days < 1 ? DiskAge::Day : days < 7 ? DiskAge::Week : days < 30 ? DiskAge::Month : DiskAge::Older;
}
} // namespace

QString diskTypeName(const std::string& type)
{
    if (type == "regular")
        return BuildersModel::tr("layers");
    if (type == "source.local")
        return BuildersModel::tr("local contexts");
    if (type == "source.git.checkout")
        return BuildersModel::tr("git checkouts");
    if (type == "exec.cachemount")
        return BuildersModel::tr("cache mounts");
    if (type == "frontend")
        return BuildersModel::tr("frontends");
    if (type == "internal")
        return BuildersModel::tr("internal");
    return visibleText(type);
}

QString conditionName(NodeCondition state)
{
    switch (state) {
    case NodeCondition::Connecting: return BuildersModel::tr("connecting");
    case NodeCondition::Live: return BuildersModel::tr("live");
    case NodeCondition::Down: return BuildersModel::tr("down");
    case NodeCondition::Hung: return BuildersModel::tr("not answering");
    case NodeCondition::Forbidden: return BuildersModel::tr("forbidden");
    case NodeCondition::Stopped: return BuildersModel::tr("stopped");
    case NodeCondition::Unwatched: return BuildersModel::tr("not watched");
    }
    return {};
}

QString conditionSentence(const NodeRow& node)
{
    const QString name = visibleText(node.node.empty() ? node.builder : node.node);
    switch (node.state) {
    case NodeCondition::Live: return {};
    case NodeCondition::Connecting: return BuildersModel::tr("%1 is being reached for the first time.").arg(name);
    case NodeCondition::Down: return BuildersModel::tr("Nobody answers at %1's address. Is its engine running?").arg(name);
    case NodeCondition::Hung: return BuildersModel::tr("%1 takes the connection but does not answer in time. It may be overloaded or frozen.").arg(name);
    case NodeCondition::Forbidden: return BuildersModel::tr("We are not let in at %1. Your user may need to be in the docker group, or a key or certificate is missing or not trusted.").arg(name);
    case NodeCondition::Stopped: return BuildersModel::tr("%1 is stopped and stays so: Layerline never starts a builder by looking at it.").arg(name);
    case NodeCondition::Unwatched: return BuildersModel::tr("%1 is not watched: there is no way to look at it here that could not start it.").arg(name);
    }
    return {};
}

Execution executionOnNode(const NodeRow& node, const Platform& platform)
{
    return node.native ? executionOn(*node.native, platform) : Execution::Unknown;
}

std::vector<DiskSum> diskSums(const std::vector<DiskUse>& records)
{
    std::map<std::string, DiskSum> byType;
    for (const DiskUse& record : records) {
        DiskSum& sum = byType[record.type];
        sum.type = diskTypeName(record.type);
        sum.bytes[std::size_t(ageClass(record.ageDays))] += record.bytes;
        sum.total += record.bytes;
        sum.reclaimable += record.inUse ? 0 : record.bytes;
        sum.count += record.count;
    }
    std::vector<DiskSum> sums;
    for (auto& entry : byType)
        sums.push_back(std::move(entry.second));
    std::stable_sort(sums.begin(), sums.end(), [](const DiskSum& a, const DiskSum& b) { return a.total > b.total; });
    return sums;
}

void BuildersModel::setNodes(std::vector<NodeRow> nodes)
{
    std::stable_sort(nodes.begin(), nodes.end(), [](const NodeRow& a, const NodeRow& b) {
        if (a.current != b.current)
            return a.current;
        return a.builder != b.builder ? a.builder < b.builder : a.node < b.node;
    });
    for (std::size_t i = m_nodes.size(); i-- > 0;) {
        const bool stays = std::any_of(nodes.begin(), nodes.end(), [&](const NodeRow& node) { return sameNode(node, m_nodes[i]); });
        if (stays)
            continue;
        beginRemoveRows({}, int(i), int(i));
        m_nodes.erase(m_nodes.begin() + std::ptrdiff_t(i));
        endRemoveRows();
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto from = m_nodes.begin() + std::ptrdiff_t(std::min(i, m_nodes.size()));
        const auto found = std::find_if(from, m_nodes.end(), [&](const NodeRow& node) { return sameNode(node, nodes[i]); });
        const int at = int(found - m_nodes.begin());
        if (found == m_nodes.end()) {
            beginInsertRows({}, int(i), int(i));
            m_nodes.insert(m_nodes.begin() + std::ptrdiff_t(i), std::move(nodes[i]));
            endInsertRows();
            continue;
        }
        if (at != int(i)) {
            beginMoveRows({}, at, at, {}, int(i));
            std::rotate(m_nodes.begin() + std::ptrdiff_t(i), found, found + 1);
            endMoveRows();
        }
        if (!(m_nodes[i] == nodes[i])) {
            m_nodes[i] = std::move(nodes[i]);
            Q_EMIT dataChanged(index(int(i), 0), index(int(i), ColumnCount - 1));
        }
    }
}

int BuildersModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_nodes.size()); }

int BuildersModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(ColumnCount); }

QVariant BuildersModel::data(const QModelIndex& index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NodeRow& node = m_nodes[std::size_t(index.row())];
    switch (index.column()) {
    case BuilderColumn: return visibleText(node.builder);
    case NodeColumn: return visibleText(node.node);
    case StateColumn: return conditionName(node.state);
    case DriverColumn: return visibleText(node.driver);
    case VersionColumn: return visibleText(node.version);
    case PlatformsColumn: {
        QStringList names;
        for (const Platform& platform : node.platforms)
            names += QString::fromStdString(platform.shortName());
        return names.join(QStringLiteral(", "));
    }
    case DiskColumn: {
        std::int64_t bytes = 0;
        for (const DiskUse& record : node.diskRecords)
            bytes += record.bytes;
        return node.diskKnown ? QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat) : QString();
    }
    default: return {};
    }
}

QVariant BuildersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case BuilderColumn: return tr("Builder");
    case NodeColumn: return tr("Node");
    case StateColumn: return tr("State");
    case DriverColumn: return tr("Driver");
    case VersionColumn: return tr("Version");
    case PlatformsColumn: return tr("Platforms");
    case DiskColumn: return tr("Disk use");
    default: return {};
    }
}

} // namespace layerline
