// Where a reader's bytes come from: a file or memory.
#pragma once

#include "domain/result.h"
#include "domain/time.h"
#include "sources/files/file_progress.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace layerline {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills at most `size` bytes; 0 at the end.
    virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
    /// Absolute position in bytes; false when out of reach.
    virtual bool seek(std::uint64_t position) = 0;
    virtual std::uint64_t size() const = 0;
};

/// A regular file. It is read, not mapped: someone may cut it meanwhile.
class FileSource final : public ByteSource {
public:
    /// Errors: NotFound, Permission, BadInput (a directory, device, pipe ...).
    static Result<std::unique_ptr<FileSource>> open(const std::string& path);
    ~FileSource() override;
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    Result<std::size_t> read(char* into, std::size_t size) override;
    bool seek(std::uint64_t position) override;
    std::uint64_t size() const override { return m_size; }
    Timestamp modified() const { return m_modified; }

private:
    FileSource(int file, std::uint64_t size, Timestamp modified) : m_file(file), m_size(size), m_modified(modified) {}
    int m_file;
    std::uint64_t m_size;
    Timestamp m_modified;
};

/// Another source that is watched while it is read.
class WatchedSource final : public ByteSource {
public:
    WatchedSource(ByteSource& source, FileProgress& progress);
    Result<std::size_t> read(char* into, std::size_t size) override;
    bool seek(std::uint64_t position) override;
    std::uint64_t size() const override { return m_source.size(); }

private:
    ByteSource& m_source;
    FileProgress& m_progress;
};

/// Bytes owned by someone who outlives this.
class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string_view bytes) : m_bytes(bytes) {}
    Result<std::size_t> read(char* into, std::size_t size) override;
    bool seek(std::uint64_t position) override;
    std::uint64_t size() const override { return m_bytes.size(); }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
};

} // namespace layerline
