// What is known about the selected step, in plain words: state, platforms, inputs, transfers, resources.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/selection_state.h"

#include <QScrollArea>

#include <memory>

class QLabel;
class QVBoxLayout;

namespace layerline {

class EstimateBoard;
class FailureNotes;

class StepInspector : public QScrollArea {
    Q_OBJECT
public:
    StepInspector(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);
    /// How long steps usually take; the board must outlive the inspector.
    void setEstimates(const EstimateBoard& board);
    /// Why steps failed, as far as it is known.
    void setFailures(std::shared_ptr<FailureNotes> notes);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    QString failureHtml(const Build& build, StepIndex index) const;
    QString html(const Build& build, StepIndex index) const;
    void follow(const QString& link);

    BuildStore& m_store;
    SelectionState& m_selection;
    const Clock& m_clock;
    const EstimateBoard* m_estimates = nullptr;
    std::shared_ptr<FailureNotes> m_failures;
    std::pair<BuildId, std::uint64_t> m_shown; ///< the build and its revision
    QLabel* m_text;
};

} // namespace layerline
