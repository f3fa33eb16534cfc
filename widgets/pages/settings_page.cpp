#include "widgets/pages/settings_page.h"

#include "widgets/pages/settings_addresses.h"
#include "widgets/pages/settings_appearance.h"
#include "widgets/pages/settings_history.h"
#include "widgets/pages/settings_logs.h"
#include "widgets/pages/settings_notifications.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace layerline {

namespace {
constexpr int margin = 24;
constexpr int widest = 860; ///< longer lines are hard to read
} // namespace

SettingsPage::SettingsPage(QWidget* parent) : QWidget(parent), m_scroll(new QScrollArea(this)), m_column(new QVBoxLayout)
{
    auto* title = new QLabel(tr("Settings"), this);
    title->setProperty("role", QStringLiteral("title"));
    title->setContentsMargins(margin, 16, margin, 10);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(title);
    outer->addWidget(m_scroll, 1);

    auto* content = new QWidget;
    auto* inner = new QWidget(content);
    inner->setMaximumWidth(widest);
    inner->setLayout(m_column);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(12);
    m_column->addStretch(1);
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(margin, 4, margin, margin);
    row->addWidget(inner, 1000);
    row->addStretch(1);
    m_scroll->setWidget(content);

    addSection(m_appearance = new SettingsAppearance(inner));
    addSection(m_addresses = new SettingsAddresses(inner));
    addSection(m_notifications = new SettingsNotifications(inner));
    addSection(m_history = new SettingsHistory(inner));
    addSection(m_logs = new SettingsLogs(inner));
}

void SettingsPage::addSection(SettingsSection* section, SettingsSection* before)
{
    m_column->insertWidget(before ? m_column->indexOf(before) : m_column->count() - 1, section); // before the stretch
}

void SettingsPage::showSection(SettingsSection* section)
{
    m_scroll->ensureWidgetVisible(section, 0, margin);
    if (QWidget* first = section->nextInFocusChain())
        first->setFocus(Qt::OtherFocusReason);
}

} // namespace layerline
