// Numbers a person reads about a build, counted from the stream.
#pragma once

#include "domain/build.h"

namespace layerline {

/// As BuildKit counts: per record by digest, flags sticky, merged nodes summed.
struct Counters {
    int total = 0;
    int completed = 0;
    int cached = 0;
    int failed = 0;
    int running = 0;
};
Counters countersOf(const Build& build);

struct PlatformSummary {
    Platform platform;
    Execution execution = Execution::Unknown;
    int steps = 0;
    int completed = 0;
    int cached = 0;
    int failed = 0;
    int running = 0;
    Duration busy;   ///< union of the intervals of its steps
    Duration wall;   ///< first start to last end (now, while running)
    OptionalTime firstStart, lastEnd;
};
/// One entry per platform of the build, in Build::platforms' order. Steps shared by several count in each.
std::vector<PlatformSummary> platformSummaries(const Build& build, Timestamp now);

/// Same stage, index and text on another platform of the same build.
StepIndex siblingOn(const Build& build, StepIndex step, const Platform& platform);

/// Measured slow-down: emulated duration / native duration over sibling steps that ran on both sides (>= 0.1 s).
/// Empty when nothing ran on both.
std::optional<double> emulationFactor(const Build& build, const Platform& emulated, Timestamp now);

/// The failed step, first by time; noStep when none.
StepIndex firstFailed(const Build& build);

/// Values of the build's secret-looking arguments, for maskedText(); of one with several lines each line of at least 8 bytes, too.
/// Without words that every log is full of: "true", "arm64", numbers of fewer than 6 digits.
std::vector<std::string> secretValues(const Build& build);

} // namespace layerline
