#include "analysis/build_targets.h"

#include "analysis/build_plan.h"
#include "analysis/dockerfile_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

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

/// What `--mount=...` of a RUN asks for; nothing when it is another kind of mount.
bool readMount(const std::string& options, WantedSecret& wanted)
{
    std::string type, target;
    for (const auto& [key, value] : parseCsv(options)) {
        if (key == "type")
            type = value;
        else if (key == "id")
            wanted.id = value;
        else if (key == "target" || key == "dst" || key == "destination")
            target = value;
        else if (key == "required")
            wanted.required = value.empty() || value == "true" || value == "1";
    }
    wanted.ssh = type == "ssh";
    if (wanted.id.empty())
        wanted.id = wanted.ssh ? "default" : target.substr(target.rfind('/') + 1); // as BuildKit does
    return (wanted.ssh || type == "secret") && !wanted.id.empty() && wanted.id.find('$') == std::string::npos;
}

} // namespace

std::vector<WantedSecret> dockerfileSecrets(const std::string& dockerfile)
{
    std::vector<WantedSecret> all;
    const std::string flag = "--mount=";
    for (const auto& words : dockerfileWords(dockerfile)) {
        if (upperWord(words.front()) != "RUN")
            continue;
        for (std::size_t at = 1; at < words.size() && words[at].compare(0, 2, "--") == 0; ++at) {
            WantedSecret wanted;
            if (words[at].compare(0, flag.size(), flag) != 0 || !readMount(words[at].substr(flag.size()), wanted))
                continue;
            const auto known = std::find_if(all.begin(), all.end(), [&](const WantedSecret& other) { return other.id == wanted.id && other.ssh == wanted.ssh; });
            if (known == all.end())
                all.push_back(std::move(wanted));
            else
                known->required = known->required || wanted.required;
        }
    }
    return all;
}

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

std::vector<std::string> bakeNames(const std::string& text)
{
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        if (!name.empty() && name.front() != '_' && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    const json document = json::parse(text, nullptr, false);
    for (const char* kind : {"group", "target"}) {
        const auto at = document.is_object() ? document.find(kind) : document.end();
        if (document.is_object() && at != document.end() && at->is_object()) {
            for (const auto& [name, value] : at->items())
                add(name);
        }
    }
    if (document.is_object())
        return names;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string kind, name;
        words >> kind >> name;
        const bool quoted = name.size() > 2 && name.front() == '"' && name.find('"', 1) != std::string::npos;
        if ((kind == "group" || kind == "target") && quoted)
            add(name.substr(1, name.find('"', 1) - 1));
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
