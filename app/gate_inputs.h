// What a gate compares a registry with: promises from files, digests from downloaded artifacts and logs.
#pragma once

#include "domain/release.h"
#include "domain/result.h"

#include <QString>

#include <vector>

namespace layerline {

/// Platforms promised by a bake file, read with `buildx bake --print` (up to 30 s, blocking). NotFound without file or buildx, BadInput with
/// buildx's own message otherwise.
Result<PlatformPromise> promiseOfFile(const QString& path);

/// Digests a job handed on: a folder as `gh run download` makes it (digests-*/...; names or contents count), a file that names
/// one, or a job's log. NotFound when there is no such path, BadInput when nothing in it is a digest.
Result<std::vector<BuiltDigest>> builtDigestsIn(const QString& path);

} // namespace layerline
