#include "sources/runner/supervisor.h"

#include "domain/clock.h"
#include "domain/secret_names.h"
#include "domain/sha256.h"
#include "sources/buildx/files.h"
#include "sources/buildx/local_state.h"
#include "sources/runner/client_process.h"
#include "sources/runner/index_check.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <functional>
#include <set>

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace layerline {

namespace {

using Steady = std::chrono::steady_clock;

/// builder, node, reference
struct NotedRef {
    std::string builder, node, ref;
    friend auto operator<=>(const NotedRef&, const NotedRef&) = default;
};

/// Everything buildx has noted so far.
std::set<NotedRef> notedRefs(const BuildxEnvironment& environment)
{
    std::set<NotedRef> all;
    for (const std::string& folder : environment.buildxFolders()) {
        for (const std::string& builder : listFolder(folder + "/refs")) {
            if (builder == "__group__")
                continue;
            for (const std::string& node : listFolder(folder + "/refs/" + builder)) {
                for (const std::string& ref : listFolder(folder + "/refs/" + builder + "/" + node)) {
                    if (ref.front() != '.') // buildx writes aside, then renames
                        all.insert({builder, node, ref});
                }
            }
        }
    }
    return all;
}

std::string readAll(int fd)
{
    std::string text;
    char buffer[16384];
    for (;;) {
        const ssize_t count = ::read(fd, buffer, sizeof buffer);
        if (count > 0)
            text.append(buffer, std::size_t(count));
        else if (count == 0 || errno != EINTR)
            return text;
    }
}

class Supervisor {
public:
    Supervisor(const JobStore& store, BuildJob job, JobSecrets secrets, const SupervisorOptions& options)
        : m_store(store), m_job(std::move(job)), m_secrets(std::move(secrets)), m_options(options)
    {
        sigset_t set;
        ::sigemptyset(&set);
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD})
            ::sigaddset(&set, number);
        ::sigprocmask(SIG_BLOCK, &set, nullptr);
        m_signals = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    ~Supervisor() { ::close(m_signals); }

    /// From here on the job is ours.
    Result<void> takeOver()
    {
        m_job.supervisor = ProcessId::of(::getpid());
        m_job.state = JobState::Queued;
        m_job.error.clear();
        m_job.cancelAsked = false;
        m_job.ended.reset();
        return m_store.write(m_job);
    }

    int run()
    {
        waitForPlace();
        if (!m_job.cancelAsked) {
            m_job.state = JobState::Running;
            m_job.started = SystemClock().now();
            for (std::size_t at = 0; at < m_job.lanes.size() && !m_job.cancelAsked; ++at) {
                if (m_job.lanes[at].state == JobState::Queued)
                    startLane(at);
            }
            while (anyRunning())
                step(waitTime());
        }
        finish();
        return m_job.state == JobState::Done ? 0 : 1;
    }

private:
    void save() { [[maybe_unused]] const auto written = m_store.write(m_job); }

    /// The oldest of ours that wait for the builder goes first, when fewer than `limit` of ours run there.
    bool mayStart() const
    {
        int running = 0;
        for (const BuildJob& other : m_store.list()) {
            if (other.id == m_job.id || other.builder != m_job.builder || ended(other.state))
                continue;
            if (other.state != JobState::Queued)
                ++running;
            else if (std::pair(other.created.value_or(Timestamp{}), other.id) < std::pair(m_job.created.value_or(Timestamp{}), m_job.id))
                return false;
        }
        return running < m_job.limit;
    }

    void waitForPlace()
    {
        while (!m_job.cancelAsked && !mayStart())
            step(std::chrono::milliseconds(250));
    }

    void startLane(std::size_t at)
    {
        JobLane& lane = m_job.lanes[at];
        ++lane.attempt;
        lane.started = SystemClock().now();
        lane.ended.reset();
        lane.refs.clear();
        lane.digest.clear();
        lane.error.clear();
        lane.exitCode = -1;
        ::unlink(m_store.metadataOf(m_job, at).c_str());
        m_known = notedRefs(m_options.environment);
        const bool given = at < m_secrets.commands.size() && !m_secrets.commands[at].empty();
        const auto process = startClient({given ? m_secrets.commands[at] : lane.command, m_job.directory, m_secrets.variables, m_store.logOf(m_job, at)});
        if (!process) {
            lane.state = JobState::Failed;
            lane.error = maskedText(process.error().detail);
            lane.ended = SystemClock().now();
        } else {
            lane.process = *process;
            lane.state = JobState::Running;
        }
        save();
        // One after the other: a reference that appears now can only be this lane's.
        const auto deadline = Steady::now() + m_options.refLimit;
        while (lane.state == JobState::Running && lane.refs.empty() && Steady::now() < deadline && !m_job.context.empty())
            step(std::chrono::milliseconds(50));
    }

    /// References noted since the newest lane began, of its context.
    void lookForRefs()
    {
        for (std::size_t at = m_job.lanes.size(); at-- > 0;) {
            JobLane& lane = m_job.lanes[at];
            if (lane.state != JobState::Running || !lane.refs.empty())
                continue;
            std::set<std::string> fresh; // several nodes of one build share a reference
            for (const NotedRef& noted : notedRefs(m_options.environment)) {
                if (m_known.count(noted) || claimed(noted.ref))
                    continue;
                const auto state = readLocalState(m_options.environment, noted.builder, noted.node, noted.ref);
                if (state && isOurs(state->state.localPath))
                    fresh.insert(noted.ref);
            }
            // Two at once: somebody else builds the same folder. The client's own result will tell.
            if (fresh.size() == 1) {
                lane.refs.assign(fresh.begin(), fresh.end());
                save();
            }
            return;
        }
    }

    /// buildx 0.13 notes a URL as if it were a path below the working directory: the slashes after the scheme melt.
    bool isOurs(const std::string& noted) const
    {
        const auto scheme = m_job.context.find("://");
        if (scheme == std::string::npos || noted == m_job.context)
            return noted == m_job.context;
        const std::string melted = m_job.context.substr(0, scheme) + ":/" + m_job.context.substr(scheme + 3);
        return noted.size() > melted.size() && noted.compare(noted.size() - melted.size() - 1, std::string::npos, "/" + melted) == 0;
    }

    bool claimed(const std::string& ref) const
    {
        return std::any_of(m_job.lanes.begin(), m_job.lanes.end(),
                           [&](const JobLane& lane) { return std::find(lane.refs.begin(), lane.refs.end(), ref) != lane.refs.end(); });
    }

    bool anyRunning() const
    {
        return std::any_of(m_job.lanes.begin(), m_job.lanes.end(), [](const JobLane& lane) { return lane.state == JobState::Running; });
    }

    std::chrono::milliseconds waitTime() const
    {
        return m_killAt ? std::max(std::chrono::duration_cast<std::chrono::milliseconds>(*m_killAt - Steady::now()), std::chrono::milliseconds(1))
                        : std::chrono::milliseconds(60'000);
    }

    /// Waits for a signal or the time, and does what is due.
    void step(std::chrono::milliseconds limit)
    {
        pollfd entry{m_signals, POLLIN, 0};
        ::poll(&entry, 1, int(limit.count()));
        signalfd_siginfo info{};
        while (::read(m_signals, &info, sizeof info) == sizeof info) {
            if (info.ssi_signo == SIGINT || info.ssi_signo == SIGTERM)
                cancel();
        }
        reap();
        if (anyRunning() && !m_job.context.empty())
            lookForRefs();
        if (m_killAt && Steady::now() >= *m_killAt) {
            m_killAt.reset();
            forRunning([](const JobLane& lane) { signalGroup(lane.process, SIGKILL); });
        }
    }

    void cancel()
    {
        if (m_job.cancelAsked)
            return;
        m_job.cancelAsked = true;
        m_killAt = Steady::now() + m_options.interruptLimit;
        forRunning([](const JobLane& lane) { signalGroup(lane.process, SIGINT); });
        save();
    }

    void forRunning(const std::function<void(const JobLane&)>& act) const
    {
        for (const JobLane& lane : m_job.lanes) {
            if (lane.state == JobState::Running)
                act(lane);
        }
    }

    void reap()
    {
        for (std::size_t at = 0; at < m_job.lanes.size(); ++at) {
            JobLane& lane = m_job.lanes[at];
            int status = 0;
            if (lane.state != JobState::Running || ::waitpid(lane.process.pid, &status, WNOHANG) != lane.process.pid)
                continue;
            lane.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            lane.ended = SystemClock().now();
            const JobResult result = readMetadata(m_store.metadataOf(m_job, at));
            if (!result.refs.empty())
                lane.refs = result.refs;
            lane.digest = result.digest;
            lane.state = lane.exitCode == 0 ? JobState::Done : m_job.cancelAsked ? JobState::Canceled : JobState::Failed;
            if (lane.state != JobState::Done) {
                if (lane.refs.empty() && !m_job.context.empty()) {
                    lane.state = JobState::Running; // it may have ended between two looks
                    lookForRefs();
                    lane.state = m_job.cancelAsked ? JobState::Canceled : JobState::Failed;
                }
                lane.error = lastError(m_store.logOf(m_job, at), handedOver());
                if (lane.error.empty())
                    lane.error = "the client ended with status " + std::to_string(lane.exitCode);
            }
            save();
        }
    }

    void finish()
    {
        bool failed = false, canceled = false;
        for (JobLane& lane : m_job.lanes) {
            if (lane.state == JobState::Queued)
                lane.state = JobState::Canceled;
            canceled = canceled || lane.state == JobState::Canceled;
            failed = failed || (lane.state != JobState::Done && lane.state != JobState::Canceled);
            if (m_job.error.empty())
                m_job.error = lane.error;
        }
        if (failed || canceled)
            m_job.state = failed ? JobState::Failed : JobState::Canceled;
        else if (m_job.merge)
            merge();
        else
            m_job.state = JobState::Done;
        m_job.ended = SystemClock().now();
        save();
    }

    void merge()
    {
        m_job.state = JobState::Merging;
        save();
        JobMerge& merge = *m_job.merge;
        merge.error.clear();
        merge.verified = false;
        const auto done = mergeAndVerify(merge);
        if (!done)
            merge.error = maskedText(done.error().detail);
        m_job.state = done ? JobState::Done : done.error().kind == ErrorKind::Cancelled ? JobState::Canceled : JobState::Failed;
        m_job.error = merge.error;
    }

    /// Looked at wherever ending still changes something: before the index is pushed nobody has seen any of it.
    bool isToEnd()
    {
        step(std::chrono::milliseconds(0));
        return m_job.cancelAsked;
    }

    static Error endedEarly() { return {ErrorKind::Cancelled, "cancelled before its index was pushed", false}; }

    Result<std::string> inspect(const JobMerge& merge, const std::string& image) const
    {
        std::vector<std::string> command = merge.inspect;
        command.push_back(image);
        return runProgram(command, 120'000);
    }

    Result<void> mergeAndVerify(JobMerge& merge)
    {
        std::vector<std::string> command = merge.command;
        std::vector<PushedPart> parts;
        for (const JobLane& lane : m_job.lanes) {
            if (lane.digest.empty())
                return Error{ErrorKind::NotFound, "the client of " + lane.name + " noted no digest", false};
            command.push_back(merge.repository + "@" + lane.digest);
            PushedPart part{lane.name, lane.digest, {}};
            if (isToEnd())
                return endedEarly();
            const auto raw = inspect(merge, merge.repository + "@" + lane.digest);
            if (!raw)
                return raw.error();
            auto entries = parseIndex(*raw);
            if (entries)
                part.entries = std::move(*entries);
            else if (entries.error().kind != ErrorKind::Unsupported)
                return entries.error();
            parts.push_back(std::move(part));
        }
        if (isToEnd())
            return endedEarly();
        if (const auto created = runProgram(command, 600'000); !created)
            return created.error();
        for (const std::string& tag : merge.tags) {
            if (auto checked = verifyTag(merge, tag, parts); !checked)
                return checked;
        }
        merge.verified = true;
        return {};
    }

    Result<void> verifyTag(JobMerge& merge, const std::string& tag, const std::vector<PushedPart>& parts)
    {
        const auto raw = inspect(merge, tag);
        if (!raw)
            return raw.error();
        const auto entries = parseIndex(*raw);
        if (!entries)
            return entries.error();
        merge.platforms.clear();
        for (const IndexEntry& entry : entries.value()) {
            if (!entry.platform.empty())
                merge.platforms.push_back(entry.platform + " " + entry.digest);
        }
        merge.digest = sha256Digest(*raw);
        return verifyIndex(entries.value(), parts);
    }

    /// Values that a client may have said and that must not be kept.
    std::vector<std::string> handedOver() const
    {
        std::vector<std::string> values;
        for (const auto& [name, value] : m_secrets.variables)
            values.push_back(value);
        return values;
    }

    const JobStore& m_store;
    BuildJob m_job;
    JobSecrets m_secrets;
    SupervisorOptions m_options;
    int m_signals = -1;
    std::set<NotedRef> m_known;
    std::optional<Steady::time_point> m_killAt;
};

} // namespace

int superviseJob(const JobStore& store, const std::string& id, const SupervisorOptions& options)
{
    ::umask(077);
    auto secrets = parseJobSecrets(readAll(STDIN_FILENO));
    auto job = store.read(id);
    if (!secrets || !job)
        return 2;
    Supervisor supervisor(store, std::move(*job), std::move(*secrets), options);
    if (const auto taken = supervisor.takeOver(); !taken)
        return 2;
    // The starter may be gone already: then nobody reads it.
    ::signal(SIGPIPE, SIG_IGN);
    [[maybe_unused]] const auto told = ::write(STDOUT_FILENO, "ok\n", 3);
    // Not closed: the next file opened would become 1, and a child would lose it when it is made its stdout.
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    ::dup2(nowhere, STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
    ::close(nowhere);
    return supervisor.run();
}

} // namespace layerline
