// The Pipelines page in the real window, asking a server that answers as GitHub does.
#include "fake_github.h"

#include "app/main_window.h"
#include "app/pipelines.h"
#include "app/settings_store.h"
#include "sources/github/token_store.h"
#include "support/fault_server/fault_server.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/dispatch_dialog.h"
#include "widgets/dialogs/repository_dialog.h"
#include "widgets/dialogs/sign_in_dialog.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/jobs_table.h"
#include "widgets/pages/pipelines_empty.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/run_notices.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestPipelines : public QObject {
    Q_OBJECT
private:
    SystemClock m_clock;
    std::unique_ptr<FakeGitHub> m_github;
    std::unique_ptr<MemoryStore> m_tokens;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Pipelines> m_pipelines;
    std::unique_ptr<MainWindow> m_window;

    PipelinesPage& page() { return *m_window->pipelinesPage(); }
    void open(const char* token)
    {
        GitHubEnvironment environment;
        environment.apiUrl = m_github->server.url().toStdString();
        environment.token = token;
        environment.tokenOrigin = *token ? "GH_TOKEN" : "";
        m_pipelines = std::make_unique<Pipelines>(*m_settings, *m_tokens, m_clock, environment);
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings, WindowServices{m_pipelines.get(), nullptr});
        m_window->resize(1280, 800);
        m_window->show();
        m_window->showPage(pages::pipelines);
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_pipelines->start();
    }
    void openWithRun()
    {
        SettingsValues values;
        values.pipelines.repositories = {QStringLiteral("acme/shop")};
        QVERIFY(m_settings->set(values));
        open("right-token");
        QTRY_VERIFY(m_pipelines->selectedRun());
        QTRY_COMPARE(page().jobs().model().rowCount(), 2);
    }
    template <class T>
    T* dialog() { return page().findChild<T*>(); }

private Q_SLOTS:
    void init()
    {
        m_github = std::make_unique<FakeGitHub>();
        m_tokens = std::make_unique<MemoryStore>();
        m_settings = std::make_unique<SettingsStore>();
        SessionOptions options;
        options.live = options.history = false;
        m_session = std::make_unique<Session>(options, m_clock);
    }
    void cleanup()
    {
        m_window.reset();
        m_pipelines.reset();
        m_session.reset();
        m_settings.reset();
    }

    void aRunOfAWatchedRepositoryShowsItsJobs()
    {
        openWithRun();
        QVERIFY(!page().empty().isVisible());
        QCOMPARE(page().list().model().shownBuilds(), 1);
        QTRY_VERIFY(page().findChild<QLabel*>(QStringLiteral("requestBudget"))->text().contains(QStringLiteral("octocat")));
        const QString said = page().notices().texts().join(QLatin1Char('\n'));
        QVERIFY2(said.contains(QStringLiteral("only when the job has ended")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("ubuntu-24.04-arm64")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("ubuntu-24.04-arm?")), qPrintable(said));
    }

    /// Pictures for eyes: LAYERLINE_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        openWithRun();
        QTRY_VERIFY(page().findChild<QLabel*>(QStringLiteral("requestBudget"))->text().contains(QStringLiteral("octocat")));
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            QVERIFY(m_window->grab().save(QStringLiteral("%1/window-pipelines-%2.png").arg(folder, QLatin1String(name))));
        }
    }

    void signInAddARepositoryByKeyboard()
    {
        open("");
        QTRY_VERIFY(page().empty().findChild<QPushButton*>()->isVisible());
        QTest::mouseClick(page().empty().findChild<QPushButton*>(), Qt::LeftButton);
        auto* signIn = dialog<SignInDialog>();
        QVERIFY(signIn);
        auto* host = signIn->findChild<QLineEdit*>(QStringLiteral("accountHost"));
        host->selectAll();
        QTest::keyClicks(host, m_github->server.url());
        QTest::keyClicks(signIn->findChild<QLineEdit*>(QStringLiteral("accountToken")), QStringLiteral("wrong"));
        QTest::keyClick(signIn->findChild<QLineEdit*>(QStringLiteral("accountToken")), Qt::Key_Return);
        QTRY_COMPARE(int(m_pipelines->accountRow().state), int(AccountRow::State::Refused));
        QTest::keyClicks(signIn->findChild<QLineEdit*>(QStringLiteral("accountToken")), QStringLiteral("right-token"));
        QTest::keyClick(signIn->findChild<QLineEdit*>(QStringLiteral("accountToken")), Qt::Key_Return);
        QTRY_COMPARE(int(m_pipelines->accountRow().state), int(AccountRow::State::SignedIn));
        QTRY_COMPARE(int(m_tokens->tokens().size()), 1); // the keyring has it, and nothing else
        signIn->close();
        QTest::mouseClick(page().findChild<QPushButton*>(QStringLiteral("addRepository")), Qt::LeftButton);
        auto* ask = dialog<RepositoryDialog>();
        QVERIFY(ask);
        auto* name = ask->findChild<QLineEdit*>(QStringLiteral("repositoryName"));
        QTest::keyClicks(name, QStringLiteral("nonsense"));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(ask->findChild<QLabel*>(QStringLiteral("repositoryProblem"))->isVisible());
        name->clear();
        QTest::keyClicks(name, QStringLiteral("https://github.com/acme/shop"));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(page().jobs().model().rowCount(), 2);
        QCOMPARE(m_settings->values().pipelines.repositories, (QStringList{QStringLiteral("acme/shop")}));
    }

    void cancellingIsShownConfirmedAndReadBack()
    {
        openWithRun();
        page().findChild<QPushButton*>(QStringLiteral("cancelRun"))->menu()->actions().front()->trigger();
        auto* ask = dialog<ActionDialog>();
        QVERIFY(ask);
        QVERIFY2(ask->texts().join(QLatin1Char(' ')).contains(QStringLiteral("/repos/acme/shop/actions/runs/77/cancel")), qPrintable(ask->texts().join(QLatin1Char(' '))));
        QVERIFY2(!m_github->cancelled, "nothing is sent before it is confirmed");
        QTest::mouseClick(ask->findChild<QPushButton*>(QStringLiteral("actionDo")), Qt::LeftButton);
        QTRY_VERIFY(m_github->cancelled);
        QTRY_VERIFY_WITH_TIMEOUT(m_pipelines->selectedRun()->state == RunState::Completed, 20'000);
        QTRY_VERIFY(!page().findChild<QPushButton*>(QStringLiteral("rerun"))->isHidden());
    }

    void theDispatchFormComesFromTheWorkflowFile()
    {
        openWithRun();
        for (QAction* action : page().findChild<QPushButton*>(QStringLiteral("runMore"))->menu()->actions()) {
            if (action->text().contains(QStringLiteral("workflow")))
                action->trigger();
        }
        QTRY_VERIFY(dialog<DispatchDialog>());
        QVERIFY(dialog<DispatchDialog>()->findChild<QLineEdit*>(QStringLiteral("input_tag")));
    }

    void aWithdrawnTokenIsSaid()
    {
        openWithRun();
        m_github->refused = true;
        m_pipelines->watcher().refresh("acme/shop");
        QTRY_COMPARE(int(m_pipelines->accountRow().state), int(AccountRow::State::Refused));
        QTRY_VERIFY(page().findChild<QLabel*>(QStringLiteral("requestBudget"))->text().contains(QStringLiteral("refused")));
    }
};

QTEST_MAIN(TestPipelines)
#include "test_pipelines.moc"
