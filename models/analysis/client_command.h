// A client's own command line: what it says that no record keeps. Pure.
#pragma once

#include "analysis/build_plan.h"
#include "domain/events.h"
#include "domain/result.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// A docker or buildx process that was seen while it ran. Secret-looking values are gone from `arguments` already when
/// it comes out of withoutSecrets().
struct ClientCommand {
    std::vector<std::string> arguments; ///< program first
    std::string directory;              ///< where it was started; relative paths begin there
    OptionalTime started;               ///< by this machine's clock
    friend bool operator==(const ClientCommand&, const ClientCommand&) = default;
};

/// Reads `docker build`, `docker buildx build|bake`, `docker-buildx build|bake` with any global options before.
/// Relative paths become absolute by the directory. Unsupported for anything else, BadInput when it can't be read.
Result<BuildPlan> parseClientCommand(const ClientCommand& command);

/// The same command with the values of secret-looking build arguments and overrides left out (the name stays) and
/// credentials in URLs masked: fit for keeping.
ClientCommand withoutSecrets(ClientCommand command);
/// The same for a command of our own: also the values of secret-looking labels, overrides and of the fields of cache and
/// output options ("secret_access_key=...") are masked. What is no build is only freed of credentials in URLs.
std::vector<std::string> maskedArguments(std::vector<std::string> arguments);

/// The one client that started the build which buildx noted as `state` and the builder announced at `created`: the same
/// folder, Dockerfile and target, the same builder if it names one, started not after and at most ten minutes before.
/// Empty when none fits or two that differ do: a wrong answer would be worse than none.
std::optional<ClientCommand> matchClient(const std::vector<ClientCommand>& clients, const LocalState& state,
                                         const std::string& builder, Timestamp created);

/// Text for keeping beside a history record: {"schema":1,"arguments":[..],"directory":..,"started":..}.
std::string clientCommandJson(const ClientCommand& command);
Result<ClientCommand> parseClientCommandJson(const std::string& text);

/// True when buildx, started in `directory` to build `context`, notes it as `noted`.
bool isNotedAs(const std::string& context, const std::string& directory, const std::string& noted);

/// "a/../b" and "./b" under `directory`, lexically; absolute paths and URLs stay.
std::string absolutePath(const std::string& directory, const std::string& path);

} // namespace layerline
