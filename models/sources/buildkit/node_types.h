// What is known about one builder node, as plain values that may cross threads.
#pragma once

#include "domain/blob_kind.h"
#include "domain/events.h"
#include "domain/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

enum class NodeState {
    Connecting, ///< not reached yet, never failed
    Live,       ///< answers
    Down,       ///< refused, gone, or no way to reach it (see the reason)
    Hung,       ///< somebody is there but does not answer in time
    Forbidden,  ///< the system or the peer refuses us
    Stopped,    ///< not running; never dialled, because dialling would start it
    Unwatched,  ///< may run, but nothing is there that leads to it and would not start it (see the reason)
};
const char* toString(NodeState state); ///< "live", as in the JSON contract

/// A builder's node: what Layerline calls it, unique among all nodes.
struct NodeKey {
    std::string builder;
    std::string node;
    friend bool operator==(const NodeKey&, const NodeKey&) = default;
    friend auto operator<=>(const NodeKey&, const NodeKey&) = default;
};

/// One rule of the garbage collector. Sizes in bytes, 0 = not limited.
struct GcPolicy {
    bool all = false;
    std::int64_t keepSeconds = 0;
    std::int64_t reservedBytes = 0;
    std::int64_t maxUsedBytes = 0;
    std::int64_t minFreeBytes = 0;
    std::vector<std::string> filters;
    friend bool operator==(const GcPolicy&, const GcPolicy&) = default;
};

struct DiskRecord {
    std::string id;
    std::string type;        ///< "regular", "source.local", "exec.cachemount", "frontend", "internal", ...
    std::string description; ///< "mount / from exec /bin/sh -c ...", "imported sha256:..."
    std::int64_t bytes = 0;
    bool inUse = false;
    bool isMutable = false;
    bool shared = false;
    OptionalTime created;
    OptionalTime lastUsed;
    int usageCount = 0;
    std::vector<std::string> parents;
    friend bool operator==(const DiskRecord&, const DiskRecord&) = default;
};

struct DiskUsage {
    std::vector<DiskRecord> records;
    OptionalTime read; ///< when it was asked, by our clock
    std::int64_t totalBytes() const;
    std::int64_t reclaimableBytes() const; ///< neither in use nor shared with the engine's images
    friend bool operator==(const DiskUsage&, const DiskUsage&) = default;
};

struct NodeStatus {
    std::string builder;
    std::string driver;   ///< docker, docker-container, remote, kubernetes, bare
    std::string node;
    std::string endpoint;
    bool current = false; ///< of the builder `buildx build` would use
    NodeState state = NodeState::Connecting;
    std::string reason;   ///< why it is not live: one English technical line, without secrets
    std::string workerId; ///< "" until reached
    std::string version;  ///< BuildKit's; often "v0.0.0+unknown"
    std::vector<Platform> platforms;      ///< ListWorkers order
    std::optional<Platform> native;       ///< the worker's first platform
    std::vector<GcPolicy> gcPolicies;
    std::int64_t clockSkewNs = 0;         ///< its clock minus ours
    std::vector<std::string> reachedBy;   ///< all builders known to lead to the same worker, sorted; >= 1 when reached
    bool primary = false;                 ///< its builds are reported through this node (not through another name of it)
    int runningBuilds = 0;
    bool listed = false;                  ///< the history that existed on connecting was delivered
    int retryIn = 0;                      ///< seconds until a hung or down node is tried again, 0 otherwise
    std::optional<DiskUsage> diskUsage;
    friend bool operator==(const NodeStatus&, const NodeStatus&) = default;

    NodeKey key() const { return {builder, node}; }
};

/// What can be done to a record in a builder's history.
enum class HistoryChange { Pin, Unpin, Delete };

using BlobBytes = std::shared_ptr<const std::string>;

/// Where a watcher reports to. Every function is called from watcher threads, several at a time for several nodes;
/// they must be quick, must not block on the caller of stop(), and may be empty.
struct WatchSinks {
    std::function<void(EventBatchPtr)> events;
    std::function<void(const NodeStatus&)> state;
    /// A verified blob of a finished build (BlobKind::Record: the serialised BuildHistoryRecord, `ref` empty but for its size).
    std::function<void(const RecordKey&, BlobKind, const BlobRef&, BlobBytes)> blob;
    /// True when history already keeps this blob, so that it need not be read again in the background.
    std::function<bool(const RecordKey&, const BlobRef&)> haveBlob;
    /// buildx's own note about a build, if it was started on this machine: builder, node, state.
    struct LocalNote { std::string builder, node; LocalState state; };
    std::function<std::optional<LocalNote>(const std::string& builder, const std::string& node, const std::string& ref)> localState;
    /// Only `buildx ls` can tell whether the node runs.
    std::function<void(const NodeKey&)> needStatus;
};

} // namespace layerline
