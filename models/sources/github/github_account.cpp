#include "sources/github/github_account.h"

#include "sources/http/http_url.h"

namespace layerline {

namespace {

/// "github.com" of "https://api.github.com"
std::string hostOf(const std::string& apiUrl)
{
    std::string web = webUrlOf(apiUrl);
    web.erase(0, web.find("://") == std::string::npos ? 0 : web.find("://") + 3);
    return web.substr(0, web.find('/'));
}

} // namespace

GitHubAccount::GitHubAccount(HttpClient& http, GitHubApi& api, TokenStore& store, GitHubEnvironment environment, AccountOptions options, QObject* parent)
    : QObject(parent), m_http(http), m_api(api), m_store(store), m_environment(std::move(environment)), m_options(std::move(options))
{
    connect(&api.session(), &GitHubSession::tokenRefused, this, [this] { setPhase(AccountState::Phase::Refused, "GitHub does not accept the token"); });
}

void GitHubAccount::setPhase(AccountState::Phase phase, const std::string& problem)
{
    m_state.phase = phase;
    m_state.problem = problem;
    Q_EMIT changed();
}

bool GitHubAccount::setHost(const std::string& host)
{
    const auto url = checkedApiUrl(apiUrlOf(host));
    if (!url) {
        setPhase(AccountState::Phase::Refused, url.error().detail);
        return false;
    }
    m_state.host = hostOf(url.value());
    if (url.value() != m_api.session().apiUrl()) {
        m_api.session().setToken({}); // before: the new server must not get the old one's token
        m_api.session().setApiUrl(url.value());
    }
    return true;
}

void GitHubAccount::restore()
{
    if (!setHost(m_environment.apiUrl.empty() ? m_options.host : m_environment.apiUrl))
        return;
    // Without GITHUB_API_URL the variables are meant for github.com: an Enterprise server of the settings must not get them.
    const bool meant = !m_environment.apiUrl.empty() || m_state.host == "github.com";
    if (!m_environment.token.empty() && meant)
        return use(m_environment.token, m_environment.tokenOrigin, false);
    const unsigned round = ++m_round;
    setPhase(AccountState::Phase::Checking);
    m_store.read(m_state.host, this, [this, round](Result<std::string> found) {
        if (round != m_round)
            return;
        if (found)
            return use(std::move(found.value()), "keyring", false);
        m_state.keyring = found.error().kind != ErrorKind::Unsupported;
        m_state.origin.clear();
        setPhase(AccountState::Phase::None);
    });
}

void GitHubAccount::signIn(const std::string& token, const std::string& host)
{
    if (setHost(host))
        use(token, "memory", true);
}

void GitHubAccount::use(std::string token, const std::string& origin, bool keep)
{
    m_state.origin = origin;
    m_state.login.clear();
    m_api.session().setToken(token);
    setPhase(AccountState::Phase::Checking);
    check(token, keep);
}

void GitHubAccount::check(const std::string& token, bool keep)
{
    const unsigned round = ++m_round;
    m_api.user(this, [this, round, token, keep](Result<UserInfo> got) {
        if (round != m_round)
            return;
        // An app's or a workflow's token has no user: it is a token all the same.
        const bool works = got || got.error().kind == ErrorKind::NotFound || got.error().detail.find("not accessible by integration") != std::string::npos;
        if (!works) {
            const bool refused = got.error().kind == ErrorKind::Permission;
            return setPhase(refused ? AccountState::Phase::Refused : AccountState::Phase::Offline, got.error().detail);
        }
        if (got)
            m_state.login = got->login;
        setPhase(AccountState::Phase::SignedIn);
        if (!keep)
            return;
        m_store.write(m_state.host, token, this, [this, round](Result<void> written) {
            if (round != m_round)
                return;
            m_state.keyring = written.ok();
            m_state.origin = written ? "keyring" : "memory";
            Q_EMIT changed();
        });
    });
}

void GitHubAccount::signOut()
{
    ++m_round;
    m_environment.token.clear();
    m_api.session().setToken({});
    m_store.remove(m_state.host, this, [](Result<void>) {});
    m_state.login.clear();
    m_state.origin.clear();
    setPhase(AccountState::Phase::None);
}

void GitHubAccount::startDeviceSignIn(const std::string& host)
{
    if (!setHost(host))
        return;
    m_device = std::make_unique<DeviceFlow>(m_http, webUrlOf(m_api.session().apiUrl()), m_options.clientId);
    connect(m_device.get(), &DeviceFlow::codeReady, this, &GitHubAccount::deviceCodeReady);
    connect(m_device.get(), &DeviceFlow::failed, this, &GitHubAccount::deviceSignInFailed);
    connect(m_device.get(), &DeviceFlow::tokenReady, this, [this](const std::string& token) { use(token, "memory", true); });
    m_device->start();
}

void GitHubAccount::cancelDeviceSignIn()
{
    if (m_device)
        m_device->cancel();
}

} // namespace layerline
