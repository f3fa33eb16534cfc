// What is remembered of tags.
#include "storage/tag_history.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace layerline;

namespace {

Timestamp at(int seconds) { return {1'800'000'000'000'000'000 + seconds * 1'000'000'000LL}; }

PublishedTag tag(const std::string& name, char digest)
{
    PublishedTag tag;
    tag.tag = name;
    tag.digest = "sha256:" + std::string(64, digest);
    tag.index = true;
    tag.platforms = {{{"linux", "arm", "v7"}, tag.digest, 1, {}}};
    return tag;
}

const std::string image = "ghcr.io/acme/shop";

} // namespace

class TestTagHistory : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    TagHistory history() const { return TagHistory(m_folder->filePath(QStringLiteral("state/tags")).toStdString()); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aTagMovesAndComesBack()
    {
        QVERIFY(history().read(image).value().empty());
        for (const auto& [digest, seconds] : {std::pair{'a', 0}, {'a', 10}, {'b', 20}, {'a', 30}})
            QVERIFY(history().note(image, {tag("1.0", digest), tag("edge", 'e')}, at(seconds)).ok());
        const auto seen = history().read(image, "1.0").value();
        QCOMPARE(seen.size(), std::size_t(3));
        QCOMPARE(seen[0].digest.back(), 'a');
        QCOMPARE(seen[0].first, at(0));
        QCOMPARE(seen[0].last, at(10));
        QCOMPARE(seen[1].digest.back(), 'b');
        QCOMPARE(seen[2].first, at(30));
        QCOMPARE(seen[2].platforms.at(0).str(), std::string("linux/arm/v7"));
        QVERIFY(seen[2].index);
        QCOMPARE(history().read(image).value().size(), std::size_t(4));
        QVERIFY(history().read("ghcr.io/acme/other").value().empty());
    }

    void whatCannotBeReadIsNoSighting()
    {
        PublishedTag broken = tag("1.0", 'a');
        broken.problem = "503";
        PublishedTag untagged = tag("", 'a');
        QVERIFY(history().note(image, {broken, untagged}, at(0)).ok());
        QVERIFY(history().read(image).value().empty());
    }

    void damagedLinesAreLeftOut()
    {
        QVERIFY(history().note(image, {tag("1.0", 'a')}, at(0)).ok());
        const QDir folder(m_folder->filePath(QStringLiteral("state/tags")));
        QFile file(folder.filePath(folder.entryList({QStringLiteral("*.jsonl")}).value(0)));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const QByteArray good = file.readAll();
        file.seek(0);
        file.write("garbage\n{}\n{\"tag\":5}\n\xff\xfe\n" + good + "{\"tag\":\"cut");
        file.close();
        QCOMPARE(history().read(image).value().size(), std::size_t(1));
        QVERIFY(history().note(image, {tag("1.0", 'b')}, at(5)).ok());
        QCOMPARE(history().read(image).value().size(), std::size_t(2));
    }

    void severalWriters()
    {
        std::vector<std::thread> writers;
        for (int writer = 0; writer < 4; ++writer) {
            writers.emplace_back([this, writer] {
                for (int i = 0; i < 20; ++i) {
                    if (!history().note(image, {tag("w" + std::to_string(writer), char('a' + i % 2))}, at(i)))
                        qWarning("a writer was turned away");
                }
            });
        }
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(history().read(image).value().size(), std::size_t(80));
    }

    void withoutAHome()
    {
        TagHistory nowhere{std::string()};
        QCOMPARE(nowhere.note(image, {tag("1.0", 'a')}, at(0)).error().kind, ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestTagHistory)
#include "test_tag_history.moc"
