#include "sources/files/status_log.h"

#include "control.pb.h"

#include <algorithm>
#include <iterator>

namespace layerline {

namespace api = moby::buildkit::v1;
using json::Json;

namespace {

/// `field` makes the message's time field, and is asked only when there is a time: an empty one would say "set".
template <class Field>
void setTime(const Json& from, std::string_view name, Field field)
{
    if (const OptionalTime time = json::time(from, name)) {
        google::protobuf::Timestamp* into = field();
        into->set_seconds(time->ns / 1'000'000'000);
        into->set_nanos(std::int32_t(time->ns % 1'000'000'000));
    }
}

void readVertex(const Json& from, api::Vertex* vertex)
{
    vertex->set_digest(json::text(from, "digest"));
    vertex->set_name(json::text(from, "name"));
    for (const Json& input : json::array(from, "inputs")) {
        if (input.is_string())
            vertex->add_inputs(input.get<std::string>());
    }
    vertex->set_cached(json::boolean(from, "cached"));
    vertex->set_error(json::text(from, "error"));
    setTime(from, "started", [&] { return vertex->mutable_started(); });
    setTime(from, "completed", [&] { return vertex->mutable_completed(); });
    if (const Json* group = json::member(from, "progressGroup")) {
        vertex->mutable_progressgroup()->set_name(json::text(*group, "name"));
        vertex->mutable_progressgroup()->set_weak(json::boolean(*group, "weak"));
    }
}

void readStatus(const Json& from, api::VertexStatus* status)
{
    status->set_id(json::text(from, "id"));
    status->set_vertex(json::text(from, "vertex"));
    status->set_name(json::text(from, "name"));
    status->set_current(json::integer(from, "current"));
    status->set_total(json::integer(from, "total"));
    setTime(from, "timestamp", [&] { return status->mutable_timestamp(); });
    setTime(from, "started", [&] { return status->mutable_started(); });
    setTime(from, "completed", [&] { return status->mutable_completed(); });
}

void readLog(const Json& from, api::VertexLog* log)
{
    log->set_vertex(json::text(from, "vertex"));
    log->set_stream(json::integer(from, "stream"));
    log->set_msg(json::bytes(from, json::member(from, "data") ? "data" : "msg"));
    setTime(from, "timestamp", [&] { return log->mutable_timestamp(); });
}

void readWarning(const Json& from, api::VertexWarning* warning)
{
    warning->set_vertex(json::text(from, "vertex"));
    warning->set_level(json::integer(from, "level"));
    warning->set_summary(json::bytes(from, "short"));
    for (const Json& detail : json::array(from, "detail")) {
        if (detail.is_string())
            warning->add_detail(json::decodeBase64(detail.get_ref<const std::string&>()).value_or(std::string{}));
    }
    warning->set_url(json::text(from, "url"));
    if (const Json* info = json::member(from, "sourceInfo"))
        warning->mutable_info()->set_filename(json::text(*info, "filename"));
    for (const Json& range : json::array(from, "range")) {
        api::SourceRange* added = warning->add_ranges();
        if (const Json* start = json::member(range, "start"))
            added->mutable_start()->set_line(std::int32_t(json::integer(*start, "line")));
        if (const Json* end = json::member(range, "end"))
            added->mutable_end()->set_line(std::int32_t(json::integer(*end, "line")));
    }
}

} // namespace

bool statusFromJson(const Json& object, api::StatusResponse& into)
{
    if (!object.is_object())
        return false;
    for (const Json& vertex : json::array(object, "vertexes"))
        readVertex(vertex, into.add_vertexes());
    for (const Json& status : json::array(object, "statuses"))
        readStatus(status, into.add_statuses());
    for (const Json& log : json::array(object, "logs"))
        readLog(log, into.add_logs());
    for (const Json& warning : json::array(object, "warnings"))
        readWarning(warning, into.add_warnings());
    return into.vertexes_size() + into.statuses_size() + into.logs_size() + into.warnings_size() > 0;
}

Result<std::vector<Event>> readStatusLog(std::string_view bytes, const FileCaps& caps)
{
    std::vector<Event> events;
    StatusTranslator translator;
    while (!bytes.empty()) {
        if (bytes.size() < 4)
            return Error{ErrorKind::BadInput, "status log ends inside a frame's length"};
        std::uint32_t size = 0;
        for (int i = 3; i >= 0; --i)
            size = size << 8 | std::uint8_t(bytes[std::size_t(i)]);
        bytes.remove_prefix(4);
        if (size > caps.statusFrame)
            return Error{ErrorKind::TooLarge, "status frame of " + std::to_string(size) + " bytes"};
        if (size > bytes.size())
            return Error{ErrorKind::BadInput, "status log ends inside a frame"};
        api::StatusResponse response;
        if (!response.ParseFromArray(bytes.data(), int(size)))
            return Error{ErrorKind::BadInput, "status log holds a malformed message"};
        bytes.remove_prefix(size);
        std::vector<Event> more = translator.translate(response);
        std::move(more.begin(), more.end(), std::back_inserter(events));
    }
    return events;
}

} // namespace layerline
