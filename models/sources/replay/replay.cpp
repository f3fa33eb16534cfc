#include "sources/replay/replay.h"

#include <algorithm>
#include <limits>
#include <map>

namespace layerline {

namespace {
constexpr int tickMs = 66;
/// After a longer silence (the machine slept, the window hung) the replay goes on where it was.
constexpr Duration longestTick{1'000'000'000};
constexpr std::int64_t skewNeverSaid = std::numeric_limits<std::int64_t>::min();
} // namespace

Replay::Replay(std::vector<EventBatch> batches, const Clock& clock, QObject* parent) : Replay(makeReplaySchedule(batches), clock, parent) {}

Replay::Replay(ReplaySchedule schedule, const Clock& clock, QObject* parent)
    : QObject(parent), m_schedule(std::move(schedule)), m_clock(clock), m_wall(clock.now()),
      m_skews(m_schedule.tracks.size(), skewNeverSaid)
{
    m_timer.setInterval(tickMs);
    connect(&m_timer, &QTimer::timeout, this, &Replay::tick);
}

void Replay::tick()
{
    const Timestamp wall = m_clock.now();
    if (wall - m_wall > longestTick)
        m_wall = Timestamp{wall.ns - longestTick.ns};
    advanceTo(wall);
}

void Replay::setPlaying(bool playing)
{
    if (m_playing == playing)
        return;
    m_playing = playing;
    Q_EMIT playingChanged(playing);
    Q_EMIT positionChanged(m_position);
}

void Replay::play()
{
    if (m_playing)
        return;
    if (m_position >= m_schedule.length)
        seek({});
    m_wall = m_clock.now();
    m_timer.start();
    setPlaying(true);
}

void Replay::pause()
{
    if (!m_playing)
        return;
    advanceTo(m_clock.now());
    setPlaying(false);
    // The timer runs on: while ours goes and the recording's does not, the distance of the two clocks changes.
}

void Replay::setSpeed(double speed)
{
    if (m_playing)
        advanceTo(m_clock.now());
    m_speed = std::clamp(speed, slowest, fastest);
}

void Replay::seek(Duration position)
{
    position = std::clamp(position, Duration{}, m_schedule.length);
    if (position < m_position) {
        m_next = 0;
        std::fill(m_skews.begin(), m_skews.end(), skewNeverSaid);
        Q_EMIT restarted();
    }
    m_position = position;
    m_wall = m_clock.now();
    if (position < m_schedule.length)
        m_timer.start();
    tell(m_wall);
    Q_EMIT positionChanged(m_position);
}

void Replay::advanceTo(Timestamp wall)
{
    const Duration passed = wall - m_wall;
    m_wall = wall;
    const Duration before = m_position;
    if (m_playing && passed.ns > 0) {
        const double further = double(passed.ns) * m_speed;
        const Duration left{m_schedule.length.ns - m_position.ns};
        m_position = further >= double(left.ns) ? m_schedule.length : m_position + Duration{std::int64_t(further)};
    }
    tell(wall);
    if (m_position != before)
        Q_EMIT positionChanged(m_position);
    if (m_position >= m_schedule.length) {
        m_timer.stop();
        if (m_playing) {
            setPlaying(false);
            Q_EMIT finished();
        }
    }
}

void Replay::tell(Timestamp wall)
{
    std::map<std::uint32_t, EventBatch> batches;
    while (m_next < m_schedule.items.size() && m_schedule.items[m_next].at <= m_position) {
        const ReplaySchedule::Item& item = m_schedule.items[m_next++];
        batches[item.track].events.push_back(item.event);
    }
    for (std::uint32_t track = 0; track < m_schedule.tracks.size(); ++track) {
        const ReplaySchedule::Track& record = m_schedule.tracks[track];
        if (!record.contains(m_position))
            continue;
        const Timestamp recorded = record.origin + (m_position - record.offset);
        const std::int64_t skew = (recorded - wall).ns;
        if (skew == m_skews[track])
            continue;
        m_skews[track] = skew;
        batches[track].events.emplace_back(ev::ConnectionChanged{false, {}, skew});
    }
    for (auto& [track, events] : batches) {
        events.record = m_schedule.tracks[track].record;
        Q_EMIT batch(std::make_shared<const EventBatch>(std::move(events)));
    }
}

} // namespace layerline
