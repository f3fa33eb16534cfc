// Reading an image index back and comparing it with what was pushed. Pure.
#pragma once

#include "domain/result.h"

#include <string>
#include <utility>
#include <vector>

namespace layerline {

struct IndexEntry {
    std::string digest;
    std::string platform; ///< "linux/arm64"; "" for attestations
    friend bool operator==(const IndexEntry&, const IndexEntry&) = default;
};

/// The entries of an OCI index or Docker manifest list. Unsupported for a plain manifest (no entries), BadInput for
/// anything that is no manifest at all.
Result<std::vector<IndexEntry>> parseIndex(const std::string& raw);

/// One pushed part: its platform, the digest that was pushed, and the index behind it (empty: a plain manifest).
struct PushedPart {
    std::string platform;
    std::string digest;
    std::vector<IndexEntry> entries;
};

/// True when `merged` has exactly the manifests of all parts, each platform once. Corrupt with one line about the first
/// difference otherwise.
Result<void> verifyIndex(const std::vector<IndexEntry>& merged, const std::vector<PushedPart>& parts);

} // namespace layerline
