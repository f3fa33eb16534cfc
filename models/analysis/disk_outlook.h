// Whether the disk behind a builder has room for the next build. Pure.
#pragma once

#include "analysis/builder_plan.h"
#include "domain/build.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// The file system a builder's cache lies on, when it is one of this machine. Bytes.
struct EngineDisk {
    std::string folder;
    std::int64_t free = 0; ///< as df shows it, without the reserve of root
    std::int64_t total = 0;
    friend bool operator==(const EngineDisk&, const EngineDisk&) = default;
};

/// When builds began and ended; those without both times are left out.
std::vector<PastBuild> spansOf(const std::vector<const Build*>& builds);

/// Short: less than the largest past build added, or less than a twentieth of the disk but at most 10 GB.
bool isShort(const EngineDisk& disk, const DiskForecast& forecast);

} // namespace layerline
