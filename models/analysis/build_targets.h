// What can be built in a project: stages of a Dockerfile, targets of a bake file. Pure.
#pragma once

#include "domain/platform.h"
#include "domain/result.h"

#include <string>
#include <vector>

namespace layerline {

/// Names after AS, in order; unnamed stages have none.
std::vector<std::string> dockerfileTargets(const std::string& dockerfile);

/// A secret or ssh key that the RUN steps of a Dockerfile mount.
struct WantedSecret {
    std::string id;
    bool ssh = false;
    bool required = false; ///< without it the step fails before it runs
    friend bool operator==(const WantedSecret&, const WantedSecret&) = default;
};
/// In order of appearance, each id once; ids that are not plain words (made of build arguments) are left out.
std::vector<WantedSecret> dockerfileSecrets(const std::string& dockerfile);

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
/// Groups and targets a bake file names, found without evaluating it, in order; those that begin with '_' are meant for
/// inheriting only and left out. Empty for compose files, whose default group has everything. `bake --print` alone
/// tells of the default group.
std::vector<std::string> bakeNames(const std::string& text);
/// The JSON of `buildx bake --print`. BadInput when it is none.
Result<BakeTargets> parseBakePrint(const std::string& json);
/// The command whose output that is; it runs nothing.
std::vector<std::string> bakePrintCommand(const std::vector<std::string>& files, const std::vector<std::string>& targets, const std::vector<std::string>& buildx);

} // namespace layerline
