// Sections, order, filter and the signals of the list of builds.
#include "items/build_list_model.h"
#include "items/percent.h"
#include "support/event_builder.h"
#include "support/model_shadow.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace layerline;
using namespace layerline::test;

namespace {

constexpr double day = 86'400;
/// The epoch of EventBuilder is 22:13:20 UTC: an hour later it is still the same day.
constexpr double presentTime = 3600;

void add(BuildStore& store, const EventBuilder& events)
{
    store.apply(std::make_shared<const EventBatch>(events.batch()));
}

EventBuilder build(const std::string& name, double started, std::optional<double> completed = {})
{
    EventBuilder events(name);
    ev::RecordUpdated record;
    record.builder = "multi";
    record.created = EventBuilder::at(started);
    record.exporters = {{"image", {{"name", "example.org/acme/" + name}}}};
    events.event(record);
    if (completed)
        events.completed(*completed);
    return events;
}

/// A target of a bake call.
EventBuilder member(const std::string& target, const std::string& call, double started, std::optional<double> completed = {})
{
    EventBuilder events = build(target, started);
    ev::RecordUpdated record;
    record.localState = LocalState{target, "/src", "Dockerfile", call};
    events.event(record);
    if (completed)
        events.completed(*completed);
    return events;
}

QStringList rowsOf(const BuildListModel& model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        if (index.data(BuildListModel::KindRole).toInt() == BuildListModel::Section)
            rows.append(QStringLiteral("# %1 %2").arg(index.data().toString()).arg(index.data(BuildListModel::CountRole).toInt()));
        else if (const BuildGroupItem* group = model.group(row))
            rows.append(QStringLiteral("v %1 %2 %3").arg(group->title, BuildListModel::statusWord(group->status)).arg(group->builds));
        else if (index.data(BuildListModel::MemberRole).toBool())
            rows.append(QStringLiteral("  ") + index.data().toString());
        else
            rows.append(index.data().toString());
    }
    return rows;
}

/// What a row's delegate shows, without the clock.
QString fingerprint(const QAbstractItemModel& model, int row)
{
    const auto& list = static_cast<const BuildListModel&>(model);
    const QModelIndex index = model.index(row, 0);
    QString text = index.data().toString() + QLatin1Char('|') + index.data(BuildListModel::CountRole).toString();
    if (const BuildGroupItem* group = list.group(row))
        text += QStringLiteral("|%1|%2|%3").arg(int(group->status)).arg(group->builds).arg(list.expanded(row));
    text += index.data(BuildListModel::MemberRole).toString();
    if (const BuildListItem* item = list.item(row))
        text += QStringLiteral("|%1|%2|%3|%4").arg(int(item->status)).arg(item->subtitle, item->notes.value(0)).arg(item->strips.size());
    return text;
}

} // namespace

class TestBuildListModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sectionsRunningFirstThenByDay()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        BuildListModel model(store, clock);
        add(store, build("old", -9 * day, -9 * day + 60));
        add(store, build("yesterday", -day, -day + 60));
        add(store, build("today", 100, 160));
        add(store, build("newest", 200, 260));
        add(store, build("runs", 50));
        store.flush();
        QCOMPARE(rowsOf(model), (QStringList{"# Running 1", "runs", "# Today 2", "newest", "today", "# Yesterday 1", "yesterday", "# 5 November 1", "old"}));
        QCOMPARE(model.shownBuilds(), 5);
        QVERIFY(model.hasRunning());
        QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));
        QVERIFY(model.flags(model.index(1)) & Qt::ItemIsSelectable);
    }

    void targetsOfOneBakeCallStandTogether()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        BuildListModel model(store, clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ModelShadow shadow(model, fingerprint);
        add(store, build("single", 150, 160));
        add(store, member("web", "call", 101, 130));
        store.flush();
        QCOMPARE(rowsOf(model), (QStringList{"# Today 2", "single", "web"})); // one target is no group
        EventBuilder api = member("api", "call", 100);
        add(store, api);
        add(store, member("other", "another call", 90, 95));
        store.flush();
        QCOMPARE(rowsOf(model), (QStringList{"# Running 2", "v api, web running 2", "  api", "  web", "# Today 2", "single", "other"}));
        QCOMPARE(model.shownBuilds(), 4);
        QVERIFY(model.hasRunning());
        const BuildId web = model.idAt(3);
        QCOMPARE(model.groupRowOf(web), 1);

        model.setExpanded(1, false);
        QCOMPARE(rowsOf(model), (QStringList{"# Running 2", "v api, web running 2", "# Today 2", "single", "other"}));
        QCOMPARE(model.shownBuilds(), 4);
        QCOMPARE(model.rowOf(web), -1);
        QCOMPARE(model.groupRowOf(web), 1);

        add(store, api.completed(300, 2, "exit code: 1")); // the whole has failed, whatever else succeeded
        store.flush();
        QCOMPARE(rowsOf(model), (QStringList{"# Today 4", "single", "v api, web failed 2", "other"}));
        const BuildGroupItem* group = model.group(2);
        QCOMPARE(group->elapsed, Duration{200'000'000'000});
        QCOMPARE(group->failed, 1);
        QCOMPARE(group->strips.front().segments.size(), std::size_t(2));
        model.setExpanded(2, true);
        QCOMPARE(rowsOf(model), (QStringList{"# Today 4", "single", "v api, web failed 2", "  api", "  web", "other"}));

        model.setFilter(QStringLiteral("web")); // one of them passes: no header above a single row
        QCOMPARE(rowsOf(model), (QStringList{"# Today 1", "web"}));
        model.setFilter({});
        store.remove(web);
        QCOMPARE(rowsOf(model), (QStringList{"# Today 3", "single", "api", "other"}));
        QCOMPARE(shadow.check(), QString());
        QCOMPARE(shadow.faults(), QStringList());
    }

    void ofManyPlatformsTheFailedOneHasAStrip()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        BuildListModel model(store, clock);
        EventBuilder events = build("many", 100);
        for (const std::string platform : {"linux/386", "linux/amd64", "linux/arm64", "linux/ppc64le", "linux/riscv64", "linux/s390x"})
            events.step(platform, "[" + platform + " app 1/1] RUN make").run(platform, 101, 106, false, platform == "linux/s390x" ? "exit code: 1" : "");
        add(store, events);
        store.flush();
        const BuildListItem* item = model.item(1);
        QCOMPARE(item->strips.size(), std::size_t(4));
        QStringList names;
        for (const BuildStrip& strip : item->strips)
            names += strip.name;
        QCOMPARE(names, (QStringList{"386", "amd64", "arm64", "s390x"}));
    }

    void theWholeIsTheWorstOfItsParts()
    {
        BuildStore store;
        add(store, member("a", "call", 1, 2));
        EventBuilder canceled = member("b", "call", 1);
        add(store, canceled.completed(3, 1, "canceled"));
        store.flush();
        std::vector<const Build*> builds;
        for (const BuildId& id : store.builds().ids())
            builds.push_back(store.find(id));
        QCOMPARE(wholeStatus(builds), BuildStatus::Canceled);
        QCOMPARE(wholeStatus({builds.front()}), BuildStatus::Completed);
    }

    void aBuildThatEndsMovesToItsDay()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        BuildListModel model(store, clock);
        ModelShadow shadow(model, fingerprint);
        add(store, build("today", 100, 160));
        EventBuilder runs = build("runs", 50);
        add(store, runs);
        store.flush();
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QCOMPARE(rowsOf(model), (QStringList{"# Running 1", "runs", "# Today 1", "today"}));
        add(store, runs.completed(300));
        store.flush();
        QCOMPARE(rowsOf(model), (QStringList{"# Today 2", "today", "runs"}));
        QCOMPARE(shadow.check(), QString());
        QVERIFY(moved.count() >= 1); // moved, not removed: a view keeps its selection
    }

    void filterSearchesNamesBuildersTagsErrors()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        BuildListModel model(store, clock);
        add(store, build("shop-backend:1.8", 10, 20));
        add(store, build("docs:latest", 30, 40));
        EventBuilder failed = build("ingest:2", 50);
        failed.completed(60, 2, "failed to solve: go build");
        add(store, failed);
        store.flush();
        const auto shown = [&](const char* text) {
            model.setFilter(QString::fromLatin1(text));
            return rowsOf(model).filter(QRegularExpression(QStringLiteral("^[^#]")));
        };
        QCOMPARE(shown("SHOP"), QStringList{"shop-backend:1.8"});
        QCOMPARE(shown("acme latest"), QStringList{"docs:latest"});
        QCOMPARE(shown("go build"), QStringList{"ingest:2"});
        QCOMPARE(shown("multi").size(), 3);
        QCOMPARE(shown("shop docs"), QStringList());
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(shown("").size(), 3);
    }

    void midnightTurnsTodayIntoYesterday()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        BuildListModel model(store, clock);
        add(store, build("a", 100, 160));
        store.flush();
        QCOMPARE(rowsOf(model).first(), QStringLiteral("# Today 1"));
        QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
        clock.set(EventBuilder::at(presentTime + day));
        model.timePassed();
        QCOMPARE(rowsOf(model).first(), QStringLiteral("# Yesterday 1"));
        QVERIFY(data.count() >= 1);
    }

    void itemSaysWhatMatters()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        const BuildListModel model(store, clock);
        EventBuilder events("x");
        events.started(10);
        events.step("a", "[linux/amd64 app 1/2] FROM alpine").run("a", 11, 12, true).step("b", "[linux/amd64 app 2/2] RUN go build", {"a"}).run("b", 12, 40);
        events.step("c", "[linux/arm64 app 1/2] FROM alpine").run("c", 11, 12, true).step("d", "[linux/arm64 app 2/2] RUN go build", {"c"}).run("d", 12, 50, false, "exit code: 1");
        events.completed(50, 2, "failed");
        add(store, events);
        store.flush();
        const BuildListItem* item = model.item(1);
        QVERIFY(item);
        QCOMPARE(item->notes.value(0), QStringLiteral("arm64: RUN go build failed"));
        QCOMPARE(item->notes.last(), QStringLiteral("arm64: failed"));
        QCOMPARE(item->subtitle, QStringLiteral("default · amd64 arm64"));
        QCOMPARE(int(item->strips.size()), 2);
        QVERIFY(item->strips[1].segments.back().look == Look::Failed);
        QVERIFY(item->strips[1].segments.back().emulated);
        QVERIFY(item->strips[0].segments.back().end < item->strips[1].segments.back().end);
        for (const BuildStrip& strip : item->strips) {
            for (const StripSegment& segment : strip.segments)
                QVERIFY(segment.begin >= 0 && segment.end <= 1 && segment.begin < segment.end);
        }
        QCOMPARE(item->elapsed.seconds(), 40.0);
    }

    void sharesAreRoundedButNeverToAllOrNothing()
    {
        QCOMPARE(wholePercent(0, 0), 0);
        QCOMPARE(wholePercent(9, 16), 56);
        QCOMPARE(wholePercent(17, 30), 57);
        QCOMPARE(wholePercent(999, 1000), 99);
        QCOMPARE(wholePercent(1, 1000), 1);
        QCOMPARE(wholePercent(7, 7), 100);
    }

    void tenThousandRandomChangeSets()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(presentTime));
        BuildListModel model(store, clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ModelShadow shadow(model, fingerprint);
        QRandomGenerator random(42);
        int generation = 1;
        for (int round = 0; round < 10'000; ++round) {
            for (int n = random.bounded(1, 4); n > 0; --n)
                randomChange(store, random, generation);
            store.flush();
            if (round % 97 == 0)
                model.setFilter(random.bounded(2) ? QString() : QStringLiteral("b%1").arg(random.bounded(4)));
            if (round % 53 == 0) {
                clock.set(clock.now() + Duration{std::int64_t(random.bounded(4000)) * 1'000'000'000});
                model.timePassed();
            }
            if (round % 31 == 0 && model.rowCount() > 0) {
                const int row = random.bounded(model.rowCount());
                model.setExpanded(row, !model.expanded(row));
            }
            if (round % 20 == 0) {
                const QString difference = shadow.check();
                QVERIFY2(difference.isEmpty(), qPrintable(difference));
            }
        }
        QVERIFY(shadow.faults().isEmpty());
        for (int row = 0; row < model.rowCount(); ++row)
            model.setExpanded(row, true);
        BuildListModel fresh(store, clock);
        fresh.setFilter(model.filter());
        QCOMPARE(rowsOf(model), rowsOf(fresh));
        QVERIFY(model.rowCount() > 10);
    }

private:
    static void randomChange(BuildStore& store, QRandomGenerator& random, int& generation)
    {
        const std::string name = "b" + std::to_string(random.bounded(40));
        switch (random.bounded(12)) {
        case 0:
            if (!store.builds().ids().empty()) {
                // A copy: the store's own list of ids changes under a reference into it.
                const BuildId id = store.builds().ids()[std::size_t(random.bounded(int(store.builds().ids().size())))];
                store.remove(id);
            }
            break;
        case 1: {
            EventBuilder events(name);
            ev::RecordUpdated end;
            end.generation = ++generation;
            end.complete = true;
            end.completed = EventBuilder::at(random.bounded(5000));
            if (random.bounded(3) == 0)
                end.error = BuildError{random.bounded(1, 3), "failed to solve"};
            add(store, events.event(end));
            break;
        }
        case 2:
            add(store, EventBuilder(name).log("s1", 10, "text\n"));
            break;
        case 3:
        case 4: {
            EventBuilder events(name);
            const std::string step = "s" + std::to_string(random.bounded(5));
            events.step(step, "[linux/amd64 app 1/5] RUN " + step);
            add(store, random.bounded(2) ? events.run(step, random.bounded(100), random.bounded(100, 200), random.bounded(2)) : events.begin(step, random.bounded(100)));
            break;
        }
        case 5:
            add(store, member(name, "call" + std::to_string(random.bounded(6)), -random.bounded(6) * day + random.bounded(3000)));
            break;
        default:
            add(store, build(name, -random.bounded(6) * day + random.bounded(3000)));
            break;
        }
    }
};

QTEST_GUILESS_MAIN(TestBuildListModel)
#include "test_build_list_model.moc"
