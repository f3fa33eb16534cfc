// Manifests, indexes and image configurations as values (OCI image spec 1.1 and docker's version 2).
#pragma once

#include "domain/platform.h"
#include "domain/result.h"
#include "domain/time.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// Bytes as the registry keeps them: their hash is the digest, so they are never written anew.
struct RawManifest {
    std::string digest;
    std::string mediaType;
    std::string bytes;
};

struct ContentDescriptor {
    std::string mediaType;
    std::string artifactType;
    std::string digest;
    std::int64_t size = 0;
    Platform platform; ///< empty when not told
    std::map<std::string, std::string> annotations;
};

struct Manifest {
    bool index = false;
    std::vector<ContentDescriptor> entries; ///< of an index, attestations too
    ContentDescriptor config;               ///< of a manifest
    std::vector<ContentDescriptor> layers;
    std::string artifactType;
    std::string subject;                    ///< digest it refers to, "" when none
};

/// What an image's configuration says about it.
struct ImageConfig {
    Platform platform;
    OptionalTime created; ///< empty when not told, and for the epoch that reproducible builds write
};

/// Everything a registry is asked for; order of preference.
const std::vector<std::string>& manifestMediaTypes();

/// BadInput with one sentence; Unsupported for docker's version 1. Entries without a proper digest are BadInput: nothing
/// can be said about such an index.
Result<Manifest> readManifest(const RawManifest& raw);
Result<ImageConfig> readImageConfig(std::string_view bytes);

/// An entry BuildKit adds for provenance or SBOM: not a platform.
bool isAttestation(const ContentDescriptor& entry);

} // namespace layerline
