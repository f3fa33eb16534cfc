// HTTP for every source that needs it: libcurl on one network thread, answers on the caller's.
#pragma once

#include "domain/result.h"
#include "sources/http/http_types.h"

#include <QObject>

#include <functional>
#include <memory>
#include <stop_token>

namespace layerline {

class HttpNetwork;

struct HttpOptions {
    std::string userAgent = "Layerline";
    std::string caFile;  ///< PEM instead of the system's certificates; "" = $SSL_CERT_FILE, else the system's
    std::string proxy;   ///< "" = http_proxy, https_proxy, all_proxy and no_proxy of the environment
    int connectionsPerHost = 6;
    std::chrono::milliseconds shutdownLimit{3'000};
};

/// Lives on one thread with an event loop (a window's, a command's): send() is called there and callbacks come there, never
/// from within send(). Nothing here blocks; the network thread starts with the first request.
///
/// Redirects are followed here, not by libcurl: credentials go to the first origin only and do not come back once they
/// were dropped, and https never turns into http.
///
/// An answer of any status is a value. Errors (the detail names the host and path, never a query or a header):
///   BadInput    the URL, a header or the sink's path; a redirect to nowhere, in circles, or from https to http
///   Unreachable no such host, nobody listens, proxy trouble                            (retryable)
///   Permission  TLS: certificate or handshake; the detail begins with "TLS: "
///   Timeout     no connection in time, a stalled body, the total time used up          (retryable)
///   Corrupt     the body broke off before its end, or its packing is broken            (retryable)
///   TooLarge    more than maxBody
///   Cancelled   by the stop token
class HttpClient : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<HttpResponse>)>;

    explicit HttpClient(HttpOptions options = {}, QObject* parent = nullptr);
    /// Drops what is under way (its callbacks are not called) and joins the thread within options.shutdownLimit.
    ~HttpClient() override;

    /// `callback` is called once, unless `context` (an object of this thread) or the client is gone by then: then the
    /// transfer is dropped. A stopped `stop` ends it with Cancelled.
    void send(HttpRequest request, QObject* context, Callback callback, std::stop_token stop = {});
    /// Requests that have not been answered yet.
    int pending() const;

private:
    struct Waiting;
    void deliver();

    HttpOptions m_options;
    std::shared_ptr<HttpNetwork> m_network;
    std::unique_ptr<Waiting> m_waiting;
};

} // namespace layerline
