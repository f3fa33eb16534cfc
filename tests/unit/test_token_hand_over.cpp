// GitHub's token variables leave the environment at the start; only a build that names one gets it back.
#include "app/tasks/plan_world.h"
#include "sources/github/github_environment.h"

#include <QTest>

#include <cstdlib>

using namespace layerline;

class TestTokenHandOver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aBuildThatNamesNoneGetsNone();
    void aSecretOfThatVariable();
    void anArgumentWithoutAValue();
    void aBakeFileMayNameAny();
};

namespace {

BuildPlan plan()
{
    BuildPlan made;
    made.context = "/src";
    return made;
}

} // namespace

void TestTokenHandOver::initTestCase()
{
    qputenv("GH_TOKEN", "one");
    qputenv("GITHUB_TOKEN", "two");
    QCOMPARE(gitHubEnvironment().token, std::string("one"));
    QVERIFY(!std::getenv("GH_TOKEN") && !std::getenv("GITHUB_TOKEN"));
    QCOMPARE(variableOf("GITHUB_TOKEN").value_or(""), std::string("two"));
    QVERIFY(!variableOf("NO_SUCH_VARIABLE"));
}

void TestTokenHandOver::aBuildThatNamesNoneGetsNone()
{
    BuildPlan other = plan();
    other.secrets = {{"npm", "NPM_TOKEN", ""}, {"GH_TOKEN", "", "/file"}};
    other.arguments = {{"GH_TOKEN", "given"}};
    QVERIFY(withTakenVariables(other, {}).variables.empty());
}

void TestTokenHandOver::aSecretOfThatVariable()
{
    BuildPlan named = plan();
    named.secrets = {{"gh", "GITHUB_TOKEN", ""}};
    const auto variables = withTakenVariables(named, {{{"X", "y"}}}).variables;
    QCOMPARE(variables, (std::map<std::string, std::string>{{"GITHUB_TOKEN", "two"}, {"X", "y"}}));
}

void TestTokenHandOver::anArgumentWithoutAValue()
{
    BuildPlan named = plan();
    named.arguments = {{"GH_TOKEN", std::nullopt}};
    QCOMPARE(withTakenVariables(named, {}).variables.at("GH_TOKEN"), std::string("one"));
    // What was asked for goes before what was there.
    QCOMPARE(withTakenVariables(named, {{{"GH_TOKEN", "other"}}}).variables.at("GH_TOKEN"), std::string("other"));
}

void TestTokenHandOver::aBakeFileMayNameAny()
{
    BuildPlan bake = plan();
    bake.bake = PlanBake{{"docker-bake.hcl"}, {}, {}};
    QCOMPARE(withTakenVariables(bake, {}).variables.size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestTokenHandOver)
#include "test_token_hand_over.moc"
