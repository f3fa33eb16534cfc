#include "sources/files/status_translator.h"

#include "control.pb.h"

#include <algorithm>

namespace layerline {

namespace api = moby::buildkit::v1;

namespace {

/// Seconds beyond which nanoseconds no longer fit 64 bits.
constexpr std::int64_t lastSecond = 9'000'000'000;

OptionalTime timeOf(const google::protobuf::Timestamp& time)
{
    // Go's zero time is the year 1: it says "not set".
    if (time.seconds() <= 0 || time.seconds() > lastSecond || time.nanos() < 0 || time.nanos() > 999'999'999)
        return {};
    return Timestamp{time.seconds() * 1'000'000'000 + time.nanos()};
}

BlobRef blobOf(const api::Descriptor& descriptor)
{
    return {descriptor.media_type(), descriptor.digest(), descriptor.size()};
}

std::map<std::string, std::string> mapOf(const google::protobuf::Map<std::string, std::string>& map)
{
    return {map.begin(), map.end()};
}

ev::StepUpdated stepOf(const api::Vertex& vertex)
{
    ev::StepUpdated step;
    step.digest = StepDigest(vertex.digest());
    step.name = vertex.name();
    step.inputs.reserve(std::size_t(vertex.inputs_size()));
    for (const std::string& input : vertex.inputs())
        step.inputs.emplace_back(input);
    step.cached = vertex.cached();
    if (vertex.has_started())
        step.started = timeOf(vertex.started());
    if (vertex.has_completed())
        step.completed = timeOf(vertex.completed());
    step.error = vertex.error();
    if (vertex.has_progressgroup()) {
        step.group = vertex.progressgroup().name();
        step.groupWeak = vertex.progressgroup().weak();
    }
    return step;
}

ev::TransferUpdated transferOf(const api::VertexStatus& status)
{
    ev::TransferUpdated transfer;
    transfer.step = StepDigest(status.vertex());
    transfer.id = status.id();
    transfer.name = status.name();
    transfer.current = status.current();
    transfer.total = status.total();
    if (status.has_timestamp())
        transfer.timestamp = timeOf(status.timestamp());
    if (status.has_started())
        transfer.started = timeOf(status.started());
    if (status.has_completed())
        transfer.completed = timeOf(status.completed());
    return transfer;
}

ev::WarningRaised warningOf(const api::VertexWarning& message)
{
    ev::WarningRaised warning;
    warning.step = StepDigest(message.vertex());
    warning.level = int(std::clamp<std::int64_t>(message.level(), 0, 1000));
    warning.summary = message.summary();
    warning.detail.assign(message.detail().begin(), message.detail().end());
    warning.url = message.url();
    warning.filename = message.info().filename();
    for (const api::SourceRange& range : message.ranges())
        warning.lines.emplace_back(range.start().line(), std::max(range.start().line(), range.end().line()));
    return warning;
}

void addResult(ev::RecordUpdated& update, const std::string& platform, const api::BuildResultInfo& result)
{
    for (const api::Descriptor& attestation : result.attestations())
        update.attestations.emplace_back(platform, blobOf(attestation));
    if (result.has_resultdeprecated())
        update.results.emplace_back(platform, blobOf(result.resultdeprecated()));
    std::map<std::int64_t, const api::Descriptor*> ordered;
    for (const auto& [index, descriptor] : result.results())
        ordered.emplace(index, &descriptor);
    for (const auto& [index, descriptor] : ordered) {
        if (!result.has_resultdeprecated() || descriptor->digest() != result.resultdeprecated().digest())
            update.results.emplace_back(platform, blobOf(*descriptor));
    }
}

} // namespace

void StatusTranslator::see(const OptionalTime& time)
{
    if (time && (!m_latest || *time > *m_latest))
        m_latest = time;
}

std::vector<Event> StatusTranslator::translate(const api::StatusResponse& response)
{
    std::vector<Event> events;
    events.reserve(std::size_t(response.vertexes_size()) + std::size_t(response.statuses_size())
                   + std::size_t(response.logs_size()) + std::size_t(response.warnings_size()));
    for (const api::Vertex& vertex : response.vertexes()) {
        ev::StepUpdated step = stepOf(vertex);
        if (step.digest.empty())
            continue;
        see(step.started);
        see(step.completed);
        events.emplace_back(std::move(step));
    }
    for (const api::VertexStatus& status : response.statuses()) {
        ev::TransferUpdated transfer = transferOf(status);
        see(transfer.timestamp);
        events.emplace_back(std::move(transfer));
    }
    for (const api::VertexLog& message : response.logs()) {
        const OptionalTime time = message.has_timestamp() ? timeOf(message.timestamp()) : OptionalTime{};
        see(time);
        const std::uint8_t stream = message.stream() == 2 ? 2 : 1;
        std::uint64_t& sent = m_logBytes[message.vertex()][stream - 1u];
        events.emplace_back(ev::LogAppended{StepDigest(message.vertex()), stream, sent,
                                            time.value_or(m_latest.value_or(Timestamp{})), message.msg()});
        sent += message.msg().size();
    }
    for (const api::VertexWarning& warning : response.warnings())
        events.emplace_back(warningOf(warning));
    return events;
}

ev::RecordUpdated translateRecord(const api::BuildHistoryRecord& record, bool complete)
{
    ev::RecordUpdated update;
    update.generation = record.generation();
    update.complete = complete;
    if (record.has_createdat())
        update.created = timeOf(record.createdat());
    if (record.has_completedat())
        update.completed = timeOf(record.completedat());
    update.frontend = record.frontend();
    update.frontendAttrs = mapOf(record.frontendattrs());
    for (const api::Exporter& exporter : record.exporters())
        update.exporters.push_back({exporter.type(), mapOf(exporter.attrs())});
    update.exporterResponse = mapOf(record.exporterresponse());
    if (record.has_error() && (record.error().code() != 0 || !record.error().message().empty()))
        update.error = BuildError{record.error().code(), record.error().message()};
    update.pinned = record.pinned();
    update.reportedTotal = record.numtotalsteps();
    update.reportedCached = record.numcachedsteps();
    update.reportedCompleted = record.numcompletedsteps();
    update.reportedWarnings = record.numwarnings();
    if (record.has_logs())
        update.logs = blobOf(record.logs());
    if (record.has_trace())
        update.trace = blobOf(record.trace());
    if (record.has_externalerror())
        update.externalError = blobOf(record.externalerror());
    if (record.has_result())
        addResult(update, {}, record.result());
    // A protobuf map has no order of its own; equal records must make equal events.
    std::map<std::string, const api::BuildResultInfo*> ordered;
    for (const auto& [platform, result] : record.results())
        ordered.emplace(platform, &result);
    for (const auto& [platform, result] : ordered)
        addResult(update, platform, *result);
    return update;
}

Result<ev::RecordUpdated> readRecord(std::string_view bytes, bool complete)
{
    moby::buildkit::v1::BuildHistoryRecord record;
    if (!record.ParseFromArray(bytes.data(), int(bytes.size())))
        return Error{ErrorKind::BadInput, "not a build history record", false};
    return translateRecord(record, complete);
}

} // namespace layerline
