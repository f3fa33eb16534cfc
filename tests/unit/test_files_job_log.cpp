// When the steps of a stamped job log began and ended: its printer turns to a step when it has been running for a while.
#include "sources/files/plain_parser.h"
#include "unit/test_files_support.h"

#include <QTest>

#include <algorithm>

using namespace layerline;
using namespace layerline::test;

namespace {

/// Every time of a step that is told when the log comes in such portions.
std::vector<std::pair<OptionalTime, OptionalTime>> told(std::string_view log, std::size_t portion)
{
    PlainParser parser(Timestamp{});
    std::vector<std::pair<OptionalTime, OptionalTime>> times;
    const auto take = [&](const std::vector<PlainParser::Piece>& pieces) {
        for (const PlainParser::Piece& piece : pieces) {
            if (const auto* step = std::get_if<ev::StepUpdated>(&piece.event))
                times.emplace_back(step->started, step->completed);
        }
    };
    for (; !log.empty(); log.remove_prefix(std::min(portion, log.size())))
        take(parser.push(log.substr(0, portion)));
    take(parser.finish());
    return times;
}

} // namespace

class TestFilesJobLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void concurrentSteps();
    void openSteps();
};

void TestFilesJobLog::concurrentSteps()
{
    // Steps 2 and 3 begin at :02; the printer stays at 2 for a while, and turns to 3 and 4 when they have been running.
    const std::string log = "2025-12-04T08:20:01.5000000Z #0 building with \"default\" instance using docker driver\n"
                            "2025-12-04T08:20:02.0000000Z #1 [internal] load build definition from Dockerfile\n"
                            "2025-12-04T08:20:02.1000000Z #1 DONE 0.0s\n"
                            "2025-12-04T08:20:02.1000000Z #2 [linux/amd64 1/2] RUN one\n"
                            "2025-12-04T08:20:12.0000000Z #2 9.950 text\n2025-12-04T08:20:12.0000000Z #2 ...\n"
                            "2025-12-04T08:20:12.0000000Z #3 [linux/amd64 2/2] RUN two\n"
                            "2025-12-04T08:20:12.0000000Z #3 4.000 read late\n"
                            "2025-12-04T08:20:12.2000000Z #3 10.15 text\n"
                            "2025-12-04T08:20:13.0000000Z #3 DONE 11.0s\n"
                            "2025-12-04T08:20:13.1000000Z #4 [linux/arm64 2/2] COPY without a word\n"
                            "2025-12-04T08:20:13.1000000Z #4 DONE 3.0s\n"
                            "2025-12-04T08:20:13.2000000Z #5 [linux/arm64 1/2] FROM x\n"
                            "2025-12-04T08:20:13.2000000Z #5 sha256:ab 1.00MB / 2.00MB 5.0s\n"
                            "2025-12-04T08:20:14.2000000Z #5 ERROR: boom\n"
                            "2025-12-04T08:20:14.3000000Z #6 [linux/arm64 3/3] RUN odd\n"
                            "2025-12-04T08:20:14.3000000Z #6 99999.0 of another clock\n"
                            "2025-12-04T08:20:14.4000000Z #6 CANCELED\n"
                            "2025-12-04T08:20:14.5000000Z #2 [linux/amd64 1/2] RUN one\n"
                            "2025-12-04T08:20:14.5000000Z #2 DONE 12.4s\n"
                            "2025-12-04T08:20:16.5000000Z #2 DONE 13.9s\n";
    QCOMPARE(told(log, 7), told(log, log.size()));
    const auto file = openBuildBytes(log, "job.log", {}, {});
    QVERIFY(file.ok());
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    const auto times = [&](std::size_t step) {
        std::string text;
        for (const Interval& interval : build.steps.at(step).intervals)
            text += formatRfc3339(interval.started).substr(17) + (interval.completed ? ".." + formatRfc3339(*interval.completed).substr(17) : "") + " ";
        return text;
    };
    QCOMPARE(times(0), std::string("02Z..02Z "));
    QCOMPARE(times(1), std::string("02.05Z..14.45Z 15Z..16.5Z ")); // by its own line's clock; then once more
    QCOMPARE(times(2), std::string("02Z..13Z "));
    QCOMPARE(times(3), std::string("10.1Z..13.1Z "));   // not beyond the line that says DONE
    QCOMPARE(times(4), std::string("08.2Z..14.2Z "));   // as long as its transfer at least
    QCOMPARE(times(5), std::string("01.5Z..14.4Z "));   // not before the build
    QCOMPARE(formatRfc3339(*build.steps[4].transfers.at(0).started), std::string("2025-12-04T08:20:08.2Z"));
}

void TestFilesJobLog::openSteps()
{
    const auto file = openBuildBytes("2025-12-04T08:20:02.0000000Z #1 [linux/amd64 1/2] RUN one\n"
                                     "2025-12-04T08:20:09.0000000Z #2 [linux/amd64 2/2] RUN two\n"
                                     "2025-12-04T08:20:09.0000000Z #2 6.000 text\n",
                                     "job.log", {}, {});
    QVERIFY(file.ok());
    const BuildSet set = reduced(*file);
    const Build& build = onlyBuild(set);
    QCOMPARE(build.status(), BuildStatus::Lost);
    for (const auto& [step, started] : {std::pair{0, "2025-12-04T08:20:02Z"}, std::pair{1, "2025-12-04T08:20:03Z"}}) {
        QCOMPARE(build.steps.at(std::size_t(step)).intervals.size(), std::size_t(1));
        QCOMPARE(formatRfc3339(build.steps[std::size_t(step)].intervals[0].started), std::string(started));
    }
}

QTEST_GUILESS_MAIN(TestFilesJobLog)
#include "test_files_job_log.moc"
