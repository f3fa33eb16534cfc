// Runs as domain values and events: names, platforms, lanes.
#include "domain/build_set.h"
#include "sources/github/job_platforms.h"
#include "sources/github/repository_name.h"
#include "sources/github/run_details.h"
#include "sources/github/run_events.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace layerline;

namespace {

constexpr std::int64_t second = 1'000'000'000;
const Timestamp start{1'795'000'000 * second};

Timestamp at(int seconds) { return start + Duration{seconds * second}; }

RunStep step(int number, const char* name, int from, int to, Conclusion conclusion = Conclusion::Success)
{
    RunStep made;
    made.number = number;
    made.name = name;
    made.started = at(from);
    made.state = to < 0 ? RunState::InProgress : RunState::Completed;
    if (to >= 0) {
        made.completed = at(to);
        made.conclusion = conclusion;
    }
    return made;
}

RunJob job(std::int64_t id, const char* name, const char* label, int created, int started, int completed, std::vector<RunStep> steps)
{
    RunJob made;
    made.id = id;
    made.name = name;
    made.labels = {label};
    made.created = at(created);
    if (started >= 0)
        made.started = at(started);
    made.state = started < 0 ? RunState::Queued : completed < 0 ? RunState::InProgress : RunState::Completed;
    if (completed >= 0) {
        made.completed = at(completed);
        made.conclusion = Conclusion::Success;
    }
    made.steps = std::move(steps);
    return made;
}

/// Two native jobs and a merge job: amd64 is done, arm64 under way, the merge waits.
Run multiArch()
{
    Run run;
    run.key = {"octo/shop", 77};
    run.number = 12;
    run.workflow = "images";
    run.state = RunState::InProgress;
    run.created = start;
    run.started = start;
    run.jobs = {job(1, "build (linux/amd64, ubuntu-24.04)", "ubuntu-24.04", 1, 4, 60, {step(1, "Set up job", 4, 6), step(2, "Build", 6, 60)}),
                job(2, "build (linux/arm64, ubuntu-24.04-arm)", "ubuntu-24.04-arm", 1, 31, -1, {step(1, "Set up job", 31, 33), step(2, "Build", 33, -1)}),
                job(3, "merge", "ubuntu-24.04", 1, -1, -1, {})};
    findPlatforms(run);
    return run;
}

const Step* find(const Build& build, const std::string& digest)
{
    const StepIndex index = build.find(0, StepDigest(digest));
    return index == noStep ? nullptr : &build.step(index);
}

std::string lanes(const Step& step)
{
    std::string text;
    for (const Platform& platform : step.neededBy)
        text += (text.empty() ? "" : ",") + platform.str();
    return text;
}

} // namespace

class TestGithubRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunIsABuild();
    void theSameRunChangesNothing();
    void aRunMovesOn();
    void anAttemptIsABuildOfItsOwn();
    void endsOfJobs();
    void strangeNames();
    void detailsJoinTheLanes();
    void detailsAsTheirOwnBuild();
    void platformsByTrust();
    void platformsInNames_data();
    void platformsInNames();
    void platformsOfLabels_data();
    void platformsOfLabels();
    void repositoryNames_data();
    void repositoryNames();
    void repositoryOfAClone();
    void artifactsNamedInALog();
};

void TestGithubRuns::aRunIsABuild()
{
    BuildSet set;
    const auto batches = runToBatches(multiArch());
    QCOMPARE(batches.size(), std::size_t(1));
    const Build& build = *set.find(set.apply(batches[0]).first);
    QVERIFY(build.status() == BuildStatus::Running);
    QVERIFY(build.source() == SourceKind::GitHub);
    QCOMPARE(build.name(), std::string("images #12"));
    QCOMPARE(build.steps.size(), std::size_t(3 + 3 + 1));
    QCOMPARE(build.platforms.size(), std::size_t(2));

    const Step* queue = find(build, "job:2/queue");
    QVERIFY(queue);
    QCOMPARE(durationOf(build, *queue, at(100)).ns, 30 * second);
    QCOMPARE(lanes(*queue), std::string("linux/arm64"));
    QVERIFY(queue->name.find("ubuntu-24.04-arm") != std::string::npos);
    const Step* work = find(build, "job:2/2");
    QVERIFY(work && stateOf(build, *work) == StepState::Running);
    QCOMPARE(lanes(*work), std::string("linux/arm64"));
    QCOMPARE(work->inputSteps.size(), std::size_t(1));
    QCOMPARE(build.step(work->inputSteps[0]).digest.str(), std::string("job:2/1"));
    QCOMPARE(lanes(*find(build, "job:1/2")), std::string("linux/amd64"));
    QCOMPARE(work->parsed.text, std::string("Build"));
    QCOMPARE(work->parsed.index, 3);
    QCOMPARE(work->parsed.count, 3);

    const Step* merge = find(build, "job:3/queue");
    QCOMPARE(lanes(*merge), std::string("linux/amd64,linux/arm64"));
    QVERIFY(stateOf(build, *merge) == StepState::Running);
}

void TestGithubRuns::theSameRunChangesNothing()
{
    BuildSet set;
    const Run run = multiArch();
    set.apply(runToBatches(run)[0]);
    const std::uint64_t revision = set.find(set.ids()[0])->revision;
    const auto [id, change] = set.apply(runToBatches(run)[0]);
    QCOMPARE(change.flags, std::uint32_t(Change::None));
    QCOMPARE(set.find(id)->revision, revision);
    QCOMPARE(set.size(), std::size_t(1));
}

void TestGithubRuns::aRunMovesOn()
{
    BuildSet set;
    Run run = multiArch();
    set.apply(runToBatches(run)[0]);
    run.state = RunState::Completed;
    run.conclusion = Conclusion::Failure;
    run.jobs[1] = job(2, "build (linux/arm64, ubuntu-24.04-arm)", "ubuntu-24.04-arm", 1, 31, 90, {step(1, "Set up job", 31, 33), step(2, "Build", 33, 90, Conclusion::Failure)});
    run.jobs[1].conclusion = Conclusion::Failure;
    run.jobs[2].state = RunState::Completed;
    run.jobs[2].conclusion = Conclusion::Skipped;
    run.jobs[2].completed = at(91);
    findPlatforms(run);
    const Build& build = *set.find(set.apply(runToBatches(run)[0]).first);
    QCOMPARE(set.size(), std::size_t(1));
    QVERIFY(build.status() == BuildStatus::Failed);
    QVERIFY(build.error()->message.find("Build") != std::string::npos);
    const Step* work = find(build, "job:2/2");
    QVERIFY(stateOf(build, *work) == StepState::Failed);
    QCOMPARE(durationOf(build, *work, at(500)).ns, 57 * second);
    QVERIFY(stateOf(build, *find(build, "job:3/queue")) != StepState::Failed);
    QCOMPARE(build.completed().value().ns, at(91).ns);
}

void TestGithubRuns::anAttemptIsABuildOfItsOwn()
{
    BuildSet set;
    Run run = multiArch();
    set.apply(runToBatches(run)[0]);
    run.attempt = 2;
    run.started = at(1000);
    set.apply(runToBatches(run)[0]);
    QCOMPARE(set.size(), std::size_t(2));
    QCOMPARE(set.find(set.ids()[1])->started().value().ns, at(1000).ns);
}

void TestGithubRuns::endsOfJobs()
{
    Run run = multiArch();
    run.state = RunState::Completed;
    run.conclusion = Conclusion::Cancelled;
    run.jobs = {job(1, "lost", "ubuntu-24.04", 0, 2, 30, {step(1, "Set up job", 2, 3)}), // failed without a failed step
                job(2, "cancelled", "ubuntu-24.04", 0, 2, 30, {step(1, "Build", 2, 30, Conclusion::Cancelled)}),
                job(3, "again", "ubuntu-24.04", 50, 40, 60, {}), // created after its start
                job(4, "skips", "ubuntu-24.04", 0, 2, 30, {step(1, "Set up", 2, 3), RunStep{2, "Not needed", RunState::Completed, Conclusion::Skipped, {}, {}}})};
    run.jobs[0].conclusion = Conclusion::Failure;
    run.jobs[1].conclusion = Conclusion::Cancelled;
    BuildSet set;
    const Build& build = *set.find(set.apply(runToBatches(run)[0]).first);
    QVERIFY(build.status() == BuildStatus::Canceled);
    QVERIFY(find(build, "job:1/end") && stateOf(build, *find(build, "job:1/end")) == StepState::Failed);
    QVERIFY(stateOf(build, *find(build, "job:2/1")) == StepState::Canceled);
    QVERIFY(!find(build, "job:2/end"));
    QCOMPARE(durationOf(build, *find(build, "job:3/queue"), at(100)).ns, std::int64_t(0));
    const Step* skipped = find(build, "job:4/2");
    QCOMPARE(durationOf(build, *skipped, at(100)).ns, std::int64_t(0));
    QVERIFY(stateOf(build, *skipped) == StepState::Completed);
}

void TestGithubRuns::strangeNames()
{
    Run run = multiArch();
    for (const char* name : {"", "[linux/arm64 x 3/9] RUN evil", "a\nb\tc", "] ] [", "linux/amd64"}) {
        run.jobs = {job(1, name, "x", 0, 1, 9, {step(1, "[linux/s390x y 1/2] FROM z", 1, 2)})};
        BuildSet set;
        const Build& build = *set.find(set.apply(runToBatches(run)[0]).first);
        QCOMPARE(build.steps.size(), std::size_t(2));
        const Step* inner = find(build, "job:1/1");
        QCOMPARE(inner->parsed.text, std::string("[linux/s390x y 1/2] FROM z"));
        QCOMPARE(inner->parsed.index, 2);
        QVERIFY(inner->name.find('\n') == std::string::npos);
    }
}

namespace {

/// A job's log with one small BuildKit build in it.
std::vector<EventBatch> logOf(const char* platform)
{
    const std::string name = std::string("[") + platform + " 1/1] RUN make";
    const std::string log = "2026-11-18T11:07:00.0000000Z ##[group]Build\n"
                            "2026-11-18T11:07:01.0000000Z #1 [internal] load build definition from Dockerfile\n"
                            "2026-11-18T11:07:01.5000000Z #1 DONE 0.5s\n"
                            "2026-11-18T11:07:02.0000000Z #2 " + name + "\n"
                            "2026-11-18T11:07:07.0000000Z #2 DONE 5.0s\n";
    auto file = openBuildBytes(log, "job.log", at(600));
    return file.ok() ? std::move(file.value().batches) : std::vector<EventBatch>{};
}

} // namespace

void TestGithubRuns::detailsJoinTheLanes()
{
    const Run run = multiArch();
    BuildSet set;
    set.apply(runToBatches(run)[0]);
    for (int i : {0, 1}) {
        for (const EventBatch& batch : detailsOfJob(run, run.jobs[std::size_t(i)], logOf(i ? "linux/arm64" : "linux/amd64"), DetailPlace::InRun))
            set.apply(batch);
    }
    QCOMPARE(set.size(), std::size_t(1));
    const Build& build = *set.find(set.ids()[0]);
    QCOMPARE(build.records.size(), std::size_t(3));
    const auto arm = std::find_if(build.steps.begin(), build.steps.end(), [](const Step& each) { return each.name == "[linux/arm64 1/1] RUN make"; });
    QVERIFY(arm != build.steps.end());
    QCOMPARE(lanes(*arm), std::string("linux/arm64"));
    QCOMPARE(build.name(), std::string("images #12"));
}

void TestGithubRuns::detailsAsTheirOwnBuild()
{
    const Run run = multiArch();
    BuildSet set;
    set.apply(runToBatches(run)[0]);
    for (int i : {0, 1}) {
        for (const EventBatch& batch : detailsOfJob(run, run.jobs[std::size_t(i)], logOf(i ? "linux/arm64" : "linux/amd64"), DetailPlace::OwnBuild))
            set.apply(batch);
    }
    QCOMPARE(set.size(), std::size_t(2));
    QCOMPARE(set.find(set.ids()[1])->steps.size(), std::size_t(4));
    QCOMPARE(platformsOf(logOf("linux/arm64")), std::vector<Platform>{*parsePlatform("linux/arm64")});
}

void TestGithubRuns::platformsByTrust()
{
    Run run = multiArch();
    QVERIFY(run.jobs[0].evidence == PlatformEvidence::JobName);
    QVERIFY(run.jobs[1].evidence == PlatformEvidence::RunnerLabel);
    QVERIFY(run.jobs[2].merges && run.jobs[2].platforms.empty());
    const auto platform = [](const char* text) { return std::vector<Platform>{*parsePlatform(text)}; };
    findPlatforms(run, {{1, {{}, platform("linux/s390x")}}, {2, {platform("linux/riscv64"), platform("linux/s390x")}}});
    QVERIFY(run.jobs[0].evidence == PlatformEvidence::WorkflowPlatforms);
    QCOMPARE(run.jobs[0].platforms, platform("linux/s390x"));
    QVERIFY(run.jobs[1].evidence == PlatformEvidence::BuildRecord);
    QCOMPARE(run.jobs[1].platforms, platform("linux/riscv64"));

    // A QEMU job on a plain runner builds what its name says; a label that names an architecture is believed first.
    run.jobs = {job(1, "build (linux/arm64)", "ubuntu-latest", 0, 1, 2, {}), job(2, "build (linux/amd64)", "ubuntu-24.04-arm", 0, 1, 2, {})};
    findPlatforms(run);
    QCOMPARE(run.jobs[0].platforms, platform("linux/arm64"));
    QCOMPARE(run.jobs[1].platforms, platform("linux/arm64"));
    // Siblings of one matrix told apart by their runners alone.
    run.jobs = {job(1, "build (ubuntu-24.04)", "ubuntu-24.04", 0, 1, 2, {}), job(2, "build (ubuntu-24.04-arm)", "ubuntu-24.04-arm", 0, 1, 2, {}),
                job(3, "lint", "ubuntu-24.04", 0, 1, 2, {})};
    findPlatforms(run);
    QCOMPARE(run.jobs[0].platforms, platform("linux/amd64"));
    QCOMPARE(run.jobs[1].platforms, platform("linux/arm64"));
    QVERIFY(run.jobs[2].platforms.empty());
    QVERIFY(run.jobs[2].evidence == PlatformEvidence::None);
}

void TestGithubRuns::platformsInNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("platforms");
    const auto row = [](const char* name, const char* platforms) { QTest::newRow(name) << QByteArray(name) << QByteArray(platforms); };
    row("build (linux/arm64, ubuntu-24.04-arm)", "linux/arm64");
    row("build (linux/amd64,linux/arm64)", "linux/amd64 linux/arm64");
    row("docker-linux-arm64", "linux/arm64");
    row("Build ARM64 image", "linux/arm64");
    row("build (armv7)", "linux/arm/v7");
    row("image / build (linux/arm/v7)", "linux/arm/v7");
    row("build (x86_64)", "linux/amd64");
    row("alarm64", "");
    row("test (ubuntu-24.04-arm64)", "");
    row("lint", "");
    row("", "");
}

void TestGithubRuns::platformsInNames()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, platforms);
    QByteArray found;
    for (const Platform& platform : platformsInName(name.toStdString()))
        found += (found.isEmpty() ? "" : " ") + QByteArray::fromStdString(platform.str());
    QCOMPARE(found, platforms);
}

void TestGithubRuns::platformsOfLabels_data()
{
    QTest::addColumn<QByteArray>("label");
    QTest::addColumn<QByteArray>("platform");
    const auto row = [](const char* label, const char* platform) { QTest::newRow(label) << QByteArray(label) << QByteArray(platform); };
    row("ubuntu-24.04-arm", "linux/arm64");
    row("ubuntu-24.04-arm64", "linux/arm64");
    row("windows-11-arm", "windows/arm64");
    row("ARM64", "linux/arm64");
    row("X64", "linux/amd64");
    row("self-hosted", "");
    row("ubuntu-latest", "");
    row("riscv64", "linux/riscv64");
    row("my-arm-farm-x64", "");
}

void TestGithubRuns::platformsOfLabels()
{
    QFETCH(QByteArray, label);
    QFETCH(QByteArray, platform);
    const auto found = platformOfLabel(label.toStdString());
    QCOMPARE(found ? QByteArray::fromStdString(found->str()) : QByteArray(), platform);
}

void TestGithubRuns::repositoryNames_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("result"); ///< "" = refused
    const auto row = [](const char* text, const char* result) { QTest::newRow(text) << QByteArray(text) << QByteArray(result); };
    row("octo/shop", "github.com octo/shop");
    row(" octo/shop.js ", "github.com octo/shop.js");
    row("https://github.com/octo/shop", "github.com octo/shop");
    row("https://github.com/octo/shop.git", "github.com octo/shop");
    row("https://github.com/octo/shop/actions/runs/7?pr=1", "github.com octo/shop");
    row("https://me:secret@GitHub.example.org:8443/octo/shop", "github.example.org octo/shop");
    row("git@github.com:octo/shop.git", "github.com octo/shop");
    row("ssh://git@ssh.github.com:443/octo/shop.git", "github.com octo/shop");
    for (const char* bad : {"", "octo", "octo/", "/shop", "octo/shop/more", "o/r?x=1", "../../etc", "o/..", "https://github.com", "https://github.com/octo", "a b/c", "o/r\r\nX: y"})
        row(bad, "");
}

void TestGithubRuns::repositoryNames()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, result);
    const auto parsed = parseRepository(text.toStdString());
    QCOMPARE(parsed ? QByteArray::fromStdString(parsed.value().host + " " + parsed.value().fullName) : QByteArray(), result);
}

void TestGithubRuns::repositoryOfAClone()
{
    QTemporaryDir folder;
    const QDir dir(folder.path());
    QVERIFY(dir.mkpath(QStringLiteral("clone/.git/worktrees/w")));
    QVERIFY(dir.mkpath(QStringLiteral("clone/src/deep")));
    QVERIFY(dir.mkpath(QStringLiteral("w")));
    const auto write = [&](const char* name, const QByteArray& text) {
        QFile file(dir.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write("clone/.git/config", "[core]\n\tbare = false\n[remote \"fork\"]\n\turl = git@github.com:me/shop.git\n[remote \"local\"]\n\turl = ../other\n"
                                       "[remote \"origin\"]\n\turl = https://token:x@github.com/octo/shop.git\n[branch \"main\"]\n\turl = nonsense\n"));
    QVERIFY(write("w/.git", "gitdir: ../clone/.git/worktrees/w\n"));
    QVERIFY(write("clone/.git/worktrees/w/commondir", "../..\n"));
    for (const char* place : {"clone", "clone/src/deep", "w"}) {
        const auto found = repositoriesOfFolder(dir.filePath(QString::fromLatin1(place)).toStdString());
        QVERIFY2(found.ok(), place);
        QCOMPARE(found.value().size(), std::size_t(2));
        QCOMPARE(found.value()[0].fullName, std::string("octo/shop"));
        QCOMPARE(found.value()[1].fullName, std::string("me/shop"));
    }
    QVERIFY(!repositoriesOfFolder(folder.path().toStdString()));
    QVERIFY(!repositoriesOfFolder("/nowhere/at/all"));
}

void TestGithubRuns::artifactsNamedInALog()
{
    const std::string log = "2026-01-01T00:00:00Z Artifact o~r~ABCDEF.dockerbuild.zip successfully finalized. Artifact ID 1234567\n"
                            "Artifact ID \nArtifact ID -5\nuploaded (ID: 88)\n2026-01-01T00:00:00Z Artifact successfully finalized (4761363963)\nArtifact ID 99999999999999999999999\n";
    QCOMPARE(artifactsInLog(log), (std::set<std::int64_t>{88, 1234567, 4761363963}));
}

QTEST_GUILESS_MAIN(TestGithubRuns)
#include "test_github_runs.moc"
