// The Pipelines page and its dialogs with real input events.
#include "support/event_builder.h"
#include "support/sample_run.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/caches_dialog.h"
#include "widgets/dialogs/dispatch_dialog.h"
#include "widgets/dialogs/repository_dialog.h"
#include "widgets/dialogs/sign_in_dialog.h"
#include "widgets/pages/jobs_table.h"
#include "widgets/pages/pipelines_empty.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/run_notices.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QTranslator>

#include <algorithm>

using namespace layerline;
using namespace layerline::test;

namespace {

AccountRow signedIn()
{
    AccountRow account;
    account.state = AccountRow::State::SignedIn;
    account.login = "octocat";
    account.origin = "keyring";
    account.host = "github.com";
    account.limit = 5000;
    account.remaining = 4812;
    return account;
}

void click(QWidget* parent, const char* name)
{
    auto* button = parent->findChild<QPushButton*>(QLatin1String(name));
    QVERIFY2(button && button->isVisible(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

class TestPipelinesPage : public QObject {
    Q_OBJECT
private:
    FixedClock m_clock{runTimeAt(421)};
    std::unique_ptr<BuildStore> m_store;
    std::unique_ptr<SelectionState> m_selection;
    std::unique_ptr<PipelinesPage> m_page;

    void choose(QPushButton* button, int action) { button->menu()->actions().at(action)->trigger(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
        m_store = std::make_unique<BuildStore>();
        m_selection = std::make_unique<SelectionState>();
        m_page = std::make_unique<PipelinesPage>(*m_store, *m_selection, m_clock);
        m_page->resize(1280, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() { m_page.reset(); }

    void emptyStateAsksForWhatIsMissing()
    {
        QSignalSpy signIn(m_page.get(), &PipelinesPage::signInRequested), add(m_page.get(), &PipelinesPage::addRepositoryRequested);
        QVERIFY(m_page->empty().isVisible());
        QVERIFY(m_page->empty().texts().join(QLatin1Char(' ')).contains(QStringLiteral("token")));
        click(m_page.get(), "pipelinesEmptyButton");
        QCOMPARE(signIn.size(), 1);
        m_page->setAccount(signedIn());
        click(m_page.get(), "pipelinesEmptyButton");
        QCOMPARE(add.size(), 1);
        AccountRow refused = signedIn();
        refused.state = AccountRow::State::Refused;
        refused.problem = "401 Bad credentials";
        m_page->setAccount(refused);
        QVERIFY(m_page->empty().texts().contains(QStringLiteral("401 Bad credentials")));
    }

    void budgetAndMissingPermissions()
    {
        AccountRow account = signedIn();
        account.gaps = {{"actions=write", PermissionGap::Part::RunActions, true, {"acme/shop"}}, {"contents=write", PermissionGap::Part::Rollback, false, {"acme/shop"}}};
        m_page->setAccount(account);
        m_page->setRepositories({{"acme/shop", "404 Not Found", 0, {}}});
        const QString shown = m_page->findChild<QLabel*>(QStringLiteral("requestBudget"))->text();
        const QString tip = m_page->findChild<QLabel*>(QStringLiteral("requestBudget"))->toolTip();
        QVERIFY2(tip.contains(QStringLiteral("cancelling runs: needs actions=write (acme/shop)")), qPrintable(tip));
        QVERIFY2(!tip.contains(QStringLiteral("contents=write")), "what shows only in use is not lacking");
        for (const QString& part : {QStringLiteral("octocat"), QLocale().toString(4812), QStringLiteral("lacks"), QStringLiteral("acme/shop: 404 Not Found")})
            QVERIFY2(shown.contains(part), qPrintable(shown));
    }

    void aRunShowsItsJobsAndWhatIsWrong()
    {
        RunNotice label{RunNotice::Kind::UnknownLabel, "build (linux/arm64)", "ubuntu-24.04-arm64", "ubuntu-24.04-arm", {}, {}};
        RunNotice log{RunNotice::Kind::NoLiveLog, {}, {}, {}, {}, {}};
        m_page->setRun(std::make_shared<const Run>(sampleRun()), {log, label});
        QVERIFY(!m_page->empty().isVisible());
        QTRY_COMPARE(m_page->jobs().model().rowCount(), 3);
        QVERIFY(m_page->jobs().isVisible());
        const QStringList texts = m_page->notices().texts();
        QCOMPARE(texts.size(), 2);
        QVERIFY2(texts.front().contains(QStringLiteral("ubuntu-24.04-arm?")), "the serious one stands first and names the nearest label");
        QSignalSpy page(m_page.get(), &PipelinesPage::pageRequested);
        auto* open = m_page->notices().findChild<QPushButton*>();
        QVERIFY(open);
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(page.at(0).at(0).toUrl().toString(), QStringLiteral("https://github.com/acme/shop/actions/runs/77"));
    }

    /// Pictures for eyes: LAYERLINE_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            m_page->setAccount(signedIn());
            m_page->setRun(nullptr, {});
            QVERIFY(m_page->grab().save(QStringLiteral("%1/pipelines-empty-%2.png").arg(folder, QLatin1String(name))));
            EventBuilder events("77", "github:acme/shop");
            events.started(0).step("a", "[linux/amd64 build 1/2] Set up job").step("b", "[linux/amd64 build 2/2] Build", {"a"}).run("a", 6, 9).run("b", 9, 90);
            m_store->apply(std::make_shared<const EventBatch>(events.batch()));
            m_store->flush();
            m_page->setRun(std::make_shared<const Run>(sampleRun()),
                           {{RunNotice::Kind::NoLiveLog, {}, {}, {}, {}, {}}, {RunNotice::Kind::UnknownLabel, "build (linux/arm64)", "ubuntu-24.04-arm64", "ubuntu-24.04-arm", {}, {}}});
            m_page->ensurePolished();
            QVERIFY(m_page->grab().save(QStringLiteral("%1/pipelines-%2.png").arg(folder, QLatin1String(name))));
        }
    }

    void everyNoticeHasASentence()
    {
        for (int kind = 0; kind <= int(RunNotice::Kind::ActionFailed); ++kind) {
            const QString text = noticeText({RunNotice::Kind(kind), "job", "label", "other", {61'000'000'000}, {}});
            QVERIFY2(!text.isEmpty(), qPrintable(QString::number(kind)));
        }
        QVERIFY(noticeText({RunNotice::Kind::LongQueue, "arm64", "ubuntu-24.04-arm", {}, {420'000'000'000}, {30'000'000'000}}).contains(QStringLiteral("usually")));
    }

    void actionsFollowTheState()
    {
        auto* again = m_page->findChild<QPushButton*>(QStringLiteral("rerun"));
        auto* cancel = m_page->findChild<QPushButton*>(QStringLiteral("cancelRun"));
        Run run = sampleRun();
        m_page->setRun(std::make_shared<const Run>(run), {});
        QVERIFY(!cancel->isHidden() && again->isHidden());
        QSignalSpy cancelled(m_page.get(), &PipelinesPage::cancelRequested), rerun(m_page.get(), &PipelinesPage::rerunRequested);
        choose(cancel, 1);
        QCOMPARE(cancelled.at(0).at(0).toBool(), true);
        run.state = RunState::Completed;
        run.conclusion = Conclusion::Failure;
        m_page->setRun(std::make_shared<const Run>(run), {});
        QVERIFY(cancel->isHidden() && !again->isHidden());
        choose(again, 0);
        choose(again, 1);
        QCOMPARE(rerun.at(0).at(0).toBool(), true);
        QCOMPARE(rerun.at(1).at(0).toBool(), false);
        run.conclusion = Conclusion::Success;
        m_page->setRun(std::make_shared<const Run>(run), {});
        QVERIFY2(!again->menu()->actions().front()->isEnabled(), "nothing failed");
    }

    void jobsByKeyboard()
    {
        m_page->setRun(std::make_shared<const Run>(sampleRun()), {});
        QSignalSpy chosen(&m_page->jobs(), &JobsTable::jobChosen), page(&m_page->jobs(), &JobsTable::jobPageRequested);
        m_page->jobs().setFocus();
        m_page->jobs().selectRow(0);
        QTest::keyClick(&m_page->jobs(), Qt::Key_Down);
        QCOMPARE(m_page->jobs().currentJob(), 2);
        QCOMPARE(chosen.last().at(0).toLongLong(), 2);
        QTest::keyClick(&m_page->jobs(), Qt::Key_Return);
        QCOMPARE(page.size(), 1);
        Run changed = sampleRun();
        changed.jobs[1].conclusion = Conclusion::Failure;
        m_page->setRun(std::make_shared<const Run>(changed), {});
        QCOMPARE(m_page->jobs().currentJob(), 2); // news do not move the selection
    }

    void tokenIsSaidOnceAndForgotten()
    {
        SignInDialog dialog(AccountRow{});
        dialog.show();
        QSignalSpy given(&dialog, &SignInDialog::tokenGiven);
        auto* token = dialog.findChild<QLineEdit*>(QStringLiteral("accountToken"));
        QCOMPARE(token->echoMode(), QLineEdit::Password);
        QTest::keyClicks(token, QStringLiteral("ghp_secret"));
        QTest::keyClick(token, Qt::Key_Return);
        QCOMPARE(given.size(), 1);
        QCOMPARE(given.at(0).at(0).toString(), QStringLiteral("ghp_secret"));
        QCOMPARE(given.at(0).at(1).toString(), QStringLiteral("github.com"));
        QVERIFY(token->text().isEmpty());
        QTest::keyClick(token, Qt::Key_Return);
        QCOMPARE(given.size(), 1);
        dialog.setDeviceCode(QStringLiteral("ABCD-1234"), QUrl(QStringLiteral("https://github.com/login/device")));
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("accountState"))->text().contains(QStringLiteral("code")));
        dialog.setDeviceCode({}, {});
        dialog.setAccount(signedIn());
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("accountState"))->text().contains(QStringLiteral("octocat")));
    }

    void aRefusedTokenIsSaidInTheReadersLanguage()
    {
        class Brackets : public QTranslator {
            bool isEmpty() const override { return false; }
            QString translate(const char* context, const char* text, const char*, int) const override
            {
                return qstrcmp(context, "OwnWords") == 0 ? QStringLiteral("«%1»").arg(QString::fromUtf8(text)) : QString();
            }
        } brackets;
        QVERIFY(QCoreApplication::installTranslator(&brackets));
        AccountRow refused = signedIn();
        refused.state = AccountRow::State::Refused;
        refused.problem = "GitHub does not accept the token";
        SignInDialog dialog(refused);
        const auto labels = dialog.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->text().contains(QStringLiteral("«GitHub does not accept the token»")); }));
    }

    void repositoryDialogShowsTheRefusal()
    {
        RepositoryDialog dialog;
        dialog.show();
        QSignalSpy given(&dialog, &RepositoryDialog::repositoryGiven);
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("repositoryName"));
        QTest::keyClicks(name, QStringLiteral("  acme/shop "));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(given.at(0).at(0).toString(), QStringLiteral("acme/shop"));
        dialog.showProblem(QStringLiteral("404"));
        auto* problem = dialog.findChild<QLabel*>(QStringLiteral("repositoryProblem"));
        QVERIFY(problem->isVisible());
        QTest::keyClicks(name, QStringLiteral("x"));
        QVERIFY(!problem->isVisible());
    }

    void dispatchFormIsMadeOfTheInputs()
    {
        DispatchChoice image{".github/workflows/image.yml", "image", {}, {{"tag", "string", "what to tag", "", true, {}}, {"push", "boolean", "", "true", false, {}}, {"channel", "choice", "", "beta", false, {"stable", "beta"}}}};
        DispatchChoice other{".github/workflows/other.yml", "other", "it has no workflow_dispatch", {}};
        DispatchDialog dialog(QStringLiteral("acme/shop"), QStringLiteral("main"), {image, other});
        dialog.show();
        auto* start = dialog.findChildren<QPushButton*>().last();
        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->isDefault())
                start = button;
        }
        QVERIFY2(!start->isEnabled(), "a required input is empty");
        QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("input_tag")), QStringLiteral("v2"));
        QVERIFY(start->isEnabled());
        // What will be sent follows every field, and can be copied.
        auto* call = dialog.findChild<QPlainTextEdit*>(QStringLiteral("dispatchCall"));
        QVERIFY(!call->isVisible());
        dialog.setCallText([](const QString& workflow, const QString& ref, const QMap<QString, QString>& values) {
            return QStringLiteral("POST %1 %2 %3").arg(workflow, ref, QStringList(values.values()).join(QLatin1Char('+')));
        });
        QVERIFY(call->isVisible());
        QCOMPARE(call->toPlainText(), QStringLiteral("POST .github/workflows/image.yml main beta+true+v2"));
        dialog.findChild<QCheckBox*>(QStringLiteral("input_push"))->toggle();
        dialog.findChild<QComboBox*>(QStringLiteral("input_channel"))->setCurrentIndex(0);
        QCOMPARE(call->toPlainText(), QStringLiteral("POST .github/workflows/image.yml main stable+false+v2"));
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("copyCall")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), call->toPlainText());
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(dialog.grab().save(folder + QStringLiteral("/dispatch.png")));
        auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("input_tag"));
        QVERIFY2(field->height() >= field->sizeHint().height(), "the call takes no room from the fields");
        dialog.findChild<QCheckBox*>(QStringLiteral("input_push"))->toggle();
        dialog.findChild<QComboBox*>(QStringLiteral("input_channel"))->setCurrentIndex(1);
        QSignalSpy confirmed(&dialog, &DispatchDialog::dispatchConfirmed);
        QTest::mouseClick(start, Qt::LeftButton);
        const auto inputs = confirmed.at(0).at(2).value<QMap<QString, QString>>();
        QCOMPARE(inputs, (QMap<QString, QString>{{QStringLiteral("tag"), QStringLiteral("v2")}, {QStringLiteral("push"), QStringLiteral("true")}, {QStringLiteral("channel"), QStringLiteral("beta")}}));
        QTest::keyClick(dialog.findChild<QComboBox*>(QStringLiteral("dispatchWorkflow")), Qt::Key_Down);
        QVERIFY(!start->isEnabled());
        QVERIFY(dialog.values().isEmpty());
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("dispatchNote"))->text().contains(QStringLiteral("workflow_dispatch")));
    }

    void cachesByScopeAreDeletedAfterAQuestion()
    {
        CachesDialog dialog(QStringLiteral("acme/shop"));
        dialog.show();
        CacheTable table;
        table.repository = "acme/shop";
        table.usedBytes = 9'200'000'000;
        table.quotaBytes = 10'000'000'000;
        table.quotaTold = true;
        table.entries = 40;
        table.scopes = {{"build-arm64", "main", 3, true, false, runTimeAt(0), runTimeAt(50), {"index-build-arm64-1-12345678#3"}}, {"buildkit", "main", 9, true, true, {}, {}, {"a", "b"}},
                        {"build-amd64", "main", 4, true, false, {}, {}, {"new", "older", "oldest"}}};
        dialog.setCaches(table);
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("cachesSummary"))->text().contains(QStringLiteral("9.2 GB of 10")));
        QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("cachesSummary"))->text().contains(QStringLiteral("default")));
        table.quotaTold = false;
        dialog.setCaches(table);
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("cachesSummary"))->text().contains(QStringLiteral("default")));
        // Who writes one scope is told as soon as the workflows are read.
        auto* collisions = dialog.findChild<QLabel*>(QStringLiteral("cachesCollisions"));
        QVERIFY(!collisions->isVisible());
        table.looked = true;
        table.collisions = {{"buildkit", true, {"docker.yml: build (linux/amd64)", "docker.yml: build (linux/arm64)"}, 2}};
        table.unread = "x.yml: line 3, column 1: no workflow";
        dialog.setCaches(table);
        QVERIFY(collisions->isVisible());
        for (const char* part : {"buildkit is written by several architectures", "docker.yml: build (linux/arm64)", "2 time", "x.yml: line 3"})
            QVERIFY2(collisions->text().contains(QLatin1String(part)), qPrintable(collisions->text()));
        auto* view = dialog.findChild<QTableWidget*>(QStringLiteral("cachesTable"));
        QCOMPARE(view->rowCount(), 3);
        QCOMPARE(view->item(0, 3)->text(), QStringLiteral("live"));
        QCOMPARE(view->item(2, 3)->text(), QStringLiteral("live, 2 stale"));
        QVERIFY(view->item(1, 3)->text().contains(QStringLiteral("several")));
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(dialog.grab().save(folder + QStringLiteral("/caches.png")));
        dialog.setCallText([](const QStringList& keys) { return QStringLiteral("DELETE ") + keys.join(QStringLiteral("\nDELETE ")); });
        view->selectRow(1);
        QSignalSpy deleted(&dialog, &CachesDialog::deleteConfirmed);
        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->isEnabled() && !button->isDefault() && button->parent() == &dialog)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        auto* question = dialog.findChild<ActionDialog*>();
        QVERIFY(question);
        QCOMPARE(deleted.size(), 0); // nothing happens before the answer
        QCOMPARE(question->findChild<QPlainTextEdit*>(QStringLiteral("actionCommand"))->toPlainText(), QStringLiteral("DELETE a\nDELETE b"));
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(question->grab().save(folder + QStringLiteral("/caches-delete.png")));
        QTest::mouseClick(question->findChild<QPushButton*>(QStringLiteral("actionDo")), Qt::LeftButton);
        QCOMPARE(deleted.at(0).at(0).toStringList(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    }
};

QTEST_MAIN(TestPipelinesPage)
#include "test_pipelines_page.moc"
