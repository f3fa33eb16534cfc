// A finished run of two native jobs, opened from its records in the real window, is the local build they were recorded from; from its
// logs alone it has the same steps, times and cache states.
#include "app/tasks/settings_store.h"
#include "app/window/main_window.h"
#include "app/window/pipelines.h"
#include "domain/summary.h"
#include "items/layers_model.h"
#include "items/step_look.h"
#include "sources/files/build_file.h"
#include "sources/github/token_store.h"
#include "support/fault_server/fault_server.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/pipelines_page.h"

#include <QFile>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

#include <algorithm>
#include <array>
#include <map>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

QByteArray data(const QByteArray& name)
{
    QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/github/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// GitHub with one finished run whose jobs are those builds; downloads are at another host.
struct GitHub {
    bool records;
    FaultServer blobs{[](const Request& request) { return Answer{200, data(request.path.mid(1)), {}}; }};
    FaultServer server{[this](const Request& request) { return answer(request); }};

    static QByteArray time(const QByteArray& line, int seconds)
    {
        const auto at = parseRfc3339(line.left(line.indexOf(' ')).toStdString());
        return QByteArray::fromStdString(formatRfc3339({at->ns + seconds * std::int64_t(1'000'000'000)}));
    }
    QByteArray job(int id, const QByteArray& arch) const
    {
        const QByteArray log = data(arch + ".log"), started = time(log, -10), ended = time(log.trimmed().split('\n').last(), 3);
        return "{'id':" + QByteArray::number(id) + ",'run_id':77,'name':'build (linux/" + arch + ")','labels':['ubuntu-24.04'],'runner_id':5,'created_at':'" + started + "','started_at':'" + started
            + "','completed_at':'" + ended + "','status':'completed','conclusion':'success','steps':[{'number':1,'name':'Build','status':'completed','conclusion':'success','started_at':'"
            + started + "','completed_at':'" + ended + "'}]}";
    }
    Answer answer(const Request& request) const
    {
        const QByteArray& path = request.path;
        const auto json = [](QByteArray text) { return Answer{200, text.replace('\'', '"'), {}}; };
        const QByteArray run = "{'id':77,'run_attempt':1,'run_number':9,'name':'images','path':'.github/workflows/none.yml','head_sha':'abc','display_title':'Ship it','event':'push',"
                               "'head_branch':'main','status':'completed','conclusion':'success','created_at':'2026-11-21T09:00:00Z','updated_at':'2026-11-21T12:00:00Z'}";
        if (path == "/user")
            return json("{'login':'octocat'}");
        if (path.endsWith("/actions/runs"))
            return json("{'total_count':1,'workflow_runs':[" + run + "]}");
        if (path.endsWith("/runs/77"))
            return json(run);
        if (path.endsWith("/runs/77/jobs"))
            return json("{'total_count':2,'jobs':[" + job(50, "amd64") + "," + job(51, "arm64") + "]}");
        if (path.endsWith("/runs/77/artifacts"))
            return json(records ? "{'artifacts':[{'id':1,'name':'shop~1.dockerbuild'},{'id':2,'name':'shop~2.dockerbuild'}]}" : "{'artifacts':[]}");
        for (const auto& [end, file] : {std::pair{"/jobs/50/logs", "amd64.log"}, std::pair{"/jobs/51/logs", "arm64.log"}, std::pair{"/artifacts/1/zip", "amd64.dockerbuild"},
                                        std::pair{"/artifacts/2/zip", "arm64.dockerbuild"}}) {
            if (path.endsWith(end))
                return {302, {}, {{"Location", blobs.url(QStringLiteral("/") + QLatin1String(file)).toUtf8()}}};
        }
        return {404, R"({"message":"Not Found"})", {}};
    }
};

/// What a step looks like, how long it took and when it began and ended, by its name.
struct Shown {
    Look look;
    std::int64_t ms;
    std::int64_t started, ended; ///< ms
    bool operator<(const Shown& other) const { return std::pair(int(look), started) < std::pair(int(other.look), other.started); }
};

std::multimap<std::string, Shown> shownSteps(const Build& build)
{
    std::multimap<std::string, Shown> steps;
    for (const Step& step : build.steps) {
        Shown shown{lookOf(build, step), durationOf(build, step, Timestamp{}).ms(), 0, 0};
        if (!step.intervals.empty()) {
            shown.started = step.intervals.front().started.ns / 1'000'000;
            shown.ended = step.intervals.back().completed.value_or(Timestamp{}).ns / 1'000'000;
        }
        steps.emplace(step.name, shown);
    }
    return steps;
}

} // namespace

class TestRunAsLocal : public QObject {
    Q_OBJECT
    SystemClock m_clock;
    std::unique_ptr<GitHub> m_github;
    std::unique_ptr<MemoryStore> m_tokens;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session, m_local;
    std::unique_ptr<Pipelines> m_pipelines;
    std::unique_ptr<MainWindow> m_window;

    static std::unique_ptr<Session> session(const Clock& clock)
    {
        SessionOptions options;
        options.live = options.history = false;
        return std::make_unique<Session>(options, clock);
    }
    /// Opens the run in the window; null when that failed.
    const Build* open(bool records)
    {
        m_github = std::make_unique<GitHub>();
        m_github->records = records;
        SettingsValues values;
        values.pipelines.repositories = {QStringLiteral("octo/shop")};
        if (!m_settings->set(values))
            return nullptr;
        GitHubEnvironment environment;
        environment.apiUrl = m_github->server.url().toStdString();
        environment.token = "t";
        environment.tokenOrigin = "GH_TOKEN";
        m_pipelines = std::make_unique<Pipelines>(*m_settings, *m_tokens, m_clock, environment);
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings, WindowServices{m_pipelines.get(), nullptr});
        m_window->resize(1280, 800);
        m_window->show();
        m_window->showPage(pages::pipelines);
        m_pipelines->start();
        auto* button = m_window->pipelinesPage()->findChild<QPushButton*>(QStringLiteral("openBuilds"));
        const bool read = QTest::qWaitFor([this, button] { return button->isVisible() && m_pipelines->builtBySelected().size() == 2; }, 30'000);
        if (!read)
            return nullptr;
        QTest::mouseClick(button, Qt::LeftButton);
        return m_session->store().find(m_window->selection().build());
    }
    const Build* local(const QByteArray& arch)
    {
        const auto id = m_local->openFile(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/github/") + QString::fromLatin1(arch) + QStringLiteral(".dockerbuild"));
        return id ? m_local->store().find(id.value()) : nullptr;
    }

private Q_SLOTS:
    void init()
    {
        m_tokens = std::make_unique<MemoryStore>();
        m_settings = std::make_unique<SettingsStore>();
        m_session = session(m_clock);
        m_local = session(m_clock);
    }
    void cleanup()
    {
        m_window.reset();
        m_pipelines.reset();
        m_session.reset();
        m_local.reset();
        m_github.reset();
    }

    void fromItsRecords()
    {
        const Build* build = open(true);
        QVERIFY(build);
        QCOMPARE(build->platforms.size(), std::size_t(2));
        const auto platforms = platformSummaries(*build, Timestamp{});
        Counters sum;
        std::multimap<std::string, Shown> steps;
        for (const auto& [arch, row] : {std::pair{"amd64", 0}, std::pair{"arm64", 1}}) {
            const Build* mine = local(arch);
            QVERIFY(mine);
            const Counters counted = countersOf(*mine);
            sum.total += counted.total;
            sum.completed += counted.completed;
            sum.cached += counted.cached;
            steps.merge(shownSteps(*mine));
            // The lane: the same counters and the same times as the local build's.
            const PlatformSummary theirs = platformSummaries(*mine, Timestamp{}).at(0), own = platforms.at(std::size_t(row));
            QCOMPARE(own.platform, theirs.platform);
            QCOMPARE(int(own.execution), int(theirs.execution));
            QCOMPARE((std::array{own.steps, own.completed, own.cached, own.failed}), (std::array{theirs.steps, theirs.completed, theirs.cached, theirs.failed}));
            QCOMPARE(own.busy.ns, theirs.busy.ns);
            QCOMPARE(own.wall.ns, theirs.wall.ns);
        }
        const Counters counted = countersOf(*build);
        QCOMPARE((std::array{counted.total, counted.completed, counted.cached}), (std::array{sum.total, sum.completed, sum.cached}));
        // Every step with its colour and its time; the jobs' own steps are not among them.
        const auto own = shownSteps(*build);
        QCOMPARE(own.size(), steps.size());
        auto theirs = steps.begin();
        for (auto at = own.begin(); at != own.end(); ++at, ++theirs)
            QCOMPARE(at->first, theirs->first);
        const auto sorted = [](const std::multimap<std::string, Shown>& map) {
            std::vector<std::pair<std::string, Shown>> list(map.begin(), map.end());
            std::sort(list.begin(), list.end());
            return list;
        };
        const auto a = sorted(own), b = sorted(steps);
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY2(a[i].second.look == b[i].second.look && a[i].second.ms == b[i].second.ms && a[i].second.started == b[i].second.started && a[i].second.ended == b[i].second.ended, a[i].first.c_str());
        // And on the page of local builds, with its tabs.
        const auto tabs = m_window->findChildren<QTabBar*>(QStringLiteral("buildTabs"));
        QCOMPARE(tabs.size(), 2); // of local builds, and of runs: the same
        QCOMPARE(std::count_if(tabs.begin(), tabs.end(), [](const QTabBar* bar) { return bar->isVisible(); }), 1);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(tabs[0]->tabText(i), tabs[1]->tabText(i));
    }

    void fromItsLogsAlone()
    {
        const Build* build = open(false);
        QVERIFY(build);
        QCOMPARE(build->platforms.size(), std::size_t(2));
        std::multimap<std::string, Shown> steps;
        for (const char* arch : {"amd64", "arm64"})
            steps.merge(shownSteps(*local(arch)));
        const auto own = shownSteps(*build);
        QCOMPARE(own.size(), steps.size());
        for (auto at = own.begin(); at != own.end(); at = own.upper_bound(at->first)) {
            std::vector<Shown> mine, theirs;
            for (auto [i, end] = own.equal_range(at->first); i != end; ++i)
                mine.push_back(i->second);
            for (auto [i, end] = steps.equal_range(at->first); i != end; ++i)
                theirs.push_back(i->second);
            std::sort(mine.begin(), mine.end());
            std::sort(theirs.begin(), theirs.end());
            QCOMPARE(mine.size(), theirs.size());
            for (std::size_t i = 0; i < mine.size(); ++i) {
                QVERIFY2((mine[i].look == Look::Cached) == (theirs[i].look == Look::Cached), at->first.c_str());
                QVERIFY2(std::abs(mine[i].ms - theirs[i].ms) <= 51, at->first.c_str()); // the same, rounded to 0.1 s
                // When a step began and ended is not in the log, only when the printer came to say so: it collects what happens for
                // about 0.15 s, so that up to 0.25 s are lost here (cached steps, those without output), 0.05 s more by rounding.
                for (const std::int64_t late : {mine[i].started - theirs[i].started, mine[i].ended - theirs[i].ended})
                    QVERIFY2(std::abs(late) <= 300, qPrintable(QStringLiteral("%1: %2 ms").arg(QString::fromStdString(at->first)).arg(late)));
            }
        }
    }
};

QTEST_MAIN(TestRunAsLocal)
#include "test_run_as_local.moc"
