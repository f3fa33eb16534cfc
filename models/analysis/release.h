// Promised, built, published: is a release what it is meant to be? Pure.
#pragma once

#include "domain/release.h"
#include "domain/result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// The platform a name ends in or is: "digests-linux-arm-v7", "digest_arm64.txt", "build (linux/amd64)". Empty when none does.
Platform platformInName(std::string_view name);

// A job hands its digest on in one of three styles (facts.md 3).
/// Empty files whose names are the digests, as docker's own example has it: "digests-linux-arm64" with "3f2a...".
std::vector<BuiltDigest> digestsFromFileNames(const std::string& artifact, const std::vector<std::string>& files);
/// Files whose contents name it: "sha256:...", "IMAGE@sha256:...", JSON with "containerimage.digest": the metadata file of a
/// build, or of a bake with one object for each target.
std::vector<BuiltDigest> digestsFromContent(const std::string& artifact, const std::string& file, std::string_view content);
/// Only in the job's log: what BuildKit says it pushed, else what the action printed as its digest. `job` is the job's name.
std::vector<BuiltDigest> digestsFromLog(const std::string& job, std::string_view log);

/// "ghcr.io/acme/shop" of "ghcr.io/acme/shop:1.0@sha256:...": a port is no tag.
std::string imageWithoutTag(std::string_view name);

/// Images with a tag that a log says were pushed, once each: by BuildKit ("pushing manifest for IMAGE:TAG@sha256:...") or by
/// imagetools ("pushing sha256:... to IMAGE:TAG").
std::vector<std::string> pushedImages(std::string_view log);

/// All platforms of the targets that are pushed somewhere (all targets when none is) in what `buildx bake --print` prints.
/// BadInput when it is not that.
Result<PlatformPromise> promiseFromBake(std::string_view printed, const std::string& from);
/// What the tags have between them, for an image nobody promised anything about.
std::vector<Platform> platformsOf(const std::vector<PublishedTag>& tags);

/// Puts the three together. A built digest without a platform goes to the one published entry it names. A built index counts
/// for a platform when the published manifest is in it.
ReleaseTag judge(const PublishedTag& tag, const PlatformPromise& promise, const std::vector<BuiltDigest>& built);
/// Is anything of it what the tag has?
bool speaksOf(const std::vector<BuiltDigest>& built, const PublishedTag& tag);
/// Is there a tag, and does each keep the promise?
bool met(const Release& release);

/// As printed by `gate --json`, without the schema.
nlohmann::ordered_json releaseJson(const Release& release);
/// Reads what releaseJson() writes, one or {"releases": [...]}, and judges it anew. BadInput with one sentence.
Result<std::vector<Release>> readReleases(std::string_view json);
nlohmann::ordered_json publishedJson(const PublishedTag& tag);
/// One sentence, English.
std::string warningText(const MoveWarning& warning);
nlohmann::ordered_json movePlanJson(const TagMovePlan& plan);
nlohmann::ordered_json sightingsJson(const std::vector<TagSighting>& sightings);

} // namespace layerline
