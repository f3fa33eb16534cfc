// Under which names a workflow's builds are published, and what it promises for one of them.
#pragma once

#include "analysis/workflow/job_legs.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// Names without a tag, as far as the file tells: of `tags`, of the output's `name`, of the metadata step the tags come from,
/// of github-builder's `meta-images`. What only the run knows stays an expression: "ghcr.io/${{ github.repository }}".
std::vector<std::string> imagesOf(const JobLeg& leg, const BuildCall& build);

/// Can a name of imagesOf() be that image? Expressions may stand for anything; Docker Hub may be left out. Case does not count.
bool mayBeImage(const std::string& name, const std::string& image);

/// The platforms of all builds that are pushed and may be that image's ("ghcr.io/acme/api"). Empty when no build is, or when
/// some of its platforms are known only when it runs.
std::optional<std::vector<Platform>> promisedOf(const Legs& legs, const std::string& image);

} // namespace layerline
