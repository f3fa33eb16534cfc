#include "sources/runner/index_check.h"

#include "domain/platform.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace layerline {

namespace {

using nlohmann::json;

std::string text(const json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Error differs(const std::string& what)
{
    return {ErrorKind::Corrupt, "the merged index is not what was pushed: " + what, false};
}

} // namespace

Result<std::vector<IndexEntry>> parseIndex(const std::string& raw)
{
    const json document = json::parse(raw, nullptr, false);
    if (!document.is_object())
        return Error{ErrorKind::BadInput, "the registry's answer is no manifest", false};
    const auto manifests = document.find("manifests");
    if (manifests == document.end() || !manifests->is_array()) {
        if (document.contains("config"))
            return Error{ErrorKind::Unsupported, "a plain manifest, no index", false};
        return Error{ErrorKind::BadInput, "the registry's answer is no manifest", false};
    }
    std::vector<IndexEntry> entries;
    for (const json& manifest : *manifests) {
        if (!manifest.is_object())
            continue;
        IndexEntry entry{text(manifest, "digest"), {}};
        const auto platform = manifest.find("platform");
        if (platform != manifest.end() && platform->is_object() && text(*platform, "os") != "unknown")
            entry.platform = normalised({text(*platform, "os"), text(*platform, "architecture"), text(*platform, "variant")}).str();
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<void> verifyIndex(const std::vector<IndexEntry>& merged, const std::vector<PushedPart>& parts)
{
    std::map<std::string, std::string> expected; // digest -> platform
    for (const PushedPart& part : parts) {
        bool found = part.entries.empty();
        for (const IndexEntry& entry : part.entries) {
            expected[entry.digest] = entry.platform;
            found = found || entry.platform == part.platform;
        }
        if (part.entries.empty())
            expected[part.digest] = part.platform;
        if (!found)
            return differs("what was pushed for " + part.platform + " holds no manifest of it");
    }
    std::set<std::string> platforms;
    for (const IndexEntry& entry : merged) {
        const auto known = expected.find(entry.digest);
        if (known == expected.end())
            return differs(entry.digest + " was never pushed");
        if (known->second != entry.platform)
            return differs(entry.digest + " is of " + known->second + ", not of " + entry.platform);
        if (!entry.platform.empty() && !platforms.insert(entry.platform).second)
            return differs(entry.platform + " is in it twice");
        expected.erase(known);
    }
    if (!expected.empty())
        return differs(expected.begin()->first + (expected.begin()->second.empty() ? "" : " (" + expected.begin()->second + ")") + " is missing");
    return {};
}

} // namespace layerline
