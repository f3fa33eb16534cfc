#include "storage/history_repository.h"

#include "storage/blob_store.h"
#include "storage/history_database.h"
#include "storage/history_rows.h"
#include "storage/history_schema.h"
#include "storage/private_files.h"
#include "storage/sql_connection.h"

#include <cerrno>
#include <cstring>
#include <limits>
#include <map>

#include <unistd.h>

namespace layerline {

namespace {

/// The database for the time of one call. Holding the lock keeps a repair from replacing the file underneath.
struct Reading {
    FileHandle lock;
    SqlConnection connection;
    bool absent = false; ///< there is no history yet

    Result<void> open(const HistoryPaths& paths)
    {
        if (::access(paths.database().c_str(), F_OK) != 0) {
            absent = errno == ENOENT;
            return absent ? Result<void>() : Error{ErrorKind::Permission, paths.database() + ": " + std::strerror(errno), false};
        }
        auto shared = lockFile(paths.lock(), LockMode::Shared, 2000);
        if (!shared)
            return shared.error();
        lock = std::move(*shared);
        if (auto opened = connection.open(paths.database(), SqlConnection::Mode::ReadOnly, 2000); !opened)
            return opened;
        const auto revision = historyRevision(connection);
        if (!revision)
            return revision.error();
        absent = *revision == 0;
        if (*revision > newestHistoryRevision)
            return Error{ErrorKind::Unsupported, "history database has revision " + std::to_string(*revision) + ", newest known is " + std::to_string(newestHistoryRevision)};
        if (absent || *revision == newestHistoryRevision)
            return {};
        // Left by an older Layerline, and no writer came by since.
        if (auto opened = connection.open(paths.database(), SqlConnection::Mode::ReadWrite, 2000); !opened)
            return opened;
        return migrateHistory(connection);
    }

    /// One query for all of them: `rest` selects the same builds again.
    Result<void> addBlobs(std::vector<HistoryEntry>& entries, const QString& rest, const QVariantList& values)
    {
        auto query = connection.run(QStringLiteral("SELECT %1 FROM blobs WHERE (worker, ref) IN (SELECT worker, ref FROM builds %2)")
                                        .arg(blobColumns(), rest), values);
        if (!query)
            return query.error();
        std::map<RecordKey, std::map<std::pair<BlobKind, std::string>, StoredBlob>> sorted;
        while (query->next()) {
            const BlobRow row = readBlobRow(*query);
            if (row.sound())
                sorted[row.key][{row.blob.kind, row.blob.name}] = row.blob;
        }
        if (auto sound = connection.check(*query); !sound)
            return sound;
        for (HistoryEntry& entry : entries) {
            for (auto& [name, blob] : sorted[entry.key])
                entry.blobs.push_back(blob);
        }
        return {};
    }

    Result<std::vector<HistoryEntry>> entries(const QString& rest, const QVariantList& values)
    {
        std::vector<HistoryEntry> out;
        if (absent)
            return out;
        auto query = connection.run(QStringLiteral("SELECT %1 FROM builds %2").arg(buildColumns(), rest), values);
        if (!query)
            return query.error();
        while (query->next()) {
            const BuildRow row = readBuildRow(*query);
            if (row.sound())
                out.push_back(row.entry);
        }
        if (auto sound = connection.check(*query); !sound)
            return sound.error();
        query = QSqlQuery();
        if (auto added = addBlobs(out, rest, values); !added)
            return added.error();
        return out;
    }
};

} // namespace

Result<std::vector<HistoryEntry>> HistoryRepository::list(int limit, OptionalTime before) const
{
    Reading reading;
    if (auto opened = reading.open({m_folder}); !opened)
        return opened.error();
    const qint64 end = before ? before->ns : std::numeric_limits<qint64>::max();
    auto found = reading.entries(QStringLiteral("WHERE coalesce(created, stored) < ? ORDER BY coalesce(created, stored) DESC, id DESC LIMIT ?"),
                                 {end, limit});
    // A file is written before the row that names it, but not minutes before.
    constexpr std::int64_t justWritten = 120;
    if (found && found->empty() && !before && limit > 0) {
        if (const std::size_t files = BlobStore(HistoryPaths{m_folder}.blobs()).countOlderThan(justWritten); files > 0)
            return Error{ErrorKind::Corrupt, "its database names no build, although " + std::to_string(files) + " files of builds lie beside it; SQLite reports no fault: "
                                                 "it passes over what is cut off at the end of its log (history.db-wal)", false};
    }
    return found;
}

Result<std::vector<HistoryEntry>> HistoryRepository::findByRef(const std::string& ref) const
{
    Reading reading;
    if (auto opened = reading.open({m_folder}); !opened)
        return opened.error();
    return reading.entries(QStringLiteral("WHERE ref = ? ORDER BY worker"), {QString::fromStdString(storableText(ref))});
}

Result<HistoryEntry> HistoryRepository::find(const RecordKey& key) const
{
    Reading reading;
    if (auto opened = reading.open({m_folder}); !opened)
        return opened.error();
    auto found = reading.entries(QStringLiteral("WHERE worker = ? AND ref = ?"),
                                 {QString::fromStdString(storableText(key.worker)), QString::fromStdString(storableText(key.ref))});
    if (!found)
        return found.error();
    if (found->empty())
        return Error{ErrorKind::NotFound, "build " + key.ref + " is not in the history"};
    return std::move(found->front());
}

Result<HistoryRepository::Loaded> HistoryRepository::load(const RecordKey& key) const
{
    auto entry = find(key);
    if (!entry)
        return entry.error();
    Loaded loaded{std::move(*entry), {}, {}};
    for (const StoredBlob& stored : loaded.entry.blobs) {
        auto bytes = blob(stored);
        if (bytes)
            loaded.blobs.push_back({stored, std::move(*bytes)});
        else
            loaded.problems.push_back(bytes.error());
    }
    return loaded;
}

Result<std::string> HistoryRepository::blob(const StoredBlob& blob) const
{
    return BlobStore(HistoryPaths{m_folder}.blobs()).get(blob.ref);
}

Result<std::string> HistoryRepository::blobPath(const StoredBlob& blob) const
{
    return BlobStore(HistoryPaths{m_folder}.blobs()).verifiedPath(blob.ref);
}

Result<HistoryRepository::Statistics> HistoryRepository::statistics() const
{
    Reading reading;
    if (auto opened = reading.open({m_folder}); !opened)
        return opened.error();
    Statistics out;
    if (reading.absent)
        return out;
    auto builds = reading.connection.single(QStringLiteral("SELECT count(*) FROM builds"));
    if (!builds)
        return builds.error();
    auto bytes = reading.connection.single(QStringLiteral("SELECT total(size) FROM (SELECT DISTINCT digest, size FROM blobs)"));
    if (!bytes)
        return bytes.error();
    out.builds = builds->toLongLong();
    out.bytes = std::int64_t(bytes->toDouble());
    return out;
}

} // namespace layerline
