#include "sources/files/record_json.h"

#include "control.pb.h"
#include "sources/files/status_translator.h"

#include <algorithm>

namespace layerline {

namespace api = moby::buildkit::v1;
using json::Json;

namespace {

void setTime(google::protobuf::Timestamp* into, Timestamp time)
{
    into->set_seconds(time.ns / 1'000'000'000);
    into->set_nanos(std::int32_t(time.ns % 1'000'000'000));
}

void readDescriptor(const Json& from, api::Descriptor& into)
{
    into.set_media_type(json::text(from, "media_type"));
    into.set_digest(json::text(from, "digest"));
    into.set_size(json::integer(from, "size"));
    for (auto& [key, value] : json::textMap(from, "annotations"))
        (*into.mutable_annotations())[key] = value;
}

void readResult(const Json& from, api::BuildResultInfo& into)
{
    if (const Json* result = json::member(from, "ResultDeprecated"))
        readDescriptor(*result, *into.mutable_resultdeprecated());
    for (const Json& attestation : json::array(from, "Attestations"))
        readDescriptor(attestation, *into.add_attestations());
    const Json* results = json::member(from, "Results");
    if (!results || !results->is_object())
        return;
    std::int64_t index = 0;
    for (auto at = results->begin(); at != results->end(); ++at, ++index)
        readDescriptor(*at, (*into.mutable_results())[index]);
}

void readMap(const Json& from, std::string_view name, google::protobuf::Map<std::string, std::string>* into)
{
    for (auto& [key, value] : json::textMap(from, name))
        (*into)[key] = value;
}

std::int32_t counter(const Json& from, std::string_view name)
{
    return std::int32_t(std::clamp<std::int64_t>(json::integer(from, name), 0, INT32_MAX));
}

void readNumbers(const Json& config, api::BuildHistoryRecord& record)
{
    record.set_generation(counter(config, "Generation"));
    record.set_pinned(json::boolean(config, "pinned"));
    record.set_numcachedsteps(counter(config, "numCachedSteps"));
    record.set_numtotalsteps(counter(config, "numTotalSteps"));
    record.set_numcompletedsteps(counter(config, "numCompletedSteps"));
    record.set_numwarnings(counter(config, "numWarnings"));
    if (const OptionalTime time = json::time(config, "CreatedAt"))
        setTime(record.mutable_createdat(), *time);
    if (const OptionalTime time = json::time(config, "CompletedAt"))
        setTime(record.mutable_completedat(), *time);
}

void readRecord(const Json& config, api::BuildHistoryRecord& record)
{
    record.set_ref(json::text(config, "Ref"));
    record.set_frontend(json::text(config, "Frontend"));
    readMap(config, "FrontendAttrs", record.mutable_frontendattrs());
    readMap(config, "ExporterResponse", record.mutable_exporterresponse());
    for (const Json& exporter : json::array(config, "Exporters")) {
        api::Exporter* added = record.add_exporters();
        added->set_type(json::text(exporter, "Type"));
        readMap(exporter, "Attrs", added->mutable_attrs());
    }
    if (const Json* error = json::member(config, "error")) {
        record.mutable_error()->set_code(std::int32_t(std::clamp<std::int64_t>(json::integer(*error, "code"), 0, 1000)));
        record.mutable_error()->set_message(json::text(*error, "message"));
    }
    readNumbers(config, record);
    if (const Json* logs = json::member(config, "logs"))
        readDescriptor(*logs, *record.mutable_logs());
    if (const Json* trace = json::member(config, "trace"))
        readDescriptor(*trace, *record.mutable_trace());
    if (const Json* error = json::member(config, "externalError"))
        readDescriptor(*error, *record.mutable_externalerror());
    if (const Json* result = json::member(config, "Result"))
        readResult(*result, *record.mutable_result());
    const Json* results = json::member(config, "Results");
    if (results && results->is_object()) {
        for (auto at = results->begin(); at != results->end(); ++at)
            readResult(*at, (*record.mutable_results())[at.key()]);
    }
}

void notePredicates(const api::BuildResultInfo& result, FileRecord& record)
{
    for (const api::Descriptor& attestation : result.attestations()) {
        const auto type = attestation.annotations().find("in-toto.io/predicate-type");
        if (type != attestation.annotations().end())
            record.predicateTypes.emplace(attestation.digest(), type->second);
    }
}

std::optional<LocalState> localState(const Json& config)
{
    const Json* state = json::member(config, "localState");
    if (!state)
        return {};
    return LocalState{json::text(*state, "Target"), json::text(*state, "LocalPath"), json::text(*state, "DockerfilePath"),
                      json::text(*state, "GroupRef")};
}

} // namespace

Result<FileRecord> recordFromJson(const Json& config)
{
    if (!config.is_object())
        return Error{ErrorKind::BadInput, "history record is no JSON object"};
    api::BuildHistoryRecord message;
    readRecord(config, message);
    FileRecord record;
    record.ref = message.ref();
    record.info = translateRecord(message, message.has_completedat());
    record.info.source = SourceKind::Record;
    record.info.localState = localState(config);
    if (const auto native = parsePlatform(json::text(config, "DefaultPlatform")))
        record.info.workerPlatforms = {*native};
    notePredicates(message.result(), record);
    for (const auto& [platform, result] : message.results())
        notePredicates(result, record);
    return record;
}

} // namespace layerline
