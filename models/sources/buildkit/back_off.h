// How long to wait before a node that could not be reached is tried again.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace layerline {

/// After `failures` tries in a row that failed: doubling from `shortest` to `longest`, and moved by up to a quarter either
/// way, so that fifty nodes behind one dead host do not knock in step. `chance` is a random number from 0 to 1.
inline std::chrono::milliseconds backOff(int failures, std::chrono::milliseconds shortest, std::chrono::milliseconds longest, double chance)
{
    const std::int64_t doubled = shortest.count() << std::clamp(failures, 0, 5);
    const double base = double(std::min<std::int64_t>(longest.count(), doubled));
    return std::clamp(std::chrono::milliseconds(std::int64_t(base * (0.75 + 0.5 * chance))), shortest, longest);
}

} // namespace layerline
