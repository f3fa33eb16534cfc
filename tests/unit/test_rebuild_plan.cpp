#include "analysis/keep_going.h"
#include "analysis/bake_exports.h"
#include "analysis/rebuild_plan.h"
#include "domain/secret_names.h"
#include "support/event_builder.h"

#include <QtTest>

#include <algorithm>

using namespace layerline;
using test::EventBuilder;

namespace {

using Words = std::vector<std::string>;

/// A finished build of /src, two platforms, pushed.
ev::RecordUpdated shopRecord()
{
    ev::RecordUpdated info;
    info.builder = "default";
    info.frontendAttrs = {{"filename", "Dockerfile"}, {"platform", "linux/amd64,linux/arm64"}, {"target", "app"}, {"build-arg:GO", "1.22"},
                          {"build-arg:NPM_TOKEN", "hunter2"}, {"label:a", "b c"}, {"image-resolve-mode", "pull"}, {"no-cache", "deps,app"},
                          {"cache-imports", R"([{"Type":"registry","Attrs":{"ref":"r/c:1"}}])"}, {"attest:provenance", "mode=max"},
                          {"force-network-mode", "none"}, {"vcs:source", "https://host/shop.git"}};
    info.exporters = {{"image", {{"name", "r/shop:1,r/shop:2"}, {"push", "true"}, {"unpack", "true"}, {"danging-name-prefix", "moby-dangling"}}}};
    info.localState = LocalState{"default", "/src", "", ""};
    return info;
}

RebuildChecks world(std::set<std::string> folders = {"/src"}, std::set<std::string> files = {"/src/Dockerfile"}, std::set<std::string> variables = {})
{
    RebuildChecks checks;
    checks.path = [folders, files](const std::string& path) {
        return folders.count(path) ? RebuildChecks::Path::Folder : files.count(path) ? RebuildChecks::Path::File : RebuildChecks::Path::Missing;
    };
    checks.dockerfiles = [](const std::string&) { return Words{"/src/docker/Dockerfile"}; };
    checks.builders = Words{"default", "big"};
    checks.variable = [variables](const std::string& name) { return variables.count(name) > 0; };
    return checks;
}

RebuildPlan planFor(const ev::RecordUpdated& info, const std::optional<ClientCommand>& client = {}, const RebuildChecks& checks = world(),
                    const RebuildChoice& choice = {}, const ev::ProvenanceRead* provenance = nullptr)
{
    BuildSet set;
    EventBuilder events;
    events.started(0).event(info);
    if (provenance)
        events.event(*provenance);
    return planRebuild(events.into(set), client, checks, choice);
}

bool lacks(const RebuildPlan& plan, Gap gap)
{
    return std::any_of(plan.missing.begin(), plan.missing.end(), [&](const Missing& missing) { return missing.gap == gap; });
}

KeepGoing splitOf(const BuildPlan& plan, LanePush push = LanePush::ByDigest)
{
    auto split = splitByPlatform(plan, push);
    return split ? std::move(*split) : KeepGoing{};
}

bool refuses(const RebuildPlan& plan, Refusal refusal)
{
    return std::any_of(plan.obstacles.begin(), plan.obstacles.end(), [&](const Obstacle& obstacle) { return obstacle.refusal == refusal; });
}

} // namespace

class TestRebuildPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordBecomesTheCommand()
    {
        const RebuildPlan plan = planFor(shopRecord());
        QVERIFY(plan.possible());
        const Words expected{"docker", "buildx", "build", "--builder", "default", "--target", "app", "--platform", "linux/amd64,linux/arm64",
                             "--build-arg", "GO=1.22", "--build-arg", "NPM_TOKEN", "--label", "a=b c", "--cache-from", "type=registry,ref=r/c:1",
                             "--no-cache-filter", "deps", "--no-cache-filter", "app", "--network", "none", "--attest", "type=provenance,mode=max",
                             "--tag", "r/shop:1", "--tag", "r/shop:2", "--pull", "--push", "/src"};
        QCOMPARE(QString::fromStdString(commandText(commandOf(plan.plan))), QString::fromStdString(commandText(expected)));
        QVERIFY(commandOf(plan.plan) == expected);
    }

    void secretArgumentsTravelByEnvironment()
    {
        const RebuildPlan plan = planFor(shopRecord());
        QCOMPARE(plan.handOver.variables.at("NPM_TOKEN"), std::string("hunter2"));
        for (const std::string& argument : commandOf(plan.plan))
            QVERIFY2(argument.find("hunter2") == std::string::npos, argument.c_str());
    }

    void gapsAreListed()
    {
        const RebuildPlan plan = planFor(shopRecord());
        QVERIFY(lacks(plan, Gap::CacheExports));
        QVERIFY(lacks(plan, Gap::Entitlements));
        QVERIFY(lacks(plan, Gap::SecretIds));
        ev::RecordUpdated strange = shopRecord();
        strange.frontendAttrs["new-thing"] = "1";
        QVERIFY(lacks(planFor(strange), Gap::Attribute));
    }

    void anotherOutputReplacesAll()
    {
        RebuildChoice choice;
        choice.outputs = {"type=cacheonly"};
        const RebuildPlan plan = planFor(shopRecord(), {}, world(), choice);
        QVERIFY((plan.plan.outputs == choice.outputs));
        QVERIFY(plan.plan.tags.empty() && !plan.plan.push);
    }

    void engineThatRecordsNoExports()
    {
        ev::RecordUpdated info = shopRecord();
        info.exporters.clear();
        const RebuildPlan blind = planFor(info);
        QVERIFY(blind.possible());
        QVERIFY(lacks(blind, Gap::Exports));
        QVERIFY(!blind.plan.push);
        const ClientCommand client{{"docker", "buildx", "build", "--push", "-t", "r/shop:1", "."}, "/src", Timestamp{}};
        const RebuildPlan told = planFor(info, client);
        QVERIFY(!lacks(told, Gap::Exports));
        QVERIFY(told.plan.push);
        QVERIFY((told.plan.tags == Words{"r/shop:1"}));
        RebuildChoice choice;
        choice.push = true;
        choice.tags = {"r/shop:2"};
        QVERIFY(!lacks(planFor(info, {}, world(), choice), Gap::Exports));
    }

    void whatBuildxNotedOfABakeCall()
    {
        ev::RecordUpdated info = shopRecord();
        info.exporters.clear();
        info.localState = LocalState{"app", "/src", "", "g1"};
        RebuildChecks noted = world();
        noted.bakeDefinition = [](const std::string& group) {
            return std::string(group == "g1" ? R"({"target":{"app":{"tags":["r/shop:1"],"output":["type=registry"],"cache-to":["type=registry,ref=r/c:2"]},
                                                          "docs":{"output":[{"type":"local","dest":"out"}],"cache-to":["type=s3,bucket=b,secret_access_key=hunter2"]}}})"
                                             : "");
        };
        QVERIFY(lacks(planFor(info), Gap::Exports));
        const RebuildPlan plan = planFor(info, {}, noted);
        QVERIFY(plan.possible() && !lacks(plan, Gap::Exports) && !lacks(plan, Gap::CacheExports));
        QVERIFY(lacks(plan, Gap::BakeFile) && lacks(plan, Gap::Entitlements));
        QVERIFY((plan.plan.tags == Words{"r/shop:1"} && plan.plan.outputs == Words{"type=registry"} && plan.plan.cacheTo == Words{"type=registry,ref=r/c:2"}));
        // Another group, another target: nothing is guessed.
        info.localState->groupRef = "g2";
        QVERIFY(lacks(planFor(info, {}, noted), Gap::Exports));
        info.localState = LocalState{"other", "/src", "", "g1"};
        QVERIFY(lacks(planFor(info, {}, noted), Gap::Exports));
        // A relative folder lies where the client was started: only a client that was seen tells.
        info.localState->target = "docs";
        const RebuildPlan nowhere = planFor(info, {}, noted);
        QVERIFY(refuses(nowhere, Refusal::OutputNeeded) && lacks(nowhere, Gap::OutputFolder) && lacks(nowhere, Gap::MaskedValue));
        QVERIFY(nowhere.plan.cacheTo.empty());
        const ClientCommand client{{"docker", "buildx", "bake", "docs"}, "/home/me", Timestamp{}};
        QVERIFY((planFor(info, client, noted).plan.outputs == Words{"dest=/home/me/out,type=local"}));
        RebuildChoice choice;
        choice.outputs = {"type=local,dest=/x"};
        const RebuildPlan told = planFor(info, {}, noted, choice);
        QVERIFY(told.possible() && told.plan.outputs == choice.outputs);
    }

    void whatABakeCallSaysItself()
    {
        ev::RecordUpdated info = shopRecord();
        info.exporters.clear();
        info.localState = LocalState{"app", "/src", "", "g1"};
        const auto saying = [&](Words words) {
            Words arguments{"docker", "buildx", "bake"};
            arguments.insert(arguments.end(), words.begin(), words.end());
            return planFor(info, ClientCommand{arguments, "/src", Timestamp{}});
        };
        RebuildPlan plan = saying({"--set", "app.output=type=local,dest=out", "--set", "tool.output=type=docker"});
        QVERIFY(!lacks(plan, Gap::Exports) && (plan.plan.outputs == Words{"type=local,dest=/src/out"}));
        plan = saying({"--push", "--set", "*.tags=r/shop:9"});
        QVERIFY(!lacks(plan, Gap::Exports) && plan.plan.push && (plan.plan.tags == Words{"r/shop:9"}));
        // Pushed under names that only the file has: not known.
        plan = saying({"--push"});
        QVERIFY(lacks(plan, Gap::Exports) && !plan.plan.push && plan.plan.tags.empty());
        QVERIFY(lacks(saying({"--set", "ap*.output=type=docker"}), Gap::Exports));
    }

    void theClientFillsThem()
    {
        const ClientCommand client{{"docker", "buildx", "build", "--cache-to", "type=inline", "--allow", "network.host", "--secret", "id=npm,env=NPM",
                                    "-o", "out", "."}, "/src", Timestamp{}};
        ev::RecordUpdated info = shopRecord();
        info.exporters = {{"local", {}}};
        const RebuildPlan plan = planFor(info, client, world({"/src"}, {"/src/Dockerfile"}, {"NPM"}));
        QVERIFY(plan.possible());
        QVERIFY((plan.plan.cacheTo == Words{"type=inline"}));
        QVERIFY((plan.plan.entitlements == Words{"network.host"}));
        QVERIFY((plan.plan.outputs == Words{"type=local,dest=/src/out"}));
        QVERIFY(!lacks(plan, Gap::CacheExports));
        QVERIFY(!lacks(plan, Gap::SecretIds));
        const RebuildPlan blind = planFor(info);
        QVERIFY(refuses(blind, Refusal::OutputNeeded));
        RebuildChoice choice;
        choice.outputs = {"type=local,dest=/x"};
        QVERIFY(planFor(info, {}, world(), choice).possible());
    }

    void secretsAreAskedForAgain()
    {
        ev::ProvenanceRead provenance;
        provenance.secrets = {"npm"};
        provenance.ssh = {"default"};
        const RebuildPlan plan = planFor(shopRecord(), {}, world(), {}, &provenance);
        QVERIFY(refuses(plan, Refusal::SecretNeeded));
        QVERIFY(refuses(plan, Refusal::SshNeeded));
        QVERIFY(!lacks(plan, Gap::SecretIds));
        RebuildChoice choice;
        choice.secrets = {{"npm", "MY_NPM", ""}};
        choice.ssh = {{"default", "/run/agent"}};
        const RebuildPlan answered = planFor(shopRecord(), {}, world({"/src"}, {"/src/Dockerfile"}, {"MY_NPM"}), choice, &provenance);
        QVERIFY(answered.possible());
        QVERIFY(commandText(commandOf(answered.plan)).find("--secret id=npm,env=MY_NPM --ssh default=/run/agent") != std::string::npos);
        RebuildChoice without;
        without.withoutSecrets = {"npm"};
        QVERIFY(!refuses(planFor(shopRecord(), {}, world(), without, &provenance), Refusal::SecretNeeded));
        // BuildKit's git source asks for these of every repository.
        provenance.secrets = {"GIT_AUTH_TOKEN", "GIT_AUTH_HEADER.host"};
        QVERIFY(!refuses(planFor(shopRecord(), {}, world(), {}, &provenance), Refusal::SecretNeeded));
        provenance.secrets = {"npm"};
        // Named, but not there.
        QVERIFY(refuses(planFor(shopRecord(), {}, world(), choice, &provenance), Refusal::SecretNeeded));
    }

    void refusalsSayWhatHelps()
    {
        const RebuildPlan gone = planFor(shopRecord(), {}, world({}, {}));
        QVERIFY(refuses(gone, Refusal::ContextGone));
        const RebuildPlan moved = planFor(shopRecord(), {}, world({"/src"}, {}));
        QVERIFY(refuses(moved, Refusal::DockerfileGone));
        QVERIFY(helpText(moved.obstacles.front()).find("/src/docker/Dockerfile") != std::string::npos);
        ev::RecordUpdated other = shopRecord();
        other.builder = "lost";
        const RebuildPlan builder = planFor(other);
        QVERIFY(refuses(builder, Refusal::BuilderGone));
        QVERIFY(helpText(builder.obstacles.front()).find("big") != std::string::npos);
        RebuildChecks bare = world();
        bare.client = false;
        QVERIFY(refuses(planFor(shopRecord(), {}, bare), Refusal::NoClient));
        ev::RecordUpdated input = shopRecord();
        input.localState = LocalState{"default", "-", "", ""};
        QVERIFY(refuses(planFor(input), Refusal::ContextFromInput));
        input.localState = LocalState{"default", "/src", "-", ""};
        QVERIFY(refuses(planFor(input), Refusal::DockerfileFromInput));
        ev::RecordUpdated elsewhere = shopRecord();
        elsewhere.localState.reset();
        QVERIFY(refuses(planFor(elsewhere), Refusal::ContextUnknown));
        QVERIFY(refuses(planFor({}), Refusal::NoRecord));
        for (const RebuildPlan& plan : {gone, moved, builder}) {
            QVERIFY(!reasonText(plan.obstacles.front()).empty());
            QVERIFY(!helpText(plan.obstacles.front()).empty());
        }
    }

    void remoteContext()
    {
        ev::RecordUpdated info = shopRecord();
        info.localState.reset();
        info.frontendAttrs["context"] = "https://host/shop.git#main:sub";
        info.frontendAttrs["filename"] = "docker/Dockerfile";
        info.localState = LocalState{"default", "/home/me/https:/host/shop.git#main:sub", "", ""}; // as buildx 0.13 notes it
        const RebuildPlan plan = planFor(info, {}, world({}, {}));
        QVERIFY(plan.possible());
        const Words command = commandOf(plan.plan);
        QCOMPARE(command.back(), std::string("https://host/shop.git#main:sub"));
        QVERIFY(std::find(command.begin(), command.end(), "docker/Dockerfile") != command.end());
    }

    void bakeTarget()
    {
        ev::RecordUpdated info = shopRecord();
        info.frontendAttrs.erase("target");
        info.localState = LocalState{"api", "/src", "/src/Dockerfile", "group1"};
        const RebuildPlan alone = planFor(info);
        QVERIFY(alone.possible());
        QVERIFY2(alone.plan.target.empty(), "the bake target's name is no stage");
        QVERIFY(lacks(alone, Gap::BakeFile));
        info.frontendAttrs["context:base"] = "input:base";
        QVERIFY(refuses(planFor(info), Refusal::BakeContext));
        const ClientCommand client{{"docker", "buildx", "bake", "-f", "b.hcl", "--set", "*.args.TOKEN=\u2022\u2022\u2022\u2022", "api", "web"}, "/src", {}};
        RebuildChoice whole;
        whole.wholeCall = true;
        const RebuildPlan call = planFor(info, client, world({"/src"}, {"/src/Dockerfile", "/src/b.hcl"}), whole);
        QVERIFY(call.possible());
        QVERIFY((commandOf(call.plan) == Words{"docker", "buildx", "bake", "--builder", "default", "--file", "/src/b.hcl", "api", "web"}));
        QVERIFY(lacks(call, Gap::MaskedValue) && lacks(call, Gap::BakeNow) && !lacks(call, Gap::BakeFile));
        QVERIFY(refuses(planFor(info, client, world({}, {"/src/b.hcl"}), whole), Refusal::ContextGone)); // where the call was started
        QVERIFY(refuses(planFor(info, client, world({"/src"}, {"/src/Dockerfile"}), whole), Refusal::DockerfileGone));
        RebuildChoice elsewhere = whole;
        elsewhere.context = "/other";
        elsewhere.dockerfile = "/other/c.hcl";
        elsewhere.contexts = {{"base", "/other"}};
        const RebuildPlan moved = planFor(info, client, world({"/other"}, {"/other/c.hcl"}), elsewhere);
        QVERIFY(moved.possible());
        QVERIFY((commandOf(moved.plan) == Words{"docker", "buildx", "bake", "--builder", "default", "--file", "/other/c.hcl", "--set", "*.contexts.base=/other", "api", "web"}));
        QCOMPARE(moved.plan.workingDirectory, std::string("/other"));
        const RebuildPlan unknown = planFor(info, {}, world(), whole);
        QVERIFY(!unknown.possible());
        QCOMPARE(unknown.obstacles.size(), std::size_t(1)); // the bake file; the folder is known
        QCOMPARE(unknown.obstacles.front().subject, std::string("the bake file"));
    }

    void aSeenBakeCallTellsWhatRecordsDoNot()
    {
        ev::RecordUpdated info = shopRecord();
        info.frontendAttrs.erase("target");
        info.localState = LocalState{"api", "/src", "/src/Dockerfile", "group1"};
        const ClientCommand client{{"docker", "buildx", "bake", "--allow", "network.host", "--allow=fs.read=/x", "--provenance=mode=max", "--sbom=false", "--var", "V=1",
                                    "--var", "TOKEN=\u2022\u2022\u2022\u2022", "api"}, "/src", {}};
        const RebuildPlan alone = planFor(info, client);
        QVERIFY((alone.plan.entitlements == Words{"network.host"})); // what bake may read is no option of a build
        QVERIFY(!lacks(alone, Gap::Entitlements) && !lacks(alone, Gap::BakeFile));
        RebuildChoice choice;
        choice.wholeCall = true;
        const RebuildPlan call = planFor(info, client, world(), choice);
        QVERIFY(call.possible() && lacks(call, Gap::MaskedValue));
        QCOMPARE(commandText(commandOf(call.plan)), std::string("docker buildx bake --builder default --var V=1 --set '*.attest=type=provenance,mode=max' --set "
                                                                "'*.attest=type=sbom,disabled=true' --allow network.host --allow fs.read=/x api"));
        // From standard input: nobody kept it.
        const ClientCommand piped{{"docker", "buildx", "bake", "-f", "-", "api"}, "/src", {}};
        QVERIFY(!wholeCallOf(piped) && lacks(planFor(info, piped), Gap::BakeFile));
        QVERIFY(!planFor(info, piped, world(), choice).possible());
        // From behind credentials that were not kept.
        const std::string address = std::string("https://") + secretMask + "@host/shop.git";
        for (const Words& words : {Words{"docker", "buildx", "bake", address, "api"}, Words{"docker", "buildx", "bake", "-f", address, "api"}}) {
            const RebuildPlan hidden = planFor(info, ClientCommand{words, "/src", {}}, world(), choice);
            QVERIFY(!hidden.possible() && lacks(hidden, Gap::MaskedValue));
            QVERIFY(commandText(commandOf(hidden.plan)).find(secretMask) == std::string::npos);
            QVERIFY(lacks(planFor(info, ClientCommand{words, "/src", {}}), Gap::BakeFile)); // and one target is not told to repeat it
        }
        RebuildChecks noted = world();
        noted.bakeDefinition = [](const std::string&) { return std::string(R"({"target":{"api":{"entitlements":["security.insecure"]}}})"); };
        QVERIFY((planFor(info, {}, noted).plan.entitlements == Words{"security.insecure"} && !lacks(planFor(info, {}, noted), Gap::Entitlements)));
        QVERIFY((planFor(info, client, noted).plan.entitlements == Words{"network.host", "security.insecure"}));
    }

    void namedContexts()
    {
        ev::RecordUpdated info = shopRecord();
        info.frontendAttrs["context:data"] = "local:data";
        info.frontendAttrs["context:base"] = "docker-image://alpine";
        QVERIFY(refuses(planFor(info), Refusal::ContextFolderNeeded));
        RebuildChoice choice;
        choice.contexts = {{"data", "/data"}};
        const RebuildPlan plan = planFor(info, {}, world({"/src", "/data"}), choice);
        QVERIFY(plan.possible());
        QVERIFY((plan.plan.contexts == std::vector<NamedValue>{{"base", "docker-image://alpine"}, {"data", "/data"}}));
    }

    void imageOptionsStay()
    {
        ev::RecordUpdated info = shopRecord();
        info.exporters = {{"image", {{"name", "a:1,b:2"}, {"push", "true"}, {"compression", "zstd"}}}};
        info.frontendAttrs.erase("attest:provenance");
        const RebuildPlan plan = planFor(info);
        QVERIFY((plan.plan.outputs == Words{R"(type=image,compression=zstd,"name=a:1,b:2",push=true)"}));
        QVERIFY(plan.plan.noProvenance);
        QVERIFY(plan.plan.tags.empty());
    }

    void quoting_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("quoted");
        QTest::newRow("plain") << QStringLiteral("a/b:c=1,2") << QStringLiteral("a/b:c=1,2");
        QTest::newRow("empty") << QString() << QStringLiteral("''");
        QTest::newRow("space") << QStringLiteral("a b") << QStringLiteral("'a b'");
        QTest::newRow("quote") << QStringLiteral("it's $x") << QStringLiteral("'it'\\''s $x'");
        QTest::newRow("newline") << QStringLiteral("a\nb'") << QStringLiteral("$'a\\nb\\''");
        QTest::newRow("chinese") << QStringLiteral("/项目/构建") << QStringLiteral("'/项目/构建'");
        QTest::newRow("bidi") << QStringLiteral("a\u202eb") << QStringLiteral("$'a\\xe2\\x80\\xaeb'");
    }
    void quoting()
    {
        QFETCH(QString, given);
        QFETCH(QString, quoted);
        QCOMPARE(QString::fromStdString(quotedForShell(given.toStdString())), quoted);
    }

    void csvComesBack()
    {
        const std::vector<NamedValue> fields{{"type", "image"}, {"name", "a,b"}, {"note", "say \"hi\""}};
        QVERIFY(parseCsv(csvOf(fields)) == fields);
    }

    void keepGoingSplits()
    {
        BuildPlan plan = planFor(shopRecord()).plan;
        plan.cacheTo = {"type=registry,ref=r/c:1,mode=max"};
        const KeepGoing both = splitOf(plan);
        QCOMPARE(both.lanes.size(), std::size_t(2));
        QCOMPARE(both.repository, std::string("r/shop"));
        QVERIFY((both.lanes.at(1).plan.platforms == std::vector<Platform>{{"linux", "arm64", ""}}));
        QVERIFY((both.lanes.at(1).plan.outputs == Words{"type=image,name=r/shop,push-by-digest=true,name-canonical=true,push=true"}));
        QVERIFY((both.lanes.at(1).plan.cacheTo == Words{"type=registry,ref=r/c:1-linux-arm64,mode=max"}));
        QVERIFY(both.lanes.at(1).plan.tags.empty() && !both.lanes.at(1).plan.push);
        QVERIFY((mergeCommand(both, {"sha256:a", "sha256:b"}, {"buildx"})
                 == Words{"buildx", "imagetools", "create", "--builder", "default", "--tag", "r/shop:1", "--tag", "r/shop:2", "r/shop@sha256:a",
                          "r/shop@sha256:b"}));
        const KeepGoing tagged = splitOf(plan, LanePush::ByTag);
        QVERIFY((tagged.lanes.at(0).plan.tags == Words{"r/shop:1-linux-amd64"}));
        QVERIFY(tagged.lanes.at(0).plan.push);
        plan.platforms.resize(1);
        QVERIFY(!splitByPlatform(plan).ok());
    }

    void repository_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("repository");
        QTest::newRow("port") << QStringLiteral("localhost:5000/a/b:1") << QStringLiteral("localhost:5000/a/b");
        QTest::newRow("port, no tag") << QStringLiteral("localhost:5000/a") << QStringLiteral("localhost:5000/a");
        QTest::newRow("digest") << QStringLiteral("a/b:1@sha256:00") << QStringLiteral("a/b");
    }
    void repository()
    {
        QFETCH(QString, image);
        QFETCH(QString, repository);
        QCOMPARE(QString::fromStdString(repositoryOf(image.toStdString())), repository);
    }
};

QTEST_GUILESS_MAIN(TestRebuildPlan)
#include "test_rebuild_plan.moc"
