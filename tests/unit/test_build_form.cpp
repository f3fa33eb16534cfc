#include "app/build_form.h"
#include "app/plan_world.h"

#include <QtTest>

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

private Q_SLOTS:
    void formChangesOnlyWhatItShows()
    {
        const BuildPlan plan = shopPlan();
        BuildForm form = formOf(plan, choicesOf(platformCosts({{"one", amd64, {amd64, arm64}, true, true}}, {}, {}), plan.platforms));
        QVERIFY(planOf(form, plan) == plan);
        for (PlatformChoice& choice : form.platforms)
            choice.chosen = choice.platform == amd64;
        form.push = false;
        const BuildPlan changed = planOf(form, plan);
        QVERIFY(changed.platforms == std::vector<Platform>{amd64});
        QVERIFY(!changed.push);
        QVERIFY(changed.labels == plan.labels && changed.secrets == plan.secrets);
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
        const BuildPreview preview = previewOf(plan, handOver, {}, {}, false, {});
        QVERIFY(preview.command.find("hunter2") == std::string::npos);
        QVERIFY(preview.command.find("id=npm,env=") != std::string::npos);
    }

    void questionsAreNoObstacles()
    {
        const BuildPreview preview = previewOf(shopPlan(), {}, {{Gap::CacheExports, ""}}, {{Refusal::SecretNeeded, "npm", {}}, {Refusal::ContextGone, "/src", {}}}, false, {});
        QVERIFY(preview.secrets == (std::vector<SecretQuestion>{{"npm", false}}));
        QCOMPARE(preview.obstacles.size(), std::size_t(1));
        QCOMPARE(preview.missing.size(), std::size_t(1));
        BuildPlan one = shopPlan();
        one.platforms.resize(1);
        QVERIFY2(!previewOf(one, {}, {}, {}, true, {}).obstacles.empty(), "what can't be split says so");
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
