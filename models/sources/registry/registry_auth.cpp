#include "sources/registry/registry_auth.h"

#include "domain/secret_names.h"
#include "sources/http/http_url.h"
#include "sources/registry/image_reference.h"
#include "sources/registry/registry_json.h"

#include <QByteArray>

#include <algorithm>

namespace layerline {

namespace {

std::string basicHeader(const RegistryCredential& credential)
{
    return "Basic " + QByteArray::fromStdString(credential.user + ":" + credential.secret).toBase64().toStdString();
}

/// Secrets go to https, or to this machine.
bool protectedUrl(const std::string& url)
{
    const auto origin = originOf(url);
    return origin && (origin->compare(0, 8, "https://") == 0 || isLoopbackHost(std::string_view(*origin).substr(7)));
}

std::string form(const std::vector<std::pair<std::string, std::string>>& fields)
{
    std::string text;
    for (const auto& [name, value] : fields)
        text += (text.empty() ? "" : "&") + name + "=" + encodedComponent(value);
    return text;
}

} // namespace

RegistryAuth::RegistryAuth(HttpClient& http, DockerPlaces places, PlainRegistries plain, QObject* parent)
    : QObject(parent), m_http(http), m_plain(std::move(plain)), m_docker(std::move(places))
{
}

/// A registry that was declared to do without TLS may have its own credential that way, at its own address.
bool RegistryAuth::mayLearn(const std::string& url, const std::string& registry) const
{
    return protectedUrl(url) || (m_plain.any(registry) && originOf(url) && originOf(url) == originOf("http://" + registry));
}

std::string RegistryAuth::header(const AuthScope& scope) const
{
    const auto at = m_headers.find(scope);
    return at == m_headers.end() ? std::string() : at->second;
}

bool RegistryAuth::signedIn(const std::string& registry) const
{
    const auto at = m_credentials.find(registry);
    return at != m_credentials.end() && !at->second.empty();
}

std::string RegistryAuth::withoutSecrets(std::string_view text) const
{
    std::vector<std::string> secrets;
    for (const auto& [registry, credential] : m_credentials) {
        for (const std::string& secret : {credential.secret, credential.identityToken, credential.registryToken})
            secrets.push_back(secret);
        if (!credential.secret.empty())
            secrets.push_back(basicHeader(credential).substr(6));
    }
    for (const auto& [scope, header] : m_headers)
        secrets.push_back(header.substr(header.find(' ') + 1));
    return maskedText(text, secrets);
}

void RegistryAuth::answer(const AuthScope& scope, const std::vector<AuthChallenge>& challenges, const std::string& refused, Callback callback)
{
    if (const std::string now = header(scope); !now.empty() && now != refused)
        return callback({});
    m_headers.erase(scope);
    auto& waiting = m_waiting[scope];
    waiting.push_back(std::move(callback));
    if (waiting.size() > 1)
        return;
    const auto wanted = [&](AuthChallenge::Scheme scheme) {
        return std::find_if(challenges.begin(), challenges.end(), [&](const AuthChallenge& each) { return each.scheme == scheme; });
    };
    auto chosen = wanted(AuthChallenge::Scheme::Bearer);
    if (chosen == challenges.end())
        chosen = wanted(AuthChallenge::Scheme::Basic);
    if (chosen == challenges.end())
        return finish(scope, Error{ErrorKind::Unsupported, scope.registry + " asks for a kind of sign-in that is neither Basic nor Bearer", false});
    const auto proceed = [this, scope, challenge = *chosen] {
        challenge.scheme == AuthChallenge::Scheme::Bearer ? askTokenService(scope, challenge) : useBasic(scope);
    };
    if (m_credentials.count(scope.registry))
        return proceed();
    m_docker.find(scope.registry, [this, scope, proceed](Result<RegistryCredential> found) {
        if (!found)
            return finish(scope, found.error());
        m_credentials[scope.registry] = std::move(found.value());
        proceed();
    });
}

void RegistryAuth::useBasic(const AuthScope& scope)
{
    const RegistryCredential& credential = m_credentials[scope.registry];
    if (credential.secret.empty())
        return finish(scope, Error{ErrorKind::Permission, scope.registry + " wants a user and a password, and docker has none for it: docker login " + scope.registry, false});
    m_headers[scope] = basicHeader(credential);
    finish(scope, {});
}

void RegistryAuth::askTokenService(const AuthScope& scope, const AuthChallenge& challenge)
{
    const RegistryCredential& credential = m_credentials[scope.registry];
    if (!credential.registryToken.empty()) {
        m_headers[scope] = "Bearer " + credential.registryToken;
        return finish(scope, {});
    }
    if (!originOf(challenge.realm))
        return finish(scope, Error{ErrorKind::BadInput, scope.registry + " names no token service that can be asked", false});
    if (!credential.empty() && !mayLearn(challenge.realm, scope.registry))
        return finish(scope, Error{ErrorKind::Permission, scope.registry + " names a token service without TLS (" + speakableUrl(challenge.realm) + "): the credential stays here", false});
    // The repository's own scope, whatever the challenge says: a registry may not make us ask for more.
    HttpRequest request;
    request.maxBody = 1u << 20;
    request.headers = {{"Accept", "application/json"}};
    request.totalTimeout = std::chrono::milliseconds(30'000);
    if (!credential.identityToken.empty()) {
        request.method = "POST";
        request.url = challenge.realm;
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request.body = form({{"grant_type", "refresh_token"}, {"service", challenge.service}, {"client_id", "layerline"},
                             {"scope", scope.str()}, {"refresh_token", credential.identityToken}});
    } else {
        const std::string query = challenge.service.empty() ? form({{"scope", scope.str()}}) : form({{"service", challenge.service}, {"scope", scope.str()}});
        request.url = challenge.realm + (challenge.realm.find('?') == std::string::npos ? "?" : "&") + query;
        if (!credential.empty())
            request.headers.emplace_back("Authorization", basicHeader(credential));
    }
    m_plain.trust(request, scope.registry);
    m_http.send(std::move(request), this, [this, scope](Result<HttpResponse> got) { tokenCame(scope, got); });
}

void RegistryAuth::tokenCame(const AuthScope& scope, const Result<HttpResponse>& got)
{
    if (!got)
        return finish(scope, Error{got.error().kind, "the token service of " + scope.registry + ": " + got.error().detail, got.error().retryable});
    const HttpResponse& response = got.value();
    if (response.status == 401 || response.status == 403) {
        return finish(scope, Error{ErrorKind::Permission,
                                   signedIn(scope.registry) ? "the token service of " + scope.registry + " does not take the credential docker has for it: docker login " + scope.registry
                                                            : "the token service of " + scope.registry + " gives no token to somebody who is not signed in: docker login " + scope.registry,
                                   false});
    }
    if (!response.success()) {
        const bool later = response.status == 429 || response.status >= 500;
        return finish(scope, Error{ErrorKind::Unreachable, "the token service of " + scope.registry + " answers " + std::to_string(response.status), later});
    }
    const auto answer = nlohmann::json::parse(response.body, nullptr, false);
    std::string token = textOf(answer, "token");
    if (token.empty())
        token = textOf(answer, "access_token");
    if (token.empty())
        return finish(scope, Error{ErrorKind::Corrupt, "the token service of " + scope.registry + " answers without a token", false});
    m_headers[scope] = "Bearer " + token;
    finish(scope, {});
}

void RegistryAuth::finish(const AuthScope& scope, const Result<void>& result)
{
    const auto at = m_waiting.find(scope);
    if (at == m_waiting.end())
        return;
    const std::vector<Callback> waiting = std::move(at->second);
    m_waiting.erase(at);
    for (const Callback& callback : waiting)
        callback(result);
}

} // namespace layerline
