#include "sources/buildx/local_state.h"

#include "sources/buildx/files.h"

#include <nlohmann/json.hpp>

namespace layerline {

namespace {

using nlohmann::json;

std::string text(const json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

/// Names come from a peer: one that leaves the folder is nobody's.
bool plainName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
}

std::optional<LocalState> readNote(const std::string& path)
{
    const auto content = readSmallFile(path);
    if (!content)
        return std::nullopt;
    const json object = json::parse(*content, nullptr, false);
    if (!object.is_object())
        return std::nullopt;
    return LocalState{text(object, "Target"), text(object, "LocalPath"), text(object, "DockerfilePath"), text(object, "GroupRef")};
}

} // namespace

std::optional<LocalStateNote> readLocalState(const BuildxEnvironment& environment, const std::string& builder,
                                             const std::string& node, const std::string& ref)
{
    if (!plainName(ref))
        return std::nullopt;
    const auto folders = environment.buildxFolders();
    if (plainName(builder) && plainName(node)) {
        for (const std::string& folder : folders) {
            if (auto state = readNote(folder + "/refs/" + builder + "/" + node + "/" + ref))
                return LocalStateNote{builder, node, std::move(*state)};
        }
    }
    for (const std::string& folder : folders) {
        for (const std::string& other : listFolder(folder + "/refs")) {
            if (other == "__group__")
                continue;
            for (const std::string& otherNode : listFolder(folder + "/refs/" + other)) {
                if (auto state = readNote(folder + "/refs/" + other + "/" + otherNode + "/" + ref))
                    return LocalStateNote{other, otherNode, std::move(*state)};
            }
        }
    }
    return std::nullopt;
}

std::vector<std::string> readGroupTargets(const BuildxEnvironment& environment, const std::string& groupRef)
{
    std::vector<std::string> targets;
    if (!plainName(groupRef))
        return targets;
    for (const std::string& folder : environment.buildxFolders()) {
        const auto content = readSmallFile(folder + "/refs/__group__/" + groupRef);
        const json object = content ? json::parse(*content, nullptr, false) : json();
        const auto list = object.is_object() ? object.find("Targets") : object.end();
        if (!object.is_object() || list == object.end() || !list->is_array())
            continue;
        for (const json& target : *list) {
            if (target.is_string())
                targets.push_back(target.get<std::string>());
        }
        break;
    }
    return targets;
}

std::string readGroupDefinition(const BuildxEnvironment& environment, const std::string& groupRef)
{
    for (const std::string& folder : plainName(groupRef) ? environment.buildxFolders() : std::vector<std::string>{}) {
        const auto content = readSmallFile(folder + "/refs/__group__/" + groupRef);
        const json object = content ? json::parse(*content, nullptr, false) : json();
        const auto bytes = object.is_object() ? object.find("Definition") : object.end();
        if (object.is_object() && bytes != object.end() && bytes->is_string())
            return QByteArray::fromBase64(QByteArray::fromStdString(bytes->get<std::string>())).toStdString();
    }
    return {};
}

} // namespace layerline
