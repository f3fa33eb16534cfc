#include "app/window/settings_wiring.h"

#include "app/tasks/settings_store.h"
#include "app/window/error_reporter.h"
#include "app/window/session.h"
#include "widgets/dialogs/address_dialog.h"
#include "widgets/pages/settings_addresses.h"
#include "widgets/pages/settings_appearance.h"
#include "widgets/pages/settings_history.h"
#include "widgets/pages/settings_logs.h"
#include "widgets/pages/settings_notifications.h"
#include "widgets/pages/settings_page.h"

namespace layerline {

ThemeKind themeKindOf(const QString& name)
{
    if (name == QLatin1String("dark"))
        return ThemeKind::Dark;
    return name == QLatin1String("light") ? ThemeKind::Light : ThemeKind::System;
}

QString themeName(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::System: return {};
    case ThemeKind::Light: return QStringLiteral("light");
    case ThemeKind::Dark: return QStringLiteral("dark");
    }
    return {};
}

SettingsWiring::SettingsWiring(SettingsStore& store, Session& session, SettingsPage& page, ErrorReporter& errors, QObject* parent)
    : QObject(parent), m_store(store), m_session(session), m_page(page), m_errors(errors)
{
    connect(&store, &SettingsStore::changed, this, &SettingsWiring::onChanged);
    connect(&page.appearance(), &SettingsAppearance::changed, this, [this](const AppearanceSettings& chosen) {
        edit([&chosen](SettingsValues& values) { values.appearance = chosen; });
    });
    connect(&page.addresses(), &SettingsAddresses::addRequested, this, [this] { askForAddress(m_page.window()); });
    connect(&page.addresses(), &SettingsAddresses::removeRequested, this, [this](const QString& address) {
        edit([&address](SettingsValues& values) { values.addresses.removeAll(address); });
    });
    connect(&page.history(), &SettingsHistory::applied, this, [this](const HistorySettings& chosen) {
        edit([&chosen](SettingsValues& values) { values.history = chosen; });
    });
    connect(&page.logs(), &SettingsLogs::changed, this, [this](const LogSettings& chosen) {
        edit([&chosen](SettingsValues& values) { values.logs = chosen; });
    });
    connect(&page.notifications(), &SettingsNotifications::changed, this, [this](const NotificationSettings& chosen) {
        edit([&chosen](SettingsValues& values) { values.notifications = chosen; });
    });
    connect(&session, &Session::nodesChanged, this, [this] {
        m_page.addresses().setNodes(Session::nodeRows(m_session.nodes(), m_session.clock().now()));
        showSources();
    });
    connect(&session, &Session::historyUsage, this, [this](qint64 builds, qint64 bytes) { m_page.history().setUsage(builds, bytes); });
    show();
}

void SettingsWiring::show()
{
    const SettingsValues& values = m_store.values();
    m_page.appearance().setValues(values.appearance);
    m_page.addresses().setAddresses(values.addresses);
    m_page.history().setValues(values.history, m_session.usualHistoryFolder());
    m_page.logs().setValues(values.logs);
    m_page.notifications().setValues(values.notifications);
    showSources();
}

/// Builders and repositories that can be silenced.
void SettingsWiring::showSources()
{
    QStringList builders, repositories;
    for (const NodeStatus& node : m_session.nodes()) {
        if (const QString name = QString::fromStdString(node.builder); !builders.contains(name))
            builders.append(name);
    }
    for (const QString& kept : m_store.values().pipelines.repositories)
        repositories.append(kept.section(QLatin1Char('/'), -2)); // without the server
    builders.sort();
    repositories.removeDuplicates();
    m_page.notifications().setSources(builders, repositories);
}

template <class Change>
void SettingsWiring::edit(Change change)
{
    SettingsValues values = m_store.values();
    change(values);
    if (const auto kept = m_store.set(values); !kept)
        m_errors.report(kept.error());
}

void SettingsWiring::onChanged(const SettingsValues& before)
{
    const SettingsValues& now = m_store.values();
    if (now.appearance.theme != before.appearance.theme)
        Q_EMIT themeRequested(themeKindOf(now.appearance.theme));
    if (now.addresses != before.addresses)
        m_session.setAddedAddresses(now.addresses);
    if (!(now.history == before.history))
        m_session.setHistoryLimits(now.history);
    if (!(now.logs == before.logs))
        m_session.setLogLimits(now.logs);
    show();
}

void SettingsWiring::askForAddress(QWidget* window)
{
    auto* dialog = new AddressDialog(m_session.addresses(), window);
    connect(dialog, &AddressDialog::addressChosen, this, [this](const QString& address) {
        edit([&address](SettingsValues& values) { values.addresses.append(address); });
    });
    dialog->open();
}

void SettingsWiring::setTheme(ThemeKind kind)
{
    edit([kind](SettingsValues& values) { values.appearance.theme = themeName(kind); });
}

void SettingsWiring::refresh()
{
    m_session.askHistoryUsage();
}

} // namespace layerline
