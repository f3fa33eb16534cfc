// Why a builder behind TLS, in a container or a pod and we do not get on: buildx keeps trying and says nothing of it.
#pragma once

#include "sources/buildkit/node_types.h"
#include "sources/buildkit/posix.h"

#include <optional>
#include <string>

namespace layerline {

/// The files buildx shakes hands with, as paths. "" = none.
struct TlsIdentity {
    std::string authority;   ///< who may have signed the builder's certificate; "" = whom the system trusts
    std::string certificate; ///< ours, PEM
    std::string key;
    std::string serverName;  ///< the name on the builder's certificate; "" = the address's host
    bool verify = true;      ///< look at the builder's certificate at all
    friend bool operator==(const TlsIdentity&, const TlsIdentity&) = default;
};

extern const char* const containerMissing; ///< why a node stands still, whoever found out
extern const char* const containerStopped;
extern const char* const podsMissing;
extern const char* const podsStopped;

struct TlsRefusal {
    NodeState state = NodeState::Down; ///< Forbidden when it is about certificates and permissions, Stopped when about a container or pod
    std::string reason;
};

/// Connects to tcp://host:port and shakes hands as buildx would, up to where the other side has seen our certificate and
/// speaks. Nothing when it does speak, and when nobody can tell (it is silent, or our own files can't be read). Any thread;
/// ends early when interrupted.
std::optional<TlsRefusal> askByTls(const std::string& address, const TlsIdentity& identity, SteadyTime deadline, const Interrupt& interrupt);

/// The same from the words of a client written in Go, as docker, kubectl and buildx are.
std::optional<TlsRefusal> refusalIn(const std::string& words);

} // namespace layerline
