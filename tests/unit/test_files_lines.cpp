// The small pieces of the text readers: single lines, JSON cut from a stream, the tail of a failure.
#include "sources/files/failure_tail.h"
#include "sources/files/json_fields.h"
#include "sources/files/json_splitter.h"
#include "sources/files/plain_line.h"

#include <QTest>

using namespace layerline;
using Kind = PlainLine::Kind;
Q_DECLARE_METATYPE(layerline::PlainLine::Kind)

class TestFilesLines : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbered_data();
    void numbered();
    void lines_data();
    void lines();
    void timestamps_data();
    void timestamps();
    void splitsJson_data();
    void splitsJson();
    void splitterCaps();
    void tailErrors_data();
    void tailErrors();
    void tailExcerpt();
    void jsonFields();
    void jsonFaults_data();
    void jsonFaults();
};

void TestFilesLines::numbered_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("rest");
    QTest::newRow("usual") << QStringLiteral("#12 [build 1/2] RUN x") << 12 << QStringLiteral("[build 1/2] RUN x");
    QTest::newRow("empty rest") << QStringLiteral("#3 ") << 3 << QString();
    QTest::newRow("bare") << QStringLiteral("#3") << 3 << QString();
    QTest::newRow("spaces kept") << QStringLiteral("#1   x ") << 1 << QStringLiteral("  x ");
    QTest::newRow("no number") << QStringLiteral("# comment") << -1 << QString();
    QTest::newRow("glued") << QStringLiteral("#12x") << -1 << QString();
    QTest::newRow("issue") << QStringLiteral("see #12 there") << -1 << QString();
    QTest::newRow("too large") << QStringLiteral("#99999999999 x") << -1 << QString();
    QTest::newRow("negative") << QStringLiteral("#-1 x") << -1 << QString();
    QTest::newRow("nothing") << QString() << -1 << QString();
}

void TestFilesLines::numbered()
{
    QFETCH(QString, line);
    QFETCH(int, number);
    QFETCH(QString, rest);
    const std::string text = line.toStdString();
    const auto split = splitNumbered(text);
    QCOMPARE(split ? split->number : -1, number);
    if (split)
        QCOMPARE(QString::fromStdString(std::string(split->rest)), rest);
}

void TestFilesLines::lines_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("seconds"); // -1 = none
    QTest::addColumn<qint64>("current");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<bool>("ended");
    const auto row = [](const char* rest, Kind kind, const char* text, double seconds = -1, qint64 current = 0, qint64 total = 0, bool ended = false) {
        QTest::newRow(rest) << QString::fromUtf8(rest) << kind << QString::fromUtf8(text) << seconds << current << total << ended;
    };
    row("...", Kind::Away, "...");
    row("CACHED", Kind::Cached, "CACHED");
    row("CANCELED", Kind::Canceled, "CANCELED");
    row("DONE", Kind::Done, "DONE");
    row("DONE 0.0s", Kind::Done, "DONE 0.0s", 0);
    row("DONE 1234.5s", Kind::Done, "DONE 1234.5s", 1234.5);
    row("DONE well", Kind::Status, "DONE well");
    row("ERROR: process \"x\" failed", Kind::Error, "process \"x\" failed");
    row("WARN: FromAsCasing: x", Kind::Warning, "FromAsCasing: x");
    row("0.097 text", Kind::Log, "text", 0.097);
    row("0.097 ", Kind::Log, "", 0.097);
    row("0.097", Kind::Log, "", 0.097);
    row("12.34  indented", Kind::Log, " indented", 12.34);
    row("123.4 CACHED", Kind::Log, "CACHED", 123.4);
    row("-0.012 early", Kind::Log, "early", -0.012);
    row("3.14159 is no time", Kind::Status, "3.14159 is no time");
    row("3 apples", Kind::Status, "3 apples");
    row("3.x", Kind::Status, "3.x");
    row("sha256:ab 1.20MB / 3.40MB 0.5s", Kind::Status, "sha256:ab", 0.5, 1'200'000, 3'400'000);
    row("sha256:ab 3.40MB / 3.40MB 0.5s done", Kind::Status, "sha256:ab", 0.5, 3'400'000, 3'400'000, true);
    row("sha256:ab 0B / 123B", Kind::Status, "sha256:ab", -1, 0, 123);
    row("transferring context: 2.00MB 0.1s done", Kind::Status, "transferring context:", 0.1, 2'000'000, 0, true);
    row("transferring context: 2B done", Kind::Status, "transferring context:", -1, 2, 0, true);
    row("transferring dockerfile: 14.54kB", Kind::Status, "transferring dockerfile:", -1, 14'540);
    row("extracting sha256:ab 0.3s done", Kind::Status, "extracting sha256:ab", 0.3, 0, 0, true);
    row("naming to docker.io/library/x done", Kind::Status, "naming to docker.io/library/x", -1, 0, 0, true);
    row("exporting layers", Kind::Status, "exporting layers");
    row("5.00GB", Kind::Status, "5.00GB");
    row("done", Kind::Status, "done");
    row("", Kind::Status, "");
    row("x 99999999999999999999MB", Kind::Status, "x 99999999999999999999MB");
    row("x 1.2MB / huge", Kind::Status, "x 1.2MB / huge");
}

void TestFilesLines::lines()
{
    QFETCH(QString, rest);
    QFETCH(Kind, kind);
    QFETCH(QString, text);
    QFETCH(double, seconds);
    QFETCH(qint64, current);
    QFETCH(qint64, total);
    QFETCH(bool, ended);
    const std::string bytes = rest.toStdString();
    const PlainLine line = parsePlainLine(bytes);
    QCOMPARE(int(line.kind), int(kind));
    QCOMPARE(QString::fromStdString(std::string(line.text)), text);
    QCOMPARE(line.seconds ? line.seconds->seconds() : -1, seconds);
    QCOMPARE(qint64(line.current), current);
    QCOMPARE(qint64(line.total), total);
    QCOMPARE(line.ended, ended);
}

void TestFilesLines::timestamps_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<QString>("rest");
    QTest::newRow("github") << QStringLiteral("2025-12-04T08:20:57.3619920Z #1 x") << qint64(1764836457361992000) << QStringLiteral("#1 x");
    QTest::newRow("no fraction") << QStringLiteral("2025-12-04T08:20:57Z x") << qint64(1764836457000000000) << QStringLiteral("x");
    QTest::newRow("nothing behind") << QStringLiteral("2025-12-04T08:20:57.3619920Z ") << qint64(1764836457361992000) << QString();
    QTest::newRow("bare") << QStringLiteral("2025-12-04T08:20:57.3619920Z") << qint64(1764836457361992000) << QString();
    QTest::newRow("other zone") << QStringLiteral("2025-12-04T08:20:57+01:00 x") << qint64(0) << QStringLiteral("2025-12-04T08:20:57+01:00 x");
    QTest::newRow("impossible") << QStringLiteral("2025-99-04T08:20:57Z x") << qint64(0) << QStringLiteral("2025-99-04T08:20:57Z x");
    QTest::newRow("text") << QStringLiteral("2025 was a year") << qint64(0) << QStringLiteral("2025 was a year");
}

void TestFilesLines::timestamps()
{
    QFETCH(QString, line);
    QFETCH(qint64, ns);
    QFETCH(QString, rest);
    const std::string bytes = line.toStdString();
    std::string_view view = bytes;
    QCOMPARE(qint64(takeTimestamp(view).value_or(Timestamp{}).ns), ns);
    QCOMPARE(QString::fromStdString(std::string(view)), rest);
}

namespace {

/// Objects as "<...>", lines of text as "'...'"; pushed in portions of `size` bytes.
std::string cut(std::string_view stream, std::size_t size, JsonSplitter splitter = JsonSplitter(1000, 64))
{
    std::string out;
    const auto text = [&](std::string_view line) { out += "'" + std::string(line) + "'"; };
    while (!stream.empty()) {
        const auto pushed = splitter.push(
            stream.substr(0, size), [&](std::string_view object) { out += "<" + std::string(object) + ">"; return Result<void>(); }, text);
        if (!pushed)
            return out + "!" + pushed.error().detail;
        stream.remove_prefix(std::min(size, stream.size()));
    }
    splitter.finish(text);
    return out + (splitter.insideObject() ? "..." : "");
}

} // namespace

void TestFilesLines::splitsJson_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("lines") << QByteArray("{\"a\":1}\n{\"b\":2}\n") << QByteArray("<{\"a\":1}><{\"b\":2}>");
    QTest::newRow("one behind the other") << QByteArray("{}{}") << QByteArray("<{}><{}>");
    QTest::newRow("pretty") << QByteArray("{\n  \"a\": [\n    1\n  ]\n}\n{}\n") << QByteArray("<{\n  \"a\": [\n    1\n  ]\n}><{}>");
    QTest::newRow("braces in text") << QByteArray("{\"a\":\"}{\\\"}\"}\n") << QByteArray("<{\"a\":\"}{\\\"}\"}>");
    QTest::newRow("escaped backslash") << QByteArray("{\"a\":\"\\\\\"}x") << QByteArray("<{\"a\":\"\\\\\"}>'x'");
    QTest::newRow("text behind") << QByteArray("{}\nDockerfile:3\n   1 | RUN {x}\nERROR: no\n") << QByteArray("<{}>'Dockerfile:3''   1 | RUN {x}''ERROR: no'");
    QTest::newRow("text before") << QByteArray("WARNING: {\r\n{}\r\n") << QByteArray("'WARNING: {'<{}>");
    QTest::newRow("last line open") << QByteArray("{}\nERROR: x") << QByteArray("<{}>'ERROR: x'");
    QTest::newRow("cut") << QByteArray("{}\n{\"a\":[") << QByteArray("<{}>...");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestFilesLines::splitsJson()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, expected);
    for (const std::size_t size : {std::size_t(1), std::size_t(2), std::size_t(7), std::size_t(10'000)})
        QCOMPARE(QByteArray::fromStdString(cut(stream.toStdString(), size)), expected);
}

void TestFilesLines::splitterCaps()
{
    QVERIFY(cut("{\"a\":\"" + std::string(2000, 'x') + "\"}", 100).find("!a JSON object or line of more than 1000 bytes") != std::string::npos);
    QVERIFY(cut(std::string(2000, 'x'), 100).find("of more than 1000 bytes") != std::string::npos);
    QVERIFY(cut("{" + std::string(200, '['), 10).find("nested deeper than 64") != std::string::npos);
    QCOMPARE(cut("{[[[]]]}", 3, JsonSplitter(100, 4)), std::string("<{[[[]]]}>"));
}

void TestFilesLines::tailErrors_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("new") << QStringLiteral("ERROR: failed to build: failed to solve: exit code: 3") << 2 << QStringLiteral("exit code: 3");
    QTest::newRow("old") << QStringLiteral("ERROR: failed to solve: exit code: 3") << 2 << QStringLiteral("exit code: 3");
    QTest::newRow("canceled") << QStringLiteral("ERROR: failed to build: failed to solve: Canceled: context canceled") << 1 << QStringLiteral("context canceled");
    QTest::newRow("canceled early") << QStringLiteral("ERROR: context canceled") << 1 << QStringLiteral("context canceled");
    QTest::newRow("grpc") << QStringLiteral("ERROR: failed to solve: rpc error: code = Unknown desc = boom") << 2 << QStringLiteral("boom");
    QTest::newRow("bake") << QStringLiteral("ERROR: target app: failed to solve: boom") << 2 << QStringLiteral("target app: failed to solve: boom");
    QTest::newRow("other") << QStringLiteral("ERROR: no builder \"x\" found") << 2 << QStringLiteral("no builder \"x\" found");
    QTest::newRow("none") << QStringLiteral("error: x") << 0 << QString();
    QTest::newRow("bare") << QStringLiteral("ERROR: ") << 0 << QString();
}

void TestFilesLines::tailErrors()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QString, message);
    FailureTail tail;
    tail.line("View build details: x");
    tail.line(line.toStdString());
    QCOMPARE(tail.error() ? tail.error()->code : 0, code);
    if (tail.error())
        QCOMPARE(QString::fromStdString(tail.error()->message), message);
}

void TestFilesLines::tailExcerpt()
{
    FailureTail tail;
    for (const char* line : {"------", " > [3/4] RUN false:", "0.1 output", "------", "app/Dockerfile.fail:5", "--------------------", "   3 |     COPY a /",
                             "   4 |     ", "   5 | >>> RUN false && \\", "   6 | >>>   true", "   7 |     RUN x | y", "--------------------", "ERROR: failed to solve: boom"})
        tail.line(line);
    const auto excerpt = tail.excerpt();
    QVERIFY(excerpt);
    QCOMPARE(excerpt->filename, std::string("app/Dockerfile.fail"));
    QCOMPARE(excerpt->firstLine, 3);
    const std::vector<std::string> lines{"COPY a /", "", "RUN false && \\", "  true", "RUN x | y"};
    QCOMPARE(excerpt->lines, lines);
    const std::vector<std::pair<int, int>> ranges{{5, 6}};
    QCOMPARE(excerpt->ranges, ranges);
    QVERIFY(tail.error());

    FailureTail none;
    for (const char* line : {"note: see x:5", "not a rule", "--------------------", "   1 | a"})
        none.line(line);
    QVERIFY(!none.excerpt());
}

void TestFilesLines::jsonFields()
{
    const auto parsed = json::parse(R"({"media_type":"a","Size":"12","size2":-3,"big":18446744073709551615,"flag":true,"off":null,
        "map":{"a":"1","b":2},"list":[1,2],"data":"aGk=","bad":"!!","inner":{"deep":{"x":"y"}}})");
    QVERIFY(parsed.ok());
    QCOMPARE(json::text(*parsed, "mediaType"), std::string("a"));
    QCOMPARE(json::text(*parsed, "size2"), std::string());
    QCOMPARE(json::integer(*parsed, "size"), std::int64_t(12));
    QCOMPARE(json::integer(*parsed, "size2"), std::int64_t(-3));
    QCOMPARE(json::integer(*parsed, "big"), std::int64_t(INT64_MAX));
    QCOMPARE(json::integer(*parsed, "media_type", 7), std::int64_t(7));
    QCOMPARE(json::integer(*parsed, "absent", 7), std::int64_t(7));
    QVERIFY(json::boolean(*parsed, "flag") && !json::boolean(*parsed, "off") && !json::boolean(*parsed, "map"));
    QVERIFY(!json::member(*parsed, "off"));
    QCOMPARE(json::textMap(*parsed, "map").size(), std::size_t(1));
    QCOMPARE(json::array(*parsed, "list").size(), std::size_t(2));
    QVERIFY(json::array(*parsed, "map").empty());
    QCOMPARE(json::bytes(*parsed, "data"), std::string("hi"));
    QCOMPARE(json::bytes(*parsed, "bad"), std::string());
    QVERIFY(json::member(*parsed, {"inner", "deep", "x"}));
    QVERIFY(!json::member(*parsed, {"inner", "flat", "x"}));
}

void TestFilesLines::jsonFaults_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<int>("kind");
    QTest::newRow("empty") << QByteArray() << int(ErrorKind::BadInput);
    QTest::newRow("cut") << QByteArray("{\"a\":") << int(ErrorKind::BadInput);
    QTest::newRow("bad utf-8") << QByteArray("\"\xc3\x28\"") << int(ErrorKind::BadInput);
    QTest::newRow("overlong") << QByteArray("\"\xc0\xaf\"") << int(ErrorKind::BadInput);
    QTest::newRow("surrogate") << QByteArray("\"\\ud800\"") << int(ErrorKind::BadInput);
    QTest::newRow("control") << QByteArray("\"\x01\"") << int(ErrorKind::BadInput);
    QTest::newRow("deep") << QByteArray(1'000'000, '[') << int(ErrorKind::TooLarge);
    QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(100) << int(ErrorKind::TooLarge);
    QTest::newRow("brackets in text") << ("\"" + QByteArray(1000, '[') + "\\\"[\"") << -1;
}

void TestFilesLines::jsonFaults()
{
    QFETCH(QByteArray, document);
    QFETCH(int, kind);
    const auto parsed = json::parse({document.constData(), std::size_t(document.size())});
    QCOMPARE(parsed ? -1 : int(parsed.error().kind), kind);
}

QTEST_GUILESS_MAIN(TestFilesLines)
#include "test_files_lines.moc"
