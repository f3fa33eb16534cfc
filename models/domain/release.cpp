#include "domain/release.h"

namespace layerline {

const char* toString(PlatformVerdict verdict)
{
    switch (verdict) {
    case PlatformVerdict::Published: return "published";
    case PlatformVerdict::Missing: return "missing";
    case PlatformVerdict::Extra: return "extra";
    case PlatformVerdict::Differs: return "differs";
    case PlatformVerdict::Unknown: break;
    }
    return "unknown";
}

std::vector<MoveWarning> moveWarnings(const TagMovePlan& plan)
{
    using Kind = MoveWarning::Kind;
    std::vector<MoveWarning> all;
    for (const Platform& platform : plan.lost)
        all.push_back({Kind::LosesPlatform, platform.str()});
    if (plan.from.index && !plan.to.index)
        all.push_back({Kind::SingleManifest, {}});
    for (const PublishedPlatform& entry : plan.to.platforms) {
        if (entry.digest.empty())
            all.push_back({Kind::BrokenTarget, entry.platform.str()});
    }
    if (!plan.changes())
        return all;
    for (const Signature& signature : plan.from.signatures)
        all.push_back({Kind::SignatureStays, signature.name});
    if (!plan.from.signatures.empty() && plan.to.signatures.empty())
        all.push_back({Kind::TargetUnsigned, {}});
    if (plan.from.attestations > 0 && plan.to.attestations == 0)
        all.push_back({Kind::LosesAttestations, {}});
    return all;
}

} // namespace layerline
