#include "sources/github/github_session.h"

#include "domain/post_to.h"
#include "domain/secret_names.h"
#include "sources/github/github_json.h"
#include "sources/github/link_header.h"
#include "sources/http/http_url.h"

#include <QPointer>

#include <algorithm>
#include <limits>

namespace layerline {

struct GitHubSession::Pending {
    ApiRequest request;
    std::string url;
    QPointer<QObject> context;
    QMetaObject::Connection gone;
    Callback callback;
    std::stop_token stop;
    std::optional<std::stop_callback<std::function<void()>>> onStop; ///< while it waits; in flight the HTTP client listens
    std::optional<EtagCache::Entry> known; ///< what the question's If-None-Match stands for
    Timestamp asked;
    bool flying = false;
};

namespace {

bool isRead(const ApiRequest& request) { return request.method == "GET" || request.method == "HEAD"; }

bool isRedirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

} // namespace

Error apiError(int status, const HttpHeaders& headers, std::string_view body)
{
    std::string text = "GitHub answers " + std::to_string(status);
    if (const std::string problem = maskedText(problemText(body)); !problem.empty())
        text += ": " + problem;
    if (isRateLimit(status, headers, body))
        return {ErrorKind::Unreachable, text + " (rate limit)", true};
    if (const std::string needed = headerValue(headers, "x-accepted-github-permissions"); !needed.empty() && (status == 403 || status == 404))
        text += " (needs " + needed + ")";
    switch (status) {
    case 401:
    case 403: return {ErrorKind::Permission, text, false};
    case 404:
    case 410: return {ErrorKind::NotFound, text, false};
    case 409: return {ErrorKind::BadInput, text, true};
    default: break;
    }
    if (status >= 500)
        return {ErrorKind::Unreachable, text, true};
    return {status >= 400 ? ErrorKind::BadInput : ErrorKind::Unsupported, text, false};
}

GitHubSession::GitHubSession(HttpClient& http, const Clock& clock, std::string apiUrl, QObject* parent)
    : QObject(parent), m_http(http), m_clock(clock), m_apiUrl(std::move(apiUrl))
{
    m_wake.setSingleShot(true);
    m_wake.setTimerType(Qt::PreciseTimer); // a coarse one may fire early
    connect(&m_wake, &QTimer::timeout, this, [this] {
        expire();
        pump();
    });
}

GitHubSession::~GitHubSession() = default;

void GitHubSession::setApiUrl(std::string apiUrl)
{
    m_apiUrl = std::move(apiUrl);
    setToken(m_token);
}

void GitHubSession::setToken(std::string token)
{
    m_token = std::move(token);
    ++m_generation;
    m_etags.clear();
    m_scheduler.tokenChanged();
    m_hint = {};
    Q_EMIT budgetChanged();
    Q_EMIT tokenChanged();
    pump();
}

void GitHubSession::send(ApiRequest request, QObject* context, Callback callback, std::stop_token stop)
{
    const std::uint64_t id = ++m_lastId;
    auto pending = std::make_unique<Pending>();
    pending->url = request.target.rfind("/", 0) == 0 ? m_apiUrl + request.target : request.target;
    pending->request = std::move(request);
    pending->context = context;
    pending->callback = std::move(callback);
    pending->stop = std::move(stop);
    pending->asked = m_clock.now();
    pending->gone = connect(context, &QObject::destroyed, this, [this, id] {
        const auto at = m_pending.find(id);
        if (at == m_pending.end() || at->second->flying)
            return; // the answer, if any, finds nobody
        m_scheduler.remove(id);
        m_pending.erase(at);
    });
    // A Link or a redirect can't lead the token elsewhere.
    const bool ours = originOf(pending->url) == originOf(m_apiUrl) && originOf(m_apiUrl);
    const RequestKind kind = isRead(pending->request) ? RequestKind::Read : RequestKind::Write;
    const RequestPriority priority = pending->request.priority;
    Pending& added = *(m_pending[id] = std::move(pending));
    added.onStop.emplace(added.stop, [this] { postTo(this, [this] { dropStopped(); }); });
    if (!ours) {
        postTo(this, [this, id] { conclude(id, Error{ErrorKind::BadInput, "an address that is not GitHub's", false}); });
        return;
    }
    m_scheduler.add(id, kind, priority);
    postTo(this, [this] { pump(); });
}

void GitHubSession::pump()
{
    while (const auto id = m_scheduler.next(m_clock.now())) {
        const auto at = m_pending.find(*id);
        if (at == m_pending.end() || at->second->stop.stop_requested()) {
            m_scheduler.failed();
            if (at != m_pending.end())
                conclude(*id, Error{ErrorKind::Cancelled, "the request was cancelled", false});
            continue;
        }
        Pending& pending = *at->second;
        // Asked for before another server was chosen: the old one must not get the new one's token.
        if (originOf(pending.url) != originOf(m_apiUrl)) {
            m_scheduler.failed();
            conclude(*id, Error{ErrorKind::Cancelled, "another server is asked now", false});
            continue;
        }
        pending.flying = true;
        // The queue must hear of the end whatever becomes of the requester: the context is the session.
        m_http.send(httpRequest(pending), this, [this, id = *id, generation = m_generation](Result<HttpResponse> got) { answered(id, generation, std::move(got)); },
                    pending.stop);
        break;
    }
    scheduleWake();
}

void GitHubSession::scheduleWake()
{
    const Timestamp now = m_clock.now();
    const OptionalTime next = m_scheduler.wakeAt(now);
    if (!next)
        return m_wake.stop();
    OptionalTime wake = next;
    if (m_patience && *next > now) {
        for (const auto& [id, pending] : m_pending) {
            if (!pending->flying)
                wake = std::min(*wake, *next - pending->asked > *m_patience ? now : *next);
        }
    }
    // Rounded up: a timer that fires a moment early would only come again.
    const std::int64_t wait = std::max<std::int64_t>(0, (*wake - now).ns + 999'999) / 1'000'000;
    m_wake.start(int(std::min<std::int64_t>(wait, 60'000))); // the clock may be set meanwhile: look again each minute
}

void GitHubSession::dropStopped()
{
    std::vector<std::uint64_t> stopped;
    for (const auto& [id, pending] : m_pending) {
        if (!pending->flying && pending->stop.stop_requested())
            stopped.push_back(id);
    }
    for (const std::uint64_t id : stopped) {
        m_scheduler.remove(id);
        conclude(id, Error{ErrorKind::Cancelled, "the request was cancelled", false});
    }
    scheduleWake();
}

/// Ends what the limits would hold back for longer than its requester has patience.
void GitHubSession::expire()
{
    const OptionalTime next = m_scheduler.blockedUntil(m_clock.now());
    if (!m_patience || !next)
        return;
    std::vector<std::uint64_t> tired;
    for (const auto& [id, pending] : m_pending) {
        if (!pending->flying && *next - pending->asked > *m_patience)
            tired.push_back(id);
    }
    for (const std::uint64_t id : tired) {
        m_scheduler.remove(id);
        conclude(id, Error{ErrorKind::Unreachable, "GitHub's rate limit holds until " + formatRfc3339(*next), true});
    }
}

HttpRequest GitHubSession::httpRequest(Pending& pending)
{
    HttpRequest request;
    request.method = pending.request.method;
    request.url = pending.url;
    request.body = pending.request.body;
    request.maxBody = pending.request.maxBody;
    request.headers = {{"Accept", "application/vnd.github+json"}, {"X-GitHub-Api-Version", "2022-11-28"}};
    if (!m_token.empty())
        request.headers.emplace_back("Authorization", "Bearer " + m_token);
    if (!request.body.empty())
        request.headers.emplace_back("Content-Type", "application/json");
    if (pending.request.download) {
        request.maxRedirects = 0; // followed without the token, outside of the queue
        request.sinkPath = pending.request.sinkPath;
    } else if (isRead(pending.request) && pending.request.conditional) {
        const EtagCache::Entry* known = m_etags.find(pending.url);
        pending.known = known ? std::optional(*known) : std::nullopt;
        if (known)
            request.headers.emplace_back("If-None-Match", known->etag);
    }
    request.totalTimeout = std::chrono::seconds(pending.request.download ? 600 : 60);
    return request;
}

void GitHubSession::readHeaders(const HttpResponse& response)
{
    if (const OptionalTime date = httpDate(response.header("date")))
        m_skew = *date - m_clock.now();
    if (const std::string accepted = response.header("x-accepted-github-permissions"); !accepted.empty())
        m_hint.accepted = accepted;
    const bool classic = std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) { return header.first == "x-oauth-scopes"; });
    if (classic) {
        m_hint.classic = true;
        m_hint.scopes = response.header("x-oauth-scopes");
    }
}

void GitHubSession::answered(std::uint64_t id, unsigned generation, Result<HttpResponse> got)
{
    const bool outdated = generation != m_generation;
    const auto at = m_pending.find(id);
    if (outdated || !got) {
        m_scheduler.failed(); // limits of the old token are none of the new one's
    } else {
        readHeaders(*got);
        const auto verdict = m_scheduler.finished(m_clock.now(), got->status, got->headers, got->body);
        Q_EMIT budgetChanged();
        if (verdict == RequestScheduler::Verdict::Again) {
            if (at != m_pending.end())
                at->second->flying = false;
            expire();
            return pump();
        }
    }
    if (at == m_pending.end())
        return pump();
    Pending& pending = *at->second;
    if (outdated && isRead(pending.request)) {
        pending.flying = false;
        m_scheduler.add(id, RequestKind::Read, pending.request.priority);
    } else if (!got) {
        conclude(id, got.error());
    } else if (pending.request.download && isRedirect(got->status) && !got->header("location").empty()) {
        fetchElsewhere(id, got->header("location"));
    } else {
        const bool refused = got->status == 401 && !outdated;
        conclude(id, response(pending, std::move(got.value())));
        if (refused)
            Q_EMIT tokenRefused();
    }
    pump();
}

void GitHubSession::fetchElsewhere(std::uint64_t id, const std::string& location)
{
    Pending& pending = *m_pending.at(id);
    const auto url = resolvedUrl(pending.url, location);
    if (!url)
        return conclude(id, Error{ErrorKind::BadInput, "GitHub redirects a download to no http address", false});
    // The answer is believed as GitHub's own: it must not come over a line anybody can write on. A server asked without TLS (tests, on loopback) may.
    if (originOf(pending.url)->compare(0, 6, "https:") == 0 && url->compare(0, 6, "https:") != 0)
        return conclude(id, Error{ErrorKind::BadInput, "GitHub redirects a download from https to http", false});
    HttpRequest request;
    request.url = *url;
    request.maxBody = pending.request.maxBody;
    request.sinkPath = pending.request.sinkPath;
    request.compressed = false; // an artifact is stored packed: it must arrive as it is
    request.totalTimeout = std::chrono::seconds(600);
    m_http.send(
        std::move(request), this,
        [this, id](Result<HttpResponse> got) {
            if (const auto at = m_pending.find(id); at != m_pending.end())
                conclude(id, got ? response(*at->second, std::move(got.value())) : Result<ApiResponse>(got.error()));
        },
        pending.stop);
}

Result<ApiResponse> GitHubSession::response(const Pending& pending, HttpResponse&& got)
{
    ApiResponse response;
    response.status = got.status;
    response.bytes = got.bytes;
    std::string link = got.header("link");
    if (got.status == 304) {
        const auto& known = pending.known;
        if (!known)
            return Error{ErrorKind::Corrupt, "GitHub answers 304 to a question it was not asked", true};
        response.notModified = true;
        response.body = known->body;
        if (link.empty())
            link = known->link;
    } else if (!got.success()) {
        Error error = apiError(got.status, got.headers, got.body);
        error.detail = maskedText(error.detail, {m_token}); // a server may repeat what it was sent, and not every token looks like one
        return error;
    } else {
        const std::string etag = got.header("etag");
        response.body = std::make_shared<const std::string>(std::move(got.body));
        if (isRead(pending.request) && pending.request.conditional && !pending.request.download)
            m_etags.store(pending.url, {etag, response.body, link});
    }
    response.headers = std::move(got.headers);
    response.next = nextPage(link);
    // Behind a proxy a server may give its inner address: the pages are still behind the one we were told.
    if (response.next)
        response.next = withOrigin(*response.next, m_apiUrl);
    return response;
}

void GitHubSession::conclude(std::uint64_t id, Result<ApiResponse> result)
{
    const auto at = m_pending.find(id);
    if (at == m_pending.end())
        return;
    const std::unique_ptr<Pending> pending = std::move(at->second);
    m_pending.erase(at);
    disconnect(pending->gone);
    if (pending->context)
        pending->callback(std::move(result));
}

} // namespace layerline
