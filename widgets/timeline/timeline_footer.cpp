#include "widgets/timeline/timeline_footer.h"

#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_layout.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <set>

namespace layerline {

namespace {

constexpr int mapTop = 8, mapHeight = 26, mapRight = 14;
constexpr int edgeGrip = 5;
constexpr int legendGap = 14;

struct LegendEntry {
    QString text;
    Look look = Look::Pending;
    bool emulated = false;
    bool criticalPath = false;
};

} // namespace

TimelineFooter::TimelineFooter(const TimelineModel& model, QWidget* parent) : QWidget(parent), m_model(model)
{
    setFixedHeight(timeline::footerHeight);
    setMouseTracking(true);
    setAccessibleName(tr("Overview"));
}

QSize TimelineFooter::sizeHint() const
{
    return {400, timeline::footerHeight};
}

void TimelineFooter::setRange(const TimeRange& full, const TimeRange& visible)
{
    m_full = full;
    m_visible = visible;
    update();
}

QRect TimelineFooter::mapRect() const
{
    const int left = timeline::gutterWidth + timeline::trackInset;
    return {left, mapTop, std::max(10, width() - left - mapRight), mapHeight};
}

TimeScale TimelineFooter::scale() const
{
    return scaleFor(m_full, mapRect().left(), mapRect().width());
}

QRect TimelineFooter::windowRect() const
{
    const TimeScale s = scale();
    const QRect map = mapRect();
    const int left = std::clamp(int(s.x(m_visible.begin)), map.left(), map.right() - 3);
    const int right = std::clamp(int(s.x(m_visible.end)), left + 4, map.right() + 1);
    return {left, map.top(), right - left, map.height()};
}

TimelineFooter::Drag TimelineFooter::partAt(const QPoint& point) const
{
    const QRect window = windowRect();
    if (!mapRect().adjusted(-edgeGrip, -2, edgeGrip, 2).contains(point))
        return Drag::None;
    if (std::abs(point.x() - window.left()) <= edgeGrip)
        return Drag::Left;
    if (std::abs(point.x() - window.right()) <= edgeGrip)
        return Drag::Right;
    return Drag::Window;
}

void TimelineFooter::mousePressEvent(QMouseEvent* event)
{
    m_drag = event->button() == Qt::LeftButton ? partAt(event->position().toPoint()) : Drag::None;
    if (m_drag == Drag::None)
        return;
    m_dragX = int(event->position().x());
    m_dragRange = m_visible;
    if (m_drag == Drag::Window && !windowRect().contains(event->position().toPoint())) {
        const Duration half{(m_visible.end - m_visible.begin).ns / 2};
        const Timestamp centre = scale().time(m_dragX);
        m_dragRange = clampedTo({Timestamp{centre.ns - half.ns}, centre + half}, m_full);
        Q_EMIT rangeRequested(m_dragRange);
    }
}

void TimelineFooter::mouseMoveEvent(QMouseEvent* event)
{
    if (m_drag == Drag::None) {
        const Drag part = partAt(event->position().toPoint());
        setCursor(part == Drag::None ? Qt::ArrowCursor : part == Drag::Window ? Qt::OpenHandCursor : Qt::SizeHorCursor);
        return;
    }
    const Duration moved{std::int64_t((event->position().x() - m_dragX) * scale().nsPerPixel)};
    const Duration shortest{std::max<std::int64_t>(1'000'000, (m_full.end - m_full.begin).ns / 2000)};
    TimeRange range = m_dragRange;
    if (m_drag == Drag::Window)
        range = clampedTo(panned(range, moved), m_full);
    else if (m_drag == Drag::Left)
        range.begin = std::clamp(range.begin + moved, m_full.begin, Timestamp{range.end.ns - shortest.ns});
    else
        range.end = std::clamp(range.end + moved, range.begin + shortest, std::max(m_full.end, range.begin + shortest));
    Q_EMIT rangeRequested(range);
}

void TimelineFooter::mouseReleaseEvent(QMouseEvent*)
{
    m_drag = Drag::None;
}

void TimelineFooter::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT fitRequested();
}

void TimelineFooter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Palette& p = Theme::palette();
    painter.fillRect(rect(), p.panel);
    painter.fillRect(QRect(0, 0, timeline::gutterWidth, height()), p.panelRaised);
    painter.fillRect(QRect(timeline::gutterWidth - 1, 0, 1, height()), p.line);
    painter.setFont(Theme::uiFont(-1.5));
    painter.setPen(p.faint);
    painter.drawText(QRect(16, mapTop, timeline::gutterWidth - 26, mapHeight), Qt::AlignLeft | Qt::AlignVCenter, tr("whole build"));
    paintMap(painter);
    paintLegend(painter);
}

void TimelineFooter::paintMap(QPainter& painter)
{
    const Palette& p = Theme::palette();
    const QRect map = mapRect();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(p.line, 1));
    painter.setBrush(p.panelRaised);
    painter.drawRoundedRect(QRectF(map).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const TimeScale s = scale();
    const auto& lanes = m_model.lanes();
    const int pitch = lanes.empty() ? 1 : std::clamp((map.height() - 6) / int(lanes.size()), 1, 6);
    const int thick = std::max(1, std::min(3, pitch - 1));
    int y = map.top() + (map.height() - pitch * int(lanes.size())) / 2 + 1;
    for (const TimelineLane& lane : lanes) {
        int covered = map.left(); // one rectangle per pixel column at most, however many spans there are
        for (const TimelineSpan& span : lane.spans) {
            const int left = std::max(int(s.x(span.begin)), covered);
            const int right = std::min(int(s.x(span.end.value_or(m_model.now()))) + 1, map.right());
            if (right <= left)
                continue;
            painter.fillRect(QRect(left, y, right - left, thick), p.of(span.look));
            covered = right;
        }
        y += pitch;
    }
    const QRectF window = windowRect();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = p.accent;
    fill.setAlphaF(0.09f);
    painter.setBrush(fill);
    painter.setPen(QPen(p.accent, 1.5));
    painter.drawRoundedRect(window.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelineFooter::paintLegend(QPainter& painter)
{
    const Palette& p = Theme::palette();
    std::set<Look> present;
    bool emulated = false;
    for (const TimelineLane& lane : m_model.lanes()) {
        for (const TimelineSpan& span : lane.spans) {
            present.insert(span.look);
            emulated = emulated || span.emulated;
        }
    }
    std::vector<LegendEntry> entries;
    for (const Look look : {Look::Cached, Look::Imported, Look::Joined, Look::Rebuilt, Look::Invalidated, Look::Waiting, Look::Running, Look::Failed, Look::Canceled}) {
        if (present.count(look))
            entries.push_back({lookName(look), look, false, false});
    }
    if (emulated)
        entries.push_back({tr("emulated"), Look::Canceled, true, false});
    if (!m_model.criticalPath().empty())
        entries.push_back({tr("critical path"), Look::Pending, false, true});

    painter.setFont(Theme::uiFont(-1.1));
    const int top = mapTop + mapHeight + 7;
    int right = width() - mapRight;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        const int textWidth = painter.fontMetrics().horizontalAdvance(entry->text) + 1;
        const bool glyph = !entry->criticalPath && !entry->emulated && barLabelWidth(painter.font(), entry->look, {}) > 0;
        const int textLeft = glyph ? 31 : 18;
        const int left = right - textWidth - textLeft;
        if (left < timeline::gutterWidth + 6)
            break;
        const QRect swatch(left, top + 5, 12, 9);
        if (entry->criticalPath)
            painter.fillRect(QRect(left, top + 8, 12, 2), mixed(p.text, p.panel, 0.75));
        else
            paintBar(painter, swatch, entry->look, entry->emulated);
        if (glyph)
            paintLookGlyph(painter, QRect(left + 17, top + 5, 9, 9), entry->look, p.muted);
        painter.setPen(p.muted);
        painter.drawText(QRect(left + textLeft, top, textWidth, 19), Qt::AlignLeft | Qt::AlignVCenter, entry->text);
        right = left - legendGap;
    }
}

} // namespace layerline
