#include "analysis/log_pieces.h"
#include "analysis/report.h"
#include "domain/secret_names.h"
#include "domain/unfinished_secret.h"
#include "support/event_builder.h"

#include <QTest>

#include <random>

using namespace layerline;
using namespace layerline::test;

/// Logs come in pieces, cut anywhere: no cut may bring a secret to light.
class TestLogPieces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void harmlessTextPassesAtOnce_data();
    void harmlessTextPassesAtOnce();
    void beginningsWait_data();
    void beginningsWait();
    void everyCutHidesTheSame();
    void whatWaitsIsToldAtTheEnd();
    void theRestMayComeAfterTheStepsEnd();
    void whatIsToldAgainIsNotJoined();
    void logsOfOthersAreNotMixed();
    void anEndlessWordIsNotHeldBack();

private:
    struct Told {
        RecordKey record;
        Event event;
    };
    void say(const std::string& bytes, std::uint64_t offset, const char* digest = "d", std::uint8_t stream = 1)
    {
        pass(ev::LogAppended{StepDigest(digest), stream, offset, EventBuilder::at(1), bytes});
    }
    void pass(const Event& event, const RecordKey& record = {"w", "r"}) { m_pieces.pass({record, {event}}, m_secrets, printer()); }
    LogPieces::Print printer()
    {
        return [this](const RecordKey& record, const Event& event) { m_told.push_back({record, event}); };
    }
    std::string told() const
    {
        std::string text;
        for (const Told& one : m_told) {
            if (const auto* log = std::get_if<ev::LogAppended>(&one.event))
                text += maskedText(log->bytes, m_secrets);
        }
        return text;
    }
    void forget()
    {
        m_pieces = {};
        m_told.clear();
    }
    const std::vector<std::string> m_secrets{"hunter2hunter2", "my-g", "two words", "hunter2hunter2 and more", "abc"};
    LogPieces m_pieces;
    std::vector<Told> m_told;
};

void TestLogPieces::harmlessTextPassesAtOnce_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "\n", "a line\n", "10 % ....", "no newline here", "https://example.com/", "ghp_short \n", "my-goal", "12:30:15", "hunter2hunter2\n", "say ghp_0123456789\n"})
        QTest::newRow(qPrintable(QString::fromLatin1(text).simplified())) << QByteArray(text);
}

void TestLogPieces::harmlessTextPassesAtOnce()
{
    QFETCH(QByteArray, text);
    QCOMPARE(unfinishedSecret(text.toStdString(), m_secrets), std::size_t(0));
}

void TestLogPieces::beginningsWait_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("waiting");
    QTest::newRow("a value") << QByteArray("is hunter2hun") << 10;
    QTest::newRow("a whole value that another one begins with") << QByteArray("is hunter2hunter2") << 14;
    QTest::newRow("a value with a space") << QByteArray("of two ") << 4;
    QTest::newRow("a token's prefix") << QByteArray("is gh") << 2;
    QTest::newRow("a token that may grow") << QByteArray("is ghp_0123456789") << 14;
    QTest::newRow("an upper case token") << QByteArray("AKIA0123") << 8;
    QTest::newRow("no token: lower case") << QByteArray("AKIA0123x") << 0;
    QTest::newRow("no token: in a word") << QByteArray("roughp_0123") << 0;
    QTest::newRow("an address") << QByteArray("clone https://user:pass") << 12;
    QTest::newRow("an address with its user") << QByteArray("clone https://user:pass@hos") << 16;
    QTest::newRow("an address' beginning") << QByteArray("clone https:/") << 2;
    QTest::newRow("through a value that is whole") << QByteArray("is my-g") << 4;
}

void TestLogPieces::beginningsWait()
{
    QFETCH(QByteArray, text);
    QFETCH(int, waiting);
    QCOMPARE(int(unfinishedSecret(text.toStdString(), m_secrets)), waiting);
}

void TestLogPieces::everyCutHidesTheSame()
{
    const std::string text = "start hunter2hunter2 and my-g, two words\n+ git clone https://user:pa-ss@host.example/x.git\n"
                             "npm_012345678901234567890123456789abcdef AKIAABCDEFGHIJKLMNOP glpat-abcdefghij hunter2hunter2 and more two  words end";
    const std::string expected = maskedText(text, m_secrets);
    QVERIFY(expected.find("hunter2") == std::string::npos && expected.find("pa-ss") == std::string::npos);
    const auto inPieces = [&](const std::vector<std::size_t>& cuts) {
        forget();
        std::size_t from = 0;
        for (const std::size_t cut : cuts) {
            say(text.substr(from, cut - from), from);
            from = cut;
        }
        say(text.substr(from), from);
        pass(ev::StatusEnded{});
        std::uint64_t position = 0; // every byte once, in order
        for (const Told& one : m_told) {
            if (const auto* log = std::get_if<ev::LogAppended>(&one.event)) {
                if (log->offset != position)
                    return std::string("a gap");
                position += log->bytes.size();
            }
        }
        return position == text.size() ? told() : std::string("not all");
    };
    for (std::size_t a = 0; a <= text.size(); ++a)
        QCOMPARE(inPieces({a}), expected);
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::size_t> cuts;
        for (std::size_t at = 0; (at += 1 + random() % 24) < text.size();)
            cuts.push_back(at);
        QCOMPARE(inPieces(cuts), expected);
    }
    std::vector<std::size_t> all(text.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    QCOMPARE(inPieces(all), expected);
}

void TestLogPieces::whatWaitsIsToldAtTheEnd()
{
    forget();
    ev::StepUpdated step{StepDigest("d"), "RUN x"};
    say("to be gh", 0);
    QCOMPARE(told(), std::string("to be "));
    pass(step); // it has begun
    QCOMPARE(told(), std::string("to be "));
    step.completed = EventBuilder::at(2);
    pass(step);
    QCOMPARE(told(), std::string("to be gh"));
    for (const Event& event : {Event(ev::StatusEnded{}), Event(ev::RecordRemoved{}), Event(ev::ConnectionChanged{true, "gone", 0})}) {
        forget();
        say("gh", 0);
        QCOMPARE(told(), std::string());
        pass(event);
        QCOMPARE(told(), std::string("gh"));
    }
    forget();
    say("gh", 0);
    m_pieces.finish(printer());
    QCOMPARE(told(), std::string("gh"));
    QCOMPARE(m_told.front().record.ref, std::string("r"));
    m_pieces.finish(printer());
    QCOMPARE(m_told.size(), std::size_t(1));
}

/// As one status of BuildKit becomes events: steps, transfers, then logs.
void TestLogPieces::theRestMayComeAfterTheStepsEnd()
{
    forget();
    say("it is hunter2", 0);
    ev::StepUpdated step{StepDigest("d"), "RUN x"};
    step.completed = EventBuilder::at(2);
    ev::TransferUpdated transfer;
    transfer.step = StepDigest("d");
    const ev::LogAppended rest{StepDigest("d"), 1, 13, EventBuilder::at(1), "hunter2 and gh"};
    m_pieces.pass({{"w", "r"}, {step, transfer, rest}}, m_secrets, printer());
    QCOMPARE(told(), std::string("it is ") + secretMask + " and gh"); // and nothing waits any more
    QCOMPARE(m_told.size(), std::size_t(5));
}

void TestLogPieces::whatIsToldAgainIsNotJoined()
{
    forget();
    say("a gh", 0);
    say("a ghost\n", 0); // from the beginning
    QCOMPARE(told(), std::string("a gha ghost\n"));
}

void TestLogPieces::logsOfOthersAreNotMixed()
{
    forget();
    say("gh", 0);
    say("p_0123456789\n", 2, "d", 2);
    say("p_0123456789\n", 2, "e");
    pass(ev::LogAppended{StepDigest("d"), 1, 2, EventBuilder::at(1), "p_0123456789\n"}, {"w", "other"});
    QCOMPARE(told(), std::string("p_0123456789\np_0123456789\np_0123456789\n"));
    say("p_0123456789\n", 2);
    QVERIFY(told().ends_with(std::string(secretMask) + "\n"));
}

void TestLogPieces::anEndlessWordIsNotHeldBack()
{
    QCOMPARE(unfinishedSecret("https://" + std::string(10'000, 'x'), m_secrets), std::size_t(0));
    QCOMPARE(unfinishedSecret("ghp_" + std::string(10'000, 'x'), m_secrets), std::size_t(0));
    QCOMPARE(unfinishedSecret("ghp_" + std::string(1'000, 'x'), m_secrets), std::size_t(1'004));
}

QTEST_GUILESS_MAIN(TestLogPieces)
#include "test_log_pieces.moc"
