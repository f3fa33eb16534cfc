// What BuildKit's provenance attestations say about a build's steps.
#pragma once

#include "domain/events.h"
#include "domain/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// Reads an in-toto statement with SLSA provenance v0.2 or v1 as BuildKit makes it (a bare predicate works too).
/// `platform` is whose it is ("linux/arm64", "" when the build had one). Ids of secrets and ssh only, never values.
/// Errors: BadInput (no JSON), TooLarge (nested too deep), Unsupported (another kind of attestation, e.g. an SBOM).
Result<ev::ProvenanceRead> parseProvenance(std::string_view json, std::string platform);

/// Layers each step made: vertex digest -> blob digests. With DiskUsage's "imported sha256:.." this proves which
/// steps came from an imported cache. Errors as parseProvenance.
Result<std::map<StepDigest, std::vector<std::string>>> provenanceLayers(std::string_view json);

} // namespace layerline
