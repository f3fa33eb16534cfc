// The config blob of a .dockerbuild: a history record as JSON.
#pragma once

#include "domain/events.h"
#include "domain/result.h"
#include "sources/files/json_fields.h"

#include <string>

namespace layerline {

struct FileRecord {
    std::string ref;
    ev::RecordUpdated info; ///< complete when it has an end
    std::map<std::string, std::string> predicateTypes; ///< attestation digest -> in-toto predicate type
};

/// Both forms of time are read; absent counters are 0. Errors: BadInput.
Result<FileRecord> recordFromJson(const json::Json& config);

} // namespace layerline
