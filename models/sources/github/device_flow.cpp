#include "sources/github/device_flow.h"

#include "sources/files/json_fields.h"
#include "sources/http/http_url.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr int mostTrouble = 5;

Error codeError(const std::string& code)
{
    if (code == "access_denied")
        return {ErrorKind::Permission, "the sign-in was refused on GitHub's page", false};
    if (code == "expired_token" || code == "token_expired")
        return {ErrorKind::Timeout, "the code was not typed in time", false};
    if (code == "incorrect_client_credentials" || code == "device_flow_disabled" || code == "unsupported_grant_type" || code == "incorrect_device_code")
        return {ErrorKind::BadInput, "GitHub refuses the client id: " + code, false};
    return {ErrorKind::BadInput, "GitHub refuses the sign-in: " + code.substr(0, 80), false};
}

} // namespace

DeviceFlow::DeviceFlow(HttpClient& http, std::string webUrl, std::string clientId, QObject* parent)
    : QObject(parent), m_http(http), m_webUrl(std::move(webUrl)), m_clientId(std::move(clientId))
{
    m_timer.setSingleShot(true);
    m_expiry.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DeviceFlow::poll);
    connect(&m_expiry, &QTimer::timeout, this, [this] { fail(codeError("expired_token")); });
}

void DeviceFlow::start(const std::string& scopes)
{
    cancel();
    m_running = true;
    if (m_clientId.empty())
        return fail({ErrorKind::BadInput, "no client id is set for the device sign-in", false});
    post("/login/device/code", "client_id=" + encodedComponent(m_clientId) + "&scope=" + encodedComponent(scopes),
         [this](Result<HttpResponse> got) { takeCode(std::move(got)); });
}

void DeviceFlow::cancel()
{
    ++m_round;
    m_running = false;
    m_trouble = 0;
    m_timer.stop();
    m_expiry.stop();
    m_deviceCode.clear();
}

void DeviceFlow::post(const std::string& path, const std::string& form, std::function<void(Result<HttpResponse>)> then)
{
    HttpRequest request;
    request.method = "POST";
    request.url = m_webUrl + path;
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = form;
    request.maxRedirects = 0; // the answer is a secret: from this server or from none
    request.totalTimeout = std::chrono::seconds(30);
    m_http.send(std::move(request), this, [this, round = m_round, then = std::move(then)](Result<HttpResponse> got) {
        if (round == m_round)
            then(std::move(got));
    });
}

void DeviceFlow::takeCode(Result<HttpResponse> got)
{
    if (!got)
        return fail(got.error());
    const auto parsed = json::parse(got->body);
    if (!parsed)
        return fail({ErrorKind::BadInput, "GitHub answers " + std::to_string(got->status) + " to the sign-in, not JSON", false});
    if (const std::string error = json::text(*parsed, "error"); !error.empty())
        return fail(codeError(error));
    m_deviceCode = json::text(*parsed, "device_code");
    DeviceCode code;
    code.userCode = json::text(*parsed, "user_code");
    code.page = json::text(*parsed, "verification_uri");
    code.expires = std::chrono::seconds(std::clamp<std::int64_t>(json::integer(*parsed, "expires_in", 900), 30, 3600));
    m_interval = int(std::clamp<std::int64_t>(json::integer(*parsed, "interval", 5), 1, 120));
    if (m_deviceCode.empty() || code.userCode.empty() || !originOf(code.page))
        return fail({ErrorKind::BadInput, "GitHub's sign-in code is incomplete", false});
    m_expiry.start(code.expires.count() * m_second);
    m_timer.start(m_interval * m_second);
    Q_EMIT codeReady(code);
}

void DeviceFlow::poll()
{
    post("/login/oauth/access_token",
         "client_id=" + encodedComponent(m_clientId) + "&device_code=" + encodedComponent(m_deviceCode)
             + "&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code",
         [this](Result<HttpResponse> got) { takeToken(std::move(got)); });
}

void DeviceFlow::takeToken(Result<HttpResponse> got)
{
    const auto parsed = got ? json::parse(got->body) : Result<json::Json>(got.error());
    if (!parsed) {
        // A moment without network must not end a sign-in that a person is in the middle of.
        if (++m_trouble > mostTrouble)
            return fail(got ? Error{ErrorKind::BadInput, "GitHub answers " + std::to_string(got->status) + " to the sign-in, not JSON", false} : got.error());
        m_timer.start(m_interval * m_second);
        return;
    }
    m_trouble = 0;
    if (const std::string token = json::text(*parsed, "access_token"); !token.empty()) {
        cancel();
        Q_EMIT tokenReady(token);
        return;
    }
    const std::string error = json::text(*parsed, "error");
    if (error != "authorization_pending" && error != "slow_down")
        return fail(codeError(error));
    if (error == "slow_down")
        m_interval = std::max(m_interval + 5, int(std::min<std::int64_t>(json::integer(*parsed, "interval"), 120)));
    m_timer.start(m_interval * m_second);
}

void DeviceFlow::fail(Error error)
{
    cancel();
    Q_EMIT failed(error);
}

} // namespace layerline
