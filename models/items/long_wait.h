// A build one may not want to wait for: an emulated platform with long to go, or with a step that seems stuck, while there
// is something quicker to do.
#pragma once

#include "domain/estimate.h"

#include <optional>

namespace layerline {

struct LongWait {
    enum class Reason {
        LongLeft,    ///< the estimate says so
        SlowStep,    ///< `step` is far beyond its usual range
        LongRunning, ///< `step` runs since long, and took the native platform a small part of that
    };
    Reason reason = Reason::LongLeft;
    Platform platform;                       ///< the emulated one
    std::optional<DurationRange> left;       ///< of its lane; empty: not known
    std::optional<double> factor;            ///< slow-down of emulation, as measured in this build
    StepIndex step = noStep;                 ///< of SlowStep and LongRunning
    Duration running;                        ///< how long that step has
    std::optional<DurationRange> usual;      ///< SlowStep: what the step took before
    std::optional<Duration> sibling;         ///< LongRunning: what the same step took natively
    Platform native;                         ///< the platform that is not emulated
    bool nativeDone = false;                 ///< its lane has ended: it would come from the cache
    std::optional<DurationRange> nativeLeft; ///< else how long that lane still takes, when known
    std::optional<DurationRange> onNode;     ///< the whole emulated lane on a machine that runs it itself, without a cache
};

/// It is asked about when so much can be gained, and the question stays until less than `littleGain` is left of it.
constexpr Duration muchGain{300'000'000'000};
constexpr Duration littleGain{120'000'000'000};
/// A step is this far beyond the longest it usually takes before anybody is asked about it.
constexpr Duration longOverdue{120'000'000'000};
/// A single emulated step of which only the native time is known makes one wonder after this, and `quickSibling` times it.
constexpr Duration longRunning{600'000'000'000};
constexpr int quickSibling = 4;

/// Of a running build that emulates one of several platforms, the lane that ends last; empty when what is known does not
/// promise a gain of `least`. `estimate` may be null. `now` is the builder's clock.
std::optional<LongWait> longWaitOf(const Build& build, const BuildEstimate* estimate, Timestamp now, Duration least = muchGain);

} // namespace layerline
