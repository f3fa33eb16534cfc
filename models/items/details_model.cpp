#include "items/details_model.h"

#include "items/row_diff.h"

#include <algorithm>

namespace layerline {

DetailsModel::DetailsModel(const BuildStore& store, QObject* parent) : QAbstractTableModel(parent), m_store(store)
{
    connect(&store, &BuildStore::changed, this, &DetailsModel::onChanged);
}

void DetailsModel::setBuild(const BuildId& build)
{
    if (m_build == build)
        return;
    m_build = build;
    m_revealed.clear();
    rebuild();
}

void DetailsModel::onChanged(const ChangeSet& changes)
{
    const auto found = changes.builds.find(m_build);
    if (found == changes.builds.end())
        return;
    const auto shown = Change::Added | Change::Removed | Change::Summary | Change::Structure | Change::Warnings | Change::Connection;
    // A source without a record takes its times from the steps.
    if ((found->second.flags & (shown | Change::Steps | Change::Log | Change::Transfers)) != 0)
        rebuild();
}

void DetailsModel::rebuild()
{
    const Build* shown = build();
    replaceRows(shown ? detailRows(*shown) : std::vector<DetailRow>{});
}

void DetailsModel::replaceRows(std::vector<DetailRow> rows)
{
    const auto same = [](const DetailRow& a, const DetailRow& b) { return a.section == b.section && a.name == b.name && a.kind == b.kind; };
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
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (m_rows[i] == rows[i])
            continue;
        m_rows[i] = std::move(rows[i]);
        Q_EMIT dataChanged(index(int(i), 0), index(int(i), 1));
    }
}

int DetailsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int DetailsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : 2; }

QString DetailsModel::keyOf(const DetailRow& row) const
{
    return QString::number(int(row.section)) + QLatin1Char('/') + row.name;
}

bool DetailsModel::revealed(int row) const { return m_revealed.count(keyOf(m_rows[std::size_t(row)])) > 0; }

void DetailsModel::setRevealed(int row, bool revealed)
{
    const DetailRow& shown = m_rows[std::size_t(row)];
    if (!shown.secret() || this->revealed(row) == revealed)
        return;
    if (revealed)
        m_revealed.insert(keyOf(shown));
    else
        m_revealed.erase(keyOf(shown));
    // Two rows may have one name: both change.
    Q_EMIT dataChanged(index(0, 1), index(rowCount() - 1, 1));
}

QString DetailsModel::shownValue(int row) const
{
    const DetailRow& shown = m_rows[std::size_t(row)];
    return shown.secret() && !revealed(row) ? shown.masked : shown.value;
}

QVariant DetailsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DetailRow& shown = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return index.column() == 0 ? shown.name : shownValue(index.row());
    case Qt::ToolTipRole: return index.column() == 1 && !shown.exact.isEmpty() ? QVariant(shown.exact) : QVariant();
    case SectionRole: return int(shown.section);
    case KindRole: return int(shown.kind);
    case SecretRole: return shown.secret();
    case RevealedRole: return revealed(index.row());
    default: return {};
    }
}

} // namespace layerline
