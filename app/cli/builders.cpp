#include "app/cli/commands.h"
#include "app/cli/output.h"

#include "analysis/report.h"
#include "sources/buildx/config_reader.h"

#include <QCoreApplication>

#include <map>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

Json nodeJson(const NodeStatus& node)
{
    Json platforms = Json::array();
    for (const Platform& platform : node.platforms) {
        const Execution execution = node.native ? executionOn(*node.native, platform) : Execution::Unknown;
        platforms.push_back({{"platform", platform.str()}, {"execution", toString(execution)}});
    }
    Json policies = Json::array();
    for (const GcPolicy& policy : node.gcPolicies) {
        policies.push_back({{"all", policy.all},
                            {"keep_seconds", policy.keepSeconds},
                            {"reserved_bytes", policy.reservedBytes},
                            {"max_used_bytes", policy.maxUsedBytes},
                            {"min_free_bytes", policy.minFreeBytes},
                            {"filters", policy.filters}});
    }
    return {{"name", node.node},       {"endpoint", node.endpoint}, {"state", toString(node.state)}, {"reason", node.reason},
            {"worker", node.workerId}, {"version", node.version},   {"platforms", platforms},        {"reached_by", node.reachedBy},
            {"running_builds", node.runningBuilds}, {"gc_policies", policies}};
}

void printDocument(const std::vector<NodeStatus>& nodes)
{
    Json builders = Json::array();
    std::map<std::string, std::size_t> at;
    for (const NodeStatus& node : nodes) {
        if (!at.count(node.builder)) {
            at[node.builder] = builders.size();
            builders.push_back({{"name", node.builder}, {"driver", node.driver}, {"current", node.current}, {"nodes", Json::array()}});
        }
        builders[at[node.builder]]["nodes"].push_back(nodeJson(node));
    }
    const Json document{{"schema", reportSchema}, {"builders", builders}};
    printJson(document);
}

void printTable(const std::vector<NodeStatus>& nodes)
{
    if (nodes.empty()) {
        tell("No builder found. Start a Docker engine, or add one: docker buildx create --name NAME --driver docker-container\n");
        return;
    }
    for (const NodeStatus& node : nodes) {
        std::string platforms;
        for (const Platform& platform : node.platforms) {
            const bool emulated = node.native && executionOn(*node.native, platform) == Execution::Emulated;
            platforms += (platforms.empty() ? "" : " ") + platform.shortName() + (emulated ? "(QEMU)" : "");
        }
        tell("%-20s %-18s %-20s %-10s %s\n", printableLine(node.builder + (node.current ? "*" : "")).c_str(), printableLine(node.driver).c_str(), printableLine(node.node).c_str(),
                    toString(node.state), node.state == NodeState::Live ? platforms.c_str() : printableLine(node.reason).c_str());
    }
}

} // namespace

int runBuilders(QCoreApplication& app, const Command& command)
{
    // The files are read all the same: which builder is the current one is what it says, and who docker is to a registry.
    if (const auto problem = dockerConfigProblem(BuildxEnvironment::fromProcess()))
        printError({problem->kind, problem->detail + "; the default context counts as the current one", false});
    LiveView view(command, false);
    QObject::connect(&view.fleet(), &Fleet::settled, &app, [&] {
        command.json ? printDocument(view.fleet().nodes()) : printTable(view.fleet().nodes());
        app.exit(ExitOk);
    });
    view.start();
    return app.exec();
}

} // namespace layerline
