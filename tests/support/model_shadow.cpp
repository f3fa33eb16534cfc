#include "support/model_shadow.h"

#include <algorithm>

namespace layerline::test {

namespace {

QString displayOfRow(const QAbstractItemModel& model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells.append(model.index(row, column).data(Qt::DisplayRole).toString());
    return cells.join(QLatin1Char('\t'));
}

} // namespace

ModelShadow::ModelShadow(QAbstractItemModel& model, Fingerprint fingerprint, bool checkData, QObject* parent)
    : QObject(parent), m_model(model), m_fingerprint(std::move(fingerprint)), m_checkData(checkData)
{
    if (!m_fingerprint)
        m_fingerprint = displayOfRow;
    connectRows();
    connectMovesAndResets();
    reload();
}

void ModelShadow::connectRows()
{
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this](const QModelIndex& parent, int first, int last) {
        begin(QStringLiteral("insert"));
        if (parent.isValid() || first < 0 || last < first || first > rowCount())
            fault(QStringLiteral("insert of %1..%2 into %3 rows").arg(first).arg(last).arg(rowCount()));
    });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        end(QStringLiteral("insert"));
        if (first < 0 || first > rowCount() || last < first)
            return;
        m_rows.insert(m_rows.begin() + first, std::size_t(last - first + 1), QString());
        refresh(first, last);
    });
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this](const QModelIndex&, int first, int last) {
        begin(QStringLiteral("remove"));
        if (first < 0 || last < first || last >= rowCount())
            fault(QStringLiteral("removal of %1..%2 from %3 rows").arg(first).arg(last).arg(rowCount()));
    });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first, int last) {
        end(QStringLiteral("remove"));
        if (first >= 0 && last >= first && last < rowCount())
            m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& topLeft, const QModelIndex& bottomRight) {
        if (!topLeft.isValid() || !bottomRight.isValid() || topLeft.row() > bottomRight.row()) {
            fault(QStringLiteral("dataChanged of an invalid range"));
            return;
        }
        refresh(topLeft.row(), bottomRight.row());
    });
}

void ModelShadow::connectMovesAndResets()
{
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeMoved, this,
            [this](const QModelIndex&, int first, int last, const QModelIndex&, int to) {
                begin(QStringLiteral("move"));
                if (first < 0 || last < first || last >= rowCount() || to < 0 || to > rowCount() || (to >= first && to <= last + 1))
                    fault(QStringLiteral("move of %1..%2 to %3 among %4 rows").arg(first).arg(last).arg(to).arg(rowCount()));
            });
    connect(&m_model, &QAbstractItemModel::rowsMoved, this, [this](const QModelIndex&, int first, int last, const QModelIndex&, int to) {
        end(QStringLiteral("move"));
        if (first < 0 || last < first || last >= rowCount() || to < 0 || to > rowCount())
            return;
        const auto rows = m_rows.begin();
        if (to > last)
            std::rotate(rows + first, rows + last + 1, rows + to);
        else
            std::rotate(rows + to, rows + first, rows + last + 1);
    });
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { begin(QStringLiteral("reset")); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        end(QStringLiteral("reset"));
        reload();
    });
    connect(&m_model, &QAbstractItemModel::layoutAboutToBeChanged, this, [this] { begin(QStringLiteral("layout")); });
    connect(&m_model, &QAbstractItemModel::layoutChanged, this, [this] {
        end(QStringLiteral("layout"));
        reload();
    });
}

void ModelShadow::reload()
{
    m_rows.assign(std::size_t(m_model.rowCount()), QString());
    refresh(0, rowCount() - 1);
}

void ModelShadow::refresh(int first, int last)
{
    for (int row = std::max(0, first); row <= last && row < rowCount() && row < m_model.rowCount(); ++row)
        m_rows[std::size_t(row)] = m_fingerprint(m_model, row);
}

void ModelShadow::begin(const QString& what)
{
    if (!m_open.isEmpty())
        fault(QStringLiteral("%1 begun inside %2").arg(what, m_open));
    m_open = what;
}

void ModelShadow::end(const QString& what)
{
    if (m_open != what)
        fault(QStringLiteral("%1 ended, but \"%2\" was open").arg(what, m_open));
    m_open.clear();
}

QString ModelShadow::check()
{
    if (!m_faults.isEmpty())
        return m_faults.first();
    if (!m_open.isEmpty())
        return QStringLiteral("%1 never ended").arg(m_open);
    if (m_model.rowCount() != rowCount())
        return QStringLiteral("the model has %1 rows, its signals said %2").arg(m_model.rowCount()).arg(rowCount());
    if (m_model.index(rowCount(), 0).isValid() || m_model.index(-1, 0).isValid())
        return QStringLiteral("an index beyond the rows is valid");
    for (int row = 0; m_checkData && row < rowCount(); ++row) {
        const QString now = m_fingerprint(m_model, row);
        if (now != m_rows[std::size_t(row)])
            return QStringLiteral("row %1 is \"%2\", its signals said \"%3\"").arg(row).arg(now, m_rows[std::size_t(row)]);
    }
    return {};
}

} // namespace layerline::test
