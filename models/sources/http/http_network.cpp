#include "sources/http/http_network.h"

#include "sources/http/http_transfer.h"

#include <curl/curl.h>

namespace layerline {

namespace {

/// libcurl wants this once, before any thread uses it.
void initialiseOnce()
{
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)done;
}

} // namespace

HttpNetwork::HttpNetwork(HttpOptions options, std::function<void()> wake) : m_options(std::move(options)), m_wake(std::move(wake))
{
    initialiseOnce();
    m_multi = curl_multi_init();
    curl_multi_setopt(m_multi, CURLMOPT_MAX_HOST_CONNECTIONS, long(m_options.connectionsPerHost));
    curl_multi_setopt(m_multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 32L);
}

HttpNetwork::~HttpNetwork() { curl_multi_cleanup(m_multi); }

void HttpNetwork::add(std::uint64_t id, HttpRequest request)
{
    {
        const std::lock_guard lock(m_mutex);
        m_added.emplace_back(id, std::move(request));
        if (!m_thread.joinable()) {
            // The thread keeps this object alive for as long as it needs.
            m_thread = std::thread([self = shared_from_this()] { self->run(); });
        }
    }
    curl_multi_wakeup(m_multi);
}

void HttpNetwork::cancel(std::uint64_t id)
{
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled.push_back(id);
    }
    curl_multi_wakeup(m_multi);
}

std::vector<HttpNetwork::Done> HttpNetwork::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_done, {});
}

bool HttpNetwork::stop(std::chrono::milliseconds limit)
{
    std::unique_lock lock(m_mutex);
    m_stopping = true;
    m_wake = nullptr;
    if (!m_thread.joinable())
        return true;
    curl_multi_wakeup(m_multi);
    const bool ended = m_endedCondition.wait_for(lock, limit, [this] { return m_ended; });
    lock.unlock();
    if (ended)
        m_thread.join();
    else
        m_thread.detach();
    return ended;
}

void HttpNetwork::run()
{
    for (;;) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping)
                break;
        }
        takeCommands();
        int running = 0;
        curl_multi_perform(m_multi, &running);
        collect();
        // With nothing under way only a wake-up matters.
        curl_multi_poll(m_multi, nullptr, 0, m_transfers.empty() ? 60'000 : 1000, nullptr);
    }
    for (const auto& [id, transfer] : m_transfers)
        curl_multi_remove_handle(m_multi, transfer->easy());
    m_transfers.clear();
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    m_endedCondition.notify_all();
}

void HttpNetwork::takeCommands()
{
    std::vector<std::pair<std::uint64_t, HttpRequest>> added;
    std::vector<std::uint64_t> cancelled;
    {
        const std::lock_guard lock(m_mutex);
        added.swap(m_added);
        cancelled.swap(m_cancelled);
    }
    for (auto& [id, request] : added)
        begin(id, std::move(request));
    for (const std::uint64_t id : cancelled) {
        const auto at = m_transfers.find(id);
        if (at == m_transfers.end())
            continue;
        curl_multi_remove_handle(m_multi, at->second->easy());
        m_transfers.erase(at);
        finished(id, Error{ErrorKind::Cancelled, "the request was cancelled", false});
    }
}

void HttpNetwork::begin(std::uint64_t id, HttpRequest request)
{
    round(std::make_unique<HttpTransfer>(id, std::move(request), m_options));
}

void HttpNetwork::round(std::unique_ptr<HttpTransfer> transfer)
{
    const std::uint64_t id = transfer->id();
    if (const auto ready = transfer->prepare(); !ready)
        return finished(id, ready.error());
    curl_multi_add_handle(m_multi, transfer->easy());
    m_transfers[id] = std::move(transfer);
}

void HttpNetwork::collect()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result; // the message dies with its handle
        CURL* const easy = message->easy_handle;
        void* owner = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
        curl_multi_remove_handle(m_multi, easy);
        const auto at = m_transfers.find(static_cast<HttpTransfer*>(owner)->id());
        std::unique_ptr<HttpTransfer> transfer = std::move(at->second);
        m_transfers.erase(at);
        if (auto result = transfer->finish(code))
            finished(transfer->id(), std::move(*result));
        else
            round(std::move(transfer));
    }
}

void HttpNetwork::finished(std::uint64_t id, Result<HttpResponse> result)
{
    const std::lock_guard lock(m_mutex);
    m_done.push_back({id, std::move(result)});
    if (m_wake)
        m_wake();
}

} // namespace layerline
