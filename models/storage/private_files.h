// Files nobody else may read, written so that they are whole or not there at all.
#pragma once

#include "domain/result.h"

#include <string>
#include <string_view>

namespace layerline {

/// An open file descriptor, closed at the end.
class FileHandle {
public:
    explicit FileHandle(int fd = -1) : m_fd(fd) {}
    ~FileHandle();
    FileHandle(FileHandle&& other) noexcept : m_fd(other.m_fd) { other.m_fd = -1; }
    FileHandle& operator=(FileHandle&& other) noexcept;
    int get() const { return m_fd; }
    bool ok() const { return m_fd >= 0; }

private:
    int m_fd;
};

/// The error of the last system call: "WHAT PATH: reason", with the kind errno stands for.
Error systemError(std::string_view what, const std::string& path);

/// Makes the folder (and its parents) with mode 0700; takes the rights of others away from one that exists.
Result<void> makePrivateFolder(const std::string& path);
/// Makes sure that the file exists with mode 0600.
Result<void> makePrivateFile(const std::string& path);
/// Writes all of the bytes and waits until they are on the disk.
Result<void> writeAndSync(int fd, std::string_view bytes, const std::string& path);
/// An advisory lock on a file (made when missing), held as long as the handle. Waits up to `waitMs`; Timeout then.
enum class LockMode { Shared, Exclusive };
Result<FileHandle> lockFile(const std::string& path, LockMode mode, int waitMs);
/// Turns an exclusive lock into a shared one.
Result<void> shareLock(const FileHandle& lock);
/// Waits until the folder's entries are on the disk.
Result<void> syncFolder(const std::string& path);

} // namespace layerline
