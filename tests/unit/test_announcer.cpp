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

/// With every job ended, the amd64 one in its second step.
Run ended(Run run)
{
    run.state = RunState::Completed;
    run.conclusion = Conclusion::Failure;
    run.updated = runTimeAt(200);
    for (RunJob& job : run.jobs) {
        job.state = RunState::Completed;
        job.conclusion = job.id == 1 ? Conclusion::Failure : Conclusion::Skipped;
    }
    run.jobs[1].steps[1].conclusion = Conclusion::Failure;
    return run;
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
        QCOMPARE(news->build, set.ids().front());
        QVERIFY(set.find(set.ids().front())->find(0, news->step) != noStep);
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
        const Run end = ended(run);
        const auto news = announcer.consider(end, runTimeAt(200));
        QVERIFY(news);
        QCOMPARE(news->kind, Announcement::Kind::RunFailed);
        QCOMPARE(news->subject, std::string("build (linux/amd64): Build"));
        QCOMPARE(news->run, end.key);
        QCOMPARE(news->job, std::int64_t(1));
        QCOMPARE(news->jobStep, 2);
        QVERIFY(!announcer.consider(end, runTimeAt(201)));
        run.attempt = 2;
        QVERIFY(!announcer.consider(run, runTimeAt(210)));
        Run passed = ended(run);
        passed.conclusion = Conclusion::Success;
        QCOMPARE(announcer.consider(passed, runTimeAt(300))->kind, Announcement::Kind::RunSucceeded);
    }

    void whatBeganAndEndedBetweenTwoLooksIsSaid()
    {
        const auto between = [](double begun, double updated) {
            Run run = ended(sampleRun());
            run.created = run.started = runTimeAt(begun);
            run.updated = runTimeAt(updated);
            return run;
        };
        Announcer announcer;
        const Run old = between(10, 40), quick = between(110, 130);
        const std::string& repository = old.key.repository;
        QVERIFY2(!announcer.consider(quick, runTimeAt(131)), "nobody knows whether it is older than the first look");
        announcer.looked(repository, runTimeAt(100));
        announcer.looked(repository, runTimeAt(140)); // only the first counts
        QVERIFY2(!announcer.consider(old, runTimeAt(141)), "it was there at the first look");
        const auto news = announcer.consider(quick, runTimeAt(141));
        QVERIFY(news);
        QCOMPARE(news->kind, Announcement::Kind::RunFailed);
        QCOMPARE(news->subject, std::string("build (linux/amd64): Build"));
        QVERIFY2(!announcer.consider(quick, runTimeAt(150)), "said twice");
        // Run again and ended before anybody looked.
        Run again = between(160, 170);
        again.attempt = 2;
        QVERIFY(announcer.consider(again, runTimeAt(190)));
        QVERIFY(!announcer.consider(again, runTimeAt(191)));
        // What was seen unfinished is said as ever, and once.
        Run seen = sampleRun();
        seen.key.id += 1;
        seen.created = seen.started = runTimeAt(200);
        announcer.consider(seen, runTimeAt(201));
        Run seenEnd = between(200, 210);
        seenEnd.key = seen.key;
        QVERIFY(announcer.consider(seenEnd, runTimeAt(211)));
        QVERIFY(!announcer.consider(seenEnd, runTimeAt(212)));
        // The machine slept: what ended long ago is history.
        Run slept = between(300, 400);
        slept.key.id += 2;
        QVERIFY(!announcer.consider(slept, runTimeAt(400 + 3601)));
        // No longer watched, then watched again: there is a first look again.
        announcer.forget(repository);
        announcer.looked(repository, runTimeAt(9000));
        Run meanwhile = between(8000, 8900);
        meanwhile.key.id += 3;
        QVERIFY(!announcer.consider(meanwhile, runTimeAt(9001)));
    }

    void anUnseenEndWaitsForItsJobsAsWell()
    {
        Announcer announcer;
        Run run = ended(sampleRun());
        run.created = run.started = runTimeAt(110);
        announcer.looked(run.key.repository, runTimeAt(100));
        const Run whole = run;
        run.jobs.clear();
        QVERIFY(!announcer.consider(run, runTimeAt(200)));
        QVERIFY(announcer.expects(run));
        QCOMPARE(announcer.consider(whole, runTimeAt(205))->jobStep, 2);
    }

    void aRunsEndWaitsForItsJobs()
    {
        // The list of runs tells the end first: its jobs are still as they were at the look before.
        Announcer announcer;
        Run run = sampleRun();
        announcer.consider(run, runTimeAt(60));
        run.state = RunState::Completed;
        run.conclusion = Conclusion::Failure;
        run.updated = runTimeAt(200);
        QVERIFY2(!announcer.consider(run, runTimeAt(200)), "nobody knows yet what failed");
        QVERIFY(announcer.expects(run));
        const auto news = announcer.consider(ended(run), runTimeAt(202));
        QVERIFY(news);
        QCOMPARE(news->subject, std::string("build (linux/amd64): Build"));
        QVERIFY(!announcer.expects(run));
        // Jobs that nobody can read any more do not hide it for ever.
        Announcer other;
        other.consider(sampleRun(), runTimeAt(60));
        QVERIFY(!other.consider(run, runTimeAt(200)));
        QVERIFY(!other.consider(run, runTimeAt(229)));
        const auto late = other.consider(run, runTimeAt(231));
        QVERIFY(late);
        QCOMPARE(late->kind, Announcement::Kind::RunFailed);
        QVERIFY(!other.expects(run) && !other.consider(run, runTimeAt(300)));
    }

    void whatFailedFirstIsNamedAndNotWhatIsListedFirst()
    {
        Announcer announcer;
        Run run = sampleRun();
        announcer.consider(run, runTimeAt(60));
        run = ended(run);
        run.jobs[0] = sampleJob(3, "merge", 1, 150, 199, Conclusion::Failure); // listed first, because of the others
        run.jobs[2] = sampleJob(2, "build (linux/arm64)", 1, 5, 90, Conclusion::Failure);
        run.jobs[2].steps = {sampleStep(1, "Set up job", 5, 6), sampleStep(4, "pip install", 6, 50, Conclusion::Failure), sampleStep(5, "Clean up", 50, 90)};
        const auto news = announcer.consider(run, runTimeAt(200));
        QVERIFY(news);
        QCOMPARE(news->subject, std::string("build (linux/arm64): pip install"));
        QCOMPARE(news->jobStep, 4);
    }

    void aJobThatWaitsTooLong()
    {
        Announcer announcer;
        const Run run = sampleRun();
        QVERIFY(!announcer.consider(run, runTimeAt(300)));
        QVERIFY(announcer.expects(run));
        const auto news = announcer.consider(run, runTimeAt(700));
        QVERIFY(news);
        QCOMPARE(news->kind, Announcement::Kind::QueuedTooLong);
        QCOMPARE(news->subject, std::string("build (linux/arm64)"));
        QCOMPARE(news->label, std::string("ubuntu-24.04-arm64"));
        QCOMPARE(news->job, std::int64_t(2));
        QVERIFY(!announcer.consider(run, runTimeAt(800)));
        QVERIFY2(!announcer.expects(run), "there is nothing left that time could make news of");
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
        QVERIFY(!announcer.consider(ended(run), runTimeAt(701)));
        run.actor = "octocat";
        announcer.consider(run, runTimeAt(100));
        QVERIFY(announcer.consider(ended(run), runTimeAt(701)));
    }
};

QTEST_APPLESS_MAIN(TestAnnouncer)
#include "test_announcer.moc"
