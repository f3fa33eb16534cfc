#include "analysis/builder_plan.h"

#include "analysis/dockerfile_words.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <set>

namespace layerline {

namespace {

using Words = std::vector<std::string>;

Words with(Words command, std::initializer_list<std::string> more)
{
    command.insert(command.end(), more);
    return command;
}

void option(Words& command, const char* name, const std::string& value)
{
    if (!value.empty())
        command.insert(command.end(), {name, value});
}

Words nodeCommand(const NewNode& node, bool append, const Words& buildx)
{
    Words command = with(buildx, {"create", "--name", node.builder});
    if (append)
        command.push_back("--append");
    option(command, "--driver", append ? std::string() : node.driver.empty() ? "docker-container" : node.driver);
    option(command, "--node", node.node);
    std::string platforms;
    for (const Platform& platform : node.platforms)
        platforms += (platforms.empty() ? "" : ",") + platform.str();
    option(command, "--platform", platforms);
    for (const std::string& text : node.driverOptions)
        option(command, "--driver-opt", text);
    if (node.use)
        command.push_back("--use");
    if (node.bootstrap)
        command.push_back("--bootstrap");
    if (!node.endpoint.empty())
        command.push_back(node.endpoint);
    return command;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

/// $NAME, ${NAME} and ${NAME:-text}. Empty when a variable has no value.
std::string expanded(const std::string& text, const std::map<std::string, std::string>& values)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '$') {
            out += text[at];
            continue;
        }
        const bool braced = at + 1 < text.size() && text[at + 1] == '{';
        std::size_t begin = at + (braced ? 2 : 1), end = begin;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
            ++end;
        const auto known = values.find(text.substr(begin, end - begin));
        std::string value = known == values.end() ? std::string() : known->second;
        if (braced) {
            const auto close = text.find('}', end);
            if (close == std::string::npos)
                return {};
            if (value.empty() && text.compare(end, 2, ":-") == 0)
                value = text.substr(end + 2, close - end - 2);
            end = close + 1;
        }
        if (value.empty())
            return {};
        out += value;
        at = end - 1;
    }
    return out;
}

} // namespace

PrunePreview previewPrune(const std::vector<CacheRecord>& records, const PruneOptions& options, Timestamp now)
{
    PrunePreview preview;
    std::map<std::string, PrunePreview::Kind> kinds;
    for (const CacheRecord& record : records) {
        const bool protectedKind = record.type == "internal" || record.type == "frontend" || record.shared;
        const OptionalTime used = record.lastUsed ? record.lastUsed : record.created;
        const bool young = options.until && used && now - *used < *options.until;
        if (record.inUse || young || (protectedKind && !options.all)) {
            ++preview.stays;
            preview.staysBytes += record.bytes;
            continue;
        }
        preview.bytes += record.bytes;
        auto& kind = kinds[record.type];
        kind.type = record.type;
        ++kind.records;
        kind.bytes += record.bytes;
        preview.goes.push_back(record);
    }
    const auto larger = [](const auto& a, const auto& b) { return a.bytes > b.bytes; };
    std::stable_sort(preview.goes.begin(), preview.goes.end(), larger);
    for (auto& [type, kind] : kinds)
        preview.kinds.push_back(kind);
    std::stable_sort(preview.kinds.begin(), preview.kinds.end(), larger);
    return preview;
}

std::vector<std::string> pruneCommand(const std::string& builder, const PruneOptions& options, const std::vector<std::string>& buildx)
{
    Words command = with(buildx, {"prune"});
    option(command, "--builder", builder);
    command.push_back("--force");
    if (options.all)
        command.push_back("--all");
    if (options.until)
        option(command, "--filter", "until=" + std::to_string(options.until->ns / 1'000'000'000) + "s");
    return command;
}

Result<Duration> parseSpan(const std::string& text)
{
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    const std::string unit = end ? end : "";
    const double seconds = unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : unit == "d" ? 86400 : unit == "w" ? 604800 : 0;
    if (end == text.c_str() || seconds == 0 || !(number >= 0) || number * seconds > 3e9)
        return Error{ErrorKind::BadInput, "\"" + text + "\" is no span like 36h or 7d", false};
    return Duration{std::int64_t(number * seconds) * 1'000'000'000};
}

DiskForecast diskForecast(const std::vector<CacheRecord>& records, const std::vector<PastBuild>& past)
{
    DiskForecast forecast;
    std::vector<std::int64_t> sums;
    for (const PastBuild& build : past) {
        std::int64_t sum = 0;
        for (const CacheRecord& record : records) {
            if (record.created && *record.created >= build.started && *record.created <= build.completed)
                sum += record.bytes;
        }
        sums.push_back(sum);
    }
    if (sums.empty())
        return forecast;
    std::sort(sums.begin(), sums.end());
    const std::size_t middle = sums.size() / 2;
    forecast.usual = sums.size() % 2 ? sums[middle] : (sums[middle - 1] + sums[middle]) / 2;
    forecast.most = sums.back();
    forecast.samples = int(sums.size());
    return forecast;
}

std::vector<std::string> createCommand(const NewNode& node, const std::vector<std::string>& buildx) { return nodeCommand(node, false, buildx); }
std::vector<std::string> appendCommand(const NewNode& node, const std::vector<std::string>& buildx) { return nodeCommand(node, true, buildx); }

std::vector<std::string> leaveCommand(const std::string& builder, const std::string& node, const std::vector<std::string>& buildx)
{
    return with(buildx, {"create", "--name", builder, "--leave", "--node", node});
}

std::vector<std::string> removeCommand(const std::string& builder, bool keepState, const std::vector<std::string>& buildx)
{
    Words command = with(buildx, {"rm"});
    if (keepState)
        command.push_back("--keep-state");
    command.push_back(builder);
    return command;
}

std::vector<std::string> useCommand(const std::string& builder, const std::vector<std::string>& buildx) { return with(buildx, {"use", builder}); }
std::vector<std::string> bootstrapCommand(const std::string& builder, const std::vector<std::string>& buildx)
{
    return with(buildx, {"inspect", "--bootstrap", builder});
}
std::vector<std::string> stopCommand(const std::string& builder, const std::vector<std::string>& buildx) { return with(buildx, {"stop", builder}); }

std::vector<std::string> basesOf(const std::string& dockerfile)
{
    std::map<std::string, std::string> values;
    std::set<std::string> stages{"scratch"};
    Words bases;
    bool inStage = false;
    const auto add = [&](const std::string& name) {
        const std::string image = expanded(name, values);
        const bool number = !image.empty() && std::all_of(image.begin(), image.end(), [](unsigned char c) { return std::isdigit(c); });
        if (!image.empty() && !number && !stages.count(lower(image)) && std::find(bases.begin(), bases.end(), image) == bases.end())
            bases.push_back(image);
    };
    for (const Words& words : dockerfileWords(dockerfile)) {
        const std::string keyword = upperWord(words.front());
        if (keyword == "ARG" && !inStage && words.size() > 1) {
            const auto equals = words[1].find('=');
            if (equals != std::string::npos)
                values[words[1].substr(0, equals)] = words[1].substr(equals + 1);
        }
        if (keyword == "FROM") {
            inStage = true;
            const auto name = std::find_if(words.begin() + 1, words.end(), [](const std::string& word) { return word.compare(0, 2, "--") != 0; });
            if (name == words.end())
                continue;
            add(*name);
            if (words.end() - name >= 3 && upperWord(*(name + 1)) == "AS")
                stages.insert(lower(*(name + 2)));
        } else if (keyword == "COPY") {
            for (const std::string& word : words) {
                if (word.compare(0, 7, "--from=") == 0)
                    add(word.substr(7));
            }
        }
    }
    return bases;
}

std::string warmingDockerfile(const std::vector<std::string>& bases)
{
    // Copying from an image makes the builder unpack it; a RUN would need a shell that it may not have.
    std::string text = "FROM scratch\n";
    for (std::size_t at = 0; at < bases.size(); ++at)
        text += "COPY --from=" + bases[at] + " / /" + std::to_string(at) + "/\n";
    return text;
}

} // namespace layerline
