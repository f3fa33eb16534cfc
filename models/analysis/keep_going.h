// One build per platform instead of one build for all: when one fails the others still finish. Pure.
#pragma once

#include "analysis/build_plan.h"
#include "domain/result.h"

#include <string>
#include <vector>

namespace layerline {

struct KeepGoing {
    struct Lane {
        Platform platform;
        BuildPlan plan; ///< this platform alone
    };
    std::vector<Lane> lanes;
    std::string repository;         ///< where the lanes push to: "registry/name"; "" when nothing is pushed
    std::vector<std::string> tags;  ///< put on the merged index when every lane has passed
    std::string builder;
    std::vector<std::string> notes; ///< what differs from the single build, English
};

/// How a lane hands over its part. The docker driver can't push by digest: there each lane pushes a tag of its own,
/// TAG-OS-ARCH, which stays in the registry.
enum class LanePush { ByDigest, ByTag };

/// Splits a plan. BadInput with one line when it can't be split: bake, fewer than two platforms, an export to files.
/// Registry, gha and local cache exports get a name of their own for each platform: two writers of one would overwrite
/// each other.
Result<KeepGoing> splitByPlatform(const BuildPlan& plan, LanePush push = LanePush::ByDigest);

/// `imagetools create` of the digests ("sha256:.."), one for each lane. No command when nothing was pushed.
std::vector<std::string> mergeCommand(const KeepGoing& split, const std::vector<std::string>& digests, const std::vector<std::string>& buildx);

/// "localhost:5000/shop/api:1.2@sha256:.." -> "localhost:5000/shop/api"
std::string repositoryOf(const std::string& image);

} // namespace layerline
