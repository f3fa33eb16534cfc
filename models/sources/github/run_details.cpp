#include "sources/github/run_details.h"

#include "domain/post_to.h"

#include <QPointer>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace layerline {

namespace {

constexpr std::uint64_t maxArtifact = 256u << 20; ///< bytes of a record worth fetching by itself
constexpr Duration slack{5'000'000'000};          ///< between the engine's clock and GitHub's

bool looksLikeRecord(const ArtifactInfo& artifact)
{
    const std::string& name = artifact.name;
    return name.size() > 12 && name.compare(name.size() - 12, 12, ".dockerbuild") == 0;
}

/// GitHub keeps logs and artifacts for some days only.
bool isGone(const Error& error) { return error.detail.rfind("GitHub answers 410", 0) == 0; }

using Span = std::pair<OptionalTime, OptionalTime>;

/// When the builds of a record ran; empty when it does not say.
Span spanOf(const std::vector<EventBatch>& batches)
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

/// Within the job's time, as far as the clocks of two machines agree.
bool holds(const RunJob& job, Timestamp from, Timestamp to)
{
    return job.started && job.completed && *job.started <= from + slack && to <= *job.completed + slack;
}

bool overlap(const Span& a, const Span& b)
{
    return a.first && b.first && *a.first <= b.second.value_or(*b.first) && *b.first <= a.second.value_or(*a.first);
}

} // namespace

/// What was found out about a record when it was read.
struct RunDetails::Seen {
    Span span;
    std::vector<Platform> platforms;
};

struct RunDetails::Loading {
    Run run;
    RunJob job;
    std::shared_ptr<JobDetails> details = std::make_shared<JobDetails>();
    std::set<std::int64_t> uploaded; ///< artifacts the log names
    bool namesRecords = false;       ///< the log says which records it uploaded
    std::set<std::string> guessed;   ///< records that were missed and may be those of other jobs
    std::vector<ArtifactInfo> candidates;

    /// Was the record made by this job? The log's word is proof; else the times must fit into the job alone.
    bool mine(const ArtifactInfo& artifact, const Seen& record) const
    {
        if (uploaded.count(artifact.id))
            return true;
        const auto [first, last] = record.span;
        if (namesRecords || !first)
            return false;
        const auto fits = [from = *first, to = last.value_or(*first)](const RunJob& each) { return holds(each, from, to); };
        if (!fits(job))
            return false;
        if (std::count_if(run.jobs.begin(), run.jobs.end(), fits) == 1)
            return true;
        // Jobs of a matrix run side by side: then the platform decides.
        return !job.platforms.empty() && record.platforms == job.platforms
            && std::count_if(run.jobs.begin(), run.jobs.end(), [&](const RunJob& each) { return fits(each) && each.platforms == record.platforms; }) == 1;
    }
    /// Of a record that nobody can read: it was uploaded while the job ran.
    bool mayBeMine(const ArtifactInfo& artifact) const
    {
        return uploaded.count(artifact.id) || !artifact.created || holds(job, *artifact.created, *artifact.created);
    }
    void missRecord(const ArtifactInfo& artifact, const Error& error, bool expired = false)
    {
        if (!mayBeMine(artifact))
            return;
        if (!uploaded.count(artifact.id))
            guessed.insert(artifact.name);
        miss(JobDetails::Missed::What::Record, artifact.name, error, expired);
    }
    void miss(JobDetails::Missed::What what, const std::string& name, const Error& error, bool expired = false)
    {
        details->missed.push_back({what, name, error, expired || isGone(error)});
        if (what != JobDetails::Missed::What::Log)
            details->notes.push_back((name.empty() ? std::string("the list of artifacts") : name) + ": " + error.detail);
    }
};

bool JobDetails::worthAnother() const
{
    return (problem && problem->retryable) || std::any_of(missed.begin(), missed.end(), [](const Missed& each) { return each.error.retryable; });
}

std::set<std::int64_t> artifactsInLog(std::string_view log)
{
    std::set<std::int64_t> found;
    // Said by actions/upload-artifact, by its earlier versions, and by docker/build-push-action of its record.
    for (const std::string_view mark : {std::string_view("Artifact ID "), std::string_view("Artifact ID is "), std::string_view("(ID: "), std::string_view("Artifact successfully finalized (")}) {
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
    const auto known = m_known.find(job);
    if (known != m_known.end() && !known->second->worthAnother()) {
        postTo(this, [this, details = known->second] { Q_EMIT ready(details); });
        return;
    }
    start(run, job, known == m_known.end() ? nullptr : known->second.get());
}

void RunDetails::loadAnew(const Run& run, std::int64_t job)
{
    const auto known = m_known.find(job);
    if (known != m_known.end() && known->second->missed.empty())
        return load(run, job);
    start(run, job, known == m_known.end() ? nullptr : known->second.get());
}

void RunDetails::start(const Run& run, std::int64_t job, const JobDetails* known)
{
    const auto at = std::find_if(run.jobs.begin(), run.jobs.end(), [job](const RunJob& each) { return each.id == job; });
    if (at == run.jobs.end() || !m_loading.insert(job).second)
        return;
    const auto loading = std::make_shared<Loading>();
    loading->run = run;
    loading->job = *at;
    loading->details->run = run.key;
    loading->details->attempt = run.attempt;
    loading->details->job = job;
    if (known)
        loading->details->log = known->log; // it does not change any more
    fetchLog(loading);
}

void RunDetails::fetchLog(const Ptr& loading)
{
    if (loading->details->log)
        return scanLog(loading);
    m_api.jobLog(loading->run.key.repository, loading->job.id, this, [this, loading](Result<std::string> got) {
        if (got) {
            loading->details->log = std::make_shared<const std::string>(std::move(got.value()));
            return scanLog(loading);
        }
        loading->details->problem = got.error();
        loading->miss(JobDetails::Missed::What::Log, {}, got.error());
        fetchArtifacts(loading);
    });
}

/// Not on this thread either: a log may have 64 MB.
void RunDetails::scanLog(const Ptr& loading)
{
    startOn(m_reader, [this, loading, log = loading->details->log] {
        postTo(this, [this, loading, uploaded = artifactsInLog(*log)] {
            loading->uploaded = uploaded;
            fetchArtifacts(loading);
        });
    });
}

void RunDetails::fetchArtifacts(const Ptr& loading)
{
    m_api.artifacts(loading->run.key, this, [this, loading](Result<Listing<ArtifactInfo>> got) {
        if (got)
            sift(loading, got->items);
        else
            loading->miss(JobDetails::Missed::What::ArtifactList, {}, got.error());
        fetchRecord(loading);
    });
}

/// Keeps what may be a record of this job, and notes those that no longer are to be had.
void RunDetails::sift(const Ptr& loading, const std::vector<ArtifactInfo>& artifacts)
{
    const RunJob& job = loading->job;
    loading->namesRecords = std::any_of(artifacts.begin(), artifacts.end(),
                                        [&](const ArtifactInfo& artifact) { return looksLikeRecord(artifact) && loading->uploaded.count(artifact.id); });
    for (const ArtifactInfo& artifact : artifacts) {
        // Re-runs keep the artifacts of earlier attempts: those are older than the job.
        const bool older = artifact.created && job.started && *artifact.created + slack < *job.started;
        const bool named = loading->uploaded.count(artifact.id) > 0;
        if (!looksLikeRecord(artifact) || older || (loading->namesRecords && !named))
            continue;
        if (!artifact.expired)
            loading->candidates.push_back(artifact);
        else
            loading->missRecord(artifact, {ErrorKind::NotFound, "the artifact has expired", false}, true);
    }
}

/// One after the other; those that are records of this job are kept.
void RunDetails::fetchRecord(const Ptr& loading)
{
    while (!loading->candidates.empty()) {
        const auto seen = m_seen.find(loading->candidates.back().id);
        if (seen == m_seen.end() || loading->mine(loading->candidates.back(), seen->second))
            break;
        loading->candidates.pop_back(); // another job's, as is known by now
    }
    if (loading->candidates.empty())
        return settle(loading);
    const ArtifactInfo artifact = loading->candidates.back();
    loading->candidates.pop_back();
    const auto lost = [this, loading, artifact](const Error& error) {
        loading->missRecord(artifact, error);
        fetchRecord(loading);
    };
    m_api.artifact(loading->run.key.repository, artifact.id, maxArtifact, this, [this, loading, artifact, lost](Result<std::string> got) {
        if (!got)
            return lost(got.error());
        read(loading, std::make_shared<const std::string>(std::move(got.value())), artifact.name, [this, loading, artifact, lost](Result<OpenedFile> file) {
            if (!file)
                return lost(file.error());
            takeRecord(loading, artifact, std::move(file.value()));
            fetchRecord(loading);
        });
    });
}

void RunDetails::takeRecord(const Ptr& loading, const ArtifactInfo& artifact, OpenedFile file)
{
    const Seen seen{spanOf(file.batches), platformsOf(file.batches)};
    m_seen[artifact.id] = seen;
    if (!loading->mine(artifact, seen))
        return;
    JobDetails& details = *loading->details;
    details.from = JobDetails::From::Record;
    std::move(file.batches.begin(), file.batches.end(), std::back_inserter(details.batches));
    std::move(file.blobs.begin(), file.blobs.end(), std::back_inserter(details.blobs));
    details.notes.insert(details.notes.end(), file.notes.begin(), file.notes.end());
    details.problem.reset();
}

/// All records that can be had are here.
void RunDetails::settle(const Ptr& loading)
{
    JobDetails& details = *loading->details;
    if (details.batches.empty())
        return readLog(loading);
    const auto lost = [](const JobDetails::Missed& each) { return each.what == JobDetails::Missed::What::Record; };
    if (details.log && std::any_of(details.missed.begin(), details.missed.end(), lost))
        return addLogBuilds(loading);
    finish(loading);
}

void RunDetails::readLog(const Ptr& loading)
{
    if (!loading->details->log)
        return finish(loading);
    read(loading, loading->details->log, loading->job.name + ".log", [this, loading](Result<OpenedFile> file) {
        JobDetails& details = *loading->details;
        if (file) {
            details.from = JobDetails::From::Log;
            details.batches = std::move(file->batches);
            details.notes.insert(details.notes.end(), file->notes.begin(), file->notes.end());
        } else {
            details.problem = file.error();
        }
        finish(loading);
    });
}

/// A job with several builds whose records are not all to be had: the log knows of the others. Builds of one job run one after the
/// other, so what ran when no record's build did is another one.
void RunDetails::addLogBuilds(const Ptr& loading)
{
    read(loading, loading->details->log, loading->job.name + ".log", [this, loading](Result<OpenedFile> file) {
        JobDetails& details = *loading->details;
        std::vector<Span> recorded;
        for (const EventBatch& batch : details.batches)
            recorded.push_back(spanOf({batch}));
        for (std::size_t i = 0; file && i < file->batches.size(); ++i) {
            const Span span = spanOf({file->batches[i]});
            if (std::any_of(recorded.begin(), recorded.end(), [&](const Span& each) { return overlap(each, span); }))
                continue;
            details.batches.push_back(std::move(file->batches[i]));
            details.partlyLog = true;
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
    JobDetails& details = *loading->details;
    std::stable_sort(details.batches.begin(), details.batches.end(),
                     [](const EventBatch& a, const EventBatch& b) { return spanOf({a}).first < spanOf({b}).first; });
    details.platforms = platformsOf(details.batches);
    if (details.from == JobDetails::From::Nothing && details.log) { // it built nothing: what it does not name is another's
        details.missed.erase(std::remove_if(details.missed.begin(), details.missed.end(), [&](const JobDetails::Missed& each) { return loading->guessed.count(each.name) > 0; }),
                             details.missed.end());
    }
    // "Not there" may be true for a moment only: GitHub takes a while to store a log.
    if (!details.problem)
        m_known[loading->job.id] = loading->details;
    Q_EMIT ready(loading->details);
}

} // namespace layerline
