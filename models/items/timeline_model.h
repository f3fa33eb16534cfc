// What the timeline shows of the selected build: lanes of spans, without a pixel.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/progress_groups.h"
#include "items/selection_state.h"
#include "items/step_look.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace layerline {

/// One run of a step.
struct TimelineSpan {
    StepIndex step = noStep;
    Timestamp begin;          ///< clamped to the build's start for joined steps
    OptionalTime end;         ///< empty: still running
    Look look = Look::Pending;
    bool emulated = false;
    bool critical = false;    ///< on the critical path
    std::vector<StepIndex> folded; ///< all steps it stands for when it is a folded group, `step` among them; else empty
    friend bool operator==(const TimelineSpan&, const TimelineSpan&) = default;
};

enum class LaneKind { Platform, Shared, Export };

struct TimelineGap {
    Timestamp begin;
    Timestamp end;
    bool queue = false; ///< before the lane's first step, else between two
    friend bool operator==(const TimelineGap&, const TimelineGap&) = default;
};

/// One platform's steps, those several platforms need, or the export.
struct TimelineLane {
    LaneKind kind = LaneKind::Shared;
    Platform platform;                ///< of a platform lane
    std::vector<TimelineSpan> spans;  ///< by begin
    std::vector<TimelineGap> gaps;    ///< times within the lane's life in which none of its steps ran
    Execution execution = Execution::Unknown;
    std::optional<double> factor;     ///< measured emulation slow-down
    int steps = 0, completed = 0, cached = 0, failed = 0, canceled = 0, running = 0, pending = 0;
    OptionalTime firstStart, lastEnd; ///< lastEnd is empty while a step runs
    bool output = false;              ///< a step of it has printed something
    bool measured = false;            ///< CPU time or transfers of a step of it are known
    std::int64_t contextBytes = 0;    ///< shared lane: size of the build context as far as sent
};

/// Lines of output in one second of a step.
struct OutputSecond {
    std::int64_t second = 0; ///< since 1970
    std::uint32_t lines = 0;
};

/// The range in which a build is seen whole. A running one gets headroom in coarse steps, so that the picture
/// stands still while "now" moves through it.
TimeRange fitRange(const Build& build, Timestamp now);

/// Rebuilds its lanes at most once a frame, and less often when that is expensive.
class TimelineModel : public QObject {
    Q_OBJECT
public:
    TimelineModel(const BuildStore& store, const SelectionState& selection, const Clock& clock, QObject* parent = nullptr);

    /// nullptr when nothing is selected or the build is gone.
    const Build* build() const { return m_store.find(m_selection.build()); }
    const std::vector<TimelineLane>& lanes() const { return m_lanes; }
    /// Grows whenever lanes() changed.
    std::uint64_t revision() const { return m_revision; }
    /// Steps of the critical path, first to last.
    const std::vector<StepIndex>& criticalPath() const { return m_critical; }
    /// The builder's present.
    Timestamp now() const;
    /// The group a step belongs to, or null.
    const ProgressGroup* groupOf(StepIndex step) const { return m_groups.of(step); }
    /// Grows when a group was opened or closed.
    std::uint64_t groupRevision() const { return m_groupRevision; }
    /// Groups are folded until somebody opens them.
    bool folded(const ProgressGroup& group) const { return m_opened.count(group.key()) == 0; }
    void setFolded(const ProgressGroup& group, bool folded);
    /// Something still moves: the build runs.
    bool running() const;
    /// Where the whole build is seen (see fitRange()).
    TimeRange fullRange() const;
    /// Rebuilds at once what is waiting for its turn (tests, screenshots).
    void refresh();

    /// Output of a step over time; reads only the lines that came since the last call, at most 200,000 of them.
    const std::vector<OutputSecond>& output(StepIndex step) const;
    /// Steps in the order of their first start, those that never ran last: what J and K walk through.
    std::vector<StepIndex> order() const;
    /// Next failed step after `step` in order(), from the beginning again; noStep when none failed.
    StepIndex nextError(StepIndex step) const;

Q_SIGNALS:
    void changed();       ///< lanes() are new
    void outputChanged(); ///< only logs or transfers grew

private:
    struct Output {
        std::size_t seen = 0;
        std::vector<OutputSecond> seconds;
    };
    void onStoreChanged(const ChangeSet& changes);
    void schedule();
    void rebuild();
    void addSteps(const Build& build);
    void addSpans(TimelineLane& lane, const Build& build, StepIndex index, bool critical, OptionalTime ended);
    /// Makes one span of the spans of each folded group.
    void foldGroups(TimelineLane& lane) const;
    void finishLane(TimelineLane& lane, const Build& build);

    const BuildStore& m_store;
    const SelectionState& m_selection;
    const Clock& m_clock;
    std::vector<TimelineLane> m_lanes;
    std::vector<StepIndex> m_critical;
    ProgressGroups m_groups;
    std::uint64_t m_groupRevision = 0;
    std::set<std::string> m_opened; ///< keys of groups that are shown step by step
    std::uint64_t m_revision = 0;
    QTimer m_delay;
    QElapsedTimer m_sinceRebuild;
    qint64 m_cost = 0; ///< ms the last rebuild took
    mutable std::unordered_map<std::uint32_t, Output> m_output;
};

} // namespace layerline
