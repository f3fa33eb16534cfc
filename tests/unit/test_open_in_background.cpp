// What lets a large file be opened off the GUI thread: progress, cancel, and a store that takes over finished builds.
#include "app/tasks/build_lookup.h"
#include "domain/build_store.h"
#include "domain/summary.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

using namespace layerline;

class TestOpenInBackground : public QObject {
    Q_OBJECT

    static QString recording(const char* name) { return QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/recordings/") + QLatin1String(name); }
    static BuildSet read(const QString& path)
    {
        BuildSet set;
        const auto done = loadBuildFile(path, set);
        if (!done)
            qFatal("%s", done.error().detail.c_str());
        return set;
    }

private Q_SLOTS:
    void progressReachesTheEnd_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("rawjson") << recording("trixie-cold.rawjson");
        QTest::newRow("plain") << recording("cold.plain.txt");
        QTest::newRow("record") << QStringLiteral(LAYERLINE_SOURCE_DIR "/resources/recordings/cold.dockerbuild");
    }
    void progressReachesTheEnd()
    {
        QFETCH(QString, path);
        FileProgress progress;
        BuildSet set;
        QVERIFY(loadBuildFile(path, set, {}, &progress).ok());
        QCOMPARE(progress.total.load(), std::uint64_t(QFileInfo(path).size()));
        QVERIFY(progress.done.load() >= progress.total.load());
        QCOMPARE(set.size(), std::size_t(1));
    }
    void cancelIsHeardWhateverTheFormat_data() { progressReachesTheEnd_data(); }
    void cancelIsHeardWhateverTheFormat()
    {
        QFETCH(QString, path);
        FileProgress progress;
        progress.cancel = true;
        BuildSet set;
        const auto done = loadBuildFile(path, set, {}, &progress);
        QVERIFY(!done.ok());
        QCOMPARE(int(done.error().kind), int(ErrorKind::Cancelled));
        QCOMPARE(set.size(), std::size_t(0));
    }
    void theSizeLimitIsKept()
    {
        FileCaps caps;
        caps.textBytes = 1000;
        BuildSet set;
        const auto done = loadBuildFile(recording("trixie-cold.rawjson"), set, caps);
        QVERIFY(!done.ok());
        QCOMPARE(int(done.error().kind), int(ErrorKind::TooLarge));
    }
    void theStoreTakesOverAndReplaces()
    {
        BuildStore store;
        QSignalSpy changed(&store, &BuildStore::changed);
        BuildSet first = read(recording("trixie-cold.rawjson"));
        const BuildId id = first.ids().front();
        const Build* build = first.find(id);
        const Counters expected = countersOf(*build);
        store.adopt(std::move(first));
        QCOMPARE(store.find(id), build); // the very same: nothing was copied
        store.flush();
        QCOMPARE(changed.size(), 1);
        const auto change = changed.takeFirst().at(0).value<ChangeSet>();
        QVERIFY(change.builds.at(id).flags & Change::Added);

        store.adopt(read(recording("trixie-cold.rawjson")));
        store.adopt(read(recording("trixie-failed.rawjson")));
        store.flush();
        QCOMPARE(store.builds().size(), std::size_t(2));
        QCOMPARE(countersOf(*store.find(id)).total, expected.total);
        QCOMPARE(store.builds().owner(store.find(id)->records.front().key), store.find(id));
        store.remove(id);
        QCOMPARE(store.builds().size(), std::size_t(1));
    }
    void whatCameOverGoesOnLikeAnyOther()
    {
        BuildStore store;
        BuildSet set = read(recording("trixie-cold.rawjson"));
        const BuildId id = set.ids().front();
        store.adopt(std::move(set));
        const auto revision = store.find(id)->revision;
        const RecordKey key = store.find(id)->records.front().key;
        EventBatch batch{key, {ev::StepUpdated{StepDigest("sha256:new"), "[extra 1/1] RUN later", {}, false, Timestamp{1}, {}, {}, {}, false}}};
        store.apply(std::make_shared<const EventBatch>(batch));
        QCOMPARE(store.builds().size(), std::size_t(1));
        QVERIFY(store.find(id)->revision > revision);
    }
};

QTEST_GUILESS_MAIN(TestOpenInBackground)
#include "test_open_in_background.moc"
