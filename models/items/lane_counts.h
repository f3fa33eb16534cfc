// The lanes of the timeline without what is drawn in them, for everything that counts steps by platform: each step belongs to
// one lane, so that the lanes add up to the build.
#pragma once

#include "items/timeline_model.h"

#include <vector>

namespace layerline {

/// Platforms in Build::platforms' order, then shared, then export; empty ones too. Only what identifies and counts is set,
/// by digest as countersOf() does.
std::vector<TimelineLane> laneCounts(const Build& build);

} // namespace layerline
