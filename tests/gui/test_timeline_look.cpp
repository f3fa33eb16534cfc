// Renders the list and the timeline in every theme and size, and checks that no text is cut and no panel empty.
// With LAYERLINE_SHOTS=folder the pictures are kept, to be looked at.
#include "gui/sample_builds.h"
#include "support/event_builder.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_hover_card.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMouseEvent>
#include <QTest>
#include <QTranslator>

using namespace layerline;
using namespace layerline::test;

class TestTimelineLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void curvesTellCpuAndTransfers()
    {
        BuildStore store;
        SelectionState selection;
        const FixedClock clock(EventBuilder::at(100));
        EventBuilder events("curves");
        events.started(0);
        events.step("pull", "[linux/amd64 app 1/2] FROM docker.io/library/alpine:3").run("pull", 0, 10);
        events.step("make", "[linux/amd64 app 2/2] RUN make", {"pull"}).run("make", 10, 20);
        ev::TransferUpdated layer;
        layer.step = StepDigest("pull");
        layer.id = "layer";
        layer.current = layer.total = 50'000'000;
        layer.started = EventBuilder::at(0);
        layer.completed = EventBuilder::at(10);
        events.event(layer);
        ev::ProvenanceRead provenance;
        provenance.platform = "linux/amd64";
        ev::ProvenanceRead::Step used;
        used.usage = ev::ProvenanceRead::Usage{25, 0, 0, 0, 0, 0};
        provenance.steps[StepDigest("make")] = used;
        events.event(provenance).completed(20);
        store.apply(std::make_shared<const EventBatch>(events.batch()));
        store.flush();
        selection.setBuild(store.builds().ids().front());
        TimelineModel model(store, selection, clock);
        const TimeScale scale = scaleFor({EventBuilder::at(0), EventBuilder::at(20)}, 0, 600);
        const Spark spark = sparkOf(model, model.lanes().front(), scale, 600, model.now());
        QVERIFY2(qAbs(spark.mostCpu - 2.5) < 0.01, qPrintable(QString::number(spark.mostCpu)));
        QVERIFY2(qAbs(spark.mostBytes - 5e6) < 5e4, qPrintable(QString::number(spark.mostBytes)));
        QVERIFY(spark.cpu.front() == 0 && spark.bytes[150] == 0); // each in its own half
        const auto curves = sparkCurves(spark);
        QCOMPARE(curves.size(), std::size_t(2));
        QVERIFY(curves[0].caption.contains(QStringLiteral("2.5")) && curves[1].caption.contains(QStringLiteral("5.0 MB/s")));
    }
    void initTestCase()
    {
        // Pictures in another language: LAYERLINE_QM names a compiled catalogue.
        if (m_translator.load(qEnvironmentVariable("LAYERLINE_QM")))
            QCoreApplication::installTranslator(&m_translator);
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)"))); }

    void looks_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("row");
        for (const bool dark : {true, false}) {
            for (const QSize size : {QSize(1216, 500), QSize(1376, 800), QSize(2496, 1100)}) {
                for (const int row : {2, 5, 6, 8})
                    QTest::addRow("%s-%dx%d-%d", dark ? "dark" : "light", size.width(), size.height(), row) << dark << size << row;
            }
        }
    }

    void looks()
    {
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        QFETCH(int, row);
        Theme::apply(*qApp, dark ? ThemeKind::Dark : ThemeKind::Light);
        BuildStore store;
        SelectionState selection;
        FixedClock clock(EventBuilder::at(sampleNow));
        addSampleBuilds(store);
        QWidget window;
        auto* layout = new QHBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        auto* list = new BuildListPanel(store, selection, clock, &window);
        auto* timeline = new TimelineView(store, selection, clock, &window);
        list->setFixedWidth(348);
        layout->addWidget(list);
        layout->addWidget(timeline, 1);
        window.resize(size);
        window.show();
        list->view()->setCurrentIndex(list->model().index(row, 0));
        if (row == 2)
            selectRunningStep(*timeline, selection);
        list->refresh();
        timeline->refresh();
        QCoreApplication::sendPostedEvents();
        QVERIFY(timeline->layoutState().paintedBars() > 0);
        save(window, QLatin1String(QTest::currentDataTag()));
    }

    void hoverCard()
    {
        for (const bool dark : {true, false}) {
            Theme::apply(*qApp, dark ? ThemeKind::Dark : ThemeKind::Light);
            BuildStore store;
            SelectionState selection;
            FixedClock clock(EventBuilder::at(sampleNow));
            selection.setBuild(addSampleBuilds(store));
            TimelineView timeline(store, selection, clock);
            timeline.resize(1000, 600);
            timeline.show();
            timeline.refresh();
            QCoreApplication::sendPostedEvents();
            selectRunningStep(timeline, selection);
            const QPoint at = timeline.stepRect(selection.step()).center();
            QMouseEvent move(QEvent::MouseMove, at, timeline.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(timeline.viewport(), &move);
            auto* card = timeline.viewport()->findChild<TimelineHoverCard*>();
            QTRY_VERIFY(card->isVisible());
            // All of the text is inside the card.
            QVERIFY(card->findChild<QLabel*>()->heightForWidth(card->findChild<QLabel*>()->width()) <= card->findChild<QLabel*>()->height());
            save(timeline, QStringLiteral("card-%1").arg(dark ? QStringLiteral("dark") : QStringLiteral("light")));
        }
    }

private:
    static void save(QWidget& widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (!folder.isEmpty())
            QVERIFY(widget.grab().save(QStringLiteral("%1/%2.png").arg(folder, name)));
    }

    QTranslator m_translator;

    static void selectRunningStep(const TimelineView& timeline, SelectionState& selection)
    {
        for (const TimelineLane& lane : timeline.model().lanes()) {
            for (const TimelineSpan& span : lane.spans) {
                if (!span.end)
                    selection.setStep(span.step);
            }
        }
    }
};

QTEST_MAIN(TestTimelineLook)
#include "test_timeline_look.moc"
