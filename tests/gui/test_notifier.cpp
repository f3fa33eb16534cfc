// Notifications over a private D-Bus with a notification service of our own on it.
#include "app/desktop_notifications.h"
#include "app/notifier.h"
#include "support/event_builder.h"
#include "support/sample_run.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

/// What a desktop's service would be.
class FakeService : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        uint replaces;
        QString title, body;
        QStringList actions;
    };
    QList<Shown> shown;

public Q_SLOTS:
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& body, const QStringList& actions, const QVariantMap&, int)
    {
        shown.append({replaces, title, body, actions});
        return replaces ? replaces : uint(shown.size());
    }
    void CloseNotification(uint) {}

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};

class TestNotifier : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    std::unique_ptr<FakeService> m_service;
    std::unique_ptr<BuildStore> m_store;
    std::unique_ptr<DesktopNotifications> m_desktop;
    std::unique_ptr<Notifier> m_notifier;
    bool m_watched = false;

    void apply(const EventBuilder& events)
    {
        m_store->apply(std::make_shared<const EventBatch>(events.batch()));
        m_store->flush();
    }
    static EventBuilder begun() { return EventBuilder("r1").started(0, "multi").step("a", "[linux/arm64 deps 2/2] RUN pip <install>").begin("a", 1); }
    static EventBuilder failedBuild() { return begun().run("a", 1, 3, false, "exit code: 1").completed(64, 2, "failed to solve"); }

private Q_SLOTS:
    void initTestCase()
    {
        m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1"),
                                                       QStringLiteral("--address=unix:path=%1/bus").arg(m_folder.path())});
        QVERIFY2(m_daemon.waitForStarted(), "dbus-daemon");
        QTRY_VERIFY(m_daemon.canReadLine());
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    void cleanupTestCase()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }
    void init()
    {
        m_watched = false;
        m_service = std::make_unique<FakeService>();
        auto desk = QDBusConnection::connectToBus(m_address, QStringLiteral("desk"));
        QVERIFY(desk.isConnected());
        QVERIFY(desk.registerObject(QStringLiteral("/org/freedesktop/Notifications"), m_service.get(), QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(desk.registerService(QStringLiteral("org.freedesktop.Notifications")));
        m_store = std::make_unique<BuildStore>();
        m_desktop = std::make_unique<DesktopNotifications>(QDBusConnection::connectToBus(m_address, QStringLiteral("window")));
        m_notifier = std::make_unique<Notifier>(*m_store, *m_desktop, [this] { return m_watched; });
    }
    void cleanup()
    {
        m_notifier.reset();
        m_desktop.reset();
        m_store.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("window"));
        QDBusConnection::disconnectFromBus(QStringLiteral("desk"));
        m_service.reset();
    }

    void aFailedBuildIsSaidAndLeadsToIt()
    {
        QSignalSpy asked(m_notifier.get(), &Notifier::buildRequested);
        apply(begun());
        apply(failedBuild());
        QTRY_COMPARE(m_service->shown.size(), 1);
        QVERIFY(m_service->shown[0].title.contains(QStringLiteral("failed")));
        QVERIFY2(m_service->shown[0].body.contains(QStringLiteral("arm64: RUN pip &lt;install&gt;")), qPrintable(m_service->shown[0].body));
        QVERIFY(m_service->shown[0].actions.contains(QStringLiteral("default")));
        QTRY_VERIFY_WITH_TIMEOUT((Q_EMIT m_service->ActionInvoked(1, QStringLiteral("default")), !asked.isEmpty()), 5000);
        QCOMPARE(asked.at(0).at(0).value<BuildId>(), m_store->builds().ids().front());
    }

    void nothingWhileTheWindowIsActive()
    {
        m_watched = true;
        apply(begun());
        apply(failedBuild());
        m_watched = false;
        Run run = sampleRun();
        m_notifier->considerRun(run, runTimeAt(5)); // a marker that is said follows
        run.state = RunState::Completed;
        run.conclusion = Conclusion::Failure;
        run.updated = runTimeAt(100);
        m_notifier->considerRun(run, runTimeAt(101));
        QTRY_COMPARE(m_service->shown.size(), 1);
        QVERIFY(m_service->shown[0].title.contains(QStringLiteral("Speed up the checkout")));
    }

    void theSameRunReplacesItsOwn()
    {
        QSignalSpy asked(m_notifier.get(), &Notifier::runRequested);
        Run run = sampleRun();
        m_notifier->considerRun(run, runTimeAt(700));
        QTRY_COMPARE(m_service->shown.size(), 1);
        QVERIFY(m_service->shown[0].body.contains(QStringLiteral("ubuntu-24.04-arm64")));
        QTRY_VERIFY_WITH_TIMEOUT((Q_EMIT m_service->ActionInvoked(1, QStringLiteral("show")), !asked.isEmpty()), 5000);
        QCOMPARE(asked.at(0).at(0).toString(), QStringLiteral("acme/shop"));
        QCOMPARE(asked.at(0).at(1).toLongLong(), 77);
        run.state = RunState::Completed;
        run.conclusion = Conclusion::Success;
        run.updated = runTimeAt(900);
        m_notifier->considerRun(run, runTimeAt(901));
        QTRY_COMPARE(m_service->shown.size(), 2);
        QCOMPARE(m_service->shown[1].replaces, 1u);
    }

    void withoutAServiceNothingHappens()
    {
        DesktopNotifications nowhere(QDBusConnection(QStringLiteral("no such bus")));
        nowhere.show({QStringLiteral("k"), QStringLiteral("t"), QStringLiteral("b"), QStringLiteral("a")});
        nowhere.close(QStringLiteral("k"));
    }
};

QTEST_MAIN(TestNotifier)
#include "test_notifier.moc"
