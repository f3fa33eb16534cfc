// .dockerbuild archives: what they may hold.
#include "domain/summary.h"
#include "unit/test_files_support.h"

#include <QTest>

#include <random>

using namespace layerline;
using namespace layerline::test;
using Json = LayoutMaker::Json;

#define QVERIFY_FAULT(result, expected) \
    do { \
        const std::string text = fault(result); \
        QVERIFY2(text.find(expected) != std::string::npos, text.c_str()); \
    } while (false)

class TestFilesArchive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads();
    void timesInBothForms_data();
    void timesInBothForms();
    void fieldsInOtherSpellings();
    void absentPartsAreNoError();
    void zeroCountersAreRecounted();
    void errorCodes();
    void attestationsByPlatform();
    void wrappedLayers();
    void solveStatus();
    void indexOfIndexes();
    void partsOfOneBuild();
    void unfinishedRecord();
    void blobsAreHandedOver();
    void manyBytesAreSpooled();
};

void TestFilesArchive::reads()
{
    const auto file = openArchive(smallDockerbuild());
    QCOMPARE(fault(file), std::string());
    QCOMPARE(file->format, FileFormat::Dockerbuild);
    QCOMPARE(file->batches.size(), std::size_t(1));
    QCOMPARE(file->batches[0].record.worker, std::string("file:x.dockerbuild"));
    QCOMPARE(file->batches[0].record.ref, std::string("ref1"));
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    QCOMPARE(build.status(), BuildStatus::Completed);
    QCOMPARE(build.source(), SourceKind::Record);
    QCOMPARE(build.started()->ns, 1'000'000'000'005);
    QCOMPARE(build.completed()->ns, 1'010'000'000'000);
    const Counters counters = countersOf(build);
    QCOMPARE(counters.total, 2);
    QCOMPARE(counters.cached, 1);
    QCOMPARE(counters.completed, 2);
    QCOMPARE(logOf(*stepNamed(build, "[linux/amd64 2/2] RUN y")), std::string("hello\n"));
    QCOMPARE(build.records[0].nativePlatform()->str(), std::string("linux/amd64"));
}

void TestFilesArchive::timesInBothForms_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<qint64>("ns");
    QTest::newRow("rfc3339") << QStringLiteral("\"2025-12-04T08:20:57.361992Z\"") << qint64(1764836457361992000);
    QTest::newRow("offset") << QStringLiteral("\"2025-12-04T09:20:57+01:00\"") << qint64(1764836457000000000);
    QTest::newRow("parts") << QStringLiteral("{\"seconds\":1764836457,\"nanos\":7}") << qint64(1764836457000000007);
    QTest::newRow("seconds only") << QStringLiteral("{\"seconds\":1764836457}") << qint64(1764836457000000000);
    QTest::newRow("as text") << QStringLiteral("{\"seconds\":\"1764836457\",\"nanos\":0}") << qint64(1764836457000000000);
    QTest::newRow("go zero") << QStringLiteral("\"0001-01-01T00:00:00Z\"") << qint64(0);
    QTest::newRow("null") << QStringLiteral("null") << qint64(0);
    QTest::newRow("nonsense") << QStringLiteral("\"yesterday\"") << qint64(0);
    QTest::newRow("number") << QStringLiteral("12") << qint64(0);
    QTest::newRow("far") << QStringLiteral("{\"seconds\":9223372036854775807}") << qint64(0);
    QTest::newRow("nanos") << QStringLiteral("{\"seconds\":1,\"nanos\":2000000000}") << qint64(0);
}

void TestFilesArchive::timesInBothForms()
{
    QFETCH(QString, time);
    QFETCH(qint64, ns);
    Json config = recordConfig();
    config["CreatedAt"] = Json::parse(time.toStdString());
    const auto file = openArchive(oneRecord(config));
    QCOMPARE(fault(file), std::string());
    const auto& record = std::get<ev::RecordUpdated>(file->batches[0].events[0]);
    QCOMPARE(record.created.value_or(Timestamp{}).ns, std::int64_t(ns));
}

void TestFilesArchive::fieldsInOtherSpellings()
{
    // As protojson would write it.
    const Json config = {{"ref", "r"}, {"frontendAttrs", {{"target", "t"}}}, {"createdAt", "2025-01-01T00:00:00Z"}, {"completedAt", "2025-01-01T00:00:01Z"},
                         {"numTotalSteps", "7"}, {"logs", {{"mediaType", "x"}, {"digest", "sha256:1"}, {"size", "12"}}}};
    const auto file = openArchive(oneRecord(config));
    QCOMPARE(fault(file), std::string());
    const auto& record = std::get<ev::RecordUpdated>(file->batches[0].events[0]);
    QVERIFY(record.complete);
    QCOMPARE(record.frontendAttrs.at("target"), std::string("t"));
    QCOMPARE(record.reportedTotal, 7);
    QCOMPARE(record.logs->size, std::int64_t(12));
    QCOMPARE(record.logs->mediaType, std::string("x"));
}

void TestFilesArchive::absentPartsAreNoError()
{
    const auto file = openArchive(oneRecord({{"Ref", "bare"}, {"CompletedAt", {{"seconds", 3}}}}));
    QCOMPARE(fault(file), std::string());
    QCOMPARE(file->batches[0].events.size(), std::size_t(1));
    const auto& record = std::get<ev::RecordUpdated>(file->batches[0].events[0]);
    QCOMPARE(record.reportedTotal, 0);
    QVERIFY(!record.created && record.complete && !record.error && !record.localState);
    // Without a ref the record is known by its own digest.
    const auto nameless = openArchive(oneRecord(Json::object()));
    QCOMPARE(fault(nameless), std::string());
    QCOMPARE(nameless->batches[0].record.ref.size(), std::size_t(12));
}

void TestFilesArchive::zeroCountersAreRecounted()
{
    Json config = recordConfig();
    for (const char* counter : {"numCachedSteps", "numTotalSteps", "numCompletedSteps"})
        config[counter] = 0;
    const auto file = openArchive(oneRecord(config, frames("sha256:a", "a", 1, 2, {}, true) + frames("sha256:b", "b", 1, 2)));
    const BuildSet set = reduced(*file);
    const Counters counters = countersOf(onlyBuild(set));
    QCOMPARE(counters.total, 2);
    QCOMPARE(counters.cached, 1);
    QCOMPARE(counters.completed, 2);
}

void TestFilesArchive::errorCodes()
{
    Json config = recordConfig();
    config["error"] = {{"code", 1}, {"message", "Canceled: context canceled"}};
    const auto canceled = openArchive(oneRecord(config));
    QCOMPARE(onlyBuild(reduced(*canceled)).status(), BuildStatus::Canceled);
    config["error"] = {{"code", 2}, {"message", "exit code: 1"}};
    const auto failed = openArchive(oneRecord(config));
    QCOMPARE(onlyBuild(reduced(*failed)).status(), BuildStatus::Failed);
    config["error"] = Json::object();
    const auto none = openArchive(oneRecord(config));
    QCOMPARE(onlyBuild(reduced(*none)).status(), BuildStatus::Completed);
}

void TestFilesArchive::attestationsByPlatform()
{
    LayoutMaker layout;
    const auto statement = [](const char* step) {
        return Json{{"predicateType", "https://slsa.dev/provenance/v0.2"},
                    {"predicate", {{"buildType", "x"}, {"buildConfig", {{"llbDefinition", {{{"id", "step0"}, {"op", Json::object()}}}}, {"digestMapping", {{step, "step0"}}}}}}}}
            .dump();
    };
    const Json amd64 = layout.blob("application/vnd.in-toto+json", statement("sha256:a"));
    const Json arm64 = layout.blob("application/vnd.in-toto+json", statement("sha256:b"));
    const Json sbom = layout.blob("application/vnd.in-toto+json", R"({"predicateType":"https://spdx.dev/Document","predicate":{"SPDXID":"x"}})");
    const Json loose = layout.blob("application/vnd.in-toto+json", statement("sha256:c"));
    const auto asRecord = [](const Json& descriptor, const char* type) {
        return Json{{"media_type", descriptor["mediaType"]}, {"digest", descriptor["digest"]}, {"size", descriptor["size"]}, {"annotations", {{"in-toto.io/predicate-type", type}}}};
    };
    Json config = recordConfig();
    config["Results"] = {{"linux/arm64", {{"Attestations", {asRecord(arm64, "https://slsa.dev/provenance/v0.2")}}}},
                         {"linux/amd64", {{"Attestations", {asRecord(amd64, "https://slsa.dev/provenance/v0.2"), asRecord(sbom, "https://spdx.dev/Document")}}}}};
    layout.root({layout.record(config, {}, {amd64, arm64, sbom, loose})});
    const auto file = openArchive(layout.archive());
    QCOMPARE(fault(file), std::string());
    QCOMPARE(file->notes.size(), std::size_t(1)); // no status log
    std::map<std::string, std::string> read;
    for (const Event& event : file->batches[0].events) {
        if (const auto* provenance = std::get_if<ev::ProvenanceRead>(&event))
            read[provenance->platform] = provenance->steps.begin()->first.str();
    }
    const std::map<std::string, std::string> expected{{"", "sha256:c"}, {"linux/amd64", "sha256:a"}, {"linux/arm64", "sha256:b"}};
    QCOMPARE(read, expected);
}

void TestFilesArchive::wrappedLayers()
{
    LayoutMaker layout;
    Json wrapped = layout.blob("application/json", frames("sha256:a", "a", 1, 2));
    wrapped["annotations"] = {{"vnd.export-build.descriptor.mediatype", "application/vnd.buildkit.status.v0"}};
    layout.root({layout.record(recordConfig(), {}, {wrapped})});
    const auto file = openArchive(layout.archive());
    QCOMPARE(fault(file), std::string());
    QCOMPARE(onlyBuild(reduced(*file)).steps.size(), std::size_t(1));
}

void TestFilesArchive::solveStatus()
{
    LayoutMaker layout;
    const std::string text = "{\"vertexes\":[{\"digest\":\"sha256:a\",\"name\":\"n\"}]}\n{\n \"logs\": [\n {\"vertex\":\"sha256:a\",\"stream\":2,\"data\":\"aGkK\",\"timestamp\":\"2025-01-01T00:00:00Z\"}]}";
    const Json layer = layout.blob("application/vnd.buildkit.solvestatus.v0", text);
    layout.root({layout.record(recordConfig(), {}, {layer})});
    const auto file = openArchive(layout.archive());
    QCOMPARE(fault(file), std::string());
    const BuildSet set = reduced(*file);
    QCOMPARE(logOf(*stepNamed(onlyBuild(set), "n")), std::string("hi\n"));
}

void TestFilesArchive::indexOfIndexes()
{
    LayoutMaker layout;
    const Json one = layout.record(recordConfig("one"), frames("sha256:a", "a", 1, 2));
    const Json two = layout.record(recordConfig("two"), frames("sha256:a", "a", 1, 2));
    const Json image = layout.manifest(layout.blob("application/vnd.oci.image.config.v1+json", "{}"), {});
    layout.root({layout.index({one, image}), layout.index({layout.index({two, one})})});
    const auto file = openArchive(layout.archive());
    QCOMPARE(fault(file), std::string());
    QCOMPARE(file->batches.size(), std::size_t(2));
    QCOMPARE(reduced(*file).size(), std::size_t(2));

    LayoutMaker deep;
    Json inner = deep.record(recordConfig(), {});
    for (int i = 0; i < 8; ++i)
        inner = deep.index({inner});
    deep.root({inner});
    QVERIFY_FAULT(openArchive(deep.archive()), "nested too deep");
}

void TestFilesArchive::partsOfOneBuild()
{
    LayoutMaker layout;
    Json other = recordConfig("same");
    other["DefaultPlatform"] = "linux/arm64";
    layout.root({layout.record(recordConfig("same"), frames("sha256:a", "a", 1, 2)), layout.record(other, frames("sha256:b", "b", 1, 2))});
    const auto file = openArchive(layout.archive());
    QCOMPARE(fault(file), std::string());
    QVERIFY(file->batches[0].record != file->batches[1].record);
    const BuildSet set = reduced(*file);
    QCOMPARE(set.size(), std::size_t(1));
    QCOMPARE(onlyBuild(set).records.size(), std::size_t(2));
    QCOMPARE(countersOf(onlyBuild(set)).total, 2);
}

void TestFilesArchive::unfinishedRecord()
{
    Json config = recordConfig();
    config.erase("CompletedAt");
    const auto file = openArchive(oneRecord(config, frames("sha256:a", "a", 1, 2)));
    QCOMPARE(onlyBuild(reduced(*file)).status(), BuildStatus::Lost);
}

void TestFilesArchive::blobsAreHandedOver()
{
    LayoutMaker layout;
    const Json trace = layout.blob("application/vnd.buildkit.otlp.json.v0", "{}\n{}");
    Json config = recordConfig();
    config["trace"] = {{"media_type", trace["mediaType"]}, {"digest", trace["digest"]}, {"size", trace["size"]}};
    layout.root({layout.record(config, frames("sha256:a", "a", 1, 2), {trace})});
    std::vector<FileBlob> blobs;
    {
        auto file = openArchive(layout.archive());
        QCOMPARE(fault(file), std::string());
        blobs = std::move(file->blobs);
    }
    QCOMPARE(blobs.size(), std::size_t(1));
    QCOMPARE(blobs[0].ref.mediaType, std::string("application/vnd.buildkit.otlp.json.v0"));
    QCOMPARE(std::string(blobs[0].bytes), std::string("{}\n{}"));
    QCOMPARE(sha256Digest(blobs[0].bytes), blobs[0].ref.digest);
}

void TestFilesArchive::manyBytesAreSpooled()
{
    std::string status = frames("sha256:a", "a", 1, 2);
    std::mt19937 random(1);
    for (int i = 0; i < 40; ++i) {
        std::string noise(512 * 1024, ' ');
        for (char& c : noise)
            c = char(32 + random() % 90);
        status += frames("sha256:" + std::to_string(i), "noise", 1, 2, noise + "\n");
    }
    const auto file = openArchive(oneRecord(recordConfig(), status));
    QCOMPARE(fault(file), std::string());
    const BuildSet set = reduced(*file);
    std::uint64_t bytes = 0;
    for (const Step& step : onlyBuild(set).steps)
        bytes += step.log->byteCount();
    QCOMPARE(bytes, std::uint64_t(40 * (512 * 1024 + 1)));
}

QTEST_GUILESS_MAIN(TestFilesArchive)
#include "test_files_archive.moc"
