// Which platforms a job builds, by whatever says so most reliably.
#pragma once

#include "domain/pipeline.h"

#include <map>
#include <vector>

namespace layerline {

/// What others know about a job: its build record, its workflow file.
struct PlatformHint {
    std::vector<Platform> record;   ///< platforms of the .dockerbuild record
    std::vector<Platform> workflow; ///< with.platforms, expressions resolved
    bool merges = false;            ///< its workflow file says that it puts digests together
};

/// Fills platforms, evidence and merges of all jobs, in this order of trust: record, workflow, runner label, name.
/// A label counts when it names an architecture ("ubuntu-24.04-arm", "ARM64"). One that merely is of x86 by default
/// ("ubuntu-latest") counts only in a job whose siblings of the same matrix run on another architecture: elsewhere such a
/// runner may emulate anything.
void findPlatforms(Run& run, const std::map<std::int64_t, PlatformHint>& hints = {});

/// Platforms named in a job's name: "build (linux/arm64, ubuntu-24.04-arm)", "docker-arm64", "build (armv7)".
std::vector<Platform> platformsInName(const std::string& name);
/// The platform a label stands for by its name; empty when it tells none.
std::optional<Platform> platformOfLabel(const std::string& label);

} // namespace layerline
