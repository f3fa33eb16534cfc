#include "app/cli/commands.h"

#include "analysis/log_pieces.h"
#include "analysis/report.h"
#include "app/cli/output.h"
#include "app/tasks/past_times.h"
#include "domain/clock.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <set>
#include <sys/signalfd.h>
#include <unistd.h>

namespace layerline {

namespace {

/// Prints the events of builds that run or start after the watch began, and the nodes' states.
class Watcher : public QObject {
public:
    Watcher(LiveView& view, bool json) : m_view(view), m_json(json)
    {
        connect(&view, &LiveView::batchApplied, this, &Watcher::onBatch);
        connect(&view.fleet(), &Fleet::nodesChanged, this, &Watcher::onNodes);
        connect(&m_estimates, &QTimer::timeout, this, &Watcher::estimate);
        if (json)
            m_estimates.start(1000);
    }
    ~Watcher() override
    {
        m_logs.finish([this](const RecordKey& record, const Event& event) { printEvent(record, event, m_view.builds().owner(record), false); });
        std::fflush(stdout);
    }

private:
    /// What was last said of a build's end.
    struct Said {
        Timestamp end;
        Duration low, high;
    };

    void estimate()
    {
        const Timestamp now = SystemClock().now();
        std::map<BuildId, Said> said;
        for (const BuildId& id : m_view.builds().ids()) {
            const Build* build = m_view.builds().find(id);
            if (!build || build->status() != BuildStatus::Running || build->steps.empty())
                continue;
            for (const RecordKey& key : m_past.unread(*build)) {
                if (m_asked.insert(key).second)
                    m_view.fleet().loadDetails(key);
            }
            // One at a time: events must not wait for the disk.
            if (!m_past.readHistory(*build, 1))
                sayEstimate(*build, m_past.estimate(*build, m_view.fleet().nodes(), now), now);
            if (const auto known = m_said.find(id); known != m_said.end())
                said.insert(*known);
        }
        m_said = std::move(said); // those that ended are forgotten
        std::fflush(stdout);
    }

    /// Only when the end has moved by a tenth of what is left, or by five seconds: an estimate is no clock.
    void sayEstimate(const Build& build, const BuildEstimate& estimate, Timestamp now)
    {
        if (!estimate.left)
            return;
        const auto [known, first] = m_said.try_emplace(build.id);
        Said& last = known->second;
        const std::int64_t step = std::max<std::int64_t>(5'000'000'000, estimate.left->median.ns / 10);
        const auto moved = [step](std::int64_t a, std::int64_t b) { return a - b > step || b - a > step; };
        const Timestamp end = now + estimate.left->median;
        const Duration low = estimate.left->low - estimate.left->median, high = estimate.left->high - estimate.left->median;
        if (!first && !moved(end.ns, last.end.ns) && !moved(low.ns, last.low.ns) && !moved(high.ns, last.high.ns))
            return;
        last = {end, low, high};
        for (const Record& record : build.records)
            print(jsonLine(estimateEventJson(record.key, build, estimate)));
    }

    void onBatch(const EventBatchPtr& batch, const BuildId& id, bool added)
    {
        const Build* build = m_view.builds().find(id);
        if (added && build && build->status() != BuildStatus::Running && build->status() != BuildStatus::Lost)
            return m_old.insert(batch->record), void(); // it ended before we looked
        if (m_old.count(batch->record))
            return;
        bool first = added;
        const std::vector<std::string> secrets = build ? secretValues(*build) : std::vector<std::string>();
        m_logs.pass(*batch, secrets, [&](const RecordKey& record, const Event& now) {
            printEvent(record, now, build, first);
            first = false;
        });
        std::fflush(stdout);
    }

    void printEvent(const RecordKey& record, const Event& event, const Build* build, bool first)
    {
        print(m_json ? jsonLine(eventJson(record, event, build, first)) : eventText(record, event, build, isatty(1)));
    }

    void onNodes(const std::vector<NodeStatus>& nodes)
    {
        for (const NodeStatus& node : nodes) {
            auto& known = m_states[node.key()];
            if (known == std::pair{node.state, node.reason})
                continue;
            known = {node.state, node.reason};
            const nlohmann::ordered_json line{{"schema", reportSchema}, {"event", "connection"},        {"builder", node.builder},
                                              {"node", node.node},      {"state", toString(node.state)}, {"reason", node.reason},
                                              {"worker", node.workerId}};
            print(m_json ? jsonLine(line) : node.builder + "/" + node.node + ": " + toString(node.state) + (node.reason.empty() ? "" : ", " + printableLine(node.reason)));
        }
        std::fflush(stdout);
    }

    static void print(const std::string& line)
    {
        if (!line.empty())
            tellReport(line + "\n");
    }

    LiveView& m_view;
    bool m_json;
    LogPieces m_logs;
    PastTimes m_past{m_view.builds()};
    QTimer m_estimates;
    std::map<BuildId, Said> m_said;
    std::set<RecordKey> m_asked; ///< of the past: each is asked for once
    std::set<RecordKey> m_old;
    std::map<NodeKey, std::pair<NodeState, std::string>> m_states;
};

/// Ends the event loop on SIGINT and SIGTERM, so that children and threads end in order.
class SignalStop {
public:
    explicit SignalStop(QCoreApplication& app)
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
        m_fd = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
        m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, &app, [&app] { app.exit(ExitOk); });
    }
    ~SignalStop()
    {
        m_notifier.reset();
        ::close(m_fd);
    }

private:
    int m_fd = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace

int runWatch(QCoreApplication& app, const Command& command)
{
    const SignalStop stop(app); // before any thread starts: the mask is inherited
    LiveView view(command, false);
    const Watcher watcher(view, command.json);
    view.start();
    return app.exec();
}

} // namespace layerline
