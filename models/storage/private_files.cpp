#include "storage/private_files.h"

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

FileHandle::~FileHandle()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

Error systemError(std::string_view what, const std::string& path)
{
    const int code = errno;
    const ErrorKind kind = code == ENOENT ? ErrorKind::NotFound
        : code == EACCES || code == EPERM || code == EROFS ? ErrorKind::Permission : ErrorKind::Internal;
    const bool retryable = code == ENOSPC || code == EDQUOT || code == EMFILE || code == ENFILE;
    return {kind, std::string(what) + ' ' + path + ": " + std::system_category().message(code), retryable};
}

Result<void> makePrivateFolder(const std::string& path)
{
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string parent = path.substr(0, slash);
        if (::mkdir(parent.c_str(), 0700) != 0 && errno != EEXIST)
            return systemError("cannot create folder", parent);
    }
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return systemError("cannot create folder", path);
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return systemError("cannot read folder", path);
    if (!S_ISDIR(info.st_mode))
        return Error{ErrorKind::BadInput, path + " is not a folder"};
    if ((info.st_mode & 0077) != 0 && ::chmod(path.c_str(), 0700) != 0)
        return systemError("cannot make private", path);
    return {};
}

Result<void> makePrivateFile(const std::string& path)
{
    const FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.ok())
        return systemError("cannot open", path);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0)
        return systemError("cannot read", path);
    if (!S_ISREG(info.st_mode))
        return Error{ErrorKind::BadInput, path + " is not a regular file"};
    if ((info.st_mode & 0177) != 0 && ::fchmod(file.get(), 0600) != 0)
        return systemError("cannot make private", path);
    return {};
}

Result<void> writeAndSync(int fd, std::string_view bytes, const std::string& path)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return systemError("cannot write", path);
        }
        bytes.remove_prefix(std::size_t(written));
    }
    if (::fsync(fd) != 0)
        return systemError("cannot write", path);
    return {};
}

Result<FileHandle> lockFile(const std::string& path, LockMode mode, int waitMs)
{
    FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.ok())
        return systemError("cannot open", path);
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(waitMs);
    while (::flock(file.get(), (mode == LockMode::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return systemError("cannot lock", path);
        if (std::chrono::steady_clock::now() >= end)
            return Error{ErrorKind::Timeout, path + " is in use by another process", true};
        std::this_thread::sleep_for(std::chrono::milliseconds(10)); // flock has no timeout
    }
    return file;
}

Result<void> shareLock(const FileHandle& lock)
{
    if (::flock(lock.get(), LOCK_SH | LOCK_NB) != 0)
        return systemError("cannot share", "the lock");
    return {};
}

Result<void> syncFolder(const std::string& path)
{
    const FileHandle folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.ok() || ::fsync(folder.get()) != 0)
        return systemError("cannot write folder", path);
    return {};
}

} // namespace layerline
