// The left column: who, how, how long.
#include "items/percent.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_painter.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::TimelineView)
};

constexpr int margin = 16;
constexpr int iconSize = 16;

QString cachedShare(const TimelineLane& lane)
{
    if (lane.steps == 0 || lane.completed == 0)
        return {};
    return Words::tr("%1 % cached").arg(wholePercent(lane.cached, lane.steps));
}

QStringList withTail(const QString& head, const QString& tail)
{
    if (tail.isEmpty())
        return {head};
    return {head + QStringLiteral(" · ") + tail, head};
}

QStringList platformSummary(const TimelineModel& model, const TimelineLane& lane, Timestamp now)
{
    if (!lane.firstStart) {
        const OptionalTime started = model.build()->started();
        if (!model.running())
            return {Words::tr("did not start")};
        return started ? withTail(Words::tr("waiting"), humanElapsed(now - *started)) : QStringList{Words::tr("waiting")};
    }
    const Duration wall = lane.lastEnd.value_or(now) - *lane.firstStart;
    if (lane.failed > 0)
        return {Words::tr("failed after %1").arg(humanDuration(wall))};
    if (lane.canceled > 0)
        return {Words::tr("cancelled after %1").arg(humanDuration(wall))};
    if (model.running() && (lane.running > 0 || lane.pending > 0))
        return withTail(humanElapsed(now - *lane.firstStart), cachedShare(lane));
    if (model.build()->status() == BuildStatus::Lost && (lane.running > 0 || lane.pending > 0))
        return {Words::tr("lost after %1").arg(humanDuration(wall))};
    return withTail(Words::tr("done %1").arg(humanDuration(wall)), cachedShare(lane));
}

/// "waits for arm64", by the platforms still at work.
QStringList waitsFor(const TimelineModel& model)
{
    QStringList names;
    for (const TimelineLane& lane : model.lanes()) {
        if (lane.kind == LaneKind::Platform && (lane.running > 0 || lane.pending > 0))
            names.append(laneName(lane));
    }
    if (names.isEmpty())
        return {Words::tr("waiting")};
    return {Words::tr("waits for %1").arg(names.join(QStringLiteral(", "))), Words::tr("waits for %1").arg(names.first())};
}

QColor tagColor(const TimelineLane& lane)
{
    const Palette& p = Theme::palette();
    return lane.execution == Execution::Emulated ? mixed(p.rebuilt, p.text, Theme::dark() ? 1.0 : 0.75) : p.muted;
}

QString iconOf(const TimelineLane& lane)
{
    if (lane.kind == LaneKind::Platform)
        return Theme::archIcon(lane.platform);
    return lane.kind == LaneKind::Shared ? QStringLiteral("arch-shared") : QStringLiteral("export");
}

void drawFirstFitting(QPainter& painter, const QRect& rect, const QStringList& candidates)
{
    for (const QString& text : candidates) {
        if (tabularWidth(painter.font(), text) <= rect.width()) {
            drawTabular(painter, rect, Qt::AlignLeft | Qt::AlignVCenter, text);
            return;
        }
    }
}

void paintSparkCaption(QPainter& painter, const TimelineScene& scene, std::size_t index)
{
    const LaneLayout& layout = scene.layout->lanes()[index];
    if (layout.sparkHeight < 22 || !scene.sparks || index >= scene.sparks->size())
        return;
    const Spark& spark = (*scene.sparks)[index];
    const Palette& p = Theme::palette();
    painter.setFont(Theme::uiFont(-1.7));
    const int width = timeline::gutterWidth - 2 * margin;
    int bottom = layout.top + layout.sparkTop + layout.sparkHeight;
    const int lowest = layout.top + timeline::smallestLane - 4;
    const auto line = [&](const QColor& color, const QString& text, int thickness) {
        if (bottom - 15 < lowest)
            return;
        painter.fillRect(QRect(margin, bottom - 10, 8, thickness), color);
        painter.setPen(p.faint);
        painter.drawText(QRect(margin + 14, bottom - 15, width - 14, 15), Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, width - 14));
        bottom -= 15;
    };
    for (const SparkCurve& curve : sparkCurves(spark))
        line(curve.color, curve.caption, 2);
    if (spark.mostSteps > 1.01)
        line(mixed(p.line, p.text, 0.85), Words::tr("steps at once, up to %1").arg(qRound(spark.mostSteps)), 6);
}

void paintLaneGutter(QPainter& painter, const TimelineScene& scene, std::size_t index)
{
    const TimelineLane& lane = scene.model->lanes()[index];
    const LaneLayout& layout = scene.layout->lanes()[index];
    const Palette& p = Theme::palette();
    if (lane.kind == LaneKind::Platform && scene.platform == lane.platform) {
        painter.fillRect(QRect(0, layout.top, timeline::gutterWidth, layout.height), p.selection);
        painter.fillRect(QRect(0, layout.top, 3, layout.height), p.accent);
    }
    painter.fillRect(QRect(0, layout.top + layout.height - 1, timeline::gutterWidth, 1), p.line);
    Theme::paintIcon(painter, QRectF(margin - 1, layout.top + 10, iconSize, iconSize), iconOf(lane), p.muted);

    painter.setFont(Theme::uiFont(0, 600));
    painter.setPen(p.text);
    const int nameLeft = margin + iconSize + 6;
    const QString tag = laneTag(lane);
    const int tagWidth = tag.isEmpty() ? 0 : paintTag(painter, {}, 17, tag, p.muted, false) + 8;
    const int nameRoom = timeline::gutterWidth - nameLeft - 10 - tagWidth;
    const QString name = painter.fontMetrics().elidedText(laneName(lane), Qt::ElideRight, nameRoom);
    painter.drawText(QRect(nameLeft, layout.top + 8, nameRoom, 20), Qt::AlignLeft | Qt::AlignVCenter, name);
    if (!tag.isEmpty())
        paintTag(painter, {nameLeft + painter.fontMetrics().horizontalAdvance(name) + 8, layout.top + 10}, 17, tag, tagColor(lane));

    painter.setFont(Theme::uiFont(-1.1));
    painter.setPen(lane.failed > 0 ? p.failed : p.muted);
    const QRect second(margin, layout.top + 29, timeline::gutterWidth - margin - 8, 18);
    drawFirstFitting(painter, second, laneSummaries(*scene.model, lane, scene.now));
    paintSparkCaption(painter, scene, index);
}

} // namespace

QString laneName(const TimelineLane& lane)
{
    switch (lane.kind) {
    case LaneKind::Platform:
        return QString::fromStdString(lane.platform.shortName());
    case LaneKind::Shared:
        return Words::tr("shared");
    case LaneKind::Export:
        return Words::tr("export");
    }
    return {};
}

QString laneTag(const TimelineLane& lane)
{
    if (lane.kind != LaneKind::Platform)
        return {};
    switch (lane.execution) {
    case Execution::Native:
        return Words::tr("native");
    case Execution::Emulated:
        return lane.factor ? Words::tr("QEMU %1").arg(humanFactor(*lane.factor)) : Words::tr("QEMU");
    case Execution::Cross:
        return Words::tr("cross");
    case Execution::Unknown:
        return {};
    }
    return {};
}

QStringList laneSummaries(const TimelineModel& model, const TimelineLane& lane, Timestamp now)
{
    switch (lane.kind) {
    case LaneKind::Platform:
        return platformSummary(model, lane, now);
    case LaneKind::Shared: {
        const QString steps = Words::tr("%n step(s)", nullptr, lane.steps);
        if (lane.contextBytes > 0)
            return {Words::tr("context %1").arg(humanBytes(lane.contextBytes)) + QStringLiteral(" · ") + steps, Words::tr("context %1").arg(humanBytes(lane.contextBytes))};
        return withTail(steps, cachedShare(lane));
    }
    case LaneKind::Export:
        if (!lane.firstStart)
            return model.running() ? waitsFor(model) : QStringList{Words::tr("did not start")};
        if (lane.failed > 0)
            return {Words::tr("failed after %1").arg(humanDuration(lane.lastEnd.value_or(now) - *lane.firstStart))};
        if (!lane.lastEnd)
            return {humanElapsed(now - *lane.firstStart)};
        return {Words::tr("done %1").arg(humanDuration(*lane.lastEnd - *lane.firstStart))};
    }
    return {};
}

void paintTimelineGutter(QPainter& painter, const TimelineScene& scene)
{
    const Palette& p = Theme::palette();
    painter.fillRect(QRect(0, 0, timeline::gutterWidth, scene.size.height()), p.panelRaised);
    painter.fillRect(QRect(timeline::gutterWidth - 1, 0, 1, scene.size.height()), p.line);
    painter.save();
    painter.setClipRect(QRect(0, 0, timeline::gutterWidth, scene.size.height()));
    painter.translate(0, -scene.scrollY);
    for (std::size_t i = 0; i < scene.layout->lanes().size(); ++i)
        paintLaneGutter(painter, scene, i);
    painter.restore();
}

} // namespace layerline
