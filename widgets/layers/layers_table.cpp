#include "widgets/layers/layers_table.h"

#include "widgets/layers/layers_accessible.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace layerline {

LayersTable::LayersTable(LayersModel& model, SelectionState& selection, QWidget* parent)
    : QAbstractItemView(parent), m_model(model), m_selection(selection)
{
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("Layers"));
    installLayersAccessibility();
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(&selection, &SelectionState::stepChanged, this, &LayersTable::followSelection);
    // While rows come and go the selection model moves the current row: that is no choice of the user.
    connect(&model, &LayersModel::aboutToArrange, this, [this] { m_selecting = true; });
    connect(&model, &LayersModel::arranged, this, &LayersTable::arranged);
}

void LayersTable::setColumns(const LayersGeometry& columns)
{
    m_columns = columns;
    m_platform = std::clamp(m_platform, 0, std::max(0, int(columns.platforms.size()) - 1));
    viewport()->update();
}

void LayersTable::setEdgesShown(bool shown)
{
    m_edges = shown;
    viewport()->update();
}

int LayersTable::verticalOffset() const { return verticalScrollBar()->value(); }

int LayersTable::yOf(int row) const { return row * rowHeight - verticalOffset(); }

void LayersTable::updateGeometries()
{
    QAbstractItemView::updateGeometries();
    verticalScrollBar()->setSingleStep(rowHeight);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, m_model.rowCount() * rowHeight + 8 - viewport()->height()));
    viewport()->update();
}

void LayersTable::resizeEvent(QResizeEvent* event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
}

void LayersTable::scrollContentsBy(int, int) { viewport()->update(); }

void LayersTable::dataChanged(const QModelIndex&, const QModelIndex&, const QList<int>&)
{
    // Not the base class: it looks at each index of the range, and the range is the whole table.
    viewport()->update();
}

QRect LayersTable::visualRect(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const int y = yOf(index.row());
    if (index.column() == 0)
        return {m_columns.nameLeft, y, m_columns.nameRight - m_columns.nameLeft, rowHeight};
    if (index.column() == m_model.columnCount() - 1)
        return m_columns.ratioShown ? QRect(m_columns.ratioLeft, y, m_columns.ratioRight - m_columns.ratioLeft, rowHeight) : QRect();
    for (std::size_t i = 0; i < m_columns.platforms.size(); ++i) {
        if (m_columns.platforms[i] == index.column() - 1)
            return {m_columns.lefts[i], y, m_columns.cellWidth, rowHeight};
    }
    return {};
}

int LayersTable::platformAt(int x) const
{
    for (std::size_t i = 0; i < m_columns.lefts.size(); ++i) {
        if (x >= m_columns.lefts[i] - 8 && x < m_columns.cellRight(i) + 8)
            return int(i);
    }
    return -1;
}

QModelIndex LayersTable::indexAt(const QPoint& point) const
{
    const int y = point.y() + verticalOffset();
    const int row = y < 0 ? -1 : y / rowHeight;
    if (row < 0 || row >= m_model.rowCount())
        return {};
    if (const int at = platformAt(point.x()); at >= 0)
        return m_model.index(row, m_columns.platforms[std::size_t(at)] + 1);
    return m_model.index(row, m_columns.ratioShown && point.x() >= m_columns.ratioLeft ? m_model.columnCount() - 1 : 0);
}

void LayersTable::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const int top = index.row() * rowHeight, bottom = top + rowHeight;
    const int from = verticalOffset(), to = from + viewport()->height();
    if (hint == PositionAtCenter)
        verticalScrollBar()->setValue((top + bottom - viewport()->height()) / 2);
    else if (top < from || hint == PositionAtTop)
        verticalScrollBar()->setValue(top);
    else if (bottom > to || hint == PositionAtBottom)
        verticalScrollBar()->setValue(bottom - viewport()->height());
}

void LayersTable::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags)
{
    const QModelIndex index = indexAt(rect.center());
    if (index.isValid())
        selectionModel()->select(index, flags | QItemSelectionModel::Rows);
}

QRegion LayersTable::visualRegionForSelection(const QItemSelection& selection) const
{
    QRegion region;
    for (const QItemSelectionRange& range : selection) {
        const int top = std::max(yOf(range.top()), 0), bottom = std::min(yOf(range.bottom() + 1), viewport()->height());
        if (top < bottom)
            region += QRect(0, top, viewport()->width(), bottom - top);
    }
    return region;
}

QModelIndex LayersTable::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int rows = m_model.rowCount();
    if (rows == 0)
        return {};
    const int page = std::max(1, viewport()->height() / rowHeight - 1);
    int row = currentIndex().isValid() ? currentIndex().row() : -1;
    switch (action) {
    case MoveUp: case MovePrevious: --row; break;
    case MoveDown: case MoveNext: ++row; break;
    case MovePageUp: row -= page; break;
    case MovePageDown: row += page; break;
    case MoveHome: row = 0; break;
    case MoveEnd: row = rows - 1; break;
    case MoveLeft: case MoveRight: break;
    }
    return m_model.index(std::clamp(row, 0, rows - 1), 0);
}

StepIndex LayersTable::stepAt(int row, int platform) const
{
    if (row < 0 || row >= m_model.rowCount())
        return noStep;
    const LayerRow& shown = m_model.row(row);
    if (platform >= 0 && platform < int(m_columns.platforms.size())) {
        const StepIndex own = shown.cells[std::size_t(m_columns.platforms[std::size_t(platform)])];
        if (own != noStep)
            return own;
    }
    for (const int candidate : m_columns.platforms) {
        if (shown.cells[std::size_t(candidate)] != noStep)
            return shown.cells[std::size_t(candidate)];
    }
    return shown.isGroup || shown.steps.empty() ? noStep : shown.steps.front();
}

/// Makes a row current and its step, on the column in use, the selected one.
void LayersTable::select(int row, int platform)
{
    if (row < 0 || row >= m_model.rowCount())
        return;
    m_selecting = true;
    selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (const StepIndex step = stepAt(row, platform); step != noStep)
        m_selection.setStep(step);
    m_selecting = false;
    scrollTo(m_model.index(row, 0));
    viewport()->update();
}

void LayersTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QAbstractItemView::currentChanged(current, previous);
    if (!m_selecting && current.isValid())
        select(current.row(), m_platform);
    notifyLayersRow(*this);
    viewport()->update();
}

/// Another pane chose a step: its row comes into view.
void LayersTable::followSelection()
{
    const StepIndex step = m_selection.step();
    if (m_selecting || step == noStep) {
        viewport()->update();
        return;
    }
    const int row = m_model.reveal(step);
    if (row < 0)
        return;
    const LayerRow& shown = m_model.row(row);
    for (std::size_t i = 0; i < m_columns.platforms.size(); ++i) {
        if (shown.cells[std::size_t(m_columns.platforms[i])] == step) {
            m_platform = int(i);
            break;
        }
    }
    m_selecting = true;
    selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_selecting = false;
    scrollTo(m_model.index(row, 0));
    viewport()->update();
}

/// The rows are others now: the selected step's row is current again, without opening what the user closed.
void LayersTable::arranged()
{
    updateGeometries();
    const int row = m_selection.step() == noStep ? currentIndex().row() : m_model.rowOf(m_selection.step());
    m_selecting = true;
    if (row >= 0)
        selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    else
        selectionModel()->clear();
    m_selecting = false;
}

void LayersTable::moveToStep(int direction)
{
    int row = currentIndex().isValid() ? currentIndex().row() : direction > 0 ? -1 : m_model.rowCount();
    for (row += direction; row >= 0 && row < m_model.rowCount(); row += direction) {
        if (stepAt(row, m_platform) != noStep)
            return select(row, m_platform);
    }
}

/// The row of the fold a step is in, else the row itself.
int LayersTable::foldAbove(int row) const
{
    while (row > 0 && !m_model.row(row).foldKey.empty() && !m_model.row(row).fold)
        --row;
    return row;
}

void LayersTable::keyPressEvent(QKeyEvent* event)
{
    if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != Qt::NoModifier)
        return event->ignore();
    const int current = currentIndex().row();
    // A step of an open fold stands for the fold: one can close it from inside.
    const int row = current >= 0 && event->key() != Qt::Key_Right ? foldAbove(current) : current;
    const bool group = currentIndex().isValid() && m_model.expandable(row);
    const int last = int(m_columns.platforms.size()) - 1;
    switch (event->key()) {
    case Qt::Key_J: return moveToStep(1);
    case Qt::Key_K: return moveToStep(-1);
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (group)
            m_model.setExpanded(row, !m_model.expanded(row));
        return;
    case Qt::Key_Left:
        if (group && m_platform == 0)
            m_model.setExpanded(row, false);
        else
            select(current, m_platform = std::max(0, m_platform - 1));
        return;
    case Qt::Key_Right:
        if (group && !m_model.expanded(row))
            m_model.setExpanded(row, true);
        else
            select(row, m_platform = std::min(last, m_platform + 1));
        return;
    case Qt::Key_Up: case Qt::Key_Down: case Qt::Key_PageUp: case Qt::Key_PageDown: case Qt::Key_Home: case Qt::Key_End:
        return QAbstractItemView::keyPressEvent(event);
    default: break;
    }
    event->ignore(); // no type-ahead search: letters belong to the window's shortcuts
}

void LayersTable::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid() || event->button() != Qt::LeftButton)
        return;
    setFocus(Qt::MouseFocusReason);
    const int platform = platformAt(event->pos().x());
    if (platform >= 0)
        m_platform = platform;
    const LayerRow& pressed = m_model.row(index.row());
    // A group's name does nothing else; a fold's selects its step, so only the arrow opens it.
    const bool opens = pressed.isGroup || (pressed.fold && event->pos().x() < m_columns.nameLeft + indent + foldIndent);
    select(index.row(), m_platform);
    if (opens && platform < 0)
        m_model.setExpanded(index.row(), !m_model.expanded(index.row()));
}

void LayersTable::mouseMoveEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->pos());
    const int row = index.isValid() ? index.row() : -1;
    if (row != m_hover) {
        m_hover = row;
        viewport()->update();
    }
}

void LayersTable::leaveEvent(QEvent*)
{
    m_hover = -1;
    viewport()->update();
}

// Not the base class: it would make the first row current, and so change what all panes show, by a mere Tab.
void LayersTable::focusInEvent(QFocusEvent*) { viewport()->update(); }
void LayersTable::focusOutEvent(QFocusEvent*) { viewport()->update(); }

bool LayersTable::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QAbstractItemView::viewportEvent(event);
}

} // namespace layerline
