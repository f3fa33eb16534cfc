// BuildKit's messages, provenance and errors into events.
#include "control.pb.h"
#include "sources/files/external_error.h"
#include "sources/files/provenance.h"
#include "sources/files/status_translator.h"

#include <QTest>

#include <fstream>
#include <iterator>
#include <random>

using namespace layerline;
namespace api = moby::buildkit::v1;

namespace {

constexpr std::int64_t second = 1'000'000'000;

std::string dataFile(const char* name)
{
    std::ifstream file(std::string(LAYERLINE_SOURCE_DIR) + "/tests/data/provenance/" + name);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

template <class T>
std::vector<T> only(const std::vector<Event>& events)
{
    std::vector<T> found;
    for (const Event& event : events) {
        if (const auto* wanted = std::get_if<T>(&event))
            found.push_back(*wanted);
    }
    return found;
}

void addLog(api::StatusResponse& response, const char* vertex, std::int64_t stream, const char* text, std::int64_t at = 0)
{
    api::VertexLog* log = response.add_logs();
    log->set_vertex(vertex);
    log->set_stream(stream);
    log->set_msg(text);
    if (at)
        log->mutable_timestamp()->set_seconds(at);
}

const std::string provenanceV02 = dataFile("v0.2.json");

const std::string provenanceV1 = dataFile("v1.json");

} // namespace

class TestFilesTranslate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void vertexes();
    void logOffsets();
    void transfersAndWarnings();
    void hostileMessages();
    void record();
    void recordOrder();
    void provenance02();
    void provenance1();
    void layersOfSteps();
    void notProvenance_data();
    void notProvenance();
    void externalError_data();
    void externalError();
    void externalErrorFaults();
    void excerpts_data();
    void excerpts();
    void survivesMutation();
};

void TestFilesTranslate::vertexes()
{
    api::StatusResponse response;
    api::Vertex* vertex = response.add_vertexes();
    vertex->set_digest("sha256:a");
    vertex->set_name("[1/2] FROM x");
    vertex->add_inputs("sha256:b");
    vertex->set_cached(true);
    vertex->mutable_started()->set_seconds(5);
    vertex->mutable_started()->set_nanos(7);
    vertex->mutable_completed()->set_seconds(-62135596800); // Go's zero time
    vertex->set_error("boom");
    vertex->mutable_progressgroup()->set_name("group");
    vertex->mutable_progressgroup()->set_weak(true);
    response.add_vertexes()->set_name("without digest");
    StatusTranslator translator;
    const auto steps = only<ev::StepUpdated>(translator.translate(response));
    QCOMPARE(steps.size(), std::size_t(1));
    const ev::StepUpdated& step = steps[0];
    QCOMPARE(step.digest.str(), std::string("sha256:a"));
    QCOMPARE(step.inputs.size(), std::size_t(1));
    QVERIFY(step.cached && step.groupWeak && !step.completed);
    QCOMPARE(step.started->ns, 5 * second + 7);
    QCOMPARE(step.error, std::string("boom"));
    QCOMPARE(step.group, std::string("group"));
    QCOMPARE(translator.latest()->ns, 5 * second + 7);
}

void TestFilesTranslate::logOffsets()
{
    StatusTranslator translator;
    api::StatusResponse first;
    addLog(first, "a", 1, "one", 3);
    addLog(first, "a", 2, "err", 3);
    addLog(first, "b", 1, "other", 4);
    addLog(first, "a", 1, "two\n", 5);
    const auto logs = only<ev::LogAppended>(translator.translate(first));
    const std::vector<std::uint64_t> offsets{logs[0].offset, logs[1].offset, logs[2].offset, logs[3].offset};
    const std::vector<std::uint64_t> expected{0, 0, 0, 3};
    QCOMPARE(offsets, expected);
    api::StatusResponse second_;
    addLog(second_, "a", 1, "three");
    addLog(second_, "a", 7, "odd stream");
    const auto more = only<ev::LogAppended>(translator.translate(second_));
    QCOMPARE(more[0].offset, std::uint64_t(7));
    QCOMPARE(more[0].time.ns, 5 * second); // none of its own: the newest known
    QCOMPARE(int(more[1].stream), 1);
    QCOMPARE(more[1].offset, std::uint64_t(12));
    // A new subscription counts from the start again.
    StatusTranslator again;
    QCOMPARE(only<ev::LogAppended>(again.translate(first))[3].offset, std::uint64_t(3));
}

void TestFilesTranslate::transfersAndWarnings()
{
    api::StatusResponse response;
    api::VertexStatus* status = response.add_statuses();
    status->set_vertex("a");
    status->set_id("sha256:x");
    status->set_name("downloading");
    status->set_current(5);
    status->set_total(9);
    status->mutable_timestamp()->set_seconds(2);
    status->mutable_started()->set_seconds(1);
    api::VertexWarning* message = response.add_warnings();
    message->set_vertex("a");
    message->set_level(1);
    message->set_summary("short");
    message->add_detail("one");
    message->add_detail("two");
    message->set_url("https://x");
    message->mutable_info()->set_filename("Dockerfile");
    api::SourceRange* range = message->add_ranges();
    range->mutable_start()->set_line(4);
    range->mutable_end()->set_line(2);
    StatusTranslator translator;
    const auto events = translator.translate(response);
    const auto transfer = only<ev::TransferUpdated>(events).at(0);
    QCOMPARE(transfer.current, std::int64_t(5));
    QCOMPARE(transfer.total, std::int64_t(9));
    QCOMPARE(transfer.timestamp->ns, 2 * second);
    QVERIFY(transfer.started && !transfer.completed);
    const auto warning = only<ev::WarningRaised>(events).at(0);
    QCOMPARE(warning.detail.size(), std::size_t(2));
    QCOMPARE(warning.lines.at(0).second, 4); // an end before the start is the start
}

void TestFilesTranslate::hostileMessages()
{
    api::StatusResponse response;
    api::Vertex* vertex = response.add_vertexes();
    vertex->set_digest("a");
    vertex->mutable_started()->set_seconds(INT64_MAX);
    vertex->mutable_completed()->set_seconds(1);
    vertex->mutable_completed()->set_nanos(-5);
    response.add_warnings()->set_level(INT64_MIN);
    response.add_statuses();
    addLog(response, "", -1, "x", INT64_MAX);
    StatusTranslator translator;
    const auto events = translator.translate(response);
    QVERIFY(!only<ev::StepUpdated>(events).at(0).started);
    QVERIFY(!only<ev::StepUpdated>(events).at(0).completed);
    QCOMPARE(only<ev::LogAppended>(events).at(0).time.ns, std::int64_t(0));
}

void TestFilesTranslate::record()
{
    api::BuildHistoryRecord record;
    record.set_ref("r");
    record.set_frontend("dockerfile.v0");
    (*record.mutable_frontendattrs())["platform"] = "linux/arm64";
    api::Exporter* exporter = record.add_exporters();
    exporter->set_type("image");
    (*exporter->mutable_attrs())["name"] = "x:1";
    record.mutable_createdat()->set_seconds(10);
    record.mutable_completedat()->set_seconds(20);
    record.mutable_logs()->set_digest("sha256:logs");
    record.mutable_trace()->set_digest("sha256:trace");
    record.mutable_externalerror()->set_digest("sha256:error");
    record.mutable_error()->set_code(1);
    record.mutable_error()->set_message("context canceled");
    record.set_generation(3);
    record.set_pinned(true);
    record.set_numtotalsteps(9);
    record.set_numcachedsteps(4);
    record.set_numcompletedsteps(8);
    record.set_numwarnings(2);
    const ev::RecordUpdated update = translateRecord(record, true);
    QVERIFY(update.complete && update.pinned);
    QCOMPARE(update.generation, 3);
    QCOMPARE(update.created->ns, 10 * second);
    QCOMPARE(update.completed->ns, 20 * second);
    QCOMPARE(update.frontendAttrs.at("platform"), std::string("linux/arm64"));
    QCOMPARE(update.exporters.at(0).attrs.at("name"), std::string("x:1"));
    QCOMPARE(update.error->code, 1);
    QCOMPARE(update.logs->digest, std::string("sha256:logs"));
    QCOMPARE(update.trace->digest, std::string("sha256:trace"));
    QCOMPARE(update.externalError->digest, std::string("sha256:error"));
    QCOMPARE(update.reportedTotal + update.reportedCached + update.reportedCompleted + update.reportedWarnings, 23);
    // A late STARTED for a record that has ended by now is still a STARTED.
    QVERIFY(!translateRecord(record, false).complete);
    const ev::RecordUpdated empty = translateRecord({}, true);
    QVERIFY(!empty.error && !empty.logs && !empty.created && empty.attestations.empty());
}

void TestFilesTranslate::recordOrder()
{
    // Maps come out of protobuf in any order; the event has one.
    api::BuildHistoryRecord record;
    for (const char* platform : {"linux/s390x", "linux/amd64", "linux/arm64", "linux/386"}) {
        api::BuildResultInfo& result = (*record.mutable_results())[platform];
        result.add_attestations()->set_digest(platform);
        (*result.mutable_results())[1].set_digest("second");
        (*result.mutable_results())[0].set_digest("first");
        result.mutable_resultdeprecated()->set_digest("first");
    }
    record.mutable_result()->add_attestations()->set_digest("single");
    const ev::RecordUpdated update = translateRecord(record, true);
    std::vector<std::string> platforms;
    for (const auto& [platform, ref] : update.attestations)
        platforms.push_back(platform + "=" + ref.digest);
    const std::vector<std::string> expected{"=single", "linux/386=linux/386", "linux/amd64=linux/amd64", "linux/arm64=linux/arm64", "linux/s390x=linux/s390x"};
    QCOMPARE(platforms, expected);
    QCOMPARE(update.results.size(), std::size_t(8)); // the deprecated field repeats the first result
    QCOMPARE(update.results.at(0).second.digest, std::string("first"));
    QCOMPARE(update.results.at(1).second.digest, std::string("second"));
}

void TestFilesTranslate::provenance02()
{
    const auto read = parseProvenance(provenanceV02, "linux/arm64");
    QVERIFY(read.ok());
    QCOMPARE(read->platform, std::string("linux/arm64"));
    QCOMPARE(read->builderPlatform->str(), std::string("linux/amd64"));
    QCOMPARE(read->steps.size(), std::size_t(3)); // two vertices share step1; step2 and step9 have no counterpart
    const auto& from = read->steps.at(StepDigest("sha256:a"));
    QCOMPARE(from.platform->str(), std::string("linux/arm64")); // v8 is what arm64 is
    QVERIFY(!from.usage);
    const auto& run = read->steps.at(StepDigest("sha256:b2"));
    QCOMPARE(run.filename, std::string("Dockerfile"));
    QCOMPARE(run.firstLine, 5);
    QCOMPARE(run.lastLine, 9);
    QCOMPARE(run.usage->cpuSeconds, 1.5);
    QCOMPARE(run.usage->memoryPeak, std::int64_t(90));
    QCOMPARE(run.usage->readBytes, std::int64_t(11));
    QCOMPARE(run.usage->writeBytes, std::int64_t(12));
    QCOMPARE(run.usage->netReceived, std::int64_t(13));
    QCOMPARE(run.usage->netSent, std::int64_t(14));
    const std::vector<std::pair<std::string, std::string>> materials{{"pkg:docker/x@1?platform=linux%2Famd64", "sha256:abc"}, {"https://x/y", "sha1:def"}, {"local", ""}};
    QCOMPARE(read->materials, materials);
    const std::vector<std::string> secrets{"npmrc", "aws"}, ssh{"default"};
    QCOMPARE(read->secrets, secrets);
    QCOMPARE(read->ssh, ssh);
}

void TestFilesTranslate::provenance1()
{
    const auto read = parseProvenance(provenanceV1, "");
    QVERIFY(read.ok());
    QCOMPARE(read->builderPlatform->str(), std::string("linux/arm64"));
    const auto& step = read->steps.at(StepDigest("sha256:a"));
    QCOMPARE(step.platform->str(), std::string("linux/amd64"));
    QCOMPARE(step.filename, std::string("B"));
    QCOMPARE(step.firstLine, 2);
    QCOMPARE(read->materials.at(0).second, std::string("sha256:123"));
    QCOMPARE(read->secrets.at(0), std::string("npmrc"));
    QCOMPARE(read->ssh.at(0), std::string("key"));
}

void TestFilesTranslate::layersOfSteps()
{
    const auto layers = provenanceLayers(provenanceV02);
    QVERIFY(layers.ok());
    const std::map<StepDigest, std::vector<std::string>> expected{{StepDigest("sha256:a"), {"sha256:l0"}},
                                                                  {StepDigest("sha256:b"), {"sha256:l0", "sha256:l1", "sha256:l2"}},
                                                                  {StepDigest("sha256:b2"), {"sha256:l0", "sha256:l1", "sha256:l2"}}};
    QVERIFY(*layers == expected);
    QCOMPARE(provenanceLayers(provenanceV1)->at(StepDigest("sha256:a")).at(0), std::string("sha256:l9"));
}

void TestFilesTranslate::notProvenance_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    QTest::newRow("sbom") << QByteArray(R"({"predicateType":"https://spdx.dev/Document","predicate":{"SPDXID":"x"}})") << int(ErrorKind::Unsupported);
    QTest::newRow("empty object") << QByteArray("{}") << int(ErrorKind::Unsupported);
    QTest::newRow("array") << QByteArray("[1]") << int(ErrorKind::Unsupported);
    QTest::newRow("text") << QByteArray("hello") << int(ErrorKind::BadInput);
    QTest::newRow("empty") << QByteArray() << int(ErrorKind::BadInput);
    QTest::newRow("deep") << QByteArray(5000, '[') << int(ErrorKind::TooLarge);
    QTest::newRow("odd types") << QByteArray(R"({"predicate":{"buildType":"x","buildConfig":{"llbDefinition":{"id":1},"digestMapping":[1]},"materials":{"a":1},"invocation":5,"metadata":[]}})") << -1;
}

void TestFilesTranslate::notProvenance()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    const auto read = parseProvenance({text.constData(), std::size_t(text.size())}, "");
    QCOMPARE(read ? -1 : int(read.error().kind), kind);
    const auto layers = provenanceLayers({text.constData(), std::size_t(text.size())});
    QCOMPARE(layers ? -1 : int(layers.error().kind), kind);
}

void TestFilesTranslate::externalError_data()
{
    QTest::addColumn<bool>("json");
    QTest::newRow("json") << true;
    QTest::newRow("protobuf") << false;
}

void TestFilesTranslate::externalError()
{
    QFETCH(bool, json);
    api::RpcStatus status;
    status.set_code(2);
    auto* stack = status.add_details();
    stack->set_type_url("github.com/moby/buildkit/stack.Stack+json");
    stack->set_value("{\"frames\":[]}");
    auto* detail = status.add_details();
    if (json) {
        detail->set_type_url("github.com/moby/buildkit/errdefs.Source+json");
        detail->set_value(R"({"info":{"filename":"Dockerfile","data":"RlJPTSB4ClJVTiBhClJVTiBiCg==","language":"Dockerfile","definition":{"def":["eA=="]}},
            "ranges":[{"start":{"line":2},"end":{"line":2}},{"start":{"line":3},"end":{"line":3}}]})");
    } else {
        api::ErrorSource source;
        source.mutable_info()->set_filename("Dockerfile");
        source.mutable_info()->set_language("Dockerfile");
        source.mutable_info()->set_data("FROM x\nRUN a\nRUN b\n");
        for (const int line : {3, 2}) {
            api::SourceRange* range = source.add_ranges();
            range->mutable_start()->set_line(line);
            range->mutable_end()->set_line(line);
        }
        detail->set_type_url("type.googleapis.com/errdefs.Source");
        detail->set_value(source.SerializeAsString());
    }
    const auto excerpt = parseExternalError(status.SerializeAsString());
    QVERIFY(excerpt.ok());
    const SourceExcerpt expected{"Dockerfile", "Dockerfile", 1, {"FROM x", "RUN a", "RUN b"}, {{2, 3}}};
    QVERIFY(*excerpt == expected);
}

void TestFilesTranslate::externalErrorFaults()
{
    QCOMPARE(int(parseExternalError("\xff\xff").error().kind), int(ErrorKind::BadInput));
    QCOMPARE(int(parseExternalError("").error().kind), int(ErrorKind::NotFound));
    api::RpcStatus status;
    auto* detail = status.add_details();
    detail->set_type_url("x/errdefs.Source+json");
    for (const char* value : {"{", "{}", "\xff", "{\"info\":5}"}) {
        detail->set_value(value);
        const auto excerpt = parseExternalError(status.SerializeAsString());
        QVERIFY(!excerpt.ok() || excerpt->lines.empty());
    }
}

void TestFilesTranslate::excerpts_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<int>("firstLine");
    QTest::addColumn<int>("lines");
    QString twenty;
    for (int i = 1; i <= 20; ++i)
        twenty += QStringLiteral("line %1\n").arg(i);
    QTest::newRow("middle") << twenty << 10 << 11 << 6 << 10;
    QTest::newRow("start") << twenty << 1 << 1 << 1 << 5;
    QTest::newRow("end") << twenty << 20 << 20 << 16 << 5;
    QTest::newRow("beyond") << twenty << 500 << 900 << 16 << 5;
    QTest::newRow("negative") << twenty << -5 << -9 << 1 << 5;
    QTest::newRow("backwards") << twenty << 10 << 3 << 6 << 9;
    QTest::newRow("empty source") << QString() << 3 << 3 << 0 << 0;
    QTest::newRow("no last newline") << QStringLiteral("a\r\nb") << 2 << 2 << 1 << 2;
    QTest::newRow("long") << QStringLiteral("x\n").repeated(5000) << 1 << 5000 << 1 << 200;
}

void TestFilesTranslate::excerpts()
{
    QFETCH(QString, source);
    QFETCH(int, first);
    QFETCH(int, last);
    QFETCH(int, firstLine);
    QFETCH(int, lines);
    const SourceExcerpt excerpt = cutExcerpt("f", "l", source.toStdString(), {{first, last}});
    QCOMPARE(excerpt.firstLine, firstLine);
    QCOMPARE(int(excerpt.lines.size()), lines);
    for (const std::string& line : excerpt.lines)
        QVERIFY(line.find('\r') == std::string::npos);
}

void TestFilesTranslate::survivesMutation()
{
    std::mt19937 random(5);
    for (int round = 0; round < 3000; ++round) {
        std::string text = round % 2 ? provenanceV02 : provenanceV1;
        for (int edits = 1 + int(random() % 3); edits > 0; --edits) {
            const std::size_t at = random() % text.size();
            if (random() % 2)
                text[at] = "{}[]\",:0x\\"[random() % 10];
            else
                text.erase(at, random() % 20);
        }
        const auto read = parseProvenance(text, "");
        const auto layers = provenanceLayers(text);
        QVERIFY(read.ok() == layers.ok());
    }
}

QTEST_GUILESS_MAIN(TestFilesTranslate)
#include "test_files_translate.moc"
