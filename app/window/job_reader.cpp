#include "app/window/job_reader.h"

#include <QTimer>

#include <algorithm>

namespace layerline {

namespace {

constexpr int mostTries = 6;

bool ran(const RunJob& job) { return job.state == RunState::Completed && job.conclusion != Conclusion::Skipped && job.started; }

} // namespace

JobReader::JobReader(GitHubApi& api, const Clock& clock, QObject* parent) : QObject(parent), m_api(api), m_clock(clock)
{
    qRegisterMetaType<RunKey>();
    connect(&m_failures, &LogFailures::found, this, &JobReader::changed);
    makeDetails();
}

void JobReader::makeDetails()
{
    m_details = std::make_unique<RunDetails>(m_api);
    connect(m_details.get(), &RunDetails::ready, this, &JobReader::take);
}

void JobReader::forget()
{
    m_jobs.clear();
    m_read.clear();
    m_asked.clear();
    m_waiting.clear();
    m_tries.clear();
    makeDetails();
}

void JobReader::load(const Run& run)
{
    for (const RunJob& job : run.jobs) {
        if (!ran(job) || m_waiting.count(job.id) || !m_asked.insert(job.id).second)
            continue;
        m_jobs[job.id] = job;
        m_details->load(run, job.id);
    }
}

void JobReader::loadMissed(const Run& run)
{
    for (const RunJob& job : run.jobs) {
        const JobDetailsPtr known = of(job.id);
        if (!known || known->missed.empty())
            continue;
        m_tries.erase(job.id);
        m_waiting.erase(job.id);
        m_details->loadAnew(run, job.id);
    }
}

JobDetailsPtr JobReader::of(std::int64_t job) const
{
    const auto found = m_read.find(job);
    return found == m_read.end() ? nullptr : found->second;
}

std::vector<RecognisedFailure> JobReader::failuresOf(const JobDetails& details)
{
    const auto* found = m_failures.of(details.job, details.log);
    return found ? *found : std::vector<RecognisedFailure>();
}

bool JobReader::logMayCome(const RunJob& job) const
{
    constexpr Duration patience{600'000'000'000}; // of an older job there is none to wait for
    return job.completed && m_clock.now() + m_api.session().clockSkew() - *job.completed <= patience;
}

void JobReader::take(const JobDetailsPtr& details)
{
    const JobDetailsPtr before = of(details->job);
    const bool other = before && !before->batches.empty() && (before->from != details->from || before->batches.size() != details->batches.size());
    m_read[details->job] = details;
    tryLater(*details);
    Q_EMIT read(details, other);
}

/// GitHub takes a while to store the log of a job that has just ended, and nothing tells when it is there; and a finished run gives no
/// news that would lead to another try after the network failed.
void JobReader::tryLater(const JobDetails& details)
{
    const auto job = m_jobs.find(details.job);
    const bool notYet = details.problem && details.problem->kind == ErrorKind::NotFound && job != m_jobs.end() && logMayCome(job->second);
    if (!notYet && !details.worthAnother())
        return;
    const int before = m_tries[details.job]++;
    if (before >= mostTries)
        return;
    m_waiting.insert(details.job);
    QTimer::singleShot(m_wait * (1 << before), this, [this, run = details.run, id = details.job] {
        if (!m_waiting.erase(id))
            return; // somebody was faster
        m_asked.erase(id);
        Q_EMIT due(run);
    });
}

} // namespace layerline
