// When a build will end and how long its steps usually take: values only, made by analysis/estimate.h.
#pragma once

#include "domain/build.h"

#include <map>
#include <optional>

namespace layerline {

/// 10th, 50th and 90th percentile: of a step what past builds took, of an end what is to be expected (wider after few builds).
struct DurationRange {
    Duration low;
    Duration median;
    Duration high;
    friend bool operator==(const DurationRange&, const DurationRange&) = default;
};

/// Where an estimate is from.
enum class EstimateBasis {
    History,  ///< the same step on the same builder for the same platforms
    Sibling,  ///< the same step on another platform, times the measured slow-down of emulation
};

struct StepEstimate {
    DurationRange time;
    int samples = 0;     ///< times it ran before
    EstimateBasis basis = EstimateBasis::History;
    bool slow = false;   ///< runs, and far beyond the range
    friend bool operator==(const StepEstimate&, const StepEstimate&) = default;
};

struct BuildEstimate {
    /// From now to the end. Empty: "no estimate" beats a made-up one.
    std::optional<DurationRange> left;
    std::map<Platform, DurationRange> lanes;
    std::map<StepIndex, StepEstimate> steps;
    int builds = 0;      ///< past builds that were looked at
    EstimateBasis basis = EstimateBasis::History; ///< Sibling as soon as one step of the longest way needs it

    bool anySlow() const
    {
        for (const auto& [step, estimate] : steps) {
            if (estimate.slow)
                return true;
        }
        return false;
    }
    friend bool operator==(const BuildEstimate&, const BuildEstimate&) = default;
};

} // namespace layerline
