// Mouse, wheel, gestures and keys of the timeline.
#include "widgets/timeline/timeline_footer.h"
#include "widgets/timeline/timeline_hover_card.h"
#include "widgets/timeline/timeline_ruler.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QGestureEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {
constexpr double zoomFactor = 1.6;
constexpr Duration shortestRange{2'000'000};
}

void TimelineView::requestRange(const TimeRange& range)
{
    const TimeRange full = m_model.fullRange();
    const TimeRange wanted = clampedTo(range, full);
    if (wanted == full)
        m_selection.setRange({});
    else
        m_selection.setRange(wanted);
    updateNowTimer();
}

void TimelineView::zoomBy(double factor, double x)
{
    if (m_model.build())
        requestRange(zoomedAbout(visibleRange(), m_layout.scale().time(x), factor, shortestRange));
}

void TimelineView::panBy(double pixels)
{
    if (m_model.build())
        requestRange(panned(visibleRange(), {std::int64_t(pixels * m_layout.scale().nsPerPixel)}));
}

void TimelineView::zoomIn()
{
    const QRect selected = stepRect(m_selection.step());
    const bool seen = selected.isValid() && selected.right() > trackLeft() && selected.left() < viewport()->width();
    zoomBy(1 / zoomFactor, seen ? std::clamp(selected.center().x(), trackLeft(), viewport()->width()) : trackLeft() + trackWidth() / 2.0);
}

void TimelineView::zoomOut()
{
    zoomBy(zoomFactor, trackLeft() + trackWidth() / 2.0);
}

void TimelineView::fit()
{
    m_selection.setRange({});
    updateNowTimer();
}

void TimelineView::stepTo(int direction)
{
    std::vector<StepIndex> steps = m_model.order();
    // Steps that never ran have no bar to go to, those of a folded group share one.
    const auto skipped = [this](StepIndex step) {
        const auto ref = m_layout.spanOf(step);
        if (!ref)
            return true;
        const TimelineSpan& span = m_model.lanes()[ref->lane].spans[ref->span];
        return !span.folded.empty() && span.step != step && step != m_selection.step();
    };
    steps.erase(std::remove_if(steps.begin(), steps.end(), skipped), steps.end());
    if (steps.empty())
        return;
    const auto at = std::find(steps.begin(), steps.end(), m_selection.step());
    if (at == steps.end()) {
        m_selection.setStep(direction > 0 ? steps.front() : steps.back());
        return;
    }
    const std::ptrdiff_t next = (at - steps.begin()) + direction;
    if (next >= 0 && next < std::ptrdiff_t(steps.size()))
        m_selection.setStep(steps[std::size_t(next)]);
}

void TimelineView::selectNextStep() { stepTo(1); }
void TimelineView::selectPreviousStep() { stepTo(-1); }

void TimelineView::selectNextError()
{
    if (const StepIndex step = m_model.nextError(m_selection.step()); step != noStep)
        m_selection.setStep(step);
}

void TimelineView::zoomToStep()
{
    const auto ref = m_layout.spanOf(m_selection.step());
    if (!ref)
        return;
    const TimelineSpan& span = m_model.lanes()[ref->lane].spans[ref->span];
    const Timestamp end = span.end.value_or(m_model.now());
    const Duration margin{std::max((end - span.begin).ns / 6, shortestRange.ns / 2)};
    requestRange({Timestamp{span.begin.ns - margin.ns}, end + margin});
}

void TimelineView::toggleGroup()
{
    if (const ProgressGroup* group = m_model.groupOf(m_selection.step()))
        m_model.setFolded(*group, !m_model.folded(*group));
}

/// Brings the step into view, moving no more than needed.
void TimelineView::reveal(StepIndex step)
{
    const QRect rect = stepRect(step);
    if (!rect.isValid())
        return;
    QScrollBar* bar = verticalScrollBar();
    if (rect.top() < 8)
        bar->setValue(bar->value() + rect.top() - 8);
    else if (rect.bottom() > viewport()->height() - 8)
        bar->setValue(bar->value() + rect.bottom() - viewport()->height() + 8);
    if (!m_selection.range())
        return;
    if (rect.right() < trackLeft())
        panBy(rect.left() - trackLeft() - 40);
    else if (rect.left() > viewport()->width() - 40)
        panBy(rect.left() - trackLeft() - 40);
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    const double x = event->position().x();
    event->accept();
    if (event->modifiers() & Qt::ShiftModifier) {
        panBy(-(angle.y() ? angle.y() : angle.x()) * 0.8);
        return;
    }
    if (std::abs(angle.x()) > std::abs(angle.y())) {
        const QPoint pixels = event->pixelDelta();
        panBy(pixels.isNull() ? -angle.x() * 0.8 : -pixels.x());
        return;
    }
    // A list that scrolls keeps the plain wheel for that; without anything to scroll the wheel zooms.
    const bool scrolls = verticalScrollBar()->maximum() > 0;
    if ((event->modifiers() & Qt::ControlModifier) || !scrolls)
        zoomBy(std::pow(1.0015, -angle.y()), std::max<double>(x, trackLeft()));
    else
        QAbstractScrollArea::wheelEvent(event);
}

bool TimelineView::pinched(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture) {
        auto* native = static_cast<QNativeGestureEvent*>(event);
        if (native->gestureType() != Qt::ZoomNativeGesture)
            return false;
        zoomBy(1 / std::max(0.2, 1 + native->value()), native->position().x());
        return true;
    }
    if (event->type() != QEvent::Gesture)
        return false;
    auto* pinch = static_cast<QPinchGesture*>(static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture));
    if (!pinch || !(pinch->changeFlags() & QPinchGesture::ScaleFactorChanged))
        return false;
    zoomBy(1 / std::clamp(pinch->scaleFactor(), 0.2, 5.0), viewport()->mapFromGlobal(pinch->centerPoint().toPoint()).x());
    return true;
}

bool TimelineView::viewportEvent(QEvent* event)
{
    if (pinched(event))
        return true;
    if (event->type() == QEvent::Leave) {
        m_hoverTimer.stop();
        m_card->hide();
        m_hovered = noStep;
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const int page = trackWidth() / 8;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomIn(); break;
    case Qt::Key_Minus: zoomOut(); break;
    case Qt::Key_0: fit(); break;
    case Qt::Key_Left: panBy(-page); break;
    case Qt::Key_Right: panBy(page); break;
    case Qt::Key_Home: requestRange(panned(visibleRange(), m_model.fullRange().begin - visibleRange().begin)); break;
    case Qt::Key_End: requestRange(panned(visibleRange(), m_model.fullRange().end - visibleRange().end)); break;
    case Qt::Key_Up: verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub); break;
    case Qt::Key_Down: verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd); break;
    case Qt::Key_J: selectNextStep(); break;
    case Qt::Key_K: selectPreviousStep(); break;
    case Qt::Key_E: selectNextError(); break;
    case Qt::Key_G: toggleGroup(); break;
    case Qt::Key_T: m_ruler->setWallClock(!m_ruler->wallClock()); break;
    case Qt::Key_Return:
    case Qt::Key_Enter: zoomToStep(); break;
    case Qt::Key_Escape:
        if (m_selection.step() == noStep) {
            event->ignore();
            return;
        }
        m_selection.setStep(noStep);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    event->accept();
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressed = true;
    m_dragging = false;
    m_pressPoint = event->position().toPoint();
    m_pressRange = visibleRange();
    m_pressScroll = verticalScrollBar()->value();
    m_hoverTimer.stop();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint point = event->position().toPoint();
    if (!m_pressed) {
        m_hoverPoint = point;
        const StepIndex step = stepAt(point);
        if (step != m_hovered) {
            m_hovered = step;
            m_card->hide();
            viewport()->setCursor(step == noStep ? Qt::ArrowCursor : Qt::PointingHandCursor);
            viewport()->update();
        }
        if (step != noStep && !m_card->isVisible())
            m_hoverTimer.start();
        return;
    }
    const QPoint moved = point - m_pressPoint;
    if (!m_dragging && moved.manhattanLength() < QApplication::startDragDistance())
        return;
    if (!m_dragging) {
        m_dragging = true;
        m_card->hide();
        viewport()->setCursor(Qt::ClosedHandCursor);
    }
    requestRange(panned(m_pressRange, {std::int64_t(-moved.x() * m_layout.scale().nsPerPixel)}));
    verticalScrollBar()->setValue(m_pressScroll - moved.y());
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool click = m_pressed && !m_dragging && event->button() == Qt::LeftButton;
    m_pressed = false;
    m_dragging = false;
    viewport()->setCursor(Qt::ArrowCursor);
    if (!click)
        return;
    const QPoint point = event->position().toPoint();
    if (point.x() >= timeline::gutterWidth) {
        m_selection.setStep(stepAt(point));
        return;
    }
    const auto lane = m_layout.laneAt(point.y() + verticalScrollBar()->value());
    if (!lane || m_model.lanes()[*lane].kind != LaneKind::Platform || m_selection.platform() == m_model.lanes()[*lane].platform)
        m_selection.setPlatform({});
    else
        m_selection.setPlatform(m_model.lanes()[*lane].platform);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || event->position().x() < timeline::gutterWidth)
        return;
    const StepIndex step = stepAt(event->position().toPoint());
    if (step == noStep) {
        fit();
        return;
    }
    m_selection.setStep(step);
    if (const ProgressGroup* group = m_model.groupOf(step); group && m_model.folded(*group))
        toggleGroup();
    else
        zoomToStep();
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_ruler->setGeometry(0, 0, width(), timeline::rulerHeight);
    m_footer->setGeometry(0, height() - timeline::footerHeight, width(), timeline::footerHeight);
    updateLayout();
}

void TimelineView::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    updateLayout();
    updateNowTimer();
}

void TimelineView::hideEvent(QHideEvent* event)
{
    QAbstractScrollArea::hideEvent(event);
    updateNowTimer();
}

void TimelineView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateLayout();
}

void TimelineView::scrollContentsBy(int, int)
{
    viewport()->update();
}

} // namespace layerline
