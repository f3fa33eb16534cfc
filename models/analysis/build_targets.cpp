#include "analysis/build_targets.h"

#include "analysis/dockerfile_words.h"

#include <nlohmann/json.hpp>

namespace layerline {

namespace {

using nlohmann::json;

std::string text(const json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::vector<std::string> texts(const json& object, const char* key)
{
    std::vector<std::string> list;
    const auto at = object.find(key);
    if (at == object.end() || !at->is_array())
        return list;
    for (const json& entry : *at) {
        if (entry.is_string())
            list.push_back(entry.get<std::string>());
    }
    return list;
}

} // namespace

std::vector<std::string> dockerfileTargets(const std::string& dockerfile)
{
    std::vector<std::string> names;
    for (const auto& words : dockerfileWords(dockerfile)) {
        if (upperWord(words.front()) != "FROM")
            continue;
        for (std::size_t at = 1; at + 1 < words.size(); ++at) {
            if (upperWord(words[at]) == "AS")
                names.push_back(words[at + 1]);
        }
    }
    return names;
}

Result<BakeTargets> parseBakePrint(const std::string& printed)
{
    const json document = json::parse(printed, nullptr, false);
    if (!document.is_object() || !document.contains("target") || !document["target"].is_object())
        return Error{ErrorKind::BadInput, "bake --print gave no targets", false};
    BakeTargets all;
    for (const auto& [name, target] : document["target"].items()) {
        if (!target.is_object())
            continue;
        BakeTarget made{name, text(target, "context"), text(target, "dockerfile"), text(target, "target"), {}, texts(target, "tags")};
        for (const std::string& platform : texts(target, "platforms")) {
            if (const auto parsed = parsePlatform(platform))
                made.platforms.push_back(*parsed);
        }
        all.targets.push_back(std::move(made));
    }
    const auto groups = document.find("group");
    if (groups != document.end() && groups->is_object()) {
        for (const auto& [name, group] : groups->items()) {
            if (group.is_object())
                all.groups.emplace_back(name, texts(group, "targets"));
        }
    }
    return all;
}

std::vector<std::string> bakePrintCommand(const std::vector<std::string>& files, const std::vector<std::string>& targets, const std::vector<std::string>& buildx)
{
    std::vector<std::string> command = buildx;
    command.insert(command.end(), {"bake", "--print"});
    for (const std::string& file : files)
        command.insert(command.end(), {"--file", file});
    command.insert(command.end(), targets.begin(), targets.end());
    return command;
}

} // namespace layerline
