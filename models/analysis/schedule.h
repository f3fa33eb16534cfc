// When steps end that wait for each other and share a machine. Pure.
#pragma once

#include "domain/build.h"

#include <optional>
#include <vector>

namespace layerline {

struct ScheduledStep {
    std::optional<Duration> left; ///< alone on the machine; empty: not known, it and what waits for it never end
    bool done = false;            ///< has ended: nobody waits for it
    bool command = false;         ///< takes a place on the machine (RUN); the rest waits for the network or the disk
};

/// From now to the end of each step of `build`, `steps` being its steps in order. Up to `atOnce` commands run at full
/// speed, more share it evenly, as processes do on cores (and as waiting in a queue of that many places comes to in the
/// end); 0: any number. Steps on a cycle (damaged input) never end.
std::vector<std::optional<Duration>> finishTimes(const Build& build, const std::vector<ScheduledStep>& steps, int atOnce);

} // namespace layerline
