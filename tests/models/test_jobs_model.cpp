// The table of a run's jobs: order, queue and run times, one signal per change.
#include "items/jobs_model.h"
#include "support/model_shadow.h"
#include "support/sample_run.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace layerline;
using namespace layerline::test;

class TestJobsModel : public QObject {
    Q_OBJECT
private:
    FixedClock m_clock{runTimeAt(121)};

private Q_SLOTS:
    void mergingJobsComeLast()
    {
        JobsModel model(m_clock);
        QAbstractItemModelTester tester(&model);
        model.setRun(std::make_shared<const Run>(sampleRun()));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.job(0)->id, 1);
        QCOMPARE(model.job(1)->id, 2);
        QCOMPARE(model.job(2)->id, 3);
        QCOMPARE(model.rowOf(3), 2);
        QCOMPARE(model.rowOf(99), -1);
        QVERIFY(!model.job(3));
    }

    void queueTimeIsApartFromRunTime()
    {
        JobsModel model(m_clock);
        model.setRun(std::make_shared<const Run>(sampleRun()));
        const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(cell(0, JobsModel::QueueColumn), QStringLiteral("5 s"));
        QCOMPARE(cell(0, JobsModel::RunColumn), QStringLiteral("1 m 30 s"));
        QCOMPARE(cell(0, JobsModel::PlatformColumn), QStringLiteral("amd64"));
        QCOMPARE(cell(1, JobsModel::QueueColumn), QStringLiteral("2 m 00 s"));
        QCOMPARE(cell(1, JobsModel::RunColumn), QStringLiteral("–"));
        m_clock.set(runTimeAt(181));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.timePassed();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(cell(1, JobsModel::QueueColumn), QStringLiteral("3 m 00 s"));
        m_clock.set(runTimeAt(121));
    }

    void oddTimes()
    {
        const Timestamp now = runTimeAt(100);
        RunJob job = sampleJob(1, "a", 10, 8, 20); // taken before it was made, by another clock
        QCOMPARE(queueTime(job, now)->ns, 0);
        QCOMPARE(runTime(job, now)->seconds(), 12.0);
        job.conclusion = Conclusion::Skipped;
        QVERIFY(!queueTime(job, now));
        QVERIFY(!runTime(job, now));
        RunJob bare;
        QVERIFY(!queueTime(bare, now));
        QVERIFY(!runTime(bare, now));
        RunJob neverTaken = sampleJob(2, "b", 10, {}, 40, Conclusion::Cancelled); // cancelled while it waited
        QCOMPARE(queueTime(neverTaken, now)->seconds(), 30.0);
        QVERIFY(!runTime(neverTaken, now));
        Run empty;
        empty.state = RunState::Completed;
        QCOMPARE((spanOf(empty, now).end - spanOf(empty, now).begin).ns, 1'000'000'000);
    }

    void everyWordIsKnown()
    {
        for (int state = 0; state <= int(RunState::Completed); ++state) {
            for (int conclusion = 0; conclusion <= int(Conclusion::Unknown); ++conclusion)
                QVERIFY(!JobsModel::stateWord(RunState(state), Conclusion(conclusion)).isEmpty());
        }
        QCOMPARE(parseRunState("requested"), RunState::Queued);
        QCOMPARE(parseRunState("from_the_future"), RunState::Unknown);
        QCOMPARE(parseConclusion("from_the_future"), Conclusion::Unknown);
        QCOMPARE(parseConclusion(""), Conclusion::None);
        for (int conclusion = 0; conclusion <= int(Conclusion::Unknown); ++conclusion)
            QCOMPARE(parseConclusion(toString(Conclusion(conclusion))), Conclusion(conclusion));
    }

    void randomChanges()
    {
        std::mt19937 random(7);
        JobsModel model(m_clock);
        QAbstractItemModelTester tester(&model);
        ModelShadow shadow(model);
        Run run = sampleRun();
        for (int i = 0; i < 10'000; ++i) {
            const auto pick = [&](int n) { return int(random() % unsigned(n)); };
            if (run.jobs.empty() || pick(20) == 0)
                run.jobs.push_back(sampleJob(1000 + i, "job " + std::to_string(i), pick(50), {}, {}));
            else if (pick(25) == 0)
                run.jobs.erase(run.jobs.begin() + pick(int(run.jobs.size())));
            RunJob* job = run.jobs.empty() ? nullptr : &run.jobs[std::size_t(pick(int(run.jobs.size())))];
            if (job && pick(3) == 0)
                job->merges = !job->merges;
            else if (job)
                *job = sampleJob(job->id, job->name, pick(50), pick(2) ? std::optional<double>(60 + pick(20)) : std::nullopt, pick(3) ? std::nullopt : std::optional<double>(100 + pick(20)));
            run.key.id = 77 + (pick(200) == 0);
            model.setRun(pick(400) == 0 ? nullptr : std::make_shared<const Run>(run));
            QCOMPARE(shadow.check(), QString());
        }
        QCOMPARE(shadow.faults(), QStringList());
        JobsModel fresh(m_clock);
        model.setRun(std::make_shared<const Run>(run));
        fresh.setRun(std::make_shared<const Run>(run));
        QCOMPARE(model.rowCount(), fresh.rowCount());
        for (int row = 0; row < fresh.rowCount(); ++row) {
            for (int column = 0; column < fresh.columnCount(); ++column)
                QCOMPARE(model.index(row, column).data(), fresh.index(row, column).data());
        }
    }
};

QTEST_MAIN(TestJobsModel)
#include "test_jobs_model.moc"
