// Verified blobs of an archive, out of memory when there are many.
#pragma once

#include "domain/result.h"
#include "domain/sha256.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace layerline {

/// Written once, then sealed and read. Small content stays in memory, more goes to an unlinked file of mode 0600.
class BlobSpool {
public:
    explicit BlobSpool(std::size_t memoryLimit = 16u << 20) : m_memoryLimit(memoryLimit) {}
    ~BlobSpool();
    BlobSpool(const BlobSpool&) = delete;
    BlobSpool& operator=(const BlobSpool&) = delete;

    /// Errors: Internal (no room for the temporary file).
    Result<void> append(std::string_view bytes);
    /// Names what was appended since the last call.
    void finish(const std::string& name);
    /// Forgets what was appended since the last finish().
    void discard();
    /// No more writing; the views of find() are valid from here on, as long as the spool lives.
    Result<void> seal();

    std::optional<std::string_view> find(const std::string& name) const;
    const std::map<std::string, std::pair<std::uint64_t, std::uint64_t>>& entries() const { return m_entries; }

private:
    Result<void> spill();

    std::size_t m_memoryLimit;
    std::string m_memory;
    int m_file = -1;
    std::uint64_t m_size = 0;
    std::uint64_t m_begin = 0; ///< of the unnamed piece
    const char* m_mapped = nullptr;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> m_entries; ///< name -> offset, size
};

} // namespace layerline
