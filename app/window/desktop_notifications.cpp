#include "app/window/desktop_notifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace layerline {

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

QDBusMessage call(const QString& method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace

DesktopNotifications::DesktopNotifications(const QDBusConnection& bus, QObject* parent) : QObject(parent), m_bus(bus)
{
    if (!m_bus.isConnected())
        return;
    // Signals of the bus can be connected by name only; "1" is Qt's mark of a slot.
    m_bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, "1onActionInvoked(uint,QString)");
    m_bus.connect(service, path, service, QStringLiteral("NotificationClosed"), this, "1onClosed(uint,uint)");
}

void DesktopNotifications::askForService()
{
    if (!m_bus.isConnected()) {
        QMetaObject::invokeMethod(this, [this] { Q_EMIT serviceKnown({}); }, Qt::QueuedConnection);
        return;
    }
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call(QStringLiteral("GetServerInformation"))), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QString, QString, QString, QString> reply = *watcher;
        watcher->deleteLater();
        Q_EMIT serviceKnown(reply.isError() ? QString() : reply.argumentAt<0>());
    });
}

void DesktopNotifications::show(const DesktopNotification& notification)
{
    if (!m_bus.isConnected())
        return;
    // Without the first one's number the second could not take its place.
    if (const auto under = m_sending.find(notification.key); under != m_sending.end())
        *under = notification;
    else
        send(notification);
}

void DesktopNotifications::send(const DesktopNotification& notification)
{
    m_sending.insert(notification.key, std::nullopt);
    QDBusMessage message = call(QStringLiteral("Notify"));
    QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("io.github.layerline.Layerline")},
                      {QStringLiteral("urgency"), QVariant::fromValue(uchar(notification.urgent ? 2 : 1))}};
    // "default" is a click on the notification itself; the body may be read as markup, so it is escaped.
    const QStringList actions{QStringLiteral("default"), notification.action, QStringLiteral("show"), notification.action};
    message << QStringLiteral("Layerline") << m_ids.value(notification.key, 0) << QStringLiteral("io.github.layerline.Layerline") << notification.title
            << notification.body.toHtmlEscaped() << actions << hints << -1;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key = notification.key] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        if (!reply.isError())
            m_ids.insert(key, reply.value());
        if (const std::optional<DesktopNotification> next = m_sending.take(key))
            send(*next);
    });
}

void DesktopNotifications::close(const QString& key)
{
    const auto id = m_ids.constFind(key);
    if (id == m_ids.constEnd())
        return;
    QDBusMessage message = call(QStringLiteral("CloseNotification"));
    message << *id;
    m_bus.asyncCall(message);
}

void DesktopNotifications::onActionInvoked(uint id, const QString& action)
{
    Q_UNUSED(action)
    if (const QString key = keyOf(id); !key.isEmpty())
        Q_EMIT activated(key);
}

void DesktopNotifications::onClosed(uint id, uint reason)
{
    Q_UNUSED(reason)
    if (const QString key = keyOf(id); !key.isEmpty())
        m_ids.remove(key);
}

} // namespace layerline
