#include "analysis/bake_exports.h"

#include "domain/secret_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace layerline {

namespace {

using Json = nlohmann::json;

/// "type=image,push=true", whether it stands there as text or as an object.
std::string csvText(const Json& entry)
{
    if (entry.is_string())
        return entry.get<std::string>();
    std::vector<NamedValue> fields;
    const Json object = entry.is_object() ? entry : Json::object();
    for (const auto& [key, value] : object.items())
        fields.emplace_back(key, value.is_string() ? value.get<std::string>() : value.dump());
    return csvOf(fields);
}

std::vector<std::string> textsOf(const Json& target, const char* key)
{
    std::vector<std::string> texts;
    const auto at = target.find(key);
    if (at == target.end() || !at->is_array())
        return texts;
    for (const Json& entry : *at) {
        if (std::string text = csvText(entry); !text.empty())
            texts.push_back(std::move(text));
    }
    return texts;
}

/// "app.output=type=docker" of the target or of all; other patterns are left to bake.
std::optional<std::string> overrideOf(const std::string& text, const std::string& target, const std::string& key)
{
    for (const std::string& name : {target, std::string("*")}) {
        const std::string start = name + "." + key + "=";
        if (text.compare(0, start.size(), start) == 0)
            return text.substr(start.size());
    }
    return std::nullopt;
}

std::optional<BakeExports> exportsNoted(const std::string& definition, const std::string& target)
{
    const Json document = Json::parse(definition, nullptr, false);
    if (!document.is_object() || !document.contains("target") || !document["target"].is_object())
        return std::nullopt;
    const auto at = document["target"].find(target);
    if (at == document["target"].end() || !at->is_object())
        return std::nullopt;
    BakeExports exports;
    exports.tags = textsOf(*at, "tags");
    exports.outputs = textsOf(*at, "output");
    exports.cacheTo = textsOf(*at, "cache-to");
    if (at->contains("entitlements")) // clients before 0.17 do not know them
        exports.entitlements = textsOf(*at, "entitlements");
    return exports;
}

std::optional<BakeExports> exportsSaid(const BuildPlan& call, const std::string& target)
{
    if (!call.bake)
        return std::nullopt;
    BakeExports exports;
    for (const std::string& text : call.bake->overrides) {
        if (auto output = overrideOf(text, target, "output"))
            exports.outputs.push_back(std::move(*output));
        else if (auto tag = overrideOf(text, target, "tags"))
            exports.tags.push_back(std::move(*tag));
    }
    if (exports.outputs.empty() && !exports.tags.empty()) {
        exports.push = call.push;
        exports.load = call.load;
    }
    const bool said = !exports.outputs.empty() || exports.push || exports.load;
    return said ? std::optional(std::move(exports)) : std::nullopt;
}

std::string typeOf(const std::string& output)
{
    for (const auto& [key, value] : parseCsv(output)) {
        if (key == "type")
            return value;
    }
    return "local";
}

/// The output with its folder or file below `directory`; empty when that is not known and its path is relative.
std::optional<std::string> withPlace(const std::string& output, const std::string& directory)
{
    std::vector<NamedValue> fields = parseCsv(output);
    if (fields.size() == 1 && fields[0].second.empty()) // "out": a folder, "-": standard output
        fields = {{"type", fields[0].first == "-" ? "tar" : "local"}, {"dest", fields[0].first}};
    bool changed = false;
    for (auto& [key, value] : fields) {
        if (key != "dest" || value == "-" || value.empty() || value.front() == '/')
            continue;
        if (directory.empty())
            return std::nullopt;
        value = absolutePath(directory, value);
        changed = true;
    }
    return changed ? csvOf(fields) : output;
}

} // namespace

std::optional<BakeExports> exportsOf(const std::string& definition, const std::optional<BuildPlan>& call, const std::string& target)
{
    auto exports = exportsNoted(definition, target);
    if (!exports && call)
        exports = exportsSaid(*call, target);
    if (!exports)
        return exports;
    for (const std::string& output : std::exchange(exports->outputs, {})) {
        if (auto placed = withPlace(output, call ? call->workingDirectory : std::string()))
            exports->outputs.push_back(std::move(*placed));
        else
            exports->unplaced.push_back(typeOf(output));
    }
    return exports;
}

std::optional<std::vector<std::string>> entitlementsOf(const std::optional<BuildPlan>& call, const std::optional<BakeExports>& noted)
{
    const bool known = noted && noted->entitlements;
    if (!call && !known)
        return std::nullopt;
    std::vector<std::string> said = call ? call->entitlements : std::vector<std::string>{}, allowed;
    if (known)
        said.insert(said.end(), noted->entitlements->begin(), noted->entitlements->end());
    for (const std::string& text : said) {
        const std::string kind = text.substr(0, text.find_first_of("=."));
        if (kind != "fs" && kind != "ssh" && std::find(allowed.begin(), allowed.end(), text) == allowed.end())
            allowed.push_back(text);
    }
    return allowed;
}

std::optional<BuildPlan> wholeCallOf(const std::optional<ClientCommand>& client, std::vector<std::string>* masked)
{
    auto call = client ? parseClientCommand(*client) : Result<BuildPlan>(Error{ErrorKind::NotFound, {}, false});
    if (!call || !call->bake || std::count(call->bake->files.begin(), call->bake->files.end(), "-"))
        return std::nullopt;
    for (const auto* texts : {&call->bake->files, &call->bake->targets}) { // a definition behind credentials nobody kept
        for (const std::string& text : *texts) {
            if (text.find(secretMask) == std::string::npos)
                continue;
            if (masked)
                masked->push_back(text);
            return std::nullopt;
        }
    }
    for (auto* texts : {&call->bake->overrides, &call->bake->variables}) {
        std::erase_if(*texts, [&](const std::string& text) {
            const bool hidden = text.find(secretMask) != std::string::npos;
            if (hidden && masked)
                masked->push_back(text.substr(0, text.find('=')));
            return hidden;
        });
    }
    return std::move(*call);
}

bool holdsSecret(const std::string& csv)
{
    const auto fields = parseCsv(csv);
    return csv.find(secretMask) != std::string::npos || maskedText(csv) != csv
        || std::any_of(fields.begin(), fields.end(), [](const NamedValue& field) { return looksSecret(field.first, field.second); });
}

} // namespace layerline
