// A past bake call, and what a target of it wrote where its record does not say: from what buildx noted, or from the call
// itself. Pure.
#pragma once

#include "analysis/build_plan.h"
#include "analysis/client_command.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

struct BakeExports {
    std::vector<std::string> tags;
    std::vector<std::string> outputs;                 ///< CSV, paths absolute
    std::vector<std::string> unplaced;                ///< types of outputs whose relative path begins nobody knows where
    std::optional<std::vector<std::string>> cacheTo;  ///< empty optional: not known
    std::optional<std::vector<std::string>> entitlements; ///< the same
    bool push = false, load = false;
    friend bool operator==(const BakeExports&, const BakeExports&) = default;
};

/// `definition`: what buildx noted of the call, files and overrides put together, as `bake --print` gives it ("" = nothing).
/// Without one the call's own words tell what no file could have changed: `--set TARGET.output=...`, and `--push` or `--load`
/// of tags that were set there, too. The bake file itself may be another by now: it is not asked. Empty when nothing tells.
std::optional<BakeExports> exportsOf(const std::string& definition, const std::optional<BuildPlan>& call, const std::string& target);

/// What a target was allowed: what its call said (`call`: a bake call) and buildx noted of the target. Without what is about
/// bake's own reading of files. Empty when nothing tells.
std::optional<std::vector<std::string>> entitlementsOf(const std::optional<BuildPlan>& call, const std::optional<BakeExports>& noted);

/// The bake call a captured client was, fit for being repeated as a whole; empty when it was none or read its file from
/// standard input or from a URL whose credentials were not kept. Overrides and variables with a secret-looking value were
/// kept without it: `masked` gets their names, and such a URL.
std::optional<BuildPlan> wholeCallOf(const std::optional<ClientCommand>& client, std::vector<std::string>* masked = nullptr);

/// Does an option's CSV hold a value that must not be in a command, or one that was masked?
bool holdsSecret(const std::string& csv);

} // namespace layerline
