// Notifications as their settings want them: clicks and keys on the Settings page, builds and runs, and what arrives at a
// notification service on a D-Bus of its own; and where a click on one leads in the real window.
#include "fake_desktop.h"
#include "fake_github.h"

#include "app/tasks/settings_store.h"
#include "app/window/desktop_notifications.h"
#include "app/window/main_window.h"
#include "app/window/notification_wiring.h"
#include "app/window/notifier.h"
#include "app/window/pipelines.h"
#include "domain/summary.h"
#include "sources/github/token_store.h"
#include "support/event_builder.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/settings_notifications.h"
#include "widgets/pages/settings_page.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestNotificationSettings : public QObject {
    Q_OBJECT
private:
    SystemClock m_clock;
    QTemporaryDir m_folder;
    FakeDesktop m_desk;
    std::unique_ptr<FakeGitHub> m_github;
    std::unique_ptr<MemoryStore> m_tokens;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Pipelines> m_pipelines;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<DesktopNotifications> m_desktop;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<NotificationWiring> m_wiring;
    bool m_watched = false;
    int m_builds = 0;

    QString file() const { return m_folder.filePath(QStringLiteral("layerline.conf")); }
    const QList<FakeService::Shown>& shown() { return m_desk.service().shown; }
    SettingsNotifications& section() { return m_window->settingsPage().notifications(); }
    template <class Widget>
    Widget* child(const char* name) { return section().findChild<Widget*>(QLatin1String(name)); }
    /// By a click where people click: on the box, scrolled into view.
    void toggle(QCheckBox* box)
    {
        QVERIFY(box);
        m_window->showPage(pages::settings);
        QTest::qWait(20); // the column comes to rest
        m_window->settingsPage().findChild<QScrollArea*>()->ensureWidgetVisible(box);
        QVERIFY(box->isVisible() && box->isEnabled());
        const bool before = box->isChecked();
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QVERIFY(box->isChecked() != before);
    }
    void toggle(const char* name) { toggle(child<QCheckBox>(name)); }
    QCheckBox* source(const QString& name)
    {
        for (QCheckBox* box : section().findChildren<QCheckBox*>(QStringLiteral("notifySource"))) {
            if (box->text() == name && !box->isHidden())
                return box;
        }
        return nullptr;
    }
    NotificationSettings kept() const { return SettingsStore(file()).values().notifications; }
    /// A build of a minute that begins and ends; its id.
    BuildId build(const char* builder, bool fails)
    {
        const std::string ref = "r" + std::to_string(++m_builds);
        EventBuilder begun(ref), ended(ref);
        begun.started(0, builder).step("a", "[linux/amd64 1/2] FROM alpine").step("b", "[linux/arm64 deps 2/2] RUN pip install").begin("b", 1);
        ended.started(0, builder).step("a", "[linux/amd64 1/2] FROM alpine").run("a", 1, 60).step("b", "[linux/arm64 deps 2/2] RUN pip install");
        ended.run("b", 1, 30, false, fails ? "exit code: 1" : "").completed(64, fails ? 2 : 0, fails ? "failed to solve" : "");
        for (const EventBuilder& each : {begun, ended}) {
            m_session->store().apply(std::make_shared<const EventBatch>(each.batch()));
            m_session->store().flush();
        }
        return m_session->store().builds().owner(begun.batch().record)->id;
    }
    /// What is said of a build that fails on `marker` comes after everything said before.
    void expectTitles(const QStringList& titles)
    {
        QTRY_COMPARE(shown().size(), titles.size());
        for (int i = 0; i < titles.size(); ++i)
            QVERIFY2(shown()[i].title.contains(titles[i]), qPrintable(shown()[i].title));
    }
    void clickOn(int index)
    {
        const uint id = shown()[index].id;
        QVERIFY(shown()[index].actions.contains(QStringLiteral("default")));
        Q_EMIT m_desk.service().ActionInvoked(id, QStringLiteral("default"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(!m_desk.address().isEmpty(), "dbus-daemon");
        qputenv("DOCKER_CONFIG", m_folder.path().toLocal8Bit()); // no builder of this machine's
        qputenv("PATH", "/nonexistent");
        Theme::apply(*qApp, ThemeKind::Light);
    }
    void init()
    {
        m_watched = false;
        QVERIFY(m_desk.putService());
        QFile::remove(file());
        m_github = std::make_unique<FakeGitHub>();
        m_tokens = std::make_unique<MemoryStore>();
        m_settings = std::make_unique<SettingsStore>(file());
        SettingsValues values;
        values.pipelines.repositories = {QStringLiteral("acme/shop")};
        values.notifications.muted = {QStringLiteral("former")}; // a builder that is no more
        QVERIFY(m_settings->set(values));
        SessionOptions options;
        options.history = false;
        options.addresses = {QStringLiteral("unix:///nonexistent/given.sock")};
        m_session = std::make_unique<Session>(options, m_clock);
        GitHubEnvironment environment;
        environment.apiUrl = m_github->server.url().toStdString();
        environment.token = "right-token";
        environment.tokenOrigin = "GH_TOKEN";
        m_pipelines = std::make_unique<Pipelines>(*m_settings, *m_tokens, m_clock, environment);
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings, WindowServices{m_pipelines.get(), nullptr});
        m_desktop = std::make_unique<DesktopNotifications>(m_desk.connection());
        m_notifier = std::make_unique<Notifier>(m_session->store(), *m_desktop, [this] { return m_watched; }, [this] { return m_clock.now(); });
        m_wiring = std::make_unique<NotificationWiring>(*m_notifier, *m_desktop, *m_settings, *m_pipelines, *m_window);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QString(pages::settings));
    }
    void cleanup()
    {
        m_wiring.reset();
        m_notifier.reset();
        m_desktop.reset();
        m_window.reset();
        m_pipelines.reset();
        m_session.reset();
        m_settings.reset();
        FakeDesktop::close();
        m_desk.takeService();
    }

    void kindsCanBeSwitchedOff()
    {
        build("multi", true);
        build("multi", false);
        expectTitles({QStringLiteral("failed"), QStringLiteral("is built")});
        toggle("notifyFailures");
        QVERIFY(!kept().failures && kept().successes);
        build("multi", true);
        build("multi", false);
        expectTitles({QStringLiteral("failed"), QStringLiteral("is built"), QStringLiteral("is built")});
        toggle("notifySuccesses");
        toggle("notifyFailures");
        QVERIFY(kept().failures && !kept().successes);
        build("multi", false);
        build("multi", true);
        expectTitles({QStringLiteral("failed"), QStringLiteral("is built"), QStringLiteral("is built"), QStringLiteral("failed")});
    }

    void aBuilderCanBeSilenced()
    {
        const QString address = QStringLiteral("unix:///nonexistent/given.sock");
        m_session->start();
        QTRY_VERIFY(source(address));
        QVERIFY2(source(QStringLiteral("former")) && !source(QStringLiteral("former"))->isChecked(), "who is silenced and gone can be heard again");
        toggle(source(address));
        QCOMPARE(kept().muted, (QStringList{QStringLiteral("former"), address}));
        build("unix:///nonexistent/given.sock", true);
        build("other", true);
        QTRY_COMPARE(shown().size(), 1);
        QVERIFY2(shown()[0].body.contains(QStringLiteral("other")), qPrintable(shown()[0].body));
        toggle(source(address));
        toggle(source(QStringLiteral("former")));
        QVERIFY(kept().muted.isEmpty());
        build("unix:///nonexistent/given.sock", true);
        QTRY_COMPARE(shown().size(), 2);
    }

    void aRunNamesItsFirstFailingStepAndAClickLeadsToIt()
    {
        m_pipelines->start();
        QTRY_VERIFY(!m_pipelines->watcher().runs("acme/shop").empty());
        QTRY_COMPARE(int(m_pipelines->watcher().runs("acme/shop").front()->jobs.size()), 2);
        m_github->broken = true;
        m_pipelines->watcher().refresh("acme/shop");
        QTRY_COMPARE(shown().size(), 1);
        QVERIFY2(shown()[0].body.contains(QStringLiteral("build (linux/amd64): Build and push")), qPrintable(shown()[0].body));
        m_window->showMaximized();
        QTRY_VERIFY(m_window->isMaximized());
        m_window->showMinimized();
        clickOn(0);
        QTRY_COMPARE(m_window->currentPage(), QString(pages::pipelines));
        QVERIFY(!m_window->isMinimized());
        QVERIFY2(m_window->isMaximized(), "as large as it was");
        const SelectionState& chosen = m_pipelines->selection();
        const Build* run = m_pipelines->store().find(chosen.build());
        QVERIFY(run && chosen.step() != noStep);
        QVERIFY2(QString::fromStdString(run->step(chosen.step()).name).contains(QStringLiteral("Build and push")), run->step(chosen.step()).name.c_str());
    }

    void aRepositoryCanBeSilencedAndOthersRunsToo()
    {
        m_pipelines->start();
        QTRY_VERIFY(!m_pipelines->watcher().runs("acme/shop").empty());
        toggle(source(QStringLiteral("acme/shop")));
        QVERIFY(kept().muted.contains(QStringLiteral("acme/shop")));
        Run run = *m_pipelines->watcher().runs("acme/shop").front();
        auto failing = [this, run](std::int64_t id, const char* actor) mutable {
            run.key.id = id;
            run.actor = actor;
            run.jobs.clear();
            run.state = RunState::InProgress;
            m_notifier->considerRun(run);
            run.state = RunState::Completed;
            run.conclusion = Conclusion::Failure;
            run.title = actor;
            run.jobs = {RunJob{}};
            run.jobs[0].state = RunState::Completed;
            m_notifier->considerRun(run);
        };
        failing(100, "octocat");
        toggle(source(QStringLiteral("acme/shop")));
        toggle("notifyOnlyMine");
        QVERIFY(kept().onlyMine);
        failing(101, "somebody");
        failing(102, "octocat"); // whose token it is
        QTRY_COMPARE(shown().size(), 1);
        QCOMPARE(shown()[0].title, QStringLiteral("octocat failed"));
    }

    void howLongAJobMayWait()
    {
        m_pipelines->start();
        QTRY_VERIFY(!m_pipelines->watcher().runs("acme/shop").empty());
        QTRY_COMPARE(int(m_pipelines->watcher().runs("acme/shop").front()->jobs.size()), 2);
        QVERIFY(shown().isEmpty()); // it has waited 395 s of the usual 10 minutes
        auto* minutes = child<QSpinBox>("notifyQueueMinutes");
        m_window->settingsPage().findChild<QScrollArea*>()->ensureWidgetVisible(minutes);
        minutes->setFocus();
        minutes->selectAll();
        QTest::keyClicks(minutes, QStringLiteral("5"));
        QTest::keyClick(minutes, Qt::Key_Return);
        QCOMPARE(kept().queueMinutes, 5);
        QTRY_COMPARE(shown().size(), 1); // nothing new came from GitHub: only time went by
        QVERIFY2(shown()[0].title.contains(QStringLiteral("build (linux/arm64)")), qPrintable(shown()[0].title));
        QVERIFY2(shown()[0].body.contains(QStringLiteral("ubuntu-24.04-arm64")), qPrintable(shown()[0].body));
        clickOn(0);
        QTRY_COMPARE(m_window->currentPage(), QString(pages::pipelines));
        const SelectionState& chosen = m_pipelines->selection();
        const Build* run = m_pipelines->store().find(chosen.build());
        QVERIFY(run && chosen.step() != noStep);
        QVERIFY2(QString::fromStdString(run->step(chosen.step()).name).contains(QStringLiteral("Waiting for a runner")), run->step(chosen.step()).name.c_str());
        toggle("notifyQueued");
        QVERIFY(!kept().queued && minutes->isEnabled()); // the offer to roll back goes by it, too
    }

    void aClickOnABuildLeadsToTheStepThatFailed()
    {
        const BuildId failedBuild = build("multi", true);
        build("multi", false);
        QTRY_COMPARE(shown().size(), 2);
        // It is on screen already, with another step chosen.
        m_window->selection().setBuild(failedBuild);
        m_window->selection().setStep(StepIndex{0});
        clickOn(0);
        QTRY_COMPARE(m_window->currentPage(), QString(pages::builds));
        const Build* found = m_session->store().find(failedBuild);
        QCOMPARE(m_window->selection().build(), failedBuild);
        QVERIFY(m_window->selection().step() == firstFailed(*found) && firstFailed(*found) != noStep);
    }

    void nothingWhileTheWindowIsActive()
    {
        m_watched = true;
        build("multi", true);
        toggle("notifyWhileActive");
        QVERIFY(kept().whileActive);
        build("multi", false);
        expectTitles({QStringLiteral("is built")});
    }

    void theWindowAndItsDialogsCountAsActive()
    {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QVERIFY(NotificationWiring::windowIsActive());
        QDialog dialog(m_window.get());
        dialog.open();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QVERIFY2(NotificationWiring::windowIsActive(), "whoever is in a dialog of ours is looking");
        dialog.close();
        m_window->hide();
        QTRY_VERIFY(!NotificationWiring::windowIsActive());
    }

    void oneCanBeTriedAndWhoShowsItIsSaid()
    {
        auto* service = child<QLabel>("notifyService");
        QTRY_VERIFY2(service->text().contains(QStringLiteral("Fake Desk")), qPrintable(service->text()));
        auto* button = child<QPushButton>("notifyTrial");
        QTRY_VERIFY((m_window->settingsPage().findChild<QScrollArea*>()->ensureWidgetVisible(button),
                     m_window->childAt(button->mapTo(m_window.get(), button->rect().center())) == button));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(shown().size(), 1);
        m_desk.takeService();
        m_desktop->askForService();
        QTRY_VERIFY2(service->text().contains(QStringLiteral("nothing can be shown")), qPrintable(service->text()));
        QVERIFY(m_desk.putService());
    }

    /// Pictures for eyes: LAYERLINE_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        m_session->start();
        m_pipelines->start();
        QTRY_VERIFY(source(QStringLiteral("unix:///nonexistent/given.sock")));
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            auto* area = m_window->settingsPage().findChild<QScrollArea*>();
            area->ensureWidgetVisible(child<QPushButton>("notifyTrial"), 0, 40);
            QVERIFY(m_window->grab().save(QStringLiteral("%1/settings-notifications-%2.png").arg(folder, QLatin1String(name))));
        }
        Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light);
    }
};

QTEST_MAIN(TestNotificationSettings)
#include "test_notification_settings.moc"
