#include "storage_fixture.h"

#include "storage/history_database.h"
#include "storage/history_rows.h"
#include "storage/history_schema.h"
#include "domain/sha256.h"
#include "support/event_builder.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QtTest>

#include <thread>

#include <sys/stat.h>

using namespace layerline;
using namespace layerline::test;

namespace {

constexpr std::int64_t second = 1'000'000'000;

} // namespace

class TestStorageHistory : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    int m_next = 0;
    std::string freshFolder() { return m_home.filePath(QString::number(m_next++) + QStringLiteral("/layerline")).toStdString(); }

private Q_SLOTS:
    void emptyHistory()
    {
        const HistoryRepository repository(freshFolder());
        const auto list = repository.list(10);
        QVERIFY(list.ok() && list->empty());
        const auto missing = repository.load({"w", "r"});
        QVERIFY(!missing.ok() && missing.error().kind == ErrorKind::NotFound);
        QVERIFY(repository.statistics().ok());
    }

    void roundTrip()
    {
        const std::string folder = freshFolder();
        HistoryEntry given = entry(1);
        given.group = "bake1";
        given.pinned = true;
        given.localState = LocalState{"app", "/src dir", "/src/Dockerfile", "bake1"};
        given.source = SourceKind::Record;
        {
            HistoryWriter writer(folder);
            QVERIFY(wait(writer.storeRecord(given, "bytes\0of record", "m")).ok());
            QVERIFY(wait(writer.storeBlob(given.key, BlobKind::Provenance, {"in-toto", {}, 0}, "amd", "linux/amd64")).ok());
            QVERIFY(wait(writer.storeBlob(given.key, BlobKind::Provenance, {"in-toto", sha256Digest("arm"), 3}, "arm", "linux/arm64")).ok());
            QVERIFY(wait(writer.storeBlob(given.key, BlobKind::ExternalError, {"status", {}, 0}, "")).ok());
        }
        const HistoryRepository repository(folder);
        const auto loaded = repository.load(given.key);
        QVERIFY(loaded.ok());
        QVERIFY(loaded->problems.empty());
        QCOMPARE(loaded->blobs.size(), std::size_t(4));
        QCOMPARE(loaded->blobs[1].blob.name, std::string("linux/amd64"));
        QCOMPARE(loaded->blobs[2].bytes, std::string("arm"));
        QCOMPARE(loaded->blobs[2].blob.ref.mediaType, std::string("in-toto"));
        QCOMPARE(loaded->entry.group, given.group);
        QVERIFY(loaded->entry.pinned && !loaded->entry.removedOnBuilder);
        QVERIFY(loaded->entry.localState == given.localState);
        QVERIFY(loaded->entry.source == SourceKind::Record);
        QVERIFY(loaded->entry.created == given.created && loaded->entry.completed == given.completed);
        QVERIFY(loaded->entry.has(BlobKind::Record) && !loaded->entry.has(BlobKind::Trace));
        QVERIFY(repository.blobPath(loaded->entry.blobs.front()).ok());
        const auto byRef = repository.findByRef("ref1");
        QVERIFY(byRef.ok());
        QCOMPARE(byRef->size(), std::size_t(1));
        const ev::RecordUpdated info = recordInfo(loaded->entry);
        QVERIFY(info.workerPlatforms == given.workerPlatforms && info.localState == given.localState);
    }

    void filesAreOursOnly()
    {
        const std::string folder = freshFolder();
        const mode_t mask = ::umask(0);
        {
            HistoryWriter writer(folder);
            QVERIFY(wait(store(writer, 1)).ok());
            struct stat info {};
            QVERIFY(::stat(folder.c_str(), &info) == 0);
            QCOMPARE(info.st_mode & 07777, mode_t(0700));
            QDirIterator it(QString::fromStdString(folder), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            int files = 0;
            while (it.hasNext()) {
                const QByteArray path = QFile::encodeName(it.next());
                QVERIFY(::stat(path.constData(), &info) == 0);
                QVERIFY2((info.st_mode & 07777) == 0600, path.constData());
                ++files;
            }
            QVERIFY(files >= 5); // database, its log and index, lock, two blobs
        }
        ::umask(mask);
    }

    void listIsNewestFirstAndPages()
    {
        const std::string folder = freshFolder();
        HistoryWriter writer(folder);
        for (int i = 0; i < 50; ++i)
            store(writer, i);
        QVERIFY(wait(writer.flush()).ok());
        const HistoryRepository repository(folder);
        std::vector<std::string> seen;
        OptionalTime before;
        for (;;) {
            const auto page = repository.list(7, before);
            QVERIFY(page.ok());
            if (page->empty())
                break;
            for (const HistoryEntry& found : *page)
                seen.push_back(found.key.ref);
            before = page->back().created;
        }
        QCOMPARE(seen.size(), std::size_t(50));
        QCOMPARE(seen.front(), std::string("ref49"));
        QCOMPARE(seen.back(), std::string("ref0"));
        QCOMPARE(repository.statistics()->builds, std::int64_t(50));
        QVERIFY(repository.statistics()->bytes > 0);
    }

    void generationsAndMerging()
    {
        const std::string folder = freshFolder();
        HistoryWriter writer(folder);
        HistoryEntry newer = entry(1, 5);
        newer.status = BuildStatus::Failed;
        QVERIFY(wait(writer.storeRecord(newer, "new")).ok());
        HistoryEntry older = entry(1, 4);
        QVERIFY(wait(writer.storeRecord(older, "old")).ok());
        const HistoryRepository repository(folder);
        auto loaded = repository.load(newer.key);
        QVERIFY(loaded.ok() && loaded->entry.status == BuildStatus::Failed);
        QCOMPARE(loaded->blobs.front().bytes, std::string("new"));
        HistoryEntry sparse;
        sparse.key = newer.key;
        sparse.generation = 6;
        sparse.status = BuildStatus::Failed;
        QVERIFY(wait(writer.storeRecord(sparse, "newest")).ok());
        loaded = repository.load(newer.key);
        QCOMPARE(loaded->entry.name, newer.name);
        QVERIFY(loaded->entry.created == newer.created && loaded->entry.workerPlatforms == newer.workerPlatforms);
        QCOMPARE(loaded->blobs.front().bytes, std::string("newest"));
        QVERIFY(wait(writer.markRemoved(newer.key)).ok());
        QVERIFY(wait(writer.setPinned(newer.key, true)).ok());
        loaded = repository.load(newer.key);
        QVERIFY(loaded->entry.removedOnBuilder && loaded->entry.pinned);
        QCOMPARE(repository.list(10)->size(), std::size_t(1));
    }

    void errors()
    {
        HistoryWriter writer(freshFolder());
        QVERIFY(wait(store(writer, 1)).ok());
        const auto orphan = wait(writer.storeBlob({"w", "nobody"}, BlobKind::Status, {}, "x"));
        QVERIFY(!orphan.ok() && orphan.error().kind == ErrorKind::NotFound);
        const auto wrong = wait(writer.storeBlob(entry(1).key, BlobKind::Status, {"m", sha256Digest("y"), 1}, "x"));
        QVERIFY(!wrong.ok() && wrong.error().kind == ErrorKind::Corrupt);
        const auto cut = wait(writer.storeBlob(entry(1).key, BlobKind::Status, {"m", {}, 2}, "x"));
        QVERIFY(!cut.ok() && cut.error().kind == ErrorKind::Corrupt);
        QVERIFY(!wait(writer.storeRecord({}, "x")).ok());
        QVERIFY(!wait(writer.setPinned({"w", "nobody"}, true)).ok());
        // A job that fails takes none of its neighbours with it.
        auto good = store(writer, 2);
        auto bad = writer.storeBlob({"w", "nobody"}, BlobKind::Status, {}, "x");
        auto alsoGood = store(writer, 3);
        QVERIFY(wait(good).ok() && !wait(bad).ok() && wait(alsoGood).ok());
    }

    void allOrNothing()
    {
        const std::string folder = freshFolder();
        HistoryWriter writer(folder);
        const auto failed = wait(writer.storeBuild(
            entry(1), {{BlobKind::Record, {}, {}, std::make_shared<const std::string>("r")},
                       {BlobKind::Status, {}, {"m", sha256Digest("other"), 0}, std::make_shared<const std::string>("s")}}));
        QVERIFY(!failed.ok());
        QVERIFY(HistoryRepository(folder).list(10)->empty());
    }

    void noFolder()
    {
        const QString blocked = m_home.filePath(QStringLiteral("file"));
        QFile file(blocked);
        QVERIFY(file.open(QIODevice::WriteOnly));
        HistoryWriter writer((blocked + QStringLiteral("/layerline")).toStdString());
        QSignalSpy problems(&writer, &HistoryWriter::problem);
        writer.start();
        QVERIFY(!wait(store(writer, 1)).ok());
        QVERIFY(!wait(store(writer, 2)).ok());
        QCOMPARE(problems.count(), 1);
        HistoryWriter nowhere{std::string()};
        const auto result = wait(nowhere.flush());
        QVERIFY(!result.ok() && result.error().kind == ErrorKind::NotFound);
    }

    void retention()
    {
        const std::string folder = freshFolder();
        auto clock = std::make_shared<FixedClock>(Timestamp{entry(100).created->ns});
        HistoryWriter writer(folder, {}, clock);
        for (int i = 0; i < 40; ++i)
            store(writer, i);
        QVERIFY(wait(writer.setPinned(entry(0).key, true)).ok());
        const HistoryRepository repository(folder);
        QVERIFY(wait(writer.setRetention({10, {}, 0})).ok());
        auto list = repository.list(100);
        QCOMPARE(list->size(), std::size_t(11));
        QCOMPARE(list->back().key.ref, std::string("ref0"));
        QCOMPARE((*list)[9].key.ref, std::string("ref30"));
        QVERIFY(wait(writer.setRetention({0, Duration{65 * second}, 0})).ok()); // 35 is 65 s old
        list = repository.list(100);
        QCOMPARE(list->size(), std::size_t(6));
        for (const HistoryEntry& left : *list)
            QVERIFY(left.key.ref == "ref0" || left.created->ns >= entry(35).created->ns);
        QVERIFY(wait(writer.setRetention({0, {}, std::int64_t(recordBytes(39).size() + statusBytes(39).size())})).ok());
        QCOMPARE(repository.list(100)->size(), std::size_t(2));
        // Only their four blobs are left on the disk.
        QCOMPARE(QDir(QString::fromStdString(folder + "/blobs")).entryList(QDir::Files).size(), 4);
        QVERIFY(verify(repository, 39).empty());
        QVERIFY(verify(repository, 0).empty());
    }

    void sharedBlobsSurviveGarbageCollection()
    {
        const std::string folder = freshFolder();
        HistoryWriter writer(folder);
        QVERIFY(wait(writer.storeRecord(entry(1), "same")).ok());
        QVERIFY(wait(writer.storeRecord(entry(2), "same")).ok());
        QVERIFY(wait(writer.remove(entry(1).key)).ok());
        QVERIFY(wait(writer.setRetention({})).ok());
        const auto loaded = HistoryRepository(folder).load(entry(2).key);
        QVERIFY(loaded.ok() && loaded->problems.empty());
        QCOMPARE(loaded->blobs.front().bytes, std::string("same"));
        QVERIFY(wait(writer.remove(entry(2).key)).ok());
        QVERIFY(wait(writer.setRetention({})).ok());
        QVERIFY(QDir(QString::fromStdString(folder + "/blobs")).entryList(QDir::Files).isEmpty());
    }

    void upgradeFromRevision1()
    {
        const std::string folder = freshFolder();
        QVERIFY(makePrivateFolder(folder).ok());
        const BlobStore blobs(HistoryPaths{folder}.blobs());
        QVERIFY(blobs.prepare().ok());
        const std::string digest = *blobs.put("old record");
        {
            SqlConnection connection;
            QVERIFY(connection.open(HistoryPaths{folder}.database(), SqlConnection::Mode::ReadWrite).ok());
            QVERIFY(migrateHistory(connection, 1).ok());
            QCOMPARE(*historyRevision(connection), 1);
            // As revision 1 wrote it: the checksum has nothing of the later columns.
            auto build = connection.run(QStringLiteral("INSERT INTO builds (worker, ref, builder, node, name, status, created, completed, generation, "
                                                       "total_steps, completed_steps, cached_steps, pinned, group_ref, stored, checksum) VALUES "
                                                       "('w', 'r', 'b', 'n', 'old', 'completed', 5, 6, 1, 3, 3, 1, 0, '', 7, 'cf5903e6c3edcabfa063574c7139c6d4')"));
            QVERIFY(build.ok());
            StoredBlob blob{BlobKind::Record, "", {"m", digest, 10}};
            QVERIFY(writeBlobRow(connection, {"w", "r"}, blob, 7).ok());
        }
        // A reader alone upgrades it too.
        const auto early = HistoryRepository(folder).load({"w", "r"});
        QVERIFY2(early.ok(), early.ok() ? "" : early.error().detail.c_str());
        HistoryWriter writer(folder);
        QVERIFY(wait(store(writer, 1)).ok());
        const auto loaded = HistoryRepository(folder).load({"w", "r"});
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->entry.name, std::string("old"));
        QVERIFY(!loaded->entry.removedOnBuilder);
        QCOMPARE(loaded->blobs.front().bytes, std::string("old record"));
        QVERIFY(wait(writer.markRemoved({"w", "r"})).ok());
        QVERIFY(HistoryRepository(folder).find({"w", "r"})->removedOnBuilder);
    }

    void newerRevisionIsLeftAlone()
    {
        const std::string folder = freshFolder();
        {
            HistoryWriter writer(folder);
            QVERIFY(wait(store(writer, 1)).ok());
        }
        {
            SqlConnection connection;
            QVERIFY(connection.open(HistoryPaths{folder}.database(), SqlConnection::Mode::ReadWrite).ok());
            QVERIFY(connection.run(QStringLiteral("INSERT INTO migrations VALUES (99, 'later')")).ok());
        }
        HistoryWriter writer(folder);
        const auto refused = wait(store(writer, 2));
        QVERIFY(!refused.ok() && refused.error().kind == ErrorKind::Unsupported);
        const auto unread = HistoryRepository(folder).list(1);
        QVERIFY(!unread.ok() && unread.error().kind == ErrorKind::Unsupported);
        QVERIFY(QDir(QString::fromStdString(folder)).entryList({QStringLiteral("*damaged*")}).isEmpty());
    }

    void severalWritersAndReaders()
    {
        const std::string folder = freshFolder();
        HistoryWriter one(folder), two(folder);
        std::vector<HistoryWriter::Done> done;
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    auto future = store(t % 2 ? one : two, t * 25 + i);
                    const std::lock_guard lock(mutex);
                    done.push_back(future);
                }
            });
        }
        threads.emplace_back([&] {
            const HistoryRepository repository(folder);
            for (int i = 0; i < 40; ++i) {
                const auto list = repository.list(1000);
                const std::lock_guard lock(mutex);
                if (!list)
                    qWarning("%s", list.error().detail.c_str());
            }
        });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(done.size(), std::size_t(100));
        for (const auto& future : done) {
            const auto result = wait(future);
            QVERIFY2(result.ok(), result.ok() ? "" : result.error().detail.c_str());
        }
        const HistoryRepository repository(folder);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(verify(repository, i), std::string());
        QCOMPARE(one.pendingBytes(), std::size_t(0));
    }

    void shutdownFinishesWhatWasAsked()
    {
        const std::string folder = freshFolder();
        std::vector<HistoryWriter::Done> done;
        {
            HistoryWriter writer(folder);
            for (int i = 0; i < 200; ++i)
                done.push_back(store(writer, i));
        }
        for (const auto& future : done)
            QVERIFY(future.isFinished() && wait(future).ok());
        QCOMPARE(HistoryRepository(folder).list(1000)->size(), std::size_t(200));
    }

    void hostileTexts()
    {
        const std::string folder = freshFolder();
        HistoryWriter writer(folder);
        HistoryEntry odd = entry(1);
        odd.key.ref = "r'; DROP TABLE builds; --\xff";
        odd.name = std::string("a\0b", 3) + std::string(100'000, 'n');
        odd.localState = LocalState{"\xff\xfe", std::string(9000, '/'), "\"quoted\"", ""};
        QVERIFY(wait(writer.storeRecord(odd, "x")).ok());
        const HistoryRepository repository(folder);
        const auto loaded = repository.load(odd.key);
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().detail.c_str());
        QCOMPARE(loaded->blobs.size(), std::size_t(1));
        QVERIFY(loaded->entry.name.starts_with("abnnn"));
        QCOMPARE(repository.list(10)->size(), std::size_t(1));
    }

    void entriesComeBackAsListLines()
    {
        for (const BuildStatus status : {BuildStatus::Completed, BuildStatus::Failed, BuildStatus::Canceled, BuildStatus::Lost}) {
            HistoryEntry made = entry(7);
            made.status = status;
            made.removedOnBuilder = true;
            made.platforms = {{"linux", "amd64", ""}, {"linux", "arm", "v7"}};
            BuildSet set;
            const Build& build = *set.find(set.apply({made.key, historyEvents(made)}).first);
            QVERIFY2(build.status() == status, toString(status));
            QCOMPARE(build.name(), made.name);
            QVERIFY(build.started() == made.created);
            QVERIFY(build.records.front().removed);
            if (status != BuildStatus::Lost) // counters belong to an end
                QCOMPARE(build.records.front().info.reportedTotal, made.totalSteps);
            QCOMPARE(build.records.front().info.frontendAttrs.at("platform"), std::string("linux/amd64,linux/arm/v7"));
            applyExtra(made, extraOf(made));
            QCOMPARE(made.platforms.size(), std::size_t(2));
        }
    }

    void entryOfABuild()
    {
        EventBuilder events("ref1", "w");
        events.started(0).step("a", "[build 1/2] FROM x").run("a", 1, 2, true).step("b", "[build 2/2] RUN y").run("b", 2, 3);
        events.completed(4, 2, "no");
        BuildSet set;
        const Build& build = events.into(set);
        const HistoryEntry made = historyEntry(build, build.records.front());
        QVERIFY(made.status == BuildStatus::Failed);
        QCOMPARE(made.totalSteps, 2);
        QCOMPARE(made.cachedSteps, 1);
        QCOMPARE(made.generation, 1);
        QCOMPARE(made.builder, std::string("default"));
        QVERIFY(made.created == EventBuilder::at(0) && made.completed == EventBuilder::at(4));
        QCOMPARE(made.workerPlatforms.size(), std::size_t(2));
        ev::RecordUpdated unread;
        unread.complete = true;
        unread.reportedTotal = 9;
        unread.frontendAttrs["platform"] = "linux/arm64";
        EventBuilder other("ref2", "w");
        const Build& bare = other.started(0).event(unread).into(set);
        const HistoryEntry sparse = historyEntry(bare, bare.records.front());
        QCOMPARE(sparse.totalSteps, 9);
        QCOMPARE(sparse.platforms.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestStorageHistory)
#include "test_storage_history.moc"
