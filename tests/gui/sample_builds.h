// Builds that look like real ones, for GUI tests and for looking at.
#pragma once

#include "domain/build_store.h"

#include <string>

namespace layerline::test {

/// Seconds after EventBuilder::epoch that sampleBuilds() takes as the present.
constexpr double sampleNow = 3600;

/// Seven builds of two days: a running two-platform one with an emulated arm64 (selected in the mock), a second
/// running one, a warm one, an emulated one, a failed one on three platforms, a native matrix, a fully cached one.
/// Returns the id of the running two-platform build.
BuildId addSampleBuilds(BuildStore& store);

/// One build of `steps` RUN steps on two platforms, for performance.
BuildId addLargeBuild(BuildStore& store, int steps);

} // namespace layerline::test
