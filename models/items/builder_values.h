// What the Builders page shows, as plain values; the application fills them from whatever it watches.
#pragma once

#include "domain/platform.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

enum class NodeCondition {
    Connecting, ///< not reached yet, never failed
    Live,       ///< answers
    Down,       ///< refused, gone, or no way to reach it
    Hung,       ///< somebody is there but does not answer in time
    Forbidden,  ///< the system or the peer refuses us
    Stopped,    ///< not running; looking at it would start it, so nobody does
    Unwatched,  ///< may run; what could look at it without starting it is not installed
};

/// Cache records of one type and age class, added up.
struct DiskUse {
    std::string type;        ///< BuildKit's: "regular", "source.local", "exec.cachemount", ...
    std::int64_t bytes = 0;
    double ageDays = 0;      ///< since last used, else since made
    bool inUse = false;      ///< in use or shared with images: a prune does not free it
    int count = 1;           ///< records added up here
    friend bool operator==(const DiskUse&, const DiskUse&) = default;
};

/// One rule of the garbage collector. Sizes in bytes; 0 = no such limit.
struct GcRule {
    bool all = false;        ///< also what belongs to images and internal records
    std::int64_t keepSeconds = 0;
    std::int64_t reservedBytes = 0;
    std::int64_t maxUsedBytes = 0;
    std::int64_t minFreeBytes = 0;
    std::vector<std::string> filters;
    friend bool operator==(const GcRule&, const GcRule&) = default;
};

/// One node of a builder.
struct NodeRow {
    std::string builder;
    std::string driver;      ///< docker, docker-container, remote, kubernetes, bare
    std::string node;
    std::string endpoint;
    bool current = false;    ///< of the builder `buildx build` uses
    NodeCondition state = NodeCondition::Connecting;
    std::string reason;      ///< technical text: why it is not live
    int retryIn = 0;         ///< seconds until it is tried again, 0 when that is not so
    std::string worker;      ///< id; "" until reached
    std::string version;     ///< BuildKit's
    std::vector<Platform> platforms;
    std::optional<Platform> native;
    std::vector<std::string> reachedBy; ///< other builders that lead to the same engine
    int runningBuilds = 0;
    std::vector<GcRule> gcRules;
    std::vector<DiskUse> diskRecords;
    bool diskKnown = false;  ///< an empty cache differs from one nobody asked about
    friend bool operator==(const NodeRow&, const NodeRow&) = default;
};

/// What can be asked for on a builder's card.
enum class BuilderAction { CleanUp, Warm, AddNode, RemoveNode, Use, Start, Stop, Remove, Create };

} // namespace layerline
