#include "items/build_list_item.h"

#include "domain/summary.h"
#include "items/build_text.h"
#include "items/percent.h"
#include "items/step_label.h"
#include "items/timeline_model.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::BuildListModel)
};

constexpr int cells = 160; ///< a strip has at most as many segments

QString text(const std::string& bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

QString platformWords(const Build& build)
{
    QStringList names;
    for (const Platform& platform : build.platforms)
        names.append(text(platform.shortName()));
    if (names.size() > 5)
        return Words::tr("%n platform(s)", nullptr, int(names.size()));
    return names.join(QLatin1Char(' '));
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

/// "arm64: go build failed"
QStringList failureNotes(const Build& build)
{
    const StepIndex failed = firstFailed(build);
    if (failed == noStep) {
        if (const BuildError* error = build.error())
            return {BuildText(build)(error->message).simplified().left(60), Words::tr("failed")};
        return {Words::tr("failed")};
    }
    const Step& step = build.step(failed);
    const QString platform = step.neededBy.size() == 1 && build.platforms.size() > 1 ? text(step.neededBy.front().shortName()) + QStringLiteral(": ") : QString();
    QStringList notes;
    for (const QString& label : stepLabels(step, BuildText(build)))
        notes.append(Words::tr("%1%2 failed").arg(platform, label));
    notes.append(Words::tr("%1failed").arg(platform));
    return notes;
}

QStringList runningNotes(const Build& build, const Counters& counters)
{
    QStringList notes;
    if (counters.total > 0) {
        notes.append(Words::tr("%1 of %2 steps").arg(counters.completed).arg(counters.total));
        notes.append(QStringLiteral("%1/%2").arg(counters.completed).arg(counters.total));
    } else if (!build.steps.empty() || build.records.empty()) {
        notes.append(Words::tr("starting"));
    }
    return notes.isEmpty() ? QStringList{Words::tr("starting")} : notes;
}

QStringList notesFor(const Build& build, const Counters& counters)
{
    switch (build.status()) {
    case BuildStatus::Running:
        return runningNotes(build, counters);
    case BuildStatus::Failed:
        return failureNotes(build);
    case BuildStatus::Canceled:
        return {Words::tr("cancelled")};
    case BuildStatus::Lost:
        return {Words::tr("connection lost"), Words::tr("lost")};
    case BuildStatus::Completed:
        break;
    }
    if (counters.total == 0)
        return {};
    const int share = wholePercent(counters.cached, counters.total);
    return {Words::tr("%1 % cached").arg(share), QStringLiteral("%1 %").arg(share)};
}

struct Cell {
    bool used = false;
    Look look = Look::Cached;
    bool emulated = false;
    friend bool operator==(const Cell&, const Cell&) = default;
};

void paintCells(std::vector<Cell>& strip, const Build& build, const Step& step, const TimeRange& range, Timestamp now)
{
    const double length = std::max<double>(1, double((range.end - range.begin).ns));
    const Look look = lookOf(build, step);
    for (const Interval& interval : step.intervals) {
        const double begin = double((interval.started - range.begin).ns) / length, end = double((interval.completed.value_or(now) - range.begin).ns) / length;
        const int first = std::clamp(int(begin * cells), 0, cells - 1);
        const int last = std::clamp(int(end * cells - 0.001), first, cells - 1);
        for (int i = first; i <= last; ++i) {
            Cell& cell = strip[std::size_t(i)];
            if (!cell.used || strongerLook(cell.look, look) != cell.look)
                cell = {true, look, step.execution == Execution::Emulated};
        }
    }
}

std::vector<StripSegment> segmentsOf(const std::vector<Cell>& strip)
{
    std::vector<StripSegment> segments;
    for (int i = 0; i < cells; ++i) {
        const Cell& cell = strip[std::size_t(i)];
        if (!cell.used)
            continue;
        const double begin = double(i) / cells, end = double(i + 1) / cells;
        if (!segments.empty() && segments.back().end == begin && segments.back().look == cell.look && segments.back().emulated == cell.emulated)
            segments.back().end = end;
        else
            segments.push_back({begin, end, cell.look, cell.emulated});
    }
    return segments;
}

/// Platforms that get a strip, in the build's order; of too many those where something failed or runs.
std::vector<Platform> stripPlatforms(const Build& build)
{
    constexpr std::size_t most = 4;
    if (build.platforms.size() <= most)
        return build.platforms;
    std::vector<Platform> chosen;
    const auto choose = [&](const Platform& platform) {
        if (chosen.size() < most && std::find(chosen.begin(), chosen.end(), platform) == chosen.end())
            chosen.push_back(platform);
    };
    for (const StepState state : {StepState::Failed, StepState::Running}) {
        for (const Step& step : build.steps) {
            if (step.neededBy.size() == 1 && stateOf(build, step) == state)
                choose(step.neededBy.front());
        }
    }
    for (const Platform& platform : build.platforms)
        choose(platform);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

/// A strip per platform (at most four); steps several platforms need are part of each of theirs.
std::vector<BuildStrip> stripsOf(const Build& build, Timestamp now)
{
    const std::vector<Platform> platforms = stripPlatforms(build);
    const std::size_t count = std::max<std::size_t>(platforms.size(), 1);
    std::vector<std::vector<Cell>> strips(count, std::vector<Cell>(cells));
    const TimeRange range = fitRange(build, now);
    for (const Step& step : build.steps) {
        if (step.intervals.empty())
            continue;
        for (std::size_t i = 0; i < count; ++i) {
            const bool needed = platforms.empty() || step.neededBy.empty()
                || std::find(step.neededBy.begin(), step.neededBy.end(), platforms[i]) != step.neededBy.end();
            if (needed)
                paintCells(strips[i], build, step, range, now);
        }
    }
    std::vector<BuildStrip> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back({i < platforms.size() ? text(platforms[i].shortName()) : QString(), segmentsOf(strips[i])});
    return result;
}

} // namespace

QString buildSearchText(const Build& build)
{
    std::set<std::string> words{build.name(), build.target(), build.ref(), build.contextName()};
    for (const Record& record : build.records) {
        words.insert(record.info.builder);
        words.insert(record.info.node);
        for (const Exporter& exporter : record.info.exporters) {
            if (const auto name = exporter.attrs.find("name"); name != exporter.attrs.end())
                words.insert(name->second);
        }
    }
    for (const Platform& platform : build.platforms)
        words.insert(platform.str());
    if (const BuildError* error = build.error())
        words.insert(error->message);
    words.insert(toString(build.status()));
    QString all;
    for (const std::string& word : words)
        all += text(word) + QLatin1Char('\n');
    return all.toLower();
}

BuildListItem buildListItem(const Build& build, Timestamp wall)
{
    const Timestamp now = nowOf(build, wall);
    const Counters counters = countersOf(build);
    BuildListItem item;
    item.id = build.id;
    item.title = text(build.name());
    item.status = build.status();
    item.started = build.started();
    item.completed = build.completed();
    if (item.started)
        item.elapsed = std::max(Duration{0}, now - *item.started);
    if (!build.records.empty())
        item.clockSkewNs = build.records.front().clockSkewNs;
    // A run of GitHub is told from others by its repository, a build by its builder.
    const QString builder = build.records.empty() ? QString() : text(build.source() == SourceKind::GitHub ? build.records.front().info.node : build.records.front().info.builder);
    const QString target = text(build.target());
    const QString platforms = platformWords(build);
    item.subtitle = joined({target.isEmpty() ? builder : target, platforms});
    item.shortSubtitle = platforms.isEmpty() ? item.subtitle : platforms;
    item.notes = notesFor(build, counters);
    item.strips = stripsOf(build, now);
    item.steps = counters.total;
    item.completedSteps = counters.completed;
    item.cachedSteps = counters.cached;
    item.searchText = buildSearchText(build);
    return item;
}

} // namespace layerline
