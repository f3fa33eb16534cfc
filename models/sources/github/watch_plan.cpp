#include "sources/github/watch_plan.h"

#include <algorithm>

namespace layerline {

namespace {

Duration times(Duration duration, std::int64_t factor) { return {duration.ns * factor}; }

} // namespace

void WatchPlan::add(const std::string& repository, Timestamp now)
{
    if (!m_entries.count(repository))
        m_entries[repository].next = now;
}

void WatchPlan::remove(const std::string& repository) { m_entries.erase(repository); }

void WatchPlan::hurry(const std::string& repository, Timestamp now)
{
    const auto at = m_entries.find(repository);
    if (at == m_entries.end())
        return;
    at->second.next = now;
    at->second.again = at->second.underWay;
}

void WatchPlan::hurryAll(Timestamp now)
{
    for (auto& [repository, entry] : m_entries) {
        entry.next = now;
        entry.again = entry.underWay;
    }
}

std::vector<std::string> WatchPlan::due(Timestamp now)
{
    std::vector<std::string> list;
    for (auto& [repository, entry] : m_entries) {
        if (entry.underWay || entry.next > now)
            continue;
        entry.underWay = true;
        list.push_back(repository);
    }
    return list;
}

Duration WatchPlan::interval(const Entry& entry, Timestamp now, int active) const
{
    const bool lively = entry.changed && now - *entry.changed < m_pace.livelyFor;
    Duration wait = active > 0 ? m_pace.active : lively ? m_pace.lively : m_pace.idle;
    if (m_budget.limit <= 0)
        return wait;
    // Four fifths of the quota may go to looking, shared by all. With a token most looks cost nothing (304), so that only a
    // small quota has to be spread in advance.
    if (m_budget.limit <= 1000) {
        const std::int64_t cost = std::max(1, entry.cost) * std::int64_t(m_entries.size());
        wait = std::max(wait, Duration{3600'000'000'000 / std::max<std::int64_t>(1, m_budget.limit * 4 / 5) * cost});
    }
    const double left = double(m_budget.remaining) / m_budget.limit;
    if (left < 0.1)
        return times(wait, 10);
    if (left < 0.25)
        return times(wait, active > 0 ? 2 : 4);
    if (left < 0.5 && active == 0)
        return times(wait, 2);
    return wait;
}

void WatchPlan::looked(const std::string& repository, Timestamp now, LookOutcome outcome, int active, int requests)
{
    const auto at = m_entries.find(repository);
    if (at == m_entries.end())
        return;
    Entry& entry = at->second;
    entry.underWay = false;
    entry.cost = std::max(1, requests);
    if (outcome == LookOutcome::Failed) {
        const Duration wait = times(m_pace.offlineFirst, std::int64_t(1) << std::min(entry.failures, 10));
        ++entry.failures;
        entry.next = now + std::min(wait, m_pace.offlineMost);
    } else if (outcome == LookOutcome::Refused) {
        entry.next = now + m_pace.refused;
    } else {
        entry.failures = 0;
        if (outcome == LookOutcome::Changed)
            entry.changed = now;
        entry.next = now + interval(entry, now, active);
    }
    if (entry.again)
        entry.next = now;
    entry.again = false;
}

OptionalTime WatchPlan::next() const
{
    OptionalTime first;
    for (const auto& [repository, entry] : m_entries) {
        if (!entry.underWay)
            first = first ? std::min(*first, entry.next) : entry.next;
    }
    return first;
}

OptionalTime WatchPlan::nextOf(const std::string& repository) const
{
    const auto at = m_entries.find(repository);
    return at == m_entries.end() || at->second.underWay ? OptionalTime{} : OptionalTime(at->second.next);
}

} // namespace layerline
