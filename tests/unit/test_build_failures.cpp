// Why a build failed, from its errors and the logs of its failed steps, and how `show` tells it.
#include "analysis/build_failures.h"
#include "analysis/failure_texts.h"
#include "analysis/report.h"
#include "support/event_builder.h"

#include <QtTest>

using namespace layerline;
using test::EventBuilder;

namespace {

const Timestamp wall = EventBuilder::at(1000);

/// Two RUN steps; the second fails with `error` after printing `log`, then the build with `message`.
EventBuilder failing(const std::string& error, const std::string& log, const std::string& message)
{
    EventBuilder events("ref1", "worker1");
    ev::RecordUpdated attrs;
    attrs.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}};
    events.started(0).event(attrs);
    events.step("a", "[1/2] RUN one").log("a", 1.5, "curl: (6) Could not resolve host: tried.example\n").run("a", 1, 2);
    events.step("b", "[2/2] RUN two", {"a"});
    if (!log.empty())
        events.log("b", 3, log);
    events.run("b", 2, 6, false, error).completed(7, 2, message);
    return events;
}

const std::string exit1 = "process \"/bin/sh -c two\" did not complete successfully: exit code: 1";

QByteArray kinds(const std::vector<BuildFailure>& found)
{
    QByteArrayList names;
    for (const BuildFailure& one : found)
        names << toString(one.failure.kind);
    return names.join(' ');
}

} // namespace

class TestBuildFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLogOfTheFailedStepTells()
    {
        BuildSet set;
        const Build& build = failing(exit1, "one\nexec /bin/sh: exec format error\n", "failed to solve: " + exit1).into(set);
        const auto found = failuresOf(build);
        QCOMPARE(kinds(found), QByteArray("no-emulator")); // not the name that another step could not resolve
        QCOMPARE(found[0].failure.detail, std::string("/bin/sh"));
        QCOMPARE(build.step(found[0].step).name, std::string("[2/2] RUN two"));
        QCOMPARE(found[0].failure.number, std::int64_t(2));
        QVERIFY(failuresOf(build, 0).empty());
    }
    void anErrorTells_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("missing file") << QByteArray("failed to compute cache key: failed to calculate checksum of ref x::y: \"/missing\": not found") << QByteArray("missing-file");
        QTest::newRow("registry") << QByteArray("failed to push 127.0.0.1:5000/app:1: unexpected status: 401 Unauthorized") << QByteArray("registry-unauthorized");
        QTest::newRow("platform") << QByteArray("base:1: no match for platform in manifest sha256:ab: not found") << QByteArray("no-match-for-platform");
        QTest::newRow("killed") << QByteArray("process \"/bin/sh -c two\" did not complete successfully: exit code: 137") << QByteArray("out-of-memory");
        QTest::newRow("nothing known") << QByteArray(exit1.c_str()) << QByteArray();
        QTest::newRow("the Dockerfile's text") << QByteArray("process \"/bin/sh -c make ||\necho no space left on device\nexit 3\" did not complete successfully: exit code: 3") << QByteArray();
    }
    void anErrorTells()
    {
        QFETCH(QByteArray, error);
        QFETCH(QByteArray, kind);
        BuildSet ofStep, ofBuild;
        // The build's message repeats the step's: said once, with the step.
        const auto found = failuresOf(failing(error.toStdString(), {}, "failed to solve: " + error.toStdString()).into(ofStep));
        QCOMPARE(kinds(found), kind);
        QVERIFY(kind.isEmpty() || found[0].step != noStep);
        // Without a step's own.
        EventBuilder events("ref2", "worker1");
        events.started(0).step("a", "[1/1] RUN one").run("a", 1, 2).completed(7, 2, "failed to solve: " + error.toStdString());
        const auto alone = failuresOf(events.into(ofBuild));
        QCOMPARE(kinds(alone), kind);
        QVERIFY(kind.isEmpty() || (alone[0].step == noStep && alone[0].failure.number == 0));
    }
    void onlyAFailedBuildIsRead()
    {
        BuildSet set;
        EventBuilder running("r", "w");
        running.started(0).step("a", "[1/1] RUN one").begin("a", 1).log("a", 2, "no space left on device\n");
        QVERIFY(failuresOf(running.into(set)).empty());
        running.run("a", 1, 3).completed(4);
        QVERIFY(failuresOf(running.into(set)).empty());
    }
    void theEndOfALongLogIsRead()
    {
        std::string log = "dial tcp 10.0.0.1:443: i/o timeout\n";
        for (int i = 0; i < 200'000; ++i)
            log += "downloading part " + std::to_string(i) + " of many\n";
        BuildSet set;
        const auto found = failuresOf(failing(exit1, log + "npm ERR! code ENOSPC\n", exit1).into(set));
        QCOMPARE(kinds(found), QByteArray("disk-full"));
        QCOMPARE(found[0].failure.number, std::int64_t(200'002));
    }
    void secretsAreMasked()
    {
        BuildSet set;
        const Build& build = failing("failed to push https://me:pw@reg.example/hunter2hunter2/app: 403 Forbidden", "", "no").into(set);
        const auto found = failuresOf(build);
        QCOMPARE(kinds(found), QByteArray("registry-forbidden"));
        const std::string all = found[0].failure.line + found[0].failure.detail + showJson(build, wall)["failures"].dump() + showText(build, wall, false);
        QVERIFY2(all.find("hunter2") == std::string::npos && all.find("me:pw") == std::string::npos, all.c_str());
    }
    void showTellsCauseAndRemedy()
    {
        BuildSet set;
        const Build& build = failing(exit1, "ok\nnpm ERR! code ENOSPC\n", "failed to solve: " + exit1).into(set);
        const auto failures = showJson(build, wall)["failures"];
        QCOMPARE(failures.size(), std::size_t(1));
        QCOMPARE(failures[0]["kind"].get<std::string>(), std::string("disk-full"));
        QVERIFY(failures[0]["detail"].is_null());
        QCOMPARE(failures[0]["cause"].get<std::string>(), std::string("The disk was full."));
        QCOMPARE(failures[0]["remedies"][0]["kind"].get<std::string>(), std::string("prune-builder"));
        QCOMPARE(failures[0]["remedies"][0]["text"].get<std::string>(), std::string("Clean up the builder's cache."));
        QCOMPARE(failures[0]["step"].get<std::string>(), std::string("b"));
        QCOMPARE(failures[0]["log_line"].get<int>(), 2);
        QCOMPARE(failures[0]["text"].get<std::string>(), std::string("npm ERR! code ENOSPC"));
        const std::string text = showText(build, wall, false);
        const auto at = text.find("Recognised cause");
        QVERIFY(at != std::string::npos);
        QVERIFY2(text.find("The disk was full.", at) != std::string::npos && text.find("- Clean up the builder's cache.", at) != std::string::npos, text.c_str());
        QVERIFY(!buildSummaryJson(build, wall).contains("failures"));
    }
    void remediesFitThePlace()
    {
        // At a terminal nobody can grant a workflow's job a right.
        for (int i = 0; i <= int(FailureKind::DeadAction); ++i) {
            if (FailureKind(i) == FailureKind::DigestArtifact || FailureKind(i) == FailureKind::DeadAction)
                continue; // only workflows have them
            for (const Remedy remedy : remediesFor(FailureKind(i), FailurePlace::Local))
                QVERIFY2(remedy != Remedy::GrantPackagesWrite && remedy != Remedy::GrantIdToken && remedy != Remedy::AddSecret && remedy != Remedy::SecretsInForks, toString(remedy));
        }
        QVERIFY(remedySentence(FailureKind::RegistryForbidden).contains(QStringLiteral("packages: write")));
        QVERIFY(remedySentence(FailureKind::RegistryForbidden, FailurePlace::Local).startsWith(QStringLiteral("Log in")));
    }
};

QTEST_APPLESS_MAIN(TestBuildFailures)
#include "test_build_failures.moc"
