#include "widgets/pages/release_cells.h"

#include "items/releases_model.h"
#include "widgets/pages/releases_table.h"
#include "widgets/style/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace layerline {

namespace {

enum Column { PlatformColumn, PromisedColumn, BuiltColumn, PublishedColumn, MadeColumn, VerdictColumn, ColumnCount };
constexpr int cellHeight = 28;
constexpr int mostRows = 6;

QString qt(const std::string& text) { return QString::fromStdString(text); }

QIcon badge(PlatformVerdict verdict)
{
    QPixmap picture(32, 32);
    picture.setDevicePixelRatio(2);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintLookBadge(painter, QRect(0, 0, 16, 16), lookOf(verdict));
    return QIcon(picture);
}

} // namespace

ReleaseCells::ReleaseCells(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("releaseCells"));
    setColumnCount(ColumnCount);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(cellHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    for (const int narrow : {int(PlatformColumn), int(PromisedColumn), int(MadeColumn), int(VerdictColumn)})
        horizontalHeader()->setSectionResizeMode(narrow, QHeaderView::ResizeToContents);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    fill();
}

void ReleaseCells::setTag(const ReleaseTag* tag)
{
    const ReleaseTag now = tag ? *tag : ReleaseTag{};
    if (now == m_tag)
        return;
    m_tag = now;
    fill();
    updateGeometry();
}

void ReleaseCells::fill()
{
    setAccessibleName(tr("Platforms of %1").arg(qt(m_tag.published.tag)));
    setHorizontalHeaderLabels({tr("Platform"), tr("Promised"), tr("Built"), tr("Published"), tr("Made"), tr("Verdict")});
    setRowCount(int(m_tag.cells.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const ReleaseCell& cell = m_tag.cells[std::size_t(row)];
        const bool fault = isFault(cell);
        const QString made = cell.created ? QDateTime::fromMSecsSinceEpoch(cell.created->ns / 1'000'000).toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QStringLiteral("–");
        const QString published = cell.published.empty() ? (cell.promised ? tr("not published") : QStringLiteral("–")) : ReleasesModel::shortDigest(cell.published);
        const QString texts[ColumnCount] = {qt(cell.platform.str()), cell.promised ? tr("yes") : tr("no"), cell.built.empty() ? tr("not known") : ReleasesModel::shortDigest(cell.built),
                                            published, made, ReleasesModel::verdictWord(cell.verdict)};
        for (int column = 0; column < ColumnCount; ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            const bool digest = (column == BuiltColumn && !cell.built.empty()) || (column == PublishedColumn && !cell.published.empty());
            if (digest) {
                item->setFont(Theme::monoFont(-0.5));
                item->setToolTip(qt(column == BuiltColumn ? cell.built : cell.published));
            }
            item->setForeground(fault && column >= PublishedColumn && column != MadeColumn ? ReleasesTable::faultText()
                                : column == PlatformColumn || digest                        ? Theme::palette().text
                                                                                            : Theme::palette().muted);
            if (column == VerdictColumn) {
                item->setIcon(badge(cell.verdict));
                QFont font = this->font();
                font.setWeight(fault ? QFont::Bold : QFont::Medium);
                item->setFont(font);
            }
            setItem(row, column, item);
        }
    }
}

QSize ReleaseCells::sizeHint() const
{
    return {QTableWidget::sizeHint().width(), horizontalHeader()->sizeHint().height() + std::min(rowCount(), mostRows) * cellHeight + 2 * frameWidth()};
}

QSize ReleaseCells::minimumSizeHint() const { return {QTableWidget::minimumSizeHint().width(), sizeHint().height()}; }

void ReleaseCells::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        fill();
    QTableWidget::changeEvent(event);
}

void ReleaseCells::contextMenuEvent(QContextMenuEvent* event)
{
    const int row = rowAt(viewport()->mapFromGlobal(event->globalPos()).y());
    if (row < 0 || row >= int(m_tag.cells.size()))
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString built = qt(m_tag.cells[std::size_t(row)].built), published = qt(m_tag.cells[std::size_t(row)].published);
    menu->addAction(tr("Copy the published digest"), this, [published] { QGuiApplication::clipboard()->setText(published); })->setEnabled(!published.isEmpty());
    menu->addAction(tr("Copy the built digest"), this, [built] { QGuiApplication::clipboard()->setText(built); })->setEnabled(!built.isEmpty());
    menu->popup(event->globalPos());
}

} // namespace layerline
