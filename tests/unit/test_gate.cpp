// The gate with everything it puts together: a run of GitHub Actions, its artifacts and logs, and the registry.
#include "analysis/release.h"
#include "app/cli/release_text.h"
#include "app/tasks/gate_inputs.h"
#include "app/tasks/image_runner.h"
#include "app/tasks/release_gate.h"
#include "app/tasks/run_digests.h"
#include "support/fake_registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

const Platform amd64{"linux", "amd64", {}}, arm64{"linux", "arm64", {}};

std::string zip(const std::vector<std::pair<std::string, std::string>>& files)
{
    std::string out(1 << 20, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_open_memory(writer, out.data(), out.size(), &used);
    for (const auto& [name, content] : files) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, la_int64_t(content.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_free(writer);
    out.resize(used);
    return out;
}

bool write(const QString& path, const QByteArray& text, bool program = false)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return false;
    file.close();
    return !program || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

class TestGate : public QObject {
    Q_OBJECT
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistryClient> m_client;

    GateResult check(GateRequest request, const std::string& docker = {})
    {
        ReleaseGate gate(*m_client, docker, m_clock);
        std::optional<GateResult> result;
        gate.check(std::move(request), [&](GateResult got) { result = std::move(got); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 20'000); }();
        return result.value_or(GateResult{});
    }
    GateRequest request(const std::string& tag) const
    {
        GateRequest made;
        made.image = m_registry->image(tag);
        made.promise = {{amd64, arm64}, "--platform"};
        return made;
    }
    /// GitHub with one failed try at a run without images and one run that has them; `artifacts` and `log` are theirs.
    struct GitHub {
        QByteArray artifacts = R"({"total_count":0,"artifacts":[]})";
        std::map<QByteArray, std::string> downloads; ///< artifact id -> bytes
        QByteArray log;
        QByteArray workflow;
        FaultServer server{[this](const Request& request) { return answer(request); }};
        Answer answer(const Request& request) const
        {
            const QByteArray root = "/repos/acme/shop/actions/";
            if (request.path == "/repos/acme/shop/contents/.github/workflows/docker.yml" && request.query == "ref=abc123" && !workflow.isEmpty())
                return {200, QByteArray::fromStdString(json("{'type':'file','encoding':'base64','sha':'1','path':'.github/workflows/docker.yml','content':'" + workflow.toBase64().toStdString() + "'}")), {}};
            const QByteArray path = request.path.mid(root.size());
            const QByteArray run = R"("run_attempt":1,"path":".github/workflows/docker.yml","head_sha":"abc123","run_number":4,"name":"docker","status":"completed","conclusion":"success","display_title":"Release","repository":{"full_name":"acme/shop"}})";
            if (path == "runs")
                return {200, R"({"total_count":2,"workflow_runs":[{"id":9,)" + run + R"(,{"id":7,)" + run + "]}", {}};
            if (path == "runs/7")
                return {200, R"({"id":7,)" + run, {}};
            if (path == "runs/9/artifacts" || path == "runs/9/jobs")
                return {200, R"({"total_count":0,"artifacts":[],"jobs":[]})", {}};
            if (path == "runs/7/artifacts")
                return {200, artifacts, {}};
            if (path == "runs/7/jobs")
                return {200, QByteArray::fromStdString(json("{'total_count':1,'jobs':[{'id':70,'run_id':7,'name':'build (linux/arm64)','status':'completed','conclusion':'success'}]}")), {}};
            if (path == "jobs/70/logs")
                return {200, log, {}};
            for (const auto& [id, bytes] : downloads) {
                if (path == "artifacts/" + id + "/zip")
                    return {200, QByteArray::fromStdString(bytes), {}};
            }
            return {404, R"({"message":"Not Found"})", {}};
        }
    };
    Got<RunDigests> digests(GitHub& github, std::optional<std::int64_t> run = {}, const std::string& image = {})
    {
        HttpClient http;
        GitHubSession session(http, m_clock, github.server.url().toStdString());
        GitHubApi api(session);
        WorkflowReader workflows(api);
        RunDigestsReader reader(api, workflows);
        Got<RunDigests> got;
        reader.read("acme/shop", run, got.callback(), image);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(got.done(), 20'000); }();
        return got;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("LAYERLINE_STATE", m_folder->path().toUtf8());
        m_registry = std::make_unique<FakeRegistry>();
        m_client = std::make_unique<RegistryClient>(quickOptions());
    }
    void cleanup()
    {
        m_client.reset();
        m_registry.reset();
    }

    void metAndNotMet()
    {
        m_registry->addPair("a", "1.0");
        m_registry->addImage("amd64", "b", "1.1");
        QVERIFY(check(request("1.0")).met);
        const GateResult half = check(request("1.1"));
        QVERIFY(!half.met);
        QVERIFY2(gateText(half).find("Gate NOT met: linux/arm64 is promised by --platform and not published.") != std::string::npos, gateText(half).c_str());
        const GateResult none = check(request("nowhere"));
        QVERIFY(!none.met && none.release.problem.find("has no tag nowhere") != std::string::npos);
        QCOMPARE(TagHistory().read(m_registry->image({}).name()).value().size(), std::size_t(2)); // asking is also seeing
    }

    void whatTheJobsHandedOn()
    {
        const std::string arm = m_registry->addImage("arm64", "a"), amd = m_registry->addImage("amd64", "a");
        m_registry->addManifest(FakeRegistry::index({FakeRegistry::entry(amd, "amd64"), FakeRegistry::entry(arm, "arm64")}), ociIndex, "1.0");
        // One job pushed with attestations: an index around the manifest.
        const std::string around = m_registry->addManifest(FakeRegistry::index({FakeRegistry::entry(arm, "arm64"), FakeRegistry::attestation(arm)}), ociIndex);
        GateRequest asked = request("1.0");
        asked.built = {{amd64, amd, "x", {}}, {arm64, around, "x", {}}};
        QVERIFY(check(asked).met);
        asked.built[0].digest = "sha256:" + std::string(64, '9');
        const GateResult other = check(asked);
        QVERIFY(!other.met);
        QCOMPARE(other.release.tags.at(0).cells.at(0).verdict, PlatformVerdict::Differs);
    }

    void digestsAsArtifacts()
    {
        const std::string hex(64, 'a'), other = "sha256:" + std::string(64, 'b');
        GitHub github;
        github.artifacts = R"({"total_count":3,"artifacts":[{"id":1,"name":"digests-linux-amd64","size_in_bytes":9},{"id":2,"name":"digests-linux-arm64","size_in_bytes":9},
                               {"id":3,"name":"digests-old","expired":true}]})";
        github.downloads = {{"1", zip({{hex, ""}})}, {"2", zip({{"digest.txt", other + "\n"}})}};
        github.log = "#9 pushing manifest for ghcr.io/acme/shop:1.0@" + QByteArray::fromStdString(other) + " done\n";
        const auto got = digests(github);
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(got.value().run.key.id, std::int64_t(7)); // the newer one has nothing to say
        QCOMPARE(got.value().built.size(), std::size_t(2));
        QCOMPARE(got.value().built[0].digest, "sha256:" + hex);
        QCOMPARE(got.value().built[0].platform, amd64);
        QCOMPARE(got.value().built[1].digest, other);
        QCOMPARE(got.value().built[1].platform, arm64);
        QCOMPARE(got.value().pushed, std::vector<std::string>{"ghcr.io/acme/shop:1.0"});
    }

    void digestsInTheLogOnly()
    {
        const QByteArray digest = "sha256:" + QByteArray(64, 'c');
        GitHub github;
        github.log = "2025-12-04T08:20:57.3619920Z #22 pushing manifest for ghcr.io/acme/shop@" + digest + " 1.2s done\n";
        const auto got = digests(github, 7);
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(got.value().built.size(), std::size_t(1));
        QCOMPARE(got.value().built[0].digest, digest.toStdString());
        QCOMPARE(got.value().built[0].platform, arm64);
        QVERIFY(got.value().pushed.empty());
        QCOMPARE(got.value().built[0].image, std::string("ghcr.io/acme/shop"));
    }

    void digestsInMetadataFiles()
    {
        const std::string arm = "sha256:" + std::string(64, 'a'), api = "sha256:" + std::string(64, 'b'), other = "sha256:" + std::string(64, 'c');
        GitHub github;
        github.artifacts = R"({"total_count":2,"artifacts":[{"id":1,"name":"metadata-build"},{"id":2,"name":"bake-metadata"}]})";
        // What build-push-action and bake put out; the digest of a configuration is none of an image.
        const std::string one = json("{'containerimage.config.digest':'" + other + "','containerimage.digest':'" + arm
                                     + "','containerimage.descriptor':{'digest':'" + arm + "','platform':{'architecture':'arm64','os':'linux'}},'image.name':'ghcr.io/acme/shop:1.0'}");
        const std::string bake = json("{'api':{'containerimage.digest':'" + api + "','image.name':'ghcr.io/acme/api:1.0,docker.io/acme/api:1.0'},'buildx.build.ref':'x'}");
        github.downloads = {{"1", zip({{"metadata.json", one}})}, {"2", zip({{"bake.json", bake}})}};
        const auto got = digests(github, 7);
        QVERIFY2(got.ok(), got.problem().c_str());
        const auto& built = got.value().built;
        QCOMPARE(built.size(), std::size_t(3));
        QCOMPARE(built[0], (BuiltDigest{arm64, arm, "metadata-build/metadata.json", {}, "ghcr.io/acme/shop"}));
        QCOMPARE(built[1], (BuiltDigest{{}, api, "bake-metadata/bake.json", {}, "ghcr.io/acme/api"}));
        QCOMPARE(built[2].image, std::string("docker.io/acme/api"));
    }

    void digestsInRecords()
    {
        QFile record(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/github/arm64.dockerbuild"));
        QVERIFY(record.open(QIODevice::ReadOnly));
        GitHub github;
        github.artifacts = R"({"total_count":1,"artifacts":[{"id":1,"name":"acme~shop~ABC.dockerbuild"}]})";
        github.downloads = {{"1", record.readAll().toStdString()}};
        github.log = "2025-12-04T08:20:57.3619920Z nothing of it is in the log\n";
        const auto got = digests(github, 7);
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(got.value().built.size(), std::size_t(1));
        const BuiltDigest& built = got.value().built[0];
        QCOMPARE(built.digest, std::string("sha256:a2760a4ebc9146e899b631af9be3e13595486680c59a0c3e39a804f601f82055")); // what its own log says it pushed
        QCOMPARE(built.platform, arm64);
        QCOMPARE(built.image, std::string("localhost:5000/shop/backend"));
        // The same from a folder, as `gh run download` makes it.
        QVERIFY(write(m_folder->filePath(QStringLiteral("a/x.dockerbuild")), QByteArray::fromStdString(github.downloads["1"])));
        QCOMPARE(builtDigestsIn(m_folder->filePath(QStringLiteral("a"))).value().at(0), (BuiltDigest{arm64, built.digest, "x.dockerbuild", {}, built.image}));
        // A log that tells is believed without fetching megabytes.
        github.log = "#9 pushing manifest for localhost:5000/shop/backend:1@sha256:" + QByteArray(64, 'd') + " done\n";
        github.server.clear();
        QCOMPARE(digests(github, 7).value().built.at(0).digest, "sha256:" + std::string(64, 'd'));
        for (const Request& request : github.server.requests())
            QVERIFY(!request.path.contains("/artifacts/1/"));
    }

    void aRunOfThatImage()
    {
        GitHub github;
        github.log = "#9 pushing manifest for ghcr.io/acme/shop:1.0@sha256:" + QByteArray(64, 'a') + " done\n";
        QVERIFY(digests(github, {}, "ghcr.io/acme/shop").ok());
        const auto other = digests(github, {}, "ghcr.io/acme/api");
        QVERIFY2(other.problem().find("says that it pushed ghcr.io/acme/api") != std::string::npos, other.problem().c_str());
        QVERIFY(digests(github, 7, "ghcr.io/acme/api").problem().find("run 7 of acme/shop does not say") == 0);
    }

    void whatAWorkflowPromises()
    {
        const QByteArray text = "name: docker\non: push\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/setup-qemu-action@v3\n"
                                "      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          platforms: linux/amd64,linux/arm64\n          tags: ghcr.io/acme/shop:1.0\n";
        const auto promise = promiseOfWorkflow(text.toStdString(), "docker.yml");
        QVERIFY2(promise.ok(), promise.ok() ? "" : promise.error().detail.c_str());
        QCOMPARE(promise.value().platforms, (std::vector<Platform>{amd64, arm64}));
        QCOMPARE(promise.value().from, std::string("docker.yml"));
        const QString file = m_folder->filePath(QStringLiteral(".github/workflows/docker.yml"));
        QVERIFY(write(file, text));
        QCOMPARE(promiseOfFile(file).value().platforms.size(), std::size_t(2));
        QVERIFY(!promiseOfWorkflow("jobs: 5", "x.yml").ok());
        QByteArray open = text;
        QVERIFY(!promiseOfWorkflow(open.replace("linux/amd64,linux/arm64", "${{ vars.PLATFORMS }}").toStdString(), "x.yml").ok());
        // And of a run: the file as it was at the run's commit.
        GitHub github;
        github.workflow = text;
        github.log = "#9 pushing manifest for ghcr.io/acme/shop:1.0@sha256:" + QByteArray(64, 'a') + " done\n";
        const auto got = digests(github);
        QVERIFY2(got.ok(), got.problem().c_str());
        QVERIFY(got.value().workflow);
        QCOMPARE(got.value().workflow->text, text.toStdString());
    }

    void noRunPushedAnything()
    {
        GitHub github;
        github.log = "nothing to see\n";
        const auto got = digests(github);
        QCOMPARE(got.kind(), ErrorKind::NotFound);
        QVERIFY(got.problem().find("no successful run of acme/shop") != std::string::npos);
    }

    void hostileArtifacts()
    {
        for (const std::string& bytes : {std::string("PK"), std::string("PK\x03\x04 garbage"), std::string(), std::string(1000, '\0'), zip({{"../../etc/passwd", "x"}}), zip({})})
            QVERIFY(digestsInArtifact("digests-amd64", bytes).empty());
    }

    void downloadedFolders()
    {
        const std::string hex(64, 'a');
        const QString root = m_folder->filePath(QStringLiteral("artifacts"));
        QVERIFY(write(root + QStringLiteral("/digests-linux-amd64/") + QString::fromStdString(hex), {}));
        QVERIFY(write(root + QStringLiteral("/digests/digest-arm64.txt"), "sha256:" + QByteArray(64, 'b')));
        const auto built = builtDigestsIn(root);
        QVERIFY(built.ok());
        QCOMPARE(built.value().size(), std::size_t(2));
        QVERIFY(write(root + QStringLiteral("/job (linux/arm64).log").replace(QStringLiteral("linux/"), QString()), "#1 exporting manifest sha256:" + QByteArray(64, 'c') + " done\n"));
        QCOMPARE(builtDigestsIn(root + QStringLiteral("/job (arm64).log")).value().at(0).platform, arm64);
        QCOMPARE(builtDigestsIn(root + QStringLiteral("/none")).error().kind, ErrorKind::NotFound);
        QVERIFY(write(root + QStringLiteral("/empty/x"), "nothing"));
        QCOMPARE(builtDigestsIn(root + QStringLiteral("/empty")).error().kind, ErrorKind::BadInput);
    }

    void starting_data()
    {
        QTest::addColumn<QByteArray>("run"); // what the stand-in for docker does with `docker run`
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("part");
        QTest::newRow("ends well") << QByteArray("echo hello") << int(RunOutcome::State::Ran) << QStringLiteral("hello");
        QTest::newRow("ends badly") << QByteArray("echo oh no >&2; exit 3") << int(RunOutcome::State::Failed) << QStringLiteral("oh no");
        QTest::newRow("no emulator") << QByteArray("echo 'exec /bin/sh: exec format error' >&2; exit 255") << int(RunOutcome::State::NotTried) << QStringLiteral("no emulator for arm64");
        QTest::newRow("no command") << QByteArray("echo 'docker: Error response from daemon: no command specified' >&2; exit 125") << int(RunOutcome::State::NotTried) << QStringLiteral("after --");
        QTest::newRow("refused") << QByteArray("echo 'docker: Error: out of everything.' >&2; echo \"See 'docker run --help'.\" >&2; exit 125") << int(RunOutcome::State::NotTried)
                                 << QStringLiteral("out of everything");
        QTest::newRow("goes on") << QByteArray("exec sleep 60") << int(RunOutcome::State::Running) << QStringLiteral("still running after 1 s");
    }
    void starting()
    {
        QFETCH(QByteArray, run);
        QFETCH(int, state);
        QFETCH(QString, part);
        const QString docker = m_folder->filePath(QStringLiteral("docker")), log = m_folder->filePath(QStringLiteral("calls"));
        QVERIFY(write(docker, "#!/bin/sh\necho \"$*\" >> '" + log.toUtf8() + "'\ncase $1 in\nimage) [ $2 = rm ] || exit 1 ;;\nrun) " + run + " ;;\nesac\n", true));
        ImageRunner runner(docker.toStdString());
        std::optional<RunOutcome> outcome;
        runner.run("localhost:1/x@sha256:1", arm64, {QStringLiteral("uname")}, std::chrono::milliseconds(1000), [&](RunOutcome got) { outcome = std::move(got); });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), 20'000);
        QCOMPARE(int(outcome->state), state);
        QVERIFY2(QString::fromStdString(outcome->detail).contains(part), outcome->detail.c_str());
        QFile calls(log);
        QVERIFY(calls.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = calls.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 5); // inspect, pull, run, rm, image rm: nothing is left behind
        QVERIFY(lines[2].contains("--platform linux/arm64 --network none localhost:1/x@sha256:1 uname"));
        QVERIFY(lines[3].startsWith("rm --force layerline-gate-"));
        QVERIFY(lines[4].startsWith("image rm"));
    }

    void withoutDockerNothingIsTried()
    {
        m_registry->addPair("a", "1.0");
        GateRequest asked = request("1.0");
        asked.run = true;
        const GateResult result = check(asked);
        QVERIFY(!result.met); // asked to start it and could start nothing
        QCOMPARE(result.runs.size(), std::size_t(2));
        QCOMPARE(result.runs[0].state, RunOutcome::State::NotTried);
    }

    void shortDigests()
    {
        const std::vector<TagSighting> seen{{"1.0", "sha256:abc1234" + std::string(57, '0'), true, {}, {}, {}}, {"1.1", "sha256:abc1234" + std::string(57, '1'), true, {}, {}, {}}};
        QVERIFY(isShortDigest("abc1234") && isShortDigest("sha256:abc1234") && !isShortDigest("abc123") && !isShortDigest("latest!") && !isShortDigest("xyz1234"));
        QCOMPARE(digestBeginning("sha256:abc12340", seen, {}).value(), seen[0].digest);
        QCOMPARE(digestBeginning("abc1234", seen, {}).error().kind, ErrorKind::BadInput);
        QCOMPARE(digestBeginning("fff1234", seen, {}).error().kind, ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestGate)
#include "test_gate.moc"
