// A node's disk use as the plans read it.
#pragma once

#include "analysis/builder_plan.h"
#include "sources/buildkit/node_types.h"

namespace layerline {

inline std::vector<CacheRecord> cacheRecords(const DiskUsage& usage)
{
    std::vector<CacheRecord> list;
    list.reserve(usage.records.size());
    for (const DiskRecord& record : usage.records)
        list.push_back({record.id, record.type, record.description, record.bytes, record.inUse, record.shared, record.created, record.lastUsed});
    return list;
}

} // namespace layerline
