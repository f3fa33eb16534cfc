// The little of the Docker Engine API we need: ask about a container, and turn a connection into a raw stream.
#pragma once

#include "sources/buildkit/posix.h"

#include <string>

namespace layerline {

struct HttpReply {
    int status = 0;
    std::string body;
};

/// One request each, over a unix:// or plain tcp:// address. Blocking until the deadline; any thread.
class DockerApi {
public:
    DockerApi(std::string address, const Interrupt& interrupt) : m_address(std::move(address)), m_interrupt(interrupt) {}

    /// The reply whatever its status; bodies above 4 MiB are TooLarge.
    Result<HttpReply> request(const std::string& method, const std::string& path, const std::string& body, SteadyTime deadline) const;

    /// Sends a POST asking for `protocol` and hands over the connection once the engine has switched to it; nothing of
    /// the new protocol has been read. Permission, NotFound, Unsupported (other statuses) with the engine's message.
    Result<UniqueFd> upgrade(const std::string& path, const std::string& protocol, const std::string& body, SteadyTime deadline) const;

    enum class ContainerState { Missing, Stopped, Running };
    Result<ContainerState> container(const std::string& name, SteadyTime deadline) const;

private:
    std::string m_address;
    const Interrupt& m_interrupt;
};

/// The "message" of an engine's JSON error, else its first line.
std::string engineMessage(const std::string& body);

} // namespace layerline
