// A TLS server that may want a certificate of its clients. On a thread of its own, loopback only.
#pragma once

#include "support/fault_server/test_certificate.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

namespace layerline::test {

/// Who is let in hears the beginning of HTTP/2; who is not, an alert.
class TlsServer {
public:
    struct Options {
        TestCertificate own = testCertificate();
        QByteArray clientAuthority; ///< PEM: who must have signed a client's certificate; empty = it asks for none
        bool onlyTls12 = false;
    };
    explicit TlsServer(const Options& options);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    std::string address() const; ///< tcp://127.0.0.1:PORT
    int letIn() const { return m_letIn; }
    int turnedAway() const { return m_turnedAway; }

private:
    struct Context;
    void run();
    void serve(int client);

    std::unique_ptr<Context> m_context;
    int m_listener = -1;
    int m_stop = -1; ///< an eventfd
    std::atomic<int> m_letIn{0};
    std::atomic<int> m_turnedAway{0};
    std::thread m_thread;
};

} // namespace layerline::test
