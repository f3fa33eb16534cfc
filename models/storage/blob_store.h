// Content-addressed files: blobs/HEX, each named by the SHA-256 of its bytes and checked on every read.
#pragma once

#include "domain/events.h"
#include "domain/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// No state but the folder's path: usable from any thread.
class BlobStore {
public:
    explicit BlobStore(std::string folder) : m_folder(std::move(folder)) {}

    /// Makes the folder and removes what crashed writers left (temporary files older than an hour).
    Result<void> prepare() const;
    /// Puts the bytes there, durably, and returns their digest. Does nothing when they are there and sound already.
    /// An `expected` digest that does not match is Corrupt and nothing is kept; so is one that is not SHA-256
    /// (Unsupported).
    Result<std::string> put(std::string_view bytes, const std::string& expected = {}) const;
    /// The bytes, verified. NotFound, TooLarge (beyond maxBlob), or Corrupt when size or digest do not match.
    Result<std::string> get(const BlobRef& ref) const;
    /// Verifies in small pieces and returns the path, for blobs one does not want in memory.
    Result<std::string> verifiedPath(const BlobRef& ref) const;
    bool has(const std::string& digest) const;
    /// Bytes of the file, -1 when it is not there.
    std::int64_t sizeOf(const std::string& digest) const;
    /// Number of files that were there `seconds` ago already.
    std::size_t countOlderThan(std::int64_t seconds) const;
    /// Removes files for which `wanted` (given the digest) is false. Returns how many.
    Result<std::size_t> collect(const std::function<bool(const std::string&)>& wanted) const;

    static constexpr std::int64_t maxBlob = 2ll << 30;

private:
    std::string pathOf(std::string_view hex) const { return m_folder + '/' + std::string(hex); }
    /// `sink` is given the pieces, unless null.
    Result<void> read(const BlobRef& ref, std::string* sink) const;

    std::string m_folder;
};

} // namespace layerline
