// Building from the real window: menus, dialogs and buttons driven with keys and clicks, down to the arguments a buildx got.
#include "app/build_actions.h"
#include "app/main_window.h"
#include "app/session.h"
#include "app/settings_store.h"
#include "fake_buildx.h"
#include "support/fake_buildkitd/fake_buildkitd.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/build_dialog.h"
#include "widgets/dialogs/error_dialog.h"
#include "widgets/dialogs/node_dialog.h"
#include "widgets/dialogs/platform_table.h"
#include "widgets/pages/job_queue.h"
#include "widgets/pages/notice_bar.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace layerline;
using namespace layerline::test;

namespace {

constexpr int patienceMs = 30'000;
const char* const dockerfile = "FROM base AS deps\nRUN --mount=type=secret,id=npm make\nFROM deps AS app\n";

} // namespace

class TestBuildActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aNewBuildFromTheMenu();
    void aFolderOpensTheForm();
    void aBakeFileFeedsItsTargets();
    void whatBakeSaysIsShown();
    void aFolderWithoutTheUsualFileShowsTheOther();
    void presetsOfAProject();
    void aTypedSecretIsHandedOverAndKeptNowhere();
    void aPastBuildAgain();
    void refusalsAreSaid_data();
    void refusalsAreSaid();
    void nativeOnlyReplacesARunningBuild();
    void somebodyElsesBuild();
    void cancelEndsTheClient();
    void theQueueIsSeenAndLeft();
    void qemuAndNodes();
    void cleanUpIsOfferedBeforeAndAfter();

private:
    template <class T>
    T* part(const char* name, QWidget* in = nullptr) const { return (in ? in : m_window.get())->findChild<T*>(QLatin1String(name)); }
    BuildDialog* dialog() const { return m_window->findChild<BuildDialog*>(); }
    BuildDialog* openDialog();
    ActionDialog* action() const { return m_window->findChild<ActionDialog*>(); }
    QString command() const { return part<QPlainTextEdit>("planCommand")->toPlainText(); }
    QString obstacles() const { return part<QLabel>("planObstacles")->text(); }
    QStringList entries(const char* name) const;
    void type(const char* name, const QString& text);
    void click(QWidget* widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    void tick(const char* name);
    QString project(const QString& name, const QByteArray& file = dockerfile) const;
    /// A build that its builder tells of, with the note buildx left; somebody else's unless `ref` is one of ours.
    void publish(const char* ref, bool completed, const QString& folder, const QByteArray& file = "Dockerfile");
    void select(const char* ref);
    /// A build of ours, begun and known to its builder.
    void startOwn(const QString& folder, int number);

    std::unique_ptr<FakeBuildx> m_buildx;
    std::unique_ptr<QTemporaryDir> m_sockets;
    std::unique_ptr<FakeBuildkitd> m_engine;
    SystemClock m_clock;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<BuildRunner> m_runner;
    std::unique_ptr<MainWindow> m_window;
    EngineDisk m_disk;
};

void TestBuildActions::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    m_sockets = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeBuildkitd>(m_sockets->filePath(QStringLiteral("e.sock")).toStdString());
    m_engine->start();
    m_buildx = std::make_unique<FakeBuildx>(m_engine->address());
    m_settings = std::make_unique<SettingsStore>(m_buildx->path(QStringLiteral("home/config/layerline.conf")));
    SessionOptions options;
    options.history = false;
    m_session = std::make_unique<Session>(options, m_clock);
    m_runner = std::make_unique<BuildRunner>(JobStore(m_buildx->jobFolder()), m_buildx->supervisor());
    m_disk = {"/engine", 500'000'000'000, 1'000'000'000'000};
    WindowServices services;
    services.runner = m_runner.get();
    services.askDisk = [this](const std::string&, const std::string&) { return Result<EngineDisk>(m_disk); };
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings, services);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_session->start();
    QTRY_VERIFY_WITH_TIMEOUT(std::any_of(m_session->nodes().begin(), m_session->nodes().end(),
                                         [](const NodeStatus& node) { return node.builder == "multi" && node.state == NodeState::Live && node.listed; }), patienceMs);
}

void TestBuildActions::cleanup()
{
    m_buildx->allow();
    QTRY_VERIFY_WITH_TIMEOUT(m_runner->running().empty(), patienceMs);
    m_window.reset();
    m_runner.reset();
    m_session.reset();
    m_engine.reset();
}

BuildDialog* TestBuildActions::openDialog()
{
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    return dialog();
}

QStringList TestBuildActions::entries(const char* name) const
{
    const auto* box = part<QComboBox>(name);
    QStringList list;
    for (int i = 0; i < box->count(); ++i)
        list << box->itemText(i);
    return list;
}

void TestBuildActions::type(const char* name, const QString& text)
{
    auto* widget = part<QWidget>(name);
    QVERIFY2(widget, name);
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(widget, Qt::Key_Delete);
    QTest::keyClicks(widget, text);
}

void TestBuildActions::tick(const char* name)
{
    auto* box = part<QCheckBox>(name);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
}

QString TestBuildActions::project(const QString& name, const QByteArray& file) const
{
    const QString folder = QStringLiteral("home/") + name;
    QDir(m_buildx->path({})).mkpath(folder);
    if (!file.isEmpty())
        m_buildx->write(folder + QStringLiteral("/Dockerfile"), file);
    return m_buildx->path(folder);
}

void TestBuildActions::publish(const char* ref, bool completed, const QString& folder, const QByteArray& file)
{
    const QString notes = QStringLiteral("buildx/refs/multi/multi0");
    QDir(m_buildx->path({})).mkpath(notes);
    m_buildx->write(notes + QLatin1Char('/') + QLatin1String(ref),
                    QStringLiteral(R"({"Target":"default","LocalPath":"%1","DockerfilePath":"%2"})").arg(folder, folder + QLatin1Char('/') + QString::fromUtf8(file)).toUtf8());
    const double now = double(QDateTime::currentSecsSinceEpoch());
    bk::BuildHistoryRecord told = record(ref);
    told.mutable_createdat()->set_seconds(std::int64_t(now) - 60);
    if (completed)
        told.mutable_completedat()->set_seconds(std::int64_t(now) - 10);
    auto& attributes = *told.mutable_frontendattrs();
    attributes["platform"] = "linux/amd64,linux/arm64";
    attributes["filename"] = file.toStdString();
    attributes["build-arg:MODE"] = "fast";
    m_engine->publish(completed ? bk::COMPLETE : bk::STARTED, told);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->store().builds().findByRef(ref), patienceMs);
}

void TestBuildActions::select(const char* ref)
{
    m_window->selection().setBuild(m_session->store().builds().findByRef(ref)->id);
    QTRY_VERIFY(part<QPushButton>("rebuild")->isVisible());
}

void TestBuildActions::startOwn(const QString& folder, int number)
{
    m_window->openFile(folder);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("startBuild", dialog())->isEnabled(), patienceMs);
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY(!dialog());
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(number).isEmpty(), patienceMs);
}

void TestBuildActions::aNewBuildFromTheMenu()
{
    QVERIFY(openDialog());
    const QString folder = project(QStringLiteral("shop"));
    QTRY_VERIFY(obstacles().contains(QStringLiteral("not known which folder")));
    QVERIFY(!part<QPushButton>("startBuild")->isEnabled());
    type("planContext", folder);
    QTRY_COMPARE(entries("planTarget"), (QStringList{QStringLiteral("deps"), QStringLiteral("app")}));
    type("planTarget", QStringLiteral("app"));
    type("planTags", QStringLiteral("shop:1 shop:2"));
    click(part<QPushButton>("only_amd64"));
    click(part<QToolButton>("moreOptions"));
    type("planArguments", QStringLiteral("MODE=fast"));
    QTest::keyClick(part<QPlainTextEdit>("planArguments"), Qt::Key_Return);
    QTest::keyClicks(part<QPlainTextEdit>("planArguments"), QStringLiteral("NPM_TOKEN=npm_abcdefghijklmnop"));
    type("planCacheFrom", QStringLiteral("type=local,src=\"/a b\""));
    QTRY_VERIFY(command().contains(QStringLiteral("--cache-from 'type=local,src=/a b'")));
    QVERIFY(!command().contains(QStringLiteral("npm_abc")));
    QVERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(1).isEmpty(), patienceMs);
    QStringList given = m_buildx->build(1);
    const int metadata = int(given.indexOf(QStringLiteral("--metadata-file")));
    given.remove(metadata, 2);
    QCOMPARE(given, (QStringList{QStringLiteral("build"), QStringLiteral("--builder"), QStringLiteral("multi"), QStringLiteral("--progress"), QStringLiteral("rawjson"),
                                 QStringLiteral("--target"), QStringLiteral("app"), QStringLiteral("--platform"), QStringLiteral("linux/amd64"),
                                 QStringLiteral("--build-arg"), QStringLiteral("MODE=fast"), QStringLiteral("--build-arg"), QStringLiteral("NPM_TOKEN"),
                                 QStringLiteral("--cache-from"), QStringLiteral("type=local,src=/a b"), QStringLiteral("--tag"), QStringLiteral("shop:1"),
                                 QStringLiteral("--tag"), QStringLiteral("shop:2"), folder}));
    // The window goes to it as soon as its builder tells of it.
    publish("ref-1", false, folder);
    QTRY_COMPARE(m_window->selection().build(), m_session->store().builds().findByRef("ref-1")->id);
    QTRY_COMPARE(part<QPushButton>("cancelBuild")->text(), QStringLiteral("Cancel…"));
}

void TestBuildActions::aFolderOpensTheForm()
{
    const QString folder = project(QStringLiteral("shop"));
    m_window->openFile(folder);
    QVERIFY(dialog());
    QCOMPARE(part<QLineEdit>("planContext")->text(), folder);
    QTRY_COMPARE(entries("planDockerfile"), QStringList{QStringLiteral("Dockerfile")});
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    m_window->openFile(folder + QStringLiteral("/Dockerfile"));
    QTRY_VERIFY(command().contains(QStringLiteral("--file %1/Dockerfile").arg(folder)));
}

void TestBuildActions::aBakeFileFeedsItsTargets()
{
    const QString folder = project(QStringLiteral("baked"), {});
    m_buildx->write(QStringLiteral("home/baked/docker-bake.hcl"), "group \"default\" { targets = [\"app\"] }\ntarget \"app\" {}\ntarget \"tool\" {}\n");
    m_buildx->write(QStringLiteral("print"), R"({"group":{"default":{"targets":["app"]}},"target":{"app":{"context":"."},"tool":{}}})");
    m_window->openFile(folder);
    QTRY_COMPARE_WITH_TIMEOUT(entries("planTarget"), (QStringList{QStringLiteral("default"), QStringLiteral("app"), QStringLiteral("tool")}), patienceMs);
    QCOMPARE(part<QComboBox>("planDockerfile")->currentText(), QStringLiteral("docker-bake.hcl"));
    QVERIFY(m_buildx->read(QStringLiteral("printed")).contains("tool")); // also what the default group leaves out
    QTRY_VERIFY(!part<QLineEdit>("planTags")->isEnabled());
    type("planTarget", QStringLiteral("app tool"));
    QTRY_VERIFY(command().contains(QStringLiteral("docker-bake.hcl app tool")));
    QVERIFY(command().contains(QStringLiteral("cd ") + folder));
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(1).isEmpty(), patienceMs);
    QCOMPARE(m_buildx->build(1).first(), QStringLiteral("bake"));
    QCOMPARE(m_buildx->build(1).mid(m_buildx->build(1).size() - 2), (QStringList{QStringLiteral("app"), QStringLiteral("tool")}));
}

void TestBuildActions::whatBakeSaysIsShown()
{
    const QString folder = project(QStringLiteral("baked"), {});
    m_buildx->write(QStringLiteral("home/baked/docker-bake.hcl"), "target \"app\" {\n");
    m_buildx->write(QStringLiteral("print-error"), "#1 reading\nERROR: docker-bake.hcl:1,14: unclosed block https://me:hunter2@host\n");
    m_window->openFile(folder);
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("planContents")->text().contains(QStringLiteral("unclosed block")), patienceMs);
    QVERIFY(!part<QLabel>("planContents")->text().contains(QStringLiteral("hunter2")));
    QVERIFY(part<QLabel>("planContents")->isVisible());
}

void TestBuildActions::aFolderWithoutTheUsualFileShowsTheOther()
{
    const QString folder = project(QStringLiteral("odd"), {});
    m_buildx->write(QStringLiteral("home/odd/prod.Dockerfile"), dockerfile);
    m_window->openFile(folder);
    QTRY_COMPARE(part<QComboBox>("planDockerfile")->currentText(), QStringLiteral("prod.Dockerfile"));
    QTRY_VERIFY(command().contains(QStringLiteral("--file %1/prod.Dockerfile").arg(folder)));
    QVERIFY(part<QPushButton>("startBuild")->isEnabled());
}

void TestBuildActions::presetsOfAProject()
{
    const QString folder = project(QStringLiteral("shop"));
    m_window->openFile(folder);
    QTRY_VERIFY(part<QComboBox>("presetName")->isVisible());
    type("planTags", QStringLiteral("shop:7"));
    click(part<QPushButton>("only_amd64"));
    type("presetName", QStringLiteral("release"));
    click(part<QPushButton>("presetSave"));
    QTRY_COMPARE(entries("presetName"), QStringList{QStringLiteral("release")});
    dialog()->reject();
    QTRY_VERIFY(!dialog());

    m_window->openFile(project(QStringLiteral("other")));
    QTRY_VERIFY(part<QComboBox>("presetName")->isVisible());
    QVERIFY(entries("presetName").isEmpty()); // another project's
    type("planContext", folder);
    QTRY_COMPARE(entries("presetName"), QStringList{QStringLiteral("release")});
    QVERIFY(part<QLineEdit>("planTags")->text().isEmpty());
    auto* names = part<QComboBox>("presetName");
    names->setFocus();
    QTest::keyClick(names, Qt::Key_Down);
    QTRY_COMPARE(part<QLineEdit>("planTags")->text(), QStringLiteral("shop:7"));
    QCOMPARE(dialog()->form().chosen(), (std::vector<Platform>{{"linux", "amd64", ""}}));
    click(part<QPushButton>("presetRemove"));
    QTRY_VERIFY(entries("presetName").isEmpty());
    QVERIFY(!m_buildx->read(QStringLiteral("home/config/presets.json")).contains("release"));
}

void TestBuildActions::aTypedSecretIsHandedOverAndKeptNowhere()
{
    const QString folder = project(QStringLiteral("shop"));
    m_window->openFile(folder);
    QTRY_VERIFY_WITH_TIMEOUT(part<QLineEdit>("secret_npm"), patienceMs); // the Dockerfile mounts it
    type("secret_npm", QStringLiteral("hunter2"));
    QTRY_VERIFY(command().contains(QStringLiteral("id=npm,env=LAYERLINE_SECRET_1")));
    QVERIFY(!command().contains(QStringLiteral("hunter2")));
    type("presetName", QStringLiteral("with"));
    click(part<QPushButton>("presetSave"));
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(1).isEmpty(), patienceMs);
    QVERIFY(m_buildx->environmentOf(1).contains("LAYERLINE_SECRET_1=hunter2"));
    QVERIFY(!m_buildx->build(1).join(QLatin1Char(' ')).contains(QStringLiteral("hunter2")));
    QVERIFY(!m_buildx->read(QStringLiteral("home/config/presets.json")).contains("hunter2"));
    for (const BuildJob& job : m_runner->jobs())
        QVERIFY(!m_buildx->read(QStringLiteral("jobs/%1/job.json").arg(QString::fromStdString(job.id))).contains("hunter2"));
}

void TestBuildActions::aPastBuildAgain()
{
    const QString folder = project(QStringLiteral("shop"));
    publish("past", true, folder);
    select("past");
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QVERIFY(dialog());
    QTRY_VERIFY(command().contains(QStringLiteral("--platform linux/amd64,linux/arm64")));
    QVERIFY(part<QLabel>("planMissing")->text().contains(QStringLiteral("cache was exported")));
    QVERIFY(part<PlatformTable>("platformTable")->item(0, 2)->text().contains(QStringLiteral("usually")) || part<PlatformTable>("platformTable")->rowCount() == 2);
    QTRY_VERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(1).isEmpty(), patienceMs);
    const QStringList given = m_buildx->build(1);
    QVERIFY(given.contains(QStringLiteral("MODE=fast")) && given.contains(QStringLiteral("linux/amd64,linux/arm64")) && given.last() == folder);
}

void TestBuildActions::refusalsAreSaid_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("help");
    QTest::newRow("context gone") << QStringLiteral("folder") << QStringLiteral("is gone") << QStringLiteral("another folder");
    QTest::newRow("Dockerfile moved") << QStringLiteral("file") << QStringLiteral("Dockerfile is gone") << QStringLiteral("docker/Dockerfile");
    QTest::newRow("builder gone") << QStringLiteral("builder") << QStringLiteral("no builder multi") << QStringLiteral("default");
}

void TestBuildActions::refusalsAreSaid()
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

void TestBuildActions::nativeOnlyReplacesARunningBuild()
{
    const QString folder = project(QStringLiteral("shop"));
    startOwn(folder, 1);
    publish("ref-1", false, folder);
    QTRY_COMPARE(m_window->selection().build(), m_session->store().builds().findByRef("ref-1")->id);
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
    QTRY_COMPARE_WITH_TIMEOUT(toString(m_runner->find(first).value().state), "canceled", patienceMs);
}

void TestBuildActions::somebodyElsesBuild()
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

void TestBuildActions::cancelEndsTheClient()
{
    const QString folder = project(QStringLiteral("shop"));
    startOwn(folder, 1);
    publish("ref-1", false, folder);
    QTRY_COMPARE(part<QPushButton>("cancelBuild")->text(), QStringLiteral("Cancel…"));
    click(part<QPushButton>("cancelBuild"));
    QVERIFY(action());
    QVERIFY(part<QPlainTextEdit>("actionCommand")->toPlainText().startsWith(QStringLiteral("kill -INT -")));
    click(part<QPushButton>("actionDo"));
    QTRY_COMPARE_WITH_TIMEOUT(toString(m_runner->jobs().front().state), "canceled", patienceMs);
}

void TestBuildActions::theQueueIsSeenAndLeft()
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
    QTRY_VERIFY(std::any_of(queue->findChildren<QLabel*>().begin(), queue->findChildren<QLabel*>().end(),
                            [](const QLabel* label) { return label->text().contains(QStringLiteral("waits for multi: 1 of 1 run there")); }));
    QCOMPARE(m_buildx->builds(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(m_runner->find(waiting.toStdString()).value().supervisor.pid != 0, patienceMs);
    click(queue->findChild<QToolButton*>(QStringLiteral("cancelWaiting_") + waiting));
    QVERIFY(action() && action()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("out of the queue")));
    click(part<QPushButton>("actionDo"));
    QTRY_VERIFY_WITH_TIMEOUT(!queue->isVisible(), patienceMs);
    QCOMPARE(m_buildx->builds(), 1);
    m_buildx->allow();
}

void TestBuildActions::qemuAndNodes()
{
    m_window->openFile(project(QStringLiteral("shop")));
    auto* table = part<PlatformTable>("platformTable");
    QTRY_COMPARE(table->item(0, 1)->text(), QStringLiteral("native here"));
    QVERIFY(table->item(1, 1)->text().startsWith(QStringLiteral("emulated")));
    table->item(1, 0)->setCheckState(Qt::Checked);
    QTRY_VERIFY(part<QLabel>("planEmulation")->text().contains(QStringLiteral("under QEMU")));
    auto platforms = table->choices();
    platforms[1].where = PlatformChoice::Where::Unavailable;
    dialog()->setPlatforms(platforms);
    QVERIFY(part<QLabel>("planEmulation")->text().contains(QStringLiteral("binfmt --install arm64")));
    click(part<QPushButton>("planAddNode"));
    QTRY_VERIFY(m_window->findChild<NodeDialog*>());
    m_window->findChild<NodeDialog*>()->close();
}

void TestBuildActions::cleanUpIsOfferedBeforeAndAfter()
{
    m_disk.free = 1'000'000;
    const QString folder = project(QStringLiteral("shop"));
    m_window->openFile(folder);
    QTRY_VERIFY(part<QLabel>("planDisk")->text().contains(QStringLiteral("/engine")));
    QVERIFY(part<QPushButton>("planCleanUp")->isVisible());
    click(part<QPushButton>("planCleanUp"));
    QTRY_VERIFY(action() && action()->texts().first().contains(QStringLiteral("multi")));
    action()->reject();
    QTRY_VERIFY(!action());
    auto* notice = part<NoticeBar>("diskNotice");
    QVERIFY(notice->isHidden());
    m_buildx->allow();
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY_WITH_TIMEOUT(!notice->isHidden(), patienceMs);
    QVERIFY(notice->text().contains(QStringLiteral("/engine")));
    click(notice->findChild<QPushButton*>());
    QTRY_VERIFY(action() && part<QPushButton>("actionDo"));
}

int main(int argc, char** argv)
{
    int status = 0;
    if (FakeBuildx::supervise(argc, argv, status))
        return status;
    qputenv("LC_ALL", "C.UTF-8");
    QApplication app(argc, argv);
    Theme::apply(app, ThemeKind::Dark);
    TestBuildActions test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_build_actions.moc"
