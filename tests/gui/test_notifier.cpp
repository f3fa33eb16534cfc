// Notifications over a private D-Bus with a notification service of our own on it.
#include "app/window/desktop_notifications.h"
#include "app/window/notifier.h"
#include "domain/summary.h"
#include "fake_desktop.h"
#include "support/event_builder.h"
#include "support/sample_run.h"

#include <QSignalSpy>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestNotifier : public QObject {
    Q_OBJECT
private:
    FakeDesktop m_desk;
    std::unique_ptr<BuildStore> m_store;
    std::unique_ptr<DesktopNotifications> m_desktop;
    std::unique_ptr<Notifier> m_notifier;
    bool m_watched = false;
    Timestamp m_now;

    const QList<FakeService::Shown>& shown() { return m_desk.service().shown; }
    void apply(const EventBuilder& events)
    {
        m_store->apply(std::make_shared<const EventBatch>(events.batch()));
        m_store->flush();
    }
    void consider(const Run& run, double second)
    {
        m_now = runTimeAt(second);
        m_notifier->considerRun(run);
    }
    static EventBuilder begun() { return EventBuilder("r1").started(0, "multi").step("a", "[linux/arm64 deps 2/2] RUN pip <install>").begin("a", 1); }
    static EventBuilder failedBuild() { return begun().run("a", 1, 3, false, "exit code: 1").completed(64, 2, "failed to solve"); }
    static Run ended(Conclusion conclusion)
    {
        Run run = sampleRun();
        run.state = RunState::Completed;
        run.conclusion = conclusion;
        run.updated = runTimeAt(900);
        for (RunJob& job : run.jobs) {
            job.state = RunState::Completed;
            job.conclusion = conclusion;
        }
        return run;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(!m_desk.address().isEmpty(), "dbus-daemon"); }
    void init()
    {
        m_watched = false;
        QVERIFY(m_desk.putService());
        m_store = std::make_unique<BuildStore>();
        m_desktop = std::make_unique<DesktopNotifications>(m_desk.connection());
        m_notifier = std::make_unique<Notifier>(*m_store, *m_desktop, [this] { return m_watched; }, [this] { return m_now; });
    }
    void cleanup()
    {
        m_notifier.reset();
        m_desktop.reset();
        m_store.reset();
        FakeDesktop::close();
        m_desk.takeService();
    }

    void aFailedBuildIsSaidAndLeadsToItsStep()
    {
        QSignalSpy asked(m_notifier.get(), &Notifier::buildRequested);
        apply(begun());
        apply(failedBuild());
        QTRY_COMPARE(shown().size(), 1);
        QVERIFY(shown()[0].title.contains(QStringLiteral("failed")));
        QVERIFY2(shown()[0].body.contains(QStringLiteral("arm64: RUN pip &lt;install&gt;")), qPrintable(shown()[0].body));
        QVERIFY(shown()[0].actions.contains(QStringLiteral("default")));
        QCOMPARE(shown()[0].hints.value(QStringLiteral("urgency")).toInt(), 2);
        QTRY_VERIFY_WITH_TIMEOUT((Q_EMIT m_desk.service().ActionInvoked(1, QStringLiteral("default")), !asked.isEmpty()), 5000);
        const BuildId id = asked.at(0).at(0).value<BuildId>();
        QCOMPARE(id, m_store->builds().ids().front());
        QVERIFY(m_store->find(id)->find(0, asked.at(0).at(1).value<StepDigest>()) == firstFailed(*m_store->find(id)));
    }

    void aStepsNameIsOneLineWithoutSecrets()
    {
        const std::string name = "[linux/arm64 deps 2/2] RUN git clone https://me:hunter22@git.example.org/x\n" + std::string(5000, 'y');
        apply(EventBuilder("r1").started(0, "multi").step("a", name).begin("a", 1));
        apply(EventBuilder("r1").started(0, "multi").step("a", name).run("a", 1, 3, false, "exit code: 1").completed(64, 2, "failed to solve"));
        QTRY_COMPARE(shown().size(), 1);
        QVERIFY(!shown()[0].body.contains(QStringLiteral("hunter22")));
        QVERIFY2(shown()[0].body.size() < 400, qPrintable(shown()[0].body));
    }

    void nothingWhileTheWindowIsActiveUnlessWanted()
    {
        m_watched = true;
        apply(begun());
        apply(failedBuild());
        AnnouncementRules rules;
        rules.whileWatched = true;
        m_notifier->setRules(rules);
        consider(sampleRun(), 5);
        consider(ended(Conclusion::Failure), 901);
        QTRY_COMPARE(shown().size(), 1);
        QVERIFY(shown()[0].title.contains(QStringLiteral("Speed up the checkout")));
    }

    void theSameRunReplacesItsOwn()
    {
        QSignalSpy asked(m_notifier.get(), &Notifier::runRequested);
        consider(sampleRun(), 700);
        consider(ended(Conclusion::Failure), 901); // before the service has told the number of the first
        QTRY_COMPARE(shown().size(), 2);
        QVERIFY(shown()[0].body.contains(QStringLiteral("ubuntu-24.04-arm64")));
        QCOMPARE(shown()[1].replaces, 1u);
        QTRY_VERIFY_WITH_TIMEOUT((Q_EMIT m_desk.service().ActionInvoked(1, QStringLiteral("show")), !asked.isEmpty()), 5000);
        QCOMPARE(asked.at(0).at(0).value<RunKey>(), (RunKey{"acme/shop", 77}));
        QCOMPARE(asked.at(0).at(1).toLongLong(), 1); // amd64 ended first
    }

    void aJobThatOnlyWaitsIsNoticedWithoutNews()
    {
        QSignalSpy asked(m_notifier.get(), &Notifier::runRequested);
        consider(sampleRun(), 300);
        m_now = runTimeAt(700);
        QTRY_COMPARE(shown().size(), 1);
        QVERIFY2(shown()[0].title.contains(QStringLiteral("build (linux/arm64) waits for a runner")), qPrintable(shown()[0].title));
        QTRY_VERIFY_WITH_TIMEOUT((Q_EMIT m_desk.service().ActionInvoked(1, QStringLiteral("default")), !asked.isEmpty()), 5000);
        QCOMPARE(asked.at(0).at(1).toLongLong(), 2);
        QCOMPARE(asked.at(0).at(2).toInt(), 0);
    }

    void whoShowsThemIsKnown()
    {
        QSignalSpy known(m_desktop.get(), &DesktopNotifications::serviceKnown);
        m_desktop->askForService();
        QTRY_COMPARE(known.size(), 1);
        QCOMPARE(known.at(0).at(0).toString(), QStringLiteral("Fake Desk"));
        m_desk.takeService();
        m_desktop->askForService();
        QTRY_COMPARE(known.size(), 2);
        QVERIFY(known.at(1).at(0).toString().isEmpty());
    }

    void withoutAServiceNothingHappens()
    {
        DesktopNotifications nowhere(QDBusConnection(QStringLiteral("no such bus")));
        nowhere.show({QStringLiteral("k"), QStringLiteral("t"), QStringLiteral("b"), QStringLiteral("a")});
        nowhere.close(QStringLiteral("k"));
        QSignalSpy known(&nowhere, &DesktopNotifications::serviceKnown);
        nowhere.askForService();
        QTRY_COMPARE(known.size(), 1);
    }
};

QTEST_MAIN(TestNotifier)
#include "test_notifier.moc"
