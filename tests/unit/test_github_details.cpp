// Real builds as jobs: their records and logs are fetched and become what the local build was.
#include "domain/build_set.h"
#include "domain/summary.h"
#include "sources/github/job_platforms.h"
#include "sources/github/run_details.h"
#include "support/fault_server/fault_server.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;
using From = JobDetails::From;

namespace {

QByteArray data(const char* name)
{
    QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/github/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A run of two native jobs, each with its log; the API redirects downloads to a blob host, as GitHub does.
struct Rig {
    FaultServer blobs, server;
    SystemClock clock;
    HttpClient http;
    GitHubSession session;
    GitHubApi api;
    RunDetails details;
    Run run;
    QByteArray artifacts = "[]";
    QHash<QByteArray, QByteArray> content; ///< by path below the repository
    QHash<QByteArray, int> broken;         ///< status of what can't be had, by the path's end
    std::map<std::int64_t, std::shared_ptr<const JobDetails>> got;

    Rig()
        : blobs([this](const Request& request) {
              const QByteArray body = content.value(request.path);
              return body.isEmpty() ? Answer{404, "gone", {}} : Answer{200, body, {}};
          }),
          server([this](const Request& request) { return answer(request); }), session(http, clock, server.url().toStdString()), api(session), details(api)
    {
        QObject::connect(&details, &RunDetails::ready, &details, [this](const std::shared_ptr<const JobDetails>& ready) { got[ready->job] = ready; });
        run.key = {"octo/shop", 5};
        run.workflow = "images";
        run.number = 9;
        run.state = RunState::Completed;
        for (const char* arch : {"amd64", "arm64"}) {
            RunJob job;
            job.id = run.jobs.empty() ? 50 : 51;
            job.name = std::string("build (linux/") + arch + ")";
            job.state = RunState::Completed;
            const QByteArray log = data((std::string(arch) + ".log").c_str());
            content["/jobs/" + QByteArray::number(qint64(job.id))] = log;
            const QByteArray last = log.trimmed().split('\n').last();
            job.started = Timestamp{parseRfc3339(log.left(log.indexOf(' ')).toStdString()).value().ns - 10'000'000'000};
            job.completed = Timestamp{parseRfc3339(last.left(last.indexOf(' ')).toStdString()).value().ns + 3'000'000'000};
            run.jobs.push_back(job);
        }
        findPlatforms(run);
    }

    Answer answer(const Request& request)
    {
        const QList<QByteArray> parts = request.path.split('/');
        for (auto it = broken.begin(); it != broken.end(); ++it) {
            if (request.path.endsWith(it.key()))
                return {it.value(), R"({"message":"not today"})", {}};
        }
        if (request.path.endsWith("/artifacts"))
            return {200, "{\"artifacts\":" + artifacts + "}", {}};
        const QByteArray place = request.path.contains("/artifacts/") ? "/artifacts/" + parts.value(parts.size() - 2) : "/jobs/" + parts.value(parts.size() - 2);
        if (!content.contains(place))
            return {404, "{\"message\":\"Not Found\"}", {}};
        return {302, {}, {{"Location", blobs.url(QString::fromLatin1(place)).toUtf8()}}};
    }
    void addRecord(int id, const char* name, bool expired = false)
    {
        artifacts.chop(1);
        artifacts += (artifacts.size() > 1 ? "," : "") + ("{\"id\":" + QByteArray::number(id) + ",\"name\":\"octo~shop~" + QByteArray::number(id) + ".dockerbuild\"");
        artifacts += QByteArray(expired ? ",\"expired\":true" : "") + "}]";
        content["/artifacts/" + QByteArray::number(id)] = data(name);
    }
    /// One job that made both builds, one after the other, and says so at its end.
    void joinJobs()
    {
        content["/jobs/50"] += content["/jobs/51"];
        for (const char* id : {"900", "901"})
            content["/jobs/50"] += "2026-11-21T12:00:00.0000000Z Artifact successfully finalized (" + QByteArray(id) + ")\n";
        run.jobs[0].completed = run.jobs[1].completed;
        run.jobs[0].name = "images";
        run.jobs[0].platforms.clear();
        run.jobs.pop_back();
    }
    Build runWith(const JobDetails& read) const
    {
        BuildSet set;
        for (const EventBatch& batch : runToBatches(run))
            set.apply(batch);
        for (const EventBatch& batch : detailsOfJob(run, run.jobs[0], read.batches, DetailPlace::InRun))
            set.apply(batch);
        return set.size() == 1 ? *set.find(set.ids()[0]) : Build{};
    }
    int requestsFor(const QByteArray& end) const
    {
        const auto requests = server.requests();
        return int(std::count_if(requests.begin(), requests.end(), [&](const Request& request) { return request.path.endsWith(end); }));
    }
    const JobDetails& load(std::int64_t job)
    {
        got.erase(job);
        details.load(run, job);
        (void)QTest::qWaitFor([this, job] { return got.count(job) > 0; }, 20'000);
        return *got.at(job);
    }
};

struct Facts {
    std::size_t steps = 0;
    int cached = 0, completed = 0;
    friend bool operator==(const Facts&, const Facts&) = default;
};

Facts factsOf(const Build& build)
{
    Facts facts;
    for (const Step& step : build.steps) {
        ++facts.steps;
        facts.cached += stateOf(build, step) == StepState::Cached;
        facts.completed += stateOf(build, step) == StepState::Completed;
    }
    return facts;
}

Facts localFacts(const char* name)
{
    const auto file = openBuildBytes(data(name).toStdString(), name, Timestamp{1});
    BuildSet set;
    return factsOf(*set.find(set.apply(file.value().batches.at(0)).first));
}

} // namespace

class TestGithubDetails : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordsMakeTheLocalBuild();
    void theLogNamesTheArtifact();
    void aLogAloneTellsTheSteps();
    void nothingToRead();
    void aBrokenRecordLeavesTheLog();
    void whatCouldNotBeHadIsSaidAndAskedForAgain_data();
    void whatCouldNotBeHadIsSaidAndAskedForAgain();
    void aRefusalIsNotRepeatedByItself();
    void anExpiredRecordIsNotAskedFor();
    void anotherArtifactInTheLogHidesNoRecord();
    void twoBuildsOfOneJob();
    void theSecondBuildIsInTheLogAlone();
};

void TestGithubDetails::recordsMakeTheLocalBuild()
{
    Rig rig;
    rig.addRecord(900, "arm64.dockerbuild"); // not in the order of the jobs: times and platforms tell whose they are
    rig.addRecord(901, "amd64.dockerbuild");
    BuildSet set;
    for (const RunJob& job : rig.run.jobs) {
        const JobDetails& details = rig.load(job.id);
        QVERIFY2(details.from == From::Record, details.notes.empty() ? "no record" : details.notes.front().c_str());
        QCOMPARE(details.platforms, job.platforms);
        QVERIFY(details.log && !details.problem);
        for (const EventBatch& batch : detailsOfJob(rig.run, job, details.batches, DetailPlace::OwnBuild))
            set.apply(batch);
    }
    QCOMPARE(set.size(), std::size_t(1));
    const Build& build = *set.find(set.ids()[0]);
    const Facts amd64 = localFacts("amd64.dockerbuild"), arm64 = localFacts("arm64.dockerbuild");
    QVERIFY(amd64.steps > 20);
    QCOMPARE(factsOf(build), (Facts{amd64.steps + arm64.steps, amd64.cached + arm64.cached, amd64.completed + arm64.completed}));
    QCOMPARE(build.platforms.size(), std::size_t(2));
    // A second time from memory: no request.
    const auto requests = rig.server.requests().size();
    QVERIFY(rig.load(50).from == From::Record);
    QCOMPARE(rig.server.requests().size(), requests);
    for (const Request& request : rig.blobs.requests())
        QVERIFY(!request.headers.contains("authorization"));
}

void TestGithubDetails::theLogNamesTheArtifact()
{
    Rig rig;
    rig.addRecord(900, "arm64.dockerbuild");
    rig.addRecord(901, "amd64.dockerbuild");
    // The log's word goes before everything else.
    rig.content["/jobs/50"] += "2026-11-21T12:00:00.0000000Z Artifact octo~shop~900.dockerbuild has been successfully uploaded! Final size is 5 bytes. Artifact ID is 900\n";
    const JobDetails& details = rig.load(50);
    QVERIFY(details.from == From::Record);
    QCOMPARE(details.platforms, rig.run.jobs[1].platforms);
}

void TestGithubDetails::aLogAloneTellsTheSteps()
{
    Rig rig;
    const JobDetails& details = rig.load(51);
    QVERIFY(details.from == From::Log);
    QVERIFY(!details.problem);
    BuildSet set;
    for (const EventBatch& batch : detailsOfJob(rig.run, rig.run.jobs[1], details.batches, DetailPlace::OwnBuild))
        set.apply(batch);
    const Build& build = *set.find(set.ids()[0]);
    QCOMPARE(factsOf(build), localFacts("arm64.dockerbuild"));
    // The log names no platform; the job's is the lane.
    QCOMPARE(build.platforms, rig.run.jobs[1].platforms);
}

void TestGithubDetails::nothingToRead()
{
    Rig rig;
    rig.content.remove("/jobs/50");
    const JobDetails& never = rig.load(50);
    QVERIFY(never.from == From::Nothing);
    QVERIFY(never.problem && never.problem->kind == ErrorKind::NotFound);
    rig.content["/jobs/51"] = "2026-11-21T12:00:00.0000000Z no build in here\n";
    const JobDetails& other = rig.load(51);
    QVERIFY(other.from == From::Nothing);
    QVERIFY(other.problem && other.problem->kind == ErrorKind::Unsupported);
    QVERIFY(other.log);
}

void TestGithubDetails::aBrokenRecordLeavesTheLog()
{
    Rig rig;
    rig.addRecord(901, "amd64.dockerbuild");
    rig.content["/artifacts/901"].truncate(rig.content["/artifacts/901"].size() / 2);
    const JobDetails& details = rig.load(50);
    QVERIFY(details.from == From::Log);
    QCOMPARE(details.notes.size(), std::size_t(1));
}

void TestGithubDetails::whatCouldNotBeHadIsSaidAndAskedForAgain_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<int>("what");
    using What = JobDetails::Missed::What;
    QTest::newRow("list") << QByteArray("/artifacts") << int(What::ArtifactList);
    QTest::newRow("record") << QByteArray("/artifacts/900/zip") << int(What::Record);
}

void TestGithubDetails::whatCouldNotBeHadIsSaidAndAskedForAgain()
{
    QFETCH(QByteArray, place);
    QFETCH(int, what);
    Rig rig;
    rig.addRecord(900, "amd64.dockerbuild");
    rig.broken[place] = 502;
    const JobDetails& first = rig.load(50);
    QVERIFY(first.from == From::Log); // meanwhile
    QCOMPARE(first.missed.size(), std::size_t(1));
    QCOMPARE(int(first.missed[0].what), what);
    QVERIFY2(first.missed[0].error.detail.find("502") != std::string::npos, first.missed[0].error.detail.c_str());
    QVERIFY(first.worthAnother());
    rig.broken.clear();
    const JobDetails& second = rig.load(50);
    QVERIFY(second.from == From::Record && second.missed.empty() && !second.worthAnother());
    QCOMPARE(rig.requestsFor("/jobs/50/logs"), 1); // a log does not change any more
    QVERIFY(second.log);
    const auto requests = rig.server.requests().size();
    rig.load(50); // nothing is left to ask for
    QCOMPARE(rig.server.requests().size(), requests);
}

void TestGithubDetails::aRefusalIsNotRepeatedByItself()
{
    Rig rig;
    rig.addRecord(900, "amd64.dockerbuild");
    rig.broken["/artifacts"] = 403;
    QVERIFY(rig.load(50).from == From::Log);
    QVERIFY(!rig.got.at(50)->worthAnother());
    QCOMPARE(rig.load(50).missed.size(), std::size_t(1));
    QCOMPARE(rig.requestsFor("/artifacts"), 1);
    rig.broken.clear();
    rig.got.clear();
    rig.details.loadAnew(rig.run, 50); // somebody wants it
    QTRY_VERIFY_WITH_TIMEOUT(rig.got.count(50), 20'000);
    QVERIFY(rig.got.at(50)->from == From::Record);
}

void TestGithubDetails::anExpiredRecordIsNotAskedFor()
{
    Rig rig;
    rig.addRecord(900, "amd64.dockerbuild", true);
    const JobDetails& details = rig.load(50);
    QVERIFY(details.from == From::Log);
    QCOMPARE(rig.requestsFor("/artifacts/900/zip"), 0);
    QCOMPARE(details.missed.size(), std::size_t(1));
    QVERIFY(details.missed[0].expired && !details.worthAnother());
    // One that goes between the list and the question.
    Rig late;
    late.addRecord(900, "amd64.dockerbuild");
    late.broken["/artifacts/900/zip"] = 410;
    QVERIFY(late.load(50).from == From::Log);
    QVERIFY(late.got.at(50)->missed.at(0).expired && !late.got.at(50)->worthAnother());
}

/// The usual workflow uploads the digest by another action; older ones of Docker's did not name their record.
void TestGithubDetails::anotherArtifactInTheLogHidesNoRecord()
{
    Rig rig;
    rig.addRecord(901, "amd64.dockerbuild");
    rig.content["/jobs/50"] += "2026-11-21T12:00:00.0000000Z Artifact digests-linux-amd64.zip successfully finalized. Artifact ID 77\n";
    QVERIFY(rig.load(50).from == From::Record);
}

void TestGithubDetails::twoBuildsOfOneJob()
{
    Rig rig;
    rig.addRecord(900, "arm64.dockerbuild"); // the action's last steps run backwards: the second build's record comes first
    rig.addRecord(901, "amd64.dockerbuild");
    rig.joinJobs();
    const JobDetails& details = rig.load(50);
    QVERIFY(details.from == From::Record && details.missed.empty());
    QCOMPARE(details.batches.size(), std::size_t(2));
    QCOMPARE(details.platforms.size(), std::size_t(2));
    const Facts amd64 = localFacts("amd64.dockerbuild"), arm64 = localFacts("arm64.dockerbuild");
    // Of the run: both builds' lanes and all their steps.
    const Build run = rig.runWith(details);
    QCOMPARE(run.records.size(), std::size_t(3));
    QCOMPARE(factsOf(run).cached, amd64.cached + arm64.cached);
    QCOMPARE(factsOf(run).steps, amd64.steps + arm64.steps + 1); // and the job's wait for a runner
    QCOMPARE(run.platforms.size(), std::size_t(2));
    // By themselves: two builds, in the order they ran.
    BuildSet set;
    for (const EventBatch& batch : detailsOfJob(rig.run, rig.run.jobs[0], details.batches, DetailPlace::OwnBuild))
        set.apply(batch);
    QCOMPARE(set.size(), std::size_t(2));
    QCOMPARE(factsOf(*set.find(set.ids()[0])), amd64);
    QCOMPARE(factsOf(*set.find(set.ids()[1])), arm64);
}

void TestGithubDetails::theSecondBuildIsInTheLogAlone()
{
    Rig rig;
    rig.addRecord(900, "arm64.dockerbuild", true);
    rig.addRecord(901, "amd64.dockerbuild");
    rig.joinJobs();
    const JobDetails& details = rig.load(50);
    QVERIFY(details.from == From::Record && details.partlyLog);
    QCOMPARE(details.missed.size(), std::size_t(1));
    QCOMPARE(details.batches.size(), std::size_t(2));
    const Facts amd64 = localFacts("amd64.dockerbuild"), arm64 = localFacts("arm64.dockerbuild");
    QCOMPARE(factsOf(rig.runWith(details)).steps, amd64.steps + arm64.steps + 1);
}

QTEST_GUILESS_MAIN(TestGithubDetails)
#include "test_github_details.moc"
