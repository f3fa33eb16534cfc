// All builds, and which record belongs to which of them.
#pragma once

#include "domain/reducer.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

/// Owns the builds. Not thread safe: lives on one thread.
class BuildSet {
public:
    using Changes = std::map<BuildId, Change>;

    /// For what comes from now on; what is kept already stays.
    void setCaps(const Caps& caps) { m_caps = caps; }
    /// Reduces a batch into the build its record belongs to (made when new). Returns the build's id and what changed.
    std::pair<BuildId, Change> apply(const EventBatch& batch);

    /// Takes over all builds of `other`, which were reduced on another thread. Those with the same id or records must
    /// have been removed before.
    void adopt(BuildSet&& other);

    const Build* find(const BuildId& id) const;
    /// By history ref or by build id; the newest when several have it.
    const Build* findByRef(const std::string& ref) const;
    /// The build a record belongs to, or null.
    const Build* owner(const RecordKey& key) const;
    /// Ids in order of first appearance.
    const std::vector<BuildId>& ids() const { return m_order; }
    bool remove(const BuildId& id);
    std::size_t size() const { return m_builds.size(); }

private:
    Build& buildFor(const RecordKey& key, const EventBatch& batch, std::uint32_t& record, bool& added);
    Build* groupFor(const RecordKey& key, const ev::RecordUpdated& info, bool& inferred);

    Caps m_caps;
    std::map<BuildId, std::unique_ptr<Build>> m_builds;
    std::vector<BuildId> m_order;
    std::map<RecordKey, std::pair<BuildId, std::uint32_t>> m_recordOwner;
};

} // namespace layerline
