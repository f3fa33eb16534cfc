// What determined how long the build took.
#pragma once

#include "domain/build.h"

namespace layerline {

struct CriticalPath {
    std::vector<StepIndex> steps; ///< first to last
    Duration length;              ///< sum of the steps' durations
};

/// False for a build read from a plain log, which tells no step's inputs: what waited for what can't be said then.
bool edgesKnown(const Build& build);

/// From the step that ended last (in a failed build: that failed first) back through whichever input ended last. A step
/// without inputs (an export, a context load) was waited for by time only: its predecessor is the step that ended last
/// before it began. Empty while no edge is known.
CriticalPath criticalPath(const Build& build, Timestamp now);

struct Parallelism {
    Duration wall;      ///< first start to last end
    Duration busy;      ///< sum of all durations
    Duration unlimited; ///< longest chain of durations through the graph: what unlimited workers would have taken
};
Parallelism parallelism(const Build& build, Timestamp now);

} // namespace layerline
