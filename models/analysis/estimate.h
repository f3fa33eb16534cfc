// Estimates the rest of a running build from its own past. Pure.
#pragma once

#include "analysis/build_times.h"
#include "domain/estimate.h"

#include <vector>

namespace layerline {

/// `now` is the builder's clock (nowOf()). `past`: the newest first. Nothing but an empty estimate for a build that
/// does not run. Without a past, what ran natively in this build still tells about the emulated lanes.
BuildEstimate estimateOf(const Build& build, const std::vector<BuildTimes>& past, Timestamp now);

/// The `share` (0 to 1) quantile, interpolated. `values` must not be empty.
Duration quantileOf(std::vector<Duration> values, double share);

} // namespace layerline
