#include "storage/history_database.h"

#include "domain/clock.h"
#include "storage/history_rows.h"
#include "storage/history_schema.h"
#include "storage/salvage.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <filesystem>
#include <set>

#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

namespace {

constexpr int lockWaitMs = 5000;

std::string asidePrefix(const std::string& path) { return path + ".damaged-"; }

/// "PATH.damaged-20251204T082057Z", with a number behind it when that exists.
std::string asideName(const std::string& path)
{
    std::string stamp = formatRfc3339({SystemClock().now().ns / 1'000'000'000 * 1'000'000'000});
    stamp.erase(std::remove_if(stamp.begin(), stamp.end(), [](char c) { return c == '-' || c == ':'; }), stamp.end());
    const std::string base = asidePrefix(path) + stamp;
    std::string name = base;
    for (int i = 2; ::access(name.c_str(), F_OK) == 0; ++i)
        name = base + '-' + std::to_string(i);
    return name;
}

/// Fields of `stored` that the new entry says nothing about stay.
HistoryEntry merged(HistoryEntry entry, const HistoryEntry& stored)
{
    const auto keep = [](std::string& field, const std::string& old) {
        if (field.empty())
            field = old;
    };
    keep(entry.builder, stored.builder);
    keep(entry.node, stored.node);
    keep(entry.name, stored.name);
    keep(entry.group, stored.group);
    if (!entry.created)
        entry.created = stored.created;
    if (!entry.completed)
        entry.completed = stored.completed;
    if (entry.workerPlatforms.empty())
        entry.workerPlatforms = stored.workerPlatforms;
    if (entry.platforms.empty())
        entry.platforms = stored.platforms;
    if (!entry.localState)
        entry.localState = stored.localState;
    return entry;
}

} // namespace

Error DamageReport::error() const
{
    return {ErrorKind::Corrupt, "the history database was damaged; " + std::to_string(builds) + " builds with " + std::to_string(blobs)
                                    + " files were saved into a new one, the damaged one is " + setAside};
}

Result<void> HistoryDatabase::open()
{
    if (m_paths.folder.empty())
        return Error{ErrorKind::NotFound, "no folder for the history: neither LAYERLINE_HISTORY nor HOME is set"};
    if (auto made = makePrivateFolder(m_paths.folder); !made)
        return made;
    auto lock = lockFile(m_paths.lock(), LockMode::Shared, lockWaitMs);
    if (!lock)
        return lock.error();
    m_lock = std::move(*lock);
    if (auto ready = m_blobs.prepare(); !ready)
        return ready;
    auto opened = openConnection();
    if (!opened && m_connection.damaged())
        return repair();
    return opened;
}

void HistoryDatabase::close()
{
    m_connection.close();
    m_lock = FileHandle();
}

Result<void> HistoryDatabase::openConnection()
{
    // SQLite gives its -wal and -shm files the rights of the database.
    if (auto made = makePrivateFile(m_paths.database()); !made)
        return made;
    if (auto opened = m_connection.open(m_paths.database(), SqlConnection::Mode::ReadWrite); !opened)
        return opened;
    if (auto whole = checkWhole(); !whole)
        return whole;
    return migrateHistory(m_connection);
}

Result<void> HistoryDatabase::checkWhole()
{
    auto verdict = m_connection.single(QStringLiteral("PRAGMA integrity_check(1)"));
    if (!verdict)
        return verdict.error();
    if (verdict->toString() == QLatin1String("ok"))
        return {};
    m_connection.setDamaged();
    return Error{ErrorKind::Corrupt, "history database: " + verdict->toString().toStdString()};
}

Result<void> HistoryDatabase::repair()
{
    m_connection.close();
    m_lock = FileHandle();
    auto exclusive = lockFile(m_paths.lock(), LockMode::Exclusive, lockWaitMs);
    if (!exclusive)
        return Error{ErrorKind::Corrupt, "the history database is damaged and can't be repaired while another Layerline uses it", true};
    // Another process may have done it while we waited.
    Result<void> done = openConnection();
    if (!done && m_connection.damaged())
        done = startFresh();
    if (auto shared = shareLock(*exclusive); !shared && done)
        done = shared;
    m_lock = std::move(*exclusive);
    return done;
}

Result<void> HistoryDatabase::startFresh()
{
    m_connection.close();
    DamageReport report;
    const std::string database = m_paths.database();
    const std::string fresh = database + ".fresh";
    report.setAside = asideName(database);
    const auto saved = salvageHistory(database, m_blobs);
    if (!saved)
        return saved.error();
    if (auto written = writeFresh(fresh, *saved); !written)
        return written;
    // The new file takes the place in one step, so that a crash leaves either of the two. The log must be gone before:
    // SQLite would play it into the new file.
    for (const char* part : {"", "-wal"}) {
        if (::link((database + part).c_str(), (report.setAside + part).c_str()) != 0 && errno != ENOENT)
            return systemError("cannot set aside", database + part);
    }
    (void)::unlink((database + "-wal").c_str());
    (void)::unlink((database + "-shm").c_str());
    if (::rename(fresh.c_str(), database.c_str()) != 0)
        return systemError("cannot replace", database);
    if (auto synced = syncFolder(m_paths.folder); !synced)
        return synced;
    report.builds = saved->builds.size();
    report.blobs = saved->blobs.size();
    m_damage = report;
    return openConnection();
}

Result<void> HistoryDatabase::writeFresh(const std::string& path, const Salvaged& saved)
{
    for (const char* part : {"", "-wal", "-shm"})
        (void)::unlink((path + part).c_str()); // of an earlier attempt
    if (auto made = makePrivateFile(path); !made)
        return made;
    SqlConnection connection;
    if (auto opened = connection.open(path, SqlConnection::Mode::ReadWrite); !opened)
        return opened;
    if (auto migrated = migrateHistory(connection); !migrated)
        return migrated;
    SqlTransaction transaction(connection);
    if (auto begun = transaction.begin(); !begun)
        return begun;
    for (const BuildRow& row : saved.builds) {
        if (auto done = writeBuildRow(connection, row.entry, row.stored); !done)
            return done;
    }
    for (const BlobRow& row : saved.blobs) {
        if (auto done = writeBlobRow(connection, row.key, row.blob, row.stored); !done)
            return done;
    }
    return transaction.commit(); // closing plays the log into the file and removes it
}

Result<void> HistoryDatabase::transaction(const std::function<Result<void>()>& work)
{
    SqlTransaction transaction(m_connection);
    if (auto begun = transaction.begin(); !begun)
        return begun;
    if (auto done = work(); !done)
        return done;
    return transaction.commit();
}

Result<void> HistoryDatabase::part(const std::function<Result<void>()>& work)
{
    if (auto begun = m_connection.run(QStringLiteral("SAVEPOINT part")); !begun)
        return begun.error();
    auto done = work();
    if (!done)
        (void)m_connection.run(QStringLiteral("ROLLBACK TO part"));
    if (auto released = m_connection.run(QStringLiteral("RELEASE part")); !released && done)
        return released.error();
    return done;
}

Result<std::optional<HistoryEntry>> HistoryDatabase::find(const RecordKey& key)
{
    auto query = m_connection.run(QStringLiteral("SELECT %1 FROM builds WHERE worker = ? AND ref = ?").arg(buildColumns()),
                                  {QString::fromStdString(key.worker), QString::fromStdString(key.ref)});
    if (!query)
        return query.error();
    std::optional<HistoryEntry> entry;
    if (query->next()) {
        const BuildRow row = readBuildRow(*query);
        if (row.sound())
            entry = row.entry;
    }
    if (auto sound = m_connection.check(*query); !sound)
        return sound.error();
    return entry;
}

Result<void> HistoryDatabase::storeBuild(const HistoryEntry& given, const std::vector<NewBlob>& blobs, Timestamp now)
{
    HistoryEntry entry = storable(given);
    if (entry.key.ref.empty())
        return Error{ErrorKind::BadInput, "a build without a reference can't be kept"};
    const auto stored = find(entry.key);
    if (!stored)
        return stored.error();
    const bool older = *stored && (*stored)->generation > entry.generation;
    if (!older) {
        if (*stored)
            entry = merged(std::move(entry), **stored);
        if (auto done = writeBuildRow(m_connection, entry, now.ns); !done)
            return done;
    }
    for (const NewBlob& blob : blobs) {
        if (older && blob.kind == BlobKind::Record)
            continue;
        if (auto done = storeBlob(entry.key, blob, now); !done)
            return done;
    }
    return {};
}

Result<void> HistoryDatabase::storeBlob(const RecordKey& given, const NewBlob& blob, Timestamp now)
{
    const RecordKey key{storableText(given.worker), storableText(given.ref)};
    const auto stored = find(key);
    if (!stored)
        return stored.error();
    if (!*stored)
        return Error{ErrorKind::NotFound, "build " + key.ref + " is not in the history"};
    if (!blob.bytes)
        return Error{ErrorKind::BadInput, "blob without bytes"};
    if (blob.ref.size != 0 && blob.ref.size != std::int64_t(blob.bytes->size()))
        return Error{ErrorKind::Corrupt, "blob " + blob.ref.digest + " is not " + std::to_string(blob.ref.size) + " bytes long"};
    auto digest = m_blobs.put(*blob.bytes, blob.ref.digest);
    if (!digest)
        return digest.error();
    const StoredBlob row{blob.kind, storableText(blob.name),
                         {storableText(blob.ref.mediaType), *digest, std::int64_t(blob.bytes->size())}};
    return writeBlobRow(m_connection, key, row, now.ns);
}

Result<void> HistoryDatabase::change(const RecordKey& key, Timestamp now, const std::function<void(HistoryEntry&)>& edit)
{
    auto stored = find({storableText(key.worker), storableText(key.ref)});
    if (!stored)
        return stored.error();
    if (!*stored)
        return Error{ErrorKind::NotFound, "build " + key.ref + " is not in the history"};
    HistoryEntry entry = **stored;
    edit(entry);
    return writeBuildRow(m_connection, entry, now.ns);
}

Result<void> HistoryDatabase::setRemovedOnBuilder(const RecordKey& key, Timestamp now)
{
    return change(key, now, [](HistoryEntry& entry) { entry.removedOnBuilder = true; });
}

Result<void> HistoryDatabase::setPinned(const RecordKey& key, bool pinned, Timestamp now)
{
    return change(key, now, [pinned](HistoryEntry& entry) { entry.pinned = pinned; });
}

Result<void> HistoryDatabase::remove(const RecordKey& key)
{
    const QVariantList values{QString::fromStdString(storableText(key.worker)), QString::fromStdString(storableText(key.ref))};
    for (const QString& table : {QStringLiteral("blobs"), QStringLiteral("builds")}) {
        if (auto done = m_connection.run(QStringLiteral("DELETE FROM %1 WHERE worker = ? AND ref = ?").arg(table), values); !done)
            return done.error();
    }
    return {};
}

Result<std::size_t> HistoryDatabase::prune(const Retention& retention, Timestamp now)
{
    auto query = m_connection.run(QStringLiteral(
        "SELECT worker, ref, coalesce(created, stored), (SELECT total(size) FROM blobs WHERE blobs.worker = builds.worker AND blobs.ref = builds.ref) "
        "FROM builds WHERE pinned = 0 ORDER BY 3 DESC"));
    if (!query)
        return query.error();
    std::vector<RecordKey> surplus;
    std::int64_t kept = 0;
    double bytes = 0;
    while (query->next()) {
        const Duration age = now - Timestamp{query->value(2).toLongLong()};
        bytes += query->value(3).toDouble();
        ++kept;
        if ((retention.maxBuilds > 0 && kept > retention.maxBuilds) || (retention.maxAge.ns > 0 && age > retention.maxAge)
            || (retention.maxBytes > 0 && bytes > double(retention.maxBytes) && kept > 1))
            surplus.push_back({query->value(0).toString().toStdString(), query->value(1).toString().toStdString()});
    }
    if (auto sound = m_connection.check(*query); !sound)
        return sound.error();
    query = QSqlQuery(); // no reader may be open while rows go
    for (const RecordKey& key : surplus) {
        if (auto done = remove(key); !done)
            return done.error();
    }
    return surplus.size();
}

Result<std::size_t> HistoryDatabase::collectGarbage()
{
    if (keptAside())
        return std::size_t(0);
    auto query = m_connection.run(QStringLiteral("SELECT %1 FROM blobs").arg(blobColumns()));
    if (!query)
        return query.error();
    std::set<std::string> named;
    while (query->next()) {
        const BlobRow row = readBlobRow(*query);
        if (!row.sound())
            return std::size_t(0);
        named.insert(row.blob.ref.digest);
    }
    if (auto sound = m_connection.check(*query); !sound)
        return sound.error();
    query = QSqlQuery();
    // Rows may be missing because of damage nobody noticed yet; this check compares the tables with their indexes.
    auto verdict = m_connection.single(QStringLiteral("PRAGMA integrity_check(1)"));
    if (!verdict)
        return verdict.error();
    if (verdict->toString() != QLatin1String("ok")) {
        m_connection.setDamaged();
        return Error{ErrorKind::Corrupt, "history database: " + verdict->toString().toStdString()};
    }
    return m_blobs.collect([&named](const std::string& digest) { return named.count(digest) > 0; });
}

bool HistoryDatabase::keptAside() const
{
    constexpr std::int64_t keepSeconds = 30 * 24 * 3600;
    const std::string prefix = std::filesystem::path(asidePrefix(m_paths.database())).filename().string();
    bool kept = false;
    std::error_code error;
    for (std::filesystem::directory_iterator it(m_paths.folder, error), end; !error && it != end; it.increment(error)) {
        struct stat info {};
        if (!it->path().filename().string().starts_with(prefix) || ::lstat(it->path().c_str(), &info) != 0)
            continue;
        if (info.st_ctime < std::time(nullptr) - keepSeconds)
            ::unlink(it->path().c_str());
        else
            kept = true;
    }
    return kept;
}

} // namespace layerline
