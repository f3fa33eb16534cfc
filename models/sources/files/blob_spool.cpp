#include "sources/files/blob_spool.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace layerline {

BlobSpool::~BlobSpool()
{
    if (m_mapped)
        ::munmap(const_cast<char*>(m_mapped), m_size);
    if (m_file >= 0)
        ::close(m_file);
}

namespace {

Error spoolError(const char* what)
{
    return {ErrorKind::Internal, std::string("temporary file: ") + what + ": " + std::strerror(errno)};
}

Result<void> writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return spoolError("write");
        bytes.remove_prefix(std::size_t(written));
    }
    return {};
}

} // namespace

Result<void> BlobSpool::spill()
{
    const char* folder = std::getenv("TMPDIR");
    std::string path = std::string(folder && *folder ? folder : "/var/tmp") + "/layerline-blobs-XXXXXX";
    m_file = ::mkstemp(path.data());
    if (m_file < 0)
        return spoolError("create");
    ::unlink(path.c_str());
    const auto written = writeAll(m_file, m_memory);
    m_memory = {};
    return written;
}

Result<void> BlobSpool::append(std::string_view bytes)
{
    if (m_file < 0 && m_memory.size() + bytes.size() > m_memoryLimit) {
        if (const auto spilled = spill(); !spilled)
            return spilled;
    }
    if (m_file < 0) {
        m_memory.append(bytes);
    } else if (const auto written = writeAll(m_file, bytes); !written) {
        return written;
    }
    m_size += bytes.size();
    return {};
}

void BlobSpool::finish(const std::string& name)
{
    m_entries.emplace(name, std::pair{m_begin, m_size - m_begin});
    m_begin = m_size;
}

void BlobSpool::discard()
{
    m_begin = m_size;
}

Result<void> BlobSpool::seal()
{
    if (m_file < 0 || m_size == 0)
        return {};
    void* data = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, m_file, 0);
    if (data == MAP_FAILED)
        return spoolError("map");
    m_mapped = static_cast<const char*>(data);
    return {};
}

std::optional<std::string_view> BlobSpool::find(const std::string& name) const
{
    const auto found = m_entries.find(name);
    if (found == m_entries.end())
        return {};
    const char* data = m_mapped ? m_mapped : m_memory.data();
    return std::string_view(data + found->second.first, found->second.second);
}

} // namespace layerline
