#include "app/tasks/rewrite_permissions.h"

#include "app/tasks/rewrite_steps.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

bool isCommit(const RewriteStep& step) { return step.name == "commit" || step.name == "trial-commit" || step.name == "restore"; }
bool isRun(const RewriteStep& step) { return step.name == "run" || step.name == "trial-run"; }
bool isPull(const RewriteStep& step) { return step.name == "pull-request"; }

/// The first step that needs it, or the end.
std::vector<RewriteStep>::const_iterator needing(const std::string& permission, const std::vector<RewriteStep>& steps)
{
    return std::find_if(steps.begin(), steps.end(), [&](const RewriteStep& step) {
        if (permission.rfind("workflow", 0) == 0) // the scope, or workflows=write
            return isCommit(step);
        if (permission.rfind("pull_requests", 0) == 0)
            return isPull(step);
        if (permission.rfind("actions", 0) == 0)
            return isRun(step);
        return permission.rfind("contents", 0) != 0 || !isRun(step);
    });
}

std::string lackSentence(const std::string& permission, const RewriteStep& step)
{
    const std::string lacks = "the token lacks the permission " + permission;
    if (isRun(step))
        return lacks + ", which starting a run needs";
    if (permission.rfind("workflow", 0) == 0)
        return lacks + ", which writing a workflow file needs";
    return lacks + ", which changing the repository needs";
}

std::set<std::string> scopesOf(std::string list)
{
    std::replace(list.begin(), list.end(), ',', ' ');
    std::set<std::string> scopes;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        scopes.insert(list.substr(at, end - at));
        at = end + 1;
    }
    return scopes;
}

} // namespace

std::vector<std::string> RewritePermissions::sentences() const
{
    std::vector<std::string> all;
    for (const Lack& lack : missing)
        all.push_back(lack.sentence);
    std::string names;
    for (const std::string& name : unknown)
        names += (names.empty() ? "" : ", ") + name;
    if (!names.empty())
        all.push_back("only using the token shows whether it has " + names);
    return all;
}

RewritePermissions rewritePermissions(const PermissionReport& report, bool hasToken, const std::vector<RewriteStep>& steps)
{
    RewritePermissions found;
    const bool certain = !hasToken || report.classic || !report.login.empty();
    std::set<std::string> seen;
    const auto add = [&](const MissingPermission& permission, bool missing) {
        const bool ours = permission.disables == GitHubFeature::Rollback || permission.disables == GitHubFeature::RunActions;
        const auto step = needing(permission.name, steps);
        if (!ours || step == steps.end() || !seen.insert(permission.name).second)
            return;
        if (missing)
            found.missing.push_back({permission.name, lackSentence(permission.name, *step)});
        else
            found.unknown.push_back(permission.name);
    };
    for (const MissingPermission& permission : report.missing)
        add(permission, certain);
    for (const MissingPermission& permission : report.unknown)
        add(permission, false);
    return found;
}

void askRewritePermissions(GitHubApi& api, const std::string& repository, const std::vector<RewriteStep>& steps, QObject* context,
                           std::function<void(RewritePermissions)> reply)
{
    checkPermissions(api, repository, context, [steps, reply, hasToken = api.session().hasToken()](Result<PermissionReport> got) {
        reply(got ? rewritePermissions(*got, hasToken, steps) : RewritePermissions{});
    });
}

Error workflowWriteError(const Error& error, const std::string& path, const PermissionHint& token)
{
    const bool hidden = error.kind == ErrorKind::NotFound && token.classic && !scopesOf(token.scopes).count("workflow");
    if (!hidden || path.rfind(".github/workflows/", 0) != 0)
        return error;
    return {ErrorKind::Permission, error.detail + ": the token lacks the permission workflow, which writing a workflow file needs", false};
}

} // namespace layerline
