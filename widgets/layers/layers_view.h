// The Layers tab: stages and steps, platforms side by side.
#pragma once

#include "items/layers_model.h"
#include "items/selection_state.h"

#include <QTimer>
#include <QWidget>

#include <vector>

namespace layerline {

class LayersHeader;
class LayersTable;

class LayersView : public QWidget {
    Q_OBJECT
public:
    LayersView(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);

    LayersModel& model() { return *m_model; }
    LayersTable& table() { return *m_table; }
    LayersHeader& header() { return *m_header; }
    void setEdgesShown(bool shown);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();
    void applyBuild();
    void showStepsPlatform();
    void pickPlatform(int column, int platform);
    void tick();

    BuildStore& m_store;
    SelectionState& m_selection;
    LayersModel* m_model;
    LayersTable* m_table;
    LayersHeader* m_header;
    std::vector<int> m_wanted; ///< platforms the user chose to see
    bool m_edges = false;
    QTimer m_tick; ///< running durations
};

} // namespace layerline
