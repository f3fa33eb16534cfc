// Builders as buildx and docker know them, without asking anybody over the network.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// Does the node run, as far as somebody could tell without starting it?
enum class InstanceState {
    Unknown,
    Running,
    Stopped,
};

struct BuilderNode {
    std::string name;
    std::string endpoint;               ///< URL, or a docker context's name resolved to its URL
    std::string context;                ///< docker context the endpoint came from, "" when it was a URL
    std::string status;                 ///< as `buildx ls` prints it ("running", "inactive", ...), "" before it was asked
    std::string version;
    std::vector<std::string> platforms; ///< as listed; user-pinned ones first, so never the native platform
    InstanceState runState = InstanceState::Unknown;
    bool needsRunningCheck = false;     ///< `buildx dial-stdio` would start it: all but docker and remote
    bool secured = false;               ///< TLS or ssh: only buildx itself has the keys
    std::string container;              ///< docker-container: name of its container
    friend bool operator==(const BuilderNode&, const BuilderNode&) = default;
};

struct BuilderInfo {
    std::string name;
    std::string driver;       ///< docker, docker-container, remote, kubernetes, cloud, bare
    bool current = false;     ///< `buildx build` without --builder would use it
    std::string error;        ///< why it can't be read or listed, "" when fine
    std::string instanceJson; ///< the instance file's text, "" for contexts and bare addresses
    std::vector<BuilderNode> nodes;
    friend bool operator==(const BuilderInfo&, const BuilderInfo&) = default;
};

} // namespace layerline
