// One way to round a share, so that two places never tell two numbers.
#pragma once

#include <cstdint>

namespace layerline {

/// `part` of `whole` in whole percent, rounded; but 100 only when nothing is missing and 0 only when there is nothing. 0 of 0 is 0.
constexpr int wholePercent(std::int64_t part, std::int64_t whole)
{
    if (whole <= 0 || part <= 0)
        return 0;
    if (part >= whole)
        return 100;
    const std::int64_t rounded = (200 * part + whole) / (2 * whole);
    return int(rounded < 1 ? 1 : rounded > 99 ? 99 : rounded);
}

} // namespace layerline
