// Whether the token may do what a rollback or a migration does on GitHub: known before anything is written.
#pragma once

#include "sources/github/permissions.h"

#include <functional>
#include <string>
#include <vector>

namespace layerline {

struct RewriteStep;

struct RewritePermissions {
    struct Lack {
        std::string name;     ///< as GitHub names it: "workflow", "contents=write"
        std::string sentence; ///< what needs it; English, one that ownWords() knows
    };
    std::vector<Lack> missing;        ///< for certain
    std::vector<std::string> unknown; ///< names of those that show only in use
    /// What is missing, then what may be; English, one that ownWords() knows each.
    std::vector<std::string> sentences() const;
};

/// Only what `steps` need. A token that can't even say whose it is (an app's) is told a role that is not its own: of it
/// nothing is certain.
RewritePermissions rewritePermissions(const PermissionReport& report, bool hasToken, const std::vector<RewriteStep>& steps);

/// Asks GitHub, reading only. When nobody can tell (no answer, the token itself is refused), nothing is known to be missing: the first step says it.
void askRewritePermissions(GitHubApi& api, const std::string& repository, const std::vector<RewriteStep>& steps, QObject* context,
                           std::function<void(RewritePermissions)> reply);

/// GitHub hides from a classic token without the scope that it may not write a workflow file: it answers 404.
/// `error` as it is when that is not why.
Error workflowWriteError(const Error& error, const std::string& path, const PermissionHint& token);

} // namespace layerline
