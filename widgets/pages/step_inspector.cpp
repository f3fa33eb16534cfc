#include "widgets/pages/step_inspector.h"

#include "domain/critical_path.h"
#include "domain/summary.h"
#include "items/build_text.h"
#include "items/estimate_board.h"
#include "items/failure_advice.h"
#include "widgets/style/theme.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <QRegularExpression>

#include <algorithm>

namespace layerline {

namespace {

constexpr int longWord = 24; ///< characters from which a word may have to break

/// Digests shortened, and long words with places to break at: a word must not make the pane scroll sideways.
QString wrapping(QString text)
{
    static const QRegularExpression digest(QStringLiteral("(sha256:[0-9a-f]{12})[0-9a-f]+"));
    static const QRegularExpression word(QStringLiteral("\\S{%1,}").arg(longWord));
    static const QRegularExpression joint(QStringLiteral("([/@:=.,_&?-]+)"));
    text.replace(digest, QStringLiteral("\\1…"));
    QString out;
    qsizetype at = 0;
    for (auto words = word.globalMatch(text); words.hasNext();) {
        const auto match = words.next();
        out += QStringView(text).mid(at, match.capturedStart() - at);
        out += match.captured().replace(joint, QStringLiteral("\\1\u200b"));
        at = match.capturedEnd();
    }
    return out + text.mid(at);
}

QString escaped(const QString& text)
{
    return wrapping(text).toHtmlEscaped();
}

QString platformList(const std::vector<Platform>& platforms)
{
    QStringList names;
    for (const Platform& platform : platforms)
        names << QString::fromStdString(platform.shortName());
    return names.join(QStringLiteral(", "));
}

QString row(const QString& name, const QString& value)
{
    return QStringLiteral("<tr><td style='color:%1; padding-right:14px; padding-bottom:4px; white-space:nowrap'>%2</td><td style='padding-bottom:4px'>%3</td></tr>")
        .arg(Theme::palette().muted.name(), name.toHtmlEscaped(), value);
}

/// Short name of a step for lists: "deps 2/4 RUN make".
QString shortName(const Step& step, const BuildText& shown)
{
    QString name;
    if (step.parsed.index > 0)
        name = QStringLiteral("%1 %2/%3 ").arg(shown(step.parsed.stage)).arg(step.parsed.index).arg(step.parsed.count).trimmed() + QLatin1Char(' ');
    name += shown(step.parsed.text.empty() ? step.name : step.parsed.text);
    return name.size() > 64 ? name.left(63) + QStringLiteral("…") : name;
}

QString link(const Build& build, StepIndex index, const BuildText& shown)
{
    return QStringLiteral("<a href='step:%1' style='color:%2; text-decoration:none'>%3</a>")
        .arg(raw(index))
        .arg(Theme::palette().accent.name(), escaped(shortName(build.step(index), shown)));
}

QString links(const Build& build, const std::vector<StepIndex>& steps, const BuildText& shown)
{
    QStringList names;
    for (std::size_t i = 0; i < steps.size() && i < 6; ++i)
        names << link(build, steps[i], shown);
    if (steps.size() > 6)
        names << StepInspector::tr("and %n more", nullptr, int(steps.size() - 6));
    return names.join(QStringLiteral("<br>"));
}

QString executionText(const Step& step)
{
    const QString on = step.runsOn ? QString::fromStdString(step.runsOn->shortName()) : StepInspector::tr("unknown");
    switch (step.execution) {
    case Execution::Native: return StepInspector::tr("%1, native").arg(on);
    case Execution::Emulated: return StepInspector::tr("%1, emulated by QEMU (inferred: not the node's own architecture)").arg(on);
    case Execution::Cross: return StepInspector::tr("%1, cross-building for %2").arg(on, step.parsed.target ? QString::fromStdString(step.parsed.target->shortName()) : QString());
    case Execution::Unknown: return on;
    }
    return on;
}

QString stateText(const Build& build, const Step& step)
{
    const Look look = lookOf(build, step);
    QString text = QStringLiteral("<b style='color:%1'>%2</b>").arg(Theme::palette().inkOf(look).name(), lookName(look));
    if (look == Look::Joined)
        text += StepInspector::tr(": another running build had begun it, this one shares the result");
    else if (look == Look::Invalidated)
        text += StepInspector::tr(": a step it builds upon ran, so its cached result no longer fits");
    return text;
}

QString siblingText(const Build& build, StepIndex index, Timestamp now)
{
    QStringList texts;
    const Step& step = build.step(index);
    if (step.neededBy.size() != 1)
        return {};
    for (const Platform& platform : build.platforms) {
        if (platform == step.neededBy.front())
            continue;
        const StepIndex sibling = siblingOn(build, index, platform);
        if (sibling == noStep)
            continue;
        const Step& other = build.step(sibling);
        const Duration mine = durationOf(build, step, now), theirs = durationOf(build, other, now);
        QString text = QStringLiteral("<a href='step:%1' style='color:%2; text-decoration:none'>%3</a> ")
                           .arg(raw(sibling)).arg(Theme::palette().accent.name(), QString::fromStdString(platform.shortName()));
        const bool began = !other.intervals.empty();
        const QString idle = build.status() == BuildStatus::Running ? StepInspector::tr("has not run yet") : StepInspector::tr("did not run");
        text += other.cachedFlag ? lookName(Look::Cached) : began ? humanDuration(theirs) : idle;
        if (began && !other.cachedFlag && !step.cachedFlag && theirs.ns > 100'000'000 && mine.ns > theirs.ns)
            text += QStringLiteral(" (<b>%1</b>)").arg(humanFactor(double(mine.ns) / double(theirs.ns)));
        texts << text;
    }
    return texts.join(QStringLiteral("<br>"));
}

QString transferText(const Step& step, const BuildText& shown)
{
    QStringList lines;
    for (std::size_t i = 0; i < step.transfers.size() && i < 5; ++i) {
        const Transfer& transfer = step.transfers[i];
        QString name = shown(transfer.name.empty() ? transfer.id : transfer.name);
        if (name.startsWith(QLatin1String("sha256:")))
            name = name.left(19) + QStringLiteral("…");
        QString amount;
        if (transfer.total > 0)
            amount = QStringLiteral("%1 / %2").arg(humanBytes(transfer.current), humanBytes(transfer.total));
        else if (transfer.current > 0)
            amount = humanBytes(transfer.current);
        lines << escaped(name) + QStringLiteral(" ") + amount;
    }
    if (step.transfers.size() > 5)
        lines << StepInspector::tr("and %n more", nullptr, int(step.transfers.size() - 5));
    return lines.join(QStringLiteral("<br>"));
}

} // namespace

StepInspector::StepInspector(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QScrollArea(parent), m_store(store), m_selection(selection), m_clock(clock)
{
    setAccessibleName(tr("Selected step"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setMinimumWidth(220);
    auto* content = new QFrame(this);
    content->setProperty("role", QStringLiteral("raised"));
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 12, 16, 12);
    m_text = new QLabel(content);
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_text->setOpenExternalLinks(false);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_text);
    column->addStretch(1);
    setWidget(content);
    connect(m_text, &QLabel::linkActivated, this, &StepInspector::follow);
    connect(&m_selection, &SelectionState::stepChanged, this, &StepInspector::refresh);
    connect(&m_selection, &SelectionState::buildChanged, this, &StepInspector::refresh);
    connect(&m_store, &BuildStore::changed, this, [this](const ChangeSet& changes) {
        const Build* build = m_store.find(m_selection.build());
        // A build that was selected while the change was told has just been shown as it is.
        if (changes.builds.count(m_selection.build()) && (!build || m_shown != std::pair(build->id, build->revision)))
            refresh();
    });
    refresh();
}

void StepInspector::setEstimates(const EstimateBoard& board)
{
    m_estimates = &board;
    connect(&board, &EstimateBoard::changed, this, [this](const BuildId& id) {
        if (id == m_selection.build())
            refresh();
    });
}

void StepInspector::setFailures(std::shared_ptr<FailureNotes> notes)
{
    m_failures = std::move(notes);
    refresh();
}

void StepInspector::follow(const QString& link)
{
    bool ok = false;
    const uint index = link.mid(link.indexOf(QLatin1Char(':')) + 1).toUInt(&ok);
    if (ok)
        m_selection.setStep(StepIndex{index});
}

/// What is known about why this step failed, and what helps.
QString StepInspector::failureHtml(const Build& build, StepIndex index) const
{
    QString html;
    if (!m_failures)
        return html;
    for (const FailureAdvice& advice : m_failures->of(build)) {
        if (advice.step == index)
            html += QStringLiteral("<p style='margin:0 0 8px 0'><b>%1</b><br>%2</p>").arg(escaped(advice.cause), escaped(advice.remedy));
    }
    return html;
}

QString StepInspector::html(const Build& build, StepIndex index) const
{
    const Step& step = build.step(index);
    const BuildText shown(build);
    const Timestamp now = nowOf(build, m_clock.now());
    QString rows = row(tr("State"), stateText(build, step));
    if (!step.intervals.empty())
        rows += row(tr("Took"), humanDuration(durationOf(build, step, now)).toHtmlEscaped());
    const BuildEstimate* estimate = m_estimates ? m_estimates->find(build.id) : nullptr;
    if (const auto usual = estimate ? usualTime(*estimate, index) : QString(); !usual.isEmpty())
        rows += row(estimate->steps.at(index).basis == EstimateBasis::Sibling ? tr("Expected") : tr("Usually"), usual.toHtmlEscaped());
    if (!step.neededBy.empty())
        rows += row(tr("Needed by"), platformList(step.neededBy));
    rows += row(tr("Runs on"), executionText(step).toHtmlEscaped());
    if (const QString siblings = siblingText(build, index, now); !siblings.isEmpty())
        rows += row(tr("Elsewhere"), siblings);
    QStringList stages;
    for (const StagePosition& stage : step.stages)
        stages << QStringLiteral("%1 %2/%3").arg(escaped(shown(stage.stage))).arg(stage.index).arg(stage.count).trimmed();
    if (stages.size() > 1)
        rows += row(tr("In stages"), stages.join(QStringLiteral(", ")));
    const CriticalPath path = criticalPath(build, now);
    if (std::find(path.steps.begin(), path.steps.end(), index) != path.steps.end())
        rows += row(tr("Critical path"), tr("yes: the build waited for this step"));
    if (!step.inputSteps.empty())
        rows += row(tr("Builds on"), links(build, step.inputSteps, shown));
    if (!step.dependents.empty())
        rows += row(tr("Feeds"), links(build, step.dependents, shown));
    if (const QString transfers = transferText(step, shown); !transfers.isEmpty())
        rows += row(tr("Transfers"), transfers);
    if (step.provenance && step.provenance->firstLine > 0)
        rows += row(tr("Source"), tr("%1, line %2").arg(escaped(shown(step.provenance->filename.empty() ? build.dockerfile() : step.provenance->filename))).arg(step.provenance->firstLine));
    if (step.provenance && step.provenance->usage) {
        const auto& usage = *step.provenance->usage;
        rows += row(tr("Resources"), tr("CPU %1 · memory peak %2 · wrote %3").arg(humanDuration({std::int64_t(usage.cpuSeconds * 1e9)}), humanBytes(usage.memoryPeak), humanBytes(usage.writeBytes)));
    }
    QString html = QStringLiteral("<p style='margin:0 0 8px 0'><b>%1</b></p>").arg(escaped(shown(step.name)));
    if (!step.error.empty())
        html += QStringLiteral("<p style='color:%1; margin:0 0 8px 0'>%2</p>").arg(Theme::palette().failed.name(), escaped(shown(step.error)));
    html += failureHtml(build, index);
    return html + QStringLiteral("<table cellspacing='0' cellpadding='0' style='margin-top:6px'>") + rows + QStringLiteral("</table>");
}

void StepInspector::refresh()
{
    const Build* build = m_store.find(m_selection.build());
    if (!build) {
        m_text->clear();
        return;
    }
    m_shown = {build->id, build->revision};
    const StepIndex index = m_selection.step();
    if (index == noStep || raw(index) >= build->steps.size()) {
        m_text->setText(QStringLiteral("<span style='color:%1'>%2</span>").arg(Theme::palette().muted.name(), tr("Select a step to see why it took its time, what it waited for and what waits for it.").toHtmlEscaped()));
        return;
    }
    const QString text = html(*build, index);
    if (text != m_text->text())
        m_text->setText(text);
}

void StepInspector::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
        refresh();
    QScrollArea::changeEvent(event);
}

} // namespace layerline
