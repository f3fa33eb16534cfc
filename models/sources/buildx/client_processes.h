// The docker and buildx processes of this user, as /proc shows them.
#pragma once

#include "domain/time.h"

#include <string>
#include <vector>

namespace layerline {

struct ClientProcess {
    std::vector<std::string> arguments; ///< program first; may hold secrets: mask before keeping
    std::string directory;
    Timestamp started;                  ///< by this machine's clock, right to about a second
};

/// Processes of the same user whose program is called docker, docker-buildx or buildx. Takes some milliseconds; any
/// thread. `proc` is "/proc" but for tests.
std::vector<ClientProcess> readClientProcesses(const std::string& proc = "/proc");

} // namespace layerline
