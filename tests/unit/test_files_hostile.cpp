// Hostile and broken archives: refused with one clear error, never a crash.
#include "domain/summary.h"
#include "unit/test_files_support.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <random>
#include <sys/stat.h>

using namespace layerline;
using namespace layerline::test;
using Json = LayoutMaker::Json;

#define QVERIFY_FAULT(result, expected) \
    do { \
        const std::string text = fault(result); \
        QVERIFY2(text.find(expected) != std::string::npos, text.c_str()); \
    } while (false)

class TestFilesHostile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesUnsafeEntries_data();
    void refusesUnsafeEntries();
    void refusesWrongDigests();
    void refusesTooMuch();
    void refusesBombs();
    void refusesBadDocuments_data();
    void refusesBadDocuments();
    void refusesBadFrames_data();
    void refusesBadFrames();
    void refusesOddFiles();
    void survivesTruncation();
    void survivesMutation();
};

void TestFilesHostile::refusesUnsafeEntries_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<uint>("type");
    QTest::addColumn<QString>("link");
    QTest::addColumn<bool>("hard");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* path, unsigned type, const char* link, bool hard, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(path) << type << QString::fromLatin1(link) << hard << QString::fromLatin1(expected);
    };
    row("parent", "../evil", AE_IFREG, "", false, "unsafe path");
    row("parent inside", "blobs/../../evil", AE_IFREG, "", false, "unsafe path");
    row("parent at the end", "blobs/..", AE_IFREG, "", false, "unsafe path");
    row("backslash", "blobs\\..\\..\\evil", AE_IFREG, "", false, "unsafe path");
    row("absolute", "/etc/passwd", AE_IFREG, "", false, "unsafe path");
    row("symlink", "blobs/sha256/x", AE_IFLNK, "/etc/passwd", false, "no regular file");
    row("hard link", "blobs/sha256/x", AE_IFREG, "/etc/passwd", true, "no regular file");
    row("device", "null", AE_IFCHR, "", false, "no regular file");
    row("block device", "disk", AE_IFBLK, "", false, "no regular file");
    row("pipe", "pipe", AE_IFIFO, "", false, "no regular file");
    row("name that is no digest", "blobs/sha256/evil", AE_IFREG, "", false, "no sha256 digest");
    row("upper-case digest", "blobs/sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", AE_IFREG, "", false, "no sha256 digest");
}

void TestFilesHostile::refusesUnsafeEntries()
{
    QFETCH(QString, path);
    QFETCH(uint, type);
    QFETCH(QString, link);
    QFETCH(bool, hard);
    QFETCH(QString, expected);
    LayoutMaker layout;
    layout.root({layout.record(recordConfig(), {})});
    layout.items().push_back({path.toStdString(), {}, type, link.toStdString(), hard});
    QVERIFY_FAULT(openArchive(layout.archive()), expected.toStdString());
    // Harmless oddities of other packers are no fault.
    LayoutMaker dotted;
    dotted.root({dotted.record(recordConfig(), {})});
    for (ArchiveItem& item : dotted.items())
        item.path = "./" + item.path;
    dotted.items().insert(dotted.items().begin(), {"./", {}, AE_IFDIR, {}, false});
    dotted.items().push_back({"..notes", "text", AE_IFREG, {}, false});
    QCOMPARE(fault(openArchive(dotted.archive())), std::string());
}

void TestFilesHostile::refusesWrongDigests()
{
    LayoutMaker layout;
    layout.root({layout.record(recordConfig(), frames("sha256:a", "a", 1, 2))});
    for (std::size_t i = 0; i < layout.items().size(); ++i) {
        LayoutMaker broken = layout;
        ArchiveItem& item = broken.items()[i];
        if (item.path == "index.json")
            continue;
        item.data[item.data.size() / 2] ^= 1;
        QVERIFY_FAULT(openArchive(broken.archive()), "Corrupt: blob sha256:");
    }
    // A descriptor that lies about the size, and one whose blob is not there.
    LayoutMaker sized;
    Json manifest = sized.record(recordConfig(), {});
    manifest["size"] = 3;
    sized.root({manifest});
    QVERIFY_FAULT(openArchive(sized.archive()), "Corrupt");
    LayoutMaker missing;
    missing.record(recordConfig(), {});
    missing.root({Json{{"digest", "sha256:" + std::string(64, '0')}}});
    QVERIFY_FAULT(openArchive(missing.archive()), "NotFound");
}

void TestFilesHostile::refusesTooMuch()
{
    FileCaps caps;
    caps.archiveEntries = 3;
    QVERIFY_FAULT(openArchive(smallDockerbuild(), caps), "TooLarge: archive has more than 3 entries");
    caps = {};
    caps.archiveBytes = 400;
    QVERIFY_FAULT(openArchive(smallDockerbuild(), caps), "TooLarge: archive holds more than 400 bytes");
    caps = {};
    caps.jsonObject = 20;
    QVERIFY_FAULT(openArchive(smallDockerbuild(), caps), "TooLarge: index.json");
    caps = {};
    caps.statusFrame = 8;
    QVERIFY_FAULT(openArchive(smallDockerbuild(), caps), "TooLarge: status frame");
    LayoutMaker layout;
    layout.root({layout.record(recordConfig("one"), {}), layout.record(recordConfig("two"), {})});
    caps = {};
    caps.records = 1;
    QVERIFY_FAULT(openArchive(layout.archive(), caps), "TooLarge: more than 1 builds");
}

void TestFilesHostile::refusesBombs()
{
    // Zeroes pack 1000 : 1; as a blob, as an entry nobody asked for, and as an index.
    const std::string zeroes(64u << 20, '\0');
    LayoutMaker unasked;
    unasked.items().push_back({"padding", zeroes, AE_IFREG, {}, false});
    unasked.root({unasked.record(recordConfig(), {})});
    QVERIFY_FAULT(openArchive(unasked.archive()), "TooLarge: archive unpacks to more than 200 times");
    LayoutMaker blob;
    blob.blob("x", zeroes);
    blob.root({blob.record(recordConfig(), {})});
    QVERIFY_FAULT(openArchive(blob.archive()), "TooLarge: archive unpacks to more than 200 times");
    QVERIFY_FAULT(openBuildBytes(pack({{"a.txt", zeroes, AE_IFREG, {}, false}}, Packing::Zip), "x.zip", {}), "TooLarge: archive unpacks to more than 200 times");
    // A log of equal lines is no bomb as long as it is small.
    const auto file = openArchive(oneRecord(recordConfig(), frames("sha256:a", "a", 1, 2, std::string(4u << 20, 'y') + "\n")));
    QCOMPARE(fault(file), std::string());
    // One status log in many builds is decoded once.
    LayoutMaker shared;
    const std::string log = frames("sha256:a", "a", 1, 2);
    shared.root({shared.record(recordConfig("one"), log), shared.record(recordConfig("two"), log)});
    const auto twice = openArchive(shared.archive());
    QCOMPARE(fault(twice), std::string());
    QVERIFY(twice->batches[0].events.size() > twice->batches[1].events.size());
    QCOMPARE(twice->notes, (std::vector<std::string>{"two: its status log is that of another build"}));
}

void TestFilesHostile::refusesBadDocuments_data()
{
    QTest::addColumn<QByteArray>("index");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no JSON") << QByteArray("nonsense") << QStringLiteral("BadInput: index.json: malformed");
    QTest::newRow("cut") << QByteArray("{\"manifests\":[") << QStringLiteral("BadInput: index.json: malformed");
    QTest::newRow("bad utf-8") << QByteArray("{\"a\":\"\xff\xfe\"}") << QStringLiteral("BadInput: index.json: malformed");
    QTest::newRow("deep") << QByteArray(100'000, '[') << QStringLiteral("TooLarge: index.json: JSON nested");
    QTest::newRow("array") << QByteArray("[]") << QStringLiteral("Unsupported: no build record");
    QTest::newRow("number") << QByteArray("1e999") << QStringLiteral("BadInput");
    QTest::newRow("empty") << QByteArray("") << QStringLiteral("Unsupported: archive has no index.json");
    QTest::newRow("no manifests") << QByteArray("{\"manifests\":[]}") << QStringLiteral("Unsupported: no build record");
    QTest::newRow("manifests no array") << QByteArray("{\"manifests\":{\"a\":1}}") << QStringLiteral("Unsupported: no build record");
    QTest::newRow("odd manifests") << QByteArray("{\"manifests\":[1,null,\"x\",{}]}") << QStringLiteral("NotFound");
}

void TestFilesHostile::refusesBadDocuments()
{
    QFETCH(QByteArray, index);
    QFETCH(QString, expected);
    LayoutMaker layout;
    layout.rootText(index.toStdString());
    QVERIFY_FAULT(openArchive(layout.archive()), expected.toStdString());
    // The same as the record itself.
    LayoutMaker record;
    record.root({record.manifest(record.blob("application/vnd.buildkit.historyrecord.v0", index.toStdString()), {})});
    const auto file = openArchive(record.archive());
    if (file)
        QCOMPARE(file->batches.size(), std::size_t(1));
}

void TestFilesHostile::refusesBadFrames_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QString>("expected");
    QTest::newRow("half a length") << QByteArray("\x05\x00", 2) << QStringLiteral("BadInput: status log ends inside a frame's length");
    QTest::newRow("cut") << QByteArray("\x05\x00\x00\x00xy", 6) << QStringLiteral("BadInput: status log ends inside a frame");
    QTest::newRow("huge") << QByteArray("\xff\xff\xff\xff", 4) << QStringLiteral("TooLarge: status frame of 4294967295 bytes");
    QTest::newRow("no message") << QByteArray("\x03\x00\x00\x00\xff\xff\xff", 7) << QStringLiteral("BadInput: status log holds a malformed message");
    QTest::newRow("bad utf-8 name") << QByteArray("\x06\x00\x00\x00\x0a\x04\x1a\x02\xff\xfe", 10) << QStringLiteral("BadInput: status log holds a malformed message");
}

void TestFilesHostile::refusesBadFrames()
{
    QFETCH(QByteArray, status);
    QFETCH(QString, expected);
    QVERIFY_FAULT(openArchive(oneRecord(recordConfig(), frames("sha256:a", "a", 1, 2) + status.toStdString())), expected.toStdString());
}

void TestFilesHostile::refusesOddFiles()
{
    const QTemporaryDir folder;
    const std::string base = folder.path().toStdString() + "/";
    QVERIFY_FAULT(openBuildFile(base + "absent"), "NotFound");
    QVERIFY_FAULT(openBuildFile(folder.path().toStdString()), "BadInput");
    QVERIFY_FAULT(openBuildFile("/dev/null"), "not a regular file");
    QCOMPARE(::mkfifo((base + "pipe").c_str(), 0600), 0);
    QVERIFY_FAULT(openBuildFile(base + "pipe"), "not a regular file");
    std::ofstream(base + "empty").flush();
    QVERIFY_FAULT(openBuildFile(base + "empty"), "Unsupported: empty: the file is empty");
    std::ofstream(base + "text") << "just some words\n";
    QVERIFY_FAULT(openBuildFile(base + "text"), "Unsupported");
    std::ofstream(base + "gzip", std::ios::binary) << "\x1F\x8B garbage";
    QVERIFY_FAULT(openBuildFile(base + "gzip"), "BadInput");
    std::ofstream(base + "good", std::ios::binary) << smallDockerbuild();
    const auto good = openBuildFile(base + "good");
    QCOMPARE(fault(good), std::string());
    QCOMPARE(good->name, std::string("good"));
}

void TestFilesHostile::survivesTruncation()
{
    const std::string whole = smallDockerbuild();
    int refused = 0;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto file = openArchive(whole.substr(0, length));
        refused += !file.ok();
        // Only the end (tar's padding, gzip's trailer) can be missing, and then nothing is.
        if (file)
            QCOMPARE(countersOf(onlyBuild(reduced(*file))).completed, 2);
    }
    QVERIFY(refused > int(whole.size()) / 2);
}

void TestFilesHostile::survivesMutation()
{
    // Behind the gzip: a flipped byte anywhere in the tar.
    LayoutMaker layout;
    layout.root({layout.record(recordConfig(), frames("sha256:a", "[1/1] RUN a", 1, 2, "text\n"))});
    std::mt19937 random(7);
    for (int round = 0; round < 1000; ++round) {
        std::vector<ArchiveItem> items = layout.items();
        ArchiveItem& item = items[random() % items.size()];
        for (int flips = 1 + int(random() % 3); flips > 0; --flips)
            item.data[random() % item.data.size()] = char(random());
        const bool keepDigest = item.path != "index.json" && random() % 4 > 0;
        if (keepDigest) // as a forger would: the blob's name fits, only nobody points at it
            item.path = "blobs/sha256/" + sha256Digest(item.data).substr(7);
        const auto file = openArchive(pack(items, Packing::TarGzip));
        if (file)
            reduced(*file);
    }
    std::string packed = layout.archive();
    for (std::size_t i = 0; i < packed.size(); ++i) {
        const char before = packed[i];
        packed[i] = char(random());
        if (const auto file = openArchive(packed))
            reduced(*file);
        packed[i] = before;
    }
}

QTEST_GUILESS_MAIN(TestFilesHostile)
#include "test_files_hostile.moc"
