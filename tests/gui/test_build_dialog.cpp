// The dialogs before an action: platforms and what they cost, what will run, what is asked again.
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/build_dialog.h"
#include "widgets/dialogs/platform_table.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace layerline;

namespace {

BuildForm sampleForm()
{
    BuildForm form;
    form.context = "/home/me/shop";
    form.builder = "multi";
    form.tags = {"shop:1"};
    PlatformChoice amd64{{"linux", "amd64", ""}, true, PlatformChoice::Where::NativeHere, {}, Duration{41'000'000'000}, 5, {}};
    PlatformChoice arm64{{"linux", "arm64", ""}, true, PlatformChoice::Where::Emulated, {}, Duration{380'000'000'000}, 5, 9.3};
    PlatformChoice riscv{{"linux", "riscv64", ""}, false, PlatformChoice::Where::Unavailable, {}, {}, 0, {}};
    form.platforms = {amd64, arm64, riscv};
    return form;
}

} // namespace

class TestBuildDialog : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BuildDialog> m_dialog;

    template <class T>
    T* part(const char* name) const { return m_dialog->findChild<T*>(QLatin1String(name)); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
        m_dialog = std::make_unique<BuildDialog>(QStringLiteral("Build shop"), sampleForm(), QStringList{QStringLiteral("default"), QStringLiteral("multi")});
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    void cleanup() { m_dialog.reset(); }

    void theFormComesBackAsItWasGiven()
    {
        QCOMPARE(m_dialog->form(), sampleForm());
    }

    void platformsSayWhereAndHowLong()
    {
        auto* table = part<PlatformTable>("platformTable");
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("native here"));
        QVERIFY(table->item(1, 1)->text().contains(QStringLiteral("9.3")));
        QVERIFY(table->item(1, 2)->text().contains(QStringLiteral("6 m 20 s")));
        QVERIFY(!(table->item(2, 0)->flags() & Qt::ItemIsEnabled));
    }

    void amd64OnlyIsOneClick()
    {
        QSignalSpy changed(m_dialog.get(), &BuildDialog::formChanged);
        QTest::mouseClick(part<QPushButton>("only_amd64"), Qt::LeftButton);
        QTRY_VERIFY(!changed.isEmpty());
        QCOMPARE(m_dialog->form().chosen(), (std::vector<Platform>{{"linux", "amd64", ""}}));
    }

    void anotherBuilderKeepsTheChoice()
    {
        QSignalSpy builder(m_dialog.get(), &BuildDialog::builderChanged);
        QTest::keyClick(part<QComboBox>("planBuilder"), Qt::Key_Up);
        QCOMPARE(builder.at(0).at(0).toString(), QStringLiteral("default"));
        auto platforms = sampleForm().platforms;
        platforms[0].chosen = platforms[1].chosen = false;
        platforms[1].where = PlatformChoice::Where::Unavailable;
        m_dialog->setPlatforms(platforms);
        QCOMPARE(m_dialog->form().chosen(), (std::vector<Platform>{{"linux", "amd64", ""}}));
    }

    void nothingStartsBeforeItIsKnownWhatRuns()
    {
        auto* start = part<QPushButton>("startBuild");
        QVERIFY(!start->isEnabled());
        BuildPreview preview;
        preview.command = "docker buildx build --platform linux/amd64 .";
        preview.missing = {"the cache exports"};
        m_dialog->setPreview(preview);
        QVERIFY(start->isEnabled());
        QVERIFY(part<QLabel>("planMissing")->text().contains(QStringLiteral("the cache exports")));
        QTest::mouseClick(part<QPushButton>("copyCommand"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(preview.command));
        preview.obstacles = {{"The folder is gone.", "Choose another one."}};
        m_dialog->setPreview(preview);
        QVERIFY(!start->isEnabled());
        QVERIFY(part<QLabel>("planObstacles")->isVisible());
    }

    void typingAsksForANewPreview()
    {
        QSignalSpy changed(m_dialog.get(), &BuildDialog::formChanged);
        QTRY_VERIFY(!changed.isEmpty());
        changed.clear();
        auto* tags = part<QLineEdit>("planTags");
        tags->setFocus();
        QTest::keyClicks(tags, QStringLiteral(" shop:2"));
        QTest::mouseClick(part<QCheckBox>("planPush"), Qt::LeftButton, {}, QPoint(6, part<QCheckBox>("planPush")->height() / 2));
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY2(changed.size() <= 3, "a burst of keys is one question");
        QCOMPARE(m_dialog->form().tags, (std::vector<std::string>{"shop:1", "shop:2"}));
        QVERIFY(m_dialog->form().push);
    }

    void secretsAreAskedAgain()
    {
        BuildPreview preview;
        preview.command = "docker buildx build .";
        preview.secrets = {{"npm", false}, {"default", true}};
        m_dialog->setPreview(preview);
        auto* npm = part<QLineEdit>("secret_npm");
        QVERIFY(npm && npm->isVisible());
        QCOMPARE(npm->echoMode(), QLineEdit::Password);
        QTest::keyClicks(npm, QStringLiteral("hunter2"));
        m_dialog->setPreview(preview); // the same question keeps the answer
        const SecretAnswers answers = m_dialog->answers();
        QCOMPARE(answers.at("npm").text, std::string("hunter2"));
        QCOMPARE(answers.at("npm").kind, SecretAnswer::Kind::Value);
        QCOMPARE(answers.at("default").text, std::string("SSH_AUTH_SOCK"));
        QVERIFY(!part<QPlainTextEdit>("planCommand")->toPlainText().contains(QStringLiteral("hunter2")));
        preview.secrets.clear();
        m_dialog->setPreview(preview);
        QVERIFY(m_dialog->answers().empty());
    }

    void aKeyNobodyNeedsCanBeLeftOut()
    {
        BuildPreview preview;
        preview.secrets = {{"npm", false, true}};
        m_dialog->setPreview(preview);
        auto* kind = part<QComboBox>("secretKind_npm");
        QTest::keyClick(kind, Qt::Key_End);
        QCOMPARE(m_dialog->answers().at("npm").kind, SecretAnswer::Kind::Without);
        QVERIFY(!part<QLineEdit>("secret_npm")->isEnabled());
        QTest::keyClick(kind, Qt::Key_Up); // a file: its name may be read
        QCOMPARE(part<QLineEdit>("secret_npm")->echoMode(), QLineEdit::Normal);
        QTest::keyClicks(part<QLineEdit>("secret_npm"), QStringLiteral("/run/npm"));
        QCOMPARE(m_dialog->answers().at("npm").text, std::string("/run/npm"));
        QTest::keyClick(kind, Qt::Key_Home);
        QVERIFY(part<QLineEdit>("secret_npm")->text().isEmpty());
    }

    void contentsAreOfferedAndProblemsSaid()
    {
        m_dialog->setContents({{"Dockerfile", "docker-bake.hcl"}, {"deps", "app"}, {}, false});
        QCOMPARE(part<QComboBox>("planTarget")->count(), 2);
        QCOMPARE(m_dialog->form(), sampleForm());
        m_dialog->setContents({{}, {}, {}, true});
        QVERIFY(part<QComboBox>("planTarget")->lineEdit()->placeholderText().contains(QStringLiteral("Looking")));
        m_dialog->setContents({{}, {}, "unclosed block", false});
        QVERIFY(part<QLabel>("planContents")->text().contains(QStringLiteral("unclosed block")));
    }

    void extrasComeBackAsTheyWereGiven()
    {
        BuildForm form = sampleForm();
        form.arguments = {"MODE=two words", "OPEN"};
        form.contexts = {"base=/a b", "more=docker-image://x"};
        form.cacheFrom = {"type=registry,ref=r/x"};
        form.outputs = {"type=local,\"dest=/a,b\""};
        form.secretIds = {"npm"};
        form.load = true;
        form.atMost = 5;
        m_dialog->setForm(form);
        QCOMPARE(m_dialog->form(), form);
        QVERIFY(part<QPlainTextEdit>("planArguments")->isVisible());
    }

    void theDiskIsForecast()
    {
        m_dialog->setDisk({1'200'000'000, 3'000'000'000, 5, 40'000'000'000, "/var/lib/docker", false});
        auto* disk = part<QLabel>("planDisk");
        QVERIFY(disk->isVisible() && disk->text().contains(QStringLiteral("1.2 GB")) && disk->text().contains(QStringLiteral("/var/lib/docker")));
        QVERIFY(!part<QPushButton>("planCleanUp")->isVisible());
        m_dialog->setDisk({1'200'000'000, 3'000'000'000, 5, 2'000'000'000, "/var/lib/docker", true});
        QVERIFY(part<QPushButton>("planCleanUp")->isVisible());
        QSignalSpy asked(m_dialog.get(), &BuildDialog::cleanUpRequested);
        QTest::mouseClick(part<QPushButton>("planCleanUp"), Qt::LeftButton);
        QCOMPARE(asked.at(0).at(0).toString(), QStringLiteral("multi"));
        m_dialog->setDisk({});
        QVERIFY(!disk->isVisible());
    }

    /// Pictures for eyes: LAYERLINE_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        BuildPreview preview;
        preview.command = "docker buildx build --builder multi --platform linux/amd64,linux/arm64 -t shop:1 --secret id=npm,env=LAYERLINE_SECRET_NPM /home/me/shop";
        preview.missing = {"where the cache was exported to"};
        preview.secrets = {{"npm", false}};
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            BuildDialog dialog(QStringLiteral("Build shop again"), sampleForm(), {QStringLiteral("default"), QStringLiteral("multi")});
            dialog.show();
            dialog.setPresets({QStringLiteral("release")});
            dialog.setContents({{"Dockerfile"}, {"deps", "app"}, {}, false});
            dialog.setPreview(preview);
            QVERIFY(QTest::qWaitForWindowExposed(&dialog));
            QVERIFY(dialog.grab().save(QStringLiteral("%1/build-dialog-plain-%2.png").arg(folder, QLatin1String(name))));
            BuildForm call = sampleForm();
            call.wholeCall = true;
            call.dockerfile = "/home/me/shop/docker-bake.hcl";
            call.target = "api web";
            dialog.offerWholeCall(QStringLiteral("Repeat the whole bake call it was a part of (api web)"));
            dialog.setForm(call);
            dialog.setPreview({"docker buildx bake --builder multi --file /home/me/shop/docker-bake.hcl --allow network.host api web", {"what the bake file said then and the variables it read: both are taken as they are now"}, {}, {}, {}, false, true});
            QCoreApplication::sendPostedEvents();
            QVERIFY(dialog.grab().save(QStringLiteral("%1/build-dialog-call-%2.png").arg(folder, QLatin1String(name))));
            BuildForm form = sampleForm();
            form.arguments = {"MODE=fast"};
            dialog.setForm(form);
            dialog.setDisk({1'200'000'000, 3'000'000'000, 5, 2'000'000'000, "/var/lib/docker", true});
            dialog.offerToCancel(QStringLiteral("Cancel the running build of shop first"), true);
            preview.notes = {"2 of Layerline's builds run on multi: this one waits until fewer than 2 do."};
            dialog.setPreview(preview);
            QCoreApplication::sendPostedEvents();
            QVERIFY(dialog.grab().save(QStringLiteral("%1/build-dialog-%2.png").arg(folder, QLatin1String(name))));
        }
    }

    void whatCannotBeUndoneNeedsAClick()
    {
        ActionPreview preview;
        preview.title = QStringLiteral("Clean up multi");
        preview.sentences = {QStringLiteral("What no build used for a week goes.")};
        preview.parts = {{QStringLiteral("layers"), QStringLiteral("12.1 GB")}, {QStringLiteral("cache mounts"), QStringLiteral("2.1 GB")}};
        preview.command = QStringLiteral("docker buildx prune --builder multi");
        preview.button = QStringLiteral("Delete 14.2 GB of cache");
        preview.destructive = true;
        ActionDialog dialog(preview);
        dialog.show();
        QSignalSpy confirmed(&dialog, &ActionDialog::confirmed), rejected(&dialog, &QDialog::rejected);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(confirmed.size(), 0);
        QCOMPARE(rejected.size(), 1);
        dialog.show();
        auto* act = dialog.findChild<QPushButton*>(QStringLiteral("actionDo"));
        QCOMPARE(act->text(), preview.button);
        QTest::mouseClick(act, Qt::LeftButton);
        QCOMPARE(confirmed.size(), 1);
        dialog.setBusy(QStringLiteral("Deleting…"));
        QVERIFY(!act->isEnabled());
        dialog.showProblem(QStringLiteral("the engine is gone"));
        QVERIFY(act->isEnabled() && dialog.texts().contains(QStringLiteral("the engine is gone")));
        preview.problem = QStringLiteral("not live");
        dialog.setPreview(preview);
        QVERIFY(!act->isEnabled());
    }
};

QTEST_MAIN(TestBuildDialog)
#include "test_build_dialog.moc"
