// Scopes several architectures write: told by the workflows, shown by the revisions.
#include "analysis/ci/cache_collisions.h"

#include <QtTest>

using namespace layerline;

namespace {

const Platform amd64{"linux", "amd64", {}}, arm64{"linux", "arm64", {}};
const std::string mainRef = "refs/heads/main";

/// Revision `revision` of the scope, written so many minutes after the beginning.
CacheEntry written(const std::string& scope, const std::string& ref, int revision, int minutes)
{
    const Timestamp at{std::int64_t(minutes + 1) * 60'000'000'000};
    return {revision, "index-" + scope + "-1-" + cacheRefHash(ref) + "#" + std::to_string(revision), ref, "693bb", 100, at, at};
}

CacheOverview overviewOf(const std::vector<CacheEntry>& entries) { return cacheOverview(entries, Timestamp{std::int64_t(24) * 3600 * 1'000'000'000}); }

/// Two runs, an hour apart, whose two jobs wrote `scope` four minutes after each other.
std::vector<CacheEntry> twoRuns(const std::string& scope)
{
    return {written(scope, mainRef, 1, 0), written(scope, mainRef, 2, 4), written(scope, mainRef, 3, 60), written(scope, mainRef, 4, 64), written(scope, "refs/pull/7/merge", 1, 61)};
}

} // namespace

class TestCacheCollisions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rewritesAreOfOneRefAndOneRun()
    {
        const auto rewrites = cacheRewrites(overviewOf(twoRuns("all")).scopes.at(0));
        QCOMPARE(rewrites.size(), std::size_t(2));
        QCOMPARE(rewrites[0], (CacheRewrite{mainRef, {1, 2}, Duration{240'000'000'000}}));
        QCOMPARE(rewrites[1].revisions, (std::vector<std::int64_t>{3, 4}));
        // One writer a run: hours lie between its revisions.
        QVERIFY(cacheRewrites(overviewOf({written("own", mainRef, 1, 0), written("own", mainRef, 2, 90), written("own", mainRef, 3, 200)}).scopes.at(0)).empty());
        CacheEntry undated = written("own", mainRef, 2, 1);
        undated.created.reset();
        QVERIFY(cacheRewrites(overviewOf({written("own", mainRef, 1, 0), undated}).scopes.at(0)).empty());
    }

    void theWorkflowProves()
    {
        const std::vector<CacheWriter> writers{{"all", "build (amd64)", {amd64}, "ci.yml"}, {"all", "build (arm64)", {arm64}, "ci.yml"}, {"own", "x", {amd64}, "ci.yml"}};
        auto entries = twoRuns("all");
        entries.push_back(written("own", mainRef, 9, 5));
        const auto found = cacheCollisions(overviewOf(entries), writers, true);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].scope, std::string("all"));
        QVERIFY(found[0].proven);
        QCOMPARE(found[0].writers.size(), std::size_t(2));
        QCOMPARE(found[0].rewrites.size(), std::size_t(2));
        QCOMPARE(found[0].refs, (std::vector<std::string>{mainRef, "refs/pull/7/merge"}));
        // Before anything was stored the file alone tells.
        const auto early = cacheCollisions(overviewOf({}), writers, true);
        QCOMPARE(early.size(), std::size_t(1));
        QVERIFY(early[0].proven && early[0].refs.empty() && early[0].rewrites.empty());
    }

    void entriesAloneOnlyHint()
    {
        const auto hinted = cacheCollisions(overviewOf(twoRuns("all")), {}, false);
        QCOMPARE(hinted.size(), std::size_t(1));
        QVERIFY(!hinted[0].proven && hinted[0].writers.empty());
        // Once may be two pushes in a row; and a workflow that could be read knows better.
        QVERIFY(cacheCollisions(overviewOf({written("all", mainRef, 1, 0), written("all", mainRef, 2, 4)}), {}, false).empty());
        QVERIFY(cacheCollisions(overviewOf(twoRuns("all")), {}, true).empty());
        QVERIFY(cacheCollisions(overviewOf(twoRuns("all")), {{"all", "build", {amd64, arm64}, "ci.yml"}}, false).empty());
    }
};

QTEST_APPLESS_MAIN(TestCacheCollisions)
#include "test_cache_collisions.moc"
