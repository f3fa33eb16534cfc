#include "fake_desktop.h"

#include <QTest>

namespace layerline::test {

uint FakeService::Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& body, const QStringList& actions, const QVariantMap& hints, int)
{
    const uint id = replaces ? replaces : uint(shown.size() + 1);
    shown.append({id, replaces, title, body, actions, hints});
    return id;
}

void FakeService::CloseNotification(uint id)
{
    Q_EMIT NotificationClosed(id, 3);
}

QString FakeService::GetServerInformation(QString& vendor, QString& version, QString& specification)
{
    vendor = QStringLiteral("tests");
    version = QStringLiteral("1");
    specification = QStringLiteral("1.2");
    return QStringLiteral("Fake Desk");
}

FakeDesktop::FakeDesktop()
{
    m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1"),
                                                   QStringLiteral("--address=unix:path=%1/bus").arg(m_folder.path())});
    if (m_daemon.waitForStarted() && QTest::qWaitFor([this] { return m_daemon.canReadLine(); }))
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
}

FakeDesktop::~FakeDesktop()
{
    takeService();
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

bool FakeDesktop::putService()
{
    m_service = std::make_unique<FakeService>();
    auto desk = QDBusConnection::connectToBus(m_address, QStringLiteral("desk"));
    return desk.isConnected()
        && desk.registerObject(QStringLiteral("/org/freedesktop/Notifications"), m_service.get(), QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals)
        && desk.registerService(QStringLiteral("org.freedesktop.Notifications"));
}

void FakeDesktop::takeService()
{
    QDBusConnection::disconnectFromBus(QStringLiteral("desk"));
    m_service.reset();
}

} // namespace layerline::test
