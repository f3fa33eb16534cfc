// Starts builds that outlive this program, and finds those again that an earlier one started.
#pragma once

#include "sources/runner/job_store.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

class QSocketNotifier;

namespace layerline {

/// Lives on a thread with an event loop. Reads small files; blocks for no longer than a fork.
///
///     BuildRunner runner;                        // jobs of earlier runs are there at once: runner.jobs()
///     connect(&runner, &BuildRunner::changed, page, [](const BuildJob& job) { ... });
///     auto id = runner.start(job, secrets);      // job.lanes with their commands; see app/build_jobs.h
///     runner.cancel(*id);
class BuildRunner : public QObject {
    Q_OBJECT
public:
    /// `supervisor` starts superviseJob() with the job's id as one more argument.
    explicit BuildRunner(JobStore store = JobStore(), std::vector<std::string> supervisor = {"/proc/self/exe", "__supervise"}, QObject* parent = nullptr);
    ~BuildRunner() override;

    const JobStore& store() const { return m_store; }

    /// Writes the job's folder and starts its process; returns the new id at once. A process that can't do its work is told
    /// by changed() with a failed job. Errors: NotFound, Permission, Internal.
    Result<std::string> start(BuildJob job, JobSecrets secrets);
    /// Runs these lanes again (all that are not Done when empty), and the merge after them. BadInput when the job still
    /// runs, has no such lane, was kept without secret-looking parts or needs a variable that is not in `secrets`.
    Result<void> retry(const std::string& id, const std::vector<std::string>& lanes, const JobSecrets& secrets);
    /// SIGINT now, SIGKILL ten seconds later: by its supervisor, else, as long as this object lives, from here. NotFound, or
    /// BadInput when it has ended. Where no supervisor is left, an error of writing (Permission, Internal) says that its
    /// state won't tell why it ended; its processes are ended all the same: see interrupts().
    Result<void> cancel(const std::string& id);
    /// Its processes were interrupted from here, for want of a supervisor.
    bool interrupts(const std::string& id) const { return m_interrupted.count(id) > 0; }
    /// Between the two, where no supervisor is left to do it.
    void setInterruptLimit(std::chrono::milliseconds limit) { m_interruptLimit = limit; }

    /// All jobs, newest first, as known on the last look.
    std::vector<BuildJob> jobs() const;
    std::vector<BuildJob> running() const;
    /// See JobStore::find().
    Result<BuildJob> find(const std::string& text) const { return m_store.find(text); }

Q_SIGNALS:
    /// A job is new or its state, a lane, a reference or its end changed.
    void changed(const layerline::BuildJob& job);
    /// Once for each job whose end was seen from here.
    void finished(const layerline::BuildJob& job);

private:
    Result<void> launch(const BuildJob& job, const JobSecrets& secrets);
    void look();
    void notice(const BuildJob& job);
    void onReady(const std::string& id, int fd);

    JobStore m_store;
    std::vector<std::string> m_supervisor;
    std::map<std::string, BuildJob> m_jobs;
    std::map<std::string, std::unique_ptr<QSocketNotifier>> m_starting;
    std::set<std::string> m_interrupted;
    QFileSystemWatcher m_watcher;
    QTimer m_timer;
    std::chrono::milliseconds m_interruptLimit{10'000};
};

} // namespace layerline

Q_DECLARE_METATYPE(layerline::BuildJob)
