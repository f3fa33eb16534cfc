// Column titles of the Layers view, and its switches.
#pragma once

#include "widgets/layers/layers_table.h"

#include <QWidget>

namespace layerline {

class KeyButton;

class LayersHeader : public QWidget {
    Q_OBJECT
public:
    explicit LayersHeader(LayersModel& model, QWidget* parent = nullptr);
    void setColumns(const LayersGeometry& columns, int hidden);
    KeyButton* edgesButton() const { return m_edges; }
    KeyButton* foldButton() const { return m_fold; }
    QSize sizeHint() const override { return {200, 32}; }

Q_SIGNALS:
    /// The user wants to see another platform in a column.
    void platformPicked(int column, int platform);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeButtons();

    LayersModel& m_model;
    LayersGeometry m_columns;
    int m_hidden = 0; ///< platforms for which there is no room
    KeyButton* m_edges;
    KeyButton* m_fold;
};

} // namespace layerline
