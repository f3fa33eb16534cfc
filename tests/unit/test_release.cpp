// Promised, built, published: every verdict, the three artifact styles, bake files.
#include "analysis/release.h"

#include <QTest>

using namespace layerline;

namespace {

const Platform amd64{"linux", "amd64", {}}, arm64{"linux", "arm64", {}}, armv7{"linux", "arm", "v7"};

std::string digest(char c) { return "sha256:" + std::string(64, c); }
QString qt(const std::string& text) { return QString::fromStdString(text); }

PublishedTag tagWith(std::vector<PublishedPlatform> platforms)
{
    PublishedTag tag;
    tag.tag = "1.0";
    tag.digest = digest('f');
    tag.index = true;
    tag.platforms = std::move(platforms);
    return tag;
}

QString verdicts(const ReleaseTag& tag)
{
    QStringList all;
    for (const ReleaseCell& cell : tag.cells)
        all << qt(cell.platform.shortName()) + QLatin1Char(' ') + QLatin1String(toString(cell.verdict));
    return all.join(QStringLiteral(", ")) + (tag.met ? QStringLiteral(": met") : QStringLiteral(": not met"));
}

} // namespace

class TestRelease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingThere()
    {
        const auto judged = judge(tagWith({{amd64, digest('a'), 1, {}}, {arm64, digest('b'), 1, {}}}), {{amd64, arm64}, "--platform"}, {});
        QCOMPARE(verdicts(judged), QStringLiteral("amd64 published, arm64 published: met"));
    }
    void oneIsMissing()
    {
        const auto judged = judge(tagWith({{amd64, digest('a'), 1, {}}}), {{amd64, arm64}, "--platform"}, {});
        QCOMPARE(verdicts(judged), QStringLiteral("amd64 published, arm64 missing: not met"));
    }
    void namedButNotThere()
    {
        const auto judged = judge(tagWith({{arm64, {}, 0, {}}}), {{arm64}, "x"}, {});
        QCOMPARE(verdicts(judged), QStringLiteral("arm64 missing: not met"));
    }
    void moreThanPromisedIsNoFault()
    {
        const auto judged = judge(tagWith({{armv7, digest('c'), 1, {}}, {amd64, digest('a'), 1, {}}}), {{amd64}, "x"}, {});
        QCOMPARE(verdicts(judged), QStringLiteral("amd64 published, arm/v7 extra: met"));
    }
    void nothingPromisedIsMet()
    {
        QVERIFY(judge(tagWith({{amd64, digest('a'), 1, {}}}), {}, {}).met);
    }
    void builtByThisJob()
    {
        const auto tag = tagWith({{amd64, digest('a'), 1, {}}, {arm64, digest('b'), 1, {}}});
        auto judged = judge(tag, {{amd64, arm64}, "x"}, {{amd64, digest('a'), "job", {}}, {arm64, digest('9'), "job", {}}});
        QCOMPARE(verdicts(judged), QStringLiteral("amd64 published, arm64 differs: not met"));
        QCOMPARE(judged.cells[1].built, digest('9'));
        // Pushed by digest with provenance: the job's digest is an index around the manifest.
        judged = judge(tag, {{amd64, arm64}, "x"}, {{arm64, digest('9'), "job", {digest('b'), digest('8')}}});
        QCOMPARE(verdicts(judged), QStringLiteral("amd64 published, arm64 published: met"));
    }
    void aRepeatedJobPushedTwice()
    {
        const auto tag = tagWith({{arm64, digest('b'), 1, {}}});
        QVERIFY(judge(tag, {{arm64}, "x"}, {{arm64, digest('1'), "first", {}}, {arm64, digest('b'), "second", {}}, {arm64, digest('2'), "third", {}}}).met);
    }
    void builtWithoutAPlatform()
    {
        const auto tag = tagWith({{amd64, digest('a'), 1, {}}, {arm64, digest('b'), 1, {}}});
        const auto judged = judge(tag, {{amd64, arm64}, "x"}, {{{}, digest('b'), "job", {}}, {{}, digest('0'), "job", {}}});
        QVERIFY(judged.met);
        QCOMPARE(judged.cells[0].built, std::string());
        QCOMPARE(judged.cells[1].built, digest('b'));
    }
    void unreadable()
    {
        PublishedTag tag;
        tag.tag = "1.0";
        tag.problem = "403";
        QCOMPARE(verdicts(judge(tag, {{amd64}, "x"}, {})), QStringLiteral("amd64 unknown: not met"));
        QVERIFY(!met({"i", {{amd64}, "x"}, {}, {}}));
    }

    void platformNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("platform");
        for (const auto& [name, platform] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"digests-linux-amd64", "linux/amd64"}, {"digests-linux-arm64", "linux/arm64"}, {"digests-linux-arm-v7", "linux/arm/v7"}, {"digests-arm64", "linux/arm64"},
                 {"digest_x86_64.txt", "linux/amd64"}, {"build (linux/arm64)", "linux/arm64"}, {"build (ubuntu-24.04-arm, linux/arm64)", "linux/arm64"}, {"aarch64", "linux/arm64"},
                 {"arm64-runner-builds-amd64", "linux/amd64"}, {"digests-windows-amd64", "windows/amd64"}, {"digests-riscv64", "linux/riscv64"}, {"digests", ""}, {"", ""}, {"merge v2", ""}})
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(platform);
    }
    void platformNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, platform);
        const Platform read = platformInName(name.toStdString());
        QCOMPARE(read.empty() ? QString() : qt(read.str()), platform);
    }

    void digestsAsFileNames()
    {
        const std::string hex(64, 'a');
        const auto read = digestsFromFileNames("digests-linux-arm64", {"/tmp/digests/" + hex, hex, "readme.txt", "sha256:" + std::string(64, 'b'), std::string(63, 'a')});
        QCOMPARE(read.size(), std::size_t(2));
        QCOMPARE(read[0].digest, digest('a'));
        QCOMPARE(read[0].platform, arm64);
        QCOMPARE(read[1].digest, digest('b'));
    }
    void digestsAsContents_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray it = QByteArray::fromStdString(digest('a'));
        QTest::newRow("plain") << it + "\n";
        QTest::newRow("image") << "ghcr.io/acme/shop@" + it;
        QTest::newRow("bare hex") << " " + it.mid(7) + "\r\n";
        QTest::newRow("quoted") << "\"" + it + "\"";
        QTest::newRow("metadata file") << "{\"containerimage.config.digest\":\"sha256:" + QByteArray(64, 'c') + "\",\"containerimage.digest\":\"" + it + "\"}";
    }
    void digestsAsContents()
    {
        QFETCH(QByteArray, content);
        const auto read = digestsFromContent("digests", "digest-amd64.txt", content.toStdString());
        QCOMPARE(read.size(), std::size_t(1));
        QCOMPARE(read[0].digest, digest('a'));
        QCOMPARE(read[0].platform, amd64);
    }
    void contentsWithoutADigest()
    {
        for (const std::string& content : {std::string(), std::string("hello"), std::string("{}"), "sha256:" + std::string(65, 'a'), std::string(1000, 'a')})
            QVERIFY2(digestsFromContent("digests-amd64", "x", content).empty(), content.c_str());
    }
    void digestsInALog()
    {
        const std::string log = "2025-12-04T08:20:57.36Z #22 exporting manifest " + digest('1') + " 0.0s done\n#22 exporting manifest list " + digest('2')
            + " done\n#22 pushing manifest for ghcr.io/acme/shop@" + digest('3') + " 1.2s done\n";
        const auto read = digestsFromLog("build (linux/arm64)", log);
        QCOMPARE(read.size(), std::size_t(1));
        QCOMPARE(read[0].digest, digest('3'));
        QCOMPARE(read[0].platform, arm64);
        const auto exported = digestsFromLog("build (linux/arm64)", log.substr(0, log.find("#22 pushing")));
        QCOMPARE(exported.at(0).digest, digest('2'));
        QCOMPARE(digestsFromLog("x", "  \"containerimage.digest\": \"" + digest('4') + "\",\n").at(0).digest, digest('4'));
        QVERIFY(digestsFromLog("x", "pushing manifest for nobody\nsha256:" + std::string(64, 'a')).empty());
    }

    void imagesInALog()
    {
        const std::string log = "2025Z #22 pushing manifest for ghcr.io/acme/shop:1.0@" + digest('1') + " 1.2s done\n#22 pushing manifest for ghcr.io/acme/shop@" + digest('2')
            + "\n#1 0.6 pushing " + digest('3') + " to ghcr.io/acme/shop:edge\n#1 pushing " + digest('3') + " to localhost:5000/shop\n#1 pushing " + digest('3') + " to ghcr.io/acme/shop:edge\n";
        QCOMPARE(pushedImages(log), (std::vector<std::string>{"ghcr.io/acme/shop:1.0", "ghcr.io/acme/shop:edge"}));
        QVERIFY(pushedImages("pushing manifest for \npushing sha256: to").empty());
    }

    void bakePromises()
    {
        const auto read = promiseFromBake(R"({"target":{"app":{"tags":["x"],"platforms":["linux/amd64","linux/arm64/v8"]},"test":{"platforms":["linux/riscv64"]},"odd":{"platforms":[5]}}})", "bake");
        QVERIFY(read.ok());
        QCOMPARE(read.value().platforms, (std::vector<Platform>{amd64, arm64}));
        QCOMPARE(read.value().from, std::string("bake"));
        QCOMPARE(promiseFromBake(R"({"target":{"test":{"platforms":["linux/arm/v7"]}}})", "b").value().platforms, std::vector<Platform>{armv7});
        for (const char* none : {"", "[]", "{}", R"({"target":5})", R"({"target":{"a":{}}})", R"({"target":{"a":5}})"})
            QVERIFY2(!promiseFromBake(none, "b").ok(), none);
    }

    void asJson()
    {
        Release release{"ghcr.io/acme/shop", {{amd64, arm64}, "--platform"}, {}, {}};
        release.tags.push_back(judge(tagWith({{amd64, digest('a'), 1, parseRfc3339("2026-01-02T03:04:05Z")}}), release.promise, {}));
        const auto json = releaseJson(release);
        QCOMPARE(json["met"].get<bool>(), false);
        QCOMPARE(json["tags"][0]["platforms"][1]["verdict"].get<std::string>(), std::string("missing"));
        QVERIFY(json["tags"][0]["platforms"][1]["published"].is_null());
        QCOMPARE(json["tags"][0]["platforms"][0]["created"].get<std::string>(), std::string("2026-01-02T03:04:05Z"));
    }
};

QTEST_GUILESS_MAIN(TestRelease)
#include "test_release.moc"
