// What can be saved from a damaged history database.
#pragma once

#include "storage/blob_store.h"
#include "storage/history_rows.h"

#include <string>
#include <vector>

namespace layerline {

struct Salvaged {
    std::vector<BuildRow> builds;
    std::vector<BlobRow> blobs;
};

/// Reads every row whose checksum holds from the file and its log, the newest of each key. Builds none of whose blobs
/// are there (removed ones, whose rows may linger in old pages) are left out; a build whose own row is lost but whose
/// record blob is there comes back with its key only. An error when the disk does not give the file or its log: then nothing
/// is known of what is missing, and neither may be replaced.
Result<Salvaged> salvageHistory(const std::string& database, const BlobStore& store);

} // namespace layerline
