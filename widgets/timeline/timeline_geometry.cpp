#include "widgets/timeline/timeline_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace layerline {

namespace {

constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1'000 * millisecond;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

constexpr std::int64_t tickSteps[] = {
    1 * millisecond, 2 * millisecond, 5 * millisecond, 10 * millisecond, 20 * millisecond, 50 * millisecond,
    100 * millisecond, 200 * millisecond, 500 * millisecond,
    1 * second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
    1 * minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
    1 * hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, 1 * day,
};

} // namespace

TimeScale scaleFor(const TimeRange& range, double left, double width)
{
    const double length = std::max<double>(1.0, double(range.end.ns - range.begin.ns));
    return {range.begin, length / std::max(1.0, width), left};
}

TimeRange zoomedAbout(const TimeRange& range, Timestamp about, double factor, Duration shortest)
{
    const double length = double(range.end.ns - range.begin.ns);
    if (length <= 0 || factor <= 0)
        return range;
    const double wanted = std::max(length * factor, double(shortest.ns));
    const double share = (double(about.ns) - double(range.begin.ns)) / length;
    const std::int64_t begin = about.ns - std::int64_t(share * wanted);
    return {Timestamp{begin}, Timestamp{begin + std::int64_t(wanted)}};
}

TimeRange clampedTo(const TimeRange& range, const TimeRange& limits)
{
    const std::int64_t length = range.end.ns - range.begin.ns;
    if (length >= limits.end.ns - limits.begin.ns)
        return limits;
    if (range.begin < limits.begin)
        return {limits.begin, limits.begin + Duration{length}};
    if (range.end > limits.end)
        return {Timestamp{limits.end.ns - length}, limits.end};
    return range;
}

Duration tickStep(double nsPerPixel, int minimumPixels)
{
    const double wanted = nsPerPixel * minimumPixels;
    for (const std::int64_t step : tickSteps) {
        if (double(step) >= wanted)
            return {step};
    }
    return {std::int64_t(std::ceil(wanted / double(day))) * day};
}

std::vector<Timestamp> ticksIn(const TimeRange& range, Timestamp origin, Duration step)
{
    std::vector<Timestamp> ticks;
    if (step.ns <= 0 || range.end < range.begin)
        return ticks;
    std::int64_t number = (range.begin.ns - origin.ns) / step.ns;
    if (origin.ns + number * step.ns < range.begin.ns)
        ++number;
    for (; ticks.size() < 1000 && origin.ns + number * step.ns <= range.end.ns; ++number)
        ticks.push_back({origin.ns + number * step.ns});
    return ticks;
}

std::vector<int> packRows(const std::vector<PackItem>& items, int budget)
{
    struct Row { double end, visualEnd; };
    std::vector<Row> rows;
    std::vector<int> result;
    result.reserve(items.size());
    for (const PackItem& item : items) {
        int chosen = -1, crowded = -1;
        for (int i = 0; i < int(rows.size()); ++i) {
            const Row& row = rows[std::size_t(i)];
            if (row.visualEnd <= item.begin) {
                chosen = i;
                break;
            }
            if (row.end <= item.begin && (crowded < 0 || row.visualEnd < rows[std::size_t(crowded)].visualEnd))
                crowded = i;
        }
        if (chosen < 0 && (int(rows.size()) < budget || crowded < 0)) {
            chosen = int(rows.size());
            rows.push_back({});
        } else if (chosen < 0) {
            chosen = crowded;
        }
        rows[std::size_t(chosen)] = {std::max(item.end, item.begin), std::max(item.end, item.visualEnd)};
        result.push_back(chosen);
    }
    return result;
}

int rowCount(const std::vector<int>& rows)
{
    return rows.empty() ? 0 : *std::max_element(rows.begin(), rows.end()) + 1;
}

std::vector<PlacedBar> foldRow(const std::vector<PlacedBar>& bars, int clipLeft, int clipRight)
{
    std::vector<PlacedBar> folded;
    for (PlacedBar bar : bars) {
        if (bar.left >= clipRight)
            break;
        bar.right = std::max(bar.right, bar.left + foldPixels);
        if (bar.right <= clipLeft)
            continue;
        if (!folded.empty()) {
            PlacedBar& last = folded.back();
            const bool small = bar.right - bar.left <= foldPixels;
            const bool sameCell = bar.left < last.left + foldPixels && last.right - last.left <= foldPixels;
            if (sameCell && (small || bar.right <= last.right)) {
                last.count += bar.count;
                last.critical = last.critical || bar.critical;
                if (strongerLook(last.look, bar.look) != last.look) {
                    last.look = bar.look;
                    last.span = bar.span;
                    last.emulated = bar.emulated;
                }
                continue;
            }
            // A neighbour that was widened to be seen pushes this one aside, so that both stay visible.
            bar.left = std::max(bar.left, last.right);
            bar.right = std::max(bar.right, bar.left + (small ? foldPixels : 1));
        }
        folded.push_back(bar);
    }
    return folded;
}

} // namespace layerline
