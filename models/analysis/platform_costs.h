// What each platform of a build would cost: where it would run and how long it usually takes. Pure.
#pragma once

#include "domain/build.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// One node of the builder a build would use.
struct BuilderPlace {
    std::string node;
    std::optional<Platform> native;  ///< the worker's first platform; empty = not reached
    std::vector<Platform> platforms; ///< all it says it can run
    bool here = true;                ///< on this machine
    bool live = true;
};

/// What one past build of the same target took for a platform, cached steps included, as if it had not waited for the others.
struct PastTime {
    Platform platform;
    Duration wall;
};

struct PlatformCost {
    enum class Where {
        NativeHere,
        NativeOnNode,
        Emulated,
        Unknown,     ///< no node answers: what they run is not known (a stopped builder starts with the build)
        Unavailable, ///< the nodes answer, and none runs or emulates it
    };
    Platform platform;
    Where where = Where::Unavailable;
    std::string node;              ///< which would run it; "" when none
    std::optional<Duration> usual; ///< plain median of the past times
    int samples = 0;
    std::optional<double> factor;  ///< emulated against native, measured on the same steps of one build
};

/// Completed builds with the same context, Dockerfile and target, newest first.
std::vector<const Build*> buildsOf(const std::vector<const Build*>& builds, const std::string& context, const std::string& dockerfile, const std::string& target);

/// Wall times of each platform, from completed builds with the same context, Dockerfile and target as `like`; newest
/// `most` builds. Builds known without their steps count when they had one platform.
std::vector<PastTime> pastTimes(const std::vector<const Build*>& builds, const Build& like, int most = 20);

/// The same choice of "same target" from a plan's words.
std::vector<PastTime> pastTimes(const std::vector<const Build*>& builds, const std::string& context, const std::string& dockerfile,
                                const std::string& target, int most = 20);

/// The newest measured slow-down of each emulated platform, put into the rows.
void addFactors(std::vector<PlatformCost>& costs, const std::vector<const Build*>& newestFirst);

/// One row for each of `wanted` and each platform some place lists, in the order native first, then by name.
std::vector<PlatformCost> platformCosts(const std::vector<BuilderPlace>& places, const std::vector<Platform>& wanted, const std::vector<PastTime>& past);

/// The middle value; of an even number the mean of the middle two. Empty for none.
std::optional<Duration> medianOf(std::vector<Duration> values);

/// Commands that make a platform available by emulation, to be run on the engine's machine: Debian's packages, or the
/// image that registers QEMU.
std::vector<std::vector<std::string>> emulationHelp(const Platform& platform);

} // namespace layerline
