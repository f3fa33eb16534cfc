// A recording told again in its own time.
#pragma once

#include "domain/clock.h"
#include "sources/replay/replay_schedule.h"

#include <QObject>
#include <QTimer>

namespace layerline {

/// Plays the batches of an opened file as if the builds ran now. Lives on one thread; the keys, sources and names in
/// the events stay as given. Starts paused at 0, with nothing said yet: seek({}) says what is known at the start.
class Replay : public QObject {
    Q_OBJECT
public:
    static constexpr double slowest = 0.25;
    static constexpr double fastest = 64;

    /// `clock` is the one whose now() the views pass to nowOf(); it must outlive the replay.
    Replay(std::vector<EventBatch> batches, const Clock& clock, QObject* parent = nullptr);
    /// The same with a schedule made elsewhere: making one takes a while.
    Replay(ReplaySchedule schedule, const Clock& clock, QObject* parent = nullptr);

    /// At the end it begins again.
    void play();
    void pause();
    bool isPlaying() const { return m_playing; }
    /// Times as fast as recorded, clamped to slowest..fastest.
    void setSpeed(double speed);
    double speed() const { return m_speed; }
    /// Forwards says what lies between; backwards emits restarted() and says everything up to `position`.
    void seek(Duration position);
    Duration position() const { return m_position; }
    Duration length() const { return m_schedule.length; }

    /// Goes on to the time `wall` of the clock. The timer calls it; tests call it themselves.
    void advanceTo(Timestamp wall);

Q_SIGNALS:
    void batch(const layerline::EventBatchPtr& batch);
    /// Forget the builds of this recording: they are told again from the start.
    void restarted();
    void positionChanged(layerline::Duration position);
    void playingChanged(bool playing);
    void finished();

private:
    void tick();
    void setPlaying(bool playing);
    /// Says all items up to the position, and how far the recording's clock is from ours.
    void tell(Timestamp wall);

    ReplaySchedule m_schedule;
    const Clock& m_clock;
    QTimer m_timer;
    std::size_t m_next = 0;    ///< first item not said yet
    Duration m_position;
    Timestamp m_wall;          ///< clock time of m_position
    double m_speed = 1;
    bool m_playing = false;
    std::vector<std::int64_t> m_skews; ///< as last said, by track
};

} // namespace layerline
