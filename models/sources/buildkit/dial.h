// Reaching one node without starting anything.
#pragma once

#include "sources/buildkit/node_types.h"
#include "sources/buildkit/posix.h"
#include "sources/buildkit/tls_check.h"

#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// How to reach a node; everything dialling needs, so that it depends on no file that may change under it.
struct DialTarget {
    NodeKey key;
    std::string driver;    ///< docker, docker-container, remote, kubernetes, bare, ...
    std::string endpoint;  ///< unix://, tcp://, ssh://, or what the driver understands
    std::string container; ///< docker-container: its name
    std::string instanceJson; ///< instance file cut to this node, "" for contexts and bare addresses
    bool current = false;
    bool secured = false;           ///< TLS or ssh: only buildx has the keys
    TlsIdentity tls;                ///< of a secured tcp://
    bool needsRunningCheck = false; ///< `buildx dial-stdio` would start it, so it is never used
    std::vector<std::string> buildxCommand;    ///< program and first arguments, empty when there is none
    /// What runs a command in the running container or pod and starts neither (`docker exec`, `kubectl exec`), up to where the
    /// command follows; where nothing else has the way to it, else empty.
    std::vector<std::string> execCommand;
    std::string noWay; ///< needs a running check and has no execCommand: what is missing, "" otherwise
    std::vector<std::string> childEnvironment; ///< "NAME=value"
    friend bool operator==(const DialTarget&, const DialTarget&) = default;
};

/// A live channel and what keeps it alive. Destroying it ends the child.
class Connection {
public:
    virtual ~Connection() = default;
    const std::shared_ptr<grpc::Channel>& channel() const { return m_channel; }
    /// What the other side said on its way down, "" when nothing. May wait up to 200 ms for a dying child.
    virtual std::string lastWords() { return {}; }
    /// Called now and then, so that nobody blocks on a full pipe.
    virtual void tidy() {}
    /// How long a first answer may take: a child has to start first, ssh has to shake hands.
    std::chrono::milliseconds firstAnswer{2000};
    /// Why there may never be one: what a handshake of our own found. buildx may know better, so it has its chance.
    std::optional<TlsRefusal> doubt;

protected:
    std::shared_ptr<grpc::Channel> m_channel;
};

struct DialOutcome {
    std::unique_ptr<Connection> connection; ///< null when it failed
    NodeState state = NodeState::Down;      ///< then: Down, Hung, Forbidden, Stopped or Unwatched; Connecting while that is not known
    std::string reason;
    bool askStatus = false;                 ///< only `buildx ls` can tell whether the node runs: ask it, now and then
};

/// What `buildx ls` says of a node. It is all there is to show of one that nothing but `buildx dial-stdio` leads to.
enum class Listed { NotYet, Running, Stopped, Unknown };

/// Blocks until connected, refused, the limit is over or the interrupt is raised. Any thread; a child lives as long as the
/// calling thread.
DialOutcome dial(const DialTarget& target, Listed listed, std::chrono::milliseconds limit, const Interrupt& interrupt);

} // namespace layerline
