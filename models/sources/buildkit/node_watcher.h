// Watches one node for as long as it exists.
#pragma once

#include "sources/buildkit/dial.h"
#include "sources/buildkit/node_types.h"
#include "sources/buildkit/worker_registry.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace layerline {

struct WatchOptions {
    bool backgroundHistory = true;
    bool readDiskUsage = false;
    std::chrono::milliseconds dialLimit{5000};
    std::chrono::milliseconds shortestBackOff{1000};
    std::chrono::milliseconds longestBackOff{30'000};
    /// How often a stopped container is looked at (not dialled).
    std::chrono::milliseconds stoppedCheck{1000};
    /// How soon an engine is asked, and asked again, about a build it may have lost (AbsenceCheck).
    std::chrono::milliseconds absencePause{1000};
};

/// One thread: dial, talk until the connection ends, wait, again. All functions may be called from any thread.
class NodeWatcher {
public:
    NodeWatcher(DialTarget target, WatchSinks sinks, std::shared_ptr<WorkerRegistry> registry, WatchOptions options = {});
    ~NodeWatcher(); ///< stop() with the default limit
    NodeWatcher(const NodeWatcher&) = delete;
    NodeWatcher& operator=(const NodeWatcher&) = delete;

    void start();
    /// Asks the thread to end without waiting for it.
    void requestStop();
    /// Ends the thread. False when it did not end in time: it is left behind and touches nothing of ours.
    bool stop(std::chrono::milliseconds limit = std::chrono::milliseconds(3000));

    /// The thread is done: stop() will not wait.
    bool hasEnded() const;

    /// The newest state.
    NodeStatus status() const;
    const DialTarget& target() const;
    /// What `buildx ls` says; shown of a node that there is no harmless way to.
    void setListed(Listed listed);
    void retryNow();
    void refreshDiskUsage();
    /// See Fleet::loadDetails; `done` comes on the watcher's thread.
    void loadDetails(const std::string& ref, std::function<void(Result<void>)> done);
    /// See Fleet::changeHistory; `done` comes on the watcher's thread.
    void changeHistory(const std::string& ref, HistoryChange what, std::function<void(Result<void>)> done);
    /// True when it watches this worker's builds.
    bool reports(const std::string& worker) const;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
    std::thread m_thread;
};

} // namespace layerline
