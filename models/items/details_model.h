// The Details tab's rows.
#pragma once

#include "domain/build_store.h"
#include "items/details_rows.h"

#include <QAbstractTableModel>

#include <set>
#include <vector>

namespace layerline {

/// Two columns, name and value. Secret values are masked in every role until revealed, one by one.
class DetailsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { SectionRole = Qt::UserRole + 1, KindRole, SecretRole, RevealedRole };

    explicit DetailsModel(const BuildStore& store, QObject* parent = nullptr);

    void setBuild(const BuildId& build);
    const Build* build() const { return m_store.find(m_build); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    const DetailRow& row(int row) const { return m_rows[std::size_t(row)]; }
    bool revealed(int row) const;
    void setRevealed(int row, bool revealed);
    /// What may be seen of the value now.
    QString shownValue(int row) const;

private:
    void onChanged(const ChangeSet& changes);
    void rebuild();
    void replaceRows(std::vector<DetailRow> rows);
    QString keyOf(const DetailRow& row) const;

    const BuildStore& m_store;
    BuildId m_build;
    std::vector<DetailRow> m_rows;
    std::set<QString> m_revealed;
};

} // namespace layerline
