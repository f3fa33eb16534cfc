// Entries of an untrusted archive, one after the other.
#pragma once

#include "domain/result.h"
#include "sources/files/byte_source.h"
#include "sources/files/file_caps.h"

#include <memory>
#include <string>

struct archive;

namespace layerline {

enum class ArchiveKind { TarGzip, Zip };

/// Streams an archive's regular files. Refuses, as BadInput, absolute paths, ".." and everything that is neither a
/// regular file nor a folder (links, devices, pipes); as TooLarge what exceeds the caps, before it is unpacked.
class ArchiveReader {
public:
    /// `source` must outlive the reader.
    ArchiveReader(ByteSource& source, ArchiveKind kind, const FileCaps& caps);
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    /// Moves to the next regular file; false at the end. What was not read of the last one is read and dropped.
    Result<bool> next();
    /// UTF-8 path of the current file, without a leading "./".
    const std::string& path() const { return m_path; }
    /// Bytes of the current file; 0 at its end.
    Result<std::size_t> read(char* into, std::size_t size);

private:
    struct Callbacks;
    Result<void> open();
    Result<void> checkEntry();
    Result<void> checkRatio() const;
    Error failure(const char* what) const;

    ByteSource& m_source;
    ArchiveKind m_kind;
    FileCaps m_caps;
    archive* m_archive = nullptr;
    void* m_entry = nullptr;
    std::string m_path;
    std::unique_ptr<char[]> m_buffer;
    std::uint64_t m_position = 0; ///< in the packed bytes
    std::uint64_t m_unpacked = 0;
    std::size_t m_entries = 0;
    bool m_atEnd = true;          ///< of the current file
};

} // namespace layerline
