// When the next request to GitHub may go. Pure: no network, no timer; the time comes in by argument.
#pragma once

#include "domain/time.h"
#include "sources/http/http_types.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

namespace layerline {

/// What GitHub said last about the token's hourly quota.
struct RateBudget {
    int limit = 0;       ///< requests an hour; 0 = not known yet
    int remaining = 0;
    OptionalTime resets; ///< by our own clock, whatever the server's says
    friend bool operator==(const RateBudget&, const RateBudget&) = default;
};

struct RequestCounters {
    std::uint64_t total = 0;       ///< sent, repetitions included
    std::uint64_t notModified = 0; ///< 304: free of charge with a token
    std::uint64_t limited = 0;     ///< turned away by a rate limit
};

enum class RequestKind { Read, Write };
/// What a person waits for goes first, what is looked at now and then last.
enum class RequestPriority { Action, Fetch, Poll };

struct SchedulerPace {
    Duration betweenWrites{1'000'000'000};
    Duration secondaryFloor{60'000'000'000};       ///< wait when GitHub names no time; doubles with each refusal in a row
    Duration longestBackoff{3'600'000'000'000};
    int pointsPerMinute = 900;                     ///< a read counts 1, a write 5
    int writesPerMinute = 80;
    int attempts = 4;                              ///< of one request that a limit turns away, before the refusal is handed over
};

/// One token's queue, one request at a time. Rules: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
///  - after 403/429 nothing at all is sent before Retry-After, else (remaining 0) x-ratelimit-reset, else the back-off has passed;
///  - a remaining of 0 stops the queue before GitHub has to refuse;
///  - the server's times are read against its own Date header, so that a wrong clock here does no harm.
class RequestScheduler {
public:
    using Id = std::uint64_t;
    enum class Verdict {
        Deliver, ///< the answer is the requester's
        Again,   ///< a limit turned it away: it stands in the queue again
    };

    explicit RequestScheduler(SchedulerPace pace = {});

    void add(Id id, RequestKind kind, RequestPriority priority);
    /// Takes a waiting request out; false when it is not waiting.
    bool remove(Id id);
    /// The request to send now, if one may go. It is in flight until finished() or failed().
    std::optional<Id> next(Timestamp now);
    Verdict finished(Timestamp now, int status, const HttpHeaders& headers, std::string_view body);
    /// No answer came (network, cancelled).
    void failed();
    /// Quota and limits belong to the token; what waits stays.
    void tokenChanged();

    /// When next() may give something: `now` or later; empty when nothing waits or one is in flight.
    OptionalTime wakeAt(Timestamp now) const;
    /// Until when a limit holds everything back; empty when none does.
    OptionalTime blockedUntil(Timestamp now) const;
    const RateBudget& budget() const { return m_budget; }
    const RequestCounters& counters() const { return m_counters; }
    std::size_t waiting() const { return m_waiting.size(); }
    bool inFlight() const { return m_flying.has_value(); }

private:
    struct Entry {
        Id id = 0;
        RequestKind kind = RequestKind::Read;
        RequestPriority priority = RequestPriority::Poll;
        std::uint64_t order = 0;
        int refused = 0;
    };
    struct Sent {
        Timestamp at;
        int points = 1;
    };

    const Entry* first() const;
    OptionalTime mayStart(const Entry& entry) const;
    void forgetOld(Timestamp now);
    void readBudget(Timestamp now, const HttpHeaders& headers);
    Duration limitWait(Timestamp now, const HttpHeaders& headers) const;

    SchedulerPace m_pace;
    std::deque<Entry> m_waiting;
    std::optional<Entry> m_flying;
    std::uint64_t m_order = 0;
    std::deque<Sent> m_sent;      ///< of the last minute
    OptionalTime m_lastWrite;
    OptionalTime m_blocked;
    int m_refusals = 0;           ///< in a row
    RateBudget m_budget;
    RequestCounters m_counters;
};

/// True for 429 and for the 403s that mean a limit and not a missing permission.
bool isRateLimit(int status, const HttpHeaders& headers, std::string_view body);

} // namespace layerline
