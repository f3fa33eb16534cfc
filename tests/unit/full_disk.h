// A disk that takes no more, for whoever the test runs as.
#pragma once

#include <csignal>

#include <sys/resource.h>

namespace layerline::test {

/// While it lives, this process can write no file beyond `bytes`: write() fails with EFBIG there, as it does with ENOSPC
/// on a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : m_before(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_limit);
        const rlimit limit{bytes, m_limit.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_limit);
        std::signal(SIGXFSZ, m_before);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    void (*m_before)(int);
    rlimit m_limit{};
};

} // namespace layerline::test
