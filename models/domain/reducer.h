// reduce(): one event into a build's state. Pure: no clock, no I/O, no QObject.
#pragma once

#include "domain/build.h"

namespace layerline {

/// What changed, for models that hold ids and want to repaint as little as possible.
struct Change {
    enum Flag : std::uint32_t {
        None = 0,
        Added = 1,        ///< the build is new
        Summary = 2,      ///< status, times, names, record data
        Structure = 4,    ///< steps, edges or platforms
        Steps = 8,        ///< state of `steps`
        Log = 16,
        Transfers = 32,
        Warnings = 64,
        Connection = 128,
        Removed = 256,
    };
    std::uint32_t flags = None;
    std::set<StepIndex> steps; ///< those touched
    void merge(const Change& other);
};

/// Limits against hostile or broken input; beyond them things are counted, not kept.
struct Caps {
    std::size_t steps = 100'000;
    std::size_t transfersPerStep = 100'000;
    std::uint64_t logBytes = 8ull << 30;
};

/// Applies one event of record number `record` to `build`. Idempotent: the same events again change nothing.
Change reduce(Build& build, std::uint32_t record, const Event& event, const Caps& caps = {});

} // namespace layerline
