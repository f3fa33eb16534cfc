#include "sources/buildkit/docker_api.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdlib>

#include <poll.h>
#include <sys/socket.h>

namespace layerline {

namespace {

constexpr std::size_t headLimit = 64u << 10;
constexpr std::size_t bodyLimit = 4u << 20;

/// Up to `size` bytes; 0 at the end.
Result<std::size_t> receive(int fd, char* data, std::size_t size, SteadyTime deadline, const Interrupt& interrupt)
{
    for (;;) {
        const ssize_t count = ::recv(fd, data, size, 0);
        if (count >= 0)
            return std::size_t(count);
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN)
            return Error{ErrorKind::Unreachable, "the connection broke", true};
        if (auto waited = waitFor(fd, POLLIN, deadline, interrupt); !waited)
            return waited.error();
    }
}

/// Byte by byte, because what follows the head may belong to another protocol.
Result<std::string> receiveHead(int fd, SteadyTime deadline, const Interrupt& interrupt)
{
    std::string head;
    while (head.size() < headLimit) {
        char byte = 0;
        const auto count = receive(fd, &byte, 1, deadline, interrupt);
        if (!count)
            return count.error();
        if (*count == 0)
            return Error{ErrorKind::Unreachable, "the engine closed the connection", true};
        head += byte;
        if (head.ends_with("\r\n\r\n"))
            return head;
    }
    return Error{ErrorKind::TooLarge, "the reply's head is too long"};
}

Result<std::string> receiveRest(int fd, SteadyTime deadline, const Interrupt& interrupt)
{
    std::string body;
    char buffer[16384];
    for (;;) {
        const auto count = receive(fd, buffer, sizeof buffer, deadline, interrupt);
        if (!count)
            return count.error();
        if (*count == 0)
            return body;
        body.append(buffer, *count);
        if (body.size() > bodyLimit)
            return Error{ErrorKind::TooLarge, "the reply is too long"};
    }
}

int statusOf(const std::string& head)
{
    return head.rfind("HTTP/1.", 0) == 0 && head.size() > 12 ? std::atoi(head.c_str() + 9) : 0;
}

Error withAddress(const std::string& address, const Error& error)
{
    return {error.kind, address + ": " + error.detail, error.retryable};
}

} // namespace

std::string engineMessage(const std::string& body)
{
    const auto object = nlohmann::json::parse(body, nullptr, false);
    if (object.is_object()) {
        const auto at = object.find("message");
        if (at != object.end() && at->is_string())
            return at->get<std::string>();
    }
    return body.substr(0, std::min<std::size_t>(body.find_first_of("\r\n"), 300));
}

Result<HttpReply> DockerApi::request(const std::string& method, const std::string& path, const std::string& body, SteadyTime deadline) const
{
    auto socket = connectTo(m_address, deadline, m_interrupt);
    if (!socket)
        return socket.error();
    // HTTP/1.0: the reply ends with the connection, so no chunks have to be decoded.
    std::string text = method + " " + path + " HTTP/1.0\r\nHost: docker\r\nUser-Agent: layerline\r\n";
    if (!body.empty())
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    text += "\r\n" + body;
    if (auto sent = sendAll(socket->get(), text, deadline, m_interrupt); !sent)
        return withAddress(m_address, sent.error());
    auto head = receiveHead(socket->get(), deadline, m_interrupt);
    if (!head)
        return withAddress(m_address, head.error());
    auto rest = receiveRest(socket->get(), deadline, m_interrupt);
    if (!rest)
        return withAddress(m_address, rest.error());
    return HttpReply{statusOf(*head), std::move(*rest)};
}

Result<UniqueFd> DockerApi::upgrade(const std::string& path, const std::string& protocol, const std::string& body, SteadyTime deadline) const
{
    auto socket = connectTo(m_address, deadline, m_interrupt);
    if (!socket)
        return socket.error();
    std::string text = "POST " + path + " HTTP/1.1\r\nHost: docker\r\nUser-Agent: layerline\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n";
    if (!body.empty())
        text += "Content-Type: application/json\r\n";
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    if (auto sent = sendAll(socket->get(), text, deadline, m_interrupt); !sent)
        return withAddress(m_address, sent.error());
    auto head = receiveHead(socket->get(), deadline, m_interrupt);
    if (!head)
        return withAddress(m_address, head.error());
    const int status = statusOf(*head);
    // Docker's exec answers 200 to clients that it takes for old ones; the stream is raw all the same.
    if (status == 101 || (status == 200 && protocol == "tcp"))
        return socket;
    const std::string detail = m_address + ": the engine answered " + std::to_string(status);
    if (status == 401 || status == 403)
        return Error{ErrorKind::Permission, detail};
    return Error{ErrorKind::Unsupported, detail};
}

Result<DockerApi::ContainerState> DockerApi::container(const std::string& name, SteadyTime deadline) const
{
    auto reply = request("GET", "/containers/" + name + "/json", {}, deadline);
    if (!reply)
        return reply.error();
    if (reply->status == 404)
        return ContainerState::Missing;
    if (reply->status == 401 || reply->status == 403)
        return Error{ErrorKind::Permission, m_address + ": " + engineMessage(reply->body)};
    if (reply->status != 200)
        return Error{ErrorKind::Unsupported, m_address + ": the engine answered " + std::to_string(reply->status) + " " + engineMessage(reply->body)};
    const auto object = nlohmann::json::parse(reply->body, nullptr, false);
    const auto state = object.is_object() ? object.find("State") : object.end();
    if (!object.is_object() || state == object.end() || !state->is_object())
        return Error{ErrorKind::BadInput, m_address + ": the engine's answer about the container can't be read"};
    const auto flag = [&state](const char* key) {
        const auto at = state->find(key);
        return at != state->end() && at->is_boolean() && at->get<bool>();
    };
    return flag("Running") && !flag("Paused") ? ContainerState::Running : ContainerState::Stopped;
}

} // namespace layerline
