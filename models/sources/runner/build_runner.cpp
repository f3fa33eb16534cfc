#include "sources/runner/build_runner.h"

#include "domain/clock.h"
#include "domain/secret_names.h"
#include "sources/runner/client_process.h"

#include <QSocketNotifier>

#include <algorithm>
#include <csignal>

#include <unistd.h>

namespace layerline {

namespace {

/// A process that dies changes no file: it is looked for this often while something runs.
constexpr int lookEveryMs = 500;

/// To the lanes that have not ended. A number that another process has by now is left alone.
void signalOpen(const BuildJob& job, int number)
{
    for (const JobLane& lane : job.lanes) {
        if (!ended(lane.state))
            signalGroup(lane.process, number);
    }
}

} // namespace

BuildRunner::BuildRunner(JobStore store, std::vector<std::string> supervisor, QObject* parent)
    : QObject(parent), m_store(std::move(store)), m_supervisor(std::move(supervisor))
{
    qRegisterMetaType<BuildJob>();
    m_timer.setInterval(lookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &BuildRunner::look);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &BuildRunner::look);
    m_store.tidy();
    for (const BuildJob& job : m_store.list())
        notice(job);
}

BuildRunner::~BuildRunner()
{
    for (const auto& [id, notifier] : m_starting)
        ::close(int(notifier->socket()));
}

namespace {

void placeMetadata(std::vector<std::string>& command, const std::string& path)
{
    std::replace(command.begin(), command.end(), std::string(metadataPlaceholder), path);
}

} // namespace

Result<std::string> BuildRunner::start(BuildJob job, JobSecrets secrets)
{
    job.state = JobState::Queued;
    job.created = SystemClock().now();
    job.variables.clear();
    for (const auto& [name, value] : secrets.variables)
        job.variables.push_back(name);
    for (JobLane& lane : job.lanes) {
        for (std::string& argument : lane.command)
            argument = maskedText(argument);
    }
    if (auto created = m_store.create(job); !created)
        return created.error();
    for (std::size_t at = 0; at < job.lanes.size(); ++at) {
        placeMetadata(job.lanes[at].command, m_store.metadataOf(job, at));
        if (at < secrets.commands.size())
            placeMetadata(secrets.commands[at], m_store.metadataOf(job, at));
    }
    if (auto written = m_store.write(job); !written)
        return written.error();
    if (auto launched = launch(job, secrets); !launched)
        return launched.error();
    return job.id;
}

Result<void> BuildRunner::launch(const BuildJob& job, const JobSecrets& secrets)
{
    std::vector<std::string> command = m_supervisor;
    command.push_back(job.id);
    const auto started = startDetached(command, jobSecretsJson(secrets));
    if (!started) {
        BuildJob failed = job;
        failed.state = JobState::Failed;
        failed.error = started.error().detail;
        failed.ended = SystemClock().now();
        if (auto written = m_store.write(failed); !written)
            return written;
        notice(failed);
        return started.error();
    }
    notice(job);
    const int fd = started.value();
    auto notifier = std::make_unique<QSocketNotifier>(fd, QSocketNotifier::Read);
    connect(notifier.get(), &QSocketNotifier::activated, this, [this, id = job.id, fd] { onReady(id, fd); });
    m_starting[job.id] = std::move(notifier);
    return {};
}

void BuildRunner::onReady(const std::string& id, int fd)
{
    char buffer[16] = {};
    const ssize_t count = ::read(fd, buffer, sizeof buffer);
    const auto starting = m_starting.find(id);
    if (starting == m_starting.end())
        return;
    starting->second->setEnabled(false);
    starting->second.release()->deleteLater(); // we are called by it
    m_starting.erase(starting);
    ::close(fd);
    auto job = m_store.read(id);
    if (!job)
        return;
    if (count <= 0 && job->supervisor.pid == 0) {
        job->state = JobState::Failed;
        job->error = "the process that should look after the build could not take it over";
        job->ended = SystemClock().now();
        [[maybe_unused]] const auto written = m_store.write(*job);
    }
    notice(*job);
}

Result<void> BuildRunner::retry(const std::string& id, const std::vector<std::string>& lanes, const JobSecrets& secrets)
{
    auto read = m_store.read(id);
    if (!read)
        return read.error();
    BuildJob job = std::move(*read);
    if (!ended(job.state))
        return Error{ErrorKind::BadInput, id + " still runs", false};
    for (const std::string& name : job.variables) {
        if (!secrets.variables.count(name))
            return Error{ErrorKind::BadInput, "the variable " + name + " is needed again: set it in the environment", false};
    }
    bool any = false;
    for (JobLane& lane : job.lanes) {
        const bool wanted = lanes.empty() ? lane.state != JobState::Done : std::find(lanes.begin(), lanes.end(), lane.name) != lanes.end();
        if (!wanted)
            continue;
        for (const std::string& argument : lane.command) {
            if (argument.find(secretMask) != std::string::npos)
                return Error{ErrorKind::BadInput, "its command was kept without the secret-looking part of \"" + argument + "\": start it anew", false};
        }
        lane.state = JobState::Queued;
        any = true;
    }
    for (const std::string& name : lanes) {
        if (!job.lane(name))
            return Error{ErrorKind::BadInput, id + " has no lane " + name, false};
    }
    if (!any && (!job.merge || job.merge->verified))
        return Error{ErrorKind::BadInput, "nothing of " + id + " is left to retry", false};
    job.state = JobState::Queued;
    job.supervisor = {};
    job.created = SystemClock().now();
    job.ended.reset();
    if (auto written = m_store.write(job); !written)
        return written;
    return launch(job, secrets);
}

Result<void> BuildRunner::cancel(const std::string& id)
{
    const auto job = m_store.read(id);
    if (!job)
        return job.error();
    const BuildJob& found = job.value();
    if (ended(found.state))
        return Error{ErrorKind::BadInput, id + " has ended already", false};
    if (found.supervisor.alive()) {
        ::kill(found.supervisor.pid, SIGINT);
        return {};
    }
    if (found.supervisor.pid == 0)
        return Error{ErrorKind::Unreachable, id + " is only just starting: try again", true};
    // Nobody is left to do it, and nobody else writes its state.
    BuildJob asked = found;
    asked.cancelAsked = true;
    // Noted before, so that nobody takes its end for a loss; a full disk keeps no process alive.
    auto written = m_store.write(asked);
    signalOpen(asked, SIGINT);
    m_interrupted.insert(id);
    // Those that did not listen then. A lane that was started anew has another process, which is left alone.
    QTimer::singleShot(m_interruptLimit, this, [asked] { signalOpen(asked, SIGKILL); });
    return written;
}

std::vector<BuildJob> BuildRunner::jobs() const
{
    std::vector<BuildJob> list;
    for (const auto& [id, job] : m_jobs)
        list.push_back(job);
    std::stable_sort(list.begin(), list.end(), [](const BuildJob& a, const BuildJob& b) { return a.created.value_or(Timestamp{}) > b.created.value_or(Timestamp{}); });
    return list;
}

std::vector<BuildJob> BuildRunner::running() const
{
    std::vector<BuildJob> list = jobs();
    std::erase_if(list, [](const BuildJob& job) { return ended(job.state); });
    return list;
}

void BuildRunner::look()
{
    std::vector<std::string> open;
    for (const auto& [id, job] : m_jobs) {
        if (!ended(job.state))
            open.push_back(id);
    }
    for (const std::string& id : open) {
        if (auto job = m_store.read(id))
            notice(*job);
    }
}

void BuildRunner::notice(const BuildJob& job)
{
    const auto known = m_jobs.find(job.id);
    if (known != m_jobs.end() && known->second == job)
        return;
    const bool wasRunning = known != m_jobs.end() && !ended(known->second.state);
    m_jobs[job.id] = job;
    const QString folder = QString::fromStdString(m_store.folderOf(job.id));
    if (!ended(job.state) && !m_watcher.directories().contains(folder))
        m_watcher.addPath(folder);
    else if (ended(job.state) && m_watcher.directories().contains(folder))
        m_watcher.removePath(folder);
    if (running().empty())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
    Q_EMIT changed(job);
    if (wasRunning && ended(job.state))
        Q_EMIT finished(job);
}

} // namespace layerline
