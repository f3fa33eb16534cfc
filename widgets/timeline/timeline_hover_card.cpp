#include "widgets/timeline/timeline_hover_card.h"

#include "domain/summary.h"
#include "items/step_label.h"
#include "widgets/style/theme.h"

#include <QCoreApplication>
#include <QGraphicsDropShadowEffect>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::TimelineHoverCard)
};

constexpr int cardWidth = 330;
const QString dot = QStringLiteral(" · ");

QString coloured(const QColor& color, const QString& text)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(color.name(), text);
}

QString platformNames(const std::vector<Platform>& platforms)
{
    QStringList names;
    for (const Platform& platform : platforms)
        names.append(QString::fromStdString(platform.str()));
    return names.join(QStringLiteral(", "));
}

QString whereLine(const TimelineModel& model, const Build& build, StepIndex index)
{
    const Step& step = build.step(index);
    QStringList parts;
    if (!step.neededBy.empty())
        parts.append(step.neededBy.size() > 1 ? Words::tr("needed by %1").arg(platformNames(step.neededBy)) : platformNames(step.neededBy));
    const QString node = QString::fromStdString(build.records[step.record].info.node);
    if (step.execution == Execution::Emulated)
        parts.append(node.isEmpty() ? Words::tr("emulated") : Words::tr("emulated on node %1").arg(node));
    else if (step.runsOn && step.neededBy.size() == 1 && *step.runsOn != step.neededBy.front())
        parts.append(Words::tr("runs on %1").arg(QString::fromStdString(step.runsOn->str())));
    else if (!node.isEmpty())
        parts.append(Words::tr("on node %1").arg(node));
    const auto& path = model.criticalPath();
    if (std::find(path.begin(), path.end(), index) != path.end())
        parts.append(Words::tr("on the critical path"));
    return parts.join(dot);
}

/// "2 m 48 s so far · amd64 took 18.1 s (×9.3)"
QString timeLine(const Build& build, StepIndex index, Timestamp now)
{
    const Step& step = build.step(index);
    const Duration own = durationOf(build, step, now);
    const bool running = stateOf(build, step) == StepState::Running;
    QStringList parts;
    if (step.intervals.empty())
        parts.append(Words::tr("has not run"));
    else
        parts.append(running ? Words::tr("<b>%1</b> so far").arg(humanElapsed(own)) : QStringLiteral("<b>%1</b>").arg(humanDuration(own)));
    for (const Platform& platform : build.platforms) {
        if (step.neededBy.size() != 1 || platform == step.neededBy.front())
            continue;
        const StepIndex sibling = siblingOn(build, index, platform);
        if (sibling == noStep || build.step(sibling).intervals.empty())
            continue;
        const Step& other = build.step(sibling);
        const QString name = QString::fromStdString(platform.shortName());
        const Duration otherTime = durationOf(build, other, now);
        if (other.cachedFlag)
            parts.append(Words::tr("%1 had it cached").arg(name));
        else if (otherTime.ns >= 100'000'000 && own > otherTime)
            parts.append(Words::tr("%1 took %2 (<b>%3</b>)").arg(name, humanDuration(otherTime), humanFactor(double(own.ns) / double(otherTime.ns))));
        else
            parts.append(Words::tr("%1 took %2").arg(name, humanDuration(otherTime)));
    }
    return parts.join(dot);
}

QString stateLine(const Build& build, const Step& step, Timestamp now)
{
    const Look look = lookOf(build, step);
    const Palette& p = Theme::palette();
    QString text = coloured(p.inkOf(look), lookName(look));
    if (look == Look::Running && step.log->lineCount() > 0) {
        const Duration since = now - step.log->line(step.log->lineCount() - 1).time;
        text += dot + Words::tr("last output %1 ago").arg(humanElapsed(since));
    } else if (const OptionalTime start = build.started(); start && !step.intervals.empty()) {
        text += dot + Words::tr("started at %1").arg(humanDuration(step.intervals.front().started - *start));
    }
    return text;
}

QString transferLine(const Step& step)
{
    std::int64_t current = 0, total = 0;
    for (const Transfer& transfer : step.transfers) {
        current += transfer.current;
        total += transfer.total;
    }
    if (current <= 0)
        return {};
    if (total >= current && total > 0)
        return Words::tr("%1 of %2 transferred (%3 %)").arg(humanBytes(current), humanBytes(total)).arg(current * 100 / total);
    return Words::tr("%1 transferred").arg(humanBytes(current));
}

QString usageLine(const Step& step)
{
    if (!step.provenance || !step.provenance->usage)
        return {};
    const auto& usage = *step.provenance->usage;
    QStringList parts;
    if (usage.cpuSeconds > 0)
        parts.append(Words::tr("CPU %1").arg(humanDuration({std::int64_t(usage.cpuSeconds * 1e9)})));
    if (usage.memoryPeak > 0)
        parts.append(Words::tr("%1 peak").arg(humanBytes(usage.memoryPeak)));
    if (usage.netReceived > 0)
        parts.append(Words::tr("%1 downloaded").arg(humanBytes(usage.netReceived)));
    return parts.join(dot);
}

/// The steps of a folded group, one a line.
QString groupCardHtml(const Build& build, const ProgressGroup& group, Timestamp now)
{
    constexpr std::size_t mostLines = 8;
    const Palette& p = Theme::palette();
    const BuildText shown(build);
    QString html = QStringLiteral("<div style=\"font-weight:600\">%1</div>").arg(stepTitle(stepForGroup(group), shown).toHtmlEscaped());
    html += QStringLiteral("<div style=\"color:%1; margin-top:3px\">%2</div>")
                .arg(p.muted.name(), Words::tr("%n step(s) shown as one", nullptr, int(group.steps.size())).toHtmlEscaped());
    QStringList lines;
    for (std::size_t i = 0; i < std::min(mostLines, group.steps.size()); ++i) {
        const Step& step = build.step(group.steps[i]);
        const QString time = step.intervals.empty() ? Words::tr("has not run") : humanDuration(durationOf(build, step, now));
        lines += QStringLiteral("%1 <span style=\"color:%2\">%3</span>").arg(stepTitle(step, shown).toHtmlEscaped(), p.muted.name(), time.toHtmlEscaped());
    }
    if (group.steps.size() > mostLines)
        lines += Words::tr("and %n more", nullptr, int(group.steps.size() - mostLines));
    html += QStringLiteral("<div style=\"margin-top:7px\">%1</div>").arg(lines.join(QStringLiteral("<br>")));
    return html + QStringLiteral("<div style=\"color:%1; margin-top:7px\">%2</div>").arg(p.muted.name(), Words::tr("Double click or G shows them one by one.").toHtmlEscaped());
}

QString graphLine(const Step& step)
{
    const int inputs = int(step.inputSteps.size()), dependents = int(step.dependents.size());
    return Words::tr("%n input(s)", nullptr, inputs) + dot + Words::tr("%n step(s) need it", nullptr, dependents);
}

} // namespace

QString stepCardHtml(const TimelineModel& model, StepIndex index, Timestamp now, const BuildEstimate* estimate)
{
    const Build* build = model.build();
    if (!build || raw(index) >= build->steps.size())
        return {};
    if (const ProgressGroup* group = model.groupOf(index); group && model.folded(*group))
        return groupCardHtml(*build, *group, now);
    const Step& step = build->step(index);
    const Palette& p = Theme::palette();
    const BuildText shown(*build);
    QStringList quiet;
    for (const QString& line : {transferLine(step), usageLine(step), graphLine(step)}) {
        if (!line.isEmpty())
            quiet.append(line);
    }
    QString html = QStringLiteral("<div style=\"font-weight:600\">%1</div>").arg(stepTitle(step, shown).toHtmlEscaped());
    html += QStringLiteral("<div style=\"color:%1; margin-top:3px\">%2</div>").arg(p.muted.name(), whereLine(model, *build, index).toHtmlEscaped());
    html += QStringLiteral("<div style=\"margin-top:7px\">%1</div>").arg(timeLine(*build, index, now));
    if (const QString usual = estimate ? usualTime(*estimate, index) : QString(); !usual.isEmpty()) {
        const bool slow = estimate->steps.at(index).slow;
        const bool guessed = estimate->steps.at(index).basis == EstimateBasis::Sibling;
        const QString words = (guessed ? Words::tr("expected %1") : Words::tr("usually %1")).arg(usual).toHtmlEscaped();
        html += QStringLiteral("<div>%1</div>").arg(slow ? coloured(p.failed, Words::tr("slower than usual").toHtmlEscaped()) + dot + words : words);
    }
    html += QStringLiteral("<div>%1</div>").arg(stateLine(*build, step, now));
    html += QStringLiteral("<div style=\"color:%1\">%2</div>").arg(p.muted.name(), quiet.join(QStringLiteral("<br>")));
    if (!step.error.empty()) {
        const QString error = shown(step.error).simplified();
        html += QStringLiteral("<div style=\"color:%1; margin-top:7px\">%2</div>").arg(p.failed.name(), (error.size() > 300 ? error.left(300) + QChar(0x2026) : error).toHtmlEscaped());
    }
    return html;
}

TimelineHoverCard::TimelineHoverCard(QWidget* parent) : QFrame(parent), m_label(new QLabel(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(13, 11, 13, 11);
    column->addWidget(m_label);
    m_label->setTextFormat(Qt::RichText);
    m_label->setWordWrap(true);
    m_label->setFont(Theme::uiFont(-0.75));
    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(30);
    shadow->setOffset(0, 10);
    shadow->setColor(QColor(0, 0, 0, 90));
    setGraphicsEffect(shadow);
    hide();
}

QString TimelineHoverCard::text() const
{
    return m_label->text();
}

void TimelineHoverCard::showNear(const QString& html, const QRect& anchor, const QPoint& point)
{
    if (html.isEmpty()) {
        hide();
        return;
    }
    if (m_label->text() != html)
        m_label->setText(html);
    const QRect room = parentWidget()->rect().adjusted(6, 6, -6, -6);
    const int width = std::min(cardWidth, room.width());
    const int height = layout()->heightForWidth(width);
    const int left = std::clamp(point.x() + 14, room.left(), std::max(room.left(), room.right() - width));
    int top = anchor.bottom() + 12;
    if (top + height > room.bottom())
        top = anchor.top() - 12 - height; // above the bar when there is no room below
    if (top < room.top())
        top = std::max(room.top(), room.bottom() - height);
    setGeometry(left, top, width, height);
    show();
    raise();
}

void TimelineHoverCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::palette().line, 1));
    painter.setBrush(Theme::palette().panelRaised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
}

} // namespace layerline
