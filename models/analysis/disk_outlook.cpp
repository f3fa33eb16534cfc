#include "analysis/disk_outlook.h"

#include <algorithm>

namespace layerline {

std::vector<PastBuild> spansOf(const std::vector<const Build*>& builds)
{
    std::vector<PastBuild> spans;
    for (const Build* build : builds) {
        if (build->started() && build->completed())
            spans.push_back({*build->started(), *build->completed()});
    }
    return spans;
}

bool isShort(const EngineDisk& disk, const DiskForecast& forecast)
{
    constexpr std::int64_t plenty = 10'000'000'000;
    return disk.free < std::max(forecast.most, std::min(disk.total / 20, plenty));
}

} // namespace layerline
