#include "storage/history_types.h"

#include "domain/announced_platforms.h"
#include "domain/summary.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace layerline {

namespace {

constexpr std::array<std::pair<BlobKind, const char*>, 6> kindNames{{
    {BlobKind::Record, "record"}, {BlobKind::Status, "status"}, {BlobKind::Provenance, "provenance"},
    {BlobKind::ExternalError, "externalError"}, {BlobKind::Trace, "trace"}, {BlobKind::ClientCommand, "clientCommand"}}};

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

const char* toString(BlobKind kind)
{
    for (const auto& [known, text] : kindNames) {
        if (known == kind)
            return text;
    }
    return "";
}

std::optional<BlobKind> parseBlobKind(std::string_view text)
{
    for (const auto& [known, name] : kindNames) {
        if (text == name)
            return known;
    }
    return {};
}

bool HistoryEntry::has(BlobKind kind) const
{
    return std::any_of(blobs.begin(), blobs.end(), [kind](const StoredBlob& blob) { return blob.kind == kind; });
}

HistoryEntry historyEntry(const Build& build, const Record& record)
{
    HistoryEntry entry;
    const ev::RecordUpdated& info = record.info;
    entry.key = record.key;
    entry.builder = info.builder;
    entry.node = info.node;
    entry.name = build.name();
    entry.status = !info.complete ? (record.lost ? BuildStatus::Lost : BuildStatus::Running)
        : !info.error ? BuildStatus::Completed
        : info.error->code == 1 ? BuildStatus::Canceled : BuildStatus::Failed;
    entry.created = info.created;
    entry.completed = info.completed;
    entry.generation = info.generation;
    const Counters counters = countersOf(build);
    // Of merged nodes ours are sums, and a build whose steps were not read has none.
    const bool counted = build.records.size() == 1 && counters.total > 0;
    entry.totalSteps = counted ? counters.total : info.reportedTotal;
    entry.completedSteps = counted ? counters.completed : info.reportedCompleted;
    entry.cachedSteps = counted ? counters.cached : info.reportedCached;
    entry.pinned = info.pinned;
    entry.group = info.localState ? info.localState->groupRef : std::string();
    entry.removedOnBuilder = record.removed;
    entry.source = info.source;
    entry.workerPlatforms = info.workerPlatforms;
    entry.localState = info.localState;
    entry.platforms = build.platforms.empty() ? announcedPlatforms(info) : build.platforms;
    return entry;
}

ev::RecordUpdated recordInfo(const HistoryEntry& entry)
{
    ev::RecordUpdated info;
    info.source = entry.source;
    info.builder = entry.builder;
    info.node = entry.node;
    info.generation = entry.generation;
    info.created = entry.created;
    info.pinned = entry.pinned;
    info.workerPlatforms = entry.workerPlatforms;
    info.localState = entry.localState;
    info.name = entry.name;
    info.complete = entry.status != BuildStatus::Running && entry.status != BuildStatus::Lost;
    info.completed = entry.completed;
    if (entry.status == BuildStatus::Canceled)
        info.error = BuildError{1, {}};
    else if (entry.status == BuildStatus::Failed)
        info.error = BuildError{2, {}}; // the record says which and why
    info.reportedTotal = entry.totalSteps;
    info.reportedCompleted = entry.completedSteps;
    info.reportedCached = entry.cachedSteps;
    std::string platforms;
    for (const Platform& platform : entry.platforms)
        platforms += (platforms.empty() ? "" : ",") + platform.str();
    if (!platforms.empty())
        info.frontendAttrs.emplace("platform", std::move(platforms));
    return info;
}

std::vector<Event> historyEvents(const HistoryEntry& entry)
{
    std::vector<Event> events{recordInfo(entry)};
    if (entry.status == BuildStatus::Running || entry.status == BuildStatus::Lost)
        events.push_back(ev::ConnectionChanged{true, "its end was not seen", 0});
    if (entry.removedOnBuilder)
        events.push_back(ev::RecordRemoved{});
    return events;
}

std::string defaultHistoryFolder()
{
    if (std::string folder = environment("LAYERLINE_HISTORY"); !folder.empty())
        return folder;
    // The specification says that a relative path is to be ignored.
    if (const std::string state = environment("XDG_STATE_HOME"); state.starts_with('/'))
        return state + "/layerline";
    const std::string home = environment("HOME");
    return home.empty() ? std::string() : home + "/.local/state/layerline";
}

} // namespace layerline
