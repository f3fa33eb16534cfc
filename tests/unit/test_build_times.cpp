// Which steps of two builds are the same one, when a build argument differs.
#include "analysis/estimate.h"

#include "domain/build_set.h"
#include "support/event_builder.h"

#include <QTest>

using namespace layerline;
using test::EventBuilder;

namespace {

Duration seconds(double value)
{
    return {std::int64_t(value * 1e9)};
}

} // namespace

class TestBuildTimes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anotherArgumentIsTheSameStep();
    void argumentsThatAreNoWordsStay();
};

/// BuildKit writes an argument's value into the step's name.
void TestBuildTimes::anotherArgumentIsTheSameStep()
{
    const auto begin = [](EventBuilder& builder, const std::string& version) {
        ev::RecordUpdated record;
        record.frontendAttrs = {{"build-arg:VERSION", version}, {"build-arg:N", "1"}};
        builder.started(0).event(record);
        builder.step("base", "[stage-0 1/3] FROM base");
        builder.step("make", "[stage-0 2/3] RUN make -j1 VERSION=" + version + " app-" + version + ".tar", {"base"});
        builder.step("log", "[stage-0 3/3] RUN notes", {"make"});
        builder.run("base", 0, 0.01, true);
    };
    EventBuilder before("before");
    begin(before, "1.9.0");
    before.run("make", 1, 41).run("log", 41, 51).completed(52);
    BuildSet pastSet, set, other;
    const Build& old = before.into(pastSet);
    const BuildTimes past = buildTimesOf(old, *old.completed());
    QCOMPARE(past.ranAnyhow.size(), std::size_t(1)); // "1" alone says nothing

    EventBuilder now("now");
    begin(now, "1.10.0-rc1");
    now.begin("make", 1);
    const auto estimate = estimateOf(now.into(set), {past}, EventBuilder::at(11));
    QVERIFY(estimate.left);
    QCOMPARE(estimate.left->median, seconds(41)); // 30 s of make, 10 s of notes, 1 s of the rest
    // What is not the argument's doing stays another step.
    EventBuilder changed("changed");
    begin(changed, "1.10.0-rc1");
    changed.step("make", "[stage-0 2/3] RUN make all VERSION=1.10.0-rc1", {"base"}).begin("make", 1);
    QVERIFY(!estimateOf(changed.into(other), {past}, EventBuilder::at(11)).left);
}

void TestBuildTimes::argumentsThatAreNoWordsStay()
{
    const auto keyOf = [](const std::string& value, const std::string& text) {
        EventBuilder builder("now");
        ev::RecordUpdated record;
        record.frontendAttrs = {{"build-arg:MODE", value}, {"build-arg:LONG", value + "-long"}, {"target", "make"}};
        builder.started(0).event(record).step("a", "[s 1/1] RUN " + text);
        BuildSet set;
        const Build& build = builder.into(set);
        return argumentlessKey(build, build.step(StepIndex{0}));
    };
    QCOMPARE(keyOf("on", "money on monday"), keyOf("off", "money off monday"));
    QVERIFY(keyOf("on", "money on monday").find("money ${MODE} monday") != std::string::npos);
    QVERIFY(keyOf("on", "build on-long").find("build ${LONG}") != std::string::npos); // the longest first
    for (const char* value : {"1", "", "make", "x"})
        QVERIFY2(keyOf(value, "echo a1 makefile").empty(), value);
    QVERIFY(keyOf("$", "echo $ $$").empty());
    QVERIFY(keyOf("${MODE}", "echo ${MODE}").empty()); // its own name: nothing changes, and it ends
}

QTEST_GUILESS_MAIN(TestBuildTimes)
#include "test_build_times.moc"
