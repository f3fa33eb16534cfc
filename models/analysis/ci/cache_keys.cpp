#include "analysis/ci/cache_keys.h"

#include "domain/sha256.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace layerline {

const char* const defaultCacheScope = "buildkit";

namespace {

constexpr std::string_view indexPrefix = "index-";
constexpr std::string_view blobPrefix = "buildkit-blob-1-";
/// Format version and the separators around it, between scope and hash.
constexpr std::string_view versionMark = "-1-";
constexpr std::size_t hashLength = 8;

bool isHex(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Is there "-1-hhhhhhhh" at `at`, ended by the end or a '-'?
bool hashAt(std::string_view text, std::size_t at)
{
    const std::size_t hash = at + versionMark.size(), end = hash + hashLength;
    return text.size() >= end && text.substr(at, versionMark.size()) == versionMark && isHex(text.substr(hash, hashLength))
           && (text.size() == end || text[end] == '-');
}

void later(OptionalTime& kept, const OptionalTime& other)
{
    if (other && (!kept || *kept < *other))
        kept = other;
}

/// Index entries by scope and the ref GitHub files them under.
using Indexes = std::map<std::string, std::map<std::string, std::vector<std::pair<CacheIndexKey, CacheEntry>>>>;

CacheScopeRef scopeRef(std::vector<std::pair<CacheIndexKey, CacheEntry>>& entries)
{
    // Equal revisions should not happen; the younger entry is then the one that is read.
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return a.first.revision != b.first.revision ? a.first.revision > b.first.revision : b.second.created < a.second.created;
    });
    CacheScopeRef result;
    result.live = entries.front().second;
    result.ref = result.live.ref;
    result.refHash = entries.front().first.refHash;
    result.hashFitsRef = result.refHash == cacheRefHash(result.ref);
    result.revision = entries.front().first.revision;
    result.isSigned = !entries.front().first.signature.empty();
    for (auto it = std::next(entries.begin()); it != entries.end(); ++it)
        result.stale.push_back(it->second);
    return result;
}

} // namespace

std::string cacheRefHash(std::string_view ref)
{
    return std::string(sha256Hex(sha256Digest(ref)).substr(0, hashLength));
}

std::optional<CacheIndexKey> parseCacheIndexKey(std::string_view key)
{
    if (key.substr(0, indexPrefix.size()) != indexPrefix)
        return std::nullopt;
    const std::size_t hashSign = key.rfind('#');
    if (hashSign == std::string_view::npos || hashSign + 1 == key.size())
        return std::nullopt;
    CacheIndexKey result;
    const char* const end = key.data() + key.size();
    const auto number = std::from_chars(key.data() + hashSign + 1, end, result.revision);
    if (number.ec != std::errc() || number.ptr != end || result.revision < 0)
        return std::nullopt;
    const std::string_view middle = key.substr(indexPrefix.size(), hashSign - indexPrefix.size());
    // The mark nearest to the end: a scope may itself look like the rest of a key.
    for (std::size_t at = middle.rfind(versionMark); at != std::string_view::npos;) {
        if (hashAt(middle, at)) {
            result.scope = std::string(middle.substr(0, at));
            const std::string_view rest = middle.substr(at + versionMark.size());
            result.refHash = std::string(rest.substr(0, hashLength));
            result.signature = rest.size() > hashLength ? std::string(rest.substr(hashLength + 1)) : std::string();
            return result;
        }
        if (at == 0)
            break;
        at = middle.rfind(versionMark, at - 1);
    }
    return std::nullopt;
}

std::optional<std::string> parseCacheBlobKey(std::string_view key)
{
    if (key.substr(0, blobPrefix.size()) != blobPrefix)
        return std::nullopt;
    const std::string_view digest = key.substr(blobPrefix.size());
    return sha256Hex(digest).empty() ? std::nullopt : std::optional(std::string(digest));
}

CacheOverview cacheOverview(const std::vector<CacheEntry>& entries, Timestamp now, const CacheLimits& limits)
{
    CacheOverview result;
    result.quotaBytes = limits.quotaBytes;
    result.quotaTold = limits.told;
    Indexes indexes;
    for (const CacheEntry& entry : entries) {
        result.totalBytes += entry.bytes;
        if (const auto index = parseCacheIndexKey(entry.key)) {
            indexes[index->scope][entry.ref].emplace_back(*index, entry);
        } else if (parseCacheBlobKey(entry.key)) {
            ++result.blobs;
            result.blobBytes += entry.bytes;
        } else {
            ++result.others;
            result.otherBytes += entry.bytes;
        }
        const OptionalTime used = entry.lastUsed ? entry.lastUsed : entry.created;
        if (!used)
            continue;
        const Timestamp expiry = *used + limits.unusedFor;
        if (expiry < now)
            result.expired.push_back(entry);
        else if (!result.nextExpiry || expiry < *result.nextExpiry)
            result.nextExpiry = expiry;
    }
    result.overQuota = result.totalBytes > result.quotaBytes;
    for (auto& [name, refs] : indexes) {
        CacheScope scope;
        scope.name = name;
        for (auto& [ref, found] : refs) {
            scope.refs.push_back(scopeRef(found));
            later(scope.lastWrite, scope.refs.back().live.created);
            later(scope.lastUse, scope.refs.back().live.lastUsed);
            result.staleIndexes += int(scope.refs.back().stale.size());
        }
        result.scopes.push_back(std::move(scope));
    }
    return result;
}

bool cacheVisible(std::string_view entryRef, std::string_view ref, std::string_view defaultRef, std::string_view baseRef)
{
    return !entryRef.empty() && (entryRef == ref || entryRef == defaultRef || entryRef == baseRef);
}

std::vector<ScopeCollision> scopeCollisions(const std::vector<CacheWriter>& writers)
{
    std::map<std::string, std::vector<CacheWriter>> byScope;
    for (const CacheWriter& writer : writers)
        byScope[writer.scope.empty() ? defaultCacheScope : writer.scope].push_back(writer);
    std::vector<ScopeCollision> result;
    for (auto& [scope, found] : byScope) {
        std::set<std::set<Platform>> different;
        for (const CacheWriter& writer : found) {
            if (!writer.platforms.empty())
                different.insert(std::set<Platform>(writer.platforms.begin(), writer.platforms.end()));
        }
        if (different.size() > 1)
            result.push_back({scope, std::move(found)});
    }
    return result;
}

} // namespace layerline
