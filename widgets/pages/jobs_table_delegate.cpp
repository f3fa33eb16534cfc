#include "widgets/pages/jobs_table_delegate.h"

#include "widgets/style/theme.h"

#include <QPainter>

#include <algorithm>

namespace layerline {

namespace {

constexpr int rowHeight = 28;
constexpr int glyphSize = 14;

int xOf(const QRect& rect, const RunSpan& span, Timestamp time)
{
    const double share = double((time - span.begin).ns) / double((span.end - span.begin).ns);
    return rect.left() + qRound(std::clamp(share, 0.0, 1.0) * rect.width());
}

QRect barRect(const QRect& rect, const RunSpan& span, Timestamp from, Timestamp to)
{
    const int left = xOf(rect, span, from);
    const int right = std::max(xOf(rect, span, to), left + 2); // the shortest step stays visible
    return {left, rect.top() + 7, right - left, rect.height() - 14};
}

} // namespace

Look lookOfJob(RunState state, Conclusion conclusion)
{
    if (failed(conclusion))
        return Look::Failed;
    switch (conclusion) {
    case Conclusion::Cancelled:
    case Conclusion::Stale: return Look::Canceled;
    case Conclusion::Success:
    case Conclusion::Neutral:
    case Conclusion::Unknown: return Look::Cached; // green and a tick: it went well, as far as GitHub says
    case Conclusion::Skipped:
    case Conclusion::ActionRequired: return Look::Pending;
    default: return state == RunState::InProgress ? Look::Running : Look::Pending;
    }
}

JobsTableDelegate::JobsTableDelegate(const JobsModel& model, const Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model), m_clock(clock)
{
}

QSize JobsTableDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), rowHeight};
}

void JobsTableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const RunJob* job = m_model.job(index.row());
    if (!job)
        return;
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, Theme::palette().selection);
    const QRect inner = option.rect.adjusted(8, 0, -8, 0);
    const QString text = index.data().toString();
    switch (index.column()) {
    case JobsModel::NameColumn: paintName(*painter, inner, *job); break;
    case JobsModel::PlatformColumn: paintPlatform(*painter, inner, *job, text); break;
    case JobsModel::BarColumn: paintBars(*painter, inner, *job); break;
    default:
        painter->setPen(Theme::palette().muted);
        painter->setFont(option.font);
        drawTabular(*painter, inner, Qt::AlignRight | Qt::AlignVCenter, text);
    }
    painter->restore();
}

void JobsTableDelegate::paintName(QPainter& painter, const QRect& rect, const RunJob& job) const
{
    const Look look = lookOfJob(job.state, job.conclusion);
    paintLookBadge(painter, {rect.left(), rect.center().y() - glyphSize / 2, glyphSize, glyphSize}, look);
    const QRect text = rect.adjusted(glyphSize + 8, 0, 0, 0);
    painter.setPen(job.conclusion == Conclusion::Skipped ? Theme::palette().muted : Theme::palette().text);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(QString::fromStdString(job.name), Qt::ElideMiddle, text.width()));
}

void JobsTableDelegate::paintPlatform(QPainter& painter, const QRect& rect, const RunJob& job, const QString& text) const
{
    int left = rect.left();
    const Palette& colors = Theme::palette();
    if (!job.platforms.empty()) {
        Theme::paintIcon(painter, QRectF(left, rect.center().y() - 7, 15, 15), Theme::archIcon(job.platforms.front()), colors.muted);
        left += 21;
    }
    painter.setPen(colors.muted);
    const QRect room(left, rect.top(), rect.right() - left, rect.height());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
}

void JobsTableDelegate::paintBars(QPainter& painter, const QRect& rect, const RunJob& job) const
{
    if (job.conclusion == Conclusion::Skipped)
        return;
    const RunSpan span = m_model.span();
    const Timestamp now = m_clock.now();
    if (const auto waited = queueTime(job, now); waited && waited->ns > 0) {
        const QRect queue = barRect(rect, span, *job.created, *job.created + *waited);
        QPen pen(Theme::palette().pending, 1, Qt::DashLine);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(queue.adjusted(0, 3, -1, -4));
    }
    const auto ran = runTime(job, now);
    if (!ran)
        return;
    const QRect whole = barRect(rect, span, *job.started, *job.started + *ran);
    QColor quiet = Theme::palette().of(lookOfJob(job.state, job.conclusion));
    quiet.setAlpha(70);
    painter.fillRect(whole, quiet); // the time between steps belongs to the job as well
    for (const RunStep& step : job.steps) {
        if (!step.started || step.conclusion == Conclusion::Skipped)
            continue;
        const QRect bar = barRect(rect, span, *step.started, step.completed.value_or(now));
        paintBar(painter, bar.adjusted(0, 0, bar.width() > 3 ? -1 : 0, 0), lookOfJob(step.state, step.conclusion), false);
    }
}

} // namespace layerline
