#include "sources/github/github_account.h"

#include <algorithm>
#include <utility>

namespace layerline {

namespace {

constexpr std::chrono::milliseconds longestRetry{60'000};

/// An app's or a workflow's token has no user: it is a token all the same.
bool worksWithoutUser(const Error& error)
{
    return error.kind == ErrorKind::NotFound || error.detail.find("not accessible by integration") != std::string::npos;
}

} // namespace

GitHubAccount::GitHubAccount(HttpClient& http, GitHubApi& api, TokenStore& store, GitHubEnvironment environment, AccountOptions options, QObject* parent)
    : QObject(parent), m_http(http), m_api(api), m_store(store), m_environment(std::move(environment)), m_options(std::move(options)), m_retryWait(m_options.firstRetry)
{
    connect(&api.session(), &GitHubSession::tokenRefused, this, [this] {
        if (m_api.session().hasToken())
            setPhase(AccountState::Phase::Refused, "GitHub does not accept the token");
    });
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &GitHubAccount::check);
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
    m_state.host = hostOfApi(url.value());
    m_state.server = serverName(url.value());
    if (url.value() != m_api.session().apiUrl()) {
        m_api.session().setToken({}); // before: the new server must not get the old one's token
        m_api.session().setApiUrl(url.value());
    }
    return true;
}

void GitHubAccount::restore()
{
    m_retry.stop();
    m_state.serverFixed = !m_environment.apiUrl.empty();
    if (!setHost(m_state.serverFixed ? m_environment.apiUrl : m_options.host))
        return;
    // Without GITHUB_API_URL the variables are meant for github.com: an Enterprise server of the settings must not get them.
    const bool meant = m_state.serverFixed || m_state.host == "github.com";
    if (!m_environment.token.empty() && meant)
        return use(m_environment.token, m_environment.tokenOrigin, false);
    const unsigned round = ++m_round;
    m_state.login.clear();
    m_state.origin.clear();
    setPhase(AccountState::Phase::Checking);
    m_store.read(m_state.host, this, [this, round](Result<std::string> found) {
        if (round != m_round)
            return;
        m_state.keyring = found || found.error().kind != ErrorKind::Unsupported;
        m_state.keyringProblem = found || found.error().kind == ErrorKind::NotFound ? std::string() : found.error().detail;
        if (found)
            return use(std::move(found.value()), "keyring", false);
        if (m_api.session().hasToken())
            m_api.session().setToken({});
        setPhase(AccountState::Phase::None);
    });
}

void GitHubAccount::setServer(const std::string& host)
{
    m_options.host = host.empty() ? std::string("github.com") : host;
    if (m_environment.apiUrl.empty() && apiUrlOf(m_options.host) != m_api.session().apiUrl())
        restore();
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
    m_toKeep = keep ? token : std::string();
    m_retryWait = m_options.firstRetry;
    m_api.session().setToken(std::move(token));
    check();
}

void GitHubAccount::checkAgain()
{
    m_retryWait = m_options.firstRetry;
    if (m_api.session().hasToken())
        check();
    else
        restore();
}

void GitHubAccount::check()
{
    m_retry.stop();
    const unsigned round = ++m_round;
    if (m_state.phase != AccountState::Phase::Offline)
        setPhase(AccountState::Phase::Checking);
    m_api.user(this, [this, round](Result<UserInfo> got) {
        if (round == m_round)
            checked(std::move(got));
    });
}

void GitHubAccount::checked(Result<UserInfo> got)
{
    if (!got && !worksWithoutUser(got.error())) {
        if (got.error().kind == ErrorKind::Permission) {
            m_toKeep.clear();
            return setPhase(AccountState::Phase::Refused, got.error().detail);
        }
        retryLater();
        return setPhase(AccountState::Phase::Offline, got.error().detail);
    }
    m_retryWait = m_options.firstRetry;
    if (got)
        m_state.login = got->login;
    setPhase(AccountState::Phase::SignedIn);
    keep();
}

void GitHubAccount::keep()
{
    if (m_toKeep.empty())
        return;
    const std::string token = std::exchange(m_toKeep, {});
    m_store.write(m_state.host, token, this, [this, round = m_round](Result<void> written) {
        if (round != m_round)
            return;
        m_state.keyring = written || written.error().kind != ErrorKind::Unsupported;
        m_state.keyringProblem = written ? std::string() : written.error().detail;
        m_state.origin = written ? "keyring" : "memory";
        Q_EMIT changed();
    });
}

/// The network comes back without telling.
void GitHubAccount::retryLater()
{
    m_retry.start(m_retryWait);
    m_retryWait = std::min(m_retryWait * 2, longestRetry);
}

void GitHubAccount::signOut()
{
    ++m_round;
    m_retry.stop();
    m_toKeep.clear();
    m_environment.token.clear();
    m_api.session().setToken({});
    m_state.login.clear();
    m_state.origin.clear();
    m_state.keyringProblem.clear();
    m_store.remove(m_state.host, this, [this, round = m_round](Result<void> removed) {
        if (round != m_round || removed || removed.error().kind == ErrorKind::Unsupported)
            return;
        m_state.keyringProblem = removed.error().detail; // it is still there: nobody may think that it is gone
        Q_EMIT changed();
    });
    setPhase(AccountState::Phase::None);
}

void GitHubAccount::startDeviceSignIn(const std::string& host)
{
    const auto url = checkedApiUrl(apiUrlOf(host));
    if (!url) {
        Q_EMIT deviceSignInFailed(url.error());
        return;
    }
    // Until there is a new token the present one stays in use.
    m_device = std::make_unique<DeviceFlow>(m_http, webUrlOf(url.value()), m_options.clientId);
    connect(m_device.get(), &DeviceFlow::codeReady, this, &GitHubAccount::deviceCodeReady);
    connect(m_device.get(), &DeviceFlow::failed, this, &GitHubAccount::deviceSignInFailed);
    connect(m_device.get(), &DeviceFlow::tokenReady, this, [this, host](const std::string& token) { signIn(token, host); });
    m_device->start();
}

void GitHubAccount::cancelDeviceSignIn()
{
    if (m_device)
        m_device->cancel();
}

} // namespace layerline
