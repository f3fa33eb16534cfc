#include "widgets/dialogs/command_palette.h"

#include "widgets/style/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace layerline {

namespace {

constexpr int rowHeight = 32;

/// The name, and at the right its shortcut as a key or what kind of thing it is.
class PaletteDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), rowHeight};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Palette& colors = Theme::palette();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? colors.selection : colors.panelRaised);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), 6, 6);
        }
        QRect room = option.rect.adjusted(12, 0, -10, 0);
        const QString hint = index.data(CommandPalette::HintRole).toString();
        if (!hint.isEmpty()) {
            painter->setFont(Theme::uiFont(-1));
            const int width = painter->fontMetrics().horizontalAdvance(hint) + 14;
            const QRect plate(room.right() - width + 1, room.center().y() - 9, width, 20);
            if (index.data(CommandPalette::KeyRole).toBool()) {
                painter->setPen(colors.line);
                painter->setBrush(colors.panel);
                painter->drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
            }
            painter->setPen(colors.muted);
            painter->drawText(plate, Qt::AlignCenter, hint);
            room.setRight(plate.left() - 12);
        }
        painter->setFont(Theme::uiFont());
        painter->setPen(colors.text);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }
};

} // namespace

bool fuzzyMatch(const QString& needle, const QString& text)
{
    int at = 0;
    for (const QChar c : needle) {
        if (c.isSpace())
            continue;
        at = int(text.indexOf(c, at, Qt::CaseInsensitive));
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

CommandPalette::CommandPalette(QWidget* parent) : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint)
{
    setObjectName(QStringLiteral("commandPalette"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Type a command or a build…"));
    m_list = new QListWidget(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // long names elide
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    resize(560, 380);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::runCurrent);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open(QList<Entry> entries)
{
    m_entries = std::move(entries);
    m_search->clear();
    filter();
    if (QWidget* over = parentWidget())
        move(over->mapToGlobal(QPoint((over->width() - width()) / 2, over->height() / 6)));
    setModal(true);
    show();
    m_search->setFocus();
}

void CommandPalette::filter()
{
    m_list->clear();
    for (int i = 0; i < m_entries.size(); ++i) {
        if (!fuzzyMatch(m_search->text(), m_entries[i].text))
            continue;
        auto* item = new QListWidgetItem(m_entries[i].text, m_list);
        item->setData(HintRole, m_entries[i].hint);
        item->setData(KeyRole, m_entries[i].key);
        if (!m_entries[i].hint.isEmpty())
            item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(m_entries[i].text, m_entries[i].hint));
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const auto run = m_entries[item->data(Qt::UserRole).toInt()].run;
    accept(); // first: the action may open a dialog of its own
    run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int row = m_list->currentRow();
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            m_list->setCurrentRow(qBound(0, row + (key->key() == Qt::Key_Down ? 1 : -1), m_list->count() - 1));
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            runCurrent();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace layerline
