#include "app/tasks/engine_disk.h"

#include "app/tasks/cache_records.h"
#include "sources/buildkit/docker_api.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>

#include <sys/statvfs.h>

namespace layerline {

namespace {

constexpr const char* unixScheme = "unix://";

bool isLocal(const std::string& endpoint) { return endpoint.compare(0, 7, unixScheme) == 0; }

Result<std::string> dockerFolder(const std::string& endpoint)
{
    const Interrupt never;
    const auto reply = DockerApi(endpoint, never).request("GET", "/info", "", std::chrono::steady_clock::now() + std::chrono::seconds(2));
    if (!reply)
        return reply.error();
    const auto info = nlohmann::json::parse(reply->body, nullptr, false);
    const auto text = [&](const char* key) {
        const auto at = info.is_object() ? info.find(key) : info.end();
        return info.is_object() && at != info.end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    if (text("OperatingSystem").find("Docker Desktop") != std::string::npos)
        return Error{ErrorKind::Unsupported, "Docker Desktop keeps its cache in a virtual machine", false};
    if (text("DockerRootDir").empty())
        return Error{ErrorKind::Unsupported, "the engine does not say where it keeps its data", false};
    return text("DockerRootDir");
}

/// Where buildkitd keeps its things unless it was told otherwise, by the usual places of its socket.
Result<std::string> buildkitFolder(const std::string& endpoint)
{
    if (endpoint == "unix:///run/buildkit/buildkitd.sock")
        return std::string("/var/lib/buildkit");
    const char* home = std::getenv("HOME");
    if (home && endpoint.compare(0, 17, "unix:///run/user/") == 0)
        return std::string(home) + "/.local/share/buildkit";
    return Error{ErrorKind::Unsupported, "buildkitd does not say where it keeps its data", false};
}

} // namespace

DiskForecast forecastOf(const std::vector<NodeStatus>& nodes, const std::string& builder, const std::vector<const Build*>& past)
{
    std::vector<CacheRecord> records;
    for (const NodeStatus& node : nodes) {
        if (!node.diskUsage || (builder.empty() ? !node.current : node.builder != builder))
            continue;
        const auto own = cacheRecords(*node.diskUsage);
        records.insert(records.end(), own.begin(), own.end());
    }
    return diskForecast(records, spansOf(past));
}

const NodeStatus* localNode(const std::vector<NodeStatus>& nodes, const std::string& builder)
{
    for (const NodeStatus& node : nodes) {
        if ((builder.empty() ? node.current : node.builder == builder) && isLocal(node.endpoint))
            return &node;
    }
    return nullptr;
}

Result<EngineDisk> engineDisk(const std::string& driver, const std::string& endpoint)
{
    if (!isLocal(endpoint))
        return Error{ErrorKind::Unsupported, "the engine is not on this machine", false};
    const bool docker = driver == "docker" || driver == "docker-container";
    const auto folder = docker ? dockerFolder(endpoint) : buildkitFolder(endpoint);
    if (!folder)
        return folder.error();
    struct statvfs known {};
    if (::statvfs(folder->c_str(), &known) != 0)
        return Error{ErrorKind::NotFound, *folder + " is not to be seen from here", false};
    const auto block = std::int64_t(known.f_frsize);
    return EngineDisk{*folder, std::int64_t(known.f_bavail) * block, std::int64_t(known.f_blocks) * block};
}

} // namespace layerline
