#include "storage/history_schema.h"

#include "domain/clock.h"

#include <QStringList>

namespace layerline {

namespace {

/// Statements that lead from revision index to index + 1. Never change one that was released.
const QList<QStringList>& steps()
{
    static const QList<QStringList> all{
        {QStringLiteral("CREATE TABLE builds ("
                        "id INTEGER PRIMARY KEY, worker TEXT NOT NULL, ref TEXT NOT NULL, builder TEXT NOT NULL, node TEXT NOT NULL, "
                        "name TEXT NOT NULL, status TEXT NOT NULL, created INTEGER, completed INTEGER, generation INTEGER NOT NULL, "
                        "total_steps INTEGER NOT NULL, completed_steps INTEGER NOT NULL, cached_steps INTEGER NOT NULL, "
                        "pinned INTEGER NOT NULL, group_ref TEXT NOT NULL, stored INTEGER NOT NULL, checksum TEXT NOT NULL, "
                        "UNIQUE (worker, ref))"),
         QStringLiteral("CREATE TABLE blobs ("
                        "id INTEGER PRIMARY KEY, worker TEXT NOT NULL, ref TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, "
                        "digest TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL, stored INTEGER NOT NULL, "
                        "checksum TEXT NOT NULL, UNIQUE (worker, ref, kind, name))")},
        // What is lost with the builder, and whether it is lost.
        {QStringLiteral("ALTER TABLE builds ADD COLUMN removed_on_builder INTEGER NOT NULL DEFAULT 0"),
         QStringLiteral("ALTER TABLE builds ADD COLUMN extra TEXT NOT NULL DEFAULT ''"),
         QStringLiteral("CREATE INDEX builds_created ON builds (created)"), QStringLiteral("CREATE INDEX builds_ref ON builds (ref)"),
         QStringLiteral("CREATE INDEX blobs_digest ON blobs (digest)")}};
    return all;
}

Result<void> applyStep(SqlConnection& connection, int revision)
{
    for (const QString& statement : steps()[revision - 1]) {
        if (auto done = connection.run(statement); !done)
            return done.error();
    }
    auto noted = connection.run(QStringLiteral("INSERT INTO migrations (revision, applied) VALUES (?, ?)"),
                                {revision, QString::fromStdString(formatRfc3339(SystemClock().now()))});
    if (!noted)
        return noted.error();
    return {};
}

} // namespace

Result<int> historyRevision(SqlConnection& connection)
{
    auto present = connection.single(QStringLiteral("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"));
    if (!present)
        return present.error();
    if (present->toInt() == 0)
        return 0;
    auto newest = connection.single(QStringLiteral("SELECT max(revision) FROM migrations"));
    if (!newest)
        return newest.error();
    return newest->toInt();
}

Result<void> migrateHistory(SqlConnection& connection, int to)
{
    static_assert(newestHistoryRevision == 2, "add the statements of the new revision above");
    for (;;) {
        // Looked up inside the transaction: another process may be doing the same.
        SqlTransaction transaction(connection);
        if (auto begun = transaction.begin(); !begun)
            return begun;
        const auto revision = historyRevision(connection);
        if (!revision)
            return revision.error();
        if (*revision > newestHistoryRevision || *revision < 0)
            return Error{ErrorKind::Unsupported, "history database has revision " + std::to_string(*revision) + ", newest known is "
                                                     + std::to_string(newestHistoryRevision)};
        if (*revision >= to)
            return {};
        if (*revision == 0) {
            auto made = connection.run(QStringLiteral("CREATE TABLE IF NOT EXISTS migrations (revision INTEGER PRIMARY KEY, applied TEXT NOT NULL)"));
            if (!made)
                return made.error();
        }
        if (auto done = applyStep(connection, *revision + 1); !done)
            return done;
        if (auto done = transaction.commit(); !done)
            return done;
    }
}

} // namespace layerline
