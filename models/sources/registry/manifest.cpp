#include "sources/registry/manifest.h"

#include "sources/registry/image_reference.h"
#include "sources/registry/registry_json.h"

namespace layerline {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostEntries = 10'000;

Platform platformOf(const Json& object)
{
    Platform platform{textOf(object, "os"), textOf(object, "architecture"), textOf(object, "variant")};
    // BuildKit's attestations call themselves unknown/unknown.
    if (platform.os.empty() || platform.arch.empty() || platform.arch == "unknown")
        return {};
    return normalised(std::move(platform));
}

ContentDescriptor descriptorOf(const Json& object)
{
    ContentDescriptor entry{textOf(object, "mediaType"), textOf(object, "artifactType"), textOf(object, "digest"), numberOf(object, "size"), {}, {}};
    if (const Json* platform = memberOf(object, "platform"))
        entry.platform = platformOf(*platform);
    if (const Json* annotations = memberOf(object, "annotations"); annotations && annotations->is_object()) {
        for (const auto& [key, value] : annotations->items()) {
            if (value.is_string())
                entry.annotations[key] = value.get<std::string>();
        }
    }
    return entry;
}

Result<std::vector<ContentDescriptor>> descriptorsOf(const Json& list, const char* what)
{
    if (!list.is_array() || list.size() > mostEntries)
        return Error{ErrorKind::BadInput, std::string("the list of ") + what + " is no list, or longer than 10,000", false};
    std::vector<ContentDescriptor> all;
    for (const Json& each : list) {
        all.push_back(descriptorOf(each));
        if (!isDigest(all.back().digest))
            return Error{ErrorKind::BadInput, std::string("one of its ") + what + " has no sha256 digest", false};
    }
    return all;
}

Error explained(Error error, const std::string& before)
{
    error.detail.insert(0, before);
    return error;
}

} // namespace

const std::vector<std::string>& manifestMediaTypes()
{
    static const std::vector<std::string> types{
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    };
    return types;
}

Result<Manifest> readManifest(const RawManifest& raw)
{
    const Json document = Json::parse(raw.bytes, nullptr, false);
    if (!document.is_object())
        return Error{ErrorKind::BadInput, raw.digest + " is no manifest: it is not a JSON object", false};
    if (numberOf(document, "schemaVersion") == 1)
        return Error{ErrorKind::Unsupported, raw.digest + " is a manifest of docker's first version, which names no platform", false};
    Manifest manifest;
    manifest.artifactType = textOf(document, "artifactType");
    if (const Json* subject = memberOf(document, "subject"))
        manifest.subject = textOf(*subject, "digest");
    if (const Json* entries = memberOf(document, "manifests")) {
        manifest.index = true;
        auto read = descriptorsOf(*entries, "manifests");
        if (!read)
            return explained(read.error(), raw.digest + " is no index: ");
        manifest.entries = std::move(read.value());
        return manifest;
    }
    const Json* config = memberOf(document, "config");
    const Json* layers = memberOf(document, "layers");
    if (!config || !isDigest(textOf(*config, "digest")) || !layers)
        return Error{ErrorKind::BadInput, raw.digest + " is neither an index nor a manifest of an image", false};
    manifest.config = descriptorOf(*config);
    auto read = descriptorsOf(*layers, "layers");
    if (!read)
        return explained(read.error(), raw.digest + " is no manifest: ");
    manifest.layers = std::move(read.value());
    return manifest;
}

Result<ImageConfig> readImageConfig(std::string_view bytes)
{
    const Json document = Json::parse(bytes, nullptr, false);
    if (!document.is_object())
        return Error{ErrorKind::BadInput, "the image's configuration is not a JSON object", false};
    ImageConfig config{platformOf(document), parseRfc3339(textOf(document, "created"))};
    if (config.created && config.created->ns <= 0)
        config.created.reset();
    return config;
}

bool isAttestation(const ContentDescriptor& entry)
{
    return entry.annotations.count("vnd.docker.reference.type") > 0;
}

} // namespace layerline
