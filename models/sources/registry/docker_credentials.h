// Who docker is to a registry: its config.json and its credential helpers.
#pragma once

#include "domain/result.h"

#include <QObject>

#include <functional>
#include <string>

namespace layerline {

/// A snapshot of what says where things are, so that tests can have their own.
struct DockerPlaces {
    std::string configFile; ///< ".../config.json"
    std::string path;       ///< PATH, where helpers are looked for
    static DockerPlaces fromProcess();
};

/// Empty = anonymous. Never printed, logged or kept anywhere but in memory.
struct RegistryCredential {
    std::string user;
    std::string secret;        ///< password or personal token
    std::string identityToken; ///< instead of the two: for the token service only
    std::string registryToken; ///< instead of all: a bearer token as it is
    bool empty() const { return secret.empty() && identityToken.empty() && registryToken.empty(); }
};

/// Where config.json says the credential of a registry is.
struct CredentialPlace {
    std::string helper;             ///< "" = none: `inFile` counts
    std::string server;             ///< what the helper is asked for
    RegistryCredential inFile;
};

/// What docker calls the registry in its configuration.
std::string credentialKey(const std::string& registry);

/// Reads the text of a config.json. BadInput when it is no JSON object or the entry is broken; the detail holds nothing of it.
Result<CredentialPlace> findCredential(const std::string& config, const std::string& registry);
/// Reads what a helper printed. An answer without a secret is an empty credential.
Result<RegistryCredential> readHelperAnswer(const std::string& output);

/// Lives on a thread with an event loop.
class DockerCredentials : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<RegistryCredential>)>;
    explicit DockerCredentials(DockerPlaces places, QObject* parent = nullptr);

    /// `callback` is called once and never from within; anonymous when docker knows nothing. Errors: the file can't be read
    /// (BadInput), the helper is missing (NotFound), fails (Permission) or does not answer within ten seconds (Timeout).
    void find(const std::string& registry, Callback callback);

private:
    void ask(const CredentialPlace& place, Callback callback);
    std::string findHelper(const std::string& name) const;

    DockerPlaces m_places;
};

} // namespace layerline
