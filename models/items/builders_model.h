// Builder nodes as a flat table, and what their caches hold, added up.
#pragma once

#include "items/builder_values.h"

#include <QAbstractTableModel>
#include <QString>

#include <array>
#include <vector>

namespace layerline {

/// Age classes of cache records, by last use.
enum class DiskAge { Day, Week, Month, Older };
constexpr std::size_t diskAges = 4;

/// Cache records of one type: bytes by age.
struct DiskSum {
    QString type;               ///< translated
    std::array<std::int64_t, diskAges> bytes{};
    std::int64_t total = 0;
    std::int64_t reclaimable = 0;
    int count = 0;
    friend bool operator==(const DiskSum&, const DiskSum&) = default;
};

/// Largest type first.
std::vector<DiskSum> diskSums(const std::vector<DiskUse>& records);
/// "layers" for "regular" ...; what is not known stays as BuildKit calls it.
QString diskTypeName(const std::string& type);
/// Translated word of a state ("live").
QString conditionName(NodeCondition state);
/// What a state means and what to do about it, as a plain sentence. Empty for a live node.
QString conditionSentence(const NodeRow& node);
/// Does the node run it natively? Unknown counts as native only for the first platform of a worker.
Execution executionOnNode(const NodeRow& node, const Platform& platform);

/// Columns: builder, node, state, driver, version, platforms, disk. Rows sorted by builder (the current one first),
/// then node.
class BuildersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { BuilderColumn, NodeColumn, StateColumn, DriverColumn, VersionColumn, PlatformsColumn, DiskColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Takes over a new list by removing, inserting and changing only what differs.
    void setNodes(std::vector<NodeRow> nodes);
    const std::vector<NodeRow>& nodes() const { return m_nodes; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<NodeRow> m_nodes;
};

} // namespace layerline
