#include "analysis/release.h"

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& object, const char* key)
{
    if (!object.is_object())
        return {};
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

const Json& list(const Json& object, const char* key)
{
    static const Json none = Json::array();
    if (!object.is_object())
        return none;
    const auto at = object.find(key);
    return at != object.end() && at->is_array() ? *at : none;
}

PublishedTag tagOf(const Json& object, std::vector<BuiltDigest>& built)
{
    PublishedTag tag;
    tag.tag = text(object, "tag");
    tag.digest = text(object, "digest");
    tag.mediaType = text(object, "media_type");
    tag.problem = text(object, "error");
    tag.index = object.is_object() && object.value("index", Json()) == true;
    if (object.is_object() && object.value("attestations", Json()).is_number_integer())
        tag.attestations = object["attestations"].get<int>();
    for (const Json& each : list(object, "signatures"))
        tag.signatures.push_back({text(each, "kind"), text(each, "name")});
    for (const Json& cell : list(object, "platforms")) {
        const auto platform = parsePlatform(text(cell, "platform"));
        if (!platform)
            continue;
        if (const std::string digest = text(cell, "published"); !digest.empty())
            tag.platforms.push_back({*platform, digest, 0, parseRfc3339(text(cell, "created"))});
        if (const std::string digest = text(cell, "built"); !digest.empty())
            built.push_back({*platform, digest, {}, {}});
    }
    return tag;
}

Release releaseOf(const Json& object)
{
    Release release;
    release.image = text(object, "image");
    release.promise.from = text(object, "promised_by");
    release.problem = text(object, "error");
    for (const Json& each : list(object, "promised")) {
        if (const auto platform = each.is_string() ? parsePlatform(each.get<std::string>()) : std::nullopt)
            release.promise.platforms.push_back(*platform);
    }
    for (const Json& each : list(object, "tags")) {
        std::vector<BuiltDigest> built;
        const PublishedTag tag = tagOf(each, built);
        release.tags.push_back(judge(tag, release.promise, built));
        release.tags.back().builtBy = text(each, "built_by");
    }
    return release;
}

} // namespace

Result<std::vector<Release>> readReleases(std::string_view json)
{
    const Json document = Json::parse(json, nullptr, false);
    std::vector<Release> releases;
    if (document.is_object() && document.contains("releases")) {
        for (const Json& each : list(document, "releases"))
            releases.push_back(releaseOf(each));
    } else if (document.is_object()) {
        releases.push_back(releaseOf(document));
    }
    if (releases.empty() || releases.front().image.empty())
        return Error{ErrorKind::BadInput, "this is not what layerline gate --json prints", false};
    return releases;
}

} // namespace layerline
