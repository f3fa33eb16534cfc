// What the history keeps of a build, as plain values.
#pragma once

#include "domain/blob_kind.h"
#include "domain/build.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// Storage does not look inside any of them.
const char* toString(BlobKind kind);
std::optional<BlobKind> parseBlobKind(std::string_view text);

/// A blob on its way in. An empty `ref.digest` is filled in; any other must match the bytes.
struct NewBlob {
    BlobKind kind = BlobKind::Record;
    std::string name; ///< tells several of one kind apart
    BlobRef ref;
    std::shared_ptr<const std::string> bytes;
};

/// A blob the history has.
struct StoredBlob {
    BlobKind kind = BlobKind::Record;
    std::string name;
    BlobRef ref;
    friend bool operator==(const StoredBlob&, const StoredBlob&) = default;
};

/// One history record as a list shows it, without opening a blob.
struct HistoryEntry {
    RecordKey key;
    std::string builder;
    std::string node;
    std::string name;
    BuildStatus status = BuildStatus::Running;
    OptionalTime created;
    OptionalTime completed;
    std::int32_t generation = 0;
    std::int32_t totalSteps = 0;
    std::int32_t completedSteps = 0;
    std::int32_t cachedSteps = 0;
    bool pinned = false;
    std::string group;               ///< bake call
    bool removedOnBuilder = false;   ///< only we still have it
    SourceKind source = SourceKind::BuildKit;
    // What the record itself does not say and is lost when the builder is.
    std::vector<Platform> workerPlatforms;
    std::optional<LocalState> localState;
    std::vector<Platform> platforms; ///< built for; for lists, a loaded build counts its own

    std::vector<StoredBlob> blobs;   ///< filled by queries, ignored when storing
    bool has(BlobKind kind) const;
};

/// The entry of one record of a build.
HistoryEntry historyEntry(const Build& build, const Record& record);
/// What the entry knows, as an event: enough for a line in a list. Of a loaded build apply it before those of the blobs,
/// which know better in everything but builder, node, worker platforms and local state.
ev::RecordUpdated recordInfo(const HistoryEntry& entry);
/// recordInfo() and, where it applies, that the builder forgot the record and that nobody saw its end (status lost).
std::vector<Event> historyEvents(const HistoryEntry& entry);

/// What to keep. Pinned builds are exempt and do not count. 0 = no limit.
struct Retention {
    std::int64_t maxBuilds = 2000;
    Duration maxAge{};
    std::int64_t maxBytes = 8ll << 30; ///< of blobs
};

/// $LAYERLINE_HISTORY, else $XDG_STATE_HOME/layerline, else ~/.local/state/layerline. Empty when there is no home.
std::string defaultHistoryFolder();

} // namespace layerline
