// What a gate compares a registry with: promises from files, digests from downloaded artifacts and logs.
#pragma once

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
/// when some of them are known only when it runs.
Result<PlatformPromise> promiseOfWorkflow(const std::string& text, const std::string& name);

/// Digests a job handed on: a folder as `gh run download` makes it (digests-*/...; names or contents count), a file that names
/// one, or a job's log. NotFound when there is no such path, BadInput when nothing in it is a digest.
Result<std::vector<BuiltDigest>> builtDigestsIn(const QString& path);

} // namespace layerline
