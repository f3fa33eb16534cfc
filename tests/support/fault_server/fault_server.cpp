#include "support/fault_server/fault_server.h"

#include "support/fault_server/test_certificate.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace layerline::test {

namespace {

std::unique_ptr<QTcpServer> makeServer(bool tls)
{
    if (!tls)
        return std::make_unique<QTcpServer>();
    auto server = std::make_unique<QSslServer>();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(testCertificate().certificate));
    configuration.setPrivateKey(QSslKey(testCertificate().key, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    server->setSslConfiguration(configuration);
    return server;
}

} // namespace

FaultServer::FaultServer(Handler handler, bool tls) : m_handler(std::move(handler)), m_tls(tls), m_server(makeServer(tls))
{
    // QSslServer announces connections whose handshake is done; both make them pending.
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FaultServer::accept);
    m_server->listen(QHostAddress::LocalHost);
}

FaultServer::~FaultServer() = default;

quint16 FaultServer::port() const { return m_server->serverPort(); }

QString FaultServer::url(const QString& path) const
{
    return QStringLiteral("%1://127.0.0.1:%2%3").arg(m_tls ? QStringLiteral("https") : QStringLiteral("http")).arg(port()).arg(path);
}

void FaultServer::accept()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
        read(socket);
    }
}

void FaultServer::read(QTcpSocket* socket)
{
    m_buffers[socket] += socket->readAll();
    Request request;
    while (m_buffers.contains(socket) && takeRequest(m_buffers[socket], request)) {
        m_requests.append(request);
        answer(socket, request);
    }
}

bool FaultServer::takeRequest(QByteArray& buffer, Request& request) const
{
    const auto end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    request = {};
    const QList<QByteArray> lines = buffer.left(end).replace("\r\n", "\n").split('\n');
    const QList<QByteArray> first = lines.value(0).split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    const auto question = request.target.indexOf('?');
    request.path = QByteArray::fromPercentEncoding(question < 0 ? request.target : request.target.left(question));
    request.query = question < 0 ? QByteArray() : request.target.mid(question + 1);
    for (const QByteArray& line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        request.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
    }
    const auto length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return false;
    request.body = buffer.mid(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return true;
}

void FaultServer::answer(QTcpSocket* socket, const Request& request)
{
    const Answer answer = m_handler(request);
    if (answer.fault == Fault::Silent)
        return;
    if (answer.fault == Fault::Hangup)
        return socket->abort();
    if (answer.fault == Fault::Garbage) {
        socket->write("\x01\x02\x03 what?\r\n\r\n");
        return socket->disconnectFromHost();
    }
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Told\r\n";
    for (const auto& [name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    const bool bodiless = answer.status == 304 || answer.status == 204;
    const auto announced = answer.fault == Fault::Truncated ? 2 * answer.body.size() : answer.body.size();
    if (!bodiless)
        head += "Content-Length: " + QByteArray::number(announced) + "\r\n";
    socket->write(head + "\r\n");
    if (answer.fault == Fault::Stalled)
        socket->write(answer.body.left(answer.body.size() / 2));
    else if (!bodiless && request.method != "HEAD")
        socket->write(answer.body);
    if (answer.fault == Fault::Truncated)
        socket->disconnectFromHost();
}

} // namespace layerline::test
