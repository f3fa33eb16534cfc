// What the targets of bake files are, told from the texts alone: buildx is not run on other people's files. Common forms are
// evaluated (targets, groups, inheritance, variables, conditions); whatever else there is makes a value open, never a guess.
#pragma once

#include "analysis/workflow/bake_syntax.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerline {

/// A list of texts as bake files state it.
struct BakeList {
    std::vector<std::string> values;
    bool stated = false;
    bool open = false; ///< it has values that can't be told
};

/// A target as the files state it; buildx's own answer is in BakeTargets (analysis/build_targets.h).
struct BakeFileTarget {
    std::string name;
    bool several = false; ///< a matrix: it stands for any number of targets
    BakeList platforms, tags, outputs, cacheTo, cacheFrom;
};

struct BakePlan {
    std::vector<BakeFileTarget> targets; ///< those asked for, groups resolved
    bool open = false;               ///< there may be others, or none of them
    std::string why;                 ///< of `open`, technical

    bool anyOpenPlatform() const;
};

/// One file, in the order bake is given them.
struct BakeText {
    std::string name, text;
};

/// The environment a bake file's variables are taken from: what is not there has its default, an empty optional is unknown.
using BakeEnvironment = std::map<std::string, std::optional<std::string>>;

/// `added` are targets that come from elsewhere (metadata-action's file): they are merged in behind the files.
BakePlan readBake(const std::vector<BakeText>& files, const std::vector<std::string>& targets, const BakeEnvironment& environment,
                  const std::vector<BakeFileTarget>& added = {});

/// The names bake looks for when it is told none, in its order. A compose file among them makes targets nobody here reads.
const std::vector<std::string>& defaultBakeFiles();
bool isComposeFile(const std::string& name);

/// A repository's bake files as far as they were read, by path from its root. A folder's path ends in '/' ("/" is the root) and has
/// its files' names as lines. Without a value: looked for, and it is not there.
using BakeSources = std::map<std::string, std::optional<std::string>>;

} // namespace layerline
