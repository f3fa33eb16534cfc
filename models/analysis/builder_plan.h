// What can be done to a builder: exact commands, and what a prune would take away. Pure.
#pragma once

#include "analysis/build_plan.h"
#include "domain/result.h"
#include "domain/time.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// One record of a builder's cache, as DiskUsage tells.
struct CacheRecord {
    std::string id;
    std::string type;        ///< "regular", "source.local", "exec.cachemount", "frontend", "internal"
    std::string description;
    std::int64_t bytes = 0;
    bool inUse = false;      ///< a running build, or a record that stays, needs it
    bool shared = false;     ///< with the engine's images
    OptionalTime created, lastUsed;
};

struct PruneOptions {
    bool all = false;              ///< --all: internal records and what images share, too
    std::optional<Duration> until; ///< only what was not used for this long
};

struct PrunePreview {
    std::vector<CacheRecord> goes; ///< the largest first
    std::int64_t bytes = 0;
    struct Kind { std::string type; int records = 0; std::int64_t bytes = 0; };
    std::vector<Kind> kinds;       ///< the largest first
    int stays = 0;
    std::int64_t staysBytes = 0;
};

/// What BuildKit would remove: neither in use, nor used within `until`, nor (without `all`) internal, frontend or shared.
PrunePreview previewPrune(const std::vector<CacheRecord>& records, const PruneOptions& options, Timestamp now);
std::vector<std::string> pruneCommand(const std::string& builder, const PruneOptions& options, const std::vector<std::string>& buildx);
/// "90s", "10m", "36h", "7d" (days become hours for buildx). BadInput for anything else.
Result<Duration> parseSpan(const std::string& text);

/// One past build of a project.
struct PastBuild {
    Timestamp started, completed;
};
struct DiskForecast {
    std::int64_t usual = 0;   ///< bytes, plain median of the past builds
    std::int64_t most = 0;
    int samples = 0;          ///< builds it rests on; 0 = no forecast
};
/// What one more build is likely to add: bytes of the records made while each past build ran. A lower bound: records
/// pruned since are not counted, and builds running at the same time share theirs.
DiskForecast diskForecast(const std::vector<CacheRecord>& records, const std::vector<PastBuild>& past);

/// Making and changing builders.
struct NewNode {
    std::string builder;
    std::string driver;               ///< "" = docker-container
    std::string endpoint;             ///< context, ssh://.., unix://.., tcp://..; "" = this machine
    std::string node;                 ///< "" = buildx chooses
    std::vector<Platform> platforms;  ///< pinned to the node
    bool use = false, bootstrap = false;
    std::vector<std::string> driverOptions; ///< --driver-opt: "image=...", "network=host"
};
std::vector<std::string> createCommand(const NewNode& node, const std::vector<std::string>& buildx);
std::vector<std::string> appendCommand(const NewNode& node, const std::vector<std::string>& buildx);
std::vector<std::string> leaveCommand(const std::string& builder, const std::string& node, const std::vector<std::string>& buildx);
std::vector<std::string> removeCommand(const std::string& builder, bool keepState, const std::vector<std::string>& buildx);
std::vector<std::string> useCommand(const std::string& builder, const std::vector<std::string>& buildx);
std::vector<std::string> bootstrapCommand(const std::string& builder, const std::vector<std::string>& buildx);
std::vector<std::string> stopCommand(const std::string& builder, const std::vector<std::string>& buildx);

/// Images the FROM and COPY --from of a Dockerfile name, with its ARG defaults put in, in order of appearance; stages,
/// scratch and names that need a build argument without a default are left out.
std::vector<std::string> basesOf(const std::string& dockerfile);
/// A Dockerfile that makes a builder fetch and unpack these images and no more; nothing of them is run.
std::string warmingDockerfile(const std::vector<std::string>& bases);

} // namespace layerline
