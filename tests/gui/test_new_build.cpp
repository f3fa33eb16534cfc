// A new build from the real window, driven with keys and clicks, down to the arguments a buildx got.
#include "build_window.h"

#include "app/window/session.h"
#include "widgets/dialogs/node_dialog.h"
#include "widgets/dialogs/platform_table.h"
#include "widgets/pages/notice_bar.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace layerline;
using namespace layerline::test;

class TestNewBuild : public BuildWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }
    void aNewBuildFromTheMenu();
    void aFolderOpensTheForm();
    void aBakeFileFeedsItsTargets();
    void whatBakeSaysIsShown();
    void aFolderWithoutTheUsualFileShowsTheOther();
    void presetsOfAProject();
    void aPresetKeepsTheAddressThatWasTyped();
    void theLastPresetIsOfferedAgain();
    void aTypedSecretIsHandedOverAndKeptNowhere();
    void qemuAndNodes();
    void cleanUpIsOfferedBeforeAndAfter();

private:
    /// Saves under the name that is filled in, and confirms it.
    void keepPreset()
    {
        click(part<QPushButton>("presetSave"));
        QTRY_VERIFY(action());
        click(part<QPushButton>("actionDo"));
        QTRY_VERIFY(!action());
    }
};

void TestNewBuild::aNewBuildFromTheMenu()
{
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(dialog());
    const QString folder = project(QStringLiteral("shop"));
    QVERIFY(!part<QPushButton>("startBuild")->isEnabled());
    QVERIFY(obstacles().isEmpty()); // nobody is blamed for what was not asked yet
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
    QTRY_COMPARE_WITH_TIMEOUT(m_window->selection().build(), m_session->store().builds().findByRef("ref-1")->id, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(part<QPushButton>("cancelBuild")->text(), QStringLiteral("Cancel…"), patienceMs);
}

void TestNewBuild::aFolderOpensTheForm()
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

void TestNewBuild::aBakeFileFeedsItsTargets()
{
    const QString folder = project(QStringLiteral("baked"), {});
    m_buildx->write(QStringLiteral("home/baked/docker-bake.hcl"), "group \"default\" { targets = [\"app\"] }\ntarget \"app\" {}\ntarget \"tool\" {}\n");
    m_buildx->write(QStringLiteral("print"), R"({"group":{"default":{"targets":["app"]}},"target":{"app":{"context":"."},"tool":{}}})");
    m_window->openFile(folder);
    QTRY_COMPARE_WITH_TIMEOUT(entries("planTarget"), (QStringList{QStringLiteral("default"), QStringLiteral("app"), QStringLiteral("tool")}), patienceMs);
    QCOMPARE(part<QComboBox>("planDockerfile")->lineEdit()->placeholderText(), QStringLiteral("docker-bake.hcl"));
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

void TestNewBuild::whatBakeSaysIsShown()
{
    const QString folder = project(QStringLiteral("baked"), {});
    m_buildx->write(QStringLiteral("home/baked/docker-bake.hcl"), "target \"app\" {\n");
    m_buildx->write(QStringLiteral("print-error"), "#1 reading\nERROR: docker-bake.hcl:1,14: unclosed block https://me:hunter2@host\n");
    m_window->openFile(folder);
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("planContents")->text().contains(QStringLiteral("unclosed block")), patienceMs);
    QVERIFY(!part<QLabel>("planContents")->text().contains(QStringLiteral("hunter2")));
    QVERIFY(part<QLabel>("planContents")->isVisible());
}

void TestNewBuild::aFolderWithoutTheUsualFileShowsTheOther()
{
    const QString folder = project(QStringLiteral("odd"), {});
    m_buildx->write(QStringLiteral("home/odd/prod.Dockerfile"), sampleDockerfile);
    m_window->openFile(folder);
    QTRY_COMPARE(part<QComboBox>("planDockerfile")->currentText(), QStringLiteral("prod.Dockerfile"));
    QTRY_VERIFY(command().contains(QStringLiteral("--file %1/prod.Dockerfile").arg(folder)));
    QVERIFY(part<QPushButton>("startBuild")->isEnabled());
}

void TestNewBuild::presetsOfAProject()
{
    const QString folder = project(QStringLiteral("shop"));
    m_window->openFile(folder);
    QTRY_VERIFY(part<QComboBox>("presetName")->isVisible());
    type("planTags", QStringLiteral("shop:7"));
    click(part<QPushButton>("only_amd64"));
    type("presetName", QStringLiteral("release"));
    keepPreset();
    QTRY_COMPARE(entries("presetName"), QStringList{QStringLiteral("release")});
    // Under a name there is already: what is lost is said, and it can be left.
    type("planTags", QStringLiteral("shop:8"));
    click(part<QPushButton>("presetSave"));
    QTRY_VERIFY(action());
    QVERIFY(action()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("--tag shop:7")));
    QVERIFY(part<QPlainTextEdit>("actionCommand")->toPlainText().endsWith(QStringLiteral("--tag shop:8 --platform linux/amd64 --save-preset release")));
    QVERIFY(m_buildx->read(QStringLiteral("home/config/presets.json")).contains("shop:7"));
    click(part<QPushButton>("actionCancel"));
    QTRY_VERIFY(!action());
    QVERIFY(!m_buildx->read(QStringLiteral("home/config/presets.json")).contains("shop:8"));
    keepPreset();
    QTRY_VERIFY(m_buildx->read(QStringLiteral("home/config/presets.json")).contains("shop:8"));
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
    QTRY_COMPARE(part<QLineEdit>("planTags")->text(), QStringLiteral("shop:8"));
    QCOMPARE(dialog()->form().chosen(), (std::vector<Platform>{{"linux", "amd64", ""}}));
    click(part<QPushButton>("presetRemove"));
    QTRY_VERIFY(action()); // asks first
    QVERIFY(action()->texts().join(QLatin1Char(' ')).contains(QStringLiteral("release")));
    QCOMPARE(part<QPlainTextEdit>("actionCommand")->toPlainText(), QStringLiteral("layerline presets %1 --delete release").arg(folder));
    click(part<QPushButton>("actionCancel"));
    QTRY_VERIFY(!action());
    QCOMPARE(entries("presetName"), QStringList{QStringLiteral("release")});
    click(part<QPushButton>("presetRemove"));
    QTRY_VERIFY(action());
    click(part<QPushButton>("actionDo"));
    QTRY_VERIFY(entries("presetName").isEmpty());
    QVERIFY(!m_buildx->read(QStringLiteral("home/config/presets.json")).contains("release"));
}

/// It holds no credentials: those in the field stay there.
void TestNewBuild::aPresetKeepsTheAddressThatWasTyped()
{
    const QString address = QStringLiteral("https://me:hunter2@host.example/a/b.git");
    m_window->openFile(project(QStringLiteral("shop")));
    QTRY_VERIFY(part<QComboBox>("presetName")->isVisible());
    type("planContext", address);
    type("planTags", QStringLiteral("b:7"));
    type("presetName", QStringLiteral("remote"));
    keepPreset();
    QTRY_COMPARE(entries("presetName"), QStringList{QStringLiteral("remote")});
    type("planTags", QStringLiteral("b:8"));
    QTest::keyClick(part<QComboBox>("presetName")->lineEdit(), Qt::Key_Return);
    QTRY_COMPARE(part<QLineEdit>("planTags")->text(), QStringLiteral("b:7"));
    QCOMPARE(dialog()->form().context, address.toStdString());
}

void TestNewBuild::theLastPresetIsOfferedAgain()
{
    const QString folder = project(QStringLiteral("shop"));
    m_window->openFile(folder);
    QTRY_VERIFY(part<QComboBox>("presetName")->isVisible());
    type("planTags", QStringLiteral("shop:7"));
    type("presetName", QStringLiteral("release"));
    keepPreset();
    QTRY_COMPARE(entries("presetName"), QStringList{QStringLiteral("release")});
    QTRY_VERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY(!dialog());

    m_window->openFile(folder);
    QTRY_VERIFY(dialog());
    QCOMPARE(part<QLineEdit>("planTags")->text(), QStringLiteral("shop:7"));
    QCOMPARE(part<QComboBox>("presetName")->currentText(), QStringLiteral("release"));
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    m_window->openFile(folder + QStringLiteral("/Dockerfile")); // what somebody names is not replaced
    QTRY_VERIFY(dialog());
    QVERIFY(part<QLineEdit>("planTags")->text().isEmpty());
    QTRY_COMPARE(entries("presetName"), QStringList{QStringLiteral("release")});
    dialog()->reject();
    QTRY_VERIFY(!dialog());

    // Built without one: the next form is empty again.
    m_window->openFile(folder);
    QTRY_VERIFY(dialog());
    type("presetName", QString());
    QTRY_VERIFY(part<QPushButton>("startBuild")->isEnabled());
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY(!dialog());
    m_window->openFile(folder);
    QTRY_VERIFY(dialog());
    QVERIFY(part<QLineEdit>("planTags")->text().isEmpty());
}

void TestNewBuild::aTypedSecretIsHandedOverAndKeptNowhere()
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

void TestNewBuild::qemuAndNodes()
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

void TestNewBuild::cleanUpIsOfferedBeforeAndAfter()
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
    notice->say(QStringLiteral("Something smaller"), QStringLiteral("Well"));
    QVERIFY2(notice->text().contains(QStringLiteral("/engine")), "a warning is not replaced by less");
    click(notice->findChild<QPushButton*>());
    QTRY_VERIFY(action() && part<QPushButton>("actionDo"));
    QVERIFY(notice->isHidden());
}

int main(int argc, char** argv)
{
    return runBuildWindowTest<TestNewBuild>(argc, argv);
}

#include "test_new_build.moc"
