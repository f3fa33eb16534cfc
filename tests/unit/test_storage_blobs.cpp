#include "storage/blob_store.h"
#include "storage/history_types.h"
#include "storage/private_files.h"
#include "domain/sha256.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace layerline;

namespace {

mode_t rightsOf(const QString& path)
{
    struct stat info {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 07777 : 0;
}

} // namespace

class TestStorageBlobs : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    int m_next = 0;
    QString freshFolder() { return m_home.filePath(QString::number(m_next++) + QStringLiteral("/a/blobs")); }

private Q_SLOTS:
    void hash()
    {
        QCOMPARE(sha256Digest(""), std::string("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256Digest("abc"), std::string("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256Hex(sha256Digest("abc")).size(), std::size_t(64));
        for (const char* bad : {"", "sha256:", "sha512:abc", "sha256:../../../../etc/passwd"})
            QVERIFY(sha256Hex(bad).empty());
        QVERIFY(sha256Hex("sha256:" + std::string(64, 'G')).empty());
        QVERIFY(sha256Hex("sha256:" + std::string(64, '/')).empty());
    }

    void putAndGet()
    {
        const QString folder = freshFolder();
        const BlobStore store(folder.toStdString());
        QVERIFY(store.prepare().ok());
        std::string bytes(700'000, 'x');
        bytes[5] = '\0';
        const auto digest = store.put(bytes);
        QVERIFY(digest.ok());
        QCOMPARE(*digest, sha256Digest(bytes));
        const BlobRef ref{"t", *digest, std::int64_t(bytes.size())};
        const auto back = store.get(ref);
        QVERIFY(back.ok() && *back == bytes);
        QVERIFY(store.verifiedPath(ref).ok());
        QCOMPARE(store.sizeOf(*digest), ref.size);
        QCOMPARE(rightsOf(folder), mode_t(0700));
        QCOMPARE(rightsOf(QString::fromStdString(*store.verifiedPath(ref))), mode_t(0600));
        QVERIFY(store.put(bytes, *digest).ok());
        QVERIFY(store.put("").ok());
        QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void wrongDigestIsRefused()
    {
        const BlobStore store(freshFolder().toStdString());
        QVERIFY(store.prepare().ok());
        const auto wrong = store.put("abc", sha256Digest("abd"));
        QVERIFY(!wrong.ok() && wrong.error().kind == ErrorKind::Corrupt);
        const auto odd = store.put("abc", "sha512:00");
        QVERIFY(!odd.ok() && odd.error().kind == ErrorKind::Unsupported);
        const auto absent = store.get({"t", sha256Digest("abc"), 3});
        QVERIFY(!absent.ok() && absent.error().kind == ErrorKind::NotFound);
        const auto malformed = store.get({"t", "sha256:../x", 3});
        QVERIFY(!malformed.ok() && malformed.error().kind == ErrorKind::Corrupt);
    }

    void damageIsSeenAndHealedByPuttingAgain()
    {
        const QString folder = freshFolder();
        const BlobStore store(folder.toStdString());
        QVERIFY(store.prepare().ok());
        const std::string bytes(10'000, 'y');
        const BlobRef ref{"t", *store.put(bytes), 10'000};
        const QString path = QString::fromStdString(*store.verifiedPath(ref));
        std::srand(3);
        for (int round = 0; round < 200; ++round) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite));
            if (round % 4 == 0) {
                QVERIFY(file.resize(std::rand() % 20'000));
            } else {
                file.seek(std::rand() % 10'000);
                file.write("\x01");
            }
            file.close();
            const auto damaged = store.get(ref);
            if (file.size() != 10'000 || round % 4 != 0)
                QVERIFY2(!damaged.ok() && damaged.error().kind == ErrorKind::Corrupt, qPrintable(QString::number(round)));
            QVERIFY(store.put(bytes).ok());
            const auto healed = store.get(ref);
            QVERIFY(healed.ok() && *healed == bytes);
        }
        QVERIFY(QFile::remove(path));
        QVERIFY(QDir().mkdir(path));
        QVERIFY(!store.get(ref).ok());
        QVERIFY(!store.put(bytes).ok());
        QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden).size(), 0);
    }

    void collectKeepsWhatIsWantedAndWhatIsNotOurs()
    {
        const QString folder = freshFolder();
        const BlobStore store(folder.toStdString());
        QVERIFY(store.prepare().ok());
        const std::string a = *store.put("a");
        const std::string b = *store.put("b");
        QFile foreign(folder + QStringLiteral("/README"));
        QVERIFY(foreign.open(QIODevice::WriteOnly));
        const auto removed = store.collect([&](const std::string& digest) { return digest == a; });
        QVERIFY(removed.ok());
        QCOMPARE(*removed, std::size_t(1));
        QVERIFY(store.has(a) && !store.has(b) && foreign.exists());
    }

    void foldersAreMadePrivate()
    {
        const QString folder = m_home.filePath(QStringLiteral("open"));
        QVERIFY(QDir().mkdir(folder));
        QVERIFY(::chmod(QFile::encodeName(folder).constData(), 0755) == 0);
        QVERIFY(makePrivateFolder(folder.toStdString()).ok());
        QCOMPARE(rightsOf(folder), mode_t(0700));
        QFile file(folder + QStringLiteral("/f"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QVERIFY(::chmod(QFile::encodeName(file.fileName()).constData(), 0644) == 0);
        QVERIFY(makePrivateFile(file.fileName().toStdString()).ok());
        QCOMPARE(rightsOf(file.fileName()), mode_t(0600));
        QVERIFY(!makePrivateFolder(file.fileName().toStdString()).ok());
        QVERIFY(!makePrivateFolder((file.fileName() + QStringLiteral("/x")).toStdString()).ok());
    }

    void lockExcludes()
    {
        const std::string path = m_home.filePath(QStringLiteral("lock")).toStdString();
        auto first = lockFile(path, LockMode::Shared, 0);
        QVERIFY(first.ok());
        QVERIFY(lockFile(path, LockMode::Shared, 0).ok());
        const auto refused = lockFile(path, LockMode::Exclusive, 30);
        QVERIFY(!refused.ok() && refused.error().kind == ErrorKind::Timeout);
        *first = FileHandle();
        auto exclusive = lockFile(path, LockMode::Exclusive, 0);
        QVERIFY(exclusive.ok());
        QVERIFY(!lockFile(path, LockMode::Shared, 0).ok());
        QVERIFY(shareLock(*exclusive).ok());
        QVERIFY(lockFile(path, LockMode::Shared, 0).ok());
    }

    void folderFromTheEnvironment()
    {
        const auto with = [](const char* own, const char* state, const char* home) {
            qputenv("LAYERLINE_HISTORY", own);
            qputenv("XDG_STATE_HOME", state);
            qputenv("HOME", home);
            return defaultHistoryFolder();
        };
        const QByteArray home = qgetenv("HOME");
        QCOMPARE(with("/own", "/state", "/home"), std::string("/own"));
        QCOMPARE(with("", "/state", "/home"), std::string("/state/layerline"));
        QCOMPARE(with("", "relative", "/home"), std::string("/home/.local/state/layerline"));
        QCOMPARE(with("", "", ""), std::string());
        qputenv("HOME", home);
    }
};

QTEST_GUILESS_MAIN(TestStorageBlobs)
#include "test_storage_blobs.moc"
