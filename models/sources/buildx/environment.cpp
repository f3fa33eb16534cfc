#include "sources/buildx/environment.h"

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace layerline {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool isProgram(const std::string& path)
{
    return !path.empty() && ::access(path.c_str(), X_OK) == 0;
}

} // namespace

BuildxEnvironment BuildxEnvironment::fromProcess()
{
    BuildxEnvironment environment;
    environment.home = variable("HOME");
    environment.path = variable("PATH");
    environment.buildxConfig = variable("BUILDX_CONFIG");
    environment.dockerConfig = variable("DOCKER_CONFIG");
    environment.dockerHost = variable("DOCKER_HOST");
    environment.dockerContext = variable("DOCKER_CONTEXT");
    environment.buildxBuilder = variable("BUILDX_BUILDER");
    return environment;
}

std::string BuildxEnvironment::dockerFolder() const
{
    return dockerConfig.empty() ? home + "/.docker" : dockerConfig;
}

std::vector<std::string> BuildxEnvironment::buildxFolders() const
{
    std::vector<std::string> folders;
    const auto add = [&folders](const std::string& folder) {
        if (std::find(folders.begin(), folders.end(), folder) == folders.end())
            folders.push_back(folder);
    };
    if (!buildxConfig.empty())
        add(buildxConfig);
    add(dockerFolder() + "/buildx");
    if (!home.empty())
        add(home + "/.docker/buildx");
    return folders;
}

std::string BuildxEnvironment::findProgram(const std::string& name) const
{
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find(':', begin), path.size());
        const std::string candidate = path.substr(begin, end - begin) + "/" + name;
        // Relative entries of PATH would make the tool depend on the working directory.
        if (candidate.front() == '/' && isProgram(candidate))
            return candidate;
        begin = end + 1;
    }
    return {};
}

std::vector<std::string> BuildxEnvironment::buildxCommand() const
{
    for (const char* name : {"docker-buildx", "buildx"}) {
        const std::string found = findProgram(name);
        if (!found.empty())
            return {found};
    }
    const std::string plugins[] = {dockerFolder() + "/cli-plugins", home + "/.docker/cli-plugins",
                                   "/usr/local/libexec/docker/cli-plugins", "/usr/local/lib/docker/cli-plugins",
                                   "/usr/libexec/docker/cli-plugins", "/usr/lib/docker/cli-plugins"};
    for (const std::string& folder : plugins) {
        const std::string candidate = folder + "/docker-buildx";
        if (isProgram(candidate))
            return {candidate};
    }
    const std::string docker = findProgram("docker");
    if (!docker.empty())
        return {docker, "buildx"};
    return {};
}

} // namespace layerline
