#include "sources/runner/index_check.h"

#include <QtTest>

using namespace layerline;

namespace {

const char* const merged = R"({"manifests":[
    {"digest":"sha256:a","platform":{"os":"linux","architecture":"amd64"}},
    {"digest":"sha256:b","platform":{"os":"linux","architecture":"arm64","variant":"v8"}},
    {"digest":"sha256:pa","platform":{"os":"unknown","architecture":"unknown"}}]})";

std::vector<IndexEntry> entriesOf(const char* text)
{
    auto entries = parseIndex(text);
    return entries ? std::move(*entries) : std::vector<IndexEntry>{};
}

const std::vector<PushedPart> parts{{"linux/amd64", "sha256:ia", {{"sha256:a", "linux/amd64"}, {"sha256:pa", ""}}}, {"linux/arm64", "sha256:b", {}}};

} // namespace

class TestIndexCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equal()
    {
        const auto entries = entriesOf(merged);
        QCOMPARE(entries.size(), std::size_t(3));
        QCOMPARE(entries[1].platform, std::string("linux/arm64"));
        const auto checked = verifyIndex(entries, parts);
        QVERIFY2(checked.ok(), checked.ok() ? "" : checked.error().detail.c_str());
    }

    void differences_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<QString>("digest");
        QTest::addColumn<QString>("platform");
        QTest::newRow("another digest") << 0 << QStringLiteral("sha256:x") << QStringLiteral("linux/amd64");
        QTest::newRow("another platform") << 0 << QStringLiteral("sha256:a") << QStringLiteral("linux/arm64");
        QTest::newRow("added") << 3 << QStringLiteral("sha256:x") << QStringLiteral("linux/riscv64");
        QTest::newRow("missing") << -1 << QString() << QString();
    }
    void differences()
    {
        QFETCH(int, at);
        QFETCH(QString, digest);
        QFETCH(QString, platform);
        auto entries = entriesOf(merged);
        if (at < 0)
            entries.pop_back();
        else if (std::size_t(at) == entries.size())
            entries.push_back({digest.toStdString(), platform.toStdString()});
        else
            entries[std::size_t(at)] = {digest.toStdString(), platform.toStdString()};
        const auto checked = verifyIndex(entries, parts);
        QVERIFY(!checked.ok());
        QCOMPARE(checked.error().kind, ErrorKind::Corrupt);
    }

    void aPlatformPushedUnderAnothersName()
    {
        auto wrong = parts;
        wrong[0].platform = "linux/riscv64";
        QVERIFY(!verifyIndex(entriesOf(merged), wrong).ok());
    }

    void otherTexts()
    {
        const auto plain = parseIndex(R"({"config":{},"layers":[]})");
        QVERIFY(!plain.ok());
        QCOMPARE(plain.error().kind, ErrorKind::Unsupported);
        for (const char* text : {"", "[]", "{}", "ERROR", R"({"manifests":1})"})
            QVERIFY2(!parseIndex(text).ok(), text);
        QVERIFY(parseIndex(R"({"manifests":[1,{}]})").ok());
    }
};

QTEST_GUILESS_MAIN(TestIndexCheck)
#include "test_index_check.moc"
