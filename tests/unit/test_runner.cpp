// Jobs with /bin/sh in the place of buildx; this program is its own supervisor.
#include "sources/runner/build_runner.h"
#include "sources/runner/supervisor.h"
#include "full_disk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <cstdio>

#include <unistd.h>

using namespace layerline;

namespace {

constexpr int patienceMs = 30'000;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

class TestRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void runsToItsEnd()
    {
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        const std::string id = start(runner, job({R"(echo '{"vertexes":[]}'; echo done >&2; printf '{"buildx.build.ref":"b/n/ref1","containerimage.digest":"sha256:d"}' > @metadata@)"}));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        const BuildJob ended = read(id);
        QCOMPARE(toString(ended.state), "done");
        QCOMPARE(ended.lanes[0].refs, std::vector<std::string>{"ref1"});
        QCOMPARE(ended.lanes[0].digest, std::string("sha256:d"));
        QCOMPARE(ended.lanes[0].exitCode, 0);
        const QString log = QString::fromStdString(store().logOf(ended, 0));
        QCOMPARE(contentOf(log), QByteArray("{\"vertexes\":[]}\ndone\n"));
        QCOMPARE(int(QFileInfo(log).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)), 0);
        QCOMPARE(int(QFileInfo(QFileInfo(log).path()).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther)), 0);
    }

    void failsWithItsReason()
    {
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        const std::string id = start(runner, job({"echo 'ERROR: failed to solve: token ghp_abcdefghij1234 refused'; exit 3"}));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        const BuildJob ended = read(id);
        QCOMPARE(toString(ended.state), "failed");
        QCOMPARE(ended.lanes[0].exitCode, 3);
        QVERIFY(QString::fromStdString(ended.error).startsWith(QStringLiteral("failed to solve: token ")));
        QVERIFY(!QString::fromStdString(ended.error).contains(QStringLiteral("abcdefghij")));
    }

    void whatWasHandedOverIsNotKept()
    {
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        BuildJob given = job({"echo \"ERROR: it said $NPM_TOKEN\"; exit 3"});
        JobSecrets secrets;
        secrets.commands.push_back(given.lanes[0].command);
        secrets.variables["NPM_TOKEN"] = "hunter2secret";
        const auto id = runner.start(std::move(given), std::move(secrets));
        QVERIFY(id.ok());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QVERIFY(QString::fromStdString(read(*id).error).startsWith(QStringLiteral("it said ")));
        QVERIFY(read(*id).error.find("hunter2") == std::string::npos);
        QVERIFY(read(*id).lanes[0].error.find("hunter2") == std::string::npos);
    }

    /// docker without its buildx plugin: what it says last is advice.
    void theCauseIsKeptNotTheAdvice()
    {
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        const std::string id = start(runner, job({"printf \"unknown flag: --builder\\n\\nUsage:  docker [OPTIONS] COMMAND\\n\\nRun 'docker --help' for more information\\n\"; exit 125"}));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QCOMPARE(read(id).error, std::string("unknown flag: --builder"));
    }

    void aProgramThatIsNotThere()
    {
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        BuildJob given = job({""});
        given.lanes[0].command = {"/nonexistent/buildx", "build"};
        const std::string id = start(runner, given);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QCOMPARE(toString(read(id).state), "failed");
        QVERIFY(QString::fromStdString(read(id).error).contains(QStringLiteral("/nonexistent/buildx")));
    }

    void outlivesItsStarter()
    {
        std::string id;
        {
            BuildRunner runner(store(), supervisor());
            id = start(runner, job({waitFor("go") + "; echo late"}));
            QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).lanes[0].state)), QByteArray("running"), patienceMs);
        }
        BuildRunner next(store(), supervisor());
        QCOMPARE(next.running().size(), std::size_t(1));
        QSignalSpy finished(&next, &BuildRunner::finished);
        allow("go");
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QCOMPARE(toString(read(id).state), "done");
        QVERIFY(contentOf(QString::fromStdString(store().logOf(read(id), 0))).endsWith("late\n"));
    }

    void outlivesItsSupervisor()
    {
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        const std::string id = start(runner, job({waitFor("go") + R"(; printf '{"buildx.build.ref":"b/n/ref2"}' > @metadata@)"}));
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).lanes[0].state)), QByteArray("running"), patienceMs);
        QCOMPARE(::kill(read(id).supervisor.pid, SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!read(id).supervisor.alive(), patienceMs);
        QCOMPARE(toString(read(id).state), "running");
        allow("go");
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QCOMPARE(toString(read(id).state), "done");
        QCOMPARE(read(id).lanes[0].refs, std::vector<std::string>{"ref2"});
    }

    void cancelInterruptsThenKills_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("exit");
        QTest::newRow("listens") << QStringLiteral("exec sleep 600") << 128 + SIGINT;
        QTest::newRow("does not") << QStringLiteral("trap '' INT; echo deaf > %1/deaf; while :; do sleep 1; done") << 128 + SIGKILL;
    }
    void cancelInterruptsThenKills()
    {
        QFETCH(QString, script);
        QFETCH(int, exit);
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        const bool deaf = script.contains(QLatin1Char('%'));
        const std::string id = start(runner, job({(deaf ? script.arg(m_folder->path()) : script).toStdString()}));
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).lanes[0].state)), QByteArray("running"), patienceMs);
        if (deaf)
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_folder->filePath(QStringLiteral("deaf"))), patienceMs);
        const ProcessId client = read(id).lanes[0].process;
        QVERIFY(runner.cancel(id).ok());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QCOMPARE(toString(read(id).state), "canceled");
        QCOMPARE(read(id).lanes[0].exitCode, exit);
        QVERIFY(!client.alive());
        QVERIFY(!runner.cancel(id).ok());
    }

    /// The starter does what the supervisor can't do any more; a number that another process has by now is left alone.
    void cancelWithoutSupervisorInterruptsThenKills_data()
    {
        QTest::addColumn<bool>("deaf");
        QTest::addColumn<bool>("full");
        QTest::newRow("listens") << false << false;
        QTest::newRow("does not") << true << false;
        QTest::newRow("listens, full disk") << false << true;
        QTest::newRow("does not, full disk") << true << true;
    }
    void cancelWithoutSupervisorInterruptsThenKills()
    {
        QFETCH(bool, deaf);
        QFETCH(bool, full);
        BuildRunner runner(store(), supervisor());
        runner.setInterruptLimit(std::chrono::milliseconds(300));
        QSignalSpy finished(&runner, &BuildRunner::finished);
        const std::string up = "echo up > " + m_folder->path().toStdString() + "/up; ";
        const std::string id = start(runner, job({deaf ? "trap '' INT; " + up + "while :; do sleep 1; done" : up + "exec sleep 600"}));
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).lanes[0].state)), QByteArray("running"), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_folder->filePath(QStringLiteral("up"))), patienceMs);
        QCOMPARE(::kill(read(id).supervisor.pid, SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!read(id).supervisor.alive(), patienceMs);
        QProcess bystander;
        bystander.setChildProcessModifier([] { ::setpgid(0, 0); });
        bystander.start(QStringLiteral("sleep"), {QStringLiteral("600")});
        QVERIFY(bystander.waitForStarted(patienceMs));
        BuildJob stale = read(id);
        stale.lanes.push_back(stale.lanes[0]);
        stale.lanes[1].process = ProcessId::of(pid_t(bystander.processId()));
        ++stale.lanes[1].process.start; // the number was another process'
        QVERIFY(store().write(stale).ok());
        const ProcessId client = stale.lanes[0].process;
        QVERIFY(client.alive());
        {
            const auto unwritable = full ? std::make_unique<test::FullDisk>(16) : nullptr;
            QCOMPARE(runner.cancel(id).ok(), !full);
        }
        QVERIFY(runner.interrupts(id));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QVERIFY(!client.alive());
        QCOMPARE(toString(read(id).state), full ? "lost" : "canceled"); // what could not be noted is not known afterwards
        QCOMPARE(toString(read(id).lanes[0].state), full ? "lost" : "canceled");
        QCOMPARE(bystander.state(), QProcess::Running);
        QVERIFY(!bystander.waitForFinished(700)); // longer than the limit
        bystander.kill();
        QVERIFY(bystander.waitForFinished(patienceMs));
    }

    void queueHasALimitPerBuilder()
    {
        BuildRunner runner(store(), supervisor());
        QSignalSpy finished(&runner, &BuildRunner::finished);
        BuildJob first = job({waitFor("first")}), second = job({"true"}), elsewhere = job({"true"});
        first.limit = second.limit = elsewhere.limit = 1;
        elsewhere.builder = "other";
        const std::string a = start(runner, first);
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(a).lanes[0].state)), QByteArray("running"), patienceMs);
        const std::string b = start(runner, second);
        const std::string c = start(runner, elsewhere);
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(c).state)), QByteArray("done"), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(read(b).supervisor.alive(), patienceMs);
        QCOMPARE(toString(read(b).state), "queued");
        allow("first");
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(b).state)), QByteArray("done"), patienceMs);
        QVERIFY(*read(b).lanes[0].started >= *read(a).lanes[0].ended);
    }

    void queuedOnesCanBeCancelled()
    {
        BuildRunner runner(store(), supervisor());
        BuildJob first = job({waitFor("first")}), second = job({"true"});
        first.limit = second.limit = 1;
        const std::string a = start(runner, first);
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(a).lanes[0].state)), QByteArray("running"), patienceMs);
        const std::string b = start(runner, second);
        QTRY_VERIFY_WITH_TIMEOUT(read(b).supervisor.alive(), patienceMs);
        QVERIFY(runner.cancel(b).ok());
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(b).state)), QByteArray("canceled"), patienceMs);
        QCOMPARE(read(b).lanes[0].attempt, 0);
        allow("first");
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(a).state)), QByteArray("done"), patienceMs);
    }

    void secretsAreHandedOverAndKeptNowhere()
    {
        BuildRunner runner(store(), supervisor());
        const QString seen = m_folder->filePath(QStringLiteral("seen"));
        JobSecrets secrets;
        secrets.variables["NPM_TOKEN"] = "hunter2hunter2";
        BuildJob given = job({"test \"$NPM_TOKEN\" = hunter2$(printf hunter2) && cat /proc/$$/cmdline > " + seen.toStdString() + "; " + waitFor("go")});
        const auto id = runner.start(given, secrets);
        QVERIFY(id.ok());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(seen) && !contentOf(seen).isEmpty(), patienceMs);
        const BuildJob running = read(*id);
        const QByteArray supervisorLine = contentOf(QStringLiteral("/proc/%1/cmdline").arg(running.supervisor.pid));
        const QByteArray supervisorEnvironment = contentOf(QStringLiteral("/proc/%1/environ").arg(running.supervisor.pid));
        QVERIFY(!supervisorLine.isEmpty());
        allow("go");
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(*id).state)), QByteArray("done"), patienceMs);
        for (const QByteArray& text : {supervisorLine, supervisorEnvironment, contentOf(seen), contentOf(QString::fromStdString(store().folderOf(*id)) + QStringLiteral("/job.json")),
                                       contentOf(QString::fromStdString(store().logOf(read(*id), 0)))})
            QVERIFY(!text.contains("hunter2hunter2"));
        QCOMPARE(read(*id).variables, std::vector<std::string>{"NPM_TOKEN"});
        QVERIFY2(!runner.retry(*id, {"build"}, {}).ok(), "the variable is asked for again");
    }

    void credentialsInUrlsAreMaskedOnDisk()
    {
        BuildRunner runner(store(), supervisor());
        const QString seen = m_folder->filePath(QStringLiteral("url"));
        BuildJob given = job({"echo $0 > " + seen.toStdString()});
        given.lanes[0].command.push_back("https://me:hunter3@host/x.git");
        const std::string id = start(runner, given);
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).state)), QByteArray("done"), patienceMs);
        QCOMPARE(contentOf(seen), QByteArray("https://me:hunter3@host/x.git\n"));
        QVERIFY(!contentOf(QString::fromStdString(store().folderOf(id)) + QStringLiteral("/job.json")).contains("hunter3"));
        QVERIFY2(!runner.retry(id, {"build"}, {}).ok(), "what was masked can't be run again");
    }

    void redLaneIsRetriedAloneAndMerged()
    {
        write(m_folder->filePath(QStringLiteral("index")), R"({"manifests":[{"digest":"sha256:a","platform":{"os":"linux","architecture":"amd64"}},
            {"digest":"sha256:b","platform":{"os":"linux","architecture":"arm64"}}]})");
        const std::string folder = m_folder->path().toStdString();
        BuildJob given = job({R"(printf '{"containerimage.digest":"sha256:a"}' > @metadata@)",
                         "test -e " + folder + R"(/fixed || exit 1; printf '{"containerimage.digest":"sha256:b"}' > @metadata@)"});
        given.lanes[0].name = "linux/amd64";
        given.lanes[1].name = "linux/arm64";
        given.merge = JobMerge{{"/bin/sh", "-c", "echo \"$@\" > " + folder + "/merged", "create"},
                               {"/bin/sh", "-c", R"(case $0 in *@*) printf '{"config":{}}';; *) cat )" + folder + "/index;; esac"},
                               "r/shop", {"r/shop:1"}, {}, {}, {}, false};
        BuildRunner runner(store(), supervisor());
        const std::string id = start(runner, given);
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).state)), QByteArray("failed"), patienceMs);
        QCOMPARE(toString(read(id).lanes[0].state), "done");
        QCOMPARE(read(id).lanes[0].digest, std::string("sha256:a"));
        QVERIFY2(!QFile::exists(m_folder->filePath(QStringLiteral("merged"))), "nothing is merged before all have passed");
        QVERIFY(!runner.retry(id, {"linux/riscv64"}, {}).ok());
        allow("fixed");
        QVERIFY(runner.retry(id, {"linux/arm64"}, {}).ok());
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).state)), QByteArray("done"), patienceMs);
        const BuildJob merged = read(id);
        QCOMPARE(merged.lanes[0].attempt, 1);
        QCOMPARE(merged.lanes[1].attempt, 2);
        QVERIFY(merged.merge->verified);
        QCOMPARE(merged.merge->platforms, (std::vector<std::string>{"linux/amd64 sha256:a", "linux/arm64 sha256:b"}));
        QCOMPARE(contentOf(m_folder->filePath(QStringLiteral("merged"))), QByteArray("r/shop@sha256:a r/shop@sha256:b\n"));
    }

    void aWrongIndexIsNoSuccess()
    {
        write(m_folder->filePath(QStringLiteral("index")), R"({"manifests":[{"digest":"sha256:x","platform":{"os":"linux","architecture":"amd64"}}]})");
        const std::string folder = m_folder->path().toStdString();
        BuildJob given = job({R"(printf '{"containerimage.digest":"sha256:a"}' > @metadata@)"});
        given.lanes[0].name = "linux/amd64";
        given.merge = JobMerge{{"/bin/true"}, {"/bin/sh", "-c", R"(case $0 in *@*) printf '{"config":{}}';; *) cat )" + folder + "/index;; esac"},
                               "r/shop", {"r/shop:1"}, {}, {}, {}, false};
        BuildRunner runner(store(), supervisor());
        const std::string id = start(runner, given);
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).state)), QByteArray("failed"), patienceMs);
        QVERIFY(QString::fromStdString(read(id).error).contains(QStringLiteral("never pushed")));
    }

    void endsBeforeTheIndexIsPushed()
    {
        const std::string folder = m_folder->path().toStdString();
        BuildJob given = job({R"(printf '{"containerimage.digest":"sha256:a"}' > @metadata@)"});
        given.lanes[0].name = "linux/amd64";
        given.merge = JobMerge{{"/bin/sh", "-c", "touch " + folder + "/merged"}, {"/bin/sh", "-c", "touch " + folder + "/asked; " + waitFor("answer") + R"(; printf '{"config":{}}')"},
                               "r/shop", {"r/shop:1"}, {}, {}, {}, false};
        BuildRunner runner(store(), supervisor());
        const std::string id = start(runner, given);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_folder->filePath(QStringLiteral("asked"))), patienceMs);
        QCOMPARE(toString(read(id).state), "merging");
        QVERIFY(runner.cancel(id).ok());
        allow("answer");
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).state)), QByteArray("canceled"), patienceMs);
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("merged"))));
        QCOMPARE(read(id).error, std::string("cancelled before its index was pushed"));
        QCOMPARE(toString(read(id).lanes[0].state), "done"); // and a retry goes on from there
    }

    void referenceIsFoundWhileItRuns()
    {
        const std::string refs = m_folder->path().toStdString() + "/buildx/refs/b/n";
        BuildJob given = job({"mkdir -p " + refs + "; printf '{\"Target\":\"default\",\"LocalPath\":\"/src\"}' | tee " + refs + "/.tmp-mine123 > " + refs + "/mine; printf '{\"LocalPath\":\"/other\"}' > " + refs
                         + "/theirs; " + waitFor("go")});
        given.context = "/src";
        BuildRunner runner(store(), supervisor());
        const std::string id = start(runner, given);
        QTRY_COMPARE_WITH_TIMEOUT(read(id).lanes[0].refs, std::vector<std::string>{"mine"}, patienceMs);
        QVERIFY(runner.find("mine").ok());
        QCOMPARE(toString(read(id).state), "running");
        allow("go");
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).state)), QByteArray("done"), patienceMs);
    }

    /// A supervisor notes the end and is gone: whoever read the job just before must not take it for lost.
    void anEndBetweenTwoLooksIsNoLoss()
    {
        BuildJob job = TestRunner::job({"true"});
        QVERIFY(store().create(job).ok());
        const std::string file = store().folderOf(job.id) + "/job.json", last = file + ".last";
        const auto before = std::signal(SIGCHLD, SIG_IGN); // nobody waits for a real supervisor either
        for (int round = 0; round < 500; ++round) {
            int go[2];
            QCOMPARE(::pipe(go), 0);
            job.state = JobState::Done;
            QVERIFY(store().write(job).ok());
            QCOMPARE(::rename(file.c_str(), last.c_str()), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                char byte = 0;
                [[maybe_unused]] const auto got = ::read(go[0], &byte, 1);
                ::rename(last.c_str(), file.c_str());
                ::_exit(0);
            }
            job.state = JobState::Running;
            job.supervisor = ProcessId::of(child);
            QVERIFY(store().write(job).ok());
            QCOMPARE(::write(go[1], "x", 1), ssize_t(1));
            JobState seen = JobState::Running;
            while (!ended(seen))
                seen = store().read(job.id)->state;
            ::close(go[0]);
            ::close(go[1]);
            QVERIFY2(seen == JobState::Done, qPrintable(QStringLiteral("round %1: %2").arg(round).arg(QLatin1String(toString(seen)))));
        }
        std::signal(SIGCHLD, before);
    }

    void damagedStateBreaksNothing()
    {
        BuildRunner runner(store(), supervisor());
        const std::string id = start(runner, job({"true"}));
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray(toString(read(id).state)), QByteArray("done"), patienceMs);
        for (const char* text : {"", "{", "[]", R"({"schema":1})", R"({"schema":1,"lanes":[1,{"state":5,"process":[]}],"limit":"x"})"}) {
            write(QString::fromStdString(store().folderOf(id)) + QStringLiteral("/job.json"), text);
            const BuildRunner again(store(), supervisor());
            QVERIFY(again.running().empty());
        }
    }

private:
    JobStore store() const { return JobStore(m_folder->path().toStdString() + "/builds"); }
    std::vector<std::string> supervisor() const { return {"/proc/self/exe", "__supervise", m_folder->path().toStdString()}; }

    /// One lane a script.
    static BuildJob job(const std::vector<std::string>& scripts)
    {
        BuildJob made;
        made.title = "test";
        made.builder = "default";
        for (const std::string& script : scripts)
            made.lanes.push_back({"build", {"/bin/sh", "-c", script}, JobState::Queued, -1, {}, {}, {}, {}, 0, {}, {}});
        return made;
    }
    /// Scripts hold the place of the metadata file inside an argument: it becomes $0-free text here.
    std::string start(BuildRunner& runner, BuildJob given)
    {
        JobSecrets secrets;
        for (std::size_t at = 0; at < given.lanes.size(); ++at) {
            auto& command = given.lanes[at].command;
            if (command.size() < 3)
                continue;
            QString script = QString::fromStdString(command[2]);
            if (script.contains(QLatin1String(metadataPlaceholder))) {
                command[2] = script.replace(QLatin1String(metadataPlaceholder), QStringLiteral("\"$0\"")).toStdString();
                command.push_back(metadataPlaceholder);
            }
        }
        for (const JobLane& lane : given.lanes)
            secrets.commands.push_back(lane.command);
        auto id = runner.start(std::move(given), std::move(secrets));
        return id ? *id : std::string();
    }
    BuildJob read(const std::string& id) const
    {
        auto found = store().read(id);
        return found ? std::move(*found) : BuildJob{};
    }
    std::string waitFor(const char* name) const
    {
        return "while ! test -e " + m_folder->path().toStdString() + "/" + name + "; do sleep 0.02; done";
    }
    void allow(const char* name) const { write(m_folder->filePath(QString::fromLatin1(name)), "x"); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char** argv)
{
    if (argc == 4 && qstrcmp(argv[1], "__supervise") == 0) {
        SupervisorOptions options;
        options.environment = {};
        options.environment.buildxConfig = std::string(argv[2]) + "/buildx";
        options.interruptLimit = std::chrono::milliseconds(300);
        return superviseJob(JobStore(std::string(argv[2]) + "/builds"), argv[3], options);
    }
    QCoreApplication app(argc, argv);
    TestRunner test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_runner.moc"
