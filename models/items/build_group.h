// The header above the builds of one bake call, as values.
#pragma once

#include "items/build_list_item.h"

#include <vector>

namespace layerline {

struct BuildGroupItem {
    QString title;            ///< the targets: "api, web, worker"
    BuildStatus status = BuildStatus::Running; ///< of the whole
    int builds = 0;
    int running = 0, failed = 0;
    OptionalTime started;     ///< the earliest
    OptionalTime completed;   ///< the latest; empty while one runs
    Duration elapsed;         ///< up to the moment the item was made
    std::int64_t clockSkewNs = 0;
    std::vector<BuildStrip> strips; ///< one, a segment for each build that tells its state
};

/// What several builds are as one: running while one runs, else failed, lost or cancelled when one is.
BuildStatus wholeStatus(const std::vector<const Build*>& builds);
/// `builds` is not empty. `wall` is our own clock's now.
BuildGroupItem buildGroupItem(const std::vector<const Build*>& builds, Timestamp wall);

} // namespace layerline
