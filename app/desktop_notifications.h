// The desktop's notification service (org.freedesktop.Notifications 1.2).
#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QStringList>

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

Q_SIGNALS:
    /// The notification or its button was clicked.
    void activated(const QString& key);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString& action);
    void onClosed(uint id, uint reason);

private:
    QString keyOf(uint id) const { return m_ids.key(id); }

    QDBusConnection m_bus;
    QHash<QString, uint> m_ids;
};

} // namespace layerline
