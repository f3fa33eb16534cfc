// What is known about the selected step, in plain words: state, platforms, inputs, transfers, resources.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/selection_state.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace layerline {

class EstimateBoard;

class StepInspector : public QScrollArea {
    Q_OBJECT
public:
    StepInspector(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);
    /// How long steps usually take; the board must outlive the inspector.
    void setEstimates(const EstimateBoard& board);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    QString html(const Build& build, StepIndex index) const;
    void follow(const QString& link);

    BuildStore& m_store;
    SelectionState& m_selection;
    const Clock& m_clock;
    const EstimateBoard* m_estimates = nullptr;
    std::pair<BuildId, std::uint64_t> m_shown; ///< the build and its revision
    QLabel* m_text;
};

} // namespace layerline
