#include "buildkit_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <vector>

using namespace layerline;
using namespace layerline::test;

namespace bkv1 = moby::buildkit::v1;

namespace {

/// One step, sha256:a, that made the layer sha256:1111.
const std::string provenance = QByteArray(
    "{'predicateType':'https://slsa.dev/provenance/v0.2','predicate':{"
    "'buildConfig':{'digestMapping':{'sha256:a':'step0'},'llbDefinition':[{'id':'step0','op':{'platform':{'OS':'linux','Architecture':'arm64'}}}]},"
    "'metadata':{'https://mobyproject.org/buildkit@v1#metadata':{'layers':{'step0:0':[[{'mediaType':'x','digest':'sha256:1111','size':1}]]}}}}}")
    .replace('\'', '"').toStdString();

} // namespace

/// Blobs of finished builds: read once, verified, handed to history, turned into events.
class TestBuildkitBlobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void allBlobsOfAFinishedBuild();
    void corruptBlobsAreNotUsed();
    void laterTraceIsReadToo();
    void knownBlobsAreNotReadAgain();
    void importsAreProved();
    void brokenStatusLogFallsBackToTheStream();
    void oldOnesAreReadOneAtATimeWithPauses();
    void newOnesGoBeforeOldOnes();

private:
    bkv1::BuildHistoryRecord withStatus(const std::string& ref, int lines);
    std::unique_ptr<NodeWatcher> watch(const WatchSinks& sinks);
    const NodeKey m_key{"bare", "bare0"};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeBuildkitd> m_engine;
    std::unique_ptr<Collector> m_seen;
};

void TestBuildkitBlobs::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeBuildkitd>(m_folder->filePath(QStringLiteral("b.sock")).toStdString());
    m_seen = std::make_unique<Collector>();
    m_engine->start();
}

bkv1::BuildHistoryRecord TestBuildkitBlobs::withStatus(const std::string& ref, int lines)
{
    bkv1::BuildHistoryRecord result = record(ref, 1, 4, 1);
    *result.mutable_logs() = m_engine->addBlob(
        storedLog({vertex("sha256:a", "[1/1] RUN x", 2, 3), layerline::test::logLines("sha256:a", 0, lines)}), "application/vnd.buildkit.status.v0");
    return result;
}

std::unique_ptr<NodeWatcher> TestBuildkitBlobs::watch(const WatchSinks& sinks)
{
    auto watcher = std::make_unique<NodeWatcher>(bareTarget(m_engine->address()), sinks, std::make_shared<WorkerRegistry>(), quickOptions());
    watcher->start();
    return watcher;
}

void TestBuildkitBlobs::allBlobsOfAFinishedBuild()
{
    bkv1::BuildHistoryRecord finished = withStatus("r1", 5000);
    *(*finished.mutable_results())["linux/arm64"].add_attestations() = m_engine->addBlob(provenance, "application/vnd.in-toto+json");
    bkv1::ErrorSource source;
    source.mutable_info()->set_filename("Dockerfile");
    source.mutable_info()->set_data("FROM scratch\nRUN false\n");
    source.add_ranges()->mutable_start()->set_line(2);
    source.mutable_ranges(0)->mutable_end()->set_line(2);
    bkv1::RpcStatus failure;
    failure.set_code(2);
    failure.add_details()->set_type_url("type.googleapis.com/errdefs.Source");
    failure.mutable_details(0)->set_value(source.SerializeAsString());
    *finished.mutable_externalerror() = m_engine->addBlob(failure.SerializeAsString(), "application/vnd.googeapis.google.rpc.status+proto");
    m_engine->publish(bkv1::COMPLETE, finished);
    const auto watcher = watch(m_seen->sinks());
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    m_seen->with([&] {
        QCOMPARE(m_seen->logLines("r1"), std::size_t(5000));
        const Record& seen = m_seen->build("r1")->records.front();
        QCOMPARE(seen.provenances.size(), std::size_t(1));
        QVERIFY(seen.excerpt.has_value());
        QCOMPARE(seen.excerpt->filename, std::string("Dockerfile"));
        const RecordKey key{"worker-1", "r1"};
        QCOMPARE(m_seen->blobs.at({key, BlobKind::Provenance}), provenance);
        QCOMPARE(m_seen->blobs.count({key, BlobKind::Status}), std::size_t(1));
        QCOMPARE(m_seen->blobs.count({key, BlobKind::ExternalError}), std::size_t(1));
        bkv1::BuildHistoryRecord kept;
        QVERIFY(kept.ParseFromString(m_seen->blobs.at({key, BlobKind::Record})));
        QCOMPARE(kept.ref(), std::string("r1"));
    });
    QCOMPARE(m_engine->statusCalls("r1"), 0); // one transfer served the window and the history
    QVERIFY(watcher->stop());
}

void TestBuildkitBlobs::corruptBlobsAreNotUsed()
{
    bkv1::BuildHistoryRecord finished = withStatus("r1", 3);
    *(*finished.mutable_results())[""].add_attestations() = m_engine->addCorruptBlob("application/vnd.in-toto+json");
    bkv1::Descriptor odd;
    odd.set_digest("md5:1");
    *finished.mutable_externalerror() = odd;
    m_engine->publish(bkv1::COMPLETE, finished);
    const auto watcher = watch(m_seen->sinks());
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    m_seen->with([&] {
        const RecordKey key{"worker-1", "r1"};
        QCOMPARE(m_seen->blobs.count({key, BlobKind::Provenance}), std::size_t(0));
        QCOMPARE(m_seen->blobs.count({key, BlobKind::ExternalError}), std::size_t(0));
        QVERIFY(m_seen->build("r1")->records.front().provenances.empty());
        QCOMPARE(m_seen->logLines("r1"), std::size_t(3));
    });
    QVERIFY(watcher->stop());
}

void TestBuildkitBlobs::laterTraceIsReadToo()
{
    const auto watcher = watch(m_seen->sinks());
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    bkv1::BuildHistoryRecord finished = withStatus("r1", 3);
    m_engine->publish(bkv1::COMPLETE, finished);
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    const int reads = m_engine->blobReads();
    *finished.mutable_trace() = m_engine->addBlob("{}", "application/vnd.buildkit.otlp.json.v0");
    finished.set_generation(2);
    m_engine->publish(bkv1::COMPLETE, finished);
    const RecordKey key{"worker-1", "r1"};
    QVERIFY(m_seen->wait([&] { return m_seen->blobs.count({key, BlobKind::Trace}) == 1; }));
    QCOMPARE(m_engine->blobReads(), reads + 1); // the status log was not read again
    QVERIFY(watcher->stop());
}

void TestBuildkitBlobs::knownBlobsAreNotReadAgain()
{
    m_engine->publish(bkv1::COMPLETE, withStatus("old", 3));
    WatchSinks sinks = m_seen->sinks();
    sinks.haveBlob = [](const RecordKey&, const BlobRef&) { return true; };
    const auto watcher = watch(sinks);
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].listed; }));
    bool done = false;
    m_engine->publish(bkv1::COMPLETE, withStatus("new", 4)); // live ones are always read
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("new") == 1; }));
    QCOMPARE(m_engine->blobReads(), 1);
    QCOMPARE(m_seen->with([&] { return m_seen->logLines("old"); }), std::size_t(0));
    watcher->loadDetails("old", [&](Result<void>) {
        const std::lock_guard lock(m_seen->mutex);
        done = true;
        m_seen->changed.notify_all();
    });
    QVERIFY(m_seen->wait([&] { return done; }));
    QCOMPARE(m_seen->with([&] { return m_seen->logLines("old"); }), std::size_t(3));
    QVERIFY(watcher->stop());
}

void TestBuildkitBlobs::importsAreProved()
{
    bkv1::BuildHistoryRecord finished = withStatus("r1", 1);
    (*finished.mutable_frontendattrs())["cache-imports"] = "[]";
    *(*finished.mutable_results())[""].add_attestations() = m_engine->addBlob(provenance, "application/vnd.in-toto+json");
    m_engine->addDiskRecord("d1", "imported sha256:1111", 10);
    m_engine->addDiskRecord("d2", "mount / from exec", 20);
    m_engine->publish(bkv1::COMPLETE, finished);
    const auto watcher = watch(m_seen->sinks());
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QCOMPARE(m_seen->with([&] { return m_seen->count<ev::ImportProved>("r1"); }), 1);
    QVERIFY(m_seen->with([&] { return m_seen->build("r1")->steps.front().imported; }));
    watcher->refreshDiskUsage();
    QVERIFY(m_seen->wait([&] { return m_seen->states[m_key].diskUsage.has_value(); }));
    QCOMPARE(m_seen->with([&] { return m_seen->states[m_key].diskUsage->totalBytes(); }), std::int64_t(30));
    QVERIFY(watcher->stop());
}

void TestBuildkitBlobs::brokenStatusLogFallsBackToTheStream()
{
    bkv1::BuildHistoryRecord finished = record("r1", 1, 4, 1);
    *finished.mutable_logs() = m_engine->addBlob(std::string("\xff\xff\xff\xff garbage"), "application/vnd.buildkit.status.v0");
    m_engine->addStatus("r1", vertex("sha256:a", "[1/1] RUN x", 2, 3));
    m_engine->addStatus("r1", layerline::test::logLines("sha256:a", 0, 6));
    m_engine->endStatus("r1");
    m_engine->publish(bkv1::COMPLETE, finished);
    const auto watcher = watch(m_seen->sinks());
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("r1") == 1; }));
    QCOMPARE(m_seen->with([&] { return m_seen->logLines("r1"); }), std::size_t(6));
    QVERIFY(watcher->stop());
}

/// A long history must not keep the engine, nor us, from what runs.
void TestBuildkitBlobs::oldOnesAreReadOneAtATimeWithPauses()
{
    constexpr int olds = 9;
    // On the watcher's thread, which alone touches these until it has ended.
    int begun = 0, ended = 0, together = 0;
    std::set<std::string> seen;
    std::vector<std::chrono::steady_clock::time_point> begins;
    WatchSinks sinks = m_seen->sinks();
    sinks.haveBlob = [&](const RecordKey& key, const BlobRef&) {
        if (seen.insert(key.ref).second) {
            ++begun;
            begins.push_back(std::chrono::steady_clock::now());
            together = std::max(together, begun - ended);
        }
        return false;
    };
    sinks.events = [&, events = sinks.events](EventBatchPtr batch) {
        for (const Event& event : batch->events)
            ended += std::holds_alternative<ev::StatusEnded>(event) ? 1 : 0;
        events(batch);
    };
    for (int i = 0; i < olds; ++i)
        m_engine->publish(bkv1::COMPLETE, withStatus("old" + std::to_string(i), 3 + i));
    const auto watcher = watch(sinks);
    for (int i = 0; i < olds; ++i)
        QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("old" + std::to_string(i)) == 1; }));
    QVERIFY(watcher->stop());
    QCOMPARE(begun, olds);
    QCOMPARE(together, 1);
    // 50 ms each; a machine that is busy only makes it more.
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(begins.back() - begins.front()).count();
    QVERIFY2(took >= (olds - 1) * 45, qPrintable(QString::number(took)));
}

void TestBuildkitBlobs::newOnesGoBeforeOldOnes()
{
    constexpr int olds = 200; // ten seconds of pauses
    // On the watcher's thread, which alone touches these until it has ended. What ends while the engine still lists is no news, and on a
    // busy machine that takes a while.
    bool listed = false, published = false;
    int oldsBefore = 0;
    std::set<std::string> ended;
    WatchSinks sinks = m_seen->sinks();
    sinks.state = [&, state = sinks.state](const NodeStatus& now) {
        listed = listed || now.listed;
        state(now);
    };
    sinks.haveBlob = [&](const RecordKey&, const BlobRef&) {
        if (listed && !std::exchange(published, true))
            m_engine->publish(bkv1::COMPLETE, withStatus("new", 4)); // in the middle of it
        return false;
    };
    sinks.events = [&, events = sinks.events](EventBatchPtr batch) {
        for (const Event& event : batch->events) {
            if (std::holds_alternative<ev::StatusEnded>(event) && ended.insert(batch->record.ref).second && batch->record.ref == "new")
                oldsBefore = int(ended.size()) - 1;
        }
        events(batch);
    };
    for (int i = 0; i < olds; ++i)
        m_engine->publish(bkv1::COMPLETE, withStatus("old" + std::to_string(i), 3));
    const auto watcher = watch(sinks);
    QVERIFY(m_seen->wait([&] { return m_seen->count<ev::StatusEnded>("new") == 1; }));
    QCOMPARE(m_seen->with([&] { return m_seen->logLines("new"); }), std::size_t(4));
    QVERIFY(watcher->stop());
    QVERIFY2(oldsBefore < olds, qPrintable(QString::number(oldsBefore))); // in its turn it would be the last
}

QTEST_GUILESS_MAIN(TestBuildkitBlobs)
#include "test_buildkit_blobs.moc"
