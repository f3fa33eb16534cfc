#include "sources/buildkit/posix.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace layerline {

namespace {

std::string errorText(int code)
{
    char buffer[128] = {};
    return ::strerror_r(code, buffer, sizeof buffer); // GNU flavour: strerror() is not thread safe
}

Error connectError(const std::string& address, int code)
{
    const std::string detail = address + ": " + errorText(code);
    switch (code) {
    case ENOENT:
        return {ErrorKind::NotFound, detail, true};
    case EACCES:
    case EPERM:
        return {ErrorKind::Permission, detail, true};
    case ETIMEDOUT:
        return {ErrorKind::Timeout, detail, true};
    default:
        return {ErrorKind::Unreachable, detail, true};
    }
}

int remainingMs(SteadyTime deadline)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    return int(std::clamp<std::int64_t>(left, 0, INT_MAX));
}

Result<UniqueFd> connectSocket(UniqueFd socket, const sockaddr* peer, socklen_t size, const std::string& address,
                               SteadyTime deadline, const Interrupt& interrupt)
{
    if (::connect(socket.get(), peer, size) == 0)
        return socket;
    // A unix listener whose queue is full (a frozen engine) says EAGAIN.
    if (errno == EAGAIN)
        return Error{ErrorKind::Timeout, address + ": nobody accepts the connection", true};
    if (errno != EINPROGRESS)
        return connectError(address, errno);
    if (const auto waited = waitFor(socket.get(), POLLOUT, deadline, interrupt); !waited)
        return Error{waited.error().kind, address + ": " + waited.error().detail, true};
    int code = 0;
    socklen_t length = sizeof code;
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &code, &length);
    if (code != 0)
        return connectError(address, code);
    return socket;
}

Result<UniqueFd> connectUnix(const std::string& path, const std::string& address, SteadyTime deadline, const Interrupt& interrupt)
{
    sockaddr_un peer{};
    peer.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof peer.sun_path)
        return Error{ErrorKind::BadInput, address + ": the socket's path is empty or too long"};
    std::memcpy(peer.sun_path, path.data(), path.size());
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.valid())
        return connectError(address, errno);
    return connectSocket(std::move(socket), reinterpret_cast<const sockaddr*>(&peer), sizeof peer, address, deadline, interrupt);
}

Result<UniqueFd> connectTcp(std::string host, const std::string& port, const std::string& address, SteadyTime deadline,
                            const Interrupt& interrupt)
{
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); code != 0)
        return Error{ErrorKind::Unreachable, address + ": " + ::gai_strerror(code), true};
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, &::freeaddrinfo);
    Result<UniqueFd> result = Error{ErrorKind::Unreachable, address + ": the name has no address", true};
    for (const addrinfo* entry = list.get(); entry; entry = entry->ai_next) {
        UniqueFd socket(::socket(entry->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (!socket.valid())
            continue;
        result = connectSocket(std::move(socket), entry->ai_addr, entry->ai_addrlen, address, deadline, interrupt);
        if (result || result.error().kind == ErrorKind::Cancelled)
            break;
    }
    return result;
}

} // namespace

void UniqueFd::reset(int fd)
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = fd;
}

Interrupt::Interrupt() : m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Interrupt::raise()
{
    const std::uint64_t one = 1;
    // Never read again, so the descriptor stays readable for every later wait.
    [[maybe_unused]] const auto written = ::write(m_event.get(), &one, sizeof one);
}

bool Interrupt::raised() const
{
    pollfd entry{m_event.get(), POLLIN, 0};
    return ::poll(&entry, 1, 0) > 0;
}

Result<void> waitFor(int fd, short events, SteadyTime deadline, const Interrupt& interrupt)
{
    for (;;) {
        pollfd entries[2] = {{fd, events, 0}, {interrupt.fd(), POLLIN, 0}};
        const int count = ::poll(entries, 2, remainingMs(deadline));
        if (count < 0 && errno == EINTR)
            continue;
        if (entries[1].revents != 0)
            return Error{ErrorKind::Cancelled, "stopped"};
        if (count <= 0)
            return Error{ErrorKind::Timeout, "no answer in time", true};
        return {};
    }
}

Result<UniqueFd> connectTo(const std::string& address, SteadyTime deadline, const Interrupt& interrupt)
{
    if (address.rfind("unix://", 0) == 0)
        return connectUnix(address.substr(7), address, deadline, interrupt);
    for (const char* scheme : {"tcp://", "http://"}) {
        const std::string prefix = scheme;
        if (address.rfind(prefix, 0) != 0)
            continue;
        std::string rest = address.substr(prefix.size());
        rest = rest.substr(0, rest.find('/'));
        const std::size_t colon = rest.rfind(':');
        if (colon == std::string::npos || colon == 0 || colon + 1 == rest.size())
            return Error{ErrorKind::BadInput, address + ": no port given"};
        return connectTcp(rest.substr(0, colon), rest.substr(colon + 1), address, deadline, interrupt);
    }
    return Error{ErrorKind::Unsupported, address + ": neither a unix:// nor a tcp:// address"};
}

Result<void> sendAll(int fd, const std::string& bytes, SteadyTime deadline, const Interrupt& interrupt)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::send(fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (count > 0) {
            done += std::size_t(count);
        } else if (count < 0 && errno == EAGAIN) {
            if (auto waited = waitFor(fd, POLLOUT, deadline, interrupt); !waited)
                return waited;
        } else if (!(count < 0 && errno == EINTR)) {
            return Error{ErrorKind::Unreachable, errorText(errno), true};
        }
    }
    return {};
}

} // namespace layerline
