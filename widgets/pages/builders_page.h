// The Builders page: nodes, what they run natively, and what their caches hold.
#pragma once

#include "items/builders_model.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QScrollArea;

namespace layerline {

class BuilderCard;

class BuildersPage : public QWidget {
    Q_OBJECT
public:
    explicit BuildersPage(QWidget* parent = nullptr);

    /// Replaces what is shown; unchanged cards keep their place and their state.
    void setNodes(std::vector<NodeRow> nodes);
    BuildersModel& model() { return *m_model; }
    /// Texts of the page from top to bottom, for tests.
    QStringList texts() const;

Q_SIGNALS:
    /// The user wants to read a node's disk use anew.
    void refreshRequested();
    /// Something is to be done to a builder, after it was shown and confirmed.
    /// `node` for RemoveNode, `builder` "" for Create.
    void actionRequested(const QString& builder, layerline::BuilderAction action, const QString& node);
    void addAddressRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void updateHead();
    int columnsFor(int width) const;

    BuildersModel* m_model;
    QLabel* m_summary;
    QLabel* m_empty;
    QPushButton* m_refresh = nullptr;
    QScrollArea* m_scroll;
    std::vector<BuilderCard*> m_cards;
    int m_columns = 0;
    bool m_stale = false; ///< something changed while a menu was open
    QTimer m_later;
};

} // namespace layerline
