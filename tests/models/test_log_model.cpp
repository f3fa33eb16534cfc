// Log rows: order by time, unfinished lines, long lines, search, and random change sets.
#include "items/log_export.h"
#include "items/log_search.h"
#include "models/random_build.h"
#include "support/model_shadow.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestLogModel : public QObject {
    Q_OBJECT
private:
    static void apply(BuildStore& store, const EventBuilder& builder)
    {
        store.apply(std::make_shared<EventBatch>(builder.batch()));
        store.flush();
    }
    static QStringList texts(const LogModel& model)
    {
        QStringList out;
        for (int row = 0; row < model.rowCount(); ++row)
            out += model.text(row).text;
        return out;
    }

private Q_SLOTS:
    void stepsInterleaveByTime()
    {
        BuildStore store;
        LogModel model(store);
        EventBuilder b("r", "w");
        b.step("a", "[1/2] RUN a").begin("a", 0).step("b", "[2/2] RUN b").begin("b", 0);
        b.log("a", 1, "a1\n").log("a", 3, "a3\n").log("b", 2, "b2\n").log("b", 4, "b4");
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::All, noStep, {});
        model.settle();
        QCOMPARE(texts(model), (QStringList{QStringLiteral("a1"), QStringLiteral("b2"), QStringLiteral("a3"), QStringLiteral("b4")}));
        // What arrives late takes its place.
        b.step("c", "[2/2] RUN c").log("c", 2.5, "c2.5\n").log("b", 5, "!\n");
        apply(store, b);
        model.settle();
        QCOMPARE(texts(model), (QStringList{QStringLiteral("a1"), QStringLiteral("b2"), QStringLiteral("c2.5"), QStringLiteral("a3"), QStringLiteral("b4!")}));
        QCOMPARE(model.offset(2).ms(), 2500);
    }

    void twoStreams()
    {
        BuildStore store;
        LogModel model(store);
        EventBuilder b("r", "w");
        b.step("a", "[1/1] RUN a").begin("a", 0).log("a", 1, "out", 1).log("a", 2, "err", 2);
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::Step, StepIndex{0}, {});
        QCOMPARE(texts(model), (QStringList{QStringLiteral("out"), QStringLiteral("err")}));
        b.log("a", 3, " ended\n", 2);
        apply(store, b);
        QCOMPARE(texts(model), (QStringList{QStringLiteral("err ended"), QStringLiteral("out")}));
        b.log("a", 4, "\n", 1);
        apply(store, b);
        QCOMPARE(texts(model), (QStringList{QStringLiteral("err ended"), QStringLiteral("out")}));
    }

    void longLinesAreCut()
    {
        BuildStore store;
        LogModel model(store);
        EventBuilder b("r", "w");
        std::string emoji;
        for (int i = 0; i < 1001; ++i)
            emoji += "\xF0\x9F\x9A\x80";
        b.step("a", "[1/1] RUN a").begin("a", 0).log("a", 1, "x" + emoji + "\n");
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::Step, StepIndex{0}, {});
        model.settle();
        QCOMPARE(model.rowCount(), 3);
        QString joined;
        for (int row = 0; row < 3; ++row) {
            const QString text = model.text(row).text;
            QVERIFY(!text.front().isLowSurrogate() && !text.back().isHighSurrogate());
            QCOMPARE(model.row(row).continues, row < 2);
            QCOMPARE(model.firstRowOfLine(row), 0);
            joined += text;
        }
        QCOMPARE(joined, model.lineText(0).text);
        LogExport all(model);
        QString exported;
        while (!all.done())
            exported += all.next(1);
        QCOMPARE(exported, joined);
    }

    /// Wherever the rows go: to the screen, into a file, under the search. Even when it is known as a secret only later.
    void valuesOfSecretLookingArgumentsAreInNoRow()
    {
        BuildStore store;
        LogModel model(store);
        EventBuilder b("r", "w");
        b.started(0).step("a", "[1/1] RUN a").begin("a", 0).log("a", 1, "\x1b[31mtoken hunter2hunter2\x1b[0m, hunter2hunter2!\nabc\n");
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::Step, StepIndex{0}, {});
        model.settle();
        QVERIFY(model.text(0).text.contains(QStringLiteral("hunter2")));
        const auto runs = model.text(0).runs.size();
        ev::RecordUpdated record;
        record.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}, {"build-arg:MY_PASSWORD", "abc"}};
        EventBuilder more("r", "w");
        more.event(record);
        apply(store, more);
        const QString hidden(14, QChar(0x2022));
        QCOMPARE(model.text(0).text, QStringLiteral("token ") + hidden + QStringLiteral(", ") + hidden + QLatin1Char('!'));
        QCOMPARE(model.text(0).runs.size(), runs);
        QCOMPARE(model.text(1).text, QStringLiteral("abc")); // too short to be told from words
        QString exported;
        for (LogExport all(model); !all.done();)
            exported += all.next();
        QVERIFY(!exported.contains(QStringLiteral("hunter2")));
        LogSearch search(model);
        search.setQuery({QStringLiteral("hunter2"), false, true});
        search.settle();
        QVERIFY(search.matches().empty());
    }

    /// A line that goes on may end in the beginning of one.
    void halfASecretIsInNoRow()
    {
        BuildStore store;
        LogModel model(store);
        ev::RecordUpdated record;
        record.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}};
        EventBuilder b("r", "w");
        b.event(record);
        b.step("a", "[1/1] RUN a").begin("a", 0).log("a", 1, "it is hunter2hunt");
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::Step, StepIndex{0}, {});
        model.settle();
        QCOMPARE(model.text(0).text, QStringLiteral("it is ") + QString(11, QChar(0x2022)));
        EventBuilder more("r", "w");
        more.event(ev::LogAppended{StepDigest("a"), 1, 17, EventBuilder::at(2), "ing\n"});
        apply(store, more);
        model.settle();
        QCOMPARE(model.text(0).text, QStringLiteral("it is hunter2hunting")); // it was none
    }

    /// What looks like a secret by itself: in no row, no link, no saved log, and found by no search.
    void tokensAndCredentialsAreInNoRow()
    {
        BuildStore store;
        LogModel model(store);
        EventBuilder b("r", "w");
        b.step("a", "[1/1] RUN a").begin("a", 0);
        b.log("a", 1, "\u00fc\U0001F680 \x1b[31mghp_0123456789\x1b[0m, clone https://me:hunter2@host.example/x.git now\nsee http://host.example:80/ghp\nuse ghp_0");
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::Step, StepIndex{0}, {});
        model.settle();
        const auto hidden = [](int length) { return QString(length, QChar(0x2022)); };
        const QStringList expected{QStringLiteral("\u00fc\U0001F680 ") + hidden(14) + QStringLiteral(", clone https://") + hidden(10) + QStringLiteral("@host.example/x.git now"),
                                   QStringLiteral("see http://host.example:80/ghp"), QStringLiteral("use ") + hidden(5)};
        QCOMPARE(texts(model), expected);
        QCOMPARE(model.text(0).runs.size(), std::size_t(1));
        QCOMPARE(int(model.text(0).runs.front().start), 4);
        QCOMPARE(int(model.text(0).runs.front().length), 14);
        for (const TextLink& link : linksIn(model.text(0).text))
            QVERIFY(!link.url.toString(QUrl::FullyEncoded).contains(QStringLiteral("hunter2")));
        QCOMPARE(linksIn(model.text(1).text).size(), std::size_t(1));
        QString exported;
        for (LogExport all(model); !all.done();)
            exported += all.next();
        QCOMPARE(exported, expected.join(QLatin1Char('\n')));
        LogSearch search(model);
        for (const char* secret : {"hunter2", "ghp_0", "0123"}) {
            search.setQuery({QLatin1String(secret), false, true});
            search.settle();
            QVERIFY(search.matches().empty());
        }
        b.log("a", 2, " is no token\n");
        apply(store, b);
        model.settle();
        QCOMPARE(model.text(2).text, QStringLiteral("use ghp_0 is no token"));
    }

    void searchKeepsUp()
    {
        BuildStore store;
        LogModel model(store);
        LogSearch search(model);
        EventBuilder b("r", "w");
        b.step("a", "[1/1] RUN a").begin("a", 0).log("a", 1, "one\ntwo one\nthr");
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::Step, StepIndex{0}, {});
        search.setQuery({QStringLiteral("one"), false, true});
        search.settle();
        QCOMPARE(search.matches(), (std::vector<LogMatch>{{0, 0, 3}, {1, 4, 3}}));
        b.log("a", 2, "one\n");
        apply(store, b);
        search.settle();
        QCOMPARE(search.matches().back(), (LogMatch{2, 3, 3}));
        QCOMPARE(search.nextFrom(1, 5), 2);
        QCOMPARE(search.nextFrom(2, 4), 0);
        QCOMPARE(search.previousFrom(0, 0), 2);
        QCOMPARE(search.matchesIn(1), (std::pair{1, 2}));
        search.setQuery({QStringLiteral("o.e"), false, true});
        search.settle();
        QVERIFY(search.matches().empty());
        search.setQuery({QStringLiteral("O.E"), true, false});
        search.settle();
        QCOMPARE(int(search.matches().size()), 3);
        search.setQuery({QStringLiteral("(?=o)"), true, false}); // matches that are empty are none
        search.settle();
        QVERIFY(search.matches().empty());
        search.setQuery({QStringLiteral("[a"), true, false});
        QVERIFY(!search.error().isEmpty());
        search.settle();
    }

    void anEvilPatternGivesUp()
    {
        BuildStore store;
        LogModel model(store);
        LogSearch search(model);
        EventBuilder b("r", "w");
        b.step("a", "[1/1] RUN a").begin("a", 0);
        b.log("a", 1, std::string(200, 'a') + "!\nfine aaaa\n");
        apply(store, b);
        model.setSource(store.builds().ids().front(), LogScope::Step, StepIndex{0}, {});
        QElapsedTimer timer;
        timer.start();
        search.setQuery({QStringLiteral("(a+)+$"), true, true});
        search.settle();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(int(search.matches().size()), 1);
        QCOMPARE(search.undecidedLines(), 1);
    }

    void randomChanges()
    {
        for (quint32 seed = 1; seed <= 4; ++seed) {
            BuildStore store;
            LogModel model(store);
            LogSearch search(model);
            QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            ModelShadow shadow(model);
            RandomBuild random(seed);
            search.setQuery({QStringLiteral("w*line|50"), true, false});
            for (int i = 0; i < 2500; ++i) {
                store.apply(std::make_shared<EventBatch>(random.next()));
                store.flush();
                if (i == 0)
                    model.setSource(store.builds().ids().front(), LogScope::All, noStep, {});
                if (i % 7 == 0)
                    search.settle();
                if (i % 50 == 0) {
                    model.settle();
                    QCOMPARE(shadow.check(), QString());
                }
            }
            model.settle();
            search.settle();
            QCOMPARE(shadow.check(), QString());
            LogModel fresh(store);
            fresh.setSource(store.builds().ids().front(), LogScope::All, noStep, {});
            fresh.settle();
            LogSearch again(fresh);
            again.setQuery(search.query());
            again.settle();
            QCOMPARE(texts(model), texts(fresh));
            QVERIFY(model.rowCount() > 200);
            QCOMPARE(search.matches(), again.matches());
            store.remove(store.builds().ids().front());
            QCOMPARE(model.rowCount(), 0);
            QCOMPARE(shadow.faults(), QStringList());
        }
    }
};

QTEST_GUILESS_MAIN(TestLogModel)
#include "test_log_model.moc"
