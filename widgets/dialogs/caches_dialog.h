// The build caches GitHub keeps for a repository, by scope.
#pragma once

#include "items/pipeline_values.h"

#include <QDialog>

#include <functional>

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
    /// The API calls that delete the entries of these keys; shown before it is done.
    void setCallText(std::function<QString(const QStringList& keys)> text) { m_callText = std::move(text); }
    void showProblem(const QString& text);

Q_SIGNALS:
    /// After the person has read what will be done and confirmed it.
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
    std::function<QString(const QStringList& keys)> m_callText;
};

} // namespace layerline
