// A release with every verdict, for tests of models and pages.
#pragma once

#include "items/release_values.h"

#include <string>

namespace layerline::test {

inline const Platform amd64{"linux", "amd64", {}}, arm64{"linux", "arm64", {}}, riscv64{"linux", "riscv64", {}};

inline std::string digestOf(char c) { return "sha256:" + std::string(64, c); }
/// 2026-11-20T10:00:00Z plus so many minutes.
inline Timestamp releaseTime(int minutes = 0) { return *parseRfc3339("2026-11-20T10:00:00Z") + Duration{minutes * 60'000'000'000LL}; }

inline ReleaseCell cellWith(const Platform& platform, PlatformVerdict verdict, bool promised = true, char digest = 'a')
{
    ReleaseCell cell{platform, promised, {}, {}, {}, verdict};
    if (verdict != PlatformVerdict::Missing && verdict != PlatformVerdict::Unknown) {
        cell.published = digestOf(digest);
        cell.created = releaseTime(-60 * 24 * 3);
    }
    if (verdict == PlatformVerdict::Differs)
        cell.built = digestOf('9');
    return cell;
}

inline ReleaseTag tagWith(const std::string& name, char digest, std::vector<ReleaseCell> cells)
{
    ReleaseTag tag;
    tag.published.tag = name;
    tag.published.digest = digestOf(digest);
    tag.published.mediaType = "application/vnd.oci.image.index.v1+json";
    tag.published.index = true;
    tag.cells = std::move(cells);
    for (const ReleaseCell& cell : tag.cells) {
        if (!cell.published.empty())
            tag.published.platforms.push_back({cell.platform, cell.published, 1000, cell.created});
    }
    return tag;
}

/// 2.0 lacks arm64, 1.1 is whole with riscv64 besides, 1.0 is not what was built.
inline Release sampleRelease()
{
    using V = PlatformVerdict;
    return {"ghcr.io/acme/shop", {{amd64, arm64}, "stated"},
            {tagWith("2.0", 'c', {cellWith(amd64, V::Published), cellWith(arm64, V::Missing)}),
             tagWith("1.1", 'd', {cellWith(amd64, V::Published), cellWith(arm64, V::Published, true, 'b'), cellWith(riscv64, V::Extra, false)}),
             tagWith("1.0", 'e', {cellWith(amd64, V::Published), cellWith(arm64, V::Differs)})},
            {}};
}

inline WatchedImage sampleImage(Release release = sampleRelease())
{
    WatchedImage image;
    image.image = release.image;
    image.state = WatchedImage::State::Read;
    image.read = releaseTime();
    image.release = std::make_shared<const Release>(std::move(release));
    return image;
}

} // namespace layerline::test
