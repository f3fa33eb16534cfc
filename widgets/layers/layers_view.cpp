#include "widgets/layers/layers_view.h"

#include "widgets/layers/layers_header.h"
#include "widgets/layers/layers_table.h"
#include "widgets/log/key_button.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

LayersView::LayersView(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_model(new LayersModel(store, clock, this)),
      m_table(new LayersTable(*m_model, selection, this)), m_header(new LayersHeader(*m_model, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    m_tick.setInterval(500);
    connect(&m_tick, &QTimer::timeout, this, &LayersView::tick);
    connect(&selection, &SelectionState::buildChanged, this, &LayersView::applyBuild);
    connect(&selection, &SelectionState::stepChanged, this, &LayersView::showStepsPlatform);
    connect(m_model, &LayersModel::arranged, this, &LayersView::arrange);
    connect(m_model, &QAbstractItemModel::headerDataChanged, this, &LayersView::arrange);
    connect(m_header, &LayersHeader::platformPicked, this, &LayersView::pickPlatform);
    connect(m_header->edgesButton(), &QToolButton::toggled, this, &LayersView::setEdgesShown);
    connect(m_header->foldButton(), &QToolButton::clicked, this, [this] {
        bool anyOpen = false;
        for (int row = 0; row < m_model->rowCount(); ++row)
            anyOpen = anyOpen || m_model->expanded(row);
        m_model->setAllExpanded(!anyOpen);
    });
    applyBuild();
}

void LayersView::applyBuild()
{
    m_wanted.clear();
    // Rows of a build that nobody looks at cost time for nothing: they are made when the view is shown.
    m_model->setBuild(isVisible() ? m_selection.build() : BuildId{});
    arrange();
    m_table->verticalScrollBar()->setValue(0);
    showStepsPlatform();
}

void LayersView::arrange()
{
    const int platforms = int(m_model->platforms().size());
    bool emulated = false, other = false;
    for (int i = 0; i < platforms; ++i)
        (m_model->executionOf(i) == Execution::Emulated ? emulated : other) = true;
    const int width = this->width() - (m_table->verticalScrollBar()->isVisible() ? m_table->verticalScrollBar()->width() : 0);
    const LayersGeometry columns = layersGeometry(width, platforms, emulated && other, m_wanted, m_edges);
    m_table->setColumns(columns);
    m_header->setColumns(columns, platforms - int(columns.platforms.size()));
    tick();
}

void LayersView::tick()
{
    const Build* build = m_model->build();
    const bool running = build && build->status() == BuildStatus::Running && isVisible();
    if (running && !m_tick.isActive())
        m_tick.start();
    else if (!running)
        m_tick.stop();
    if (running)
        m_table->viewport()->update();
}

void LayersView::setEdgesShown(bool shown)
{
    if (m_edges == shown)
        return;
    m_edges = shown;
    m_header->edgesButton()->setChecked(shown);
    m_table->setEdgesShown(shown);
    arrange();
}

void LayersView::pickPlatform(int column, int platform)
{
    std::vector<int> shown = m_table->geometryOfColumns().platforms;
    if (column < 0 || column >= int(shown.size()))
        return;
    // Choosing one that is shown already swaps nothing: columns keep the build's order.
    if (std::find(shown.begin(), shown.end(), platform) != shown.end())
        return;
    shown[std::size_t(column)] = platform;
    m_wanted = shown;
    arrange();
}

/// The selected step is seen: its platform takes the last column when it has none.
void LayersView::showStepsPlatform()
{
    const Build* build = m_model->build();
    const StepIndex index = m_selection.step();
    if (!build || raw(index) >= build->steps.size() || build->step(index).neededBy.size() != 1)
        return;
    const auto& platforms = m_model->platforms();
    const auto own = std::find(platforms.begin(), platforms.end(), build->step(index).neededBy.front());
    const int columns = int(m_table->geometryOfColumns().platforms.size());
    if (own != platforms.end() && columns > 0)
        pickPlatform(columns - 1, int(own - platforms.begin()));
}

void LayersView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void LayersView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_model->build() && !m_selection.build().empty()) {
        applyBuild();
        m_table->followSelection();
    }
    arrange();
}

void LayersView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        arrange();
}

} // namespace layerline
