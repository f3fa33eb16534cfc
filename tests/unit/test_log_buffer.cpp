#include "domain/log_buffer.h"

#include <QTest>
#include <random>

using namespace layerline;

namespace {
std::string join(const LogBuffer& log)
{
    std::string text;
    for (std::size_t i = 0; i < log.lineCount(); ++i) {
        const auto line = log.line(i);
        text += std::to_string(line.stream) + ":" + std::string(line.text) + (line.partial ? "~" : "|");
    }
    return text;
}
} // namespace

class TestLogBuffer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void joinsPartialLinesPerStream()
    {
        LogBuffer log;
        log.append(1, 0, {1}, "one\ntw");
        log.append(2, 0, {2}, "err");
        log.append(1, 6, {3}, "o\n");
        QCOMPARE(join(log), std::string("1:one|1:two|2:err~"));
        QCOMPARE(log.line(1).time.ns, std::int64_t(1)); // when its first byte came
        log.append(2, 3, {4}, "or\n\n");
        QCOMPARE(join(log), std::string("1:one|1:two|2:error|2:|"));
    }
    void aReplayChangesNothing()
    {
        LogBuffer log;
        QVERIFY(log.append(1, 0, {1}, "one\ntwo\n"));
        QVERIFY(!log.append(1, 0, {1}, "one\n"));
        QVERIFY(!log.append(1, 4, {1}, "two\n"));
        QVERIFY(log.append(1, 4, {1}, "two\nthree\n")); // other chunk borders, new tail
        QCOMPARE(join(log), std::string("1:one|1:two|1:three|"));
        QCOMPARE(log.byteCount(), std::uint64_t(14));
        QCOMPARE(log.missingBytes(), std::uint64_t(0));
    }
    void aGapIsCounted()
    {
        LogBuffer log;
        log.append(1, 10, {1}, "late\n");
        QCOMPARE(log.missingBytes(), std::uint64_t(10));
    }
    void knowsClippedLogs()
    {
        LogBuffer log;
        log.append(1, 0, {1}, "x\n[output clipped, log limit 2MiB reached]\n");
        QVERIFY(log.clipped());
    }
    void longLinesAreBroken()
    {
        LogBuffer log;
        log.append(1, 0, {1}, std::string(3'000'000, 'x'));
        log.append(1, 3'000'000, {1}, "\n");
        std::size_t sum = 0;
        for (std::size_t i = 0; i < log.lineCount(); ++i) {
            QVERIFY(log.line(i).text.size() <= (1u << 20) + 1);
            sum += log.line(i).text.size();
        }
        QCOMPARE(sum, std::size_t(3'000'000));
    }
    void keepsEveryByteBeyondTheHeapLimit()
    {
        LogBuffer log;
        std::mt19937 random(7);
        std::uint64_t offset = 0;
        std::size_t lines = 0;
        while (offset < (40u << 20)) { // crosses into the mapped file at 16 MiB
            const std::size_t length = random() % 4000;
            const std::string line = std::to_string(lines++) + std::string(length, char('a' + random() % 26)) + "\n";
            log.append(1, offset, {1}, line);
            offset += line.size();
        }
        QCOMPARE(log.lineCount(), lines);
        std::mt19937 again(7);
        for (std::size_t i = 0; i < lines; ++i) {
            const std::size_t length = again() % 4000;
            const char letter = char('a' + again() % 26);
            QVERIFY(log.line(i).text == std::to_string(i) + std::string(length, letter));
        }
    }
};

QTEST_APPLESS_MAIN(TestLogBuffer)
#include "test_log_buffer.moc"
