#include "analysis/client_command.h"
#include "domain/secret_names.h"

#include <QtTest>

#include <algorithm>

using namespace layerline;

namespace {

using Words = std::vector<std::string>;

ClientCommand client(Words arguments, std::string directory = "/home/me/shop", std::int64_t seconds = 100)
{
    return {std::move(arguments), std::move(directory), Timestamp{seconds * 1'000'000'000}};
}

BuildPlan planOf(const ClientCommand& command)
{
    const auto plan = parseClientCommand(command);
    return plan ? *plan : BuildPlan{};
}

} // namespace

class TestClientCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatRecordsLack()
    {
        const BuildPlan plan = planOf(client({"docker", "--context", "work", "buildx", "build", "--builder=big", "--platform", "linux/amd64,linux/arm64",
                                              "--cache-to=type=registry,ref=r/c:1,mode=max", "--cache-to", "type=local,dest=cache", "-o", "out",
                                              "--build-context", "data=../data", "--build-context=base=docker-image://alpine", "--allow",
                                              "network.host", "--secret", "id=npm,src=.npmrc", "--ssh", "default", "--push", "-tshop:1", "-f",
                                              "docker/Dockerfile", "."}));
        QCOMPARE(plan.builder, std::string("big"));
        QCOMPARE(plan.context, std::string("/home/me/shop"));
        QCOMPARE(plan.dockerfile, std::string("/home/me/shop/docker/Dockerfile"));
        QCOMPARE(plan.platforms.size(), std::size_t(2));
        QVERIFY((plan.cacheTo == Words{"type=registry,ref=r/c:1,mode=max", "type=local,dest=/home/me/shop/cache"}));
        QVERIFY((plan.outputs == Words{"type=local,dest=/home/me/shop/out"}));
        QVERIFY((plan.contexts == std::vector<NamedValue>{{"data", "/home/me/data"}, {"base", "docker-image://alpine"}}));
        QVERIFY((plan.entitlements == Words{"network.host"}));
        QVERIFY((plan.secrets == std::vector<PlanSecret>{{"npm", "", "/home/me/shop/.npmrc"}}));
        QVERIFY((plan.ssh == std::vector<PlanSsh>{{"default", ""}}));
        QVERIFY((plan.tags == Words{"shop:1"}));
        QVERIFY(plan.push);
    }

    void readsBake()
    {
        const BuildPlan plan = planOf(client({"/usr/libexec/docker/cli-plugins/docker-buildx", "buildx", "bake", "-f", "bake.hcl", "--set",
                                              "*.args.V=1", "--print", "api", "web"}));
        QVERIFY(plan.bake.has_value());
        QVERIFY((plan.bake->files == Words{"/home/me/shop/bake.hcl"}));
        QVERIFY((plan.bake->targets == Words{"api", "web"}));
        QVERIFY((plan.bake->overrides == Words{"*.args.V=1"}));
        QCOMPARE(plan.workingDirectory, std::string("/home/me/shop"));
    }

    void otherCommandsAreNone_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("run") << QStringList{QStringLiteral("docker"), QStringLiteral("run"), QStringLiteral("build")};
        QTest::newRow("dial") << QStringList{QStringLiteral("docker-buildx"), QStringLiteral("dial-stdio")};
        QTest::newRow("other program") << QStringList{QStringLiteral("make"), QStringLiteral("build")};
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("no value") << QStringList{QStringLiteral("docker"), QStringLiteral("build"), QStringLiteral("--target")};
    }
    void otherCommandsAreNone()
    {
        QFETCH(QStringList, words);
        Words arguments;
        for (const QString& word : words)
            arguments.push_back(word.toStdString());
        QVERIFY(!parseClientCommand(client(arguments)).ok());
    }

    void secretsDoNotSurvive()
    {
        const ClientCommand kept = withoutSecrets(client({"docker", "build", "--build-arg", "NPM_TOKEN=hunter2", "--build-arg=API_KEY=hunter3",
                                                          "--build-arg", "V=1", "--label", "password=hunter4", "https://me:hunter5@host/x.git"}));
        const std::string text = clientCommandJson(kept);
        QVERIFY2(text.find("hunter") == std::string::npos, text.c_str());
        const BuildPlan plan = planOf(kept);
        QVERIFY((plan.arguments == std::vector<PlanArgument>{{"NPM_TOKEN", std::nullopt}, {"API_KEY", std::nullopt}, {"V", "1"}}));
        const std::vector<std::string> own = maskedArguments({"/usr/bin/docker", "buildx", "build", "--label", "API_TOKEN=hunter2", "--cache-to",
                                                              "type=s3,region=x,secret_access_key=hunter2", "--output", "type=image,name=x,password=hunter2", "--tag", "x:1"});
        QCOMPARE(own, (std::vector<std::string>{"/usr/bin/docker", "buildx", "build", "--label", "API_TOKEN=••••", "--cache-to", "type=s3,region=x,secret_access_key=••••", "--output",
                                                "type=image,name=x,password=••••", "--tag", "x:1"}));
        const ClientCommand bake = withoutSecrets(client({"docker", "buildx", "bake", "--set", "*.args.NPM_TOKEN=hunter2", "--set=a.args.X=1"}));
        QVERIFY(clientCommandJson(bake).find("hunter") == std::string::npos);
        QVERIFY(clientCommandJson(bake).find("a.args.X=1") != std::string::npos);
    }

    void keptTextComesBack()
    {
        const ClientCommand given = client({"docker", "build", "--build-arg", "X=\"a b\"", "."});
        const auto back = parseClientCommandJson(clientCommandJson(given));
        QVERIFY(back.ok());
        QVERIFY(*back == given);
        for (const char* broken : {"", "{}", "[]", R"({"schema":2,"arguments":[]})", R"({"schema":"x","arguments":[]})", R"({"schema":1,"arguments":[1]})"})
            QVERIFY2(!parseClientCommandJson(broken).ok(), broken);
    }

    void matchIsConservative()
    {
        const LocalState state{"default", "/home/me/shop", "", ""};
        const ClientCommand good = client({"docker", "build", "--cache-to", "a", "."});
        const auto matches = [&](std::vector<ClientCommand> clients, const LocalState& which, Timestamp when = Timestamp{101'000'000'000}) {
            return matchClient(clients, which, "default", when).has_value();
        };
        QVERIFY(matches({good}, state));
        // docker and its plugin say the same
        QVERIFY(matches({good, client({"/x/docker-buildx", "buildx", "build", "--cache-to", "a", "."})}, state));
        QVERIFY(!matches({good, client({"docker", "build", "--cache-to", "b", "."})}, state));
        QVERIFY(!matches({client({"docker", "build", "."}, "/elsewhere")}, state));
        QVERIFY(!matches({client({"docker", "build", "-f", "other", "."})}, state));
        QVERIFY(!matches({client({"docker", "buildx", "build", "--builder", "other", "."})}, state));
        QVERIFY(!matches({good}, state, Timestamp{90'000'000'000}));           // started after the build
        QVERIFY(!matches({good}, state, Timestamp{1000'000'000'000}));         // long before
        QVERIFY(!matches({good}, {"api", "/home/me/shop", "", "group"}));      // a target of bake
        QVERIFY(matches({client({"docker", "buildx", "bake"})}, {"api", "/home/me/shop", "/home/me/shop/Dockerfile", "group"}));
        QVERIFY(!matches({client({"docker", "buildx", "bake"})}, state));
        // buildx 0.13
        QVERIFY(matches({client({"docker", "build", "https://host/x.git#main"})}, {"default", "/home/me/shop/https:/host/x.git#main", "", ""}));
    }
};

QTEST_GUILESS_MAIN(TestClientCommand)
#include "test_client_command.moc"
