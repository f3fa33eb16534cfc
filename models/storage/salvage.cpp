#include "storage/salvage.h"

#include "storage/page_carver.h"
#include "storage/private_files.h"

#include <cerrno>
#include <map>
#include <set>
#include <tuple>

#include <fcntl.h>
#include <unistd.h>

namespace layerline {

namespace {

using BlobKey = std::tuple<RecordKey, BlobKind, std::string>;

/// "" for a file that is not there.
Result<std::string> readWhole(const std::string& path)
{
    const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok())
        return errno == ENOENT ? Result<std::string>(std::string()) : systemError("cannot read", path);
    std::string bytes;
    char buffer[1 << 16];
    for (;;) {
        const ssize_t count = ::read(file.get(), buffer, sizeof buffer);
        if (count == 0)
            return bytes;
        if (count > 0)
            bytes.append(buffer, std::size_t(count));
        else if (errno != EINTR)
            return systemError("cannot read", path);
    }
}

/// A row found in the pages of a file; its column 0 is the row id.
class CarvedFields final : public RowFields {
public:
    explicit CarvedFields(const CarvedRow& row) : m_row(row) {}
    std::string text(int column) const override
    {
        const auto* value = at<std::string>(column);
        return value ? *value : std::string();
    }
    std::int64_t integer(int column) const override
    {
        const auto* value = at<std::int64_t>(column);
        return value ? *value : 0;
    }
    OptionalTime time(int column) const override
    {
        const auto* value = at<std::int64_t>(column);
        return value ? OptionalTime(Timestamp{*value}) : OptionalTime();
    }

private:
    template <class Type>
    const Type* at(int column) const
    {
        const std::size_t place = std::size_t(column) + 1;
        return place < m_row.size() ? std::get_if<Type>(&m_row[place]) : nullptr;
    }

    const CarvedRow& m_row;
};

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

Result<Salvaged> salvageHistory(const std::string& database, const BlobStore& store)
{
    constexpr std::size_t buildColumnsOfRevision1 = 17, blobColumnCount = 10;
    std::map<RecordKey, BuildRow> builds;
    std::map<BlobKey, BlobRow> blobs;
    const auto file = readWhole(database);
    if (!file)
        return file.error();
    const auto log = readWhole(database + "-wal");
    if (!log)
        return log.error();
    carveRows(*file, *log, [&](const CarvedRow& row) {
        if (row.size() == blobColumnCount) {
            BlobRow found = readBlobRow(CarvedFields(row));
            const BlobKey key{found.key, found.blob.kind, found.blob.name};
            keepNewest(blobs, key, std::move(found));
        } else if (row.size() >= buildColumnsOfRevision1) {
            BuildRow found = readBuildRow(CarvedFields(row));
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
