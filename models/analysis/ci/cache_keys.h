// What BuildKit's `type=gha` caches of a repository say: scopes, refs, revisions, and what of it still counts.
//
// Keys as BuildKit writes them: "index-<scope>-1-<first 8 hex digits of sha256(ref)>[-<signature>]#<revision>" names what a
// scope holds for one ref, "buildkit-blob-1-sha256:<digest>" is a layer. A layer's key carries no scope and several scopes
// share one, so there is no such thing as the size of a scope: nothing here computes it.
#pragma once

#include "domain/platform.h"
#include "domain/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// One entry of GET /repos/{owner}/{repo}/actions/caches.
struct CacheEntry {
    std::int64_t id = 0;
    std::string key;
    std::string ref;     ///< "refs/heads/main", "refs/pull/7/merge"
    std::string version;
    std::int64_t bytes = 0;
    OptionalTime created, lastUsed;
    friend bool operator==(const CacheEntry&, const CacheEntry&) = default;
};

/// The parts of an index key.
struct CacheIndexKey {
    std::string scope;     ///< may hold '/', '-' and '#'
    std::string refHash;   ///< 8 hex digits
    std::string signature; ///< empty when the entry is not signed
    std::int64_t revision = 0;
    friend bool operator==(const CacheIndexKey&, const CacheIndexKey&) = default;
};

/// Parses an index key from the right. Empty for anything else.
std::optional<CacheIndexKey> parseCacheIndexKey(std::string_view key);
/// The digest "sha256:..." in a layer's key. Empty for anything else.
std::optional<std::string> parseCacheBlobKey(std::string_view key);
/// What stands for `ref` in an index key.
std::string cacheRefHash(std::string_view ref);

/// What one scope holds for one ref: the highest revision counts, older ones are left-overs nobody reads.
struct CacheScopeRef {
    std::string ref;               ///< as GitHub names it for the live entry
    std::string refHash;
    bool hashFitsRef = true;       ///< false: written for another ref than the one GitHub files it under
    std::int64_t revision = 0;     ///< the live one
    CacheEntry live;
    std::vector<CacheEntry> stale; ///< lower revisions, highest first
    bool isSigned = false;
};

struct CacheScope {
    std::string name;
    std::vector<CacheScopeRef> refs; ///< by name of the ref
    OptionalTime lastWrite;          ///< of the live entries
    OptionalTime lastUse;
};

/// GitHub's default limits; a repository may have others.
struct CacheLimits {
    std::int64_t quotaBytes = 10'000'000'000;
    bool told = false;               ///< the quota is the repository's own, as GitHub says
    Duration unusedFor{std::int64_t(7) * 24 * 3600 * 1'000'000'000};
};

struct CacheOverview {
    std::vector<CacheScope> scopes;   ///< by name
    int blobs = 0;                    ///< layers, of all scopes together
    std::int64_t blobBytes = 0;
    int others = 0;                   ///< entries of other tools (setup-node and the like)
    std::int64_t otherBytes = 0;
    int staleIndexes = 0;
    std::int64_t totalBytes = 0;      ///< everything GitHub counts against the quota
    std::int64_t quotaBytes = 0;
    bool quotaTold = false;           ///< else it is GitHub's default
    bool overQuota = false;           ///< GitHub evicts the least recently used entries
    OptionalTime nextExpiry;          ///< when the first entry goes if nothing uses it
    std::vector<CacheEntry> expired;  ///< unused for longer than the limit: gone at GitHub's next sweep
};

/// Sorts a repository's entries. `now` decides what has expired.
CacheOverview cacheOverview(const std::vector<CacheEntry>& entries, Timestamp now, const CacheLimits& limits = {});

/// May a run on `ref` read an entry of `entryRef`? Own ref, the base branch of a pull request, the default branch.
/// Refs are full names; `baseRef` is empty unless the run is for a pull request.
bool cacheVisible(std::string_view entryRef, std::string_view ref, std::string_view defaultRef, std::string_view baseRef = {});

/// A job (or one leg of a matrix) that exports a cache to a scope.
struct CacheWriter {
    std::string scope; ///< "buildkit" when none is given, as BuildKit calls it
    std::string job;   ///< "build (linux/arm64)"
    std::vector<Platform> platforms;
    std::string workflow; ///< its file; "" = the only one looked at
};

/// Several writers with different platforms on one scope: the last one wins, the others find nothing of theirs.
struct ScopeCollision {
    std::string scope;
    std::vector<CacheWriter> writers;
};

/// One writer of several platforms (QEMU) is none; nor are writers whose platforms are equal or unknown.
std::vector<ScopeCollision> scopeCollisions(const std::vector<CacheWriter>& writers);

/// The scope a build without `scope=` writes to.
extern const char* const defaultCacheScope;

} // namespace layerline
