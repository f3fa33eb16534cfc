// How sure an estimate from few past builds is. Pure.
#pragma once

#include "domain/estimate.h"

#include <cstddef>

namespace layerline {

/// `range` of the past, made one for the next build: an 80 % prediction interval for so many `samples`, never narrower than
/// `range`. `atStake`: the time that may turn out otherwise: what is left and what runs already. A step that is over its usual
/// time has nothing left, and still runs.
DurationRange widened(DurationRange range, std::size_t samples, Duration atStake);

} // namespace layerline
