// Where buildx and docker keep their things, and the tools themselves.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace layerline {

/// A snapshot of the variables that matter, so that tests can have their own. Empty = not set.
struct BuildxEnvironment {
    std::string home;           ///< HOME
    std::string path;           ///< PATH
    std::string buildxConfig;   ///< BUILDX_CONFIG
    std::string dockerConfig;   ///< DOCKER_CONFIG
    std::string dockerHost;     ///< DOCKER_HOST
    std::string dockerContext;  ///< DOCKER_CONTEXT
    std::string buildxBuilder;  ///< BUILDX_BUILDER
    std::string defaultSocket = "/var/run/docker.sock";

    static BuildxEnvironment fromProcess();

    /// Folders that may hold instances/ and refs/, the one buildx would use first. Without duplicates.
    std::vector<std::string> buildxFolders() const;
    std::string dockerFolder() const;

    /// The program and its first arguments: {"/usr/libexec/docker/cli-plugins/docker-buildx"} or {"docker", "buildx"}.
    /// Empty when there is none.
    std::vector<std::string> buildxCommand() const;
    /// Absolute path of a program in PATH, "" when there is none.
    std::string findProgram(const std::string& name) const;
};

} // namespace layerline
