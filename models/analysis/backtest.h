// How good the estimates would have been: builds of the past told again up to a point, and asked for their end. Pure.
#pragma once

#include "analysis/estimate.h"

#include <vector>

namespace layerline {

struct Prediction {
    std::size_t build = 0;             ///< place in the builds that were given
    double share = 0;                  ///< of its duration that was over, 0 to 1
    Duration left;                     ///< what it took from then on
    std::optional<DurationRange> said; ///< empty: no estimate
};

/// The build as it was seen at `time`: later steps pending, open ones running, the build running. Steps are known from
/// the start, though a builder announces some of them later.
Build asOf(const Build& build, Timestamp time);

/// Estimates each completed build at each of `shares` from the builds that had ended before it began, and from what ran
/// on its builder beside it. `cores`, `adapt`: as in BuilderLoad.
std::vector<Prediction> backtest(const std::vector<const Build*>& builds, const std::vector<double>& shares, int cores = 0, bool adapt = true);

struct PredictionQuality {
    int asked = 0;
    int said = 0;          ///< of these with an estimate
    int within = 0;        ///< of these inside the range that was said
    Duration error;        ///< median of |said median - really left|
    double relative = 0;   ///< median of that difference as a share of the build's whole duration
};
/// Of the predictions at one share; all when it is negative.
PredictionQuality qualityOf(const std::vector<Prediction>& predictions, double share);

} // namespace layerline
