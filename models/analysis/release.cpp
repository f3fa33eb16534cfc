#include "analysis/release.h"

#include "domain/sha256.h"

#include <algorithm>
#include <array>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t digestLength = 7 + 64;

bool isHex(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

/// Every "sha256:..." of a text, in order, once each.
std::vector<std::string> digestsIn(std::string_view text)
{
    std::vector<std::string> all;
    for (std::size_t at = text.find("sha256:"); at != std::string_view::npos; at = text.find("sha256:", at + 1)) {
        const std::string_view found = text.substr(at, digestLength);
        const bool longer = at + digestLength < text.size() && isHex(std::string(63, '0') + text[at + digestLength]);
        if (!sha256Hex(found).empty() && !longer && std::find(all.begin(), all.end(), found) == all.end())
            all.emplace_back(found);
    }
    return all;
}

std::string baseName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

void addOnce(std::vector<BuiltDigest>& all, BuiltDigest digest)
{
    const bool known = std::any_of(all.begin(), all.end(), [&](const BuiltDigest& each) {
        return each.digest == digest.digest && each.platform == digest.platform && each.image == digest.image;
    });
    if (!known)
        all.push_back(std::move(digest));
}

/// Words of a name: letters and digits between anything else.
std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words(1);
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            words.back() += c;
        else if (c >= 'A' && c <= 'Z')
            words.back() += char(c - 'A' + 'a');
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty())
        words.pop_back();
    return words;
}

const ReleaseCell* cellOf(const std::vector<ReleaseCell>& cells, const Platform& platform)
{
    const auto at = std::find_if(cells.begin(), cells.end(), [&](const ReleaseCell& cell) { return cell.platform == platform; });
    return at == cells.end() ? nullptr : &*at;
}

bool holds(const BuiltDigest& built, const std::string& published)
{
    return built.digest == published || std::find(built.contains.begin(), built.contains.end(), published) != built.contains.end();
}

/// What was built for the cell's platform; null when nobody says.
const BuiltDigest* builtFor(const ReleaseCell& cell, const std::vector<BuiltDigest>& built)
{
    const BuiltDigest* found = nullptr;
    for (const BuiltDigest& each : built) {
        const bool its = each.platform.empty() ? !cell.published.empty() && holds(each, cell.published) : each.platform == cell.platform;
        if (!its)
            continue;
        if (!cell.published.empty() && holds(each, cell.published))
            return &each; // a job that was repeated pushed more than once
        found = &each;
    }
    return found;
}

PlatformVerdict verdictOf(const ReleaseCell& cell, const BuiltDigest* built, const PublishedTag& tag)
{
    if (!tag.problem.empty())
        return PlatformVerdict::Unknown;
    if (cell.published.empty())
        return PlatformVerdict::Missing;
    if (built && !holds(*built, cell.published))
        return PlatformVerdict::Differs;
    return cell.promised ? PlatformVerdict::Published : PlatformVerdict::Extra;
}

Json textOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json timeOrNull(const OptionalTime& time) { return time ? Json(formatRfc3339(*time)) : Json(); }

Json platformList(const std::vector<Platform>& platforms)
{
    Json list = Json::array();
    for (const Platform& platform : platforms)
        list.push_back(platform.str());
    return list;
}

std::string textIn(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The platform a build's metadata says its image is for; empty of an index and of what says nothing.
Platform platformInMetadata(const Json& build)
{
    const auto descriptor = build.find("containerimage.descriptor");
    if (descriptor == build.end() || !descriptor->is_object())
        return {};
    const auto platform = descriptor->find("platform");
    if (platform == descriptor->end() || !platform->is_object())
        return {};
    const std::string variant = textIn(*platform, "variant");
    return parsePlatform(textIn(*platform, "os") + "/" + textIn(*platform, "architecture") + (variant.empty() ? "" : "/" + variant)).value_or(Platform{});
}

/// What `--metadata-file` holds: of one build, or of a bake's targets one level further down. The rest of it names
/// configurations and sources, whose digests are none of an image.
std::vector<BuiltDigest> digestsFromMetadata(const Json& document, const Platform& named, const std::string& from)
{
    std::vector<BuiltDigest> all;
    if (!document.is_object())
        return all;
    const auto take = [&](const Json& build) {
        for (const std::string& digest : digestsIn(textIn(build, "containerimage.digest"))) {
            const Platform own = platformInMetadata(build);
            const std::string names = textIn(build, "image.name");
            for (std::size_t at = 0; at <= names.size();) {
                const std::size_t end = std::min(names.find(',', at), names.size());
                addOnce(all, {own.empty() ? named : own, digest, from, {}, imageWithoutTag(names.substr(at, end - at))});
                at = end + 1;
            }
        }
    };
    take(document);
    for (const auto& [target, build] : document.items()) {
        if (build.is_object())
            take(build);
    }
    return all;
}

} // namespace

Platform platformInName(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    // The last one counts: "arm64-runner-amd64" was built for amd64.
    for (std::size_t i = words.size(); i-- > 0;) {
        const bool variant = i > 0 && words[i].size() == 2 && words[i][0] == 'v';
        const std::string arch = variant ? words[i - 1] : words[i];
        const std::size_t at = variant ? i - 1 : i;
        const std::string os = at > 0 && (words[at - 1] == "windows" || words[at - 1] == "linux") ? words[at - 1] : "linux";
        if (variant) {
            if (const auto platform = parsePlatform(os + "/" + arch + "/" + words[i]))
                return *platform;
        }
        if (const auto platform = parsePlatform(os + "/" + arch))
            return *platform;
        if (arch == "armv7" || arch == "armv6")
            return normalised({os, "arm", arch.substr(3)});
        if (i > 0 && words[i - 1] == "x86" && words[i] == "64")
            return {os, "amd64", {}};
    }
    return {};
}

std::vector<BuiltDigest> digestsFromFileNames(const std::string& artifact, const std::vector<std::string>& files)
{
    std::vector<BuiltDigest> all;
    for (const std::string& file : files) {
        std::string name = baseName(file);
        for (const char* prefix : {"sha256:", "sha256-"}) {
            if (name.compare(0, 7, prefix) == 0)
                name.erase(0, 7);
        }
        if (isHex(name))
            addOnce(all, {platformInName(artifact), "sha256:" + name, artifact + "/" + baseName(file), {}});
    }
    return all;
}

std::string imageWithoutTag(std::string_view name)
{
    name = name.substr(0, name.find('@'));
    const auto slash = name.rfind('/');
    return std::string(name.substr(0, name.find(':', slash == std::string_view::npos ? 0 : slash)));
}

std::vector<BuiltDigest> digestsFromContent(const std::string& artifact, const std::string& file, std::string_view content)
{
    Platform platform = platformInName(baseName(file));
    if (platform.empty())
        platform = platformInName(artifact);
    const Json document = Json::parse(content, nullptr, false);
    if (auto told = digestsFromMetadata(document, platform, artifact + "/" + baseName(file)); !told.empty())
        return told;
    std::vector<std::string> digests = digestsIn(content);
    if (digests.empty()) {
        const auto first = content.find_first_not_of(" \t\r\n\"");
        const std::string_view trimmed = first == std::string_view::npos ? std::string_view() : content.substr(first, content.find_last_not_of(" \t\r\n\"") - first + 1);
        if (isHex(trimmed))
            digests.push_back("sha256:" + std::string(trimmed));
    }
    std::vector<BuiltDigest> all;
    for (const std::string& digest : digests)
        addOnce(all, {platform, digest, artifact + "/" + baseName(file), {}});
    return all;
}

std::vector<BuiltDigest> digestsFromLog(const std::string& job, std::string_view log)
{
    // The surest first: what went to the registry, what the action says its digest is, what was merely exported.
    constexpr std::array<std::string_view, 4> signs{"pushing manifest for ", "containerimage.digest\":", "exporting manifest list sha256:", "exporting manifest sha256:"};
    std::array<std::vector<BuiltDigest>, 4> found;
    while (!log.empty()) {
        const auto end = log.find('\n');
        const std::string_view line = log.substr(0, end);
        log = end == std::string_view::npos ? std::string_view() : log.substr(end + 1);
        for (std::size_t i = 0; i < signs.size(); ++i) {
            const auto at = line.find(signs[i]);
            if (at == std::string_view::npos)
                continue;
            const std::vector<std::string> digests = digestsIn(line.substr(at));
            if (digests.empty())
                continue;
            const std::string_view rest = line.substr(at + signs[i].size());
            addOnce(found[i], {platformInName(job), digests.front(), job, {}, i == 0 ? imageWithoutTag(rest.substr(0, rest.find(' '))) : std::string()});
        }
    }
    for (const auto& some : found) {
        if (!some.empty())
            return some;
    }
    return {};
}

std::vector<std::string> pushedImages(std::string_view log)
{
    std::vector<std::string> images;
    const auto take = [&](std::string_view text) {
        const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n@"));
        // A tag is behind the last slash; "localhost:5000/shop" has none.
        if (word.size() < 300 && word.find(':', word.rfind('/') == std::string_view::npos ? 0 : word.rfind('/')) != std::string_view::npos
            && std::find(images.begin(), images.end(), word) == images.end())
            images.emplace_back(word);
    };
    while (!log.empty()) {
        const auto end = log.find('\n');
        const std::string_view line = log.substr(0, end);
        log = end == std::string_view::npos ? std::string_view() : log.substr(end + 1);
        constexpr std::string_view built = "pushing manifest for ", merged = "pushing sha256:", to = " to ";
        if (const auto at = line.find(built); at != std::string_view::npos)
            take(line.substr(at + built.size()));
        else if (const auto push = line.find(merged); push != std::string_view::npos && line.find(to, push) != std::string_view::npos)
            take(line.substr(line.find(to, push) + to.size()));
    }
    return images;
}

Result<PlatformPromise> promiseFromBake(std::string_view printed, const std::string& from)
{
    const Json document = Json::parse(printed, nullptr, false);
    if (!document.is_object() || !document.contains("target") || !document["target"].is_object())
        return Error{ErrorKind::BadInput, from + " names no targets (what buildx bake --print prints for it has none)", false};
    PlatformPromise pushed{{}, from}, any{{}, from};
    for (const auto& [name, target] : document["target"].items()) {
        const bool tagged = target.is_object() && target.contains("tags") && target["tags"].is_array() && !target["tags"].empty();
        if (!target.is_object() || !target.contains("platforms") || !target["platforms"].is_array())
            continue;
        for (const Json& each : target["platforms"]) {
            const auto platform = each.is_string() ? parsePlatform(each.get<std::string>()) : std::optional<Platform>();
            for (PlatformPromise* into : {&any, tagged ? &pushed : nullptr}) {
                if (platform && into && std::find(into->platforms.begin(), into->platforms.end(), *platform) == into->platforms.end())
                    into->platforms.push_back(*platform);
            }
        }
    }
    if (any.platforms.empty())
        return Error{ErrorKind::BadInput, from + " promises no platforms: none of its targets names any", false};
    return pushed.platforms.empty() ? any : pushed;
}

std::vector<Platform> platformsOf(const std::vector<PublishedTag>& tags)
{
    std::vector<Platform> all;
    for (const PublishedTag& tag : tags) {
        for (const PublishedPlatform& entry : tag.platforms) {
            if (std::find(all.begin(), all.end(), entry.platform) == all.end())
                all.push_back(entry.platform);
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

ReleaseTag judge(const PublishedTag& tag, const PlatformPromise& promise, const std::vector<BuiltDigest>& built)
{
    ReleaseTag judged;
    judged.published = tag;
    for (const Platform& platform : promise.platforms) {
        if (!cellOf(judged.cells, platform))
            judged.cells.push_back({platform, true, {}, {}, {}, PlatformVerdict::Unknown});
    }
    for (const PublishedPlatform& entry : tag.platforms) {
        if (!cellOf(judged.cells, entry.platform))
            judged.cells.push_back({entry.platform, false, {}, {}, {}, PlatformVerdict::Unknown});
    }
    judged.met = tag.problem.empty();
    for (ReleaseCell& cell : judged.cells) {
        for (const PublishedPlatform& entry : tag.platforms) {
            if (entry.platform != cell.platform || !cell.published.empty())
                continue;
            cell.published = entry.digest;
            cell.created = entry.created;
        }
        const BuiltDigest* own = builtFor(cell, built);
        cell.built = own ? own->digest : std::string();
        cell.verdict = verdictOf(cell, own, tag);
        const bool fault = cell.verdict == PlatformVerdict::Missing || cell.verdict == PlatformVerdict::Differs || cell.verdict == PlatformVerdict::Unknown;
        judged.met = judged.met && !(cell.promised && fault);
    }
    return judged;
}

bool speaksOf(const std::vector<BuiltDigest>& built, const PublishedTag& tag)
{
    return std::any_of(tag.platforms.begin(), tag.platforms.end(), [&](const PublishedPlatform& entry) {
        return std::any_of(built.begin(), built.end(), [&](const BuiltDigest& each) { return each.digest == tag.digest || holds(each, entry.digest); });
    });
}

bool met(const Release& release)
{
    return release.problem.empty() && !release.tags.empty() && std::all_of(release.tags.begin(), release.tags.end(), [](const ReleaseTag& tag) { return tag.met; });
}

nlohmann::ordered_json publishedJson(const PublishedTag& tag)
{
    Json signatures = Json::array();
    for (const Signature& signature : tag.signatures)
        signatures.push_back({{"kind", signature.kind}, {"name", signature.name}});
    return {{"tag", textOrNull(tag.tag)}, {"digest", textOrNull(tag.digest)}, {"media_type", textOrNull(tag.mediaType)}, {"index", tag.index},
            {"attestations", tag.attestations}, {"signatures", signatures}, {"error", textOrNull(tag.problem)}};
}

nlohmann::ordered_json releaseJson(const Release& release)
{
    Json tags = Json::array();
    for (const ReleaseTag& tag : release.tags) {
        Json cells = Json::array();
        for (const ReleaseCell& cell : tag.cells) {
            cells.push_back({{"platform", cell.platform.str()}, {"promised", cell.promised}, {"built", textOrNull(cell.built)}, {"published", textOrNull(cell.published)},
                             {"created", timeOrNull(cell.created)}, {"verdict", toString(cell.verdict)}});
        }
        Json shown = publishedJson(tag.published);
        shown["met"] = tag.met;
        shown["built_by"] = textOrNull(tag.builtBy);
        shown["platforms"] = cells;
        tags.push_back(shown);
    }
    return {{"image", release.image}, {"promised", platformList(release.promise.platforms)}, {"promised_by", textOrNull(release.promise.from)},
            {"met", met(release)}, {"error", textOrNull(release.problem)}, {"tags", tags}};
}

std::string warningText(const MoveWarning& warning)
{
    using Kind = MoveWarning::Kind;
    switch (warning.kind) {
    case Kind::LosesPlatform: return warning.name + " can be pulled from this tag now and could not be any more";
    case Kind::SingleManifest: return "the tag is an index now and would be the manifest of one platform";
    case Kind::BrokenTarget: return "the target names " + warning.name + ", but the registry does not have that manifest";
    case Kind::SignatureStays: return "the signature or attestation " + warning.name + " stays with the present digest";
    case Kind::TargetUnsigned: return "the present digest is signed and the target is not: who verifies signatures will refuse it";
    case Kind::LosesAttestations: return "the present index carries provenance or SBOMs, the target none";
    }
    return {};
}

nlohmann::ordered_json movePlanJson(const TagMovePlan& plan)
{
    Json warnings = Json::array();
    for (const MoveWarning& warning : moveWarnings(plan))
        warnings.push_back(warningText(warning));
    return {{"image", plan.image}, {"tag", plan.tag}, {"from", publishedJson(plan.from)}, {"to", publishedJson(plan.to)}, {"changes", plan.changes()},
            {"request", {{"method", "PUT"}, {"url", plan.url}, {"media_type", plan.to.mediaType}, {"bytes", plan.bytes}}},
            {"lost_platforms", platformList(plan.lost)}, {"gained_platforms", platformList(plan.gained)}, {"warnings", warnings}};
}

nlohmann::ordered_json sightingsJson(const std::vector<TagSighting>& sightings)
{
    Json list = Json::array();
    for (const TagSighting& sighting : sightings) {
        list.push_back({{"tag", sighting.tag}, {"digest", sighting.digest}, {"index", sighting.index}, {"platforms", platformList(sighting.platforms)},
                        {"first_seen", formatRfc3339(sighting.first)}, {"last_seen", formatRfc3339(sighting.last)}});
    }
    return list;
}

} // namespace layerline
