#include "sources/buildkit/call_loop.h"

#include <algorithm>
#include <vector>

namespace layerline {

namespace {

std::chrono::system_clock::time_point systemTime(SteadyTime time)
{
    return std::chrono::system_clock::now()
        + std::chrono::duration_cast<std::chrono::system_clock::duration>(time - std::chrono::steady_clock::now());
}

} // namespace

CallLoop::~CallLoop()
{
    cancelAll();
    {
        const std::lock_guard lock(m_wakeMutex);
        m_wakePending = true; // no further alarms
        if (m_wake)
            m_wake->Cancel();
    }
    m_queue.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (m_queue.Next(&tag, &ok)) {
    }
}

void CallLoop::adopt(std::unique_ptr<AsyncCall> call)
{
    AsyncCall* raw = call.get();
    m_calls.emplace(raw, std::move(call));
}

void CallLoop::wake()
{
    const std::lock_guard lock(m_wakeMutex);
    if (m_wakePending)
        return;
    m_wakePending = true;
    m_wake = std::make_unique<grpc::Alarm>(); // the one before has fired
    m_wake->Set(&m_queue, gpr_now(GPR_CLOCK_REALTIME), static_cast<void*>(this));
}

bool CallLoop::next(SteadyTime until)
{
    void* tag = nullptr;
    bool ok = false;
    if (m_queue.AsyncNext(&tag, &ok, systemTime(until)) != grpc::CompletionQueue::GOT_EVENT)
        return false;
    if (tag == this) {
        const std::lock_guard lock(m_wakeMutex);
        m_wakePending = false;
        return true;
    }
    auto* call = static_cast<AsyncCall*>(tag);
    if (call->proceed(ok))
        m_calls.erase(call);
    return true;
}

void CallLoop::run(SteadyTime until)
{
    for (const auto& [id, timer] : m_timers)
        until = std::min(until, timer.due);
    next(until);
    runTimers();
}

void CallLoop::runTimers()
{
    const SteadyTime now = std::chrono::steady_clock::now();
    std::vector<TimerId> due;
    for (const auto& [id, timer] : m_timers) {
        if (timer.due <= now)
            due.push_back(id);
    }
    for (const TimerId id : due) {
        const auto at = m_timers.find(id);
        if (at == m_timers.end())
            continue; // an earlier one cancelled it
        const auto what = std::move(at->second.what);
        m_timers.erase(at);
        what();
    }
}

CallLoop::TimerId CallLoop::after(std::chrono::milliseconds delay, std::function<void()> what)
{
    const TimerId id = ++m_lastTimer;
    m_timers.emplace(id, Timer{std::chrono::steady_clock::now() + delay, std::move(what)});
    return id;
}

void CallLoop::cancelAll()
{
    // Callbacks of ending calls may start others or set timers; those end here as well.
    while (!m_calls.empty()) {
        for (const auto& [raw, call] : m_calls)
            raw->cancel();
        next(std::chrono::steady_clock::now() + std::chrono::seconds(1));
    }
    m_timers.clear();
}

} // namespace layerline
