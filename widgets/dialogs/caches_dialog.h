// The build caches GitHub keeps for a repository, by scope.
#pragma once

#include "items/pipeline_values.h"

#include <QDialog>

class QFrame;
class QLabel;
class QPushButton;
class QTableWidget;

namespace layerline {

class CachesDialog : public QDialog {
    Q_OBJECT
public:
    explicit CachesDialog(const QString& repository, QWidget* parent = nullptr);

    void setCaches(const CacheTable& table);
    void showProblem(const QString& text);

Q_SIGNALS:
    /// Asked for after the person confirmed it, naming the scope.
    void deleteConfirmed(const QStringList& keys);

private:
    void confirmDelete();
    void showCollisions();

    QString m_repository;
    CacheTable m_table;
    QLabel* m_summary;
    QLabel* m_problem;
    QFrame* m_card;       ///< of the collisions
    QLabel* m_cardIcon;
    QLabel* m_collisions;
    QTableWidget* m_view;
    QPushButton* m_delete;
};

} // namespace layerline
