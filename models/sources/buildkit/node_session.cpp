// Life of a connection: liveness, workers, disk use. History is in node_history.cpp.
#include "sources/buildkit/node_session.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::chrono::milliseconds probeLimit{2000};
constexpr std::chrono::milliseconds probeWhileRunning{1000};
constexpr std::chrono::milliseconds probeWhileIdle{5000};
constexpr std::chrono::milliseconds workersLimit{10'000};
constexpr std::chrono::milliseconds diskUsageLimit{60'000};
constexpr std::chrono::milliseconds historyChangeLimit{30'000};
/// A frozen engine that comes back goes on where it stopped; after this long we start anew.
constexpr std::chrono::seconds hungLimit{60};

OptionalTime timeOf(bool has, const google::protobuf::Timestamp& time)
{
    if (!has || time.seconds() <= 0)
        return {};
    return Timestamp{time.seconds() * 1'000'000'000 + time.nanos()};
}

Platform platformOf(const bk::OciPlatform& platform)
{
    return normalised(Platform{platform.os(), platform.architecture(), platform.variant()});
}

GcPolicy policyOf(const bk::GCPolicy& policy)
{
    return {policy.all(), policy.keepduration() / 1'000'000'000, policy.reservedspace(), policy.maxusedspace(),
            policy.minfreespace(), {policy.filters().begin(), policy.filters().end()}};
}

DiskRecord diskRecordOf(const bk::UsageRecord& usage)
{
    DiskRecord record;
    record.id = usage.id();
    record.type = usage.recordtype();
    record.description = usage.description();
    record.bytes = usage.size();
    record.inUse = usage.inuse();
    record.isMutable = usage.mutable_();
    record.shared = usage.shared();
    record.created = timeOf(usage.has_createdat(), usage.createdat());
    record.lastUsed = timeOf(usage.has_lastusedat(), usage.lastusedat());
    record.usageCount = int(usage.usagecount());
    record.parents.assign(usage.parents().begin(), usage.parents().end());
    return record;
}

/// gRPC wraps what happened in its own words; the last part is the one that says it.
std::string oneLine(std::string text)
{
    const std::size_t last = text.rfind("last error: ");
    if (last != std::string::npos)
        text.erase(0, last + 12);
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text.substr(0, 500);
}

} // namespace

Error errorOf(const grpc::Status& status)
{
    ErrorKind kind = ErrorKind::Internal;
    switch (status.error_code()) {
    case grpc::StatusCode::NOT_FOUND: kind = ErrorKind::NotFound; break;
    case grpc::StatusCode::PERMISSION_DENIED:
    case grpc::StatusCode::UNAUTHENTICATED: kind = ErrorKind::Permission; break;
    case grpc::StatusCode::UNAVAILABLE: kind = ErrorKind::Unreachable; break;
    case grpc::StatusCode::DEADLINE_EXCEEDED: kind = ErrorKind::Timeout; break;
    case grpc::StatusCode::CANCELLED: kind = ErrorKind::Cancelled; break;
    case grpc::StatusCode::UNIMPLEMENTED: kind = ErrorKind::Unsupported; break;
    case grpc::StatusCode::RESOURCE_EXHAUSTED: kind = ErrorKind::TooLarge; break;
    default: break;
    }
    return {kind, oneLine(status.error_message()), kind == ErrorKind::Unreachable || kind == ErrorKind::Timeout};
}

NodeSession::NodeSession(Environment environment, std::unique_ptr<Connection> connection)
    : m_env(std::move(environment)), m_connection(std::move(connection)),
      m_link{m_env.loop, m_env.sinks, m_env.book, bk::Control::NewStub(m_connection->channel()),
             cs::Content::NewStub(m_connection->channel()), {}},
      m_feed(m_link), m_absence(m_link, m_env.absencePause), m_loader(m_link)
{
    for (auto& [ref, record] : m_env.book.records)
        record.seenNow = false;
    m_feed.onEnded = [this](const std::string& ref, bool whole) { feedEnded(ref, whole); };
    m_feed.onTrouble = [this](const std::string& ref) { m_absence.hurry(ref); };
    m_absence.onTold = [this](const bk::BuildHistoryEvent& event) {
        if (!m_over && event.type() != bk::STARTED) // that it runs is no news, nor that its stream is to be read
            onEvent(event);
    };
    m_absence.onAbsent = [this](const std::string& ref) {
        KnownRecord* known = m_env.book.find(ref);
        if (m_over || !known || !known->running)
            return;
        loseRecord(ref, *known, "the builder no longer knows this build: it neither runs there nor was it kept, so how it ended is unknown");
        updateRunning();
    };
    m_link.sign();
    probe();
}

NodeSession::~NodeSession()
{
    m_link.closing = true;
    m_loader.abort({ErrorKind::Cancelled, "the connection ended", true});
    m_env.loop.cancelAll();
    if (m_hasWorker)
        m_env.registry.leave(m_link.worker, m_env.target.key);
}

void NodeSession::leave()
{
    m_link.closing = true;
    m_over = true;
}

void NodeSession::probe()
{
    if (m_over || m_probing)
        return;
    m_probing = true;
    m_probeTimer = 0;
    m_connection->tidy();
    const SteadyTime sent = std::chrono::steady_clock::now();
    auto call = std::make_unique<UnaryCall<bk::InfoResponse>>();
    call->onEnd = [this, sent](const grpc::Status& status, bk::InfoResponse& reply) {
        m_probing = false;
        if (status.ok() && reply.has_buildkitversion() && m_env.status.version != reply.buildkitversion().version()) {
            m_env.status.version = reply.buildkitversion().version();
            m_env.changed();
        }
        probed(status, sent);
    };
    UnaryCall<bk::InfoResponse>::start(m_env.loop, std::move(call), [this](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncInfo(context, bk::InfoRequest(), queue);
    }, m_wasLive ? probeLimit : std::max(probeLimit, m_connection->firstAnswer));
}

void NodeSession::scheduleProbe()
{
    if (m_over || m_probing)
        return;
    const bool often = m_env.book.running() > 0 || m_env.status.state != NodeState::Live;
    m_env.loop.cancelTimer(m_probeTimer);
    m_probeTimer = m_env.loop.after(often ? probeWhileRunning : probeWhileIdle, [this] { probe(); });
}

void NodeSession::probed(const grpc::Status& status, SteadyTime sent)
{
    if (m_link.closing || m_over)
        return;
    // Old engines know no Info, but they answer.
    if (status.ok() || status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
        m_link.sign();
        alive();
    } else if (status.error_code() != grpc::StatusCode::DEADLINE_EXCEEDED) {
        fail(status);
    } else if (!m_wasLive) {
        const std::string words = m_connection->lastWords();
        if (const auto known = m_connection->doubt ? m_connection->doubt : refusalIn(words))
            end(known->state, known->reason);
        else
            end(NodeState::Hung, words.empty() ? "connected, but it does not answer" : words);
    } else if (m_link.lastSign < sent) {
        hung("it has not answered for 2 s");
    }
    scheduleProbe();
}

void NodeSession::alive()
{
    const bool wasHung = m_wasLive && m_env.status.state == NodeState::Hung;
    if (m_wasLive && !wasHung)
        return;
    if (!std::exchange(m_wasLive, true)) {
        askWorkers(); // live is who can say which engine it is
        return;
    }
    m_env.status.state = m_hasWorker ? NodeState::Live : NodeState::Connecting;
    m_env.status.reason.clear();
    m_env.changed();
    // The same streams go on: nothing was missed.
    for (auto& [ref, record] : m_env.book.records) {
        if (record.running && std::exchange(record.lost, false))
            m_link.emit(ref, {ev::ConnectionChanged{false, {}, m_env.status.clockSkewNs}});
    }
}

void NodeSession::hung(const std::string& reason)
{
    const SteadyTime now = std::chrono::steady_clock::now();
    if (m_env.status.state != NodeState::Hung) {
        m_hungSince = now;
        m_env.status.state = NodeState::Hung;
        m_env.status.reason = reason;
        m_env.changed();
        tellLost(reason);
    } else if (now - m_hungSince > hungLimit) {
        end(NodeState::Hung, reason);
    }
}

void NodeSession::fail(const grpc::Status& status)
{
    const Error error = errorOf(status);
    const std::string words = m_connection->lastWords();
    const std::string reason = words.empty() ? error.detail : words;
    if (const auto known = m_wasLive ? std::nullopt : m_connection->doubt ? m_connection->doubt : refusalIn(words))
        return end(known->state, known->reason);
    const bool forbidden = error.kind == ErrorKind::Permission || reason.find("permission denied") != std::string::npos;
    const bool slow = error.kind == ErrorKind::Timeout;
    end(forbidden ? NodeState::Forbidden : slow ? NodeState::Hung : NodeState::Down,
        m_wasLive && words.empty() ? "connection lost: " + reason : reason);
}

void NodeSession::end(NodeState state, std::string reason)
{
    if (m_over || m_link.closing)
        return;
    m_env.status.state = state;
    m_env.status.reason = std::move(reason);
    m_env.status.primary = false;
    m_env.changed();
    tellLost(m_env.status.reason);
    m_over = true;
}

void NodeSession::tellLost(const std::string& reason)
{
    for (auto& [ref, record] : m_env.book.records) {
        if (record.running && !std::exchange(record.lost, true))
            m_link.emit(ref, {ev::ConnectionChanged{true, reason, m_env.status.clockSkewNs}});
    }
}

void NodeSession::askWorkers()
{
    auto call = std::make_unique<UnaryCall<bk::ListWorkersResponse>>();
    call->onEnd = [this](const grpc::Status& status, bk::ListWorkersResponse& reply) {
        if (m_link.closing || m_over)
            return;
        if (status.ok() && reply.record_size() > 0)
            gotWorkers(reply);
        else if (status.ok())
            end(NodeState::Down, "the builder has no worker");
        else
            fail(status);
    };
    UnaryCall<bk::ListWorkersResponse>::start(m_env.loop, std::move(call), [this](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncListWorkers(context, bk::ListWorkersRequest(), queue);
    }, workersLimit);
}

void NodeSession::gotWorkers(const bk::ListWorkersResponse& reply)
{
    const bk::WorkerRecord& worker = reply.record(0);
    m_link.worker = worker.id();
    NodeStatus& status = m_env.status;
    status.workerId = worker.id();
    status.platforms.clear();
    for (const bk::OciPlatform& told : worker.platforms()) {
        Platform platform = platformOf(told);
        if (std::find(status.platforms.begin(), status.platforms.end(), platform) == status.platforms.end())
            status.platforms.push_back(std::move(platform)); // 26.1 names its own twice
    }
    status.native = status.platforms.empty() ? std::optional<Platform>() : status.platforms.front();
    status.gcPolicies.clear();
    for (const bk::GCPolicy& policy : worker.gcpolicy())
        status.gcPolicies.push_back(policyOf(policy));
    if (status.version.empty())
        status.version = worker.buildkitversion().version();
    if (m_env.book.worker != worker.id()) {
        // Another engine at the same address: the builds we knew are gone with theirs.
        const std::string known = std::exchange(m_link.worker, m_env.book.worker);
        for (auto& [ref, record] : m_env.book.records) {
            if (record.running)
                m_link.emit(ref, {ev::ConnectionChanged{true, "another engine answers at this address now", status.clockSkewNs}});
        }
        m_link.worker = known;
        m_env.book = RecordBook{known, {}};
    }
    status.state = NodeState::Live;
    status.reason.clear();
    status.retryIn = 0;
    m_hasWorker = true;
    m_primary = m_env.registry.join(m_link.worker, m_env.target.key, m_env.wakeFromOutside);
    refreshNames();
    m_env.changed();
    if (m_primary) {
        startHistory();
    } else {
        m_env.book.records.clear(); // another name of the engine tells its builds
        listed();
    }
    if (m_env.readDiskUsage)
        refreshDiskUsage();
}

void NodeSession::onWake()
{
    if (m_over || !m_hasWorker)
        return;
    refreshNames();
    if (!m_primary && m_env.registry.claim(m_link.worker, m_env.target.key)) {
        m_primary = true;
        m_listed = false;
        startHistory();
        refreshNames();
    }
}

void NodeSession::refreshNames()
{
    const std::set<NodeKey> names = m_env.registry.reachedBy(m_link.worker);
    std::vector<std::string> builders;
    for (const NodeKey& key : names) {
        if (builders.empty() || builders.back() != key.builder)
            builders.push_back(key.builder);
    }
    const bool grown = !std::includes(m_names.begin(), m_names.end(), names.begin(), names.end());
    m_names = names;
    if (m_env.status.reachedBy != builders || m_env.status.primary != m_primary) {
        m_env.status.reachedBy = std::move(builders);
        m_env.status.primary = m_primary;
        m_env.changed();
    }
    if (!m_primary || !grown)
        return;
    for (const auto& [ref, record] : m_env.book.records) {
        if (record.seenNow)
            m_link.emit(ref, recordEvents(record.record, record.complete));
    }
}

void NodeSession::load(const std::string& ref, LoadDone done)
{
    if (!m_hasWorker) {
        if (done)
            done(Error{ErrorKind::Unreachable, "the builder has not said yet what builds it has", true});
        return;
    }
    const KnownRecord* known = m_env.book.find(ref);
    m_loader.enqueue(ref, known && known->complete && !known->statusRead, false, std::move(done));
}

void NodeSession::change(const std::string& ref, HistoryChange what, LoadDone done)
{
    bk::UpdateBuildHistoryRequest request;
    request.set_ref(ref);
    request.set_delete_(what == HistoryChange::Delete);
    request.set_pinned(what == HistoryChange::Pin);
    auto call = std::make_unique<UnaryCall<bk::UpdateBuildHistoryResponse>>();
    call->onEnd = [done = std::move(done)](const grpc::Status& status, bk::UpdateBuildHistoryResponse&) {
        if (done)
            done(status.ok() ? Result<void>() : Result<void>(errorOf(status)));
    };
    UnaryCall<bk::UpdateBuildHistoryResponse>::start(m_env.loop, std::move(call), [this, &request](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncUpdateBuildHistory(context, request, queue);
    }, historyChangeLimit);
}

void NodeSession::refreshDiskUsage()
{
    if (m_diskAsked || m_over)
        return;
    m_diskAsked = true;
    auto call = std::make_unique<UnaryCall<bk::DiskUsageResponse>>();
    call->onEnd = [this](const grpc::Status& status, bk::DiskUsageResponse& reply) {
        m_diskAsked = false;
        if (m_link.closing || !status.ok())
            return;
        DiskUsage usage;
        usage.records.reserve(std::size_t(reply.record_size()));
        for (const bk::UsageRecord& record : reply.record())
            usage.records.push_back(diskRecordOf(record));
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        usage.read = Timestamp{std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()};
        m_env.status.diskUsage = std::move(usage);
        m_env.changed();
    };
    UnaryCall<bk::DiskUsageResponse>::start(m_env.loop, std::move(call), [this](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncDiskUsage(context, bk::DiskUsageRequest(), queue);
    }, diskUsageLimit);
}

} // namespace layerline
