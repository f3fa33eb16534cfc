#include "widgets/timeline/timeline_layout.h"

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {

constexpr int smallBar = 20, largeBar = 38;
constexpr int rowGap = 7;
constexpr int flatBar = 17, flatGap = 5;  ///< when there is too little room
constexpr int smallSpark = 22, largeSpark = 56, sparkGap = 6;
constexpr int mostRows = 60;              ///< rows a lane gets for its labels' sake
constexpr std::size_t labelledSpans = 4000; ///< beyond that labels are not packed for
constexpr double barGap = 2;

int roomBesideBar(int labelWidth)
{
    return labelWidth + 14;
}

} // namespace

int TimelineLayout::laneHeight(int rows) const
{
    return std::max(timeline::smallestLane, 2 * timeline::lanePadding + rows * m_pitch - (m_pitch - m_barHeight));
}

int TimelineLayout::lanesHeight() const
{
    int sum = 0;
    for (const LaneLayout& lane : m_lanes)
        sum += laneHeight(lane.rows);
    return sum;
}

bool TimelineLayout::arrange(const std::vector<TimelineLane>& lanes, std::uint64_t revision, const TimeRange& full, QSize area, const LabelWidth& labelWidth)
{
    const ArrangeKey key{revision, full, area};
    if (key == m_key)
        return false;
    m_key = key;
    m_placed = false;
    ++m_computations;
    m_barHeight = smallBar;
    m_pitch = smallBar + rowGap;
    packLanes(lanes, full, labelWidth);
    shareHeight(lanes, area.height());

    m_spanOfStep.clear();
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        LaneLayout& layout = m_lanes[i];
        layout.spansOfRow.assign(std::size_t(layout.rows), {});
        for (std::uint32_t span = 0; span < lanes[i].spans.size(); ++span) {
            layout.spansOfRow[std::size_t(layout.rowOfSpan[span])].push_back(span);
            noteSpan(lanes[i].spans[span].step, {i, span});
            for (const StepIndex step : lanes[i].spans[span].folded)
                noteSpan(step, {i, span});
        }
    }
    return true;
}

void TimelineLayout::noteSpan(StepIndex step, const SpanRef& ref)
{
    if (m_spanOfStep.size() <= raw(step))
        m_spanOfStep.resize(raw(step) + 1);
    m_spanOfStep[raw(step)] = ref;
}

void TimelineLayout::packLanes(const std::vector<TimelineLane>& lanes, const TimeRange& full, const LabelWidth& labelWidth)
{
    const TimeScale scale = scaleFor(full, 0, std::max(1, m_key.area.width() - timeline::trackInset));
    m_lanes.assign(lanes.size(), {});
    m_items.assign(lanes.size(), {});
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const bool labelled = labelWidth && lanes[i].spans.size() <= labelledSpans;
        for (const TimelineSpan& span : lanes[i].spans) {
            PackItem item;
            item.begin = scale.x(span.begin);
            // Builders overlap neighbours by microseconds: half a pixel is not worth a row.
            item.end = span.end ? std::max(item.begin, scale.x(*span.end) - 0.5) : 1e12;
            item.visualEnd = item.end;
            const double width = std::max<double>(item.end - item.begin - barGap, foldPixels);
            const int wanted = labelled ? labelWidth(span.step) : 0;
            // Rows are packed by time, so the label's room is measured from the bar as it is painted.
            item.visualEnd = std::max(item.end, item.begin + width + barGap + (wanted > width ? roomBesideBar(wanted) : 0));
            m_items[i].push_back(item);
        }
    }
}

void TimelineLayout::shareHeight(const std::vector<TimelineLane>& lanes, int height)
{
    std::vector<int> wanted(lanes.size(), 1);
    std::vector<bool> curve(lanes.size()); // has something to draw in a sparkline
    int reserved = 0;                      // what was measured is worth more than one more row of labels
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        m_lanes[i].rows = std::max(1, rowCount(packRows(m_items[i], 1)));
        curve[i] = lanes[i].kind == LaneKind::Platform && (lanes[i].output || lanes[i].measured || m_lanes[i].rows > 1);
        reserved += lanes[i].kind == LaneKind::Platform && lanes[i].measured ? smallSpark + sparkGap : 0;
        wanted[i] = m_items[i].size() > labelledSpans ? 0 : rowCount(packRows(m_items[i], mostRows));
    }
    if (lanesHeight() > height) { // flatter bars before a scroll bar
        m_barHeight = flatBar;
        m_pitch = flatBar + flatGap;
    }
    int used = lanesHeight();
    // Rows go first to the platform that lacks most of them, then to what is shared.
    const auto need = [&](std::size_t i) { return (wanted[i] - m_lanes[i].rows) * (lanes[i].kind == LaneKind::Platform ? 3 : 1); };
    for (bool more = true; more;) {
        more = false;
        std::size_t neediest = lanes.size();
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            const int cost = laneHeight(m_lanes[i].rows + 1) - laneHeight(m_lanes[i].rows);
            if (need(i) > 0 && used + cost <= height - reserved && (neediest == lanes.size() || need(i) > need(neediest)))
                neediest = i;
        }
        if (neediest < lanes.size()) {
            used += laneHeight(m_lanes[neediest].rows + 1) - laneHeight(m_lanes[neediest].rows);
            ++m_lanes[neediest].rows;
            more = true;
        }
    }
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        m_lanes[i].rowOfSpan = packRows(m_items[i], m_lanes[i].rows);
        m_lanes[i].rows = std::max(1, rowCount(m_lanes[i].rowOfSpan));
    }
    stretch(curve, height);
}

/// What is left after the smallest sparklines makes the bars taller, the rest makes the sparklines taller.
void TimelineLayout::stretch(const std::vector<bool>& curve, int height)
{
    int rows = 0;
    for (const LaneLayout& lane : m_lanes)
        rows += lane.rows;
    const int curves = int(std::count(curve.begin(), curve.end(), true));
    const int left = height - lanesHeight();
    const bool sparks = curves > 0 && left >= curves * (smallSpark + sparkGap);
    const int forBars = left - (sparks ? curves * (smallSpark + sparkGap) : 0);
    const int taller = rows > 0 ? std::clamp(forBars / rows, 0, largeBar - smallBar) : 0;
    m_barHeight += taller;
    m_pitch += taller;
    const int spark = sparks ? std::clamp((height - lanesHeight()) / curves - sparkGap, 0, largeSpark) : 0;
    int top = 0;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        LaneLayout& layout = m_lanes[i];
        layout.top = top;
        layout.height = laneHeight(layout.rows);
        if (spark >= smallSpark && curve[i]) {
            layout.sparkTop = timeline::lanePadding + layout.rows * m_pitch;
            layout.sparkHeight = spark;
            layout.height = std::max(layout.height, layout.sparkTop + spark + sparkGap);
        }
        top += layout.height;
    }
    m_height = top;
}

bool TimelineLayout::place(const std::vector<TimelineLane>& lanes, const TimeRange& range, int left, int width)
{
    const TimeScale scale = scaleFor(range, left, width);
    if (m_placed && m_range == range && m_scale == scale && m_placedWidth == width)
        return false;
    m_placed = true;
    m_range = range;
    m_scale = scale;
    m_placedWidth = width;
    ++m_computations;
    constexpr double far = 1e8; // keeps pixel numbers of a deep zoom within int
    std::vector<PlacedBar> raw;
    for (std::size_t i = 0; i < lanes.size() && i < m_lanes.size(); ++i) {
        LaneLayout& layout = m_lanes[i];
        layout.bars.assign(layout.spansOfRow.size(), {});
        for (std::size_t row = 0; row < layout.spansOfRow.size(); ++row) {
            raw.clear();
            for (const std::uint32_t index : layout.spansOfRow[row]) {
                const TimelineSpan& span = lanes[i].spans[index];
                PlacedBar bar;
                bar.left = int(std::floor(std::clamp(scale.x(span.begin), -far, far)));
                const int end = span.end ? int(std::lround(std::clamp(scale.x(*span.end), -far, far))) : openEnd;
                bar.right = span.end && end - bar.left > 6 ? end - int(barGap) : end;
                bar.span = index;
                bar.look = span.look;
                bar.emulated = span.emulated;
                bar.critical = span.critical;
                raw.push_back(bar);
            }
            layout.bars[row] = foldRow(raw, left - timeline::trackInset, left + width + timeline::trackInset);
        }
    }
    return true;
}

std::size_t TimelineLayout::paintedBars() const
{
    std::size_t count = 0;
    for (const LaneLayout& lane : m_lanes) {
        for (const auto& row : lane.bars)
            count += row.size();
    }
    return count;
}

std::optional<SpanRef> TimelineLayout::spanOf(StepIndex step) const
{
    return raw(step) < m_spanOfStep.size() ? m_spanOfStep[raw(step)] : std::nullopt;
}

int TimelineLayout::rowTop(std::size_t lane, int row) const
{
    return m_lanes[lane].top + timeline::lanePadding + row * m_pitch;
}

QRect TimelineLayout::rectOf(const std::vector<TimelineLane>& lanes, const SpanRef& ref, int nowX) const
{
    if (ref.lane >= m_lanes.size() || ref.lane >= lanes.size() || ref.span >= lanes[ref.lane].spans.size() || ref.span >= m_lanes[ref.lane].rowOfSpan.size())
        return {};
    const TimelineSpan& span = lanes[ref.lane].spans[ref.span];
    const int left = int(std::clamp(m_scale.x(span.begin), -1e8, 1e8));
    const int right = span.end ? int(std::clamp(m_scale.x(*span.end), -1e8, 1e8)) : nowX;
    return {left, rowTop(ref.lane, m_lanes[ref.lane].rowOfSpan[ref.span]), std::max(foldPixels, right - left), m_barHeight};
}

std::optional<std::size_t> TimelineLayout::laneAt(int y) const
{
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        if (y >= m_lanes[i].top && y < m_lanes[i].top + m_lanes[i].height)
            return i;
    }
    return {};
}

const PlacedBar* TimelineLayout::barAt(QPoint point, int nowX, std::size_t* lane) const
{
    const auto index = laneAt(point.y());
    if (!index)
        return nullptr;
    const LaneLayout& layout = m_lanes[*index];
    const int offset = point.y() - layout.top - timeline::lanePadding;
    if (offset < 0 || offset % m_pitch >= m_barHeight || offset / m_pitch >= int(layout.bars.size()))
        return nullptr;
    constexpr int mercy = 2;
    const PlacedBar* near = nullptr;
    for (const PlacedBar& bar : layout.bars[std::size_t(offset / m_pitch)]) {
        const int right = bar.right == openEnd ? std::max(nowX, bar.left + foldPixels) : bar.right;
        if (point.x() >= bar.left && point.x() < right) {
            near = &bar;
            break;
        }
        if (point.x() >= bar.left - mercy && point.x() < right + mercy)
            near = &bar;
    }
    if (near && lane)
        *lane = *index;
    return near;
}

} // namespace layerline
