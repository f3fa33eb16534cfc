// Why the selected build failed and what helps, when it is a failure that is known: between its header and its tabs.
#pragma once

#include "domain/build_store.h"
#include "items/failure_advice.h"
#include "items/selection_state.h"

#include <QWidget>

#include <memory>
#include <vector>

class QVBoxLayout;

namespace layerline {

/// Hidden while there is nothing to say. A click on "Show the step" selects the step that told.
class FailureNotice : public QWidget {
    Q_OBJECT
public:
    FailureNotice(BuildStore& store, SelectionState& selection, std::shared_ptr<FailureNotes> notes, QWidget* parent = nullptr);
    void refresh();
    /// What is shown, a line for each failure.
    QStringList texts() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    QWidget* rowFor(const FailureAdvice& advice);

    BuildStore& m_store;
    SelectionState& m_selection;
    std::shared_ptr<FailureNotes> m_notes;
    std::vector<FailureAdvice> m_shown;
    QVBoxLayout* m_column;
};

} // namespace layerline
