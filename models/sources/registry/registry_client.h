// The OCI distribution API (v1.1) as a client: manifests, tags, referrers, small blobs.
#pragma once

#include "domain/result.h"
#include "sources/http/http_client.h"
#include "sources/registry/image_reference.h"
#include "sources/registry/manifest.h"
#include "sources/registry/plain_registries.h"
#include "sources/registry/registry_auth.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace layerline {

struct RegistryOptions {
    HttpOptions http;
    DockerPlaces docker = DockerPlaces::fromProcess();
    PlainRegistries plain = PlainRegistries::read(PlainPlaces::fromProcess()); ///< besides this machine's
    int retries = 2;                                ///< of reading requests, when the registry is in trouble
    std::chrono::milliseconds firstPause{500};      ///< before the first retry; doubles
    std::chrono::milliseconds longestPause{20'000}; ///< a longer Retry-After is an error that names it
    int mostPages = 200;                            ///< of a list of tags
};

/// TLS everywhere but on this machine and where docker or BuildKit are told to do without (plain_registries.h). A registry docker
/// counts as insecure is asked by TLS with any certificate first, then without; one on this machine the other way round.
/// Lives on one thread with an event loop; calls come back there, once, never from within, and not at all when their
/// `context` is gone. Signs in as docker would (docker_credentials.h).
///
/// Errors are one sentence each, without secrets:
///   NotFound    no such repository, tag, manifest or blob
///   Permission  not signed in, not allowed, credential refused
///   Corrupt     the bytes are not what their digest says
///   Unreachable nobody answers, or the registry is in trouble (5xx), or has had enough of us (429)   (retryable)
///   BadInput    an answer that is none
///   and those of HttpClient and DockerCredentials.
class RegistryClient : public QObject {
    Q_OBJECT
public:
    template <class T>
    using Callback = std::function<void(Result<T>)>;
    struct ManifestHead {
        std::string digest; ///< "" when the registry does not say
        std::string mediaType;
        std::int64_t size = 0;
    };

    explicit RegistryClient(RegistryOptions options = {}, QObject* parent = nullptr);
    ~RegistryClient() override;

    /// Of a digest, else of a tag. The digest is computed from the bytes.
    void manifest(const ImageReference& at, QObject* context, Callback<RawManifest> callback);
    void head(const ImageReference& at, QObject* context, Callback<ManifestHead> callback);
    /// All tags of a repository in the registry's order, page after page.
    void tags(const ImageReference& of, QObject* context, Callback<std::vector<std::string>> callback);
    /// What refers to a digest (signatures, SBOMs). Empty when the registry has no such list.
    void referrers(const ImageReference& of, QObject* context, Callback<std::vector<ContentDescriptor>> callback);
    /// A blob of at most `limit` bytes, verified.
    void blob(const ImageReference& of, const std::string& digest, std::uint64_t limit, QObject* context, Callback<std::string> callback);
    /// Puts the very bytes under the tag. The registry's own idea of their digest must be the same.
    void put(const ImageReference& at, const RawManifest& manifest, QObject* context, Callback<void> callback);

    /// The URL put() and manifest() use, for people. Of a registry that may do without TLS it is known for sure once it answered.
    std::string manifestUrl(const ImageReference& at) const;

private:
    struct Call;
    void begin(std::shared_ptr<Call> call);
    void took(const std::shared_ptr<Call>& call, Result<HttpResponse> got);
    bool otherScheme(const std::shared_ptr<Call>& call, Result<HttpResponse>& got);
    bool again(const std::shared_ptr<Call>& call, const Result<HttpResponse>& got);
    void nextTags(const ImageReference& of, const std::string& url, std::shared_ptr<std::vector<std::string>> soFar, int page, QObject* context,
                  const Callback<std::vector<std::string>>& callback);
    /// Sends a request about `of`; anything but a 2xx answer is an Error.
    void ask(HttpRequest request, const ImageReference& of, bool push, QObject* context, HttpClient::Callback done);
    /// The URL with the scheme by which the registry is spoken to.
    std::string reachable(const std::string& url, const std::string& registry) const;
    Error refusal(const Call& call, const HttpResponse& response) const;

    RegistryOptions m_options;
    std::set<std::string> m_withoutTls; ///< registries that turned out to be so
    std::set<std::string> m_withTls;    ///< registries of this machine that turned out to be so
    HttpClient m_http;
    RegistryAuth m_auth;
};

} // namespace layerline
