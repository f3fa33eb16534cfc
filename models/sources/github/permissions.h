// What a token may do, and what does not work without the rest.
#pragma once

#include "sources/github/github_api.h"

#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// Parts of Layerline that a permission can switch off; the sentence is made by the widget.
enum class GitHubFeature { Watch, LogsAndArtifacts, Caches, RunActions, RunnerDiagnosis, Rollback };

const char* toString(GitHubFeature feature); ///< "watch", "logs", "caches", "actions", "runners", "rollback"

struct MissingPermission {
    std::string name;           ///< as GitHub names it: "administration=read", "repo"
    GitHubFeature disables = GitHubFeature::Watch;
    bool certain = true;        ///< false: nobody can tell before it is used
    friend bool operator==(const MissingPermission&, const MissingPermission&) = default;
};

struct PermissionReport {
    bool classic = false;       ///< a token with scopes
    std::string scopes;         ///< "repo, workflow"
    std::string login;          ///< "" when the token may not say
    std::vector<MissingPermission> missing;
    std::vector<MissingPermission> unknown; ///< write permissions of a fine-grained token show only in use
};

/// What was seen of a token. An empty probe: not asked.
struct PermissionProbes {
    std::optional<std::string> scopes;  ///< X-OAuth-Scopes; empty for fine-grained tokens
    bool isPrivate = false;             ///< the repository
    bool mayPush = false;               ///< the user's role in it
    bool authenticated = true;          ///< there is a token at all
    std::optional<int> actions, caches, runners, contents; ///< HTTP status of a read of each
};
PermissionReport judgePermissions(const PermissionProbes& probes);

/// Asks with six reads (most of them 304 the next time) and changes nothing. Unreachable when nobody answers, Permission when
/// the token itself is refused.
void checkPermissions(GitHubApi& api, const std::string& repository, QObject* context, Reply<PermissionReport> reply);

} // namespace layerline
