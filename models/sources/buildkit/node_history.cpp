// The history side of NodeSession: which builds there are, and what becomes of them.
#include "sources/buildkit/node_session.h"

#include "sources/buildkit/blob_reader.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <functional>
#include <utility>

namespace layerline {

namespace {

constexpr std::chrono::milliseconds listingLimit{5000};
constexpr const char* recordMediaType = "application/vnd.layerline.buildhistoryrecord.v1+protobuf";

/// Equal records give equal bytes: a map's order is not left to chance.
std::string serialised(const bk::BuildHistoryRecord& record)
{
    std::string bytes;
    {
        google::protobuf::io::StringOutputStream stream(&bytes);
        google::protobuf::io::CodedOutputStream coded(&stream);
        coded.SetSerializationDeterministic(true);
        record.SerializeToCodedStream(&coded);
    }
    return bytes;
}

/// Two announcements with the same content hash are the same announcement.
std::size_t hashOf(const bk::BuildHistoryRecord& record)
{
    return std::hash<std::string>{}(serialised(record));
}

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace

void NodeSession::startHistory()
{
    // The listing ends, which tells that everything old has been said; the other goes on for ever.
    listen(true);
    listen(false);
}

void NodeSession::listen(bool listing)
{
    auto call = std::make_unique<StreamCall<bk::BuildHistoryEvent>>();
    const SteadyTime sent = std::chrono::steady_clock::now();
    call->onHeader = [this, sent](const auto& header) { readSkew(header, sent); };
    call->onMessage = [this](bk::BuildHistoryEvent& event) {
        m_link.sign();
        if (!m_link.closing && !m_over)
            onEvent(event);
    };
    call->onEnd = [this, listing](const grpc::Status& status) { historyEnded(listing, status); };
    bk::BuildHistoryRequest request;
    request.set_earlyexit(listing);
    StreamCall<bk::BuildHistoryEvent>::start(m_env.loop, std::move(call), [&](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncListenBuildHistory(context, request, queue);
    }, listing ? listingLimit : std::chrono::milliseconds(0));
}

void NodeSession::readSkew(const StreamCall<bk::BuildHistoryEvent>::Header& header, SteadyTime sent)
{
    const auto at = header.find("buildkit-current-timestamp");
    if (at == header.end())
        return;
    const OptionalTime theirs = parseRfc3339(std::string(at->second.data(), at->second.size()));
    if (!theirs)
        return;
    // They read their clock about half way through the round trip.
    const std::int64_t trip = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - sent).count();
    m_env.status.clockSkewNs = theirs->ns - (nowNs() - trip / 2);
}

void NodeSession::historyEnded(bool listing, const grpc::Status& status)
{
    if (m_link.closing || m_over)
        return;
    if (listing) {
        // Engines that know no early exit go on instead of ending: the limit has to do. A broken connection is for
        // the endless stream to tell.
        if (status.error_code() != grpc::StatusCode::UNAVAILABLE)
            listed();
        return;
    }
    if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
        m_env.status.reason = "this BuildKit is too old to tell its builds (0.11 is the first that does)";
        m_env.changed();
        listed();
        return;
    }
    if (status.ok())
        end(NodeState::Down, "the builder ended the connection");
    else
        fail(status);
}

void NodeSession::listed()
{
    if (m_listed)
        return;
    m_listed = true;
    if (m_primary) {
        for (auto& [ref, record] : m_env.book.records) {
            if (!record.running || record.seenNow)
                continue;
            loseRecord(ref, record, "the engine came back without this build: it ended with the engine");
        }
    }
    m_env.status.listed = true;
    updateRunning();
    m_env.changed();
}

void NodeSession::loseRecord(const std::string& ref, KnownRecord& record, const std::string& why)
{
    record.running = false;
    record.lost = true;
    m_feed.forget(ref);
    m_absence.forget(ref);
    m_link.emit(ref, {ev::ConnectionChanged{true, why, m_env.status.clockSkewNs}});
}

void NodeSession::updateRunning()
{
    const int running = m_env.book.running();
    if (m_env.status.runningBuilds == running)
        return;
    const bool first = m_env.status.runningBuilds == 0;
    m_env.status.runningBuilds = running;
    m_env.changed();
    if (first)
        scheduleProbe(); // from now on closer
}

void NodeSession::onEvent(const bk::BuildHistoryEvent& event)
{
    const bk::BuildHistoryRecord& record = event.record();
    if (record.ref().empty())
        return;
    switch (event.type()) {
    case bk::STARTED:
        return onStarted(record);
    case bk::COMPLETE:
        return onComplete(record);
    case bk::DELETED:
        return onDeleted(record.ref());
    default:
        return; // a kind of a later BuildKit
    }
}

std::vector<Event> NodeSession::recordEvents(const bk::BuildHistoryRecord& record, bool complete) const
{
    ev::RecordUpdated update = translateRecord(record, complete);
    update.workerPlatforms = m_env.status.platforms;
    update.builder = m_env.target.key.builder;
    update.node = m_env.target.key.node;
    if (m_env.sinks.localState) {
        // The client's note tells by which of the engine's names the build was started.
        if (auto note = m_env.sinks.localState(update.builder, update.node, record.ref())) {
            update.builder = note->builder;
            update.node = note->node;
            update.localState = std::move(note->state);
        }
    }
    std::vector<Event> events;
    for (const NodeKey& other : m_names) {
        if (other.builder != update.builder) {
            ev::RecordUpdated name;
            name.builder = other.builder;
            events.emplace_back(std::move(name));
        }
    }
    events.emplace_back(std::move(update));
    return events;
}

void NodeSession::onStarted(const bk::BuildHistoryRecord& record)
{
    KnownRecord& known = m_env.book.records[record.ref()];
    known.seenNow = true;
    if (known.complete)
        return; // late, or replayed: a finished build is never reopened
    const std::size_t hash = hashOf(record);
    const bool news = !known.running || known.lost || known.startedHash != hash;
    known.startedHash = hash;
    known.running = true;
    known.lost = false;
    known.record = record;
    if (news) {
        auto events = recordEvents(record, false);
        events.emplace_back(ev::ConnectionChanged{false, {}, m_env.status.clockSkewNs});
        m_link.emit(record.ref(), std::move(events));
    }
    m_feed.follow(record.ref());
    m_absence.watch(record.ref());
    updateRunning();
}

void NodeSession::onComplete(const bk::BuildHistoryRecord& record)
{
    const std::string& ref = record.ref();
    KnownRecord& known = m_env.book.records[ref];
    m_absence.forget(ref);
    const bool again = std::exchange(known.seenNow, true);
    const std::size_t hash = hashOf(record);
    const bool news = !known.complete || known.completeHash != hash || known.lost;
    const bool live = known.running || m_listed;
    if (!news && (again || known.statusRead))
        return; // the listing and the endless stream both tell it
    known.completeHash = hash;
    known.complete = true;
    known.lost = false;
    known.running = false;
    if (record.generation() >= known.generation) {
        known.generation = record.generation();
        known.record = record;
    }
    if (news) {
        m_link.emit(ref, recordEvents(record, true));
        keepRecord(known.record);
    }
    updateRunning();
    const bool following = m_feed.follows(ref);
    if (following)
        m_feed.completed(ref);
    const bool wantStatus = !following && !known.statusRead;
    if (live || m_env.backgroundHistory)
        m_loader.enqueue(ref, wantStatus, !live);
    if (live && news && m_env.readDiskUsage)
        refreshDiskUsage();
}

void NodeSession::keepRecord(const bk::BuildHistoryRecord& record)
{
    if (!m_env.sinks.blob)
        return;
    auto bytes = std::make_shared<const std::string>(serialised(record));
    const BlobRef ref{recordMediaType, sha256Of(*bytes), std::int64_t(bytes->size())};
    m_env.sinks.blob({m_link.worker, record.ref()}, BlobKind::Record, ref, std::move(bytes));
}

void NodeSession::onDeleted(const std::string& ref)
{
    m_feed.forget(ref);
    m_absence.forget(ref);
    if (m_env.book.records.erase(ref) > 0)
        m_link.emit(ref, {ev::RecordRemoved{}});
    updateRunning();
}

void NodeSession::feedEnded(const std::string& ref, bool whole)
{
    KnownRecord* known = m_env.book.find(ref);
    if (!known)
        return;
    if (whole) {
        known->statusRead = true;
        m_link.emit(ref, {ev::StatusEnded{}});
        m_absence.hurry(ref); // its end is about to be told, unless the engine has lost it
    } else {
        m_loader.enqueue(ref, true, false); // what is stored has it all
    }
}

} // namespace layerline
