#include "sources/github/permissions.h"

#include "sources/github/github_json.h"

#include <cstdlib>
#include <memory>
#include <set>

namespace layerline {

namespace {

std::set<std::string> scopeSet(const std::string& list)
{
    std::set<std::string> scopes;
    std::string word;
    for (const char c : list + ",") {
        if (c == ',' || c == ' ') {
            if (!word.empty())
                scopes.insert(word);
            word.clear();
        } else {
            word += c;
        }
    }
    return scopes;
}

/// 403 and 404 are the same to those who may not know that something exists.
bool refused(const std::optional<int>& status) { return status && (*status == 401 || *status == 403 || *status == 404); }

int statusOf(const Error& error)
{
    const auto at = error.detail.find("answers ");
    return at == std::string::npos ? 0 : std::atoi(error.detail.c_str() + at + 8);
}

struct Probe {
    PermissionProbes seen;
    std::string login;
    int open = 0;
    std::optional<Error> unreachable;
};

} // namespace

const char* toString(GitHubFeature feature)
{
    switch (feature) {
    case GitHubFeature::Watch: return "watch";
    case GitHubFeature::LogsAndArtifacts: return "logs";
    case GitHubFeature::Caches: return "caches";
    case GitHubFeature::RunActions: return "actions";
    case GitHubFeature::RunnerDiagnosis: return "runners";
    case GitHubFeature::Rollback: break;
    }
    return "rollback";
}

PermissionReport judgePermissions(const PermissionProbes& probes)
{
    using Feature = GitHubFeature;
    PermissionReport report;
    const auto missing = [&](const char* name, Feature feature) { report.missing.push_back({name, feature, true}); };
    if (!probes.authenticated) {
        if (refused(probes.actions))
            missing("actions=read", Feature::Watch);
        missing("actions=read", Feature::LogsAndArtifacts); // logs want a token even in public repositories
        missing("actions=write", Feature::RunActions);
        missing("administration=read", Feature::RunnerDiagnosis);
        missing("contents=write", Feature::Rollback);
        return report;
    }
    if (probes.scopes) {
        report.classic = true;
        report.scopes = *probes.scopes;
        const auto scopes = scopeSet(*probes.scopes);
        const bool repo = scopes.count("repo") || (!probes.isPrivate && scopes.count("public_repo"));
        const char* wanted = probes.isPrivate ? "repo" : "public_repo";
        if (!repo) {
            if (refused(probes.actions))
                missing(wanted, Feature::Watch);
            missing(wanted, Feature::LogsAndArtifacts);
            missing(wanted, Feature::Caches);
            missing(wanted, Feature::RunActions);
        }
        if (refused(probes.runners))
            missing(repo ? "administrator of the repository" : wanted, Feature::RunnerDiagnosis);
        if (!repo || !scopes.count("workflow"))
            missing(repo ? "workflow" : wanted, Feature::Rollback);
        if (repo && !probes.mayPush)
            missing("write access to the repository", Feature::RunActions);
        return report;
    }
    if (refused(probes.actions)) {
        missing("actions=read", Feature::Watch);
        missing("actions=read", Feature::LogsAndArtifacts);
    }
    if (refused(probes.caches) || refused(probes.actions))
        missing("actions=read", Feature::Caches);
    if (refused(probes.runners))
        missing("administration=read", Feature::RunnerDiagnosis);
    if (refused(probes.contents))
        missing("contents=read", Feature::Rollback);
    if (probes.mayPush) {
        report.unknown.push_back({"actions=write", Feature::RunActions, false});
        for (const char* name : {"contents=write", "workflows=write", "pull_requests=write"})
            report.unknown.push_back({name, Feature::Rollback, false});
    } else {
        missing("actions=write", Feature::RunActions);
        missing("contents=write", Feature::Rollback);
    }
    return report;
}

void checkPermissions(GitHubApi& api, const std::string& repository, QObject* context, Reply<PermissionReport> reply)
{
    const auto probe = std::make_shared<Probe>();
    probe->seen.authenticated = api.session().hasToken();
    const std::string base = repositoryPath(repository);
    struct Ask {
        std::string target;
        std::function<void(Probe&, int, const ApiResponse*)> take;
    };
    const std::vector<Ask> asks{
        {"/user", [](Probe& p, int, const ApiResponse* got) {
             if (const auto parsed = json::parse(got ? *got->body : std::string("{}")); parsed)
                 p.login = userFromJson(*parsed).login;
         }},
        {base, [](Probe& p, int, const ApiResponse* got) {
             const auto parsed = json::parse(got ? *got->body : std::string("{}"));
             if (!parsed)
                 return;
             const RepositoryInfo info = repositoryFromJson(*parsed);
             p.seen.isPrivate = info.isPrivate;
             p.seen.mayPush = info.mayPush;
         }},
        {base + "/actions/runs?per_page=1", [](Probe& p, int status, const ApiResponse*) { p.seen.actions = status; }},
        {base + "/actions/cache/usage", [](Probe& p, int status, const ApiResponse*) { p.seen.caches = status; }},
        {base + "/actions/runners?per_page=1", [](Probe& p, int status, const ApiResponse*) { p.seen.runners = status; }},
        {base + "/commits?per_page=1", [](Probe& p, int status, const ApiResponse*) { p.seen.contents = status; }},
    };
    probe->open = int(asks.size());
    for (const Ask& ask : asks) {
        ApiRequest request;
        request.target = ask.target;
        request.priority = RequestPriority::Fetch;
        api.session().send(std::move(request), context, [probe, &session = api.session(), take = ask.take, reply](Result<ApiResponse> got) {
            const int status = got ? got->status : statusOf(got.error());
            // A limit or an outage says nothing about the token.
            if (!got && (status == 0 || status == 401 || got.error().kind == ErrorKind::Unreachable))
                probe->unreachable = got.error();
            take(*probe, status, got ? &got.value() : nullptr);
            if (--probe->open > 0)
                return;
            if (probe->unreachable && probe->seen.authenticated)
                return reply(*probe->unreachable);
            if (session.permissionHint().classic)
                probe->seen.scopes = session.permissionHint().scopes;
            PermissionReport report = judgePermissions(probe->seen);
            report.login = probe->login;
            reply(std::move(report));
        });
    }
}

} // namespace layerline
