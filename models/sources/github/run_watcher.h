// Watches the runs of repositories. Lives on the thread of its session (the window's, a command's) and never blocks it.
#pragma once

#include "domain/clock.h"
#include "domain/pipeline.h"
#include "sources/github/github_api.h"
#include "sources/github/job_platforms.h"
#include "sources/github/watch_plan.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerline {

using RunPtr = std::shared_ptr<const Run>;

struct RunWatchOptions {
    WatchPace pace;
    int runsPerRepository = 30;  ///< the newest that are asked for at each look
    int jobsOfNewest = 5;        ///< finished runs whose jobs are read without being asked for
    int activeAtOnce = 5;        ///< active runs whose jobs one look reads; more take turns
    int keptRuns = 200;          ///< of a repository; the oldest finished ones are forgotten
};

/// How the watch of one repository goes.
struct RepositoryStatus {
    std::string repository;
    std::optional<Error> problem; ///< of the last look
    OptionalTime lastSeen;        ///< of the last successful look
    OptionalTime nextLook;        ///< empty while one is under way
    int activeRuns = 0;
};

/// A repository costs one request a look, plus one for the jobs of each active run: every 6 s while a run is under way,
/// else every 30 to 60 s, all of them conditional. Slower when the quota runs low; nothing while a limit holds.
/// Slots of its signals must not call unwatch() before they return.
class RunWatcher : public QObject {
    Q_OBJECT
public:
    /// `api` and `clock` must outlive this. `api` should have been made with RequestPriority::Poll.
    RunWatcher(GitHubApi& api, const Clock& clock, RunWatchOptions options = {}, QObject* parent = nullptr);
    ~RunWatcher() override;

    /// "owner/name"; looked at at once.
    void watch(const std::string& repository);
    void unwatch(const std::string& repository);
    std::vector<std::string> repositories() const;
    void refresh(const std::string& repository);
    /// The run on screen: its jobs are read first, and it is read by itself when the newest runs do not hold it. One at a time.
    void setFocus(std::optional<RunKey> run);
    /// Watches this run and nothing else of its repository (the command line).
    void watchRun(const RunKey& run);
    /// What others found out about a run's jobs, by job id; the run is announced again when that changes it.
    void setPlatformHints(const RunKey& run, std::map<std::int64_t, PlatformHint> hints);
    /// Looks at what is due by the clock. Its own timer does that; a clock that jumps needs somebody to say so.
    void wake();

    /// Newest first.
    std::vector<RunPtr> runs(const std::string& repository) const;
    RunPtr run(const RunKey& key) const;
    RepositoryStatus status(const std::string& repository) const;
    const RateBudget& budget() const { return m_api.session().budget(); }
    bool offline() const { return m_offline; }

Q_SIGNALS:
    /// New, or anything in it is different. A snapshot: it never changes.
    void runChanged(const layerline::RunPtr& run);
    /// Forgotten: deleted on GitHub, too old, or its repository is no longer watched.
    void runForgotten(const QString& repository, qint64 id);
    /// A job reached its end while being watched, or was found ended: its log can be read.
    void jobEnded(const layerline::RunPtr& run, qint64 job);
    /// Problem, next look or number of active runs.
    void repositoryChanged(const QString& repository);
    void budgetChanged();
    void offlineChanged(bool offline);

private:
    struct Watched;
    struct Look;

    void scheduleWake();
    void look(const std::string& repository);
    void takeRuns(const std::shared_ptr<Look>& look, Result<Listing<Run>> got);
    void lookAtMissing(const std::shared_ptr<Look>& look);
    void forget(Watched& watched, std::int64_t run);
    void readJobs(const std::shared_ptr<Look>& look);
    void takeJobs(const std::shared_ptr<Look>& look, Run run, Result<Listing<RunJob>> got);
    std::vector<Run> wantedJobs(Watched& watched, const std::vector<Run>& runs) const;
    bool keep(Watched& watched, Run run, bool jobsRead);
    void announceEnds(const RunPtr& before, const RunPtr& after);
    void forgetOld(Watched& watched);
    void finish(const std::shared_ptr<Look>& look);
    void setOffline(bool offline);

    GitHubApi& m_api;
    const Clock& m_clock;
    RunWatchOptions m_options;
    WatchPlan m_plan;
    std::map<std::string, std::unique_ptr<Watched>> m_watched;
    std::optional<RunKey> m_focus;
    bool m_offline = false;
    QTimer m_timer;
};

} // namespace layerline

Q_DECLARE_METATYPE(layerline::RunPtr)
