#include "domain/platform.h"

#include <algorithm>
#include <array>

namespace layerline {

namespace {

constexpr std::array knownOs{"linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "wasi", "wasip1", "solaris", "android", "plan9", "dragonfly", "aix", "js"};
constexpr std::array knownArch{"amd64", "arm64", "arm", "386", "riscv64", "ppc64le", "ppc64", "s390x", "mips64le", "mips64", "mipsle", "mips", "loong64", "wasm", "x86_64", "x86-64", "aarch64", "armhf", "armel", "i386", "sparc64"};

template <class Names>
bool isKnown(const Names& names, std::string_view name)
{
    return std::any_of(names.begin(), names.end(), [&](const char* known) { return name == known; });
}

} // namespace

std::string Platform::str() const
{
    if (empty())
        return {};
    return variant.empty() ? os + "/" + arch : os + "/" + arch + "/" + variant;
}

std::string Platform::shortName() const
{
    if (os != "linux")
        return str();
    return variant.empty() ? arch : arch + "/" + variant;
}

Platform normalised(Platform platform)
{
    if (platform.arch == "x86_64" || platform.arch == "x86-64")
        platform.arch = "amd64";
    else if (platform.arch == "aarch64")
        platform.arch = "arm64";
    else if (platform.arch == "i386")
        platform.arch = "386";
    else if (platform.arch == "armhf") {
        platform.arch = "arm";
        platform.variant = "v7";
    } else if (platform.arch == "armel") {
        platform.arch = "arm";
        platform.variant = "v6";
    }
    if (platform.arch == "amd64" && platform.variant == "v1")
        platform.variant.clear();
    if (platform.arch == "arm64" && (platform.variant == "v8" || platform.variant == "8"))
        platform.variant.clear();
    if (platform.arch == "arm") {
        if (platform.variant.empty() || platform.variant == "7")
            platform.variant = "v7";
        else if (platform.variant.size() == 1)
            platform.variant = "v" + platform.variant;
    }
    return platform;
}

std::optional<Platform> parsePlatform(std::string_view text)
{
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return {};
    const auto second = text.find('/', slash + 1);
    Platform platform;
    platform.os = text.substr(0, slash);
    platform.arch = text.substr(slash + 1, second == std::string_view::npos ? second : second - slash - 1);
    if (second != std::string_view::npos) {
        platform.variant = text.substr(second + 1);
        if (platform.variant.empty() || platform.variant.find('/') != std::string::npos)
            return {};
    }
    // "linux(10.0.1)/amd64": the os version plays no part in telling platforms apart here.
    if (const auto paren = platform.os.find('('); paren != std::string::npos)
        platform.os.resize(paren);
    if (!isKnown(knownOs, platform.os) || !isKnown(knownArch, platform.arch))
        return {};
    return normalised(platform);
}

std::vector<Platform> parsePlatformList(std::string_view text)
{
    std::vector<Platform> platforms;
    while (!text.empty()) {
        const auto comma = text.find(',');
        auto part = text.substr(0, comma);
        while (!part.empty() && part.front() == ' ')
            part.remove_prefix(1);
        while (!part.empty() && (part.back() == ' ' || part.back() == '*'))
            part.remove_suffix(1);
        if (const auto platform = parsePlatform(part); platform && std::find(platforms.begin(), platforms.end(), *platform) == platforms.end())
            platforms.push_back(*platform);
        if (comma == std::string_view::npos)
            break;
        text.remove_prefix(comma + 1);
    }
    return platforms;
}

Execution executionOn(const Platform& native, const Platform& wanted)
{
    if (native.empty() || wanted.empty())
        return Execution::Unknown;
    if (native.os != wanted.os)
        return Execution::Emulated;
    if (native.arch == wanted.arch)
        return Execution::Native;
    if (native.arch == "amd64" && wanted.arch == "386")
        return Execution::Native;
    // Some arm64 processors run 32-bit code and some do not: nothing the engine reports tells which.
    if (native.arch == "arm64" && wanted.arch == "arm")
        return Execution::Unknown;
    return Execution::Emulated;
}

} // namespace layerline
