// The state of one build, as the reducer leaves it. Plain values; read by models and views on the thread that owns it.
#pragma once

#include "domain/events.h"
#include "domain/log_buffer.h"
#include "domain/step_name.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace layerline {

enum class BuildStatus { Running, Completed, Failed, Canceled, Lost };
enum class StepState { Pending, Running, Completed, Cached, Failed, Canceled };
enum class CacheState { None, Cached, Imported, Joined };

const char* toString(BuildStatus status);  ///< "running", as in the JSON contract
const char* toString(StepState state);
const char* toString(CacheState state);
const char* toString(Execution execution);
const char* toString(SourceKind source);

/// One run of a step, by the builder's clock. Open while `completed` is empty.
struct Interval {
    Timestamp started;
    OptionalTime completed;
    friend bool operator==(const Interval&, const Interval&) = default;
};

struct Transfer {
    std::string id;
    std::string name;
    std::int64_t current = 0;
    std::int64_t total = 0; ///< 0 = unknown
    OptionalTime started;
    OptionalTime completed;
    OptionalTime updated;
};

struct StagePosition {
    std::string stage;
    int index = 0; ///< 1-based
    int count = 0;
    friend bool operator==(const StagePosition&, const StagePosition&) = default;
};

struct Step {
    StepDigest digest;
    std::uint32_t record = 0;          ///< position in Build::records
    std::string name;                  ///< as announced
    StepName parsed;
    std::vector<StepDigest> inputs;
    std::vector<Interval> intervals;   ///< ordered by start
    std::string error;
    bool cachedFlag = false;           ///< BuildKit said cached at least once
    bool completedOnce = false;        ///< BuildKit said completed at least once
    bool imported = false;             ///< proved
    std::string group;
    bool groupWeak = false;
    std::vector<Transfer> transfers;
    std::uint64_t transfersFolded = 0; ///< statuses beyond the cap, counted only
    std::shared_ptr<LogBuffer> log = std::make_shared<LogBuffer>();
    std::optional<ev::ProvenanceRead::Step> provenance;

    // Derived by analyseGraph() whenever the structure changes.
    std::vector<StepIndex> inputSteps;
    std::vector<StepIndex> dependents;
    std::vector<Platform> neededBy;    ///< sorted; several = shared lane; empty = unknown
    std::optional<Platform> runsOn;
    Execution execution = Execution::Unknown;
    std::vector<StagePosition> stages; ///< the first is the one in the name
};

struct Record {
    RecordKey key;
    ev::RecordUpdated info;            ///< merged from all updates
    bool removed = false;
    bool lost = false;                 ///< connection lost while running
    std::string lostReason;
    std::int64_t clockSkewNs = 0;
    std::optional<Platform> builderPlatform; ///< from provenance
    std::vector<ev::ProvenanceRead> provenances;
    std::optional<SourceExcerpt> excerpt;
    std::set<std::string> reachedBy;   ///< builders through which the same engine is seen

    bool running() const { return !info.complete; }
    /// First platform of the worker, else what provenance says. Empty when unknown.
    std::optional<Platform> nativePlatform() const;
};

struct Build {
    BuildId id;
    bool anyCached = false;            ///< BuildKit found at least one step in its cache
    bool inferredGroup = false;        ///< records were merged by likeness (old buildx), not by a common ref
    std::vector<Record> records;
    std::vector<Step> steps;
    std::vector<ev::WarningRaised> warnings;
    std::vector<Platform> platforms;   ///< of the whole build, sorted; derived
    std::uint64_t revision = 0;        ///< grows with every change
    std::uint64_t structureRevision = 0;
    std::uint64_t analysedRevision = ~std::uint64_t(0);
    /// (record, digest) -> step
    std::vector<std::unordered_map<StepDigest, StepIndex>> stepByDigest;

    const Step& step(StepIndex index) const { return steps[raw(index)]; }
    Step& step(StepIndex index) { return steps[raw(index)]; }
    StepIndex find(std::uint32_t record, const StepDigest& digest) const;

    BuildStatus status() const;
    SourceKind source() const { return records.empty() ? SourceKind::BuildKit : records.front().info.source; }
    /// What a list shows: the image's tag, the bake target, the context's folder, or the ref.
    std::string name() const;
    std::string target() const;        ///< Dockerfile target, "" when default
    std::string contextName() const;   ///< the context as given: path, URL or ""
    std::string dockerfile() const;
    std::string groupRef() const;      ///< bake call this belongs to
    std::string ref() const { return records.empty() ? id.str() : records.front().key.ref; }
    /// Earliest CreatedAt, else the earliest start of a step (files without a record).
    OptionalTime started() const;
    OptionalTime completed() const;
    /// Latest time anything was reported, for sources without a record.
    OptionalTime lastActivity() const;
    const BuildError* error() const;
};

StepState stateOf(const Build& build, const Step& step);
CacheState cacheOf(const Build& build, const Step& step);
/// True when this step ran because a step below it did: an input ran, uncached. Never in a build without any cached
/// step: there was nothing to invalidate.
bool invalidatedByParent(const Build& build, const Step& step);
/// The builder's present, seen from our clock: the end of a finished build, the last sign of life of a lost one,
/// else `wall` corrected by the clock skew (a replay moves its position with the skew).
Timestamp nowOf(const Build& build, Timestamp wall);
/// Sum of the intervals, clamped to the build's start for joined steps; open ones count up to `now`.
Duration durationOf(const Build& build, const Step& step, Timestamp now);

} // namespace layerline
