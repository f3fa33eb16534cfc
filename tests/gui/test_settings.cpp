// The Settings page in the real window, with keys and clicks.
#include "app/tasks/settings_store.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "widgets/dialogs/address_dialog.h"
#include "widgets/pages/builders_page.h"
#include "widgets/pages/settings_page.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace layerline;

class TestSettings : public QObject {
    Q_OBJECT

    QTemporaryDir folder;
    SystemClock clock;
    std::unique_ptr<SettingsStore> store;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;

    template <class Widget>
    Widget* child(const char* name) { return window->findChild<Widget*>(QLatin1String(name)); }
    void click(const char* name)
    {
        auto* button = child<QPushButton>(name);
        QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QString file() const { return folder.filePath(QStringLiteral("layerline.conf")); }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("LAYERLINE_HISTORY", folder.filePath(QStringLiteral("history")).toLocal8Bit());
        qputenv("DOCKER_CONFIG", folder.path().toLocal8Bit()); // no builder of this machine's
        qputenv("PATH", "/nonexistent");
        Theme::apply(*qApp, ThemeKind::Dark);
    }
    void init()
    {
        QFile::remove(file());
        store = std::make_unique<SettingsStore>(file());
        SessionOptions options;
        options.addresses = {QStringLiteral("unix:///nonexistent/given.sock")};
        session = std::make_unique<Session>(options, clock);
        window = std::make_unique<MainWindow>(*session, *store);
        window->resize(1280, 800);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QTest::keyClick(window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(window->currentPage(), QString(pages::settings));
    }
    void cleanup()
    {
        window.reset();
        session.reset();
    }

    void anAddressIsCheckedKeptAndWatchedAtOnce()
    {
        session->start();
        QTRY_VERIFY(!session->nodes().empty()); // the one of the command line
        click("settingsAddAddress");
        auto* dialog = child<AddressDialog>("addressDialog");
        QVERIFY(dialog);
        auto* edit = dialog->findChild<QLineEdit*>(QStringLiteral("address"));
        auto* fault = dialog->findChild<QLabel*>(QStringLiteral("addressFault"));
        auto* add = dialog->findChild<QPushButton*>(QStringLiteral("addressAdd"));
        QVERIFY(!add->isEnabled());
        QTest::keyClicks(edit, QStringLiteral("tcp:/"));
        QVERIFY(fault->text().isEmpty()); // still being typed
        edit->clear();
        QTest::keyClicks(edit, QStringLiteral("http://x"));
        QVERIFY(!fault->text().isEmpty() && !add->isEnabled());
        edit->setText(QStringLiteral("unix:///nonexistent/given.sock"));
        QVERIFY(!fault->text().isEmpty() && !add->isEnabled()); // watched already
        edit->setText(QStringLiteral(" unix:///nonexistent/second.sock "));
        QVERIFY(fault->text().isEmpty() && add->isEnabled());
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(store->values().addresses, QStringList{QStringLiteral("unix:///nonexistent/second.sock")});
        QCOMPARE(SettingsStore(file()).values().addresses, store->values().addresses);
        const auto watched = [this](const char* address) {
            for (const NodeStatus& node : session->nodes()) {
                if (node.builder == address)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(watched("unix:///nonexistent/second.sock"));
        auto* state = child<QLabel>("settingsAddressState");
        QVERIFY(state);
        QTRY_VERIFY(!state->text().isEmpty()); // that nobody is there

        auto* row = child<QFrame>("settingsAddress");
        QTest::mouseClick(row->findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(store->values().addresses.isEmpty());
        QTRY_VERIFY(!watched("unix:///nonexistent/second.sock"));
        QVERIFY(watched("unix:///nonexistent/given.sock")); // the command line's stays
    }
    void theBuildersPageAsksTheSame()
    {
        window->showPage(pages::builders);
        click("addBuilderAddress");
        auto* dialog = child<AddressDialog>("addressDialog");
        QVERIFY(dialog && dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!child<AddressDialog>("addressDialog"));
        QVERIFY(store->values().addresses.isEmpty());
    }
    void iconsFollowTheTheme()
    {
        const auto* button = window->findChild<QToolButton*>(QStringLiteral("rail-") + pages::settings);
        const auto lightness = [button] {
            const QImage picture = button->icon().pixmap(QSize(20, 20), QIcon::Normal, QIcon::On).toImage();
            int strongest = 0, result = -1;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor color = picture.pixelColor(x, y);
                    if (color.alpha() > strongest) {
                        strongest = color.alpha();
                        result = color.lightness();
                    }
                }
            }
            return result;
        };
        QVERIFY(lightness() > 150);
        Theme::apply(*qApp, ThemeKind::Light);
        const int onLight = lightness();
        Theme::apply(*qApp, ThemeKind::Dark);
        QVERIFY2(onLight >= 0 && onLight < 100, "an icon made in the dark is dark on light");
    }
    void themeAtOnceLanguageLater()
    {
        QSignalSpy themes(window.get(), &MainWindow::themeRequested);
        auto* theme = child<QComboBox>("settingsTheme");
        theme->setFocus();
        QTest::keyClick(theme, Qt::Key_Down);
        QCOMPARE(themes.size(), 1);
        QCOMPARE(store->values().appearance.theme, QStringLiteral("light"));
        auto* note = child<QLabel>("settingsRestart");
        QVERIFY(!note->isVisible());
        auto* language = child<QComboBox>("settingsLanguage");
        QTest::keyClick(language, Qt::Key_End);
        QCOMPARE(store->values().appearance.language, QStringLiteral("zh_CN"));
        QVERIFY(note->isVisible());
        QCOMPARE(themes.size(), 1);
    }
    void tighterLimitsOfTheHistoryAreAskedFor()
    {
        auto* builds = child<QSpinBox>("settingsBuilds");
        auto* apply = child<QPushButton>("settingsApplyHistory");
        QVERIFY(!apply->isEnabled());
        builds->setValue(builds->value() + 100); // more: nothing to ask
        click("settingsApplyHistory");
        QCOMPARE(store->values().history.maxBuilds, 2100);
        QVERIFY(!apply->isEnabled());
        builds->setValue(7);
        click("settingsApplyHistory");
        auto* question = child<QMessageBox>("settingsConfirm");
        QVERIFY(question && question->isVisible());
        QVERIFY(question->text().contains(QLatin1Char('7')));
        QTest::keyClick(question, Qt::Key_Escape);
        QCOMPARE(store->values().history.maxBuilds, 2100);
        QTRY_VERIFY(!child<QMessageBox>("settingsConfirm"));
        click("settingsApplyHistory");
        question = child<QMessageBox>("settingsConfirm");
        for (QAbstractButton* button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::DestructiveRole)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(store->values().history.maxBuilds, 7);
        QCOMPARE(SettingsStore(file()).values().history.maxBuilds, 7);
    }
    void aFolderWantsAPathFromTheRoot()
    {
        auto* edit = child<QLineEdit>("settingsFolder");
        auto* apply = child<QPushButton>("settingsApplyHistory");
        auto* note = child<QLabel>("settingsFolderNote");
        QVERIFY(!note->isVisible());
        QTest::keyClicks(edit, QStringLiteral("somewhere"));
        QVERIFY(!apply->isEnabled() && note->isVisible());
        edit->setText(folder.filePath(QStringLiteral("other")));
        QVERIFY(apply->isEnabled());
        click("settingsApplyHistory");
        QCOMPARE(store->values().history.folder, folder.filePath(QStringLiteral("other")));
    }
    void limitsForLogsReachTheReducer()
    {
        auto* box = child<QSpinBox>("settingsStepLog");
        box->setValue(3);
        QCOMPARE(store->values().logs.stepBytes, 3'000'000);
        QCOMPARE(session->caps().logBytes, std::uint64_t(3'000'000));
        child<QSpinBox>("settingsFileSize")->setValue(5);
        QCOMPARE(session->fileCaps().textBytes, std::uint64_t(5'000'000));
    }
    void theUsageIsShown()
    {
        session->start();
        window->showPage(pages::builds);
        window->showPage(pages::settings);
        QTRY_VERIFY(child<QLabel>("settingsUsage")->text().contains(QLatin1Char('0')));
    }
};

QTEST_MAIN(TestSettings)
#include "test_settings.moc"
