// Random damage to the database and the blobs: never a crash, never a wrong blob returned as a good one.
#include "storage_fixture.h"

#include "storage/history_database.h"
#include "storage/history_rows.h"
#include "storage/page_carver.h"
#include "storage/salvage.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QtTest>

#include <map>
#include <random>

using namespace layerline;
using namespace layerline::test;

namespace {

constexpr int buildCount = 60;

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

} // namespace

class TestStorageDamage : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    std::string m_folder;
    QByteArray m_database; ///< with everything in it and no log
    QByteArray m_early;    ///< a database of a moment when most was still in ...
    QByteArray m_log;      ///< ... this log
    std::map<QString, QByteArray> m_blobs;
    std::mt19937 m_random{5};
    std::string m_lastError;

    QString path(const char* suffix = "") const { return QString::fromStdString(HistoryPaths{m_folder}.database() + suffix); }
    int below(int limit) { return int(m_random() % unsigned(limit)); }

    void restore(const QByteArray& database, const QByteArray& log)
    {
        QFile::remove(path("-shm"));
        QFile::remove(path("-wal"));
        QDir folder(QString::fromStdString(m_folder));
        for (const QString& name : folder.entryList({QStringLiteral("*damaged*"), QStringLiteral("*fresh*")}))
            folder.remove(name);
        // With its rows gone a blob may have been collected.
        for (const auto& [name, bytes] : m_blobs)
            writeFile(name, bytes);
        writeFile(path(), database);
        if (!log.isEmpty())
            writeFile(path("-wal"), log);
    }

    /// Everything a reader returns is right; what is damaged is absent or an error. Returns how many builds were fine.
    int checkReader(bool& listed)
    {
        const HistoryRepository repository(m_folder);
        const auto list = repository.list(10'000);
        listed = list.ok();
        if (!list) {
            m_lastError = list.error().detail;
            return 0;
        }
        int good = 0;
        for (const HistoryEntry& found : *list) {
            const auto loaded = repository.load(found.key);
            if (!loaded)
                continue;
            const int number = std::atoi(found.key.ref.substr(3).c_str());
            if (found.key != entry(number).key)
                qFatal("a build that never was: %s", found.key.ref.c_str());
            for (const auto& blob : loaded->blobs) {
                if (blob.bytes != (blob.blob.kind == BlobKind::Record ? recordBytes(number) : statusBytes(number)))
                    qFatal("wrong blob returned as good");
            }
            good += loaded->blobs.size() == 2;
        }
        return good;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = m_home.filePath(QStringLiteral("layerline")).toStdString();
        {
            HistoryWriter writer(m_folder);
            for (int i = 0; i < buildCount; ++i) {
                QVERIFY(wait(store(writer, i)).ok());
                if (i == buildCount - 1) {
                    m_early = readFile(path());
                    m_log = readFile(path("-wal"));
                }
            }
        }
        m_database = readFile(path());
        QDirIterator blobs(QString::fromStdString(m_folder + "/blobs"), QDir::Files);
        while (blobs.hasNext()) {
            const QString name = blobs.next();
            m_blobs[name] = readFile(name);
        }
        QVERIFY(m_database.size() > 20'000 && m_log.size() > 20'000);
        QVERIFY(!QFile::exists(path("-wal")));
    }

    void carverFindsEverything()
    {
        for (const bool fromLog : {false, true}) {
            restore(fromLog ? m_early : m_database, fromLog ? m_log : QByteArray());
            const auto saved = salvageHistory(HistoryPaths{m_folder}.database(), BlobStore(HistoryPaths{m_folder}.blobs()));
            QVERIFY(saved.ok());
            QCOMPARE(saved->builds.size(), std::size_t(buildCount));
            QCOMPARE(saved->blobs.size(), std::size_t(2 * buildCount));
        }
    }

    /// One clear error, and whatever the disk still holds stays where it is.
    void aFileThatCannotBeReadIsLeftAlone()
    {
        const BlobStore blobs(HistoryPaths{m_folder}.blobs());
        // The kernel refuses to read the first page of it, and a folder's bytes.
        for (const std::string& unreadable : {std::string("/proc/self/mem"), m_folder}) {
            const auto saved = salvageHistory(unreadable, blobs);
            QVERIFY(!saved.ok());
            QVERIFY2(saved.error().detail.starts_with("cannot read " + unreadable + ": "), saved.error().detail.c_str());
        }
        QVERIFY(salvageHistory(m_folder + "/none.db", blobs).ok());
        // A whole file beside a log that can't be read: what the log says is newer, so the file alone would be a lie.
        const QString copy = m_home.filePath(QStringLiteral("copy.db"));
        writeFile(copy, m_database);
        QVERIFY(salvageHistory(copy.toStdString(), blobs).ok());
        QVERIFY(QDir().mkdir(copy + QStringLiteral("-wal")));
        const auto saved = salvageHistory(copy.toStdString(), blobs);
        QVERIFY(!saved.ok());
        QCOMPARE(saved.error().detail, "cannot read " + copy.toStdString() + "-wal: Is a directory");
    }

    void carverSurvivesNoise()
    {
        int rows = 0;
        const auto count = [&rows](const CarvedRow&) { ++rows; };
        carveRows({}, {}, count);
        for (int round = 0; round < 300; ++round) {
            std::string file = m_database.toStdString();
            for (int i = below(3000); i > 0; --i)
                file[std::size_t(below(int(file.size())))] = char(m_random());
            file.resize(std::size_t(below(int(file.size()))));
            std::string log(std::size_t(below(20'000)), '\0');
            for (char& c : log)
                c = char(below(40)); // 13, the mark of a leaf, is among them
            carveRows(file, log, count);
            carveRows(log, file, count);
        }
        QVERIFY(rows > 0);
    }

    void randomBytesInTheDatabase()
    {
        int reported = 0, silent = 0, refused = 0;
        for (int round = 0; round < 50; ++round) {
            const bool withLog = round % 3 == 0;
            QByteArray database = withLog ? m_early : m_database;
            QByteArray log = withLog ? m_log : QByteArray();
            QByteArray& target = withLog && round % 2 ? log : database;
            for (int i = 1 + below(round % 5 == 0 ? 2000 : 8); i > 0; --i)
                target[below(int(target.size()))] = char(m_random());
            if (round % 10 == 9)
                target.truncate(below(int(target.size())));
            restore(database, log);
            bool listed = false;
            checkReader(listed);
            refused += !listed;
            restore(database, log); // the reader may have played the log
            HistoryWriter writer(m_folder);
            QSignalSpy problems(&writer, &HistoryWriter::problem);
            writer.start();
            const auto stored = wait(store(writer, buildCount + 1));
            QVERIFY2(stored.ok(), stored.ok() ? "" : stored.error().detail.c_str());
            QVERIFY(problems.count() <= 1);
            (problems.isEmpty() ? silent : reported) += 1;
            QCOMPARE(verify(HistoryRepository(m_folder), buildCount + 1), std::string());
            checkReader(listed);
            QVERIFY2(listed, m_lastError.c_str());
            QCOMPARE(QDir(QString::fromStdString(m_folder)).entryList({QStringLiteral("history.db.damaged-*Z")}).size(), problems.count());
        }
        qInfo("repaired %d, unnoticed and harmless %d, refused by a reader %d", reported, silent, refused);
        QVERIFY(reported > 10);
    }

    void wholePagesLost()
    {
        for (int round = 0; round < 30; ++round) {
            QByteArray database = m_database;
            const int pages = int(database.size()) / 4096;
            const int lost = round == 0 ? 0 : below(pages);
            for (int i = 0; i < 4096; ++i)
                database[lost * 4096 + i] = round % 2 ? char(m_random()) : '\0';
            restore(database, {});
            HistoryWriter writer(m_folder);
            QVERIFY(wait(writer.flush()).ok());
            bool listed = false;
            const int good = checkReader(listed);
            QVERIFY(listed);
            // A page holds some ten rows of one table.
            QVERIFY2(good >= buildCount - 40, qPrintable(QStringLiteral("page %1 of %2: %3 left").arg(lost).arg(pages).arg(good)));
            if (lost == 0)
                QCOMPARE(good, buildCount); // the first page has only the schema
        }
    }

    void notADatabase()
    {
        restore(QByteArray("this is no database, but it is longer than the sixteen bytes of its mark"), {});
        HistoryWriter writer(m_folder);
        QSignalSpy problems(&writer, &HistoryWriter::problem);
        writer.start();
        QVERIFY(wait(store(writer, 1)).ok());
        QCOMPARE(problems.count(), 1);
        QVERIFY(problems.first().first().value<Error>().kind == ErrorKind::Corrupt);
        QCOMPARE(verify(HistoryRepository(m_folder), 1), std::string());
        const auto missing = HistoryRepository(m_folder).load(entry(2).key);
        QVERIFY(!missing.ok() && missing.error().kind == ErrorKind::NotFound);
    }

    void swappedRowsAreNotBelieved()
    {
        restore(m_database, {});
        {
            SqlConnection connection;
            QVERIFY(connection.open(HistoryPaths{m_folder}.database(), SqlConnection::Mode::ReadWrite).ok());
            // Both digests exist and verify, but they belong to other builds.
            QVERIFY(connection.run(QStringLiteral("UPDATE blobs SET digest = (SELECT digest FROM blobs WHERE ref = 'ref8' AND kind = 'status'), "
                                                  "size = (SELECT size FROM blobs WHERE ref = 'ref8' AND kind = 'status') WHERE ref = 'ref7' AND kind = 'status'")).ok());
            QVERIFY(connection.run(QStringLiteral("UPDATE builds SET ref = 'ref999' WHERE ref = 'ref6'")).ok());
        }
        const HistoryRepository repository(m_folder);
        const auto loaded = repository.load(entry(7).key);
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->blobs.size(), std::size_t(1));
        QVERIFY(loaded->blobs.front().blob.kind == BlobKind::Record);
        QVERIFY(repository.findByRef("ref999")->empty());
        // Nothing is collected while rows are unreadable.
        const int files = int(QDir(QString::fromStdString(m_folder + "/blobs")).entryList(QDir::Files).size());
        HistoryWriter writer(m_folder);
        QVERIFY(wait(writer.setRetention({})).ok());
        QCOMPARE(int(QDir(QString::fromStdString(m_folder + "/blobs")).entryList(QDir::Files).size()), files);
    }

    void damagedWhileOpen()
    {
        restore(m_database, {});
        HistoryWriter writer(m_folder);
        QSignalSpy problems(&writer, &HistoryWriter::problem);
        QVERIFY(wait(writer.flush()).ok());
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 at = 0; at < m_database.size(); at += 4096) {
            file.seek(at + (at == 0 ? 100 : 0));
            file.write(QByteArray(200, '\xee'));
        }
        file.close();
        // SQLite may answer from its cache for a while; sooner or later it sees the damage, and nothing is lost on the way.
        for (int i = 0; i < 5; ++i)
            QVERIFY(wait(store(writer, 1000 + i)).ok());
        QVERIFY(problems.count() <= 1);
    }

    void damagedBlobs()
    {
        restore(m_database, {});
        const HistoryRepository repository(m_folder);
        const auto list = repository.list(1000);
        QVERIFY(list.ok());
        for (const HistoryEntry& found : *list) {
            for (const StoredBlob& blob : found.blobs) {
                const auto place = repository.blobPath(blob);
                if (!place || blob.ref.size == 0)
                    continue;
                QByteArray bytes = readFile(QString::fromStdString(*place));
                const QByteArray sound = bytes;
                bytes[below(int(bytes.size()))] = char(m_random());
                if (bytes == sound)
                    continue;
                writeFile(QString::fromStdString(*place), bytes);
                const auto read = repository.blob(blob);
                QVERIFY(!read.ok() && read.error().kind == ErrorKind::Corrupt);
                const auto loaded = repository.load(found.key);
                QVERIFY(loaded.ok());
                QCOMPARE(loaded->problems.size(), std::size_t(1));
                QCOMPARE(loaded->blobs.size(), found.blobs.size() - 1);
                writeFile(QString::fromStdString(*place), sound);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestStorageDamage)
#include "test_storage_damage.moc"
