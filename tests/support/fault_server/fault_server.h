// An HTTP server that answers as it is told, and misbehaves as it is told. On the test's own thread, loopback only.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPair>
#include <QSslConfiguration>

#include <functional>
#include <memory>

class QTcpServer;
class QTcpSocket;

namespace layerline::test {

class FaultServer : public QObject {
    Q_OBJECT
public:
    struct Request {
        QByteArray method;
        QByteArray target;  ///< path and query as sent
        QByteArray path;    ///< decoded, without the query
        QByteArray query;
        QHash<QByteArray, QByteArray> headers; ///< names in lower case
        QByteArray body;
    };
    enum class Fault {
        None,
        Truncated, ///< announces twice what it sends, then closes
        Stalled,   ///< sends half of the body and nothing more, connection open
        Silent,    ///< takes the request and says nothing
        Garbage,   ///< answers in no language
        Hangup,    ///< closes without an answer
    };
    struct Answer {
        int status = 200;
        QByteArray body;
        QList<QPair<QByteArray, QByteArray>> headers;
        Fault fault = Fault::None;
    };
    using Handler = std::function<Answer(const Request&)>;

    /// With `tls`, certificate and key of test_certificate.h for 127.0.0.1.
    explicit FaultServer(Handler handler, bool tls = false);
    ~FaultServer() override;

    quint16 port() const;
    /// "http://127.0.0.1:PORT" + path
    QString url(const QString& path = {}) const;
    const QList<Request>& requests() const { return m_requests; }
    void clear() { m_requests.clear(); }
    void setHandler(Handler handler) { m_handler = std::move(handler); }

private:
    void accept();
    void read(QTcpSocket* socket);
    bool takeRequest(QByteArray& buffer, Request& request) const;
    void answer(QTcpSocket* socket, const Request& request);

    Handler m_handler;
    bool m_tls;
    QHash<QTcpSocket*, QByteArray> m_buffers;
    QList<Request> m_requests;
    std::unique_ptr<QTcpServer> m_server; ///< the last one: its sockets still speak to the others when it goes
};

} // namespace layerline::test
