#include "support/fake_buildkitd/fake_buildkitd.h"

#include "domain/time.h"

#include <google/protobuf/util/time_util.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <openssl/sha.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <vector>

#include <unistd.h>

namespace layerline::test {

namespace cs = containerd::services::content::v1;

namespace {

constexpr std::int64_t epochSeconds = 1'700'000'000;
/// How often a waiting handler looks whether its client has gone.
constexpr std::chrono::milliseconds lookUp{10};

std::string sha256(const std::string& bytes)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
    static const char* hex = "0123456789abcdef";
    std::string text = "sha256:";
    for (const unsigned char byte : digest)
        text += {hex[byte >> 4], hex[byte & 15]};
    return text;
}

} // namespace

struct FakeBuildkitd::State {
    struct Stream {
        std::vector<bk::StatusResponse> messages;
        bool ended = false;
        int broken = 0; ///< times it was broken
    };
    mutable std::mutex mutex;
    std::condition_variable changed;
    int life = 0; ///< grows with every kill: handlers of an older life end
    bool frozen = false;
    int infoCode = 0;
    bool history = true;
    std::string worker;
    std::chrono::milliseconds offset{0};
    std::vector<bk::BuildHistoryEvent> log; ///< for listeners that are there
    std::map<std::string, bk::BuildHistoryEvent> records; ///< newest of each, for those that come later
    std::vector<std::string> order;
    std::map<std::string, Stream> streams;
    std::map<std::string, std::string> blobs;
    bk::DiskUsageResponse disk;
    std::map<std::string, int> statusCalls;
    std::vector<std::string> changes;
    int infoCalls = 0, historyCalls = 0, listeners = 0, blobReads = 0;

    /// Waits until `ready`, the client leaves or the server dies. False for the latter two.
    template <class Ready>
    bool wait(std::unique_lock<std::mutex>& lock, grpc::ServerContext* context, int mine, Ready ready)
    {
        for (;;) {
            if (life != mine || context->IsCancelled())
                return false;
            if (!frozen && ready())
                return true;
            changed.wait_for(lock, lookUp);
        }
    }
};

class FakeBuildkitd::Service final : public bk::Control::Service {
public:
    explicit Service(std::shared_ptr<State> state) : s(std::move(state)) {}

    grpc::Status Info(grpc::ServerContext* context, const bk::InfoRequest*, bk::InfoResponse* reply) override
    {
        std::unique_lock lock(s->mutex);
        ++s->infoCalls;
        if (!s->wait(lock, context, s->life, [] { return true; }))
            return grpc::Status::CANCELLED;
        if (s->infoCode != 0)
            return {grpc::StatusCode(s->infoCode), "told to"};
        reply->mutable_buildkitversion()->set_version("v0.99.0-fake");
        return grpc::Status::OK;
    }

    grpc::Status ListWorkers(grpc::ServerContext*, const bk::ListWorkersRequest*, bk::ListWorkersResponse* reply) override
    {
        const std::lock_guard lock(s->mutex);
        bk::WorkerRecord* worker = reply->add_record();
        worker->set_id(s->worker);
        for (const char* architecture : {"amd64", "amd64", "arm64"}) { // as 26.1 does
            bk::OciPlatform* platform = worker->add_platforms();
            platform->set_os("linux");
            platform->set_architecture(architecture);
        }
        return grpc::Status::OK;
    }

    grpc::Status DiskUsage(grpc::ServerContext*, const bk::DiskUsageRequest*, bk::DiskUsageResponse* reply) override
    {
        const std::lock_guard lock(s->mutex);
        *reply = s->disk;
        return grpc::Status::OK;
    }

    grpc::Status ListenBuildHistory(grpc::ServerContext* context, const bk::BuildHistoryRequest* request,
                                    grpc::ServerWriter<bk::BuildHistoryEvent>* writer) override
    {
        std::unique_lock lock(s->mutex);
        if (!s->history)
            return {grpc::StatusCode::UNIMPLEMENTED, "unknown method"};
        const int mine = s->life;
        ++s->historyCalls;
        if (!s->wait(lock, context, mine, [] { return true; }))
            return grpc::Status::CANCELLED;
        const auto theirs = std::chrono::system_clock::now() + s->offset;
        context->AddInitialMetadata("buildkit-current-timestamp",
                                    formatRfc3339({std::chrono::duration_cast<std::chrono::nanoseconds>(theirs.time_since_epoch()).count()}));
        writer->SendInitialMetadata();
        std::size_t at = s->log.size();
        for (const std::string& ref : s->order) {
            if (s->records.count(ref) && (request->ref().empty() || request->ref() == ref))
                writer->Write(s->records[ref]);
        }
        if (request->earlyexit())
            return grpc::Status::OK;
        ++s->listeners;
        while (s->wait(lock, context, mine, [&] { return at < s->log.size(); }))
            writer->Write(s->log[at++]);
        --s->listeners;
        return {grpc::StatusCode::UNAVAILABLE, "the listener was ended"};
    }

    grpc::Status UpdateBuildHistory(grpc::ServerContext*, const bk::UpdateBuildHistoryRequest* request, bk::UpdateBuildHistoryResponse*) override
    {
        const std::lock_guard lock(s->mutex);
        const auto known = s->records.find(request->ref());
        if (known == s->records.end())
            return {grpc::StatusCode::NOT_FOUND, "no record " + request->ref()};
        bk::BuildHistoryEvent event = known->second;
        s->changes.push_back((request->delete_() ? "delete " : request->pinned() ? "pin " : "unpin ") + request->ref());
        if (request->delete_()) {
            event.set_type(bk::DELETED);
            s->records.erase(known);
        } else {
            event.mutable_record()->set_pinned(request->pinned());
            event.mutable_record()->set_generation(event.record().generation() + 1);
            known->second = event;
        }
        s->log.push_back(event);
        s->changed.notify_all();
        return grpc::Status::OK;
    }

    grpc::Status Status(grpc::ServerContext* context, const bk::StatusRequest* request,
                        grpc::ServerWriter<bk::StatusResponse>* writer) override
    {
        std::unique_lock lock(s->mutex);
        const int mine = s->life;
        ++s->statusCalls[request->ref()];
        if (!s->streams.count(request->ref()))
            return {grpc::StatusCode::NOT_FOUND, "no such job " + request->ref()};
        auto& stream = s->streams[request->ref()];
        const int broken = stream.broken;
        std::size_t at = 0;
        const auto ready = [&] { return at < stream.messages.size() || stream.ended || stream.broken != broken; };
        while (s->wait(lock, context, mine, ready)) {
            if (stream.broken != broken)
                return {grpc::StatusCode::INTERNAL, "the stream was broken"};
            if (at == stream.messages.size())
                return grpc::Status::OK;
            const bk::StatusResponse message = stream.messages[at++];
            lock.unlock();
            writer->Write(message);
            lock.lock();
        }
        return {grpc::StatusCode::UNAVAILABLE, "the stream was ended"};
    }

private:
    std::shared_ptr<State> s;
};

class FakeBuildkitd::ContentService final : public cs::Content::Service {
public:
    explicit ContentService(std::shared_ptr<State> state) : s(std::move(state)) {}

    grpc::Status Read(grpc::ServerContext*, const cs::ReadContentRequest* request, grpc::ServerWriter<cs::ReadContentResponse>* writer) override
    {
        std::string bytes;
        {
            const std::lock_guard lock(s->mutex);
            ++s->blobReads;
            const auto at = s->blobs.find(request->digest());
            if (at == s->blobs.end())
                return {grpc::StatusCode::NOT_FOUND, "no such blob"};
            bytes = at->second;
        }
        for (std::size_t offset = 0; offset < bytes.size(); offset += 1 << 20) {
            cs::ReadContentResponse part;
            part.set_offset(std::int64_t(offset));
            part.set_data(bytes.substr(offset, 1 << 20));
            writer->Write(part);
        }
        return grpc::Status::OK;
    }

private:
    std::shared_ptr<State> s;
};

struct FakeBuildkitd::Server {
    explicit Server(const std::shared_ptr<State>& state) : control(state), content(state) {}
    Service control;
    ContentService content;
    std::unique_ptr<grpc::Server> server;
};

FakeBuildkitd::FakeBuildkitd(std::string socketPath, std::string worker)
    : m_path(std::move(socketPath)), m_state(std::make_shared<State>())
{
    m_state->worker = std::move(worker);
}

FakeBuildkitd::~FakeBuildkitd()
{
    kill();
}

void FakeBuildkitd::start()
{
    m_server = std::make_unique<Server>(m_state);
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + m_path, grpc::InsecureServerCredentials());
    builder.SetMaxSendMessageSize(-1);
    builder.RegisterService(&m_server->control);
    builder.RegisterService(&m_server->content);
    m_server->server = builder.BuildAndStart();
}

void FakeBuildkitd::kill()
{
    {
        const std::lock_guard lock(m_state->mutex);
        ++m_state->life;
        m_state->frozen = false;
    }
    m_state->changed.notify_all();
    if (m_server && m_server->server)
        m_server->server->Shutdown(std::chrono::system_clock::now());
    m_server.reset();
    ::unlink(m_path.c_str());
}

void FakeBuildkitd::freeze(bool frozen)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->frozen = frozen;
    m_state->changed.notify_all();
}

void FakeBuildkitd::setInfoStatus(int grpcCode)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->infoCode = grpcCode;
}

void FakeBuildkitd::setHistorySupported(bool supported)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->history = supported;
}

void FakeBuildkitd::setWorker(std::string id)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->worker = std::move(id);
}

void FakeBuildkitd::setClockOffset(std::chrono::milliseconds offset)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->offset = offset;
}

void FakeBuildkitd::addDiskRecord(const std::string& id, const std::string& description, std::int64_t size, double created)
{
    const std::lock_guard lock(m_state->mutex);
    bk::UsageRecord* record = m_state->disk.add_record();
    record->set_id(id);
    record->set_description(description);
    record->set_size(size);
    record->set_recordtype("regular");
    if (created > 0)
        *record->mutable_createdat() = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(std::int64_t(created * 1e9));
}

void FakeBuildkitd::publish(bk::BuildHistoryEventType type, const bk::BuildHistoryRecord& record)
{
    const std::lock_guard lock(m_state->mutex);
    bk::BuildHistoryEvent event;
    event.set_type(type);
    *event.mutable_record() = record;
    m_state->log.push_back(event);
    if (!m_state->records.count(record.ref()))
        m_state->order.push_back(record.ref());
    // What a later listener hears: a finished build stays finished.
    const auto known = m_state->records.find(record.ref());
    if (type == bk::DELETED)
        m_state->records.erase(record.ref());
    else if (known == m_state->records.end() || type == bk::COMPLETE || known->second.type() == bk::STARTED)
        m_state->records[record.ref()] = event;
    m_state->changed.notify_all();
}

void FakeBuildkitd::keep(const bk::BuildHistoryRecord& record)
{
    const std::lock_guard lock(m_state->mutex);
    bk::BuildHistoryEvent& event = m_state->records[record.ref()];
    event.set_type(bk::COMPLETE);
    *event.mutable_record() = record;
}

void FakeBuildkitd::forget(const std::string& ref)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->records.erase(ref);
    m_state->streams.erase(ref);
}

void FakeBuildkitd::addStatus(const std::string& ref, const bk::StatusResponse& response)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->streams[ref].messages.push_back(response);
    m_state->changed.notify_all();
}

void FakeBuildkitd::endStatus(const std::string& ref)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->streams[ref].ended = true;
    m_state->changed.notify_all();
}

void FakeBuildkitd::breakStatus(const std::string& ref)
{
    const std::lock_guard lock(m_state->mutex);
    ++m_state->streams[ref].broken;
    m_state->changed.notify_all();
}

bk::Descriptor FakeBuildkitd::addBlob(const std::string& bytes, const std::string& mediaType)
{
    bk::Descriptor descriptor;
    descriptor.set_media_type(mediaType);
    descriptor.set_digest(sha256(bytes));
    descriptor.set_size(std::int64_t(bytes.size()));
    const std::lock_guard lock(m_state->mutex);
    m_state->blobs[descriptor.digest()] = bytes;
    return descriptor;
}

bk::Descriptor FakeBuildkitd::addCorruptBlob(const std::string& mediaType)
{
    bk::Descriptor descriptor = addBlob("what was meant", mediaType);
    const std::lock_guard lock(m_state->mutex);
    m_state->blobs[descriptor.digest()] = "what was given";
    return descriptor;
}

int FakeBuildkitd::statusCalls(const std::string& ref) const
{
    const std::lock_guard lock(m_state->mutex);
    const auto at = m_state->statusCalls.find(ref);
    return at == m_state->statusCalls.end() ? 0 : at->second;
}

int FakeBuildkitd::infoCalls() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->infoCalls;
}

int FakeBuildkitd::historyCalls() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->historyCalls;
}

int FakeBuildkitd::listeners() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->listeners;
}

int FakeBuildkitd::blobReads() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->blobReads;
}

std::vector<std::string> FakeBuildkitd::historyChanges() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->changes;
}

namespace {

google::protobuf::Timestamp timestamp(double seconds)
{
    return google::protobuf::util::TimeUtil::NanosecondsToTimestamp(epochSeconds * 1'000'000'000 + std::int64_t(seconds * 1e9));
}

} // namespace

bk::BuildHistoryRecord record(const std::string& ref, double created, double completed, int generation)
{
    bk::BuildHistoryRecord record;
    record.set_ref(ref);
    record.set_frontend("dockerfile.v0");
    *record.mutable_createdat() = timestamp(created);
    if (completed > 0)
        *record.mutable_completedat() = timestamp(completed);
    record.set_generation(generation);
    return record;
}

bk::StatusResponse vertex(const std::string& digest, const std::string& name, double started, double completed)
{
    bk::StatusResponse response;
    bk::Vertex* vertex = response.add_vertexes();
    vertex->set_digest(digest);
    vertex->set_name(name);
    if (started > 0)
        *vertex->mutable_started() = timestamp(started);
    if (completed > 0)
        *vertex->mutable_completed() = timestamp(completed);
    return response;
}

bk::StatusResponse logLines(const std::string& digest, int first, int count)
{
    bk::StatusResponse response;
    for (int line = first; line < first + count; ++line) {
        bk::VertexLog* log = response.add_logs();
        log->set_vertex(digest);
        log->set_stream(1);
        log->set_msg("line " + std::to_string(line) + "\n");
        *log->mutable_timestamp() = timestamp(2 + line * 0.001);
    }
    return response;
}

std::string storedLog(const std::vector<bk::StatusResponse>& messages)
{
    std::string bytes;
    for (const bk::StatusResponse& message : messages) {
        const std::string body = message.SerializeAsString();
        for (int i = 0; i < 4; ++i)
            bytes += char(body.size() >> (8 * i) & 0xff);
        bytes += body;
    }
    return bytes;
}

} // namespace layerline::test
