#include "widgets/pages/releases_table.h"

#include "widgets/style/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace layerline {

namespace {

constexpr int tableRow = 48;
constexpr int badgeSize = 16;
constexpr int inset = 8; // where the header's words begin

QString qt(const std::string& text) { return QString::fromStdString(text); }

void paintTwoLines(QPainter& painter, const QRect& rect, const QString& first, const QColor& color, const QString& second, const QFont& secondFont)
{
    const QRect upper(rect.left(), rect.top() + 6, rect.width(), rect.height() / 2 - 6), lower(rect.left(), rect.center().y() + 1, rect.width(), rect.height() / 2 - 6);
    painter.setPen(color);
    painter.drawText(second.isEmpty() ? rect : upper, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(first, Qt::ElideRight, rect.width()));
    painter.setFont(secondFont);
    painter.setPen(Theme::palette().muted);
    painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(second, Qt::ElideRight, rect.width()));
}

/// "3f2a91c0b7d4": the prefix says nothing in a narrow column.
QString hexStart(const std::string& digest) { return digest.size() > 19 ? qt(digest.substr(7, 12)) : QString(); }

} // namespace

ReleasesTable::ReleasesTable(const Clock& clock, QWidget* parent) : QTableView(parent), m_model(new ReleasesModel(clock, this))
{
    setModel(m_model);
    setItemDelegate(new ReleasesDelegate(*m_model, this));
    setObjectName(QStringLiteral("releasesTable"));
    setAccessibleName(tr("Tags and platforms"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(tableRow);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ReleasesTable::fitColumns);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { Q_EMIT tagChosen(currentTag()); });
    connect(this, &QAbstractItemView::activated, this, [this] { Q_EMIT moveRequested(currentTag()); });
}

void ReleasesTable::setRelease(const std::shared_ptr<const Release>& release)
{
    const std::string chosen = currentTag().toStdString();
    m_model->setRelease(release);
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
        selectRow(std::max(m_model->rowOf(chosen), 0));
}

QColor ReleasesTable::faultTint(bool selected)
{
    const Palette& colors = Theme::palette();
    return mixed(colors.failed, selected ? colors.selection : colors.panel, 0.15);
}

QColor ReleasesTable::faultText() { return mixed(Theme::palette().failed, Theme::palette().text, 0.62); }

QString ReleasesTable::currentTag() const
{
    const ReleaseTag* tag = m_model->tag(currentIndex().row());
    return tag ? qt(tag->published.tag) : QString();
}

void ReleasesTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ReleasesTable::fitColumns()
{
    const int width = viewport()->width(), platforms = int(m_model->platforms().size());
    int tag = std::clamp(width * 16 / 100, 110, 240), digest = std::clamp(width * 20 / 100, 164, 240), age = 116;
    int each = platforms > 0 ? std::clamp((width - tag - digest - age) / platforms, 118, 220) : 0;
    if (tag + each * platforms + digest + age > width) { // the digest, elided anyway, gives way before a column is out of sight
        tag = 84, age = 98;
        each = std::clamp((width - tag - age - 102) / std::max(1, platforms), 98, 115);
        digest = std::clamp(width - tag - each * platforms - age, 102, 164);
    }
    setColumnWidth(ReleasesModel::tagColumn, tag);
    for (int i = 0; i < platforms; ++i)
        setColumnWidth(1 + i, each);
    setColumnWidth(m_model->digestColumn(), digest);
    setColumnWidth(m_model->ageColumn(), std::max(age, width - tag - digest - each * platforms));
}

void ReleasesTable::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = indexAt(viewport()->mapFromGlobal(event->globalPos()));
    const ReleaseTag* tag = m_model->tag(index.isValid() ? index.row() : currentIndex().row());
    if (!tag)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString name = qt(tag->published.tag), digest = qt(tag->published.digest);
    menu->addAction(tr("Move this tag…"), this, [this, name] { Q_EMIT moveRequested(name); });
    menu->addAction(tr("Copy the digest"), this, [digest] { QGuiApplication::clipboard()->setText(digest); })->setEnabled(!digest.isEmpty());
    menu->popup(event->globalPos());
}

ReleasesDelegate::ReleasesDelegate(const ReleasesModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

void ReleasesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ReleaseTag* tag = m_model.tag(index.row());
    if (!tag)
        return;
    painter->save();
    painter->setFont(option.font);
    const Palette& colors = Theme::palette();
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(option.rect, colors.selection);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.line);
    const QRect inner = option.rect.adjusted(inset, 0, -inset / 2, 0);
    if (const ReleaseCell* cell = m_model.cell(index.row(), index.column())) {
        paintCell(*painter, option.rect, *cell, selected);
    } else if (index.column() == ReleasesModel::tagColumn) {
        paintTag(*painter, inner, *tag);
    } else if (index.column() == m_model.digestColumn()) {
        paintDigest(*painter, inner, *tag);
    } else {
        painter->setPen(colors.muted);
        painter->drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, inner.width()));
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(colors.accent);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

void ReleasesDelegate::paintCell(QPainter& painter, const QRect& rect, const ReleaseCell& cell, bool selected) const
{
    const Palette& colors = Theme::palette();
    const bool fault = isFault(cell);
    if (fault) {
        // Loud from two metres: the whole cell, an edge, a cross and a word in capitals.
        painter.fillRect(rect.adjusted(1, 1, -1, -2), ReleasesTable::faultTint(selected));
        painter.fillRect(QRect(rect.left() + 1, rect.top() + 1, 3, rect.height() - 3), colors.failed);
    }
    const QRect badge(rect.left() + inset, rect.center().y() - badgeSize / 2, badgeSize, badgeSize);
    if (cell.verdict == PlatformVerdict::Missing && !cell.promised) {
        painter.setPen(colors.faint);
        painter.drawText(rect.adjusted(inset, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("–"));
        return;
    }
    paintLookBadge(painter, badge, lookOf(cell.verdict));
    QFont font = painter.font();
    font.setWeight(fault ? QFont::Bold : QFont::Medium);
    painter.setFont(font);
    const QRect text(badge.right() + 9, rect.top(), rect.right() - badge.right() - 12, rect.height());
    const QColor color = fault ? ReleasesTable::faultText() : cell.verdict == PlatformVerdict::Published ? colors.text : colors.muted;
    const QString second = cell.published.empty() ? (fault ? ReleasesTable::tr("promised") : QString()) : hexStart(cell.published);
    paintTwoLines(painter, text, ReleasesModel::verdictWord(cell.verdict), color, second, cell.published.empty() ? Theme::uiFont(-1) : Theme::monoFont(-1));
}

void ReleasesDelegate::paintTag(QPainter& painter, const QRect& rect, const ReleaseTag& tag) const
{
    QFont font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QString kind = !tag.published.problem.empty() ? ReleasesTable::tr("can't be read") : tag.published.index ? QString() : ReleasesTable::tr("single manifest");
    paintTwoLines(painter, rect, qt(tag.published.tag), Theme::palette().text, kind, Theme::uiFont(-1));
}

void ReleasesDelegate::paintDigest(QPainter& painter, const QRect& rect, const ReleaseTag& tag) const
{
    QStringList notes;
    if (tag.published.attestations > 0)
        notes << ReleasesTable::tr("attested");
    if (!tag.published.signatures.empty())
        notes << ReleasesTable::tr("signed");
    painter.setFont(Theme::monoFont(-0.5));
    const QString digest = tag.published.problem.empty() ? ReleasesModel::shortDigest(tag.published.digest) : qt(tag.published.problem);
    paintTwoLines(painter, rect, digest, Theme::palette().muted, notes.join(QStringLiteral(" · ")), Theme::uiFont(-1));
}

} // namespace layerline
