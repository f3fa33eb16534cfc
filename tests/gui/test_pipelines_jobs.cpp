// What the Pipelines page gets of ended jobs when not everything can be had, and actions in the window from the click to what GitHub shows.
#include "pipelines_window.h"

#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/dispatch_dialog.h"

#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QWindow>

#include <algorithm>
#include <functional>
#include <utility>

using namespace layerline;
using namespace layerline::test;

class TestPipelinesJobs : public PipelinesWindow {
    Q_OBJECT
private:
    /// A real build's log and record as those of the amd64 job: the log names the record.
    void serveRecord(std::function<int(const QByteArray&)> status)
    {
        const auto data = [](const char* name) {
            QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/github/") + QLatin1String(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        m_github->broken = true; // and ended
        m_github->before = [status = std::move(status), log = data("amd64.log") + "2026-11-21T12:00:00.0000000Z Artifact successfully finalized (900)\n",
                            record = data("amd64.dockerbuild")](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            const int refused = status(request.path);
            if (refused)
                return FaultServer::Answer{refused, json("{'message':'not today'}"), {}, {}};
            if (request.path.endsWith("/runs/77/artifacts"))
                return FaultServer::Answer{200, json("{'artifacts':[{'id':900,'name':'acme~shop~A.dockerbuild'}]}"), {}, {}};
            if (request.path.endsWith("/artifacts/900/zip"))
                return FaultServer::Answer{200, record, {}, {}};
            return request.path.endsWith("/actions/jobs/1/logs") ? std::optional(FaultServer::Answer{200, log, {}, {}}) : std::nullopt;
        };
        m_logWait = std::chrono::milliseconds(1);
    }
    /// Steps of what the job built that come from its log, and those that come from its record.
    std::pair<int, int> stepsShown()
    {
        std::pair<int, int> counts;
        const Build* build = m_pipelines->store().find(m_pipelines->selection().build());
        for (const Step& step : build ? build->steps : std::vector<Step>()) {
            counts.first += step.digest.str().rfind('#', 0) == 0;
            counts.second += step.digest.str().rfind("sha256:", 0) == 0;
        }
        return counts;
    }

    /// Clicks on a button that has a menu, then on the action in it.
    void choose(const char* name, const char* text)
    {
        auto* button = page().findChild<QPushButton*>(QString::fromLatin1(name));
        QMenu* menu = button->menu();
        // The click returns when the menu has closed.
        const auto pick = [menu, text] {
            for (QAction* action : menu->actions()) {
                if (action->text().contains(QString::fromLatin1(text)))
                    return QTest::mouseClick(menu, Qt::LeftButton, Qt::NoModifier, menu->actionGeometry(action).center());
            }
            menu->close();
        };
        connect(menu, &QMenu::aboutToShow, this, [menu, pick] { QTimer::singleShot(0, menu, pick); }, Qt::SingleShotConnection);
        QTest::mouseClick(button, Qt::LeftButton);
    }

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void aRecordThatCanNotBeFetchedIsSaidAndTriedAgain()
    {
        bool mended = false;
        int asked = 0;
        serveRecord([&](const QByteArray& path) {
            asked += path.endsWith("/artifacts/900/zip");
            return !mended && path.endsWith("/artifacts/900/zip") ? 502 : 0;
        });
        openWithRun();
        constexpr int patience = 20'000;
        QTRY_COMPARE_WITH_TIMEOUT(asked, 7, patience); // by itself, for a while
        QTRY_VERIFY_WITH_TIMEOUT(notices().contains(QStringLiteral("502")), patience);
        QVERIFY2(notices().contains(QStringLiteral("A build record of build (linux/amd64) could not be read")), qPrintable(notices()));
        QTRY_VERIFY_WITH_TIMEOUT(stepsShown().first > 20, patience);
        QCOMPARE(stepsShown().second, 0);
        const auto button = [this] {
            QPushButton* shown = nullptr; // a line of before may be on its way out
            for (QPushButton* each : page().notices().findChildren<QPushButton*>(QStringLiteral("tryAgain")))
                shown = each->isVisible() ? each : shown;
            return shown;
        };
        QTRY_VERIFY(button());
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(m_window->grab().save(folder + QStringLiteral("/window-record-missing.png")));
        mended = true;
        const BuildId before = m_pipelines->selection().build();
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(stepsShown().second > 20, patience);
        QCOMPARE(stepsShown().first, 0); // in place of those of the log
        QVERIFY2(!notices().contains(QStringLiteral("502")), qPrintable(notices()));
        QCOMPARE(asked, 8);
        QVERIFY(m_pipelines->selection().build() == before && page().list().model().shownBuilds() == 1);
    }

    void aListOfArtifactsThatFailsIsAskedForAgainByItself()
    {
        int asked = 0;
        serveRecord([&](const QByteArray& path) { return path.endsWith("/runs/77/artifacts") && ++asked < 3 ? 502 : 0; });
        openWithRun();
        QTRY_VERIFY_WITH_TIMEOUT(stepsShown().second > 20, 20'000);
        QCOMPARE(stepsShown().first, 0);
        QVERIFY2(!notices().contains(QStringLiteral("502")), qPrintable(notices()));
    }

    /// By the mouse, as a person would: the row's menu, what would be sent, and nothing reported as done before GitHub shows it.
    void oneJobIsRunAgain()
    {
        m_github->broken = true;
        QByteArray sent;
        bool shown = false;
        m_github->before = [&](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            if (request.method == "POST") {
                sent = request.path;
                return FaultServer::Answer{201, "{}", {}, {}};
            }
            const QByteArray run = m_github->run().replace(json("'run_attempt':1"), shown ? json("'run_attempt':2") : json("'run_attempt':1"));
            if (request.path.endsWith("/actions/runs"))
                return FaultServer::Answer{200, json("{'total_count':1,'workflow_runs':[") + run + "]}", {}, {}};
            return request.path.endsWith("/runs/77") ? std::optional(FaultServer::Answer{200, run, {}, {}}) : std::nullopt;
        };
        openWithRun();
        JobsTable& jobs = page().jobs();
        QTRY_VERIFY(m_pipelines->selectedRun()->state == RunState::Completed && jobs.visualRect(jobs.model().index(0, 0)).isValid());
        const QPoint row = jobs.viewport()->mapTo(m_window.get(), jobs.visualRect(jobs.model().index(0, 0)).center());
        QTest::mouseClick(m_window->windowHandle(), Qt::RightButton, Qt::NoModifier, row); // the platform's event: it becomes the menu's
        const auto menu = [&jobs] {
            const auto menus = jobs.findChildren<QMenu*>();
            const auto open = std::find_if(menus.begin(), menus.end(), [](const QMenu* each) { return each->isVisible(); });
            return open == menus.end() ? nullptr : *open;
        };
        QTRY_VERIFY(menu());
        QAction* again = menu()->actions().front();
        QVERIFY2(again->text().contains(QStringLiteral("job again")) && again->isEnabled(), qPrintable(again->text()));
        QTest::mouseClick(menu(), Qt::LeftButton, Qt::NoModifier, menu()->actionGeometry(again).center());
        QTRY_VERIFY(dialog<ActionDialog>());
        auto* ask = dialog<ActionDialog>();
        const QString said = ask->texts().join(QLatin1Char(' '));
        QVERIFY2(said.contains(QStringLiteral("build (linux/amd64)")) && said.contains(QStringLiteral("/repos/acme/shop/actions/jobs/1/rerun")), qPrintable(said));
        QVERIFY2(sent.isEmpty(), "nothing is sent before it is confirmed");
        QTest::mouseClick(ask->findChild<QPushButton*>(QStringLiteral("actionDo")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(sent, QByteArray("/repos/acme/shop/actions/jobs/1/rerun"), 20'000);
        QVERIFY2(dialog<ActionDialog>() && m_pipelines->selectedRun()->attempt == 1, "accepted is not done");
        shown = true;
        QTRY_VERIFY_WITH_TIMEOUT(!dialog<ActionDialog>(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_pipelines->selectedRun()->attempt, 2, 20'000);
    }

    void aWorkflowIsStartedByItsForm()
    {
        QByteArray sent;
        m_github->before = [&](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            if (request.method != "POST")
                return {};
            sent = request.path + " " + request.body;
            return FaultServer::Answer{200, json("{'workflow_run_id':77,'html_url':'https://github.com/r/77'}"), {}, {}};
        };
        openWithRun();
        choose("runMore", "Start a workflow");
        QTRY_VERIFY_WITH_TIMEOUT(dialog<DispatchDialog>(), 20'000);
        auto* tag = dialog<DispatchDialog>()->findChild<QLineEdit*>(QStringLiteral("input_tag"));
        QTest::keyClicks(tag, QStringLiteral("v9"));
        QVERIFY2(sent.isEmpty(), "nothing is sent before it is confirmed");
        QTest::keyClick(tag, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(sent.contains("/dispatches ") && sent.contains(json("'tag':'v9'")), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog<DispatchDialog>(), 20'000); // GitHub shows the run
    }

    void aRunIsForcedToEnd()
    {
        QByteArray sent;
        m_github->before = [&](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            if (request.method != "POST")
                return {};
            sent = request.path;
            m_github->cancelled = true;
            return FaultServer::Answer{202, "{}", {}, {}};
        };
        openWithRun();
        choose("cancelRun", "Force");
        QTRY_VERIFY(dialog<ActionDialog>());
        QVERIFY(sent.isEmpty());
        QTest::mouseClick(dialog<ActionDialog>()->findChild<QPushButton*>(QStringLiteral("actionDo")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(sent, QByteArray("/repos/acme/shop/actions/runs/77/force-cancel"), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog<ActionDialog>() && m_pipelines->selectedRun()->state == RunState::Completed, 20'000);
    }

    void aJobThatRunsIsNotRunAgain()
    {
        openWithRun();
        JobsTable& jobs = page().jobs();
        const QPoint row = jobs.viewport()->mapTo(m_window.get(), jobs.visualRect(jobs.model().index(0, 0)).center());
        QTest::mouseClick(m_window->windowHandle(), Qt::RightButton, Qt::NoModifier, row);
        QTRY_VERIFY(!jobs.findChildren<QMenu*>().isEmpty() && jobs.findChildren<QMenu*>().back()->isVisible());
        QMenu* menu = jobs.findChildren<QMenu*>().back();
        QVERIFY(!menu->actions().front()->isEnabled()); // it runs
        QTest::keyClick(menu, Qt::Key_Escape);
        QTRY_VERIFY(jobs.findChildren<QMenu*>().isEmpty());
        QVERIFY(!dialog<ActionDialog>());
    }
};

QTEST_MAIN(TestPipelinesJobs)
#include "test_pipelines_jobs.moc"
