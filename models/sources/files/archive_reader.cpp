#include "sources/files/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace layerline {

namespace {

constexpr std::size_t bufferSize = 128 * 1024;
constexpr std::size_t longestPath = 4096;

/// False for paths that would leave the folder they are unpacked in. Nothing is unpacked here, but whoever makes such
/// a path is up to no good.
bool harmless(std::string_view path)
{
    if (path.empty() || path.size() > longestPath || path.front() == '/' || path.find('\0') != std::string_view::npos)
        return false;
    while (!path.empty()) {
        const auto end = std::min(path.find_first_of("/\\"), path.size());
        if (path.substr(0, end) == "..")
            return false;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return true;
}

} // namespace

struct ArchiveReader::Callbacks {
    static la_ssize_t read(archive*, void* self, const void** data)
    {
        auto* reader = static_cast<ArchiveReader*>(self);
        const auto got = reader->m_source.read(reader->m_buffer.get(), bufferSize);
        if (!got) {
            archive_set_error(reader->m_archive, EIO, "%s", got.error().detail.c_str());
            return -1;
        }
        *data = reader->m_buffer.get();
        reader->m_position += *got;
        return la_ssize_t(*got);
    }

    static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence)
    {
        auto* reader = static_cast<ArchiveReader*>(self);
        const std::int64_t base = whence == SEEK_SET ? 0 : std::int64_t(whence == SEEK_CUR ? reader->m_position : reader->m_source.size());
        const std::int64_t target = base + offset;
        if (target < 0 || !reader->m_source.seek(std::uint64_t(target)))
            return ARCHIVE_FATAL;
        reader->m_position = std::uint64_t(target);
        return target;
    }
};

ArchiveReader::ArchiveReader(ByteSource& source, ArchiveKind kind, const FileCaps& caps)
    : m_source(source), m_kind(kind), m_caps(caps), m_buffer(new char[bufferSize])
{
}

ArchiveReader::~ArchiveReader()
{
    if (m_archive)
        archive_read_free(m_archive);
}

Error ArchiveReader::failure(const char* what) const
{
    const char* reason = archive_error_string(m_archive);
    return {ErrorKind::BadInput, std::string(what) + ": " + (reason ? reason : "unreadable")};
}

Result<void> ArchiveReader::open()
{
    m_archive = archive_read_new();
    if (!m_archive)
        return Error{ErrorKind::Internal, "no memory for the archive reader"};
    // Only what is expected: libarchive's other formats are so much more to attack.
    if (m_kind == ArchiveKind::TarGzip) {
        archive_read_support_filter_gzip(m_archive);
        archive_read_support_format_tar(m_archive);
    } else {
        archive_read_support_format_zip(m_archive);
        archive_read_set_seek_callback(m_archive, Callbacks::seek);
    }
    archive_read_set_read_callback(m_archive, Callbacks::read);
    archive_read_set_callback_data(m_archive, this);
    if (archive_read_open1(m_archive) != ARCHIVE_OK)
        return failure("archive");
    return {};
}

Result<void> ArchiveReader::checkRatio() const
{
    const std::int64_t streamed = m_kind == ArchiveKind::TarGzip ? archive_filter_bytes(m_archive, 0) : 0;
    const std::uint64_t unpacked = std::max(m_unpacked, std::uint64_t(std::max<std::int64_t>(0, streamed)));
    const std::uint64_t packed = std::max<std::uint64_t>(1, m_kind == ArchiveKind::Zip ? m_source.size() : m_position);
    if (unpacked > m_caps.archiveBytes)
        return Error{ErrorKind::TooLarge, "archive holds more than " + std::to_string(m_caps.archiveBytes) + " bytes"};
    if (unpacked > m_caps.ratioFloor && unpacked / packed > m_caps.archiveRatio)
        return Error{ErrorKind::TooLarge, "archive unpacks to more than " + std::to_string(m_caps.archiveRatio) + " times its size"};
    return {};
}

Result<void> ArchiveReader::checkEntry()
{
    auto* entry = static_cast<archive_entry*>(m_entry);
    const char* name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    if (++m_entries > m_caps.archiveEntries)
        return Error{ErrorKind::TooLarge, "archive has more than " + std::to_string(m_caps.archiveEntries) + " entries"};
    m_path = name ? name : "";
    while (m_path.rfind("./", 0) == 0 && m_path.size() > 2)
        m_path.erase(0, 2);
    if (!harmless(m_path))
        return Error{ErrorKind::BadInput, "archive has an entry with an unsafe path"};
    const auto type = archive_entry_filetype(entry);
    if ((type != AE_IFREG && type != AE_IFDIR) || archive_entry_hardlink(entry) || archive_entry_symlink(entry))
        return Error{ErrorKind::BadInput, "archive has an entry that is no regular file"};
    if (archive_entry_size_is_set(entry) && archive_entry_size(entry) > 0
        && std::uint64_t(archive_entry_size(entry)) > m_caps.archiveBytes - std::min(m_unpacked, m_caps.archiveBytes))
        return Error{ErrorKind::TooLarge, "archive holds more than " + std::to_string(m_caps.archiveBytes) + " bytes"};
    return checkRatio();
}

Result<bool> ArchiveReader::next()
{
    if (!m_archive) {
        if (const auto opened = open(); !opened)
            return opened.error();
    }
    // Dropped by reading, not by libarchive's skip: the caps must hold for what nobody wants, too.
    std::array<char, 16 * 1024> dropped;
    while (!m_atEnd) {
        if (const auto got = read(dropped.data(), dropped.size()); !got)
            return got.error();
    }
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(m_archive, &entry);
        if (status == ARCHIVE_EOF)
            return false;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return failure("archive");
        m_entry = entry;
        if (const auto checked = checkEntry(); !checked)
            return checked.error();
        if (archive_entry_filetype(entry) == AE_IFREG)
            break;
    }
    m_atEnd = false;
    return true;
}

Result<std::size_t> ArchiveReader::read(char* into, std::size_t size)
{
    const la_ssize_t got = archive_read_data(m_archive, into, size);
    if (got < 0)
        return failure(m_path.c_str());
    m_atEnd = got == 0;
    m_unpacked += std::uint64_t(got);
    if (const auto checked = checkRatio(); !checked)
        return checked.error();
    return std::size_t(got);
}

} // namespace layerline
