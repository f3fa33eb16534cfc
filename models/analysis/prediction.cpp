#include "analysis/prediction.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace layerline {

namespace {

/// How far the next one may be from the middle of `samples` (natural logarithm, 80 %): a prediction interval for builds of one
/// target that are assumed to be 15 % apart, an assumption with the weight of three samples. How far they really were apart is
/// in the quantiles; with one or two past builds those say next to nothing.
double fewSamplesDoubt(std::size_t samples)
{
    constexpr double usualSpread = 0.15, weight = 3;
    constexpr double student[] = {1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345}; // 90 %, from 3 degrees of freedom on
    const double count = double(std::clamp<std::size_t>(samples, 1, std::size(student)));
    return student[std::size_t(count) - 1] * usualSpread * std::sqrt(weight / (weight + count - 1)) * std::sqrt(1 + 1 / count);
}

Duration scaled(Duration time, double factor)
{
    return {std::int64_t(std::llround(double(time.ns) * factor))};
}

} // namespace

DurationRange widened(DurationRange range, std::size_t samples, Duration atStake)
{
    const double doubt = fewSamplesDoubt(samples);
    range.low = std::max(Duration{}, std::min(range.low, range.median - scaled(atStake, 1 - std::exp(-doubt))));
    range.high = std::max(range.high, range.median + scaled(atStake, std::exp(doubt) - 1));
    return range;
}

} // namespace layerline
