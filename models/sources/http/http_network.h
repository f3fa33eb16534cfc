// The network thread: a queue of transfers and one libcurl multi handle.
#pragma once

#include "domain/result.h"
#include "sources/http/http_client.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace layerline {

class HttpTransfer;

/// Shared by its owner and its thread, so that a thread that misses the deadline of stop() can be left behind safely.
class HttpNetwork : public std::enable_shared_from_this<HttpNetwork> {
public:
    struct Done {
        std::uint64_t id;
        Result<HttpResponse> result;
    };

    /// `wake` is called on the network thread when take() has something; never after stop() has returned.
    HttpNetwork(HttpOptions options, std::function<void()> wake);
    ~HttpNetwork();
    HttpNetwork(const HttpNetwork&) = delete;
    HttpNetwork& operator=(const HttpNetwork&) = delete;

    void add(std::uint64_t id, HttpRequest request);
    /// Its answer will be Cancelled, unless it is under way already.
    void cancel(std::uint64_t id);
    std::vector<Done> take();
    /// Drops everything and joins; false when the thread did not end within the limit.
    bool stop(std::chrono::milliseconds limit);

private:
    void run();
    void takeCommands();
    void begin(std::uint64_t id, HttpRequest request);
    void round(std::unique_ptr<HttpTransfer> transfer);
    void collect();
    void finished(std::uint64_t id, Result<HttpResponse> result);

    const HttpOptions m_options;
    void* m_multi; ///< CURLM
    // Guarded by m_mutex.
    std::mutex m_mutex;
    std::condition_variable m_endedCondition;
    std::function<void()> m_wake;
    std::vector<std::pair<std::uint64_t, HttpRequest>> m_added;
    std::vector<std::uint64_t> m_cancelled;
    std::vector<Done> m_done;
    bool m_stopping = false;
    bool m_ended = false;
    // The network thread's own.
    std::map<std::uint64_t, std::unique_ptr<HttpTransfer>> m_transfers;
    std::thread m_thread;
};

} // namespace layerline
