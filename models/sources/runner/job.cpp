#include "sources/runner/job.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <csignal>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<JobState, const char*>, 7> stateNames{{
    {JobState::Queued, "queued"}, {JobState::Running, "running"}, {JobState::Merging, "merging"}, {JobState::Done, "done"},
    {JobState::Failed, "failed"}, {JobState::Canceled, "canceled"}, {JobState::Lost, "lost"}}};

JobState parseState(const std::string& text)
{
    for (const auto& [state, name] : stateNames) {
        if (text == name)
            return state;
    }
    return JobState::Lost;
}

Json timeJson(const OptionalTime& time)
{
    return time ? Json(formatRfc3339(*time)) : Json(nullptr);
}

/// Reading fields that may be missing or of another type: a damaged file must not throw.
class Fields {
public:
    explicit Fields(const Json& json) : m_json(json) {}
    std::string text(const char* key) const
    {
        const auto at = m_json.find(key);
        return at != m_json.end() && at->is_string() ? at->get<std::string>() : std::string();
    }
    std::int64_t number(const char* key, std::int64_t otherwise = 0) const
    {
        const auto at = m_json.find(key);
        return at != m_json.end() && at->is_number_integer() ? at->get<std::int64_t>() : otherwise;
    }
    bool flag(const char* key) const
    {
        const auto at = m_json.find(key);
        return at != m_json.end() && at->is_boolean() && at->get<bool>();
    }
    OptionalTime time(const char* key) const { return parseRfc3339(text(key)); }
    std::vector<std::string> texts(const char* key) const
    {
        std::vector<std::string> list;
        const auto at = m_json.find(key);
        if (at == m_json.end() || !at->is_array())
            return list;
        for (const Json& entry : *at) {
            if (entry.is_string())
                list.push_back(entry.get<std::string>());
        }
        return list;
    }
    ProcessId process(const char* key) const
    {
        const auto at = m_json.find(key);
        if (at == m_json.end() || !at->is_object())
            return {};
        const Fields inner(*at);
        return {pid_t(inner.number("pid")), inner.number("start")};
    }

private:
    const Json& m_json;
};

Json processJson(const ProcessId& process)
{
    return {{"pid", process.pid}, {"start", process.start}};
}

Json laneJson(const JobLane& lane)
{
    return {{"name", lane.name}, {"command", lane.command}, {"state", toString(lane.state)}, {"exit", lane.exitCode},
            {"process", processJson(lane.process)}, {"refs", lane.refs}, {"digest", lane.digest}, {"error", lane.error},
            {"attempt", lane.attempt}, {"started", timeJson(lane.started)}, {"ended", timeJson(lane.ended)}};
}

JobLane readLane(const Json& json)
{
    const Fields from(json);
    return {from.text("name"), from.texts("command"), parseState(from.text("state")), int(from.number("exit", -1)), from.process("process"),
            from.texts("refs"), from.text("digest"), from.text("error"), int(from.number("attempt")), from.time("started"), from.time("ended")};
}

Json mergeJson(const JobMerge& merge)
{
    return {{"command", merge.command}, {"inspect", merge.inspect}, {"repository", merge.repository}, {"tags", merge.tags},
            {"digest", merge.digest}, {"platforms", merge.platforms}, {"error", merge.error}, {"verified", merge.verified}};
}

JobMerge readMerge(const Json& json)
{
    const Fields from(json);
    return {from.texts("command"), from.texts("inspect"), from.text("repository"), from.texts("tags"),
            from.text("digest"), from.texts("platforms"), from.text("error"), from.flag("verified")};
}

} // namespace

const char* toString(JobState state)
{
    for (const auto& [known, name] : stateNames) {
        if (known == state)
            return name;
    }
    return "";
}

bool ended(JobState state)
{
    return state != JobState::Queued && state != JobState::Running && state != JobState::Merging;
}

ProcessId ProcessId::of(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    // A process that ends after its file was opened makes reading fail: read() notes that, an iterator would throw it.
    char buffer[2048];
    file.read(buffer, sizeof buffer);
    const std::string text(buffer, std::size_t(file.gcount()));
    // The name in parentheses may hold anything, spaces and parentheses too.
    const auto end = text.rfind(')');
    if (end == std::string::npos)
        return {};
    std::size_t at = end;
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = text.find(' ', at + 1);
    const bool zombie = end + 2 < text.size() && text[end + 2] == 'Z';
    return at == std::string::npos || zombie ? ProcessId{} : ProcessId{pid, std::strtoll(text.c_str() + at, nullptr, 10)};
}

bool ProcessId::alive() const
{
    return pid > 0 && of(pid) == *this;
}

const JobLane* BuildJob::lane(const std::string& name) const
{
    const auto at = std::find_if(lanes.begin(), lanes.end(), [&](const JobLane& lane) { return lane.name == name; });
    return at == lanes.end() ? nullptr : &*at;
}

std::string jobJson(const BuildJob& job)
{
    Json lanes = Json::array();
    for (const JobLane& lane : job.lanes)
        lanes.push_back(laneJson(lane));
    const Json json{{"schema", 1}, {"id", job.id}, {"title", job.title}, {"builder", job.builder}, {"context", job.context},
                    {"directory", job.directory}, {"limit", job.limit}, {"state", toString(job.state)}, {"lanes", lanes},
                    {"merge", job.merge ? mergeJson(*job.merge) : Json(nullptr)}, {"variables", job.variables}, {"notes", job.notes},
                    {"supervisor", processJson(job.supervisor)}, {"created", timeJson(job.created)}, {"started", timeJson(job.started)},
                    {"ended", timeJson(job.ended)}, {"error", job.error}, {"cancel_asked", job.cancelAsked}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<BuildJob> parseJob(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("schema") || json["schema"] != 1 || !json.contains("lanes") || !json["lanes"].is_array())
        return Error{ErrorKind::BadInput, "the state of a build of ours can't be read", false};
    const Fields from(json);
    BuildJob job;
    job.id = from.text("id");
    job.title = from.text("title");
    job.builder = from.text("builder");
    job.context = from.text("context");
    job.directory = from.text("directory");
    job.limit = int(from.number("limit", 2));
    job.state = parseState(from.text("state"));
    for (const Json& lane : json["lanes"]) {
        if (lane.is_object())
            job.lanes.push_back(readLane(lane));
    }
    if (json.contains("merge") && json["merge"].is_object())
        job.merge = readMerge(json["merge"]);
    job.variables = from.texts("variables");
    job.notes = from.texts("notes");
    job.supervisor = from.process("supervisor");
    job.created = from.time("created");
    job.started = from.time("started");
    job.ended = from.time("ended");
    job.error = from.text("error");
    job.cancelAsked = from.flag("cancel_asked");
    return job;
}

std::string jobSecretsJson(const JobSecrets& secrets)
{
    // Bytes that are no UTF-8 would be changed by the text; what can't be a command line is refused by the parser.
    return Json{{"commands", secrets.commands}, {"variables", secrets.variables}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<JobSecrets> parseJobSecrets(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("commands") || !json.contains("variables") || !json["commands"].is_array() || !json["variables"].is_object())
        return Error{ErrorKind::BadInput, "what was handed over can't be read", false};
    JobSecrets secrets;
    for (const Json& command : json["commands"])
        secrets.commands.push_back(Fields(Json{{"c", command}}).texts("c"));
    for (const auto& [name, value] : json["variables"].items()) {
        if (value.is_string())
            secrets.variables[name] = value.get<std::string>();
    }
    return secrets;
}

} // namespace layerline
