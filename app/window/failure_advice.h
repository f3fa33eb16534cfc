// Reads why a build failed for the window's panes (items/failure_advice.h).
#pragma once

#include "items/failure_advice.h"

namespace layerline {

std::vector<FailureAdvice> failureAdvice(const Build& build);

} // namespace layerline
