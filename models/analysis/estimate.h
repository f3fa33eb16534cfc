// Estimates the rest of a running build from its own past. Pure.
#pragma once

#include "analysis/build_times.h"
#include "domain/estimate.h"

#include <vector>

namespace layerline {

/// What a builder can do at once, and what else it does now.
struct BuilderLoad {
    int cores = 0;      ///< of its machine; 0: not known
    int otherSteps = 0; ///< commands of other builds that run there
    bool adapt = true;  ///< false: every step as in the past and any number at once, as if the machine were idle and endless
};

/// `now` is the builder's clock (nowOf()). `past`: the newest first. Nothing but an empty estimate for a build that
/// does not run. Without a past, what ran natively in this build still tells about the emulated lanes.
///
/// The range of the end is one for the next build, not of the past ones: with few of them it is wider than they were apart.
///
/// A machine has only so many cores: beyond what was ever seen to run at once there (or its cores, when known) commands
/// slow each other down. How fast this build's own steps were, compared with the past ones, is taken to hold for the
/// rest; what other builds do there at this moment makes the range wider.
BuildEstimate estimateOf(const Build& build, const std::vector<BuildTimes>& past, Timestamp now, const BuilderLoad& load = {});

/// How many commands a builder was seen to run at full speed; 0: nothing is known. A limit of its own that commands
/// waited for counts, however many cores there are.
int placesOn(const std::vector<BuildTimes>& past, const BuilderLoad& load);

/// The `share` (0 to 1) quantile, interpolated. `values` must not be empty.
Duration quantileOf(std::vector<Duration> values, double share);

} // namespace layerline
