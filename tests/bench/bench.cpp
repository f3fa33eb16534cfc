// What is measured inside the program; bench.py runs it, compares and prints. One JSON object on stdout.
//   ll_bench open FILE        reads FILE and shows its whole log; the process ends with the first picture
//   ll_bench parse FILE       reads FILE, keeping the events
//   ll_bench reduce STEPS     a status stream: protobuf alone, then translated and reduced, in turns
//   ll_bench window FILE      opens FILE in the real window: the longest turns of its event loop, in milliseconds of CPU
//   ll_bench demo -           the same while the recorded demo is opened and plays
//   ll_bench history BUILDS   the same while a history of so many builds is read and listed
//   ll_bench timeline SPANS   the timeline: arranged and drawn, zoomed frames, against plain rectangles, in turns
#include "app/tasks/build_lookup.h"
#include "app/tasks/settings_store.h"
#include "app/window/file_opener.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "domain/build_store.h"
#include "items/selection_state.h"
#include "sources/files/status_log.h"
#include "storage/history_writer.h"
#include "widgets/log/log_view.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_view.h"

#include "control.pb.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

using namespace layerline;
namespace api = moby::buildkit::v1;

namespace {

constexpr int rounds = 7;
constexpr QSize viewSize{1440, 900};

double millisecondsOf(const std::function<void()>& work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

void print(const char* name, const std::vector<double>& values, bool last = false)
{
    std::printf("\"%s\": [", name);
    for (std::size_t i = 0; i < values.size(); ++i)
        std::printf("%s%.3f", i ? ", " : "", values[i]);
    std::printf("]%s", last ? "}\n" : ", ");
}

int fail(const Error& error)
{
    std::fprintf(stderr, "ll_bench: %s\n", error.detail.c_str());
    return 2;
}

int openLog(const QString& path)
{
    BuildSet builds;
    if (const auto done = loadBuildFile(path, builds); !done)
        return fail(done.error());
    const BuildId id = builds.ids().front();
    BuildStore store;
    SelectionState selection;
    const SystemClock clock;
    store.adopt(std::move(builds));
    store.flush();
    LogView log(store, selection, clock);
    log.setScope(LogScope::All);
    log.resize(viewSize);
    selection.setBuild(id);
    log.show();
    const QImage picture = log.grab().toImage();
    std::printf("{\"lines\": %zu, \"pixels\": %d}\n", store.find(id)->steps.empty() ? 0 : store.find(id)->steps.front().log->lineCount(), picture.width());
    return 0;
}

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// How long the GUI thread is busy in one go. CPU time of this thread only: a busy machine makes no turn longer.
class Turns : public QObject {
public:
    // Waiting takes no CPU time, so a turn is what lies between two waits, whenever a dispatcher says that it wakes. A timer of
    // 0 ms keeps the thread from waiting at all: then its rounds are the turns.
    Turns()
    {
        QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &Turns::mark);
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, &Turns::mark);
    }
    void count() { m_counting = true; }
    void print()
    {
        std::sort(m_turns.rbegin(), m_turns.rend());
        m_turns.resize(std::min<std::size_t>(m_turns.size(), 5));
        std::printf("{");
        ::print("longest_turns_ms", m_turns, true);
    }

private:
    void mark()
    {
        const double now = threadMilliseconds();
        if (m_counting && m_begun >= 0)
            m_turns.push_back(now - m_begun);
        m_begun = now;
    }
    std::vector<double> m_turns;
    double m_begun = -1;
    bool m_counting = false;
};

/// The real window; `act` happens when it is there and drawn, and is watched for three seconds from when `done` is called.
int inWindow(QApplication& app, const SessionOptions& options, const std::function<void(MainWindow&, std::function<void()> done)>& act)
{
    const SystemClock clock;
    SettingsStore settings;
    Session session(options, clock);
    MainWindow window(session, settings);
    window.resize(viewSize);
    window.show();
    Turns turns;
    QObject::connect(&window.fileOpener(), &FileOpener::failed, &window, [&](const Error& error) { app.exit(fail(error)); });
    QTimer::singleShot(1000, &window, [&] {
        turns.count();
        act(window, [&] { QTimer::singleShot(3000, &app, &QCoreApplication::quit); });
    });
    if (const int code = app.exec(); code != 0)
        return code;
    turns.print();
    return 0;
}

SessionOptions nothingLive()
{
    SessionOptions options;
    options.live = false;
    options.history = false;
    return options;
}

int openInWindow(QApplication& app, const QString& path)
{
    return inWindow(app, nothingLive(), [path](MainWindow& window, const std::function<void()>& done) {
        QObject::connect(&window.fileOpener(), &FileOpener::opened, &window, done);
        window.openFile(path);
    });
}

int playDemo(QApplication& app)
{
    return inWindow(app, nothingLive(), [](MainWindow& window, const std::function<void()>& done) {
        window.playDemo();
        done();
    });
}

/// A history of so many builds, told to the window while it starts.
int startWithHistory(QApplication& app, int builds)
{
    const QTemporaryDir folder;
    qputenv("LAYERLINE_HISTORY", QFile::encodeName(folder.path()));
    {
        HistoryWriter writer(folder.path().toStdString(), Retention{});
        for (int i = 0; i < builds; ++i) {
            HistoryEntry entry;
            entry.key = {"worker", "ref" + std::to_string(i)};
            entry.builder = "default";
            entry.node = "default0";
            entry.name = "image:" + std::to_string(i);
            entry.status = BuildStatus::Completed;
            entry.created = Timestamp{1'700'000'000'000'000'000 + i * 1'000'000'000ll};
            entry.completed = *entry.created + Duration{500'000'000};
            writer.storeRecord(entry, "record " + std::to_string(i));
        }
        writer.flush().waitForFinished();
    }
    SessionOptions options = nothingLive();
    options.history = true;
    return inWindow(app, options, [](MainWindow& window, const std::function<void()>& done) {
        window.session().start();
        done();
    });
}

int parse(const QString& path)
{
    const auto batches = readBuildFile(path);
    if (!batches)
        return fail(batches.error());
    std::printf("{\"events\": %zu}\n", batches.value().front().events.size());
    return 0;
}

/// A build as BuildKit would stream it: every step announced, started, with ten lines and a transfer, completed.
std::string statusStream(int steps)
{
    std::string stream;
    const auto frame = [&stream](const api::StatusResponse& response) {
        const std::string bytes = response.SerializeAsString();
        for (int i = 0; i < 4; ++i)
            stream += char(bytes.size() >> (8 * i) & 0xFF);
        stream += bytes;
    };
    const auto name = [](int step) { return "sha256:" + std::string(56, 'a') + std::to_string(10'000'000 + step); };
    for (int step = 0; step < steps; ++step) {
        for (int phase = 0; phase < 2; ++phase) {
            api::StatusResponse response;
            api::Vertex* vertex = response.add_vertexes();
            vertex->set_digest(name(step));
            vertex->set_name("[linux/amd64 stage-" + std::to_string(step / 10) + " " + std::to_string(step % 10 + 1) + "/10] RUN make part-" + std::to_string(step));
            if (step > 0)
                vertex->add_inputs(name(step - 1));
            vertex->mutable_started()->set_seconds(1'700'000'000 + step);
            if (phase == 1)
                vertex->mutable_completed()->set_seconds(1'700'000'001 + step);
            for (int line = 0; line < 5; ++line) {
                api::VertexLog* log = response.add_logs();
                log->set_vertex(name(step));
                log->set_stream(1);
                log->mutable_timestamp()->set_seconds(1'700'000'000 + step);
                log->set_msg("compiling a file with a name of the usual length, line " + std::to_string(line) + "\n");
            }
            api::VertexStatus* status = response.add_statuses();
            status->set_vertex(name(step));
            status->set_id("layer");
            status->set_current(phase + 1);
            status->set_total(2);
            frame(response);
        }
    }
    return stream;
}

int reduceStream(int steps)
{
    const std::string stream = statusStream(steps);
    std::vector<double> bare, whole;
    std::size_t events = 0, frames = 0;
    for (int round = 0; round < rounds; ++round) {
        bare.push_back(millisecondsOf([&] {
            frames = 0;
            for (std::size_t at = 0; at + 4 <= stream.size(); ++frames) {
                std::uint32_t size = 0;
                for (int i = 3; i >= 0; --i)
                    size = size << 8 | std::uint8_t(stream[at + std::size_t(i)]);
                api::StatusResponse response;
                if (!response.ParseFromArray(stream.data() + at + 4, int(size)))
                    std::abort();
                at += 4 + size;
            }
        }));
        whole.push_back(millisecondsOf([&] {
            auto read = readStatusLog(stream);
            events = read->size();
            BuildSet set;
            set.apply({{"worker", "ref"}, std::move(read.value())});
        }));
    }
    std::printf("{\"bytes\": %zu, \"frames\": %zu, \"events\": %zu, ", stream.size(), frames, events);
    print("bare_ms", bare);
    print("whole_ms", whole, true);
    return 0;
}

EventBatch manySpans(int spans)
{
    EventBatch batch{{"worker", "ref"}, {}};
    ev::RecordUpdated record;
    record.created = Timestamp{1'700'000'000'000'000'000};
    batch.events.push_back(record);
    for (int i = 0; i < spans; ++i) {
        const Timestamp begin{1'700'000'000'000'000'000 + std::int64_t(i / 8) * 50'000'000};
        const char* platform = i % 2 ? "linux/amd64" : "linux/arm64";
        ev::StepUpdated step;
        step.digest = StepDigest("step" + std::to_string(i));
        step.name = std::string("[") + platform + " app " + std::to_string(i + 1) + "/" + std::to_string(spans) + "] RUN part " + std::to_string(i);
        step.started = begin;
        step.completed = begin + Duration{(i % 7 + 1) * 30'000'000};
        batch.events.push_back(step);
    }
    return batch;
}

int drawTimeline(int spans)
{
    BuildStore store;
    SelectionState selection;
    const FixedClock clock(Timestamp{1'800'000'000'000'000'000});
    const auto batch = std::make_shared<const EventBatch>(manySpans(spans));
    store.apply(batch);
    store.flush();
    const BuildId id = store.builds().ids().front();
    QImage canvas(viewSize, QImage::Format_RGB32);
    std::vector<double> bare, load, zoom;
    for (int round = 0; round < rounds; ++round) {
        bare.push_back(millisecondsOf([&] {
            QPainter painter(&canvas);
            for (int i = 0; i < spans; ++i)
                painter.fillRect(QRect(i * 7 % viewSize.width(), i % 40 * 22, 6, 18), i % 2 ? Qt::blue : Qt::red);
        }));
        TimelineView view(store, selection, clock);
        view.resize(viewSize);
        load.push_back(millisecondsOf([&] {
            selection.setBuild(id);
            view.refresh();
            view.render(&canvas);
        }));
        for (int step = 0; step < 5; ++step) {
            zoom.push_back(millisecondsOf([&] {
                view.zoomIn();
                view.refresh();
                view.render(&canvas);
            }));
        }
        selection.setRange({});
        selection.setBuild({});
    }
    std::printf("{\"spans\": %d, ", spans);
    print("bare_ms", bare);
    print("load_ms", load);
    print("zoom_ms", zoom, true);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QByteArray what = argc > 2 ? argv[1] : "";
    if (what == "parse")
        return parse(QString::fromLocal8Bit(argv[2]));
    if (what == "reduce")
        return reduceStream(std::atoi(argv[2]));
    QApplication app(argc, argv);
    Theme::apply(app, ThemeKind::Light);
    if (what == "open")
        return openLog(QString::fromLocal8Bit(argv[2]));
    if (what == "window")
        return openInWindow(app, QString::fromLocal8Bit(argv[2]));
    if (what == "demo")
        return playDemo(app);
    if (what == "history")
        return startWithHistory(app, std::atoi(argv[2]));
    if (what == "timeline")
        return drawTimeline(std::atoi(argv[2]));
    std::fprintf(stderr, "usage: ll_bench open|parse|window FILE, ll_bench reduce|timeline|history NUMBER, ll_bench demo -\n");
    return 2;
}
