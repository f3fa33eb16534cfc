#include "domain/announced_platforms.h"

namespace layerline {

std::vector<Platform> announcedPlatforms(const ev::RecordUpdated& info)
{
    if (const auto asked = info.frontendAttrs.find("platform"); asked != info.frontendAttrs.end()) {
        if (auto platforms = parsePlatformList(asked->second); !platforms.empty())
            return platforms;
    }
    if (const auto refs = info.exporterResponse.find("refs.platforms"); refs != info.exporterResponse.end())
        return parsePlatformList(refs->second);
    return {};
}

} // namespace layerline
