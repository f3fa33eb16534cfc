// All builder nodes of this machine, watched. The one entry point for the command line and the window.
#pragma once

#include "sources/buildkit/node_types.h"
#include "sources/buildx/discovery.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

class NodeWatcher;
class WorkerRegistry;
struct DialTarget;

struct FleetOptions {
    BuildxEnvironment environment = BuildxEnvironment::fromProcess();
    std::vector<std::string> addresses;      ///< bare unix:// and tcp:// buildkitd addresses the user added
    bool discoverBuilders = true;            ///< false: only `addresses`
    bool runLs = true;                       ///< ask `buildx ls` as well
    bool backgroundHistory = true;           ///< load status, provenance and errors of old records, rate limited
    bool diskUsage = false;                  ///< ask every node for its disk use once it is live, and again after builds
    std::chrono::milliseconds settleLimit{5000}; ///< settled() comes no later than this after start()
};

/// Starts Discovery and one NodeWatcher per node. Lives on a thread with an event loop (QCoreApplication is enough);
/// events reach the sink directly from the watchers' threads.
///
///     FleetOptions options;                         // real environment; options.addresses = {"unix:///run/x.sock"}
///     Fleet fleet(options);
///     fleet.setEventSink([&store](EventBatchPtr batch) {           // any thread
///         QMetaObject::invokeMethod(&store, [&store, batch] { store.apply(batch); }, Qt::QueuedConnection);
///     });
///     QObject::connect(&fleet, &Fleet::nodesChanged, page, [page](const std::vector<NodeStatus>& nodes) { ... });
///     QObject::connect(&fleet, &Fleet::settled, &app, [&] { printAndQuit(); });   // `layerline builds`
///     fleet.start();
///     ...
///     fleet.stop();                                 // also done by the destructor
///
/// `layerline show REF`: after settled() find the record's key, then
///     fleet.loadDetails(key, [](Result<void> done) { ... });   // `done` runs on the fleet's thread, after the last event
/// of that record has been handed to the sink (a queued post made there arrives earlier than `done`).
class Fleet : public QObject {
    Q_OBJECT
public:
    explicit Fleet(FleetOptions options = {}, QObject* parent = nullptr);
    ~Fleet() override;

    /// Sinks are set before start(). Called from watcher threads.
    void setEventSink(std::function<void(EventBatchPtr)> sink);
    /// Raw verified blobs for the history database; called from watcher threads.
    void setBlobSink(std::function<void(const RecordKey&, BlobKind, const BlobRef&, BlobBytes)> sink);
    /// Tells which blobs need not be read again in the background; called from watcher threads.
    void setBlobFilter(std::function<bool(const RecordKey&, const BlobRef&)> have);

    void start();
    /// Ends all watchers and children. False when one did not end within the limit (it is left behind, harmless).
    /// No sink is called after the return. Idempotent.
    bool stop(std::chrono::milliseconds limit = std::chrono::milliseconds(3000));

    /// Current builders in the order of discovery, nodes in their builder's order.
    std::vector<NodeStatus> nodes() const;
    std::vector<BuilderInfo> builders() const;
    bool isSettled() const { return m_settled; }

    void addAddress(const std::string& address);
    void removeAddress(const std::string& address);

    /// Status log, provenance and error excerpt of a record, as events to the sink. `done` runs on the fleet's thread.
    /// NotFound when no live node has the record.
    void loadDetails(const RecordKey& key, std::function<void(Result<void>)> done = {});
    /// Pins, unpins or deletes a record in its builder's history. `done` runs on the fleet's thread; what changed comes as
    /// events. NotFound when no live node has the record.
    void changeHistory(const RecordKey& key, HistoryChange what, std::function<void(Result<void>)> done = {});
    /// Asks again; the answer comes with nodesChanged.
    void refreshDiskUsage(const NodeKey& key);
    void refreshAllDiskUsage();
    /// Tries a failed node at once instead of at the end of its back-off.
    void retryNow(const NodeKey& key);
    void rescan();

Q_SIGNALS:
    /// At most one every 50 ms.
    void nodesChanged(const std::vector<layerline::NodeStatus>& nodes);
    /// Once: every discovered node is live with its history listed, or stopped, or has failed once.
    void settled();

private:
    struct Gate;
    struct Sinks;
    void onBuilders(const std::vector<BuilderInfo>& builders);
    void onLsFinished();
    void onState(const NodeStatus& status);
    void startWatcher(const DialTarget& target);
    void publishSoon();
    void publish();
    void checkSettled();
    void settle();
    DialTarget targetOf(const BuilderInfo& builder, const BuilderNode& node) const;
    WatchSinks sinks();
    NodeWatcher* watcherOf(const RecordKey& key) const;
    std::function<void(Result<void>)> onOwnThread(std::function<void(Result<void>)> done);

    FleetOptions m_options;
    std::unique_ptr<Sinks> m_sinks;
    std::shared_ptr<Gate> m_gate; ///< closed by stop(): nothing of ours is called after that
    std::shared_ptr<WorkerRegistry> m_registry;
    Discovery m_discovery;
    std::vector<BuilderInfo> m_builders;
    std::map<NodeKey, std::unique_ptr<NodeWatcher>> m_watchers;
    std::map<NodeKey, NodeStatus> m_status;
    std::vector<std::unique_ptr<NodeWatcher>> m_leaving; ///< asked to end, not waited for yet
    QTimer m_publishTimer, m_settleTimer;
    bool m_started = false;
    bool m_stopped = false;
    bool m_settled = false;
};

} // namespace layerline
