#include "sources/buildkit/node_watcher.h"

#include "sources/buildkit/back_off.h"
#include "sources/buildkit/node_session.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

namespace layerline {

namespace {

/// A connection that held this long was a good one: the next back-off starts from the shortest.
constexpr std::chrono::seconds goodConnection{10};

} // namespace

const char* toString(NodeState state)
{
    switch (state) {
    case NodeState::Connecting: return "connecting";
    case NodeState::Live: return "live";
    case NodeState::Down: return "down";
    case NodeState::Hung: return "hung";
    case NodeState::Forbidden: return "forbidden";
    case NodeState::Stopped: return "stopped";
    case NodeState::Unwatched: return "unwatched";
    }
    return "down";
}

std::int64_t DiskUsage::totalBytes() const
{
    std::int64_t sum = 0;
    for (const DiskRecord& record : records)
        sum += record.bytes;
    return sum;
}

std::int64_t DiskUsage::reclaimableBytes() const
{
    std::int64_t sum = 0;
    for (const DiskRecord& record : records)
        sum += record.inUse || record.shared ? 0 : record.bytes;
    return sum;
}

/// Shared by the owner and the thread, so that a thread left behind has all it needs.
struct NodeWatcher::Impl : std::enable_shared_from_this<Impl> {
    struct Request {
        std::string ref; ///< "" = disk usage
        std::function<void(Result<void>)> done;
        std::optional<HistoryChange> change{}; ///< empty = load its details
    };

    Impl(DialTarget target_, WatchSinks sinks_, std::shared_ptr<WorkerRegistry> registry_, WatchOptions options_)
        : target(std::move(target_)), sinks(std::move(sinks_)), registry(std::move(registry_)), options(options_)
    {
        status.builder = target.key.builder;
        status.node = target.key.node;
        status.driver = target.driver;
        status.endpoint = target.endpoint;
        status.current = target.current;
        shown = status;
    }

    void run();
    void talk(std::unique_ptr<Connection> connection);
    void rest(std::chrono::milliseconds delay, std::optional<Listed> heeded);
    void serve(NodeSession* session);
    void publish();
    void ask(Request request);
    bool stopped() const { return stopping.load(); }
    std::chrono::milliseconds nextBackOff();

    const DialTarget target;
    const WatchSinks sinks;
    const std::shared_ptr<WorkerRegistry> registry;
    const WatchOptions options;
    CallLoop loop;
    Interrupt interrupt;
    std::atomic<bool> stopping{false};
    std::atomic<Listed> listed{Listed::NotYet};
    std::atomic<bool> retry{false};

    // The thread's own.
    NodeStatus status;
    RecordBook book;
    int failures = 0;
    std::mt19937 random{std::random_device{}()};

    mutable std::mutex mutex; ///< guards what follows
    std::condition_variable ended;
    bool hasEnded = true; ///< takes no requests
    bool hasLeft = true;
    NodeStatus shown;
    std::vector<Request> requests;
};

void NodeWatcher::Impl::publish()
{
    {
        const std::lock_guard lock(mutex);
        if (shown == status)
            return;
        shown = status;
    }
    if (sinks.state && !stopped())
        sinks.state(status);
}

std::chrono::milliseconds NodeWatcher::Impl::nextBackOff()
{
    return backOff(failures++, options.shortestBackOff, options.longestBackOff, std::uniform_real_distribution<double>()(random));
}

void NodeWatcher::Impl::serve(NodeSession* session)
{
    std::vector<Request> waiting;
    {
        const std::lock_guard lock(mutex);
        waiting.swap(requests);
    }
    for (Request& request : waiting) {
        if (request.ref.empty() && session)
            session->refreshDiskUsage();
        else if (session && session->wasLive() && request.change)
            session->change(request.ref, *request.change, std::move(request.done));
        else if (session && session->wasLive())
            session->load(request.ref, std::move(request.done));
        else if (request.done)
            request.done(Error{ErrorKind::Unreachable, "the builder is not reachable", true});
    }
}

void NodeWatcher::Impl::talk(std::unique_ptr<Connection> connection)
{
    std::weak_ptr<Impl> weak = weak_from_this();
    NodeSession session({target, loop, sinks, *registry, book, status, [this] { publish(); },
                         [weak] {
                             if (const auto self = weak.lock())
                                 self->loop.wake();
                         },
                         options.backgroundHistory, options.readDiskUsage, options.absencePause},
                        std::move(connection));
    const SteadyTime begun = std::chrono::steady_clock::now();
    while (!stopped() && !session.over()) {
        loop.run(std::chrono::steady_clock::now() + std::chrono::hours(1));
        if (stopped() || session.over())
            break;
        session.onWake();
        serve(&session);
    }
    if (stopped())
        session.leave();
    if (session.wasLive() && std::chrono::steady_clock::now() - begun > goodConnection)
        failures = 0;
}

/// `heeded`: over as soon as `buildx ls` says something else.
void NodeWatcher::Impl::rest(std::chrono::milliseconds delay, std::optional<Listed> heeded)
{
    const SteadyTime until = std::chrono::steady_clock::now() + delay;
    while (!stopped() && !retry.exchange(false) && std::chrono::steady_clock::now() < until) {
        if (heeded && listed != *heeded)
            return;
        loop.run(until);
        serve(nullptr);
    }
}

void NodeWatcher::Impl::run()
{
    while (!stopped()) {
        const Listed known = listed;
        DialOutcome outcome = dial(target, known, options.dialLimit, interrupt);
        if (stopped())
            break;
        if (outcome.connection) {
            talk(std::move(outcome.connection));
        } else {
            status.state = outcome.state;
            status.reason = outcome.reason;
        }
        if (stopped())
            break;
        if (outcome.askStatus && sinks.needStatus)
            sinks.needStatus(target.key);
        const bool isStopped = status.state == NodeState::Stopped || outcome.askStatus;
        const bool costly = outcome.askStatus || !target.execCommand.empty(); // a child, a handshake
        const auto delay = isStopped ? (costly ? options.longestBackOff : options.stoppedCheck) : nextBackOff();
        status.retryIn = isStopped ? 0 : std::max(1, int((delay.count() + 500) / 1000));
        publish();
        rest(delay, outcome.askStatus ? std::optional(known) : std::nullopt);
        status.retryIn = 0;
    }
    {
        const std::lock_guard lock(mutex);
        hasEnded = true; // no further requests
    }
    serve(nullptr);
    const std::lock_guard lock(mutex);
    hasLeft = true;
    ended.notify_all();
}

NodeWatcher::NodeWatcher(DialTarget target, WatchSinks sinks, std::shared_ptr<WorkerRegistry> registry, WatchOptions options)
    : m_impl(std::make_shared<Impl>(std::move(target), std::move(sinks), std::move(registry), options))
{
}

NodeWatcher::~NodeWatcher()
{
    stop();
}

void NodeWatcher::start()
{
    {
        const std::lock_guard lock(m_impl->mutex);
        if (!m_impl->hasEnded || m_impl->stopped())
            return;
        m_impl->hasEnded = false;
        m_impl->hasLeft = false;
    }
    m_thread = std::thread([impl = m_impl] { impl->run(); });
}

void NodeWatcher::requestStop()
{
    m_impl->stopping = true;
    m_impl->interrupt.raise();
    m_impl->loop.wake();
}

bool NodeWatcher::stop(std::chrono::milliseconds limit)
{
    requestStop();
    bool ended = false;
    {
        std::unique_lock lock(m_impl->mutex);
        ended = m_impl->ended.wait_for(lock, limit, [this] { return m_impl->hasLeft; });
    }
    if (m_thread.joinable()) {
        if (ended)
            m_thread.join();
        else
            m_thread.detach(); // it hangs in a name look-up: that must not hold up the end of the program
    }
    return ended;
}

bool NodeWatcher::hasEnded() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->hasLeft;
}

NodeStatus NodeWatcher::status() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->shown;
}

const DialTarget& NodeWatcher::target() const
{
    return m_impl->target;
}

void NodeWatcher::setListed(Listed listed)
{
    m_impl->listed = listed;
    m_impl->loop.wake();
}

void NodeWatcher::retryNow()
{
    m_impl->retry = true;
    m_impl->loop.wake();
}

void NodeWatcher::refreshDiskUsage()
{
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->requests.push_back({});
    }
    m_impl->loop.wake();
}

void NodeWatcher::loadDetails(const std::string& ref, std::function<void(Result<void>)> done)
{
    m_impl->ask({ref, std::move(done), {}});
}

void NodeWatcher::changeHistory(const std::string& ref, HistoryChange what, std::function<void(Result<void>)> done)
{
    m_impl->ask({ref, std::move(done), what});
}

void NodeWatcher::Impl::ask(Request request)
{
    std::function<void(Result<void>)> refused;
    {
        const std::lock_guard lock(mutex);
        if (hasEnded)
            refused = std::move(request.done);
        else
            requests.push_back(std::move(request));
    }
    loop.wake();
    if (refused)
        refused(Error{ErrorKind::Cancelled, "nobody watches the builder any more"});
}

bool NodeWatcher::reports(const std::string& worker) const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->shown.primary && m_impl->shown.workerId == worker;
}

} // namespace layerline
