// What sources say, in one vocabulary. Only immutable batches of these cross threads.
#pragma once

#include "domain/ids.h"
#include "domain/platform.h"
#include "domain/time.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace layerline {

/// An OCI descriptor of a blob a record points at.
struct BlobRef {
    std::string mediaType;
    std::string digest;
    std::int64_t size = 0;
    friend bool operator==(const BlobRef&, const BlobRef&) = default;
};

struct Exporter {
    std::string type; ///< "image", "moby", "local", "oci", ...
    std::map<std::string, std::string> attrs;
    friend bool operator==(const Exporter&, const Exporter&) = default;
};

/// google.rpc.Status without its details; code 1 = cancelled.
struct BuildError {
    int code = 0;
    std::string message;
    friend bool operator==(const BuildError&, const BuildError&) = default;
};

/// Dockerfile lines around a failure.
struct SourceExcerpt {
    std::string filename;
    std::string language;
    int firstLine = 0; ///< 1-based number of lines[0]
    std::vector<std::string> lines;
    std::vector<std::pair<int, int>> ranges; ///< failing lines, 1-based, inclusive
    friend bool operator==(const SourceExcerpt&, const SourceExcerpt&) = default;
};

/// What buildx keeps on the client's side: refs/BUILDER/NODE/REF.
struct LocalState {
    std::string target;
    std::string localPath;
    std::string dockerfilePath;
    std::string groupRef; ///< bake: shared by all targets of one call
    friend bool operator==(const LocalState&, const LocalState&) = default;
};

/// Where a build came from.
enum class SourceKind { BuildKit, Record, RawJson, Plain, GitHub, Replay };

namespace ev {

/// BuildHistoryEvent STARTED or COMPLETE, or the record of a file. Absent fields say nothing (they do not erase).
struct RecordUpdated {
    SourceKind source = SourceKind::BuildKit;
    std::string builder;                  ///< "" for files
    std::string node;
    std::int32_t generation = 0;          ///< a higher one wins; STARTED never reopens
    bool complete = false;
    OptionalTime created;
    OptionalTime completed;
    std::string frontend;
    std::map<std::string, std::string> frontendAttrs;
    std::vector<Exporter> exporters;
    std::map<std::string, std::string> exporterResponse;
    std::optional<BuildError> error;
    bool pinned = false;
    std::int32_t reportedTotal = 0;       ///< BuildKit's own counters, kept to be checked against ours
    std::int32_t reportedCached = 0;
    std::int32_t reportedCompleted = 0;
    std::int32_t reportedWarnings = 0;
    std::optional<BlobRef> logs, trace, externalError;
    std::vector<std::pair<std::string, BlobRef>> attestations; ///< platform id ("linux/amd64", "" when single) -> in-toto blob
    std::vector<std::pair<std::string, BlobRef>> results;      ///< platform id -> manifest
    std::vector<Platform> workerPlatforms; ///< ListWorkers order; the first is the native one
    std::optional<LocalState> localState;
    std::string name;                     ///< set by sources that know a better one (a file's name, a job's)
};

struct RecordRemoved {}; ///< the builder forgot it; what we have stays

/// One announcement of a vertex. Repeated and out-of-order ones are normal.
struct StepUpdated {
    StepDigest digest;
    std::string name;
    std::vector<StepDigest> inputs;
    bool cached = false;
    OptionalTime started;
    OptionalTime completed;
    std::string error;
    std::string group;      ///< progressGroup name
    bool groupWeak = false;
};

/// VertexStatus: a transfer or a sub-task inside a step.
struct TransferUpdated {
    StepDigest step;
    std::string id;
    std::string name;
    std::int64_t current = 0; ///< bytes, when total or the name says so
    std::int64_t total = 0;   ///< 0 = unknown
    OptionalTime timestamp;
    OptionalTime started;
    OptionalTime completed;
};

/// Bytes of a step's log. `offset` counts bytes of that stream since its beginning: a replay repeats the same offsets.
struct LogAppended {
    StepDigest step;
    std::uint8_t stream = 1; ///< 1 stdout, 2 stderr
    std::uint64_t offset = 0;
    Timestamp time;
    std::string bytes;
};

struct WarningRaised {
    StepDigest step;
    int level = 0;
    std::string summary;
    std::vector<std::string> detail;
    std::string url;
    std::string filename;
    std::vector<std::pair<int, int>> lines; ///< 1-based, inclusive
    friend bool operator==(const WarningRaised&, const WarningRaised&) = default;
};

/// One platform's provenance, read from the in-toto blob.
struct ProvenanceRead {
    struct Usage {
        double cpuSeconds = 0;
        std::int64_t memoryPeak = 0;  ///< bytes
        std::int64_t readBytes = 0, writeBytes = 0;
        std::int64_t netReceived = 0, netSent = 0;
    };
    struct Step {
        std::optional<Platform> platform; ///< op.platform
        std::string filename;
        int firstLine = 0, lastLine = 0;
        std::optional<Usage> usage;
    };
    std::string platform;                 ///< "linux/arm64"; "" when the build had one
    std::optional<Platform> builderPlatform;
    std::map<StepDigest, Step> steps;
    std::vector<std::pair<std::string, std::string>> materials; ///< uri, digest
    std::vector<std::string> secrets, ssh;                      ///< ids only
};

struct ExcerptRead { SourceExcerpt excerpt; };

/// Steps proved to have come from an imported cache (DiskUsage joined to provenance).
struct ImportProved { std::vector<StepDigest> steps; };

/// The connection a record is watched over.
struct ConnectionChanged {
    bool lost = false;
    std::string reason;
    std::int64_t clockSkewNs = 0; ///< builder's clock minus ours
};

/// The status stream of a running build ended (the record's COMPLETE tells how).
struct StatusEnded {};

} // namespace ev

using Event = std::variant<ev::RecordUpdated, ev::RecordRemoved, ev::StepUpdated, ev::TransferUpdated, ev::LogAppended,
                           ev::WarningRaised, ev::ProvenanceRead, ev::ExcerptRead, ev::ImportProved, ev::ConnectionChanged,
                           ev::StatusEnded>;

/// Events of one record, in order.
struct EventBatch {
    RecordKey record;
    std::vector<Event> events;
};
using EventBatchPtr = std::shared_ptr<const EventBatch>;

} // namespace layerline
