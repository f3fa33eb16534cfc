// The status stream of a record as it lies in a blob.
#pragma once

#include "domain/result.h"
#include "sources/files/file_caps.h"
#include "sources/files/json_fields.h"
#include "sources/files/status_translator.h"

#include <string_view>
#include <vector>

namespace layerline {

/// Repeated [uint32 little-endian length][StatusResponse]: media type application/vnd.buildkit.status.v0.
/// Errors: BadInput (cut or no such message), TooLarge (a frame beyond the cap).
Result<std::vector<Event>> readStatusLog(std::string_view bytes, const FileCaps& caps = {});

/// A client.SolveStatus as Go writes it to JSON, into the message it stands for. False when it is none of the kind.
bool statusFromJson(const json::Json& object, moby::buildkit::v1::StatusResponse& into);

} // namespace layerline
