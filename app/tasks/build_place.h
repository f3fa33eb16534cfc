// What "build this" means: a folder, a Dockerfile, a bake file or an address, and what lies in a folder.
#pragma once

#include "analysis/build_plan.h"

#include <string>
#include <vector>

namespace layerline {

struct BuildPlace {
    std::string context;                ///< folder or address; "" for bake
    std::string dockerfile;             ///< absolute, a name inside a remote context, or "" for the usual one
    std::vector<std::string> bakeFiles; ///< absolute; empty = no bake
    std::string directory;              ///< where the client is started; "" = wherever
    bool baked() const { return !bakeFiles.empty(); }
};

/// By its name: what `buildx bake -f` takes.
bool isBakeFile(const std::string& path);
/// A file whose name says that something can be built from it: Dockerfile, app.Dockerfile, Containerfile, docker-bake.hcl,
/// compose.yaml and the like. A .json or .yaml of another name is none.
bool isBuildRecipe(const std::string& path);

/// `what`: folder, file or address; `files`: given beside it (a Dockerfile, or bake files). Relative paths lie below
/// `directory`. A folder with a bake file and no Dockerfile means the bake file.
BuildPlace placeOf(const std::string& what, const std::vector<std::string>& files, const std::string& directory);

/// Puts the place into a plan; the targets of a bake file stay.
void setPlace(const BuildPlace& place, BuildPlan& plan);

/// Dockerfiles (as realChecks() finds them) and bake files of a folder, relative to it, the usual one first. Reads the
/// folder and those one level below.
std::vector<std::string> recipesIn(const std::string& folder);

/// Dockerfile, Dockerfile.arm, app.Dockerfile, Containerfile of a folder and one level below, as paths; at most 20.
std::vector<std::string> dockerfilesIn(const std::string& folder);

} // namespace layerline
