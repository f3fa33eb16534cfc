#include "domain/build.h"

#include <algorithm>

namespace layerline {

const char* toString(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return "running";
    case BuildStatus::Completed: return "completed";
    case BuildStatus::Failed: return "failed";
    case BuildStatus::Canceled: return "canceled";
    case BuildStatus::Lost: return "lost";
    }
    return "";
}

const char* toString(StepState state)
{
    switch (state) {
    case StepState::Pending: return "pending";
    case StepState::Running: return "running";
    case StepState::Completed: return "completed";
    case StepState::Cached: return "cached";
    case StepState::Failed: return "failed";
    case StepState::Canceled: return "canceled";
    }
    return "";
}

const char* toString(CacheState state)
{
    switch (state) {
    case CacheState::None: return "none";
    case CacheState::Cached: return "cached";
    case CacheState::Imported: return "imported";
    case CacheState::Joined: return "joined";
    }
    return "";
}

const char* toString(Execution execution)
{
    switch (execution) {
    case Execution::Unknown: return "unknown";
    case Execution::Native: return "native";
    case Execution::Emulated: return "emulated";
    case Execution::Cross: return "cross";
    }
    return "";
}

const char* toString(SourceKind source)
{
    switch (source) {
    case SourceKind::BuildKit: return "buildkit";
    case SourceKind::Record: return "record";
    case SourceKind::RawJson: return "rawjson";
    case SourceKind::Plain: return "plain";
    case SourceKind::GitHub: return "github";
    case SourceKind::Replay: return "replay";
    }
    return "";
}

std::optional<Platform> Record::nativePlatform() const
{
    if (!info.workerPlatforms.empty())
        return info.workerPlatforms.front();
    return builderPlatform;
}

StepIndex Build::find(std::uint32_t record, const StepDigest& digest) const
{
    if (record >= stepByDigest.size())
        return noStep;
    const auto found = stepByDigest[record].find(digest);
    return found == stepByDigest[record].end() ? noStep : found->second;
}

namespace {

bool endsWith(const std::string& text, std::string_view tail)
{
    return text.size() >= tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

/// BuildKit has no "cancelled" state: it is an error whose text ends so.
bool isCancellation(const std::string& error)
{
    return endsWith(error, "context canceled");
}

std::string baseName(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string attribute(const Record& record, const std::string& key)
{
    const auto found = record.info.frontendAttrs.find(key);
    return found == record.info.frontendAttrs.end() ? std::string{} : found->second;
}

/// "docker.io/acme/shop:1.2@sha256:..." -> "shop:1.2"
std::string shortImage(std::string name)
{
    name = name.substr(0, name.find(','));
    name = name.substr(0, name.find('@'));
    return baseName(name);
}

std::string imageName(const Record& record)
{
    for (const Exporter& exporter : record.info.exporters) {
        if (const auto found = exporter.attrs.find("name"); found != exporter.attrs.end() && !found->second.empty())
            return shortImage(found->second);
    }
    const auto response = record.info.exporterResponse.find("image.name");
    return response == record.info.exporterResponse.end() ? std::string{} : shortImage(response->second);
}

/// "https://github.com/acme/shop.git#main:sub" -> "shop"
std::string repositoryName(std::string url)
{
    url = url.substr(0, url.find('#'));
    url = baseName(url);
    return endsWith(url, ".git") ? url.substr(0, url.size() - 4) : url;
}

} // namespace

BuildStatus Build::status() const
{
    bool running = false, lost = false, canceled = false, failed = false;
    for (const Record& record : records) {
        if (record.running()) {
            running = true;
            lost = lost || record.lost;
        } else if (record.info.error) {
            const bool cancel = record.info.error->code == 1 || isCancellation(record.info.error->message);
            canceled = canceled || cancel;
            failed = failed || !cancel;
        }
    }
    if (running)
        return lost ? BuildStatus::Lost : BuildStatus::Running;
    if (failed)
        return BuildStatus::Failed;
    return canceled ? BuildStatus::Canceled : BuildStatus::Completed;
}

std::string Build::name() const
{
    for (const Record& record : records) {
        if (!record.info.name.empty())
            return record.info.name;
    }
    for (const Record& record : records) {
        if (std::string image = imageName(record); !image.empty())
            return image;
    }
    for (const Record& record : records) {
        if (record.info.localState && !record.info.localState->localPath.empty()) {
            const std::string path = record.info.localState->localPath;
            if (path != "-")
                return path.find("://") != std::string::npos || endsWith(path, ".git") ? repositoryName(path) : baseName(path);
        }
        if (const std::string source = attribute(record, "vcs:source"); !source.empty())
            return repositoryName(source);
        if (const std::string context = attribute(record, "context"); !context.empty() && context.find("://") != std::string::npos)
            return repositoryName(context);
        if (const std::string wanted = attribute(record, "target"); !wanted.empty())
            return wanted;
    }
    return ref();
}

std::string Build::target() const
{
    for (const Record& record : records) {
        if (const std::string wanted = attribute(record, "target"); !wanted.empty())
            return wanted;
        if (record.info.localState && !record.info.localState->target.empty() && record.info.localState->target != "default")
            return record.info.localState->target;
    }
    return {};
}

std::string Build::contextName() const
{
    for (const Record& record : records) {
        if (record.info.localState && !record.info.localState->localPath.empty())
            return record.info.localState->localPath;
        if (const std::string context = attribute(record, "context"); !context.empty())
            return context;
    }
    return {};
}

std::string Build::dockerfile() const
{
    for (const Record& record : records) {
        if (const std::string file = attribute(record, "filename"); !file.empty())
            return file;
        if (record.info.localState && !record.info.localState->dockerfilePath.empty())
            return baseName(record.info.localState->dockerfilePath);
    }
    return "Dockerfile";
}

std::string Build::groupRef() const
{
    for (const Record& record : records) {
        if (record.info.localState && !record.info.localState->groupRef.empty())
            return record.info.localState->groupRef;
    }
    return {};
}

OptionalTime Build::started() const
{
    OptionalTime first;
    for (const Record& record : records) {
        if (record.info.created && (!first || *record.info.created < *first))
            first = record.info.created;
    }
    if (first)
        return first;
    for (const Step& step : steps) {
        if (!step.intervals.empty() && (!first || step.intervals.front().started < *first))
            first = step.intervals.front().started;
    }
    return first;
}

OptionalTime Build::completed() const
{
    OptionalTime last;
    for (const Record& record : records) {
        if (record.running())
            return {};
        if (record.info.completed && (!last || *record.info.completed > *last))
            last = record.info.completed;
    }
    return last ? last : lastActivity();
}

OptionalTime Build::lastActivity() const
{
    OptionalTime last;
    const auto see = [&](const OptionalTime& time) {
        if (time && (!last || *time > *last))
            last = time;
    };
    for (const Step& step : steps) {
        for (const Interval& interval : step.intervals) {
            see(interval.started);
            see(interval.completed);
        }
        for (const Transfer& transfer : step.transfers)
            see(transfer.updated);
        if (const std::size_t lines = step.log->lineCount(); lines > 0)
            see(step.log->line(lines - 1).time);
    }
    return last ? last : started();
}

const BuildError* Build::error() const
{
    const BuildError* canceled = nullptr;
    for (const Record& record : records) {
        if (!record.info.error)
            continue;
        if (record.info.error->code != 1 && !isCancellation(record.info.error->message))
            return &*record.info.error;
        canceled = &*record.info.error;
    }
    return canceled;
}

StepState stateOf(const Build& build, const Step& step)
{
    if (!step.error.empty())
        return isCancellation(step.error) ? StepState::Canceled : StepState::Failed;
    const bool open = !step.intervals.empty() && !step.intervals.back().completed;
    // A record that ended leaves no step running: what was open then was cut off.
    if (open)
        return build.records[step.record].running() ? StepState::Running : StepState::Canceled;
    if (step.cachedFlag)
        return StepState::Cached;
    return step.completedOnce || !step.intervals.empty() ? StepState::Completed : StepState::Pending;
}

CacheState cacheOf(const Build& build, const Step& step)
{
    if (step.imported)
        return CacheState::Imported;
    if (step.cachedFlag)
        return CacheState::Cached;
    const OptionalTime created = build.records[step.record].info.created;
    if (created && !step.intervals.empty() && step.intervals.front().started < *created)
        return CacheState::Joined;
    return CacheState::None;
}

bool invalidatedByParent(const Build& build, const Step& step)
{
    if (!build.anyCached || step.cachedFlag || step.intervals.empty() || step.parsed.kind != StepKind::Instruction)
        return false;
    return std::any_of(step.inputSteps.begin(), step.inputSteps.end(), [&](StepIndex index) {
        const Step& input = build.step(index);
        return input.parsed.kind == StepKind::Instruction && !input.cachedFlag && !input.intervals.empty()
            && input.parsed.keyword != "FROM";
    });
}

Timestamp nowOf(const Build& build, Timestamp wall)
{
    const BuildStatus status = build.status();
    if (status == BuildStatus::Running)
        return {wall.ns + (build.records.empty() ? 0 : build.records.front().clockSkewNs)};
    if (status != BuildStatus::Lost) {
        if (const OptionalTime end = build.completed())
            return *end;
    }
    return build.lastActivity().value_or(wall);
}

Duration durationOf(const Build& build, const Step& step, Timestamp now)
{
    const OptionalTime created = build.records[step.record].info.created;
    Duration sum;
    for (const Interval& interval : step.intervals) {
        const Timestamp begin = created && !step.cachedFlag ? std::max(interval.started, *created) : interval.started;
        const Timestamp end = interval.completed.value_or(now);
        if (end > begin)
            sum = sum + (end - begin);
    }
    return sum;
}

} // namespace layerline
