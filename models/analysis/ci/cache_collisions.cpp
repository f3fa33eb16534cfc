#include "analysis/ci/cache_collisions.h"

#include <algorithm>
#include <map>

namespace layerline {

namespace {

constexpr int tellingRewrites = 2; ///< once may be two pushes in a row

/// The revision in an entry's key; entries of an overview are all index entries.
std::int64_t revisionOf(const CacheEntry& entry)
{
    const auto key = parseCacheIndexKey(entry.key);
    return key ? key->revision : 0;
}

void addRewrites(const CacheScopeRef& ref, Duration window, std::vector<CacheRewrite>& into)
{
    std::vector<const CacheEntry*> writes{&ref.live};
    for (const CacheEntry& stale : ref.stale)
        writes.push_back(&stale);
    std::erase_if(writes, [](const CacheEntry* entry) { return !entry->created; });
    std::sort(writes.begin(), writes.end(), [](const CacheEntry* a, const CacheEntry* b) { return *a->created < *b->created; });
    for (std::size_t first = 0; first < writes.size();) {
        std::size_t last = first;
        // From the first of them: a branch that is pushed to all day is no single run.
        while (last + 1 < writes.size() && *writes[last + 1]->created - *writes[first]->created <= window)
            ++last;
        if (last > first) {
            CacheRewrite rewrite{ref.ref, {}, *writes[last]->created - *writes[first]->created};
            for (std::size_t i = first; i <= last; ++i)
                rewrite.revisions.push_back(revisionOf(*writes[i]));
            std::sort(rewrite.revisions.begin(), rewrite.revisions.end());
            into.push_back(std::move(rewrite));
        }
        first = last + 1;
    }
}

} // namespace

std::vector<CacheRewrite> cacheRewrites(const CacheScope& scope, Duration window)
{
    std::vector<CacheRewrite> rewrites;
    for (const CacheScopeRef& ref : scope.refs)
        addRewrites(ref, window, rewrites);
    return rewrites;
}

std::vector<CacheCollision> cacheCollisions(const CacheOverview& overview, const std::vector<CacheWriter>& writers, bool writersKnown)
{
    std::map<std::string, CacheCollision> found;
    for (ScopeCollision& collision : scopeCollisions(writers))
        found[collision.scope] = {collision.scope, true, std::move(collision.writers), {}, {}};
    for (const CacheScope& scope : overview.scopes) {
        const auto rewrites = cacheRewrites(scope);
        auto at = found.find(scope.name);
        const bool written = std::any_of(writers.begin(), writers.end(), [&](const CacheWriter& writer) { return writer.scope == scope.name; });
        if (at == found.end() && !writersKnown && !written && int(rewrites.size()) >= tellingRewrites)
            at = found.emplace(scope.name, CacheCollision{scope.name, false, {}, {}, {}}).first;
        if (at == found.end())
            continue;
        at->second.rewrites = rewrites;
        for (const CacheScopeRef& ref : scope.refs)
            at->second.refs.push_back(ref.ref);
    }
    std::vector<CacheCollision> collisions;
    for (auto& [scope, collision] : found)
        collisions.push_back(std::move(collision));
    return collisions;
}

} // namespace layerline
