#include "sources/files/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

namespace {

Error systemError(const std::string& what, int code)
{
    const ErrorKind kind = code == ENOENT || code == ENOTDIR ? ErrorKind::NotFound
        : code == EACCES || code == EPERM                    ? ErrorKind::Permission
                                                             : ErrorKind::BadInput;
    return {kind, what + ": " + std::strerror(code)};
}

} // namespace

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path)
{
    // Non-blocking, so that opening a pipe returns and can be refused.
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return systemError(path, errno);
    struct stat info {};
    if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(file);
        return Error{ErrorKind::BadInput, path + ": not a regular file"};
    }
    const Timestamp modified{std::int64_t(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
    return std::unique_ptr<FileSource>(new FileSource(file, std::uint64_t(info.st_size), modified));
}

FileSource::~FileSource()
{
    ::close(m_file);
}

Result<std::size_t> FileSource::read(char* into, std::size_t size)
{
    for (;;) {
        const ssize_t got = ::read(m_file, into, size);
        if (got >= 0)
            return std::size_t(got);
        if (errno != EINTR)
            return systemError("read", errno);
    }
}

bool FileSource::seek(std::uint64_t position)
{
    return position <= m_size && ::lseek(m_file, off_t(position), SEEK_SET) == off_t(position);
}

WatchedSource::WatchedSource(ByteSource& source, FileProgress& progress) : m_source(source), m_progress(progress)
{
    progress.total = source.size();
}

Result<std::size_t> WatchedSource::read(char* into, std::size_t size)
{
    if (m_progress.cancel)
        return Error{ErrorKind::Cancelled, "reading was cancelled", false};
    auto got = m_source.read(into, size);
    if (got)
        m_progress.done += *got;
    return got;
}

bool WatchedSource::seek(std::uint64_t position)
{
    m_progress.done = position;
    return m_source.seek(position);
}

Result<std::size_t> MemorySource::read(char* into, std::size_t size)
{
    const std::size_t count = std::min(size, m_bytes.size() - m_at);
    if (count > 0)
        std::memcpy(into, m_bytes.data() + m_at, count);
    m_at += count;
    return count;
}

bool MemorySource::seek(std::uint64_t position)
{
    if (position > m_bytes.size())
        return false;
    m_at = std::size_t(position);
    return true;
}

} // namespace layerline
