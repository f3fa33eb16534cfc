#include "widgets/layers/layers_table.h"

#include <algorithm>

namespace layerline {

namespace {
constexpr int margin = 20;
constexpr int gap = 16;
constexpr int ratioWidth = 60;
constexpr int leastName = 230;
constexpr int leastCell = 216;
constexpr int mostCell = 640;
constexpr int edgeRoom = 28;
} // namespace

LayersGeometry layersGeometry(int width, int platforms, bool ratio, const std::vector<int>& wanted, bool edges)
{
    LayersGeometry columns;
    columns.ratioShown = ratio;
    const int side = ratio ? ratioWidth + gap : 0;
    const int left = margin + (edges ? edgeRoom : 0);
    const int room = std::max(0, width - left - margin - side);
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
