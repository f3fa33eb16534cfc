#include "app/run_digests.h"

#include "analysis/release.h"
#include "sources/files/archive_reader.h"
#include "sources/files/byte_source.h"
#include "sources/files/file_caps.h"

#include <algorithm>
#include <utility>

namespace layerline {

namespace {

constexpr int runsLookedAt = 10;
constexpr std::uint64_t largestArtifact = 16u << 20; ///< a digest is 71 bytes; a build record has other names
constexpr std::size_t largestNote = 1u << 20;

FileCaps noteCaps()
{
    FileCaps caps;
    caps.archiveBytes = 64u << 20;
    caps.archiveEntries = 10'000;
    return caps;
}

void add(std::vector<BuiltDigest>& all, std::vector<BuiltDigest> more) { std::move(more.begin(), more.end(), std::back_inserter(all)); }

/// At most `largestNote` bytes of the current entry; what is longer is no digest.
std::string contentOf(ArchiveReader& archive)
{
    std::string text(largestNote, '\0');
    std::size_t length = 0;
    while (length < text.size()) {
        const auto read = archive.read(text.data() + length, text.size() - length);
        if (!read || *read == 0)
            break;
        length += *read;
    }
    text.resize(length);
    return text;
}

bool namesDigests(const ArtifactInfo& artifact)
{
    return !artifact.expired && artifact.name.find("digest") != std::string::npos && artifact.name.find(".dockerbuild") == std::string::npos;
}

} // namespace

std::vector<BuiltDigest> digestsInArtifact(const std::string& name, const std::string& bytes)
{
    if (bytes.compare(0, 2, "PK") != 0)
        return digestsFromContent(name, name, bytes);
    std::vector<BuiltDigest> all;
    MemorySource source{bytes};
    ArchiveReader archive(source, ArchiveKind::Zip, noteCaps());
    for (auto more = archive.next(); more && more.value(); more = archive.next()) {
        auto named = digestsFromFileNames(name, {archive.path()});
        add(all, named.empty() ? digestsFromContent(name, archive.path(), contentOf(archive)) : std::move(named));
    }
    return all;
}

RunDigestsReader::RunDigestsReader(GitHubApi& api, QObject* parent) : QObject(parent), m_api(api) {}

void RunDigestsReader::read(const std::string& repository, std::optional<std::int64_t> run, Callback callback)
{
    m_repository = repository;
    m_callback = std::move(callback);
    if (run) {
        return m_api.run({repository, *run}, this, [this](Result<Run> got) {
            if (!got)
                return fail(got.error());
            m_runs = {got.value()};
            tryNext();
        });
    }
    RunQuery query;
    query.status = "success";
    query.limit = runsLookedAt;
    m_api.runs(repository, query, this, [this](Result<Listing<Run>> got) {
        if (!got)
            return fail(got.error());
        m_runs = std::move(got->items);
        std::reverse(m_runs.begin(), m_runs.end()); // the newest is taken from the back
        tryNext();
    });
}

void RunDigestsReader::tryNext()
{
    if (m_runs.empty())
        return fail({ErrorKind::NotFound, "no successful run of " + m_repository + " says that it pushed an image; name the image itself", false});
    m_found = {};
    m_found.run = std::move(m_runs.back());
    m_runs.pop_back();
    m_fromLogs.clear();
    readArtifacts();
}

void RunDigestsReader::readArtifacts()
{
    m_api.artifacts(m_found.run.key, this, [this](Result<Listing<ArtifactInfo>> got) {
        if (!got)
            return fail(got.error());
        m_artifacts = std::move(got->items);
        std::erase_if(m_artifacts, [](const ArtifactInfo& artifact) { return !namesDigests(artifact); });
        nextArtifact();
    });
}

void RunDigestsReader::nextArtifact()
{
    if (m_artifacts.empty())
        return readJobs();
    const ArtifactInfo artifact = m_artifacts.front();
    m_artifacts.erase(m_artifacts.begin());
    m_api.artifact(m_repository, artifact.id, largestArtifact, this, [this, artifact](Result<std::string> got) {
        if (got)
            add(m_found.built, digestsInArtifact(artifact.name, got.value()));
        else if (got.error().kind == ErrorKind::Permission)
            return fail(got.error());
        nextArtifact(); // gone meanwhile: the log may still tell
    });
}

void RunDigestsReader::readJobs()
{
    m_api.jobs(m_found.run.key, 0, this, [this](Result<Listing<RunJob>> got) {
        if (!got)
            return fail(got.error());
        m_jobs = std::move(got->items);
        nextLog();
    });
}

void RunDigestsReader::nextLog()
{
    if (m_jobs.empty())
        return weigh();
    const RunJob job = m_jobs.front();
    m_jobs.erase(m_jobs.begin());
    m_api.jobLog(m_repository, job.id, this, [this, job](Result<std::string> got) {
        if (!got && got.error().kind == ErrorKind::Permission)
            return fail(got.error());
        if (got) {
            add(m_fromLogs, digestsFromLog(job.name, got.value()));
            for (std::string& image : pushedImages(got.value())) {
                if (std::find(m_found.pushed.begin(), m_found.pushed.end(), image) == m_found.pushed.end())
                    m_found.pushed.push_back(std::move(image));
            }
        }
        nextLog();
    });
}

void RunDigestsReader::weigh()
{
    // Artifacts are what the workflow itself puts together; logs count when there are none.
    if (m_found.built.empty()) {
        m_found.built = std::move(m_fromLogs);
        std::erase_if(m_found.built, [](const BuiltDigest& built) { return built.platform.empty(); });
    }
    if (m_found.built.empty() && m_found.pushed.empty())
        return tryNext();
    readWorkflow();
}

void RunDigestsReader::readWorkflow()
{
    // A job that was left out built nothing: only the file tells what should have been there.
    const std::string path = m_found.run.path.substr(0, m_found.run.path.find('@'));
    if (path.empty())
        return finish();
    m_api.content(m_repository, path, m_found.run.commit, this, [this](Result<FileContent> got) {
        if (got)
            m_found.workflow = std::move(got->text);
        finish();
    });
}

void RunDigestsReader::finish()
{
    if (const auto callback = std::exchange(m_callback, {}))
        callback(std::move(m_found));
}

void RunDigestsReader::fail(const Error& error)
{
    if (const auto callback = std::exchange(m_callback, {}))
        callback(error);
}

} // namespace layerline
