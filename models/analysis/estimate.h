// Estimates the rest of a running build from its own past. Pure.
#pragma once

#include "domain/estimate.h"

#include <map>
#include <string>
#include <vector>

namespace layerline {

/// What one earlier build says about its steps: small, so that many can be kept while the builds themselves can't.
struct BuildTimes {
    std::string dockerfile, target;
    /// Steps of one name for the same platforms, whatever their number in the stage.
    std::map<std::string, Duration> ran;        ///< to their end, not from the cache; the mean of equal ones
    std::map<std::string, int> cached;          ///< how many of the name came from the cache
    std::map<Platform, double> factors;         ///< measured slow-down of emulated platforms
    std::optional<Duration> tail;               ///< from the end of the last Dockerfile step to the end; completed builds only
};

/// Needs the build's steps. `end`: the build's end, or the last that is known of it.
BuildTimes buildTimesOf(const Build& build, Timestamp end);

/// Both are builds of one target on one builder: their times can be compared. A build known by its row in the history
/// only has not said its target: then true, and fits() decides when it is read.
bool comparable(const Build& a, const Build& b);
bool fits(const BuildTimes& past, const Build& build);

/// `now` is the builder's clock (nowOf()). `past`: the newest first. Nothing but an empty estimate for a build that
/// does not run. Without a past, what ran natively in this build still tells about the emulated lanes.
BuildEstimate estimateOf(const Build& build, const std::vector<BuildTimes>& past, Timestamp now);

/// The `share` (0 to 1) quantile, interpolated. `values` must not be empty.
Duration quantileOf(std::vector<Duration> values, double share);

} // namespace layerline
