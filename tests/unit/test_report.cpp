#include "analysis/report.h"
#include "domain/secret_names.h"
#include "support/event_builder.h"

#include <QtTest>

using namespace layerline;
using test::EventBuilder;
using Json = nlohmann::ordered_json;

namespace {

const Timestamp wall = EventBuilder::at(1000);

EventBuilder twoPlatforms()
{
    EventBuilder events("ref1", "worker1");
    ev::RecordUpdated attrs;
    attrs.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}, {"build-arg:GO_VERSION", "1.22"},
                           {"build-arg:PROXY", "http://me:pw@proxy:1/"}, {"target", "app"}};
    events.started(0).event(attrs);
    events.step("a", "[linux/amd64 build 1/2] FROM base").run("a", 1, 2, true);
    events.step("b", "[linux/amd64 build 2/2] RUN use hunter2hunter2", {"a"}).run("b", 2, 6);
    events.step("c", "[linux/arm64 build 1/2] FROM base").run("c", 1, 2);
    events.step("d", "[linux/arm64 build 2/2] RUN use hunter2hunter2", {"c"}).begin("d", 2);
    events.log("d", 3, "first\nbad \xff byte\n").transfer("c", "sha256:x", 10, 20, 1.5);
    return events;
}

const Json* stepOf(const Json& build, const std::string& digest)
{
    for (const Json& step : build["steps"]) {
        if (step["digest"] == digest)
            return &step;
    }
    return nullptr;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharedStepsOfPlatformsAreSaid()
    {
        const std::string said = "1 step serves several platforms and counts in each of them.";
        BuildSet set, other;
        EventBuilder events = twoPlatforms();
        events.step("s", "[assets 1/1] RUN bundle").run("s", 1, 2);
        events.step("e", "[linux/amd64 build 3/3] COPY --from=assets / /", {"b", "s"}).step("f", "[linux/arm64 build 3/3] COPY --from=assets / /", {"d", "s"});
        const std::string text = showText(events.into(set), wall, false);
        QVERIFY2(text.find(said) != std::string::npos, text.c_str());
        QVERIFY(showText(twoPlatforms().into(other), wall, false).find("several platforms") == std::string::npos);
    }
    void documentHasEveryPromisedField()
    {
        BuildSet set;
        const Json build = showJson(twoPlatforms().into(set), wall);
        for (const char* field : {"ref", "records", "inferred_group", "source", "name", "status", "started", "completed", "duration_ms",
                                  "total_steps", "completed_steps", "cached_steps", "error", "platforms", "steps", "critical_path",
                                  "critical_path_ms", "warnings", "estimate"})
            QVERIFY2(build.contains(field), field);
        for (const char* field : {"platform", "execution", "steps", "cached", "failed", "busy_ms", "wall_ms"})
            QVERIFY2(build["platforms"][0].contains(field), field);
        for (const char* field : {"digest", "name", "needed_by", "runs_on", "execution", "stages", "instruction", "state", "cache",
                                  "intervals", "duration_ms", "inputs", "log_lines", "log_bytes", "transfers", "error"})
            QVERIFY2(build["steps"][0].contains(field), field);
        const Json document = buildsDocument({build});
        QCOMPARE(document["schema"].get<int>(), 1);
        QCOMPARE(document["builds"].size(), std::size_t(1));
        QCOMPARE(document["builds"][0]["ref"].get<std::string>(), std::string("ref1"));
    }

    void runningBuild()
    {
        BuildSet set;
        const Json build = showJson(twoPlatforms().into(set), EventBuilder::at(12));
        QCOMPARE(build["records"], Json::array({Json{{"builder", "default"}, {"node", "default0"}, {"worker", "worker1"}, {"ref", "ref1"}}}));
        QCOMPARE(build["status"].get<std::string>(), std::string("running"));
        QVERIFY(build["completed"].is_null() && build["error"].is_null());
        QCOMPARE(build["started"].get<std::string>(), formatRfc3339(EventBuilder::at(0)));
        QCOMPARE(build["duration_ms"].get<int>(), 12000);
        QCOMPARE(build["total_steps"].get<int>(), 4);
        QCOMPARE(build["steps"].size(), std::size_t(4));
        QCOMPARE(build["completed_steps"].get<int>(), 3);
        QCOMPARE(build["cached_steps"].get<int>(), 1);
        const Json& d = *stepOf(build, "d");
        QCOMPARE(d["state"].get<std::string>(), std::string("running"));
        QCOMPARE(d["duration_ms"].get<int>(), 10000);
        QVERIFY(d["intervals"][0]["completed"].is_null());
        QCOMPARE(d["needed_by"], Json::array({"linux/arm64"}));
        QCOMPARE(d["runs_on"].get<std::string>(), std::string("linux/arm64"));
        QCOMPARE(d["execution"].get<std::string>(), std::string("emulated"));
        QCOMPARE(d["inputs"], Json::array({"c"}));
        QCOMPARE(d["log_lines"].get<int>(), 2);
        QCOMPARE(d["log_bytes"].get<int>(), 17);
        QCOMPARE(d["stages"], Json::array({Json{{"stage", "build"}, {"index", 2}, {"count", 2}}}));
        QCOMPARE((*stepOf(build, "c"))["transfers"], Json::array({Json{{"id", "sha256:x"}, {"current", 10}, {"total", 20}}}));
        QCOMPARE((*stepOf(build, "a"))["state"].get<std::string>(), std::string("cached"));
        QCOMPARE(build["critical_path"].back().get<std::string>(), std::string("d"));
    }

    void failedBuild()
    {
        EventBuilder events = twoPlatforms();
        for (int i = 0; i < 30; ++i)
            events.log("d", 4, "line " + std::to_string(i) + " hunter2hunter2\n");
        events.run("d", 2, 9, false, "exit code: 1").completed(10, 2, "failed to solve: exit code: 1");
        events.event(ev::ExcerptRead{{"Dockerfile", "dockerfile", 3, {"RUN x", "RUN y"}, {{4, 4}}}});
        events.event(ev::WarningRaised{StepDigest("a"), 1, "JSONArgsRecommended", {"more"}, "https://docs", "Dockerfile", {{7, 8}}});
        BuildSet set;
        const Json build = showJson(events.into(set), wall);
        QCOMPARE(build["status"].get<std::string>(), std::string("failed"));
        QCOMPARE(build["duration_ms"].get<int>(), 10000);
        const Json& error = build["error"];
        QCOMPARE(error["message"].get<std::string>(), std::string("failed to solve: exit code: 1"));
        QCOMPARE(error["step"].get<std::string>(), std::string("d"));
        QCOMPARE(error["log_tail"].size(), std::size_t(20));
        QCOMPARE(error["log_tail"].back().get<std::string>(), std::string("line 29 ") + secretMask);
        QCOMPARE(error["excerpt"]["first_line"].get<int>(), 3);
        QCOMPARE(error["excerpt"]["ranges"], Json::array({Json::array({4, 4})}));
        QCOMPARE(build["warnings"][0]["summary"].get<std::string>(), std::string("JSONArgsRecommended"));
        QCOMPARE(build["warnings"][0]["lines"], Json::array({Json::array({7, 8})}));
        QVERIFY(jsonLine(build).find('\n') == std::string::npos);
    }

    void secretsAreMasked()
    {
        BuildSet set;
        const Build& build = twoPlatforms().into(set);
        const Json json = showJson(build, wall);
        QCOMPARE(json["build_args"]["NPM_TOKEN"].get<std::string>(), std::string("••••"));
        QCOMPARE(json["build_args"]["PROXY"].get<std::string>(), std::string("••••"));
        QCOMPARE(json["build_args"]["GO_VERSION"].get<std::string>(), std::string("1.22"));
        QCOMPARE((*stepOf(json, "b"))["name"].get<std::string>(), std::string("[linux/amd64 build 2/2] RUN use ••••"));
        for (const std::string& text : {jsonLine(json), jsonLine(buildSummaryJson(build, wall)), showText(build, wall, true),
                                        buildsText({&build}, wall, false)}) {
            QVERIFY(text.find("hunter2") == std::string::npos);
            QVERIFY(text.find("me:pw") == std::string::npos);
        }
    }

    void summaryLeavesOutSteps()
    {
        BuildSet set;
        const Json build = buildSummaryJson(twoPlatforms().into(set), wall);
        QVERIFY(!build.contains("steps") && !build.contains("critical_path"));
        QCOMPARE(build["platforms"].size(), std::size_t(2));
        QCOMPARE(build["total_steps"].get<int>(), 4);
    }

    void unreadBuildsListWhatTheirRecordsReport()
    {
        EventBuilder events;
        ev::RecordUpdated info;
        info.complete = true;
        info.reportedTotal = 12;
        info.reportedCompleted = 11;
        info.reportedCached = 10;
        info.frontendAttrs["platform"] = "linux/arm64,linux/amd64";
        BuildSet set;
        const Build& build = events.started(0).event(info).into(set);
        QCOMPARE(buildSummaryJson(build, wall)["total_steps"].get<int>(), 12);
        QCOMPARE(buildSummaryJson(build, wall)["cached_steps"].get<int>(), 10);
        QVERIFY(buildsText({&build}, wall, false).find("11/12") != std::string::npos);
        QVERIFY(buildsText({&build}, wall, false).find("amd64,arm64") != std::string::npos);
        QCOMPARE(showJson(build, wall)["total_steps"].get<int>(), 0); // the number of its steps
    }

    void theRestOfARunningBuild()
    {
        BuildSet set;
        const Build& build = twoPlatforms().into(set);
        QVERIFY(showJson(build, wall)["estimate"].is_null() && buildSummaryJson(build, wall)["estimate"].is_null());
        const auto seconds = [](int value) { return Duration{value * std::int64_t(1'000'000'000)}; };
        BuildEstimate estimate;
        estimate.left = {seconds(40), seconds(60), seconds(90)};
        estimate.lanes[Platform{"linux", "arm64", ""}] = {seconds(30), seconds(50), seconds(80)};
        estimate.builds = 3;
        const Json expected{{"remaining_ms", 60000}, {"low_ms", 40000}, {"high_ms", 90000}, {"basis", "history"}, {"builds", 3},
                            {"platforms", Json::array({Json{{"platform", "linux/arm64"}, {"remaining_ms", 50000}, {"low_ms", 30000}, {"high_ms", 80000}}})},
                            {"slow_steps", Json::array()}};
        QCOMPARE(jsonLine(showJson(build, wall, estimate)["estimate"]), jsonLine(expected));
        QCOMPARE(jsonLine(buildSummaryJson(build, wall, estimate)["estimate"]), jsonLine(expected));
        estimate.basis = EstimateBasis::Sibling;
        estimate.steps[build.find(0, StepDigest("d"))].slow = true;
        const Json event = estimateEventJson({"worker1", "ref1"}, build, estimate);
        QCOMPARE(event["event"].get<std::string>(), std::string("estimate"));
        QCOMPARE(event["build"].get<std::string>(), std::string("ref1"));
        QCOMPARE(event["basis"].get<std::string>(), std::string("sibling"));
        QCOMPARE(event["slow_steps"], Json::array({"d"}));
    }

    void everyEventIsOneLine()
    {
        const RecordKey key{"w", "r"};
        ev::RecordUpdated info;
        const std::string started = jsonLine(eventJson(key, info, nullptr, true));
        QVERIFY(started.starts_with("{\"schema\":1,\"event\":\"build-started\",\"build\":\"r\",\"worker\":\"w\","));
        QCOMPARE(eventJson(key, info)["event"].get<std::string>(), std::string("build-updated"));
        info.complete = true;
        info.error = BuildError{1, "canceled"};
        QCOMPARE(eventJson(key, info)["event"].get<std::string>(), std::string("build-completed"));
        QCOMPARE(eventJson(key, info)["error"]["code"].get<int>(), 1);
        QCOMPARE(eventJson(key, ev::RecordRemoved{})["event"].get<std::string>(), std::string("build-removed"));
        const Json log = eventJson(key, ev::LogAppended{StepDigest("d"), 2, 5, EventBuilder::at(1), "a\xff\n"});
        QCOMPARE(log["event"].get<std::string>(), std::string("log"));
        QCOMPARE(log["stream"].get<int>(), 2);
        QCOMPARE(log["text"].get<std::string>(), std::string("a\uFFFD\n"));
        QCOMPARE(jsonLine(log).find('\n'), std::string::npos);
        Build build;
        build.records.resize(1);
        build.records[0].info.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}};
        const Json secret = eventJson(key, ev::LogAppended{StepDigest("d"), 1, 0, EventBuilder::at(1), "is hunter2hunter2 and ghp_0123456789\n"}, &build);
        QCOMPARE(secret["text"].get<std::string>(), "is " + std::string(secretMask) + " and " + secretMask + "\n");
        const Json step = eventJson(key, ev::StepUpdated{StepDigest("d"), "RUN x", {StepDigest("i")}, true, EventBuilder::at(1)});
        QCOMPARE(step["inputs"], Json::array({"i"}));
        QCOMPARE(step["cached"].get<bool>(), true);
        QVERIFY(step["completed"].is_null() && step["error"].is_null());
        QCOMPARE(eventJson(key, ev::ConnectionChanged{true, "gone", 0})["event"].get<std::string>(), std::string("connection"));
        QCOMPARE(eventJson(key, ev::TransferUpdated{StepDigest("d"), "id", "n", 1, 2})["total"].get<int>(), 2);
        QCOMPARE(eventJson(key, ev::WarningRaised{StepDigest("d"), 1, "s"})["summary"].get<std::string>(), std::string("s"));
        for (const Event& event : {Event(ev::StatusEnded{}), Event(ev::ProvenanceRead{}), Event(ev::ExcerptRead{}), Event(ev::ImportProved{})})
            QCOMPARE(eventJson(key, event)["event"].get<std::string>(), std::string("build-updated"));
    }

    void utf8_data()
    {
        QTest::addColumn<QByteArray>("in");
        QTest::addColumn<QByteArray>("out");
        QTest::newRow("plain") << QByteArray("abc") << QByteArray("abc");
        QTest::newRow("chinese") << QByteArray("构建") << QByteArray("构建");
        QTest::newRow("lone byte") << QByteArray("a\xffz") << QByteArray("a\uFFFDz");
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QByteArray("\uFFFD\uFFFD");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\uFFFD\uFFFD\uFFFD");
        QTest::newRow("cut") << QByteArray("a\xe6\x9e") << QByteArray("a\uFFFD");
        QTest::newRow("cut in the middle") << QByteArray("\xf0\x9f\x98!") << QByteArray("\uFFFD!");
        QTest::newRow("too large") << QByteArray("\xf5\x80") << QByteArray("\uFFFD\uFFFD");
    }
    void utf8()
    {
        QFETCH(QByteArray, in);
        QFETCH(QByteArray, out);
        QCOMPARE(QByteArray::fromStdString(validUtf8(in.toStdString())), out);
    }

    void randomBytesAreSafe()
    {
        std::srand(7);
        for (int round = 0; round < 2000; ++round) {
            std::string bytes;
            for (int i = std::rand() % 40; i > 0; --i)
                bytes += char(std::rand());
            const std::string valid = validUtf8(bytes);
            QCOMPARE(validUtf8(valid), valid);
            (void)Json(valid).dump(); // throws on ill-formed text
            for (const unsigned char c : printableLine(bytes))
                QVERIFY(c >= 0x20 && c != 0x7f);
        }
    }

    void colorsAreLeftOut()
    {
        QCOMPARE(printableLine("\x1b[1;31merror\x1b[0m: no\x1b[K"), std::string("error: no"));
        QCOMPARE(printableLine("\x1b[2Jx\x1b[31"), std::string("\uFFFD[2Jx\uFFFD[31")); // no color: shown, not obeyed
    }

    void textDoesNotActOnTheTerminal()
    {
        EventBuilder events("r\x1b[2J", "w");
        events.started(0).step("a", "RUN \x1b]52;c;x\x07 \xE2\x80\xAE evil\nname").run("a", 1, 2, false, "bad\x1b[31m");
        events.log("a", 1, "log \x1b[2J\n").completed(3, 2, "bad\x1b[31m");
        BuildSet set;
        const Build& build = events.into(set);
        const std::string text = showText(build, wall, false) + buildsText({&build}, wall, false);
        QVERIFY(text.find('\x1b') == std::string::npos);
        QVERIFY(text.find('\x07') == std::string::npos);
        QVERIFY(text.find("\xE2\x80\xAE") == std::string::npos);
        QVERIFY(showText(build, wall, true).find("\x1b[31m") != std::string::npos);
        QCOMPARE(eventText({"w", "r"}, ev::LogAppended{StepDigest("a"), 1, 0, wall, "x\x1b[2J\ny\n"}, nullptr, false),
                 std::string("r    x\uFFFD[2J\nr    y"));
        BuildSet told;
        ev::RecordUpdated record;
        record.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}};
        const Build& withArgument = test::EventBuilder("r", "w").started(0).event(record).into(told);
        QCOMPARE(eventText({"w", "r"}, ev::LogAppended{StepDigest("a"), 1, 0, wall, "login hunter2hunter2\n"}, &withArgument, false), std::string("r    login ••••"));
    }

    void textReads()
    {
        EventBuilder events = twoPlatforms();
        events.run("d", 2, 70).completed(75);
        BuildSet set;
        const Build& build = events.into(set);
        const std::string text = showText(build, wall, false);
        if (qEnvironmentVariableIsSet("LL_PRINT"))
            printf("%s\n%s", showText(build, wall, true).c_str(), buildsText({&build}, wall, true).c_str());
        for (const char* part : {"completed  1 m 15 s", "Critical path, 1 m 09 s", "linux/arm64  emulated", "NPM_TOKEN   ••••", "1 m 08 s"})
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
        for (const QByteArray& line : QByteArray::fromStdString(text).split('\n'))
            QVERIFY2(!line.endsWith(' '), line.constData());
        QVERIFY(buildsText({}, wall, false) == "No builds.\n");
    }

    void emptyBuild()
    {
        BuildSet set;
        EventBuilder events;
        events.event(ev::RecordRemoved{});
        const Build& build = events.into(set);
        const Json json = showJson(build, wall);
        QVERIFY(json["started"].is_null());
        QCOMPARE(json["duration_ms"].get<int>(), 0);
        QVERIFY(json["steps"].is_array() && json["platforms"].is_array() && json["critical_path"].is_array());
        QVERIFY(!showText(build, wall, false).empty());
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "test_report.moc"
