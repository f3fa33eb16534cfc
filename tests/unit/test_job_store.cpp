// The state of builds on disk, with several who write it.
#include "full_disk.h"
#include "sources/runner/job_store.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <thread>

using namespace layerline;

class TestJobStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Several programs may note something of a job whose supervisor is gone.
    void manyWriters()
    {
        const QTemporaryDir home;
        const JobStore store(home.path().toStdString() + "/builds");
        BuildJob noted;
        noted.lanes = {JobLane{}};
        QVERIFY(store.create(noted).ok());
        std::atomic<int> unwritten{0}, unread{0};
        std::vector<std::thread> writers;
        for (int at = 0; at < 8; ++at) {
            writers.emplace_back([&, mine = noted, at]() mutable {
                mine.title = std::string(std::size_t(1000 * at), 'x');
                for (int round = 0; round < 25; ++round) {
                    unwritten += store.write(mine).ok() ? 0 : 1;
                    unread += store.read(mine.id).ok() ? 0 : 1;
                }
            });
        }
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(unwritten.load(), 0);
        QCOMPARE(unread.load(), 0);
        const QDir folder(QString::fromStdString(store.folderOf(noted.id)));
        QCOMPARE(folder.entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("job.json")});
        QCOMPARE(int(QFileInfo(folder.filePath(QStringLiteral("job.json"))).permissions() & (QFile::ReadGroup | QFile::ReadOther)), 0);
        const test::FullDisk unwritable(16);
        QVERIFY(!store.write(noted).ok());
        QCOMPARE(folder.entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestJobStore)
#include "test_job_store.moc"
