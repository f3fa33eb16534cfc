// A cache for each architecture: on one scope the last writer wins and the other architecture finds nothing.
#include "analysis/workflow/expression_tokens.h"
#include "analysis/workflow/migrate_plan.h"

namespace layerline {

namespace {

/// Where the value of `key` in "type=gha,scope=x" begins and ends; npos when it is not there. Commas in ${{ }} separate nothing.
std::pair<std::size_t, std::size_t> settingRange(const std::string& line, const std::string& key)
{
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= line.size(); ++i) {
        if (line.compare(i, 3, "${{") == 0) {
            const std::size_t end = expressionEnd(line, i + 3);
            i = end == std::string::npos ? line.size() : end + 1;
        }
        if (i >= line.size() || line[i] == ',') {
            if (line.compare(begin, key.size() + 1, key + "=") == 0)
                return {begin + key.size() + 1, std::min(i, line.size())};
            begin = i + 1;
        }
    }
    return {std::string::npos, std::string::npos};
}

std::string suffixed(const std::string& line, const std::string& key, const std::string& suffix, const std::string& otherwise)
{
    const auto [begin, end] = settingRange(line, key);
    if (begin == std::string::npos)
        return otherwise.empty() ? line : line + "," + key + "=" + otherwise + suffix;
    std::string value = line.substr(begin, end - begin);
    return line.substr(0, begin) + value + suffix + line.substr(end);
}

std::string scopedLine(const std::string& line, const std::string& arch, const std::string& fallback)
{
    const std::string type = settingOf(line, "type");
    if (type == "gha")
        return suffixed(line, "scope", "-" + arch, fallback);
    if (type == "s3" || type == "azblob")
        return suffixed(line, "name", "-" + arch, fallback);
    if (type == "registry") {
        const std::string reference = settingOf(line, "ref");
        const bool tagged = !splitTag(reference).second.empty();
        return suffixed(line, "ref", (tagged ? "-" : ":cache-") + arch, {});
    }
    if (type == "local" || type == "inline" || !type.empty())
        return line;
    // A bare image is where an earlier build's inline cache is read from: its tag stays.
    return line;
}

} // namespace

std::string scopedCaches(const std::string& text, const std::string& arch, const std::string& fallback)
{
    std::string result;
    for (const std::string& line : textLines(text))
        result += scopedLine(line, arch, fallback) + "\n";
    return result;
}

} // namespace layerline
