// What can be built in a project: stages of a Dockerfile, targets of a bake file. Pure.
#pragma once

#include "domain/platform.h"
#include "domain/result.h"

#include <string>
#include <vector>

namespace layerline {

/// Names after AS, in order; unnamed stages have none.
std::vector<std::string> dockerfileTargets(const std::string& dockerfile);

struct BakeTarget {
    std::string name;
    std::string context, dockerfile, target;
    std::vector<Platform> platforms;
    std::vector<std::string> tags;
    friend bool operator==(const BakeTarget&, const BakeTarget&) = default;
};
struct BakeTargets {
    std::vector<BakeTarget> targets;
    std::vector<std::pair<std::string, std::vector<std::string>>> groups; ///< name, targets
};
/// The JSON of `buildx bake --print`. BadInput when it is none.
Result<BakeTargets> parseBakePrint(const std::string& json);
/// The command whose output that is; it runs nothing.
std::vector<std::string> bakePrintCommand(const std::vector<std::string>& files, const std::vector<std::string>& targets, const std::vector<std::string>& buildx);

} // namespace layerline
