#include "sources/buildx/config_reader.h"

#include "sources/buildx/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>

#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

namespace {

using nlohmann::json;

constexpr std::size_t mostNodes = 1000; ///< of one builder: each gets a connection of its own

std::string text(const json& object, const char* key)
{
    if (!object.is_object())
        return {};
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

const json& member(const json& object, const char* key)
{
    static const json none;
    if (!object.is_object())
        return none;
    const auto at = object.find(key);
    return at == object.end() ? none : *at;
}

bool startsWith(const std::string& value, const char* prefix)
{
    return value.rfind(prefix, 0) == 0;
}

bool needsRunningCheck(const std::string& driver)
{
    return driver != "docker" && driver != "remote"; // drivers we never heard of (Docker's cloud) included
}

/// Endpoints are URLs or names of docker contexts.
void resolveEndpoint(BuilderNode& node, const std::vector<DockerContext>& contexts)
{
    const auto context = std::find_if(contexts.begin(), contexts.end(),
                                      [&node](const DockerContext& known) { return known.name == node.endpoint; });
    if (context != contexts.end()) {
        node.context = context->name;
        node.endpoint = context->host;
        node.secured = context->secured;
    }
    node.secured = node.secured || startsWith(node.endpoint, "ssh://");
}

std::string platformText(const json& platform)
{
    if (platform.is_string())
        return platform.get<std::string>();
    std::string name = text(platform, "os") + "/" + text(platform, "architecture");
    const std::string variant = text(platform, "variant");
    return variant.empty() ? name : name + "/" + variant;
}

BuilderNode nodeOf(const json& object, const std::string& driver, const std::vector<DockerContext>& contexts)
{
    BuilderNode node;
    node.name = text(object, "Name");
    node.endpoint = text(object, "Endpoint");
    for (const json& platform : member(object, "Platforms"))
        node.platforms.push_back(platformText(platform));
    node.needsRunningCheck = needsRunningCheck(driver);
    if (driver == "docker-container")
        node.container = "buildx_buildkit_" + node.name;
    const json& options = member(object, "DriverOpts");
    for (const char* key : {"cacert", "cert", "key", "servername"})
        node.secured = node.secured || !text(options, key).empty();
    resolveEndpoint(node, contexts);
    return node;
}

/// Which builder `buildx build` would use: BUILDX_BUILDER, else the "current" file for this endpoint, else the context.
std::string currentBuilder(const BuildxEnvironment& environment, const std::vector<DockerContext>& contexts)
{
    if (!environment.buildxBuilder.empty())
        return environment.buildxBuilder;
    const std::string context = currentContext(environment);
    std::string host = context;
    for (const DockerContext& known : contexts) {
        if (known.name == context && context == "default")
            host = known.host;
    }
    const auto content = readSmallFile(environment.buildxFolders().front() + "/current");
    const json current = content ? json::parse(*content, nullptr, false) : json();
    const std::string name = text(current, "Name");
    const bool global = member(current, "Global").is_boolean() && member(current, "Global").get<bool>();
    const std::string key = text(current, "Key");
    if (!name.empty() && (global || key.empty() || key == host || key == context))
        return name;
    return context;
}

BuilderInfo contextBuilder(const DockerContext& context)
{
    BuilderInfo builder;
    builder.name = context.name;
    builder.driver = "docker";
    BuilderNode node;
    node.name = context.name;
    node.endpoint = context.host;
    node.context = context.name;
    node.secured = context.secured;
    builder.nodes.push_back(std::move(node));
    return builder;
}

} // namespace

std::string currentContext(const BuildxEnvironment& environment)
{
    if (!environment.dockerHost.empty())
        return "default";
    if (!environment.dockerContext.empty())
        return environment.dockerContext;
    const auto content = readSmallFile(environment.dockerFolder() + "/config.json");
    const std::string name = content ? text(json::parse(*content, nullptr, false), "currentContext") : std::string();
    return name.empty() ? "default" : name;
}

std::optional<Error> dockerConfigProblem(const BuildxEnvironment& environment)
{
    const std::string path = environment.dockerFolder() + "/config.json";
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return {};
        return Error{ErrorKind::Permission, "docker's config.json can't be read: " + path + ": " + std::strerror(errno), false};
    }
    if (!S_ISREG(info.st_mode))
        return Error{ErrorKind::Permission, "docker's config.json can't be read: " + path + " is not a regular file", false};
    const auto content = readSmallFile(path);
    if (!content)
        return Error{ErrorKind::Permission, "docker's config.json can't be read: " + path + (::access(path.c_str(), R_OK) != 0 ? std::string(": ") + std::strerror(errno) : " is too large"), false};
    if (!content->empty() && !json::parse(*content, nullptr, false).is_object())
        return Error{ErrorKind::BadInput, "docker's config.json is not a JSON object: " + path, false};
    return {};
}

std::vector<DockerContext> readDockerContexts(const BuildxEnvironment& environment)
{
    std::vector<DockerContext> contexts;
    const std::string socket = "unix://" + environment.defaultSocket;
    const std::string host = environment.dockerHost.empty() ? socket : environment.dockerHost;
    // Without a docker client or its socket a "default" would only be a row that can never work.
    const bool haveDocker = !environment.dockerHost.empty() || !environment.findProgram("docker").empty()
        || !listFolder(environment.dockerFolder() + "/contexts/meta").empty();
    std::error_code error;
    if (haveDocker || std::filesystem::exists(environment.defaultSocket, error))
        contexts.push_back({"default", host, startsWith(host, "ssh://")});
    const std::string meta = environment.dockerFolder() + "/contexts/meta";
    std::vector<DockerContext> named;
    for (const std::string& id : listFolder(meta)) {
        const auto content = readSmallFile(meta + "/" + id + "/meta.json");
        const json object = content ? json::parse(*content, nullptr, false) : json();
        const json& docker = member(member(object, "Endpoints"), "docker");
        DockerContext context{text(object, "Name"), text(docker, "Host"), false};
        if (context.name.empty() || context.name == "default")
            continue;
        if (context.host.empty())
            context.host = socket;
        context.secured = startsWith(context.host, "ssh://")
            || !listFolder(environment.dockerFolder() + "/contexts/tls/" + id + "/docker").empty();
        named.push_back(std::move(context));
    }
    std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    contexts.insert(contexts.end(), named.begin(), named.end());
    return contexts;
}

Result<BuilderInfo> parseInstance(std::string_view content, const std::vector<DockerContext>& contexts)
{
    const json object = json::parse(content, nullptr, false);
    if (!object.is_object())
        return Error{ErrorKind::BadInput, "the instance file is not a JSON object"};
    BuilderInfo builder;
    builder.name = text(object, "Name");
    if (builder.name.empty())
        return Error{ErrorKind::BadInput, "the instance file names no builder"};
    builder.driver = text(object, "Driver");
    if (builder.driver.empty())
        builder.driver = "docker-container"; // what buildx takes for files written before drivers had names
    if (member(object, "Nodes").size() > mostNodes)
        return Error{ErrorKind::TooLarge, "the instance file names more than " + std::to_string(mostNodes) + " nodes"};
    builder.instanceJson = std::string(content);
    std::set<std::string> names;
    for (const json& node : member(object, "Nodes")) {
        BuilderNode parsed = nodeOf(node, builder.driver, contexts);
        if (!parsed.name.empty() && names.insert(parsed.name).second)
            builder.nodes.push_back(std::move(parsed));
    }
    if (builder.nodes.empty())
        builder.error = "the builder has no nodes";
    return builder;
}

std::string driverOption(const std::string& instanceJson, const std::string& node, const char* name)
{
    const json object = json::parse(instanceJson, nullptr, false);
    for (const json& candidate : member(object, "Nodes")) {
        if (text(candidate, "Name") == node)
            return text(member(candidate, "DriverOpts"), name);
    }
    return {};
}

int podsOf(const std::string& instanceJson, const std::string& node)
{
    return std::clamp(std::atoi(driverOption(instanceJson, node, "replicas").c_str()), 1, 10'000);
}

Result<std::string> cutInstance(const std::string& instanceJson, const std::string& node)
{
    json object = json::parse(instanceJson, nullptr, false);
    if (!object.is_object())
        return Error{ErrorKind::BadInput, "the instance file is not a JSON object"};
    json kept = json::array();
    for (const json& candidate : member(object, "Nodes")) {
        if (text(candidate, "Name") == node)
            kept.push_back(candidate);
    }
    if (kept.empty())
        return Error{ErrorKind::BadInput, "the builder has no node of that name"};
    object["Nodes"] = std::move(kept);
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<BuilderInfo> readBuilders(const BuildxEnvironment& environment)
{
    const std::vector<DockerContext> contexts = readDockerContexts(environment);
    std::vector<BuilderInfo> builders;
    std::set<std::string> names;
    for (const std::string& folder : environment.buildxFolders()) {
        for (const std::string& file : listFolder(folder + "/instances")) {
            if (file.front() == '.' || names.count(file))
                continue;
            const auto content = readSmallFile(folder + "/instances/" + file);
            auto builder = content ? parseInstance(*content, contexts)
                                   : Result<BuilderInfo>(Error{ErrorKind::Permission, "the instance file can't be read"});
            if (!builder) {
                BuilderInfo broken;
                broken.name = file;
                broken.error = builder.error().detail;
                builder = std::move(broken);
            }
            if (names.insert(builder->name).second)
                builders.push_back(std::move(*builder));
        }
    }
    for (const DockerContext& context : contexts) {
        if (names.insert(context.name).second)
            builders.push_back(contextBuilder(context));
    }
    const std::string current = currentBuilder(environment, contexts);
    for (BuilderInfo& builder : builders)
        builder.current = builder.name == current;
    return builders;
}

Result<BuilderInfo> bareBuilder(const std::string& address)
{
    const bool local = startsWith(address, "unix:///") && address.size() > 8;
    const std::size_t colon = address.rfind(':');
    const bool remote = startsWith(address, "tcp://") && colon != std::string::npos && colon > 6 && colon + 1 < address.size()
        && address.find('/', 6) == std::string::npos;
    if (!local && !remote)
        return Error{ErrorKind::BadInput, "a builder's address is unix:///path or tcp://host:port, not \"" + address + "\""};
    BuilderInfo builder;
    builder.name = address;
    builder.driver = "bare";
    BuilderNode node;
    node.name = address;
    node.endpoint = address;
    builder.nodes.push_back(std::move(node));
    return builder;
}

} // namespace layerline
