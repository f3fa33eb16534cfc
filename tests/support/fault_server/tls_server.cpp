#include "support/fault_server/tls_server.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace layerline::test {

namespace {

template <class Thing, class Read>
Thing* fromPem(const QByteArray& text, Read read)
{
    BIO* bio = BIO_new_mem_buf(text.constData(), int(text.size()));
    Thing* thing = read(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    return thing;
}

X509* certificateFrom(const QByteArray& text)
{
    return fromPem<X509>(text, &PEM_read_bio_X509);
}

int chooseHttp2(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered, unsigned offeredLength, void*)
{
    static const unsigned char known[] = "\x02h2";
    return SSL_select_next_proto(const_cast<unsigned char**>(chosen), length, known, sizeof known - 1, offered, offeredLength) == OPENSSL_NPN_NEGOTIATED
        ? SSL_TLSEXT_ERR_OK
        : SSL_TLSEXT_ERR_NOACK;
}

} // namespace

struct TlsServer::Context {
    explicit Context(const Options& options) : ssl(SSL_CTX_new(TLS_server_method()))
    {
        X509* own = certificateFrom(options.own.certificate);
        EVP_PKEY* key = fromPem<EVP_PKEY>(options.own.key, &PEM_read_bio_PrivateKey);
        SSL_CTX_use_certificate(ssl, own);
        SSL_CTX_use_PrivateKey(ssl, key);
        X509_free(own);
        EVP_PKEY_free(key);
        SSL_CTX_set_alpn_select_cb(ssl, &chooseHttp2, nullptr);
        if (options.onlyTls12)
            SSL_CTX_set_max_proto_version(ssl, TLS1_2_VERSION);
        if (options.clientAuthority.isEmpty())
            return;
        X509* authority = certificateFrom(options.clientAuthority);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(ssl), authority);
        X509_free(authority);
        SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    ~Context() { SSL_CTX_free(ssl); }
    SSL_CTX* ssl;
};

TlsServer::TlsServer(const Options& options) : m_context(std::make_unique<Context>(options))
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(m_listener, reinterpret_cast<const sockaddr*>(&here), sizeof here);
    ::listen(m_listener, 64);
    m_stop = ::eventfd(0, EFD_CLOEXEC);
    m_thread = std::thread([this] { run(); });
}

TlsServer::~TlsServer()
{
    ::eventfd_write(m_stop, 1);
    m_thread.join();
    ::close(m_listener);
    ::close(m_stop);
}

std::string TlsServer::address() const
{
    sockaddr_in here{};
    socklen_t length = sizeof here;
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&here), &length);
    return "tcp://127.0.0.1:" + std::to_string(ntohs(here.sin_port));
}

void TlsServer::run()
{
    // OpenSSL writes without MSG_NOSIGNAL.
    sigset_t broken;
    ::sigemptyset(&broken);
    ::sigaddset(&broken, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken, nullptr);
    for (;;) {
        pollfd entries[] = {{m_listener, POLLIN, 0}, {m_stop, POLLIN, 0}};
        if (::poll(entries, 2, -1) < 0)
            continue;
        if (entries[1].revents)
            return;
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        serve(client);
        ::close(client);
    }
}

void TlsServer::serve(int client)
{
    const timeval patience{5, 0}; // a client that hangs must not hang the test
    ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    SSL* ssl = SSL_new(m_context->ssl);
    SSL_set_fd(ssl, client);
    if (SSL_accept(ssl) == 1) {
        ++m_letIn;
        const char settings[9] = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        SSL_write(ssl, settings, sizeof settings);
        SSL_shutdown(ssl);
    } else {
        ++m_turnedAway;
    }
    SSL_free(ssl);
}

} // namespace layerline::test
