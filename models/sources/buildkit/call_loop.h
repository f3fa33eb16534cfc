// gRPC calls of one thread: one completion queue, every callback on that thread, no polling.
#pragma once

#include "sources/buildkit/posix.h"

#include <grpcpp/alarm.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/async_unary_call.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace layerline {

class CallLoop;

/// One call with exactly one operation outstanding. Owned by its loop from start() until it has ended.
class AsyncCall {
public:
    virtual ~AsyncCall() = default;
    /// Ends the call soon; its end is reported as usual.
    void cancel() { m_context.TryCancel(); }

protected:
    friend class CallLoop;
    /// The outstanding operation is done. True when the call has ended and can be forgotten.
    virtual bool proceed(bool ok) = 0;
    grpc::ClientContext m_context;
};

/// Runs calls and timers on the thread that calls run(). Only wake() may be called from others.
class CallLoop {
public:
    using TimerId = std::uint64_t;

    CallLoop() = default;
    ~CallLoop();
    CallLoop(const CallLoop&) = delete;
    CallLoop& operator=(const CallLoop&) = delete;

    /// Waits for one operation, timer or wake(), but not beyond `until`, and handles it.
    void run(SteadyTime until);
    /// Makes run() return soon. Any thread.
    void wake();

    TimerId after(std::chrono::milliseconds delay, std::function<void()> what);
    void cancelTimer(TimerId id) { m_timers.erase(id); }
    /// Ends all calls and forgets all timers; returns when no callback can come any more.
    void cancelAll();

    grpc::CompletionQueue* queue() { return &m_queue; }
    void adopt(std::unique_ptr<AsyncCall> call);

private:
    bool next(SteadyTime until);
    void runTimers();

    struct Timer { SteadyTime due; std::function<void()> what; };
    grpc::CompletionQueue m_queue;
    std::unordered_map<AsyncCall*, std::unique_ptr<AsyncCall>> m_calls;
    std::map<TimerId, Timer> m_timers;
    TimerId m_lastTimer = 0;
    std::mutex m_wakeMutex;              ///< guards the two below
    std::unique_ptr<grpc::Alarm> m_wake;
    bool m_wakePending = false;
};

/// A server stream: header, messages, end. The callbacks may cancel it.
template <class Message>
class StreamCall final : public AsyncCall {
public:
    using Reader = std::unique_ptr<grpc::ClientAsyncReader<Message>>;
    using Header = std::multimap<grpc::string_ref, grpc::string_ref>;
    std::function<void(const Header&)> onHeader;
    std::function<void(Message&)> onMessage;
    std::function<void(const grpc::Status&)> onEnd;

    /// `prepare(context, queue)` calls the stub's PrepareAsync function. Returns the call; valid until onEnd.
    template <class Prepare>
    static StreamCall* start(CallLoop& loop, std::unique_ptr<StreamCall> call, Prepare prepare, std::chrono::milliseconds limit = {})
    {
        StreamCall* raw = call.get();
        if (limit.count() > 0)
            raw->m_context.set_deadline(std::chrono::system_clock::now() + limit);
        raw->m_reader = prepare(&raw->m_context, loop.queue());
        loop.adopt(std::move(call));
        raw->m_reader->StartCall(static_cast<AsyncCall*>(raw));
        return raw;
    }

private:
    enum class Step { Starting, Header, Reading, Ending };

    bool proceed(bool ok) override
    {
        AsyncCall* const tag = this;
        if (m_step == Step::Ending) {
            if (onEnd)
                onEnd(m_status);
            return true;
        }
        if (!ok) {
            m_step = Step::Ending;
            m_reader->Finish(&m_status, tag);
            return false;
        }
        if (m_step == Step::Starting) {
            m_step = Step::Header;
            m_reader->ReadInitialMetadata(tag);
            return false;
        }
        if (m_step == Step::Header && onHeader)
            onHeader(m_context.GetServerInitialMetadata());
        if (m_step == Step::Reading && onMessage)
            onMessage(m_message);
        m_step = Step::Reading;
        m_message.Clear();
        m_reader->Read(&m_message, tag);
        return false;
    }

    Step m_step = Step::Starting;
    Reader m_reader;
    Message m_message;
    grpc::Status m_status;
};

/// One question, one answer.
template <class Reply>
class UnaryCall final : public AsyncCall {
public:
    std::function<void(const grpc::Status&, Reply&)> onEnd;

    template <class Prepare>
    static void start(CallLoop& loop, std::unique_ptr<UnaryCall> call, Prepare prepare, std::chrono::milliseconds limit)
    {
        UnaryCall* raw = call.get();
        raw->m_context.set_deadline(std::chrono::system_clock::now() + limit);
        raw->m_reader = prepare(&raw->m_context, loop.queue());
        loop.adopt(std::move(call));
        raw->m_reader->StartCall();
        raw->m_reader->Finish(&raw->m_reply, &raw->m_status, static_cast<AsyncCall*>(raw));
    }

private:
    bool proceed(bool) override
    {
        if (onEnd)
            onEnd(m_status, m_reply);
        return true;
    }

    std::unique_ptr<grpc::ClientAsyncResponseReader<Reply>> m_reader;
    Reply m_reply;
    grpc::Status m_status;
};

} // namespace layerline
