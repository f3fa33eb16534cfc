#include "sources/files/provenance.h"

#include "sources/files/json_fields.h"

#include <algorithm>
#include <unordered_map>

namespace layerline {

namespace {

using json::Json;

/// The parts both versions have, wherever they keep them. Null when absent.
struct Parts {
    const Json* config = nullptr;    ///< llbDefinition, digestMapping
    const Json* metadata = nullptr;  ///< BuildKit's own: source locations, layers
    const Json* request = nullptr;   ///< frontend, args, secrets, ssh
    const Json* materials = nullptr;
    std::string builderPlatform;
};

std::string textAt(const Json& object, std::initializer_list<std::string_view> path)
{
    const Json* value = json::member(object, path);
    return value && value->is_string() ? value->get<std::string>() : std::string{};
}

Result<Parts> partsOf(const Json& document)
{
    const Json* predicate = json::member(document, "predicate");
    const Json& root = predicate ? *predicate : document;
    Parts parts;
    if (const Json* definition = json::member(root, "buildDefinition")) {
        parts.config = json::member(*definition, {"internalParameters", "buildConfig"});
        parts.metadata = json::member(root, {"runDetails", "metadata", "buildkit_metadata"});
        parts.request = json::member(*definition, {"externalParameters", "request"});
        parts.materials = json::member(*definition, "resolvedDependencies");
        parts.builderPlatform = textAt(*definition, {"internalParameters", "builderPlatform"});
        return parts;
    }
    if (!json::member(root, "invocation") && !json::member(root, "buildConfig") && !json::member(root, "buildType"))
        return Error{ErrorKind::Unsupported, "not a provenance attestation: " + json::text(document, "predicateType").substr(0, 200)};
    parts.config = json::member(root, "buildConfig");
    parts.metadata = json::member(root, {"metadata", "https://mobyproject.org/buildkit@v1#metadata"});
    parts.request = json::member(root, {"invocation", "parameters"});
    parts.materials = json::member(root, "materials");
    parts.builderPlatform = textAt(root, {"invocation", "environment", "platform"});
    return parts;
}

std::optional<Platform> platformOf(const Json& op)
{
    const Json* platform = json::member(op, "platform");
    if (!platform)
        return {};
    Platform result{json::text(*platform, "OS"), json::text(*platform, "Architecture"), json::text(*platform, "Variant")};
    if (result.os.empty() || result.arch.empty())
        return {};
    return normalised(std::move(result));
}

/// Samples are cumulative, so the largest of each counts. Without samples there is no answer.
std::optional<ev::ProvenanceRead::Usage> usageOf(const Json& step)
{
    const Json* usage = json::member(step, "resourceUsage");
    if (!usage || json::array(*usage, "samples").empty())
        return {};
    ev::ProvenanceRead::Usage result;
    const auto largest = [](std::int64_t& into, const Json& sample, std::string_view group, std::string_view name) {
        if (const Json* stat = json::member(sample, group))
            into = std::max(into, json::integer(*stat, name));
    };
    std::int64_t cpuNanos = 0;
    for (const Json& sample : json::array(*usage, "samples")) {
        largest(cpuNanos, sample, "cpuStat", "usageNanos");
        largest(result.memoryPeak, sample, "memoryStat", "peak");
        largest(result.memoryPeak, sample, "memoryStat", "anon");
        largest(result.readBytes, sample, "ioStat", "readBytes");
        largest(result.writeBytes, sample, "ioStat", "writeBytes");
        largest(result.netReceived, sample, "netStat", "rxBytes");
        largest(result.netSent, sample, "netStat", "txBytes");
    }
    result.cpuSeconds = double(cpuNanos) / 1e9;
    return result;
}

int lineOf(const Json& range, std::string_view edge)
{
    const Json* position = json::member(range, edge);
    return position ? int(std::clamp<std::int64_t>(json::integer(*position, "line"), 0, 10'000'000)) : 0;
}

/// First location of a step in the Dockerfile.
void locate(ev::ProvenanceRead::Step& step, const Parts& parts, const std::string& id)
{
    if (!parts.metadata)
        return;
    const Json* source = json::member(*parts.metadata, "source");
    const Json* entry = source ? json::member(*source, {"locations", id}) : nullptr;
    if (!entry || json::array(*entry, "locations").empty())
        return;
    const Json& location = json::array(*entry, "locations").front();
    const auto& infos = json::array(*source, "infos");
    const std::int64_t info = json::integer(location, "sourceIndex");
    if (info >= 0 && std::size_t(info) < infos.size())
        step.filename = json::text(infos[std::size_t(info)], "filename");
    for (const Json& range : json::array(location, "ranges")) {
        const int first = lineOf(range, "start"), last = std::max(first, lineOf(range, "end"));
        step.firstLine = step.firstLine ? std::min(step.firstLine, first) : first;
        step.lastLine = std::max(step.lastLine, last);
    }
}

/// Step id ("step3") -> vertex digests.
std::unordered_map<std::string, std::vector<StepDigest>> verticesByStep(const Parts& parts)
{
    std::unordered_map<std::string, std::vector<StepDigest>> result;
    if (parts.config) {
        for (auto& [digest, id] : json::textMap(*parts.config, "digestMapping"))
            result[id].emplace_back(digest);
    }
    return result;
}

std::vector<std::string> idsOf(const Json& request, std::string_view name)
{
    std::vector<std::string> ids;
    for (const Json& entry : json::array(request, name)) {
        if (std::string id = json::text(entry, "id"); !id.empty())
            ids.push_back(std::move(id));
    }
    return ids;
}

/// The first algorithm's digest, sha256 preferred.
std::string materialDigest(const Json& material)
{
    const auto digests = json::textMap(material, "digest");
    if (const auto sha256 = digests.find("sha256"); sha256 != digests.end())
        return "sha256:" + sha256->second;
    return digests.empty() ? std::string{} : digests.begin()->first + ":" + digests.begin()->second;
}

} // namespace

Result<ev::ProvenanceRead> parseProvenance(std::string_view document, std::string platform)
{
    const auto parsed = json::parse(document);
    if (!parsed)
        return parsed.error();
    const auto found = partsOf(*parsed);
    if (!found)
        return found.error();
    const Parts& parts = *found;

    ev::ProvenanceRead read;
    read.platform = std::move(platform);
    read.builderPlatform = parsePlatform(parts.builderPlatform);
    const auto vertices = verticesByStep(parts);
    if (parts.config) {
        for (const Json& definition : json::array(*parts.config, "llbDefinition")) {
            const std::string id = json::text(definition, "id");
            const auto digests = vertices.find(id);
            if (digests == vertices.end())
                continue;
            ev::ProvenanceRead::Step step;
            if (const Json* op = json::member(definition, "op"))
                step.platform = platformOf(*op);
            step.usage = usageOf(definition);
            locate(step, parts, id);
            for (const StepDigest& digest : digests->second)
                read.steps.emplace(digest, step);
        }
    }
    if (parts.materials && parts.materials->is_array()) {
        for (const Json& material : *parts.materials)
            read.materials.emplace_back(json::text(material, "uri"), materialDigest(material));
    }
    if (parts.request) {
        read.secrets = idsOf(*parts.request, "secrets");
        read.ssh = idsOf(*parts.request, "ssh");
    }
    return read;
}

Result<std::map<StepDigest, std::vector<std::string>>> provenanceLayers(std::string_view document)
{
    const auto parsed = json::parse(document);
    if (!parsed)
        return parsed.error();
    const auto parts = partsOf(*parsed);
    if (!parts)
        return parts.error();
    std::map<StepDigest, std::vector<std::string>> layers;
    const Json* entries = parts->metadata ? json::member(*parts->metadata, "layers") : nullptr;
    if (!entries || !entries->is_object())
        return layers;
    const auto vertices = verticesByStep(*parts);
    for (auto at = entries->begin(); at != entries->end(); ++at) {
        // "step3:0" is output 0 of step3; its value one list of layers for each way it was made.
        const auto digests = vertices.find(at.key().substr(0, at.key().rfind(':')));
        if (digests == vertices.end() || !at->is_array())
            continue;
        for (const Json& chain : *at) {
            if (!chain.is_array())
                continue;
            for (const Json& layer : chain) {
                if (const std::string digest = json::text(layer, "digest"); !digest.empty()) {
                    for (const StepDigest& vertex : digests->second)
                        layers[vertex].push_back(digest);
                }
            }
        }
    }
    return layers;
}

} // namespace layerline
