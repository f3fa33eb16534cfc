// What people do to builders and their records, with clicks and keys in the real window: a script in the place of buildx
// writes down what it is called with, engines of this process answer for the rest.
#include "app/tasks/settings_store.h"
#include "app/window/clean_up_offer.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "sources/runner/build_runner.h"
#include "sources/runner/supervisor.h"
#include "support/fake_buildkitd/fake_buildkitd.h"
#include "support/fake_buildkitd/fake_docker.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/node_dialog.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/builders_page.h"
#include "widgets/pages/notice_bar.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace layerline;
using namespace layerline::test;

namespace {

constexpr int patienceMs = 30'000;

void write(const QString& path, const QByteArray& content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

/// "use|multi": one call a line. `ls`, which discovery calls by itself, is answered and not written down.
const QByteArray script = R"(#!/bin/sh
here=$(dirname "$0")
[ "$1" = ls ] && exit 0
line=$1
shift
for word; do line="$line|$word"; done
echo "$line" >>"$here/../calls"
while [ -e "$here/../hold" ]; do sleep 0.02; done
if [ -e "$here/../refuse" ]; then
    echo 'some words before it' >&2
    echo 'ERROR: the builder is in use' >&2
    exit 1
fi
exit 0
)";

} // namespace

class TestBuilderActions : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<FakeBuildkitd> m_first, m_second;
    std::unique_ptr<FakeDocker> m_docker;
    std::unique_ptr<SettingsStore> m_store;
    std::unique_ptr<BuildRunner> m_runner;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    QStringList calls() const
    {
        QFile file(path("calls"));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts) : QStringList();
    }
    template <class Widget>
    Widget* child(const char* name) const { return m_window->findChild<Widget*>(QLatin1String(name)); }

    /// Opens a button's menu and clicks an entry. The menu has an event loop of its own while it is open.
    void choose(const char* button, const QString& entry)
    {
        auto* opener = child<QPushButton>(button);
        QVERIFY2(opener && opener->isVisible(), button);
        const auto found = std::make_shared<QString>(QStringLiteral("no menu"));
        QTimer::singleShot(0, this, [found, entry] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (!menu)
                return;
            *found = QStringLiteral("no entry");
            for (QAction* action : menu->actions()) {
                if (action->text() != entry)
                    continue;
                *found = action->isEnabled() ? entry : QStringLiteral("disabled");
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            }
            menu->close();
        });
        QTest::mouseClick(opener, Qt::LeftButton);
        QCOMPARE(*found, entry);
    }
    ActionDialog* dialog() const
    {
        for (ActionDialog* one : m_window->findChildren<ActionDialog*>()) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }
    QString command() const { return dialog() ? dialog()->findChild<QPlainTextEdit*>(QStringLiteral("actionCommand"))->toPlainText() : QString(); }
    QString problem() const { return dialog()->findChild<QLabel*>(QStringLiteral("actionProblem"))->text(); }
    QPushButton* doIt() const { return dialog()->findChild<QPushButton*>(QStringLiteral("actionDo")); }
    /// "regular 1.0 GB" for each row of the parts.
    QString parts() const
    {
        const auto* table = dialog()->findChild<QTableWidget*>(QStringLiteral("actionParts"));
        QStringList rows;
        for (int row = 0; row < table->rowCount(); ++row)
            rows += table->item(row, 0)->text() + QLatin1Char(' ') + table->item(row, 1)->text();
        return rows.join(QLatin1Char('\n'));
    }
    void confirm()
    {
        QVERIFY(dialog() && doIt()->isEnabled());
        QTest::mouseClick(doIt(), Qt::LeftButton);
    }

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void whatIsShownIsWhatRuns_data();
    void whatIsShownIsWhatRuns();
    void nothingRunsUnlessConfirmed();
    void aRefusalKeepsTheDialog();
    void cleanUpFollowsItsChoices();
    void aNodeIsAdded();
    void aBuilderIsMade();
    void basesAreFetched();
    void aProjectWithoutBasesIsRefused();
    void whatABuildLeftIsOfferedToGo();
    void recordsAreKeptAndDeleted();
    void cacheRecordsAgeSinceTheirLastUse();
    void pictures();
};

void TestBuilderActions::initTestCase()
{
    write(path("bin/docker-buildx"), script);
    QVERIFY(QFile::setPermissions(path("bin/docker-buildx"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("PATH", path("bin").toLocal8Bit() + ":/usr/bin:/bin");
    qputenv("DOCKER_CONFIG", path("docker").toLocal8Bit());
    qputenv("BUILDX_CONFIG", path("buildx").toLocal8Bit());
    qputenv("DOCKER_HOST", "unix://" + path("none.sock").toLocal8Bit());
    qputenv("XDG_STATE_HOME", path("state").toLocal8Bit());
    Theme::apply(*qApp, ThemeKind::Dark);
    m_first = std::make_unique<FakeBuildkitd>(path("first.sock").toStdString(), "worker-1");
    m_second = std::make_unique<FakeBuildkitd>(path("second.sock").toStdString(), "worker-2");
    m_docker = std::make_unique<FakeDocker>(path("docker.sock").toStdString(), m_first->socketPath());
    m_docker->setContainer(FakeDocker::Container::Stopped);
    m_first->addDiskRecord("a", "mount / from exec /bin/sh -c make", 2'000'000'000);
    m_first->addDiskRecord("b", "pulled from alpine", 500'000'000);
    m_second->addDiskRecord("c", "mount / from exec /bin/sh -c make", 250'000'000);
    m_first->start();
    m_second->start();
    write(path("buildx/instances/multi"), QStringLiteral(R"({"Name":"multi","Driver":"remote","Nodes":[{"Name":"multi0","Endpoint":"%1"},{"Name":"multi1","Endpoint":"%2"}]})")
                                              .arg(QString::fromStdString(m_first->address()), QString::fromStdString(m_second->address())).toUtf8());
    write(path("buildx/instances/boxed"), QStringLiteral(R"({"Name":"boxed","Driver":"docker-container","Nodes":[{"Name":"boxed0","Endpoint":"%1"}]})")
                                              .arg(QString::fromStdString(m_docker->address())).toUtf8());
}

void TestBuilderActions::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
    QFile::remove(path("calls"));
    QFile::remove(path("refuse"));
    m_store = std::make_unique<SettingsStore>(path("layerline.conf"));
    m_runner = std::make_unique<BuildRunner>();
    SessionOptions options;
    options.history = false;
    m_session = std::make_unique<Session>(options, m_clock);
    m_window = std::make_unique<MainWindow>(*m_session, *m_store, WindowServices{nullptr, m_runner.get()});
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), QString(pages::builders));
    m_session->start();
    const auto ready = [this] {
        int live = 0, stopped = 0;
        for (const NodeRow& row : m_window->buildersPage().model().nodes()) {
            live += row.builder == "multi" && row.state == NodeCondition::Live && row.diskKnown;
            stopped += row.builder == "boxed" && row.state == NodeCondition::Stopped;
        }
        return live == 2 && stopped == 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(ready(), patienceMs);
}

void TestBuilderActions::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_runner.reset();
}

void TestBuilderActions::whatIsShownIsWhatRuns_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("call");
    QTest::newRow("use") << QByteArray("manage_multi") << QStringLiteral("Use it by default…") << QStringLiteral("use|multi");
    QTest::newRow("stop") << QByteArray("manage_multi") << QStringLiteral("Stop it…") << QStringLiteral("stop|multi");
    QTest::newRow("remove") << QByteArray("manage_multi") << QStringLiteral("Remove it…") << QStringLiteral("rm|multi");
    QTest::newRow("take out") << QByteArray("manage_multi") << QStringLiteral("Take node multi1 out…") << QStringLiteral("create|--name|multi|--leave|--node|multi1");
    QTest::newRow("start") << QByteArray("manage_boxed") << QStringLiteral("Start it…") << QStringLiteral("inspect|--bootstrap|boxed");
}

void TestBuilderActions::whatIsShownIsWhatRuns()
{
    QFETCH(QByteArray, button);
    QFETCH(QString, entry);
    QFETCH(QString, call);
    choose(button.constData(), entry);
    QTRY_VERIFY(dialog());
    const QString shown = command();
    QCOMPARE(calls(), QStringList()); // not before it is confirmed
    confirm();
    QTRY_COMPARE_WITH_TIMEOUT(calls(), QStringList{call}, patienceMs);
    QCOMPARE(shown, path("bin/docker-buildx") + QLatin1Char(' ') + QString(call).replace(QLatin1Char('|'), QLatin1Char(' ')));
    QTRY_VERIFY(!dialog());
}

void TestBuilderActions::nothingRunsUnlessConfirmed()
{
    choose("manage_multi", QStringLiteral("Remove it…"));
    QTRY_VERIFY(dialog());
    QTest::keyClick(dialog(), Qt::Key_Return); // the safe button is the default one
    QTRY_VERIFY(!dialog());
    choose("manage_multi", QStringLiteral("Stop it…"));
    QTRY_VERIFY(dialog());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    QCOMPARE(calls(), QStringList());
}

void TestBuilderActions::aRefusalKeepsTheDialog()
{
    write(path("refuse"), "x");
    choose("manage_multi", QStringLiteral("Remove it…"));
    QTRY_VERIFY(dialog());
    confirm();
    QTRY_COMPARE_WITH_TIMEOUT(problem(), QStringLiteral("ERROR: the builder is in use"), patienceMs);
    QVERIFY(QFile::remove(path("refuse")));
    confirm();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog(), patienceMs);
    QCOMPARE(calls(), (QStringList{QStringLiteral("rm|multi"), QStringLiteral("rm|multi")}));
}

void TestBuilderActions::cleanUpFollowsItsChoices()
{
    choose("manage_multi", QStringLiteral("Clean up its cache…"));
    QTRY_VERIFY(dialog());
    QVERIFY2(dialog()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("3 record(s) go, 2.8 GB in all")), qPrintable(dialog()->texts().join(QLatin1Char('\n'))));
    QCOMPARE(parts(), QStringLiteral("layers (3) 2.8 GB"));
    QVERIFY(command().endsWith(QStringLiteral("prune --builder multi --force")));
    auto* age = dialog()->findChild<QComboBox*>(QStringLiteral("pruneAge"));
    QTest::keyClick(age, Qt::Key_Down);
    QTest::keyClick(age, Qt::Key_Down);
    QTest::mouseClick(dialog()->findChild<QCheckBox*>(QStringLiteral("pruneAll")), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY2(command().endsWith(QStringLiteral("prune --builder multi --force --all --filter until=604800s")), qPrintable(command()));
    confirm();
    QTRY_COMPARE_WITH_TIMEOUT(calls(), QStringList{QStringLiteral("prune|--builder|multi|--force|--all|--filter|until=604800s")}, patienceMs);
}

void TestBuilderActions::aNodeIsAdded()
{
    choose("manage_multi", QStringLiteral("Add a node…"));
    NodeDialog* form = nullptr;
    QTRY_VERIFY((form = m_window->findChild<NodeDialog*>()) && form->isVisible());
    QTest::keyClicks(form->findChild<QLineEdit*>(QStringLiteral("nodeEndpoint")), QStringLiteral("ssh://me@arm"));
    const QString shown = form->findChild<QPlainTextEdit*>(QStringLiteral("nodeCommand"))->toPlainText();
    QVERIFY2(shown.contains(QStringLiteral("create --name multi --append --platform linux/arm64 ")), qPrintable(shown));
    QTest::mouseClick(form->findChild<QPushButton*>(QStringLiteral("copyCall")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), shown);
    if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
        QVERIFY(form->grab().save(folder + QStringLiteral("/node.png")));
    form->findChild<QLineEdit*>(QStringLiteral("nodeEndpoint"))->setFocus();
    QTest::keyClick(form, Qt::Key_Return);
    const QString call = QStringLiteral("create|--name|multi|--append|--platform|linux/arm64|ssh://me@arm");
    QTRY_COMPARE_WITH_TIMEOUT(calls(), QStringList{call}, patienceMs);
    QTRY_VERIFY(!dialog());
}

void TestBuilderActions::aBuilderIsMade()
{
    QTest::mouseClick(child<QPushButton>("newBuilder"), Qt::LeftButton);
    QTRY_VERIFY(dialog());
    QVERIFY(!doIt()->isEnabled() && problem().isEmpty()); // without a name, which nobody was asked for before
    QTest::keyClicks(dialog()->findChild<QLineEdit*>(QStringLiteral("newBuilderName")), QStringLiteral("made"));
    QTest::keyClicks(dialog()->findChild<QLineEdit*>(QStringLiteral("newBuilderOptions")), QStringLiteral("image=reg/bk:1 network=host"));
    QTest::mouseClick(dialog()->findChild<QCheckBox*>(QStringLiteral("newBuilderStart")), Qt::LeftButton, {}, QPoint(8, 8));
    auto* driver = dialog()->findChild<QComboBox*>(QStringLiteral("newBuilderDriver"));
    QTest::keyClick(driver, Qt::Key_Down);
    QVERIFY(!doIt()->isEnabled()); // a remote one has an address
    QTest::keyClick(driver, Qt::Key_Up);
    confirm();
    QTRY_COMPARE_WITH_TIMEOUT(calls(), QStringList{QStringLiteral("create|--name|made|--driver|docker-container|--driver-opt|image=reg/bk:1|--driver-opt|network=host|--bootstrap")}, patienceMs);
    QTRY_VERIFY(!dialog());
}

void TestBuilderActions::basesAreFetched()
{
    write(path("project/Dockerfile"), "ARG V=3\nFROM python:$V AS one\nRUN true\nFROM one\nCOPY --from=golang:1 /x /x\n");
    choose("manage_multi", QStringLiteral("Fetch a project's base images…"));
    QTRY_VERIFY(dialog());
    QVERIFY(!doIt()->isEnabled());
    QTest::keyClicks(dialog()->findChild<QLineEdit*>(QStringLiteral("warmFolder")), path("project"));
    QTest::keyClicks(dialog()->findChild<QLineEdit*>(QStringLiteral("warmPlatforms")), QStringLiteral("linux/arm64"));
    QCOMPARE(parts(), QStringLiteral("python:3 \ngolang:1 "));
    QVERIFY2(command().contains(QStringLiteral("--builder multi")) && command().contains(QStringLiteral("type=cacheonly")), qPrintable(command()));
    const QString recipe = path("state/layerline/builds/warm-multi/Dockerfile");
    QVERIFY(!QFile::exists(recipe)); // it is only shown yet
    confirm();
    QTRY_COMPARE_WITH_TIMEOUT(int(calls().size()), 1, patienceMs);
    for (const char* word : {"build|", "|--builder|multi|", "|--platform|linux/arm64|", "|type=cacheonly|"})
        QVERIFY2(calls().first().contains(QLatin1String(word)), qPrintable(calls().first()));
    QVERIFY(calls().first().endsWith(QStringLiteral("/warm-multi")));
    QFile file(recipe);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("FROM scratch\nCOPY --from=python:3 / /0/\nCOPY --from=golang:1 / /1/\n"));
    QTRY_VERIFY(!dialog());
}

void TestBuilderActions::aProjectWithoutBasesIsRefused()
{
    write(path("empty/Dockerfile"), "FROM scratch\nCOPY . /\n");
    choose("manage_multi", QStringLiteral("Fetch a project's base images…"));
    QTRY_VERIFY(dialog());
    auto* project = dialog()->findChild<QLineEdit*>(QStringLiteral("warmFolder"));
    QTest::keyClicks(project, path("empty"));
    QVERIFY(problem().contains(QStringLiteral("names no image")) && !doIt()->isEnabled());
    project->clear();
    QTest::keyClicks(project, path("nowhere"));
    QVERIFY(problem().contains(QStringLiteral("No such file")) && !doIt()->isEnabled());
}

void TestBuilderActions::whatABuildLeftIsOfferedToGo()
{
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    m_first->publish(bk::COMPLETE, record("some-build", 1, 2, 1));
    QTRY_VERIFY_WITH_TIMEOUT(m_session->store().builds().findByRef("some-build"), patienceMs);
    BuildJob job;
    job.title = "shop";
    job.builder = "multi";
    job.lanes = {{"build", {path("bin/docker-buildx").toStdString(), "build", "."}}};
    QSignalSpy finished(m_runner.get(), &BuildRunner::finished);
    auto* offer = child<NoticeBar>("diskNotice");
    const auto build = [&](std::int64_t leaves) {
        QFile::remove(path("calls"));
        write(path("hold"), "x");
        QVERIFY(m_runner->start(job, {}));
        QTRY_COMPARE_WITH_TIMEOUT(int(calls().size()), 1, patienceMs);
        m_first->addDiskRecord("left", "mount / from exec /bin/sh -c make", leaves, double(m_clock.now().ns) / 1e9);
        QVERIFY(QFile::remove(path("hold")));
        const int before = int(finished.size());
        QTRY_COMPARE_WITH_TIMEOUT(int(finished.size()), before + 1, patienceMs);
    };
    build(CleanUpOffer::worthMentioning - 1);
    build(3'000'000'000);
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), patienceMs);
    QVERIFY2(offer->text().startsWith(QStringLiteral("shop added 3.0 GB to the cache of multi, which holds")), qPrintable(offer->text()));
    QTest::mouseClick(offer->findChild<QPushButton*>(), Qt::LeftButton);
    QTRY_VERIFY(dialog());
    QVERIFY(command().endsWith(QStringLiteral("prune --builder multi --force")));
    QVERIFY(!offer->isVisible());
}

void TestBuilderActions::recordsAreKeptAndDeleted()
{
    m_first->publish(bk::COMPLETE, record("ref-of-the-build", 1, 2, 1));
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->store().builds().findByRef("ref-of-the-build"), patienceMs);
    m_window->selection().setBuild(m_session->store().builds().findByRef("ref-of-the-build")->id);
    QTRY_VERIFY(child<QPushButton>("recordActions")->isVisible());
    choose("recordActions", QStringLiteral("Keep it on the builder…"));
    QTRY_VERIFY(dialog());
    QVERIFY(command().contains(QStringLiteral("layerline builder pin ref-of-the-build")));
    QVERIFY(m_first->historyChanges().empty());
    confirm();
    QTRY_COMPARE_WITH_TIMEOUT(m_first->historyChanges(), std::vector<std::string>{"pin ref-of-the-build"}, patienceMs);
    const Build* build = m_session->store().builds().findByRef("ref-of-the-build");
    QTRY_VERIFY_WITH_TIMEOUT(build->records.front().info.pinned, patienceMs);
    QTRY_VERIFY(!dialog());
    choose("recordActions", QStringLiteral("Delete it from the builder's history…"));
    QTRY_VERIFY(dialog());
    QVERIFY(dialog()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("marked to be kept")));
    QTest::keyClick(dialog(), Qt::Key_Return); // the safe button
    QTRY_VERIFY(!dialog());
    choose("recordActions", QStringLiteral("Delete it from the builder's history…"));
    QTRY_VERIFY(dialog());
    confirm();
    QTRY_COMPARE_WITH_TIMEOUT(m_first->historyChanges().back(), std::string("delete ref-of-the-build"), patienceMs);
    QTRY_VERIFY(!dialog());
    QTRY_VERIFY(!child<QPushButton>("recordActions")->isVisible()); // the builder no longer has it
    QVERIFY(m_session->store().builds().findByRef("ref-of-the-build")); // but it stays in sight
    QCOMPARE(m_first->historyChanges().size(), std::size_t(2));
}

void TestBuilderActions::cacheRecordsAgeSinceTheirLastUse()
{
    constexpr std::int64_t day = 86'400'000'000'000;
    const Timestamp now{100 * day};
    DiskRecord used, made, untold;
    used.created = Timestamp{10 * day};
    used.lastUsed = Timestamp{96 * day};
    made.created = Timestamp{60 * day};
    NodeStatus node;
    node.diskUsage = DiskUsage{{used, made, untold}, now};
    const std::vector<DiskUse> rows = Session::nodeRows({node}, now).front().diskRecords;
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].ageDays, 4.0);
    QCOMPARE(rows[1].ageDays, 40.0);
    QCOMPARE(rows[2].ageDays, 0.0);
}

void TestBuilderActions::pictures()
{
    const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
    if (folder.isEmpty())
        return;
    write(path("project/Dockerfile"), "FROM python:3 AS one\nRUN true\nFROM one\nCOPY --from=golang:1 /x /x\n");
    for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
        Theme::apply(*qApp, kind);
        const auto shot = [&](const char* what) {
            const QPixmap picture = dialog() ? dialog()->grab() : m_window->grab();
            QVERIFY(picture.save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(what), QLatin1String(name))));
            if (dialog())
                QTest::keyClick(dialog(), Qt::Key_Escape);
            QTRY_VERIFY(!dialog());
        };
        shot("builders-actions");
        choose("manage_multi", QStringLiteral("Clean up its cache…"));
        shot("clean-up");
        choose("manage_multi", QStringLiteral("Remove it…"));
        shot("remove");
        choose("manage_multi", QStringLiteral("Fetch a project's base images…"));
        dialog()->findChild<QLineEdit*>(QStringLiteral("warmFolder"))->setText(path("project"));
        shot("warm");
        QTest::mouseClick(child<QPushButton>("newBuilder"), Qt::LeftButton);
        shot("new-builder");
    }
}

int main(int argc, char** argv)
{
    if (argc == 3 && qstrcmp(argv[1], "__supervise") == 0)
        return superviseJob(JobStore(), argv[2]); // what a started job runs: this program again
    QApplication app(argc, argv);
    TestBuilderActions test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_builder_actions.moc"
