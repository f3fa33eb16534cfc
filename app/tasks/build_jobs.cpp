#include "app/tasks/build_jobs.h"

#include "analysis/client_command.h"
#include "analysis/report.h"
#include "app/tasks/plan_world.h"
#include "domain/secret_names.h"

#include <algorithm>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

std::string baseName(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string titleOf(const BuildPlan& plan)
{
    if (!plan.tags.empty())
        return plan.tags.front();
    if (plan.bake)
        return plan.bake->files.empty() ? "bake" : baseName(plan.bake->files.front());
    const std::string context = plan.context.substr(0, plan.context.find('#'));
    return maskedText(baseName(context).empty() ? context : baseName(context));
}

BuildJob frame(const BuildPlan& plan)
{
    BuildJob job;
    job.title = titleOf(plan);
    job.builder = plan.builder;
    job.context = plan.bake ? std::string() : maskedText(plan.context);
    job.directory = plan.workingDirectory;
    return job;
}

void addLane(JobRequest& request, const std::string& name, const BuildPlan& plan, const std::vector<std::string>& buildx)
{
    JobLane lane;
    lane.name = name;
    std::vector<std::string> command = commandOf(plan, {buildx, "rawjson", metadataPlaceholder});
    lane.command = maskedArguments(command);
    request.secrets.commands.push_back(std::move(command));
    request.job.lanes.push_back(std::move(lane));
}

/// Without what only serves the bookkeeping.
std::vector<std::string> asTyped(const std::vector<std::string>& command)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < command.size(); ++at) {
        const bool ours = at + 1 < command.size() && (command[at] == "--metadata-file" || (command[at] == "--progress" && command[at + 1] == "rawjson"));
        if (ours)
            ++at;
        else
            out.push_back(command[at]);
    }
    return out;
}

std::vector<std::string> maskedCommand(std::vector<std::string> command)
{
    for (std::string& argument : command)
        argument = maskedText(argument);
    return command;
}

std::vector<std::string> mergeOf(const BuildJob& job)
{
    std::vector<std::string> command = job.merge->command;
    for (const JobLane& lane : job.lanes)
        command.push_back(job.merge->repository + "@" + (lane.state == JobState::Done ? lane.digest : "DIGEST-OF-" + lane.name));
    return command;
}

Json timeJson(const OptionalTime& time)
{
    return time ? Json(formatRfc3339(*time)) : Json(nullptr);
}

} // namespace

JobRequest jobOf(const BuildPlan& plan, const HandOver& handOver, const std::vector<std::string>& buildx)
{
    JobRequest request{frame(plan), {{}, handOver.variables}};
    addLane(request, "build", plan, buildx);
    return request;
}

JobRequest jobOf(const KeepGoing& split, const BuildPlan& whole, const HandOver& handOver, const std::vector<std::string>& buildx)
{
    JobRequest request{frame(whole), {{}, handOver.variables}};
    for (const KeepGoing::Lane& lane : split.lanes)
        addLane(request, lane.platform.str(), lane.plan, buildx);
    request.job.notes = split.notes;
    if (split.repository.empty())
        return request;
    JobMerge merge;
    merge.command = mergeCommand(split, {}, buildx);
    merge.inspect = buildx;
    merge.inspect.insert(merge.inspect.end(), {"imagetools", "inspect", "--raw"});
    if (!split.builder.empty())
        merge.inspect.insert(merge.inspect.end(), {"--builder", split.builder});
    merge.repository = split.repository;
    merge.tags = split.tags;
    request.job.merge = std::move(merge);
    return request;
}

Result<JobRequest> requestFor(const BuildPlan& plan, const HandOver& given, bool keepGoing, const BuildxEnvironment& environment)
{
    const HandOver handOver = withTakenVariables(plan, given);
    const auto program = buildxProgram(environment, plan.builder);
    std::optional<JobRequest> request;
    if (keepGoing) {
        const auto split = splitByPlatform(plan, driverOf(environment, plan.builder) == "docker" ? LanePush::ByTag : LanePush::ByDigest);
        if (!split)
            return split.error();
        request = jobOf(split.value(), plan, handOver, program);
    } else {
        request = jobOf(plan, handOver, program);
    }
    // Under its name, so that it waits in the same queue as those that name it.
    if (request->job.builder.empty())
        request->job.builder = currentBuilder(environment);
    return std::move(*request);
}

std::string dryRunText(const JobRequest& request, const std::vector<Missing>& missing)
{
    std::string text;
    for (const Missing& gap : missing)
        text += "# not known: " + missingText(gap) + "\n";
    for (const std::string& note : request.job.notes)
        text += "# " + note + "\n";
    for (const auto& [name, value] : request.secrets.variables)
        text += "# " + name + " is handed over by the environment\n";
    text += "# --progress rawjson and --metadata-file are added, to keep the log and the result\n";
    if (!request.job.directory.empty())
        text += "cd " + quotedForShell(request.job.directory) + "\n";
    for (const JobLane& lane : request.job.lanes) {
        if (lane.state == JobState::Queued) // a retry leaves the others as they are
            text += commandText(asTyped(lane.command)) + "\n";
    }
    if (request.job.merge) {
        text += "# when all of them have passed:\n" + commandText(mergeOf(request.job)) + "\n";
        for (const std::string& tag : request.job.merge->tags) {
            std::vector<std::string> inspect = request.job.merge->inspect;
            inspect.push_back(tag);
            text += "# read back and compared with what was pushed:\n" + commandText(inspect) + "\n";
        }
    }
    return text;
}

nlohmann::ordered_json dryRunJson(const JobRequest& request, const std::vector<Missing>& missing, const std::vector<Obstacle>& obstacles)
{
    Json commands = Json::array(), variables = Json::array(), gaps = Json::array(), stones = Json::array();
    for (const JobLane& lane : request.job.lanes) {
        if (lane.state == JobState::Queued)
            commands.push_back({{"lane", lane.name}, {"command", maskedCommand(asTyped(lane.command))}});
    }
    for (const auto& [name, value] : request.secrets.variables)
        variables.push_back(name);
    for (const Missing& gap : missing)
        gaps.push_back({{"kind", toString(gap.gap)}, {"subject", gap.subject}, {"text", missingText(gap)}});
    for (const Obstacle& stone : obstacles)
        stones.push_back({{"kind", toString(stone.refusal)}, {"subject", stone.subject}, {"text", reasonText(stone)}, {"help", helpText(stone)}});
    return {{"schema", 1}, {"possible", obstacles.empty()}, {"directory", request.job.directory}, {"commands", commands},
            {"merge", request.job.merge ? Json(maskedCommand(mergeOf(request.job))) : Json(nullptr)}, {"variables", variables},
            {"notes", request.job.notes}, {"missing", gaps}, {"obstacles", stones}};
}

nlohmann::ordered_json jobReport(const BuildJob& job, const JobStore& store)
{
    Json lanes = Json::array();
    for (std::size_t at = 0; at < job.lanes.size(); ++at) {
        const JobLane& lane = job.lanes[at];
        lanes.push_back({{"name", lane.name}, {"state", toString(lane.state)}, {"exit", lane.exitCode < 0 ? Json(nullptr) : Json(lane.exitCode)},
                         {"refs", lane.refs}, {"digest", lane.digest}, {"error", lane.error}, {"attempt", lane.attempt},
                         {"log", store.logOf(job, at)}, {"command", asTyped(lane.command)}, {"started", timeJson(lane.started)},
                         {"ended", timeJson(lane.ended)}});
    }
    Json merge(nullptr);
    if (job.merge)
        merge = {{"tags", job.merge->tags}, {"digest", job.merge->digest}, {"platforms", job.merge->platforms}, {"verified", job.merge->verified},
                 {"error", job.merge->error}};
    return {{"id", job.id}, {"title", job.title}, {"builder", job.builder}, {"state", toString(job.state)}, {"created", timeJson(job.created)},
            {"started", timeJson(job.started)}, {"ended", timeJson(job.ended)}, {"lanes", lanes}, {"merge", merge}, {"error", job.error}};
}

std::string jobText(const BuildJob& job)
{
    std::string text = job.id + "  " + toString(job.state) + "  " + printableLine(job.title) + "\n";
    for (const JobLane& lane : job.lanes) {
        text += "  " + printableLine(lane.name) + ": " + toString(lane.state);
        for (const std::string& ref : lane.refs)
            text += " " + ref;
        if (!lane.digest.empty())
            text += " " + lane.digest;
        if (!lane.error.empty())
            text += "\n    " + printableLine(lane.error);
        text += "\n";
    }
    if (job.merge && job.merge->verified)
        text += "  merged: " + job.merge->tags.front() + " " + job.merge->digest + ", read back and equal to what was pushed\n";
    else if (job.merge && !job.merge->error.empty())
        text += "  merge: " + printableLine(job.merge->error) + "\n";
    return text;
}

std::optional<ClientCommand> clientOf(const BuildJob& job, const std::string& ref)
{
    for (const JobLane& lane : job.lanes) {
        if (std::find(lane.refs.begin(), lane.refs.end(), ref) != lane.refs.end())
            return ClientCommand{lane.command, job.directory, lane.started};
    }
    return {};
}

std::string subjectOf(const BuildJob& job, const std::string& variable)
{
    for (const JobLane& lane : job.lanes) {
        for (std::size_t at = 0; at + 1 < lane.command.size(); ++at) {
            if (lane.command[at] != "--secret")
                continue;
            const auto fields = parseCsv(lane.command[at + 1]);
            const bool here = std::find(fields.begin(), fields.end(), NamedValue{"env", variable}) != fields.end();
            for (const auto& [key, value] : fields) {
                if (here && key == "id")
                    return value;
            }
        }
    }
    return variable;
}

JobRequest retryOf(const BuildJob& job, const std::vector<std::string>& lanes)
{
    JobRequest request{job, {}};
    for (JobLane& lane : request.job.lanes) {
        if (lanes.empty() ? lane.state != JobState::Done : std::find(lanes.begin(), lanes.end(), lane.name) != lanes.end())
            lane.state = JobState::Queued;
    }
    for (const std::string& name : job.variables)
        request.secrets.variables[name];
    return request;
}

const char* toString(Gap gap)
{
    switch (gap) {
    case Gap::CacheExports: return "cache-exports";
    case Gap::Exports: return "exports";
    case Gap::OutputFolder: return "output-folder";
    case Gap::NamedContext: return "named-context";
    case Gap::BakeFile: return "bake-file";
    case Gap::BakeNow: return "bake-now";
    case Gap::SecretIds: return "secret-ids";
    case Gap::SecretSource: return "secret-source";
    case Gap::SshSource: return "ssh-source";
    case Gap::Entitlements: return "entitlements";
    case Gap::ImageTag: return "image-tag";
    case Gap::Attribute: return "attribute";
    case Gap::MaskedValue: return "masked-value";
    }
    return "";
}

const char* toString(Refusal refusal)
{
    switch (refusal) {
    case Refusal::NoRecord: return "no-record";
    case Refusal::ContextGone: return "context-gone";
    case Refusal::ContextUnknown: return "context-unknown";
    case Refusal::ContextFromInput: return "context-from-input";
    case Refusal::DockerfileGone: return "dockerfile-gone";
    case Refusal::DockerfileFromInput: return "dockerfile-from-input";
    case Refusal::BuilderGone: return "builder-gone";
    case Refusal::NoClient: return "no-client";
    case Refusal::BakeContext: return "bake-context";
    case Refusal::SecretNeeded: return "secret-needed";
    case Refusal::SshNeeded: return "ssh-needed";
    case Refusal::OutputNeeded: return "output-needed";
    case Refusal::ContextFolderNeeded: return "context-folder-needed";
    }
    return "";
}

} // namespace layerline
