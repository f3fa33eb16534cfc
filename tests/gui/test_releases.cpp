// The Releases page with its controller on a registry in this process: added, read, moved, remembered.
#include "app/releases.h"
#include "support/fake_registry.h"
#include "widgets/dialogs/image_dialog.h"
#include "widgets/dialogs/move_tag_dialog.h"
#include "widgets/pages/images_list.h"
#include "widgets/pages/releases_page.h"
#include "widgets/pages/releases_table.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestReleases : public QObject {
    Q_OBJECT
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<ReleasesPage> m_page;
    std::unique_ptr<Releases> m_releases;

    QString image() const { return QString::fromStdString(m_registry->image({}).name()); }
    QString settings() const { return m_folder->filePath(QStringLiteral("releases.conf")); }
    void open()
    {
        m_releases.reset();
        m_page = std::make_unique<ReleasesPage>(m_clock);
        m_releases = std::make_unique<Releases>(*m_page, m_clock, settings());
        m_page->resize(1280, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    template <class Dialog>
    Dialog* dialog() const
    {
        const auto all = m_page->findChildren<Dialog*>();
        return all.isEmpty() ? nullptr : all.last();
    }
    QString word(const QString& tag, int column) const
    {
        const ReleasesModel& model = m_page->table().model();
        return model.index(model.rowOf(tag.toStdString()), column).data().toString();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("LAYERLINE_STATE", m_folder->path().toUtf8());
        qputenv("DOCKER_CONFIG", m_folder->path().toUtf8());
        m_registry = std::make_unique<FakeRegistry>();
        m_registry->addPair("one", "1.0");
        m_registry->addImage("amd64", "two", "1.1");
        open();
    }
    void cleanup()
    {
        m_releases.reset();
        m_page.reset();
        m_registry.reset();
    }

    void addedByHandAndRemembered()
    {
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("releasesEmptyAdd")), Qt::LeftButton);
        QTRY_VERIFY(dialog<ImageDialog>() && dialog<ImageDialog>()->isVisible());
        ImageDialog* asked = dialog<ImageDialog>();
        auto* name = asked->findChild<QLineEdit*>(QStringLiteral("imageName"));
        auto* platforms = asked->findChild<QLineEdit*>(QStringLiteral("promisedPlatforms"));
        auto* ok = asked->findChild<QPushButton*>(QStringLiteral("imageGiven"));
        QTest::keyClicks(name, QStringLiteral("NOT an image"));
        QTest::mouseClick(ok, Qt::LeftButton);
        QVERIFY(asked->isVisible()); // it says why
        name->clear();
        QTest::keyClicks(name, image());
        QTest::keyClicks(platforms, QStringLiteral("linux/amd64, potato"));
        QTest::mouseClick(ok, Qt::LeftButton);
        QVERIFY(asked->isVisible());
        platforms->clear();
        QTest::keyClicks(platforms, QStringLiteral("linux/amd64, linux/arm64"));
        QTest::mouseClick(ok, Qt::LeftButton);
        QVERIFY(!asked->isVisible());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QCOMPARE(word(QStringLiteral("1.0"), 2), QStringLiteral("published"));
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING"));
        QVERIFY(m_page->faultText().contains(QStringLiteral("linux/arm64 is promised and not published: 1.1")));
        // The next start knows it, and asks again by itself.
        m_registry->server.clear();
        open();
        QCOMPARE(m_page->currentImage(), image());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING"));
        m_page->findChild<QPushButton*>(QStringLiteral("releaseMore"));
        Q_EMIT m_page->removeRequested(image());
        QCOMPARE(m_page->currentImage(), QString());
        open();
        QCOMPARE(m_page->currentImage(), QString());
    }

    void withoutAPromiseOtherTagsAreTheMeasure()
    {
        QCOMPARE(m_releases->add(image(), {}), QString());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING"));
        QCOMPARE(m_releases->add(image(), QStringLiteral("linux/amd64")), QString());
        QCOMPARE(m_page->faultText(), QString());
        QCOMPARE(m_registry->count("GET", "/tags/list"), 1); // a promise is no question to the registry
    }

    void aRegistryThatRefuses()
    {
        m_registry->fault = [](const FaultServer::Request&) { return FaultServer::Answer{403, R"({"errors":[{"code":"DENIED","message":"not yours"}]})", {}}; };
        QCOMPARE(m_releases->add(image(), {}), QString());
        QTRY_VERIFY2(m_page->faultText().contains(QStringLiteral("does not allow reading acme/shop (not yours)")), qPrintable(m_page->faultText()));
        m_registry->fault = {};
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease")), Qt::LeftButton);
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
    }

    void aTagMovesBackByHand()
    {
        const std::string whole = m_registry->tags["1.0"], half = m_registry->tags["1.1"];
        QCOMPARE(m_releases->add(image(), QStringLiteral("linux/amd64, linux/arm64")), QString());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        m_page->table().selectRow(m_page->table().model().rowOf("1.1"));
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("moveTag")), Qt::LeftButton);
        QTRY_VERIFY(dialog<MoveTagDialog>() && dialog<MoveTagDialog>()->isVisible());
        MoveTagDialog* asked = dialog<MoveTagDialog>();
        auto* targets = asked->findChild<QTableWidget*>(QStringLiteral("moveTargets"));
        QCOMPARE(targets->rowCount(), 1);
        QTest::mouseClick(targets->viewport(), Qt::LeftButton, {}, targets->visualItemRect(targets->item(0, 0)).center());
        auto* go = asked->findChild<QPushButton*>(QStringLiteral("moveConfirm"));
        QTRY_VERIFY(go->isEnabled());
        QCOMPARE(m_registry->count("PUT", ""), 0);
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY2(asked->texts()[3].contains(QString::fromStdString(whole)), qPrintable(asked->texts()[3]));
        QCOMPARE(m_registry->tags["1.1"], whole);
        QTRY_COMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("published")); // read again by itself
        // What the tag pointed at is remembered: it is where one may go back to.
        const auto seen = TagHistory().read(m_registry->image({}).name(), "1.1").value();
        QTRY_COMPARE(TagHistory().read(m_registry->image({}).name(), "1.1").value().size(), std::size_t(2));
        QCOMPARE(seen.front().digest, half);
    }

    void aMoveThatIsRefused()
    {
        QCOMPARE(m_releases->add(image(), {}), QString());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        Q_EMIT m_page->moveRequested(image(), QStringLiteral("1.1"));
        MoveTagDialog* asked = dialog<MoveTagDialog>();
        QVERIFY(asked);
        auto* targets = asked->findChild<QTableWidget*>(QStringLiteral("moveTargets"));
        targets->selectRow(0);
        auto* go = asked->findChild<QPushButton*>(QStringLiteral("moveConfirm"));
        QTRY_VERIFY(go->isEnabled());
        m_registry->fault = [](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            return request.method == "PUT" ? std::optional(FaultServer::Answer{403, {}, {}}) : std::nullopt;
        };
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY2(asked->texts()[3].contains(QStringLiteral("does not allow writing")), qPrintable(asked->texts()[3]));
        QVERIFY(go->isEnabled()); // it can be tried again
    }

    void settingsHoldNamesOnly()
    {
        QCOMPARE(m_releases->add(image(), QStringLiteral("linux/amd64")), QString());
        m_releases.reset();
        QFile file(settings());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("acme/shop") && text.contains("linux/amd64"));
        QVERIFY(!text.contains("sha256") && !text.contains("auth"));
    }
};

QTEST_MAIN(TestReleases)
#include "test_releases.moc"
