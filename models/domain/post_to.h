// Work handed to another thread: to an object's event loop, or to a pool.
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QRunnable>
#include <QThreadPool>

#include <atomic>
#include <type_traits>
#include <utility>

namespace layerline {

/// A call on its way from one thread to another. Qt's queues order the two by themselves; but a distribution's Qt is not
/// instrumented, so ThreadSanitizer sees neither its mutexes nor its futexes and would take everything handed over for a
/// race, or, if told to look away from Qt, miss the real ones. The seal is an order both the standard and the sanitizer
/// understand: whatever was written before the call was moved into the queue is seen by who runs, or drops, the call.
template <class Call>
class SealedCall {
public:
    explicit SealedCall(Call call) : m_call(std::move(call)) { seal(); }
    /// Runs on the sending thread, after the queue's own head of the entry has been written: the queue holds a moved call.
    SealedCall(SealedCall&& other) : m_call(std::move(other.m_call)) { seal(); }
    SealedCall& operator=(SealedCall&&) = delete;
    ~SealedCall() { open(); }

    void operator()()
    {
        open();
        m_call();
    }

private:
    void seal() { m_sealed.store(true, std::memory_order_release); }
    void open() const { (void)m_sealed.load(std::memory_order_acquire); }

    Call m_call;
    std::atomic<bool> m_sealed{false};
};

/// Calls `call()` on the thread of `context`, from its event loop: always later, never from within this call. Dropped when
/// `context` is gone by then. Any thread; the way everything here gets from one thread to another.
template <class Call>
void postTo(QObject* context, Call&& call)
{
    QMetaObject::invokeMethod(context, SealedCall<std::decay_t<Call>>(std::forward<Call>(call)), Qt::QueuedConnection);
}

/// Runs `call()` once on a thread of the pool, calls of a higher priority first. Dropped by QThreadPool::clear().
template <class Call>
void startOn(QThreadPool& pool, Call&& call, int priority = 0)
{
    class Task final : public QRunnable {
    public:
        explicit Task(SealedCall<std::decay_t<Call>> sealed) : m_sealed(std::move(sealed)) {}
        void run() override { m_sealed(); }

    private:
        SealedCall<std::decay_t<Call>> m_sealed;
    };
    pool.start(new Task(SealedCall<std::decay_t<Call>>(std::forward<Call>(call))), priority);
}

} // namespace layerline
