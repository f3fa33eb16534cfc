// A run's jobs get their platforms from the workflow file and the ones it calls, by name.
#include "app/tasks/workflow_hints.h"
#include "domain/clock.h"
#include "sources/http/http_client.h"
#include "support/fault_server/fault_server.h"

#include <QFile>
#include <QTest>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

const char* const callers = R"(
on: push
jobs:
  images:
    strategy: {matrix: {platform: [linux/amd64, linux/arm64]}}
    uses: ./.github/workflows/image.yml
    with: {platform: "${{ matrix.platform }}"}
  shared:
    uses: Acme/ci/.github/workflows/outer.yml@v2
    with: {platforms: "linux/riscv64"}
  builder:
    uses: docker/github-builder/.github/workflows/build.yml@v1
    with: {output: image, push: true, platforms: "linux/amd64,linux/arm64"}
  gone:
    uses: acme/secret/.github/workflows/x.yml@main
)";
const char* const image = R"(
on: {workflow_call: {inputs: {platform: {type: string}}}}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ inputs.platform }}", push: true, cache-to: "type=gha,scope=all"}
)";
const char* const outer = R"(
on: {workflow_call: {inputs: {platforms: {type: string}}}}
jobs:
  inner:
    uses: ./.github/workflows/inner.yml
    with: {platforms: "${{ inputs.platforms }}"}
)";
const char* const inner = R"(
on: {workflow_call: {inputs: {platforms: {type: string}}}}
jobs:
  image:
    name: Image
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/setup-qemu-action@v3
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ inputs.platforms }}", push: true}
  join: {runs-on: ubuntu-24.04, steps: [{run: docker buildx imagetools create x}]}
)";
const std::string commit(40, 'c');

/// GitHub with files: "owner/repo path?ref".
struct GitHub {
    QHash<QByteArray, QByteArray> files;
    FaultServer server{[this](const Request& request) { return answer(request); }};
    SystemClock clock;
    HttpClient http;
    GitHubSession session{http, clock, server.url().toStdString()};
    GitHubApi api{session};
    WorkflowReader reader{api};

    Answer answer(const Request& request)
    {
        const QByteArray path = QByteArray::fromPercentEncoding(request.path).mid(7); // "/repos/"
        const QByteArray key = QByteArray(path).replace("/contents/", " ") + (request.query.isEmpty() ? "" : "?" + request.query);
        if (!files.contains(key))
            return {404, R"({"message":"Not Found"})", {}};
        if (request.headers.value("if-none-match") == "\"e\"")
            return {304, {}, {{"ETag", "\"e\""}}};
        QByteArray body = "{'type':'file','encoding':'base64','sha':'1','path':'x','content':'" + files[key].toBase64() + "'}";
        return {200, body.replace('\'', '"'), {{"ETag", "\"e\""}}};
    }
    Result<WorkflowFilesPtr> read(const std::string& path, const std::string& ref)
    {
        std::optional<Result<WorkflowFilesPtr>> got;
        reader.read("octo/shop", path, ref, &reader, [&got](Result<WorkflowFilesPtr> answer) { got = std::move(answer); });
        (void)QTest::qWaitFor([&got] { return got.has_value(); }, 20'000);
        return got.value_or(Error{ErrorKind::Timeout, "no answer", false});
    }
    /// The caller above and what it calls.
    void addAll(const std::string& ref)
    {
        files["octo/shop .github/workflows/ci.yml?ref=" + QByteArray::fromStdString(ref)] = callers;
        files["octo/shop .github/workflows/image.yml?ref=" + QByteArray::fromStdString(ref)] = image;
        files["acme/ci .github/workflows/outer.yml?ref=v2"] = outer;
        files["acme/ci .github/workflows/inner.yml?ref=v2"] = inner;
    }
};

const char* const workflow = R"(
on: push
jobs:
  build:
    strategy:
      matrix:
        include:
          - {platform: linux/amd64, runner: ubuntu-24.04}
          - {platform: linux/arm64, runner: ubuntu-24.04-arm}
    runs-on: ${{ matrix.runner }}
    name: image for ${{ matrix.runner }}
    steps:
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ matrix.platform }}", push: true}
  emulated:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/setup-qemu-action@v3
      - uses: docker/build-push-action@v6
        with: {platforms: "linux/amd64,linux/s390x", push: true}
  asked:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with: {platforms: "${{ inputs.platforms }}", push: true}
  test:
    runs-on: ubuntu-latest
    steps: [{run: make test}]
)";

RunnerTable table()
{
    QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/resources/data/runners.json"));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    auto parsed = parseRunnerTable(text.toStdString());
    return parsed ? std::move(parsed.value()) : RunnerTable{};
}

Run runOf(const std::vector<const char*>& names)
{
    Run run;
    for (const char* name : names) {
        RunJob job;
        job.id = std::int64_t(run.jobs.size()) + 1;
        job.name = name;
        job.labels = {"ubuntu-latest"};
        run.jobs.push_back(job);
    }
    return run;
}

} // namespace

class TestWorkflowHints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jobsAreFoundByName();
    void calledWorkflowsAreRead();
    void filesAreAskedForOnce();
    void callsEnd();
};

void TestWorkflowHints::jobsAreFoundByName()
{
    Run run = runOf({"image for ubuntu-24.04", "image for ubuntu-24.04-arm", "emulated", "asked", "test", "no such job"});
    const auto parsed = parseWorkflow(workflow);
    QVERIFY(parsed.ok());
    const PlatformHints hints = platformHintsOf(run, expandJobs(*parsed, table()).value());
    QCOMPARE(hints.size(), std::size_t(3));
    findPlatforms(run, hints);
    QCOMPARE(run.jobs[0].platforms, parsePlatformList("linux/amd64"));
    QCOMPARE(run.jobs[1].platforms, parsePlatformList("linux/arm64"));
    QCOMPARE(run.jobs[2].platforms, parsePlatformList("linux/amd64,linux/s390x"));
    QVERIFY(run.jobs[2].evidence == PlatformEvidence::WorkflowPlatforms);
    for (std::size_t i : {3, 4, 5})
        QVERIFY(run.jobs[i].evidence == PlatformEvidence::None);
}

void TestWorkflowHints::calledWorkflowsAreRead()
{
    GitHub github;
    github.addAll(commit);
    Run run = runOf({"images (linux/amd64) / image", "images (linux/arm64) / image", "shared / inner / Image", "shared / inner / join", "builder / prepare",
                     "builder / build (0, linux/amd64, ubuntu-24.04)", "builder / build (1, linux/arm64, ubuntu-24.04-arm)", "builder / finalize", "gone / x"});
    run.key = {"octo/shop", 5};
    run.path = ".github/workflows/ci.yml@refs/heads/main";
    run.commit = commit;
    std::optional<Result<WorkflowKnowledge>> got;
    fetchWorkflowKnowledge(github.reader, run, table(), &github.reader, [&got](Result<WorkflowKnowledge> answer) { got = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), 20'000);
    QVERIFY2(got->ok(), got->ok() ? "" : got->error().detail.c_str());
    findPlatforms(run, (*got)->hints);
    const auto told = [&run](std::size_t job, const char* platforms) {
        return run.jobs[job].platforms == parsePlatformList(platforms) && run.jobs[job].evidence == PlatformEvidence::WorkflowPlatforms;
    };
    QVERIFY(told(0, "linux/amd64"));
    QVERIFY(told(1, "linux/arm64"));
    QVERIFY(told(2, "linux/riscv64")); // a local call inside of another repository's file
    QVERIFY(run.jobs[3].merges && run.jobs[3].platforms.empty());
    QVERIFY(run.jobs[4].evidence == PlatformEvidence::None);
    QVERIFY(told(5, "linux/amd64"));
    QVERIFY(told(6, "linux/arm64"));
    QVERIFY(run.jobs[7].merges && run.jobs[7].platforms.empty());
    QVERIFY(run.jobs[8].evidence == PlatformEvidence::None);
    // A record goes before what the file says.
    PlatformHints hints = (*got)->hints;
    hints[run.jobs[2].id].record = parsePlatformList("linux/s390x");
    findPlatforms(run, hints);
    QVERIFY(run.jobs[2].evidence == PlatformEvidence::BuildRecord);
    QCOMPARE(run.jobs[2].platforms, parsePlatformList("linux/s390x"));
    // Both legs of the called workflow write one scope.
    QCOMPARE((*got)->collisions.size(), std::size_t(1));
    QCOMPARE((*got)->collisions[0].scope, std::string("all"));
    QCOMPARE((*got)->collisions[0].writers[1].job, std::string("images (linux/arm64) / image"));
}

void TestWorkflowHints::filesAreAskedForOnce()
{
    GitHub github;
    github.addAll(commit);
    github.addAll("main");
    const auto first = github.read(".github/workflows/ci.yml", commit);
    QVERIFY2(first.ok(), first.ok() ? "" : first.error().detail.c_str());
    QCOMPARE((*first)->called.size(), std::size_t(3));
    QCOMPARE((*first)->unread.size(), std::size_t(1)); // the private one: named, no error
    QVERIFY2((*first)->unread[0].find("acme/secret/.github/workflows/x.yml@main: ") == 0, (*first)->unread[0].c_str());
    QCOMPARE(github.server.requests().size(), 5);
    // At a commit nothing can change; what a tag or branch names is asked about with its ETag.
    QVERIFY(github.read(".github/workflows/ci.yml", commit).ok());
    const auto requests = github.server.requests();
    QCOMPARE(requests.size(), 8);
    for (const Request& request : requests.mid(5))
        QVERIFY(request.path.contains("secret") || request.headers.value("if-none-match") == "\"e\"");
    QVERIFY(github.read(".github/workflows/ci.yml", "main").ok());
    const auto missing = github.read(".github/workflows/none.yml", commit);
    QVERIFY(!missing.ok() && missing.error().kind == ErrorKind::NotFound);
    for (const char* text : {"", "[", "just text", "jobs: 7", "on: push"}) {
        github.files["octo/shop broken.yml?ref=x"] = text;
        GitHub other;
        other.files = github.files;
        const auto broken = other.read("broken.yml", "x");
        QVERIFY2(!broken.ok() && broken.error().kind == ErrorKind::BadInput, text);
    }
}

void TestWorkflowHints::callsEnd()
{
    GitHub github;
    github.files["octo/shop a.yml?ref=" + QByteArray::fromStdString(commit)] = "on: workflow_call\njobs: {a: {uses: ./b.yml}}\n";
    github.files["octo/shop b.yml?ref=" + QByteArray::fromStdString(commit)] = "on: workflow_call\njobs: {a: {uses: ./a.yml}, b: {uses: ./b.yml}}\n";
    const auto circle = github.read("a.yml", commit);
    QVERIFY(circle.ok());
    QVERIFY((*circle)->legs(table()).ok());
    QVERIFY((*circle)->legs(table())->legs.empty());
    // A chain of files of other repositories, each calling the next: four are read.
    for (int i = 0; i < 9; ++i) {
        const QByteArray self = QByteArray::number(i), next = QByteArray::number(i + 1);
        github.files["octo/r" + self + " w.yml?ref=v1"] = "on: workflow_call\njobs: {a: {uses: octo/r" + next + "/w.yml@v1}}\n";
    }
    github.files["octo/shop deep.yml?ref=v1"] = "on: push\njobs: {a: {uses: octo/r0/w.yml@v1}}\n";
    const auto deep = github.read("deep.yml", "v1");
    QVERIFY(deep.ok());
    QCOMPARE((*deep)->called.size(), std::size_t(4));
    QCOMPARE((*deep)->unread.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestWorkflowHints)
#include "test_workflow_hints.moc"
