#include "widgets/timeline/timeline_painter.h"

#include "widgets/style/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <map>
#include <utility>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::TimelineView)
};

constexpr double dimmed = 0.26;
constexpr int labelPadding = 6;
constexpr int besideGap = 6;

} // namespace

TimelinePainter::TimelinePainter(QPainter& painter, const TimelineScene& scene) : m_painter(painter), m_scene(scene) {}

QRect TimelinePainter::trackRect() const
{
    return {timeline::gutterWidth, 0, m_scene.size.width() - timeline::gutterWidth, m_scene.size.height()};
}

bool TimelinePainter::isBright(const TimelineSpan& span) const
{
    if (!m_scene.bright || m_scene.bright->empty())
        return true;
    const auto bright = [this](StepIndex step) { return raw(step) < m_scene.bright->size() && (*m_scene.bright)[raw(step)]; };
    return bright(span.step) || std::any_of(span.folded.begin(), span.folded.end(), bright);
}

void TimelinePainter::paint()
{
    m_painter.fillRect(trackRect(), Theme::palette().panel);
    m_painter.save();
    m_painter.setClipRect(trackRect());
    paintGrid();
    m_painter.translate(0, -m_scene.scrollY);
    for (std::size_t i = 0; i < m_scene.layout->lanes().size(); ++i)
        paintLaneBackground(i);
    paintCriticalPath();
    // Below the bars and the plates of labels, which it would cut through.
    if (m_scene.nowX >= timeline::gutterWidth)
        m_painter.fillRect(QRect(m_scene.nowX, m_scene.scrollY, 2, m_scene.size.height()), mixed(Theme::palette().running, Theme::palette().panel, 0.85));
    for (std::size_t i = 0; i < m_scene.layout->lanes().size(); ++i) {
        const LaneLayout& lane = m_scene.layout->lanes()[i];
        if (lane.top + lane.height >= m_scene.scrollY && lane.top < m_scene.scrollY + m_scene.size.height())
            paintLane(i);
    }
    paintOutlines();
    m_painter.restore();
}

void TimelinePainter::paintGrid()
{
    const QColor color = mixed(Theme::palette().line, Theme::palette().panel, 0.7);
    for (const Timestamp tick : m_scene.ticks)
        m_painter.fillRect(QRect(int(m_scene.layout->scale().x(tick)), 0, 1, m_scene.size.height()), color);
}

QColor TimelinePainter::laneColor(std::size_t index) const
{
    const Palette& p = Theme::palette();
    const TimelineLane& lane = m_scene.model->lanes()[index];
    return lane.kind == LaneKind::Platform && m_scene.platform == lane.platform ? mixed(p.selection, p.panel, 0.4) : p.panel;
}

void TimelinePainter::paintLaneBackground(std::size_t index)
{
    const LaneLayout& layout = m_scene.layout->lanes()[index];
    const Palette& p = Theme::palette();
    if (laneColor(index) != p.panel)
        m_painter.fillRect(QRect(timeline::gutterWidth, layout.top, m_scene.size.width(), layout.height), laneColor(index));
    m_painter.fillRect(QRect(0, layout.top + layout.height - 1, m_scene.size.width(), 1), p.line);
    paintSpark(index);
}

void TimelinePainter::paintLane(std::size_t index)
{
    const LaneLayout& layout = m_scene.layout->lanes()[index];
    m_laneColor = laneColor(index);
    m_labelRects.clear();
    for (int row = 0; row < int(layout.bars.size()); ++row)
        paintRow(index, row);
    paintGaps(index);
    paintPending(index);
}

void TimelinePainter::paintRow(std::size_t index, int row)
{
    const TimelineLane& lane = m_scene.model->lanes()[index];
    const auto& bars = m_scene.layout->lanes()[index].bars[std::size_t(row)];
    const int top = m_scene.layout->rowTop(index, row);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const PlacedBar& bar = bars[i];
        const int right = bar.right == openEnd ? std::max(m_scene.nowX, bar.left + foldPixels) : bar.right;
        // A bar far wider than the window is cut to it; the hatch's phase must not jump, so by whole periods of it.
        const int hidden = std::max(0, (-bar.left - 400) / 11 * 11);
        const QRect rect(bar.left + hidden, top, std::min(right - bar.left - hidden, m_scene.size.width() + 1600), m_scene.layout->barHeight());
        const int freeRight = i + 1 < bars.size() ? bars[i + 1].left : m_scene.size.width();
        paintOneBar(lane, bar, rect, freeRight);
    }
}

void TimelinePainter::paintOneBar(const TimelineLane& lane, const PlacedBar& bar, const QRect& rect, int freeRight)
{
    const TimelineSpan& span = lane.spans[bar.span];
    const bool bright = isBright(span);
    m_painter.setOpacity(bright ? 1.0 : dimmed);
    paintBar(m_painter, rect, bar.look, bar.emulated);
    m_painter.setOpacity(bright ? 1.0 : 0.6);
    paintLabel(span, bar, rect, freeRight);
    if (!span.end)
        paintUsualEnd(span, rect);
    m_painter.setOpacity(1.0);
}

void TimelinePainter::paintUsualEnd(const TimelineSpan& span, const QRect& rect)
{
    if (!m_scene.estimate)
        return;
    const auto found = m_scene.estimate->steps.find(span.step);
    if (found == m_scene.estimate->steps.end() || found->second.samples < 2)
        return;
    const auto x = [&](Duration after) { return int(m_scene.layout->scale().x(span.begin + after)); };
    const DurationRange& usual = found->second.time;
    const int low = x(usual.low), middle = x(usual.median), high = x(usual.high);
    const QColor color = mixed(Theme::palette().text, Theme::palette().panel, 0.8);
    const int y = rect.bottom() - 2;
    m_painter.fillRect(QRect(low, y, std::max(1, high - low), 1), color);
    for (const int end : {low, high})
        m_painter.fillRect(QRect(end, y - 2, 1, 5), color);
    m_painter.fillRect(QRect(middle - 1, y - 1, 3, 3), color);
    const int size = rect.height() - 8;
    if (found->second.slow && rect.width() > 3 * size)
        Theme::icon(QStringLiteral("clock"), Theme::palette().text).paint(&m_painter, QRect(rect.right() - size - 4, rect.top() + 4, size, size));
}

QString TimelinePainter::note(const TimelineSpan& span) const
{
    if (span.end) {
        const bool instant = span.look == Look::Cached || *span.end - span.begin < Duration{100'000'000};
        const QString length = instant ? QString() : humanDuration(*span.end - span.begin);
        const std::string& error = m_scene.model->build()->step(span.step).error;
        const auto code = error.rfind("exit code: ");
        if (span.look != Look::Failed || code == std::string::npos)
            return length;
        return Words::tr("%1 · exit code %2").arg(length, QString::fromStdString(error.substr(code + 11, 4)).trimmed());
    }
    const QString elapsed = humanElapsed(m_scene.now - span.begin);
    std::int64_t current = 0, total = 0;
    for (const Transfer& transfer : m_scene.model->build()->step(span.step).transfers) {
        if (transfer.total <= 0)
            continue;
        current += std::min(transfer.current, transfer.total);
        total += transfer.total;
    }
    if (total <= 0)
        return elapsed;
    return Words::tr("%1 · %2 %").arg(elapsed).arg(current * 100 / total);
}

void TimelinePainter::paintLabel(const TimelineSpan& span, const PlacedBar& bar, const QRect& rect, int freeRight)
{
    m_painter.setFont(m_scene.labels->font());
    const auto& all = m_scene.labels->of(span.step);
    if (bar.count > 1 || all.empty())
        return; // several steps in three pixels have no one name
    // The visible part is what a label can use: a bar that begins left of the window is labelled at its edge.
    QRect visible = rect;
    visible.setLeft(std::max(rect.left(), timeline::gutterWidth + 2));
    const int glyphOnly = barLabelWidth(m_scene.labels->font(), bar.look, {});
    const int room = visible.width() - 2 * labelPadding - (glyphOnly > 0 ? 13 : 0);
    const TimelineLabels::Label* inside = m_scene.labels->fitting(span.step, room);
    // "pip" in the bar says less than "RUN pip install" beside it.
    const int wanted = m_scene.labels->wantedWidth(span.step);
    const int besideRoom = span.end ? freeRight - rect.right() - 2 * besideGap - 12 : 0;
    const TimelineLabels::Label* beside = rect.left() >= timeline::gutterWidth ? m_scene.labels->fitting(span.step, std::min(besideRoom, wanted)) : nullptr;
    if (beside && (!inside || (inside->width < beside->width && inside->width < wanted / 2))) {
        if (glyphOnly > 0 && visible.width() >= glyphOnly)
            paintBarLabel(m_painter, visible, bar.look, bar.emulated && isBright(span), {});
        paintBesideLabel(span, *beside, rect, freeRight);
    } else {
        paintInsideLabel(span, bar, visible, inside ? inside->text : QString());
    }
}

void TimelinePainter::paintInsideLabel(const TimelineSpan& span, const PlacedBar& bar, const QRect& rect, QString text)
{
    const QFont& font = m_scene.labels->font();
    QString second;
    if (const QString detail = text.isEmpty() ? QString() : note(span); !detail.isEmpty()) {
        const QString oneLine = text + QStringLiteral("   ") + detail;
        if (rect.height() >= twoLineBar && barLabelWidth(font, bar.look, detail) <= rect.width())
            second = detail;
        else if (rect.height() < twoLineBar && barLabelWidth(font, bar.look, oneLine) <= rect.width())
            text = oneLine;
    }
    const int needed = barLabelWidth(font, bar.look, text);
    if (needed == 0 || needed > rect.width())
        return;
    if (isBright(span)) {
        paintBarLabel(m_painter, rect, bar.look, bar.emulated, text, second);
        return;
    }
    // A plate would stand out of a bar that is to step back.
    m_painter.setPen(Theme::palette().text);
    m_painter.drawText(rect.adjusted(labelPadding, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
}

void TimelinePainter::paintBesideLabel(const TimelineSpan& span, const TimelineLabels::Label& label, const QRect& rect, int freeRight)
{
    const Palette& p = Theme::palette();
    const bool twoLines = rect.height() >= twoLineBar;
    const int lineHeight = twoLines ? rect.height() / 2 - 1 : rect.height();
    QRect place(rect.right() + 1 + besideGap, rect.top() + (twoLines ? 2 : 0), label.width + 2, lineHeight);
    const QString detail = note(span);
    if (twoLines && detail.isEmpty())
        place.setHeight(rect.height() - 4);
    // A plate here too: no grid line or trace runs through letters.
    const double opacity = m_painter.opacity();
    m_painter.setOpacity(1.0);
    m_painter.fillRect(place.adjusted(-2, 2, 0, -2), m_laneColor);
    m_painter.setOpacity(opacity);
    m_painter.setPen(mixed(p.text, p.panel, 0.8));
    m_painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, label.text);
    const int detailWidth = m_painter.fontMetrics().horizontalAdvance(detail) + 2;
    QRect rest(place.right() + 7, place.top(), detailWidth, lineHeight);
    if (twoLines)
        rest.moveTopLeft({place.left(), place.bottom()});
    if (!detail.isEmpty() && rest.right() < freeRight - besideGap) {
        m_painter.setPen(p.faint);
        m_painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, detail);
        place = place.united(rest);
    }
    m_labelRects.push_back(place);
}

void TimelinePainter::paintGaps(std::size_t index)
{
    const TimelineLane& lane = m_scene.model->lanes()[index];
    const TimeScale& scale = m_scene.layout->scale();
    const int middle = m_scene.layout->rowTop(index, 0) + m_scene.layout->barHeight() / 2;
    const QColor color = Theme::palette().faint;
    m_painter.setFont(Theme::uiFont(-1.5));
    for (const TimelineGap& gap : lane.gaps) {
        const int left = std::max(int(scale.x(gap.begin)) + 3, timeline::gutterWidth + 2);
        const int right = std::min(int(scale.x(gap.end)) - 4, m_scene.size.width());
        if (right - left < 14)
            continue;
        const QString text = gap.queue ? Words::tr("waited %1").arg(humanDuration(gap.end - gap.begin)) : Words::tr("idle %1").arg(humanDuration(gap.end - gap.begin));
        const int width = m_painter.fontMetrics().horizontalAdvance(text);
        const QRect place(right - width - 6, middle - 8, width, 16);
        const auto touches = [](const QRect& box) { return [box](const QRect& label) { return label.intersects(box); }; };
        const QRect lineBox(left, middle - 2, right - left, 4);
        if (std::none_of(m_labelRects.begin(), m_labelRects.end(), touches(lineBox))) {
            m_painter.setPen(QPen(color, 1, Qt::DotLine));
            const bool words = right - left >= width + 30;
            m_painter.drawLine(left, middle, words ? place.left() - 5 : right, middle);
            if (words) {
                m_painter.setPen(color);
                m_painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, text);
            }
        }
    }
}

void TimelinePainter::paintPending(std::size_t index)
{
    const TimelineLane& lane = m_scene.model->lanes()[index];
    if (m_scene.nowX < 0 || lane.pending == 0 || lane.kind != LaneKind::Platform)
        return;
    const QString more = Words::tr("%n step(s) more", nullptr, lane.pending);
    QStringList texts{more};
    if (m_scene.estimate) {
        if (const auto found = m_scene.estimate->lanes.find(lane.platform); found != m_scene.estimate->lanes.end()) {
            const QString left = Words::tr("%1 left").arg(humanRange(found->second));
            texts = {left + QStringLiteral(" · ") + more, left, more};
        }
    }
    m_painter.setFont(Theme::uiFont(-1.5));
    const int room = m_scene.size.width() - 4 - (m_scene.nowX + 5) - 14;
    const auto fitting = std::find_if(texts.begin(), texts.end(), [&](const QString& text) { return m_painter.fontMetrics().horizontalAdvance(text) <= room; });
    if (fitting == texts.end())
        return;
    const int width = m_painter.fontMetrics().horizontalAdvance(*fitting) + 14;
    const auto& bars = m_scene.layout->lanes()[index].bars;
    int row = 0;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (!bars[i].empty() && bars[i].back().right == openEnd)
            row = int(i);
    }
    const int top = m_scene.layout->rowTop(index, row);
    const QRectF box(m_scene.nowX + 5, top, width, m_scene.layout->barHeight());
    const QColor color = Theme::palette().running;
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(mixed(color, Theme::palette().panel, 0.6), 1, Qt::DashLine));
    m_painter.setBrush(mixed(color, Theme::palette().panel, 0.1));
    m_painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setPen(Theme::palette().muted);
    m_painter.drawText(box, Qt::AlignCenter, *fitting);
}

namespace {

/// Lines of a path in order of time, each pixel filled once: thousands of steps may share one.
class PathLines {
public:
    PathLines(QPainter& painter, const QRect& area) : m_painter(painter), m_area(area) {}
    void across(int y, int left, int right, int height, const QColor& color)
    {
        const auto [done, added] = m_done.try_emplace({y, height}, m_area.left() - 1);
        left = std::max(left, done->second + 1);
        right = std::min(right, m_area.right());
        if (right < left || y + height <= m_area.top() || y > m_area.bottom())
            return;
        m_painter.fillRect(QRect(left, y, right - left + 1, height), color);
        done->second = right;
    }
    void down(int x, int top, int bottom)
    {
        if (x < m_area.left() || x > m_area.right())
            return;
        const auto [at, added] = m_columns.try_emplace(x, top, bottom);
        at->second = {std::min(at->second.first, top), std::max(at->second.second, bottom)};
    }
    void fillColumns(const QColor& color)
    {
        for (const auto& [x, range] : m_columns) {
            const int top = std::max(range.first, m_area.top()), bottom = std::min(range.second, m_area.bottom());
            if (top <= bottom)
                m_painter.fillRect(QRect(x, top, 1, bottom - top + 1), color);
        }
    }

private:
    QPainter& m_painter;
    QRect m_area;
    std::map<std::pair<int, int>, int> m_done; ///< by y and height: filled up to here
    std::map<int, std::pair<int, int>> m_columns;
};

} // namespace

void TimelinePainter::paintCriticalPath()
{
    QColor strong = Theme::palette().text;
    strong.setAlphaF(0.75f);
    QColor thin = strong;
    thin.setAlphaF(0.32f);
    PathLines lines(m_painter, trackRect().translated(0, m_scene.scrollY));
    QRect previous;
    for (const StepIndex step : m_scene.model->criticalPath()) {
        const auto ref = m_scene.layout->spanOf(step);
        if (!ref)
            continue;
        const QRect rect = m_scene.layout->rectOf(m_scene.model->lanes(), *ref, m_scene.nowX);
        const int y = rect.bottom() + 3;
        lines.across(y, rect.left(), rect.left() + std::max(2, rect.width() - 1) - 1, 2, strong);
        if (previous.isValid()) {
            const int from = previous.bottom() + 4;
            const int bend = rect.left();
            lines.across(from, std::min(previous.right(), bend), std::max(previous.right(), bend), 1, thin);
            lines.down(bend, std::min(from, y + 1), std::max(from, y + 1));
        }
        previous = rect;
    }
    lines.fillColumns(thin);
}

void TimelinePainter::paintSpark(std::size_t index)
{
    const LaneLayout& layout = m_scene.layout->lanes()[index];
    if (layout.sparkHeight == 0 || !m_scene.sparks || index >= m_scene.sparks->size())
        return;
    const Spark& spark = (*m_scene.sparks)[index];
    const Palette& p = Theme::palette();
    const int base = layout.top + layout.sparkTop + layout.sparkHeight;
    const int left = timeline::gutterWidth;
    const double stepScale = spark.mostSteps > 0 ? (layout.sparkHeight - 4) / std::max(1.0, spark.mostSteps) : 0;
    const QColor area = mixed(p.line, p.panel, 0.75);
    // One step at a time says nothing the bars do not say.
    for (std::size_t i = 0; spark.mostSteps > 1.01 && i < spark.steps.size(); ++i) {
        const int height = int(spark.steps[i] * stepScale + 0.5);
        if (height > 0)
            m_painter.fillRect(QRect(left + int(i) * Spark::bucketPixels, base - height, Spark::bucketPixels, height), area);
    }
    const TimelineLane& lane = m_scene.model->lanes()[index];
    const auto bucketOf = [&](Timestamp time) { return (int(std::clamp(m_scene.layout->scale().x(time), -1e6, 1e6)) - left) / Spark::bucketPixels; };
    const int first = lane.firstStart ? std::max(0, bucketOf(*lane.firstStart)) : 0;
    const int last = bucketOf(lane.lastEnd.value_or(m_scene.now)) + 1;
    m_painter.setRenderHint(QPainter::Antialiasing);
    for (const SparkCurve& curve : sparkCurves(spark)) {
        QPolygonF line;
        for (int i = first; i < int(curve.values->size()) && i <= last; ++i)
            line.append(QPointF(left + i * Spark::bucketPixels + 1.5, base - 1 - (*curve.values)[std::size_t(i)] * (layout.sparkHeight - 4) / curve.most));
        m_painter.setPen(QPen(mixed(curve.color, p.panel, 0.9), 1.3));
        m_painter.drawPolyline(line);
    }
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelinePainter::paintOutlines()
{
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setBrush(Qt::NoBrush);
    const auto outline = [&](StepIndex step, const QPen& pen, double distance) {
        const auto ref = m_scene.layout->spanOf(step);
        if (step == noStep || !ref)
            return;
        const QRectF rect = m_scene.layout->rectOf(m_scene.model->lanes(), *ref, m_scene.nowX);
        m_painter.setPen(pen);
        m_painter.drawRoundedRect(rect.adjusted(-distance, -distance, distance, distance), 4, 4);
    };
    if (m_scene.hovered != m_scene.selected)
        outline(m_scene.hovered, QPen(Theme::palette().muted, 1), 1);
    outline(m_scene.selected, QPen(Theme::palette().text, 2), 2);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace layerline
