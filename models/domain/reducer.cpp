#include "domain/reducer.h"

#include <algorithm>

namespace layerline {

void Change::merge(const Change& other)
{
    flags |= other.flags;
    steps.insert(other.steps.begin(), other.steps.end());
}

namespace {

struct Reduction {
    Build& build;
    std::uint32_t record;
    const Caps& caps;

    Record& rec() { return build.records[record]; }
    StepIndex ensureStep(const StepDigest& digest, Change& change);

    Change operator()(const ev::RecordUpdated& update);
    Change operator()(const ev::RecordRemoved&);
    Change operator()(const ev::StepUpdated& update);
    Change operator()(const ev::TransferUpdated& update);
    Change operator()(const ev::LogAppended& log);
    Change operator()(const ev::WarningRaised& warning);
    Change operator()(const ev::ProvenanceRead& provenance);
    Change operator()(const ev::ExcerptRead& excerpt);
    Change operator()(const ev::ImportProved& proof);
    Change operator()(const ev::ConnectionChanged& connection);
    Change operator()(const ev::StatusEnded&) { return {}; }
};

template <class T>
bool assign(T& field, const T& value)
{
    if (field == value)
        return false;
    field = value;
    return true;
}

/// Takes over what the update knows; what it does not know stays.
template <class T>
bool takeOver(T& field, const T& value)
{
    return value != T{} && assign(field, value);
}

bool mergeRecord(ev::RecordUpdated& into, const ev::RecordUpdated& update)
{
    bool changed = false;
    changed |= takeOver(into.builder, update.builder);
    changed |= takeOver(into.node, update.node);
    changed |= takeOver(into.created, update.created);
    changed |= takeOver(into.frontend, update.frontend);
    changed |= takeOver(into.frontendAttrs, update.frontendAttrs);
    changed |= takeOver(into.exporters, update.exporters);
    changed |= takeOver(into.workerPlatforms, update.workerPlatforms);
    changed |= takeOver(into.localState, update.localState);
    changed |= takeOver(into.name, update.name);
    if (!update.complete)
        return changed;
    changed |= !into.complete;
    into.complete = true;
    changed |= takeOver(into.completed, update.completed);
    changed |= takeOver(into.exporterResponse, update.exporterResponse);
    changed |= takeOver(into.error, update.error);
    changed |= assign(into.pinned, update.pinned);
    changed |= takeOver(into.reportedTotal, update.reportedTotal);
    changed |= takeOver(into.reportedCached, update.reportedCached);
    changed |= takeOver(into.reportedCompleted, update.reportedCompleted);
    changed |= takeOver(into.reportedWarnings, update.reportedWarnings);
    changed |= takeOver(into.logs, update.logs);
    changed |= takeOver(into.trace, update.trace);
    changed |= takeOver(into.externalError, update.externalError);
    changed |= takeOver(into.attestations, update.attestations);
    changed |= takeOver(into.results, update.results);
    return changed;
}

Change Reduction::operator()(const ev::RecordUpdated& update)
{
    Record& record_ = rec();
    if (!update.builder.empty())
        record_.reachedBy.insert(update.builder);
    // Events come in any order: an older generation may still fill gaps, but says nothing about the end.
    ev::RecordUpdated known = update;
    if (record_.info.complete && update.generation < record_.info.generation)
        known.complete = false;
    const bool first = build.revision == 0;
    const auto platformsBefore = record_.info.workerPlatforms;
    const auto attrsBefore = record_.info.frontendAttrs;
    const std::size_t responseBefore = record_.info.exporterResponse.size();
    if (first || update.source != SourceKind::BuildKit)
        record_.info.source = update.source;
    bool changed = mergeRecord(record_.info, known);
    record_.info.generation = std::max(record_.info.generation, update.generation);
    if (record_.info.complete && record_.lost) {
        record_.lost = false;
        changed = true;
    }
    if (!changed)
        return {};
    Change change{Change::Summary, {}};
    if (platformsBefore != record_.info.workerPlatforms || attrsBefore != record_.info.frontendAttrs
        || responseBefore != record_.info.exporterResponse.size()) {
        change.flags |= Change::Structure;
        ++build.structureRevision;
    }
    if (update.complete)
        change.flags |= Change::Steps; // open steps are cut off
    return change;
}

Change Reduction::operator()(const ev::RecordRemoved&)
{
    return assign(rec().removed, true) ? Change{Change::Summary, {}} : Change{};
}

StepIndex Reduction::ensureStep(const StepDigest& digest, Change& change)
{
    const StepIndex known = build.find(record, digest);
    if (known != noStep)
        return known;
    if (build.steps.size() >= caps.steps)
        return noStep;
    const StepIndex index{std::uint32_t(build.steps.size())};
    Step step;
    step.digest = digest;
    step.record = record;
    // Provenance may have been read before the status log.
    for (const ev::ProvenanceRead& provenance : rec().provenances) {
        if (const auto facts = provenance.steps.find(digest); facts != provenance.steps.end())
            step.provenance = facts->second;
    }
    build.steps.push_back(std::move(step));
    build.stepByDigest[record].emplace(digest, index);
    ++build.structureRevision;
    change.flags |= Change::Structure | Change::Summary;
    return index;
}

/// An interval is known by its start. A message that only says "started" never reopens one that has ended.
bool mergeInterval(std::vector<Interval>& intervals, Timestamp started, const OptionalTime& completed)
{
    const auto at = std::lower_bound(intervals.begin(), intervals.end(), started,
                                     [](const Interval& interval, Timestamp time) { return interval.started < time; });
    if (at == intervals.end() || at->started != started) {
        intervals.insert(at, Interval{started, completed});
        return true;
    }
    if (!completed || at->completed == completed)
        return false;
    at->completed = completed;
    return true;
}

Change Reduction::operator()(const ev::StepUpdated& update)
{
    Change change;
    const StepIndex index = ensureStep(update.digest, change);
    if (index == noStep)
        return change;
    Step& step = build.step(index);
    bool changed = false;
    if (takeOver(step.name, update.name)) {
        step.parsed = parseStepName(step.name);
        ++build.structureRevision;
        change.flags |= Change::Structure;
    }
    if (takeOver(step.inputs, update.inputs)) {
        ++build.structureRevision;
        change.flags |= Change::Structure;
    }
    changed |= takeOver(step.group, update.group);
    changed |= update.groupWeak && assign(step.groupWeak, true);
    if (update.started) {
        const bool newest = step.intervals.empty() || *update.started >= step.intervals.back().started;
        changed |= mergeInterval(step.intervals, *update.started, update.completed);
        // A later run that does not fail takes an earlier run's error back; an older message does not.
        if (newest && (update.completed || !step.intervals.back().completed))
            changed |= assign(step.error, update.error);
    } else if (!update.error.empty()) {
        changed |= assign(step.error, update.error);
    }
    changed |= update.cached && assign(step.cachedFlag, true);
    build.anyCached = build.anyCached || step.cachedFlag;
    changed |= update.completed && assign(step.completedOnce, true);
    if (changed || change.flags != Change::None) {
        change.flags |= Change::Steps | Change::Summary;
        change.steps.insert(index);
    }
    return change;
}

Change Reduction::operator()(const ev::TransferUpdated& update)
{
    const StepIndex index = build.find(record, update.step);
    if (index == noStep)
        return {}; // the facts: unknown digests are skipped, not fatal
    Step& step = build.step(index);
    auto at = std::find_if(step.transfers.rbegin(), step.transfers.rend(), [&](const Transfer& known) { return known.id == update.id; });
    if (at == step.transfers.rend()) {
        if (step.transfers.size() >= caps.transfersPerStep) {
            ++step.transfersFolded;
            return {};
        }
        step.transfers.push_back({update.id, {}, 0, 0, {}, {}, {}});
        at = step.transfers.rbegin();
    }
    Transfer& transfer = *at;
    const Transfer before = transfer;
    takeOver(transfer.name, update.name);
    if (update.started && (!transfer.started || *update.started < *transfer.started))
        transfer.started = update.started;
    takeOver(transfer.completed, update.completed);
    const bool newer = !transfer.updated || !update.timestamp || *update.timestamp >= *transfer.updated;
    if (newer) {
        takeOver(transfer.total, update.total);
        transfer.current = std::max(update.current, transfer.completed ? transfer.current : update.current);
        takeOver(transfer.updated, update.timestamp);
    }
    if (before.current == transfer.current && before.total == transfer.total && before.completed == transfer.completed
        && before.updated == transfer.updated && before.started == transfer.started && before.name == transfer.name)
        return {};
    return {Change::Transfers, {index}};
}

Change Reduction::operator()(const ev::LogAppended& log)
{
    const StepIndex index = build.find(record, log.step);
    if (index == noStep)
        return {};
    LogBuffer& buffer = *build.step(index).log;
    if (buffer.byteCount() + log.bytes.size() > caps.logBytes)
        return {};
    return buffer.append(log.stream, log.offset, log.time, log.bytes) ? Change{Change::Log, {index}} : Change{};
}

Change Reduction::operator()(const ev::WarningRaised& warning)
{
    if (std::find(build.warnings.begin(), build.warnings.end(), warning) != build.warnings.end())
        return {};
    build.warnings.push_back(warning);
    return {Change::Warnings | Change::Summary, {}};
}

Change Reduction::operator()(const ev::ProvenanceRead& provenance)
{
    Record& record_ = rec();
    const auto same = std::find_if(record_.provenances.begin(), record_.provenances.end(),
                                   [&](const ev::ProvenanceRead& known) { return known.platform == provenance.platform; });
    if (same != record_.provenances.end())
        return {};
    record_.provenances.push_back(provenance);
    if (provenance.builderPlatform)
        record_.builderPlatform = provenance.builderPlatform;
    Change change{Change::Summary | Change::Structure, {}};
    for (const auto& [digest, facts] : provenance.steps) {
        if (const StepIndex index = build.find(record, digest); index != noStep) {
            build.step(index).provenance = facts;
            change.steps.insert(index);
        }
    }
    ++build.structureRevision;
    return change;
}

Change Reduction::operator()(const ev::ExcerptRead& excerpt)
{
    if (rec().excerpt == excerpt.excerpt)
        return {};
    rec().excerpt = excerpt.excerpt;
    return {Change::Summary, {}};
}

Change Reduction::operator()(const ev::ImportProved& proof)
{
    Change change;
    for (const StepDigest& digest : proof.steps) {
        const StepIndex index = build.find(record, digest);
        if (index != noStep && assign(build.step(index).imported, true)) {
            change.flags |= Change::Steps;
            change.steps.insert(index);
        }
    }
    return change;
}

Change Reduction::operator()(const ev::ConnectionChanged& connection)
{
    Record& record_ = rec();
    const bool lost = connection.lost && record_.running();
    bool changed = assign(record_.lost, lost);
    changed |= assign(record_.lostReason, lost ? connection.reason : std::string{});
    if (!connection.lost)
        changed |= assign(record_.clockSkewNs, connection.clockSkewNs);
    return changed ? Change{Change::Connection | Change::Summary, {}} : Change{};
}

} // namespace

Change reduce(Build& build, std::uint32_t record, const Event& event, const Caps& caps)
{
    Change change = std::visit(Reduction{build, record, caps}, event);
    if (change.flags != Change::None)
        ++build.revision;
    return change;
}

} // namespace layerline
