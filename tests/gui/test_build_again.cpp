// Builds that are there already, in the real window: again, for one platform, cancelled, waiting, retried.
#include "build_window.h"

#include "app/window/session.h"
#include "widgets/pages/job_queue.h"

#include <QCheckBox>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include <csignal>

using namespace layerline;
using namespace layerline::test;

class TestBuildAgain : public BuildWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }
    void aPastBuildAgain();
    void refusalsAreSaid_data();
    void refusalsAreSaid();
    void nativeOnlyReplacesARunningBuild();
    void somebodyElsesBuild();
    void cancelEndsTheClient();
    void cancelWithoutASupervisorSaysWhoKills();
    void theWholeBakeCallOfATarget();
    void theQueueIsSeenAndLeft();
    void aFailedPlatformAlone();
};

void TestBuildAgain::aPastBuildAgain()
{
    const QString folder = project(QStringLiteral("shop"));
    publish("past", true, folder);
    select("past");
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QVERIFY(dialog());
    QTRY_VERIFY(command().contains(QStringLiteral("--platform linux/amd64,linux/arm64")));
    QVERIFY(part<QLabel>("planMissing")->text().contains(QStringLiteral("cache was exported")));
    QTRY_VERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(1).isEmpty(), patienceMs);
    const QStringList given = m_buildx->build(1);
    QVERIFY(given.contains(QStringLiteral("MODE=fast")) && given.contains(QStringLiteral("linux/amd64,linux/arm64")) && given.last() == folder);
}

void TestBuildAgain::refusalsAreSaid_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("help");
    QTest::newRow("context gone") << QStringLiteral("folder") << QStringLiteral("is gone") << QStringLiteral("another folder");
    QTest::newRow("Dockerfile moved") << QStringLiteral("file") << QStringLiteral("Dockerfile is gone") << QStringLiteral("docker/Dockerfile");
    QTest::newRow("builder gone") << QStringLiteral("builder") << QStringLiteral("no builder multi") << QStringLiteral("default");
}

void TestBuildAgain::refusalsAreSaid()
{
    QFETCH(QString, what);
    QFETCH(QString, reason);
    QFETCH(QString, help);
    const QString folder = project(QStringLiteral("shop"));
    publish("past", true, folder);
    if (what == QLatin1String("folder"))
        QVERIFY(QDir(folder).removeRecursively());
    if (what == QLatin1String("file")) {
        QVERIFY(QDir(folder).mkdir(QStringLiteral("docker")));
        QVERIFY(QFile::rename(folder + QStringLiteral("/Dockerfile"), folder + QStringLiteral("/docker/Dockerfile")));
    }
    if (what == QLatin1String("builder")) {
        m_buildx->remove(QStringLiteral("buildx/instances/multi"));
        m_session->rescan();
        QTRY_COMPARE_WITH_TIMEOUT(BuildSetup::builderNames(*m_session), std::vector<std::string>{"default"}, patienceMs);
    }
    select("past");
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QVERIFY(dialog());
    QTRY_VERIFY2(obstacles().contains(reason), qPrintable(obstacles()));
    QVERIFY2(obstacles().contains(help), qPrintable(obstacles()));
    QVERIFY(part<QLabel>("planObstacles")->isVisible());
    QVERIFY(!part<QPushButton>("startBuild")->isEnabled());
    QTest::keyClick(dialog(), Qt::Key_Return);
    QVERIFY(dialog() && m_buildx->builds() == 0);
}

void TestBuildAgain::nativeOnlyReplacesARunningBuild()
{
    const QString folder = project(QStringLiteral("shop"));
    startOwn(folder, 1);
    publish("ref-1", false, folder);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->selection().build(), m_session->store().builds().findByRef("ref-1")->id, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(part<QPushButton>("cancelBuild")->text(), QStringLiteral("Cancel…"), patienceMs); // known as ours
    auto* native = part<QPushButton>("nativeOnly");
    QTRY_VERIFY(native->isVisible());
    QCOMPARE(native->text(), QStringLiteral("amd64 only…"));
    click(native);
    QVERIFY(dialog());
    QVERIFY(part<QCheckBox>("planCancelOther")->isVisible() && dialog()->cancelsOther());
    const std::string first = m_runner->running().front().id;
    QTRY_VERIFY(command().startsWith(QStringLiteral("layerline cancel ") + QString::fromStdString(first)));
    QVERIFY(command().contains(QStringLiteral("--platform linux/amd64 ")) && !command().contains(QStringLiteral("arm64")));
    QTRY_VERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(2).isEmpty(), patienceMs);
    QVERIFY(m_buildx->build(2).contains(QStringLiteral("linux/amd64")));
    QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(m_runner->find(first).value().state)), QByteArray("canceled"), patienceMs);
}

void TestBuildAgain::somebodyElsesBuild()
{
    const QString folder = project(QStringLiteral("shop"));
    publish("theirs", false, folder);
    select("theirs");
    auto* cancel = part<QPushButton>("cancelBuild");
    QCOMPARE(cancel->text(), QStringLiteral("How to stop it…"));
    click(cancel);
    QVERIFY(action());
    QVERIFY(action()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("no call to cancel somebody else's")));
    QVERIFY(!part<QPushButton>("actionDo")->isVisible());
    QTest::keyClick(action(), Qt::Key_Escape);
    QTRY_VERIFY(!action());
    click(part<QPushButton>("nativeOnly"));
    QTRY_VERIFY(part<QLabel>("planNotes")->text().contains(QStringLiteral("not started by Layerline")));
    QVERIFY(!part<QCheckBox>("planCancelOther")->isVisible());
}

void TestBuildAgain::cancelEndsTheClient()
{
    const QString folder = project(QStringLiteral("shop"));
    startOwn(folder, 1);
    publish("ref-1", false, folder);
    QTRY_COMPARE_WITH_TIMEOUT(part<QPushButton>("cancelBuild")->text(), QStringLiteral("Cancel…"), patienceMs);
    click(part<QPushButton>("cancelBuild"));
    QVERIFY(action());
    QVERIFY(part<QPlainTextEdit>("actionCommand")->toPlainText().startsWith(QStringLiteral("kill -INT -")));
    click(part<QPushButton>("actionDo"));
    QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(m_runner->jobs().front().state)), QByteArray("canceled"), patienceMs);
}

void TestBuildAgain::cancelWithoutASupervisorSaysWhoKills()
{
    const QString folder = project(QStringLiteral("shop"));
    startOwn(folder, 1);
    publish("ref-1", false, folder);
    QTRY_COMPARE_WITH_TIMEOUT(part<QPushButton>("cancelBuild")->text(), QStringLiteral("Cancel…"), patienceMs);
    const std::string id = m_runner->jobs().front().id;
    QTRY_VERIFY_WITH_TIMEOUT(m_runner->find(id).value().supervisor.alive(), patienceMs);
    QCOMPARE(::kill(m_runner->find(id).value().supervisor.pid, SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!m_runner->find(id).value().supervisor.alive(), patienceMs);
    m_runner->setInterruptLimit(std::chrono::milliseconds(300));
    click(part<QPushButton>("cancelBuild"));
    QVERIFY(action());
    QVERIFY(action()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("this window does both")));
    const ProcessId client = m_runner->find(id).value().lanes.front().process;
    const QString pid = QString::number(client.pid);
    QCOMPARE(part<QPlainTextEdit>("actionCommand")->toPlainText(),
             QStringLiteral("kill -INT -%1\n# after ten seconds, if it still runs:\nkill -KILL -%1").arg(pid));
    QVERIFY(client.alive());
    click(part<QPushButton>("actionDo"));
    QTRY_VERIFY_WITH_TIMEOUT(!client.alive(), patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_runner->running().empty(), patienceMs);
}

/// The call's own words are known: the window started it. The record holds one target of it.
void TestBuildAgain::theWholeBakeCallOfATarget()
{
    const QString folder = project(QStringLiteral("shop"));
    const QString file = folder + QStringLiteral("/docker-bake.json");
    m_buildx->write(QStringLiteral("home/shop/docker-bake.json"), R"({"target":{"api":{},"web":{}}})");
    m_buildx->write(QStringLiteral("print"), R"({"group":{"default":{"targets":["api","web"]}},"target":{"api":{"context":"."},"web":{"context":"."}}})");
    m_window->openFile(file);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("startBuild", dialog())->isEnabled(), patienceMs);
    type("planTarget", QStringLiteral("api web"));
    QTRY_VERIFY(command().endsWith(QStringLiteral("api web\n")));
    m_buildx->allow();
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY(!dialog());
    QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(m_runner->jobs().front().state)), QByteArray("done"), patienceMs);
    publish("ref-1", true, folder, QStringLiteral("api"));
    select("ref-1");
    m_window->activateWindow(); // no window manager does, once the form has gone
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QTRY_VERIFY(dialog());
    auto* whole = part<QCheckBox>("planWholeCall");
    QVERIFY(whole->isVisible() && !whole->isChecked() && whole->text().contains(QStringLiteral("api web")));
    QTRY_VERIFY(command().contains(QStringLiteral("build --builder multi")));
    const auto missing = [&] { return part<QLabel>("planMissing")->text(); };
    QVERIFY2(!missing().contains(QStringLiteral("bake file")) && !missing().contains(QStringLiteral("entitlements")), qPrintable(missing()));
    QVERIFY(part<QLineEdit>("planContext")->isEnabled());

    QTest::keyClick(whole, Qt::Key_Space);
    QTRY_VERIFY2(command().contains(QStringLiteral("bake --builder multi --file %1 api web").arg(file)), qPrintable(command()));
    QVERIFY(missing().contains(QStringLiteral("taken as they are now")));
    QVERIFY(!part<QLineEdit>("planContext")->isEnabled() && !part<QLineEdit>("planTags")->isEnabled());
    click(part<QPushButton>("only_amd64"));
    QTRY_VERIFY2(command().contains(QStringLiteral("--set '*.platform=linux/amd64'")), qPrintable(command()));
    QTest::keyClick(whole, Qt::Key_Space); // and back: what was filled in is there again
    QTRY_VERIFY2(command().contains(QStringLiteral("build --builder multi")), qPrintable(command()));
    QVERIFY(part<QLineEdit>("planContext")->isEnabled());
    QTest::keyClick(whole, Qt::Key_Space);
    QTRY_VERIFY2(command().contains(QStringLiteral("--set '*.platform=linux/amd64'")), qPrintable(command()));
    QTRY_VERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(2).isEmpty(), patienceMs);
    const QStringList given = m_buildx->build(2);
    QVERIFY(given.first() == QLatin1String("bake") && given.contains(file) && given.endsWith(QStringLiteral("web")) && given.contains(QStringLiteral("*.platform=linux/amd64")));
}

void TestBuildAgain::theQueueIsSeenAndLeft()
{
    const QString folder = project(QStringLiteral("shop"));
    auto* queue = m_window->findChild<JobQueue*>();
    QVERIFY(!queue->isVisible());
    startOwn(folder, 1);
    m_window->openFile(folder);
    click(part<QToolButton>("moreOptions"));
    auto* limit = part<QSpinBox>("planAtMost");
    QCOMPARE(limit->value(), 2);
    QTest::keyClick(limit, Qt::Key_Down);
    QTRY_VERIFY(part<QLabel>("planNotes")->text().contains(QStringLiteral("waits until fewer than 1")));
    QTRY_VERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY(queue->isVisible());
    const QString waiting = QString::fromStdString(m_runner->jobs().front().id);
    QVERIFY(queue->findChild<QLabel*>(QStringLiteral("waiting_") + waiting));
    const auto says = [queue](const QString& text) {
        const auto labels = queue->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(text); });
    };
    QTRY_VERIFY(says(QStringLiteral("waits for multi: 1 of 1 run there")));
    QCOMPARE(m_buildx->builds(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(m_runner->find(waiting.toStdString()).value().supervisor.pid != 0, patienceMs);
    click(queue->findChild<QToolButton*>(QStringLiteral("cancelWaiting_") + waiting));
    QVERIFY(action() && action()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("out of the queue")));
    click(part<QPushButton>("actionDo"));
    QTRY_VERIFY_WITH_TIMEOUT(!queue->isVisible(), patienceMs);
    QCOMPARE(m_buildx->builds(), 1);
    m_buildx->allow();
}

void TestBuildAgain::aFailedPlatformAlone()
{
    const QString folder = project(QStringLiteral("shop"));
    m_buildx->write(QStringLiteral("status"), "1");
    m_buildx->allow();
    BuildJob job;
    job.title = "shop";
    job.builder = "multi";
    for (const char* platform : {"linux/amd64", "linux/arm64"}) {
        JobLane lane;
        lane.name = platform;
        lane.command = {m_buildx->path(QStringLiteral("bin/docker-buildx")).toStdString(), "build", "--platform", platform, "--secret", "id=npm,env=LAYERLINE_SECRET_1",
                        "--metadata-file", metadataPlaceholder, folder.toStdString()};
        job.lanes.push_back(lane);
    }
    JobSecrets secrets;
    secrets.variables["LAYERLINE_SECRET_1"] = "once";
    for (const JobLane& lane : job.lanes)
        secrets.commands.push_back(lane.command);
    QVERIFY(m_runner->start(job, secrets).ok());
    QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(m_runner->jobs().front().state)), QByteArray("failed"), patienceMs);
    QCOMPARE(m_buildx->builds(), 2);
    publish("ref-2", true, folder);
    select("ref-2");
    QMenu* menu = part<QPushButton>("rebuild")->menu();
    menu->popup(m_window->mapToGlobal(QPoint(600, 200)));
    QTRY_VERIFY(menu->isVisible());
    QAction* again = nullptr;
    for (QAction* action : menu->actions()) {
        if (action->text() == QStringLiteral("Try linux/arm64 again…"))
            again = action;
    }
    QVERIFY(again);
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(again).center());
    QTRY_VERIFY(action());
    QVERIFY(part<QPlainTextEdit>("actionCommand")->toPlainText().contains(QStringLiteral("--platform linux/arm64")));
    QVERIFY(!part<QPlainTextEdit>("actionCommand")->toPlainText().contains(QStringLiteral("amd64")));
    click(part<QPushButton>("actionDo")); // without the secret
    QTRY_VERIFY(part<QLabel>("actionProblem")->isVisible());
    type("secret_npm", QStringLiteral("twice"));
    m_buildx->remove(QStringLiteral("status"));
    click(part<QPushButton>("actionDo"));
    QTRY_VERIFY2_WITH_TIMEOUT(!m_buildx->build(3).isEmpty(), qPrintable(action() ? action()->texts().join(QLatin1Char('|')) : QString::fromStdString(m_runner->jobs().front().error)), patienceMs);
    QVERIFY(m_buildx->build(3).contains(QStringLiteral("linux/arm64")));
    QVERIFY(m_buildx->environmentOf(3).contains("=twice"));
    QTRY_VERIFY(!action());
    QCOMPARE(m_buildx->builds(), 3);
}

int main(int argc, char** argv)
{
    return runBuildWindowTest<TestBuildAgain>(argc, argv);
}

#include "test_build_again.moc"
