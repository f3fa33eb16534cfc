// The Pipelines page in the real window, asking a server that answers as GitHub does.
#include "pipelines_window.h"

#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/dispatch_dialog.h"
#include "widgets/dialogs/error_dialog.h"
#include "widgets/dialogs/repository_dialog.h"
#include "widgets/dialogs/sign_in_dialog.h"
#include "widgets/pages/example_bar.h"
#include "widgets/pages/pipelines_empty.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

using namespace layerline;
using namespace layerline::test;

class TestPipelines : public PipelinesWindow {
    Q_OBJECT
private:
    /// The user's ~/.config/layerline/runners.json.
    void writeRunnerTable(const QByteArray& text)
    {
        QVERIFY(QDir(m_config->path()).mkpath(QStringLiteral("layerline")));
        QFile file(m_config->filePath(QStringLiteral("layerline/runners.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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

    /// GitHub stores a log some seconds after its job has ended, and no news tells when.
    void aLogThatIsNotThereYetIsAskedForAgain()
    {
        QFile log(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/github/amd64.log"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        int asked = 0;
        m_github->broken = true; // and ended
        m_github->before = [&, text = log.readAll()](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            if (request.path.endsWith("/runs/77/artifacts"))
                return FaultServer::Answer{200, json("{'artifacts':[]}"), {}, {}};
            if (!request.path.endsWith("/actions/jobs/1/logs"))
                return {};
            return ++asked < 3 ? FaultServer::Answer{404, json("{'message':'Not Found'}"), {}, {}} : FaultServer::Answer{200, text, {}, {}};
        };
        m_logWait = std::chrono::milliseconds(10);
        openWithRun();
        QTRY_COMPARE(int(m_pipelines->builtBySelected().size()), 1);
        QCOMPARE(asked, 3);
    }

    void aLogThatNeverComesIsLeftAtLast()
    {
        int asked = 0;
        m_github->broken = true;
        m_github->before = [&](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            asked += request.path.endsWith("/actions/jobs/1/logs");
            return {};
        };
        m_logWait = std::chrono::milliseconds(1);
        openWithRun();
        QTRY_COMPARE(asked, 7);
        // The next would have come after 64 ms.
        bool passed = false;
        QTimer::singleShot(500, this, [&] { passed = true; });
        QTRY_VERIFY(passed);
        QCOMPARE(asked, 7);
    }

    void runnersAreThoseOfTheRunsOwnRepository()
    {
        m_github->waitsFor = json("'self-hosted','gpu'");
        QByteArray state = "offline";
        m_github->before = [&](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            if (request.path.endsWith("/acme/shop/actions/runners"))
                return FaultServer::Answer{200, json("{'runners':[{'id':1,'name':'box','status':'" + state + "','busy':true,'labels':[{'name':'self-hosted'},{'name':'gpu'}]}]}"), {}, {}};
            if (!request.path.startsWith("/repos/acme/other/"))
                return {};
            if (request.path.endsWith("/runs/78/jobs"))
                return FaultServer::Answer{200, m_github->jobs().replace("77", "78").replace(json("'id':1,"), json("'id':11,")).replace(json("'id':2,"), json("'id':12,")), {}, {}};
            const QByteArray run = m_github->run().replace(json("'id':77"), json("'id':78"));
            if (request.path.endsWith("/actions/runs"))
                return FaultServer::Answer{200, json("{'total_count':1,'workflow_runs':[") + run + "]}", {}, {}};
            return request.path.endsWith("/runs/78") ? std::optional(FaultServer::Answer{200, run, {}, {}}) : std::nullopt;
        };
        openWithRun({QStringLiteral("acme/shop"), QStringLiteral("acme/other")});
        const auto selected = [this](const RunKey& run) {
            m_pipelines->select(run);
            const RunPtr now = m_pipelines->selectedRun();
            return now && now->key == run && !now->jobs.empty();
        };
        // The watcher looks at several repositories one after the other.
        constexpr int patience = 20'000;
        QTRY_VERIFY_WITH_TIMEOUT(selected({"acme/shop", 77}), patience);
        QTRY_VERIFY_WITH_TIMEOUT(notices().contains(QStringLiteral("offline")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(selected({"acme/other", 78}), patience);
        QVERIFY2(!notices().contains(QStringLiteral("offline")), qPrintable(notices()));
        // What is older than a minute is asked for again.
        state = "online";
        m_clock.ahead = {61'000'000'000};
        QVERIFY(selected({"acme/shop", 77}));
        QTRY_VERIFY_WITH_TIMEOUT(notices().contains(QStringLiteral("busy")), patience);
    }

    /// GitHub's lists tell of the latest attempt alone: an earlier one that nobody watched is asked for.
    void anEarlierAttemptIsFetchedAndShown()
    {
        m_github->broken = true;
        bool gone = true;
        const auto second = [](QByteArray text) { return text.replace(json("'run_attempt':1"), json("'run_attempt':2")); };
        m_github->before = [&](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            if (request.path.endsWith("/runs/77/attempts/1") && gone)
                return FaultServer::Answer{404, json("{'message':'Not Found'}"), {}, {}};
            if (request.path.endsWith("/runs/77/attempts/1"))
                return FaultServer::Answer{200, m_github->run(), {}, {}};
            if (request.path.endsWith("/runs/77/attempts/1/jobs"))
                return FaultServer::Answer{200, m_github->jobs().replace(json("'id':1,"), json("'id':11,")).replace(json("'id':2,"), json("'id':12,")), {}, {}};
            if (request.path.endsWith("/actions/runs"))
                return FaultServer::Answer{200, json("{'total_count':1,'workflow_runs':[") + second(m_github->run()) + "]}", {}, {}};
            return request.path.endsWith("/runs/77") ? std::optional(FaultServer::Answer{200, second(m_github->run()), {}, {}}) : std::nullopt;
        };
        openWithRun();
        QCOMPARE(m_pipelines->selectedRun()->attempt, 2);
        const auto attempts = [this] { return page().findChild<QMenu*>(QStringLiteral("runAttempts"))->actions(); };
        QTRY_COMPARE(int(attempts().size()), 2);
        QVERIFY(attempts()[0]->isChecked() && attempts()[0]->text().contains(QStringLiteral("latest")));
        auto* again = page().findChild<QPushButton*>(QStringLiteral("rerun"));
        QVERIFY(again->isVisible());
        attempts()[1]->trigger(); // it is too old for GitHub
        QTRY_VERIFY(m_window->findChild<ErrorDialog*>());
        m_window->findChild<ErrorDialog*>()->close();
        QCOMPARE(m_pipelines->selectedRun()->attempt, 2);
        gone = false;
        attempts()[1]->trigger();
        QTRY_COMPARE(m_pipelines->selectedRun()->attempt, 1);
        QTRY_COMPARE(page().jobs().model().rowCount(), 2);
        QCOMPARE(page().jobs().model().job(0)->id, std::int64_t(11));
        QVERIFY2(notices().contains(QStringLiteral("attempt 1 of 2")), qPrintable(notices()));
        QVERIFY(!again->isVisible()); // only the latest can be run again
        const Build* shown = m_pipelines->store().find(m_pipelines->selection().build());
        QVERIFY(shown && std::any_of(shown->steps.begin(), shown->steps.end(), [](const Step& step) { return step.name.find("linux/arm64") != std::string::npos; }));
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(m_window->grab().save(folder + QStringLiteral("/window-attempt.png")));
        attempts()[0]->trigger();
        QTRY_COMPARE(m_pipelines->selectedRun()->attempt, 2);
        QVERIFY(again->isVisible());
    }

    void whoLooksAtTheLatestAttemptSeesTheNextOneBegin()
    {
        m_github->broken = true;
        bool again = false;
        int asked = 0;
        m_github->before = [&](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            asked += request.path.contains("/attempts/");
            const QByteArray run = m_github->run().replace(json("'run_attempt':1"), again ? json("'run_attempt':2") : json("'run_attempt':1"));
            if (request.path.endsWith("/actions/runs"))
                return FaultServer::Answer{200, json("{'total_count':1,'workflow_runs':[") + run + "]}", {}, {}};
            return request.path.endsWith("/runs/77") ? std::optional(FaultServer::Answer{200, run, {}, {}}) : std::nullopt;
        };
        openWithRun();
        QCOMPARE(m_pipelines->selectedRun()->attempt, 1);
        again = true;
        m_pipelines->watcher().refresh("acme/shop");
        QTRY_COMPARE(m_pipelines->selectedRun()->attempt, 2);
        // The first one was seen to its end: nobody is asked for it.
        m_pipelines->selectAttempt(1);
        QCOMPARE(m_pipelines->selectedRun()->attempt, 1);
        const auto before = m_github->server.requests().size();
        m_pipelines->watcher().refresh("acme/shop");
        QTRY_VERIFY(m_github->server.requests().size() > before && m_pipelines->watcher().status("acme/shop").nextLook.has_value());
        QCOMPARE(m_pipelines->selectedRun()->attempt, 1); // who looks at an earlier one stays
        QCOMPARE(asked, 0);
    }

    /// The menu bar's actions are those of what is on screen, and there is nobody behind an example.
    void inTheExampleTheMenuSaysWhyNothingCanBeChanged()
    {
        open("");
        const auto actions = [this] {
            QList<QAction*> found;
            for (QAction* menu : m_window->menuBar()->actions()) {
                for (QAction* action : menu->menu() ? menu->menu()->actions() : QList<QAction*>()) {
                    if (action->text().contains(QStringLiteral("QEMU")) || action->text().contains(QStringLiteral("ative runners")))
                        found << action;
                }
            }
            return found;
        };
        QCOMPARE(int(actions().size()), 2);
        for (const bool shown : {true, false}) {
            shown ? m_pipelines->showExample() : m_pipelines->closeExample();
            for (const QAction* action : actions()) {
                QCOMPARE(action->isEnabled(), !shown);
                QCOMPARE(action->toolTip() == ExampleBar::reason(), shown);
            }
        }
    }

    void theUsersOwnTableOfRunnersIsTheWindows()
    {
        QFile own(QStringLiteral(LAYERLINE_SOURCE_DIR "/resources/data/runners.json"));
        QVERIFY(own.open(QIODevice::ReadOnly));
        writeRunnerTable(own.readAll().replace(json("'ubuntu-24.04-arm'"), json("'ubuntu-24.04-arm64'")));
        openWithRun();
        QTRY_VERIFY2(notices().contains(QStringLiteral("only when the job has ended")), qPrintable(notices()));
        QVERIFY2(!notices().contains(QStringLiteral("no such runner")), qPrintable(notices()));
        QVERIFY(!m_window->findChild<ErrorDialog*>());
    }

    void aBrokenTableOfRunnersIsSaidOnce()
    {
        writeRunnerTable(json("{'labels': [{'label': 7}]}"));
        openWithRun();
        QTRY_VERIFY(m_window->findChild<ErrorDialog*>());
        QCOMPARE(int(m_window->findChildren<ErrorDialog*>().size()), 1);
        const auto* said = m_window->findChild<ErrorDialog*>();
        QVERIFY2(said->technical().contains(QStringLiteral("runner table")), qPrintable(said->technical()));
        QVERIFY2(said->technical().contains(m_config->filePath(QStringLiteral("layerline/runners.json"))), qPrintable(said->technical()));
        QVERIFY2(notices().contains(QStringLiteral("ubuntu-24.04-arm?")), "the one that came with the program serves meanwhile");
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
        auto* tag = dialog<DispatchDialog>()->findChild<QLineEdit*>(QStringLiteral("input_tag"));
        QVERIFY(tag);
        tag->setText(QStringLiteral("v9"));
        const QString call = dialog<DispatchDialog>()->findChild<QPlainTextEdit*>(QStringLiteral("dispatchCall"))->toPlainText();
        QVERIFY2(call.startsWith(QStringLiteral("POST http")) && call.contains(QStringLiteral("/repos/acme/shop/actions/workflows/")) && call.contains(QStringLiteral("\"tag\":\"v9\"")), qPrintable(call));
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
