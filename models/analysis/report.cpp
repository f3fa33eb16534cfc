#include "analysis/report.h"

#include "analysis/build_failures.h"
#include "analysis/failure_texts.h"
#include "domain/critical_path.h"
#include "domain/secret_names.h"

#include <algorithm>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view buildArgPrefix = "build-arg:";

/// Strings of one build on their way out: valid UTF-8, secrets masked.
class Writer {
public:
    explicit Writer(std::vector<std::string> secrets) : m_secrets(std::move(secrets)) {}
    explicit Writer(const Build* build) : m_secrets(build ? secretValues(*build) : std::vector<std::string>{}) {}
    std::string text(std::string_view value) const { return validUtf8(maskedText(value, m_secrets)); }
    Json textOrNull(std::string_view value) const { return value.empty() ? Json() : Json(text(value)); }

private:
    std::vector<std::string> m_secrets;
};

Json timeOrNull(const OptionalTime& time) { return time ? Json(formatRfc3339(*time)) : Json(); }

Json pairsJson(const std::vector<std::pair<int, int>>& pairs)
{
    Json out = Json::array();
    for (const auto& [first, last] : pairs)
        out.push_back(Json::array({first, last}));
    return out;
}

Json buildArgsJson(const std::map<std::string, std::string>& attrs)
{
    Json out = Json::object();
    for (const auto& [name, value] : attrs) {
        if (name.starts_with(buildArgPrefix))
            out[validUtf8(name.substr(buildArgPrefix.size()))] = validUtf8(maskedValue(name, value));
    }
    return out;
}

Json recordsJson(const Build& build)
{
    Json out = Json::array();
    for (const Record& record : build.records) {
        out.push_back({{"builder", validUtf8(record.info.builder)},
                       {"node", validUtf8(record.info.node)},
                       {"worker", validUtf8(record.key.worker)},
                       {"ref", validUtf8(record.key.ref)}});
    }
    return out;
}

Json platformsJson(const Build& build, Timestamp present)
{
    Json out = Json::array();
    for (const PlatformSummary& summary : platformSummaries(build, present)) {
        out.push_back({{"platform", validUtf8(summary.platform.str())},
                       {"execution", toString(summary.execution)},
                       {"steps", summary.steps},
                       {"completed", summary.completed},
                       {"cached", summary.cached},
                       {"failed", summary.failed},
                       {"running", summary.running},
                       {"busy_ms", summary.busy.ms()},
                       {"wall_ms", summary.wall.ms()}});
    }
    return out;
}

Json excerptJson(const Build& build, const Writer& writer)
{
    for (const Record& record : build.records) {
        if (!record.excerpt)
            continue;
        Json lines = Json::array();
        for (const std::string& line : record.excerpt->lines)
            lines.push_back(writer.text(line));
        return {{"filename", writer.text(record.excerpt->filename)},
                {"language", writer.text(record.excerpt->language)},
                {"first_line", record.excerpt->firstLine},
                {"lines", lines},
                {"ranges", pairsJson(record.excerpt->ranges)}};
    }
    return {};
}

/// Null for a build without an error. `full` adds the step's log and the Dockerfile's lines.
Json errorJson(const Build& build, const Writer& writer, bool full)
{
    const BuildError* error = build.error();
    const StepIndex failed = firstFailed(build);
    const BuildStatus status = build.status();
    if (!error && status != BuildStatus::Failed && status != BuildStatus::Canceled)
        return {};
    std::string_view message;
    if (error)
        message = error->message;
    else if (failed != noStep)
        message = build.step(failed).error;
    Json out{{"message", writer.text(message)}};
    out["step"] = failed == noStep ? Json() : Json(validUtf8(build.step(failed).digest.str()));
    if (full) {
        Json& tail = out["log_tail"] = Json::array();
        for (const std::string& line : failed == noStep ? std::vector<std::string>() : logTail(build.step(failed)))
            tail.push_back(writer.text(line));
        out["excerpt"] = excerptJson(build, writer);
    }
    return out;
}

Json failuresJson(const Build& build)
{
    Json out = Json::array();
    for (const BuildFailure& found : failuresOf(build)) {
        const RecognisedFailure& failure = found.failure;
        Json remedies = Json::array();
        for (const Remedy remedy : remediesFor(failure.kind, placeOf(build)))
            remedies.push_back({{"kind", toString(remedy)}, {"text", remedyText(remedy).toStdString()}});
        out.push_back({{"kind", toString(failure.kind)},
                       {"detail", failure.detail.empty() ? Json() : Json(validUtf8(failure.detail))},
                       {"cause", failureSentence(failure).toStdString()},
                       {"remedies", remedies},
                       {"step", found.step == noStep ? Json() : Json(validUtf8(build.step(found.step).digest.str()))},
                       {"log_line", failure.number > 0 ? Json(failure.number) : Json()},
                       {"text", validUtf8(failure.line)}});
    }
    return out;
}

Json intervalsJson(const Step& step)
{
    Json out = Json::array();
    for (const Interval& interval : step.intervals)
        out.push_back({{"started", formatRfc3339(interval.started)}, {"completed", timeOrNull(interval.completed)}});
    return out;
}

Json stepJson(const Build& build, const Step& step, Timestamp present, const Writer& writer)
{
    Json neededBy = Json::array();
    for (const Platform& platform : step.neededBy)
        neededBy.push_back(validUtf8(platform.str()));
    Json stages = Json::array();
    for (const StagePosition& stage : step.stages)
        stages.push_back({{"stage", writer.text(stage.stage)}, {"index", stage.index}, {"count", stage.count}});
    Json inputs = Json::array();
    for (const StepDigest& input : step.inputs)
        inputs.push_back(validUtf8(input.str()));
    Json transfers = Json::array();
    for (const Transfer& transfer : step.transfers)
        transfers.push_back({{"id", writer.text(transfer.id)}, {"current", transfer.current}, {"total", transfer.total}});
    const bool instruction = step.parsed.kind == StepKind::Instruction;
    return {{"digest", validUtf8(step.digest.str())},
            {"record", step.record},
            {"name", writer.text(step.name)},
            {"needed_by", neededBy},
            {"runs_on", step.runsOn ? Json(validUtf8(step.runsOn->str())) : Json()},
            {"execution", toString(step.execution)},
            {"stages", stages},
            {"instruction", instruction ? writer.textOrNull(step.parsed.text) : Json()},
            {"state", toString(stateOf(build, step))},
            {"cache", toString(cacheOf(build, step))},
            {"intervals", intervalsJson(step)},
            {"duration_ms", durationOf(build, step, present).ms()},
            {"inputs", inputs},
            {"log_lines", step.log->lineCount()},
            {"log_bytes", step.log->byteCount()},
            {"transfers", transfers},
            {"error", writer.textOrNull(step.error)}};
}

Json warningJson(const ev::WarningRaised& warning, const Writer& writer)
{
    Json detail = Json::array();
    for (const std::string& line : warning.detail)
        detail.push_back(writer.text(line));
    return {{"step", validUtf8(warning.step.str())},
            {"level", warning.level},
            {"summary", writer.text(warning.summary)},
            {"detail", detail},
            {"url", writer.text(warning.url)},
            {"filename", writer.text(warning.filename)},
            {"lines", pairsJson(warning.lines)}};
}

/// What `builds` and `show` have in common.
Json headJson(const Build& build, Timestamp present, const Writer& writer, const Counters& counters)
{
    const OptionalTime started = build.started();
    const OptionalTime completed = build.completed();
    const Duration duration = started ? std::max(Duration{}, completed.value_or(present) - *started) : Duration{};
    return {{"ref", validUtf8(build.ref())},
            {"records", recordsJson(build)},
            {"inferred_group", build.inferredGroup},
            {"source", toString(build.source())},
            {"name", writer.text(build.name())},
            {"group_ref", writer.textOrNull(build.groupRef())},
            {"target", writer.textOrNull(build.target())},
            {"context", writer.textOrNull(build.contextName())},
            {"dockerfile", writer.textOrNull(build.dockerfile())},
            {"build_args", build.records.empty() ? Json::object() : buildArgsJson(build.records.front().info.frontendAttrs)},
            {"status", toString(build.status())},
            {"started", timeOrNull(started)},
            {"completed", timeOrNull(completed)},
            {"duration_ms", duration.ms()},
            {"total_steps", counters.total},
            {"completed_steps", counters.completed},
            {"cached_steps", counters.cached}};
}

} // namespace

std::vector<std::string> logTail(const Step& step, std::size_t lines)
{
    const std::size_t count = step.log->lineCount();
    std::vector<std::string> out;
    for (std::size_t i = count - std::min(lines, count); i < count; ++i)
        out.push_back(validUtf8(step.log->line(i).text));
    return out;
}

Counters listedCounters(const Build& build)
{
    Counters counters = countersOf(build);
    if (!build.steps.empty())
        return counters;
    for (const Record& record : build.records) {
        counters.total += record.info.reportedTotal;
        counters.completed += record.info.reportedCompleted;
        counters.cached += record.info.reportedCached;
    }
    return counters;
}

Json estimateJson(const Build& build, const BuildEstimate& estimate)
{
    if (!estimate.left)
        return {};
    const auto range = [](const DurationRange& left) { return Json{{"remaining_ms", left.median.ms()}, {"low_ms", left.low.ms()}, {"high_ms", left.high.ms()}}; };
    Json out = range(*estimate.left);
    out["basis"] = estimate.basis == EstimateBasis::Sibling ? "sibling" : "history";
    out["builds"] = estimate.builds;
    Json& platforms = out["platforms"] = Json::array();
    for (const auto& [platform, left] : estimate.lanes) {
        Json lane{{"platform", validUtf8(platform.str())}};
        lane.update(range(left));
        platforms.push_back(std::move(lane));
    }
    Json& slow = out["slow_steps"] = Json::array();
    for (const auto& [index, step] : estimate.steps) {
        if (step.slow && raw(index) < build.steps.size())
            slow.push_back(validUtf8(build.step(index).digest.str()));
    }
    return out;
}

Json estimateEventJson(const RecordKey& record, const Build& build, const BuildEstimate& estimate)
{
    Json out{{"schema", reportSchema}, {"event", "estimate"}, {"build", validUtf8(record.ref)}, {"worker", validUtf8(record.worker)}};
    out.update(estimateJson(build, estimate));
    return out;
}

Json showJson(const Build& build, Timestamp now, const BuildEstimate& estimate)
{
    const Timestamp present = nowOf(build, now);
    const Writer writer(&build);
    Json out = headJson(build, present, writer, countersOf(build));
    out["error"] = errorJson(build, writer, true);
    out["failures"] = failuresJson(build);
    out["platforms"] = platformsJson(build, present);
    Json& steps = out["steps"] = Json::array();
    for (const Step& step : build.steps)
        steps.push_back(stepJson(build, step, present, writer));
    const CriticalPath path = criticalPath(build, present);
    Json& digests = out["critical_path"] = Json::array();
    for (const StepIndex index : path.steps)
        digests.push_back(validUtf8(build.step(index).digest.str()));
    out["critical_path_ms"] = path.length.ms();
    Json& warnings = out["warnings"] = Json::array();
    for (const ev::WarningRaised& warning : build.warnings)
        warnings.push_back(warningJson(warning, writer));
    out["estimate"] = estimateJson(build, estimate);
    return out;
}

Json buildSummaryJson(const Build& build, Timestamp now, const BuildEstimate& estimate)
{
    const Timestamp present = nowOf(build, now);
    const Writer writer(&build);
    Json out = headJson(build, present, writer, listedCounters(build));
    out["error"] = errorJson(build, writer, false);
    out["platforms"] = platformsJson(build, present);
    out["estimate"] = estimateJson(build, estimate);
    return out;
}

Json buildsDocument(std::vector<Json> entries)
{
    Json out{{"schema", reportSchema}};
    out["builds"] = std::move(entries);
    return out;
}

namespace {

struct EventWriter {
    const Writer& writer;
    bool added = false;
    Json out;

    void name(const char* event) { out["event"] = event; }
    /// What changed in a build apart from its record's own fields.
    void updated(const char* change)
    {
        name("build-updated");
        out["change"] = change;
    }

    void operator()(const ev::RecordUpdated& info)
    {
        name(info.complete ? "build-completed" : added ? "build-started" : "build-updated");
        out["source"] = toString(info.source);
        out["builder"] = validUtf8(info.builder);
        out["node"] = validUtf8(info.node);
        out["generation"] = info.generation;
        out["started"] = timeOrNull(info.created);
        out["completed"] = timeOrNull(info.completed);
        out["error"] = info.error ? Json{{"code", info.error->code}, {"message", writer.text(info.error->message)}} : Json();
        out["build_args"] = buildArgsJson(info.frontendAttrs);
        out["total_steps"] = info.reportedTotal;
        out["completed_steps"] = info.reportedCompleted;
        out["cached_steps"] = info.reportedCached;
    }
    void operator()(const ev::RecordRemoved&) { name("build-removed"); }
    void operator()(const ev::StepUpdated& step)
    {
        name("step");
        out["digest"] = validUtf8(step.digest.str());
        out["name"] = writer.text(step.name);
        out["started"] = timeOrNull(step.started);
        out["completed"] = timeOrNull(step.completed);
        out["cached"] = step.cached;
        out["error"] = writer.textOrNull(step.error);
        Json& inputs = out["inputs"] = Json::array();
        for (const StepDigest& input : step.inputs)
            inputs.push_back(validUtf8(input.str()));
    }
    void operator()(const ev::TransferUpdated& transfer)
    {
        name("transfer");
        out["digest"] = validUtf8(transfer.step.str());
        out["id"] = writer.text(transfer.id);
        out["name"] = writer.text(transfer.name);
        out["current"] = transfer.current;
        out["total"] = transfer.total;
        out["ts"] = timeOrNull(transfer.timestamp);
        out["started"] = timeOrNull(transfer.started);
        out["completed"] = timeOrNull(transfer.completed);
    }
    void operator()(const ev::LogAppended& log)
    {
        name("log");
        out["digest"] = validUtf8(log.step.str());
        out["stream"] = log.stream;
        out["offset"] = log.offset;
        out["ts"] = formatRfc3339(log.time);
        out["text"] = writer.text(log.bytes);
    }
    void operator()(const ev::WarningRaised& warning)
    {
        name("warning");
        out.update(warningJson(warning, writer));
    }
    void operator()(const ev::ConnectionChanged& connection)
    {
        name("connection");
        out["lost"] = connection.lost;
        out["reason"] = writer.textOrNull(connection.reason);
        out["clock_skew_ms"] = connection.clockSkewNs / 1'000'000;
    }
    void operator()(const ev::ProvenanceRead& provenance)
    {
        updated("provenance");
        out["platform"] = validUtf8(provenance.platform);
    }
    void operator()(const ev::ExcerptRead&) { updated("excerpt"); }
    void operator()(const ev::ImportProved& proved)
    {
        updated("imported");
        Json& steps = out["steps"] = Json::array();
        for (const StepDigest& step : proved.steps)
            steps.push_back(validUtf8(step.str()));
    }
    void operator()(const ev::StatusEnded&) { updated("status-ended"); }
};

} // namespace

Json eventJson(const RecordKey& record, const Event& event, const Build* build, bool added)
{
    const Writer writer(build);
    EventWriter visitor{writer, added, Json{{"schema", reportSchema}, {"event", ""}}};
    visitor.out["build"] = validUtf8(record.ref);
    visitor.out["worker"] = validUtf8(record.worker);
    std::visit(visitor, event);
    return std::move(visitor.out);
}

std::string jsonLine(const Json& value) { return printableJson(value, -1); }

} // namespace layerline
