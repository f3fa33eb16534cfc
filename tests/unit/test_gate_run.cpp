// A run with several images: which digests, tags and promises are whose.
#include "analysis/workflow/build_images.h"
#include "app/cli/release_text.h"
#include "app/tasks/built_digests.h"
#include "app/tasks/gate_run.h"
#include "app/tasks/workflow_tool.h"
#include "support/fake_registry.h"

#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

const Platform amd64{"linux", "amd64", {}}, arm64{"linux", "arm64", {}}, riscv{"linux", "riscv64", {}};
const std::string a = "sha256:" + std::string(64, 'a'), b = "sha256:" + std::string(64, 'b'), c = "sha256:" + std::string(64, 'c');

/// Two images: one by native runners and digests, the other by QEMU with the tags of a metadata step.
const char* const workflow = R"(
on: push
env: {API: ghcr.io/acme/api}
jobs:
  api:
    strategy: {matrix: {include: [{platform: linux/amd64, runner: ubuntu-24.04}, {platform: linux/arm64, runner: ubuntu-24.04-arm}]}}
    runs-on: ${{ matrix.runner }}
    steps:
      - uses: docker/build-push-action@v6
        with:
          platforms: ${{ matrix.platform }}
          tags: ${{ env.API }}
          outputs: type=image,push-by-digest=true,name-canonical=true,push=true
  web:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/setup-qemu-action@v3
      - {uses: docker/metadata-action@v5, id: meta, with: {images: "acme/web\n${{ vars.MIRROR }}/web"}}
      - uses: docker/build-push-action@v6
        with: {platforms: "linux/amd64,linux/riscv64", push: true, tags: "${{ steps.meta.outputs.tags }}"}
  nightly:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@v6
        with: {platforms: "linux/s390x", outputs: "type=registry,name=ghcr.io/${{ github.repository }}-nightly"}
)";

Legs legsOf(const char* text)
{
    static std::vector<std::shared_ptr<const Workflow>> kept; // legs point into their workflow
    auto parsed = parseWorkflow(text);
    kept.push_back(std::make_shared<const Workflow>(parsed ? std::move(parsed.value()) : Workflow()));
    const auto runners = loadRunnerTable();
    auto legs = expandJobs(*kept.back(), runners ? runners.value() : RunnerTable{});
    return legs ? std::move(legs.value()) : Legs{};
}

RunDigests twoImages()
{
    RunDigests found;
    found.run.key = {"acme/shop", 7};
    found.pushed = {"ghcr.io/acme/api:1.0", "docker.io/acme/web:1.0", "ghcr.io/acme/api:latest"};
    found.built = {{amd64, a, "digests-api-linux-amd64/aaa", {}, {}}, {arm64, b, "build (arm64)", {}, "ghcr.io/acme/api"}, {riscv, c, "digests-linux-riscv64/ccc", {}, {}}};
    return found;
}

} // namespace

class TestGateRun : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { qputenv("LAYERLINE_STATE", m_folder.path().toUtf8()); }

    void imagesOfBuilds()
    {
        const Legs legs = legsOf(workflow);
        QCOMPARE(legs.legs.size(), std::size_t(4));
        QCOMPARE(imagesOf(legs.legs[0], legs.legs[0].builds[0]), std::vector<std::string>{"ghcr.io/acme/api"});
        QCOMPARE(imagesOf(legs.legs[2], legs.legs[2].builds[0]), (std::vector<std::string>{"acme/web", "${{ vars.MIRROR }}/web"}));
        QCOMPARE(promisedOf(legs, "ghcr.io/acme/api"), std::optional(std::vector<Platform>{amd64, arm64}));
        QCOMPARE(promisedOf(legs, "docker.io/acme/web"), std::optional(std::vector<Platform>{amd64, riscv}));
        QCOMPARE(promisedOf(legs, "quay.io/mirror/web"), std::optional(std::vector<Platform>{amd64, riscv}));
        QCOMPARE(promisedOf(legs, "ghcr.io/acme/shop-nightly"), std::optional(std::vector<Platform>{{"linux", "s390x", {}}}));
        QVERIFY(!promisedOf(legs, "ghcr.io/acme/other"));
        QVERIFY(mayBeImage("GHCR.io/Acme/${{ github.event.repository.name }}", "ghcr.io/acme/shop"));
        QVERIFY(mayBeImage("alpine", "docker.io/library/alpine"));
        QVERIFY(!mayBeImage("ghcr.io/acme/shop", "ghcr.io/acme/shop2") && !mayBeImage("${{ x }}-nightly", "ghcr.io/acme/shop") && !mayBeImage("", "x"));
    }

    void eachDigestGoesToItsImage()
    {
        const auto images = layerline::imagesOf(twoImages());
        QCOMPARE(images.size(), std::size_t(2));
        QCOMPARE(images[0].image.str(), std::string("ghcr.io/acme/api:1.0"));
        QCOMPARE(images[0].tags, (std::vector<std::string>{"1.0", "latest"}));
        QCOMPARE(images[0].built.size(), std::size_t(3)); // by artifact's name, by the log, and one nobody knows
        QCOMPARE(images[1].built.size(), std::size_t(1));
        QCOMPARE(images[1].built[0].digest, c);
        QVERIFY(images[0].shared && images[1].shared);
        // Asked about one of them, nothing of the other is left but what nobody knows.
        const auto web = parseImageReference("acme/web:2.0").value();
        const auto only = layerline::imagesOf(twoImages(), &web);
        QCOMPARE(only.size(), std::size_t(1));
        QCOMPARE(only[0].built.size(), std::size_t(1));
        // Under a name the run does not know, every digest may be of it.
        const auto mirror = parseImageReference("mirror.internal/web:1").value();
        const auto mirrored = layerline::imagesOf(twoImages(), &mirror);
        QCOMPARE(mirrored.at(0).built.size(), std::size_t(3));
        QVERIFY(mirrored[0].shared && mirrored[0].built[1].image.empty());
    }

    void promisesAreTheImagesOwn()
    {
        RunDigests found = twoImages();
        auto files = std::make_shared<WorkflowFiles>();
        files->workflow = std::make_shared<const Workflow>(parseWorkflow(workflow).value());
        found.workflow = files;
        found.run.path = ".github/workflows/ci.yml";
        GateArguments asked;
        asked.repository = "acme/shop";
        auto requests = requestsOf(asked, found);
        QVERIFY2(requests.ok(), requests.ok() ? "" : requests.error().detail.c_str());
        QCOMPARE(requests->size(), std::size_t(2));
        QCOMPARE((*requests)[0].promise, (PlatformPromise{{amd64, arm64}, ".github/workflows/ci.yml"}));
        QCOMPARE((*requests)[1].promise.platforms, (std::vector<Platform>{amd64, riscv}));
        QCOMPARE((*requests)[0].tags, (std::vector<std::string>{"1.0", "latest"}));
        // Without the file, what the jobs handed on for the image.
        found.workflow = nullptr;
        requests = requestsOf(asked, found);
        QCOMPARE((*requests)[0].promise, (PlatformPromise{{amd64, arm64}, "the jobs of run 7 of acme/shop"}));
        asked.request.promise = {{arm64}, "--platform"};
        QCOMPARE((*requestsOf(asked, found))[1].promise.platforms, std::vector<Platform>{arm64});
        found.pushed.clear();
        QVERIFY(requestsOf(asked, found).error().detail.find("does not say under which tag it pushed") != std::string::npos);
    }

    void aTagIsComparedWithItsOwnRunOrNone()
    {
        auto words = std::make_shared<RunWords>();
        words->found = twoImages();
        words->found.run.title = "Release";
        words->pushedIt = true;
        TagEvidence told;
        told.newest = words;
        GateArguments asked;
        asked.repository = "acme/shop";
        asked.imageStated = true;
        asked.request.image = parseImageReference("ghcr.io/acme/api:1.0").value();
        auto requests = requestsOf(asked, told);
        QVERIFY2(requests.ok(), requests.ok() ? "" : requests.error().detail.c_str());
        QVERIFY(requests->front().built.empty() && requests->front().note.empty());
        QCOMPARE(requests->front().notCompared, std::string("which run of acme/shop built ghcr.io/acme/api:1.0 can't be told"));
        QCOMPARE(requests->front().promise.platforms, (std::vector<Platform>{amd64, arm64})); // the newest run still promises
        told.byTag["1.0"] = {words, true};
        requests = requestsOf(asked, told);
        QVERIFY(requests->front().builtSure && requests->front().notCompared.empty());
        QCOMPARE(requests->front().note, std::string("run 7 of acme/shop (Release)"));
        QCOMPARE(requests->front().built.size(), std::size_t(3));
        // What somebody states counts whoever built the tag.
        told.byTag.clear();
        asked.request.built = {{amd64, c, "file", {}, {}}};
        requests = requestsOf(asked, told);
        QVERIFY(requests->front().builtSure);
        QCOMPARE(requests->front().built, asked.request.built);
    }

    void digestsOfAnUnsureRunCountWhenTheyAreThere()
    {
        FakeRegistry registry;
        RegistryClient client(quickOptions());
        SystemClock clock;
        const std::string amd = registry.addImage("amd64", "x", "1.0");
        GateRequest request;
        request.image = registry.image("1.0");
        request.promise = {{amd64}, "x.yml"};
        request.built = {{amd64, amd, "x", {}, {}}};
        request.builtSure = false;
        request.note = "run 7";
        request.notCompared = "nobody knows";
        ReleaseGate gate(client, {}, clock);
        const auto check = [&](const GateRequest& asked) {
            std::vector<GateResult> results;
            checkAll(gate, {asked}, [&](std::vector<GateResult> got) { results = std::move(got); });
            [&] { QTRY_COMPARE_WITH_TIMEOUT(results.size(), std::size_t(1), 20'000); }();
            return results.empty() ? GateResult() : results.front();
        };
        GateResult got = check(request);
        QVERIFY(got.note == "run 7" && got.notCompared.empty());
        QCOMPARE(got.release.tags.at(0).cells.at(0).built, amd);
        QCOMPARE(got.release.tags.at(0).builtBy, std::string("run 7"));
        request.built[0].digest = b;
        got = check(request);
        QVERIFY(got.met && got.note.empty() && got.notCompared == "nobody knows");
        QVERIFY(got.release.tags.at(0).cells.at(0).built.empty() && got.release.tags.at(0).builtBy.empty());
        QVERIFY2(gateText(got).find("Not compared with what was built: nobody knows.") != std::string::npos, gateText(got).c_str());
    }

    void allTagsOfAllImagesAreChecked()
    {
        FakeRegistry registry;
        RegistryClient client(quickOptions());
        SystemClock clock;
        const std::string arm = registry.addImage("arm64", "x"), amd = registry.addImage("amd64", "x");
        registry.addManifest(FakeRegistry::index({FakeRegistry::entry(amd, "amd64"), FakeRegistry::entry(arm, "arm64")}), ociIndex, "1.0");
        registry.addManifest(FakeRegistry::index({FakeRegistry::entry(amd, "amd64")}), ociIndex, "latest");
        GateRequest request;
        request.image = registry.image("1.0");
        request.tags = {"1.0", "latest"};
        request.promise = {{amd64, arm64}, "x.yml"};
        request.built = {{arm64, arm, "x", {}, {}}, {amd64, b, "of another image", {}, {}}};
        request.builtShared = true; // the registry has no such manifest here: it is left out
        GateRequest second = request;
        second.tags = {"1.0"};
        ReleaseGate gate(client, {}, clock);
        std::vector<GateResult> results;
        checkAll(gate, {request, second}, [&](std::vector<GateResult> got) { results = std::move(got); });
        QTRY_COMPARE_WITH_TIMEOUT(results.size(), std::size_t(2), 20'000);
        QVERIFY(!allMet(results));
        QCOMPARE(results[0].release.tags.size(), std::size_t(2));
        QVERIFY(results[0].release.tags[0].met && !results[0].release.tags[1].met);
        QVERIFY2(results[1].met, gateText(results[1]).c_str());
        QCOMPARE(results[1].release.tags[0].cells[1].built, arm);
        QVERIFY(results[1].release.tags[0].cells[0].built.empty());
        // Were it this image's own, it would be a difference.
        second.builtShared = false;
        results.clear();
        checkAll(gate, {second}, [&](std::vector<GateResult> got) { results = std::move(got); });
        QTRY_COMPARE_WITH_TIMEOUT(results.size(), std::size_t(1), 20'000);
        QCOMPARE(results[0].release.tags[0].cells[0].verdict, PlatformVerdict::Differs);
    }
};

QTEST_GUILESS_MAIN(TestGateRun)
#include "test_gate_run.moc"
