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
        if (request.path.endsWith("/artifacts"))
            return {200, "{\"artifacts\":" + artifacts + "}", {}};
        const QByteArray place = request.path.contains("/artifacts/") ? "/artifacts/" + parts.value(parts.size() - 2) : "/jobs/" + parts.value(parts.size() - 2);
        if (!content.contains(place))
            return {404, "{\"message\":\"Not Found\"}", {}};
        return {302, {}, {{"Location", blobs.url(QString::fromLatin1(place)).toUtf8()}}};
    }
    void addRecord(int id, const char* name)
    {
        artifacts.chop(1);
        artifacts += (artifacts.size() > 1 ? "," : "") + ("{\"id\":" + QByteArray::number(id) + ",\"name\":\"octo~shop~" + QByteArray::number(id) + ".dockerbuild\"}") + "]";
        content["/artifacts/" + QByteArray::number(id)] = data(name);
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

QTEST_GUILESS_MAIN(TestGithubDetails)
#include "test_github_details.moc"
