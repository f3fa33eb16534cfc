// When something is worth telling a person who looks elsewhere. Pure.
#pragma once

#include "domain/build.h"
#include "domain/pipeline.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace layerline {

struct Announcement {
    enum class Kind { BuildSucceeded, BuildFailed, RunSucceeded, RunFailed, QueuedTooLong };
    Kind kind = Kind::BuildSucceeded;
    std::string key;      ///< what it is about; a later one with the same key takes its place on the screen
    std::string name;     ///< the build's or the run's
    std::string origin;   ///< builder, or "owner/name"
    std::string subject;  ///< failed: the first failing step or job; queued: the job
    std::string label;    ///< queued: the runner's label
    Duration time;        ///< how long it took; queued: how long it has waited
    friend bool operator==(const Announcement&, const Announcement&) = default;
};

struct AnnouncementRules {
    bool successes = true;
    bool failures = true;
    bool queued = true;
    Duration shortest{10'000'000'000};     ///< a success that took less is no news
    Duration queueLimit{600'000'000'000};  ///< a job that waits longer is
    bool onlyMine = false;                 ///< runs: only those `me` started
    std::string me;                        ///< GitHub login
    std::set<std::string> muted;           ///< builders and "owner/name"s that stay silent
};

/// Says each thing once, and only of what it has seen unfinished: history that is read at the start is no news.
class Announcer {
public:
    void setRules(AnnouncementRules rules) { m_rules = std::move(rules); }
    const AnnouncementRules& rules() const { return m_rules; }

    /// Call whenever a build's status may have changed. A lost connection is not an end.
    std::optional<Announcement> consider(const Build& build);
    /// The same for a run; `now` is GitHub's clock as far as known.
    std::optional<Announcement> consider(const Run& run, Timestamp now);

private:
    std::optional<Announcement> endOf(const Run& run) const;
    std::optional<Announcement> tooLong(const Run& run, Timestamp now);

    AnnouncementRules m_rules;
    std::set<BuildId> m_runningBuilds;
    std::map<RunKey, int> m_runningRuns;     ///< the attempt that was seen unfinished
    std::set<std::pair<RunKey, std::int64_t>> m_queuedSaid;
};

} // namespace layerline
