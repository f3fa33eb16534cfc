#include "widgets/timeline/timeline_ruler.h"

#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_layout.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {
constexpr int tickSpacing = 88;
constexpr std::int64_t oneSecond = 1'000'000'000;
}

TimelineRuler::TimelineRuler(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(timeline::rulerHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 0, 1);
    row->setSpacing(2);
    QToolButton* out = addButton(QStringLiteral("zoom-out"), tr("Zoom out"), tr("Zoom out (-)"));
    QToolButton* in = addButton(QStringLiteral("zoom-in"), tr("Zoom in"), tr("Zoom in (+)"));
    QToolButton* fit = addButton(QStringLiteral("fit"), tr("Fit"), tr("Show the whole build (0)"));
    QToolButton* clock = addButton(QStringLiteral("clock"), tr("Time of day"), tr("Show the time of day instead of the time since the start (T)"));
    clock->setCheckable(true);
    for (const auto& [button, icon] : m_buttons)
        row->addWidget(button);
    row->addStretch();
    connect(out, &QToolButton::clicked, this, [this] { Q_EMIT zoomRequested(1.6); });
    connect(in, &QToolButton::clicked, this, [this] { Q_EMIT zoomRequested(1 / 1.6); });
    connect(fit, &QToolButton::clicked, this, &TimelineRuler::fitRequested);
    connect(clock, &QToolButton::toggled, this, &TimelineRuler::setWallClock);
    connect(this, &TimelineRuler::wallClockToggled, clock, &QToolButton::setChecked);
    refreshIcons();
}

QToolButton* TimelineRuler::addButton(const QString& icon, const QString& name, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setIconSize({16, 16});
    button->setFixedSize(26, 24);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::TabFocus);
    m_buttons.emplace_back(button, icon);
    return button;
}

void TimelineRuler::refreshIcons()
{
    for (const auto& [button, icon] : m_buttons)
        button->setIcon(Theme::icon(icon));
}

void TimelineRuler::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshIcons();
    QWidget::changeEvent(event);
}

QSize TimelineRuler::sizeHint() const
{
    return {400, timeline::rulerHeight};
}

void TimelineRuler::setTime(const TimeScale& scale, const TimeRange& range, Timestamp origin, int nowX)
{
    const bool same = m_scale == scale && m_range == range && m_origin == origin;
    if (same && m_nowX == nowX)
        return;
    if (!same) {
        m_scale = scale;
        m_range = range;
        m_origin = origin;
        m_step = tickStep(scale.nsPerPixel, tickSpacing);
        // Ticks of a clock stand at round times of day, those of a stopwatch at round times since the start.
        const TimeRange seen{scale.time(timeline::gutterWidth), scale.time(std::max(width(), timeline::gutterWidth + 1))};
        m_ticks = ticksIn(seen, m_wall ? Timestamp{} : origin, m_step);
    }
    m_nowX = nowX;
    update();
}

void TimelineRuler::setWallClock(bool wall)
{
    if (m_wall == wall)
        return;
    m_wall = wall;
    const TimeRange seen{m_scale.time(timeline::gutterWidth), m_scale.time(std::max(width(), timeline::gutterWidth + 1))};
    m_ticks = ticksIn(seen, m_wall ? Timestamp{} : m_origin, m_step);
    update();
    Q_EMIT wallClockToggled(wall);
}

QString TimelineRuler::tickText(Timestamp tick) const
{
    if (m_wall) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(tick.ns / 1'000'000);
        if (m_step.ns < oneSecond)
            return time.toString(QStringLiteral("HH:mm:ss.zzz"));
        return time.toString(m_step.ns < 60 * oneSecond ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
    }
    const std::int64_t ns = (tick - m_origin).ns;
    const QString sign = ns < 0 ? QStringLiteral("−") : QString();
    const std::int64_t size = std::abs(ns);
    const std::int64_t seconds = size / oneSecond;
    if (m_step.ns < oneSecond) {
        const int digits = m_step.ns >= 100'000'000 ? 1 : m_step.ns >= 10'000'000 ? 2 : 3;
        return sign + tr("%1 s").arg(QLocale().toString(double(size) / 1e9, 'f', digits));
    }
    if (seconds < 60)
        return sign + tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return sign + (seconds % 60 ? tr("%1 m %2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')) : tr("%1 m").arg(seconds / 60));
    const std::int64_t minutes = seconds / 60 % 60;
    return sign + (minutes ? tr("%1 h %2").arg(seconds / 3600).arg(minutes, 2, 10, QLatin1Char('0')) : tr("%1 h").arg(seconds / 3600));
}

void TimelineRuler::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Palette& p = Theme::palette();
    painter.fillRect(rect(), p.panel);
    painter.fillRect(QRect(0, 0, timeline::gutterWidth, height()), p.panelRaised);
    painter.fillRect(QRect(timeline::gutterWidth - 1, 0, 1, height()), p.line);
    painter.fillRect(QRect(0, height() - 1, width(), 1), p.line);

    painter.setFont(Theme::uiFont(-1.5, 600));
    const QString nowText = tr("now");
    QRect nowRect;
    if (m_nowX >= timeline::gutterWidth) {
        const int width = painter.fontMetrics().horizontalAdvance(nowText) + 2;
        // At the right edge the word stands left of its line.
        const int left = m_nowX + 6 + width < this->width() ? m_nowX + 6 : m_nowX - 4 - width;
        nowRect = QRect(left, 0, width, height() - 1);
    }
    painter.setClipRect(QRect(timeline::gutterWidth, 0, width(), height()));
    painter.setFont(Theme::uiFont(-1.5));
    for (const Timestamp tick : m_ticks) {
        const int x = int(m_scale.x(tick));
        const QString text = tickText(tick);
        const QRect place(x + 5, 0, int(std::ceil(tabularWidth(painter.font(), text))) + 2, height() - 1);
        painter.fillRect(QRect(x, 0, 1, height() - 1), mixed(p.line, p.panel, 0.7));
        if (place.right() >= width() || place.intersects(nowRect) || (m_nowX >= 0 && place.left() <= m_nowX + 2 && place.right() >= m_nowX - 1))
            continue;
        painter.setPen(p.faint);
        drawTabular(painter, place, Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    if (!nowRect.isNull()) {
        painter.fillRect(QRect(m_nowX, 0, 2, height()), p.running);
        painter.setFont(Theme::uiFont(-1.5, 600));
        painter.setPen(p.running);
        painter.drawText(nowRect, Qt::AlignLeft | Qt::AlignVCenter, nowText);
    }
}

} // namespace layerline
