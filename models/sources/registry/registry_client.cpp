#include "sources/registry/registry_client.h"

#include "domain/sha256.h"
#include "sources/http/http_url.h"
#include "sources/registry/registry_error.h"
#include "sources/registry/registry_json.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <optional>

namespace layerline {

namespace {

constexpr std::uint64_t largestManifest = 4u << 20; // what registries accept
constexpr std::uint64_t largestPage = 16u << 20;
constexpr std::size_t mostTags = 200'000;

std::string base(const ImageReference& of) { return of.origin() + "/v2/" + of.repository; }

std::string manifestAt(const ImageReference& at) { return base(at) + "/manifests/" + at.target(); }

HttpRequest manifestRequest(const char* method, const ImageReference& at)
{
    HttpRequest request;
    request.method = method;
    request.url = manifestAt(at);
    request.maxBody = largestManifest;
    request.compressed = false; // the digest is of the bytes as they are
    request.totalTimeout = std::chrono::milliseconds(60'000);
    for (const std::string& type : manifestMediaTypes())
        request.headers.emplace_back("Accept", type);
    return request;
}

/// The media type without parameters; the document's own when the header says nothing useful.
std::string mediaTypeOf(const HttpResponse& response)
{
    std::string type = response.header("content-type");
    type = type.substr(0, type.find(';'));
    while (!type.empty() && type.back() == ' ')
        type.pop_back();
    if (type.empty() || type == "application/json" || type == "text/plain" || type == "application/octet-stream")
        return textOf(nlohmann::json::parse(response.body, nullptr, false), "mediaType");
    return type;
}

Result<RawManifest> verified(const ImageReference& at, const HttpResponse& response)
{
    RawManifest raw{sha256Digest(response.body), mediaTypeOf(response), response.body};
    const std::string said = response.header("docker-content-digest");
    const std::string& wanted = at.digest.empty() ? said : at.digest;
    if (!wanted.empty() && wanted != raw.digest) {
        return Error{ErrorKind::Corrupt, at.registry + " sends a manifest of " + at.repository + " whose digest is " + raw.digest + " and should be " + wanted, true};
    }
    return raw;
}

} // namespace

struct RegistryClient::Call {
    HttpRequest request;
    ImageReference of;
    AuthScope scope;
    QPointer<QObject> context;
    HttpClient::Callback done;
    std::string sent; ///< the Authorization header of the last try
    int signIns = 0;
    int retries = 0;
    std::optional<Result<HttpResponse>> withoutTls{}; ///< what a registry of this machine said to that
};

RegistryClient::RegistryClient(RegistryOptions options, QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_http(m_options.http), m_auth(m_http, m_options.docker, m_options.plain)
{
}

RegistryClient::~RegistryClient() = default;

std::string RegistryClient::manifestUrl(const ImageReference& at) const { return reachable(manifestAt(at), at.registry); }

std::string RegistryClient::reachable(const std::string& url, const std::string& registry) const
{
    const std::string safe = "https://" + registry + "/", plain = "http://" + registry + "/";
    if (isLoopbackHost(registry)) {
        if (url.compare(0, plain.size(), plain) == 0)
            return m_withTls.count(registry) ? "https" + url.substr(4) : url;
        return url.compare(0, safe.size(), safe) == 0 && !m_withTls.count(registry) ? "http" + url.substr(5) : url;
    }
    if (url.compare(0, safe.size(), safe) != 0 || (!m_withoutTls.count(registry) && !m_options.plain.isHttp(registry)))
        return url;
    return "http" + url.substr(5);
}

void RegistryClient::ask(HttpRequest request, const ImageReference& of, bool push, QObject* context, HttpClient::Callback done)
{
    begin(std::make_shared<Call>(Call{std::move(request), of, {of.registry, of.repository, push}, context, std::move(done), {}, 0, 0}));
}

void RegistryClient::begin(std::shared_ptr<Call> call)
{
    if (!call->context)
        return;
    call->request.url = reachable(call->request.url, call->of.registry);
    m_options.plain.trust(call->request, call->of.registry);
    HttpRequest request = call->request;
    call->sent = m_auth.header(call->scope);
    if (!call->sent.empty())
        request.headers.emplace_back("Authorization", call->sent);
    m_http.send(std::move(request), this, [this, call](Result<HttpResponse> got) { took(call, std::move(got)); });
}

void RegistryClient::took(const std::shared_ptr<Call>& call, Result<HttpResponse> got)
{
    if (!call->context)
        return;
    if (otherScheme(call, got))
        return begin(call);
    if (got && got->status == 401 && call->signIns < 2) {
        ++call->signIns; // twice: a token that ran out is one answer, the credential itself another
        std::vector<AuthChallenge> challenges;
        for (const auto& [name, value] : got->headers) {
            if (name == "www-authenticate") {
                const auto read = readChallenges(value);
                challenges.insert(challenges.end(), read.begin(), read.end());
            }
        }
        const bool pointless = call->signIns == 2 && call->sent.compare(0, 6, "Basic ") == 0;
        if (!challenges.empty() && !pointless) {
            return m_auth.answer(call->scope, challenges, call->sent, [this, call](Result<void> answered) {
                if (answered)
                    begin(call);
                else if (call->context)
                    call->done(Error{answered.error().kind, m_auth.withoutSecrets(answered.error().detail), answered.error().retryable});
            });
        }
    }
    if (again(call, got))
        return;
    if (!got)
        return call->done(Error{got.error().kind, m_auth.withoutSecrets(got.error().detail), got.error().retryable});
    if (!got->success())
        return call->done(refusal(*call, got.value()));
    call->done(std::move(got));
}

/// True when the registry is to be asked by the other scheme now.
bool RegistryClient::otherScheme(const std::shared_ptr<Call>& call, Result<HttpResponse>& got)
{
    const std::string& registry = call->of.registry;
    const bool reads = call->request.method != "PUT", safe = call->request.url.compare(0, 8, "https://") == 0;
    if (!isLoopbackHost(registry))
        return !got && reads && safe && m_options.plain.isInsecure(registry) && m_withoutTls.insert(registry).second;
    // Go's servers say 400 to whoever speaks without TLS; a registry's own 400 has a body in JSON.
    const bool silent = !got && (got.error().kind == ErrorKind::Unreachable || got.error().kind == ErrorKind::Corrupt || safe);
    const bool deaf = silent || (got && got->status == 400 && got->header("content-type").find("json") == std::string::npos);
    if (!deaf || !reads)
        return false;
    if (!safe && !call->withoutTls) {
        call->withoutTls = std::move(got);
        m_withTls.insert(registry);
        call->request.connectTimeout = std::min(call->request.connectTimeout, std::chrono::milliseconds(2'000)); // it is next door
        return true;
    }
    // Neither way: the first answer counts, and the next question begins anew.
    if (safe && m_withTls.erase(registry) > 0 && call->withoutTls) {
        got = *call->withoutTls;
        call->request.url = reachable(call->request.url, registry);
    }
    return false;
}

bool RegistryClient::again(const std::shared_ptr<Call>& call, const Result<HttpResponse>& got)
{
    const bool reading = call->request.method == "GET" || call->request.method == "HEAD";
    const bool trouble = got ? got->status == 429 || got->status >= 500 : got.error().retryable;
    if (!reading || !trouble || call->retries >= m_options.retries)
        return false;
    auto pause = m_options.firstPause * (1 << call->retries);
    if (got) {
        if (const auto asked = retryAfter(got.value()))
            pause = *asked;
        else if (got->status == 429)
            return false; // no word about when: asking again makes it worse
    }
    if (pause > m_options.longestPause)
        return false;
    ++call->retries;
    QTimer::singleShot(pause, this, [this, call] { begin(call); });
    return true;
}

Error RegistryClient::refusal(const Call& call, const HttpResponse& response) const
{
    Error error = registryError(response, call.of, call.scope.push, m_auth.signedIn(call.of.registry));
    error.detail = m_auth.withoutSecrets(error.detail);
    return error;
}

void RegistryClient::manifest(const ImageReference& at, QObject* context, Callback<RawManifest> callback)
{
    ask(manifestRequest("GET", at), at, false, context, [at, callback = std::move(callback)](Result<HttpResponse> got) {
        if (!got)
            return callback(got.error());
        callback(verified(at, got.value()));
    });
}

void RegistryClient::head(const ImageReference& at, QObject* context, Callback<ManifestHead> callback)
{
    ask(manifestRequest("HEAD", at), at, false, context, [at, callback = std::move(callback)](Result<HttpResponse> got) {
        if (!got)
            return callback(got.error());
        std::string digest = got->header("docker-content-digest");
        if (!isDigest(digest))
            digest.clear();
        callback(ManifestHead{digest, mediaTypeOf(got.value()), std::atoll(got->header("content-length").c_str())});
    });
}

void RegistryClient::tags(const ImageReference& of, QObject* context, Callback<std::vector<std::string>> callback)
{
    nextTags(of, base(of) + "/tags/list?n=1000", std::make_shared<std::vector<std::string>>(), 1, context, callback);
}

void RegistryClient::nextTags(const ImageReference& of, const std::string& url, std::shared_ptr<std::vector<std::string>> soFar, int page, QObject* context,
                              const Callback<std::vector<std::string>>& callback)
{
    HttpRequest request;
    request.url = url;
    request.maxBody = largestPage;
    request.headers = {{"Accept", "application/json"}};
    const QPointer<QObject> guarded(context);
    ask(std::move(request), of, false, context, [this, of, url, soFar, page, guarded, callback](Result<HttpResponse> got) {
        if (!got)
            return callback(got.error());
        const auto answer = nlohmann::json::parse(got->body, nullptr, false);
        const auto* list = memberOf(answer, "tags");
        if (!answer.is_object() || (list && !list->is_array() && !list->is_null()))
            return callback(Error{ErrorKind::BadInput, of.registry + " answers with something that is no list of tags", false});
        for (const auto& tag : list && list->is_array() ? *list : nlohmann::json::array()) {
            if (tag.is_string() && isTagName(tag.get_ref<const std::string&>()))
                soFar->push_back(tag.get<std::string>());
        }
        const std::string next = nextLink(got->header("link"));
        if (next.empty())
            return callback(std::move(*soFar));
        const auto resolved = resolvedUrl(reachable(url, of.registry), next);
        if (!resolved || originOf(*resolved) != originOf(reachable(url, of.registry)))
            return callback(Error{ErrorKind::BadInput, of.registry + " continues its list of tags on another host", false});
        if (*resolved == url || page >= m_options.mostPages || soFar->size() > mostTags)
            return callback(Error{ErrorKind::TooLarge, of.registry + " does not come to an end with the tags of " + of.repository, false});
        if (guarded)
            nextTags(of, *resolved, soFar, page + 1, guarded, callback);
    });
}

void RegistryClient::referrers(const ImageReference& of, QObject* context, Callback<std::vector<ContentDescriptor>> callback)
{
    HttpRequest request;
    request.url = base(of) + "/referrers/" + of.digest;
    request.maxBody = largestManifest;
    request.headers = {{"Accept", manifestMediaTypes().front()}};
    ask(std::move(request), of, false, context, [of, callback = std::move(callback)](Result<HttpResponse> got) {
        // Registries from before 1.1 know no such path.
        if (!got && got.error().kind == ErrorKind::NotFound)
            return callback(std::vector<ContentDescriptor>{});
        if (!got)
            return callback(got.error());
        const auto index = readManifest({of.digest, mediaTypeOf(got.value()), got->body});
        callback(index && index.value().index ? index.value().entries : std::vector<ContentDescriptor>{});
    });
}

void RegistryClient::blob(const ImageReference& of, const std::string& digest, std::uint64_t limit, QObject* context, Callback<std::string> callback)
{
    HttpRequest request;
    request.url = base(of) + "/blobs/" + digest;
    request.maxBody = limit;
    request.compressed = false;
    ask(std::move(request), of.withDigest(digest), false, context, [of, digest, callback = std::move(callback)](Result<HttpResponse> got) {
        if (!got)
            return callback(got.error());
        if (sha256Digest(got->body) != digest)
            return callback(Error{ErrorKind::Corrupt, of.registry + " sends a blob of " + of.repository + " that is not " + digest, true});
        callback(std::move(got->body));
    });
}

void RegistryClient::put(const ImageReference& at, const RawManifest& manifest, QObject* context, Callback<void> callback)
{
    HttpRequest request;
    request.method = "PUT";
    request.url = manifestAt(at);
    request.headers = {{"Content-Type", manifest.mediaType}};
    request.body = manifest.bytes;
    request.maxRedirects = 0;
    request.totalTimeout = std::chrono::milliseconds(60'000);
    ask(std::move(request), at, true, context, [at, digest = manifest.digest, callback = std::move(callback)](Result<HttpResponse> got) {
        if (!got)
            return callback(got.error());
        const std::string said = got->header("docker-content-digest");
        if (!said.empty() && said != digest)
            return callback(Error{ErrorKind::Corrupt, at.registry + " took the manifest as " + said + ", not as " + digest, false});
        callback({});
    });
}

} // namespace layerline
