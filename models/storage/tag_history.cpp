#include "storage/tag_history.h"

#include "domain/sha256.h"
#include "storage/private_files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <unistd.h>

namespace layerline {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostSightings = 5'000; ///< of one image; the oldest go
constexpr int lockWaitMs = 5'000;

std::string line(const TagSighting& sighting)
{
    Json platforms = Json::array();
    for (const Platform& platform : sighting.platforms)
        platforms.push_back(platform.str());
    const Json object{{"tag", sighting.tag}, {"digest", sighting.digest}, {"index", sighting.index}, {"platforms", platforms},
                      {"first", formatRfc3339(sighting.first)}, {"last", formatRfc3339(sighting.last)}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string text(const Json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<TagSighting> sighting(const std::string& line)
{
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object())
        return {};
    TagSighting read{text(object, "tag"), text(object, "digest"), object.value("index", Json()) == true, {}, {}, {}};
    const OptionalTime first = parseRfc3339(text(object, "first")), last = parseRfc3339(text(object, "last"));
    if (read.tag.empty() || sha256Hex(read.digest).empty() || !first || !last)
        return {};
    read.first = *first;
    read.last = *last;
    for (const Json& each : object.value("platforms", Json::array())) {
        if (const auto platform = each.is_string() ? parsePlatform(each.get<std::string>()) : std::nullopt)
            read.platforms.push_back(*platform);
    }
    return read;
}

TagSighting* newestOf(std::vector<TagSighting>& all, const std::string& tag)
{
    const auto at = std::find_if(all.rbegin(), all.rend(), [&](const TagSighting& each) { return each.tag == tag; });
    return at == all.rend() ? nullptr : &*at;
}

} // namespace

std::string TagHistory::defaultFolder()
{
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    if (const std::string own = variable("LAYERLINE_STATE"); !own.empty())
        return own + "/tags";
    if (const std::string state = variable("XDG_STATE_HOME"); !state.empty() && state.front() == '/')
        return state + "/layerline/tags";
    const std::string home = variable("HOME");
    return home.empty() ? std::string() : home + "/.local/state/layerline/tags";
}

TagHistory::TagHistory(std::string folder) : m_folder(std::move(folder)) {}

std::string TagHistory::fileOf(const std::string& image) const
{
    return m_folder + "/" + std::string(sha256Hex(sha256Digest(image))) + ".jsonl";
}

Result<void> TagHistory::note(const std::string& image, const std::vector<PublishedTag>& tags, Timestamp now)
{
    if (m_folder.empty())
        return Error{ErrorKind::NotFound, "there is no home folder to keep the history of tags in", false};
    if (auto made = makePrivateFolder(m_folder); !made)
        return made;
    const std::string path = fileOf(image);
    const auto lock = lockFile(path + ".lock", LockMode::Exclusive, lockWaitMs);
    if (!lock)
        return lock.error();
    auto known = read(image);
    if (!known)
        return known.error();
    std::vector<TagSighting>& all = known.value();
    for (const PublishedTag& tag : tags) {
        if (tag.tag.empty() || tag.digest.empty() || !tag.problem.empty())
            continue;
        if (TagSighting* newest = newestOf(all, tag.tag); newest && newest->digest == tag.digest) {
            newest->last = std::max(newest->last, now);
            continue;
        }
        TagSighting seen{tag.tag, tag.digest, tag.index, {}, now, now};
        for (const PublishedPlatform& entry : tag.platforms)
            seen.platforms.push_back(entry.platform);
        all.push_back(std::move(seen));
    }
    if (all.size() > mostSightings)
        all.erase(all.begin(), all.end() - std::ptrdiff_t(mostSightings));
    std::string bytes;
    for (const TagSighting& each : all)
        bytes += line(each);
    // Whole or not at all: a new file takes the old one's place.
    const std::string next = path + ".new";
    {
        const FileHandle file(::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file.ok())
            return systemError("cannot write", next);
        if (auto written = writeAndSync(file.get(), bytes, next); !written)
            return written;
    }
    if (std::rename(next.c_str(), path.c_str()) != 0)
        return systemError("cannot replace", path);
    return syncFolder(m_folder);
}

Result<std::vector<TagSighting>> TagHistory::read(const std::string& image, const std::string& tag) const
{
    std::vector<TagSighting> all;
    std::ifstream file(fileOf(image));
    if (!file)
        return all;
    for (std::string each; std::getline(file, each);) {
        if (auto found = sighting(each); found && (tag.empty() || found->tag == tag))
            all.push_back(std::move(*found));
    }
    return all;
}

} // namespace layerline
