#include "widgets/pages/build_header.h"

#include "items/build_text.h"
#include "items/estimate_board.h"
#include "items/own_words.h"
#include "items/percent.h"
#include "items/step_label.h"
#include "widgets/log/elided_label.h"
#include "widgets/style/theme.h"
#include "widgets/style/tone.h"
#include "widgets/timeline/timeline_painter.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace layerline {

namespace {

QLabel* makeChip(QWidget* parent)
{
    auto* chip = new QLabel(parent);
    chip->setProperty("chip", true);
    chip->setTextFormat(Qt::PlainText);
    chip->hide();
    return chip;
}

const char* toneOf(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return "run";
    case BuildStatus::Completed: return "good";
    case BuildStatus::Failed: return "bad";
    case BuildStatus::Lost: return "warn";
    case BuildStatus::Canceled: return "";
    }
    return "";
}

QString glyphOf(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return QStringLiteral("●");
    case BuildStatus::Completed: return QStringLiteral("✓");
    case BuildStatus::Failed: return QStringLiteral("✗");
    case BuildStatus::Canceled: return QStringLiteral("⊘");
    case BuildStatus::Lost: return QStringLiteral("!");
    }
    return {};
}

constexpr std::size_t pathTold = 40; ///< steps of it a tooltip has room for
constexpr int leastPath = 190; ///< pixels of the critical path's step, below which others make room
constexpr int noteGap = 6;

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

/// "arm64 › deps › pip install": the longest step of the critical path, with its longest name first. Without its stage at last: a
/// GitHub job's name may be long.
QStringList pathSummaries(const Build& build, const CriticalPath& path, Timestamp now, QString& tip)
{
    const Step* longest = nullptr;
    Duration most, own;
    std::size_t told = 0;
    const BuildText shown(build);
    for (const StepIndex index : path.steps) {
        const Step& step = build.step(index);
        own = durationOf(build, step, now);
        if (!longest || own > most) {
            longest = &step;
            most = own;
        }
        if (++told <= pathTold)
            tip += QStringLiteral("%1  %2\n").arg(humanDuration(own), shown(step.name));
    }
    tip = told > pathTold ? tip + QStringLiteral("…") : tip.trimmed();
    if (!longest)
        return {QStringLiteral("–")};
    QString before;
    if (longest->neededBy.size() == 1)
        before = text(longest->neededBy.front().shortName()) + QStringLiteral(" › ");
    const QString platform = before;
    if (!longest->parsed.stage.empty())
        before += shown(longest->parsed.stage) + QStringLiteral(" › ");
    QStringList summaries;
    for (const QString& label : stepLabels(*longest, shown)) // without the flags of a RUN, and in whole words
        summaries << before + label;
    if (!summaries.isEmpty() && before != platform)
        summaries << platform + summaries.last().mid(before.size());
    return summaries.isEmpty() ? QStringList{before.chopped(before.isEmpty() ? 0 : 3)} : summaries;
}

} // namespace

QString statusName(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return QCoreApplication::translate("BuildStatus", "running");
    case BuildStatus::Completed: return QCoreApplication::translate("BuildStatus", "completed");
    case BuildStatus::Failed: return QCoreApplication::translate("BuildStatus", "failed");
    case BuildStatus::Canceled: return QCoreApplication::translate("BuildStatus", "cancelled");
    case BuildStatus::Lost: return QCoreApplication::translate("BuildStatus", "connection lost");
    }
    return {};
}

BuildHeader::BuildHeader(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_clock(clock)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 14, 20, 0);
    column->setSpacing(12);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // texts must not dictate the window's width: fit()

    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(8);
    m_title = new ElidedLabel(this);
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_buttons->addWidget(m_title);
    for (QLabel** chip : {&m_status, &m_slow, &m_builder, &m_file, &m_source}) {
        *chip = makeChip(this);
        m_buttons->addWidget(*chip);
    }
    m_buttons->addStretch(1);
    column->addLayout(m_buttons);

    m_stats = new QHBoxLayout;
    m_stats->setSpacing(28);
    m_elapsed = addStat(m_stats);
    m_left = addStat(m_stats);
    m_steps = addStat(m_stats);
    m_cache = addStat(m_stats);
    m_emulated = addStat(m_stats);
    m_path = addStat(m_stats); // last: it takes the free room, and nothing moves when its name changes
    m_path.box->setObjectName(QStringLiteral("criticalPath"));
    m_steps.box->setObjectName(QStringLiteral("stepCount"));
    m_cache.box->setObjectName(QStringLiteral("cacheShare"));
    m_stats->addStretch(1);
    column->addLayout(m_stats);

    connect(&m_selection, &SelectionState::buildChanged, this, &BuildHeader::refresh);
    connect(&m_store, &BuildStore::changed, this, [this](const ChangeSet& changes) {
        const Build* build = m_store.find(m_selection.build());
        // A build that was selected while the change was told has just been shown as it is.
        if (changes.builds.count(m_selection.build()) && (!build || m_shown != std::pair(build->id, build->revision)))
            refresh();
    });
    m_tick.setInterval(500);
    connect(&m_tick, &QTimer::timeout, this, &BuildHeader::refresh);
    refresh();
}

BuildHeader::Stat BuildHeader::addStat(QHBoxLayout* row)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* name = new QLabel(box);
    name->setProperty("role", QStringLiteral("faint"));
    name->setFont(Theme::uiFont(-1.5));
    column->addWidget(name);
    auto* line = new QHBoxLayout;
    line->setSpacing(noteGap);
    auto* value = new ElidedLabel(box);
    value->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    value->setFont(Theme::uiFont(2.25, 600));
    auto* note = new QLabel(box);
    note->setTextFormat(Qt::PlainText);
    note->setProperty("role", QStringLiteral("muted"));
    line->addWidget(value);
    line->addWidget(note, 0, Qt::AlignBottom);
    line->addStretch(1);
    column->addLayout(line);
    row->addWidget(box);
    return {box, name, value, note};
}

void BuildHeader::setEstimates(const EstimateBoard& board)
{
    m_estimates = &board;
    connect(&board, &EstimateBoard::changed, this, [this](const BuildId& id) {
        if (id == m_selection.build())
            refresh();
    });
    refresh();
}

void BuildHeader::addAction(QPushButton* button)
{
    m_buttons->addWidget(button);
}

void BuildHeader::setStat(const Stat& stat, const QString& name, const QString& value, const QString& note, const QString& tip)
{
    stat.box->setVisible(!value.isEmpty());
    stat.name->setText(name);
    stat.value->setText(value);
    stat.note->setText(note);
    stat.note->setVisible(!note.isEmpty());
    stat.box->setToolTip(tip);
    stat.value->setToolTip(tip); // which would show its own text else
}

void BuildHeader::setChip(QLabel* chip, const QString& text, const char* tone, const QString& tip)
{
    chip->setVisible(!text.isEmpty());
    chip->setText(text);
    chip->setToolTip(tip);
    setTone(chip, tone ? tone : "");
}

void BuildHeader::refreshChips(const Build& build)
{
    const BuildStatus status = build.status();
    QString reason;
    for (const Record& record : build.records) {
        if (record.lost)
            reason = BuildText(build)(ownWords(record.lostReason).toStdString());
    }
    setChip(m_status, glyphOf(status) + QLatin1Char(' ') + statusName(status), toneOf(status), reason);
    const Record& first = build.records.front();
    QString builder;
    const bool run = build.source() == SourceKind::GitHub; // its builder is GitHub and its node the repository
    if (run) {
        builder = text(first.info.node);
    } else if (!first.info.builder.empty()) {
        std::set<std::string> nodes;
        for (const Record& record : build.records)
            nodes.insert(record.info.node);
        builder = nodes.size() > 1 ? tr("builder %1 · %n nodes", nullptr, int(nodes.size())).arg(text(first.info.builder))
                                   : tr("builder %1").arg(text(first.info.builder));
    }
    setChip(m_builder, builder, nullptr, build.inferredGroup ? tr("These nodes' records look like parts of one build (old buildx keeps no common ref).") : QString());
    const QString target = text(build.target());
    setChip(m_file, run ? QString() : target.isEmpty() ? text(build.dockerfile()) : text(build.dockerfile()) + QStringLiteral(" › ") + target, nullptr, BuildText(build)(build.contextName()));
    QString source;
    switch (build.source()) {
    case SourceKind::BuildKit: break;
    case SourceKind::Record: source = tr("from a file"); break;
    case SourceKind::RawJson: source = tr("from rawjson"); break;
    case SourceKind::Plain: source = tr("from a log: edges unknown"); break;
    case SourceKind::GitHub: source = build.steps.empty() || edgesKnown(build) ? tr("GitHub Actions") : tr("GitHub Actions: edges unknown"); break;
    case SourceKind::Replay: source = tr("recording"); break;
    }
    setChip(m_source, source);
}

/// How long still, and which step makes one wonder.
void BuildHeader::refreshLeft(const Build& build)
{
    const BuildEstimate* estimate = m_estimates ? m_estimates->find(build.id) : nullptr;
    QString slow;
    if (estimate) {
        for (const auto& [index, step] : estimate->steps) {
            if (step.slow && raw(index) < build.steps.size())
                slow += tr("%1 usually takes %2.").arg(BuildText(build)(build.step(index).name), humanRange(step.time)) + QLatin1Char('\n');
        }
    }
    setChip(m_slow, slow.isEmpty() ? QString() : tr("slower than usual"), "warn", slow.trimmed());
    if (!estimate || !estimate->left) {
        setStat(m_left, {}, {}, {});
        return;
    }
    const bool range = estimate->left->low != estimate->left->high;
    const QString from = estimate->basis == EstimateBasis::Sibling
        ? tr("From what the same steps took on the other architecture, times the measured slow-down of emulation.")
        : tr("From %n earlier build(s) of this target on this builder.", nullptr, estimate->builds);
    setStat(m_left, range ? tr("Left (10–90 %)") : tr("Left"), humanRange(*estimate->left), range ? tr("median %1").arg(humanElapsed(estimate->left->median)) : QString(), from);
}

const BuildHeader::Measured& BuildHeader::measured(const Build& build, Timestamp now)
{
    const std::pair key(build.id, build.revision);
    if (m_measuredOf == key)
        return m_measured;
    m_measured = {countersOf(build), build.platforms.size() > 1 ? laneCounts(build) : std::vector<TimelineLane>(), platformSummaries(build, now), criticalPath(build, now)};
    m_measuredOf = build.status() == BuildStatus::Running ? std::pair<BuildId, std::uint64_t>() : key;
    return m_measured;
}

void BuildHeader::refreshStats(const Build& build, Timestamp now)
{
    const auto& [counters, lanes, platforms, path] = measured(build, now);
    const OptionalTime started = build.started();
    const bool running = build.status() == BuildStatus::Running;
    const Duration elapsed = started ? now - *started : Duration{};
    setStat(m_elapsed, running ? tr("Elapsed") : tr("Duration"), running ? humanElapsed(elapsed) : humanDuration(elapsed), {},
            started ? QString::fromStdString(formatRfc3339(*started)) : QString());
    refreshLeft(build);
    QStringList shares, done{tr("%1 of %2 steps").arg(counters.completed).arg(counters.total)}, cached{tr("%1 of %2 steps").arg(counters.cached).arg(counters.total)};
    for (const TimelineLane& lane : lanes) { // as the timeline has them: they add up
        if (lane.steps == 0)
            continue;
        if (lane.kind == LaneKind::Platform)
            shares << QStringLiteral("%1 %2").arg(laneName(lane)).arg(wholePercent(lane.cached, lane.steps));
        done << tr("%1: %2 of %3").arg(laneName(lane)).arg(lane.completed).arg(lane.steps);
        cached << tr("%1: %2 of %3").arg(laneName(lane)).arg(lane.cached).arg(lane.steps);
    }
    setStat(m_steps, tr("Steps"), QString::number(counters.completed), tr("of %1").arg(counters.total), done.join(QLatin1Char('\n')));
    setStat(m_cache, tr("From cache"), counters.total > 0 ? QStringLiteral("%1 %").arg(wholePercent(counters.cached, counters.total)) : QStringLiteral("–"),
            shares.join(QStringLiteral(" · ")), cached.join(QLatin1Char('\n')));
    QString slowest;
    Duration emulated, native;
    for (const PlatformSummary& summary : platforms) {
        if (summary.execution != Execution::Emulated)
            continue;
        for (const Step& step : build.steps) {
            if (step.execution == Execution::Emulated && !step.cachedFlag && step.neededBy.size() == 1 && step.neededBy.front() == summary.platform)
                emulated = emulated + durationOf(build, step, now);
        }
        if (const auto factor = emulationFactor(build, summary.platform, now)) {
            slowest = humanFactor(*factor);
            native.ns += std::int64_t(double(emulated.ns) / *factor);
        }
    }
    QString tip;
    m_pathTexts = pathSummaries(build, path, now, tip);
    setStat(m_path, tr("Critical path"), m_pathTexts.first(), humanDuration(path.length), tip);
    setStat(m_emulated, running ? tr("Emulated so far") : tr("Emulated"), emulated.ns > 0 ? humanDuration(emulated) : QString(),
            native.ns > 0 ? tr("native would take about %1").arg(humanDuration(native)) : QString(), slowest);
}

void BuildHeader::refresh()
{
    const Build* build = m_store.find(m_selection.build());
    setVisible(build != nullptr);
    if (!build || build->records.empty()) {
        m_tick.stop();
        return;
    }
    m_shown = {build->id, build->revision};
    const QString name = BuildText(*build)(build->name());
    m_title->setText(name);
    m_title->setToolTip(name + QLatin1Char('\n') + text(build->ref()));
    refreshChips(*build);
    refreshStats(*build, nowOf(*build, m_clock.now()));
    fit(*build);
    if (build->status() == BuildStatus::Running)
        m_tick.start();
    else
        m_tick.stop();
}

void BuildHeader::fit(const Build& build)
{
    const QString shown = QStringLiteral("%1 %2 %3 %4").arg(text(build.id.str())).arg(int(build.status())).arg(width()).arg(m_elapsed.name->text());
    if (shown != m_fitted) {
        m_fitted = shown;
        m_dropped = 0;
        for (Stat* stat : {&m_elapsed, &m_left, &m_steps, &m_cache, &m_emulated, &m_path})
            stat->held = 0;
    }
    fitChips();
    fitStats();
    fitPath();
    // The row keeps the old width of a label that was shown and hidden again between two events.
    for (const Stat* stat : {&m_elapsed, &m_left, &m_steps, &m_cache, &m_emulated, &m_path}) {
        stat->box->layout()->invalidate();
        stat->box->updateGeometry();
    }
    // Now, not with the next event: until then a value would stand elided in the room it had beside the note.
    layout()->activate();
    for (const Stat* stat : {&m_elapsed, &m_left, &m_steps, &m_cache, &m_emulated, &m_path})
        stat->box->layout()->activate();
}

/// From the labels themselves: a nested layout learns of a hidden label only with the next event. The title elides at last.
void BuildHeader::fitChips()
{
    const QMargins margins = layout()->contentsMargins();
    const auto needed = [this, &margins] {
        int sum = margins.left() + margins.right();
        for (int i = 0; i < m_buttons->count(); ++i) {
            const QWidget* widget = m_buttons->itemAt(i)->widget();
            if (widget && !widget->isHidden())
                sum += widget->sizeHint().width() + m_buttons->spacing();
        }
        return sum;
    };
    for (QLabel* least : {m_source, m_builder, m_file, m_slow}) {
        if (needed() <= width())
            break;
        least->hide();
    }
}

int BuildHeader::widthOf(const Stat& stat)
{
    const int note = stat.note->isHidden() ? 0 : stat.note->sizeHint().width() + noteGap;
    return std::max(stat.name->sizeHint().width(), stat.value->sizeHint().width() + note);
}

int BuildHeader::pathRoom() const
{
    const QMargins margins = layout()->contentsMargins();
    int room = width() - margins.left() - margins.right();
    for (const Stat* stat : {&m_elapsed, &m_left, &m_steps, &m_cache, &m_emulated}) {
        if (!stat->box->isHidden())
            room -= std::max(stat->held, widthOf(*stat)) + m_stats->spacing();
    }
    return room;
}

void BuildHeader::fitStats()
{
    const auto tooNarrow = [this] {
        const int note = m_path.note->isHidden() ? 0 : m_path.note->sizeHint().width() + noteGap;
        return pathRoom() < (m_path.box->isHidden() ? 0 : std::min(widthOf(m_path), leastPath + note));
    };
    QWidget* const least[] = {m_emulated.note, m_left.note, m_cache.note, m_path.note, m_emulated.box, m_path.box};
    m_stats->setSpacing(width() < 720 ? 18 : 28);
    for (int i = 0; i < int(std::size(least)); ++i) {
        if (i >= m_dropped && !tooNarrow())
            break;
        least[i]->hide();
        if (i < m_dropped)
            continue;
        m_dropped = i + 1; // it stays away, or it would come and go with each letter of its neighbours
        for (Stat* stat : {&m_emulated, &m_left, &m_cache})
            stat->held = 0;
    }
    for (Stat* stat : {&m_elapsed, &m_left, &m_steps, &m_cache, &m_emulated}) {
        stat->held = std::max(stat->held, widthOf(*stat));
        stat->box->setFixedWidth(stat->held);
    }
}

/// The longest name that fits; the shortest elides when none does.
void BuildHeader::fitPath()
{
    if (m_path.box->isHidden())
        return;
    const int room = std::max(pathRoom(), 0);
    for (const QString& candidate : std::as_const(m_pathTexts)) {
        m_path.value->setText(candidate);
        if (widthOf(m_path) <= room)
            break;
    }
    m_path.box->setFixedWidth(std::min(widthOf(m_path), room));
}

void BuildHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        refresh(); // what was hidden may have room again
}

void BuildHeader::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace layerline
