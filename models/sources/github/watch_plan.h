// Which repository is looked at when. Pure: the time comes in by argument.
#pragma once

#include "domain/time.h"
#include "sources/github/request_scheduler.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

struct WatchPace {
    Duration active{6'000'000'000};      ///< while a run of the repository is under way
    Duration lively{30'000'000'000};     ///< within `livelyFor` of the last change
    Duration idle{60'000'000'000};
    Duration livelyFor{300'000'000'000};
    Duration offlineFirst{10'000'000'000}; ///< after a failed look; doubles
    Duration offlineMost{300'000'000'000};
    Duration refused{600'000'000'000};   ///< after 401, 403, 404: only somebody else can change that
};

/// What a look at a repository brought.
enum class LookOutcome { Same, Changed, Failed, Refused };

/// Polling slows down when the hourly quota runs low, and always on a small one (60 an hour without a token).
class WatchPlan {
public:
    explicit WatchPlan(WatchPace pace = {}) : m_pace(pace) {}

    void add(const std::string& repository, Timestamp now); ///< due at once
    void remove(const std::string& repository);
    /// Due now, whatever was planned.
    void hurry(const std::string& repository, Timestamp now);
    void hurryAll(Timestamp now);
    void setBudget(const RateBudget& budget) { m_budget = budget; }

    /// Repositories to look at now; they are under way until looked() is called.
    std::vector<std::string> due(Timestamp now);
    /// `active`: runs under way. `requests`: what the look cost.
    void looked(const std::string& repository, Timestamp now, LookOutcome outcome, int active, int requests);

    /// When due() gives something next; empty when all are under way or there are none.
    OptionalTime next() const;
    /// When this one is looked at next; empty when it is not watched or under way.
    OptionalTime nextOf(const std::string& repository) const;
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        Timestamp next;
        bool underWay = false;
        bool again = false;     ///< hurried while under way
        OptionalTime changed;
        int failures = 0;
        int cost = 1;
    };
    Duration interval(const Entry& entry, Timestamp now, int active) const;

    WatchPace m_pace;
    RateBudget m_budget;
    std::map<std::string, Entry> m_entries;
};

} // namespace layerline
