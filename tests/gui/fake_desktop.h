// A desktop's notification service on a D-Bus of its own.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>

namespace layerline::test {

class FakeService : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        uint id, replaces;
        QString title, body;
        QStringList actions;
        QVariantMap hints;
    };
    QList<Shown> shown;

public Q_SLOTS:
    uint Notify(const QString& application, uint replaces, const QString& icon, const QString& title, const QString& body, const QStringList& actions,
                const QVariantMap& hints, int timeout);
    void CloseNotification(uint id);
    QString GetServerInformation(QString& vendor, QString& version, QString& specification);

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};

class FakeDesktop {
public:
    /// Starts the bus; address() is empty when that failed.
    FakeDesktop();
    ~FakeDesktop();

    const QString& address() const { return m_address; }
    /// Puts a new service on the bus, or takes it off.
    bool putService();
    void takeService();
    FakeService& service() { return *m_service; }
    /// The bus as the window sees it. One at a time; close() before the next.
    QDBusConnection connection() const { return QDBusConnection::connectToBus(m_address, QStringLiteral("window")); }
    static void close() { QDBusConnection::disconnectFromBus(QStringLiteral("window")); }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    std::unique_ptr<FakeService> m_service;
};

} // namespace layerline::test
