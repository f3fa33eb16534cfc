// One connection to one node, from the first answer to its end.
#pragma once

#include "sources/buildkit/absence_check.h"
#include "sources/buildkit/detail_loader.h"
#include "sources/buildkit/dial.h"
#include "sources/buildkit/node_link.h"
#include "sources/buildkit/status_feed.h"
#include "sources/buildkit/worker_registry.h"

#include <functional>
#include <memory>
#include <string>

namespace layerline {

/// Belongs to the watcher's thread. Reports through the sinks; changes `status` and says so with `changed`.
class NodeSession {
public:
    struct Environment {
        const DialTarget& target;
        CallLoop& loop;
        const WatchSinks& sinks;
        WorkerRegistry& registry;
        RecordBook& book;
        NodeStatus& status;
        std::function<void()> changed;         ///< `status` is not what it was
        std::function<void()> wakeFromOutside; ///< makes the watcher call onWake(); any thread, may outlive the session
        bool backgroundHistory = true;
        bool readDiskUsage = false;
        std::chrono::milliseconds absencePause{1000}; ///< see AbsenceCheck
    };

    NodeSession(Environment environment, std::unique_ptr<Connection> connection);
    ~NodeSession();

    bool over() const { return m_over; }
    /// Why it ended (state and reason are in `status`); true when the node had answered before.
    bool wasLive() const { return m_wasLive; }
    /// Names of the same worker have come or gone.
    void onWake();
    void load(const std::string& ref, LoadDone done);
    /// Pins, unpins or deletes a record; what it did comes back as an event of the history stream.
    void change(const std::string& ref, HistoryChange what, LoadDone done);
    void refreshDiskUsage();
    /// For a thread that is going to end: the records are not lost, we are leaving.
    void leave();

private:
    void probe();
    void scheduleProbe();
    void probed(const grpc::Status& status, SteadyTime sent);
    void alive();
    void hung(const std::string& reason);
    void fail(const grpc::Status& status);
    void end(NodeState state, std::string reason);

    void askWorkers();
    void gotWorkers(const bk::ListWorkersResponse& reply);
    void refreshNames();
    void startHistory();
    void listen(bool listing);
    void readSkew(const StreamCall<bk::BuildHistoryEvent>::Header& header, SteadyTime sent);
    void historyEnded(bool listing, const grpc::Status& status);
    void listed();

    void onEvent(const bk::BuildHistoryEvent& event);
    void onStarted(const bk::BuildHistoryRecord& record);
    void onComplete(const bk::BuildHistoryRecord& record);
    void onDeleted(const std::string& ref);
    void keepRecord(const bk::BuildHistoryRecord& record);
    std::vector<Event> recordEvents(const bk::BuildHistoryRecord& record, bool complete) const;
    void feedEnded(const std::string& ref, bool whole);
    void loseRecord(const std::string& ref, KnownRecord& record, const std::string& why);
    void tellLost(const std::string& reason);
    void updateRunning();

    Environment m_env;
    std::unique_ptr<Connection> m_connection;
    NodeLink m_link;
    StatusFeed m_feed;
    AbsenceCheck m_absence;
    DetailLoader m_loader;
    bool m_over = false;
    bool m_wasLive = false;
    bool m_hasWorker = false;
    bool m_primary = false;
    bool m_listed = false;
    bool m_probing = false;
    bool m_diskAsked = false;
    CallLoop::TimerId m_probeTimer = 0;
    SteadyTime m_hungSince{};
    std::set<NodeKey> m_names;
};

} // namespace layerline
