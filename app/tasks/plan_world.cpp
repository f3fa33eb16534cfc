#include "app/tasks/plan_world.h"

#include "app/tasks/build_place.h"
#include "sources/buildx/config_reader.h"
#include "sources/buildx/local_state.h"
#include "sources/github/github_environment.h"

#include <QFileInfo>
#include <QProcess>

#include <algorithm>

namespace layerline {

namespace {

RebuildChecks::Path kindOf(const std::string& path)
{
    const QFileInfo info(QString::fromStdString(path));
    if (!info.exists())
        return RebuildChecks::Path::Missing;
    return info.isDir() ? RebuildChecks::Path::Folder : RebuildChecks::Path::File;
}

} // namespace

RebuildChecks realChecks(const BuildxEnvironment& environment, const std::vector<std::string>& known)
{
    RebuildChecks checks;
    checks.path = kindOf;
    checks.dockerfiles = [](const std::string& folder) { return dockerfilesIn(folder); };
    checks.variable = [](const std::string& name) { return variableOf(name).has_value(); };
    checks.bakeDefinition = [environment](const std::string& group) { return readGroupDefinition(environment, group); };
    checks.client = canRunBuildx(environment);
    std::vector<std::string> names = known;
    for (const BuilderInfo& builder : readBuilders(environment)) {
        if (std::find(names.begin(), names.end(), builder.name) == names.end())
            names.push_back(builder.name);
    }
    checks.builders = std::move(names);
    return checks;
}

std::vector<BuilderPlace> placesOf(const std::vector<NodeStatus>& nodes, const std::string& builder)
{
    std::vector<BuilderPlace> places;
    for (const NodeStatus& node : nodes) {
        if (builder.empty() ? !node.current : node.builder != builder)
            continue;
        const bool here = node.endpoint.compare(0, 7, "unix://") == 0 || node.endpoint.find("://") == std::string::npos;
        places.push_back({node.node, node.native, node.platforms, here, node.state == NodeState::Live});
    }
    return places;
}

std::string driverOf(const BuildxEnvironment& environment, const std::string& builder)
{
    for (const BuilderInfo& info : readBuilders(environment)) {
        if (builder.empty() ? info.current : info.name == builder)
            return info.driver;
    }
    return {};
}

std::string currentBuilder(const BuildxEnvironment& environment)
{
    for (const BuilderInfo& info : readBuilders(environment)) {
        if (info.current)
            return info.name;
    }
    return {};
}

bool canRunBuildx(const BuildxEnvironment& environment)
{
    constexpr int patienceMs = 3000;
    const auto program = environment.buildxCommand();
    if (program.size() < 2)
        return !program.empty();
    // docker alone: the plugin may be in a folder of docker's own settings, or nowhere.
    QProcess docker;
    docker.setStandardInputFile(QProcess::nullDevice());
    docker.start(QString::fromStdString(program[0]), {QString::fromStdString(program[1]), QStringLiteral("version")});
    return docker.waitForFinished(patienceMs) && docker.exitStatus() == QProcess::NormalExit && docker.exitCode() == 0;
}

std::vector<std::string> buildxProgram(const BuildxEnvironment& environment, const std::string& builder)
{
    auto program = environment.buildxCommand();
    if (program.empty())
        program = {"docker", "buildx"};
    const auto builders = readBuilders(environment);
    const bool otherContext = builder != currentContext(environment) && std::any_of(builders.begin(), builders.end(), [&](const BuilderInfo& info) {
        return info.name == builder && info.driver == "docker" && info.instanceJson.empty();
    });
    if (!otherContext)
        return program;
    std::vector<std::string> words{"env"};
    if (!environment.dockerHost.empty()) // would come before the context
        words.insert(words.end(), {"-u", "DOCKER_HOST"});
    words.push_back("DOCKER_CONTEXT=" + builder);
    words.insert(words.end(), program.begin(), program.end());
    return words;
}

std::optional<std::string> variableOf(const std::string& name)
{
    const auto& taken = gitHubEnvironment().variables;
    if (const auto at = taken.find(name); at != taken.end())
        return at->second;
    if (!qEnvironmentVariableIsSet(name.c_str()))
        return {};
    return qgetenv(name.c_str()).toStdString();
}

HandOver withTakenVariables(const BuildPlan& plan, HandOver handOver)
{
    const auto& taken = gitHubEnvironment().variables;
    const auto add = [&](const std::string& name) {
        if (const auto at = taken.find(name); at != taken.end())
            handOver.variables.insert(*at);
    };
    for (const PlanSecret& secret : plan.secrets) {
        if (secret.file.empty())
            add(secret.env);
    }
    for (const PlanArgument& argument : plan.arguments) {
        if (!argument.value)
            add(argument.name);
    }
    // A bake file may name any of them, and only buildx reads it.
    if (plan.bake)
        handOver.variables.insert(taken.begin(), taken.end());
    return handOver;
}

RebuildChecks withHandedOver(RebuildChecks checks, const HandOver& handOver)
{
    const auto inherited = checks.variable;
    checks.variable = [inherited, &handOver](const std::string& name) { return handOver.variables.count(name) > 0 || (inherited && inherited(name)); };
    return checks;
}

} // namespace layerline
