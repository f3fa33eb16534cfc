#include "sources/http/http_client.h"

#include "domain/post_to.h"
#include "sources/http/http_network.h"

#include <QPointer>

#include <map>
#include <optional>

namespace layerline {

/// Who waits for what. Touched by the client's thread only; stop tokens reach the network by its id.
struct HttpClient::Waiting {
    struct Stopper {
        std::shared_ptr<HttpNetwork> network;
        std::uint64_t id;
        void operator()() const { network->cancel(id); }
    };
    struct Entry {
        QPointer<QObject> context;
        QMetaObject::Connection gone;
        Callback callback;
        std::optional<std::stop_callback<Stopper>> stop;
    };
    std::map<std::uint64_t, std::unique_ptr<Entry>> entries;
    std::uint64_t last = 0;
};

HttpClient::HttpClient(HttpOptions options, QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_waiting(std::make_unique<Waiting>())
{
    m_network = std::make_shared<HttpNetwork>(m_options, [this] { postTo(this, [this] { deliver(); }); });
}

HttpClient::~HttpClient()
{
    m_waiting->entries.clear(); // before the thread: their stop callbacks speak to it
    m_network->stop(m_options.shutdownLimit);
}

void HttpClient::send(HttpRequest request, QObject* context, Callback callback, std::stop_token stop)
{
    const std::uint64_t id = ++m_waiting->last;
    auto entry = std::make_unique<Waiting::Entry>();
    entry->context = context;
    entry->callback = std::move(callback);
    entry->gone = connect(context, &QObject::destroyed, this, [this, id] {
        m_waiting->entries.erase(id);
        m_network->cancel(id);
    });
    m_network->add(id, std::move(request));
    entry->stop.emplace(std::move(stop), Waiting::Stopper{m_network, id}); // may fire at once: after the request was added
    m_waiting->entries[id] = std::move(entry);
}

int HttpClient::pending() const { return int(m_waiting->entries.size()); }

void HttpClient::deliver()
{
    for (HttpNetwork::Done& done : m_network->take()) {
        const auto at = m_waiting->entries.find(done.id);
        if (at == m_waiting->entries.end())
            continue;
        const std::unique_ptr<Waiting::Entry> entry = std::move(at->second);
        m_waiting->entries.erase(at);
        disconnect(entry->gone);
        if (!entry->context)
            continue;
        const QPointer<HttpClient> self(this);
        entry->callback(std::move(done.result));
        if (!self)
            return; // the callback ended us
    }
}

} // namespace layerline
