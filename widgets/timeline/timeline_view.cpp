#include "widgets/timeline/timeline_view.h"

#include "items/estimate_board.h"
#include "domain/graph.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_accessible.h"
#include "widgets/timeline/timeline_footer.h"
#include "widgets/timeline/timeline_hover_card.h"
#include "widgets/timeline/timeline_ruler.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {
constexpr int slowestFrame = 1000, fastestFrame = 33; ///< ms between two moves of "now"
constexpr int hoverDelay = 140;
}

TimelineView::TimelineView(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QAbstractScrollArea(parent), m_selection(selection), m_model(store, selection, clock), m_ruler(new TimelineRuler(this)),
      m_footer(new TimelineFooter(m_model, this)), m_card(new TimelineHoverCard(viewport()))
{
    installTimelineAccessibility();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportMargins(0, timeline::rulerHeight, 0, timeline::footerHeight);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->grabGesture(Qt::PinchGesture);
    verticalScrollBar()->setSingleStep(20);
    m_nowTimer.setTimerType(Qt::CoarseTimer);
    m_hoverTimer.setSingleShot(true);
    m_hoverTimer.setInterval(hoverDelay);

    connect(&m_model, &TimelineModel::changed, this, &TimelineView::onModelChanged);
    connect(&m_model, &TimelineModel::outputChanged, this, [this] {
        m_sparksStale = true;
        viewport()->update();
    });
    connect(&selection, &SelectionState::stepChanged, this, &TimelineView::onSelectionChanged);
    connect(&selection, &SelectionState::platformChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&selection, &SelectionState::rangeChanged, this, &TimelineView::updateLayout);
    connect(&m_nowTimer, &QTimer::timeout, this, &TimelineView::onTick);
    connect(&m_hoverTimer, &QTimer::timeout, this, [this] { hover(m_hoverPoint); });
    connect(m_ruler, &TimelineRuler::zoomRequested, this, [this](double factor) { zoomBy(factor, trackLeft() + trackWidth() / 2.0); });
    connect(m_ruler, &TimelineRuler::fitRequested, this, &TimelineView::fit);
    connect(m_ruler, &TimelineRuler::wallClockToggled, viewport(), qOverload<>(&QWidget::update));
    connect(m_footer, &TimelineFooter::rangeRequested, this, &TimelineView::requestRange);
    connect(m_footer, &TimelineFooter::fitRequested, this, &TimelineView::fit);
    onModelChanged();
}

TimelineView::~TimelineView() = default;

QSize TimelineView::sizeHint() const
{
    return {900, 420};
}

QSize TimelineView::minimumSizeHint() const
{
    return {timeline::gutterWidth + 220, timeline::rulerHeight + timeline::footerHeight + 60};
}

void TimelineView::setEstimates(const EstimateBoard& board)
{
    m_estimates = &board;
    connect(&board, &EstimateBoard::changed, this, [this](const BuildId& id) {
        if (id == m_selection.build())
            viewport()->update();
    });
}

const BuildEstimate* TimelineView::estimate() const
{
    return m_estimates ? m_estimates->find(m_selection.build()) : nullptr;
}

void TimelineView::setWallClock(bool wall)
{
    m_ruler->setWallClock(wall);
}

int TimelineView::trackWidth() const
{
    return std::max(10, viewport()->width() - trackLeft() - timeline::trackInset);
}

TimeRange TimelineView::visibleRange() const
{
    return m_selection.range().value_or(m_model.fullRange());
}

int TimelineView::nowX() const
{
    return m_model.running() ? int(std::clamp(m_layout.scale().x(m_model.now()), 0.0, 1e6)) : -1;
}

void TimelineView::refresh()
{
    m_model.refresh();
    updateLayout();
}

void TimelineView::onModelChanged()
{
    m_sparksStale = true;
    updateBright();
    updateLayout();
    updateNowTimer();
}

void TimelineView::onSelectionChanged()
{
    updateBright();
    if (m_selection.step() != noStep)
        reveal(m_selection.step());
    viewport()->update();
    notifyTimelineSelection(*this, m_selection.step());
}

void TimelineView::updateBright()
{
    m_bright.clear();
    const Build* build = m_model.build();
    if (!build || m_selection.step() == noStep || raw(m_selection.step()) >= build->steps.size())
        return;
    m_bright.assign(build->steps.size(), false);
    for (const StepIndex step : relatives(*build, m_selection.step()))
        m_bright[raw(step)] = true;
}

void TimelineView::updateLayout()
{
    m_labels.setModel(m_model, Theme::uiFont(-1.4, 500));
    const QSize area(trackWidth(), viewport()->height());
    const TimeRange full = m_model.fullRange();
    const bool arranged = m_layout.arrange(m_model.lanes(), m_model.revision(), full, area, [this](StepIndex step) { return m_labels.wantedWidth(step); });
    const TimeRange range = visibleRange();
    const bool placed = m_layout.place(m_model.lanes(), range, trackLeft(), trackWidth());
    if (arranged || placed)
        m_sparksStale = true;
    verticalScrollBar()->setPageStep(viewport()->height());
    // A view that has no size yet would ask for a scroll bar it does not need.
    const int beyond = viewport()->height() > 20 ? m_layout.contentHeight() - viewport()->height() : 0;
    verticalScrollBar()->setRange(0, std::max(0, beyond));
    const Build* build = m_model.build();
    m_ruler->setTime(m_layout.scale(), range, build ? build->started().value_or(full.begin) : full.begin, nowX());
    m_footer->setRange(full, range);
    m_paintedNowX = nowX();
    viewport()->update();
}

void TimelineView::updateNowTimer()
{
    if (!m_model.running() || !isVisible()) {
        m_nowTimer.stop();
        return;
    }
    // As often as the line moves by a pixel, but at most 30 times a second.
    const int interval = std::clamp(int(m_layout.scale().nsPerPixel / 1e6), fastestFrame, slowestFrame);
    if (!m_nowTimer.isActive() || m_nowTimer.interval() != interval)
        m_nowTimer.start(interval);
}

void TimelineView::onTick()
{
    followNow();
    updateLayout(); // the range of a whole running build grows now and then
    updateNowTimer();
    if (m_card->isVisible())
        hover(m_hoverPoint);
}

/// Whoever looks at the live edge keeps it: when "now" leaves the visible range, the range goes on with it.
void TimelineView::followNow()
{
    const std::optional<TimeRange> range = m_selection.range();
    if (!range || m_pressed || m_paintedNowX < 0)
        return;
    const Timestamp now = m_model.now();
    const Duration length = range->end - range->begin;
    const bool wasSeen = m_paintedNowX >= trackLeft() && m_paintedNowX < viewport()->width();
    if (wasSeen && now > Timestamp{range->end.ns - length.ns / 50})
        requestRange(panned(*range, now - Timestamp{range->end.ns - length.ns / 4}));
}

TimelineScene TimelineView::scene() const
{
    TimelineScene scene;
    scene.model = &m_model;
    scene.layout = &m_layout;
    scene.labels = &m_labels;
    scene.sparks = &m_sparks;
    scene.bright = &m_bright;
    scene.estimate = estimate();
    scene.ticks = m_ruler->ticks();
    scene.size = viewport()->size();
    scene.scrollY = verticalScrollBar()->value();
    scene.nowX = nowX();
    scene.now = m_model.now();
    scene.selected = m_selection.step();
    scene.hovered = m_hovered;
    scene.platform = m_selection.platform();
    return scene;
}

void TimelineView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    if (!m_model.build() || m_model.lanes().empty()) {
        paintEmpty(painter);
        return;
    }
    if (m_sparksStale) {
        m_sparksStale = false;
        m_sparks.clear();
        for (std::size_t i = 0; i < m_model.lanes().size(); ++i) {
            const bool wanted = i < m_layout.lanes().size() && m_layout.lanes()[i].sparkHeight > 0;
            TimeScale scale = m_layout.scale();
            scale.begin = scale.time(timeline::gutterWidth); // buckets begin at the gutter's edge
            m_sparks.push_back(wanted ? sparkOf(m_model, m_model.lanes()[i], scale, viewport()->width() - timeline::gutterWidth, m_model.now()) : Spark{});
        }
    }
    const TimelineScene frame = scene();
    TimelinePainter(painter, frame).paint();
    paintTimelineGutter(painter, frame);
    if (hasFocus()) {
        painter.setPen(QPen(mixed(Theme::palette().accent, Theme::palette().panel, 0.7), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

void TimelineView::paintEmpty(QPainter& painter)
{
    const Palette& p = Theme::palette();
    painter.fillRect(viewport()->rect(), p.panel);
    painter.fillRect(QRect(0, 0, timeline::gutterWidth, viewport()->height()), p.panelRaised);
    painter.fillRect(QRect(timeline::gutterWidth - 1, 0, 1, viewport()->height()), p.line);
    const QRect room = viewport()->rect().adjusted(timeline::gutterWidth + 24, 0, -24, 0);
    painter.setPen(p.muted);
    painter.setFont(Theme::uiFont(0.75, 500));
    const QString title = m_model.build() ? tr("No step has been announced yet") : tr("No build selected");
    painter.drawText(room.adjusted(0, 0, 0, -24), Qt::AlignCenter | Qt::TextWordWrap, title);
    painter.setPen(p.faint);
    painter.setFont(Theme::uiFont());
    const QString hint = m_model.build() ? tr("Lanes appear as soon as the builder starts its first step.") : tr("Choose one in the list: its platforms appear here, a lane each.");
    painter.drawText(room.adjusted(0, 24, 0, 0), Qt::AlignCenter | Qt::TextWordWrap, hint);
}

QRect TimelineView::stepRect(StepIndex step) const
{
    const auto ref = m_layout.spanOf(step);
    if (!ref)
        return {};
    return m_layout.rectOf(m_model.lanes(), *ref, nowX()).translated(0, -verticalScrollBar()->value());
}

StepIndex TimelineView::stepAt(const QPoint& point) const
{
    if (point.x() < timeline::gutterWidth)
        return noStep;
    std::size_t lane = 0;
    const PlacedBar* bar = m_layout.barAt(point + QPoint(0, verticalScrollBar()->value()), nowX(), &lane);
    return bar ? m_model.lanes()[lane].spans[bar->span].step : noStep;
}

void TimelineView::hover(const QPoint& point)
{
    const StepIndex step = m_dragging ? noStep : stepAt(point);
    if (step == noStep) {
        m_card->hide();
        return;
    }
    m_card->showNear(stepCardHtml(m_model, step, m_model.now(), estimate()), stepRect(step), point);
}

} // namespace layerline
