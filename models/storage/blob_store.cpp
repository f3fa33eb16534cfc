#include "storage/blob_store.h"

#include "storage/private_files.h"
#include "domain/sha256.h"

#include <array>
#include <cerrno>
#include <ctime>
#include <filesystem>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view temporaryPrefix = ".new-";

/// Removes a temporary file unless it was renamed.
struct TemporaryFile {
    std::string path;
    ~TemporaryFile()
    {
        if (!path.empty())
            ::unlink(path.c_str());
    }
};

} // namespace

Result<void> BlobStore::prepare() const
{
    if (auto made = makePrivateFolder(m_folder); !made)
        return made;
    std::error_code error;
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end; it.increment(error)) {
        const std::string path = it->path().string();
        struct stat info {};
        const bool temporary = it->path().filename().string().starts_with(temporaryPrefix);
        // Another process may be writing one right now.
        if (temporary && ::lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_mtime < std::time(nullptr) - 3600)
            ::unlink(path.c_str());
    }
    return {};
}

Result<std::string> BlobStore::put(std::string_view bytes, const std::string& expected) const
{
    if (std::int64_t(bytes.size()) > maxBlob)
        return Error{ErrorKind::TooLarge, "blob of " + std::to_string(bytes.size()) + " bytes"};
    if (!expected.empty() && sha256Hex(expected).empty())
        return Error{ErrorKind::Unsupported, "not a sha256 digest"};
    const std::string digest = sha256Digest(bytes);
    if (!expected.empty() && digest != expected)
        return Error{ErrorKind::Corrupt, "blob does not match its digest " + expected};
    const std::string target = pathOf(sha256Hex(digest));
    // A file of that name may be damaged: only a verified one is left alone.
    if (has(digest) && read({{}, digest, std::int64_t(bytes.size())}, nullptr))
        return digest;
    TemporaryFile temporary{m_folder + '/' + std::string(temporaryPrefix) + "XXXXXX"};
    const FileHandle file(::mkostemp(temporary.path.data(), O_CLOEXEC)); // mode 0600
    if (!file.ok()) {
        const std::string path = std::exchange(temporary.path, {});
        return systemError("cannot create", path);
    }
    if (auto written = writeAndSync(file.get(), bytes, temporary.path); !written)
        return written.error();
    if (::rename(temporary.path.c_str(), target.c_str()) != 0)
        return systemError("cannot create", target);
    temporary.path.clear();
    if (auto synced = syncFolder(m_folder); !synced)
        return synced.error();
    return digest;
}

Result<void> BlobStore::read(const BlobRef& ref, std::string* sink) const
{
    const std::string_view hex = sha256Hex(ref.digest);
    if (hex.empty())
        return Error{ErrorKind::Corrupt, "malformed digest"};
    const std::string path = pathOf(hex);
    const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file.ok())
        return systemError("cannot open blob", path);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0)
        return systemError("cannot read blob", path);
    if (!S_ISREG(info.st_mode) || info.st_size != ref.size)
        return Error{ErrorKind::Corrupt, "blob " + ref.digest + " is not " + std::to_string(ref.size) + " bytes long"};
    if (sink)
        sink->reserve(std::size_t(info.st_size));
    Sha256 hash;
    std::vector<char> piece(256 * 1024);
    std::int64_t left = ref.size;
    while (left > 0) {
        const ssize_t got = ::read(file.get(), piece.data(), std::min<std::int64_t>(left, std::int64_t(piece.size())));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("cannot read blob", path);
        if (got == 0)
            break; // cut while we read: the digest will tell
        const std::string_view bytes(piece.data(), std::size_t(got));
        hash.add(bytes);
        if (sink)
            sink->append(bytes);
        left -= got;
    }
    if (hash.hex() != hex)
        return Error{ErrorKind::Corrupt, "blob " + ref.digest + " is damaged"};
    return {};
}

Result<std::string> BlobStore::get(const BlobRef& ref) const
{
    if (ref.size < 0 || ref.size > maxBlob)
        return Error{ErrorKind::TooLarge, "blob of " + std::to_string(ref.size) + " bytes"};
    std::string bytes;
    if (auto done = read(ref, &bytes); !done)
        return done.error();
    return bytes;
}

Result<std::string> BlobStore::verifiedPath(const BlobRef& ref) const
{
    if (auto done = read(ref, nullptr); !done)
        return done.error();
    return pathOf(sha256Hex(ref.digest));
}

bool BlobStore::has(const std::string& digest) const { return sizeOf(digest) >= 0; }

std::int64_t BlobStore::sizeOf(const std::string& digest) const
{
    const std::string_view hex = sha256Hex(digest);
    struct stat info {};
    if (hex.empty() || ::lstat(pathOf(hex).c_str(), &info) != 0 || !S_ISREG(info.st_mode))
        return -1;
    return info.st_size;
}

std::size_t BlobStore::countOlderThan(std::int64_t seconds) const
{
    std::size_t count = 0;
    const std::time_t before = ::time(nullptr) - seconds;
    std::error_code error;
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end; it.increment(error)) {
        struct stat info {};
        if (!sha256Hex("sha256:" + it->path().filename().string()).empty() && ::lstat(it->path().c_str(), &info) == 0 && info.st_mtime < before)
            ++count;
    }
    return count;
}

Result<std::size_t> BlobStore::collect(const std::function<bool(const std::string&)>& wanted) const
{
    std::size_t removed = 0;
    std::error_code error;
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end; it.increment(error)) {
        const std::string digest = "sha256:" + it->path().filename().string();
        if (sha256Hex(digest).empty() || wanted(digest))
            continue; // a file that is not ours stays
        if (::unlink(it->path().c_str()) == 0)
            ++removed;
    }
    if (error)
        return Error{ErrorKind::Internal, "cannot list " + m_folder + ": " + error.message()};
    return removed;
}

} // namespace layerline
