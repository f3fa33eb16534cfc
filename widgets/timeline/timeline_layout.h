// Where lanes, rows and bars are. Built apart from painting, and only when range, size or revision changed.
#pragma once

#include "items/timeline_model.h"
#include "widgets/timeline/timeline_geometry.h"

#include <QPoint>
#include <QRect>
#include <QSize>

#include <functional>
#include <optional>
#include <vector>

namespace layerline {

/// Fixed measures, in pixels.
namespace timeline {
constexpr int gutterWidth = 190;
constexpr int rulerHeight = 31;
constexpr int footerHeight = 68;
constexpr int trackInset = 14; ///< between the gutter and the begin of time
constexpr int lanePadding = 9;
constexpr int smallestLane = 52; ///< two lines of text in the gutter
} // namespace timeline

struct LaneLayout {
    int top = 0;           ///< from the top of the first lane
    int height = 0;
    int rows = 1;
    int sparkTop = 0;      ///< from the lane's top
    int sparkHeight = 0;   ///< 0: no sparkline
    std::vector<int> rowOfSpan;
    std::vector<std::vector<std::uint32_t>> spansOfRow;
    std::vector<std::vector<PlacedBar>> bars; ///< per row, for the visible range
};

/// A span of a lane.
struct SpanRef {
    std::size_t lane = 0;
    std::uint32_t span = 0;
    friend bool operator==(const SpanRef&, const SpanRef&) = default;
};

class TimelineLayout {
public:
    /// Pixels a step would like for its label; asked for each step once per arrangement.
    using LabelWidth = std::function<int(StepIndex)>;

    /// Chooses rows and heights so that `area` (the track, without gutter) is used: more rows while that shows more
    /// labels, then sparklines, then taller bars. Returns false when nothing it depends on changed.
    bool arrange(const std::vector<TimelineLane>& lanes, std::uint64_t revision, const TimeRange& full, QSize area, const LabelWidth& labelWidth);
    /// Places the bars of the visible range. Cheap when nothing changed.
    bool place(const std::vector<TimelineLane>& lanes, const TimeRange& range, int left, int width);

    const std::vector<LaneLayout>& lanes() const { return m_lanes; }
    const TimeScale& scale() const { return m_scale; }
    int contentHeight() const { return m_height; }
    int barHeight() const { return m_barHeight; }
    int rowPitch() const { return m_pitch; }
    /// Times places and arrangements were really computed (tests).
    int computations() const { return m_computations; }
    std::size_t paintedBars() const;

    /// The last run of a step, or the bar of the folded group it is in; empty when it never ran.
    std::optional<SpanRef> spanOf(StepIndex step) const;
    /// Rectangle of a span in content coordinates (y from the first lane, x as in place()); open ones end at nowX.
    QRect rectOf(const std::vector<TimelineLane>& lanes, const SpanRef& ref, int nowX) const;
    int rowTop(std::size_t lane, int row) const;

    /// The bar at a point of content coordinates, with two pixels of mercy at each side.
    const PlacedBar* barAt(QPoint point, int nowX, std::size_t* lane) const;
    std::optional<std::size_t> laneAt(int y) const;

private:
    struct ArrangeKey {
        std::uint64_t revision = ~std::uint64_t(0);
        TimeRange full;
        QSize area;
        friend bool operator==(const ArrangeKey&, const ArrangeKey&) = default;
    };
    void noteSpan(StepIndex step, const SpanRef& ref);
    void packLanes(const std::vector<TimelineLane>& lanes, const TimeRange& full, const LabelWidth& labelWidth);
    void shareHeight(const std::vector<TimelineLane>& lanes, int height);
    void stretch(const std::vector<bool>& curve, int height);
    int laneHeight(int rows) const;
    int lanesHeight() const;

    ArrangeKey m_key;
    TimeScale m_scale;
    TimeRange m_range;
    int m_placedWidth = -1;
    bool m_placed = false;
    std::vector<LaneLayout> m_lanes;
    std::vector<std::optional<SpanRef>> m_spanOfStep;
    std::vector<std::vector<PackItem>> m_items;
    int m_height = 0;
    int m_barHeight = 20;
    int m_pitch = 27;
    int m_computations = 0;
};

} // namespace layerline
