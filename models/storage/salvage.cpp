#include "storage/salvage.h"

#include "storage/page_carver.h"

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

namespace layerline {

namespace {

using BlobKey = std::tuple<RecordKey, BlobKind, std::string>;

std::string readWhole(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string text(const CarvedRow& row, std::size_t column)
{
    const auto* value = column < row.size() ? std::get_if<std::string>(&row[column]) : nullptr;
    return value ? *value : std::string();
}

std::int64_t integer(const CarvedRow& row, std::size_t column)
{
    const auto* value = column < row.size() ? std::get_if<std::int64_t>(&row[column]) : nullptr;
    return value ? *value : 0;
}

OptionalTime time(const CarvedRow& row, std::size_t column)
{
    const auto* value = column < row.size() ? std::get_if<std::int64_t>(&row[column]) : nullptr;
    return value ? OptionalTime(Timestamp{*value}) : OptionalTime();
}

/// Columns in the order of the tables' definition (history_schema.cpp); column 0 is the row id.
BuildRow buildRow(const CarvedRow& row)
{
    BuildRow out;
    HistoryEntry& entry = out.entry;
    entry.key = {text(row, 1), text(row, 2)};
    entry.builder = text(row, 3);
    entry.node = text(row, 4);
    entry.name = text(row, 5);
    const auto status = parseBuildStatus(text(row, 6));
    entry.status = status.value_or(BuildStatus::Lost);
    entry.created = time(row, 7);
    entry.completed = time(row, 8);
    entry.generation = std::int32_t(integer(row, 9));
    entry.totalSteps = std::int32_t(integer(row, 10));
    entry.completedSteps = std::int32_t(integer(row, 11));
    entry.cachedSteps = std::int32_t(integer(row, 12));
    entry.pinned = integer(row, 13) == 1;
    entry.group = text(row, 14);
    out.stored = integer(row, 15);
    if (status)
        out.checksum = text(row, 16);
    entry.removedOnBuilder = integer(row, 17) == 1;
    applyExtra(entry, text(row, 18));
    return out;
}

BlobRow blobRow(const CarvedRow& row)
{
    BlobRow out;
    out.key = {text(row, 1), text(row, 2)};
    const auto kind = parseBlobKind(text(row, 3));
    out.blob.kind = kind.value_or(BlobKind::Trace);
    out.blob.name = text(row, 4);
    out.blob.ref = {text(row, 6), text(row, 5), integer(row, 7)};
    out.stored = integer(row, 8);
    if (kind)
        out.checksum = text(row, 9);
    return out;
}

template <class Row, class Key>
void keepNewest(std::map<Key, Row>& rows, const Key& key, Row row)
{
    if (!row.sound())
        return;
    const auto [place, added] = rows.try_emplace(key, row);
    if (!added && place->second.stored < row.stored)
        place->second = std::move(row);
}

} // namespace

Salvaged salvageHistory(const std::string& database, const BlobStore& store)
{
    constexpr std::size_t buildColumnsOfRevision1 = 17, blobColumnCount = 10;
    std::map<RecordKey, BuildRow> builds;
    std::map<BlobKey, BlobRow> blobs;
    const std::string file = readWhole(database);
    const std::string log = readWhole(database + "-wal");
    carveRows(file, log, [&](const CarvedRow& row) {
        if (row.size() == blobColumnCount) {
            BlobRow found = blobRow(row);
            const BlobKey key{found.key, found.blob.kind, found.blob.name};
            keepNewest(blobs, key, std::move(found));
        } else if (row.size() >= buildColumnsOfRevision1) {
            BuildRow found = buildRow(row);
            const RecordKey key = found.entry.key;
            keepNewest(builds, key, std::move(found));
        }
    });
    Salvaged out;
    std::set<RecordKey> present;
    for (auto& [key, row] : blobs) {
        if (store.sizeOf(row.blob.ref.digest) != row.blob.ref.size)
            continue;
        if (builds.count(row.key) == 0) {
            if (row.blob.kind != BlobKind::Record)
                continue;
            BuildRow lost;
            lost.entry.key = row.key;
            lost.entry.status = BuildStatus::Lost;
            lost.stored = row.stored;
            builds.emplace(row.key, std::move(lost));
        }
        present.insert(row.key);
        out.blobs.push_back(std::move(row));
    }
    for (auto& [key, row] : builds) {
        if (present.count(key) > 0)
            out.builds.push_back(std::move(row));
    }
    return out;
}

} // namespace layerline
