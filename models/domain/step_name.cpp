#include "domain/step_name.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

namespace layerline {

namespace {

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> result;
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && text[at] == ' ')
            ++at;
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at)
            result.push_back(text.substr(at, end - at));
        at = end;
    }
    return result;
}

bool readNumber(std::string_view text, int& value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= 0;
}

/// "4/13" -> (4, 13)
bool readPosition(std::string_view word, int& index, int& count)
{
    const auto slash = word.find('/');
    return slash != std::string_view::npos && readNumber(word.substr(0, slash), index)
        && readNumber(word.substr(slash + 1), count) && count > 0;
}

/// "linux/amd64", "linux/amd64->arm64", "linux/amd64->windows/amd64"
bool readPlatforms(std::string_view word, StepName& name)
{
    const auto arrow = word.find("->");
    const auto left = parsePlatform(word.substr(0, arrow));
    if (!left)
        return false;
    name.runsOn = left;
    name.target = left;
    if (arrow == std::string_view::npos)
        return true;
    const auto right = word.substr(arrow + 2);
    auto target = parsePlatform(right);
    if (!target) // the os is left out when both have the same
        target = parsePlatform(left->os + "/" + std::string(right));
    if (target) {
        name.target = target;
        name.cross = true;
    }
    return true;
}

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

bool isExport(std::string_view text)
{
    return startsWith(text, "exporting ") || startsWith(text, "merging ") || startsWith(text, "pushing ")
        || startsWith(text, "sending tarball") || startsWith(text, "copying files") || startsWith(text, "resolving provenance")
        || startsWith(text, "importing to docker") || startsWith(text, "preparing build cache");
}

std::string keywordOf(std::string_view text)
{
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    if (word.empty() || !std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isupper(c); }))
        return {};
    return std::string(word);
}

} // namespace

StepName parseStepName(std::string_view full)
{
    StepName name;
    const auto close = startsWith(full, "[") ? full.find("] ") : std::string_view::npos;
    const auto bareClose = close == std::string_view::npos && startsWith(full, "[") && !full.empty() && full.back() == ']' ? full.size() - 1 : close;
    if (bareClose == std::string_view::npos) {
        name.text = full;
        name.kind = isExport(full) ? StepKind::Export : StepKind::Other;
        name.keyword = keywordOf(full);
        return name;
    }
    name.text = bareClose + 2 <= full.size() ? full.substr(bareClose + 2) : std::string_view{};
    auto parts = words(full.substr(1, bareClose - 1));

    if (!parts.empty() && readPosition(parts.back(), name.index, name.count)) {
        parts.pop_back();
        name.kind = StepKind::Instruction;
        name.keyword = keywordOf(name.text);
    }
    const bool client = std::any_of(parts.begin(), parts.end(), [](std::string_view part) { return part == "internal" || part == "auth"; });
    if (name.kind != StepKind::Instruction && client)
        name.kind = StepKind::Internal;

    // What stands before the platform is a bake target, what stands after it a stage. Without a platform the last word is the stage.
    const auto platformAt = std::find_if(parts.begin(), parts.end(), [&](std::string_view part) { return readPlatforms(part, name); });
    if (platformAt != parts.end()) {
        if (platformAt != parts.begin())
            name.bakeTarget = std::string(*parts.begin());
        if (platformAt + 1 != parts.end())
            name.stage = std::string(*(platformAt + 1));
    } else if (name.kind == StepKind::Instruction) {
        if (!parts.empty())
            name.stage = std::string(parts.back());
        if (parts.size() > 1)
            name.bakeTarget = std::string(parts.front());
    } else if (name.kind == StepKind::Internal && parts.size() > 1) {
        name.bakeTarget = std::string(parts.front());
    }
    if (name.kind == StepKind::Other && isExport(name.text))
        name.kind = StepKind::Export;
    else if (name.kind == StepKind::Other && startsWith(full, "["))
        name.kind = StepKind::Internal; // "[context foo] load metadata", "[linux/amd64] generating sbom"
    return name;
}

} // namespace layerline
