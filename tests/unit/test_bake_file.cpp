#include "analysis/workflow/bake_file.h"

#include <QtTest>

using namespace layerline;

class TestBakeFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void platforms_data();
    void platforms();
    void groupsAndOverrides();
    void environment();
    void json();
    void neverGuesses_data();
    void neverGuesses();
    void badTexts_data();
    void badTexts();
    void buildxsOwnFile();
};

namespace {

QByteArray joined(const std::vector<std::string>& texts)
{
    QByteArray all;
    for (const std::string& text : texts)
        all += (all.isEmpty() ? "" : " ") + QByteArray::fromStdString(text);
    return all;
}

BakePlan planOf(const QByteArray& text, const std::vector<std::string>& targets = {"app"}, const BakeEnvironment& environment = {}, const char* name = "docker-bake.hcl")
{
    return readBake({{name, text.toStdString()}}, targets, environment);
}

} // namespace

void TestBakeFile::platforms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) { QTest::newRow(name) << QByteArray(text) << QByteArray(expected); };
    row("a list", "target \"app\" {\n  platforms = [\"linux/amd64\", \"linux/arm64\"] # both\n}\n", "linux/amd64 linux/arm64");
    row("lines and a last comma", "target \"app\" {\n  platforms = [\n    // one\n    \"linux/amd64\",\n    \"linux/arm64\", /* two */\n  ]\n}", "linux/amd64 linux/arm64");
    row("on one line", "target app { platforms = [\"linux/s390x\"] }", "linux/s390x");
    row("a variable", "variable \"P\" {\n  default = [\"linux/amd64\"]\n}\ntarget \"app\" { platforms = P }", "linux/amd64");
    row("a typed variable", "variable \"P\" {\n  type = list(string)\n  default = [\"linux/amd64\"]\n}\ntarget \"app\" { platforms = P }", "linux/amd64");
    row("a variable of a variable", "variable \"A\" { default = \"arm64\" }\nvariable \"P\" { default = \"linux/${A}\" }\ntarget \"app\" { platforms = [P, \"linux/amd64\"] }",
        "linux/arm64 linux/amd64");
    row("an attribute of the file", "all = [\"linux/amd64\", \"linux/arm64\"]\ntarget \"app\" { platforms = all }", "linux/amd64 linux/arm64");
    row("a condition", "variable \"LOCAL\" { default = false }\ntarget \"app\" { platforms = LOCAL ? [\"linux/amd64\"] : [\"linux/arm64\", \"linux/amd64\"] }", "linux/arm64 linux/amd64");
    row("a comparison", "variable \"KIND\" { default = \"all\" }\ntarget \"app\" { platforms = equal(KIND, \"all\") && !(KIND != \"all\") ? [\"linux/arm64\"] : [] }", "linux/arm64");
    row("split and concat", "variable \"P\" { default = \"linux/amd64,linux/arm64\" }\ntarget \"app\" { platforms = concat(split(\",\", P), [\"linux/riscv64\"]) }",
        "linux/amd64 linux/arm64 linux/riscv64");
    row("a parent", "target \"_all\" { platforms = [\"linux/amd64\", \"linux/arm64\"] }\ntarget \"app\" { inherits = [\"_all\"] }", "linux/amd64 linux/arm64");
    row("the later parent", "target \"a\" { platforms = [\"linux/amd64\"] }\ntarget \"b\" { platforms = [\"linux/arm64\"] }\ntarget \"app\" { inherits = [\"a\", \"b\"] }", "linux/arm64");
    row("its own", "target \"a\" { platforms = [\"linux/amd64\"] }\ntarget \"app\" {\n inherits = [\"a\"]\n platforms = [\"linux/arm64\"]\n}", "linux/arm64");
    row("functions and texts around", "function \"tag\" {\n  params = [t]\n  result = [\"a:${t}\", notequal(t, \"\") ? \"b:${t}\" : \"\"]\n}\ntarget \"app\" {\n  args = { A = \"{\", \"B\" = upper(\"x\") }\n"
        "  tags = tag(\"1\")\n  dockerfile-inline = <<-EOT\n    FROM x\n    RUN echo }\n    EOT\n  contexts = { for k, v in x : k => v }\n  platforms = [\"linux/arm/v7\"]\n}", "linux/arm/v7");
}

void TestBakeFile::platforms()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const BakePlan plan = planOf(text);
    QVERIFY2(!plan.open, plan.why.c_str());
    QCOMPARE(plan.targets.size(), std::size_t(1));
    QVERIFY(!plan.targets[0].platforms.open);
    QCOMPARE(joined(plan.targets[0].platforms.values), expected);
}

void TestBakeFile::groupsAndOverrides()
{
    const char* const first = "group \"default\" { targets = [\"images\", \"tool\"] }\ngroup \"images\" { targets = [\"app\", \"worker\"] }\n"
                              "target \"app\" { tags = [\"a:1\"] }\ntarget \"worker\" { tags = [\"w:1\"] }\ntarget \"tool\" { output = [\"type=registry\"] }\n";
    const BakePlan plan = readBake({{"docker-bake.hcl", first}, {"over.hcl", "target \"app\" { platforms = [\"linux/arm64\"] }"}}, {}, {});
    QVERIFY(!plan.open);
    QCOMPARE(plan.targets.size(), std::size_t(3));
    QCOMPARE(joined(plan.targets[0].platforms.values), QByteArray("linux/arm64"));
    QCOMPARE(joined(plan.targets[0].tags.values), QByteArray("a:1"));
    QCOMPARE(joined(plan.targets[2].outputs.values), QByteArray("type=registry"));
    QVERIFY(planOf(first, {"nothing"}).open);
    QVERIFY(planOf("target \"app\" {}", {}).open); // no default
    BakeFileTarget metadata;
    metadata.name = "docker-metadata-action";
    metadata.tags = {{"META"}, true, false};
    const BakePlan with = readBake({{"docker-bake.hcl", "target \"docker-metadata-action\" { tags = [\"local\"] }\ntarget \"app\" { inherits = [\"docker-metadata-action\"] }"}}, {"app"}, {}, {metadata});
    QCOMPARE(joined(with.targets[0].tags.values), QByteArray("META"));
}

void TestBakeFile::environment()
{
    const char* const text = "variable \"TAG\" { default = \"latest\" }\nvariable \"ALL\" { default = true }\nvariable \"GITHUB_SHA\" { default = \"dev\" }\n"
                             "target \"app\" {\n  tags = [\"a:${TAG}\"]\n  platforms = ALL ? [\"linux/arm64\"] : [\"linux/amd64\"]\n  cache-to = [\"type=gha,scope=${GITHUB_SHA}\"]\n}";
    QCOMPARE(joined(planOf(text).targets[0].tags.values), QByteArray("a:latest"));
    const BakePlan given = planOf(text, {"app"}, {{"TAG", "v1"}, {"ALL", "false"}});
    QCOMPARE(joined(given.targets[0].tags.values), QByteArray("a:v1"));
    QCOMPARE(joined(given.targets[0].platforms.values), QByteArray("linux/amd64"));
    const BakePlan unknown = planOf(text, {"app"}, {{"TAG", std::nullopt}, {"ALL", "maybe"}});
    QVERIFY(unknown.targets[0].tags.open && unknown.targets[0].platforms.open && unknown.anyOpenPlatform());
    QVERIFY(given.targets[0].cacheTo.open); // the runner has a GITHUB_SHA of its own
}

void TestBakeFile::json()
{
    const char* const text = R"({"variable": {"TAG": {"default": "7"}}, "group": {"default": {"targets": ["app"]}},
        "target": {"app": {"platforms": ["linux/amd64", "linux/arm64"], "tags": ["a:${TAG}"], "args": {"X": 1}}}})";
    const BakePlan plan = planOf(text, {}, {}, "docker-bake.json");
    QVERIFY(!plan.open);
    QCOMPARE(joined(plan.targets[0].platforms.values), QByteArray("linux/amd64 linux/arm64"));
    QCOMPARE(joined(plan.targets[0].tags.values), QByteArray("a:7"));
}

void TestBakeFile::neverGuesses_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* platforms) { QTest::newRow(name) << QByteArray("variable \"P\" {}\ntarget \"app\" {\n  platforms = ") + platforms + "\n}\n"; };
    row("a variable nobody declares", "[OTHER]");
    row("a function", "regexall(\"x\", P)");
    row("a for", "[for p in [\"amd64\"] : \"linux/${p}\"]");
    row("another target's", "target.base.platforms");
    row("an index", "[split(\",\", \"linux/amd64\")[0]]");
    row("a directive", "[\"%{ if true }linux/amd64%{ endif }\"]");
    row("a list in a list", "[[\"linux/amd64\"]]");
    row("no list", "\"linux/amd64\"");
    row("a sum", "[\"linux/\" + \"amd64\"]");
    row("an open condition", "P == P ? RUNNER ? [\"linux/amd64\"] : [] : []");
    QTest::newRow("unknown parents") << QByteArray("target \"app\" { inherits = [NAME] }");
    QTest::newRow("a missing parent") << QByteArray("target \"app\" { inherits = [\"gone\"] }");
    QTest::newRow("parents in a circle") << QByteArray("target \"app\" { inherits = [\"b\"] }\ntarget \"b\" { inherits = [\"app\"] }");
    QTest::newRow("variables in a circle") << QByteArray("variable \"A\" { default = B }\nvariable \"B\" { default = A }\ntarget \"app\" { platforms = A }");
}

void TestBakeFile::neverGuesses()
{
    QFETCH(QByteArray, text);
    QVERIFY(planOf(text).anyOpenPlatform());
}

void TestBakeFile::badTexts_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* what, const char* name, const QByteArray& text, const char* expected) { QTest::newRow(what) << QByteArray(name) << text << QByteArray(expected); };
    row("an open block", "a.hcl", "target \"a\" {\n", "line 2: 'target' is not closed");
    row("an open quote", "a.hcl", "target \"a\" {\n  x = \"y\n}", "line 2: a quote is not closed");
    row("an open list", "a.hcl", "x = [1, 2", "line 1: ']' is missing");
    row("an open text", "a.hcl", "x = <<EOF\nabc\n", "line 1: the text that begins with <<EOF does not end");
    row("a stray bracket", "a.hcl", "}\n", "line 1: '}' closes nothing");
    row("no value", "a.hcl", "x =\n", "is no value");
    row("deep", "a.hcl", "x = " + QByteArray(100'000, '['), "more than 64 levels");
    row("deep parentheses", "a.hcl", "x = " + QByteArray(100'000, '('), "more than 64 levels");
    row("deep templates", "a.hcl", "x = " + QByteArray("\"${").repeated(50'000), "more than 64 levels");
    row("large", "a.hcl", QByteArray((1 << 20) + 1, ' '), "more than 1 MiB");
    row("no JSON", "a.json", "{", "no JSON object");
    row("deep JSON", "a.json", QByteArray(100'000, '['), "more than 64 levels");
    row("odd JSON", "a.json", R"({"target": []})", "'target' is no object");
}

void TestBakeFile::badTexts()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto read = parseBakeFile(name.toStdString(), text.toStdString());
    QVERIFY(!read);
    QVERIFY2(QByteArray::fromStdString(read.error().detail).contains(expected), read.error().detail.c_str());
    QVERIFY(planOf(text, {"app"}, {}, name.constData()).open);
}

/// The forms of a large project's file, as people write them.
void TestBakeFile::buildxsOwnFile()
{
    const char* const text = R"(variable "GO_VERSION" {
  default = null
}
variable "DESTDIR" { default = "./bin" }
# Special target: https://github.com/docker/metadata-action#bake-definition
target "meta-helper" {
  tags = ["docker/buildx-bin:local"]
}
target "_common" {
  args = {
    GO_VERSION = GO_VERSION
    BUILDKIT_CONTEXT_KEEP_GIT_DIR = 1
  }
}
group "default" {
  targets = ["binaries"]
}
target "binaries" {
  inherits = ["_common"]
  output = ["${DESTDIR}/build"]
  platforms = ["local"]
}
target "binaries-cross" {
  inherits = ["binaries"]
  platforms = [
    "darwin/amd64",
    "linux/amd64",
    "linux/arm/v7",
  ]
}
target "image" {
  inherits = ["meta-helper", "binaries"]
  output = ["type=image"]
}
target "vendor" {
  name = "vendor-${item}"
  matrix = { item = ["a", "b"] }
  output = ["."]
}
)";
    QCOMPARE(joined(planOf(text, {}).targets[0].outputs.values), QByteArray("./bin/build"));
    QCOMPARE(joined(planOf(text, {"binaries-cross"}).targets[0].platforms.values), QByteArray("darwin/amd64 linux/amd64 linux/arm/v7"));
    QCOMPARE(joined(planOf(text, {"image"}).targets[0].tags.values), QByteArray("docker/buildx-bin:local"));
    QVERIFY(planOf(text, {"vendor"}).targets[0].several);
    QVERIFY(planOf(text, {"vendor-*"}).open);
}

QTEST_GUILESS_MAIN(TestBakeFile)
#include "test_bake_file.moc"
