// Owned file descriptors, and a wait that another thread can end.
#pragma once

#include "domain/result.h"

#include <chrono>
#include <string>
#include <utility>

namespace layerline {

using SteadyTime = std::chrono::steady_clock::time_point;

class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : m_fd(fd) {}
    ~UniqueFd() { reset(); }
    UniqueFd(UniqueFd&& other) noexcept : m_fd(other.release()) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    int get() const { return m_fd; }
    bool valid() const { return m_fd >= 0; }
    int release() { return std::exchange(m_fd, -1); }
    void reset(int fd = -1);

private:
    int m_fd = -1;
};

/// Raised once, from any thread; every wait that looks at it ends at once.
class Interrupt {
public:
    Interrupt();
    void raise();
    bool raised() const;
    int fd() const { return m_event.get(); }

private:
    UniqueFd m_event;
};

/// Waits for `events` of poll() on fd. Timeout or Cancelled otherwise.
Result<void> waitFor(int fd, short events, SteadyTime deadline, const Interrupt& interrupt);

/// A connected, non-blocking stream socket to unix:///path or tcp://host:port. The error's detail names the address.
/// NotFound (no such socket), Permission, Unreachable (refused), Timeout (nobody accepts), BadInput.
Result<UniqueFd> connectTo(const std::string& address, SteadyTime deadline, const Interrupt& interrupt);

Result<void> sendAll(int fd, const std::string& bytes, SteadyTime deadline, const Interrupt& interrupt);

} // namespace layerline
