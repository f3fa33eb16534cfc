// Ties the notifications to the settings, to what happens, and to the window that a click on one leads to.
#pragma once

#include "analysis/announcer.h"

#include <QObject>

#include <string>

namespace layerline {

class DesktopNotifications;
class MainWindow;
class Notifier;
class Pipelines;
class SettingsStore;
struct NotificationSettings;

/// `login`: whose account asks GitHub; "" when nobody tells.
AnnouncementRules rulesOf(const NotificationSettings& settings, const std::string& login);

/// All references must outlive it.
class NotificationWiring : public QObject {
    Q_OBJECT
public:
    NotificationWiring(Notifier& notifier, DesktopNotifications& desktop, SettingsStore& settings, Pipelines& pipelines, MainWindow& window);

    /// True while somebody works in a window of ours, dialogs included.
    static bool windowIsActive();

private:
    void applyRules();
    void bringUp(const QString& page);
    void showBuild(const BuildId& id, const StepDigest& step);

    Notifier& m_notifier;
    SettingsStore& m_settings;
    Pipelines& m_pipelines;
    MainWindow& m_window;
};

} // namespace layerline
