#include "sources/buildkit/detail_loader.h"

#include "sources/files/external_error.h"
#include "sources/files/provenance.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr int foregroundAtOnce = 3;
constexpr std::chrono::milliseconds backgroundPause{50};
constexpr std::chrono::milliseconds statusLimit{120'000};
constexpr std::chrono::milliseconds diskUsageLimit{20'000};
constexpr std::uint32_t frameLimit = 32u << 20;
constexpr std::size_t batchSize = 1000;
/// A long log is reported in slices, so that events of running builds pass in between.
constexpr std::chrono::milliseconds slice{10};

bool isProvenance(const BlobRef& blob)
{
    return blob.mediaType.find("in-toto") != std::string::npos || blob.mediaType.empty();
}

bool importsCache(const bk::BuildHistoryRecord& record)
{
    return record.frontendattrs().count("cache-imports") > 0 || record.frontendattrs().count("cache-from") > 0;
}

} // namespace

/// A status log on its way through the translator.
struct DetailLoader::FrameReading {
    TaskPtr task;
    BlobBytes bytes;
    std::size_t offset = 0;
    StatusTranslator translator;
};

void DetailLoader::enqueue(const std::string& ref, bool wantStatus, bool background, LoadDone done)
{
    for (const TaskPtr& task : m_tasks) {
        if (task->ref != ref || task->started)
            continue;
        task->wantStatus = task->wantStatus || wantStatus;
        task->background = task->background && background;
        if (done)
            task->done.push_back(std::move(done));
        pump();
        return;
    }
    auto task = std::make_shared<Task>();
    task->ref = ref;
    task->wantStatus = wantStatus;
    task->background = background;
    if (done)
        task->done.push_back(std::move(done));
    m_tasks.push_back(std::move(task));
    pump();
}

void DetailLoader::abort(const Error& error)
{
    const std::vector<TaskPtr> tasks = std::exchange(m_tasks, {});
    for (const TaskPtr& task : tasks) {
        for (const LoadDone& done : task->done)
            done(error);
        task->done.clear();
    }
}

void DetailLoader::pump()
{
    int foreground = 0;
    bool busy = m_pausing;
    for (const TaskPtr& task : m_tasks) {
        foreground += task->started && !task->background ? 1 : 0;
        busy = busy || task->started;
    }
    const std::vector<TaskPtr> tasks = m_tasks;
    for (const TaskPtr& task : tasks) {
        if (!task->started && !task->background && foreground < foregroundAtOnce) {
            ++foreground;
            busy = true;
            begin(task);
        }
    }
    const auto waiting = std::find_if(m_tasks.begin(), m_tasks.end(), [](const TaskPtr& task) { return !task->started; });
    if (busy || waiting == m_tasks.end())
        return;
    const TaskPtr task = *waiting;
    begin(task);
}

std::deque<DetailLoader::Job> DetailLoader::jobsOf(const KnownRecord& known, bool wantStatus) const
{
    const ev::RecordUpdated info = translateRecord(known.record, true);
    std::deque<Job> jobs;
    const auto add = [&jobs, &known](BlobKind kind, const BlobRef& blob, const std::string& platform) {
        if (!blob.digest.empty() && !known.blobsRead.count(blob.digest))
            jobs.push_back({kind, blob, platform});
    };
    for (const auto& [platform, blob] : info.attestations) {
        if (isProvenance(blob))
            add(BlobKind::Provenance, blob, platform);
    }
    if (info.externalError)
        add(BlobKind::ExternalError, *info.externalError, {});
    const bool keeps = bool(m_link.sinks.blob);
    if (info.logs && (wantStatus || keeps)) {
        const bool again = wantStatus && known.blobsRead.count(info.logs->digest) > 0;
        if (again)
            jobs.push_back({BlobKind::Status, *info.logs, {}});
        else
            add(BlobKind::Status, *info.logs, {});
    }
    if (info.trace && keeps)
        add(BlobKind::Trace, *info.trace, {});
    return jobs;
}

void DetailLoader::begin(const TaskPtr& task)
{
    task->started = true;
    const KnownRecord* known = m_link.book.find(task->ref);
    if (!known || !known->complete) {
        if (!known) {
            task->failed = true;
            task->failure = {ErrorKind::NotFound, "the builder has no record " + task->ref};
        }
        task->wantStatus = false; // a running build's steps come live
        m_link.loop.after(std::chrono::milliseconds(0), [this, task] { finish(task); });
        return;
    }
    task->jobs = jobsOf(*known, task->wantStatus);
    if (task->background && m_link.sinks.haveBlob) {
        const RecordKey key{m_link.worker, task->ref};
        task->jobs.erase(std::remove_if(task->jobs.begin(), task->jobs.end(), [&](const Job& job) { return m_link.sinks.haveBlob(key, job.blob); }),
                         task->jobs.end());
        // What history keeps need not be streamed either.
        const BlobRef logs{{}, known->record.logs().digest(), known->record.logs().size()};
        task->wantStatus = task->wantStatus && !(known->record.has_logs() && m_link.sinks.haveBlob(key, logs));
    }
    m_link.loop.after(std::chrono::milliseconds(0), [this, task] { nextJob(task); });
}

void DetailLoader::nextJob(const TaskPtr& task)
{
    if (m_link.closing)
        return;
    if (task->jobs.empty()) {
        if (task->wantStatus && !task->hadStatus)
            streamStatus(task);
        else if (!task->layers.empty())
            proveImports(task);
        else
            finish(task);
        return;
    }
    const Job job = task->jobs.front();
    task->jobs.pop_front();
    readBlob(m_link, job.blob, [this, task, job](const Result<BlobBytes>& bytes) { gotBlob(task, job, bytes); });
}

void DetailLoader::gotBlob(const TaskPtr& task, const Job& job, const Result<BlobBytes>& bytes)
{
    KnownRecord* known = m_link.book.find(task->ref);
    if (m_link.closing || !known)
        return m_link.closing ? void() : finish(task);
    if (!bytes)
        return nextJob(task); // status comes from the stream then; the rest is a bonus
    known->blobsRead.insert(job.blob.digest);
    if (m_link.sinks.blob)
        m_link.sinks.blob({m_link.worker, task->ref}, job.kind, job.blob, *bytes);
    if (job.kind == BlobKind::Provenance) {
        if (auto provenance = parseProvenance(**bytes, job.platform)) {
            m_link.emit(task->ref, {std::move(*provenance)});
            if (importsCache(known->record)) {
                if (auto layers = provenanceLayers(**bytes))
                    task->layers.insert(layers->begin(), layers->end());
            }
        }
    } else if (job.kind == BlobKind::ExternalError) {
        if (auto excerpt = parseExternalError(**bytes))
            m_link.emit(task->ref, {ev::ExcerptRead{std::move(*excerpt)}});
    } else if (job.kind == BlobKind::Status && task->wantStatus) {
        task->hadStatus = true;
        auto reading = std::make_shared<FrameReading>();
        reading->task = task;
        reading->bytes = *bytes;
        return reportFrames(reading);
    }
    nextJob(task);
}

void DetailLoader::reportFrames(const std::shared_ptr<FrameReading>& reading)
{
    const SteadyTime until = std::chrono::steady_clock::now() + slice;
    const std::string& bytes = *reading->bytes;
    std::vector<Event> events;
    bool sound = true;
    while (sound && reading->offset < bytes.size()) {
        std::uint32_t size = 0;
        sound = bytes.size() - reading->offset >= 4;
        for (std::size_t i = 0; sound && i < 4; ++i)
            size |= std::uint32_t(static_cast<unsigned char>(bytes[reading->offset + i])) << (8 * i);
        sound = sound && size <= frameLimit && bytes.size() - reading->offset - 4 >= size;
        bk::StatusResponse frame;
        sound = sound && frame.ParseFromArray(bytes.data() + reading->offset + 4, int(size));
        if (!sound)
            break;
        reading->offset += 4 + size;
        auto more = reading->translator.translate(frame);
        events.insert(events.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
        if (events.size() >= batchSize)
            m_link.emit(reading->task->ref, std::exchange(events, {}));
        if (std::chrono::steady_clock::now() >= until)
            break;
    }
    m_link.emit(reading->task->ref, std::move(events));
    if (sound && reading->offset < bytes.size()) {
        m_link.loop.after(std::chrono::milliseconds(0), [this, reading] { reportFrames(reading); });
        return;
    }
    reading->task->hadStatus = sound; // else the stream has to tell
    nextJob(reading->task);
}

void DetailLoader::streamStatus(const TaskPtr& task)
{
    auto translator = std::make_shared<StatusTranslator>();
    auto call = std::make_unique<StreamCall<bk::StatusResponse>>();
    call->onMessage = [this, task, translator](bk::StatusResponse& message) {
        m_link.sign();
        m_link.emit(task->ref, translator->translate(message));
    };
    call->onEnd = [this, task](const grpc::Status& status) {
        task->hadStatus = true; // tried, at least
        task->failed = !status.ok();
        if (task->failed)
            task->failure = errorOf(status);
        nextJob(task);
    };
    bk::StatusRequest request;
    request.set_ref(task->ref);
    StreamCall<bk::StatusResponse>::start(m_link.loop, std::move(call), [&](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncStatus(context, request, queue);
    }, statusLimit);
}

void DetailLoader::proveImports(const TaskPtr& task)
{
    auto call = std::make_unique<UnaryCall<bk::DiskUsageResponse>>();
    call->onEnd = [this, task](const grpc::Status& status, bk::DiskUsageResponse& reply) {
        std::set<std::string> imported;
        for (const bk::UsageRecord& record : reply.record()) {
            const std::string& text = record.description();
            const std::size_t at = text.find("imported sha256:");
            if (at != std::string::npos)
                imported.insert(text.substr(at + 9, text.find_first_of(" \t", at + 9) - at - 9));
        }
        ev::ImportProved proof;
        for (const auto& [step, layers] : task->layers) {
            if (std::any_of(layers.begin(), layers.end(), [&](const std::string& digest) { return imported.count(digest) > 0; }))
                proof.steps.push_back(step);
        }
        if (status.ok() && !proof.steps.empty())
            m_link.emit(task->ref, {std::move(proof)});
        task->layers.clear();
        nextJob(task);
    };
    UnaryCall<bk::DiskUsageResponse>::start(m_link.loop, std::move(call), [&](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncDiskUsage(context, bk::DiskUsageRequest(), queue);
    }, diskUsageLimit);
}

void DetailLoader::finish(const TaskPtr& task)
{
    if (m_link.closing)
        return;
    if (task->wantStatus && !task->failed) {
        if (KnownRecord* known = m_link.book.find(task->ref); known && known->complete)
            known->statusRead = true;
        m_link.emit(task->ref, {ev::StatusEnded{}});
    }
    m_tasks.erase(std::remove(m_tasks.begin(), m_tasks.end(), task), m_tasks.end());
    for (const LoadDone& done : task->done)
        done(task->failed ? Result<void>(task->failure) : Result<void>());
    if (task->background) {
        m_pausing = true;
        m_link.loop.after(backgroundPause, [this] {
            m_pausing = false;
            pump();
        });
    }
    pump();
}

} // namespace layerline
