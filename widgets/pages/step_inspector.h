// What is known about the selected step, in plain words: state, platforms, inputs, transfers, resources.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/selection_state.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace layerline {

class StepInspector : public QScrollArea {
    Q_OBJECT
public:
    StepInspector(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    QString html(const Build& build, StepIndex index) const;
    void follow(const QString& link);

    BuildStore& m_store;
    SelectionState& m_selection;
    const Clock& m_clock;
    QLabel* m_text;
};

} // namespace layerline
