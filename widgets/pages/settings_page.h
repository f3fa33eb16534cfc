// The Settings page: a column of sections.
#pragma once

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace layerline {

class SettingsAddresses;
class SettingsAppearance;
class SettingsHistory;
class SettingsLogs;
class SettingsNotifications;
class SettingsSection;

class SettingsPage : public QWidget {
    Q_OBJECT
public:
    explicit SettingsPage(QWidget* parent = nullptr);

    /// Puts one more section above `before`, else below all others, and owns it.
    void addSection(SettingsSection* section, SettingsSection* before = nullptr);
    /// Scrolls to a section and gives it the focus.
    void showSection(SettingsSection* section);

    SettingsAppearance& appearance() { return *m_appearance; }
    SettingsAddresses& addresses() { return *m_addresses; }
    SettingsHistory& history() { return *m_history; }
    SettingsNotifications& notifications() { return *m_notifications; }
    SettingsLogs& logs() { return *m_logs; }

private:
    QScrollArea* m_scroll;
    QVBoxLayout* m_column;
    SettingsAppearance* m_appearance;
    SettingsAddresses* m_addresses;
    SettingsHistory* m_history;
    SettingsNotifications* m_notifications;
    SettingsLogs* m_logs;
};

} // namespace layerline
