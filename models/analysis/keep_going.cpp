#include "analysis/keep_going.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

/// "linux/arm/v7" -> "linux-arm-v7"
std::string suffixOf(const Platform& platform)
{
    std::string text = platform.str();
    std::replace(text.begin(), text.end(), '/', '-');
    return text;
}

const std::string* fieldOf(const std::vector<NamedValue>& fields, const char* key)
{
    for (const auto& [name, value] : fields) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

/// The same cache under a name of the platform's own. Empty when it can't be told apart.
std::string ownCache(const std::string& text, const Platform& platform, bool importing)
{
    auto fields = parseCsv(text);
    const std::string* type = fieldOf(fields, "type");
    if (fields.size() == 1 && fields.front().second.empty()) { // "user/app:cache" stands for type=registry,ref=...
        fields = {{"type", "registry"}, {"ref", text}};
        type = &fields.front().second;
    }
    if (!type)
        return {};
    const std::string suffix = suffixOf(platform);
    const std::string key = *type == "registry" ? "ref" : *type == "gha" ? "scope" : *type == "local" ? (importing ? "src" : "dest") : "";
    if (key.empty())
        return {};
    for (auto& [name, value] : fields) {
        if (name != key)
            continue;
        const bool tagged = key == "ref" && value.rfind(':') != std::string::npos && value.find('/', value.rfind(':')) == std::string::npos;
        value += key == "ref" && !tagged ? ":" + suffix : "-" + suffix;
        return csvOf(fields);
    }
    return key == "scope" ? text + ",scope=" + suffix : std::string();
}

/// "shop:1.2" -> "shop:1.2-linux-arm64"
std::string ownTag(const std::string& tag, const Platform& platform)
{
    const std::string repository = repositoryOf(tag);
    const std::string name = tag.substr(0, tag.find('@'));
    return repository + ":" + (name.size() > repository.size() ? name.substr(repository.size() + 1) : "latest") + "-" + suffixOf(platform);
}

void separateCaches(BuildPlan& lane, const BuildPlan& whole, const Platform& platform, std::set<std::string>& notes)
{
    lane.cacheTo.clear();
    for (const std::string& cache : whole.cacheTo) {
        const std::string own = ownCache(cache, platform, false);
        if (own.empty()) {
            lane.cacheTo.push_back(cache);
            continue;
        }
        lane.cacheTo.push_back(own);
        notes.insert("each platform exports its cache under a name of its own, ending in its platform");
    }
    for (const std::string& cache : whole.cacheFrom) {
        const std::string own = ownCache(cache, platform, true);
        if (!own.empty() && !whole.cacheTo.empty())
            lane.cacheFrom.push_back(own);
    }
}

} // namespace

std::string repositoryOf(const std::string& image)
{
    const std::string name = image.substr(0, image.find('@'));
    const auto colon = name.rfind(':');
    return colon == std::string::npos || name.find('/', colon) != std::string::npos ? name : name.substr(0, colon);
}

Result<KeepGoing> splitByPlatform(const BuildPlan& plan, LanePush push)
{
    const auto bad = [](const char* text) { return Error{ErrorKind::BadInput, text, false}; };
    if (plan.bake)
        return bad("--keep-going needs one build: give the context instead of a bake file");
    if (plan.platforms.size() < 2)
        return bad("--keep-going needs at least two platforms");
    if (!plan.outputs.empty())
        return bad("--keep-going can't split --output: use --push and -t");
    if (plan.load)
        return bad("--keep-going can't load an image of several platforms: use --push");
    if (plan.push && plan.tags.empty())
        return bad("--push needs a tag: -t IMAGE");
    KeepGoing split;
    split.builder = plan.builder;
    std::set<std::string> notes;
    if (plan.push) {
        split.tags = plan.tags;
        split.repository = repositoryOf(plan.tags.front());
    } else {
        notes.insert("nothing is pushed, so there is nothing to merge: each platform's result stays in the builder's cache");
    }
    for (const Platform& platform : plan.platforms) {
        KeepGoing::Lane lane{platform, plan};
        lane.plan.platforms = {platform};
        lane.plan.tags.clear();
        lane.plan.push = false;
        if (plan.push && push == LanePush::ByTag) {
            lane.plan.tags = {ownTag(plan.tags.front(), platform)};
            lane.plan.push = true;
            notes.insert("the docker driver can't push by digest: each platform is pushed under a tag of its own, which stays");
        } else if (plan.push)
            lane.plan.outputs = {csvOf({{"type", "image"}, {"name", split.repository}, {"push-by-digest", "true"}, {"name-canonical", "true"}, {"push", "true"}})};
        else
            lane.plan.outputs = {"type=cacheonly"};
        separateCaches(lane.plan, plan, platform, notes);
        split.lanes.push_back(std::move(lane));
    }
    split.notes.assign(notes.begin(), notes.end());
    return split;
}

std::vector<std::string> mergeCommand(const KeepGoing& split, const std::vector<std::string>& digests, const std::vector<std::string>& buildx)
{
    if (split.repository.empty())
        return {};
    std::vector<std::string> command = buildx;
    command.insert(command.end(), {"imagetools", "create"});
    if (!split.builder.empty())
        command.insert(command.end(), {"--builder", split.builder});
    for (const std::string& tag : split.tags)
        command.insert(command.end(), {"--tag", tag});
    for (const std::string& digest : digests)
        command.push_back(split.repository + "@" + digest);
    return command;
}

} // namespace layerline
