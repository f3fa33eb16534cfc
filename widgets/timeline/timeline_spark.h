// The small curves under a lane: how many steps ran at once, how much they printed, moved and computed.
#pragma once

#include "items/timeline_model.h"
#include "widgets/timeline/timeline_geometry.h"

#include <QColor>
#include <QString>

#include <vector>

namespace layerline {

/// Values of consecutive buckets of `bucketPixels`, from the left edge of the track.
struct Spark {
    static constexpr int bucketPixels = 3;
    std::vector<double> steps;  ///< mean number of running steps
    std::vector<double> output; ///< lines a second
    std::vector<double> bytes;  ///< transferred a second, each transfer spread evenly over its time
    std::vector<double> cpu;    ///< cores busy, as provenance tells it: each step's CPU time spread evenly over its run
    double mostSteps = 0;
    double mostOutput = 0;
    double mostBytes = 0;
    double mostCpu = 0;
};

/// A line to draw, in the order of the captions.
struct SparkCurve {
    const std::vector<double>* values = nullptr;
    double most = 0;  ///< above 0
    QColor color;
    QString caption;
};
/// Those that have something to show: CPU before transfers before output, two at most.
std::vector<SparkCurve> sparkCurves(const Spark& spark);

Spark sparkOf(const TimelineModel& model, const TimelineLane& lane, const TimeScale& scale, int width, Timestamp now);

} // namespace layerline
