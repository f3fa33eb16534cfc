// The history's writing side: one connection, used by one thread (HistoryWriter's).
#pragma once

#include "storage/blob_store.h"
#include "storage/history_types.h"
#include "storage/private_files.h"
#include "storage/sql_connection.h"

#include <functional>
#include <string>
#include <vector>

namespace layerline {

/// Where things are in the history's folder.
struct HistoryPaths {
    std::string folder;
    std::string database() const { return folder + "/history.db"; }
    std::string blobs() const { return folder + "/blobs"; }
    /// Held shared by everyone who has the database open, exclusively while it is replaced.
    std::string lock() const { return folder + "/history.lock"; }
};

struct Salvaged;

/// What became of a damaged database.
struct DamageReport {
    std::string setAside;      ///< path the damaged file was moved to
    std::size_t builds = 0;    ///< salvaged
    std::size_t blobs = 0;
    Error error() const;       ///< the one sentence to report
};

class HistoryDatabase {
public:
    explicit HistoryDatabase(std::string folder) : m_paths{std::move(folder)}, m_blobs(m_paths.blobs()) {}

    /// Opens or makes it and brings it to the newest revision. A damaged one is set aside, salvaged and replaced; the
    /// report is in damage() then.
    Result<void> open();
    void close();
    /// Sets the present file aside, starts a fresh one and brings over what can be read.
    Result<void> repair();
    /// The report of the last repair; cleared by this.
    std::optional<DamageReport> takeDamage() { return std::exchange(m_damage, {}); }
    bool damaged() const { return m_connection.damaged(); }

    // Call the following inside transaction().
    /// Inserts or updates the build and adds the blobs. An entry with a lower generation than the stored one is ignored;
    /// empty fields do not erase.
    Result<void> storeBuild(const HistoryEntry& entry, const std::vector<NewBlob>& blobs, Timestamp now);
    /// Adds or replaces one blob. NotFound when the build is not stored.
    Result<void> storeBlob(const RecordKey& key, const NewBlob& blob, Timestamp now);
    Result<void> setRemovedOnBuilder(const RecordKey& key, Timestamp now);
    Result<void> setPinned(const RecordKey& key, bool pinned, Timestamp now);
    Result<void> remove(const RecordKey& key);
    /// Removes what the retention does not keep. Returns how many builds.
    Result<std::size_t> prune(const Retention& retention, Timestamp now);
    /// Removes blob files no row names. Does nothing while a row is unreadable or a damaged database is kept aside: it
    /// might be the one that names them. One kept aside is removed after 30 days.
    Result<std::size_t> collectGarbage();

    /// Runs `work` between BEGIN IMMEDIATE and COMMIT.
    Result<void> transaction(const std::function<Result<void>()>& work);
    /// Runs `work` so that a failure undoes only this part of the transaction.
    Result<void> part(const std::function<Result<void>()>& work);

    const HistoryPaths& paths() const { return m_paths; }

private:
    Result<void> openConnection();
    Result<void> checkWhole();
    Result<void> startFresh();
    bool keptAside() const;
    static Result<void> writeFresh(const std::string& path, const Salvaged& saved);
    Result<std::optional<HistoryEntry>> find(const RecordKey& key);
    Result<void> change(const RecordKey& key, Timestamp now, const std::function<void(HistoryEntry&)>& edit);

    HistoryPaths m_paths;
    BlobStore m_blobs;
    SqlConnection m_connection;
    FileHandle m_lock;
    std::optional<DamageReport> m_damage;
};

} // namespace layerline
