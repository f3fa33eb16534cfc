#include "sources/github/github_json.h"

#include <algorithm>

namespace layerline {

using json::Json;

namespace {

std::string nested(const Json& object, std::string_view outer, std::string_view inner)
{
    const Json* found = json::member(object, outer);
    return found ? json::text(*found, inner) : std::string{};
}

std::vector<std::string> texts(const Json& object, std::string_view name)
{
    std::vector<std::string> list;
    for (const Json& each : json::array(object, name)) {
        if (each.is_string())
            list.push_back(each.get<std::string>());
    }
    return list;
}

/// A size that can be summed up without overflow, whatever a server says.
std::int64_t bytesOf(const Json& object)
{
    return std::clamp<std::int64_t>(json::integer(object, "size_in_bytes"), 0, std::int64_t(1) << 50);
}

std::string oneLine(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    }
    return text;
}

} // namespace

RunStep stepFromJson(const Json& object)
{
    RunStep step;
    step.number = int(json::integer(object, "number"));
    step.name = json::text(object, "name");
    step.state = parseRunState(json::text(object, "status"));
    step.conclusion = parseConclusion(json::text(object, "conclusion"));
    step.started = json::time(object, "started_at");
    step.completed = json::time(object, "completed_at");
    return step;
}

RunJob jobFromJson(const Json& object)
{
    RunJob job;
    job.id = json::integer(object, "id");
    job.name = json::text(object, "name");
    job.state = parseRunState(json::text(object, "status"));
    job.conclusion = parseConclusion(json::text(object, "conclusion"));
    job.created = json::time(object, "created_at");
    job.started = json::time(object, "started_at");
    job.completed = json::time(object, "completed_at");
    job.labels = texts(object, "labels");
    if (const std::int64_t runner = json::integer(object, "runner_id"); runner > 0)
        job.runner = runner;
    job.runnerName = json::text(object, "runner_name");
    job.runnerGroup = json::text(object, "runner_group_name");
    job.url = json::text(object, "html_url");
    for (const Json& each : json::array(object, "steps")) {
        if (each.is_object())
            job.steps.push_back(stepFromJson(each));
    }
    std::stable_sort(job.steps.begin(), job.steps.end(), [](const RunStep& a, const RunStep& b) { return a.number < b.number; });
    // GitHub fills started_at of a waiting job with the time it was queued.
    if (job.state == RunState::Queued || job.state == RunState::Waiting)
        job.started.reset();
    return job;
}

Run runFromJson(const Json& object, const std::string& repository)
{
    Run run;
    run.key = {repository, json::integer(object, "id")};
    run.attempt = std::max(1, int(json::integer(object, "run_attempt", 1)));
    run.number = int(json::integer(object, "run_number"));
    run.workflow = json::text(object, "name");
    run.path = json::text(object, "path");
    if (const auto at = run.path.find('@'); at != std::string::npos)
        run.path.resize(at); // ".github/workflows/a.yml@refs/heads/main"
    run.title = json::text(object, "display_title");
    run.event = json::text(object, "event");
    run.branch = json::text(object, "head_branch");
    run.commit = json::text(object, "head_sha");
    // A run that is run again belongs to whoever did that.
    run.actor = nested(object, "triggering_actor", "login");
    if (run.actor.empty())
        run.actor = nested(object, "actor", "login");
    run.state = parseRunState(json::text(object, "status"));
    run.conclusion = parseConclusion(json::text(object, "conclusion"));
    run.created = json::time(object, "created_at");
    run.started = json::time(object, "run_started_at");
    run.updated = json::time(object, "updated_at");
    run.url = json::text(object, "html_url");
    return run;
}

RepositoryInfo repositoryFromJson(const Json& object)
{
    RepositoryInfo info;
    info.fullName = json::text(object, "full_name");
    info.defaultBranch = json::text(object, "default_branch");
    if (const Json* owner = json::member(object, "owner"))
        info.ofOrganisation = json::text(*owner, "type") == "Organization";
    info.isPrivate = json::boolean(object, "private");
    info.archived = json::boolean(object, "archived");
    if (const Json* permissions = json::member(object, "permissions")) {
        info.mayPush = json::boolean(*permissions, "push");
        info.mayAdmin = json::boolean(*permissions, "admin");
    }
    info.url = json::text(object, "html_url");
    return info;
}

WorkflowInfo workflowFromJson(const Json& object)
{
    return {json::integer(object, "id"), json::text(object, "name"), json::text(object, "path"), json::text(object, "state"), json::text(object, "html_url")};
}

ArtifactInfo artifactFromJson(const Json& object)
{
    ArtifactInfo info;
    info.id = json::integer(object, "id");
    info.name = json::text(object, "name");
    info.bytes = bytesOf(object);
    info.expired = json::boolean(object, "expired");
    info.created = json::time(object, "created_at");
    info.expires = json::time(object, "expires_at");
    info.digest = json::text(object, "digest");
    return info;
}

StoredCache cacheFromJson(const Json& object)
{
    StoredCache cache;
    cache.id = json::integer(object, "id");
    cache.key = json::text(object, "key");
    cache.ref = json::text(object, "ref");
    cache.version = json::text(object, "version");
    cache.bytes = bytesOf(object);
    cache.created = json::time(object, "created_at");
    cache.lastUsed = json::time(object, "last_accessed_at");
    return cache;
}

RunnerInfo runnerFromJson(const Json& object)
{
    RunnerInfo runner;
    runner.id = json::integer(object, "id");
    runner.name = json::text(object, "name");
    runner.os = json::text(object, "os");
    runner.online = json::text(object, "status") == "online";
    runner.busy = json::boolean(object, "busy");
    for (const Json& label : json::array(object, "labels")) {
        if (std::string name = json::text(label, "name"); !name.empty())
            runner.labels.push_back(std::move(name));
    }
    return runner;
}

CommitInfo commitFromJson(const Json& object)
{
    CommitInfo info;
    info.sha = json::text(object, "sha");
    if (const Json* commit = json::member(object, "commit")) {
        info.message = json::text(*commit, "message");
        info.author = nested(*commit, "author", "name");
        if (const Json* committer = json::member(*commit, "committer"))
            info.date = json::time(*committer, "date");
    }
    return info;
}

FileContent contentFromJson(const Json& object)
{
    FileContent content;
    content.path = json::text(object, "path");
    content.sha = json::text(object, "sha");
    content.url = json::text(object, "html_url");
    std::string encoded = json::text(object, "content");
    std::erase_if(encoded, [](char c) { return c == '\n' || c == '\r'; });
    if (json::text(object, "encoding") == "base64")
        content.text = json::decodeBase64(encoded).value_or("");
    return content;
}

GitRef refFromJson(const Json& object) { return {json::text(object, "ref"), nested(object, "object", "sha")}; }

PullRequestInfo pullFromJson(const Json& object)
{
    PullRequestInfo pull;
    pull.number = int(json::integer(object, "number"));
    pull.title = json::text(object, "title");
    pull.state = json::text(object, "state");
    pull.merged = json::boolean(object, "merged") || !json::text(object, "merged_at").empty();
    pull.head = nested(object, "head", "ref");
    pull.base = nested(object, "base", "ref");
    pull.url = json::text(object, "html_url");
    return pull;
}

namespace {

std::string planOf(const Json& object)
{
    const Json* plan = json::member(object, "plan");
    return plan ? json::text(*plan, "name") : std::string();
}

} // namespace

UserInfo userFromJson(const Json& object) { return {json::text(object, "login"), json::text(object, "name"), planOf(object)}; }

OrganisationInfo organisationFromJson(const Json& object) { return {json::text(object, "login"), planOf(object)}; }

std::string problemText(std::string_view body)
{
    const auto parsed = json::parse(body);
    if (!parsed)
        return {};
    std::string text = json::text(*parsed, "message");
    for (const Json& each : json::array(*parsed, "errors")) {
        std::string part = each.is_string() ? each.get<std::string>() : json::text(each, "message");
        if (part.empty() && each.is_object())
            part = json::text(each, "field") + " " + json::text(each, "code");
        if (!part.empty())
            text += (text.empty() ? "" : "; ") + part;
    }
    if (text.size() > 500)
        text.resize(500);
    return oneLine(std::move(text));
}

} // namespace layerline
