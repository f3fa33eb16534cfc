#include "sources/github/github_api.h"

#include "sources/github/github_json.h"
#include "sources/http/http_url.h"

#include <memory>
#include <algorithm>
#include <set>
#include <type_traits>

namespace layerline {

using json::Json;

/// The pages read last, as values of whatever type their URL stands for.
class PageMemo {
public:
    std::shared_ptr<const void> find(const std::string& url, const std::shared_ptr<const std::string>& body) const
    {
        const auto at = m_pages.find(url);
        return at != m_pages.end() && at->second.body.lock() == body ? at->second.page : nullptr;
    }
    void store(const std::string& url, const std::shared_ptr<const std::string>& body, std::shared_ptr<const void> page)
    {
        if (m_pages.size() >= memoPages)
            m_pages.clear();
        m_pages[url] = {body, std::move(page)};
    }

private:
    struct Entry {
        std::weak_ptr<const std::string> body; ///< the very one of the ETag cache, not an equal one; it lives there alone
        std::shared_ptr<const void> page;
    };
    static constexpr std::size_t memoPages = 256;
    std::map<std::string, Entry> m_pages;
};

GitHubApi::GitHubApi(GitHubSession& session, RequestPriority priority) : m_session(session), m_priority(priority), m_memo(std::make_shared<PageMemo>()) {}

namespace {

constexpr int maxPages = 1000;

std::string query(const std::vector<std::pair<const char*, std::string>>& parameters)
{
    std::string text;
    for (const auto& [name, value] : parameters) {
        if (!value.empty())
            text += (text.empty() ? "?" : "&") + std::string(name) + "=" + encodedComponent(value);
    }
    return text;
}

std::string runPath(const RunKey& key) { return repositoryPath(key.repository) + "/actions/runs/" + std::to_string(key.id); }

std::string perPage(int limit) { return std::to_string(limit > 0 && limit < 100 ? limit : 100); }

/// "docker.yml" of ".github/workflows/docker.yml": the call wants a file's name or an id.
std::string workflowId(const std::string& workflow) { return workflow.substr(workflow.rfind('/') + 1); }

/// One page as values.
template <class T>
struct Page {
    std::vector<T> items;
    std::int64_t total = 0;
};

/// One list on its way through the pages.
template <class T, class Read>
struct Pager : std::enable_shared_from_this<Pager<T, Read>> {
    GitHubSession& session;
    std::shared_ptr<PageMemo> memo;
    RequestPriority priority;
    std::string member; ///< that holds the array; "" = the document is the array
    int limit;
    QObject* context;
    Reply<Listing<T>> reply;
    Read read;
    Listing<T> listing;
    std::set<std::string> seen; ///< a server whose "next" leads in circles must not keep us for ever

    Pager(GitHubSession& session_, std::shared_ptr<PageMemo> memo_, RequestPriority priority_, const char* member_, int limit_, QObject* context_,
          Reply<Listing<T>> reply_, Read read_)
        : session(session_), memo(std::move(memo_)), priority(priority_), member(member_), limit(limit_), context(context_), reply(std::move(reply_)), read(std::move(read_))
    {
        listing.notModified = true;
    }

    void fetch(const std::string& target)
    {
        const std::string url = target.front() == '/' ? session.apiUrl() + target : target;
        seen.insert(url);
        ApiRequest request;
        request.target = url;
        request.priority = priority;
        session.send(std::move(request), context, [self = this->shared_from_this(), url](Result<ApiResponse> got) { self->take(url, std::move(got)); });
    }

    Result<std::shared_ptr<const Page<T>>> parse(const std::string& url, const ApiResponse& got)
    {
        // The page of a 304 is the one that was read before: half a megabyte of JSON need not be read again.
        if (auto known = memo->find(url, got.body))
            return std::static_pointer_cast<const Page<T>>(known);
        const auto parsed = json::parse(*got.body);
        if (!parsed)
            return Error{ErrorKind::BadInput, "GitHub's answer: " + parsed.error().detail, true};
        const Json& document = parsed.value();
        const Json* array = member.empty() ? &document : json::member(document, member);
        if (!array || !array->is_array())
            return Error{ErrorKind::BadInput, "GitHub's answer holds no list", true};
        const auto page = std::make_shared<Page<T>>();
        page->total = json::integer(document, "total_count");
        for (const Json& each : *array) {
            if (each.is_object())
                page->items.push_back(read(each));
        }
        memo->store(url, got.body, page);
        return std::shared_ptr<const Page<T>>(page);
    }

    void take(const std::string& url, Result<ApiResponse> got)
    {
        if (!got)
            return reply(got.error());
        const auto page = parse(url, got.value());
        if (!page)
            return reply(page.error());
        listing.notModified = listing.notModified && got->notModified;
        listing.total = std::max(listing.total, (*page)->total);
        for (const T& item : (*page)->items) {
            if (limit > 0 && int(listing.items.size()) >= limit) {
                listing.complete = false;
                break;
            }
            listing.items.push_back(item);
        }
        const bool full = limit > 0 && int(listing.items.size()) >= limit;
        if (!got->next || full || int(seen.size()) >= maxPages || seen.count(*got->next)) {
            listing.complete = listing.complete && !got->next;
            return reply(std::move(listing));
        }
        fetch(*got->next);
    }
};

} // namespace

std::string repositoryPath(const std::string& repository)
{
    const auto slash = repository.find('/');
    return "/repos/" + encodedComponent(repository.substr(0, slash)) + "/"
        + encodedComponent(slash == std::string::npos ? std::string{} : repository.substr(slash + 1));
}

template <class T, class Read>
void GitHubApi::object(const std::string& target, QObject* context, Reply<T> reply, Read read)
{
    ApiRequest request;
    request.target = target;
    request.priority = m_priority;
    m_session.send(std::move(request), context, [reply = std::move(reply), read](Result<ApiResponse> got) {
        if (!got)
            return reply(got.error());
        const auto parsed = json::parse(*got->body);
        if (!parsed || !parsed.value().is_object())
            return reply(Error{ErrorKind::BadInput, "GitHub's answer is no JSON object", true});
        reply(T(read(parsed.value())));
    });
}

template <class T, class Read>
void GitHubApi::list(const std::string& target, const char* member, int limit, QObject* context, Reply<Listing<T>> reply, Read read)
{
    std::make_shared<Pager<T, Read>>(m_session, m_memo, m_priority, member, limit, context, std::move(reply), read)->fetch(target);
}

void GitHubApi::act(const char* method, const std::string& target, const std::string& body, QObject* context, Reply<ApiResponse> reply)
{
    ApiRequest request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.priority = RequestPriority::Action;
    m_session.send(std::move(request), context, std::move(reply));
}

void GitHubApi::actQuietly(const char* method, const std::string& target, QObject* context, Reply<void> reply)
{
    act(method, target, {}, context, [reply = std::move(reply)](Result<ApiResponse> got) { reply(got ? Result<void>() : Result<void>(got.error())); });
}

void GitHubApi::download(const std::string& target, std::uint64_t maxBytes, QObject* context, Reply<ApiResponse> reply)
{
    ApiRequest request;
    request.target = target;
    request.priority = RequestPriority::Fetch;
    request.download = true;
    request.maxBody = maxBytes;
    m_session.send(std::move(request), context, std::move(reply));
}

void GitHubApi::user(QObject* context, Reply<UserInfo> reply) { object<UserInfo>("/user", context, std::move(reply), userFromJson); }

void GitHubApi::repository(const std::string& repository, QObject* context, Reply<RepositoryInfo> reply)
{
    object<RepositoryInfo>(repositoryPath(repository), context, std::move(reply), repositoryFromJson);
}

void GitHubApi::organisation(const std::string& organisation, QObject* context, Reply<OrganisationInfo> reply)
{
    object<OrganisationInfo>("/orgs/" + encodedComponent(organisation), context, std::move(reply), organisationFromJson);
}

void GitHubApi::runs(const std::string& repository, const RunQuery& wanted, QObject* context, Reply<Listing<Run>> reply)
{
    const std::string base = repositoryPath(repository)
        + (wanted.workflow.empty() ? "/actions/runs" : "/actions/workflows/" + encodedComponent(workflowId(wanted.workflow)) + "/runs");
    const std::string target = base
        + query({{"branch", wanted.branch}, {"event", wanted.event}, {"status", wanted.status}, {"actor", wanted.actor}, {"head_sha", wanted.headSha},
                 {"per_page", perPage(wanted.limit)}});
    list<Run>(target, "workflow_runs", wanted.limit, context, std::move(reply), [repository](const Json& each) { return runFromJson(each, repository); });
}

void GitHubApi::run(const RunKey& key, QObject* context, Reply<Run> reply)
{
    object<Run>(runPath(key), context, std::move(reply), [key](const Json& each) { return runFromJson(each, key.repository); });
}

void GitHubApi::attempt(const RunKey& key, int attempt, QObject* context, Reply<Run> reply)
{
    object<Run>(runPath(key) + "/attempts/" + std::to_string(attempt), context, std::move(reply), [key](const Json& each) { return runFromJson(each, key.repository); });
}

void GitHubApi::jobs(const RunKey& key, int attempt, QObject* context, Reply<Listing<RunJob>> reply)
{
    const std::string target = runPath(key) + (attempt > 0 ? "/attempts/" + std::to_string(attempt) + "/jobs?per_page=100" : "/jobs?filter=latest&per_page=100");
    list<RunJob>(target, "jobs", 0, context, std::move(reply), jobFromJson);
}

void GitHubApi::job(const std::string& repository, std::int64_t job, QObject* context, Reply<RunJob> reply)
{
    object<RunJob>(repositoryPath(repository) + "/actions/jobs/" + std::to_string(job), context, std::move(reply), jobFromJson);
}

void GitHubApi::workflows(const std::string& repository, QObject* context, Reply<Listing<WorkflowInfo>> reply)
{
    list<WorkflowInfo>(repositoryPath(repository) + "/actions/workflows?per_page=100", "workflows", 0, context, std::move(reply), workflowFromJson);
}

void GitHubApi::jobLog(const std::string& repository, std::int64_t job, QObject* context, Reply<std::string> reply)
{
    download(repositoryPath(repository) + "/actions/jobs/" + std::to_string(job) + "/logs", 64u << 20, context,
             [reply = std::move(reply)](Result<ApiResponse> got) { reply(got ? Result<std::string>(*got->body) : Result<std::string>(got.error())); });
}

void GitHubApi::artifacts(const RunKey& key, QObject* context, Reply<Listing<ArtifactInfo>> reply)
{
    list<ArtifactInfo>(runPath(key) + "/artifacts?per_page=100", "artifacts", 0, context, std::move(reply), artifactFromJson);
}

void GitHubApi::artifact(const std::string& repository, std::int64_t artifact, std::uint64_t maxBytes, QObject* context, Reply<std::string> reply)
{
    download(repositoryPath(repository) + "/actions/artifacts/" + std::to_string(artifact) + "/zip", maxBytes, context,
             [reply = std::move(reply)](Result<ApiResponse> got) { reply(got ? Result<std::string>(*got->body) : Result<std::string>(got.error())); });
}

void GitHubApi::caches(const std::string& repository, QObject* context, Reply<Listing<StoredCache>> reply)
{
    list<StoredCache>(repositoryPath(repository) + "/actions/caches?per_page=100", "actions_caches", 0, context, std::move(reply), cacheFromJson);
}

void GitHubApi::cacheLimit(const std::string& repository, QObject* context, Reply<std::int64_t> reply)
{
    constexpr std::int64_t gigabyte = 1'000'000'000, most = 1'000'000; // the latter only keeps nonsense from overflowing
    const auto checked = [reply = std::move(reply)](Result<std::int64_t> got) {
        if (got && (*got <= 0 || *got > most))
            return reply(Error{ErrorKind::BadInput, "GitHub's answer names no limit", false});
        reply(got ? Result<std::int64_t>(*got * gigabyte) : got);
    };
    object<std::int64_t>(repositoryPath(repository) + "/actions/cache/storage-limit", context, checked,
                         [](const Json& each) { return json::integer(each, "max_cache_size_gb"); });
}

void GitHubApi::deleteCache(const std::string& repository, std::int64_t cache, QObject* context, Reply<void> reply)
{
    actQuietly("DELETE", repositoryPath(repository) + "/actions/caches/" + std::to_string(cache), context, std::move(reply));
}

const char* toString(RunAction action)
{
    switch (action) {
    case RunAction::Rerun: break;
    case RunAction::RerunFailed: return "rerun-failed";
    case RunAction::RerunJob: return "rerun-job";
    case RunAction::Cancel: return "cancel";
    case RunAction::ForceCancel: return "force-cancel";
    }
    return "rerun";
}

std::string GitHubApi::changeTarget(const RunCall& call)
{
    switch (call.action) {
    case RunAction::Rerun: break;
    case RunAction::RerunFailed: return runPath(call.run) + "/rerun-failed-jobs";
    case RunAction::RerunJob: return repositoryPath(call.run.repository) + "/actions/jobs/" + std::to_string(call.job) + "/rerun";
    case RunAction::Cancel: return runPath(call.run) + "/cancel";
    case RunAction::ForceCancel: return runPath(call.run) + "/force-cancel";
    }
    return runPath(call.run) + "/rerun";
}

void GitHubApi::change(const RunCall& call, QObject* context, Reply<void> reply) { actQuietly("POST", changeTarget(call), context, std::move(reply)); }

std::string GitHubApi::dispatchTarget(const std::string& repository, const std::string& workflow)
{
    return repositoryPath(repository) + "/actions/workflows/" + encodedComponent(workflowId(workflow)) + "/dispatches";
}

std::string GitHubApi::dispatchBody(const DispatchRequest& request, bool returnDetails)
{
    nlohmann::ordered_json body{{"ref", request.ref}};
    if (!request.inputs.empty())
        body["inputs"] = request.inputs;
    if (returnDetails)
        body["return_run_details"] = true;
    return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void GitHubApi::dispatch(const std::string& repository, const DispatchRequest& request, QObject* context, Reply<Dispatched> reply)
{
    const std::string target = dispatchTarget(repository, request.workflow);
    const auto read = [](Result<ApiResponse> got) -> Result<Dispatched> {
        if (!got)
            return got.error();
        Dispatched done;
        const auto parsed = json::parse(*got->body);
        if (!parsed)
            return done; // 204: accepted, no details
        if (const std::int64_t run = json::integer(*parsed, "workflow_run_id"); run > 0)
            done.run = run;
        done.url = json::text(*parsed, "html_url");
        return done;
    };
    act("POST", target, dispatchBody(request), context, [this, target, request, context, reply = std::move(reply), read](Result<ApiResponse> got) {
        // An Enterprise server may be too old to know the field: it did nothing, and says so.
        if (!got && got.error().detail.find("return_run_details") != std::string::npos) {
            act("POST", target, dispatchBody(request, false), context, [reply, read](Result<ApiResponse> again) { reply(read(std::move(again))); });
            return;
        }
        reply(read(std::move(got)));
    });
}

void GitHubApi::runners(const std::string& repository, QObject* context, Reply<Listing<RunnerInfo>> reply)
{
    list<RunnerInfo>(repositoryPath(repository) + "/actions/runners?per_page=100", "runners", 0, context, std::move(reply), runnerFromJson);
}

void GitHubApi::organisationRunners(const std::string& organisation, QObject* context, Reply<Listing<RunnerInfo>> reply)
{
    list<RunnerInfo>("/orgs/" + encodedComponent(organisation) + "/actions/runners?per_page=100", "runners", 0, context, std::move(reply), runnerFromJson);
}

void GitHubApi::commits(const std::string& repository, const std::string& path, const std::string& ref, int limit, QObject* context,
                        Reply<Listing<CommitInfo>> reply)
{
    std::string target = repositoryPath(repository) + "/commits?per_page=" + std::to_string(limit > 0 && limit < 100 ? limit : 100);
    if (!path.empty())
        target += "&path=" + encodedComponent(path);
    if (!ref.empty())
        target += "&sha=" + encodedComponent(ref);
    list<CommitInfo>(target, "", limit, context, std::move(reply), commitFromJson);
}

void GitHubApi::pulls(const std::string& repository, const std::string& head, QObject* context, Reply<Listing<PullRequestInfo>> reply)
{
    list<PullRequestInfo>(repositoryPath(repository) + "/pulls" + query({{"state", "all"}, {"head", head}, {"per_page", "100"}}), "", 0, context, std::move(reply),
                          pullFromJson);
}

} // namespace layerline
