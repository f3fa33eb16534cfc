// "When will it end?" in the window: from builds of this session, from the history, and a step that takes too long.
#include "app/tasks/history.h"
#include "app/tasks/settings_store.h"
#include "app/window/estimates.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "control.pb.h"
#include "domain/sha256.h"
#include "items/build_list_model.h"
#include "items/percent.h"
#include "items/timeline_model.h"
#include "sources/replay/replay.h"
#include "support/event_builder.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/build_page.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_hover_card.h"
#include "widgets/timeline/timeline_painter.h"
#include "widgets/timeline/timeline_view.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using test::EventBuilder;

namespace {

const Platform amd64{"linux", "amd64", ""};

/// A build of /src on "multi": deps takes `deps` seconds and app 5. Running since deps began when `ended` is false.
EventBatch buildOf(const std::string& ref, double begin, double deps, bool ended)
{
    EventBuilder builder(ref);
    builder.started(begin, "multi");
    ev::RecordUpdated record;
    record.builder = "multi";
    record.localState = LocalState{"default", "/src", "/src/Dockerfile", ""};
    record.frontendAttrs = {{"filename", "Dockerfile"}, {"target", "release"}};
    builder.event(record);
    builder.step("base", "[linux/amd64 release 1/3] FROM base").run("base", begin, begin + 0.1, true);
    builder.step("deps", "[linux/amd64 release 2/3] RUN deps", {"base"});
    builder.step("app", "[linux/amd64 release 3/3] RUN app", {"deps"});
    if (ended)
        builder.run("deps", begin, begin + deps).run("app", begin + deps, begin + deps + 5).completed(begin + deps + 5);
    else
        builder.begin("deps", begin);
    return builder.batch();
}

void setTime(google::protobuf::Timestamp* at, Timestamp time)
{
    at->set_seconds(time.ns / 1'000'000'000);
    at->set_nanos(int(time.ns % 1'000'000'000));
}

/// The same build as the engine's two blobs.
std::pair<std::string, std::string> blobsOf(const std::string& ref, double begin, double deps)
{
    moby::buildkit::v1::BuildHistoryRecord record;
    record.set_ref(ref);
    (*record.mutable_frontendattrs())["filename"] = "Dockerfile";
    (*record.mutable_frontendattrs())["target"] = "release";
    setTime(record.mutable_createdat(), EventBuilder::at(begin));
    setTime(record.mutable_completedat(), EventBuilder::at(begin + deps + 5));
    moby::buildkit::v1::StatusResponse status;
    const auto add = [&](const char* digest, const char* name, const char* input, double from, double to) {
        auto* vertex = status.add_vertexes();
        vertex->set_digest(digest);
        vertex->set_name(name);
        if (*input)
            vertex->add_inputs(input);
        setTime(vertex->mutable_started(), EventBuilder::at(begin + from));
        setTime(vertex->mutable_completed(), EventBuilder::at(begin + to));
    };
    add("base", "[linux/amd64 release 1/3] FROM base", "", 0, 0.1);
    add("deps", "[linux/amd64 release 2/3] RUN deps", "base", 0, deps);
    add("app", "[linux/amd64 release 3/3] RUN app", "deps", deps, deps + 5);
    const std::string frame = status.SerializeAsString();
    std::string log;
    for (int byte = 0; byte < 4; ++byte)
        log += char(frame.size() >> (8 * byte));
    return {record.SerializeAsString(), log + frame};
}

} // namespace

class TestEstimates : public QObject {
    Q_OBJECT

    /// Just before a build that began at second 1000 has run for ten.
    FixedClock clock{EventBuilder::at(1010)};
    SettingsStore settings;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;

    void open(bool history)
    {
        SessionOptions options;
        options.live = false;
        options.history = history;
        session = std::make_unique<Session>(options, clock);
        window = std::make_unique<MainWindow>(*session, settings);
        window->resize(1440, 900);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        session->start();
    }
    BuildId apply(const EventBatch& batch)
    {
        session->store().apply(std::make_shared<const EventBatch>(batch));
        session->store().flush();
        return session->store().builds().owner(batch.record)->id;
    }
    bool shows(const QString& text)
    {
        for (const QLabel* label : window->buildPage().header().findChildren<QLabel*>()) {
            if (label->isVisible() && label->text() == text)
                return true;
        }
        return false;
    }
    const BuildListItem* row(const BuildId& id)
    {
        const BuildListModel& model = window->buildList().model();
        return model.item(model.rowOf(id));
    }

    /// The recorded demo, paused where most of it runs.
    void openDemo()
    {
        open(false);
        window->playDemo();
        QTRY_VERIFY(session->replayOf(window->selection().build()));
        session->replayOf(window->selection().build())->pause();
        session->replayOf(window->selection().build())->seek({44'000'000'000});
        session->store().flush();
    }

private Q_SLOTS:
    void initTestCase()
    {
        Theme::apply(*qApp, ThemeKind::Dark);
    }
    void cleanup()
    {
        window.reset();
        session.reset();
    }

    void aRunningBuildSaysWhatIsLeft()
    {
        open(false);
        for (int i = 0; i < 3; ++i)
            apply(buildOf("past" + std::to_string(i), 100 * i, 20 + 30 * i, true));
        const BuildId id = apply(buildOf("now", 1000, 0, false));
        window->selection().setBuild(id);
        // 20, 50 and 80 s of deps, ten of which are over, and 5 s of app.
        QTRY_VERIFY(shows(QStringLiteral("20 s – 1 m")));
        QVERIFY(shows(QStringLiteral("median 45 s")));
        QVERIFY(row(id)->left);
        QCOMPARE(row(id)->left->median, Duration{45'000'000'000});
        QVERIFY(!row(id)->slow);
        // The card over the step says how long it usually takes.
        const TimelineView& timeline = window->buildPage().timeline();
        const StepIndex deps = session->store().find(id)->find(0, StepDigest("deps"));
        const QString card = stepCardHtml(timeline.model(), deps, clock.now(), window->estimates().board().find(id));
        QVERIFY2(card.contains(QStringLiteral("usually 25 s – 1 m (3 time")), qPrintable(card));

        EventBuilder end("now");
        apply(buildOf("now", 1000, 9, true));
        QTRY_VERIFY(!window->estimates().board().find(id));
        QVERIFY(!row(id)->left);
    }
    void aStepFarBeyondItsRangeIsPointedAt()
    {
        open(false);
        for (int i = 0; i < 3; ++i)
            apply(buildOf("past" + std::to_string(i), 100 * i, 1 + 0.1 * i, true));
        const BuildId id = apply(buildOf("now", 1000, 0, false));
        window->selection().setBuild(id);
        QTRY_VERIFY(shows(QStringLiteral("slower than usual")));
        QVERIFY(row(id)->slow);
    }
    void buildsOfOtherTargetsSayNothing()
    {
        open(false);
        EventBatch other = buildOf("past", 100, 20, true);
        for (Event& event : other.events) {
            if (auto* record = std::get_if<ev::RecordUpdated>(&event); record && !record->frontendAttrs.empty())
                record->frontendAttrs["target"] = "debug";
        }
        apply(other);
        const BuildId id = apply(buildOf("now", 1000, 0, false));
        window->estimates().refresh();
        QVERIFY(!window->estimates().board().find(id));
    }
    void theHeaderCutsNoNumber()
    {
        openDemo();
        QVERIFY(session->replayOf(window->selection().build()));
        for (const int width : {1280, 1440, 1100, 1920, 1280}) {
            window->resize(width, 800);
            QTRY_COMPARE(window->width(), width);
            window->estimates().refresh();
            const auto whole = [this] {
                for (const QLabel* label : window->buildPage().header().findChildren<QLabel*>()) {
                    const bool name = label->parentWidget()->objectName() == QStringLiteral("criticalPath"); // a step's name elides
                    if (label->isVisible() && !name && label->width() < label->sizeHint().width())
                        return label->text();
                }
                return QString();
            };
            QTRY_COMPARE(whole(), QString());
        }
    }
    void theHeaderAddsUpToTheLanes()
    {
        openDemo();
        QVERIFY(session->replayOf(window->selection().build()));
        const Build* build = session->store().find(window->selection().build());
        const QRegularExpression numbers(QStringLiteral("(?:(.+): )?(\\d+) of (\\d+)"));
        for (const char* box : {"stepCount", "cacheShare"}) {
            int part = 0, whole = 0;
            const QStringList lines = window->buildPage().header().findChild<QWidget*>(QLatin1String(box))->toolTip().split(QLatin1Char('\n'));
            QVERIFY2(lines.size() > 3, qPrintable(lines.join(QLatin1Char('|'))));
            for (const QString& line : lines.mid(1)) {
                part += numbers.match(line).captured(2).toInt();
                whole += numbers.match(line).captured(3).toInt();
            }
            QCOMPARE(QStringLiteral("%1 of %2 steps").arg(part).arg(whole), lines.front());
            QCOMPARE(whole, int(build->steps.size()));
        }
        // And the shares are those that stand at the lanes.
        TimelineModel model(session->store(), window->selection(), session->clock());
        model.refresh();
        const QString shares = window->buildPage().header().findChild<QWidget*>(QStringLiteral("cacheShare"))->findChildren<QLabel*>().last()->text();
        for (const TimelineLane& lane : model.lanes()) {
            if (lane.kind == LaneKind::Platform)
                QVERIFY2(shares.contains(QStringLiteral("%1 %2").arg(laneName(lane)).arg(wholePercent(lane.cached, lane.steps))), qPrintable(shares));
        }
    }
    void whatTheHistoryKeptCounts()
    {
        QTemporaryDir folder;
        qputenv("LAYERLINE_HISTORY", folder.filePath(QStringLiteral("history")).toLocal8Bit());
        {
            History history;
            QVERIFY(history.open().ok());
            const EventBatch past = buildOf("past", 100, 20, true);
            BuildSet set;
            set.apply(past);
            const Build& build = *set.owner(past.record);
            const auto [record, log] = blobsOf("past", 100, 20);
            for (const auto& [kind, bytes] : {std::pair(BlobKind::Record, record), {BlobKind::Status, log}})
                history.keep(past.record, kind, {"application/octet-stream", sha256Digest(bytes), std::int64_t(bytes.size())}, std::make_shared<const std::string>(bytes));
            history.note(build, build.records.front());
            history.flush();
        }
        open(true);
        QTRY_COMPARE(session->store().builds().size(), std::size_t(1));
        const BuildId id = apply(buildOf("now", 1000, 0, false));
        window->selection().setBuild(id);
        QTRY_VERIFY(window->estimates().board().find(id));
        QCOMPARE(window->estimates().board().find(id)->left->median, Duration{15'000'000'000});
        const QString text = humanRange(*window->estimates().board().find(id)->left);
        QVERIFY2(text.contains(QStringLiteral("–")), qPrintable(text)); // one build is not sure of it
        QVERIFY2(shows(text), qPrintable(text));
        qunsetenv("LAYERLINE_HISTORY");
    }
};

QTEST_MAIN(TestEstimates)
#include "test_estimates.moc"
