// What buildx notes about each build on the machine that started it.
#pragma once

#include "domain/events.h"
#include "sources/buildx/environment.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

struct LocalStateNote {
    std::string builder; ///< by which name the client started it
    std::string node;
    LocalState state;
};

/// Looks for refs/BUILDER/NODE/REF in all of buildx's folders: first under the given names, then under any. Empty when
/// the build was started elsewhere. Reads small files only; any thread.
std::optional<LocalStateNote> readLocalState(const BuildxEnvironment& environment, const std::string& builder,
                                             const std::string& node, const std::string& ref);

/// refs/__group__/ID: the targets of one bake call. Empty when there is none.
std::vector<std::string> readGroupTargets(const BuildxEnvironment& environment, const std::string& groupRef);

/// The files and overrides of that call put together, as `bake --print` gives them: buildx before 0.14 noted it. "" when there is
/// none. May hold secrets among build arguments.
std::string readGroupDefinition(const BuildxEnvironment& environment, const std::string& groupRef);

} // namespace layerline
