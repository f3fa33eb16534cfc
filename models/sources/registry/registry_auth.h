// Answers a registry's "who are you?": Basic, or a bearer token from the token service it names.
#pragma once

#include "domain/result.h"
#include "sources/http/http_client.h"
#include "sources/registry/auth_challenge.h"
#include "sources/registry/docker_credentials.h"
#include "sources/registry/plain_registries.h"

#include <QObject>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace layerline {

/// What one request is allowed by: the registry and, for tokens, the repository and what is done to it.
struct AuthScope {
    std::string registry;
    std::string repository;
    bool push = false;
    std::string str() const { return "repository:" + repository + (push ? ":pull,push" : ":pull"); }
    friend auto operator<=>(const AuthScope&, const AuthScope&) = default;
};

/// Lives on the client's thread. Remembers what worked, in memory only.
class RegistryAuth : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<void>)>;
    RegistryAuth(HttpClient& http, DockerPlaces places, PlainRegistries plain = {}, QObject* parent = nullptr);

    /// The Authorization header that worked last; "" = none.
    std::string header(const AuthScope& scope) const;
    /// Did docker have a credential for it?
    bool signedIn(const std::string& registry) const;
    /// Gets a header to answer the challenges with; the same question asked meanwhile waits for the same answer. `refused` is
    /// the header that was just refused ("" when none was sent): when another one came in since, that one will do.
    /// Errors: Permission (the credential is refused, or would go over the wire unprotected), BadInput, and those of HTTP and of helpers.
    void answer(const AuthScope& scope, const std::vector<AuthChallenge>& challenges, const std::string& refused, Callback callback);
    /// `text` without any secret this object knows.
    std::string withoutSecrets(std::string_view text) const;

private:
    void useBasic(const AuthScope& scope);
    void askTokenService(const AuthScope& scope, const AuthChallenge& challenge);
    void tokenCame(const AuthScope& scope, const Result<HttpResponse>& got);
    void finish(const AuthScope& scope, const Result<void>& result);

    bool mayLearn(const std::string& url, const std::string& registry) const;

    HttpClient& m_http;
    PlainRegistries m_plain;
    DockerCredentials m_docker;
    std::map<std::string, RegistryCredential> m_credentials;  ///< by registry
    std::map<AuthScope, std::string> m_headers;
    std::map<AuthScope, std::vector<Callback>> m_waiting;
};

} // namespace layerline
