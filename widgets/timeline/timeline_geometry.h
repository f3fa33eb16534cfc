// Coordinate arithmetic of the timeline: free functions, no painting, no widgets.
#pragma once

#include "items/selection_state.h"
#include "items/step_look.h"

#include <cstdint>
#include <vector>

namespace layerline {

/// Maps time to x. `left` is the x of `begin`.
struct TimeScale {
    Timestamp begin;
    double nsPerPixel = 1e6;
    double left = 0;

    double x(Timestamp time) const { return left + double(time.ns - begin.ns) / nsPerPixel; }
    Timestamp time(double x) const { return {begin.ns + std::int64_t((x - left) * nsPerPixel)}; }
    friend bool operator==(const TimeScale&, const TimeScale&) = default;
};

/// `range` spread over `width` pixels that begin at `left`. An empty range or width gives a scale that is safe to use.
TimeScale scaleFor(const TimeRange& range, double left, double width);

/// `range` shrunk (factor < 1) or grown about a point that stays where it is; never shorter than `shortest`.
TimeRange zoomedAbout(const TimeRange& range, Timestamp about, double factor, Duration shortest);

/// Moved and, where longer than the limits, cut, so that it lies within them.
TimeRange clampedTo(const TimeRange& range, const TimeRange& limits);

inline TimeRange panned(const TimeRange& range, Duration by)
{
    return {range.begin + by, range.end + by};
}

/// Distance of two ticks: 1, 2, 5 ms ... 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1, 2, 3, 6, 12 h, then days;
/// the shortest that keeps ticks `minimumPixels` apart.
Duration tickStep(double nsPerPixel, int minimumPixels);

/// Ticks at origin + n * step within the range, at most 1,000.
std::vector<Timestamp> ticksIn(const TimeRange& range, Timestamp origin, Duration step);

/// A bar to be packed into rows, in pixels.
struct PackItem {
    double begin = 0;
    double end = 0;       ///< of the bar
    double visualEnd = 0; ///< of the bar with the label beside it, >= end
};

/// Greedy interval packing of items ordered by begin. Each goes into the first row whose bar and label have ended;
/// a new row is opened while there are fewer than `budget`; beyond that labels may be covered, but bars never:
/// two bars that overlap always get two rows. Returns the row of each item.
std::vector<int> packRows(const std::vector<PackItem>& items, int budget);

/// How many rows packRows() used.
int rowCount(const std::vector<int>& rows);

constexpr int foldPixels = 3;            ///< smallest painted width; what is closer together becomes one bar
constexpr int openEnd = 1 << 29;         ///< right edge of a bar that still grows

/// One painted rectangle: a span, or several that fall into the same three pixels.
struct PlacedBar {
    int left = 0;
    int right = 0;            ///< exclusive; openEnd while running
    std::uint32_t span = 0;   ///< the strongest look's span, position in TimelineLane::spans
    std::uint32_t count = 1;
    Look look = Look::Pending;
    bool emulated = false;
    bool critical = false;
    friend bool operator==(const PlacedBar&, const PlacedBar&) = default;
};

/// Folds the bars of one row (ordered by left, not overlapping in time) so that there are never more than
/// width / foldPixels of them. What lies outside [clipLeft, clipRight) is left out.
std::vector<PlacedBar> foldRow(const std::vector<PlacedBar>& bars, int clipLeft, int clipRight);

} // namespace layerline
