#include "sources/buildkit/tls_check.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include <poll.h>
#include <sys/socket.h>

namespace layerline {

const char* const containerMissing = "its container does not exist; it is made by the first build";
const char* const containerStopped = "its container is stopped; it is started by the next build";
const char* const podsMissing = "the cluster has nothing of it; its pods are made by the first build";
const char* const podsStopped = "none of its pods runs";

namespace {

/// The alert's number, when the error says that the other side sent one: RFC 8446, 6.
int alertOf(unsigned long error)
{
    const int reason = ERR_GET_REASON(error);
    const bool told = ERR_GET_LIB(error) == ERR_LIB_SSL && reason >= SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256;
    return told ? reason - SSL_AD_REASON_OFFSET : -1;
}

/// What a server can only mean our certificate by; nullptr for the others.
const char* complaintAboutOurs(int alert)
{
    switch (alert) {
    case SSL_AD_BAD_CERTIFICATE: return "bad certificate";
    case SSL_AD_UNSUPPORTED_CERTIFICATE: return "unsupported certificate";
    case SSL_AD_CERTIFICATE_REVOKED: return "revoked";
    case SSL_AD_CERTIFICATE_EXPIRED: return "expired";
    case SSL_AD_CERTIFICATE_UNKNOWN: return "unknown certificate";
    case SSL_AD_UNKNOWN_CA: return "signed by an authority it does not know";
    case SSL_AD_ACCESS_DENIED: return "access denied";
    case SSL_AD_CERTIFICATE_REQUIRED: return "it wants one, and none is configured";
    default: return nullptr;
    }
}

TlsRefusal oursRefused(const std::string& why)
{
    return {NodeState::Forbidden, "it refused our certificate: " + why};
}

TlsRefusal theirsNotTrusted(const std::string& why)
{
    return {NodeState::Forbidden, "its certificate is not trusted: " + why};
}

std::string hostOf(const std::string& address)
{
    const std::size_t begin = address.find("://");
    std::string host = address.substr(begin == std::string::npos ? 0 : begin + 3);
    host.resize(std::min(host.size(), host.find('/')));
    host.resize(std::min(host.size(), host.rfind(':')));
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    return host;
}

/// An encrypted key would ask on the terminal.
int noPassword(char*, int, int, void*) { return -1; }

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// Null when our own files can't be read: whoever uses them will say so.
Context contextWith(const TlsIdentity& identity)
{
    Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    if (!context)
        return context;
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_default_passwd_cb(context.get(), &noPassword);
    SSL_CTX_set_verify(context.get(), identity.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    const bool known = identity.authority.empty() ? SSL_CTX_set_default_verify_paths(context.get()) == 1
                                                  : SSL_CTX_load_verify_locations(context.get(), identity.authority.c_str(), nullptr) == 1;
    const bool named = identity.certificate.empty() || identity.key.empty()
        || (SSL_CTX_use_certificate_chain_file(context.get(), identity.certificate.c_str()) == 1
            && SSL_CTX_use_PrivateKey_file(context.get(), identity.key.c_str(), SSL_FILETYPE_PEM) == 1);
    const unsigned char protocols[] = "\x02h2\x08http/1.1";
    SSL_CTX_set_alpn_protos(context.get(), protocols, sizeof protocols - 1);
    return known && named ? std::move(context) : Context(nullptr, &SSL_CTX_free);
}

/// TLS over a socket that never blocks and never raises SIGPIPE, which OpenSSL's own would.
class Handshake {
public:
    Handshake(SSL_CTX* context, int fd, SteadyTime deadline, const Interrupt& interrupt)
        : m_fd(fd), m_deadline(deadline), m_interrupt(interrupt), m_ssl(SSL_new(context), &SSL_free)
    {
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        SSL_set_bio(m_ssl.get(), m_in, m_out); // owns both now
        SSL_set_connect_state(m_ssl.get());
    }
    void expect(const std::string& name)
    {
        X509_VERIFY_PARAM* parameters = SSL_get0_param(m_ssl.get());
        X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        if (X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str()) == 1)
            return;
        X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), 0);
        SSL_set_tlsext_host_name(m_ssl.get(), name.c_str());
    }
    /// Nothing more is known of it when it fails without an error().
    bool shakeHands()
    {
        return drive([this] { return SSL_do_handshake(m_ssl.get()); });
    }
    /// In TLS 1.3 the client has finished before the server looks at its certificate: only what comes next tells.
    bool hear()
    {
        const unsigned char* protocol = nullptr;
        unsigned length = 0;
        SSL_get0_alpn_selected(m_ssl.get(), &protocol, &length);
        // HTTP/2's preface with empty SETTINGS: every server answers with its own.
        const std::string greeting = length == 2 ? std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33)
                                                 : std::string("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n");
        SSL_write(m_ssl.get(), greeting.data(), int(greeting.size()));
        char first = 0;
        return drive([&] { return SSL_read(m_ssl.get(), &first, 1); });
    }
    unsigned long error() const { return m_error; }
    long verdict() const { return SSL_get_verify_result(m_ssl.get()); }

private:
    template <class Step>
    bool drive(Step step)
    {
        for (;;) {
            ERR_clear_error();
            const int done = step();
            const int result = SSL_get_error(m_ssl.get(), done);
            m_error = ERR_peek_error();
            send();
            if (done > 0)
                return true;
            if (result != SSL_ERROR_WANT_READ || !receive())
                return false;
        }
    }
    /// A peer that has hung up may have said why before: that is read, whatever becomes of this.
    void send()
    {
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(m_out, &bytes);
        if (size > 0)
            (void)sendAll(m_fd, std::string(bytes, std::size_t(size)), m_deadline, m_interrupt);
        (void)BIO_reset(m_out);
    }
    bool receive()
    {
        char buffer[4096];
        for (;;) {
            const ssize_t count = ::recv(m_fd, buffer, sizeof buffer, 0);
            if (count > 0)
                return BIO_write(m_in, buffer, int(count)) == int(count);
            if (count == 0 || (errno != EAGAIN && errno != EINTR))
                return false;
            if (!waitFor(m_fd, POLLIN, m_deadline, m_interrupt))
                return false;
        }
    }

    int m_fd;
    SteadyTime m_deadline;
    const Interrupt& m_interrupt;
    std::unique_ptr<SSL, decltype(&SSL_free)> m_ssl;
    BIO* m_in = nullptr;
    BIO* m_out = nullptr;
    unsigned long m_error = 0;
};

/// As kubectl 1.32 puts it when `exec` finds no workload, no pod, or one that does not run.
std::optional<TlsRefusal> refusalOfKubectl(const std::string& words)
{
    const auto says = [&words](const char* text) { return words.find(text) != std::string::npos; };
    if (says("Error from server (NotFound)"))
        return TlsRefusal{NodeState::Stopped, podsMissing};
    for (const char* text : {"timed out waiting for the condition", "does not have a host assigned", "in a completed pod", "pod does not exist", "container not found"}) {
        if (says(text))
            return TlsRefusal{NodeState::Stopped, podsStopped};
    }
    if (says("Error from server (Forbidden)") || says("(Unauthorized)"))
        return TlsRefusal{NodeState::Forbidden, words};
    return {};
}

} // namespace

std::optional<TlsRefusal> askByTls(const std::string& address, const TlsIdentity& identity, SteadyTime deadline, const Interrupt& interrupt)
{
    const Context context = contextWith(identity);
    if (!context)
        return {};
    const auto socket = connectTo(address, deadline, interrupt);
    if (!socket && socket.error().kind == ErrorKind::Unreachable)
        return TlsRefusal{NodeState::Down, socket.error().detail};
    if (!socket)
        return {};
    Handshake handshake(context.get(), socket->get(), deadline, interrupt);
    handshake.expect(identity.serverName.empty() ? hostOf(address) : identity.serverName);
    const bool shaken = handshake.shakeHands();
    if (shaken && handshake.hear())
        return {};
    if (const char* complaint = complaintAboutOurs(alertOf(handshake.error())))
        return oursRefused(identity.certificate.empty() ? complaintAboutOurs(SSL_AD_CERTIFICATE_REQUIRED) : complaint);
    if (!shaken && identity.verify && handshake.verdict() != X509_V_OK)
        return theirsNotTrusted(X509_verify_cert_error_string(handshake.verdict()));
    return {};
}

std::optional<TlsRefusal> refusalIn(const std::string& words)
{
    const auto says = [&words](const char* text) { return words.find(text) != std::string::npos; };
    // An alert of the other side's, about the only certificate it has seen.
    if (says("remote error: tls: ") && (says("certificate") || says("access denied")))
        return oursRefused(words);
    if (says("x509: ") || says("tls: failed to verify certificate"))
        return theirsNotTrusted(words);
    // docker's own client, asked to run something in a builder's container.
    if (says("No such container"))
        return TlsRefusal{NodeState::Stopped, containerMissing};
    if (says("Error response from daemon") && (says("is not running") || says("is paused")))
        return TlsRefusal{NodeState::Stopped, containerStopped};
    return refusalOfKubectl(words);
}

} // namespace layerline
