// Reads buildx's instance files and docker's contexts.
#pragma once

#include "domain/result.h"
#include "sources/buildx/builder_info.h"
#include "sources/buildx/environment.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

struct DockerContext {
    std::string name;
    std::string host;     ///< unix://, tcp://, ssh://
    bool secured = false; ///< has TLS material, or is ssh
};

/// The contexts in the order default, then by name. A broken meta.json is left out.
std::vector<DockerContext> readDockerContexts(const BuildxEnvironment& environment);

/// Name of the context the docker CLI would use.
std::string currentContext(const BuildxEnvironment& environment);

/// Why docker's config.json, which names the current context, can't be used although it is there; its text is not quoted.
std::optional<Error> dockerConfigProblem(const BuildxEnvironment& environment);

/// Parses one instance file. BadInput with the reason.
Result<BuilderInfo> parseInstance(std::string_view json, const std::vector<DockerContext>& contexts);

/// A node's driver option in the instance file, "" when it has none.
std::string driverOption(const std::string& instanceJson, const std::string& node, const char* name);

/// How many pods a node on Kubernetes asked for ("replicas"); 1 when it does not say. Dialling reaches any one of them.
int podsOf(const std::string& instanceJson, const std::string& node);

/// The instance file cut to one node, so that `dial-stdio` can't choose another. BadInput when it has no such node.
Result<std::string> cutInstance(const std::string& instanceJson, const std::string& node);

/// Everything the files say: instances by name, then contexts. A broken instance file becomes a builder with an error.
std::vector<BuilderInfo> readBuilders(const BuildxEnvironment& environment);

/// A builder of its own for a bare buildkitd address (unix:///path or tcp://host:port). BadInput for anything else.
Result<BuilderInfo> bareBuilder(const std::string& address);

/// Parses `buildx ls --format json`: one object a line, repeated builders (0.13) folded. Unreadable lines are skipped.
std::vector<BuilderInfo> parseLs(std::string_view output);

/// What `ls` knows in addition: status, version, platforms, errors; and builders the files do not show.
void mergeLs(std::vector<BuilderInfo>& builders, const std::vector<BuilderInfo>& listed);

} // namespace layerline
