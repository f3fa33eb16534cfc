// The recordings of real builds, read whole: counters, states, platforms, and the same build in three formats.
#include "domain/summary.h"
#include "unit/test_files_support.h"

#include <QDir>
#include <QTest>

#include <cstdlib>
#include <set>

using namespace layerline;
using namespace layerline::test;

namespace {

std::string sourceDir(const char* below)
{
    return std::string(LAYERLINE_SOURCE_DIR) + "/" + below;
}

std::vector<std::string> filesIn(const char* folder, const QStringList& filters)
{
    std::vector<std::string> paths;
    const QDir dir(QString::fromStdString(sourceDir(folder)));
    for (const QString& name : dir.entryList(filters, QDir::Files, QDir::Name))
        paths.push_back(dir.filePath(name).toStdString());
    return paths;
}

void addFiles(const char* folder, const QStringList& filters)
{
    QTest::addColumn<QString>("path");
    for (const std::string& path : filesIn(folder, filters))
        QTest::newRow(path.substr(path.rfind('/') + 1).c_str()) << QString::fromStdString(path);
}

} // namespace

class TestFilesReal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dockerbuild_data() { addFiles("resources/recordings", {QStringLiteral("*.dockerbuild")}); }
    void dockerbuild();
    void zeroedCounters_data() { dockerbuild_data(); }
    void zeroedCounters();
    void rawJsonOfTheSameBuild_data();
    void rawJsonOfTheSameBuild();
    void plainOfTheSameKind_data();
    void plainOfTheSameKind();
    void failures_data();
    void failures();
};

void TestFilesReal::dockerbuild()
{
    QFETCH(QString, path);
    const auto file = openBuildFile(path.toStdString());
    QVERIFY2(file.ok(), file.ok() ? "" : file.error().detail.c_str());
    QCOMPARE(file->format, FileFormat::Dockerbuild);
    QVERIFY2(file->notes.empty(), file->notes.empty() ? "" : file->notes.front().c_str());
    const BuildSet set = reduced(*file);
    for (const BuildId& id : set.ids()) {
        const Build& build = *set.find(id);
        const Counters counters = countersOf(build);
        int total = 0, cached = 0, completed = 0;
        for (const Record& record : build.records) {
            total += record.info.reportedTotal;
            cached += record.info.reportedCached;
            completed += record.info.reportedCompleted;
        }
        QVERIFY(total > 40);
        QCOMPARE(counters.total, total);
        QCOMPARE(counters.cached, cached);
        QCOMPARE(counters.completed, completed);
        const std::vector<Platform> platforms{{"linux", "amd64", ""}, {"linux", "arm64", ""}};
        QVERIFY(build.platforms == platforms);
        // Every blob of the record can be kept: it is there, and is what its digest says.
        for (const FileBlob& blob : file->blobs)
            QCOMPARE(sha256Digest(blob.bytes), blob.ref.digest);
        QVERIFY(build.records[0].info.error ? build.records[0].excerpt.has_value() : build.records[0].provenances.size() == 2);
    }
}

namespace {

/// The same status log under a record whose counters are 0.
std::string withZeroedCounters(const OpenedFile& file)
{
    LayoutMaker layout;
    std::string status;
    for (const FileBlob& blob : file.blobs) {
        if (blob.ref.mediaType == "application/vnd.buildkit.status.v0")
            status = blob.bytes;
    }
    LayoutMaker::Json config = recordConfig(file.batches[0].record.ref);
    for (const char* counter : {"numCachedSteps", "numTotalSteps", "numCompletedSteps"})
        config[counter] = 0;
    layout.root({layout.record(config, status)});
    return layout.archive();
}

} // namespace

void TestFilesReal::zeroedCounters()
{
    QFETCH(QString, path);
    const auto file = openBuildFile(path.toStdString());
    QVERIFY(file.ok());
    const auto zeroed = openBuildBytes(withZeroedCounters(*file), "zeroed", {});
    QVERIFY2(zeroed.ok(), zeroed.ok() ? "" : zeroed.error().detail.c_str());
    const BuildSet set = reduced(*zeroed), before = reduced(*file);
    const Counters counters = countersOf(onlyBuild(set));
    const ev::RecordUpdated& reported = onlyBuild(before).records[0].info;
    QCOMPARE(onlyBuild(set).records[0].info.reportedTotal, 0);
    QCOMPARE(counters.total, reported.reportedTotal);
    QCOMPARE(counters.cached, reported.reportedCached);
    QCOMPARE(counters.completed, reported.reportedCompleted);
}

void TestFilesReal::rawJsonOfTheSameBuild_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("cold") << QStringLiteral("cold");
    QTest::newRow("failed") << QStringLiteral("failed");
}

/// The client sees every step the engine recorded, in the same state and with the same log.
void TestFilesReal::rawJsonOfTheSameBuild()
{
    QFETCH(QString, name);
    const auto record = openBuildFile(sourceDir("resources/recordings/") + name.toStdString() + ".dockerbuild");
    const auto raw = openBuildFile(sourceDir("tests/data/recordings/") + name.toStdString() + ".rawjson");
    QVERIFY(record.ok() && raw.ok());
    const BuildSet recordSet = reduced(*record), rawSet = reduced(*raw);
    const Build &engine = onlyBuild(recordSet), &client = onlyBuild(rawSet);
    QCOMPARE(client.status(), engine.status());
    QCOMPARE(client.source(), SourceKind::RawJson);
    QVERIFY(client.platforms == engine.platforms);
    if (engine.error())
        QCOMPARE(client.error()->message, engine.error()->message);
    for (const Step& step : engine.steps) {
        const StepIndex index = client.find(0, step.digest);
        QVERIFY2(index != noStep, step.name.c_str());
        const Step& same = client.step(index);
        QCOMPARE(same.name, step.name);
        QCOMPARE(int(stateOf(client, same)), int(stateOf(engine, step)));
        QCOMPARE(int(cacheOf(client, same)), int(cacheOf(engine, step)));
        QCOMPARE(logOf(same), logOf(step));
        QVERIFY(same.neededBy == step.neededBy);
        // The client does not know the worker's own platform: there, what no name tells stays open.
        QVERIFY(same.runsOn == step.runsOn || (!same.runsOn && step.parsed.kind != StepKind::Instruction));
        const Duration mine = durationOf(engine, step, *engine.completed()), theirs = durationOf(client, same, *client.completed());
        if (stateOf(engine, step) == StepState::Completed)
            QVERIFY2(std::abs((mine - theirs).ms()) <= 2, step.name.c_str());
    }
    // What only the client has is its own work, no instruction.
    for (const Step& step : client.steps) {
        if (engine.find(0, step.digest) == noStep)
            QVERIFY2(step.parsed.kind != StepKind::Instruction, step.name.c_str());
    }
}

void TestFilesReal::plainOfTheSameKind_data()
{
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("raw");
    QTest::newRow("cold") << QStringLiteral("cold.plain.txt") << QStringLiteral("cold.rawjson");
    QTest::newRow("trixie") << QStringLiteral("trixie-cold.plain.txt") << QStringLiteral("trixie-cold.rawjson");
}

/// Another build of the same project: the same instructions in the same states.
void TestFilesReal::plainOfTheSameKind()
{
    QFETCH(QString, plain);
    QFETCH(QString, raw);
    const auto instructions = [](const QString& name) {
        const auto file = openBuildFile(sourceDir("tests/data/recordings/") + name.toStdString());
        std::multiset<std::string> lines;
        if (!file)
            return lines;
        const BuildSet set = reduced(*file);
        const Build& build = onlyBuild(set);
        for (const Step& step : build.steps) {
            if (step.parsed.kind == StepKind::Instruction)
                lines.insert(std::string(toString(stateOf(build, step))) + " " + step.parsed.text); // a shared step has any of its stages' names
        }
        return lines;
    };
    const auto one = instructions(plain), other = instructions(raw);
    QVERIFY(one.size() > 40);
    QVERIFY(one == other);
}

void TestFilesReal::failures_data()
{
    QTest::addColumn<QString>("path");
    for (const char* name : {"failed.rawjson", "failed.plain.txt", "trixie-failed.rawjson"})
        QTest::newRow(name) << QString::fromStdString(sourceDir("tests/data/recordings/") + name);
    QTest::newRow("failed.dockerbuild") << QString::fromStdString(sourceDir("resources/recordings/failed.dockerbuild"));
}

/// Four accounts of one failure: the same message, the same lines, one failed step.
void TestFilesReal::failures()
{
    QFETCH(QString, path);
    const auto file = openBuildFile(path.toStdString());
    QVERIFY(file.ok());
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    QCOMPARE(build.status(), BuildStatus::Failed);
    QCOMPARE(build.error()->message, std::string("process \"/bin/sh -c pip install --prefer-binary -r requirements.txt\" did not complete successfully: exit code: 1"));
    QVERIFY(build.records[0].excerpt.has_value());
    const SourceExcerpt& excerpt = *build.records[0].excerpt;
    QCOMPARE(excerpt.filename, std::string("Dockerfile"));
    const std::vector<std::pair<int, int>> ranges{{36, 38}};
    QCOMPARE(excerpt.ranges, ranges);
    QVERIFY(excerpt.lines.at(std::size_t(36 - excerpt.firstLine)).find("RUN") != std::string::npos);
    QCOMPARE(countersOf(build).failed, 1);
}

QTEST_GUILESS_MAIN(TestFilesReal)
#include "test_files_real.moc"
