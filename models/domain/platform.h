// OCI platforms and what a machine runs natively.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// A normalised OCI platform: linux/amd64, linux/arm64 (never arm64/v8), linux/arm/v7.
struct Platform {
    std::string os;
    std::string arch;
    std::string variant;

    /// "linux/arm/v7"
    std::string str() const;
    /// "arm/v7": without the os when that is linux, else the whole name.
    std::string shortName() const;
    bool empty() const { return arch.empty(); }
    friend bool operator==(const Platform&, const Platform&) = default;
    friend auto operator<=>(const Platform&, const Platform&) = default;
};

/// Normalises the way containerd does: aliases (x86_64, aarch64, armhf), default variants (arm64/v8 -> arm64, arm -> arm/v7).
Platform normalised(Platform platform);

/// Parses "os/arch[/variant]"; both os and arch must be known names, so that a stage called "a/b" is not one.
std::optional<Platform> parsePlatform(std::string_view text);

/// Splits "linux/amd64,linux/arm64"; unknown entries are left out.
std::vector<Platform> parsePlatformList(std::string_view text);

enum class Execution {
    Unknown,  ///< the node's native platforms are not known, or 32-bit arm on arm64
    Native,
    Emulated, ///< runs-on is no native platform of the node: QEMU (inferred)
    Cross,    ///< runs natively, builds for another platform ("linux/amd64->arm64")
};

/// Can a machine whose native platform is `native` run `wanted` without emulation?
/// Native for the same family (amd64 v1-v4 and 386 on amd64), Unknown for 32-bit arm on arm64.
Execution executionOn(const Platform& native, const Platform& wanted);

} // namespace layerline
