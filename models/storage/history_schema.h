// The tables of the history and how older revisions become the newest.
#pragma once

#include "storage/sql_connection.h"

namespace layerline {

constexpr int newestHistoryRevision = 2;

/// Revision of the open database; 0 when it is empty.
Result<int> historyRevision(SqlConnection& connection);
/// Brings it to revision `to`, each step in a transaction of its own. Unsupported when it is newer than we know.
Result<void> migrateHistory(SqlConnection& connection, int to = newestHistoryRevision);

} // namespace layerline
