#include "analysis/build_targets.h"
#include "analysis/builder_plan.h"
#include "analysis/platform_costs.h"
#include "support/event_builder.h"

#include <QtTest>

using namespace layerline;
using test::EventBuilder;
using Words = std::vector<std::string>;

namespace {

const Platform amd64{"linux", "amd64", ""}, arm64{"linux", "arm64", ""}, riscv{"linux", "riscv64", ""};

Timestamp hours(double value)
{
    return {std::int64_t(value * 3600e9)};
}

CacheRecord record(const char* id, const char* type, std::int64_t bytes, double usedAt, bool inUse = false, bool shared = false)
{
    return {id, type, id, bytes, inUse, shared, hours(0), hours(usedAt)};
}

const PlatformCost* costOf(const std::vector<PlatformCost>& costs, const Platform& platform)
{
    for (const PlatformCost& cost : costs) {
        if (cost.platform == platform)
            return &cost;
    }
    return nullptr;
}

/// A completed build of /src whose arm64 half takes `armSeconds`; packing both takes another.
void addPast(BuildSet& set, const char* ref, double armSeconds, const char* folder = "/src")
{
    EventBuilder events(ref);
    ev::RecordUpdated info;
    info.frontendAttrs = {{"platform", "linux/amd64,linux/arm64"}};
    info.localState = LocalState{"default", folder, "", ""};
    events.started(0).event(info);
    events.step("a", "[linux/amd64 1/2] FROM base").run("a", 0, 1).step("b", "[linux/amd64 2/2] RUN x", {"a"}).run("b", 1, 2);
    events.step("c", "[linux/arm64 1/2] FROM base").run("c", 0, 1).step("d", "[linux/arm64 2/2] RUN x", {"c"}).run("d", 1, armSeconds);
    events.step("e", "exporting to image").run("e", armSeconds, armSeconds + 1);
    events.completed(armSeconds + 1).into(set);
}

std::vector<const Build*> all(const BuildSet& set)
{
    std::vector<const Build*> list;
    for (const BuildId& id : set.ids())
        list.push_back(set.find(id));
    return list;
}

} // namespace

class TestBuilderPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void previewIsBuildKitsRule()
    {
        const std::vector<CacheRecord> records{record("small", "regular", 10, 1), record("big", "regular", 500, 9), record("used", "regular", 7, 1, true),
                                               record("front", "frontend", 3, 1), record("image", "regular", 4, 1, false, true)};
        const PrunePreview plain = previewPrune(records, {}, hours(10));
        QCOMPARE(plain.bytes, std::int64_t(510));
        QCOMPARE(plain.goes.front().id, std::string("big"));
        QCOMPARE(plain.stays, 3);
        QCOMPARE(plain.staysBytes, std::int64_t(14));
        QCOMPARE(plain.kinds.size(), std::size_t(1));
        QCOMPARE(previewPrune(records, {true, {}}, hours(10)).bytes, std::int64_t(517));
        const PruneOptions old{false, Duration{5 * 3600'000'000'000}};
        QCOMPARE(previewPrune(records, old, hours(10)).bytes, std::int64_t(10));
        QVERIFY((pruneCommand("b", {true, old.until}, {"buildx"}) == Words{"buildx", "prune", "--builder", "b", "--force", "--all", "--filter", "until=18000s"}));
    }

    void spans_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("seconds");
        QTest::newRow("hours") << QStringLiteral("36h") << 129600.0;
        QTest::newRow("days") << QStringLiteral("7d") << 604800.0;
        QTest::newRow("no unit") << QStringLiteral("7") << -1.0;
        QTest::newRow("negative") << QStringLiteral("-7d") << -1.0;
        QTest::newRow("word") << QStringLiteral("week") << -1.0;
        QTest::newRow("endless") << QStringLiteral("1e30d") << -1.0;
        QTest::newRow("nan") << QStringLiteral("nand") << -1.0;
    }
    void spans()
    {
        QFETCH(QString, text);
        QFETCH(double, seconds);
        const auto span = parseSpan(text.toStdString());
        QCOMPARE(span.ok(), seconds >= 0);
        if (span)
            QCOMPARE(span.value().seconds(), seconds);
    }

    void forecastIsTheMedianOfWhatPastBuildsLeft()
    {
        std::vector<CacheRecord> records;
        for (int i = 0; i < 3; ++i) {
            records.push_back(record("r", "regular", 100 * (i + 1), 50));
            records.back().created = hours(10 * i + 1);
        }
        const DiskForecast forecast = diskForecast(records, {{hours(0), hours(2)}, {hours(10), hours(12)}, {hours(20), hours(22)}});
        QCOMPARE(forecast.usual, std::int64_t(200));
        QCOMPARE(forecast.most, std::int64_t(300));
        QCOMPARE(forecast.samples, 3);
        QCOMPARE(diskForecast(records, {}).samples, 0);
    }

    void commands()
    {
        NewNode node{"big", "", "ssh://me@arm", "arm", {arm64}, true, false};
        QVERIFY((createCommand(node, {"buildx"})
                 == Words{"buildx", "create", "--name", "big", "--driver", "docker-container", "--node", "arm", "--platform", "linux/arm64", "--use", "ssh://me@arm"}));
        node.use = false;
        QVERIFY((appendCommand(node, {"buildx"}) == Words{"buildx", "create", "--name", "big", "--append", "--node", "arm", "--platform", "linux/arm64", "ssh://me@arm"}));
        node = {"big", "", "", "", {}, false, true, {"image=x", "network=host"}};
        QVERIFY((createCommand(node, {"buildx"})
                 == Words{"buildx", "create", "--name", "big", "--driver", "docker-container", "--driver-opt", "image=x", "--driver-opt", "network=host", "--bootstrap"}));
        QVERIFY((leaveCommand("big", "arm", {"buildx"}) == Words{"buildx", "create", "--name", "big", "--leave", "--node", "arm"}));
        QVERIFY((removeCommand("big", true, {"buildx"}) == Words{"buildx", "rm", "--keep-state", "big"}));
    }

    void basesAreImagesOnly()
    {
        const std::string text = "# FROM comment\nARG GO=1.22\nARG NONE\nFROM --platform=$BUILDPLATFORM golang:${GO} AS Build\nFROM scratch AS empty\n"
                                 "FROM alpine:${TAG:-3.20} \\\n  AS run\nCOPY --from=build /a /a\nCOPY --from=0 /a /a\nCOPY --chmod=1 --from=busybox /b /b\n"
                                 "FROM $NONE\nFROM run\n\\\n";
        QVERIFY((basesOf(text) == Words{"golang:1.22", "alpine:3.20", "busybox"}));
        QVERIFY(basesOf("").empty());
        QCOMPARE(warmingDockerfile({"a:1", "b"}), std::string("FROM scratch\nCOPY --from=a:1 / /0/\nCOPY --from=b / /1/\n"));
    }

    void targets()
    {
        QVERIFY((dockerfileTargets("FROM a AS one\nFROM --platform=x b as Two\nFROM c\n") == Words{"one", "Two"}));
        const auto bake = parseBakePrint(R"({"group":{"default":{"targets":["api"]}},"target":{"api":{"context":".","dockerfile":"Dockerfile",)"
                                         R"("tags":["api:1"],"platforms":["linux/amd64","linux/arm64/v8"]},"odd":5}})");
        QVERIFY(bake.ok());
        QCOMPARE(bake.value().targets.size(), std::size_t(1));
        QCOMPARE(bake.value().targets.front().platforms.size(), std::size_t(2));
        QCOMPARE(bake.value().groups.front().first, std::string("default"));
        for (const char* text : {"", "{}", "[]", R"({"target":[]})"})
            QVERIFY2(!parseBakePrint(text).ok(), text);
        QVERIFY((bakePrintCommand({"b.hcl"}, {"api"}, {"buildx"}) == Words{"buildx", "bake", "--print", "--file", "b.hcl", "api"}));
    }

    void nativeBeatsEmulated()
    {
        const std::vector<BuilderPlace> places{{"one", amd64, {amd64, arm64}, true, true}, {"two", arm64, {arm64}, false, true}};
        const auto costs = platformCosts(places, {amd64, arm64, riscv}, {});
        QCOMPARE(costs.size(), std::size_t(3));
        QCOMPARE(costOf(costs, amd64)->where, PlatformCost::Where::NativeHere);
        QCOMPARE(costOf(costs, arm64)->where, PlatformCost::Where::NativeOnNode);
        QCOMPARE(costOf(costs, arm64)->node, std::string("two"));
        QCOMPARE(costOf(costs, riscv)->where, PlatformCost::Where::Unavailable);
        // The native node is away.
        const auto alone = platformCosts({places[0], {"two", arm64, {arm64}, false, false}}, {arm64}, {});
        QCOMPARE(costOf(alone, arm64)->where, PlatformCost::Where::Emulated);
        QCOMPARE(costOf(alone, arm64)->node, std::string("one"));
        QVERIFY(!emulationHelp(riscv).empty());
    }

    void usualTimeIsThePlainMedian()
    {
        BuildSet set;
        addPast(set, "one", 10);
        addPast(set, "two", 20);
        addPast(set, "three", 90);
        addPast(set, "elsewhere", 500, "/other");
        const auto past = pastTimes(all(set), *set.findByRef("one"));
        const auto costs = platformCosts({{"one", amd64, {amd64, arm64}, true, true}}, {}, past);
        QCOMPARE(costOf(costs, arm64)->samples, 3);
        QCOMPARE(costOf(costs, arm64)->usual->seconds(), 21.0);
        QCOMPARE(costOf(costs, amd64)->usual->seconds(), 3.0); // packed when both are there, but it need not have waited
        QCOMPARE(pastTimes(all(set), "/src", "/src/Dockerfile", "").size(), past.size());
        QVERIFY(pastTimes(all(set), "/src", "/src/Other", "").empty());
        QVERIFY(!medianOf({}));
        QCOMPARE(medianOf({Duration{2}, Duration{10}})->ns, std::int64_t(6));
    }
    void aPlatformsOwnExportIsItsOwn()
    {
        BuildSet set;
        EventBuilder events("far"); // pushed by each platform for itself, and a step of an old build from the cache
        ev::RecordUpdated info;
        info.frontendAttrs = {{"platform", "linux/amd64,linux/arm64"}};
        info.localState = LocalState{"default", "/src", "", ""};
        events.started(100).event(info);
        events.step("old", "[linux/amd64 1/2] FROM base").run("old", 1, 2, true);
        events.step("a", "[linux/amd64 2/2] RUN x", {"old"}).run("a", 101, 102).step("b", "[linux/arm64 2/2] RUN x").run("b", 101, 110);
        events.step("c", "exporting to image", {"a"}).run("c", 102, 105).step("d", "exporting to image", {"b"}).run("d", 110, 113);
        const Build& build = events.completed(114).into(set);
        const auto past = pastTimes(all(set), build);
        QCOMPARE(past.size(), std::size_t(2));
        QCOMPARE(past[0].wall.seconds(), 6.0);
        QCOMPARE(past[1].wall.seconds(), 14.0);
    }
};

QTEST_GUILESS_MAIN(TestBuilderPlan)
#include "test_builder_plan.moc"
