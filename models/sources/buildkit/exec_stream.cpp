#include "sources/buildkit/exec_stream.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

namespace layerline {

namespace {

constexpr std::size_t headSize = 8; // stream type, three zeros, big-endian length
// Writing into the pump's peer waits at most this long; it is our own gRPC thread or the engine.
constexpr std::chrono::seconds writeLimit{60};

} // namespace

Result<std::unique_ptr<ExecStream>> ExecStream::start(const DockerApi& api, const std::string& container, SteadyTime deadline)
{
    const std::string wanted = R"({"AttachStdin":true,"AttachStdout":true,"AttachStderr":true,"Cmd":["buildctl","dial-stdio"]})";
    auto created = api.request("POST", "/containers/" + container + "/exec", wanted, deadline);
    if (!created)
        return created.error();
    if (created->status == 404 || created->status == 409)
        return Error{ErrorKind::NotFound, "the container " + container + " does not run", true};
    if (created->status != 201)
        return Error{ErrorKind::Unsupported, "the engine answered " + std::to_string(created->status) + " " + engineMessage(created->body)};
    const auto object = nlohmann::json::parse(created->body, nullptr, false);
    const auto id = object.is_object() ? object.find("Id") : object.end();
    if (!object.is_object() || id == object.end() || !id->is_string())
        return Error{ErrorKind::BadInput, "the engine's answer to exec can't be read"};
    auto socket = api.upgrade("/exec/" + id->get<std::string>() + "/start", "tcp", R"({"Detach":false,"Tty":false})", deadline);
    if (!socket)
        return socket.error();
    auto stream = std::unique_ptr<ExecStream>(new ExecStream(std::move(*socket)));
    if (!stream->m_ours.valid())
        return Error{ErrorKind::Internal, "no socket pair", true};
    return stream;
}

ExecStream::ExecStream(UniqueFd engine) : m_engine(std::move(engine))
{
    int sockets[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets) != 0)
        return;
    m_ours.reset(sockets[0]);
    m_theirs.reset(sockets[1]);
    m_thread = std::jthread([this] { run(); });
}

ExecStream::~ExecStream()
{
    m_stop.raise();
}

void ExecStream::run()
{
    for (;;) {
        pollfd entries[3] = {{m_engine.get(), POLLIN, 0}, {m_theirs.get(), POLLIN, 0}, {m_stop.fd(), POLLIN, 0}};
        const int count = ::poll(entries, 3, -1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 || entries[2].revents)
            break;
        if (entries[0].revents && !fromEngine())
            break;
        if (entries[1].revents && !toEngine())
            break;
    }
    // Both sides see the end; the descriptors themselves are closed by the owner.
    ::shutdown(m_theirs.get(), SHUT_RDWR);
    ::shutdown(m_engine.get(), SHUT_RDWR);
}

bool ExecStream::fromEngine()
{
    char buffer[65536];
    const ssize_t count = ::recv(m_engine.get(), buffer, sizeof buffer, 0);
    if (count > 0)
        return unframe(buffer, std::size_t(count));
    return count < 0 && (errno == EAGAIN || errno == EINTR);
}

bool ExecStream::toEngine()
{
    char buffer[65536];
    const ssize_t count = ::recv(m_theirs.get(), buffer, sizeof buffer, 0);
    if (count > 0)
        return sendAll(m_engine.get(), std::string(buffer, std::size_t(count)), std::chrono::steady_clock::now() + writeLimit, m_stop).ok();
    return count < 0 && (errno == EAGAIN || errno == EINTR);
}

bool ExecStream::unframe(const char* data, std::size_t size)
{
    while (size > 0) {
        if (m_left == 0) {
            const std::size_t take = std::min(headSize - m_head.size(), size);
            m_head.append(data, take);
            data += take;
            size -= take;
            if (m_head.size() < headSize)
                return true;
            m_isError = m_head[0] == 2;
            for (std::size_t i = 4; i < headSize; ++i)
                m_left = m_left << 8 | static_cast<unsigned char>(m_head[i]);
            m_head.clear();
            continue;
        }
        const std::size_t take = std::min(m_left, size);
        if (m_isError) {
            const std::lock_guard lock(m_mutex);
            m_words.append(data, take);
            if (m_words.size() > 2000)
                m_words.erase(0, m_words.size() - 2000);
        } else if (!sendAll(m_theirs.get(), std::string(data, take), std::chrono::steady_clock::now() + writeLimit, m_stop)) {
            return false;
        }
        data += take;
        size -= take;
        m_left -= take;
    }
    return true;
}

std::string ExecStream::lastWords() const
{
    const std::lock_guard lock(m_mutex);
    std::string line = m_words;
    std::replace_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return line.substr(line.size() > 500 ? line.size() - 500 : 0);
}

} // namespace layerline
