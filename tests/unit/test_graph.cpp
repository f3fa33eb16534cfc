#include "support/event_builder.h"

#include "domain/graph.h"

#include <QTest>

using namespace layerline;
using test::EventBuilder;

namespace {
std::string needs(const Build& build, const char* digest)
{
    std::string text;
    for (const Platform& platform : build.step(build.find(0, StepDigest(digest))).neededBy)
        text += (text.empty() ? "" : "+") + platform.shortName();
    return text;
}
std::string runs(const Build& build, const char* digest)
{
    const Step& step = build.step(build.find(0, StepDigest(digest)));
    return (step.runsOn ? step.runsOn->shortName() : std::string("?")) + " " + toString(step.execution);
}
} // namespace

class TestGraph : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plainTwoPlatforms()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("load", "[internal] load build definition from Dockerfile").step("ctx", "[internal] load build context");
        for (const std::string arch : {"amd64", "arm64"}) {
            b.step("from-" + arch, "[linux/" + arch + " 1/3] FROM x");
            b.step("copy-" + arch, "[linux/" + arch + " 2/3] COPY . .", {"from-" + arch, "ctx"});
            b.step("run-" + arch, "[linux/" + arch + " 3/3] RUN make", {"copy-" + arch});
        }
        b.step("export", "exporting to image");
        const Build& build = b.into(set);
        QCOMPARE(needs(build, "run-amd64"), std::string("amd64"));
        QCOMPARE(needs(build, "from-arm64"), std::string("arm64"));
        QCOMPARE(needs(build, "ctx"), std::string("amd64+arm64"));
        QCOMPARE(needs(build, "export"), std::string("amd64+arm64"));
        QCOMPARE(needs(build, "load"), std::string("amd64+arm64"));
        QCOMPARE(runs(build, "run-arm64"), std::string("arm64 emulated"));
        QCOMPARE(runs(build, "run-amd64"), std::string("amd64 native"));
        QCOMPARE(build.platforms.size(), std::size_t(2));
    }
    /// Above FROM scratch a RUN names no platform: only its inputs tell the two apart.
    void scratchRunsAreToldApartByInputs()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0);
        for (const std::string arch : {"amd64", "arm64"}) {
            b.step("root-" + arch, "[linux/" + arch + " deps 1/2] COPY root-" + arch + "/ /");
            b.step("run-" + arch, "[deps 2/2] RUN uname -m", {"root-" + arch});
        }
        const Build& build = b.into(set);
        QCOMPARE(needs(build, "run-amd64"), std::string("amd64"));
        QCOMPARE(needs(build, "run-arm64"), std::string("arm64"));
        QCOMPARE(runs(build, "run-arm64"), std::string("arm64 emulated"));
    }
    /// FROM --platform=$BUILDPLATFORM: what both use is shared, what is left of "->" runs, what is right needs.
    void buildPlatformStages()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0);
        b.step("native1", "[linux/amd64 native 1/2] FROM base").step("native2", "[linux/amd64 native 2/2] RUN tool", {"native1"});
        b.step("copy", "[linux/amd64->arm64 build 2/4] COPY . .", {"native2"}); // one vertex for both, one name
        for (const std::string arch : {"amd64", "arm64"}) {
            const std::string name = arch == "amd64" ? "linux/amd64" : "linux/amd64->arm64";
            b.step("cc-" + arch, "[" + name + " build 3/4] RUN cc", {"copy"});
            b.step("from-" + arch, "[linux/" + arch + " stage-2 1/2] FROM base");
            b.step("out-" + arch, "[linux/" + arch + " stage-2 2/2] COPY --from=build /o /o", {"from-" + arch, "cc-" + arch});
        }
        const Build& build = b.into(set);
        QCOMPARE(needs(build, "copy"), std::string("amd64+arm64"));
        QCOMPARE(needs(build, "native1"), std::string("amd64+arm64"));
        QCOMPARE(needs(build, "cc-arm64"), std::string("arm64"));
        QCOMPARE(needs(build, "cc-amd64"), std::string("amd64"));
        QCOMPARE(runs(build, "cc-arm64"), std::string("amd64 cross"));
        QCOMPARE(runs(build, "native2"), std::string("amd64 native"));
        QCOMPARE(runs(build, "out-arm64"), std::string("arm64 emulated"));
    }
    void oneResultForAllPlatforms()
    {
        BuildSet set;
        EventBuilder b;
        ev::RecordUpdated record;
        record.frontendAttrs["platform"] = "linux/amd64,linux/arm64";
        const Build& build = b.started(0).event(record).step("a", "[linux/amd64 1/2] FROM x").step("b", "[linux/amd64 2/2] RUN x", {"a"}).into(set);
        QCOMPARE(needs(build, "b"), std::string("amd64+arm64"));
        QCOMPARE(needs(build, "a"), std::string("amd64+arm64"));
    }
    void withoutAnyPlatformTheWorkersOwnCounts()
    {
        BuildSet set;
        const Build& build = EventBuilder().started(0).step("a", "[1/2] FROM x").step("b", "[2/2] RUN x", {"a"}).into(set);
        QCOMPARE(needs(build, "b"), std::string("amd64"));
        QCOMPARE(runs(build, "b"), std::string("amd64 native"));
    }
    /// A build for one foreign platform names none at all.
    void aSingleForeignPlatformIsEmulated()
    {
        BuildSet set;
        ev::RecordUpdated record;
        record.frontendAttrs["platform"] = "linux/arm64";
        const Build& build = EventBuilder().started(0).event(record).step("a", "[1/2] COPY x").step("b", "[2/2] RUN x", {"a"}).step("l", "[internal] load build context").into(set);
        QCOMPARE(needs(build, "b"), std::string("arm64"));
        QCOMPARE(runs(build, "b"), std::string("arm64 emulated"));
        QCOMPARE(runs(build, "l"), std::string("amd64 native"));
    }
    void provenanceMayComeBeforeTheSteps()
    {
        BuildSet set;
        ev::ProvenanceRead provenance;
        provenance.platform = "linux/riscv64";
        provenance.steps[StepDigest("b")].platform = parsePlatform("linux/riscv64");
        const Build& build = EventBuilder().started(0).event(provenance).step("b", "[1/1] RUN x").into(set);
        QCOMPARE(runs(build, "b"), std::string("riscv64 emulated"));
    }
    void nobodyKnowsTheWorker()
    {
        BuildSet set;
        const Build& build = EventBuilder().step("a", "[1/2] FROM x").step("b", "[2/2] RUN x", {"a"}).into(set);
        QCOMPARE(needs(build, "b"), std::string());
        QCOMPARE(runs(build, "b"), std::string("? unknown"));
    }
    void aSharedBaseBelongsToBothStages()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("from", "[a 1/3] FROM alpine").step("a2", "[a 2/3] RUN a", {"from"});
        const Build& build = b.step("b2", "[b 2/4] RUN b", {"from"}).step("b3", "[b 3/4] RUN b", {"b2"}).into(set);
        const auto& stages = build.step(build.find(0, StepDigest("from"))).stages;
        QCOMPARE(stages.size(), std::size_t(2));
        QCOMPARE(stages[0].stage, std::string("a"));
        QCOMPARE(stages[1], (StagePosition{"b", 1, 4}));
        QCOMPARE(build.step(build.find(0, StepDigest("b2"))).stages.size(), std::size_t(1));
    }
    /// The nearest name decides; at the same distance the first input's.
    void amongTheNamedTheNearestCounts()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("far", "[linux/arm64 1/9] FROM x").step("between", "RUN a", {"far"}).step("near", "[linux/amd64 1/9] FROM y");
        b.step("mixed", "RUN b", {"between", "near"}).step("twins", "RUN c", {"far", "near"}).step("above", "RUN d", {"mixed"});
        const Build& build = b.into(set);
        QCOMPARE(runs(build, "between"), std::string("arm64 emulated"));
        QCOMPARE(runs(build, "mixed"), std::string("amd64 native"));
        QCOMPARE(runs(build, "above"), std::string("amd64 native"));
        QCOMPARE(runs(build, "twins"), std::string("arm64 emulated"));
    }
    /// Names that say nothing must not be searched to the bottom once per step: this would take minutes.
    void aLongChainWithoutNames()
    {
        constexpr int steps = 20'000;
        EventBatch batch{{"worker", "ref"}, {}};
        for (int i = 0; i < steps; ++i) {
            ev::StepUpdated step;
            step.digest = StepDigest("s" + std::to_string(i));
            step.name = i == 0 ? "[linux/arm64 1/2] FROM x" : "RUN part " + std::to_string(i);
            if (i > 0)
                step.inputs = {StepDigest("s" + std::to_string(i - 1))};
            batch.events.push_back(step);
        }
        BuildSet set;
        set.apply(batch);
        const Build& build = *set.owner(batch.record);
        QCOMPARE(build.steps.size(), std::size_t(steps));
        QCOMPARE(build.steps.back().runsOn, parsePlatform("linux/arm64"));
        QCOMPARE(build.steps.back().neededBy, std::vector<Platform>{*parsePlatform("linux/arm64")});
    }
    void hostileCycleEnds()
    {
        BuildSet set;
        const Build& build = EventBuilder().started(0).step("a", "[1/2] RUN a", {"b"}).step("b", "[2/2] RUN b", {"a"}).step("c", "c", {"c"}).into(set);
        QCOMPARE(build.steps.size(), std::size_t(3));
        QCOMPARE(relatives(build, StepIndex{0}).size(), std::size_t(2));
    }
    void relativesAreAncestorsAndDescendantsOnly()
    {
        BuildSet set;
        EventBuilder b;
        b.started(0).step("a", "[1/2] FROM a").step("b", "[2/2] RUN b", {"a"}).step("c", "[x 1/2] RUN c", {"a"}).step("d", "[y 1/1] RUN d", {"b"});
        const Build& build = b.into(set);
        const auto related = relatives(build, build.find(0, StepDigest("b")));
        QCOMPARE(related.size(), std::size_t(3)); // a, b, d: not the sibling c
        QVERIFY(std::find(related.begin(), related.end(), build.find(0, StepDigest("c"))) == related.end());
    }
};

QTEST_APPLESS_MAIN(TestGraph)
#include "test_graph.moc"
