#include "sources/buildx/tls_files.h"

#include "domain/sha256.h"
#include "sources/buildx/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace layerline {

namespace {

using nlohmann::json;

/// What is there at the path, null when anything else is.
json at(const std::string& text, const char* path)
{
    const json object = json::parse(text, nullptr, false);
    const json::json_pointer pointer(path);
    return !object.is_discarded() && object.contains(pointer) ? object.at(pointer) : json();
}

std::string textIn(const json& object, const char* key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

TlsFiles optionsOf(const std::string& instanceJson, const std::string& name)
{
    const json nodes = at(instanceJson, "/Nodes");
    for (const json& node : nodes) {
        if (textIn(node, "Name") != name || !node.contains("DriverOpts"))
            continue;
        const json& options = node["DriverOpts"];
        return {textIn(options, "cacert"), textIn(options, "cert"), textIn(options, "key"), textIn(options, "servername"), true};
    }
    return {};
}

} // namespace

TlsFiles tlsFilesOf(const BuilderInfo& builder, const BuilderNode& node, const BuildxEnvironment& environment)
{
    TlsFiles files = optionsOf(builder.instanceJson, node.name);
    if (files != TlsFiles{} || node.context.empty())
        return files;
    // The context's id is the digest of its name.
    const std::string id(sha256Hex(sha256Digest(node.context)));
    const std::string meta = environment.dockerFolder() + "/contexts/meta/" + id + "/meta.json";
    const std::string folder = environment.dockerFolder() + "/contexts/tls/" + id + "/docker";
    const auto there = listFolder(folder);
    const auto pathOf = [&](const char* file) {
        return std::find(there.begin(), there.end(), file) == there.end() ? std::string() : folder + "/" + file;
    };
    files.authority = pathOf("ca.pem");
    files.certificate = pathOf("cert.pem");
    files.key = pathOf("key.pem");
    const json lenient = at(readSmallFile(meta).value_or(std::string()), "/Endpoints/docker/SkipTLSVerify");
    files.verify = !(lenient.is_boolean() && lenient.get<bool>());
    return files;
}

} // namespace layerline
