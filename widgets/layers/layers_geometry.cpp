#include "widgets/layers/layers_table.h"

#include <algorithm>

namespace layerline {

namespace {
constexpr int margin = 20;
constexpr int gap = 16;
constexpr int ratioWidth = 60;
constexpr int usualName = 230;
constexpr int narrowName = 180; ///< beside two platforms in a small window
constexpr int leastCell = 216;
constexpr int mostCell = 640;
constexpr int edgeRoom = 28;
} // namespace

LayersGeometry layersGeometry(int width, int platforms, bool ratio, const std::vector<int>& wanted, bool edges)
{
    LayersGeometry columns;
    const int left = margin + (edges ? edgeRoom : 0);
    const int all = std::max(0, width - left - margin);
    // A ratio compares two: beside one it says nothing, and the second says more than the ratio does.
    columns.ratioShown = ratio && platforms > 1 && all - ratioWidth - gap >= usualName + 2 * (leastCell + gap);
    const int leastName = ratio && platforms > 1 && !columns.ratioShown ? narrowName : usualName;
    const int room = std::max(0, all - (columns.ratioShown ? ratioWidth + gap : 0));
    // Fewer platforms rather than unreadable ones; one always.
    const int fit = std::clamp((room - leastName) / (leastCell + gap), 1, std::max(1, platforms));
    for (const int platform : wanted) {
        if (platform >= 0 && platform < platforms && int(columns.platforms.size()) < fit)
            columns.platforms.push_back(platform);
    }
    for (int platform = 0; platform < platforms && int(columns.platforms.size()) < fit; ++platform) {
        if (std::find(columns.platforms.begin(), columns.platforms.end(), platform) == columns.platforms.end())
            columns.platforms.push_back(platform);
    }
    std::sort(columns.platforms.begin(), columns.platforms.end());
    const int count = int(columns.platforms.size());
    // The name takes what three parts of two would be: wide windows give more to it than to bars.
    columns.cellWidth = std::clamp((room - std::max(leastName, room * 30 / 100)) / count - gap, std::min(leastCell, std::max(120, room / 2)), mostCell);
    columns.nameLeft = left;
    columns.nameRight = left + room - count * (columns.cellWidth + gap);
    for (int i = 0; i < count; ++i)
        columns.lefts.push_back(columns.nameRight + gap + i * (columns.cellWidth + gap));
    columns.ratioRight = width - margin;
    columns.ratioLeft = columns.ratioRight - ratioWidth;
    return columns;
}

} // namespace layerline
