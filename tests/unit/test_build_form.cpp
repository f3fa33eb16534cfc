#include "analysis/disk_outlook.h"
#include "app/tasks/build_place.h"
#include "app/tasks/build_presets.h"
#include "app/tasks/plan_world.h"
#include "app/window/build_form.h"

#include <QTemporaryDir>
#include <QtTest>

#include <memory>

using namespace layerline;

namespace {

const Platform amd64{"linux", "amd64", ""}, arm64{"linux", "arm64", ""};

BuildPlan shopPlan()
{
    BuildPlan plan;
    plan.context = "/src";
    plan.platforms = {amd64, arm64};
    plan.tags = {"r/shop:1"};
    plan.push = true;
    plan.secrets = {{"npm", "", ""}, {"pip", "", ""}, {"gem", "", ""}};
    plan.labels = {{"a", "b"}};
    return plan;
}

} // namespace

class TestBuildForm : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    /// With a Dockerfile in it.
    std::string folder()
    {
        const std::string path = m_folder->path().toStdString();
        if (!m_made) {
            write("Dockerfile", "FROM scratch\n");
            m_made = true;
        }
        return path;
    }
    void write(const char* name, const QByteArray& text)
    {
        QFile file(m_folder->filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static RebuildChecks checks()
    {
        RebuildChecks checks = realChecks({}, {"multi"});
        checks.client = true;
        checks.builders = std::vector<std::string>{"multi"};
        checks.variable = [](const std::string&) { return false; };
        return checks;
    }
    bool m_made = false;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_made = false;
    }

    void formChangesOnlyWhatItShows()
    {
        BuildPlan plan = shopPlan();
        plan.context = folder();
        plan.arguments = {{"A", "1"}, {"TWO", "one\ntwo"}, {"OPEN", std::nullopt}};
        plan.contexts = {{"base", "docker-image://x"}, {"more", "/more"}};
        plan.cacheFrom = {"type=gha"};
        plan.load = true;
        const auto costs = platformCosts({{"one", amd64, {amd64, arm64}, true, true}}, {}, {});
        BuildForm form = formOf(plan, choicesOf(costs, plan.platforms));
        BuildPlan same = plan;
        HandOver handOver;
        apply(form, same, handOver, true);
        QCOMPARE(same.arguments.size(), std::size_t(3));
        same.arguments = plan.arguments; // in another order
        same.workingDirectory.clear();
        QVERIFY(same == plan);
        QVERIFY(handOver.variables.empty());
        for (PlatformChoice& choice : form.platforms)
            choice.chosen = choice.platform == amd64;
        form.push = false;
        BuildPlan changed = plan;
        apply(form, changed, handOver, true);
        QVERIFY(changed.platforms == std::vector<Platform>{amd64});
        QVERIFY(!changed.push);
        QVERIFY(changed.labels == plan.labels && changed.secrets == plan.secrets);
    }

    void aSecretLookingArgumentIsHandedOver()
    {
        BuildForm form;
        form.context = folder();
        form.arguments = {"NPM_TOKEN=npm_abcdefghijklmnop", "MODE=fast"};
        const FormPlan made = planFor(form, {}, {}, checks(), {});
        QCOMPARE(made.request->secrets.variables.at("NPM_TOKEN"), std::string("npm_abcdefghijklmnop"));
        const BuildPreview preview = previewOf(made);
        QVERIFY(preview.command.find("--build-arg NPM_TOKEN ") != std::string::npos);
        QVERIFY(preview.command.find("--build-arg MODE=fast") != std::string::npos);
        QVERIFY(preview.command.find("npm_abcdef") == std::string::npos);
    }

    void answersTravelByEnvironment()
    {
        BuildPlan plan = shopPlan();
        HandOver handOver;
        answer({{"npm", {SecretAnswer::Kind::Value, "hunter2"}}, {"pip", {SecretAnswer::Kind::File, "/f"}}, {"gem", {SecretAnswer::Kind::Variable, "GEM"}}}, plan, handOver);
        QCOMPARE(handOver.variables.size(), std::size_t(1));
        QCOMPARE(handOver.variables.begin()->second, std::string("hunter2"));
        QCOMPARE(plan.secrets[0].env, handOver.variables.begin()->first);
        QCOMPARE(plan.secrets[1].file, std::string("/f"));
        QCOMPARE(plan.secrets[2].env, std::string("GEM"));
        answer({{"pip", {SecretAnswer::Kind::Without, ""}}}, plan, handOver);
        QCOMPARE(plan.secrets.size(), std::size_t(2));
    }

    void aDockerfilesSecretsAreQuestions()
    {
        BuildForm form;
        form.context = folder();
        form.secretIds = {"extra"};
        KnownBuild known;
        known.wanted = dockerfileSecrets("FROM x\nRUN --mount=type=secret,id=npm --network=none \\\n --mount=type=ssh,required=true make\n"
                                         "RUN --mount=type=secret,target=/run/secrets/pip,required ls\nRUN --mount=type=cache,target=/c --mount=type=secret,id=$X y\n");
        QVERIFY(known.wanted == (std::vector<WantedSecret>{{"npm", false, false}, {"default", true, true}, {"pip", false, true}}));
        FormPlan made = planFor(form, {}, known, checks(), {});
        QVERIFY(made.questions == (std::vector<SecretQuestion>{{"npm", false, true}, {"default", true, false}, {"pip", false, false}, {"extra", false, false}}));
        QVERIFY(!made.possible());
        QCOMPARE(made.plan.obstacles.size(), std::size_t(3)); // all but npm, which may be left out
        QVERIFY(previewOf(made).command.find("npm") == std::string::npos);
        const SecretAnswers answers{{"npm", {SecretAnswer::Kind::Value, "hunter2"}}, {"pip", {SecretAnswer::Kind::Value, "hunter3"}}, {"extra", {SecretAnswer::Kind::Value, "hunter4"}},
                                    {"default", {SecretAnswer::Kind::File, "/key"}}};
        made = planFor(form, answers, known, checks(), {});
        QVERIFY(made.possible());
        const BuildPreview preview = previewOf(made);
        for (const char* part : {"id=npm,env=", "id=pip,env=", "id=extra,env=", "--ssh default=/key"})
            QVERIFY2(preview.command.find(part) != std::string::npos, part);
        QVERIFY(preview.command.find("hunter") == std::string::npos);
        QCOMPARE(made.request->secrets.variables.size(), std::size_t(3));
    }

    void refusalsSayWhatHelps()
    {
        BuildForm form;
        form.context = folder() + "/gone";
        form.builder = "far";
        BuildPreview preview = previewOf(planFor(form, {}, {}, checks(), {}));
        QCOMPARE(preview.obstacles.size(), std::size_t(2));
        QVERIFY(preview.obstacles[0].first.find("/gone") != std::string::npos && !preview.obstacles[0].second.empty());
        QVERIFY(preview.obstacles[1].first.find("far") != std::string::npos && preview.obstacles[1].second.find("multi") != std::string::npos);
        form = {};
        form.context = folder();
        form.dockerfile = "moved.Dockerfile";
        preview = previewOf(planFor(form, {}, {}, checks(), {}));
        QCOMPARE(preview.obstacles.size(), std::size_t(1));
        QVERIFY(preview.obstacles[0].second.find("/Dockerfile") != std::string::npos);
        form.dockerfile.clear();
        form.keepGoing = true;
        QVERIFY2(!previewOf(planFor(form, {}, {}, checks(), {})).obstacles.empty(), "what can't be split says so");
    }

    void aBakeFileIsBakedWhereItLies()
    {
        write("docker-bake.hcl", "target \"app\" {}\n");
        write("docker-bake.override.hcl", "");
        BuildForm form;
        form.context = folder() + "/docker-bake.hcl";
        form.target = "app tool";
        form.tags = {"ignored"};
        FormPlan made = planFor(form, {}, {}, checks(), {});
        QVERIFY(made.plan.plan.bake.has_value());
        QCOMPARE(made.plan.plan.bake->targets, (std::vector<std::string>{"app", "tool"}));
        QCOMPARE(made.plan.plan.bake->files.size(), std::size_t(2));
        QCOMPARE(made.request->job.directory, folder());
        QVERIFY(previewOf(made).baked && previewOf(made).command.find("ignored") == std::string::npos);
        // A folder with a Dockerfile, too: the file is named beside it.
        form.context = folder();
        QVERIFY(!planFor(form, {}, {}, checks(), {}).plan.plan.bake);
        form.dockerfile = "docker-bake.hcl";
        QVERIFY(planFor(form, {}, {}, checks(), {}).plan.plan.bake.has_value());
        QFile::remove(QString::fromStdString(folder() + "/Dockerfile"));
        form.dockerfile.clear();
        QVERIFY(planFor(form, {}, {}, checks(), {}).plan.plan.bake.has_value());
        QCOMPARE(recipesIn(folder()).front(), std::string("docker-bake.hcl"));
    }

    void recipesByTheirNames()
    {
        for (const char* name : {"Dockerfile", "Dockerfile.arm", "app.Dockerfile", "Containerfile", "docker-bake.hcl", "x.hcl", "compose.yaml", "docker-compose.yml", "docker-bake.json"})
            QVERIFY2(isBuildRecipe(name), name);
        for (const char* name : {"build.json", "run.yaml", "log.txt", "Dockerfile.dockerignore", "a.dockerbuild"})
            QVERIFY2(!isBuildRecipe(name), name);
    }

    void presetsKeepNoSecret()
    {
        const QString path = m_folder->filePath(QStringLiteral("settings/presets.json"));
        const PresetStore store(path);
        QVERIFY(store.names(folder()).value().empty());
        BuildForm form;
        form.context = folder();
        form.target = "app";
        form.tags = {"r/shop:1"};
        form.arguments = {"NPM_TOKEN=npm_abcdefghijklmnop", "MODE=fast", "URL=https://me:hunter2@host/x"};
        form.cacheTo = {"type=registry,ref=r/x", "type=s3,url=https://me:hunter2@host"};
        form.secretIds = {"npm"};
        form.atMost = 3;
        form.push = form.keepGoing = true;
        form.platforms = {{amd64, true, PlatformChoice::Where::NativeHere, {}, {}, 0, {}}, {arm64, false, PlatformChoice::Where::Emulated, {}, {}, 0, {}}};
        QVERIFY(store.save(folder(), "release", form));
        QVERIFY(!store.save(folder(), "", form));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(!kept.contains("hunter2") && !kept.contains("npm_abc"));
        QCOMPARE(int(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)), 0);
        const BuildForm back = store.load(folder(), "release").value();
        QCOMPARE(back.arguments, (std::vector<std::string>{"NPM_TOKEN", "MODE=fast", "URL"}));
        QCOMPARE(back.cacheTo, (std::vector<std::string>{"type=registry,ref=r/x"}));
        QVERIFY(back.chosen() == std::vector<Platform>{amd64});
        QVERIFY(back.push && back.keepGoing && !back.noCache && back.target == "app" && back.tags == form.tags && back.secretIds == form.secretIds && back.atMost == 3);
        QVERIFY(store.names("/elsewhere").value().empty());
        QCOMPARE(store.names(folder()).value(), std::vector<std::string>{"release"});
        QVERIFY(store.remove(folder(), "release"));
        QVERIFY(!store.remove(folder(), "release"));
        QVERIFY(store.names(folder()).value().empty());
    }

    void aDamagedPresetFileStaysAsItIs()
    {
        write("presets.json", "{\"projects\": [");
        const PresetStore store(QString::fromStdString(folder() + "/presets.json"));
        QVERIFY(!store.names(folder()));
        QVERIFY(!store.save(folder(), "a", {}));
        QFile file(QString::fromStdString(folder() + "/presets.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("{\"projects\": ["));
    }

    void bakeNamesWithoutEvaluating()
    {
        QCOMPARE(bakeNames("group \"default\" { targets = [\"app\"] }\ntarget \"app\" {}\ntarget \"_common\" {}\n  target \"tool\" {\n"),
                 (std::vector<std::string>{"default", "app", "tool"}));
        QCOMPARE(bakeNames(R"({"group":{"all":{}},"target":{"x":{}}})"), (std::vector<std::string>{"all", "x"}));
        QVERIFY(bakeNames("services:\n  web:\n").empty());
    }

    void whenTheDiskIsShort()
    {
        const std::int64_t gb = 1'000'000'000;
        QVERIFY(!isShort({"/", 30 * gb, 4000 * gb}, {2 * gb, 3 * gb, 4}));
        QVERIFY(isShort({"/", 9 * gb, 4000 * gb}, {}));
        QVERIFY(isShort({"/", 2 * gb, 20 * gb}, {2 * gb, 3 * gb, 4})); // the largest would not fit
        QVERIFY(!isShort({"/", 2 * gb, 20 * gb}, {gb / 2, gb, 4}));
    }

    void aStoppedBuilderMayRunAnything()
    {
        const auto costs = platformCosts({{"one", {}, {}, true, false}}, {arm64}, {});
        QCOMPARE(int(costs.at(0).where), int(PlatformCost::Where::Unknown));
        QVERIFY(choicesOf(costs, {arm64}).at(0).chosen);
    }

    void aRetryNamesTheSecretNotItsVariable()
    {
        BuildJob job;
        job.variables = {"LAYERLINE_SECRET_1", "TOKEN"};
        JobLane lane;
        lane.name = "linux/arm64";
        lane.command = {"docker", "buildx", "build", "--secret", "id=npm,env=LAYERLINE_SECRET_1", "--build-arg", "TOKEN", "."};
        lane.state = JobState::Failed;
        lane.refs = {"r1"};
        job.lanes = {lane};
        QCOMPARE(subjectOf(job, "LAYERLINE_SECRET_1"), std::string("npm"));
        QCOMPARE(subjectOf(job, "TOKEN"), std::string("TOKEN"));
        QVERIFY(clientOf(job, "r1").has_value() && !clientOf(job, "r2"));
        QVERIFY(dryRunText(retryOf(job, {"linux/arm64"})).find("TOKEN is handed over") != std::string::npos);
    }

    void placesAreTheBuildersNodes()
    {
        NodeStatus near, far, other;
        near.builder = far.builder = "b";
        near.node = "near";
        near.endpoint = "unix:///x";
        near.state = NodeState::Live;
        near.current = true;
        far.node = "far";
        far.endpoint = "ssh://arm";
        other.builder = "c";
        const auto places = placesOf({near, far, other}, "b");
        QCOMPARE(places.size(), std::size_t(2));
        QVERIFY(places[0].here && places[0].live);
        QVERIFY(!places[1].here && !places[1].live);
        QCOMPARE(placesOf({near, far, other}, "").size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestBuildForm)
#include "test_build_form.moc"
