// Rolling a workflow back and migrating it from the Pipelines page, with real input, against a repository that remembers.
#include "fake_repository.h"

#include "app/tasks/settings_store.h"
#include "app/window/main_window.h"
#include "app/window/pipelines.h"
#include "sources/github/token_store.h"
#include "widgets/dialogs/diff_view.h"
#include "widgets/dialogs/workflow_dialog.h"
#include "widgets/dialogs/workflow_form.h"
#include "widgets/dialogs/workflow_preview.h"
#include "widgets/dialogs/workflow_progress.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/jobs_table.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/run_notices.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

const QString path = QStringLiteral(".github/workflows/image.yml");
const QString otherPath = QStringLiteral(".github/workflows/lint.yml");
const QByteArray lint = "on: push\njobs:\n  lint:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make lint\n";

QByteArray example(const char* name)
{
    QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/workflows/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool git(const QString& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=t"), QStringLiteral("-c"), QStringLiteral("user.email=t@t")} + arguments);
    return process.waitForFinished() && process.exitCode() == 0;
}

} // namespace

class TestWorkflowChange : public QObject {
    Q_OBJECT
private:
    SystemClock m_clock;
    std::unique_ptr<FakeGitHub> m_github;
    std::unique_ptr<FakeRepository> m_repository;
    std::unique_ptr<MemoryStore> m_tokens;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Pipelines> m_pipelines;
    std::unique_ptr<MainWindow> m_window;

    PipelinesPage& page() { return *m_window->pipelinesPage(); }
    /// The newest.
    WorkflowDialog* dialog()
    {
        const auto all = page().findChildren<WorkflowDialog*>();
        return all.isEmpty() ? nullptr : all.last();
    }
    template <class T>
    T* part(const char* name) { return dialog()->findChild<T*>(QLatin1String(name)); }
    QPushButton* button(const char* name) { return part<QPushButton>(name); }
    void click(QWidget* widget)
    {
        QVERIFY(widget);
        QTRY_VERIFY2(widget->isVisible() && widget->isEnabled(), qPrintable(widget->objectName()));
        QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, QPoint(8, widget->height() / 2));
    }
    QString said() { return dialog()->preview().texts().join(QLatin1Char('\n')); }
    QString steps() { return dialog()->progress().texts().join(QLatin1Char('\n')); }
    bool planned() { return dialog()->goButton().isEnabled(); }
    QString newBranch() const
    {
        for (const QString& name : m_repository->branches.keys()) {
            if (name.startsWith(QLatin1String("layerline/")) && !name.endsWith(QLatin1String("-trial")))
                return name;
        }
        return {};
    }

    void open(const QByteArray& text)
    {
        m_repository = std::make_unique<FakeRepository>(*m_github, FakeRepository::Files{{path, text}, {otherPath, lint}});
        SettingsValues values;
        values.pipelines.repositories = {QStringLiteral("acme/shop")};
        QVERIFY(m_settings->set(values));
        GitHubEnvironment environment;
        environment.apiUrl = m_github->server.url().toStdString();
        environment.token = "right-token";
        environment.tokenOrigin = "GH_TOKEN";
        m_pipelines = std::make_unique<Pipelines>(*m_settings, *m_tokens, m_clock, environment);
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings, WindowServices{m_pipelines.get(), nullptr});
        m_window->resize(1280, 800);
        m_window->show();
        m_window->showPage(pages::pipelines);
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_pipelines->start();
        QTRY_VERIFY(m_pipelines->selectedRun());
        QTRY_COMPARE(page().jobs().model().rowCount(), 2);
    }
    /// Of the run's menu.
    void openDialog(bool rollback)
    {
        page().requestChange(rollback);
        QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20'000);
        QVERIFY(QTest::qWaitForWindowExposed(dialog()));
        QTRY_VERIFY2_WITH_TIMEOUT(planned(), qPrintable(said()), 20'000);
    }
    void choose(const char* name, int index)
    {
        auto* box = part<QComboBox>(name);
        QVERIFY(box && box->isEnabled());
        box->setFocus();
        while (box->currentIndex() != index)
            QTest::keyClick(box, box->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
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
        m_repository.reset();
    }

    /// A job that waits for a label nobody has: the line on the run leads to the pull request, and back.
    void theHintOnTheRunLeadsToThePullRequestAndBack()
    {
        const QByteArray native = example("native-digests.yml");
        open(native);
        QTRY_VERIFY(page().notices().findChild<QPushButton*>(QStringLiteral("rollBack")));
        QVERIFY2(page().notices().texts().join(QLatin1Char('\n')).contains(QStringLiteral("QEMU can build it")), qPrintable(page().notices().texts().join(QLatin1Char('\n'))));
        click(page().notices().findChild<QPushButton*>(QStringLiteral("rollBack")));
        QTRY_VERIFY_WITH_TIMEOUT(dialog(), 20'000);
        QTRY_VERIFY2_WITH_TIMEOUT(planned(), qPrintable(said()), 20'000);
        QVERIFY(dialog()->preview().diff().added() > 0 && dialog()->preview().diff().removed() > 0);
        QVERIFY2(said().contains(QStringLiteral("PUT %1/repos/acme/shop/contents/%2").arg(m_github->server.url(), path)), qPrintable(said()));
        QVERIFY2(said().contains(QStringLiteral("layerline rollback acme/shop --workflow .github/workflows/image.yml --write")), qPrintable(said()));
        QVERIFY2(said().contains(QStringLiteral("Registries: stays")), qPrintable(said()));
        QVERIFY2(said().contains(QStringLiteral("Runners: differs")), qPrintable(said()));
        QCOMPARE(dialog()->goButton().text(), QStringLiteral("Open pull request"));
        click(button("changeCommandCopy") ? button("changeGo") : nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(steps().count(QStringLiteral("done:")) == 3, 20'000);
        QCOMPARE(m_repository->branches[QStringLiteral("main")][path], native);
        QVERIFY(m_repository->branches[newBranch()][path].contains("setup-qemu-action"));
        QCOMPARE(m_repository->pulls.size(), 1);
        QVERIFY(m_repository->pulls.front().body.contains(QStringLiteral("sets up QEMU")));
        click(button("changeUndo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().contains(QStringLiteral("done: Read")), 20'000);
        QVERIFY(!button("changeUndo")->isVisible());
        QCOMPARE(m_repository->branches.keys(), QStringList{QStringLiteral("main")});
        QCOMPARE(m_repository->branches[QStringLiteral("main")][path], native);
        QVERIFY(!m_repository->pulls.front().open);
        click(button("changeClose"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog() || !dialog()->isVisible(), 20'000);
    }

    void onlyWhatIsPossibleCanBeChosenAndTheRestSaysWhy()
    {
        open(example("native-digests.yml"));
        m_repository->history = {{"aaaa000011112222", "2025-03-12T10:00:00Z", "Native runners", example("native-digests.yml")},
                                 {"bbbb000011112222", "2025-02-01T10:00:00Z", "Bump", example("qemu-dockerhub.yml")},
                                 {"cccc000011112222", "2025-01-01T10:00:00Z", "First", example("qemu-distribute.yml")}};
        openDialog(true);
        QVERIFY(part<QRadioButton>("source0")->isChecked());
        QVERIFY(part<QRadioButton>("source1")->isEnabled());
        QVERIFY(!part<QRadioButton>("source2")->isEnabled());
        QCOMPARE(part<QLabel>("sourceNote2")->text(), QStringLiteral("No other workflow builds these platforms with QEMU."));
        QVERIFY(!part<QRadioButton>("source3")->isEnabled());
        QCOMPARE(part<QLabel>("sourceNote3")->text(), QStringLiteral("It does not call docker/github-builder."));
        QCOMPARE(part<QComboBox>("sourceChoice1")->count(), 2);
        click(part<QRadioButton>("source1"));
        QTRY_VERIFY2_WITH_TIMEOUT(planned() && said().contains(QStringLiteral("As it was in commit bbbb0000")), qPrintable(said()), 20'000);
        // Actions of then: said before anything is written.
        QVERIFY2(part<QLabel>("changeWarnings")->isVisible() && !part<QLabel>("changeWarnings")->text().isEmpty(), qPrintable(said()));
        choose("sourceChoice1", 1);
        QTRY_VERIFY2_WITH_TIMEOUT(planned() && said().contains(QStringLiteral("As it was in commit cccc0000")), qPrintable(said()), 20'000);
        QVERIFY2(said().contains(QStringLiteral("--source history --from cccc000011112222 --write")), qPrintable(said()));
        QVERIFY(m_repository->writes.isEmpty());
    }

    /// Each request that changes something refused once, in each way GitHub refuses: what is done is shown, and it goes on.
    void everyStepFailingInTurnIsShownAndTakenUp_data()
    {
        QTest::addColumn<QList<int>>("statuses");
        QTest::newRow("refused") << QList<int>{422, 409, 403, 422, 409, 422};
        QTest::newRow("offline") << QList<int>{0, 0, 0, 0, 0, 0};
    }
    void everyStepFailingInTurnIsShownAndTakenUp()
    {
        QFETCH(QList<int>, statuses);
        const QByteArray native = example("native-digests.yml");
        open(native);
        openDialog(true);
        click(part<QCheckBox>("alsoTrial"));
        QTRY_VERIFY_WITH_TIMEOUT(planned() && dialog()->goButton().text() == QStringLiteral("Open pull request and try it"), 20'000);
        const QByteArrayList parts{"POST /repos/acme/shop/git/refs", "PUT /repos", "POST /repos/acme/shop/pulls", "POST /repos/acme/shop/git/refs", "PUT /repos", "/dispatches"};
        for (int step = 0; step < parts.size(); ++step) {
            m_repository->faults = {{parts[step], statuses[step]}};
            click(button("changeGo"));
            QTRY_VERIFY_WITH_TIMEOUT(steps().contains(QStringLiteral("failed:")), 20'000);
            QTRY_COMPARE(button("changeGo")->text(), QStringLiteral("Go on where it stopped"));
            const QStringList lines = dialog()->progress().texts();
            QVERIFY2(lines[step].startsWith(QStringLiteral("failed:")), qPrintable(steps()));
            for (int before = 0; before < step; ++before)
                QVERIFY2(lines[before].startsWith(QStringLiteral("done:")), qPrintable(steps()));
            for (int after = step + 1; after < parts.size(); ++after)
                QVERIFY2(lines[after].startsWith(QStringLiteral("to do:")), qPrintable(steps()));
            QVERIFY(!part<QLabel>("changeProblem")->text().isEmpty());
            QCOMPARE(m_repository->writes.size(), step);
            QCOMPARE(m_repository->branches[QStringLiteral("main")][path], native);
        }
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().count(QStringLiteral("done:")) == 6, 20'000);
        QCOMPARE(m_repository->writes.size(), 6);
        QCOMPARE(m_repository->pulls.size(), 1);
        QCOMPARE(m_repository->runs.size(), 1);
        const QByteArray trial = m_repository->branches[newBranch() + QStringLiteral("-trial")][path];
        QVERIFY(trial.contains("push: false") && !trial.contains("push: true") && trial.contains("workflow_dispatch"));
        // The way back fails half way, too.
        m_repository->faults = {{"DELETE /repos", 403}};
        click(button("changeUndo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().contains(QStringLiteral("failed:")), 20'000);
        click(button("changeGo"));
        QTRY_COMPARE_WITH_TIMEOUT(m_repository->branches.keys(), QStringList{QStringLiteral("main")}, 20'000);
        QTRY_VERIFY(steps().contains(QStringLiteral("done: Read")));
    }

    /// A classic token without the scope: said with the plan, and no branch is made for a commit that would fail.
    void whatTheTokenLacksIsSaidBeforeAnythingIsWritten()
    {
        open(example("native-digests.yml"));
        m_repository->scopes = "repo";
        openDialog(true);
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("The token lacks the permission workflow, which writing a workflow file needs")), qPrintable(said()), 20'000);
        QVERIFY(part<QLabel>("changeWarnings")->isVisible());
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().contains(QStringLiteral("failed:")), 20'000);
        QVERIFY2(part<QLabel>("changeProblem")->text().startsWith(QStringLiteral("Nothing was written: ")), qPrintable(steps()));
        QVERIFY2(part<QLabel>("changeProblem")->text().contains(QStringLiteral("permission workflow")), qPrintable(steps()));
        QVERIFY2(m_repository->writes.isEmpty(), qPrintable(m_repository->writes.join(QLatin1Char('\n'))));
        QCOMPARE(m_repository->branches.keys(), QStringList{QStringLiteral("main")});
        m_repository->scopes = "repo, workflow";
        QTRY_COMPARE(button("changeGo")->text(), QStringLiteral("Go on where it stopped"));
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().count(QStringLiteral("done:")) == 3, 20'000);
    }

    /// Nobody knows of a token without scopes what it may write: a warning, and it is tried.
    void whatTheTokenMayLackIsAWarning()
    {
        open(example("native-digests.yml"));
        openDialog(true);
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("Only using the token shows whether it has contents=write, workflows=write, pull_requests=write")), qPrintable(said()), 20'000);
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().count(QStringLiteral("done:")) == 3, 20'000);
    }

    void theTrialIsFollowedOnThePage()
    {
        open(example("native-digests.yml"));
        openDialog(true);
        choose("workflowRoute", 2);
        QTRY_VERIFY_WITH_TIMEOUT(planned() && dialog()->goButton().text() == QStringLiteral("Run trial on branch"), 20'000);
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().count(QStringLiteral("done:")) == 3, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(steps().contains(QStringLiteral("workflow_dispatch on layerline/")), 20'000);
        m_repository->runs.front().status = "completed";
        m_repository->runs.front().conclusion = "\"success\"";
        m_pipelines->watcher().refresh("acme/shop");
        QTRY_VERIFY_WITH_TIMEOUT(!steps().contains(QStringLiteral("queued:")), 20'000);
        click(button("showRun"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog()->isVisible(), 20'000);
        QTRY_COMPARE(m_pipelines->selectedRun()->key.id, std::int64_t(900));
        // The way back is still there.
        click(page().findChild<QPushButton*>(QStringLiteral("changeShow")));
        QTRY_VERIFY_WITH_TIMEOUT(dialog()->isVisible(), 20'000);
        click(button("changeUndo"));
        QTRY_COMPARE_WITH_TIMEOUT(m_repository->branches.keys(), QStringList{QStringLiteral("main")}, 20'000);
    }

    void aCommitStraightToTheBranchComesBackByteForByte()
    {
        const QByteArray native = example("native-digests.yml");
        open(native);
        openDialog(true);
        choose("workflowRoute", 1);
        QTRY_VERIFY_WITH_TIMEOUT(planned() && dialog()->goButton().text() == QStringLiteral("Commit to main"), 20'000);
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(m_repository->branches[QStringLiteral("main")][path].contains("setup-qemu-action"), 20'000);
        click(button("changeUndo"));
        QTRY_COMPARE_WITH_TIMEOUT(m_repository->branches[QStringLiteral("main")][path], native, 20'000);
        QTRY_VERIFY(steps().contains(QStringLiteral("done: Read")));
    }

    void aMergedChangeIsChangedBackByAnother()
    {
        const QByteArray native = example("native-digests.yml");
        open(native);
        openDialog(true);
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().count(QStringLiteral("done:")) == 3, 20'000);
        const QByteArray qemu = m_repository->branches[newBranch()][path];
        m_repository->branches[QStringLiteral("main")][path] = qemu;
        m_repository->history = {{"dddd000011112222", "2025-04-01T10:00:00Z", "Merged", qemu}, {"aaaa000011112222", "2025-03-12T10:00:00Z", "Native", native}};
        click(button("changeUndo"));
        QTRY_VERIFY_WITH_TIMEOUT(button("changeUndo")->isVisible() && button("changeUndo")->text() == QStringLiteral("Change it back…"), 20'000);
        WorkflowDialog* first = dialog();
        click(button("changeUndo"));
        QTRY_VERIFY_WITH_TIMEOUT(dialog() && dialog() != first, 20'000);
        QTRY_VERIFY2_WITH_TIMEOUT(planned() && said().contains(QStringLiteral("As it was in commit aaaa0000")), qPrintable(said()), 20'000);
        QVERIFY(said().contains(QStringLiteral("layerline migrate")));
    }

    void anotherFileAndAFileThatIsThere()
    {
        open(example("native-digests.yml"));
        m_repository->branches[QStringLiteral("main")][QStringLiteral(".github/workflows/qemu.yml")] = example("qemu-ghcr-metadata.yml");
        openDialog(true);
        click(part<QRadioButton>("toOther"));
        QTest::keyClicks(part<QLineEdit>("otherFile"), QStringLiteral("emulated.yml"));
        QTRY_VERIFY2_WITH_TIMEOUT(planned() && said().contains(QStringLiteral("--as emulated.yml")), qPrintable(said()), 20'000);
        QVERIFY2(part<QLabel>("changeWarnings")->text().contains(QStringLiteral("both would run")), qPrintable(said()));
        QVERIFY(!part<QCheckBox>("alsoTrial")->isEnabled());
        QVERIFY(part<QLabel>("trialNote")->text().contains(QStringLiteral("after it is merged")));
        QVERIFY(said().contains(QStringLiteral("/dev/null")));
        click(part<QRadioButton>("source2"));
        QTRY_VERIFY2_WITH_TIMEOUT(planned() && dialog()->goButton().text() == QStringLiteral("Start the workflow"), qPrintable(said()), 20'000);
        click(button("changeGo"));
        QTRY_COMPARE_WITH_TIMEOUT(m_repository->runs.size(), 1, 20'000);
        QCOMPARE(m_repository->writes.size(), 1);
    }

    void migratingWithItsOptions()
    {
        open(example("qemu-dockerhub.yml"));
        openDialog(false);
        QVERIFY(said().contains(QStringLiteral("layerline migrate acme/shop")));
        QTest::keyClicks(part<QLineEdit>("extraPlatforms"), QStringLiteral("linux/riscv64"));
        QTest::keyClicks(part<QLineEdit>("nativeRunners"), QStringLiteral("arm64=my-arm"));
        click(part<QCheckBox>("warmOn"));
        QTest::keyClicks(part<QPlainTextEdit>("pathRules"), QStringLiteral("linux/arm64=docker/arm64/**"));
        QTRY_VERIFY2_WITH_TIMEOUT(planned() && said().contains(QStringLiteral("my-arm")) && said().contains(QStringLiteral("riscv64")) && said().contains(QStringLiteral("cron")), qPrintable(said()), 20'000);
        QVERIFY2(said().contains(QStringLiteral("--runner arm64=my-arm --platform linux/riscv64")) || said().contains(QStringLiteral("--platform linux/riscv64 --runner arm64=my-arm")), qPrintable(said()));
        QVERIFY(said().contains(QStringLiteral("--warm '17 3 * * 1-5'")));
        part<QLineEdit>("extraPlatforms")->clear();
        QTest::keyClicks(part<QLineEdit>("extraPlatforms"), QStringLiteral("nonsense/"));
        QTRY_VERIFY(part<QLabel>("changeStatus")->text().contains(QStringLiteral("no platform")));
        QVERIFY(!planned());
        click(button("changeClose"));
        QVERIFY(m_repository->writes.isEmpty());
    }

    void theFileOfALocalCloneIsWrittenAndComesBack()
    {
        QTemporaryDir clone, data;
        qputenv("XDG_DATA_HOME", data.path().toUtf8()); // where the old bytes are kept
        const QByteArray native = example("native-digests.yml");
        QVERIFY(QDir(clone.path()).mkpath(QStringLiteral(".github/workflows")));
        const auto write = [&](const QByteArray& text) {
            QFile file(clone.filePath(path));
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        const auto present = [&] {
            QFile file(clone.filePath(path));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(git(clone.path(), {QStringLiteral("init"), QStringLiteral("-q")}));
        QVERIFY(git(clone.path(), {QStringLiteral("remote"), QStringLiteral("add"), QStringLiteral("origin"), QStringLiteral("https://github.com/acme/shop.git")}));
        for (const QByteArray& text : {example("qemu-dockerhub.yml"), native})
            QVERIFY(write(text) && git(clone.path(), {QStringLiteral("add"), QStringLiteral(".")}) && git(clone.path(), {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("c")}));
        open(native);
        m_pipelines->rememberFolder(clone.path());
        openDialog(true);
        choose("workflowPlace", 1);
        QTRY_VERIFY2_WITH_TIMEOUT(planned() && dialog()->goButton().text() == QStringLiteral("Write file"), qPrintable(said()), 20'000);
        QVERIFY(part<QRadioButton>("source1")->isEnabled());
        QVERIFY2(said().contains(QStringLiteral("layerline rollback %1 --workflow").arg(clone.path())), qPrintable(said()));
        click(button("changeGo"));
        QTRY_VERIFY(present().contains("setup-qemu-action"));
        click(button("changeUndo"));
        QTRY_COMPARE(present(), native);
        QVERIFY(m_repository->writes.isEmpty());
        // Changed by somebody in between: nothing is overwritten.
        click(button("changeOther"));
        QTRY_VERIFY_WITH_TIMEOUT(planned(), 20'000);
        QVERIFY(write("on: push\n"));
        click(button("changeGo"));
        QTRY_VERIFY(steps().contains(QStringLiteral("was changed meanwhile")));
        QCOMPARE(present(), QByteArray("on: push\n"));
    }

    void bothWaysAreInTheMenus()
    {
        open(example("native-digests.yml"));
        int found = 0;
        for (QAction* action : page().findChild<QPushButton*>(QStringLiteral("runMore"))->menu()->actions())
            found += action->text().contains(QStringLiteral("QEMU")) || action->text().contains(QStringLiteral("native runners"));
        QCOMPARE(found, 2);
        QListView* list = page().list().view();
        const QPoint row = list->visualRect(list->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, row, list->viewport()->mapToGlobal(row));
        QCoreApplication::sendEvent(list->viewport(), &event);
        QMenu* menu = page().findChild<QPushButton*>(QStringLiteral("runMore"))->menu();
        QTRY_VERIFY(menu->isVisible());
        for (QAction* action : menu->actions()) {
            if (action->text().contains(QStringLiteral("QEMU")))
                QTest::mouseClick(menu, Qt::LeftButton, Qt::NoModifier, menu->actionGeometry(action).center());
        }
        QTRY_VERIFY_WITH_TIMEOUT(dialog() && planned(), 20'000);
    }

    /// Pictures for eyes: LAYERLINE_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        open(example("native-digests.yml"));
        m_repository->history = {{"bbbb000011112222", "2025-02-01T10:00:00Z", "Build for arm64 too", example("qemu-dockerhub.yml")}};
        openDialog(true);
        const auto shoot = [&](const QString& name) {
            for (const auto& [kind, theme] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
                Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
                for (int turn = 0; turn < 5; ++turn)
                    QTest::qWait(20);
                QVERIFY(dialog()->grab().save(QStringLiteral("%1/change-%2-%3.png").arg(folder, name, QLatin1String(theme))));
            }
            QVERIFY(m_window->grab().save(QStringLiteral("%1/change-page.png").arg(folder)));
        };
        shoot(QStringLiteral("diff"));
        auto* tabs = part<QTabWidget>("changeTabs");
        tabs->setCurrentIndex(1);
        shoot(QStringLiteral("stays"));
        tabs->setCurrentIndex(2);
        shoot(QStringLiteral("calls"));
        click(part<QRadioButton>("source1"));
        QTRY_VERIFY_WITH_TIMEOUT(planned(), 20'000);
        tabs->setCurrentIndex(0);
        shoot(QStringLiteral("history"));
        click(part<QRadioButton>("wayOver"));
        QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("changeStatus")->text().contains(QStringLiteral("no way")), 20'000);
        shoot(QStringLiteral("impossible"));
        click(part<QRadioButton>("wayBack"));
        QTRY_VERIFY_WITH_TIMEOUT(planned(), 20'000);
        m_repository->faults = {{"POST /repos/acme/shop/pulls", 403}};
        click(button("changeGo"));
        QTRY_VERIFY_WITH_TIMEOUT(steps().contains(QStringLiteral("failed:")), 20'000);
        shoot(QStringLiteral("failed"));
    }
};

QTEST_MAIN(TestWorkflowChange)
#include "test_workflow_change.moc"
