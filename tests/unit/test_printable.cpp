// What strangers wrote reaches a terminal as text only: every character there is, then every report about a build made of
// nothing but hostile names, then the commands themselves.
#include "analysis/report.h"
#include "analysis/run_report.h"
#include "app/cli/release_text.h"
#include "support/event_builder.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <random>

using namespace layerline;
using test::EventBuilder;
using Json = nlohmann::ordered_json;

namespace {

/// Written from Unicode's tables, not from the program's.
bool acts(char32_t point)
{
    const bool control = (point < 0x20 && point != '\n') || (point >= 0x7F && point < 0xA0);
    const bool bidirectional = point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return control || bidirectional || point == 0x2028 || point == 0x2029;
}

std::string utf8(char32_t point)
{
    return QString::fromUcs4(&point, 1).toStdString();
}

/// The first character of `text` that acts, as "U+009B"; empty when there is none.
QString actingIn(const std::string& text)
{
    for (const char32_t point : QString::fromStdString(text).toStdU32String()) {
        if (acts(point))
            return QStringLiteral("U+%1").arg(uint(point), 4, 16, QLatin1Char('0'));
    }
    return {};
}

/// What goes through printableText() may keep its tabs.
QString actingInText(std::string text)
{
    std::replace(text.begin(), text.end(), '\t', ' ');
    return actingIn(text);
}

/// Without the colors the reports set themselves.
std::string uncolored(const std::string& text)
{
    static const QRegularExpression color(QStringLiteral("\x1b\\[[0-9;]*m"));
    return QString::fromStdString(text).remove(color).toStdString();
}

/// Everything that acts, in an order of its own, around a word.
class Hostile {
public:
    std::string operator()(const std::string& word)
    {
        std::string out = word;
        for (int i = 0; i < 12; ++i)
            out += m_all[m_random() % m_all.size()] + (i % 3 == 0 ? word : std::string());
        return out + "\x1b]0;title\x07\x1b[2J\x9b" "1A\xff";
    }

private:
    std::mt19937 m_random{20261121};
    std::vector<std::string> m_all = [] {
        std::vector<std::string> all;
        for (char32_t point = 1; point < 0x2100; ++point) {
            if (acts(point))
                all.push_back(utf8(point));
        }
        return all;
    }();
};

EventBuilder hostileBuild(Hostile& evil)
{
    EventBuilder events(evil("ref1"), evil("worker"));
    events.started(0, evil("multi"));
    ev::RecordUpdated record;
    record.builder = evil("multi");
    record.node = evil("node");
    record.frontendAttrs = {{"build-arg:" + evil("ARG"), evil("value")}, {"target", evil("app")}, {"filename", evil("Dockerfile")}, {"vcs:source", evil("https://x/y")}};
    record.exporters = {{"image", {{"name", evil("r/shop:1")}}}};
    record.results = {{evil("linux/amd64"), {evil("type"), evil("sha256:aa"), 1}}};
    record.localState = LocalState{evil("app"), evil("/home/me"), evil("/home/me/Dockerfile"), ""};
    events.event(record);
    const std::string first = evil("a"), second = evil("b");
    events.step(first, "[linux/amd64 build 1/2] " + evil("FROM base")).run(first, 1, 2, true);
    events.step(second, "[linux/amd64 build 2/2] " + evil("RUN make"), {first}).run(second, 2, 6, false, evil("exit code: 1"));
    events.log(second, 3, evil("first") + "\n" + evil("second") + "\r\n").transfer(second, evil("sha256:x"), 10, 20, 1.5);
    ev::WarningRaised warning;
    warning.summary = evil("FromAsCasing");
    warning.filename = evil("Dockerfile");
    events.event(warning);
    ev::ProvenanceRead provenance;
    provenance.platform = evil("linux/amd64");
    provenance.materials = {{evil("pkg:docker/alpine@3"), evil("sha256:cc")}};
    events.event(provenance).completed(7, 2, evil("failed to solve"));
    return events;
}

} // namespace

class TestPrintable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCharacter()
    {
        for (char32_t point = 0; point <= 0x10FFFF; ++point) {
            if (point >= 0xD800 && point < 0xE000)
                continue;
            const std::string text = "a" + (point == 0 ? std::string(1, '\0') : utf8(point)) + "b";
            const bool kept = point == '\n' || point == '\t';
            const std::string shown = printableText(text), line = printableLine(text);
            if (acts(point) && !kept)
                QVERIFY2(shown == "a\xEF\xBF\xBD" "b" && actingIn(line).isEmpty(), text.c_str());
            else
                QVERIFY2(shown == text && (kept ? line == "a b" : line == text), text.c_str());
            if (point > 0xFFFF && point % 256 != 0)
                continue; // a document each takes its time
            const std::string json = printableJson(Json{{text, Json::array({text})}}, point % 2 == 0 ? 2 : -1);
            QVERIFY2(actingIn(json).isEmpty(), json.c_str());
            const Json back = Json::parse(json, nullptr, false);
            QVERIFY2(back.contains(text) && back[text][0] == Json(text), json.c_str());
        }
    }
    void bytesThatAreNoText()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes;
            for (unsigned i = random() % 40; i > 0; --i)
                bytes += char(random());
            const std::string shown = printableText(bytes);
            QCOMPARE(QString::fromStdString(shown).toStdString(), shown); // valid UTF-8
            QString acting = actingIn(shown);
            QVERIFY2(acting.isEmpty() || acting == QLatin1String("U+0009") || (acting == QLatin1String("U+000d") && shown.find("\r\n") != std::string::npos), qPrintable(acting));
            QVERIFY(actingIn(printableLine(bytes)).isEmpty());
            QVERIFY(actingIn(printableJson(Json(bytes))).isEmpty());
        }
    }
    void linesStayLines()
    {
        QCOMPARE(printableText("+\tRUN x\r\n-\ry\n"), std::string("+\tRUN x\r\n-\xEF\xBF\xBDy\n")); // a file with CRLF in a difference
        QCOMPARE(printableText("\x1b[31mred\x1b[0m\n"), std::string("red\n"));
        QCOMPARE(printableJson(Json{{"a", "\x7f\xc2\x9b"}}, -1), std::string("{\"a\":\"\\u007f\\u009b\"}"));
    }

    void reportsOfBuilds()
    {
        Hostile evil;
        for (int round = 0; round < 50; ++round) {
            BuildSet set;
            const EventBuilder events = hostileBuild(evil);
            const Build& build = events.into(set);
            for (const bool color : {false, true}) {
                QVERIFY2(actingIn(uncolored(showText(build, EventBuilder::at(9), color))).isEmpty(), qPrintable(actingIn(uncolored(showText(build, EventBuilder::at(9), color)))));
                QCOMPARE(actingIn(uncolored(buildsText({&build}, EventBuilder::at(9), color))), QString());
                for (const Event& event : events.batch().events)
                    QCOMPARE(actingIn(uncolored(eventText(events.batch().record, event, &build, color))), QString());
            }
            QVERIFY(showText(build, EventBuilder::at(9), false).find('\x1b') == std::string::npos);
            QCOMPARE(actingIn(printableJson(showJson(build, EventBuilder::at(9)))), QString());
            for (const Event& event : events.batch().events)
                QCOMPARE(actingIn(jsonLine(eventJson(events.batch().record, event, &build))), QString());
        }
    }
    void reportsOfRunsAndTags()
    {
        Hostile evil;
        Run run;
        run.workflow = evil("Docker");
        run.title = evil("Fix it");
        run.branch = evil("main");
        run.actor = evil("mira");
        RunJob job;
        job.name = evil("build (linux/arm64)");
        job.runnerName = evil("runner");
        job.labels = {evil("ubuntu-24.04-arm")};
        run.jobs = {job};
        QCOMPARE(actingInText(printableText(runsText({run}, EventBuilder::at(9), true))), QString());
        QCOMPARE(actingIn(printableJson(runJson(run, EventBuilder::at(9)))), QString());
        PublishedTag tag;
        tag.tag = evil("latest");
        tag.digest = evil("sha256:aa");
        QCOMPARE(actingInText(printableText(historyText(evil("r/shop"), evil("1"), {}, {tag}))), QString());
    }

    /// One way out: what a command prints has gone through cli/output.
    void commandsPrintOneWay()
    {
        static const QRegularExpression past(QStringLiteral("std::(v?printf|puts|putchar|cout)\\b|std::f(puts|write|putc|printf)\\([^;]*stdout|\\.dump\\("));
        QStringList wrong;
        int files = 0;
        for (QDirIterator it(QStringLiteral(LAYERLINE_SOURCE_DIR "/app/cli"), {QStringLiteral("*.cpp")}); it.hasNext();) {
            QFile file(it.next());
            if (it.fileName() == QLatin1String("output.cpp"))
                continue;
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++files;
            int number = 0;
            for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
                ++number;
                if (line.contains(past))
                    wrong << QStringLiteral("%1:%2: %3").arg(it.fileName()).arg(number).arg(line.trimmed());
            }
        }
        QVERIFY(files > 15);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_APPLESS_MAIN(TestPrintable)
#include "test_printable.moc"
