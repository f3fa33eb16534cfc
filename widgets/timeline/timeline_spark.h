// The small curves under a lane: how many steps ran at once, and how much they printed.
#pragma once

#include "items/timeline_model.h"
#include "widgets/timeline/timeline_geometry.h"

#include <vector>

namespace layerline {

/// Values of consecutive buckets of `bucketPixels`, from the left edge of the track.
struct Spark {
    static constexpr int bucketPixels = 3;
    std::vector<double> steps;  ///< mean number of running steps
    std::vector<double> output; ///< lines a second
    double mostSteps = 0;
    double mostOutput = 0;
};

Spark sparkOf(const TimelineModel& model, const TimelineLane& lane, const TimeScale& scale, int width, Timestamp now);

} // namespace layerline
