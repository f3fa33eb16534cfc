// Which run of a repository built a tag? By the rules tags are usually made by; what the runs' logs say decides. Pure.
#pragma once

#include "domain/pipeline.h"

#include <cstddef>
#include <string>
#include <vector>

namespace layerline {

/// Runs that may have pushed a tag.
struct TagRuns {
    std::vector<std::size_t> runs; ///< places in the list that was given, the most recently started first
    bool byRule = false;           ///< the tag's name stands for these; false: nothing in the name says which
};

/// `sha-abc1234` and `abc1234` stand for the runs of that commit; `1.2.3` and `v1.2.3` for those of the git tag v1.2.3 (also
/// "shop-v1.2.3"); `1.2` and `1` for those of all v1.2.x and v1.x; a branch's name, spelled as a tag, for the branch; `pr-12` for those
/// of pull requests, not by rule. `latest` and every other name may be any run's that no pull request started. A rule without a run
/// leaves them all, too: a version may be built from a branch.
TagRuns runsForTag(const std::string& tag, const std::vector<Run>& runs);

/// Can it have pushed anything? Not one that was skipped or never started.
bool mayHavePushed(const Run& run);

} // namespace layerline
