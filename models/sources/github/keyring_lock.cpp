#include "sources/github/keyring_lock.h"

#include "domain/post_to.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace layerline {

namespace {

constexpr int patienceMs = 2'000;

QDBusPendingCall call(const QString& path, const QString& interface, const QString& method, const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"), path, interface, method);
    message.setAutoStartService(false);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().asyncCall(message, patienceMs);
}

template <class Value, class Then>
void whenAnswered(const QDBusPendingCall& pending, QObject* context, Then then)
{
    auto* watcher = new QDBusPendingCallWatcher(pending, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, then] {
        const QDBusPendingReply<Value> reply = *watcher;
        watcher->deleteLater();
        then(reply.isError() ? Value() : reply.value());
    });
}

} // namespace

void askWhetherLocked(QObject* context, std::function<void(bool)> reply)
{
    if (!QDBusConnection::sessionBus().isConnected())
        return postTo(context, [reply] { reply(false); });
    const QString secrets = QStringLiteral("org.freedesktop.Secret.");
    const auto alias = call(QStringLiteral("/org/freedesktop/secrets"), secrets + QStringLiteral("Service"), QStringLiteral("ReadAlias"), {QStringLiteral("default")});
    whenAnswered<QDBusObjectPath>(alias, context, [context, reply, secrets](const QDBusObjectPath& collection) {
        if (collection.path().size() < 2) // "/": there is none
            return reply(false);
        const auto locked = call(collection.path(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"), {secrets + QStringLiteral("Collection"), QStringLiteral("Locked")});
        whenAnswered<QDBusVariant>(locked, context, [reply](const QDBusVariant& value) { reply(value.variant().toBool()); });
    });
}

} // namespace layerline
