// The GitHub account on the Settings page, with keys and clicks; and the token, which is nowhere but where it belongs.
#include "fake_github.h"

#include "app/tasks/settings_store.h"
#include "app/window/main_window.h"
#include "app/window/pipelines.h"
#include "sources/github/token_store.h"
#include "widgets/dialogs/repository_dialog.h"
#include "widgets/dialogs/sign_in_dialog.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/settings_page.h"

#include <QApplication>
#include <QClipboard>
#include <QDirIterator>
#include <QFrame>
#include <QMetaProperty>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace layerline;
using namespace layerline::test;

namespace {

const QString canary = QStringLiteral("ghp_CanaryInTheWindow0123456789-right-token");
const QString other = QStringLiteral("ghp_AnotherTokenOfThisLength0123-right-token");

QStringList said; ///< what Qt's logging got

void hear(QtMsgType, const QMessageLogContext&, const QString& message) { said += message; }

/// Every string a person or a screen reader could find in a window, whatever property holds it.
QStringList textsOf(const QWidget* window)
{
    QStringList all;
    for (const QObject* object : window->findChildren<QObject*>()) {
        const QMetaObject* meta = object->metaObject();
        const auto* edit = qobject_cast<const QLineEdit*>(object);
        for (int i = 0; i < meta->propertyCount(); ++i) {
            // What a password field holds while somebody types; displayText is what it shows.
            if (edit && edit->echoMode() == QLineEdit::Password && qstrcmp(meta->property(i).name(), "text") == 0)
                continue;
            if (meta->property(i).typeId() == QMetaType::QString || meta->property(i).typeId() == QMetaType::QUrl)
                all += meta->property(i).read(object).toString();
        }
    }
    return all;
}

} // namespace

class TestAccountSettings : public QObject {
    Q_OBJECT
private:
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeGitHub> m_github;
    std::unique_ptr<MemoryStore> m_tokens;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Pipelines> m_pipelines;
    std::unique_ptr<MainWindow> m_window;

    SettingsPage& page() { return m_window->settingsPage(); }
    template <class Widget>
    Widget* child(const char* name) { return page().findChild<Widget*>(QLatin1String(name)); }
    QString textOf(const char* name)
    {
        const auto* label = child<QLabel>(name);
        return label && !label->isHidden() ? label->text() : QString();
    }
    QStringList gaps()
    {
        QStringList all;
        for (const QWidget* line : page().findChildren<QWidget*>(QStringLiteral("accountSettingsGap"))) {
            if (!line->isHidden())
                all += line->findChildren<QLabel*>().last()->text();
        }
        return all;
    }
    void click(QAbstractButton* button)
    {
        QVERIFY(button);
        QVERIFY2(button->isVisible() && button->isEnabled(), qPrintable(button->objectName()));
        // When the column has come to rest and the button is where a person could click it.
        QTRY_VERIFY((page().findChild<QScrollArea*>()->ensureWidgetVisible(button),
                     m_window->childAt(button->mapTo(m_window.get(), button->rect().center())) == button));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void click(const char* name) { click(child<QPushButton>(name)); }
    void type(const char* name, const QString& text)
    {
        auto* edit = child<QLineEdit>(name);
        QVERIFY2(edit && edit->isEnabled(), name);
        page().findChild<QScrollArea*>()->ensureWidgetVisible(edit);
        edit->setFocus();
        edit->selectAll();
        if (text.isEmpty())
            QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    QString file() const { return m_folder->filePath(QStringLiteral("layerline.conf")); }
    QByteArray written() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    PipelineSettings kept() const { return SettingsStore(file()).values().pipelines; }
    SignInDialog* signInDialog() { return m_window->findChild<SignInDialog*>(); }
    void signIn(const QString& token)
    {
        click("accountSettingsSignIn");
        QVERIFY(signInDialog());
        auto* edit = signInDialog()->findChild<QLineEdit*>(QStringLiteral("accountToken"));
        QTest::keyClicks(edit, token);
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(edit->text().isEmpty());
    }
    void closeDialog()
    {
        signInDialog()->close();
        QTRY_VERIFY(!signInDialog());
    }
    AccountRow::State state() const { return m_pipelines->accountRow().state; }
    /// `environment`: GITHUB_API_URL and GH_TOKEN are set; else the settings name the server.
    void open(bool environment)
    {
        GitHubEnvironment variables;
        if (environment) {
            variables.apiUrl = m_github->server.url().toStdString();
            variables.token = canary.toStdString();
            variables.tokenOrigin = "GH_TOKEN";
        }
        m_pipelines = std::make_unique<Pipelines>(*m_settings, *m_tokens, m_clock, variables);
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings, WindowServices{m_pipelines.get(), nullptr});
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_pipelines->start();
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QString(pages::settings));
    }
    void openWithServer(const QString& server, const QStringList& repositories = {})
    {
        SettingsValues values;
        values.pipelines.server = server;
        values.pipelines.repositories = repositories;
        QVERIFY(m_settings->set(values));
        open(false);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("PATH", "/nonexistent");
        Theme::apply(*qApp, ThemeKind::Dark);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("HOME", m_folder->path().toLocal8Bit());
        qputenv("DOCKER_CONFIG", m_folder->path().toLocal8Bit());
        qputenv("LAYERLINE_HISTORY", m_folder->filePath(QStringLiteral("history")).toLocal8Bit());
        m_github = std::make_unique<FakeGitHub>();
        m_tokens = std::make_unique<MemoryStore>();
        m_settings = std::make_unique<SettingsStore>(file());
        m_session = std::make_unique<Session>(SessionOptions{}, m_clock);
    }
    void cleanup()
    {
        m_window.reset();
        m_pipelines.reset();
        m_session.reset();
        m_settings.reset();
    }

    void theEnvironmentsTokenIsNamedNotShown()
    {
        SettingsValues values;
        values.pipelines.repositories = {QStringLiteral("acme/shop")};
        QVERIFY(m_settings->set(values));
        open(true);
        QTRY_VERIFY2(textOf("accountSettingsState").contains(QStringLiteral("octocat")), qPrintable(textOf("accountSettingsState")));
        QVERIFY(textOf("accountSettingsOrigin").contains(QStringLiteral("GH_TOKEN")));
        QVERIFY2(textOf("accountSettingsBudget").contains(QLocale().toString(4990)), qPrintable(textOf("accountSettingsBudget")));
        QVERIFY2(textOf("accountSettingsBudget").contains(QStringLiteral("full again at")), qPrintable(textOf("accountSettingsBudget")));
        QVERIFY(!child<QLineEdit>("accountSettingsServer")->isEnabled());
        QVERIFY(textOf("accountSettingsServerNote").contains(QStringLiteral("GITHUB_API_URL")));
        // The stand-in knows no caches, no runners and no commits: three parts do not work, and each says why.
        QTRY_VERIFY2(gaps().size() >= 2, qPrintable(gaps().join(QLatin1Char('\n'))));
        const QString all = gaps().join(QLatin1Char('\n'));
        QVERIFY2(all.contains(QStringLiteral("Build caches: needs actions=read (acme/shop)")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("your own runners: needs administration=read (acme/shop)")), qPrintable(all));
        click("accountSettingsSignOut");
        QTRY_COMPARE(int(state()), int(AccountRow::State::None));
        QVERIFY(gaps().isEmpty() && textOf("accountSettingsOrigin").isEmpty() && textOf("accountSettingsBudget").isEmpty());
    }

    void signInChangeAndSignOut()
    {
        openWithServer(m_github->server.url());
        QTRY_COMPARE(int(state()), int(AccountRow::State::None));
        QVERIFY(!child<QPushButton>("accountSettingsSignOut")->isVisible());
        signIn(canary);
        QTRY_VERIFY(textOf("accountSettingsOrigin").contains(QStringLiteral("keyring")));
        QCOMPARE(int(state()), int(AccountRow::State::SignedIn));
        QCOMPARE(m_tokens->tokens().size(), std::size_t(1));
        closeDialog();
        QCOMPARE(child<QPushButton>("accountSettingsSignIn")->text(), QStringLiteral("Change the token…"));
        // A wrong one is refused, and the earlier one is a click away.
        signIn(QStringLiteral("ghp_wrongwrongwrong"));
        QTRY_COMPARE(int(state()), int(AccountRow::State::Refused));
        closeDialog();
        QCOMPARE(m_tokens->tokens().begin()->second, canary.toStdString());
        click("accountSettingsRestore");
        QTRY_COMPARE(int(state()), int(AccountRow::State::SignedIn));
        QTRY_VERIFY(child<QPushButton>("accountSettingsCheck")->isEnabled());
        m_github->refused = true; // withdrawn on GitHub
        click("accountSettingsCheck");
        QTRY_COMPARE(int(state()), int(AccountRow::State::Refused));
        click("accountSettingsSignOut");
        QTRY_VERIFY(m_tokens->tokens().empty());
        QCOMPARE(int(state()), int(AccountRow::State::None));
    }

    void withoutAKeyringItIsSaid()
    {
        m_tokens = std::make_unique<MemoryStore>(false);
        openWithServer(m_github->server.url());
        QTRY_VERIFY(textOf("accountSettingsKeyring").contains(QStringLiteral("no keyring")));
        signIn(canary);
        QTRY_VERIFY(textOf("accountSettingsOrigin").contains(QStringLiteral("memory only")));
        QVERIFY(textOf("accountSettingsKeyring").contains(QStringLiteral("no keyring")));
    }

    void theServerIsCheckedKeptAndAskedWithItsOwnToken()
    {
        m_tokens->write("127.0.0.1:" + std::to_string(m_github->server.port()), canary.toStdString(), this, [](Result<void>) {});
        openWithServer({});
        QTRY_COMPARE(int(state()), int(AccountRow::State::None)); // nobody is asked at github.com without a token
        for (const char* bad : {"http://git.example.org", "https://me:pw@git.example.org", "ftp://x", "git example org"}) {
            type("accountSettingsServer", QLatin1String(bad));
            QVERIFY2(!textOf("accountSettingsServerNote").startsWith(QStringLiteral("Server:")), bad);
            QVERIFY(kept().server.isEmpty());
        }
        type("accountSettingsServer", canary);
        QVERIFY(textOf("accountSettingsServerNote").contains(QStringLiteral("token")) && !written().contains("Canary"));
        type("accountSettingsServer", m_github->server.url());
        QCOMPARE(kept().server, m_github->server.url());
        QTRY_COMPARE(int(state()), int(AccountRow::State::SignedIn));
        QVERIFY(textOf("accountSettingsOrigin").contains(QStringLiteral("keyring")));
        type("accountSettingsServer", QString());
        QVERIFY(kept().server.isEmpty());
        QTRY_COMPARE(int(state()), int(AccountRow::State::None));
        QVERIFY2(!m_pipelines->session().hasToken(), "github.com must not get the other server's token");
    }

    void theServerThatWasSignedInToIsAskedAgainAtTheNextStart()
    {
        openWithServer({});
        QTRY_COMPARE(int(state()), int(AccountRow::State::None));
        click("accountSettingsSignIn");
        QVERIFY(signInDialog());
        auto* host = signInDialog()->findChild<QLineEdit*>(QStringLiteral("accountHost"));
        QCOMPARE(host->text(), QStringLiteral("github.com"));
        host->selectAll();
        QTest::keyClicks(host, m_github->server.url());
        auto* token = signInDialog()->findChild<QLineEdit*>(QStringLiteral("accountToken"));
        QTest::keyClicks(token, canary);
        QTest::keyClick(token, Qt::Key_Return);
        QTRY_VERIFY(textOf("accountSettingsOrigin").contains(QStringLiteral("keyring")));
        QCOMPARE(kept().server, m_github->server.url());
        m_window.reset();
        m_pipelines.reset();
        open(false);
        QTRY_COMPARE(int(state()), int(AccountRow::State::SignedIn));
        QCOMPARE(child<QLineEdit>("accountSettingsServer")->text(), m_github->server.url());
    }

    void theClientIdMakesSigningInWithACodePossible()
    {
        openWithServer(m_github->server.url());
        const auto offered = [this] {
            click("accountSettingsSignIn");
            if (!signInDialog())
                return false;
            const auto* button = signInDialog()->findChild<QPushButton*>(QStringLiteral("accountDevice"));
            const bool visible = button && button->isVisible();
            closeDialog();
            return visible;
        };
        QVERIFY(!offered());
        type("accountSettingsClientId", canary);
        QVERIFY2(textOf("accountSettingsClientNote").contains(QStringLiteral("looks like a token")), qPrintable(textOf("accountSettingsClientNote")));
        QVERIFY(child<QLineEdit>("accountSettingsClientId")->text().isEmpty() && !written().contains("Canary"));
        type("accountSettingsClientId", QStringLiteral("no id"));
        QVERIFY(kept().clientId.isEmpty());
        type("accountSettingsClientId", QStringLiteral("Iv1.0123456789abcdef"));
        QCOMPARE(kept().clientId, QStringLiteral("Iv1.0123456789abcdef"));
        QVERIFY(offered());
    }

    void repositoriesAreAddedAndRemoved()
    {
        m_tokens->write("127.0.0.1:" + std::to_string(m_github->server.port()), canary.toStdString(), this, [](Result<void>) {});
        openWithServer(m_github->server.url(), {QStringLiteral("git.example.org/team/other")});
        QTRY_COMPARE(int(state()), int(AccountRow::State::SignedIn));
        QVERIFY2(!child<QFrame>("settingsRepository"), "one on another server is not asked for here");
        click("settingsAddRepository");
        auto* ask = m_window->findChild<RepositoryDialog*>();
        QVERIFY(ask);
        auto* name = ask->findChild<QLineEdit*>(QStringLiteral("repositoryName"));
        QTest::keyClicks(name, QStringLiteral("https://git.example.org/team/other"));
        QTest::keyClick(name, Qt::Key_Return);
        auto* problem = ask->findChild<QLabel*>(QStringLiteral("repositoryProblem"));
        QVERIFY2(problem->isVisible() && problem->text().contains(QStringLiteral("git.example.org")), qPrintable(problem->text()));
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("git@github.com:acme/shop.git"));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(child<QFrame>("settingsRepository"));
        QTRY_COMPARE(textOf("settingsRepositoryState"), QStringLiteral("1 run(s) under way"));
        QCOMPARE(kept().repositories, (QStringList{QStringLiteral("git.example.org/team/other"), QStringLiteral("acme/shop")}));
        QTRY_VERIFY(!m_pipelines->watcher().runs("acme/shop").empty());
        click(child<QFrame>("settingsRepository")->findChild<QToolButton*>());
        QCOMPARE(kept().repositories, QStringList{QStringLiteral("git.example.org/team/other")});
        QTRY_VERIFY(m_pipelines->watcher().repositories().empty());
        QTRY_VERIFY(m_pipelines->store().builds().ids().empty());
    }

    void anotherServerShowsNothingOfTheFirst()
    {
        FakeGitHub second;
        for (const FakeGitHub* server : {m_github.get(), &second})
            m_tokens->write("127.0.0.1:" + std::to_string(server->server.port()), canary.toStdString(), this, [](Result<void>) {});
        openWithServer(m_github->server.url(), {QStringLiteral("acme/shop")});
        QTRY_VERIFY(!m_pipelines->watcher().runs("acme/shop").empty());
        second.broken = true;
        type("accountSettingsServer", second.server.url());
        QTRY_VERIFY(m_pipelines->watcher().run({"acme/shop", 77}) && m_pipelines->watcher().run({"acme/shop", 77})->state == RunState::Completed);
        QCOMPARE(m_pipelines->store().builds().ids().size(), std::size_t(1));
    }

    void offlineAtTheStartAndBack()
    {
        m_tokens->write("127.0.0.1:" + std::to_string(m_github->server.port()), canary.toStdString(), this, [](Result<void>) {});
        m_github->away = true;
        openWithServer(m_github->server.url(), {QStringLiteral("acme/shop")});
        QTRY_COMPARE(int(state()), int(AccountRow::State::Offline));
        m_github->away = false;
        QTRY_COMPARE_WITH_TIMEOUT(int(state()), int(AccountRow::State::SignedIn), 15'000);
        QTRY_VERIFY(!m_pipelines->watcher().runs("acme/shop").empty());
    }

    /// All a window leaves behind or shows, looked through for the token that was typed into it.
    void theTokenIsNowhere()
    {
        said.clear();
        const QtMessageHandler before = qInstallMessageHandler(hear);
        const auto pictureWith = [this](const QString& token) {
            m_tokens = std::make_unique<MemoryStore>();
            openWithServer(m_github->server.url());
            [&] { signIn(token); }();
            [&] { QTRY_COMPARE(int(state()), int(AccountRow::State::SignedIn)); }();
            [&] { QTRY_VERIFY(textOf("accountSettingsOrigin").contains(QStringLiteral("keyring"))); }();
            auto* edit = signInDialog()->findChild<QLineEdit*>(QStringLiteral("accountToken"));
            QTest::keyClicks(edit, token); // once more: while it stands in the field
            for (const QWidget* top : {static_cast<QWidget*>(m_window.get()), static_cast<QWidget*>(signInDialog())}) {
                for (const QString& text : textsOf(top))
                    [&] { QVERIFY2(!text.contains(token), qPrintable(text)); }();
            }
            QList<QImage> pictures;
            signInDialog()->setFocus();
            for (QWidget* top : {static_cast<QWidget*>(m_window.get()), static_cast<QWidget*>(signInDialog())})
                pictures += top->grab().toImage();
            QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClick(edit, Qt::Key_C, Qt::ControlModifier);
            [&] { QVERIFY2(!QApplication::clipboard()->text().contains(token), "a password field gives nothing away"); }();
            for (int i = 0; i < pictures.size(); ++i)
                pictures[i].save(m_folder->filePath(QStringLiteral("%1-%2.png").arg(token.left(8)).arg(i)));
            m_window.reset();
            m_pipelines.reset();
            return pictures;
        };
        QApplication::setCursorFlashTime(0); // nothing blinks in one picture and not in the other
        const QList<QImage> first = pictureWith(canary), second = pictureWith(other);
        m_session.reset(); // the history is written to its end
        qInstallMessageHandler(before);
        QCOMPARE(first.size(), 2);
        QCOMPARE(second.size(), 2);
        for (const QString& line : said)
            QVERIFY2(!line.contains(canary) && !line.contains(other), qPrintable(line));
        for (const char* name : {"/proc/self/environ", "/proc/self/cmdline"}) {
            QFile own(QString::fromLatin1(name));
            QVERIFY(own.open(QIODevice::ReadOnly));
            QVERIFY2(!own.readAll().contains(canary.toUtf8()), name);
        }
        int files = 0;
        QDirIterator all(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(!bytes.contains(canary.toUtf8()) && !bytes.contains(other.toUtf8()), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY2(written().contains(m_github->server.url().toUtf8()), "the settings were kept at all");
        QVERIFY2(files >= 5, "the settings and four pictures");
    }

    void longAnswersAreNotCut()
    {
        SettingsValues values;
        values.pipelines.repositories = {QStringLiteral("acme/shop")};
        QVERIFY(m_settings->set(values));
        open(true);
        QTRY_VERIFY(gaps().size() >= 2);
        click("accountSettingsSignIn");
        const auto* said = signInDialog()->findChild<QLabel*>(QStringLiteral("accountState"));
        QVERIFY(said->text().count(QLatin1Char('\n')) >= 2);
        QTRY_VERIFY(said->height() >= said->heightForWidth(said->width()));
        closeDialog();
    }

    /// Pictures for eyes: LAYERLINE_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        SettingsValues values;
        values.pipelines.repositories = {QStringLiteral("acme/shop")};
        QVERIFY(m_settings->set(values));
        open(true);
        QTRY_VERIFY(gaps().size() >= 2);
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            page().findChild<QScrollArea*>()->ensureWidgetVisible(child<QPushButton>("settingsAddRepository"), 0, 40);
            QVERIFY(m_window->grab().save(QStringLiteral("%1/settings-account-%2.png").arg(folder, QLatin1String(name))));
        }
        click("accountSettingsSignIn");
        QVERIFY(signInDialog()->grab().save(folder + QStringLiteral("/sign-in.png")));
        closeDialog();
        click("accountSettingsSignOut");
        QVERIFY(m_window->grab().save(folder + QStringLiteral("/settings-account-out.png")));
    }
};

QTEST_MAIN(TestAccountSettings)
#include "test_account_settings.moc"
