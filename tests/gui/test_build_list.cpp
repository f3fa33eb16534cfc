// The list of builds under mouse and keyboard.
#include "gui/sample_builds.h"
#include "support/event_builder.h"
#include "widgets/pages/build_list_delegate.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/style/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

struct Stage {
    BuildStore store;
    SelectionState selection;
    FixedClock clock{EventBuilder::at(sampleNow)};
    std::unique_ptr<BuildListPanel> panel;

    explicit Stage(bool filled = true)
    {
        if (filled)
            addSampleBuilds(store);
        panel = std::make_unique<BuildListPanel>(store, selection, clock);
        panel->resize(348, 700);
        panel->show();
        QCoreApplication::sendPostedEvents();
    }
    QString selectedTitle() const
    {
        const Build* build = store.find(selection.build());
        return build ? QString::fromStdString(build->name()) : QString();
    }
    QRect rectOf(int row) const { return panel->view()->visualRect(panel->model().index(row)); }
    QPushButton* button() const { return panel->findChild<QPushButton*>(); }
};

} // namespace

class TestBuildList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeKind::Dark); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)"))); }

    void theFirstBuildIsSelectedByItself()
    {
        Stage stage;
        QCOMPARE(stage.selectedTitle(), QStringLiteral("edge-proxy:main"));
        QCOMPARE(stage.panel->view()->currentIndex().row(), 1);
    }

    void clickSelectsSectionsDoNot()
    {
        Stage stage;
        QTest::mouseClick(stage.panel->view()->viewport(), Qt::LeftButton, {}, stage.rectOf(2).center());
        QCOMPARE(stage.selectedTitle(), QStringLiteral("shop-backend:1.8.2"));
        QTest::mouseClick(stage.panel->view()->viewport(), Qt::LeftButton, {}, stage.rectOf(3).center());
        QCOMPARE(stage.selectedTitle(), QStringLiteral("shop-backend:1.8.2"));
    }

    void arrowsSkipSections()
    {
        Stage stage;
        stage.panel->view()->setFocus();
        QTest::keyClick(stage.panel->view(), Qt::Key_Down);
        QCOMPARE(stage.selectedTitle(), QStringLiteral("shop-backend:1.8.2"));
        QTest::keyClick(stage.panel->view(), Qt::Key_Down);
        QCOMPARE(stage.selectedTitle(), QStringLiteral("shop-frontend:2.0"));
        QTest::keyClick(stage.panel->view(), Qt::Key_Up);
        QCOMPARE(stage.selectedTitle(), QStringLiteral("shop-backend:1.8.2"));
    }

    void aBakeCallOpensAndClosesByClickAndKey()
    {
        Stage stage;
        for (const char* target : {"api", "web"}) {
            EventBuilder events(target);
            ev::RecordUpdated record;
            record.builder = "multi";
            record.created = EventBuilder::at(sampleNow - 30);
            record.localState = LocalState{target, "/src", "Dockerfile", "call"};
            stage.store.apply(std::make_shared<const EventBatch>(events.event(record).batch()));
        }
        stage.store.flush();
        const BuildListModel& model = stage.panel->model();
        const BuildId web = stage.store.builds().findByRef("web")->id;
        const int header = model.groupRowOf(web);
        QVERIFY(header > 0 && model.expanded(header));
        QListView* view = stage.panel->view();
        stage.selection.setBuild(web);
        QCOMPARE(view->currentIndex().row(), model.rowOf(web));

        view->setFocus();
        QTest::keyClick(view, Qt::Key_Left); // to the header
        QCOMPARE(view->currentIndex().row(), header);
        QCOMPARE(stage.selection.build(), web); // a header is no build
        QTest::keyClick(view, Qt::Key_Left);
        QVERIFY(!model.expanded(header));
        QCOMPARE(model.rowOf(web), -1);
        QCOMPARE(stage.selection.build(), web);
        QCOMPARE(view->currentIndex().row(), header);
        QVERIFY(view->currentIndex().data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("api, web")));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, stage.rectOf(header).center());
        QVERIFY(model.expanded(header));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, stage.rectOf(model.rowOf(web)).center());
        QCOMPARE(stage.selection.build(), web);
        QVERIFY(model.expanded(header));
    }

    void anotherPanesChoiceIsFollowed()
    {
        Stage stage;
        const BuildId last = stage.panel->model().idAt(stage.panel->model().rowCount() - 1);
        stage.selection.setBuild(last);
        QCOMPARE(stage.panel->model().idAt(stage.panel->view()->currentIndex().row()), last);
    }

    void typingFiltersAndKeepsTheChosenBuild()
    {
        Stage stage;
        const QString chosen = stage.selectedTitle();
        stage.panel->focusSearch();
        QTest::keyClicks(stage.panel->searchBox(), QStringLiteral("go build"));
        QCOMPARE(stage.panel->model().shownBuilds(), 1);
        QCOMPARE(stage.selectedTitle(), chosen); // what is shown on the right does not jump while one types
        QTest::keyClick(stage.panel->searchBox(), Qt::Key_Down);
        QCOMPARE(stage.selectedTitle(), QStringLiteral("ingest:0.9"));
        QTest::keyClick(stage.panel->searchBox(), Qt::Key_Escape);
        QCOMPARE(stage.panel->model().shownBuilds(), 7);
        QCOMPARE(stage.selectedTitle(), QStringLiteral("ingest:0.9"));
        QCOMPARE(stage.panel->view()->currentIndex().data().toString(), QStringLiteral("ingest:0.9"));
    }

    void nothingFoundSaysSoAndOffersTheWayBack()
    {
        Stage stage;
        QTest::keyClicks(stage.panel->searchBox(), QStringLiteral("zzz"));
        QVERIFY(stage.button()->isVisible());
        QCOMPARE(stage.button()->text(), QStringLiteral("Clear the search"));
        QTest::mouseClick(stage.button(), Qt::LeftButton);
        QVERIFY(stage.panel->searchBox()->text().isEmpty());
        QVERIFY(stage.panel->view()->isVisible());
    }

    void noBuildsTeachAndOfferTheDemo()
    {
        Stage stage(false);
        QSignalSpy demo(stage.panel.get(), &BuildListPanel::demoRequested);
        QVERIFY(stage.button()->isVisible());
        QTest::mouseClick(stage.button(), Qt::LeftButton);
        QCOMPARE(demo.count(), 1);
        addSampleBuilds(stage.store);
        QVERIFY(stage.panel->view()->isVisible());
        QVERIFY(!stage.selectedTitle().isEmpty());
    }

    void aRemovedBuildGivesWayToAnother()
    {
        Stage stage;
        const BuildId gone = stage.selection.build();
        stage.store.remove(gone);
        QVERIFY(!stage.selection.build().empty());
        QVERIFY(stage.selection.build() != gone);
        QVERIFY(stage.panel->view()->currentIndex().isValid());
    }

    void rowsHaveRoomForWhatTheyShow()
    {
        Stage stage;
        for (int row = 0; row < stage.panel->model().rowCount(); ++row) {
            const BuildListItem* item = stage.panel->model().item(row);
            if (item)
                QVERIFY(stage.rectOf(row).height() >= 9 + 35 + 6 + int(item->strips.size()) * 8);
            QCOMPARE(stage.rectOf(row).width(), stage.panel->view()->viewport()->width());
        }
        QCOMPARE(stage.panel->view()->horizontalScrollBar()->maximum(), 0);
    }

    void tooltipHasExactValues()
    {
        Stage stage;
        const QString tip = BuildListDelegate::toolTip(*stage.panel->model().item(2));
        QVERIFY(tip.contains(QLatin1String("shop-backend:1.8.2")));
        QVERIFY(tip.contains(QLatin1String("30 of 38 steps, 12 from cache")));
    }

    void durationsAreHuman_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0 s");
        QTest::newRow("tiny") << 0.004 << QStringLiteral("<0.1 s");
        QTest::newRow("tenths") << 0.31 << QStringLiteral("0.3 s");
        QTest::newRow("seconds") << 4.2 << QStringLiteral("4.2 s");
        QTest::newRow("below a minute") << 59.94 << QStringLiteral("59.9 s");
        QTest::newRow("a minute") << 59.96 << QStringLiteral("1 m 00 s");
        QTest::newRow("minutes") << 187.0 << QStringLiteral("3 m 07 s");
        QTest::newRow("hours") << 3840.0 << QStringLiteral("1 h 04 m");
    }

    void durationsAreHuman()
    {
        QFETCH(double, seconds);
        QFETCH(QString, text);
        QCOMPARE(humanDuration({std::int64_t(seconds * 1e9)}), text);
    }

    void bytesAndFactorsAreHuman()
    {
        QCOMPARE(humanBytes(0), QStringLiteral("0 B"));
        QCOMPARE(humanBytes(999), QStringLiteral("999 B"));
        QCOMPARE(humanBytes(12'400'000), QStringLiteral("12.4 MB"));
        QCOMPARE(humanBytes(412'000'000), QStringLiteral("412 MB"));
        QCOMPARE(humanBytes(999'999), QStringLiteral("1.0 MB"));
        QCOMPARE(humanFactor(9.3), QStringLiteral("×9.3"));
        QCOMPARE(humanFactor(12.4), QStringLiteral("×12"));
    }

    void textIsReadableOnEveryBarOfBothThemes()
    {
        for (const ThemeKind kind : {ThemeKind::Dark, ThemeKind::Light}) {
            Theme::apply(*qApp, kind);
            const Palette& p = Theme::palette();
            for (const Look look : {Look::Running, Look::Cached, Look::Imported, Look::Joined, Look::Rebuilt, Look::Invalidated, Look::Failed, Look::Canceled}) {
                QVERIFY2(contrastRatio(p.textOn(look), p.of(look)) >= 4.0, qPrintable(lookName(look)));
                QVERIFY2(contrastRatio(p.of(look), p.panel) >= (look == Look::Invalidated && kind == ThemeKind::Light ? 1.7 : 3.0), qPrintable(lookName(look)));
            }
            for (const QColor& text : {p.text, p.muted})
                QVERIFY(contrastRatio(text, p.panel) >= 4.5 && contrastRatio(text, p.panelRaised) >= 4.5);
            QVERIFY(contrastRatio(p.faint, p.panel) >= 3.5);
        }
        Theme::apply(*qApp, ThemeKind::Dark);
    }
};

QTEST_MAIN(TestBuildList)
#include "test_build_list.moc"
