// What is worth a notification, and that each thing is said once.
#include "analysis/announcer.h"
#include "support/event_builder.h"
#include "support/sample_run.h"

#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

EventBuilder running()
{
    EventBuilder events("r1");
    events.started(0, "multi").step("a", "[linux/arm64 deps 2/2] RUN pip install").begin("a", 1);
    return events;
}

} // namespace

class TestAnnouncer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFailureNamesTheFirstFailingStep()
    {
        Announcer announcer;
        BuildSet set;
        QVERIFY(!announcer.consider(running().into(set)));
        EventBuilder end("r1");
        end.started(0, "multi").step("a", "[linux/arm64 deps 2/2] RUN pip install").run("a", 1, 3, false, "exit code: 1").completed(4, 2, "failed to solve");
        const auto news = announcer.consider(end.into(set));
        QVERIFY(news);
        QCOMPARE(news->kind, Announcement::Kind::BuildFailed);
        QCOMPARE(news->subject, std::string("arm64: RUN pip install"));
        QCOMPARE(news->origin, std::string("multi"));
        QCOMPARE(news->time.seconds(), 4.0);
        QVERIFY2(!announcer.consider(end.into(set)), "said twice");
    }

    void historyIsNoNews()
    {
        Announcer announcer;
        BuildSet set;
        EventBuilder end("r1");
        end.started(0).completed(400);
        QVERIFY(!announcer.consider(end.into(set)));
    }

    void shortSuccessesCancelledAndMutedOnesStaySilent()
    {
        const auto outcome = [](AnnouncementRules rules, double seconds, int code) {
            Announcer announcer;
            announcer.setRules(std::move(rules));
            BuildSet set;
            announcer.consider(running().into(set));
            EventBuilder end("r1");
            end.started(0, "multi").completed(seconds, code, code ? "context canceled" : "");
            return announcer.consider(end.into(set));
        };
        QVERIFY(outcome({}, 60, 0));
        QVERIFY(!outcome({}, 2, 0));
        QVERIFY(!outcome({}, 60, 1));
        AnnouncementRules rules;
        rules.muted = {"multi"};
        QVERIFY(!outcome(rules, 60, 0));
        rules = {};
        rules.successes = false;
        QVERIFY(!outcome(rules, 60, 0));
    }

    void aRunIsSaidOncePerAttempt()
    {
        Announcer announcer;
        Run run = sampleRun();
        QVERIFY(!announcer.consider(run, runTimeAt(60)));
        run.state = RunState::Completed;
        run.conclusion = Conclusion::Failure;
        run.updated = runTimeAt(200);
        run.jobs[1].conclusion = Conclusion::Failure;
        run.jobs[1].steps[1].conclusion = Conclusion::Failure;
        const auto news = announcer.consider(run, runTimeAt(200));
        QVERIFY(news);
        QCOMPARE(news->kind, Announcement::Kind::RunFailed);
        QCOMPARE(news->subject, std::string("build (linux/amd64): Build"));
        QVERIFY(!announcer.consider(run, runTimeAt(201)));
        run.attempt = 2;
        run.state = RunState::InProgress;
        QVERIFY(!announcer.consider(run, runTimeAt(210)));
        run.state = RunState::Completed;
        run.conclusion = Conclusion::Success;
        QCOMPARE(announcer.consider(run, runTimeAt(300))->kind, Announcement::Kind::RunSucceeded);
    }

    void aJobThatWaitsTooLong()
    {
        Announcer announcer;
        const Run run = sampleRun();
        QVERIFY(!announcer.consider(run, runTimeAt(300)));
        const auto news = announcer.consider(run, runTimeAt(700));
        QVERIFY(news);
        QCOMPARE(news->kind, Announcement::Kind::QueuedTooLong);
        QCOMPARE(news->subject, std::string("build (linux/arm64)"));
        QCOMPARE(news->label, std::string("ubuntu-24.04-arm64"));
        QVERIFY(!announcer.consider(run, runTimeAt(800)));
    }

    void onlyMine()
    {
        AnnouncementRules rules;
        rules.onlyMine = true;
        rules.me = "octocat";
        Announcer announcer;
        announcer.setRules(rules);
        Run run = sampleRun();
        run.actor = "somebody";
        announcer.consider(run, runTimeAt(700));
        run.state = RunState::Completed;
        run.conclusion = Conclusion::Failure;
        QVERIFY(!announcer.consider(run, runTimeAt(701)));
    }
};

QTEST_APPLESS_MAIN(TestAnnouncer)
#include "test_announcer.moc"
