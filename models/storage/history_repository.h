// Reads the history.
#pragma once

#include "domain/result.h"
#include "storage/history_types.h"

#include <string>
#include <vector>

namespace layerline {

/// Usable from any thread and beside a writer, in this or another process: every call opens the database for itself
/// (about a millisecond). Reading blobs takes as long as hashing them: keep load() off the GUI thread.
class HistoryRepository {
public:
    explicit HistoryRepository(std::string folder) : m_folder(std::move(folder)) {}

    /// Newest first, started strictly before `before` when given. A folder without a history is an empty one. Rows that
    /// are damaged are left out; Corrupt when the database can't be read at all.
    Result<std::vector<HistoryEntry>> list(int limit, OptionalTime before = {}) const;
    /// All nodes' records of a reference.
    Result<std::vector<HistoryEntry>> findByRef(const std::string& ref) const;
    /// NotFound when it is not there or its row is damaged.
    Result<HistoryEntry> find(const RecordKey& key) const;

    struct LoadedBlob {
        StoredBlob blob;
        std::string bytes;
    };
    struct Loaded {
        HistoryEntry entry;
        std::vector<LoadedBlob> blobs; ///< verified
        std::vector<Error> problems;   ///< one for each blob that is missing or damaged
    };
    Result<Loaded> load(const RecordKey& key) const;
    /// One blob, verified: Corrupt when it is damaged.
    Result<std::string> blob(const StoredBlob& blob) const;
    /// The path of its file after verifying it, for a status log one does not want in memory.
    Result<std::string> blobPath(const StoredBlob& blob) const;

    struct Statistics {
        std::int64_t builds = 0;
        std::int64_t bytes = 0; ///< of blobs, shared ones counted once
    };
    Result<Statistics> statistics() const;

private:
    std::string m_folder;
};

} // namespace layerline
