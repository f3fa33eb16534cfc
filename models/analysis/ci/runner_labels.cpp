#include "analysis/ci/runner_labels.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <limits>

namespace layerline {

using Json = nlohmann::json;

namespace {

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return result;
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
int distance(const std::string& a, const std::string& b)
{
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = int(i + j);
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

std::string archHint(const std::string& label)
{
    for (const char* word : {"arm64", "aarch64", "arm"}) {
        if (label.find(word) != std::string::npos)
            return "arm64";
    }
    for (const char* word : {"amd64", "x86_64", "x64", "x86", "intel"}) {
        if (label.find(word) != std::string::npos)
            return "amd64";
    }
    return {};
}

std::string systemHint(const std::string& label)
{
    if (label.rfind("mac", 0) == 0 || label.rfind("osx", 0) == 0)
        return "darwin";
    if (label.rfind("win", 0) == 0)
        return "windows";
    for (const char* word : {"ubuntu", "linux", "ubunut", "ubnutu"}) {
        if (label.rfind(word, 0) == 0)
            return "linux";
    }
    return {};
}

std::optional<LabelState> parseState(const std::string& text)
{
    if (text == "current")
        return LabelState::Current;
    if (text == "preview")
        return LabelState::Preview;
    if (text == "retired")
        return LabelState::Retired;
    return std::nullopt;
}

Result<RunnerLabel> parseLabel(const Json& entry, std::size_t index)
{
    const auto wrong = [index](const char* what) {
        return Error{ErrorKind::BadInput, "runner table, label " + std::to_string(index + 1) + ": " + what, false};
    };
    if (!entry.is_object() || !entry.contains("label") || !entry["label"].is_string() || entry["label"].get_ref<const std::string&>().empty())
        return wrong("no \"label\"");
    RunnerLabel label;
    label.label = entry["label"];
    const auto text = [&](const char* key) { return entry.contains(key) && entry[key].is_string() ? entry[key].get<std::string>() : std::string(); };
    const auto platform = parsePlatform(text("os") + "/" + text("arch"));
    if (!platform)
        return wrong("\"os\" and \"arch\" are no platform");
    label.platform = *platform;
    const auto state = parseState(entry.contains("state") ? text("state") : "current");
    if (!state)
        return wrong("\"state\" is none of current, preview, retired");
    label.state = *state;
    if (entry.contains("price") && !entry["price"].is_null()) {
        if (!entry["price"].is_number() || entry["price"].get<double>() < 0)
            return wrong("\"price\" is no amount");
        label.price = entry["price"].get<double>();
    }
    label.containers = !entry.contains("containers") || entry["containers"] != false;
    return label;
}

} // namespace

const RunnerLabel* RunnerTable::find(std::string_view label) const
{
    const std::string wanted = lower(label);
    const auto found = std::find_if(labels.begin(), labels.end(), [&](const RunnerLabel& known) { return lower(known.label) == wanted; });
    return found == labels.end() ? nullptr : &*found;
}

std::optional<int> RunnerTable::concurrentLimit(std::string_view plan) const
{
    for (const auto& [name, limit] : concurrentJobs) {
        if (name == plan)
            return limit;
    }
    return std::nullopt;
}

std::optional<int> RunnerTable::leastConcurrentLimit() const
{
    std::optional<int> least;
    for (const auto& [name, limit] : concurrentJobs)
        least = least ? std::min(*least, limit) : limit;
    return least;
}

Result<RunnerTable> parseRunnerTable(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("labels") || !json["labels"].is_array())
        return Error{ErrorKind::BadInput, "runner table: no JSON object with \"labels\"", false};
    RunnerTable table;
    const auto string = [&](const char* key, std::string otherwise) {
        return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : otherwise;
    };
    table.date = string("date", "");
    table.currency = string("currency", "USD");
    table.publicFree = !json.contains("public_repositories_free") || json["public_repositories_free"] != false;
    for (std::size_t i = 0; i < json["labels"].size(); ++i) {
        auto label = parseLabel(json["labels"][i], i);
        if (!label)
            return label.error();
        if (table.find(label->label))
            return Error{ErrorKind::BadInput, "runner table: the label \"" + label->label + "\" stands there twice", false};
        table.labels.push_back(std::move(*label));
    }
    if (json.contains("concurrent_jobs") && json["concurrent_jobs"].is_object()) {
        for (const auto& [plan, limit] : json["concurrent_jobs"].items()) {
            if (limit.is_number_integer())
                table.concurrentJobs.emplace_back(plan, limit.get<int>());
        }
    }
    return table;
}

bool selfHosted(const std::vector<std::string>& labels, const RunnerTable& table)
{
    return !labels.empty() && std::none_of(labels.begin(), labels.end(), [&](const std::string& label) { return table.find(label); })
           && std::any_of(labels.begin(), labels.end(), [](const std::string& label) {
                  static const std::vector<std::string> given{"self-hosted", "linux", "windows", "macos", "x64", "arm", "arm64"};
                  return std::find(given.begin(), given.end(), lower(label)) != given.end();
              });
}

std::optional<Platform> runnerPlatform(const std::vector<std::string>& labels, const RunnerTable& table)
{
    for (const std::string& label : labels) {
        if (const RunnerLabel* known = table.find(label))
            return known->platform;
    }
    if (!selfHosted(labels, table))
        return std::nullopt;
    std::string os = "linux", arch;
    for (const std::string& label : labels) {
        const std::string word = lower(label);
        os = word == "windows" ? "windows" : word == "macos" ? "darwin" : os;
        arch = word == "x64" ? "amd64" : word == "arm64" ? "arm64" : word == "arm" ? "arm" : arch;
    }
    return arch.empty() ? std::nullopt : std::optional(normalised({os, arch, {}}));
}

std::optional<std::string> nearestLabel(std::string_view unknown, const RunnerTable& table)
{
    const std::string wanted = lower(unknown);
    const std::string arch = archHint(wanted), system = systemHint(wanted);
    const RunnerLabel* best = nullptr;
    int least = std::numeric_limits<int>::max();
    for (const RunnerLabel& known : table.labels) {
        if (known.state == LabelState::Retired || (!system.empty() && known.platform.os != system) || (!arch.empty() && known.platform.arch != arch))
            continue;
        const int differing = distance(wanted, lower(known.label)) * 2 + (known.state == LabelState::Preview);
        if (differing < least) {
            least = differing;
            best = &known;
        }
    }
    // With a known system and architecture even a label of its own making has a likely meaning.
    const int limit = !system.empty() && !arch.empty() ? 10 : 4;
    return best && least / 2 <= limit ? std::optional(best->label) : std::nullopt;
}

std::optional<std::string> cheapestLabel(const Platform& platform, const RunnerTable& table, std::string_view like)
{
    const RunnerLabel* best = nullptr;
    int bestDistance = 0;
    for (const RunnerLabel& known : table.labels) {
        if (known.state != LabelState::Current || !known.price || !known.containers || executionOn(known.platform, platform) != Execution::Native
            || known.platform.os != platform.os)
            continue;
        const int differing = distance(lower(like), lower(known.label));
        if (!best || *known.price < *best->price || (*known.price == *best->price && differing < bestDistance)) {
            best = &known;
            bestDistance = differing;
        }
    }
    return best ? std::optional(best->label) : std::nullopt;
}

} // namespace layerline
