// When each event of a recording is to be said again.
#pragma once

#include "domain/events.h"

#include <cstdint>
#include <vector>

namespace layerline {

/// Events of one or more records on one time axis that begins at 0.
struct ReplaySchedule {
    struct Item {
        Duration at;
        std::uint32_t track = 0; ///< position in `tracks`
        Event event;
    };
    /// One record. Recorded time = origin + (position - offset).
    struct Track {
        RecordKey record;
        Timestamp origin;
        Duration offset;
        Duration length;
        bool contains(Duration position) const { return position >= offset && position < offset + length; }
    };

    std::vector<Item> items; ///< sorted by `at`
    std::vector<Track> tracks;
    Duration length;
};

/// Takes a recording apart so that it can be told as if live: a record starts first and completes last, a step is
/// pending before it runs and runs before it completes, logs and transfers come at their own times; what only a
/// finished build has (provenance, the excerpt) comes at the end. Builds that lie far apart move together.
ReplaySchedule makeReplaySchedule(const std::vector<EventBatch>& batches);

} // namespace layerline
