// The timeline under a real mouse, wheel and keyboard.
#include "domain/graph.h"
#include "gui/sample_builds.h"
#include "items/step_label.h"
#include "support/event_builder.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_footer.h"
#include "widgets/timeline/timeline_hover_card.h"
#include "widgets/timeline/timeline_ruler.h"
#include "widgets/timeline/timeline_view.h"

#include <QAccessible>
#include <QApplication>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <memory>

using namespace layerline;
using namespace layerline::test;

namespace {

/// A shown timeline of the running sample build.
struct Stage {
    BuildStore store;
    SelectionState selection;
    FixedClock clock{EventBuilder::at(sampleNow)};
    BuildId id;
    std::unique_ptr<TimelineView> view;

    explicit Stage(QSize size = {1100, 700})
    {
        id = addSampleBuilds(store);
        selection.setBuild(id);
        view = std::make_unique<TimelineView>(store, selection, clock);
        view->resize(size);
        view->show();
        view->refresh();
        QCoreApplication::sendPostedEvents();
    }

    StepIndex step(const std::string& digest) const { return store.find(id)->find(0, StepDigest(digest)); }
    QPoint centre(const std::string& digest) const { return view->stepRect(step(digest)).center(); }
    void wheel(QPoint at, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier, bool horizontal = false)
    {
        QWheelEvent event(at, view->viewport()->mapToGlobal(at), {}, horizontal ? QPoint(delta, 0) : QPoint(0, delta), Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view->viewport(), &event);
    }
    /// Without the window system's pointer, which other tests have left somewhere.
    void moveTo(QPoint at)
    {
        QMouseEvent event(QEvent::MouseMove, at, view->viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(view->viewport(), &event);
    }
    Duration length() const { return view->visibleRange().end - view->visibleRange().begin; }
};

} // namespace

class TestTimelineView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeKind::Dark); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)"))); }

    void clickSelectsTheStepAndEmptySpaceNothing()
    {
        Stage stage;
        QTest::mouseClick(stage.view->viewport(), Qt::LeftButton, {}, stage.centre("linux/arm64deps2"));
        QCOMPARE(stage.selection.step(), stage.step("linux/arm64deps2"));
        QTest::mouseClick(stage.view->viewport(), Qt::LeftButton, {}, {stage.view->viewport()->width() - 12, stage.view->viewport()->height() - 4});
        QCOMPARE(stage.selection.step(), noStep);
    }

    void aFoldedGroupOpensByDoubleClickAndByKey()
    {
        Stage stage;
        EventBuilder events("grouped");
        events.started(0);
        events.step("g1", "[linux/amd64 app 1/3] RUN first").group("g1", "[linux/amd64 app 1/3] RUN everything").run("g1", 1, 6);
        events.step("g2", "[linux/amd64 app 2/3] RUN second", {"g1"}).group("g2", "[linux/amd64 app 1/3] RUN everything").run("g2", 7, 12);
        events.step("g3", "[linux/amd64 app 3/3] RUN third", {"g2"}).run("g3", 12, 20);
        events.completed(20);
        stage.store.apply(std::make_shared<const EventBatch>(events.batch()));
        stage.store.flush();
        stage.selection.setBuild(stage.store.builds().owner(events.batch().record)->id);
        stage.view->refresh();
        const Build& build = *stage.store.find(stage.selection.build());
        const StepIndex first = build.find(0, StepDigest("g1")), second = build.find(0, StepDigest("g2"));
        const QRect whole = stage.view->stepRect(first);
        QCOMPARE(stage.view->stepRect(second), whole); // both lead to the group's bar
        stage.moveTo(whole.center());
        auto* card = stage.view->findChild<TimelineHoverCard*>();
        QTRY_VERIFY(card->isVisible());
        QVERIFY(card->text().contains(QStringLiteral("RUN everything")) && card->text().contains(QStringLiteral("RUN second")));

        QTest::mouseDClick(stage.view->viewport(), Qt::LeftButton, {}, whole.center());
        stage.view->refresh();
        QVERIFY(stage.view->stepRect(second).left() > stage.view->stepRect(first).right());
        QVERIFY(!stage.selection.range()); // it opened instead of zooming
        QTest::mouseClick(stage.view->viewport(), Qt::LeftButton, {}, stage.view->stepRect(second).center());
        QCOMPARE(stage.selection.step(), second);
        QTest::keyClick(stage.view.get(), Qt::Key_G);
        stage.view->refresh();
        QCOMPARE(stage.view->stepRect(first), stage.view->stepRect(second));
        QCOMPARE(stage.selection.step(), second);
    }

    void clickInTheGutterSelectsThePlatform()
    {
        Stage stage;
        const LaneLayout& lane = stage.view->layoutState().lanes()[1];
        const QPoint point(60, lane.top + 20);
        QTest::mouseClick(stage.view->viewport(), Qt::LeftButton, {}, point);
        QVERIFY(stage.selection.platform() && stage.selection.platform()->arch == "arm64");
        QTest::mouseClick(stage.view->viewport(), Qt::LeftButton, {}, point);
        QVERIFY(!stage.selection.platform());
    }

    void wheelZoomsAboutThePointer()
    {
        Stage stage;
        const QPoint at = stage.centre("linux/arm64node5");
        const Timestamp before = stage.view->layoutState().scale().time(at.x());
        const Duration whole = stage.length();
        stage.wheel(at, 240, Qt::ControlModifier);
        QVERIFY(stage.length() < whole);
        const Timestamp after = stage.view->layoutState().scale().time(at.x());
        QVERIFY(std::abs((after - before).ns) < 50'000'000);
        QVERIFY(stage.selection.range());
        for (int i = 0; i < 12; ++i)
            stage.wheel(at, -240, Qt::ControlModifier);
        QVERIFY(!stage.selection.range()); // back to the whole build, and no further
        QCOMPARE(stage.length(), whole);
    }

    /// A trackpad says how much; fingers on a screen only where they are.
    void pinchingZoomsAboutTheFingers()
    {
        Stage stage;
        QWidget* area = stage.view->viewport();
        const QPoint at = stage.centre("linux/arm64node5");
        const Timestamp before = stage.view->layoutState().scale().time(at.x());
        const Duration whole = stage.length();
        const QPointF global = area->mapToGlobal(QPointF(at));
        QNativeGestureEvent spread(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(), 2, at, at, global, 0.5, {});
        QApplication::sendEvent(area, &spread);
        QVERIFY(stage.length() < whole);
        QVERIFY(std::abs((stage.view->layoutState().scale().time(at.x()) - before).ns) < 50'000'000);
        QNativeGestureEvent together(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(), 2, at, at, global, -0.9, {});
        QApplication::sendEvent(area, &together);
        QCOMPARE(stage.length(), whole);

        const std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
        QTest::touchEvent(area, screen.get()).press(0, at - QPoint(40, 0)).press(1, at + QPoint(40, 0));
        for (int apart = 50; apart <= 160; apart += 10)
            QTest::touchEvent(area, screen.get()).move(0, at - QPoint(apart, 0)).move(1, at + QPoint(apart, 0));
        QTest::touchEvent(area, screen.get()).release(0, at - QPoint(160, 0)).release(1, at + QPoint(160, 0));
        QVERIFY(stage.length() < whole);
    }

    void keysZoomPanAndFit()
    {
        Stage stage;
        const Duration whole = stage.length();
        QTest::keyClick(stage.view.get(), Qt::Key_Plus);
        QTest::keyClick(stage.view.get(), Qt::Key_Plus);
        QVERIFY(stage.length() < whole);
        const Timestamp begin = stage.view->visibleRange().begin;
        QTest::keyClick(stage.view.get(), Qt::Key_Right);
        QVERIFY(stage.view->visibleRange().begin > begin);
        QTest::keyClick(stage.view.get(), Qt::Key_Left);
        QVERIFY(std::abs((stage.view->visibleRange().begin - begin).ns) < 5'000'000);
        QTest::keyClick(stage.view.get(), Qt::Key_End);
        QCOMPARE(stage.view->visibleRange().end, stage.view->model().fullRange().end);
        QTest::keyClick(stage.view.get(), Qt::Key_Home);
        QCOMPARE(stage.view->visibleRange().begin, stage.view->model().fullRange().begin);
        QTest::keyClick(stage.view.get(), Qt::Key_Minus);
        QTest::keyClick(stage.view.get(), Qt::Key_0);
        QVERIFY(!stage.selection.range());
    }

    void jAndKWalkThroughTheSteps()
    {
        Stage stage;
        QTest::keyClick(stage.view.get(), Qt::Key_J);
        const StepIndex first = stage.selection.step();
        QVERIFY(first != noStep);
        QTest::keyClick(stage.view.get(), Qt::Key_J);
        QVERIFY(stage.selection.step() != first);
        QTest::keyClick(stage.view.get(), Qt::Key_K);
        QCOMPARE(stage.selection.step(), first);
        QTest::keyClick(stage.view.get(), Qt::Key_Escape);
        QCOMPARE(stage.selection.step(), noStep);
        QTest::keyClick(stage.view.get(), Qt::Key_K); // from the end
        QCOMPARE(stage.selection.step(), stage.step("linux/amd64rel5"));
    }

    void eGoesToTheError()
    {
        Stage stage;
        for (const BuildId& id : stage.store.builds().ids()) {
            if (stage.store.find(id)->status() == BuildStatus::Failed)
                stage.selection.setBuild(id);
        }
        QTest::keyClick(stage.view.get(), Qt::Key_E);
        const Build* build = stage.view->model().build();
        QVERIFY(stage.selection.step() != noStep);
        QVERIFY(stateOf(*build, build->step(stage.selection.step())) == StepState::Failed);
    }

    void doubleClickZoomsToTheStepAndBack()
    {
        Stage stage;
        const StepIndex step = stage.step("linux/arm64node5");
        QTest::mouseDClick(stage.view->viewport(), Qt::LeftButton, {}, stage.view->stepRect(step).center());
        QCOMPARE(stage.selection.step(), step);
        const QRect rect = stage.view->stepRect(step);
        QVERIFY(rect.left() > timeline::gutterWidth && rect.right() < stage.view->viewport()->width());
        QVERIFY(rect.width() > stage.view->viewport()->width() / 2);
        const QPoint empty(stage.view->viewport()->width() - 20, stage.view->layoutState().contentHeight() - 3);
        QTest::mouseDClick(stage.view->viewport(), Qt::LeftButton, {}, empty);
        QVERIFY(!stage.selection.range());
    }

    void dragPans()
    {
        Stage stage;
        QTest::keyClick(stage.view.get(), Qt::Key_Plus);
        QTest::keyClick(stage.view.get(), Qt::Key_Plus);
        const Timestamp begin = stage.view->visibleRange().begin;
        const QPoint from(700, 300);
        QTest::mousePress(stage.view->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(stage.view->viewport(), from - QPoint(40, 0));
        QTest::mouseMove(stage.view->viewport(), from - QPoint(120, 0));
        QTest::mouseRelease(stage.view->viewport(), Qt::LeftButton, {}, from - QPoint(120, 0));
        const double moved = double((stage.view->visibleRange().begin - begin).ns) / stage.view->layoutState().scale().nsPerPixel;
        QVERIFY2(std::abs(moved - 120) < 2, qPrintable(QString::number(moved)));
        QCOMPARE(stage.selection.step(), noStep); // a drag is no click
    }

    void theMiniMapMovesTheWindow()
    {
        Stage stage;
        auto* footer = stage.view->findChild<TimelineFooter*>();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(stage.view.get(), Qt::Key_Plus);
        const Duration length = stage.length();
        const QRect window = footer->windowRect();
        QTest::mousePress(footer, Qt::LeftButton, {}, window.center());
        QTest::mouseMove(footer, window.center() - QPoint(80, 0));
        QTest::mouseRelease(footer, Qt::LeftButton, {}, window.center() - QPoint(80, 0));
        QVERIFY(footer->windowRect().left() < window.left());
        QVERIFY(std::abs((stage.length() - length).ns) < 1000);
        QTest::mousePress(footer, Qt::LeftButton, {}, {footer->windowRect().right(), window.center().y()});
        QTest::mouseMove(footer, {footer->windowRect().right() + 60, window.center().y()});
        QTest::mouseRelease(footer, Qt::LeftButton, {}, footer->windowRect().center());
        QVERIFY(stage.length() > length);
        QTest::mouseDClick(footer, Qt::LeftButton, {}, footer->mapRect().center());
        QVERIFY(!stage.selection.range());
    }

    void hoveringShowsACardInsideTheView()
    {
        Stage stage;
        auto* card = stage.view->viewport()->findChild<TimelineHoverCard*>();
        stage.moveTo(stage.centre("linux/arm64deps2"));
        QTRY_VERIFY(card->isVisible());
        QVERIFY(card->text().contains(QLatin1String("deps 2/3 RUN pip install -r requirements.txt")));
        QVERIFY(card->text().contains(QLatin1String("emulated on node multi0")));
        QVERIFY(card->text().contains(QStringLiteral("amd64 took 20.1 s (<b>×8.7</b>)")));
        QVERIFY(card->text().contains(QLatin1String("so far")));
        QVERIFY(stage.view->viewport()->rect().contains(card->geometry()));
        QVERIFY(!card->geometry().contains(stage.centre("linux/arm64deps2")));
        stage.moveTo({stage.view->viewport()->width() - 4, stage.view->viewport()->height() - 2});
        QVERIFY(!card->isVisible());
    }

    void cardTextIsEscaped()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(20));
        EventBuilder events;
        events.started(0).step("a", "[app 1/1] RUN echo '<img src=x>' && <b>").run("a", 1, 2, false, "<script>bad</script>");
        store.apply(std::make_shared<const EventBatch>(events.batch()));
        store.flush();
        selection.setBuild(store.builds().ids().front());
        const TimelineModel model(store, selection, clock);
        const QString html = stepCardHtml(model, StepIndex{0}, clock.now());
        QVERIFY(!html.contains(QLatin1String("<img")) && !html.contains(QLatin1String("<script")));
        QVERIFY(stepCardHtml(model, StepIndex{77}, clock.now()).isEmpty());
    }

    void geometryIsOnlyComputedWhenSomethingChanged()
    {
        Stage stage;
        const int before = stage.view->layoutState().computations();
        for (int i = 0; i < 5; ++i)
            stage.view->grab();
        stage.selection.setStep(stage.step("linux/arm64deps2"));
        stage.view->grab();
        QCOMPARE(stage.view->layoutState().computations(), before);
        QTest::keyClick(stage.view.get(), Qt::Key_Plus);
        QCOMPARE(stage.view->layoutState().computations(), before + 1);
    }

    void ancestorsAndDescendantsStayBright()
    {
        Stage stage;
        const Build& build = *stage.store.find(stage.id);
        const StepIndex chosen = stage.step("linux/arm64deps2");
        const auto colours = [&] {
            const QImage image = stage.view->viewport()->grab().toImage();
            std::map<StepIndex, QRgb> result;
            for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
                const QRect bar = stage.view->stepRect(StepIndex{i});
                if (bar.width() > 10 && StepIndex{i} != chosen)
                    result[StepIndex{i}] = image.pixel(bar.left() + 4, bar.bottom() - 2);
            }
            return result;
        };
        const auto before = colours();
        stage.selection.setStep(chosen);
        const auto after = colours();
        const std::vector<StepIndex> family = relatives(build, chosen);
        int bright = 0, dim = 0;
        for (const auto& [step, colour] : before) {
            const bool related = std::find(family.begin(), family.end(), step) != family.end();
            QVERIFY2((after.at(step) == colour) == related, build.step(step).name.c_str());
            ++(related ? bright : dim);
        }
        QVERIFY(bright > 0 && dim > 0);
    }

    void aHugeBuildPaintsNoMoreThanItsPixels()
    {
        Stage stage;
        const BuildId large = addLargeBuild(stage.store, 20'000);
        stage.selection.setBuild(large);
        stage.view->refresh();
        std::size_t rows = 0;
        for (const LaneLayout& lane : stage.view->layoutState().lanes())
            rows += lane.bars.size();
        QVERIFY(stage.view->layoutState().paintedBars() <= rows * std::size_t(stage.view->width()) / foldPixels + rows);
        QVERIFY(stage.view->layoutState().paintedBars() > 100);
    }

    void nowMovesOnlyWhileVisibleAndRunning()
    {
        Stage stage;
        QVERIFY(stage.view->nowMoves());
        stage.view->hide();
        QVERIFY(!stage.view->nowMoves());
        stage.view->show();
        QVERIFY(stage.view->nowMoves());
        for (const BuildId& id : stage.store.builds().ids()) {
            if (stage.store.find(id)->status() == BuildStatus::Completed)
                stage.selection.setBuild(id);
        }
        QVERIFY(!stage.view->nowMoves());
    }

    void screenReadersSeeLanesAndSpans()
    {
        Stage stage;
        QAccessibleInterface* root = QAccessible::queryAccessibleInterface(stage.view.get());
        QVERIFY(root);
        QCOMPARE(root->childCount(), int(stage.view->model().lanes().size()));
        QAccessibleInterface* arm = root->child(1);
        QCOMPARE(arm->text(QAccessible::Name), QStringLiteral("arm64 QEMU ×8.9"));
        QVERIFY(arm->text(QAccessible::Description).contains(QLatin1String("3 m 10 s")));
        QCOMPARE(root->indexOfChild(arm), 1);
        QVERIFY(arm->parent() == root);
        QAccessibleInterface* span = nullptr;
        for (int i = 0; i < arm->childCount(); ++i) {
            if (arm->child(i)->text(QAccessible::Name).contains(QLatin1String("pip install")))
                span = arm->child(i);
        }
        QVERIFY(span && span->isValid());
        QVERIFY(span->text(QAccessible::Description).startsWith(QLatin1String("running, emulated, 2 m 5")));
        QVERIFY(span->state().busy && !span->state().selected);
        span->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(stage.selection.step(), stage.step("linux/arm64deps2"));
        QVERIFY(span->state().selected);
        QVERIFY(span->parent() == arm && arm->indexOfChild(span) >= 0);
        QVERIFY(!root->child(99) && !arm->child(-1));
        stage.store.remove(stage.id);
        stage.view->refresh();
        QVERIFY(!span->isValid());
        QCOMPARE(span->text(QAccessible::Name), QString());
    }

    void emptyStatesAndTinySizesAreSafe()
    {
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(0));
        TimelineView view(store, selection, clock);
        view.resize(900, 400);
        view.show();
        view.grab();
        for (const int key : {Qt::Key_Plus, Qt::Key_Minus, Qt::Key_0, Qt::Key_Left, Qt::Key_J, Qt::Key_K, Qt::Key_E, Qt::Key_Return, Qt::Key_Home, Qt::Key_T})
            QTest::keyClick(&view, Qt::Key(key));
        QVERIFY(!selection.range());
        EventBuilder events;
        store.apply(std::make_shared<const EventBatch>(events.started(0).batch()));
        store.flush();
        selection.setBuild(store.builds().ids().front());
        view.grab();
        Stage stage({1, 1});
        stage.view->resize(60, 20);
        stage.view->grab();
    }

    void wallClockRuler()
    {
        Stage stage;
        auto* ruler = stage.view->findChild<TimelineRuler*>();
        QCOMPARE(ruler->tickText(ruler->ticks().front()), QStringLiteral("0 s"));
        QTest::keyClick(stage.view.get(), Qt::Key_T);
        QVERIFY(ruler->wallClock());
        QCOMPARE(ruler->tickText(ruler->ticks().front()), QStringLiteral("23:10:30"));
    }
};

QTEST_MAIN(TestTimelineView)
#include "test_timeline_view.moc"
