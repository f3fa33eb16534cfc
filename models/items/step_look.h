// What a step looks like, whichever view shows it.
#pragma once

#include "domain/build.h"

namespace layerline {

/// The first match in the order failed, cancelled, waiting (a GitHub job in the queue), running, imported, joined, cached, invalidated,
/// rebuilt, pending.
enum class Look { Pending, Waiting, Running, Cached, Imported, Joined, Rebuilt, Invalidated, Failed, Canceled };

Look lookOf(const Build& build, const Step& step);

/// When several steps share one mark: which of the two must not be hidden (failed before running before ...).
Look strongerLook(Look a, Look b);

} // namespace layerline
