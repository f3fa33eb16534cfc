#include "sources/github/run_details.h"

#include "domain/post_to.h"

#include <QPointer>

#include <algorithm>
#include <charconv>

namespace layerline {

namespace {

constexpr std::uint64_t maxArtifact = 256u << 20; ///< bytes of a record worth fetching by itself
constexpr Duration slack{5'000'000'000};          ///< between the engine's clock and GitHub's

bool looksLikeRecord(const ArtifactInfo& artifact)
{
    const std::string& name = artifact.name;
    return name.size() > 12 && name.compare(name.size() - 12, 12, ".dockerbuild") == 0;
}

/// When the build of a record ran; empty when it does not say.
std::pair<OptionalTime, OptionalTime> spanOf(const std::vector<EventBatch>& batches)
{
    OptionalTime first, last;
    for (const EventBatch& batch : batches) {
        for (const Event& event : batch.events) {
            const auto* record = std::get_if<ev::RecordUpdated>(&event);
            if (!record)
                continue;
            if (record->created && (!first || *record->created < *first))
                first = record->created;
            if (record->completed && (!last || *record->completed > *last))
                last = record->completed;
        }
    }
    return {first, last};
}

} // namespace

struct RunDetails::Loading {
    Run run;
    RunJob job;
    std::shared_ptr<JobDetails> details = std::make_shared<JobDetails>();
    std::set<std::int64_t> uploaded; ///< artifacts the log names

    /// Was the record made by this job? The log's word is proof; else the times must fit into the job alone.
    bool mine(const ArtifactInfo& artifact, const std::vector<EventBatch>& batches) const
    {
        if (uploaded.count(artifact.id))
            return true;
        const auto [first, last] = spanOf(batches);
        if (!uploaded.empty() || !first || !job.started || !job.completed)
            return false;
        const auto holds = [from = *first, to = last.value_or(*first)](const RunJob& each) {
            return each.started && each.completed && *each.started <= from + slack && to <= *each.completed + slack;
        };
        const auto fitting = std::count_if(run.jobs.begin(), run.jobs.end(), holds);
        if (!holds(job))
            return false;
        if (fitting == 1)
            return true;
        // Jobs of a matrix run side by side: then the platform decides.
        const std::vector<Platform> built = platformsOf(batches);
        return !job.platforms.empty() && built == job.platforms
            && std::count_if(run.jobs.begin(), run.jobs.end(), [&](const RunJob& each) { return holds(each) && each.platforms == built; }) == 1;
    }
};

std::set<std::int64_t> artifactsInLog(std::string_view log)
{
    std::set<std::int64_t> found;
    for (const std::string_view mark : {std::string_view("Artifact ID "), std::string_view("Artifact ID is "), std::string_view("(ID: ")}) {
        for (auto at = log.find(mark); at != std::string_view::npos; at = log.find(mark, at + 1)) {
            std::int64_t id = 0;
            const char* begin = log.data() + at + mark.size();
            if (std::from_chars(begin, log.data() + log.size(), id).ec == std::errc{} && id > 0)
                found.insert(id);
        }
    }
    return found;
}

RunDetails::RunDetails(GitHubApi& api, QObject* parent) : QObject(parent), m_api(api)
{
    qRegisterMetaType<std::shared_ptr<const JobDetails>>();
    m_reader.setMaxThreadCount(1);
}

RunDetails::~RunDetails() { m_reader.waitForDone(); }

void RunDetails::load(const Run& run, std::int64_t job)
{
    if (const auto known = m_known.find(job); known != m_known.end()) {
        postTo(this, [this, details = known->second] { Q_EMIT ready(details); });
        return;
    }
    const auto at = std::find_if(run.jobs.begin(), run.jobs.end(), [job](const RunJob& each) { return each.id == job; });
    if (at == run.jobs.end() || !m_loading.insert(job).second)
        return;
    const auto loading = std::make_shared<Loading>();
    loading->run = run;
    loading->job = *at;
    loading->details->run = run.key;
    loading->details->attempt = run.attempt;
    loading->details->job = job;
    fetchLog(loading);
}

void RunDetails::fetchLog(const Ptr& loading)
{
    m_api.jobLog(loading->run.key.repository, loading->job.id, this, [this, loading](Result<std::string> got) {
        if (got) {
            loading->details->log = std::make_shared<const std::string>(std::move(got.value()));
            loading->uploaded = artifactsInLog(*loading->details->log);
        } else {
            loading->details->problem = got.error();
        }
        fetchArtifacts(loading);
    });
}

void RunDetails::fetchArtifacts(const Ptr& loading)
{
    m_api.artifacts(loading->run.key, this, [this, loading](Result<Listing<ArtifactInfo>> got) {
        std::vector<ArtifactInfo> candidates;
        if (got) {
            for (const ArtifactInfo& artifact : got->items) {
                // Re-runs keep the artifacts of earlier attempts: those are older than the job.
                const bool older = artifact.created && loading->job.started && *artifact.created + slack < *loading->job.started;
                const bool named = loading->uploaded.empty() || loading->uploaded.count(artifact.id);
                if (looksLikeRecord(artifact) && !artifact.expired && !older && named)
                    candidates.push_back(artifact);
            }
        }
        fetchRecord(loading, std::move(candidates));
    });
}

/// The first candidate that is a record of this job; none: the log.
void RunDetails::fetchRecord(const Ptr& loading, std::vector<ArtifactInfo> candidates)
{
    if (candidates.empty())
        return readLog(loading);
    const ArtifactInfo artifact = candidates.back();
    candidates.pop_back();
    m_api.artifact(loading->run.key.repository, artifact.id, maxArtifact, this, [this, loading, artifact, candidates](Result<std::string> got) {
        if (!got) {
            loading->details->notes.push_back(artifact.name + ": " + got.error().detail);
            return fetchRecord(loading, candidates);
        }
        read(loading, std::make_shared<const std::string>(std::move(got.value())), artifact.name, [this, loading, artifact, candidates](Result<OpenedFile> file) {
            if (!file) {
                loading->details->notes.push_back(artifact.name + ": " + file.error().detail);
                return fetchRecord(loading, candidates);
            }
            if (!loading->mine(artifact, file->batches))
                return fetchRecord(loading, candidates);
            JobDetails& details = *loading->details;
            details.from = JobDetails::From::Record;
            details.platforms = platformsOf(file->batches);
            details.batches = std::move(file->batches);
            details.blobs = std::move(file->blobs);
            details.notes.insert(details.notes.end(), file->notes.begin(), file->notes.end());
            details.problem.reset();
            finish(loading);
        });
    });
}

void RunDetails::readLog(const Ptr& loading)
{
    if (!loading->details->log)
        return finish(loading);
    read(loading, loading->details->log, loading->job.name + ".log", [this, loading](Result<OpenedFile> file) {
        JobDetails& details = *loading->details;
        if (file) {
            details.from = JobDetails::From::Log;
            details.platforms = platformsOf(file->batches);
            details.batches = std::move(file->batches);
            details.notes.insert(details.notes.end(), file->notes.begin(), file->notes.end());
        } else {
            details.problem = file.error();
        }
        finish(loading);
    });
}

/// Several megabytes of records take a while: not on this thread.
void RunDetails::read(const Ptr& loading, std::shared_ptr<const std::string> bytes, const std::string& name, std::function<void(Result<OpenedFile>)> then)
{
    const Timestamp modified = loading->job.completed.value_or(Timestamp{1});
    startOn(m_reader, [this, bytes, name, modified, then = std::move(then)] {
        auto file = std::make_shared<Result<OpenedFile>>(openBuildBytes(*bytes, name, modified));
        postTo(this, [file, then] { then(std::move(*file)); });
    });
}

void RunDetails::finish(const Ptr& loading)
{
    m_loading.erase(loading->job.id);
    // "Not there" may be true for a moment only: GitHub takes a while to store a log.
    const std::shared_ptr<const JobDetails> details = loading->details;
    if (!details->problem)
        m_known[loading->job.id] = details;
    Q_EMIT ready(details);
}

} // namespace layerline
