// The desktop's notification service (org.freedesktop.Notifications 1.2).
#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <optional>

namespace layerline {

struct DesktopNotification {
    QString key;      ///< a later one with the same key takes the place of the earlier one
    QString title;
    QString body;     ///< plain text
    QString action;   ///< text of the button that leads to it
    bool urgent = false;
};

/// Does nothing where there is no such service. Never blocks.
class DesktopNotifications : public QObject {
    Q_OBJECT
public:
    explicit DesktopNotifications(const QDBusConnection& bus = QDBusConnection::sessionBus(), QObject* parent = nullptr);

    void show(const DesktopNotification& notification);
    void close(const QString& key);
    /// Asks who shows notifications here; serviceKnown() brings the answer.
    void askForService();

Q_SIGNALS:
    /// The notification or its button was clicked.
    void activated(const QString& key);
    /// Name of the service ("gnome-shell"); empty when none answers.
    void serviceKnown(const QString& name);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString& action);
    void onClosed(uint id, uint reason);

private:
    QString keyOf(uint id) const { return m_ids.key(id); }

    void send(const DesktopNotification& notification);

    QDBusConnection m_bus;
    QHash<QString, uint> m_ids;
    QHash<QString, std::optional<DesktopNotification>> m_sending; ///< under way, with what came for the same key meanwhile
};

} // namespace layerline
