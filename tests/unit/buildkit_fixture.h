// What watcher tests share: a place where everything a watcher says ends up.
#pragma once

#include "domain/build_set.h"
#include "sources/buildkit/node_watcher.h"
#include "support/fake_buildkitd/fake_buildkitd.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace layerline::test {

/// Thread safe. Waits are by condition, woken by every report.
class Collector {
public:
    WatchSinks sinks()
    {
        WatchSinks sinks;
        sinks.events = [this](EventBatchPtr batch) {
            change([&] {
                set.apply(*batch);
                batches.push_back(batch);
            });
        };
        sinks.state = [this](const NodeStatus& status) {
            change([&] {
                states[status.key()] = status;
                history[status.key()].push_back(status.state);
            });
        };
        sinks.blob = [this](const RecordKey& key, BlobKind kind, const BlobRef&, BlobBytes bytes) {
            change([&] { blobs[{key, kind}] = *bytes; });
        };
        sinks.needStatus = [this](const NodeKey&) { change([&] { ++statusAsked; }); };
        return sinks;
    }

    /// True as soon as `ready` is, false after the limit. `ready` runs with the lock held.
    bool wait(const std::function<bool()>& ready, std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, limit, ready);
    }
    template <class Function>
    auto with(Function function)
    {
        const std::lock_guard lock(mutex);
        return function();
    }

    const Build* build(const std::string& ref) const { return set.findByRef(ref); }
    bool hasState(const NodeKey& key, NodeState state) const
    {
        const auto at = states.find(key);
        return at != states.end() && at->second.state == state;
    }
    bool isStatus(const std::string& ref, BuildStatus status) const
    {
        const Build* found = build(ref);
        return found && found->status() == status;
    }
    std::size_t logLines(const std::string& ref) const
    {
        const Build* found = build(ref);
        return found && !found->steps.empty() ? found->steps.front().log->lineCount() : 0;
    }
    template <class Event>
    int count(const std::string& ref) const
    {
        int number = 0;
        for (const EventBatchPtr& batch : batches) {
            for (const auto& event : batch->events)
                number += batch->record.ref == ref && std::holds_alternative<Event>(event) ? 1 : 0;
        }
        return number;
    }

    std::mutex mutex;
    std::condition_variable changed;
    BuildSet set;
    std::vector<EventBatchPtr> batches;
    std::map<NodeKey, NodeStatus> states;
    std::map<NodeKey, std::vector<NodeState>> history;
    std::map<std::pair<RecordKey, BlobKind>, std::string> blobs;
    int statusAsked = 0;

private:
    void change(const std::function<void()>& what)
    {
        {
            const std::lock_guard lock(mutex);
            what();
        }
        changed.notify_all();
    }
};

inline DialTarget bareTarget(const std::string& address, const std::string& name = "bare")
{
    DialTarget target;
    target.key = {name, name + "0"};
    target.driver = "bare";
    target.endpoint = address;
    return target;
}

inline WatchOptions quickOptions()
{
    WatchOptions options;
    options.shortestBackOff = std::chrono::milliseconds(20);
    options.longestBackOff = std::chrono::milliseconds(200);
    options.stoppedCheck = std::chrono::milliseconds(20);
    options.absencePause = std::chrono::milliseconds(20);
    return options;
}

/// The end of a shell script: any program that joins its stdin and stdout with the socket will do for a `dial-stdio`.
inline QByteArray joinWith(const std::string& socketPath)
{
    return "exec python3 -c '\n"
           "import os, socket, sys, threading\n"
           "s = socket.socket(socket.AF_UNIX); s.connect(\"" + QByteArray::fromStdString(socketPath) + "\")\n"
           "def up():\n"
           "    while True:\n"
           "        d = os.read(0, 65536)\n"
           "        if not d: os._exit(0)\n"
           "        s.sendall(d)\n"
           "threading.Thread(target=up, daemon=True).start()\n"
           "while True:\n"
           "    d = s.recv(65536)\n"
           "    if not d: break\n"
           "    os.write(1, d)\n"
           "'\n";
}

} // namespace layerline::test
