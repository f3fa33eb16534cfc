// The numbers above a build: whole at once, in their places while they change, and fewer where there is little room.
#include "gui/sample_builds.h"
#include "support/event_builder.h"
#include "widgets/log/elided_label.h"
#include "widgets/pages/build_header.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

EventBatchPtr shared(const EventBuilder& events)
{
    return std::make_shared<const EventBatch>(events.batch());
}

/// A two-platform build that runs since second 0, its arm64 half emulated.
EventBuilder runningBuild(const std::string& ref)
{
    EventBuilder events(ref);
    events.started(0, "default", {{"linux", "amd64", ""}});
    events.step("from-amd64", "[linux/amd64 app 1/3] FROM x").run("from-amd64", 0, 0.5, true);
    events.step("from-arm64", "[linux/arm64 app 1/3] FROM x").run("from-arm64", 0, 0.5, true);
    events.step("make-amd64", "[linux/amd64 app 2/3] RUN make", {"from-amd64"}).run("make-amd64", 1, 3);
    events.step("make-arm64", "[linux/arm64 app 2/3] RUN make", {"from-arm64"}).run("make-arm64", 1, 19);
    events.step("test-arm64", "[linux/arm64 app 3/3] RUN ctest --output-on-failure", {"make-arm64"}).begin("test-arm64", 19);
    return events;
}

} // namespace

class TestBuildHeader : public QObject {
    Q_OBJECT

    BuildStore store;
    SelectionState selection;
    FixedClock clock{EventBuilder::at(30)};

    /// The texts that are narrower than they need to be. The critical path may elide, it takes what is left.
    static QString cut(const BuildHeader& header)
    {
        QStringList texts;
        const auto* path = header.findChild<QWidget*>(QStringLiteral("criticalPath"));
        for (const auto* label : header.findChildren<ElidedLabel*>()) {
            if (label->isVisibleTo(&header) && !path->isAncestorOf(label) && label->width() < label->sizeHint().width())
                texts << label->text();
        }
        return texts.join(QLatin1Char('|'));
    }
    static const QLabel* labelOf(const BuildHeader& header, const QString& text)
    {
        for (const QLabel* label : header.findChildren<QLabel*>()) {
            if (label->text() == text && label->isVisibleTo(&header))
                return label;
        }
        return nullptr;
    }
    static int leftOf(const BuildHeader& header, const QString& text)
    {
        const QLabel* label = labelOf(header, text);
        return label ? label->mapTo(&header, QPoint()).x() : -1;
    }
    void add(const EventBuilder& events)
    {
        store.apply(shared(events));
        store.flush();
    }

private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeKind::Light); }
    void init()
    {
        selection.setBuild({});
        while (!store.builds().ids().empty())
            store.remove(BuildId(store.builds().ids().front()));
        clock.set(EventBuilder::at(30));
    }

    void valuesAreWholeWithoutWaitingForTheNextEvent()
    {
        const BuildId sample = addSampleBuilds(store);
        add(runningBuild("running"));
        BuildHeader header(store, selection, clock);
        header.resize(867, 120);
        header.show();
        QVERIFY(QTest::qWaitForWindowExposed(&header));
        // Each build has other notes; the room of one that goes is the value's at once.
        const auto ids = store.builds().ids();
        for (int round = 0; round < 2; ++round) {
            for (const BuildId& id : ids) {
                selection.setBuild(id);
                QCOMPARE(cut(header), QString());
            }
        }
        selection.setBuild(sample);
        for (const int width : {700, 900, 1400, 620}) {
            header.resize(width, 120);
            QCOMPARE(cut(header), QString());
        }
    }

    void whatStandsBesideAGrowingTimeKeepsItsPlace()
    {
        add(runningBuild("running"));
        BuildHeader header(store, selection, clock);
        header.resize(900, 120);
        header.show();
        selection.setBuild(store.builds().ids().front());
        clock.set(EventBuilder::at(3599));
        header.refresh();
        const int steps = leftOf(header, QStringLiteral("Steps"));
        QVERIFY(steps > 0);
        clock.set(EventBuilder::at(3600)); // a shorter text
        header.refresh();
        QCOMPARE(leftOf(header, QStringLiteral("Steps")), steps);
        clock.set(EventBuilder::at(7));
        header.refresh();
        QCOMPARE(leftOf(header, QStringLiteral("Steps")), steps);
    }

    void anotherBuildStartsWithItsOwnWidths()
    {
        add(runningBuild("long"));
        EventBuilder brief("brief");
        brief.started(20).step("one", "[1/1] RUN true").begin("one", 25);
        add(brief);
        BuildHeader header(store, selection, clock);
        header.resize(900, 120);
        header.show();
        const auto ids = store.builds().ids();
        QCOMPARE(ids.size(), std::size_t(2));
        const auto select = [&](const char* ref) {
            for (const BuildId& id : ids) {
                if (store.find(id)->ref() == ref)
                    selection.setBuild(id);
            }
        };
        clock.set(EventBuilder::at(3599));
        select("long");
        const int wide = leftOf(header, QStringLiteral("Steps"));
        clock.set(EventBuilder::at(27));
        select("brief");
        QVERIFY2(leftOf(header, QStringLiteral("Steps")) < wide, "the widths of one build must not hold for another");
    }

    void theLeastImportantGoesFirstAndComesBack()
    {
        add(runningBuild("running"));
        QWidget window; // a window of its own could not be narrower than its labels
        BuildHeader header(store, selection, clock, &window);
        header.resize(1300, 120);
        window.show();
        selection.setBuild(store.builds().ids().front());
        const auto shows = [&](const char* text) { return labelOf(header, QString::fromLatin1(text)) != nullptr; };
        QVERIFY(shows("Critical path"));
        QVERIFY(shows("Emulated so far"));
        header.resize(430, 120);
        QVERIFY(shows("Elapsed"));
        QVERIFY(shows("Steps"));
        QVERIFY(!shows("Emulated so far"));
        QVERIFY(shows("Critical path"));
        header.resize(280, 120);
        QVERIFY(shows("Steps"));
        QVERIFY(!shows("Critical path"));
        header.resize(1300, 120);
        QVERIFY(shows("Critical path"));
        QVERIFY(shows("Emulated so far"));
    }

    void aChangeOfTheShownBuildIsShown()
    {
        EventBuilder events = runningBuild("running");
        add(events);
        BuildHeader header(store, selection, clock);
        header.resize(900, 120);
        header.show();
        selection.setBuild(store.builds().ids().front());
        QVERIFY(labelOf(header, QStringLiteral("of 5")));
        events.step("late", "[linux/arm64 app 4/4] RUN later", {"test-arm64"});
        add(events);
        QVERIFY(labelOf(header, QStringLiteral("of 6")));
        events.completed(40);
        add(events);
        QVERIFY(labelOf(header, QStringLiteral("Duration")));
    }

    void aJobsLogSaysThatItTellsNoEdges()
    {
        const auto job = [](const char* ref, bool edges) {
            EventBuilder events(ref);
            ev::RecordUpdated record;
            record.source = SourceKind::GitHub;
            record.created = EventBuilder::at(0);
            events.event(record);
            events.step("one", "[linux/amd64 1/2] FROM x").run("one", 0, 1);
            events.step("two", "[linux/amd64 2/2] RUN make", edges ? std::vector<std::string>{"one"} : std::vector<std::string>()).run("two", 1, 2);
            return events;
        };
        add(job("record", true));
        add(job("log", false));
        BuildHeader header(store, selection, clock);
        header.resize(1200, 120);
        header.show();
        for (const BuildId& id : store.builds().ids()) {
            selection.setBuild(id);
            const bool log = store.find(id)->ref() == "log";
            QCOMPARE(labelOf(header, QStringLiteral("GitHub Actions: edges unknown")) != nullptr, log);
            QCOMPARE(labelOf(header, QStringLiteral("GitHub Actions")) != nullptr, !log);
        }
    }

    void nothingSelectedShowsNothing()
    {
        add(runningBuild("running"));
        BuildHeader header(store, selection, clock);
        header.show();
        selection.setBuild(store.builds().ids().front());
        QVERIFY(header.isVisible());
        selection.setBuild({});
        QVERIFY(!header.isVisible());
        selection.setBuild(store.builds().ids().front());
        QVERIFY(header.isVisible());
        store.remove(BuildId(store.builds().ids().front()));
        store.flush();
        QVERIFY(!header.isVisible());
    }
};

QTEST_MAIN(TestBuildHeader)
#include "test_build_header.moc"
