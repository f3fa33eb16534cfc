// One engine reached under several names is watched once.
#pragma once

#include "sources/buildkit/node_types.h"

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace layerline {

/// Who reports the builds of which worker. Thread safe. The callbacks are called without the lock held.
class WorkerRegistry {
public:
    /// Joins the names of a worker; true when `key` reports its builds (nobody did, or it did already). `onChange` is
    /// called whenever the worker's names or its reporter change, until leave().
    bool join(const std::string& worker, const NodeKey& key, std::function<void()> onChange);
    /// True when `key` reports now; takes the place over when it is free.
    bool claim(const std::string& worker, const NodeKey& key);
    void leave(const std::string& worker, const NodeKey& key);
    std::set<NodeKey> reachedBy(const std::string& worker) const;

private:
    struct Worker {
        std::map<NodeKey, std::function<void()>> members;
        NodeKey primary;
        bool taken = false;
    };
    static void tell(const std::vector<std::function<void()>>& callbacks);
    std::vector<std::function<void()>> othersOf(const Worker& worker, const NodeKey& key) const;

    mutable std::mutex m_mutex;
    std::map<std::string, Worker> m_workers;
};

} // namespace layerline
