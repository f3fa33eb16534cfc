// Blobs of history records, read over the builder's connection and checked.
#pragma once

#include "sources/buildkit/node_link.h"

#include <functional>

namespace layerline {

/// Largest blob that is read whole; the status log of a very long build may be larger and is streamed instead.
constexpr std::int64_t blobLimit = 512ll << 20;

/// Reads a blob and verifies size and sha256. NotFound (the builder dropped it), Corrupt, TooLarge, Unsupported (not a
/// sha256), or what went wrong with the connection. `done` runs on the loop's thread, not before this returns.
void readBlob(NodeLink& link, const BlobRef& blob, std::function<void(Result<BlobBytes>)> done);

/// "sha256:..." of the bytes.
std::string sha256Of(const std::string& bytes);

} // namespace layerline
