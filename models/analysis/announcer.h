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
    BuildId build;        ///< "" for a run
    RunKey run;           ///< id 0 for a build
    StepDigest step;      ///< failed build: the first failing step; "" when no step failed
    std::int64_t job = 0; ///< failed or queued run: the job; 0 when none is known
    int jobStep = 0;      ///< failed run: number of the job's first failing step; 0 when none failed
    friend bool operator==(const Announcement&, const Announcement&) = default;
};

struct AnnouncementRules {
    bool successes = true;
    bool failures = true;
    bool queued = true;
    Duration shortest{10'000'000'000};     ///< a success that took less is no news
    Duration queueLimit{600'000'000'000};  ///< a job that waits longer is
    Duration patience{30'000'000'000};     ///< an ended run whose jobs are not read to their end is announced without them after this
    Duration stalest{3'600'000'000'000};   ///< an end that nobody saw coming and that is found later than this is history
    bool onlyMine = false;                 ///< runs: only those `me` started; builds are not told apart
    std::string me;                        ///< GitHub login
    std::set<std::string> muted;           ///< builders and "owner/name"s that stay silent
    bool whileWatched = false;             ///< also while our window is the active one; whoever shows it obeys
};

/// Says each thing once, and only of what it has seen unfinished or what began after the first look at its repository:
/// history that is read at the start is no news.
class Announcer {
public:
    void setRules(AnnouncementRules rules) { m_rules = std::move(rules); }
    const AnnouncementRules& rules() const { return m_rules; }

    /// Call whenever a build's status may have changed. A lost connection is not an end.
    std::optional<Announcement> consider(const Build& build);
    /// The same for a run; `now` is GitHub's clock as far as known. A run's end is news only when its jobs have ended too:
    /// what failed first is not known before. Time alone makes news of a waiting job and of such an end: ask again while
    /// expects() says so.
    std::optional<Announcement> consider(const Run& run, Timestamp now);
    /// A repository was looked at; at the first look everything there is history. `now` as above.
    void looked(const std::string& repository, Timestamp now) { m_since.try_emplace(repository, now); }
    /// It is no longer watched: its next look is a first one.
    void forget(const std::string& repository) { m_since.erase(repository); }
    void forget(const RunKey& run);
    /// True while time alone may make news of the run.
    bool expects(const Run& run) const;

private:
    std::optional<Announcement> endOf(const Run& run) const;
    std::optional<Announcement> tooLong(const Run& run, Timestamp now);
    bool isSilent(const Run& run) const;
    bool isUnseenNews(const Run& run, Timestamp now) const;

    AnnouncementRules m_rules;
    std::set<BuildId> m_runningBuilds;
    std::map<RunKey, int> m_runningRuns;     ///< the attempt that was seen unfinished
    std::map<RunKey, Timestamp> m_ended;     ///< since when an end waits for its jobs
    std::map<RunKey, int> m_doneRuns;        ///< the attempt whose end was dealt with
    std::map<std::string, Timestamp> m_since; ///< first look, by repository
    std::set<std::pair<RunKey, std::int64_t>> m_queuedSaid;
};

} // namespace layerline
