// Who asks GitHub: where the token comes from, whether it works, signing in and out.
#pragma once

#include "sources/github/device_flow.h"
#include "sources/github/github_environment.h"
#include "sources/github/permissions.h"
#include "sources/github/token_store.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

struct AccountState {
    enum class Phase { None, Checking, SignedIn, Refused, Offline };
    Phase phase = Phase::None;
    std::string login;          ///< "" when the token does not tell
    std::string host;           ///< "github.com"
    std::string server;         ///< what signIn() takes for it: the host, or a whole address where that is not enough
    bool serverFixed = false;   ///< GITHUB_API_URL says which
    std::string origin;         ///< "GH_TOKEN", "GITHUB_TOKEN", "keyring", "memory"; "" without a token
    std::string problem;        ///< technical text of Refused and Offline
    bool keyring = true;        ///< false: there is none, the token is forgotten at the end
    std::string keyringProblem; ///< technical text: why the keyring did not give, take or delete the token; "" when it did
};

struct AccountOptions {
    std::string host = "github.com"; ///< of the settings; GITHUB_API_URL goes before it
    std::string clientId;            ///< of the device sign-in; "" = it is not possible
    std::chrono::milliseconds firstRetry{5000}; ///< after GitHub could not be reached; doubles up to a minute
};

/// Gives the session its token. The token itself is nowhere but in the session, the keyring and the environment it came from.
class GitHubAccount : public QObject {
    Q_OBJECT
public:
    /// All references must outlive this.
    GitHubAccount(HttpClient& http, GitHubApi& api, TokenStore& store, GitHubEnvironment environment, AccountOptions options, QObject* parent = nullptr);

    /// The environment's token, else the keyring's; then asks GitHub whether it works. Nobody there: asked again by itself.
    void restore();
    /// Asks this server from now on, with the token that the keyring has for it. GITHUB_API_URL goes before it.
    void setServer(const std::string& host);
    /// Asks whether the token works once more.
    void checkAgain();
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
    void check();
    void checked(Result<UserInfo> got);
    void keep();
    void retryLater();
    void setPhase(AccountState::Phase phase, const std::string& problem = {});

    HttpClient& m_http;
    GitHubApi& m_api;
    TokenStore& m_store;
    GitHubEnvironment m_environment;
    AccountOptions m_options;
    AccountState m_state;
    std::unique_ptr<DeviceFlow> m_device;
    std::string m_toKeep; ///< a new token until GitHub has taken it and the keyring has it
    QTimer m_retry;
    std::chrono::milliseconds m_retryWait;
    unsigned m_round = 0; ///< of use(): an answer for an earlier token is ignored
};

} // namespace layerline
