// The rows of the Layers view: grouping, alignment, cells, and 10,000 random change sets.
#include "domain/summary.h"
#include "gui/shop_build.h"
#include "items/layers_model.h"
#include "models/random_build.h"
#include "support/model_shadow.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

QString print(const LayersModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells += model.index(row, column).data().toString();
        lines += (model.row(row).isGroup ? QStringLiteral("# ") : QStringLiteral("  ")) + cells.join(QStringLiteral(" | "));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TestLayersModel : public QObject {
    Q_OBJECT
private:
    static EventBatchPtr batch(const EventBuilder& builder) { return std::make_shared<EventBatch>(builder.batch()); }

private Q_SLOTS:
    void theMocksBuild()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(shopNow()));
        LayersModel model(store, clock);
        store.apply(std::make_shared<EventBatch>(shopBatch()));
        store.flush();
        model.setBuild(store.builds().ids().front());
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("amd64 · native"));
        QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("arm64 · QEMU"));
        const char* expected =
            "# base python:3.12-slim, digest 1f0e…c2 | cached | cached | \n"
            "  WORKDIR /app | cached | cached | \n"
            "  COPY requirements.txt . | 0.2 s | 0.3 s | \n"
            "  RUN pip install -r requirements.txt | 18.1 s, invalidated by its parent | running, 168.0 s | ×9.3\n"
            "# assets node:22-slim, digest 77aa…77 | 3.0 s | 7.0 s | \n"
            "  COPY package.json package-lock.json ./ | cached | cached | \n"
            "  RUN npm ci --no-audit --no-fund | cached | cached | \n"
            "  COPY root-{amd64|arm64}/ / | 0.2 s | 0.4 s | \n"
            "  COPY web/ ./web | 0.1 s, invalidated by its parent | 0.2 s, invalidated by its parent | \n"
            "  RUN npm run build | 3.1 s, invalidated by its parent | 31.0 s, invalidated by its parent | ×10.0\n"
            "# release from base | | | \n"
            "  COPY --from=assets /app/dist ./static | 0.2 s, invalidated by its parent | pending | \n"
            "  COPY src/ ./src | 0.4 s, invalidated by its parent | pending | \n"
            "  RUN python -m compileall -q src | 8.0 s, invalidated by its parent | pending | \n"
            "  RUN useradd -r app | 0.6 s, invalidated by its parent | pending | \n"
            "# internal | 4.7 s | 4.7 s | \n"
            "# export | | | \n"
            "  exporting to image | pending | pending | ";
        const QStringList want = QString::fromUtf8(expected).split(QLatin1Char('\n'));
        const QStringList got = print(model).split(QLatin1Char('\n'));
        QCOMPARE(got.size(), want.size());
        for (int i = 0; i < got.size(); ++i)
            QCOMPARE(got[i].simplified(), want[i].simplified());
        QVERIFY(model.shared(model.rowOf(store.builds().find(model.build()->id)->find(0, StepDigest("export")))));
    }

    void textsMerge_data()
    {
        QTest::addColumn<QStringList>("texts");
        QTest::addColumn<QString>("merged");
        const auto row = [](const QStringList& texts, const char* merged) { QTest::newRow(merged) << texts << QString::fromUtf8(merged); };
        row({QStringLiteral("a b")}, "a b");
        row({QStringLiteral("a b"), QStringLiteral("a b")}, "a b");
        row({QStringLiteral("root-amd64/ /"), QStringLiteral("root-arm64/ /")}, "root-{amd64|arm64}/ /");
        row({QStringLiteral("x"), QStringLiteral("y")}, "{x|y}");
        row({QStringLiteral("a"), QStringLiteral("a b")}, "{a|a b}");
        row({QStringLiteral("aa-aa"), QStringLiteral("aa-aa-aa")}, "{aa-aa|aa-aa-aa}");
    }
    void textsMerge()
    {
        QFETCH(QStringList, texts);
        std::vector<std::string> input;
        for (const QString& text : texts)
            input.push_back(text.toStdString());
        const QString merged = mergedText(input);
        // Whatever the form, every text can be read back from it.
        if (const auto open = merged.indexOf(QLatin1Char('{')); open >= 0) {
            const auto close = merged.lastIndexOf(QLatin1Char('}'));
            const QStringList middles = merged.mid(open + 1, close - open - 1).split(QLatin1Char('|'));
            for (const QString& text : texts)
                QVERIFY(middles.contains(text.mid(open, text.size() - open - (merged.size() - close - 1))));
        }
        if (texts.size() == 1 || texts[0] == texts[1] || texts[0].startsWith(QLatin1String("root")))
            QCOMPARE(merged, QString::fromUtf8(QTest::currentDataTag()));
    }

    void baseImages()
    {
        QCOMPARE(baseImage("docker.io/library/alpine:3").name, QStringLiteral("alpine:3"));
        QCOMPARE(baseImage("ghcr.io/a/b@sha256:0123456789").name, QStringLiteral("ghcr.io/a/b"));
        QCOMPARE(baseImage("ghcr.io/a/b@sha256:0123456789").digest, QStringLiteral("0123…89"));
        QCOMPARE(baseImage("docker.io/acme/x:1").name, QStringLiteral("acme/x:1"));
        QCOMPARE(baseImage("").name, QString());
    }

    void withoutPlatformsThereIsOneColumn()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(10));
        LayersModel model(store, clock);
        QCOMPARE(model.columnCount(), 3);
        EventBuilder b("r", "w");
        b.step("a", "[1/2] FROM alpine").step("b", "[2/2] RUN x", {"a"}).run("b", 1, 3);
        store.apply(batch(b));
        store.flush();
        model.setBuild(store.builds().ids().front());
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(print(model).simplified(), QStringLiteral("# Dockerfile alpine | pending | RUN x | 2.0 s |"));
    }

    void sharedStagesSpan()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(10));
        LayersModel model(store, clock);
        EventBuilder b("r", "w");
        b.started(0);
        b.step("n", "[linux/amd64 native 1/2] FROM alpine").step("t", "[linux/amd64 native 2/2] RUN tools", {"n"});
        b.step("x", "[linux/amd64 build 1/1] RUN cc", {"t"}).step("y", "[linux/amd64->arm64 build 1/1] RUN cc", {"t"});
        store.apply(batch(b));
        store.flush();
        model.setBuild(store.builds().ids().front());
        const Build& build = *model.build();
        const int tools = model.rowOf(build.find(0, StepDigest("t")));
        QCOMPARE(model.row(tools).cells, (std::vector<StepIndex>(2, build.find(0, StepDigest("t")))));
        QVERIFY(model.shared(tools));
        const int cc = model.rowOf(build.find(0, StepDigest("x")));
        QCOMPARE(cc, model.rowOf(build.find(0, StepDigest("y"))));
        QVERIFY(!model.shared(cc));
        QCOMPARE(model.row(model.rowOf(build.find(0, StepDigest("x"))) - 1).detail, QStringLiteral("from native"));
    }

    void aSharedBaseStandsInEveryStage()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(10));
        LayersModel model(store, clock);
        EventBuilder b("r", "w");
        b.started(0);
        b.step("f", "[linux/amd64 tools 1/2] FROM docker.io/library/alpine:3").step("t", "[linux/amd64 tools 2/2] RUN tools", {"f"});
        b.step("fa", "[linux/arm64 base 1/2] FROM docker.io/library/alpine:3").step("ba", "[linux/arm64 base 2/2] RUN --mount=type=cache,target=/x --network=none  make", {"fa"});
        b.step("bb", "[linux/amd64 base 2/2] RUN --mount=type=cache,target=/x --network=none  make", {"f"});
        store.apply(batch(b));
        store.flush();
        model.setBuild(store.builds().ids().front());
        const Build& build = *model.build();
        const int base = model.rowOf(build.find(0, StepDigest("fa")));
        QCOMPARE(model.row(base).title, QStringLiteral("base"));
        QCOMPARE(model.row(base).cells, (std::vector<StepIndex>{build.find(0, StepDigest("f")), build.find(0, StepDigest("fa"))}));
        QVERIFY(model.rowOf(build.find(0, StepDigest("f"))) != base);
        QCOMPARE(model.row(base + 1).title, QStringLiteral("make"));
        QCOMPARE(model.row(base + 1).detail, QStringLiteral("--mount=type=cache,target=/x --network=none"));
    }

    void closedGroupsAddUp()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(shopNow()));
        LayersModel model(store, clock);
        store.apply(std::make_shared<EventBatch>(shopBatch()));
        store.flush();
        model.setBuild(store.builds().ids().front());
        model.setExpanded(0, false);
        const LayerCell cell = model.cell(0, 1);
        QCOMPARE(cell.look, Look::Running);
        QCOMPARE(cell.steps, 4);
        QVERIFY(cell.duration.seconds() > 168);
        const StepIndex pip = model.build()->find(0, StepDigest("arm64-pip"));
        QCOMPARE(model.rowOf(pip), 0);
        QCOMPARE(model.reveal(pip), 3);
        model.setAllExpanded(false);
        QCOMPARE(model.rowCount(), 5);
        model.setAllExpanded(true);
        QCOMPARE(model.rowCount(), 22);
    }

    /// A COPY with an inline document as BuildKit announces it, on two platforms.
    static EventBuilder inlineDocument()
    {
        EventBuilder events;
        events.started(0);
        events.step("doc", "[internal] preparing inline document").run("doc", 1, 2);
        for (const std::string arch : {"amd64", "arm64"}) {
            const std::string copy = "[linux/" + arch + " app 2/3] COPY <<EOF /etc/app.conf";
            events.step(arch + "1", "[linux/" + arch + " app 1/3] FROM docker.io/library/alpine:3").run(arch + "1", 0, 1);
            events.step(arch + "mk", "[internal] preparing inline document " + arch).group(arch + "mk", copy, true).run(arch + "mk", 1, 2);
            events.step(arch + "2", copy, {arch + "1", arch + "mk"}).group(arch + "2", copy, true).run(arch + "2", 2, 4);
            events.step(arch + "3", "[linux/" + arch + " app 3/3] RUN make", {arch + "2"}).run(arch + "3", 4, 9);
        }
        return events;
    }

    void aProgressGroupIsOneRowThatOpens()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(20));
        LayersModel model(store, clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        store.apply(batch(inlineDocument()));
        store.flush();
        const Counters counters = countersOf(*store.find(store.builds().ids().front()));
        QCOMPARE(counters.total, 9); // counting knows single steps
        model.setBuild(store.builds().ids().front());
        QCOMPARE(print(model), QStringLiteral("# app alpine:3 | 1.0 s | 1.0 s | \n"
                                              "  COPY <<EOF /etc/app.conf | 3.0 s | 3.0 s | \n"
                                              "  RUN make | 5.0 s | 5.0 s | ×1.0\n"
                                              "# internal | 1.0 s | 1.0 s | "));
        const StepIndex part = model.build()->find(0, StepDigest("arm64mk"));
        QCOMPARE(model.rowOf(part), 1);
        QVERIFY(model.expandable(1) && !model.expanded(1));
        QCOMPARE(model.row(1).below, 4);
        model.setExpanded(1, true);
        QCOMPARE(print(model), QStringLiteral("# app alpine:3 | 1.0 s | 1.0 s | \n"
                                              "  COPY <<EOF /etc/app.conf | 3.0 s | 3.0 s | \n"
                                              "  preparing inline document amd64 | 1.0 s |  | \n"
                                              "  COPY <<EOF /etc/app.conf | 2.0 s | 2.0 s | \n"
                                              "  preparing inline document arm64 |  | 1.0 s | \n"
                                              "  RUN make | 5.0 s | 5.0 s | ×1.0\n"
                                              "# internal | 1.0 s | 1.0 s | "));
        QCOMPARE(model.rowOf(part), 4);
        model.setExpanded(0, false); // the stage closes over it
        QCOMPARE(model.rowOf(part), 0);
        model.setExpanded(0, true);
        QCOMPARE(model.rowCount(), 7);
        model.setExpanded(1, false);
        QCOMPARE(model.rowCount(), 4);
    }

    void oneStepIsNoGroup()
    {
        BuildStore store;
        FixedClock clock(EventBuilder::at(20));
        LayersModel model(store, clock);
        EventBuilder events;
        events.started(0).step("a", "[app 1/1] RUN make").group("a", "alone").run("a", 1, 2);
        store.apply(batch(events));
        store.flush();
        model.setBuild(store.builds().ids().front());
        QVERIFY(!model.row(model.rowOf(StepIndex{0})).fold);
    }

    void randomChanges()
    {
        for (quint32 seed = 1; seed <= 4; ++seed) {
            BuildStore store;
            FixedClock clock(EventBuilder::at(1000));
            LayersModel model(store, clock);
            QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            ModelShadow shadow(model);
            RandomBuild random(seed);
            QRandomGenerator clicks(seed);
            for (int i = 0; i < 2500; ++i) {
                store.apply(std::make_shared<EventBatch>(random.next()));
                store.flush();
                if (i == 0)
                    model.setBuild(store.builds().ids().front());
                model.flush();
                if (clicks.bounded(50) == 0 && model.rowCount() > 0) {
                    const int row = int(clicks.bounded(quint32(model.rowCount())));
                    model.setExpanded(row, !model.expanded(row));
                }
                if (i % 10 == 0)
                    QCOMPARE(shadow.check(), QString());
            }
            QCOMPARE(shadow.check(), QString());
            model.setAllExpanded(true);
            LayersModel fresh(store, clock);
            fresh.setBuild(store.builds().ids().front());
            fresh.setAllExpanded(true);
            QCOMPARE(print(model), print(fresh));
            const BuildId id = store.builds().ids().front();
            // Every named step stands in exactly one row, and that row knows it.
            for (std::uint32_t i = 0; i < store.find(id)->steps.size(); ++i) {
                const int row = model.rowOf(StepIndex{i});
                if (store.find(id)->steps[i].name.empty())
                    continue;
                QVERIFY(row >= 0);
                const auto& steps = model.row(row).steps;
                QVERIFY(std::find(steps.begin(), steps.end(), StepIndex{i}) != steps.end());
            }
            store.remove(id);
            QCOMPARE(model.rowCount(), 0);
            QCOMPARE(shadow.check(), QString());
            QCOMPARE(shadow.faults(), QStringList());
        }
    }
};

QTEST_GUILESS_MAIN(TestLayersModel)
#include "test_layers_model.moc"
