#include "domain/log_buffer.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <sys/mman.h>
#include <unistd.h>

namespace layerline {

namespace {
constexpr std::size_t firstSegment = 16 * 1024;
constexpr std::size_t heapLimit = 16u << 20;
constexpr std::size_t mappedSegment = 8u << 20;
/// A line longer than this is broken: no view or search has to face a gigabyte in one piece.
constexpr std::size_t longestLine = 1u << 20;
} // namespace

LogArena::~LogArena()
{
    for (const Segment& segment : m_segments) {
        if (segment.mapped)
            ::munmap(segment.data, segment.size);
        else
            std::free(segment.data);
    }
    if (m_file >= 0)
        ::close(m_file);
}

LogArena::Segment LogArena::newSegment(std::size_t size)
{
    if (m_total >= heapLimit) {
        if (m_file < 0) {
            const char* folder = std::getenv("TMPDIR");
            std::string path = std::string(folder && *folder ? folder : "/var/tmp") + "/layerline-log-XXXXXX";
            m_file = ::mkstemp(path.data()); // mode 0600, gone from the folder at once
            if (m_file >= 0)
                ::unlink(path.c_str());
        }
        const std::size_t wanted = (std::max(size, mappedSegment) + 4095) & ~std::size_t(4095);
        // posix_fallocate and not ftruncate: a full disk must be an answer here, not a SIGBUS at the first write.
        if (m_file >= 0 && ::posix_fallocate(m_file, off_t(m_fileSize), off_t(wanted)) == 0) {
            void* data = ::mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_SHARED, m_file, off_t(m_fileSize));
            if (data != MAP_FAILED) {
                m_fileSize += wanted;
                return {static_cast<char*>(data), wanted, true};
            }
        }
    }
    const std::size_t doubled = m_segments.empty() ? firstSegment : std::min(m_segments.back().size * 2, mappedSegment);
    const std::size_t wanted = std::max(size, doubled);
    auto* data = static_cast<char*>(std::malloc(wanted));
    if (!data)
        throw std::bad_alloc();
    return {data, wanted, false};
}

char* LogArena::allocate(std::size_t size)
{
    if (m_segments.empty() || m_segments.back().size - m_used < size) {
        m_segments.push_back(newSegment(size));
        m_total += m_segments.back().size;
        m_used = 0;
    }
    char* piece = m_segments.back().data + m_used;
    m_used += size;
    return piece;
}

bool LogBuffer::append(std::uint8_t stream, std::uint64_t offset, Timestamp time, std::string_view bytes)
{
    const std::size_t at = slot(stream);
    std::uint64_t& received = m_received[at];
    if (offset + bytes.size() <= received)
        return false;
    if (offset < received)
        bytes.remove_prefix(received - offset);
    else if (offset > received) {
        m_missing += offset - received;
        received = offset;
    }
    received += bytes.size();

    while (!bytes.empty()) {
        const auto newline = bytes.find('\n');
        const bool tooLong = newline == std::string_view::npos && m_partial[at].size() + bytes.size() > longestLine;
        if (newline == std::string_view::npos && !tooLong) {
            if (m_partial[at].empty())
                m_partialTime[at] = time;
            m_partial[at].append(bytes);
            break;
        }
        const std::size_t length = tooLong ? std::min(bytes.size(), longestLine) : newline;
        endLine(at, time, bytes.substr(0, length));
        bytes.remove_prefix(tooLong ? length : length + 1);
    }
    return true;
}

void LogBuffer::endLine(std::size_t at, Timestamp time, std::string_view head)
{
    std::string& partial = m_partial[at];
    const Timestamp started = partial.empty() ? time : m_partialTime[at];
    const std::size_t size = partial.size() + head.size();
    char* data = m_arena.allocate(size);
    std::memcpy(data, partial.data(), partial.size());
    std::memcpy(data + partial.size(), head.data(), head.size());
    partial.clear();
    m_lines.push_back({started.ns, data, std::uint32_t(size), std::uint8_t(at + 1)});
    if (std::string_view(data, size).find("[output clipped, log limit") != std::string_view::npos)
        m_clipped = true;
}

std::size_t LogBuffer::lineCount() const
{
    return m_lines.size() + !m_partial[0].empty() + !m_partial[1].empty();
}

LogBuffer::Line LogBuffer::line(std::size_t number) const
{
    if (number < m_lines.size()) {
        const Entry& entry = m_lines[number];
        return {Timestamp{entry.ns}, {entry.data, entry.size}, entry.stream, false};
    }
    const std::size_t open = number - m_lines.size();
    const std::size_t at = open == 0 && !m_partial[0].empty() ? 0 : 1;
    return {m_partialTime[at], m_partial[at], std::uint8_t(at + 1), true};
}

} // namespace layerline
