// The Details tab: everything a build's record says.
#pragma once

#include "items/details_model.h"
#include "items/selection_state.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QFrame;
class QGridLayout;
class QLabel;
class QScrollArea;

namespace layerline {

class DetailsPane : public QWidget {
    Q_OBJECT
public:
    DetailsPane(BuildStore& store, SelectionState& selection, QWidget* parent = nullptr);

    DetailsModel& model() { return *m_model; }
    /// "section", then "name: value" lines, from top to bottom, as shown; for tests.
    QStringList texts() const;
    /// Does at once what waits for the next turn of the event loop.
    void flush();

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Shown {
        QWidget* value = nullptr;
        QLabel* name = nullptr;
    };
    void rebuild();
    void updateValues(int first, int last);
    QWidget* makeContent();
    QFrame* makeSection(QWidget* parent, int first, int last);
    void makeRow(QGridLayout* grid, QFrame* card, int row, int nameWidth);
    int nameWidthOf(int first, int last) const;
    void fill(int row);
    int columnsFor(int width) const;

    DetailsModel* m_model;
    QScrollArea* m_scroll;
    QLabel* m_empty;
    std::vector<Shown> m_shown; ///< by row
    QTimer m_rebuild;
    int m_columns = 0;
    bool m_stale = true; ///< changed while hidden
};

} // namespace layerline
