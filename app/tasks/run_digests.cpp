#include "app/tasks/run_digests.h"

#include "analysis/release.h"
#include "analysis/workflow/build_images.h"
#include "domain/post_to.h"
#include "sources/files/archive_reader.h"
#include "sources/files/byte_source.h"
#include "sources/files/file_caps.h"
#include "sources/github/run_events.h"

#include <algorithm>
#include <utility>

namespace layerline {

namespace {

constexpr int runsLookedAt = 10;
constexpr std::uint64_t largestArtifact = 16u << 20; ///< a digest is 71 bytes; a build record has other names
constexpr std::uint64_t largestRecord = 256u << 20;
constexpr std::size_t mostRecords = 20;
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

bool isRecord(const ArtifactInfo& artifact) { return artifact.name.find(".dockerbuild") != std::string::npos; }

bool namesDigests(const ArtifactInfo& artifact)
{
    return !isRecord(artifact) && (artifact.name.find("digest") != std::string::npos || artifact.name.find("metadata") != std::string::npos);
}

/// Names of the images a record's exporters push.
std::vector<std::string> pushedNames(const ev::RecordUpdated& record)
{
    std::vector<std::string> names;
    for (const Exporter& exporter : record.exporters) {
        const auto push = exporter.attrs.find("push"), name = exporter.attrs.find("name");
        if (push == exporter.attrs.end() || push->second != "true")
            continue;
        const std::string list = name == exporter.attrs.end() ? std::string() : name->second;
        for (std::size_t at = 0; at <= list.size();) {
            const std::size_t end = std::min(list.find(',', at), list.size());
            names.push_back(imageWithoutTag(std::string_view(list).substr(at, end - at)));
            at = end + 1;
        }
    }
    return names;
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

std::vector<BuiltDigest> digestsInRecord(const std::string& name, const OpenedFile& file)
{
    std::vector<BuiltDigest> all;
    for (const EventBatch& batch : file.batches) {
        const std::vector<Platform> platforms = platformsOf({batch});
        for (const Event& event : batch.events) {
            const auto* record = std::get_if<ev::RecordUpdated>(&event);
            if (!record || record->error)
                continue;
            const auto answer = record->exporterResponse.find("containerimage.digest");
            std::string digest = answer == record->exporterResponse.end() ? std::string() : answer->second;
            if (digest.empty() && record->results.size() == 1)
                digest = record->results.front().second.digest;
            for (const std::string& image : digest.empty() ? std::vector<std::string>() : pushedNames(*record))
                all.push_back({platforms.size() == 1 ? platforms.front() : Platform{}, digest, name, {}, image});
        }
    }
    return all;
}

/// What a job's log tells.
struct LogWords {
    std::vector<BuiltDigest> built;
    std::vector<std::string> pushed;
};

RunDigestsReader::RunDigestsReader(GitHubApi& api, WorkflowReader& workflows, QObject* parent) : QObject(parent), m_api(api), m_workflows(workflows)
{
    m_aside.setMaxThreadCount(1);
}

RunDigestsReader::~RunDigestsReader() { m_aside.waitForDone(); }

/// `work` on a thread of its own, `then` with its result back here.
template <class Work, class Then>
void RunDigestsReader::aside(Work work, Then then)
{
    startOn(m_aside, [this, work = std::move(work), then = std::move(then)] {
        auto result = std::make_shared<decltype(work())>(work());
        postTo(this, [result, then] { then(std::move(*result)); });
    });
}

void RunDigestsReader::read(const std::string& repository, std::optional<std::int64_t> run, Callback callback, const std::string& image)
{
    m_repository = repository;
    m_image = image;
    m_stated = run.has_value();
    m_withWorkflow = true;
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

void RunDigestsReader::readRun(Run run, bool workflow, const std::string& image, Callback callback)
{
    m_repository = run.key.repository;
    m_image = image;
    m_stated = true;
    m_withWorkflow = workflow;
    m_callback = std::move(callback);
    m_runs = {std::move(run)};
    tryNext();
}

void RunDigestsReader::tryNext()
{
    if (m_runs.empty())
        return fail({ErrorKind::NotFound, "no successful run of " + m_repository + " says that it pushed " + (m_image.empty() ? "an image; name the image itself" : m_image), false});
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
        m_records.clear();
        std::erase_if(m_artifacts, [](const ArtifactInfo& artifact) { return artifact.expired; });
        std::copy_if(m_artifacts.begin(), m_artifacts.end(), std::back_inserter(m_records), isRecord);
        if (m_records.size() > mostRecords)
            m_records.resize(mostRecords);
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
        if (!got)
            return got.error().kind == ErrorKind::Permission ? fail(got.error()) : nextArtifact(); // gone meanwhile: the log may still tell
        aside([name = artifact.name, bytes = std::move(got.value())] { return digestsInArtifact(name, bytes); }, [this](std::vector<BuiltDigest> found) {
            add(m_found.built, std::move(found));
            nextArtifact();
        });
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
        if (!got)
            return got.error().kind == ErrorKind::Permission ? fail(got.error()) : nextLog();
        aside([name = job.name, log = std::move(got.value())] { return LogWords{digestsFromLog(name, log), pushedImages(log)}; }, [this](LogWords found) {
            add(m_fromLogs, std::move(found.built));
            for (std::string& image : found.pushed) {
                if (std::find(m_found.pushed.begin(), m_found.pushed.end(), image) == m_found.pushed.end())
                    m_found.pushed.push_back(std::move(image));
            }
            nextLog();
        });
    });
}

void RunDigestsReader::weigh()
{
    // Artifacts are what the workflow itself puts together; logs count when there are none, records when those are silent too.
    if (m_found.built.empty())
        m_found.built = std::move(m_fromLogs);
    m_found.built.empty() ? nextRecord() : readWorkflow();
}

void RunDigestsReader::nextRecord()
{
    if (m_records.empty())
        return readWorkflow();
    const ArtifactInfo artifact = m_records.front();
    m_records.erase(m_records.begin());
    m_api.artifact(m_repository, artifact.id, largestRecord, this, [this, artifact](Result<std::string> got) {
        if (!got)
            return got.error().kind == ErrorKind::Permission ? fail(got.error()) : nextRecord();
        const auto read = [artifact, bytes = std::move(got.value())] {
            const auto file = openBuildBytes(bytes, artifact.name, artifact.created.value_or(Timestamp{1}));
            return file ? digestsInRecord(artifact.name, *file) : std::vector<BuiltDigest>();
        };
        aside(read, [this](std::vector<BuiltDigest> found) {
            add(m_found.built, std::move(found));
            nextRecord();
        });
    });
}

/// A run that was asked for is taken as it is.
bool RunDigestsReader::tellsEnough() const
{
    if (m_image.empty())
        return m_stated || !m_found.built.empty() || !m_found.pushed.empty();
    const auto names = [this](const std::string& image) { return mayBeImage(imageWithoutTag(image), m_image); };
    return std::any_of(m_found.pushed.begin(), m_found.pushed.end(), names)
        || std::any_of(m_found.built.begin(), m_found.built.end(), [&](const BuiltDigest& built) { return !built.image.empty() && names(built.image); });
}

void RunDigestsReader::readWorkflow()
{
    if (!tellsEnough())
        return m_stated ? fail({ErrorKind::NotFound, "run " + std::to_string(m_found.run.key.id) + " of " + m_repository + " does not say that it pushed " + m_image, false})
                        : tryNext();
    // A job that was left out built nothing: only the file tells what should have been there.
    if (m_found.run.path.empty() || !m_withWorkflow)
        return finish();
    m_workflows.read(m_repository, m_found.run.path, m_found.run.commit, this, [this](Result<WorkflowFilesPtr> got) {
        if (got)
            m_found.workflow = std::move(got.value());
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
