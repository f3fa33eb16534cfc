#include "sources/buildkit/status_feed.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::chrono::milliseconds graceAfterComplete{30'000};

std::chrono::milliseconds retryDelay(int failures)
{
    return std::chrono::milliseconds(std::min(100 << std::min(failures, 6), 5000));
}

} // namespace

void StatusFeed::follow(const std::string& ref)
{
    if (!follows(ref))
        subscribe(ref);
}

void StatusFeed::subscribe(const std::string& ref)
{
    Feed& feed = m_feeds[ref];
    feed.retry = 0;
    feed.translator = StatusTranslator(); // the whole stream comes again, with the same offsets
    auto call = std::make_unique<StreamCall<bk::StatusResponse>>();
    call->onMessage = [this, ref](bk::StatusResponse& message) {
        m_link.sign();
        const auto at = m_feeds.find(ref);
        if (at != m_feeds.end()) {
            at->second.failures = 0;
            m_link.emit(ref, at->second.translator.translate(message));
        }
    };
    call->onEnd = [this, ref](const grpc::Status& status) { ended(ref, status); };
    bk::StatusRequest request;
    request.set_ref(ref);
    feed.call = StreamCall<bk::StatusResponse>::start(m_link.loop, std::move(call), [&](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncStatus(context, request, queue);
    });
}

void StatusFeed::completed(const std::string& ref)
{
    const auto at = m_feeds.find(ref);
    if (at == m_feeds.end() || at->second.complete)
        return;
    Feed& feed = at->second;
    feed.complete = true;
    if (!feed.call) { // between two tries: what is stored now is the whole of it
        finish(ref, false);
        return;
    }
    feed.grace = m_link.loop.after(graceAfterComplete, [this, ref] {
        const auto late = m_feeds.find(ref);
        if (late != m_feeds.end() && late->second.call)
            late->second.call->cancel();
    });
}

void StatusFeed::ended(const std::string& ref, const grpc::Status& status)
{
    const auto at = m_feeds.find(ref);
    if (m_link.closing || at == m_feeds.end())
        return;
    Feed& feed = at->second;
    feed.call = nullptr;
    if (status.ok() || feed.complete) {
        finish(ref, status.ok());
        return;
    }
    // STARTED may be told before the job can be found; and a stream may break without the connection.
    feed.retry = m_link.loop.after(retryDelay(feed.failures++), [this, ref] { subscribe(ref); });
    if (onTrouble)
        onTrouble(ref);
}

void StatusFeed::finish(const std::string& ref, bool whole)
{
    const auto at = m_feeds.find(ref);
    m_link.loop.cancelTimer(at->second.grace);
    m_link.loop.cancelTimer(at->second.retry);
    m_feeds.erase(at);
    if (onEnded)
        onEnded(ref, whole);
}

void StatusFeed::forget(const std::string& ref)
{
    const auto at = m_feeds.find(ref);
    if (at == m_feeds.end())
        return;
    m_link.loop.cancelTimer(at->second.grace);
    m_link.loop.cancelTimer(at->second.retry);
    if (at->second.call)
        at->second.call->cancel();
    m_feeds.erase(at);
}

} // namespace layerline
