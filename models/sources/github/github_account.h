// Who asks GitHub: where the token comes from, whether it works, signing in and out.
#pragma once

#include "sources/github/device_flow.h"
#include "sources/github/github_environment.h"
#include "sources/github/permissions.h"
#include "sources/github/token_store.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace layerline {

struct AccountState {
    enum class Phase { None, Checking, SignedIn, Refused, Offline };
    Phase phase = Phase::None;
    std::string login;          ///< "" when the token does not tell
    std::string host;           ///< "github.com"
    std::string origin;         ///< "GH_TOKEN", "GITHUB_TOKEN", "keyring", "memory"; "" without a token
    std::string problem;        ///< technical text of Refused and Offline
    bool keyring = true;        ///< false: there is none, the token is forgotten at the end
};

struct AccountOptions {
    std::string host = "github.com"; ///< of the settings; GITHUB_API_URL goes before it
    std::string clientId;            ///< of the device sign-in; "" = it is not possible
};

/// Gives the session its token. The token itself is nowhere but in the session, the keyring and the environment it came from.
class GitHubAccount : public QObject {
    Q_OBJECT
public:
    /// All references must outlive this.
    GitHubAccount(HttpClient& http, GitHubApi& api, TokenStore& store, GitHubEnvironment environment, AccountOptions options, QObject* parent = nullptr);

    /// The environment's token, else the keyring's; then asks GitHub whether it works.
    void restore();
    /// Keeps it when GitHub takes it: in the keyring, else in memory. `host` may be a URL.
    void signIn(const std::string& token, const std::string& host);
    /// Forgets it here and in the keyring. A token of the environment is forgotten until the next start.
    void signOut();

    bool deviceSignInPossible() const { return !m_options.clientId.empty(); }
    void setClientId(std::string clientId) { m_options.clientId = std::move(clientId); }
    void startDeviceSignIn(const std::string& host);
    void cancelDeviceSignIn();

    const AccountState& state() const { return m_state; }

Q_SIGNALS:
    void changed();
    void deviceCodeReady(const layerline::DeviceCode& code);
    /// The device sign-in ended without a token.
    void deviceSignInFailed(const layerline::Error& error);

private:
    void use(std::string token, const std::string& origin, bool keep);
    bool setHost(const std::string& host);
    void check(const std::string& token, bool keep);
    void setPhase(AccountState::Phase phase, const std::string& problem = {});

    HttpClient& m_http;
    GitHubApi& m_api;
    TokenStore& m_store;
    GitHubEnvironment m_environment;
    AccountOptions m_options;
    AccountState m_state;
    std::unique_ptr<DeviceFlow> m_device;
    unsigned m_round = 0; ///< of use(): an answer for an earlier token is ignored
};

} // namespace layerline
