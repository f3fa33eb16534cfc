// The versions of a file in a local clone, read with git.
#pragma once

#include "domain/result.h"

#include <QString>

#include <functional>

namespace layerline {

struct FileVersion {
    std::string commit;  ///< 40 hex digits
    std::string date;    ///< of the commit, ISO 8601
    std::string subject;
    std::string text;
};

/// Calls `wanted` with the committed versions of a file, newest first, until it returns true; that one is the result.
/// Renames are not followed, as on GitHub. Errors: NotFound (no git, no clone, or no version was wanted), Timeout.
Result<FileVersion> findVersion(const QString& folder, const QString& file, const std::function<bool(const FileVersion&)>& wanted, int most = 500);

} // namespace layerline
