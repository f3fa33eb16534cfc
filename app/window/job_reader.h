// What is inside of the ended jobs of the runs on screen: asked for once, and again while that may tell more.
#pragma once

#include "app/window/log_failures.h"
#include "domain/clock.h"
#include "sources/github/run_details.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace layerline {

using JobDetailsPtr = std::shared_ptr<const JobDetails>;

/// Lives on the GUI thread.
class JobReader : public QObject {
    Q_OBJECT
public:
    /// Both must outlive this.
    JobReader(GitHubApi& api, const Clock& clock, QObject* parent = nullptr);

    /// What was not there is asked for again after this, then after twice as long, six times in all. For tests.
    void setWait(std::chrono::milliseconds wait) { m_wait = wait; }

    /// Asks for the jobs of a run that have ended, each once.
    void load(const Run& run);
    /// Asks anew for whatever was not to be had, at somebody's wish or because the network is back.
    void loadMissed(const Run& run);
    /// Another server: its numbers mean other jobs.
    void forget();
    /// As if it had been loaded: a recorded example's.
    void keep(const JobDetailsPtr& details) { m_read[details->job] = details; }
    void drop(std::int64_t job) { m_read.erase(job); }

    /// Null while nothing is known of a job.
    JobDetailsPtr of(std::int64_t job) const;
    /// Empty while its log is being read through: changed() tells when it was.
    std::vector<RecognisedFailure> failuresOf(const JobDetails& details);
    /// A job's log may still come: GitHub stores it some time after the job's end.
    bool logMayCome(const RunJob& job) const;
    /// More tries will follow by themselves.
    bool triesOn(std::int64_t job) const { return m_waiting.count(job) > 0; }

Q_SIGNALS:
    /// `other`: in place of something else that was read of this job before.
    void read(const std::shared_ptr<const layerline::JobDetails>& details, bool other);
    /// It is time for load() again, if that run is still looked at.
    void due(const layerline::RunKey& run);
    /// The failures in a log are known now.
    void changed();

private:
    void take(const JobDetailsPtr& details);
    void tryLater(const JobDetails& details);
    void makeDetails();

    GitHubApi& m_api;
    const Clock& m_clock;
    std::unique_ptr<RunDetails> m_details;
    LogFailures m_failures;
    std::map<std::int64_t, RunJob> m_jobs;         ///< those asked for, as they were then
    std::map<std::int64_t, JobDetailsPtr> m_read;
    std::set<std::int64_t> m_asked;                ///< their details are on their way or here
    std::set<std::int64_t> m_waiting;              ///< a further try is due later
    std::map<std::int64_t, int> m_tries;           ///< how many there were after the first
    std::chrono::milliseconds m_wait{5'000};
};

} // namespace layerline
