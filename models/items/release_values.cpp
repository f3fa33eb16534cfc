#include "items/release_values.h"

#include <algorithm>

namespace layerline {

std::vector<ReleaseFault> faultsOf(const Release& release)
{
    std::vector<ReleaseFault> faults;
    for (const ReleaseTag& tag : release.tags) {
        for (const ReleaseCell& cell : tag.cells) {
            if (!cell.promised || (cell.verdict != PlatformVerdict::Missing && cell.verdict != PlatformVerdict::Differs))
                continue;
            auto at = std::find_if(faults.begin(), faults.end(), [&](const ReleaseFault& fault) { return fault.platform == cell.platform && fault.verdict == cell.verdict; });
            if (at == faults.end())
                at = faults.insert(at, {cell.platform, cell.verdict, {}});
            at->tags.push_back(tag.published.tag);
        }
    }
    return faults;
}

bool isFault(const ReleaseCell& cell)
{
    return cell.verdict == PlatformVerdict::Differs || (cell.promised && cell.verdict == PlatformVerdict::Missing);
}

Look lookOf(PlatformVerdict verdict)
{
    switch (verdict) {
    case PlatformVerdict::Published: return Look::Cached;
    case PlatformVerdict::Missing:
    case PlatformVerdict::Differs: return Look::Failed;
    case PlatformVerdict::Extra: return Look::Joined;
    case PlatformVerdict::Unknown: break;
    }
    return Look::Pending;
}

std::vector<MoveTarget> moveTargets(const Release& release, const std::string& tag, const std::vector<TagSighting>& sightings)
{
    std::string present;
    for (const ReleaseTag& each : release.tags) {
        if (each.published.tag == tag)
            present = each.published.digest;
    }
    std::vector<MoveTarget> targets;
    const auto targetOf = [&](const std::string& digest) -> MoveTarget* {
        if (digest.empty() || digest == present)
            return nullptr;
        const auto at = std::find_if(targets.begin(), targets.end(), [&](const MoveTarget& each) { return each.digest == digest; });
        return at != targets.end() ? &*at : &targets.emplace_back(MoveTarget{digest, {}, {}, {}, {}});
    };
    for (auto seen = sightings.rbegin(); seen != sightings.rend(); ++seen) {
        if (seen->tag != tag)
            continue;
        if (MoveTarget* target = targetOf(seen->digest)) {
            target->platforms = seen->platforms;
            target->first = std::min(target->first.value_or(seen->first), seen->first);
            target->last = std::max(target->last.value_or(seen->last), seen->last);
        }
    }
    for (const ReleaseTag& each : release.tags) {
        MoveTarget* target = each.published.tag == tag ? nullptr : targetOf(each.published.digest);
        if (!target)
            continue;
        target->tags.push_back(each.published.tag);
        target->platforms.clear();
        for (const PublishedPlatform& entry : each.published.platforms)
            target->platforms.push_back(entry.platform);
    }
    return targets;
}

} // namespace layerline
