#include "analysis/ci/cache_keys.h"

#include <QtTest>

using namespace layerline;

namespace {

constexpr std::int64_t day = std::int64_t(24) * 3600 * 1'000'000'000;
const Timestamp now{100 * day};
const std::string mainRef = "refs/heads/main";

CacheEntry entry(std::int64_t id, std::string key, std::string ref, std::int64_t bytes, int daysAgo)
{
    return {id, std::move(key), std::move(ref), "693bb", bytes, Timestamp{(100 - daysAgo - 1) * day}, Timestamp{(100 - daysAgo) * day}};
}

std::string indexKey(const std::string& scope, const std::string& ref, int revision)
{
    return "index-" + scope + "-1-" + cacheRefHash(ref) + "#" + std::to_string(revision);
}

} // namespace

class TestCacheKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refsAreHashed();
    void keysAreReadFromTheRight_data();
    void keysAreReadFromTheRight();
    void otherKeysAreNone_data();
    void otherKeysAreNone();
    void highestRevisionIsLive();
    void quotaCountsEverything();
    void expiry();
    void visibility();
    void collisions();
};

void TestCacheKeys::refsAreHashed()
{
    // printf refs/heads/main | sha256sum
    QCOMPARE(cacheRefHash(mainRef), std::string("f921bd05"));
}

void TestCacheKeys::keysAreReadFromTheRight_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("scope");
    QTest::addColumn<QByteArray>("hash");
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<int>("revision");
    QTest::newRow("plain") << QByteArray("index-buildkit-1-f921bd05#12") << QByteArray("buildkit") << QByteArray("f921bd05") << QByteArray() << 12;
    QTest::newRow("dashes and slashes") << QByteArray("index-build-linux/arm64-1-0badcafe#1") << QByteArray("build-linux/arm64")
                                        << QByteArray("0badcafe") << QByteArray() << 1;
    QTest::newRow("signed") << QByteArray("index-app-1-0badcafe-Zm9v#3") << QByteArray("app") << QByteArray("0badcafe") << QByteArray("Zm9v") << 3;
    QTest::newRow("signature like a hash") << QByteArray("index-app-1-0badcafe-deadbeef#3") << QByteArray("app") << QByteArray("0badcafe")
                                           << QByteArray("deadbeef") << 3;
    QTest::newRow("scope like a key") << QByteArray("index-a-1-11111111#4-1-22222222#5") << QByteArray("a-1-11111111#4") << QByteArray("22222222")
                                      << QByteArray() << 5;
    QTest::newRow("empty scope") << QByteArray("index--1-22222222#0") << QByteArray() << QByteArray("22222222") << QByteArray() << 0;
}

void TestCacheKeys::keysAreReadFromTheRight()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, scope);
    QFETCH(QByteArray, hash);
    QFETCH(QByteArray, signature);
    QFETCH(int, revision);
    const auto parsed = parseCacheIndexKey(key.toStdString());
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->scope, scope.toStdString());
    QCOMPARE(parsed->refHash, hash.toStdString());
    QCOMPARE(parsed->signature, signature.toStdString());
    QCOMPARE(parsed->revision, std::int64_t(revision));
    QVERIFY(!parseCacheBlobKey(key.toStdString()));
}

void TestCacheKeys::otherKeysAreNone_data()
{
    QTest::addColumn<QByteArray>("key");
    for (const char* key : {"", "index-", "index-app-1-f921bd05", "index-app-1-f921bd05#", "index-app-1-f921bd05#x", "index-app-1-f921bd05#-1",
                            "index-app-2-f921bd05#1", "index-app-1-f921bd0#1", "index-app-1-F921BD05#1", "index-app-1-f921bd055#1",
                            "node-cache-Linux-x64-npm-1-f921bd05#1", "index-app-1-f921bd05#99999999999999999999",
                            "buildkit-blob-1-sha256:12"})
        QTest::newRow(*key ? key : "empty") << QByteArray(key);
}

void TestCacheKeys::otherKeysAreNone()
{
    QFETCH(QByteArray, key);
    QVERIFY(!parseCacheIndexKey(key.toStdString()));
    QVERIFY(!parseCacheBlobKey(key.toStdString()));
}

void TestCacheKeys::highestRevisionIsLive()
{
    const std::string feature = "refs/pull/7/merge";
    const CacheOverview overview = cacheOverview({entry(1, indexKey("arm64", mainRef, 9), mainRef, 10, 3),
                                                  entry(2, indexKey("arm64", mainRef, 10), mainRef, 10, 1),
                                                  entry(3, indexKey("arm64", mainRef, 2), mainRef, 10, 5),
                                                  entry(4, indexKey("arm64", feature, 1), feature, 10, 2),
                                                  entry(5, indexKey("amd64", "refs/heads/other", 1), mainRef, 10, 2)},
                                                 now);
    QCOMPARE(overview.scopes.size(), std::size_t(2));
    QCOMPARE(overview.scopes[0].name, std::string("amd64"));
    QVERIFY(!overview.scopes[0].refs[0].hashFitsRef);
    const CacheScope& scope = overview.scopes[1];
    QCOMPARE(scope.refs.size(), std::size_t(2));
    QCOMPARE(scope.refs[0].ref, mainRef);
    QCOMPARE(scope.refs[0].revision, std::int64_t(10)); // as a number, not as text
    QCOMPARE(scope.refs[0].live.id, std::int64_t(2));
    QCOMPARE(scope.refs[0].stale.size(), std::size_t(2));
    QCOMPARE(scope.refs[0].stale[0].id, std::int64_t(1));
    QVERIFY(scope.refs[0].hashFitsRef);
    QCOMPARE(scope.refs[1].ref, feature);
    QCOMPARE(overview.staleIndexes, 2);
    QCOMPARE(*scope.lastUse, Timestamp{99 * day});
    QCOMPARE(*scope.lastWrite, Timestamp{98 * day});
}

void TestCacheKeys::quotaCountsEverything()
{
    const std::string blob = "buildkit-blob-1-sha256:" + std::string(64, 'a');
    const std::vector<CacheEntry> entries{entry(1, indexKey("a", mainRef, 1), mainRef, 1000, 1), entry(2, blob, mainRef, 6'000'000'000, 1),
                                          entry(3, "setup-go-Linux-abc", mainRef, 4'500'000'000, 1)};
    const CacheOverview overview = cacheOverview(entries, now);
    QCOMPARE(overview.totalBytes, std::int64_t(10'500'001'000));
    QCOMPARE(overview.blobBytes, std::int64_t(6'000'000'000));
    QCOMPARE(overview.blobs, 1);
    QCOMPARE(overview.others, 1);
    QCOMPARE(overview.otherBytes, std::int64_t(4'500'000'000));
    QVERIFY(overview.overQuota);
    CacheLimits larger;
    larger.quotaBytes = 20'000'000'000;
    QVERIFY(!cacheOverview(entries, now, larger).overQuota);
}

void TestCacheKeys::expiry()
{
    const CacheOverview overview = cacheOverview({entry(1, indexKey("a", mainRef, 1), mainRef, 1, 8), entry(2, indexKey("b", mainRef, 1), mainRef, 1, 6),
                                                  entry(3, indexKey("c", mainRef, 1), mainRef, 1, 1), CacheEntry{4, "x", mainRef, {}, 1, {}, {}}},
                                                 now);
    QCOMPARE(overview.expired.size(), std::size_t(1));
    QCOMPARE(overview.expired[0].id, std::int64_t(1));
    QCOMPARE(*overview.nextExpiry, Timestamp{101 * day});
}

void TestCacheKeys::visibility()
{
    QVERIFY(cacheVisible(mainRef, "refs/heads/feature", mainRef));
    QVERIFY(cacheVisible("refs/heads/feature", "refs/heads/feature", mainRef));
    QVERIFY(!cacheVisible("refs/heads/other", "refs/heads/feature", mainRef));
    QVERIFY(cacheVisible("refs/heads/release", "refs/pull/7/merge", mainRef, "refs/heads/release"));
    QVERIFY(!cacheVisible("refs/pull/8/merge", "refs/pull/7/merge", mainRef, "refs/heads/release"));
    QVERIFY(!cacheVisible("", "refs/heads/feature", mainRef));
}

void TestCacheKeys::collisions()
{
    const Platform amd64{"linux", "amd64", {}}, arm64{"linux", "arm64", {}};
    const auto found = scopeCollisions({{"", "build (amd64)", {amd64}}, {"buildkit", "build (arm64)", {arm64}}, {"own-amd64", "b", {amd64}},
                                        {"own-arm64", "b", {arm64}}, {"qemu", "c", {amd64, arm64}}, {"same", "d", {amd64}}, {"same", "e", {amd64}},
                                        {"unknown", "f", {amd64}}, {"unknown", "g", {}}});
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].scope, std::string("buildkit"));
    QCOMPARE(found[0].writers.size(), std::size_t(2));
    QCOMPARE(scopeCollisions({{"one", "a", {amd64, arm64}}, {"one", "b", {arm64}}}).size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(TestCacheKeys)
#include "test_cache_keys.moc"
