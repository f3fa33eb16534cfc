// Signing in with a code typed on GitHub's page (OAuth device flow, RFC 8628).
#pragma once

#include "domain/result.h"
#include "sources/http/http_client.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <string>

namespace layerline {

struct DeviceCode {
    std::string userCode;       ///< to be typed by a person
    std::string page;           ///< where
    std::chrono::seconds expires{900};
};

/// One sign-in at a time; starting another one ends the first.
class DeviceFlow : public QObject {
    Q_OBJECT
public:
    /// `webUrl` is "https://github.com"; `clientId` that of a registered OAuth or GitHub App with device flow on.
    DeviceFlow(HttpClient& http, std::string webUrl, std::string clientId, QObject* parent = nullptr);

    /// `scopes` of a classic OAuth app ("repo workflow"); GitHub Apps ignore them.
    void start(const std::string& scopes = "repo workflow");
    void cancel();
    bool running() const { return m_running; }
    /// For tests: how long a second of GitHub's intervals takes.
    void setSecond(std::chrono::milliseconds second) { m_second = second; }

Q_SIGNALS:
    void codeReady(const layerline::DeviceCode& code);
    /// The token, once; nobody else is told.
    void tokenReady(const std::string& token);
    /// Permission: denied by the person. Timeout: the code expired. BadInput: the client id is wrong or has no device flow.
    void failed(const layerline::Error& error);

private:
    void post(const std::string& path, const std::string& form, std::function<void(Result<HttpResponse>)> then);
    void takeCode(Result<HttpResponse> got);
    void poll();
    void takeToken(Result<HttpResponse> got);
    void fail(Error error);

    HttpClient& m_http;
    std::string m_webUrl, m_clientId, m_deviceCode;
    std::chrono::milliseconds m_second{1000};
    int m_interval = 5;   ///< seconds
    int m_trouble = 0;    ///< polls in a row that got no answer
    unsigned m_round = 0; ///< of start(): late answers of an earlier one are ignored
    bool m_running = false;
    QTimer m_timer, m_expiry;
};

} // namespace layerline
