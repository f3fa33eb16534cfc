// The Layers tab with real input events.
#include "gui/shop_build.h"
#include "widgets/layers/layers_header.h"
#include "widgets/layers/layers_table.h"
#include "widgets/layers/layers_view.h"
#include "widgets/log/key_button.h"
#include "widgets/style/theme.h"

#include <QAccessible>
#include <QDir>
#include <QPainter>
#include <QScrollBar>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestLayers : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BuildStore> m_store;
    std::unique_ptr<SelectionState> m_selection;
    FixedClock m_clock{EventBuilder::at(shopNow())};
    std::unique_ptr<LayersView> m_view;

    LayersModel& model() { return m_view->model(); }
    LayersTable& table() { return m_view->table(); }
    StepIndex step(const char* digest) const
    {
        const Build& build = *m_store->find(m_selection->build());
        return build.find(0, StepDigest(digest));
    }
    QString selected() const
    {
        const Build& build = *m_store->find(m_selection->build());
        return m_selection->step() == noStep ? QString() : QString::fromStdString(build.step(m_selection->step()).digest.str());
    }
    QPoint cellCentre(const char* digest, int column) const
    {
        const int row = m_view->model().rowOf(step(digest));
        return m_view->table().visualRect(m_view->model().index(row, column)).center();
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
        m_store = std::make_unique<BuildStore>();
        m_selection = std::make_unique<SelectionState>();
        m_store->apply(std::make_shared<EventBatch>(shopBatch()));
        m_store->flush();
        m_selection->setBuild(m_store->builds().ids().front());
        m_view = std::make_unique<LayersView>(*m_store, *m_selection, m_clock);
        m_view->resize(868, 700);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void columnsDoNotOverlap()
    {
        for (const int width : {400, 640, 868, 1016, 1400, 2136}) {
            for (int platforms = 1; platforms <= 6; ++platforms) {
                for (const bool ratio : {false, true}) {
                    const LayersGeometry columns = layersGeometry(width, platforms, ratio, {}, ratio);
                    QVERIFY(!columns.platforms.empty());
                    QVERIFY2(columns.nameRight > columns.nameLeft + 80, qPrintable(QStringLiteral("%1 %2").arg(width).arg(platforms)));
                    int right = columns.nameRight;
                    for (std::size_t i = 0; i < columns.lefts.size(); ++i) {
                        QVERIFY(columns.lefts[i] > right);
                        right = columns.cellRight(i);
                    }
                    QVERIFY(right <= (columns.ratioShown ? columns.ratioLeft : width));
                    QVERIFY(!columns.ratioShown || (ratio && columns.platforms.size() > 1)); // a ratio compares two
                    QVERIFY(columns.ratioRight <= width);
                }
            }
        }
        QCOMPARE(int(layersGeometry(868, 4, true, {}).platforms.size()), 2);
        QCOMPARE(int(layersGeometry(685, 2, true, {}).platforms.size()), 2); // a window of 1000 pixels
        QVERIFY(layersGeometry(868, 2, true, {}).ratioShown);
        QCOMPARE(int(layersGeometry(2136, 4, true, {}).platforms.size()), 4);
        QCOMPARE(layersGeometry(868, 4, true, {1, 3}).platforms, (std::vector<int>{1, 3}));
    }

    void aFoldOpensByItsArrowAndByKey()
    {
        EventBuilder events("grouped");
        events.started(0);
        events.step("g1", "[linux/amd64 app 1/2] RUN first").group("g1", "[linux/amd64 app 1/2] RUN everything").run("g1", 1, 6);
        events.step("g2", "[linux/amd64 app 2/2] RUN second", {"g1"}).group("g2", "[linux/amd64 app 1/2] RUN everything").run("g2", 7, 12);
        m_store->apply(std::make_shared<EventBatch>(events.batch()));
        m_store->flush();
        m_selection->setBuild(m_store->builds().owner(events.batch().record)->id);
        const int row = model().rowOf(step("g2"));
        QVERIFY(row > 0 && model().row(row).fold);
        const int rows = model().rowCount();
        const QRect name = table().visualRect(model().index(row, 0));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, {name.left() + 180, name.center().y()});
        QCOMPARE(model().rowCount(), rows); // a click on the name chooses the step
        QVERIFY(!selected().isEmpty());
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, {name.left() + 30, name.center().y()});
        QCOMPARE(model().rowCount(), rows + 2);
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(model().rowCount(), rows);
    }

    void theSelectedStepsPlatformHasAColumn()
    {
        EventBuilder events("many");
        events.started(0);
        const char* platforms[] = {"linux/386", "linux/amd64", "linux/arm64", "linux/ppc64le", "linux/riscv64", "linux/s390x"};
        for (const std::string platform : platforms)
            events.step(platform, "[" + platform + " app 1/1] RUN make").run(platform, 1, 6);
        m_store->apply(std::make_shared<EventBatch>(events.batch()));
        m_store->flush();
        m_selection->setBuild(m_store->builds().owner(events.batch().record)->id);
        const auto shown = [this](const char* platform) {
            for (const int column : table().geometryOfColumns().platforms) {
                if (model().platforms()[std::size_t(column)].str() == platform)
                    return true;
            }
            return false;
        };
        QVERIFY(!shown("linux/s390x"));
        const std::size_t columns = table().geometryOfColumns().platforms.size();
        m_selection->setStep(step("linux/s390x"));
        QVERIFY(shown("linux/s390x"));
        QCOMPARE(table().geometryOfColumns().platforms.size(), columns);
        m_selection->setStep(step("linux/riscv64"));
        QVERIFY(shown("linux/riscv64"));
    }

    void clickingACellSelectsItsStep()
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, cellCentre("arm64-pip", 2));
        QCOMPARE(selected(), QStringLiteral("arm64-pip"));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, cellCentre("arm64-pip", 1));
        QCOMPARE(selected(), QStringLiteral("amd64-pip"));
        QCOMPARE(table().currentIndex().row(), model().rowOf(step("arm64-pip")));
    }

    void keys()
    {
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_J);
        QCOMPARE(selected(), QStringLiteral("amd64-base")); // a stage's group stands for its FROM
        QTest::keyClick(&table(), Qt::Key_J);
        QCOMPARE(selected(), QStringLiteral("amd64-workdir"));
        QTest::keyClick(&table(), Qt::Key_Right);
        QCOMPARE(selected(), QStringLiteral("arm64-workdir"));
        QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(selected(), QStringLiteral("arm64-reqs"));
        QTest::keyClick(&table(), Qt::Key_K);
        QTest::keyClick(&table(), Qt::Key_Left);
        QCOMPARE(selected(), QStringLiteral("amd64-workdir"));
        QTest::keyClick(&table(), Qt::Key_End);
        QCOMPARE(table().currentIndex().row(), model().rowCount() - 1);
        QTest::keyClick(&table(), Qt::Key_Home);
        QCOMPARE(table().currentIndex().row(), 0);
    }

    void groupsOpenAndClose()
    {
        const int rows = model().rowCount();
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Home);
        QTest::keyClick(&table(), Qt::Key_Space);
        QCOMPARE(model().rowCount(), rows - 3);
        QCOMPARE(table().currentIndex().row(), 0);
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(model().rowCount(), rows);
        const QRect name = table().visualRect(model().index(0, 0));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, name.topLeft() + QPoint(10, 10));
        QCOMPARE(model().rowCount(), rows - 3);
        m_selection->setStep(step("arm64-pip")); // chosen elsewhere: its group opens
        QCOMPARE(model().rowCount(), rows);
        QCOMPARE(table().currentIndex().row(), model().rowOf(step("arm64-pip")));
    }

    void closingKeepsTheSelection()
    {
        m_selection->setStep(step("arm64-pip"));
        model().setExpanded(0, false);
        QCOMPARE(selected(), QStringLiteral("arm64-pip"));
        QCOMPARE(table().currentIndex().row(), 0);
    }

    void arrivingStepsKeepTheSelection()
    {
        m_selection->setStep(step("arm64-user"));
        EventBuilder b("shop", "worker");
        b.step("late", "[linux/amd64 base 2/4] RUN something new");
        m_store->apply(std::make_shared<EventBatch>(b.batch()));
        m_store->flush();
        QCOMPARE(selected(), QStringLiteral("arm64-user"));
        QCOMPARE(table().currentIndex().row(), model().rowOf(step("arm64-user")));
    }

    void anotherPaneScrollsIt()
    {
        m_view->resize(868, 200);
        m_selection->setStep(step("arm64-user"));
        const QRect rect = table().visualRect(table().currentIndex());
        QVERIFY(table().viewport()->rect().contains(rect.center()));
    }

    void edges()
    {
        QVERIFY(!table().edgesShown());
        const int before = table().geometryOfColumns().nameLeft;
        QTest::mouseClick(m_view->header().edgesButton(), Qt::LeftButton);
        QVERIFY(table().edgesShown());
        QVERIFY(table().geometryOfColumns().nameLeft > before);
        // The selected step's edges are drawn in the room made for them: what changes there beside its own row.
        const auto beside = [this](const QRect& row) {
            QImage image = table().viewport()->grab(QRect(0, 0, table().geometryOfColumns().nameLeft - 6, table().viewport()->height())).toImage();
            QPainter(&image).fillRect(row, Qt::black);
            return image;
        };
        m_selection->setStep(step("arm64-npmbuild"));
        const QRect row = table().visualRect(table().currentIndex());
        const QImage one = beside(row);
        m_selection->setStep(noStep);
        QVERIFY(beside(row) != one);
        QTest::mouseClick(m_view->header().edgesButton(), Qt::LeftButton);
        QCOMPARE(table().geometryOfColumns().nameLeft, before);
    }

    void toolTips()
    {
        const QString tip = table().toolTipAt(cellCentre("arm64-npmbuild", 2));
        QVERIFY2(tip.contains(QStringLiteral("31.000 s")), qPrintable(tip));
        QVERIFY(tip.contains(QStringLiteral("linux/arm64 (emulated)")));
        QVERIFY(table().toolTipAt(cellCentre("arm64-npmbuild", 3)).contains(QStringLiteral("10.00")));
        QVERIFY(table().toolTipAt({400, 690}).isEmpty());
    }

    void screenReadersHearTheRow()
    {
        QAccessibleInterface* view = QAccessible::queryAccessibleInterface(&table());
        QVERIFY(view);
        QCOMPARE(view->role(), QAccessible::Table);
        m_selection->setStep(step("arm64-npmbuild"));
        const QString spoken = view->text(QAccessible::Value);
        QVERIFY2(spoken.startsWith(QStringLiteral("RUN npm run build; amd64 · native: 3.1 s")), qPrintable(spoken));
        QVERIFY2(spoken.contains(QStringLiteral("arm64 · QEMU: 31.0 s")), qPrintable(spoken));
    }

    void aRemovedBuild()
    {
        m_store->remove(m_selection->build());
        QCOMPARE(model().rowCount(), 0);
        QTest::keyClick(&table(), Qt::Key_J);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, {100, 20});
    }

    /// Not a check: pictures to look at, when LAYERLINE_SHOTS names a folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        m_selection->setStep(step("arm64-pip"));
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            for (const QSize size : {QSize(868, 620), QSize(1028, 700), QSize(2136, 1000)}) {
                m_view->resize(size);
                m_view->setEdgesShown(size.width() == 1028);
                QVERIFY(m_view->grab().save(QStringLiteral("%1/layers-%2-%3.png").arg(folder, QLatin1String(name)).arg(size.width())));
            }
        }
    }
};

QTEST_MAIN(TestLayers)
#include "test_layers.moc"
