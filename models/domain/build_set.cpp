#include "domain/build_set.h"

#include "domain/graph.h"

#include <algorithm>
#include <cstdlib>

namespace layerline {

namespace {

/// The update that says most about the build; those that only name another builder of the same engine say little.
const ev::RecordUpdated* tellingUpdate(const EventBatch& batch)
{
    const ev::RecordUpdated* first = nullptr;
    for (const Event& event : batch.events) {
        const auto* update = std::get_if<ev::RecordUpdated>(&event);
        if (update && update->created)
            return update;
        if (update && !first)
            first = update;
    }
    return first;
}

std::string attribute(const ev::RecordUpdated& info, const std::string& key)
{
    const auto found = info.frontendAttrs.find(key);
    return found == info.frontendAttrs.end() ? std::string{} : found->second;
}

/// Old buildx gives every node's part a ref of its own and no group: the parts are told by likeness.
bool looksLikeOneBuild(const ev::RecordUpdated& a, const ev::RecordUpdated& b)
{
    if (a.builder.empty() || a.builder != b.builder || attribute(a, "multi-platform") != "true" || attribute(b, "multi-platform") != "true")
        return false;
    if (!a.localState || !b.localState || a.localState->target != b.localState->target || a.localState->localPath != b.localState->localPath
        || a.localState->dockerfilePath != b.localState->dockerfilePath || !a.localState->groupRef.empty())
        return false;
    if (!a.created || !b.created || std::llabs((*a.created - *b.created).ns) > 2'000'000'000)
        return false;
    const auto left = parsePlatformList(attribute(a, "platform"));
    const auto right = parsePlatformList(attribute(b, "platform"));
    return !left.empty() && !right.empty()
        && std::none_of(left.begin(), left.end(), [&](const Platform& p) { return std::find(right.begin(), right.end(), p) != right.end(); });
}

} // namespace

Build* BuildSet::groupFor(const RecordKey& key, const ev::RecordUpdated& info, bool& inferred)
{
    if (info.builder.empty())
        return nullptr;
    // Newest first: the parts of one build start together.
    for (auto at = m_order.rbegin(); at != m_order.rend(); ++at) {
        Build& build = *m_builds.at(*at);
        const bool sameWorker = std::any_of(build.records.begin(), build.records.end(), [&](const Record& r) { return r.key.worker == key.worker; });
        if (sameWorker || build.records.empty())
            continue;
        const Record& first = build.records.front();
        if (first.key.ref == key.ref && first.info.builder == info.builder)
            return &build;
        if (std::all_of(build.records.begin(), build.records.end(), [&](const Record& r) { return looksLikeOneBuild(r.info, info); })) {
            inferred = true;
            return &build;
        }
    }
    return nullptr;
}

Build& BuildSet::buildFor(const RecordKey& key, const EventBatch& batch, std::uint32_t& record, bool& added)
{
    if (const auto owner = m_recordOwner.find(key); owner != m_recordOwner.end()) {
        record = owner->second.second;
        return *m_builds.at(owner->second.first);
    }
    added = true;
    const ev::RecordUpdated* info = tellingUpdate(batch);
    bool inferred = false;
    Build* build = info ? groupFor(key, *info, inferred) : nullptr;
    if (!build) {
        const BuildId id(key.worker + "/" + key.ref);
        auto made = std::make_unique<Build>();
        made->id = id;
        build = made.get();
        m_builds.emplace(id, std::move(made));
        m_order.push_back(id);
    }
    build->inferredGroup = build->inferredGroup || inferred;
    record = std::uint32_t(build->records.size());
    Record fresh;
    fresh.key = key;
    build->records.push_back(std::move(fresh));
    build->stepByDigest.emplace_back();
    ++build->structureRevision;
    m_recordOwner.emplace(key, std::pair{build->id, record});
    return *build;
}

std::pair<BuildId, Change> BuildSet::apply(const EventBatch& batch)
{
    std::uint32_t record = 0;
    bool added = false;
    Build& build = buildFor(batch.record, batch, record, added);
    Change change;
    if (added)
        change.flags |= Change::Added | Change::Structure | Change::Summary;
    for (const Event& event : batch.events)
        change.merge(reduce(build, record, event, m_caps));
    if (added)
        ++build.revision;
    return {build.id, change}; // the graph is worked out when somebody looks: see find()
}

void BuildSet::adopt(BuildSet&& other)
{
    m_order.insert(m_order.end(), other.m_order.begin(), other.m_order.end());
    m_builds.merge(other.m_builds);
    m_recordOwner.merge(other.m_recordOwner);
    other = BuildSet{};
}

/// A build is handed out with its graph worked out. Not at each batch: a large build comes in thousands of them, and those
/// between two frames would work for nobody.
const Build* BuildSet::find(const BuildId& id) const
{
    const auto found = m_builds.find(id);
    if (found == m_builds.end())
        return nullptr;
    analyseGraph(*found->second);
    return found->second.get();
}

const Build* BuildSet::findByRef(const std::string& ref) const
{
    for (auto at = m_order.rbegin(); at != m_order.rend(); ++at) {
        const Build& build = *m_builds.at(*at);
        const bool named = std::any_of(build.records.begin(), build.records.end(), [&](const Record& record) { return record.key.ref == ref; });
        if (named || build.id.str() == ref)
            return find(build.id);
    }
    return nullptr;
}

const Build* BuildSet::owner(const RecordKey& key) const
{
    const auto found = m_recordOwner.find(key);
    return found == m_recordOwner.end() ? nullptr : find(found->second.first);
}

bool BuildSet::remove(const BuildId& which)
{
    const BuildId id = which; // the caller's may live in what is removed
    const auto found = m_builds.find(id);
    if (found == m_builds.end())
        return false;
    for (const Record& record : found->second->records)
        m_recordOwner.erase(record.key);
    m_builds.erase(found);
    m_order.erase(std::find(m_order.begin(), m_order.end(), id));
    return true;
}

} // namespace layerline
