// parseLs() and mergeLs(): the part of config_reader.h that concerns `buildx ls`.
#include "sources/buildx/config_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace layerline {

namespace {

using nlohmann::json;

std::string text(const json& object, std::initializer_list<const char*> keys)
{
    for (const char* key : keys) {
        const auto at = object.find(key);
        if (at != object.end() && at->is_string())
            return at->get<std::string>();
    }
    return {};
}

InstanceState runStateOf(const std::string& status)
{
    if (status == "running")
        return InstanceState::Running;
    // "inactive" is also what ls prints for an engine that does not answer: no reason to call it stopped by itself.
    return status == "stopped" || status == "inactive" ? InstanceState::Stopped : InstanceState::Unknown;
}

BuilderNode listedNode(const json& object)
{
    BuilderNode node;
    node.name = text(object, {"Name"});
    node.endpoint = text(object, {"Endpoint"});
    node.status = text(object, {"Status"});
    node.version = text(object, {"Version", "BuildkitVersion"});
    node.runState = runStateOf(node.status);
    const auto platforms = object.find("Platforms");
    if (platforms == object.end() || !platforms->is_array())
        return node;
    for (const json& platform : *platforms) {
        if (platform.is_string())
            node.platforms.push_back(platform.get<std::string>());
    }
    return node;
}

BuilderInfo listedBuilder(const json& object)
{
    BuilderInfo builder;
    builder.name = text(object, {"Name"});
    builder.driver = text(object, {"Driver"});
    const auto current = object.find("Current");
    builder.current = current != object.end() && current->is_boolean() && current->get<bool>();
    const auto error = object.find("Err");
    if (error != object.end() && error->is_string())
        builder.error = error->get<std::string>();
    const auto nodes = object.find("Nodes");
    if (nodes == object.end() || !nodes->is_array())
        return builder;
    for (const json& node : *nodes) {
        if (node.is_object())
            builder.nodes.push_back(listedNode(node));
    }
    return builder;
}

BuilderInfo* byName(std::vector<BuilderInfo>& builders, const std::string& name)
{
    const auto at = std::find_if(builders.begin(), builders.end(), [&name](const BuilderInfo& known) { return known.name == name; });
    return at == builders.end() ? nullptr : &*at;
}

BuilderNode* byName(std::vector<BuilderNode>& nodes, const std::string& name)
{
    const auto at = std::find_if(nodes.begin(), nodes.end(), [&name](const BuilderNode& known) { return known.name == name; });
    return at == nodes.end() ? nullptr : &*at;
}

void mergeNodes(BuilderInfo& builder, const BuilderInfo& listed)
{
    for (const BuilderNode& node : listed.nodes) {
        BuilderNode* known = byName(builder.nodes, node.name);
        if (!known)
            continue;
        known->status = node.status;
        known->runState = node.runState;
        if (!node.version.empty())
            known->version = node.version;
        if (!node.platforms.empty())
            known->platforms = node.platforms;
    }
}

} // namespace

std::vector<BuilderInfo> parseLs(std::string_view output)
{
    std::vector<BuilderInfo> builders;
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        const std::string_view line = output.substr(0, end);
        output.remove_prefix(std::min(end + 1, output.size()));
        const json object = json::parse(line, nullptr, false);
        if (!object.is_object())
            continue;
        BuilderInfo builder = listedBuilder(object);
        if (builder.name.empty())
            continue;
        BuilderInfo* known = byName(builders, builder.name);
        if (!known) {
            builders.push_back(std::move(builder));
            continue;
        }
        for (BuilderNode& node : builder.nodes) {
            if (!byName(known->nodes, node.name))
                known->nodes.push_back(std::move(node));
        }
    }
    return builders;
}

void mergeLs(std::vector<BuilderInfo>& builders, const std::vector<BuilderInfo>& listed)
{
    for (const BuilderInfo& builder : listed) {
        BuilderInfo* known = byName(builders, builder.name);
        if (known) {
            mergeNodes(*known, builder);
            continue;
        }
        // Builders that live in no file (a cloud driver, a newer format): shown as ls has them.
        builders.push_back(builder);
        for (BuilderNode& node : builders.back().nodes)
            node.needsRunningCheck = builder.driver != "docker" && builder.driver != "remote";
    }
}

} // namespace layerline
