// What a gate compares a registry with: promises from files, digests from downloaded artifacts and logs.
#pragma once

#include "analysis/workflow/job_legs.h"
#include "domain/release.h"
#include "domain/result.h"

#include <QString>

#include <string>
#include <vector>

namespace layerline {

/// Platforms promised by a workflow file (.yml, .yaml) or else by a bake file, which `buildx bake --print` reads (up to 30 s, blocking).
/// NotFound without file or buildx, BadInput with buildx's own message or what promiseOfWorkflow() says.
Result<PlatformPromise> promiseOfFile(const QString& path);

/// What a GitHub workflow's text promises: the platforms of all builds that are pushed. BadInput when it is no workflow, or
/// when some of them are known only when it runs. Called workflows are found by `lookup`.
Result<PlatformPromise> promiseOfWorkflow(const std::string& text, const std::string& name, const WorkflowLookup& lookup = {}, const BakeSources& bake = {});
/// The same for one of the images a workflow publishes ("ghcr.io/acme/api"): of its builds those that may be that image's. When none
/// says so, all count, unless `onlyItsOwn`: BadInput then.
Result<PlatformPromise> promiseOfLegs(const Legs& legs, const std::string& name, const std::string& image = {}, bool onlyItsOwn = false);

/// Digests a job handed on: a folder as `gh run download` makes it (digests-*/...; names or contents count), a file that names
/// one, a job's log, or a build's record (.dockerbuild). NotFound when there is no such path, BadInput when nothing in it is a digest.
Result<std::vector<BuiltDigest>> builtDigestsIn(const QString& path);

} // namespace layerline
