#include "sources/github/request_scheduler.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace layerline {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t longestWait = 7 * 24 * 60; ///< minutes; beyond it the number is nonsense

int cost(RequestKind kind) { return kind == RequestKind::Write ? 5 : 1; }

std::optional<std::int64_t> number(const std::string& text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return {};
    return value;
}

/// Seconds until the epoch second `at`, by the server's clock when it tells it.
std::int64_t secondsUntil(std::int64_t at, Timestamp now, const HttpHeaders& headers)
{
    const OptionalTime date = httpDate(headerValue(headers, "date"));
    return at - (date ? date->ns : now.ns) / second;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace

bool isRateLimit(int status, const HttpHeaders& headers, std::string_view body)
{
    if (status == 429)
        return true;
    if (status != 403)
        return false;
    return !headerValue(headers, "retry-after").empty() || headerValue(headers, "x-ratelimit-remaining") == "0" || contains(body, "rate limit")
        || contains(body, "abuse detection");
}

RequestScheduler::RequestScheduler(SchedulerPace pace) : m_pace(pace) {}

void RequestScheduler::add(Id id, RequestKind kind, RequestPriority priority)
{
    m_waiting.push_back({id, kind, priority, ++m_order, 0});
}

bool RequestScheduler::remove(Id id)
{
    return std::erase_if(m_waiting, [id](const Entry& entry) { return entry.id == id; }) > 0;
}

const RequestScheduler::Entry* RequestScheduler::first() const
{
    const auto at = std::min_element(m_waiting.begin(), m_waiting.end(), [](const Entry& a, const Entry& b) {
        return a.priority != b.priority ? a.priority < b.priority : a.order < b.order;
    });
    return at == m_waiting.end() ? nullptr : &*at;
}

/// The earliest moment the entry may go; empty: at once.
OptionalTime RequestScheduler::mayStart(const Entry& entry) const
{
    OptionalTime start = m_blocked;
    const auto notBefore = [&](Timestamp time) { start = start ? std::max(*start, time) : time; };
    if (entry.kind == RequestKind::Write && m_lastWrite)
        notBefore(*m_lastWrite + m_pace.betweenWrites);
    // The window of a minute: how many of the oldest must have left it before this one fits.
    int points = cost(entry.kind), writes = entry.kind == RequestKind::Write ? 1 : 0;
    for (const Sent& sent : m_sent) {
        points += sent.points;
        writes += sent.points > 1;
    }
    for (const Sent& sent : m_sent) {
        const bool tooMany = points > m_pace.pointsPerMinute || (entry.kind == RequestKind::Write && writes > m_pace.writesPerMinute);
        if (!tooMany)
            break;
        notBefore(sent.at + Duration{minute});
        points -= sent.points;
        writes -= sent.points > 1;
    }
    return start;
}

void RequestScheduler::forgetOld(Timestamp now)
{
    while (!m_sent.empty() && now - m_sent.front().at >= Duration{minute})
        m_sent.pop_front();
    if (m_blocked && *m_blocked <= now)
        m_blocked.reset();
}

std::optional<RequestScheduler::Id> RequestScheduler::next(Timestamp now)
{
    if (m_flying)
        return {};
    forgetOld(now);
    const Entry* entry = first();
    if (!entry)
        return {};
    if (const OptionalTime start = mayStart(*entry); start && *start > now)
        return {};
    m_flying = *entry;
    remove(m_flying->id);
    m_sent.push_back({now, cost(m_flying->kind)});
    if (m_flying->kind == RequestKind::Write)
        m_lastWrite = now;
    ++m_counters.total;
    return m_flying->id;
}

OptionalTime RequestScheduler::wakeAt(Timestamp now) const
{
    const Entry* entry = m_flying ? nullptr : first();
    if (!entry)
        return {};
    const OptionalTime start = mayStart(*entry);
    return start && *start > now ? *start : now;
}

OptionalTime RequestScheduler::blockedUntil(Timestamp now) const
{
    return m_blocked && *m_blocked > now ? m_blocked : OptionalTime{};
}

void RequestScheduler::readBudget(Timestamp now, const HttpHeaders& headers)
{
    const std::string resource = headerValue(headers, "x-ratelimit-resource");
    if (!resource.empty() && resource != "core")
        return; // search and others have quotas of their own
    const auto limit = number(headerValue(headers, "x-ratelimit-limit")), remaining = number(headerValue(headers, "x-ratelimit-remaining"));
    if (!remaining || *remaining < 0)
        return;
    if (limit && *limit > 0)
        m_budget.limit = int(std::min<std::int64_t>(*limit, 1'000'000));
    m_budget.remaining = int(std::min<std::int64_t>(*remaining, 1'000'000));
    const auto reset = number(headerValue(headers, "x-ratelimit-reset"));
    if (!reset || *reset < 0 || *reset > 100'000'000'000)
        return;
    const std::int64_t wait = secondsUntil(*reset, now, headers);
    // One second more: both of the server's times are rounded down.
    m_budget.resets = now + Duration{(std::clamp<std::int64_t>(wait, -1, longestWait * 60) + 1) * second};
    if (m_budget.remaining == 0 && *m_budget.resets > now)
        m_blocked = std::max(m_blocked.value_or(now), *m_budget.resets);
}

Duration RequestScheduler::limitWait(Timestamp now, const HttpHeaders& headers) const
{
    const std::string after = headerValue(headers, "retry-after");
    std::optional<std::int64_t> wait = number(after);
    if (!wait) {
        if (const OptionalTime date = httpDate(after))
            wait = secondsUntil(date->ns / second, now, headers);
    }
    if (!wait && headerValue(headers, "x-ratelimit-remaining") == "0") {
        if (const auto reset = number(headerValue(headers, "x-ratelimit-reset")); reset && *reset > 0 && *reset < 100'000'000'000)
            wait = secondsUntil(*reset, now, headers) + 1;
    }
    if (wait && *wait > 0)
        return {std::min(*wait, longestWait * 60) * second};
    Duration backoff = m_pace.secondaryFloor;
    for (int i = 0; i < m_refusals && backoff < m_pace.longestBackoff; ++i)
        backoff.ns *= 2;
    return std::min(backoff, m_pace.longestBackoff);
}

RequestScheduler::Verdict RequestScheduler::finished(Timestamp now, int status, const HttpHeaders& headers, std::string_view body)
{
    if (!m_flying)
        return Verdict::Deliver;
    Entry entry = *m_flying;
    m_flying.reset();
    if (status == 304)
        ++m_counters.notModified;
    readBudget(now, headers);
    if (!isRateLimit(status, headers, body)) {
        m_refusals = 0;
        return Verdict::Deliver;
    }
    ++m_counters.limited;
    const Timestamp until = now + limitWait(now, headers);
    ++m_refusals;
    m_blocked = std::max(m_blocked.value_or(now), until);
    if (++entry.refused >= m_pace.attempts)
        return Verdict::Deliver;
    m_waiting.push_back(entry);
    return Verdict::Again;
}

void RequestScheduler::failed() { m_flying.reset(); }

void RequestScheduler::tokenChanged()
{
    m_budget = {};
    m_blocked.reset();
    m_refusals = 0;
    m_sent.clear();
}

} // namespace layerline
