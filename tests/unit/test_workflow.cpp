#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/matrix.h"
#include "analysis/workflow/workflow_compare.h"

#include <QtTest>

#include "workflow_fixture.h"

using namespace layerline;

class TestWorkflow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void styles_data();
    void styles();
    void stepsAndJobs();
    void dispatchInputs();
    void matrices_data();
    void matrices();
    void legsHaveGithubsNames();
    void runnersInAllForms_data();
    void runnersInAllForms();
    void reusableWorkflows();
    void githubBuilder();
    void cacheWritersAndCollisions();
    void bakeFiles();
    void properties();
    void errorsNameTheirPlace_data();
    void errorsNameTheirPlace();
    void actionReferences();
    void lists();
};

namespace {

Legs legsOf(const Workflow& workflow, const WorkflowLookup& lookup = {})
{
    auto legs = expandJobs(workflow, test::runnerTable(), lookup);
    return legs ? *legs : Legs();
}

QByteArray names(const std::vector<Platform>& platforms)
{
    QByteArray text;
    for (const Platform& platform : platforms)
        text += (text.isEmpty() ? "" : " ") + QByteArray::fromStdString(platform.shortName());
    return text;
}

Workflow parsed(const std::string& text)
{
    auto workflow = parseWorkflow(text);
    return workflow ? *workflow : Workflow();
}

} // namespace

void TestWorkflow::styles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("style");
    QTest::addColumn<QByteArray>("promised");
    QTest::addColumn<QByteArray>("emulated");
    const auto row = [](const char* file, const char* style, const char* promised, const char* emulated) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(style) << QByteArray(promised) << QByteArray(emulated);
    };
    row("qemu-dockerhub.yml", "qemu", "amd64 arm64", "arm64");
    row("qemu-ghcr-metadata.yml", "qemu", "amd64 arm64", "arm64");
    row("qemu-distribute.yml", "qemu", "amd64 arm/v7 arm64", "arm/v7 arm64");
    row("qemu-ecr-oidc.yml", "qemu", "amd64 arm64", "arm64");
    row("qemu-ecr-keys.yml", "qemu", "amd64 arm64", "arm64");
    row("qemu-registries.yml", "qemu", "amd64 arm/v7 arm64 riscv64", "arm/v7 arm64 riscv64");
    row("qemu-script.yml", "qemu", "amd64 arm64", "arm64");
    row("native-digests.yml", "native-matrix", "amd64 arm64", "");
    row("native-expression.yml", "native-matrix", "amd64 arm64", "");
    row("native-jobs.yml", "native-matrix", "amd64 arm64", "");
    row("native-crlf.yml", "native-matrix", "amd64 arm64", "");
    row("native-bake.yml", "native-matrix", "amd64 arm64", "");
    row("github-builder.yml", "native-matrix", "amd64 arm64", "");
    row("github-builder-bake.yml", "unknown", "", "");
    row("mixed.yml", "mixed", "amd64 arm64 riscv64", "riscv64");
    row("cross.yml", "cross-compile", "amd64 arm64", "");
    row("reusable.yml", "unknown", "", "");
    row("caller.yml", "none", "", "");
}

void TestWorkflow::styles()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, style);
    QFETCH(QByteArray, promised);
    QFETCH(QByteArray, emulated);
    const auto workflow = parseWorkflow(test::workflowText(file));
    QVERIFY2(workflow.ok(), workflow.ok() ? "" : workflow.error().detail.c_str());
    const BuildSummary summary = summarise(legsOf(*workflow));
    QCOMPARE(QByteArray(toString(summary.style)), style);
    QCOMPARE(names(summary.promised), promised);
    QCOMPARE(names(summary.emulated), emulated);
}

void TestWorkflow::stepsAndJobs()
{
    const Workflow workflow = parsed(test::workflowText("qemu-ghcr-metadata.yml"));
    QCOMPARE(workflow.name, std::string("ci"));
    QCOMPARE(workflow.triggers.size(), std::size_t(3));
    QCOMPARE(workflow.triggers[0].config.dump(), std::string(R"({"branches":["main"],"tags":["v*.*.*"]})"));
    const WorkflowJob& job = *workflow.job("image");
    QCOMPARE(job.needs, std::vector<std::string>{"test"});
    QCOMPARE(job.line, 23);
    QCOMPARE(valueOf(job.permissions.scopes, "packages"), std::string("write"));
    QVERIFY(workflow.permissions.stated);
    QCOMPARE(job.steps.size(), std::size_t(7));
    const WorkflowStep& build = job.steps[5];
    QCOMPARE(int(build.kind), int(ActionKind::BuildPush));
    QCOMPARE(build.id, std::string("push"));
    QCOMPARE(build.uses->major, 6);
    QCOMPARE(textLines(valueOf(build.with, "platforms")), (std::vector<std::string>{"linux/amd64", "linux/arm64"}));
    const Legs legs = legsOf(workflow);
    QCOMPARE(legs.legs[1].builds[0].tags, std::vector<std::string>{"${{ steps.meta.outputs.tags }}"});
    QVERIFY(legs.legs[1].builds[0].pushes);
    QVERIFY(legs.legs[0].builds.empty());
}

void TestWorkflow::dispatchInputs()
{
    const Workflow workflow = parsed("on:\n  workflow_dispatch:\n    inputs:\n      level: {type: choice, options: [a, b], default: b, required: true, description: How much}\n"
                                     "      dry: {type: boolean}\njobs:\n  a:\n    runs-on: x\n    steps: [{run: y}]\n");
    const WorkflowTrigger* dispatch = workflow.trigger("workflow_dispatch");
    QVERIFY(dispatch);
    QCOMPARE(dispatch->inputs.size(), std::size_t(2));
    QCOMPARE(dispatch->inputs[0].options, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(dispatch->inputs[0].defaultValue, std::string("b"));
    QVERIFY(dispatch->inputs[0].required);
    QVERIFY(!dispatch->inputs[1].required);
}

void TestWorkflow::matrices_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("legs");
    QTest::addColumn<bool>("open");
    const auto row = [](const char* name, const char* yaml, const char* legs, bool open = false) {
        QTest::newRow(name) << QByteArray(yaml) << QByteArray(legs) << open;
    };
    row("product", "{a: [1, 2], b: [x, y]}", R"([{"a":1,"b":"x"},{"a":1,"b":"y"},{"a":2,"b":"x"},{"a":2,"b":"y"}])");
    row("exclude", "{a: [1, 2], b: [x, y], exclude: [{a: 1, b: x}, {a: 2}]}", R"([{"a":1,"b":"y"}])");
    row("include adds", "{a: [1, 2], include: [{a: 2, c: z}]}", R"([{"a":1},{"a":2,"c":"z"}])");
    row("include alone", "{include: [{a: 1}, {a: 2}]}", R"([{"a":1},{"a":2}])");
    // GitHub's own example.
    row("documented", "{fruit: [apple, pear], animal: [cat, dog], include: [{color: green}, {color: pink, animal: cat}, {fruit: apple, shape: circle}, "
                      "{fruit: banana}, {fruit: banana, animal: cat}]}",
        R"([{"fruit":"apple","animal":"cat","color":"pink","shape":"circle"},{"fruit":"apple","animal":"dog","color":"green","shape":"circle"},)"
        R"({"fruit":"pear","animal":"cat","color":"pink"},{"fruit":"pear","animal":"dog","color":"green"},{"fruit":"banana"},{"fruit":"banana","animal":"cat"}])");
    row("from JSON", "{p: \"${{ fromJSON('[\\\"a\\\",\\\"b\\\"]') }}\"}", R"([{"p":"a"},{"p":"b"}])");
    row("of a run", "\"${{ fromJSON(needs.plan.outputs.matrix) }}\"", "[]", true);
    row("exclude of a run", "{a: [1, 2], exclude: \"${{ fromJSON(needs.p.outputs.e) }}\"}", R"([{"a":1},{"a":2}])", true);
}

void TestWorkflow::matrices()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, legs);
    QFETCH(bool, open);
    const auto document = parseYaml(yaml.toStdString());
    QVERIFY(document.ok());
    const auto expanded = expandMatrix(document->root.get(), {});
    QVERIFY(expanded.ok());
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& leg : expanded->legs)
        list.push_back(leg);
    QCOMPARE(nlohmann::json(list).dump(), nlohmann::json::parse(legs.toStdString()).dump());
    QCOMPARE(expanded->open, open);
    const auto large = parseYaml("{a: [" + std::string(QByteArray("1,").repeated(20)) + "1], b: [" + std::string(QByteArray("1,").repeated(20)) + "1]}");
    QCOMPARE(int(expandMatrix(large->root.get(), {}).error().kind), int(ErrorKind::TooLarge));
}

void TestWorkflow::legsHaveGithubsNames()
{
    const Legs legs = legsOf(parsed(test::workflowText("native-digests.yml")));
    // The workflow is gone by now: names are values.
    QCOMPARE(legs.legs[0].name, std::string("build (amd64, ubuntu-latest, linux/amd64)"));
    QCOMPARE(legs.legs[2].name, std::string("merge"));
    QVERIFY(legs.legs[2].merges);
    const Workflow mixed = parsed(test::workflowText("mixed.yml"));
    QCOMPARE(legsOf(mixed).legs[1].name, std::string("linux/arm64"));
}

void TestWorkflow::runnersInAllForms_data()
{
    QTest::addColumn<QByteArray>("runsOn");
    QTest::addColumn<QByteArray>("platform");
    QTest::addColumn<QByteArray>("unknown");
    QTest::addColumn<int>("choices");
    const auto row = [](const char* runsOn, const char* platform, const char* unknown, int choices) {
        QTest::newRow(runsOn) << QByteArray(runsOn) << QByteArray(platform) << QByteArray(unknown) << choices;
    };
    row("ubuntu-latest", "linux/amd64", "", 1);
    row("Ubuntu-24.04-ARM", "linux/arm64", "", 1);
    row("ubuntu-24.04-arm64", "linux/arm64", "ubuntu-24.04-arm64", 1);
    row("[self-hosted, linux, ARM64]", "linux/arm64", "", 1);
    row("[self-hosted, linux]", "", "", 1);
    row("{group: big, labels: ubuntu-24.04-arm}", "linux/arm64", "", 1);
    row("{group: big}", "", "", 0);
    row("our-large-runner", "", "", 1);
    row("${{ github.ref_type == 'tag' && 'ubuntu-latest' || 'ubuntu-24.04' }}", "linux/amd64", "", 2);
    row("${{ github.ref_type == 'tag' && 'ubuntu-latest' || 'ubuntu-24.04-arm' }}", "", "", 2);
    row("${{ vars.RUNNER }}", "", "", 0);
    row("${{ vars.RUNNER || 'ubuntu-latest' }}", "", "", 1);
    row("${{ fromJSON('[\"self-hosted\",\"X64\"]') }}", "linux/amd64", "", 1);
}

void TestWorkflow::runnersInAllForms()
{
    QFETCH(QByteArray, runsOn);
    QFETCH(QByteArray, platform);
    QFETCH(QByteArray, unknown);
    QFETCH(int, choices);
    const Workflow workflow = parsed("on: push\njobs:\n  a:\n    runs-on: " + runsOn.toStdString() + "\n    steps: [{run: x}]\n");
    const Legs legs = legsOf(workflow);
    QCOMPARE(legs.legs.size(), std::size_t(1));
    const RunsOn& found = legs.legs[0].runsOn;
    QCOMPARE(QByteArray::fromStdString(found.platform ? found.platform->str() : ""), platform);
    QCOMPARE(QByteArray::fromStdString(found.unknownLabel), unknown);
    QCOMPARE(int(found.choices.size()), choices);
}

void TestWorkflow::reusableWorkflows()
{
    const Workflow caller = parsed(test::workflowText("caller.yml"));
    QCOMPARE(legsOf(caller).unread, (std::vector<std::string>(2, "./.github/workflows/reusable.yml")));
    const auto called = std::make_shared<const Workflow>(parsed(test::workflowText("reusable.yml")));
    const Legs legs = legsOf(caller, [&](const std::string& path) { return path == "./.github/workflows/reusable.yml" ? called : nullptr; });
    QCOMPARE(legs.legs.size(), std::size_t(2));
    QCOMPARE(legs.legs[1].name, std::string("images (linux/arm64, ubuntu-24.04-arm) / image"));
    QCOMPARE(legs.legs[1].builds[0].tags, std::vector<std::string>{"ghcr.io/acme/called:${{ github.sha }}"});
    const BuildSummary summary = summarise(legs);
    QCOMPARE(int(summary.style), int(BuildStyle::NativeMatrix));
    QCOMPARE(names(summary.promised), QByteArray("amd64 arm64"));
    // One that calls itself ends.
    const auto circle = std::make_shared<const Workflow>(parsed("on: workflow_call\njobs:\n  a:\n    uses: ./x.yml\n"));
    QVERIFY(legsOf(*circle, [&](const std::string&) { return circle; }).legs.empty());
}

void TestWorkflow::githubBuilder()
{
    const Legs legs = legsOf(parsed(test::workflowText("github-builder.yml")));
    QCOMPARE(legs.legs.size(), std::size_t(2));
    QCOMPARE(legs.legs[1].runsOn.choices[0][0], std::string("ubuntu-24.04-arm"));
    QCOMPARE(legs.legs[1].builds[0].cacheTo[0], std::string("type=gha,scope=service-linux-arm64"));
    const Legs one = legsOf(parsed("on: push\njobs:\n  a:\n    uses: docker/github-builder/.github/workflows/build.yml@v1\n    with: {cache: true, target: app, platforms: linux/arm/v7, output: image}\n"));
    QCOMPARE(one.legs[0].builds[0].cacheTo, std::vector<std::string>{"type=gha,scope=app-linux-arm-v7"});
    const char* mapping = "default=ubuntu-24.04\nlinux=big\nlinux/arm=ubuntu-24.04-arm\n";
    QCOMPARE(githubBuilderRunner(mapping, {"linux", "arm", "v7"}), std::string("ubuntu-24.04-arm"));
    QCOMPARE(githubBuilderRunner(mapping, {"linux", "arm64", {}}), std::string("big"));
    QCOMPARE(githubBuilderRunner(mapping, {"windows", "amd64", {}}), std::string("ubuntu-24.04"));
    QCOMPARE(githubBuilderRunner("one", {"linux", "arm64", {}}), std::string("one"));
    QCOMPARE(githubBuilderRunner("", {"linux", "arm64", {}}), std::string("ubuntu-24.04-arm"));
}

void TestWorkflow::cacheWritersAndCollisions()
{
    const auto collisionsOf = [](const char* file) { return scopeCollisions(summarise(legsOf(parsed(test::workflowText(file)))).cacheWriters); };
    QVERIFY(collisionsOf("native-digests.yml").empty());
    QVERIFY(collisionsOf("qemu-dockerhub.yml").empty());
    const auto found = collisionsOf("qemu-distribute.yml");
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].scope, std::string("buildkit"));
    QCOMPARE(found[0].writers.size(), std::size_t(3));
}

namespace {

/// The one bake step of a job with these inputs, in a repository with these files.
const char* const bakeJob = "on: push\nenv:\n  TAG: v2\njobs:\n  bake:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/setup-qemu-action@v3\n"
                            "      - id: meta\n        uses: docker/metadata-action@v5\n        with:\n          images: ghcr.io/acme/app\n"
                            "      - uses: docker/bake-action@v6\n        with:\n          push: true\n";

Legs bakedLegs(const Workflow& workflow, const BakeSources& files)
{
    auto legs = expandJobs(workflow, test::runnerTable(), {}, &files);
    return legs ? *legs : Legs();
}

} // namespace

void TestWorkflow::bakeFiles()
{
    const char* const hcl = "variable \"TAG\" { default = \"latest\" }\ngroup \"default\" { targets = [\"app\"] }\n"
                            "target \"docker-metadata-action\" {}\n"
                            "target \"app\" {\n  inherits = [\"docker-metadata-action\"]\n  platforms = [\"linux/amd64\", \"linux/arm64\"]\n}\n"
                            "target \"tool\" { platforms = [\"linux/riscv64\"]\n tags = [\"acme/tool:${TAG}\"] }\n";
    const BakeSources files{{"/", "Dockerfile\ndocker-bake.hcl\nREADME.md"}, {"docker-bake.hcl", hcl}};
    const Workflow byDefault = parsed(bakeJob), named = parsed(std::string(bakeJob) + "          files: |\n            ./docker-bake.hcl\n            cwd://${{ steps.meta.outputs.bake-file }}\n"
                                                                                     "          targets: app,tool\n");
    const Legs legs = bakedLegs(byDefault, files);
    QCOMPARE(names(summarise(legs).promised), QByteArray("amd64 arm64"));
    QVERIFY(!summarise(legs).promisedOpen);
    QVERIFY(summarise(legs).style == BuildStyle::Qemu);
    const Legs both = bakedLegs(named, files);
    QCOMPARE(names(summarise(both).promised), QByteArray("amd64 arm64 riscv64"));
    QCOMPARE(both.legs[0].builds[0].tags, (std::vector<std::string>{"${{ steps.meta.outputs.tags }}", "acme/tool:v2"}));
    // What is missing is named, step by step, and nothing is guessed meanwhile.
    const Legs none = bakedLegs(byDefault, {});
    QCOMPARE(none.bakeUnread, std::vector<std::string>{"/"});
    QVERIFY(summarise(none).promisedOpen);
    QCOMPARE(bakedLegs(byDefault, {{"/", "docker-bake.hcl"}}).bakeUnread, std::vector<std::string>{"docker-bake.hcl"});
    QCOMPARE(bakedLegs(named, {}).bakeUnread, std::vector<std::string>{"docker-bake.hcl"});
    const BakeSources gone{{"docker-bake.hcl", std::nullopt}}, compose{{"/", "compose.yaml\ndocker-bake.hcl"}, {"docker-bake.hcl", hcl}};
    QVERIFY(bakedLegs(named, gone).bakeUnread.empty() && summarise(bakedLegs(named, gone)).promisedOpen);
    QVERIFY(summarise(bakedLegs(byDefault, compose)).promisedOpen);
}

void TestWorkflow::properties()
{
    const Workflow workflow = parsed(test::workflowText("qemu-registries.yml"));
    const WorkflowProperties found = propertiesOf(workflow, legsOf(workflow));
    QCOMPARE(found.at(WorkflowProperty::Registries), (std::set<std::string>{"docker.io", "ghcr.io", "quay.io"}));
    QCOMPARE(found.at(WorkflowProperty::Images), (std::set<std::string>{"acme/tool", "ghcr.io/Acme/tool", "quay.io/acme/tool"}));
    QVERIFY(found.at(WorkflowProperty::TagRules).count("type=schedule,pattern=nightly"));
    QVERIFY(found.at(WorkflowProperty::Secrets).count("secrets.QUAY_TOKEN"));
    QVERIFY(found.at(WorkflowProperty::Permissions).count("packages: write"));
    QCOMPARE(compareProperties(found, found), std::vector<PropertyDifference>());
    WorkflowProperties other = found;
    other[WorkflowProperty::Registries] = {"docker.io", "new.io"};
    const auto differences = compareProperties(found, other);
    QCOMPARE(differences.size(), std::size_t(1));
    QCOMPARE(differences[0].removed, (std::vector<std::string>{"ghcr.io", "quay.io"}));
    QCOMPARE(differences[0].added, std::vector<std::string>{"new.io"});
    const auto split = [](const char* tag, const char* image, const char* rule) {
        QCOMPARE(splitTag(tag), (std::pair<std::string, std::string>(image, rule)));
    };
    split("localhost:5000/app", "localhost:5000/app", "");
    split("localhost:5000/app:v1", "localhost:5000/app", ":v1");
    split("${{ env.A }}/app:${{ format('{0}:x', github.sha) }}", "${{ env.A }}/app", ":${{ format('{0}:x', github.sha) }}");
    QCOMPARE(imageNames("a/b,c/d\n name=e/f,enable=${{ github.ref == 'x,y' }}\n"), (std::vector<std::string>{"a/b", "c/d", "e/f"}));
}

void TestWorkflow::errorsNameTheirPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const char* text, const char* says) { QTest::newRow(name) << QByteArray(text) << QByteArray(says); };
    row("no workflow", "- a\n", "line 1, column 1: no workflow");
    row("no on", "name: x\njobs: {a: {runs-on: x, steps: [{run: y}]}}\n", "line 1, column 1: no workflow: 'on'");
    row("no jobs", "on: push\n", "line 1, column 1: no workflow: 'jobs'");
    row("empty job", "on: push\njobs:\n  a:\n", "line 3, column 3: ");
    row("runs nowhere", "on: push\njobs:\n  a:\n    steps: []\n", "line 3, column 3: the job 'a' has neither");
    row("no steps", "on: push\njobs:\n  a:\n    runs-on: x\n", "line 4, column 5: ");
    row("empty step", "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: n\n", "line 6, column 9: a step with neither");
    row("needs nobody", "on: push\njobs:\n  a:\n    needs: [b]\n    runs-on: x\n    steps: [{run: y}]\n", "line 4, column 13: there is no job 'b'");
    row("circle", "on: push\njobs:\n  a:\n    needs: b\n    runs-on: x\n    steps: [{run: y}]\n  b:\n    needs: a\n    runs-on: x\n    steps: [{run: y}]\n",
        "line 8, column 12: ");
    row("bad expression", "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ a b }}\n", "line 6, column 14: expression, column ");
}

void TestWorkflow::errorsNameTheirPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const auto workflow = parseWorkflow(text.toStdString());
    QVERIFY(!workflow.ok());
    QVERIFY2(QByteArray::fromStdString(workflow.error().detail).startsWith(says), workflow.error().detail.c_str());
}

void TestWorkflow::actionReferences()
{
    const ActionRef plain = parseActionRef("Docker/Build-Push-Action@v6.1.0");
    QCOMPARE(plain.name, std::string("docker/build-push-action"));
    QCOMPARE(plain.major, 6);
    const ActionRef pinned = parseActionRef("docker/login-action@" + std::string(40, 'a'), "# v3.4.0 (checked)");
    QVERIFY(pinned.pinned);
    QCOMPARE(pinned.major, 3);
    const ActionRef workflow = parseActionRef("docker/github-builder/.github/workflows/build.yml@v1");
    QCOMPARE(workflow.path, std::string(".github/workflows/build.yml"));
    QCOMPARE(parseActionRef("./.github/actions/x").name, std::string("./.github/actions/x"));
    QCOMPARE(parseActionRef("owner/repo@main").major, 0);
    QCOMPARE(parseActionRef("docker://alpine:3").name, std::string("docker://alpine:3"));
}

void TestWorkflow::lists()
{
    QCOMPARE(listItems("a, b\n# c\n ${{ f('x,y') }},\"d,e\"\n"), (std::vector<std::string>{"a", "b", "${{ f('x,y') }}", "\"d,e\""}));
    QCOMPARE(settingOf("type=image,\"name=a,b\",push=true", "name"), std::string("a,b"));
    QCOMPARE(settingOf("type=gha,scope=x", "mode"), std::string());
}

QTEST_APPLESS_MAIN(TestWorkflow)
#include "test_workflow.moc"
