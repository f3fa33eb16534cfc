// The rows of the Layers view.
#pragma once

#include "items/layers_model.h"
#include "items/selection_state.h"

#include <QAbstractItemView>

#include <vector>

namespace layerline {

/// Where the columns of the Layers view stand; shared by its header and its rows. Pixels from the left.
struct LayersGeometry {
    int nameLeft = 20;
    int nameRight = 20;
    std::vector<int> platforms; ///< of LayersModel::platforms(), in the order shown
    std::vector<int> lefts;     ///< of each shown platform's cell
    int cellWidth = 320;
    int ratioLeft = 0, ratioRight = 0;
    bool ratioShown = false;

    int cellRight(std::size_t at) const { return lefts[at] + cellWidth; }
};

/// Space for the columns: as many platforms as fit, `wanted` (the first ones chosen by the user) before others.
LayersGeometry layersGeometry(int width, int platforms, bool ratio, const std::vector<int>& wanted, bool edges = false);

/// A flat table with a fixed row height that paints itself: only rows in sight cost anything.
class LayersTable : public QAbstractItemView {
    Q_OBJECT
public:
    static constexpr int rowHeight = 31;
    static constexpr int indent = 25;     ///< of a step below its stage
    static constexpr int foldIndent = 18; ///< of a fold's name behind its arrow

    LayersTable(LayersModel& model, SelectionState& selection, QWidget* parent = nullptr);

    const LayersGeometry& geometryOfColumns() const { return m_columns; }
    void setColumns(const LayersGeometry& columns);
    void setEdgesShown(bool shown);
    bool edgesShown() const { return m_edges; }
    /// Selects the next step row in a direction (J and K).
    void moveToStep(int direction);
    /// Makes the row of the selected step current and brings it into view.
    void followSelection();
    /// Exact values of what is at a point of the viewport, as rich text; empty where there is nothing to say.
    QString toolTipAt(const QPoint& point) const;

    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint& point) const override;

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex&) const override { return false; }
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void updateGeometries() override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override;
    bool viewportEvent(QEvent* event) override;

private:
    /// The row of the fold a step is in, else the row itself.
    int foldAbove(int row) const;
    void arranged();
    void select(int row, int platform);
    StepIndex stepAt(int row, int platform) const;
    int platformAt(int x) const;
    int yOf(int row) const;

    void paintRow(QPainter& painter, int row) const;
    void paintGroupName(QPainter& painter, const LayerRow& row, const QRect& rect, bool open) const;
    void paintStepName(QPainter& painter, int number, const QRect& rect) const;
    void paintCells(QPainter& painter, int row, int y) const;
    void paintCell(QPainter& painter, const LayerCell& cell, const QRect& rect, int barWidth) const;
    void paintNumbers(QPainter& painter, const LayerCell& cell, const QRect& rect) const;
    QString nameToolTip(int row) const;
    void paintRatio(QPainter& painter, int row, const QRect& rect) const;
    void paintEdges(QPainter& painter) const;
    QString cellToolTip(int row, int platform) const;

    LayersModel& m_model;
    SelectionState& m_selection;
    LayersGeometry m_columns;
    int m_hover = -1;
    int m_platform = 0; ///< column of the keyboard
    bool m_edges = false;
    bool m_selecting = false;
    Duration m_longest; ///< scale of the bars, of this frame
};

} // namespace layerline
