#include "sources/replay/replay_schedule.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace layerline {

namespace {

/// Between two builds of one recording nobody wants to wait longer than this.
constexpr Duration longestGap{2'000'000'000};

/// Calls `see` with every time an event names.
template <class See>
void forEachTime(const Event& event, See see)
{
    const auto maybe = [&](const OptionalTime& time) {
        if (time)
            see(*time);
    };
    if (const auto* step = std::get_if<ev::StepUpdated>(&event)) {
        maybe(step->started);
        maybe(step->completed);
    } else if (const auto* transfer = std::get_if<ev::TransferUpdated>(&event)) {
        maybe(transfer->timestamp);
        maybe(transfer->started);
        maybe(transfer->completed);
    } else if (const auto* log = std::get_if<ev::LogAppended>(&event)) {
        if (log->time.ns > 0)
            see(log->time);
    }
}

/// What a record says while it runs.
ev::RecordUpdated startOf(const ev::RecordUpdated& record)
{
    ev::RecordUpdated start;
    start.source = record.source;
    start.builder = record.builder;
    start.node = record.node;
    start.created = record.created;
    start.frontend = record.frontend;
    start.frontendAttrs = record.frontendAttrs;
    start.exporters = record.exporters;
    start.workerPlatforms = record.workerPlatforms;
    start.localState = record.localState;
    start.name = record.name;
    return start;
}

class TrackMaker {
public:
    TrackMaker(const EventBatch& batch, std::uint32_t track) : m_track(track)
    {
        OptionalTime first, last, created, completed;
        for (const Event& event : batch.events) {
            if (const auto* record = std::get_if<ev::RecordUpdated>(&event)) {
                created = record->created ? record->created : created;
                completed = record->completed ? record->completed : completed;
            }
            forEachTime(event, [&](Timestamp time) {
                first = first ? std::min(*first, time) : time;
                last = last ? std::max(*last, time) : time;
            });
        }
        // A joined step may have begun before the record did; the replay begins with the record all the same.
        m_origin = created.value_or(first.value_or(completed.value_or(Timestamp{})));
        m_end = std::max(m_origin, std::max(completed.value_or(m_origin), last.value_or(m_origin)));
        m_cursor = m_origin;
        for (const Event& event : batch.events)
            std::visit([this](const auto& what) { add(what); }, event);
        std::stable_sort(m_planned.begin(), m_planned.end(), [](const Planned& a, const Planned& b) {
            return a.time != b.time ? a.time < b.time : a.rank < b.rank;
        });
    }

    Timestamp origin() const { return m_origin; }
    Duration length() const { return m_end - m_origin; }
    void moveInto(ReplaySchedule& schedule, Duration offset)
    {
        for (Planned& planned : m_planned)
            schedule.items.push_back({(planned.time - m_origin) + offset, m_track, std::move(planned.event)});
    }

private:
    enum Rank { Usual, Ending, AfterEnd };
    struct Planned {
        Timestamp time;
        Rank rank;
        Event event;
    };
    struct StepPlan {
        Timestamp announced;
        std::set<Timestamp> started;
        Timestamp lastLog[2];
    };

    Timestamp within(Timestamp time) const { return std::clamp(time, m_origin, m_end); }
    void plan(Timestamp time, Event event, Rank rank = Usual) { m_planned.push_back({within(time), rank, std::move(event)}); }
    void pass(const OptionalTime& time)
    {
        if (time)
            m_cursor = std::max(m_cursor, within(*time));
    }
    /// Not before the step was announced: nobody would know it.
    Timestamp afterAnnouncement(const StepDigest& digest, Timestamp time) const
    {
        const auto known = m_steps.find(digest);
        return known == m_steps.end() ? time : std::max(time, known->second.announced);
    }

    void add(const ev::RecordUpdated& record)
    {
        plan(m_origin, startOf(record));
        if (record.complete)
            plan(m_end, record, Ending);
    }

    void add(const ev::StepUpdated& step)
    {
        auto known = m_steps.find(step.digest);
        if (known == m_steps.end()) {
            const Timestamp time = within(step.started ? std::min(m_cursor, *step.started) : m_cursor);
            known = m_steps.emplace(step.digest, StepPlan{time, {}, {}}).first;
            ev::StepUpdated pending = step;
            pending.cached = false;
            pending.started.reset();
            pending.completed.reset();
            pending.error.clear();
            plan(time, std::move(pending));
        }
        if (step.started && known->second.started.insert(*step.started).second && step.completed != step.started) {
            ev::StepUpdated running = step;
            running.completed.reset();
            running.error.clear();
            running.cached = step.cached && !step.completed;
            plan(afterAnnouncement(step.digest, *step.started), std::move(running));
        }
        pass(step.started);
        pass(step.completed);
        if (step.completed)
            plan(afterAnnouncement(step.digest, *step.completed), step);
        else if (!step.started && (!step.error.empty() || step.cached))
            plan(m_cursor, step);
    }

    void add(const ev::TransferUpdated& transfer)
    {
        const OptionalTime time = transfer.timestamp ? transfer.timestamp : transfer.completed ? transfer.completed : transfer.started;
        pass(time);
        plan(afterAnnouncement(transfer.step, time.value_or(m_cursor)), transfer);
    }

    void add(const ev::LogAppended& log)
    {
        Timestamp time = log.time.ns > 0 ? log.time : m_cursor;
        pass(time);
        time = afterAnnouncement(log.step, time);
        // The bytes of a stream are in order even when their times are not.
        if (const auto known = m_steps.find(log.step); known != m_steps.end()) {
            Timestamp& last = known->second.lastLog[log.stream == 2];
            time = last = std::max(last, time);
        }
        plan(time, log);
    }

    void add(const ev::WarningRaised& warning) { plan(afterAnnouncement(warning.step, m_cursor), warning); }
    template <class Other>
    void add(const Other& event)
    {
        plan(m_end, event, AfterEnd);
    }

    std::uint32_t m_track;
    Timestamp m_origin, m_end;
    Timestamp m_cursor; ///< how far the recording has come, for events without a time
    std::unordered_map<StepDigest, StepPlan> m_steps;
    std::vector<Planned> m_planned;
};

} // namespace

ReplaySchedule makeReplaySchedule(const std::vector<EventBatch>& batches)
{
    std::vector<TrackMaker> makers;
    makers.reserve(batches.size());
    std::multimap<Timestamp, std::size_t> byOrigin;
    for (const EventBatch& batch : batches) {
        makers.emplace_back(batch, std::uint32_t(makers.size()));
        byOrigin.emplace(makers.back().origin(), makers.size() - 1);
    }

    ReplaySchedule schedule;
    schedule.tracks.resize(batches.size());
    Duration end;
    Timestamp axis; ///< recorded time of position 0, moved on by every gap cut out
    for (const auto& [origin, index] : byOrigin) {
        const bool first = end == Duration{} && schedule.items.empty();
        if (first)
            axis = origin;
        if (origin - axis > end + longestGap)
            axis = Timestamp{origin.ns - end.ns - longestGap.ns};
        const Duration offset = origin - axis;
        schedule.tracks[index] = {batches[index].record, origin, offset, makers[index].length()};
        makers[index].moveInto(schedule, offset);
        end = std::max(end, offset + makers[index].length());
    }
    std::stable_sort(schedule.items.begin(), schedule.items.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    schedule.length = end;
    return schedule;
}

} // namespace layerline
