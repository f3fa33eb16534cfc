#include "sources/runner/job_store.h"

#include "domain/clock.h"
#include "domain/secret_names.h"
#include "sources/buildx/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

namespace {

namespace fs = std::filesystem;

Error systemError(const char* what, const std::string& path)
{
    const int code = errno;
    const ErrorKind kind = code == EACCES || code == EPERM || code == EROFS ? ErrorKind::Permission : code == ENOENT ? ErrorKind::NotFound : ErrorKind::Internal;
    char buffer[128] = {};
    return {kind, std::string(what) + " " + path + ": " + ::strerror_r(code, buffer, sizeof buffer), false};
}

Result<void> makeFolder(const std::string& path)
{
    std::error_code code;
    fs::create_directories(fs::path(path).parent_path(), code);
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return systemError("can't make", path);
    ::chmod(path.c_str(), 0700);
    return {};
}

std::string newId()
{
    static constexpr char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    std::random_device source;
    std::string id = "ll-";
    for (int i = 0; i < 10; ++i)
        id += letters[source() % (sizeof letters - 1)];
    return id;
}

/// Written aside, synced, renamed: whoever reads sees the old or the new text. Several may write at once: each has a file
/// of its own, with mode 0600, which is never left behind.
Result<void> replaceFile(const std::string& path, const std::string& text)
{
    std::string aside = path + ".XXXXXX";
    const int fd = ::mkostemp(aside.data(), O_CLOEXEC);
    if (fd < 0)
        return systemError("can't write", path);
    std::size_t done = 0;
    bool failed = false;
    while (done < text.size() && !failed) {
        const ssize_t count = ::write(fd, text.data() + done, text.size() - done);
        if (count > 0)
            done += std::size_t(count);
        else
            failed = count < 0 && errno != EINTR;
    }
    failed = failed || ::fsync(fd) != 0;
    Error error = failed ? systemError("can't write", path) : Error{};
    ::close(fd);
    if (!failed && ::rename(aside.c_str(), path.c_str()) == 0)
        return {};
    if (!failed)
        error = systemError("can't write", path);
    ::unlink(aside.c_str());
    return error;
}

bool plainId(const std::string& id)
{
    return id.size() == 13 && id.compare(0, 3, "ll-") == 0 && id.find_first_of("/.") == std::string::npos;
}

bool begins(const std::string& text, const std::string& start)
{
    return text.compare(0, start.size(), start) == 0;
}

/// "default/default/abc" -> "abc"
std::string lastPart(const std::string& ref)
{
    return ref.substr(ref.rfind('/') + 1);
}

} // namespace

std::string defaultJobFolder()
{
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state && *state == '/')
        return std::string(state) + "/layerline/builds";
    const char* home = std::getenv("HOME");
    return home && *home == '/' ? std::string(home) + "/.local/state/layerline/builds" : std::string();
}

std::string JobStore::logOf(const BuildJob& job, std::size_t lane) const
{
    return folderOf(job.id) + "/lane-" + std::to_string(lane) + "." + std::to_string(job.lanes.at(lane).attempt) + ".log";
}

std::string JobStore::metadataOf(const BuildJob& job, std::size_t lane) const
{
    return folderOf(job.id) + "/lane-" + std::to_string(lane) + ".json";
}

std::string JobStore::mergeLogOf(const BuildJob& job) const
{
    return folderOf(job.id) + "/merge.log";
}

Result<void> JobStore::create(BuildJob& job) const
{
    if (m_folder.empty())
        return Error{ErrorKind::NotFound, "there is no home folder to keep the state of builds in", false};
    if (auto made = makeFolder(m_folder); !made)
        return made;
    for (int tries = 0; tries < 5; ++tries) {
        job.id = newId();
        if (::mkdir(folderOf(job.id).c_str(), 0700) == 0)
            return write(job);
        if (errno != EEXIST)
            break;
    }
    return systemError("can't make", folderOf(job.id));
}

Result<void> JobStore::write(const BuildJob& job) const
{
    return replaceFile(folderOf(job.id) + "/job.json", jobJson(job));
}

Result<BuildJob> JobStore::noted(const std::string& id) const
{
    const auto text = plainId(id) ? readSmallFile(folderOf(id) + "/job.json") : std::nullopt;
    if (!text)
        return Error{ErrorKind::NotFound, "there is no build \"" + id + "\" of ours", false};
    auto job = parseJob(*text);
    if (!job)
        return job.error();
    job->id = id;
    return job;
}

Result<BuildJob> JobStore::read(const std::string& id) const
{
    auto job = noted(id);
    if (!job || ended(job->state) || job->supervisor.alive())
        return job;
    // It may have noted the end and gone since we looked: only what is read after its death is its last word.
    job = noted(id);
    if (!job)
        return job;
    return reconciled(std::move(*job), *this);
}

std::vector<BuildJob> JobStore::list() const
{
    std::vector<BuildJob> jobs;
    for (const std::string& name : listFolder(m_folder)) {
        if (!plainId(name))
            continue;
        if (auto job = read(name))
            jobs.push_back(std::move(*job));
    }
    std::stable_sort(jobs.begin(), jobs.end(), [](const BuildJob& a, const BuildJob& b) { return a.created.value_or(Timestamp{}) > b.created.value_or(Timestamp{}); });
    return jobs;
}

Result<BuildJob> JobStore::find(const std::string& text) const
{
    if (auto exact = read(text))
        return exact;
    std::vector<BuildJob> found;
    for (BuildJob& job : list()) {
        const auto names = [&](const std::string& name) { return name == text || (text.size() >= 4 && begins(name, text)); };
        bool fits = names(job.id);
        for (const JobLane& lane : job.lanes)
            fits = fits || std::any_of(lane.refs.begin(), lane.refs.end(), names);
        if (fits)
            found.push_back(std::move(job));
    }
    if (found.size() > 1)
        return Error{ErrorKind::BadInput, "\"" + text + "\" begins the names of several builds of ours", false};
    if (found.empty())
        return Error{ErrorKind::NotFound, "there is no build \"" + text + "\" of ours", false};
    return std::move(found.front());
}

void JobStore::tidy(int days, std::size_t keep) const
{
    const auto jobs = list();
    const std::int64_t oldest = SystemClock().now().ns - std::int64_t(days) * 86'400'000'000'000;
    for (std::size_t at = keep; at < jobs.size(); ++at) {
        std::error_code code;
        if (ended(jobs[at].state) && jobs[at].ended.value_or(Timestamp{}).ns < oldest)
            fs::remove_all(folderOf(jobs[at].id), code);
    }
}

BuildJob reconciled(BuildJob job, const JobStore& store)
{
    // A job without a supervisor yet is being started by whoever made it; after a minute nobody is.
    const bool starting = job.supervisor.pid == 0 && job.created && SystemClock().now() - *job.created < Duration{60'000'000'000};
    if (ended(job.state) || job.supervisor.alive() || starting)
        return job;
    bool anyAlive = false, canceled = false, allDone = !job.lanes.empty() && !job.merge;
    for (std::size_t at = 0; at < job.lanes.size(); ++at) {
        JobLane& lane = job.lanes[at];
        if (ended(lane.state)) {
            allDone = allDone && lane.state == JobState::Done;
            continue;
        }
        if (lane.process.alive()) {
            anyAlive = true;
            continue;
        }
        const JobResult result = readMetadata(store.metadataOf(job, at));
        lane.state = !result.refs.empty() ? JobState::Done : job.cancelAsked ? JobState::Canceled : JobState::Lost;
        if (!result.refs.empty()) {
            lane.refs = result.refs;
            lane.digest = result.digest;
        }
        allDone = allDone && lane.state == JobState::Done;
        canceled = canceled || lane.state == JobState::Canceled;
    }
    job.state = anyAlive ? JobState::Running : allDone ? JobState::Done : canceled ? JobState::Canceled : JobState::Lost;
    if (job.state == JobState::Lost)
        job.error = "the process that looked after it is gone; its end was not seen";
    return job;
}

JobResult readMetadata(const std::string& path)
{
    JobResult result;
    const auto text = readSmallFile(path);
    const auto json = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    if (!json.is_object())
        return result;
    const auto take = [&result](const nlohmann::json& object) {
        if (const auto at = object.find("buildx.build.ref"); at != object.end() && at->is_string())
            result.refs.push_back(lastPart(at->get<std::string>()));
        if (const auto at = object.find("containerimage.digest"); at != object.end() && at->is_string() && result.digest.empty())
            result.digest = at->get<std::string>();
    };
    take(json);
    for (const auto& [key, target] : json.items()) { // bake: one object a target
        if (target.is_object())
            take(target);
    }
    return result;
}

namespace {

/// What clients say of themselves when they refuse their arguments, or docker when it has no such plugin.
bool looksLikeCause(const std::string& line)
{
    for (const char* start : {"unknown ", "error", "Error", "docker: ", "failed", "Cannot ", "cannot ", "permission denied", "invalid ", "flag needs "}) {
        if (begins(line, start))
            return true;
    }
    return false;
}

/// "Run 'docker --help' for more information": follows a cause and is none.
bool isAdvice(const std::string& line)
{
    return begins(line, "Run '") || begins(line, "See '") || begins(line, "Usage:");
}

} // namespace

std::string lastError(const std::string& logPath, const std::vector<std::string>& secrets)
{
    std::ifstream file(logPath, std::ios::binary);
    constexpr std::streamoff most = 16 << 10;
    file.seekg(0, std::ios::end);
    const std::streamoff size = file.tellg();
    if (size <= 0)
        return {};
    file.seekg(std::max<std::streamoff>(0, size - most));
    std::string line, error, cause, plain;
    while (std::getline(file, line)) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.pop_back();
        if (line.empty())
            continue;
        if (begins(line, "ERROR: "))
            error = line.substr(7);
        else if (line.front() != '{' && line.front() != '}' && line.front() != ' ' && line.front() != '\t' && line.front() != '-')
            (isAdvice(line) || !looksLikeCause(line) || !cause.empty() ? plain : cause) = line;
    }
    std::string told = maskedText(!error.empty() ? error : !cause.empty() ? cause : plain, secrets);
    if (told.size() > 1000)
        told.resize(1000);
    for (char& c : told) {
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    }
    return told;
}

} // namespace layerline
