// Notes the command line of the client that has just started a build on this machine.
#pragma once

#include "analysis/client_command.h"
#include "domain/events.h"

#include <optional>
#include <string>

namespace layerline {

/// For a batch that announces a build buildx has noted here: the one client that fits, without secrets. Reads /proc
/// (milliseconds) only for such a batch; any thread.
std::optional<ClientCommand> captureClient(const EventBatch& batch);

} // namespace layerline
