// What a step looks like, whichever view shows it.
#pragma once

#include "domain/build.h"

namespace layerline {

/// The first match in the order failed, cancelled, running, imported, joined, cached, invalidated, rebuilt, pending.
enum class Look { Pending, Running, Cached, Imported, Joined, Rebuilt, Invalidated, Failed, Canceled };

Look lookOf(const Build& build, const Step& step);

/// When several steps share one mark: which of the two must not be hidden (failed before running before ...).
Look strongerLook(Look a, Look b);

} // namespace layerline
