// What a plan needs to know of this machine: folders, builders, tools, variables.
#pragma once

#include "analysis/platform_costs.h"
#include "analysis/rebuild_plan.h"
#include "sources/buildkit/node_types.h"
#include "sources/buildx/environment.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// Looks at the disk, buildx's files and the process' environment. `known`: names of builders seen beside those of the
/// files (bare addresses).
RebuildChecks realChecks(const BuildxEnvironment& environment, const std::vector<std::string>& known = {});

/// What `checks` say with the hand-over's variables counted as set. `handOver` must outlive the result.
RebuildChecks withHandedOver(RebuildChecks checks, const HandOver& handOver);

/// Nodes of a builder ("" = the current one) as places a platform may run. Here = reached over a unix socket.
std::vector<BuilderPlace> placesOf(const std::vector<NodeStatus>& nodes, const std::string& builder);

/// Driver of a builder by its instance file or context; "" when there is none of that name. "" asks for the current one.
std::string driverOf(const BuildxEnvironment& environment, const std::string& builder);

/// The name of the builder that is used when none is named; "" when there is none.
std::string currentBuilder(const BuildxEnvironment& environment);

/// Some buildx answers. Asks docker (for 3 s at most) when no plugin is where plugins usually are.
bool canRunBuildx(const BuildxEnvironment& environment);
/// The one way buildx is called here, without any argument of ours; {"docker", "buildx"} when nothing is installed. `builder`: whom it is
/// for. buildx takes the engine of no docker context but the current one, so for that of another one the call begins with env, which
/// makes it the current one: {"env", "DOCKER_CONTEXT=far", "docker", "buildx"}.
std::vector<std::string> buildxProgram(const BuildxEnvironment& environment, const std::string& builder = {});

/// A variable of the process, or one that was taken out of its environment at the start (GH_TOKEN, GITHUB_TOKEN).
std::optional<std::string> variableOf(const std::string& name);

/// `handOver` with the variables that the plan names (--secret id=x,env=GH_TOKEN; --build-arg GH_TOKEN) and a child no
/// longer inherits; for bake all of them.
HandOver withTakenVariables(const BuildPlan& plan, HandOver handOver);

} // namespace layerline
