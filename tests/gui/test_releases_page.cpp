// The Releases page and its dialogs with real input events.
#include "support/sample_release.h"
#include "widgets/dialogs/image_dialog.h"
#include "widgets/dialogs/move_tag_dialog.h"
#include "widgets/pages/images_list.h"
#include "widgets/pages/release_cells.h"
#include "widgets/pages/releases_page.h"
#include "widgets/pages/releases_table.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

template <class T>
T* child(QWidget* parent, const char* name)
{
    return parent->findChild<T*>(QLatin1String(name));
}

TagMovePlan planTo(char digest)
{
    TagMovePlan plan;
    plan.image = "ghcr.io/acme/shop";
    plan.tag = "2.0";
    plan.from = sampleRelease().tags[0].published;
    plan.to = sampleRelease().tags[1].published;
    plan.to.tag.clear();
    plan.to.digest = digestOf(digest);
    plan.bytes = 1234;
    plan.url = "https://ghcr.io/v2/acme/shop/manifests/2.0";
    return plan;
}

} // namespace

class TestReleasesPage : public QObject {
    Q_OBJECT
    FixedClock m_clock{releaseTime(5)};
    std::unique_ptr<ReleasesPage> m_page;

    std::unique_ptr<MoveTagDialog> openMove()
    {
        auto dialog = std::make_unique<MoveTagDialog>(QStringLiteral("ghcr.io/acme/shop"), QStringLiteral("2.0"),
                                                      moveTargets(sampleRelease(), "2.0", {{"2.0", digestOf('1'), true, {amd64, arm64}, releaseTime(-90), releaseTime(-80)}}));
        dialog->show();
        [&] { QVERIFY(QTest::qWaitForWindowExposed(dialog.get())); }();
        return dialog;
    }
    static void clickRow(QTableWidget* table, int row)
    {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->item(row, 0)).center());
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
        m_page = std::make_unique<ReleasesPage>(m_clock);
        m_page->resize(1280, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() { m_page.reset(); }

    void emptyStateTeachesAndAdds()
    {
        QSignalSpy add(m_page.get(), &ReleasesPage::addRequested);
        auto* button = child<QPushButton>(m_page.get(), "releasesEmptyAdd");
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(add.size(), 1);
        QCOMPARE(m_page->currentImage(), QString());
        m_page->setImages({sampleImage()});
        QVERIFY(!button->isVisible());
        QTest::mouseClick(child<QPushButton>(m_page.get(), "addImage"), Qt::LeftButton);
        QCOMPARE(add.size(), 2);
        m_page->setImages({});
        QVERIFY(button->isVisible());
    }

    void aMissingArchitectureIsLoud()
    {
        m_page->setImages({sampleImage()});
        QVERIFY(child<QWidget>(m_page.get(), "faultCard")->isVisible());
        QVERIFY2(m_page->faultText().contains(QStringLiteral("linux/arm64 is promised and not published: 2.0")), qPrintable(m_page->faultText()));
        QVERIFY(m_page->faultText().contains(QStringLiteral("linux/arm64 is not what the job built: 1.0")));
        // Word, shape and colour: the cell's own pixels are tinted with the colour of failure, a whole one's are not.
        const QImage picture = m_page->table().viewport()->grab().toImage();
        const auto corner = [&](int row, int column) {
            const QRect cell = m_page->table().visualRect(m_page->table().model().index(row, column));
            return picture.pixelColor(int((cell.left() + 2) * picture.devicePixelRatio()), int((cell.top() + 6) * picture.devicePixelRatio()));
        };
        QCOMPARE(corner(0, 2), Theme::palette().failed);
        QVERIFY(corner(0, 1) != Theme::palette().failed);
        QCOMPARE(m_page->table().model().index(0, 2).data().toString(), QStringLiteral("MISSING"));
    }

    void nothingMissingIsQuiet()
    {
        Release whole = sampleRelease();
        whole.tags = {whole.tags[1]};
        m_page->setImages({sampleImage(whole)});
        QVERIFY(!child<QWidget>(m_page.get(), "faultCard")->isVisible());
        QVERIFY(child<QLabel>(m_page.get(), "releasePromise")->text().contains(QStringLiteral("amd64, arm64")));
        QVERIFY(child<QLabel>(m_page.get(), "releaseWhen")->text().contains(QStringLiteral("5 minute")));
    }

    void whyItCannotBeRead()
    {
        WatchedImage image;
        image.image = "docker.io/acme/docs";
        image.state = WatchedImage::State::Refused;
        image.problem = "docker.io wants a sign-in";
        m_page->setImages({image});
        QVERIFY(m_page->faultText().contains(QStringLiteral("docker.io wants a sign-in")));
        QVERIFY(!child<QPushButton>(m_page.get(), "moveTag")->isEnabled());
    }

    void chosenWithTheKeyboard()
    {
        Release other = sampleRelease();
        other.image = "ghcr.io/acme/edge";
        m_page->setImages({sampleImage(), sampleImage(other)});
        QCOMPARE(m_page->currentImage(), QStringLiteral("ghcr.io/acme/shop"));
        m_page->images().setFocus();
        QTest::keyClick(&m_page->images(), Qt::Key_Down);
        QCOMPARE(m_page->currentImage(), QStringLiteral("ghcr.io/acme/edge"));
        QSignalSpy move(m_page.get(), &ReleasesPage::moveRequested);
        m_page->table().setFocus();
        QTest::keyClick(&m_page->table(), Qt::Key_Down);
        QTest::keyClick(&m_page->table(), Qt::Key_Return);
        QCOMPARE(move.size(), 1);
        QCOMPARE(move[0][0].toString(), QStringLiteral("ghcr.io/acme/edge"));
        QCOMPARE(move[0][1].toString(), QStringLiteral("1.1"));
        // A new answer keeps what is chosen.
        m_page->setImages({sampleImage(), sampleImage(other)});
        QCOMPARE(m_page->currentImage(), QStringLiteral("ghcr.io/acme/edge"));
        QCOMPARE(m_page->table().currentTag(), QStringLiteral("1.1"));
    }

    void buttonsAskForTheImageShown()
    {
        m_page->setImages({sampleImage()});
        QSignalSpy refresh(m_page.get(), &ReleasesPage::refreshRequested), move(m_page.get(), &ReleasesPage::moveRequested), promise(m_page.get(), &ReleasesPage::promiseRequested),
            remove(m_page.get(), &ReleasesPage::removeRequested);
        QTest::mouseClick(child<QPushButton>(m_page.get(), "refreshRelease"), Qt::LeftButton);
        QCOMPARE(refresh.value(0).value(0).toString(), QStringLiteral("ghcr.io/acme/shop"));
        QTest::mouseClick(child<QPushButton>(m_page.get(), "moveTag"), Qt::LeftButton);
        QCOMPARE(move.value(0).value(1).toString(), QStringLiteral("2.0"));
        const QList<QAction*> more = child<QPushButton>(m_page.get(), "releaseMore")->menu()->actions();
        more[0]->trigger();
        QCOMPARE(promise.size(), 1);
        more[1]->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("layerline gate ghcr.io/acme/shop:2.0 --platform linux/amd64 --platform linux/arm64"));
        more.last()->trigger();
        QCOMPARE(remove.size(), 1);
        WatchedImage busy = sampleImage();
        busy.refreshing = true;
        m_page->setImages({busy});
        QVERIFY(!child<QPushButton>(m_page.get(), "refreshRelease")->isEnabled());
    }

    void addingAnImage()
    {
        ImageDialog dialog;
        QSignalSpy given(&dialog, &ImageDialog::given);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        auto* ok = child<QPushButton>(&dialog, "imageGiven");
        QVERIFY(!ok->isEnabled());
        QTest::keyClicks(child<QLineEdit>(&dialog, "imageName"), QStringLiteral(" ghcr.io/acme/shop "));
        QTest::keyClicks(child<QLineEdit>(&dialog, "promisedPlatforms"), QStringLiteral("linux/arm64"));
        QTest::mouseClick(ok, Qt::LeftButton);
        QCOMPARE(given.value(0).value(0).toString(), QStringLiteral("ghcr.io/acme/shop"));
        QVERIFY(given.value(0).value(1).value<PromiseChoice>() == (PromiseChoice{PromiseChoice::From::Typed, "linux/arm64"}));
        dialog.showProblem(QStringLiteral("no such thing"));
        QVERIFY(child<QLabel>(&dialog, "imageProblem")->isVisible());
        QTest::keyClicks(child<QLineEdit>(&dialog, "imageName"), QStringLiteral("x"));
        QVERIFY(!child<QLabel>(&dialog, "imageProblem")->isVisible());
    }

    void aPromiseOfAKnownImage()
    {
        ImageDialog dialog(QStringLiteral("ghcr.io/acme/shop"), {PromiseChoice::From::Typed, "linux/amd64"});
        QVERIFY(child<QLineEdit>(&dialog, "imageName")->isReadOnly());
        QVERIFY(child<QPushButton>(&dialog, "imageGiven")->isEnabled());
        QCOMPARE(child<QLineEdit>(&dialog, "promisedPlatforms")->text(), QStringLiteral("linux/amd64"));
    }

    void aRepositoryOrAFileMayPromise()
    {
        ImageDialog dialog(QStringLiteral("ghcr.io/acme/shop"), {PromiseChoice::From::Repository, "acme/shop"}, {QStringLiteral("acme/api"), QStringLiteral("acme/shop")});
        QSignalSpy given(&dialog, &ImageDialog::given);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        auto* by = child<QComboBox>(&dialog, "promisedBy");
        auto* repository = child<QComboBox>(&dialog, "promisedRepository");
        auto* ok = child<QPushButton>(&dialog, "imageGiven");
        QVERIFY(repository->isVisible() && !child<QLineEdit>(&dialog, "promisedPlatforms")->isVisible());
        QCOMPARE(repository->currentText(), QStringLiteral("acme/shop"));
        QCOMPARE(repository->count(), 2);
        const QSize size = dialog.size();
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(dialog.grab().save(folder + QStringLiteral("/image-dialog.png")));
        by->setFocus();
        QTest::keyClick(by, Qt::Key_Down);
        auto* file = child<QLineEdit>(&dialog, "promisedFile");
        QVERIFY(file->isVisible() && !ok->isEnabled()); // a file has to be named
        QCOMPARE(dialog.size(), size);
        QTest::keyClicks(file, QStringLiteral("docker-bake.hcl"));
        QTest::keyClick(file, Qt::Key_Return);
        QVERIFY(given.value(0).value(1).value<PromiseChoice>() == (PromiseChoice{PromiseChoice::From::File, "docker-bake.hcl"}));
    }

    void theChosenTagPlatformByPlatform()
    {
        Release release = sampleRelease();
        for (ReleaseTag& tag : release.tags)
            tag.builtBy = "run 7 of acme/shop";
        WatchedImage image = sampleImage(release);
        m_page->setImages({image});
        ReleaseCells& cells = m_page->cells();
        auto* title = m_page->findChild<QLabel*>(QStringLiteral("releaseCellsTitle"));
        QVERIFY(!title->text().contains(QStringLiteral("run 7"))); // nothing of this tag was compared
        QVERIFY(cells.isVisible());
        QCOMPARE(cells.rowCount(), 2);
        const auto text = [&](int row, int column) { return cells.item(row, column)->text(); };
        QCOMPARE(text(1, 0), QStringLiteral("linux/arm64"));
        QCOMPARE(text(1, 1), QStringLiteral("yes"));
        QCOMPARE(text(1, 2), QStringLiteral("not known"));
        QCOMPARE(text(1, 3), QStringLiteral("not published"));
        QCOMPARE(text(1, 5), QStringLiteral("MISSING"));
        QCOMPARE(cells.item(1, 5)->foreground().color(), ReleasesTable::faultText());
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(m_page->grab().save(folder + QStringLiteral("/release-cells.png")));
        m_page->table().selectRow(2);
        QCOMPARE(cells.item(1, 2)->toolTip(), QString::fromStdString(digestOf('9')));
        QVERIFY(title->text().contains(QStringLiteral("run 7 of acme/shop")));
        QCOMPARE(text(1, 5), QStringLiteral("differs"));
        QVERIFY(child<QLabel>(m_page.get(), "releaseCellsTitle")->text().contains(QStringLiteral("run 7 of acme/shop")));
        m_page->table().selectRow(1);
        QCOMPARE(cells.rowCount(), 3);
        QCOMPARE(text(2, 1), QStringLiteral("no"));
    }

    void movingShowsWhatWillHappenFirst()
    {
        const auto dialog = openMove();
        QSignalSpy planned(dialog.get(), &MoveTagDialog::planRequested), moved(dialog.get(), &MoveTagDialog::moveConfirmed);
        auto* table = child<QTableWidget>(dialog.get(), "moveTargets");
        auto* go = child<QPushButton>(dialog.get(), "moveConfirm");
        QCOMPARE(table->rowCount(), 3);
        QVERIFY(!go->isEnabled());
        clickRow(table, 0);
        QCOMPARE(planned.value(0).value(0).toString(), QString::fromStdString(digestOf('1')));
        QVERIFY(!go->isEnabled()); // the registry has not answered
        dialog->setPlan(planTo('2')); // an answer to an earlier question
        QVERIFY(!go->isEnabled());
        TagMovePlan plan = planTo('1');
        plan.lost = {riscv64};
        plan.from.signatures = {{"signature", "sha256-x.sig"}};
        dialog->setPlan(plan);
        QVERIFY(go->isEnabled());
        const QString all = dialog->texts().join(QLatin1Char('\n'));
        for (const QString& part : {QString::fromStdString(digestOf('c')), QString::fromStdString(digestOf('1')), QStringLiteral("linux/riscv64 can be pulled from this tag now"),
                                    QStringLiteral("sha256-x.sig stays"), QStringLiteral("PUT https://ghcr.io/v2/acme/shop/manifests/2.0"), QStringLiteral("Move 2.0 to sha256:111111111111")})
            QVERIFY2(all.contains(part), qPrintable(part + QStringLiteral(" in ") + all));
        // Every call in its order, to be copied.
        const QStringList calls = child<QPlainTextEdit>(dialog.get(), "moveRequest")->toPlainText().split(QLatin1Char('\n')).filter(QStringLiteral("https://"));
        const QString manifests = QStringLiteral("https://ghcr.io/v2/acme/shop/manifests/");
        QCOMPARE(calls, (QStringList{QStringLiteral("HEAD ") + manifests + QStringLiteral("2.0"), QStringLiteral("GET ") + manifests + QString::fromStdString(digestOf('1')),
                                     QStringLiteral("PUT ") + manifests + QStringLiteral("2.0"), QStringLiteral("GET ") + manifests + QStringLiteral("2.0")}));
        QTest::mouseClick(child<QPushButton>(dialog.get(), "copyCall"), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(calls[2]));
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/move-tag.png")));
        QTest::mouseClick(go, Qt::LeftButton);
        QCOMPARE(moved.size(), 1);
        QVERIFY(!go->isEnabled()); // once
        QTest::mouseClick(go, Qt::LeftButton);
        QCOMPARE(moved.size(), 1);
        dialog->showDone(QString::fromStdString(digestOf('1')));
        QVERIFY(!go->isVisible());
        QVERIFY(dialog->texts()[3].contains(QStringLiteral("Read back")));
    }

    void aPastedDigest()
    {
        const auto dialog = openMove();
        QSignalSpy planned(dialog.get(), &MoveTagDialog::planRequested);
        auto* field = child<QLineEdit>(dialog.get(), "moveDigest");
        const QString digest = QString::fromStdString(digestOf('4'));
        field->setFocus();
        QTest::keyClicks(field, digest.left(70));
        QCOMPARE(planned.size(), 0);
        QTest::keyClicks(field, digest.mid(70));
        QCOMPARE(planned.size(), 1);
        TagMovePlan same = planTo('4');
        same.from.digest = same.to.digest;
        dialog->setPlan(same);
        QVERIFY(!child<QPushButton>(dialog.get(), "moveConfirm")->isEnabled());
        dialog->showProblem(QStringLiteral("ghcr.io has no repository"));
        QCOMPARE(dialog->texts()[3], QStringLiteral("ghcr.io has no repository"));
    }

    void bothThemes()
    {
        auto& app = *static_cast<QApplication*>(QCoreApplication::instance());
        m_page->setImages({sampleImage()});
        for (const ThemeKind kind : {ThemeKind::Dark, ThemeKind::Light}) {
            Theme::apply(app, kind);
            for (const bool selected : {false, true})
                QVERIFY2(contrastRatio(ReleasesTable::faultText(), ReleasesTable::faultTint(selected)) >= 4.5, kind == ThemeKind::Dark ? "dark" : "light");
            QVERIFY(!m_page->grab().isNull());
        }
    }
};

QTEST_MAIN(TestReleasesPage)
#include "test_releases_page.moc"
