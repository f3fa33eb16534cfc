// All talk with one GitHub: one token, one queue, ETags, errors in one form. The layer below the typed calls.
#pragma once

#include "domain/clock.h"
#include "domain/result.h"
#include "sources/github/etag_cache.h"
#include "sources/github/request_scheduler.h"
#include "sources/http/http_client.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace layerline {

struct ApiRequest {
    std::string method = "GET";
    std::string target;     ///< "/repos/o/n/actions/runs?per_page=100", or a whole URL below the same base (a Link)
    std::string body;       ///< JSON
    RequestPriority priority = RequestPriority::Action;
    bool conditional = true; ///< GET: ask with the ETag of the last answer
    /// The answer is a redirect to somebody else's server, and large: it is fetched outside of the queue, without the
    /// token. `sinkPath` as in HttpRequest.
    bool download = false;
    std::string sinkPath;
    std::uint64_t maxBody = 64u << 20;
};

struct ApiResponse {
    int status = 0;
    std::shared_ptr<const std::string> body; ///< never null; of a 304 the body it had before
    bool notModified = false;
    std::optional<std::string> next;         ///< URL of the next page
    HttpHeaders headers;
    std::uint64_t bytes = 0;                 ///< of a download
};

/// The permissions a request needed and the ones the token has, when GitHub tells.
struct PermissionHint {
    std::string accepted;   ///< X-Accepted-GitHub-Permissions: "actions=write" (fine-grained tokens, apps)
    std::string scopes;     ///< X-OAuth-Scopes: what a classic token has; absent for others
    bool classic = false;   ///< X-OAuth-Scopes was there
};

/// Lives on the thread of its HttpClient. Statuses that are no success are Errors; `detail` begins with the status:
///   401 Permission, 403 Permission, 404 NotFound, 410 NotFound, 409 and 422 BadInput (409 is retryable),
///   403/429 by a rate limit Unreachable (retryable; "rate limit" in the detail), 5xx Unreachable (retryable).
/// A token never appears in any of them.
class GitHubSession : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<ApiResponse>)>;

    /// `apiUrl` without a slash at the end. `clock` must outlive the session.
    GitHubSession(HttpClient& http, const Clock& clock, std::string apiUrl = defaultApiUrl(), QObject* parent = nullptr);
    ~GitHubSession() override;

    static std::string defaultApiUrl() { return "https://api.github.com"; }
    const std::string& apiUrl() const { return m_apiUrl; }
    /// Asks another server from now on. What was asked of the first one and has no answer yet ends as Cancelled.
    void setApiUrl(std::string apiUrl);

    /// "" = none. What is waiting goes out with the new one; an answer to the old one that is still under way is thrown
    /// away and asked for again: it may be somebody else's view.
    void setToken(std::string token);
    bool hasToken() const { return !m_token.empty(); }

    /// How long a request may be held back by a limit before it fails with Unreachable; empty (default): as long as it takes.
    void setPatience(std::optional<Duration> patience) { m_patience = patience; }

    /// As HttpClient::send(): once, later, on this thread, unless `context` is gone.
    void send(ApiRequest request, QObject* context, Callback callback, std::stop_token stop = {});

    const RateBudget& budget() const { return m_scheduler.budget(); }
    const RequestCounters& counters() const { return m_scheduler.counters(); }
    OptionalTime blockedUntil() const { return m_scheduler.blockedUntil(m_clock.now()); }
    /// Of the last answer that told.
    const PermissionHint& permissionHint() const { return m_hint; }
    /// The server's clock minus ours, of the last answer with a Date.
    Duration clockSkew() const { return m_skew; }

Q_SIGNALS:
    void budgetChanged();
    /// Another token or another server from now on.
    void tokenChanged();
    /// GitHub refused the token itself (401).
    void tokenRefused();

private:
    struct Pending;

    void pump();
    void expire();
    void dropStopped();
    HttpRequest httpRequest(Pending& pending);
    void answered(std::uint64_t id, unsigned generation, Result<HttpResponse> got);
    void conclude(std::uint64_t id, Result<ApiResponse> result);
    void readHeaders(const HttpResponse& response);
    Result<ApiResponse> response(const Pending& pending, HttpResponse&& got);
    void fetchElsewhere(std::uint64_t id, const std::string& url);
    void scheduleWake();

    HttpClient& m_http;
    const Clock& m_clock;
    std::string m_apiUrl;
    std::string m_token;
    unsigned m_generation = 0; ///< of the token
    std::optional<Duration> m_patience;
    RequestScheduler m_scheduler;
    EtagCache m_etags;
    std::map<std::uint64_t, std::unique_ptr<Pending>> m_pending;
    std::uint64_t m_lastId = 0;
    PermissionHint m_hint;
    Duration m_skew;
    QTimer m_wake;
};

/// A refusal in words: status, GitHub's message, what permission was needed.
Error apiError(int status, const HttpHeaders& headers, std::string_view body);

} // namespace layerline
