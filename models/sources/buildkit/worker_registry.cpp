#include "sources/buildkit/worker_registry.h"

#include <vector>

namespace layerline {

std::vector<std::function<void()>> WorkerRegistry::othersOf(const Worker& worker, const NodeKey& key) const
{
    std::vector<std::function<void()>> callbacks;
    for (const auto& [member, callback] : worker.members) {
        if (member != key && callback)
            callbacks.push_back(callback);
    }
    return callbacks;
}

void WorkerRegistry::tell(const std::vector<std::function<void()>>& callbacks)
{
    for (const auto& callback : callbacks)
        callback();
}

bool WorkerRegistry::join(const std::string& worker, const NodeKey& key, std::function<void()> onChange)
{
    std::vector<std::function<void()>> callbacks;
    bool reports = false;
    {
        const std::lock_guard lock(m_mutex);
        Worker& entry = m_workers[worker];
        entry.members[key] = std::move(onChange);
        if (!entry.taken) {
            entry.taken = true;
            entry.primary = key;
        }
        reports = entry.primary == key;
        callbacks = othersOf(entry, key);
    }
    tell(callbacks);
    return reports;
}

bool WorkerRegistry::claim(const std::string& worker, const NodeKey& key)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_workers.find(worker);
    if (at == m_workers.end() || !at->second.members.count(key))
        return false;
    if (!at->second.taken) {
        at->second.taken = true;
        at->second.primary = key;
    }
    return at->second.primary == key;
}

void WorkerRegistry::leave(const std::string& worker, const NodeKey& key)
{
    std::vector<std::function<void()>> callbacks;
    {
        const std::lock_guard lock(m_mutex);
        const auto at = m_workers.find(worker);
        if (at == m_workers.end() || at->second.members.erase(key) == 0)
            return;
        if (at->second.taken && at->second.primary == key)
            at->second.taken = false;
        callbacks = othersOf(at->second, key);
        if (at->second.members.empty())
            m_workers.erase(at);
    }
    tell(callbacks);
}

std::set<NodeKey> WorkerRegistry::reachedBy(const std::string& worker) const
{
    const std::lock_guard lock(m_mutex);
    std::set<NodeKey> keys;
    const auto at = m_workers.find(worker);
    if (at == m_workers.end())
        return keys;
    for (const auto& [key, callback] : at->second.members)
        keys.insert(key);
    return keys;
}

} // namespace layerline
