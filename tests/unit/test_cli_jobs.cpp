// jobs, retry, cancel and builder: what they refuse and what they say of nothing.
#include "app/cli/actions.h"
#include "app/cli/cli.h"
#include "app/cli/job_follow.h"
#include "cli_fixture.h"
#include "full_disk.h"
#include "sources/runner/job_store.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

#include <unistd.h>

using namespace layerline;
using test::Told;
using test::told;

class TestCliJobs : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    Told jobs(const QStringList& arguments) const { return told(runJobsTool, arguments, m_home->path()); }
    Told builder(const QStringList& arguments) const { return told(runBuilderTool, arguments, m_home->path()); }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        test::useHome(*m_home);
    }

    void noJobs()
    {
        Told none = jobs({});
        QCOMPARE(none.status, int(ExitOk));
        QCOMPARE(none.out, QByteArray("Layerline has started no builds.\n"));
        none = jobs({QStringLiteral("--json")});
        QCOMPARE(none.status, int(ExitOk));
        QVERIFY(none.json() == nlohmann::json({{"schema", 1}, {"jobs", nlohmann::json::array()}}));
    }
    void oneBuildAtMost()
    {
        const Told two = jobs({QStringLiteral("aaaa"), QStringLiteral("bbbb")});
        QCOMPARE(two.status, int(ExitUsage));
        QVERIFY2(two.err.contains("\"bbbb\" is one argument too many"), two.err.constData());
        QVERIFY(two.out.isEmpty());
        const Told unknown = jobs({QStringLiteral("aaaa")});
        QCOMPARE(unknown.status, int(ExitUsage));
        QVERIFY2(unknown.err.contains("\"aaaa\""), unknown.err.constData());
    }
    /// Nothing is claimed of a build that is not there.
    void retryOfNothing()
    {
        const Told retry = told(runRetryTool, {QStringLiteral("nope"), QStringLiteral("--json")}, m_home->path());
        QCOMPARE(retry.status, int(ExitUsage));
        QVERIFY(retry.out.isEmpty());
        QCOMPARE(retry.err.count('\n'), 1);
        QVERIFY2(retry.err.contains("\"nope\""), retry.err.constData());
        QVERIFY(!retry.err.contains("in one go"));
    }
    void aWholeCallHasItsOwnTags()
    {
        const Told tagged = told(runRebuildTool, {QStringLiteral("nope"), QStringLiteral("--whole-call"), QStringLiteral("-t"), QStringLiteral("r/shop:2")}, m_home->path());
        QCOMPARE(tagged.status, int(ExitUsage));
        QVERIFY(tagged.out.isEmpty());
        QVERIFY2(tagged.err.contains("a bake file names targets and tags itself"), tagged.err.constData());
    }
    void buildersHaveNames_data()
    {
        QTest::addColumn<QString>("verb");
        for (const char* verb : {"create", "append", "remove", "use", "bootstrap", "stop"})
            QTest::newRow(verb) << QString::fromLatin1(verb);
    }
    void buildersHaveNames()
    {
        QFETCH(QString, verb);
        const Told unnamed = builder({verb, QStringLiteral("--dry-run")});
        QCOMPARE(unnamed.status, int(ExitUsage));
        QVERIFY(unnamed.out.isEmpty());
        QCOMPARE(unnamed.err, "layerline: builder " + verb.toUtf8() + " wants a NAME\n");
        QCOMPARE(builder({verb, QStringLiteral("multi"), QStringLiteral("--dry-run")}).status, int(ExitOk));
    }
    void unknownVerb()
    {
        const Told unknown = builder({QStringLiteral("craete"), QStringLiteral("multi")});
        QCOMPARE(unknown.status, int(ExitUsage));
        QVERIFY2(unknown.err.contains("create|append"), unknown.err.constData());
    }
    /// What waits has no client yet: its supervisor would be told.
    void cancelOfAQueuedBuildSaysWhatItWouldDo()
    {
        BuildJob job;
        job.title = "shop";
        job.lanes = {JobLane{}};
        job.lanes[0].name = "build";
        QVERIFY(JobStore().create(job).ok());
        const auto dryRun = [&] { return told(runCancelTool, {QString::fromStdString(job.id), QStringLiteral("--dry-run")}, m_home->path()); };
        job.supervisor = ProcessId::of(::getpid());
        QVERIFY(JobStore().write(job).ok());
        Told queued = dryRun();
        QCOMPARE(queued.status, int(ExitOk));
        QVERIFY2(queued.out.startsWith("kill -INT " + QByteArray::number(::getpid()) + " ") && queued.out.contains(job.id.c_str()) && queued.out.contains("waits for its place"), queued.out.constData());
        job.state = job.lanes[0].state = JobState::Running;
        job.lanes[0].process = ProcessId::of(::getpid());
        QVERIFY(JobStore().write(job).ok());
        const Told running = dryRun();
        QCOMPARE(running.out.count('\n'), 1);
        QVERIFY2(running.out.startsWith("kill -INT -" + QByteArray::number(::getpid())), running.out.constData());
        job.state = job.lanes[0].state = JobState::Done;
        QVERIFY(JobStore().write(job).ok());
        const Told over = dryRun();
        QCOMPARE(over.status, int(ExitProblem));
        QVERIFY2(over.out.isEmpty() && over.err.contains("has ended already"), over.err.constData());
    }
    void retryOfAJobWithoutLanes()
    {
        BuildJob job;
        job.state = JobState::Done;
        QVERIFY(JobStore().create(job).ok());
        const QString id = QString::fromStdString(job.id);
        for (const QStringList& more : {QStringList{}, QStringList{QStringLiteral("--dry-run")}}) {
            const Told retry = told(runRetryTool, QStringList{id, QStringLiteral("--platform"), QStringLiteral("linux/amd64")} + more, m_home->path());
            QCOMPARE(retry.status, int(ExitProblem));
            QCOMPARE(retry.err, "layerline: " + id.toUtf8() + " has no lane linux/amd64\n");
            QVERIFY(retry.out.isEmpty());
        }
    }
    /// Nobody looks after it any more: the command does, and ends with the client.
    void cancelOfABuildWithoutSupervisor_data()
    {
        QTest::addColumn<bool>("full");
        QTest::newRow("noted") << false;
        QTest::newRow("full disk") << true;
    }
    void cancelOfABuildWithoutSupervisor()
    {
        QFETCH(bool, full);
        QProcess client;
        client.setChildProcessModifier([] {
            ::setpgid(0, 0);
            sigset_t none; // whatever the shell or an earlier command here did not want to hear
            ::sigemptyset(&none);
            ::sigprocmask(SIG_SETMASK, &none, nullptr);
            ::signal(SIGINT, SIG_DFL);
        });
        client.start(QStringLiteral("sleep"), {QStringLiteral("600")});
        QVERIFY(client.waitForStarted());
        BuildJob job;
        job.title = std::string(8192, 's');
        job.lanes = {JobLane{}};
        job.lanes[0].name = "build";
        job.state = job.lanes[0].state = JobState::Running;
        job.lanes[0].process = ProcessId::of(pid_t(client.processId()));
        job.supervisor = ProcessId::of(::getpid());
        ++job.supervisor.start; // the number is another process' by now
        QVERIFY(JobStore().create(job).ok());
        QVERIFY(JobStore().write(job).ok());
        const QString id = QString::fromStdString(job.id);
        const Told plan = told(runCancelTool, {id, QStringLiteral("--dry-run")}, m_home->path());
        QVERIFY2(plan.out.contains("SIGKILL after 10 s by this command"), plan.out.constData());
        QVERIFY(job.lanes[0].process.alive());
        {
            const auto unwritable = full ? std::make_unique<test::FullDisk>(4096) : nullptr; // what is printed fits
            const Told cancel = told(runCancelTool, {id}, m_home->path());
            QCOMPARE(cancel.status, int(full ? ExitProblem : ExitOk));
            QCOMPARE(cancel.err.contains("can't write"), full);
        }
        QVERIFY(!job.lanes[0].process.alive());
        QCOMPARE(toString(JobStore().read(job.id)->state), full ? "lost" : "canceled");
        QTRY_COMPARE(client.state(), QProcess::NotRunning);
    }
    /// Its client died in the middle of a line that might have become a secret.
    void theLastBytesOfALogAreTold()
    {
        BuildJob job;
        job.title = "shop";
        job.state = JobState::Failed;
        job.lanes = {JobLane{}};
        job.lanes[0].name = "build";
        job.lanes[0].state = JobState::Failed;
        job.lanes[0].attempt = 1;
        const JobStore store;
        QVERIFY(store.create(job).ok());
        QVERIFY(store.write(job).ok());
        QFile log(QString::fromStdString(store.logOf(job, 0)));
        QVERIFY(log.open(QIODevice::WriteOnly));
        const nlohmann::json said{{"vertexes", {{{"digest", "sha256:a"}, {"name", "[1/1] RUN x"}, {"started", "2025-01-01T00:00:00Z"}}}},
                                  {"logs", {{{"vertex", "sha256:a"}, {"stream", 1}, {"data", QByteArray("key hunter2hunter2\nthe last is gh").toBase64().toStdString()}, {"timestamp", "2025-01-01T00:00:01Z"}}}}};
        log.write(QByteArray::fromStdString(said.dump()) + '\n');
        log.close();
        const QString path = m_home->filePath(QStringLiteral("followed"));
        const std::unique_ptr<FILE, int (*)(FILE*)> out(std::fopen(qPrintable(path), "w"), &std::fclose);
        QVERIFY(out);
        BuildRunner runner(store);
        QByteArray told;
        const JobFollower follower(runner, job.id, out.get(), [&](const BuildJob&) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            told = file.readAll();
        }, {{"NPM", "hunter2hunter2"}});
        QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), 60'000);
        QVERIFY2(told.contains("the last is "), told.constData());
        QVERIFY2(told.endsWith("gh\n"), told.constData());
        QVERIFY2(told.contains("key \xe2\x80\xa2") && !told.contains("hunter2"), told.constData()); // a secret its client was handed over
    }
    /// Names and messages of strangers are text, in both forms.
    void hostileJob()
    {
        BuildJob job;
        job.title = "shop\x1b]0;owned\x07\xc2\x9b" "2J\xe2\x80\xae gpj.exe";
        job.state = JobState::Failed;
        JobLane lane;
        lane.name = "linux/amd64\x1b[2J";
        lane.state = JobState::Failed;
        lane.refs = {"ref\xe2\x81\xa6\x1b[1A"};
        lane.digest = "sha256:\x1b[H";
        lane.error = "said \x1b[2J\nand more";
        job.lanes = {lane};
        JobMerge merge;
        merge.verified = true;
        merge.tags = {"acme/shop:1\xc2\x85"};
        job.merge = merge;
        QVERIFY(JobStore().create(job).ok());
        QVERIFY(JobStore().write(job).ok());
        const Told text = jobs({}), json = jobs({QStringLiteral("--json")});
        QVERIFY2(text.out.contains("shop") && text.out.contains("acme/shop:1"), text.out.constData());
        for (const char* harmful : {"\x1b", "\x07", "\xc2\x9b", "\xc2\x85", "\xe2\x80\xae", "\xe2\x81\xa6"}) {
            QVERIFY2(!text.out.contains(harmful), text.out.constData());
            QVERIFY2(!json.out.contains(harmful), json.out.constData());
        }
        QVERIFY(json.out.contains("\\u202e") && json.out.contains("\\u009b"));
        QVERIFY(json.json()["jobs"][0]["title"] == nlohmann::json(job.title)); // the same text, read back
    }
};

QTEST_GUILESS_MAIN(TestCliJobs)
#include "test_cli_jobs.moc"
