// GitHub's REST calls with types. Each answers once, on the session's thread, unless `context` is gone by then.
#pragma once

#include "sources/github/github_session.h"
#include "sources/github/github_types.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

template <class T>
using Reply = std::function<void(Result<T>)>;

/// All pages of a list, or its first `limit` items.
template <class T>
struct Listing {
    std::vector<T> items;
    std::int64_t total = 0;    ///< as GitHub counts; 0 when it does not
    bool notModified = false;  ///< every page was a 304: nothing is new
    bool complete = true;      ///< false: there are more than `limit`
};

class PageMemo;

struct RunQuery {
    std::string branch, event, status, actor; ///< "" = any
    std::string workflow;      ///< file name or id; "" = all
    std::string headSha;
    int limit = 30;            ///< newest N; 0 = all
};

struct DispatchRequest {
    std::string workflow;      ///< path, file name or id
    std::string ref;           ///< branch or tag
    std::map<std::string, std::string> inputs; ///< at most 25
};

struct NewContent {
    std::string path, branch, message, text;
    std::string sha;           ///< of the blob that is replaced; "" = a new file
};

struct NewPull {
    std::string title, body, head, base;
};

/// `repository` is always "owner/name". Errors as GitHubSession says; BadInput also for an answer that is no JSON.
class GitHubApi {
public:
    /// `session` must outlive this and the answers.
    explicit GitHubApi(GitHubSession& session, RequestPriority priority = RequestPriority::Action);

    GitHubSession& session() { return m_session; }

    void user(QObject* context, Reply<UserInfo> reply);
    void repository(const std::string& repository, QObject* context, Reply<RepositoryInfo> reply);
    void organisation(const std::string& organisation, QObject* context, Reply<OrganisationInfo> reply);

    void runs(const std::string& repository, const RunQuery& query, QObject* context, Reply<Listing<Run>> reply);
    void run(const RunKey& key, QObject* context, Reply<Run> reply);
    void attempt(const RunKey& key, int attempt, QObject* context, Reply<Run> reply);
    /// Of the latest attempt, or of attempt number `attempt` when it is not 0.
    void jobs(const RunKey& key, int attempt, QObject* context, Reply<Listing<RunJob>> reply);
    void job(const std::string& repository, std::int64_t job, QObject* context, Reply<RunJob> reply);
    void workflows(const std::string& repository, QObject* context, Reply<Listing<WorkflowInfo>> reply);

    /// The whole text. 404 while the job runs and for ever when it never ran; 410 when it is too old.
    void jobLog(const std::string& repository, std::int64_t job, QObject* context, Reply<std::string> reply);
    void artifacts(const RunKey& key, QObject* context, Reply<Listing<ArtifactInfo>> reply);
    /// Zip, gzip or plain: sniff it. At most `maxBytes`.
    void artifact(const std::string& repository, std::int64_t artifact, std::uint64_t maxBytes, QObject* context, Reply<std::string> reply);

    void caches(const std::string& repository, QObject* context, Reply<Listing<StoredCache>> reply);
    /// How many bytes they may be together. Errors: Permission for who does not administer it, NotFound on servers that don't know the call.
    void cacheLimit(const std::string& repository, QObject* context, Reply<std::int64_t> reply);
    void deleteCache(const std::string& repository, std::int64_t cache, QObject* context, Reply<void> reply);

    /// Accepted is not done: see RunActions.
    void change(const RunCall& call, QObject* context, Reply<void> reply);
    void dispatch(const std::string& repository, const DispatchRequest& request, QObject* context, Reply<Dispatched> reply);

    /// Self-hosted ones; needs administration:read.
    void runners(const std::string& repository, QObject* context, Reply<Listing<RunnerInfo>> reply);
    /// Those an organisation shares with its repositories; only its owners may ask.
    void organisationRunners(const std::string& organisation, QObject* context, Reply<Listing<RunnerInfo>> reply);

    void content(const std::string& repository, const std::string& path, const std::string& ref, QObject* context, Reply<FileContent> reply);
    /// Names of the files directly in a folder, `path` "" = the root. Errors: NotFound where there is no such folder, BadInput where it is a file.
    void folder(const std::string& repository, const std::string& path, const std::string& ref, QObject* context, Reply<std::vector<std::string>> reply);
    /// Newest first, those that touched `path` ("" = all), from `ref` ("" = default branch).
    void commits(const std::string& repository, const std::string& path, const std::string& ref, int limit, QObject* context, Reply<Listing<CommitInfo>> reply);
    /// `ref` as "heads/main".
    void gitRef(const std::string& repository, const std::string& ref, QObject* context, Reply<GitRef> reply);
    void createRef(const std::string& repository, const GitRef& ref, QObject* context, Reply<GitRef> reply);
    void deleteRef(const std::string& repository, const std::string& ref, QObject* context, Reply<void> reply);
    /// The value is the new commit's sha. 409: the blob sha is no longer current.
    void putContent(const std::string& repository, const NewContent& content, QObject* context, Reply<std::string> reply);
    /// The value is the new commit's sha; `text` is not used. 409: as above.
    void deleteContent(const std::string& repository, const NewContent& content, QObject* context, Reply<std::string> reply);
    void pulls(const std::string& repository, const std::string& head, QObject* context, Reply<Listing<PullRequestInfo>> reply);
    void createPull(const std::string& repository, const NewPull& pull, QObject* context, Reply<PullRequestInfo> reply);

    /// The call that dispatch() would make, for people: method, URL and body.
    static std::string dispatchBody(const DispatchRequest& request, bool returnDetails = true);
    static std::string dispatchTarget(const std::string& repository, const std::string& workflow);
    /// What change() would POST to, without a body.
    static std::string changeTarget(const RunCall& call);

private:
    template <class T, class Read>
    void object(const std::string& target, QObject* context, Reply<T> reply, Read read);
    template <class T, class Read>
    void list(const std::string& target, const char* member, int limit, QObject* context, Reply<Listing<T>> reply, Read read);
    void act(const char* method, const std::string& target, const std::string& body, QObject* context, Reply<ApiResponse> reply);
    void actQuietly(const char* method, const std::string& target, QObject* context, Reply<void> reply);
    void download(const std::string& target, std::uint64_t maxBytes, QObject* context, Reply<ApiResponse> reply);

    GitHubSession& m_session;
    RequestPriority m_priority;
    std::shared_ptr<PageMemo> m_memo;
};

/// "/repos/owner/name", encoded.
std::string repositoryPath(const std::string& repository);

} // namespace layerline
