#include "widgets/pages/jobs_table.h"

#include "widgets/pages/jobs_table_delegate.h"
#include "widgets/style/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>

namespace layerline {

namespace {
constexpr int rowsShown = 8;
}

JobsTable::JobsTable(const Clock& clock, QWidget* parent) : QTableView(parent), m_model(new JobsModel(clock, this))
{
    setModel(m_model);
    setItemDelegate(new JobsTableDelegate(*m_model, clock, this));
    setObjectName(QStringLiteral("jobsTable"));
    setAccessibleName(tr("Jobs"));
    setProperty("frameless", true);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); // whole rows: the panes below give way
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(28);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setFixedHeight(30); // the style sheet's header is higher than its first size hint
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 0; column < JobsModel::ColumnCount; ++column)
        horizontalHeader()->setSectionResizeMode(column, column == JobsModel::BarColumn ? QHeaderView::Stretch : QHeaderView::Fixed);

    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, m_model, &JobsModel::timePassed);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { Q_EMIT jobChosen(currentJob()); });
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (const RunJob* job = m_model->job(index.row()); job && !job->url.empty())
            Q_EMIT jobPageRequested(QUrl(QString::fromStdString(job->url)));
    });
}

void JobsTable::setRun(const std::shared_ptr<const Run>& run)
{
    const std::int64_t chosen = currentJob();
    m_model->setRun(run);
    if (const int row = m_model->rowOf(chosen); row >= 0)
        selectRow(row);
    if (m_model->running())
        m_second.start();
    else
        m_second.stop();
}

std::int64_t JobsTable::currentJob() const
{
    const RunJob* job = m_model->job(currentIndex().row());
    return job ? job->id : 0;
}

QSize JobsTable::sizeHint() const
{
    const int rows = std::clamp(m_model->rowCount(), 1, rowsShown);
    return {600, horizontalHeader()->height() + rows * verticalHeader()->defaultSectionSize() + 2};
}

void JobsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void JobsTable::fitColumns()
{
    const int width = viewport()->width();
    setColumnWidth(JobsModel::NameColumn, std::clamp(width * 28 / 100, 120, 340));
    setColumnWidth(JobsModel::PlatformColumn, std::clamp(width * 12 / 100, 84, 150));
    const int times = fontMetrics().horizontalAdvance(QStringLiteral("00 h 00 m")) + 22;
    setColumnWidth(JobsModel::QueueColumn, times);
    setColumnWidth(JobsModel::RunColumn, times);
}

void JobsTable::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = indexAt(viewport()->mapFromGlobal(event->globalPos()));
    const RunJob* job = m_model->job(index.isValid() ? index.row() : currentIndex().row());
    if (!job)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const qint64 id = job->id;
    QAction* again = menu->addAction(tr("Run this job again"), this, [this, id] { Q_EMIT rerunJobRequested(id); });
    const QString& why = m_readOnly.isEmpty() ? m_earlier : m_readOnly;
    again->setEnabled(job->state == RunState::Completed && why.isEmpty());
    again->setToolTip(why);
    menu->setToolTipsVisible(true);
    const QUrl page(QString::fromStdString(job->url));
    menu->addAction(tr("Open its page"), this, [this, page] { Q_EMIT jobPageRequested(page); })->setEnabled(!page.isEmpty() && m_readOnly.isEmpty());
    menu->popup(event->globalPos());
}

} // namespace layerline
