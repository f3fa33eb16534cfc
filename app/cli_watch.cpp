#include "app/cli_commands.h"

#include "analysis/report.h"

#include <QCoreApplication>
#include <QSocketNotifier>

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
    }

private:
    void onBatch(const EventBatchPtr& batch, const BuildId& id, bool added)
    {
        const Build* build = m_view.builds().find(id);
        if (added && build && build->status() != BuildStatus::Running && build->status() != BuildStatus::Lost)
            return m_old.insert(batch->record), void(); // it ended before we looked
        if (m_old.count(batch->record))
            return;
        bool first = added;
        for (const Event& event : batch->events) {
            print(m_json ? jsonLine(eventJson(batch->record, event, build, first)) : eventText(batch->record, event, build, isatty(1)));
            first = false;
        }
        std::fflush(stdout);
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
            std::fprintf(stdout, "%s\n", line.c_str());
    }

    LiveView& m_view;
    bool m_json;
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
