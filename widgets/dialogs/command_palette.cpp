#include "widgets/dialogs/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace layerline {

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
        auto* item = new QListWidgetItem(m_entries[i].hint.isEmpty() ? m_entries[i].text : m_entries[i].text + QStringLiteral("    ") + m_entries[i].hint, m_list);
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
