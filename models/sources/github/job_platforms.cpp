#include "sources/github/job_platforms.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace layerline {

namespace {

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool endsWith(std::string_view text, std::string_view end) { return text.size() >= end.size() && text.substr(text.size() - end.size()) == end; }

/// An architecture standing alone: only unmistakable names, "arm" is none.
std::optional<Platform> bareArchitecture(const std::string& word)
{
    static const std::array<std::pair<const char*, const char*>, 16> names{{
        {"amd64", "linux/amd64"}, {"x86_64", "linux/amd64"}, {"x64", "linux/amd64"}, {"arm64", "linux/arm64"}, {"aarch64", "linux/arm64"},
        {"arm64v8", "linux/arm64"}, {"armv7", "linux/arm/v7"}, {"armv7l", "linux/arm/v7"}, {"arm32v7", "linux/arm/v7"}, {"armhf", "linux/arm/v7"},
        {"armv6", "linux/arm/v6"}, {"i386", "linux/386"}, {"riscv64", "linux/riscv64"}, {"ppc64le", "linux/ppc64le"}, {"s390x", "linux/s390x"},
        {"mips64le", "linux/mips64le"},
    }};
    for (const auto& [name, platform] : names) {
        if (word == name)
            return parsePlatform(platform);
    }
    return {};
}

/// "ubuntu-latest", "ubuntu-24.04", "ubuntu-latest-16-cores": x86 because nothing else is said.
bool isPlainHosted(const std::string& label)
{
    return label.rfind("ubuntu-", 0) == 0 && !platformOfLabel(label);
}

void add(std::vector<Platform>& list, const std::optional<Platform>& platform)
{
    if (platform && std::find(list.begin(), list.end(), *platform) == list.end())
        list.push_back(*platform);
}

bool isMerge(const RunJob& job)
{
    const std::string name = lowered(job.name);
    if (contains(name, "merge") || contains(name, "manifest"))
        return true;
    return std::any_of(job.steps.begin(), job.steps.end(), [](const RunStep& step) {
        const std::string text = lowered(step.name);
        return contains(text, "imagetools create") || contains(text, "manifest list") || contains(text, "merge digest");
    });
}

/// What a matrix's jobs have in common: the name before " (".
std::string family(const RunJob& job) { return job.name.substr(0, job.name.find(" (")); }

std::vector<Platform> platformsOfLabels(const RunJob& job)
{
    std::vector<Platform> found;
    for (const std::string& label : job.labels)
        add(found, platformOfLabel(label));
    return found;
}

} // namespace

std::optional<Platform> platformOfLabel(const std::string& given)
{
    const std::string label = lowered(given);
    const char* os = contains(label, "windows") ? "windows" : contains(label, "macos") ? "darwin" : "linux";
    if (const auto platform = parsePlatform(label))
        return platform;
    std::string word;
    bool arm = false, amd = false;
    for (const char c : label + "-") {
        if (c != '-' && c != '_' && c != '.' && c != ' ') {
            word += c;
            continue;
        }
        arm = arm || word == "arm64" || word == "aarch64" || word == "arm";
        amd = amd || word == "x64" || word == "amd64" || word == "x86";
        if (!arm && !amd) {
            if (const auto other = bareArchitecture(word))
                return other;
        }
        word.clear();
    }
    if (endsWith(label, "x86_64"))
        amd = true;
    if (arm == amd)
        return {};
    return parsePlatform(std::string(os) + (arm ? "/arm64" : "/amd64"));
}

std::vector<Platform> platformsInName(const std::string& name)
{
    std::vector<Platform> found;
    const std::string text = lowered(name);
    std::string word;
    // Words first as they stand ("linux/arm64"), then in parts ("docker-linux-arm64"); runner labels name runners.
    for (const char c : text + " ") {
        if (c != ' ' && c != ',' && c != '(' && c != ')' && c != '[' && c != ']' && c != ';' && c != '+' && c != '|') {
            word += c;
            continue;
        }
        const bool runner = word.rfind("ubuntu", 0) == 0 || word.rfind("windows", 0) == 0 || word.rfind("macos", 0) == 0;
        if (const auto platform = parsePlatform(word)) {
            add(found, platform);
        } else if (!runner) {
            std::string part;
            for (const char d : word + "-") {
                if (d != '-' && d != '/' && d != '.' && d != ':') {
                    part += d;
                    continue;
                }
                add(found, bareArchitecture(part));
                part.clear();
            }
        }
        word.clear();
    }
    return found;
}

void findPlatforms(Run& run, const std::map<std::int64_t, PlatformHint>& hints)
{
    for (RunJob& job : run.jobs) {
        job.merges = isMerge(job);
        job.platforms.clear();
        job.evidence = PlatformEvidence::None;
        const auto take = [&](const std::vector<Platform>& platforms, PlatformEvidence evidence) {
            if (job.evidence != PlatformEvidence::None || platforms.empty())
                return;
            job.platforms = platforms;
            job.evidence = evidence;
        };
        if (const auto hint = hints.find(job.id); hint != hints.end()) {
            take(hint->second.record, PlatformEvidence::BuildRecord);
            take(hint->second.workflow, PlatformEvidence::WorkflowPlatforms);
            job.merges = job.merges || hint->second.merges;
        }
        if (job.merges)
            continue; // it runs somewhere, and builds for nobody
        take(platformsOfLabels(job), PlatformEvidence::RunnerLabel);
        take(platformsInName(job.name), PlatformEvidence::JobName);
    }
    for (RunJob& job : run.jobs) {
        const bool plain = std::any_of(job.labels.begin(), job.labels.end(), isPlainHosted);
        if (job.evidence != PlatformEvidence::None || job.merges || !plain)
            continue;
        const bool otherSibling = std::any_of(run.jobs.begin(), run.jobs.end(), [&](const RunJob& sibling) {
            return sibling.id != job.id && family(sibling) == family(job) && sibling.evidence == PlatformEvidence::RunnerLabel;
        });
        if (otherSibling) {
            job.platforms = {Platform{"linux", "amd64", ""}};
            job.evidence = PlatformEvidence::RunnerLabel;
        }
    }
}

} // namespace layerline
