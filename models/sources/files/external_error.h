// The Dockerfile excerpt of a failed build.
#pragma once

#include "domain/events.h"
#include "domain/result.h"

#include <string_view>

namespace layerline {

/// Reads a record's externalError blob (google.rpc.Status) and cuts the lines around the failure out of its
/// errdefs.Source detail. Errors: BadInput (not such a message), NotFound (it names no source).
Result<SourceExcerpt> parseExternalError(std::string_view bytes);

/// The lines of `source` around `ranges` (1-based, inclusive), four on each side.
SourceExcerpt cutExcerpt(std::string filename, std::string language, std::string_view source,
                         std::vector<std::pair<int, int>> ranges);

} // namespace layerline
