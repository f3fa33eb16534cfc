// Cache scopes that several architectures write: what the workflows say, and what the caches themselves show.
#pragma once

#include "analysis/ci/cache_keys.h"

namespace layerline {

/// Revisions of one scope and ref that were written so close together that one run probably wrote them all.
struct CacheRewrite {
    std::string ref;
    std::vector<std::int64_t> revisions; ///< ascending, at least two
    Duration within;                     ///< from the first write to the last
    friend bool operator==(const CacheRewrite&, const CacheRewrite&) = default;
};

struct CacheCollision {
    std::string scope;
    bool proven = false;                 ///< the workflows name writers of different platforms; else only the rewrites hint at it
    std::vector<CacheWriter> writers;    ///< of the scope, as far as workflows tell
    std::vector<CacheRewrite> rewrites;
    std::vector<std::string> refs;       ///< that have entries of the scope now
};

/// Rewrites nearer to each other than this count as one run's: architectures of one run end minutes apart.
constexpr Duration rewriteWindow{std::int64_t(30) * 60 * 1'000'000'000};
std::vector<CacheRewrite> cacheRewrites(const CacheScope& scope, Duration window = rewriteWindow);

/// By scope. `writersKnown`: every workflow could be read, so that a scope with one writer, or with none of different
/// platforms, is no collision whatever its revisions look like (pushes may follow each other fast). A scope nobody is known
/// to write is told, unproven, when two or more of its writes followed each other within the window twice or more.
std::vector<CacheCollision> cacheCollisions(const CacheOverview& overview, const std::vector<CacheWriter>& writers, bool writersKnown);

} // namespace layerline
