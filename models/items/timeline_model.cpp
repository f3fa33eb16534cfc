#include "items/timeline_model.h"

#include "domain/critical_path.h"
#include "domain/summary.h"
#include "items/lane_counts.h"

#include <algorithm>
#include <limits>

namespace layerline {

namespace {

constexpr std::size_t linesPerCall = 200'000;
/// The measured factor compares every step with its siblings: quadratic, so only for builds of a human size.
constexpr Duration shortestRange{100'000'000};
constexpr Duration shortestGap{1'000'000'000};

/// Smallest of 5, 10, 15, 20, 30, 45 s, 1, 1.5, 2, 3, 4, 5, 7, 10, 15 min ... that leaves some room after `elapsed`.
Duration withHeadroom(Duration elapsed)
{
    static constexpr double steps[] = {5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700, 3600};
    for (const double seconds : steps) {
        if (elapsed.seconds() <= seconds * 0.88)
            return {std::int64_t(seconds * 1e9)};
    }
    Duration range{3'600'000'000'000};
    while (elapsed.ns > range.ns / 100 * 88)
        range.ns = range.ns / 3 * 4;
    return range;
}

OptionalTime firstStart(const Build& build)
{
    OptionalTime first = build.started();
    for (const Step& step : build.steps) {
        if (!step.intervals.empty() && !first)
            first = step.intervals.front().started;
    }
    return first;
}

LaneKind kindOf(const Step& step)
{
    if (step.parsed.kind == StepKind::Export)
        return LaneKind::Export;
    return step.neededBy.size() == 1 ? LaneKind::Platform : LaneKind::Shared;
}

std::size_t laneOf(const Build& build, const Step& step)
{
    const std::size_t platforms = build.platforms.size();
    if (const LaneKind kind = kindOf(step); kind != LaneKind::Platform)
        return platforms + (kind == LaneKind::Shared ? 0 : 1);
    const auto found = std::lower_bound(build.platforms.begin(), build.platforms.end(), step.neededBy.front());
    return found != build.platforms.end() && *found == step.neededBy.front() ? std::size_t(found - build.platforms.begin()) : platforms;
}

std::vector<TimelineLane> emptyLanes(const Build& build)
{
    const std::size_t platforms = build.platforms.size();
    std::vector<TimelineLane> lanes(platforms + 2);
    for (std::size_t i = 0; i < platforms; ++i) {
        lanes[i].kind = LaneKind::Platform;
        lanes[i].platform = build.platforms[i];
    }
    lanes[platforms + 1].kind = LaneKind::Export;
    return lanes;
}

void count(TimelineLane& lane, const Build& build, const Step& step)
{
    ++lane.steps;
    lane.completed += step.completedOnce;
    lane.cached += step.cachedFlag;
    switch (stateOf(build, step)) {
    case StepState::Failed: ++lane.failed; break;
    case StepState::Canceled: ++lane.canceled; break;
    case StepState::Running: ++lane.running; break;
    case StepState::Pending: ++lane.pending; break;
    case StepState::Completed:
    case StepState::Cached: break;
    }
}

std::int64_t contextBytes(const Step& step)
{
    if (step.parsed.text.find("load build context") == std::string::npos)
        return 0;
    std::int64_t bytes = 0;
    for (const Transfer& transfer : step.transfers)
        bytes += transfer.current;
    return bytes;
}

bool measured(const Step& step)
{
    if (step.provenance && step.provenance->usage && step.provenance->usage->cpuSeconds > 0)
        return true;
    return std::any_of(step.transfers.begin(), step.transfers.end(), [](const Transfer& transfer) { return transfer.started && transfer.current > 0; });
}

} // namespace

std::vector<TimelineLane> laneCounts(const Build& build)
{
    std::vector<TimelineLane> lanes = emptyLanes(build);
    for (const Step& step : build.steps)
        count(lanes[laneOf(build, step)], build, step);
    return lanes;
}

TimeRange fitRange(const Build& build, Timestamp now)
{
    const Timestamp begin = firstStart(build).value_or(now);
    if (build.status() == BuildStatus::Running)
        return {begin, begin + withHeadroom(std::max(now - begin, Duration{0}))};
    Timestamp end = std::max(build.completed().value_or(now), begin);
    if (const OptionalTime last = build.lastActivity())
        end = std::max(end, *last);
    // A sliver of room, so that the last bar's end is seen as an end.
    const Duration length = std::max(end - begin, shortestRange);
    return {begin, begin + Duration{length.ns + length.ns / 50}};
}

TimelineModel::TimelineModel(const BuildStore& store, const SelectionState& selection, const Clock& clock, QObject* parent)
    : QObject(parent), m_store(store), m_selection(selection), m_clock(clock)
{
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &TimelineModel::rebuild);
    connect(&store, &BuildStore::changed, this, &TimelineModel::onStoreChanged);
    connect(&selection, &SelectionState::buildChanged, this, [this] {
        m_output.clear();
        m_opened.clear();
        rebuild();
    });
    rebuild();
}

Timestamp TimelineModel::now() const
{
    const Build* current = build();
    return current ? nowOf(*current, m_clock.now()) : m_clock.now();
}

bool TimelineModel::running() const
{
    const Build* current = build();
    return current && current->status() == BuildStatus::Running;
}

TimeRange TimelineModel::fullRange() const
{
    const Build* current = build();
    return current ? fitRange(*current, now()) : TimeRange{m_clock.now(), m_clock.now() + Duration{60'000'000'000}};
}

void TimelineModel::refresh()
{
    if (m_delay.isActive()) {
        m_delay.stop();
        rebuild();
    }
}

void TimelineModel::onStoreChanged(const ChangeSet& changes)
{
    const auto found = changes.builds.find(m_selection.build());
    if (found == changes.builds.end())
        return;
    constexpr std::uint32_t quiet = Change::Log | Change::Transfers | Change::Warnings;
    if ((found->second.flags & ~quiet) != 0)
        schedule();
    else
        Q_EMIT outputChanged();
}

void TimelineModel::schedule()
{
    if (m_delay.isActive())
        return;
    // At most a tenth of the thread's time: a build of 100,000 steps is redrawn less often, a normal one every frame.
    const qint64 wait = m_cost * 10 - m_sinceRebuild.elapsed();
    if (wait <= 0)
        rebuild();
    else
        m_delay.start(int(std::min<qint64>(wait, 2000)));
}

void TimelineModel::rebuild()
{
    m_sinceRebuild.start();
    m_lanes.clear();
    m_critical.clear();
    m_groups = {};
    if (const Build* current = build()) {
        addSteps(*current);
        for (TimelineLane& lane : m_lanes)
            finishLane(lane, *current);
        m_lanes.erase(std::remove_if(m_lanes.begin(), m_lanes.end(), [](const TimelineLane& lane) { return lane.kind != LaneKind::Platform && lane.steps == 0; }),
                      m_lanes.end());
    }
    m_cost = m_sinceRebuild.elapsed();
    ++m_revision;
    Q_EMIT changed();
}

void TimelineModel::addSteps(const Build& build)
{
    m_lanes = emptyLanes(build);
    for (const PlatformSummary& summary : platformSummaries(build, now())) {
        const auto lane = std::find_if(m_lanes.begin(), m_lanes.end(), [&](const TimelineLane& l) { return l.kind == LaneKind::Platform && l.platform == summary.platform; });
        if (lane != m_lanes.end())
            lane->execution = summary.execution;
    }
    m_groups = ProgressGroups(build);
    m_critical = layerline::criticalPath(build, now()).steps;
    std::vector<bool> critical(build.steps.size());
    for (const StepIndex step : m_critical)
        critical[raw(step)] = true;

    const OptionalTime ended = build.status() == BuildStatus::Running ? OptionalTime{} : OptionalTime{now()};
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        const Step& step = build.steps[i];
        TimelineLane& lane = m_lanes[laneOf(build, step)];
        count(lane, build, step);
        lane.contextBytes += contextBytes(step);
        lane.output = lane.output || !step.log->empty();
        lane.measured = lane.measured || measured(step);
        addSpans(lane, build, StepIndex{i}, critical[i], ended);
    }
    if (m_groups.all().empty())
        return;
    for (TimelineLane& lane : m_lanes)
        foldGroups(lane);
}

void TimelineModel::addSpans(TimelineLane& lane, const Build& build, StepIndex index, bool critical, OptionalTime ended)
{
    const Step& step = build.step(index);
    const OptionalTime created = build.records[step.record].info.created;
    const Look look = lookOf(build, step);
    for (const Interval& interval : step.intervals) {
        TimelineSpan span;
        span.step = index;
        span.begin = created && !step.cachedFlag ? std::max(interval.started, *created) : interval.started;
        span.end = interval.completed ? interval.completed : ended;
        if (span.end && *span.end < span.begin)
            span.end = span.begin;
        span.look = look;
        span.emulated = step.execution == Execution::Emulated;
        span.critical = critical;
        lane.spans.push_back(span);
    }
}

void TimelineModel::foldGroups(TimelineLane& lane) const
{
    std::unordered_map<const ProgressGroup*, std::size_t> at;
    std::vector<TimelineSpan> spans;
    spans.reserve(lane.spans.size());
    for (TimelineSpan& span : lane.spans) {
        const ProgressGroup* group = m_groups.of(span.step);
        if (!group || !folded(*group)) {
            spans.push_back(std::move(span));
            continue;
        }
        const auto [found, added] = at.try_emplace(group, spans.size());
        if (added) {
            spans.push_back(span);
            spans.back().folded = {span.step};
            continue;
        }
        TimelineSpan& whole = spans[found->second];
        whole.begin = std::min(whole.begin, span.begin);
        whole.end = whole.end && span.end ? OptionalTime{std::max(*whole.end, *span.end)} : OptionalTime{};
        whole.look = strongerLook(whole.look, span.look);
        whole.emulated = whole.emulated || span.emulated;
        whole.critical = whole.critical || span.critical;
        if (span.step == group->leader)
            whole.step = span.step;
        if (std::find(whole.folded.begin(), whole.folded.end(), span.step) == whole.folded.end())
            whole.folded.push_back(span.step);
    }
    for (TimelineSpan& span : spans) {
        if (span.folded.size() == 1)
            span.folded.clear(); // the others run in another lane, or not yet
    }
    lane.spans = std::move(spans);
}

void TimelineModel::setFolded(const ProgressGroup& group, bool fold)
{
    if (folded(group) == fold)
        return;
    if (fold)
        m_opened.erase(group.key());
    else
        m_opened.insert(group.key());
    ++m_groupRevision;
    rebuild();
}

void TimelineModel::finishLane(TimelineLane& lane, const Build& build)
{
    std::stable_sort(lane.spans.begin(), lane.spans.end(), [](const TimelineSpan& a, const TimelineSpan& b) { return a.begin < b.begin; });
    if (lane.kind == LaneKind::Platform)
        lane.factor = emulationFactor(build, lane.platform, now());
    const Timestamp forever{std::numeric_limits<std::int64_t>::max()};
    OptionalTime reached = lane.kind == LaneKind::Platform ? build.started() : OptionalTime{};
    for (const TimelineSpan& span : lane.spans) {
        if (reached && span.begin - *reached >= shortestGap)
            lane.gaps.push_back({*reached, span.begin, !lane.firstStart});
        if (!lane.firstStart)
            lane.firstStart = span.begin;
        reached = reached ? std::max(*reached, span.end.value_or(forever)) : span.end.value_or(forever);
    }
    if (lane.firstStart && reached && *reached != forever)
        lane.lastEnd = reached;
}

const std::vector<OutputSecond>& TimelineModel::output(StepIndex index) const
{
    Output& output = m_output[raw(index)];
    const Build* current = build();
    if (!current || raw(index) >= current->steps.size())
        return output.seconds;
    const LogBuffer& log = *current->step(index).log;
    const std::size_t last = std::min(log.lineCount(), output.seen + linesPerCall);
    for (; output.seen < last; ++output.seen) {
        const LogBuffer::Line line = log.line(output.seen);
        if (line.partial)
            break;
        const std::int64_t second = line.time.ns / 1'000'000'000;
        if (output.seconds.empty() || output.seconds.back().second < second)
            output.seconds.push_back({second, 1});
        else
            ++output.seconds.back().lines;
    }
    return output.seconds;
}

std::vector<StepIndex> TimelineModel::order() const
{
    std::vector<StepIndex> steps;
    const Build* current = build();
    if (!current)
        return steps;
    for (std::uint32_t i = 0; i < current->steps.size(); ++i)
        steps.push_back(StepIndex{i});
    const auto start = [&](StepIndex index) {
        const Step& step = current->step(index);
        return step.intervals.empty() ? Timestamp{std::numeric_limits<std::int64_t>::max()} : step.intervals.front().started;
    };
    std::stable_sort(steps.begin(), steps.end(), [&](StepIndex a, StepIndex b) { return start(a) < start(b); });
    return steps;
}

StepIndex TimelineModel::nextError(StepIndex after) const
{
    const Build* current = build();
    const std::vector<StepIndex> steps = order();
    const auto at = std::find(steps.begin(), steps.end(), after);
    const std::size_t first = at == steps.end() ? 0 : std::size_t(at - steps.begin()) + 1;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const StepIndex step = steps[(first + i) % steps.size()];
        if (stateOf(*current, current->step(step)) == StepState::Failed)
            return step;
    }
    return noStep;
}

} // namespace layerline
