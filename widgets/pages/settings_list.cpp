#include "widgets/pages/settings_list.h"

#include "items/log_text.h"
#include "widgets/style/theme.h"
#include "widgets/style/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace layerline {

SettingsList::SettingsList(const QString& title, const QString& description, const QString& add, const Names& names, QWidget* parent)
    : SettingsSection(title, description, parent), m_names(names), m_rows(new QVBoxLayout), m_empty(new QLabel(tr("None added."), this))
{
    m_rows->setSpacing(4);
    m_empty->setProperty("role", QStringLiteral("faint"));
    auto* button = new QPushButton(add, this);
    button->setObjectName(QLatin1String(names.add));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(button);
    buttons->addStretch(1);
    column()->addLayout(m_rows);
    column()->addWidget(m_empty);
    column()->addLayout(buttons);
    connect(button, &QPushButton::clicked, this, &SettingsList::addRequested);
}

void SettingsList::setEntries(const QStringList& entries)
{
    if (m_entries == entries)
        return;
    m_entries = entries;
    m_states.clear();
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // one of its buttons may have asked for this
        delete item;
    }
    for (const QString& entry : m_entries)
        m_rows->addWidget(makeRow(entry));
    m_empty->setVisible(m_entries.isEmpty());
}

QWidget* SettingsList::makeRow(const QString& entry)
{
    auto* row = new QFrame(this);
    row->setObjectName(QLatin1String(m_names.row));
    row->setProperty("role", QStringLiteral("well"));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(12, 4, 6, 4);
    line->setSpacing(12);
    auto* name = new QLabel(visibleText(entry.toStdString()), row);
    name->setTextFormat(Qt::PlainText);
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (m_monospaced)
        name->setFont(Theme::monoFont());
    auto* state = new QLabel(row);
    state->setObjectName(QLatin1String(m_names.state));
    state->setTextFormat(Qt::PlainText);
    state->setWordWrap(true);
    state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_states.push_back(state);
    auto* remove = new QToolButton(row);
    remove->setIcon(Theme::icon(QStringLiteral("cross")));
    remove->setToolTip(tr("Stop watching %1").arg(name->text()));
    remove->setAccessibleName(remove->toolTip());
    line->addWidget(name);
    line->addWidget(state, 1);
    line->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, entry] { Q_EMIT removeRequested(entry); });
    return row;
}

void SettingsList::setState(qsizetype index, const QString& text, const char* tone, const QString& toolTip)
{
    QLabel* state = m_states.at(std::size_t(index));
    state->setText(text);
    state->setToolTip(toolTip);
    setTone(state, tone);
}

} // namespace layerline
