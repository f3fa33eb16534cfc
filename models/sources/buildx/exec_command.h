// Looking into a builder's container or pod without buildx, whose dial-stdio would start it.
#pragma once

#include "sources/buildx/builder_info.h"
#include "sources/buildx/environment.h"

#include <string>
#include <vector>

namespace layerline {

struct ExecCommand {
    std::vector<std::string> command; ///< program and arguments, up to where the command to run inside follows
    std::string missing;              ///< why there is none, for people; "" when there is one
};

/// `docker exec` for a container, `kubectl exec` for a pod: neither can start, pull or scale anything. `missing` is told of every
/// node with `needsRunningCheck` that no such program leads to. Names of workload, namespace and kubeconfig are those that buildx
/// takes from its instance file (driver/kubernetes/factory.go, context/load.go).
ExecCommand execCommandOf(const BuilderInfo& builder, const BuilderNode& node, const BuildxEnvironment& environment);

} // namespace layerline
