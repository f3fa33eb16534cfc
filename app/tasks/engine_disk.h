// The disk behind a builder: what past builds added, and how much room there is.
#pragma once

#include "analysis/disk_outlook.h"
#include "domain/result.h"
#include "sources/buildkit/node_types.h"

#include <string>
#include <vector>

namespace layerline {

/// What one more build of the same kind is likely to add to `builder` ("" = the current one).
DiskForecast forecastOf(const std::vector<NodeStatus>& nodes, const std::string& builder, const std::vector<const Build*>& past);

/// The node of a builder whose engine runs on this machine, or null.
const NodeStatus* localNode(const std::vector<NodeStatus>& nodes, const std::string& builder);

/// The file system such an engine keeps its cache on. Asks a Docker engine where that is; blocks for two seconds at most.
/// Unsupported when the engine is not on this machine or does not tell; NotFound when the folder is not ours to see
/// (another mount namespace, a virtual machine).
Result<EngineDisk> engineDisk(const std::string& driver, const std::string& endpoint);

} // namespace layerline
