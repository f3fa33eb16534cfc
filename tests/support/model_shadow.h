// A second bookkeeping of a model's rows, fed by its signals only. Finds what QAbstractItemModelTester misses:
// rows that appear without begin/end, index(rowCount, 0) being valid, data that changed without dataChanged.
#pragma once

#include <QAbstractItemModel>
#include <QObject>
#include <QStringList>

#include <functional>
#include <vector>

namespace layerline::test {

/// Mirrors one level of a list or table model. Call check() whenever the model should be consistent.
class ModelShadow : public QObject {
    Q_OBJECT
public:
    /// `fingerprint` turns a row into text; by default the display role of every column. With `checkData` a
    /// fingerprint that changed without dataChanged is a fault too.
    using Fingerprint = std::function<QString(const QAbstractItemModel&, int row)>;
    explicit ModelShadow(QAbstractItemModel& model, Fingerprint fingerprint = {}, bool checkData = true, QObject* parent = nullptr);

    /// Empty when shadow and model agree, else what differs.
    QString check();
    /// Every fault seen so far (wrong begin/end pairs, impossible positions).
    const QStringList& faults() const { return m_faults; }
    int rowCount() const { return int(m_rows.size()); }

private:
    void connectRows();
    void connectMovesAndResets();
    void reload();
    void refresh(int first, int last);
    void fault(const QString& text) { m_faults.append(text); }
    void begin(const QString& what);
    void end(const QString& what);

    QAbstractItemModel& m_model;
    Fingerprint m_fingerprint;
    bool m_checkData;
    std::vector<QString> m_rows;
    QStringList m_faults;
    QString m_open; ///< the operation that has begun and not ended
};

} // namespace layerline::test
