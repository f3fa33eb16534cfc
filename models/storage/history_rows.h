// Rows of the tables and back. Each row carries a checksum over all it says, its key included: SQLite's own checks miss
// more than half of all random damage, and a row that names the wrong blob must never be believed.
#pragma once

#include "storage/history_types.h"
#include "storage/sql_connection.h"

#include <string>

namespace layerline {

/// A row of `builds`.
struct BuildRow {
    HistoryEntry entry;
    std::int64_t stored = 0; ///< ns, when it was written: the newest of several copies wins in a salvage
    std::string checksum;
    bool sound() const;
};

/// A row of `blobs`.
struct BlobRow {
    RecordKey key;
    StoredBlob blob;
    std::int64_t stored = 0;
    std::string checksum;
    bool sound() const;
};

/// Names of the columns in the order read...Row() wants them, which is that of the tables' definition.
QString buildColumns();
QString blobColumns();
/// Fields of one row by the number of their column, wherever the row was found. What is not there or of another type is
/// "" or 0.
class RowFields {
public:
    virtual ~RowFields() = default;
    virtual std::string text(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual OptionalTime time(int column) const = 0;
};
BuildRow readBuildRow(const RowFields& fields);
BlobRow readBlobRow(const RowFields& fields);
BuildRow readBuildRow(const QSqlQuery& query);
BlobRow readBlobRow(const QSqlQuery& query);

/// Insert or replace the row of its key; the checksum is made here.
Result<void> writeBuildRow(SqlConnection& connection, const HistoryEntry& entry, std::int64_t stored);
Result<void> writeBlobRow(SqlConnection& connection, const RecordKey& key, const StoredBlob& blob, std::int64_t stored);

/// What a row holds beyond its columns, as JSON; "" when there is nothing.
std::string extraOf(const HistoryEntry& entry);
/// Reads it back into the entry; what is malformed is left out.
void applyExtra(HistoryEntry& entry, const std::string& extra);
std::optional<BuildStatus> parseBuildStatus(std::string_view text);
/// Text as the database returns it: valid UTF-8 without NUL, at most `limit` bytes.
std::string storableText(const std::string& text, std::size_t limit = 4096);
/// The entry with all its texts storable.
HistoryEntry storable(HistoryEntry entry);

} // namespace layerline
