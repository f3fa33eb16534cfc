#include "support/event_builder.h"

#include "domain/build_store.h"
#include "domain/summary.h"

#include <QSignalSpy>
#include <QTest>

using namespace layerline;
using test::EventBuilder;

class TestBuildSet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneRefOnTwoNodesIsOneBuild()
    {
        BuildSet set;
        EventBuilder a("r1", "w1"), b("r1", "w2");
        a.started(0, "multi").step("x", "[1/1] RUN x").run("x", 1, 2);
        b.started(0.1, "multi", {{"linux", "arm64", ""}}).step("x", "[1/1] RUN x").run("x", 1, 2, true);
        a.into(set);
        const Build& build = b.into(set);
        QCOMPARE(set.size(), std::size_t(1));
        QCOMPARE(build.records.size(), std::size_t(2));
        QCOMPARE(countersOf(build).total, 2); // summed, not merged
        QVERIFY(!build.inferredGroup);
    }
    void theSameRefOnAnotherBuilderIsAnother()
    {
        BuildSet set;
        EventBuilder("r1", "w1").started(0, "one").into(set);
        EventBuilder("r1", "w2").started(0, "two").into(set);
        QCOMPARE(set.size(), std::size_t(2));
    }
    void oneEngineReachedTwiceIsOneBuild()
    {
        BuildSet set;
        EventBuilder("r1", "w1").started(0, "one").into(set);
        const Build& build = EventBuilder("r1", "w1").started(0, "two").into(set);
        QCOMPARE(set.size(), std::size_t(1));
        QCOMPARE(build.records.size(), std::size_t(1));
        QCOMPARE(build.records[0].reachedBy.size(), std::size_t(2));
    }
    void partsOfOldBuildxAreInferred()
    {
        BuildSet set;
        const auto part = [&](const char* ref, const char* worker, const char* platform, double when) {
            EventBuilder b(ref, worker);
            ev::RecordUpdated record;
            record.builder = "multi";
            record.created = EventBuilder::at(when);
            record.frontendAttrs = {{"multi-platform", "true"}, {"platform", platform}};
            record.localState = LocalState{"default", "/src", "/src/Dockerfile", ""};
            b.event(record).into(set);
        };
        part("r1", "w1", "linux/amd64", 0);
        part("r2", "w2", "linux/arm64", 1.5);
        QCOMPARE(set.size(), std::size_t(1));
        QVERIFY(set.find(set.ids()[0])->inferredGroup);
        part("r3", "w3", "linux/arm64", 1); // arm64 is taken: somebody else's build
        part("r4", "w2", "linux/arm64", 30);
        QCOMPARE(set.size(), std::size_t(3));
    }
    void aBuildIsFoundByRefAndById()
    {
        BuildSet set;
        EventBuilder("r1", "w1").started(0).into(set);
        QVERIFY(set.findByRef("r1"));
        QVERIFY(set.findByRef("w1/r1"));
        QVERIFY(!set.findByRef("r2"));
        QVERIFY(set.remove(BuildId("w1/r1")));
        QVERIFY(!set.findByRef("r1"));
    }
    void anIdTakenFromTheStoreMayBeRemoved()
    {
        BuildStore store;
        for (const char* ref : {"r1", "r2", "r3"})
            store.apply(std::make_shared<const EventBatch>(EventBuilder(ref, "w").started(0).batch()));
        store.flush();
        QSignalSpy spy(&store, &BuildStore::changed);
        store.remove(store.builds().ids().front());
        QCOMPARE(spy.count(), 1);
        const auto changes = spy.front().front().value<ChangeSet>();
        QCOMPARE(changes.builds.begin()->first, BuildId("w/r1"));
        QCOMPARE(store.builds().size(), std::size_t(2));
    }
    void theStoreSendsOneSignalAFrame()
    {
        BuildStore store;
        QSignalSpy spy(&store, &BuildStore::changed);
        EventBuilder b;
        b.started(0).step("x", "[1/1] RUN x");
        const auto batch = std::make_shared<const EventBatch>(b.batch());
        for (int i = 0; i < 100; ++i)
            store.apply(batch);
        QVERIFY(spy.wait());
        QCOMPARE(spy.count(), 1);
        store.flush();
        QCOMPARE(spy.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestBuildSet)
#include "test_build_set.moc"
