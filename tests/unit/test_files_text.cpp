// rawjson, plain progress, job logs and their zips: whole builds, in any portions, cut and broken.
#include "domain/summary.h"
#include "sources/files/plain_parser.h"
#include "sources/files/rawjson_parser.h"
#include "unit/test_files_support.h"

#include <QTest>

#include <random>

using namespace layerline;
using namespace layerline::test;

namespace {

constexpr Timestamp saved{1'700'000'000'000'000'000};

Result<OpenedFile> opened(const std::string& text, const FileCaps& caps = {})
{
    return openBuildBytes(text, "build.log", saved, caps);
}

std::string seconds(std::int64_t ns)
{
    return QByteArray::number(double(ns) / 1e9, 'f', 3).toStdString();
}

/// Events one a line, times in seconds: what a parser said, readable in a failed comparison.
std::string print(const Event& event)
{
    const auto time = [](const OptionalTime& t) { return t ? seconds(t->ns) : std::string("-"); };
    if (const auto* step = std::get_if<ev::StepUpdated>(&event))
        return step->digest.str() + " " + step->name + " " + time(step->started) + ".." + time(step->completed) + (step->cached ? " cached" : "")
            + (step->error.empty() ? "" : " error=" + step->error);
    if (const auto* transfer = std::get_if<ev::TransferUpdated>(&event))
        return transfer->step.str() + " transfer " + transfer->id + " " + std::to_string(transfer->current) + "/" + std::to_string(transfer->total) + " "
            + time(transfer->started) + ".." + time(transfer->completed);
    if (const auto* log = std::get_if<ev::LogAppended>(&event))
        return log->step.str() + " log@" + std::to_string(log->offset) + " " + seconds(log->time.ns) + " " + log->bytes;
    if (const auto* warning = std::get_if<ev::WarningRaised>(&event))
        return warning->step.str() + " warning " + warning->summary;
    return "?";
}

std::string parsePlain(std::string_view text, std::size_t portion = 1'000'000, const FileCaps& caps = {})
{
    PlainParser parser(Timestamp{}, caps);
    std::string out;
    const ev::LogAppended* last = nullptr;
    std::vector<std::vector<PlainParser::Piece>> all;
    const auto take = [&](std::vector<PlainParser::Piece> pieces) {
        all.push_back(std::move(pieces)); // `last` points into it
        for (const PlainParser::Piece& piece : all.back()) {
            // Lines of one moment may come in one event or several, as the portions fall.
            const auto* log = std::get_if<ev::LogAppended>(&piece.event);
            if (log && last && log->step == last->step && log->time == last->time)
                out.insert(out.size() - 1, log->bytes);
            else
                out += std::to_string(piece.build) + " " + print(piece.event) + "\n";
            last = log;
        }
    };
    while (!text.empty()) {
        take(parser.push(text.substr(0, portion)));
        text.remove_prefix(std::min(portion, text.size()));
    }
    take(parser.finish());
    return out;
}

} // namespace

class TestFilesText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plain();
    void plainInPortions();
    void plainOdd_data();
    void plainOdd();
    void plainCaps();
    void plainTimes();
    void plainFailed();
    void github();
    void githubNoise();
    void githubLinesWithoutATime();
    void severalBuilds();
    void rawJson();
    void rawJsonInPortions();
    void rawJsonFailed();
    void rawJsonFaults_data();
    void rawJsonFaults();
    void sniffs_data();
    void sniffs();
    void unendedText();
    void refsComeFromContent();
    void zippedLogs();
    void zippedRecord();
    void textLimit();
    void survivesTruncation();
    void survivesMutation();
};

void TestFilesText::plain()
{
    const std::string expected =
        "0 #1 [internal] load build definition from Dockerfile -..-\n"
        "0 #1 [internal] load build definition from Dockerfile 0.000..-\n"
        "0 #1 transfer transferring dockerfile: 447/0 0.000..0.000\n"
        "0 #1 [internal] load build definition from Dockerfile 0.000..0.500\n"
        "0 #2 [linux/amd64 base 1/2] FROM docker.io/library/x -..-\n"
        "0 #2 [linux/amd64 base 1/2] FROM docker.io/library/x 0.500..-\n"
        "0 #2 [linux/amd64 base 1/2] FROM docker.io/library/x 0.500..0.500 cached\n"
        "0 #3 [linux/amd64 base 2/2] RUN make -..-\n"
        "0 #3 [linux/amd64 base 2/2] RUN make 0.500..-\n"
        "0 #3 log@0 0.750 one\n\n"
        "0 #4 [linux/arm64 base 1/2] FROM docker.io/library/x -..-\n"
        "0 #4 [linux/arm64 base 1/2] FROM docker.io/library/x 0.750..-\n"
        "0 #4 transfer sha256:ab 1000000/2000000 0.750..-\n"
        "0 #4 transfer sha256:ab 2000000/2000000 0.750..1.150\n"
        "0 #4 [linux/arm64 base 1/2] FROM docker.io/library/x 0.750..1.350\n"
        "0 #3 log@4 2.000 two\n\n"
        "0 #3 [linux/amd64 base 2/2] RUN make 0.500..2.500\n"
        "0 #3 warning something\n";
    QCOMPARE(QString::fromStdString(parsePlain(plainBuild)), QString::fromStdString(expected));
}

void TestFilesText::plainInPortions()
{
    const std::string whole = parsePlain(plainBuild);
    for (const std::size_t portion : {1, 2, 3, 17})
        QCOMPARE(parsePlain(plainBuild, portion), whole);
    std::string windows;
    for (const char c : std::string(plainBuild))
        windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    QCOMPARE(parsePlain(windows, 5), whole);
    std::string open = plainBuild;
    open.pop_back();
    QCOMPARE(parsePlain(open), whole);
}

void TestFilesText::plainOdd_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) { QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected); };
    row("cut at the head", "#7 0.500 text\n#7 DONE 1.0s\n\n#7 [1/1] RUN x\n#7 DONE 1.0s\n",
        "0 #7  -..-\n0 #7  0.000..-\n0 #7 log@0 0.500 text\n\n0 #7  0.000..1.000\n0 #7 [1/1] RUN x -..-\n");
    row("log that looks like a word", "#1 [x] y\n#1 0.100 DONE 3.0s\n#1 0.200 ...\n",
        "0 #1 [x] y -..-\n0 #1 [x] y 0.000..-\n0 #1 log@0 0.100 DONE 3.0s\n\n0 #1 log@10 0.200 ...\n\n");
    row("done again, no longer", "#1 a\n#1 DONE 1.0s\n#1 a\n#1 DONE 1.0s\n", "0 #1 a -..-\n0 #1 a 0.000..-\n0 #1 a 0.000..1.000\n");
    row("done again, longer", "#1 a\n#1 DONE 1.0s\n#1 a\n#1 DONE 1.5s\n", "0 #1 a -..-\n0 #1 a 0.000..-\n0 #1 a 0.000..1.000\n0 #1 a 1.000..1.500\n");
    row("failed", "#1 a\n#1 0.500 x\n#1 ERROR: boom\n", "0 #1 a -..-\n0 #1 a 0.000..-\n0 #1 log@0 0.500 x\n\n0 #1 a 0.000..0.500 error=boom\n");
    row("canceled", "#1 a\n#1 CANCELED\n", "0 #1 a -..-\n0 #1 a 0.000..-\n0 #1 a 0.000..0.000 error=context canceled\n");
    row("negative time", "#1 a\n#1 DONE 2.0s\n#2 b\n#2 -0.500 early\n", "0 #1 a -..-\n0 #1 a 0.000..-\n0 #1 a 0.000..2.000\n0 #2 b -..-\n0 #2 b 2.000..-\n0 #2 log@0 1.500 early\n\n");
    row("no progress", "hello\nworld\n", "");
}

void TestFilesText::plainOdd()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(parsePlain(text.toStdString())), expected);
}

void TestFilesText::plainCaps()
{
    FileCaps caps;
    caps.line = 16;
    // A line beyond the cap goes on where it was cut: nothing of the log is lost.
    const std::string text = "#1 a\n#1 0.100 0123456789abcdefghijklmnopqrstuvwxyz\n#1 DONE 1.0s\n";
    std::string log;
    PlainParser parser({}, caps);
    for (const PlainParser::Piece& piece : parser.push(text)) {
        if (const auto* appended = std::get_if<ev::LogAppended>(&piece.event)) {
            QCOMPARE(appended->offset, std::uint64_t(log.size()));
            log += appended->bytes;
        }
    }
    QCOMPARE(log, std::string("0123456789abcdefghijklmnopqrstuvwxyz\n"));
    caps = {};
    caps.steps = 2;
    QCOMPARE(parsePlain("#1 a\n#2 b\n#3 c\n#3 0.1 x\n#3 DONE 1.0s\n", 100, caps), parsePlain("#1 a\n#2 b\n"));
}

void TestFilesText::plainTimes()
{
    const auto file = opened(plainBuild);
    QVERIFY(file.ok());
    QCOMPARE(file->format, FileFormat::Plain);
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    QCOMPARE(build.source(), SourceKind::Plain);
    QCOMPARE(build.status(), BuildStatus::Completed);
    QCOMPARE(build.name(), std::string("build"));
    // The file's time is taken as the end; the build lasted 2.5 s.
    QCOMPARE(build.completed()->ns, saved.ns);
    QCOMPARE(build.started()->ns, saved.ns - 2'500'000'000);
    const Step* make = stepNamed(build, "[linux/amd64 base 2/2] RUN make");
    QCOMPARE(durationOf(build, *make, *build.completed()).ms(), std::int64_t(2000));
    QCOMPARE(logOf(*make), std::string("one\ntwo\n"));
    const Counters counters = countersOf(build);
    QCOMPARE(counters.total, 4);
    QCOMPARE(counters.cached, 1);
    QCOMPARE(counters.completed, 4);
    QCOMPARE(build.warnings.size(), std::size_t(1));
}

void TestFilesText::plainFailed()
{
    const auto file = opened("#1 [1/2] RUN false\n#1 0.5 out\n#1 ERROR: process \"false\" did not complete successfully: exit code: 1\n\n#2 [2/2] RUN x\n#2 CANCELED\n------\n > [1/2] RUN false:\n0.5 out\n"
                             "------\nDockerfile:2\n--------------------\n   1 |     FROM x\n   2 | >>> RUN false\n   3 |     \n--------------------\n"
                             "ERROR: failed to solve: process \"false\" did not complete successfully: exit code: 1\n");
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    QCOMPARE(build.status(), BuildStatus::Failed);
    QCOMPARE(build.error()->message, std::string("process \"false\" did not complete successfully: exit code: 1"));
    QCOMPARE(stateOf(build, build.steps[0]), StepState::Failed);
    QCOMPARE(stateOf(build, build.steps[1]), StepState::Canceled);
    QVERIFY(build.records[0].excerpt);
    QCOMPARE(build.records[0].excerpt->ranges.front().first, 2);
    // Without the client's last words the step's own error is the build's.
    const auto bare = opened("#1 [1/1] RUN false\n#1 ERROR: boom\n");
    QCOMPARE(onlyBuild(reduced(*bare)).error()->message, std::string("boom"));
}

void TestFilesText::github()
{
    const auto file = opened(githubLog(plainBuild));
    QVERIFY(file.ok());
    QCOMPARE(file->format, FileFormat::GitHubLog);
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    QCOMPARE(build.source(), SourceKind::GitHub);
    QCOMPARE(countersOf(build).total, 4);
    QCOMPARE(formatRfc3339(*build.started()), std::string("2025-12-04T08:20:02.1234567Z"));
    const Step* make = stepNamed(build, "[linux/amd64 base 2/2] RUN make");
    QCOMPARE(durationOf(build, *make, *build.completed()).ms(), std::int64_t(2000));
    QCOMPARE(formatRfc3339(make->log->line(0).time), std::string("2025-12-04T08:20:10.1234567Z"));
    QCOMPARE(logOf(*make), std::string("one\ntwo\n"));
}

void TestFilesText::githubNoise()
{
    // Other steps of the job: numbers that are no steps, errors that are not the build's.
    const auto file = opened(githubLog("##[group]Run tests\n#12 is an issue\nERROR: something else\n" + std::string(plainBuild) + "##[group]Next\nERROR: pip wants a venv\n"));
    const BuildSet set = reduced(*file);
    QCOMPARE(set.size(), std::size_t(1));
    QCOMPARE(countersOf(onlyBuild(set)).total, 4);
    QCOMPARE(onlyBuild(set).status(), BuildStatus::Completed);
    QVERIFY(!opened(githubLog("##[group]Run tests\n#12 is an issue\n")).ok());
}

void TestFilesText::githubLinesWithoutATime()
{
    // The runner stamps a message once, however many lines it has; what follows another step's line is not this step's.
    const std::string log = "2025-12-04T08:20:02.0000000Z #1 [linux/amd64 1/2] RUN make\n"
                            "2025-12-04T08:20:03.0000000Z #1 0.100 first\nsecond, of the same message\n#7 third\n\n"
                            "2025-12-04T08:20:04.0000000Z #1 1.100 fourth\n"
                            "2025-12-04T08:20:05.0000000Z #1 DONE 2.0s\nnobody's\n"
                            "2025-12-04T08:20:05.0000000Z #2 [linux/amd64 2/2] RUN test\n"
                            "2025-12-04T08:20:06.0000000Z #2 DONE 1.0s\n";
    for (const std::size_t portion : {std::size_t(1'000'000), std::size_t(7)})
        QCOMPARE(parsePlain(log, portion), parsePlain(log));
    const auto file = opened(log);
    QVERIFY(file.ok());
    const BuildSet set = reduced(*file);
    QCOMPARE(countersOf(onlyBuild(set)).total, 2);
    const Step* make = stepNamed(onlyBuild(set), "[linux/amd64 1/2] RUN make");
    QCOMPARE(logOf(*make), std::string("first\nsecond, of the same message\n#7 third\nfourth\n"));
    QCOMPARE(make->log->line(1).time, make->log->line(0).time);
    QVERIFY(logOf(*stepNamed(onlyBuild(set), "[linux/amd64 2/2] RUN test")).empty());
}

void TestFilesText::severalBuilds()
{
    const std::string another = "#1 [internal] load build definition from Other\n#1 DONE 0.1s\n\n#2 [1/1] RUN other\n#2 ERROR: boom\nERROR: failed to solve: boom\n";
    for (const bool announced : {true, false}) {
        const auto file = opened(githubLog(std::string(plainBuild) + (announced ? "#0 building with \"x\" instance\n\n" : "") + another));
        QVERIFY(file.ok());
        QCOMPARE(file->batches.size(), std::size_t(2));
        QVERIFY(file->batches[0].record.ref != file->batches[1].record.ref);
        const BuildSet set = reduced(*file);
        QCOMPARE(countersOf(*set.find(set.ids()[0])).total, 4);
        QCOMPARE(set.find(set.ids()[0])->status(), BuildStatus::Completed);
        QCOMPARE(countersOf(*set.find(set.ids()[1])).total, 2);
        QCOMPARE(set.find(set.ids()[1])->status(), BuildStatus::Failed);
    }
}

void TestFilesText::rawJson()
{
    const auto file = opened(rawBuild);
    QVERIFY(file.ok());
    QCOMPARE(file->format, FileFormat::RawJson);
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    QCOMPARE(build.source(), SourceKind::RawJson);
    QCOMPARE(build.status(), BuildStatus::Completed);
    QCOMPARE(durationOf(build, build.steps[1], *build.completed()).ms(), std::int64_t(4000));
    QCOMPARE(cacheOf(build, build.steps[0]), CacheState::Cached);
    QCOMPARE(build.steps[1].inputs.front().str(), std::string("sha256:a"));
    QCOMPARE(build.steps[1].log->streamBytes(2), std::uint64_t(6));
    QCOMPARE(build.steps[1].transfers.front().total, std::int64_t(9));
    const ev::WarningRaised& warning = build.warnings.at(0);
    QCOMPARE(warning.summary, std::string("bad"));
    QCOMPARE(warning.detail.at(0), std::string("worse"));
    QCOMPARE(warning.filename, std::string("Dockerfile"));
    QCOMPARE(warning.lines.at(0).second, 4);
}

void TestFilesText::rawJsonInPortions()
{
    const auto parse = [](std::size_t portion) {
        RawJsonParser parser;
        std::string out;
        std::string_view text = rawBuild;
        while (!text.empty()) {
            const auto events = parser.push(text.substr(0, portion));
            for (const Event& event : events.value())
                out += print(event) + "\n";
            text.remove_prefix(std::min(portion, text.size()));
        }
        parser.finish();
        return out;
    };
    const std::string whole = parse(100'000);
    QVERIFY(whole.find("sha256:b log@0") != std::string::npos);
    for (const std::size_t portion : {1, 2, 13})
        QCOMPARE(parse(portion), whole);
}

void TestFilesText::rawJsonFailed()
{
    const auto file = opened(std::string(rawBuild) + "Dockerfile:2\n--------------------\n   2 | >>> RUN y\n--------------------\nERROR: failed to build: failed to solve: Canceled: context canceled\n{not json}\n");
    QVERIFY(file.ok());
    const BuildSet set = reduced(*file);
    QCOMPARE(onlyBuild(set).status(), BuildStatus::Canceled);
    QCOMPARE(onlyBuild(set).records[0].excerpt->lines.size(), std::size_t(1));
}

void TestFilesText::rawJsonFaults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    QTest::newRow("other objects") << QByteArray("{\"hello\":1}\n") << int(ErrorKind::Unsupported);
    QTest::newRow("only cut") << QByteArray("{\"vertexes\":[") << int(ErrorKind::Unsupported);
    QTest::newRow("malformed") << QByteArray("{\"vertexes\":[,]}\n") << int(ErrorKind::BadInput);
    QTest::newRow("bad utf-8") << QByteArray("{\"vertexes\":[{\"name\":\"\xff\"}]}\n") << int(ErrorKind::BadInput);
    QTest::newRow("deep") << ("{\"vertexes\":" + QByteArray(1000, '[')) << int(ErrorKind::TooLarge);
    QTest::newRow("odd types") << QByteArray("{\"vertexes\":{\"a\":1},\"logs\":[1,null,\"x\"],\"statuses\":[[]],\"warnings\":[{}]}\n") << int(ErrorKind::Unsupported);
}

void TestFilesText::rawJsonFaults()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    const auto file = opened(text.toStdString());
    QVERIFY(!file.ok());
    QCOMPARE(int(file.error().kind), kind);
}

void TestFilesText::sniffs_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("warning") << QByteArray("WARNING: No output specified with docker-container driver.\n");
    QTest::newRow("bom") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("empty lines") << QByteArray("\n\r\n\n");
}

void TestFilesText::sniffs()
{
    QFETCH(QByteArray, before);
    const auto plain = opened(before.toStdString() + plainBuild);
    QVERIFY(plain.ok());
    QCOMPARE(plain->format, FileFormat::Plain);
    if (before.startsWith("\xEF"))
        return;
    const auto raw = opened(before.toStdString() + rawBuild);
    QVERIFY(raw.ok());
    QCOMPARE(raw->format, FileFormat::RawJson);
}

void TestFilesText::unendedText()
{
    const auto plain = opened("#1 [1/1] RUN x\n#1 0.5 text\n");
    QCOMPARE(onlyBuild(reduced(*plain)).status(), BuildStatus::Lost);
    std::string cut = rawBuild;
    cut.resize(cut.size() - 20);
    const auto raw = opened(cut);
    QVERIFY(raw.ok());
    QCOMPARE(raw->notes.size(), std::size_t(1));
    QCOMPARE(onlyBuild(reduced(*raw)).status(), BuildStatus::Lost);
}

void TestFilesText::refsComeFromContent()
{
    const auto one = opened(plainBuild), again = opened(plainBuild), other = opened(std::string(plainBuild) + "\n");
    QCOMPARE(one->batches[0].record.ref, again->batches[0].record.ref);
    QVERIFY(one->batches[0].record.ref != other->batches[0].record.ref);
    QCOMPARE(one->batches[0].record.worker, std::string("file:build.log"));
}

void TestFilesText::zippedLogs()
{
    const std::string log = githubLog(plainBuild);
    const auto file = openBuildBytes(pack({{"0_build (linux-amd64).txt", log, AE_IFREG, {}, false},
                                           {"1_test.txt", githubLog("no build\n"), AE_IFREG, {}, false},
                                           {"2_build (linux-arm64).txt", log, AE_IFREG, {}, false},
                                           {"build (linux-amd64)/", {}, AE_IFDIR, {}, false},
                                           {"build (linux-amd64)/3_Build.txt", log, AE_IFREG, {}, false},
                                           {"merge/4_Build and push.txt", log, AE_IFREG, {}, false}},
                                          Packing::Zip),
                                     "logs.zip", saved);
    QVERIFY2(file.ok(), file.ok() ? "" : file.error().detail.c_str());
    QCOMPARE(file->format, FileFormat::LogArchive);
    std::vector<std::string> names;
    const BuildSet set = reduced(*file);
    for (const BuildId& id : set.ids())
        names.push_back(set.find(id)->name());
    QCOMPARE(names, (std::vector<std::string>{"build (linux-amd64)", "build (linux-arm64)", "Build and push"}));
    QVERIFY(!openBuildBytes(pack({{"a.txt", "nothing", AE_IFREG, {}, false}}, Packing::Zip), "x.zip", saved).ok());
    QVERIFY(!openBuildBytes(pack({{"../a.txt", log, AE_IFREG, {}, false}}, Packing::Zip), "x.zip", saved).ok());
    QVERIFY(!openBuildBytes(pack({{"a.txt", log, AE_IFREG, {}, false}, {"a.txt", log, AE_IFREG, {}, false}}, Packing::Zip), "x.zip", saved).ok());
}

void TestFilesText::zippedRecord()
{
    const auto file = openBuildBytes(pack({{"acme~app~X.dockerbuild", smallDockerbuild(), AE_IFREG, {}, false}}, Packing::Zip), "artifact.zip", saved);
    QVERIFY(file.ok());
    QCOMPARE(onlyBuild(reduced(*file)).source(), SourceKind::Record);
    const std::string inner = pack({{"a.txt", plainBuild, AE_IFREG, {}, false}}, Packing::Zip);
    QVERIFY(!openBuildBytes(pack({{"inner.zip", inner, AE_IFREG, {}, false}}, Packing::Zip), "outer.zip", saved).ok());
}

void TestFilesText::textLimit()
{
    FileCaps caps;
    caps.textBytes = 100;
    QCOMPARE(int(opened(plainBuild, caps).error().kind), int(ErrorKind::TooLarge));
    caps = {};
    caps.jsonObject = 50;
    QCOMPARE(int(opened(rawBuild, caps).error().kind), int(ErrorKind::TooLarge));
}

void TestFilesText::survivesTruncation()
{
    for (const std::string& whole : {std::string(plainBuild), std::string(rawBuild), githubLog(plainBuild), pack({{"a.txt", plainBuild, AE_IFREG, {}, false}}, Packing::Zip)}) {
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto file = opened(whole.substr(0, length));
            QVERIFY(file ? !reduced(*file).ids().empty() : !file.error().detail.empty());
        }
    }
}

void TestFilesText::survivesMutation()
{
    std::mt19937 random(3);
    const std::vector<std::string> seeds{plainBuild, rawBuild, githubLog(plainBuild), pack({{"a.txt", plainBuild, AE_IFREG, {}, false}}, Packing::Zip)};
    for (int round = 0; round < 4000; ++round) {
        std::string text = seeds[random() % seeds.size()];
        for (int edits = 1 + int(random() % 4); edits > 0; --edits) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
            case 0: text[at] = char(random()); break;
            case 1: text.insert(at, text.substr(random() % text.size(), random() % 60)); break;
            default: text.erase(at, random() % 30); break;
            }
            if (text.empty())
                text = "#";
        }
        if (const auto file = opened(text))
            reduced(*file);
    }
}

QTEST_GUILESS_MAIN(TestFilesText)
#include "test_files_text.moc"
