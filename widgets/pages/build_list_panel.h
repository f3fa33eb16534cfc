// The list of builds with its search box.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/build_list_model.h"
#include "items/selection_state.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace layerline {

/// What the list calls the things in it.
struct BuildListTexts {
    QString search;
    QString emptyTitle, emptyText, emptyButton;
};

/// Choosing a row selects the build; another pane's choice is followed. When nothing is selected the first build is.
class BuildListPanel : public QFrame {
    Q_OBJECT
public:
    BuildListPanel(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);

    const BuildListModel& model() const { return *m_model; }
    QListView* view() const { return m_view; }
    QLineEdit* searchBox() const { return m_search; }
    /// Running builds and the day are brought up to date at once (screenshots, tests).
    void refresh();
    /// What is left of running builds; the board must outlive the panel.
    void setEstimates(const EstimateBoard& board) { m_model->setEstimates(board); }
    void setTexts(const BuildListTexts& texts);
    /// Below the list, as wide as it.
    void addFooter(QWidget* footer);
    QSize sizeHint() const override;

public Q_SLOTS:
    void focusSearch();
    void selectNext();
    void selectPrevious();

Q_SIGNALS:
    /// The button of the empty list: no builder has been seen, the recorded demo may teach.
    void demoRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeSearch();
    QWidget* makeEmpty();
    void followSelection();
    void onCurrentChanged(const QModelIndex& current);
    void onRowsChanged();
    void move(int direction);
    bool groupKey(int key);
    void updateTimer();

    const BuildStore& m_store;
    SelectionState& m_selection;
    BuildListModel* m_model;
    QListView* m_view;
    QLineEdit* m_search = nullptr;
    QStackedWidget* m_stack;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_emptyButton = nullptr;
    BuildListTexts m_texts;
    QTimer m_second;
    bool m_following = false;
};

} // namespace layerline
